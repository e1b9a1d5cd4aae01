//! Votes of names: errors of systems and programs, which are no replies of a server.

use super::find::Found;
use super::lex::Lexed;
use super::vote::{By, Vote};
use crate::attempt::{Attempt, Reading};
use mailwhy_knowledge::{Cause, LIBRARY_FORMS, NAMES, Text};

const SYMBOL: f32 = 9.0;
const TEXT: f32 = 8.5;
/// A text shorter than this is found by chance.
const SHORTEST_TEXT: usize = 7;
const NUMBER: f32 = 8.0;
const LIBRARY: f32 = 4.2;
/// A number has several meanings: what the next ones count.
const NEXT_READING: f32 = 0.5;

/// Votes of symbols such as `ECONNREFUSED` and texts such as `Connection refused`.
pub(crate) fn votes(found: &Found, lexed: &Lexed, votes: &mut Vec<Vote>) {
    for hit in &found.names {
        let name = &NAMES[hit.index as usize];
        if name.is_text && name.name.len() < SHORTEST_TEXT {
            continue;
        }
        let weight = if name.is_text { TEXT } else { SYMBOL };
        votes.push(Vote { cause: name.cause, weight, by: By::Name(name), spans: vec![lexed.span(hit.first as usize, hit.last as usize)] });
    }
}

/// Votes of a number that is no reply, such as `111`, `0x800CCC0E` or `447`.
pub(crate) fn number_votes(attempt: &Attempt, votes: &mut Vec<Vote>) {
    let Some(number) = &attempt.number else { return };
    for (n, reading) in number.readings.iter().enumerate() {
        let (cause, meaning) = match reading {
            Reading::Errno(errno, _) => {
                let said = errno.text_en.unwrap_or(errno.name);
                (errno.cause, Text { en: said, tr: errno.text_tr.unwrap_or(said) })
            }
            Reading::Client(client) => (client.cause, client.meaning),
            Reading::Dotless(dotless) => (dotless.causes.first().copied().unwrap_or(Cause::Unknown), dotless.meaning),
            Reading::Reply(code) => {
                // What a bare reply code says is weighed with the codes.
                if n == 0 {
                    return;
                }
                (code.causes.first().copied().unwrap_or(Cause::Unknown), code.meaning)
            }
        };
        let weight = if n == 0 { NUMBER } else { NUMBER * NEXT_READING };
        votes.push(Vote { cause, weight, by: By::Number(meaning), spans: vec![number.span] });
    }
}

/// Votes of what libraries call the failure: only asked where no words and no codes speak.
pub(crate) fn library_votes(found: &Found, lexed: &Lexed, votes: &mut Vec<Vote>) {
    for hit in &found.libraries {
        let form = &LIBRARY_FORMS[hit.index as usize];
        if form.cause != Cause::Unknown {
            let weight = LIBRARY + form.form.len() as f32 / 100.0;
            votes.push(Vote {
                cause: form.cause,
                weight,
                by: By::Library(form),
                spans: vec![lexed.span(hit.first as usize, hit.last as usize)],
            });
        }
    }
}
