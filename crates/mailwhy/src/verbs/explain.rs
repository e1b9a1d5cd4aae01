//! `mailwhy explain`: the page of a cause, a code, an error number or a speaker.

use super::Verb;
use crate::session::{Complaint, Failure, Session};
use crate::{cli, display};
use clap::{Arg, ArgAction, ArgMatches, Command};
use mailwhy_core::Lang;
use mailwhy_core::explain;
use mailwhy_core::knowledge::{Text, messages};
use std::io::Write;

/// The verb.
pub(crate) const VERB: Verb = Verb { name: "explain", command, run };

fn command(lang: Lang) -> Command {
    let say = |text: Text| text.get(lang);
    let flag = |id: &'static str, help: Text| Arg::new(id).long(id).action(ArgAction::SetTrue).help(say(help));
    Command::new(VERB.name)
        .about(say(messages::CLI_EXPLAIN_ABOUT))
        .override_usage(say(messages::CLI_USAGE_EXPLAIN))
        .arg(
            Arg::new("query")
                .value_name(say(messages::CLI_VALUE_QUERY))
                .num_args(1..)
                .required_unless_present("list")
                .help(say(messages::CLI_EXPLAIN_QUERY)),
        )
        .arg(flag("list", messages::CLI_EXPLAIN_LIST).conflicts_with_all(["query", "markdown"]))
        .arg(flag("markdown", messages::CLI_MARKDOWN))
}

fn run(matches: &ArgMatches, session: &mut Session) -> Result<(), Failure> {
    let lang = session.lang;
    let width = display::width(matches.get_one(cli::WIDTH).copied());
    if matches.get_flag("list") {
        return print(&explain::list(lang, width), session);
    }
    // `550 5.1.1` without quotes is one query.
    let words: Vec<&str> = matches.get_many::<String>("query").unwrap_or_default().map(String::as_str).collect();
    let query = words.join(" ");
    let Some(page) = explain::find(&query) else { return Err(not_found(&query, lang).into()) };
    let page = if matches.get_flag("markdown") {
        explain::render_markdown(&page, lang)
    } else {
        explain::render_terminal(&page, lang, width, display::colour())
    };
    print(&page, session)
}

fn print(page: &str, session: &mut Session) -> Result<(), Failure> {
    Ok(writeln!(session.out, "{}", page.trim_end())?)
}

fn not_found(query: &str, lang: Lang) -> Complaint {
    let near = explain::suggestions(query);
    let hint = if near.is_empty() { messages::ERROR_EXPLAIN_LIST } else { messages::ERROR_EXPLAIN_NEAR };
    Complaint::new(lang, messages::ERROR_EXPLAIN, hint, &[("query", query), ("suggestions", &near.join(", "))])
}
