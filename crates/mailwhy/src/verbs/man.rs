//! `mailwhy man`: manual pages as roff, from the definition of the command line.

use super::Verb;
use crate::cli;
use crate::session::{Complaint, Failure, Session};
use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use mailwhy_core::Lang;
use mailwhy_core::knowledge::{Text, messages};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The headings of the generator, and ours.
const HEADINGS: [(&str, Text); 4] = [
    ("NAME", messages::CLI_MAN_NAME),
    ("SYNOPSIS", messages::CLI_MAN_SYNOPSIS),
    ("DESCRIPTION", messages::CLI_MAN_DESCRIPTION),
    ("VERSION", messages::CLI_MAN_VERSION),
];

/// The verb.
pub(crate) const VERB: Verb = Verb { name: "man", command, run };

fn command(lang: Lang) -> Command {
    let say = |text: Text| text.get(lang);
    Command::new(VERB.name)
        .about(say(messages::CLI_MAN_ABOUT))
        .override_usage(say(messages::CLI_USAGE_MAN))
        .arg(super::help::verb(lang).help(say(messages::CLI_MAN_VERB)))
        .arg(
            Arg::new("dir")
                .long("dir")
                .value_name(say(messages::CLI_VALUE_DIR))
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .conflicts_with("verb")
                .help(say(messages::CLI_MAN_DIR)),
        )
}

fn run(matches: &ArgMatches, session: &mut Session) -> Result<(), Failure> {
    if let Some(dir) = matches.get_one::<PathBuf>("dir") {
        return write_all(dir).map_err(|(path, error)| cannot_write(&path, &error, session.lang).into());
    }
    let command = cli::command(session.lang);
    let verb = matches.get_one::<String>("verb");
    let page = page(&command, verb.map(String::as_str), session.lang)?;
    Ok(session.out.write_all(page.as_bytes())?)
}

/// Writes `man1/…` in English and `tr/man1/…` in Turkish, as `man` looks for them.
fn write_all(dir: &Path) -> Result<(), (PathBuf, io::Error)> {
    for lang in Lang::ALL {
        let folder = if lang == Lang::En { dir.join("man1") } else { dir.join(lang.id()).join("man1") };
        fs::create_dir_all(&folder).map_err(|error| (folder.clone(), error))?;
        let command = cli::command(lang);
        for verb in std::iter::once(None).chain(super::ALL.iter().map(|verb| Some(verb.name))) {
            let name = verb.map_or_else(|| format!("{}.1", cli::NAME), |verb| format!("{}-{verb}.1", cli::NAME));
            let file = folder.join(name);
            let written = page(&command, verb, lang).and_then(|page| fs::write(&file, page));
            written.map_err(|error| (file, error))?;
        }
    }
    Ok(())
}

fn cannot_write(path: &Path, error: &io::Error, lang: Lang) -> Complaint {
    let (output, reason) = (path.display().to_string(), error.to_string());
    Complaint::new(lang, messages::ERROR_WRITE, messages::ERROR_WRITE_HINT, &[("output", &output), ("reason", &reason)])
}

/// The page of a verb, or of the program.
fn page(command: &Command, verb: Option<&str>, lang: Lang) -> io::Result<String> {
    let mut command = command.clone();
    command.build();
    let command = verb.and_then(|verb| command.find_subcommand(verb)).unwrap_or(&command);
    let mut roff = Vec::new();
    Man::new(command.clone().after_help(None::<&str>)).render(&mut roff)?;
    let mut page = String::new();
    for line in String::from_utf8_lossy(&roff).lines() {
        if line.starts_with(".TH ") {
            // Without a date, the generator's own line puts the version into its place.
            let name = command.get_display_name().unwrap_or(cli::NAME);
            page.push_str(&format!(".TH \"{name}\" 1 \"\" \"{} {}\" \"\"\n", cli::NAME, env!("CARGO_PKG_VERSION")));
        } else if let Some(heading) = line.strip_prefix(".SH ") {
            let own = HEADINGS.iter().find(|(english, _)| *english == heading).map(|(_, own)| own.get(lang).to_owned());
            page.extend([".SH ", &own.unwrap_or_else(|| heading.to_uppercase()), "\n"]);
        } else {
            page.extend([line, "\n"]);
        }
    }
    if let Some(after) = command.get_after_help() {
        page.push_str(&sections(&after.to_string()));
    }
    Ok(page)
}

/// The paragraphs behind the options, each a heading and lines that stay as they are.
fn sections(after: &str) -> String {
    let mut roff = Roff::new();
    for (heading, lines) in after.split("\n\n").filter_map(|paragraph| paragraph.split_once('\n')) {
        roff.control("SH", [heading.trim_end_matches(':').to_uppercase().as_str()]).control("nf", []);
        for line in lines.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff.to_roff()
}
