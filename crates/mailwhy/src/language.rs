//! The language of the answer: `--lang`, else the locale, else English.

use mailwhy_core::Lang;
use std::ffi::OsString;

/// The language, found before the command line is parsed, since help and complaints need it. An unknown `--lang` is
/// told later, by the parser.
pub(crate) fn of(arguments: &[OsString]) -> Lang {
    asked(arguments).or_else(of_locale).unwrap_or_default()
}

fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--").filter_map(|argument| argument.to_str());
    let mut last = None;
    while let Some(argument) = arguments.next() {
        if let Some(value) = argument.strip_prefix("--lang=") {
            last = Some(value);
        } else if argument == "--lang" {
            last = arguments.next();
        }
    }
    last.and_then(Lang::from_id)
}

/// POSIX: the first of these that is set decides, even if it names no language of ours.
fn of_locale() -> Option<Lang> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty())?;
    Lang::from_id(&set)
}
