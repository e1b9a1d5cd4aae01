//! What a verb works with: the language, standard output, the exit status so far; and how it complains.
//!
//! Results go to standard output, everything else to standard error.

use anstyle::{AnsiColor, Style};
use mailwhy_core::Lang;
use mailwhy_core::advise::with;
use mailwhy_core::knowledge::{Text, messages};
use std::io::{BufWriter, ErrorKind, StdoutLock, Write};
use std::process::ExitCode;

/// The exit status; the greatest one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Everything was understood.
    Understood = 0,
    /// Some evidence gave no reason.
    Unknown = 1,
    /// Wrong use, or an input that cannot be read.
    Failed = 2,
}

/// Why a verb stops before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The person must be told.
    Complaint(Complaint),
    /// Standard output cannot be written. Only writing may use `?` on an [`std::io::Error`].
    Output(std::io::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl From<Complaint> for Failure {
    fn from(complaint: Complaint) -> Failure {
        Failure::Complaint(complaint)
    }
}

/// What was tried and on which input; what to do.
#[derive(Debug)]
pub(crate) struct Complaint {
    what: String,
    hint: String,
}

impl Complaint {
    /// A complaint of two messages with the same values.
    pub(crate) fn new(lang: Lang, what: Text, hint: Text, values: &[(&str, &str)]) -> Complaint {
        Complaint { what: with(what.get(lang), values), hint: with(hint.get(lang), values) }
    }
}

/// One run of the program.
pub(crate) struct Session {
    /// The language of everything that is said.
    pub(crate) lang: Lang,
    /// Standard output.
    pub(crate) out: BufWriter<StdoutLock<'static>>,
    status: Status,
}

impl Session {
    /// A run in this language.
    pub(crate) fn new(lang: Lang) -> Session {
        Session { lang, out: BufWriter::with_capacity(1 << 16, std::io::stdout().lock()), status: Status::Understood }
    }

    /// Makes the exit status at least this.
    pub(crate) fn raise(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// Tells what went wrong with one input; the others are still done.
    pub(crate) fn complain(&mut self, complaint: &Complaint) {
        self.raise(Status::Failed);
        let style = AnsiColor::Red.on_default().bold();
        say(style, messages::ERROR_LABEL.get(self.lang), &complaint.what);
        let mut err = anstream::stderr().lock();
        let _ = writeln!(err, "  {}", complaint.hint.replace('\n', "\n  "));
    }

    /// Tells something by the way.
    pub(crate) fn note(&self, message: Text, values: &[(&str, &str)]) {
        say(AnsiColor::Cyan.on_default().bold(), messages::ERROR_NOTE.get(self.lang), &with(message.get(self.lang), values));
    }

    /// The exit status of the run. A reader that went away (`head`) is no failure: the status so far stands.
    pub(crate) fn end(mut self, outcome: Result<(), Failure>) -> ExitCode {
        let outcome = outcome.and_then(|()| self.out.flush().map_err(Failure::Output));
        match outcome {
            Ok(()) => {}
            Err(Failure::Complaint(complaint)) => {
                // What was found before comes before the complaint.
                let _ = self.out.flush();
                self.complain(&complaint);
            }
            Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {}
            Err(Failure::Output(error)) => {
                let values = [("output", messages::ERROR_STDOUT.get(self.lang)), ("reason", &error.to_string())];
                self.complain(&Complaint::new(self.lang, messages::ERROR_WRITE, messages::ERROR_WRITE_HINT, &values));
            }
        }
        ExitCode::from(self.status as u8)
    }
}

/// A line on standard error. That it cannot be written can be told nowhere.
fn say(style: Style, label: &str, message: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{style}{label}:{style:#} {message}");
}
