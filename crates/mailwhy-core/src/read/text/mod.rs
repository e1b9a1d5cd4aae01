//! The reader of pasted texts: a bare code, a reply, an error in any program's dress.
//!
//! A dress (the exception, the log line, the bounce page around a server's words) is taken off, again and again until
//! the innermost words are reached; each layer adds what it knows: phase, command, parties, queue id.

mod bare;
pub mod dress;

use crate::{Attempt, Span};

/// So many dresses are worn over each other at the most.
const MOST_LAYERS: usize = 6;

/// Reads a pasted text. There is always at least one attempt; a text of several failures gives several.
///
/// ```
/// let attempts = mailwhy_core::read::text::read("SMTP Error (535)");
/// assert_eq!(attempts[0].reply.code.map(|c| c.0), Some(535));
/// ```
pub fn read(text: &str) -> Vec<Attempt> {
    if let Some(attempt) = bare::read(text) {
        return vec![attempt];
    }
    let attempts = undress(text, Attempt::default(), Span::new(0, text.len()), 0);
    if attempts.is_empty() { vec![Attempt::default()] } else { attempts }
}

/// Takes the dresses off `within`, the outermost first. `worn` is what the layers above told.
fn undress(text: &str, worn: Attempt, within: Span, layer: usize) -> Vec<Attempt> {
    let taken = if layer < MOST_LAYERS { dress::take_off(within.of(text)) } else { None };
    let Some(attempts) = taken else {
        return if layer == 0 { Vec::new() } else { vec![worn] };
    };
    let mut all = Vec::new();
    for inner in attempts {
        let merged = worn.clone().with_inner(inner, within.start);
        match merged.told.as_slice() {
            [only] if only.len() < within.len() => {
                let only = *only;
                all.extend(undress(text, merged, only, layer + 1));
            }
            _ => all.push(merged),
        }
    }
    all
}
