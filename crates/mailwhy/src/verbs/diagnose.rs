//! `mailwhy [EVIDENCE…]` and `mailwhy diagnose`: why did it fail, who must act, what do they do?

use super::Verb;
use crate::fields::Fields;
use crate::input::{self, Evidence, Files, Input, MOST_MIB, TakenAs, Trouble};
use crate::session::{Complaint, Failure, Session, Status};
use crate::{batch, cli, display};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::{Text, messages};
use mailwhy_core::render::json::{Source, json};
use mailwhy_core::{Cause, Diagnosis, Lang, diagnose_with};
use mailwhy_core::{redact::redact, render};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};

/// The verb.
pub(crate) const VERB: Verb = Verb { name: "diagnose", command, run };

fn command(lang: Lang) -> Command {
    Command::new(VERB.name)
        .about(messages::CLI_DIAGNOSE_ABOUT.get(lang))
        .override_usage(messages::CLI_USAGE_DIAGNOSE.get(lang))
        .after_help(format!("{}:\n{}", messages::CLI_HEADING_EXIT.get(lang), messages::CLI_EXIT.get(lang)))
        .args(arguments(lang))
}

/// Its arguments, which are those of `mailwhy` without a verb as well.
pub(crate) fn arguments(lang: Lang) -> Vec<Arg> {
    let say = |text: Text| text.get(lang);
    let flag = |id: &'static str, help: Text| Arg::new(id).long(id).action(ArgAction::SetTrue).help(say(help));
    vec![
        Arg::new("evidence")
            .value_name(say(messages::CLI_VALUE_EVIDENCE))
            .num_args(0..)
            .value_parser(value_parser!(OsString))
            .value_hint(ValueHint::AnyPath)
            .help(say(messages::CLI_EVIDENCE)),
        flag("text", messages::CLI_TEXT).conflicts_with_all(["file", "batch"]),
        flag("file", messages::CLI_FILE),
        flag("json", messages::CLI_JSON).conflicts_with_all(["markdown", "trace"]),
        Arg::new("fields")
            .long("fields")
            .value_name(say(messages::CLI_VALUE_FIELDS))
            .conflicts_with_all(["markdown", "trace"])
            .help(say(messages::CLI_FIELDS)),
        flag("batch", messages::CLI_BATCH).conflicts_with_all(["markdown", "trace"]),
        flag("markdown", messages::CLI_MARKDOWN),
        flag("trace", messages::CLI_TRACE),
        flag("redact", messages::CLI_REDACT),
    ]
}

/// The form of the answer.
#[derive(Clone, Debug, Default)]
pub(crate) enum Form {
    /// For a person in front of a terminal.
    #[default]
    Terminal,
    /// JSON, one object a line; perhaps some fields only.
    Json(Option<Fields>),
    /// Markdown.
    Markdown,
}

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    evidence: Vec<OsString>,
    taken_as: TakenAs,
    form: Form,
    batch: bool,
    trace: bool,
    redact: bool,
    width: Option<u16>,
}

impl Options {
    /// Evidence without any option.
    pub(crate) fn plain(evidence: Vec<OsString>) -> Options {
        Options { evidence, ..Options::default() }
    }
}

/// Diagnoses what the command line names.
pub(crate) fn run(matches: &ArgMatches, session: &mut Session) -> Result<(), Failure> {
    let is_set = |id| matches.get_flag(id);
    let form = match matches.get_one::<String>("fields") {
        Some(list) => Form::Json(Some(Fields::parse(list).map_err(|strange| no_such_field(&strange, session.lang))?)),
        None if is_set("json") => Form::Json(None),
        None if is_set("markdown") => Form::Markdown,
        None => Form::Terminal,
    };
    let taken_as = match (is_set("text"), is_set("file") || is_set("batch")) {
        (true, _) => TakenAs::Text,
        (_, true) => TakenAs::Files,
        _ => TakenAs::Guessed,
    };
    let options = Options {
        evidence: matches.get_many("evidence").unwrap_or_default().cloned().collect(),
        taken_as,
        form,
        batch: is_set("batch"),
        trace: is_set("trace"),
        redact: is_set("redact"),
        width: matches.get_one(cli::WIDTH).copied(),
    };
    diagnose(options, session)
}

fn no_such_field(strange: &str, lang: Lang) -> Complaint {
    let values = [("strange", strange), ("fields", &Fields::known())];
    Complaint::new(lang, messages::ERROR_FIELDS, messages::ERROR_FIELDS_HINT, &values)
}

