//! `mailwhy help`: the help of a command.

use super::Verb;
use crate::cli;
use crate::session::{Failure, Session};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use mailwhy_core::Lang;
use mailwhy_core::knowledge::messages;

/// The verb.
pub(crate) const VERB: Verb = Verb { name: "help", command, run };

fn command(lang: Lang) -> Command {
    Command::new(VERB.name)
        .about(messages::CLI_HELP_ABOUT.get(lang))
        .override_usage(messages::CLI_USAGE_HELP.get(lang))
        .arg(verb(lang).help(messages::CLI_HELP_VERB.get(lang)))
}

/// An argument that names a verb.
pub(super) fn verb(lang: Lang) -> Arg {
    Arg::new("verb")
        .value_name(messages::CLI_VALUE_VERB.get(lang))
        .value_parser(PossibleValuesParser::new(super::ALL.iter().map(|verb| verb.name)))
        .hide_possible_values(true)
}

fn run(matches: &ArgMatches, session: &mut Session) -> Result<(), Failure> {
    let mut command = cli::command(session.lang);
    command.build();
    let asked = matches.get_one::<String>("verb").and_then(|verb| command.find_subcommand_mut(verb));
    let help = match asked {
        Some(verb) => verb.render_help(),
        None => command.render_help(),
    };
    cli::print_styled(&help, session)
}
