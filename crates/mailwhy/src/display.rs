//! How the answer is shown: width, colour, and which line-drawing characters the terminal can print.

use std::env::var;
use std::io::IsTerminal;

/// Columns where nothing tells them.
const USUAL_WIDTH: usize = 80;
/// Columns that can be asked for.
pub(crate) const WIDTHS: std::ops::RangeInclusive<u16> = 20..=1000;

/// The columns: as asked, else of the terminal, else of `COLUMNS`, else 80.
pub(crate) fn width(asked: Option<u16>) -> usize {
    let of_terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
    let of_environment = || var("COLUMNS").ok()?.parse().ok();
    let width = asked.or_else(of_terminal).or_else(of_environment);
    width.filter(|width| *width > 0).map_or(USUAL_WIDTH, |width| usize::from(width.clamp(*WIDTHS.start(), *WIDTHS.end())))
}

/// Colour on standard output: `--color`, `NO_COLOR`, `CLICOLOR_FORCE`, `TERM`, and whether it is a terminal.
pub(crate) fn colour() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// Line-drawing beyond ASCII: not on a dumb terminal and only where the locale speaks UTF-8.
pub(crate) fn unicode() -> bool {
    let dumb = std::io::stdout().is_terminal() && var("TERM").is_ok_and(|term| term == "dumb");
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| var(name).ok()).find(|value| !value.is_empty());
    let speaks_utf8 = locale.is_some_and(|name| name.to_ascii_lowercase().replace('-', "").contains("utf8"));
    !dumb && (speaks_utf8 || cfg!(windows))
}