/// Diagnoses one piece of evidence after the other; one that cannot be read does not stop the others.
pub(crate) fn diagnose(options: Options, session: &mut Session) -> Result<(), Failure> {
    let inputs = input::inputs(&options.evidence, options.taken_as);
    if options.batch {
        let fields = if let Form::Json(fields) = options.form { fields } else { None };
        return batch::run(inputs, &batch::Options { fields, redact: options.redact }, session);
    }
    let show = render::terminal::Options {
        lang: session.lang,
        width: display::width(options.width),
        colour: display::colour(),
        unicode: display::unicode(),
    };
    let mut answerer = Answerer { options, show, classifier: Classifier::new(), answered: false };
    for input in inputs {
        match input {
            Input::Text(ref text) => answerer.input(&input, input::read_text(text), session)?,
            Input::Stdin => answerer.stdin(session)?,
            Input::Path(path) => {
                for (file, readable) in Files::of(path) {
                    let evidence = readable.and_then(|()| input::read_file(&file));
                    answerer.input(&Input::Path(file), evidence, session)?;
                }
            }
        }
    }
    Ok(())
}

/// Answers one piece of evidence after the other.
struct Answerer {
    options: Options,
    show: render::terminal::Options,
    classifier: Classifier,
    answered: bool,
}

impl Answerer {
    fn stdin(&mut self, session: &mut Session) -> Result<(), Failure> {
        if std::io::stdin().is_terminal() {
            session.note(messages::CLI_PASTE, &[]);
        }
        let evidence = input::read_stdin();
        let more = !matches!(&evidence, Ok(evidence) if !evidence.cut) && !std::io::stdin().is_terminal();
        self.input(&Input::Stdin, evidence, session)?;
        if more {
            input::drain_stdin();
        }
        Ok(())
    }

    fn input(&mut self, input: &Input, evidence: Result<Evidence, Trouble>, session: &mut Session) -> Result<(), Failure> {
        let lang = session.lang;
        match evidence {
            Err(trouble) => {
                session.out.flush()?;
                session.complain(&trouble.complaint(input, lang));
            }
            Ok(evidence) => {
                if evidence.cut {
                    session.note(messages::ERROR_CUT, &[("input", &input.name(lang)), ("limit", MOST_MIB)]);
                }
                self.answer(input, evidence.text, session)?;
                session.out.flush()?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, input: &Input, text: String, session: &mut Session) -> Result<(), Failure> {
        let diagnoses = diagnose_with(&text, &mut self.classifier);
        if diagnoses.iter().any(|diagnosis| diagnosis.cause() == Cause::Unknown) {
            session.raise(Status::Unknown);
        }
        // A file's name may tell what the stand-ins hide.
        let path = match input {
            Input::Path(path) if !self.options.redact => Some(path.display().to_string()),
            _ => None,
        };
        let origin = if self.options.redact { messages::CLI_ORIGIN_TEXT.get(session.lang).to_owned() } else { input.name(session.lang) };
        let source = Source { path, ..Source::text() };
        let (text, diagnoses) = if self.options.redact { redact(&text, diagnoses) } else { (text, diagnoses) };
        for diagnosis in &diagnoses {
            self.one(diagnosis, &text, &origin, &source, session)?;
        }
        Ok(())
    }

    fn one(&mut self, diagnosis: &Diagnosis, text: &str, origin: &str, source: &Source, session: &mut Session) -> Result<(), Failure> {
        let lang = session.lang;
        let out = &mut session.out;
        let mut answer = match &self.options.form {
            Form::Json(fields) => {
                let whole = json(diagnosis, text, source, lang);
                match fields {
                    None => serde_json::to_writer(&mut *out, &whole).map_err(std::io::Error::from)?,
                    Some(fields) => {
                        let whole = serde_json::to_value(&whole).map_err(std::io::Error::from)?;
                        write!(out, "{}", fields.of(&whole))?;
                    }
                }
                out.write_all(b"\n")?;
                return Ok(());
            }
            Form::Markdown => render::markdown::render(diagnosis, text, lang),
            Form::Terminal => render::terminal::render(diagnosis, text, origin, &self.show),
        };
        if self.options.trace {
            answer = format!("{}\n\n{}", answer.trim_end(), render::trace::render(diagnosis, text, lang));
        }
        // A blank line between answers.
        if std::mem::replace(&mut self.answered, true) {
            out.write_all(b"\n")?;
        }
        writeln!(out, "{}", answer.trim_end())?;
        Ok(())
    }
}
