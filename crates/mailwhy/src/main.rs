//! mailwhy, the program: why did this mail fail, who must act, what do they do?
//!
//! This file decides the exit status; `cli` is the definition of the command line, `verbs/` does the work, one file a
//! verb; `input` reads what the person has in hand. What there is to know about mail stands in `mailwhy-core`.

mod batch;
mod cli;
mod display;
mod fields;
mod input;
mod language;
mod session;
mod unpack;
mod verbs;

use session::{Failure, Session};
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut session = Session::new(language::of(&arguments));
    let outcome = run(arguments, &mut session);
    session.end(outcome)
}

/// Runs the verb that the arguments name.
fn run(arguments: Vec<OsString>, session: &mut Session) -> Result<(), Failure> {
    if is_plain_evidence(&arguments) {
        return verbs::diagnose::diagnose(verbs::diagnose::Options::plain(arguments), session);
    }
    let mut command = cli::command(session.lang);
    let matches = match command.try_get_matches_from_mut(std::iter::once(OsString::from(cli::NAME)).chain(arguments)) {
        Ok(matches) => matches,
        Err(error) => return cli::answer(&error, session),
    };
    if let Some(choice) = matches.get_one::<anstream::ColorChoice>(cli::COLOR) {
        choice.write_global();
    }
    match matches.subcommand() {
        None => verbs::diagnose::run(&matches, session),
        Some((name, own)) => {
            cli::refuse_strays(&command, &matches, name, session)?;
            let verb = verbs::ALL.iter().find(|verb| verb.name == name);
            verb.map_or(Ok(()), |verb| (verb.run)(own, session))
        }
    }
}

/// No option and no verb: it is answered at once, without building the command line.
fn is_plain_evidence(arguments: &[OsString]) -> bool {
    let is_option = |argument: &OsString| argument.len() > 1 && argument.as_encoded_bytes().starts_with(b"-");
    let is_verb = |argument: &OsString| verbs::ALL.iter().any(|verb| argument == verb.name);
    !arguments.iter().any(is_option) && !arguments.first().is_some_and(is_verb)
}
