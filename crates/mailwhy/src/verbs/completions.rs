//! `mailwhy completions`: the completion script of a shell.

use super::Verb;
use crate::cli;
use crate::session::{Failure, Session};
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::{Shell, generate};
use mailwhy_core::Lang;
use mailwhy_core::knowledge::messages;
use std::io::Write;

/// The verb.
pub(crate) const VERB: Verb = Verb { name: "completions", command, run };

fn command(lang: Lang) -> Command {
    let shell = Arg::new("shell")
        .value_name(messages::CLI_VALUE_SHELL.get(lang))
        .required(true)
        .hide_possible_values(true)
        .value_parser(value_parser!(Shell))
        .help(messages::CLI_COMPLETIONS_SHELL.get(lang));
    Command::new(VERB.name)
        .about(messages::CLI_COMPLETIONS_ABOUT.get(lang))
        .override_usage(messages::CLI_USAGE_COMPLETIONS.get(lang))
        .arg(shell)
}

fn run(matches: &ArgMatches, session: &mut Session) -> Result<(), Failure> {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        // The generator panics where it cannot write, so it writes to memory.
        let mut script = Vec::new();
        generate(*shell, &mut cli::command(session.lang), cli::NAME, &mut script);
        session.out.write_all(&script)?;
    }
    Ok(())
}
