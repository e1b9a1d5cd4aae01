//! Dresses: what programs put around a server's words. One file a dress, each with its own recogniser.
//!
//! A new dress is a new file with a `pub(super) static DRESS` and one line in [`DRESSES`].

mod bounce_body;
mod dotnet;
mod exim_log;
mod go;
mod javamail;
mod nodemailer;
mod parts;
mod phpmailer;
mod postfix_log;
mod smtplib;
mod symfony;

use crate::{Attempt, Span};

/// A program's dress.
#[derive(Debug)]
pub struct Dress {
    /// The id, such as `phpmailer`; also the file's name.
    pub id: &'static str,
    /// The program, as people call it.
    pub name: &'static str,
    /// Takes the dress off; `None` if the text does not wear it.
    pub take_off: fn(&str) -> Option<Undressed>,
}

/// What is under a dress. All spans are of the text that was given.
#[derive(Debug)]
pub struct Undressed {
    /// The piece that wears the dress.
    pub covers: Span,
    /// One attempt for each failure. `told` holds the innermost words; it is empty if the dress says all there is.
    pub attempts: Vec<Attempt>,
}

/// All dresses. Their order here means nothing: of several that fit, the one that covers most is taken off first.
pub static DRESSES: &[&Dress] = &[
    &bounce_body::DRESS,
    &dotnet::DRESS,
    &exim_log::DRESS,
    &go::DRESS,
    &javamail::DRESS,
    &nodemailer::DRESS,
    &phpmailer::DRESS,
    &postfix_log::DRESS,
    &smtplib::DRESS,
    &symfony::DRESS,
];

/// So many failures of one text are told: a paste has fewer, and a log of more has a reader of its own. Each one takes some
/// kilobytes, so that a text made for it would fill the memory.
const MOST_ATTEMPTS: usize = 10_000;

/// Takes the outermost dress off.
pub(super) fn take_off(text: &str) -> Option<Vec<Attempt>> {
    let fits = DRESSES.iter().filter_map(|dress| {
        let undressed = (dress.take_off)(text)?;
        Some((undressed.covers.len(), dress.id, undressed.attempts))
    });
    let (_, id, mut attempts) = fits.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)))?;
    attempts.truncate(MOST_ATTEMPTS);
    attempts.iter_mut().for_each(|attempt| attempt.dress = Some(id));
    Some(attempts)
}
