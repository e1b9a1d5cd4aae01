//! The one definition of the command line. Help, completions and manual pages come from it, in both languages.

use crate::display::{WIDTHS, colour};
use crate::session::{Complaint, Failure, Session};
use crate::verbs::{self, diagnose};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use mailwhy_core::Lang;
use mailwhy_core::knowledge::{Text, messages};
use std::io::Write;

/// The name of the program.
pub(crate) const NAME: &str = "mailwhy";
/// The option `--width`.
pub(crate) const WIDTH: &str = "width";
/// The option `--color`.
pub(crate) const COLOR: &str = "color";

/// The command line in one language.
pub(crate) fn command(lang: Lang) -> Command {
    let say = |text: Text| text.get(lang);
    let after = format!(
        "{}:\n{}\n\n{}:\n{}",
        say(messages::CLI_HEADING_EXAMPLES),
        say(messages::CLI_EXAMPLES),
        say(messages::CLI_HEADING_EXIT),
        say(messages::CLI_EXIT)
    );
    let command = Command::new(NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(messages::CLI_ABOUT))
        .override_usage(say(messages::CLI_USAGE))
        .after_help(after)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading(say(messages::CLI_HEADING_COMMANDS))
        .subcommand_value_name(say(messages::CLI_VALUE_VERB))
        .args(diagnose::arguments(lang))
        .args(common(lang))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say(messages::CLI_VERSION)));
    let verbs = verbs::ALL.iter().map(|verb| dressed((verb.command)(lang), lang));
    dressed(command, lang).subcommands(verbs)
}

/// What every verb takes.
fn common(lang: Lang) -> [Arg; 3] {
    let say = |text: Text| text.get(lang);
    let choice = |word: String| match word.as_str() {
        "always" => anstream::ColorChoice::Always,
        "never" => anstream::ColorChoice::Never,
        _ => anstream::ColorChoice::Auto,
    };
    [
        Arg::new("lang")
            .long("lang")
            .value_name(say(messages::CLI_VALUE_LANG))
            .value_parser(PossibleValuesParser::new(Lang::ALL.map(Lang::id)))
            .help(say(messages::CLI_LANG)),
        Arg::new(WIDTH)
            .long("width")
            .value_name(say(messages::CLI_VALUE_COLUMNS))
            .value_parser(value_parser!(u16).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())))
            .help(say(messages::CLI_WIDTH)),
        Arg::new(COLOR)
            .long("color")
            .value_name(say(messages::CLI_VALUE_WHEN))
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]).map(choice))
            .help(say(messages::CLI_COLOR)),
    ]
    .map(|arg| arg.global(true).hide_possible_values(true))
}

/// Help option, headings and template in the language; clap's own are English.
fn dressed(command: Command, lang: Lang) -> Command {
    let say = |text: Text| text.get(lang);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say(messages::CLI_HELP));
    let header = anstyle::Style::new().bold().underline();
    let usage = say(messages::CLI_HEADING_USAGE);
    command
        .disable_help_flag(true)
        .arg(help)
        .args_override_self(true)
        .max_term_width(100)
        .help_template(format!("{{about-with-newline}}\n{header}{usage}:{header:#}\n  {{usage}}\n\n{{all-args}}{{after-help}}"))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { messages::CLI_HEADING_ARGUMENTS } else { messages::CLI_HEADING_OPTIONS };
            arg.help_heading(say(heading))
        })
}

/// Options of `diagnose` before another verb would be ignored in silence; they are refused instead.
pub(crate) fn refuse_strays(command: &Command, matches: &ArgMatches, verb: &str, session: &Session) -> Result<(), Failure> {
    let stray = command
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && matches.try_contains_id(arg.get_id().as_str()).is_ok())
        .find(|arg| matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine));
    let Some(option) = stray.and_then(|arg| arg.get_long()) else { return Ok(()) };
    let values = [("option", format!("--{option}")), ("verb", verb.to_owned())];
    let values = values.each_ref().map(|(slot, value)| (*slot, value.as_str()));
    Err(Complaint::new(session.lang, messages::ERROR_PLACE, messages::ERROR_PLACE_HINT, &values).into())
}

/// Prints help or version; complains of wrong use.
pub(crate) fn answer(error: &clap::Error, session: &mut Session) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => print_styled(&error.render(), session),
        _ => Err(complaint(error, session.lang).into()),
    }
}

/// Prints a text of clap, with its colours if they can be shown.
pub(crate) fn print_styled(text: &clap::builder::StyledStr, session: &mut Session) -> Result<(), Failure> {
    if colour() {
        write!(session.out, "{}", text.ansi())?
    } else {
        write!(session.out, "{text}")?
    }
    Ok(())
}

/// clap's complaint in our words and the reader's language.
fn complaint(error: &clap::Error, lang: Lang) -> Complaint {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(many)) => many.join(", "),
        Some(ContextValue::StyledStrs(many)) => many.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let option = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let possible = context(ContextKind::ValidValue);
    let suggestion = context(ContextKind::SuggestedArg);
    let (what, hint) = match error.kind() {
        ErrorKind::UnknownArgument if suggestion.is_empty() => (messages::ERROR_OPTION, messages::ERROR_OPTION_HINT),
        ErrorKind::UnknownArgument => (messages::ERROR_OPTION, messages::ERROR_OPTION_NEAR),
        ErrorKind::InvalidValue if value.is_empty() && possible.is_empty() => (messages::ERROR_VALUE_MISSING, messages::ERROR_USAGE_HINT),
        ErrorKind::InvalidValue if value.is_empty() => (messages::ERROR_VALUE_MISSING, messages::ERROR_VALUE_ONE_OF),
        ErrorKind::InvalidValue if !possible.is_empty() => (messages::ERROR_VALUE, messages::ERROR_VALUE_ONE_OF),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            (messages::ERROR_VALUE, messages::ERROR_USAGE_HINT)
        }
        ErrorKind::ArgumentConflict => (messages::ERROR_CONFLICT, messages::ERROR_USAGE_HINT),
        ErrorKind::MissingRequiredArgument => (messages::ERROR_MISSING, messages::ERROR_USAGE_HINT),
        _ => (messages::ERROR_USAGE, messages::ERROR_USAGE_HINT),
    };
    let own_words = error.render().to_string();
    let reason = own_words.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let values = [
        ("option", option.as_str()),
        ("arguments", option.as_str()),
        ("value", &value),
        ("values", &possible),
        ("suggestion", &suggestion),
        ("reason", reason),
        ("other", &context(ContextKind::PriorArg)),
    ];
    Complaint::new(lang, what, hint, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound_in_every_language() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }
}
