//! Commands that prove the cause today: `dig`, `openssl s_client`, `swaks`, with the facts filled in.

use super::{Facts, slots};
use crate::Diagnosis;
use mailwhy_knowledge::{Lang, check};

/// A question and the command that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The question.
    pub question: String,
    /// One line for a shell. Facts in it are quoted, since anybody may have written them.
    pub command: String,
}

/// So many commands are shown.
const MOST: usize = 3;

/// The commands that say something about this failure: those whose facts are known.
pub fn proofs(diagnosis: &Diagnosis, lang: Lang) -> Vec<Proof> {
    let checks = diagnosis.cause().data().checks.iter().filter_map(|id| check(id));
    checks
        .filter(|check| check.needs.iter().all(|fact| diagnosis.facts.get(fact).is_some()))
        .filter_map(|check| {
            let command = command(check.command?, &diagnosis.facts);
            Some(Proof { question: check.question.get(lang).to_owned(), command })
        })
        .take(MOST)
        .collect()
}

fn command(template: &str, facts: &Facts) -> String {
    slots(template, |name, fallback| facts.get(name).map_or_else(|| fallback.unwrap_or(name).to_owned(), quoted))
}

/// A value that stands in evidence is quoted unless it is made of harmless letters only.
fn quoted(value: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | ':' | '/' | '+');
    if !value.is_empty() && !value.starts_with('-') && value.chars().all(harmless) {
        return value.to_owned();
    }
    let value = value.trim_start_matches('-').replace('\'', "'\\''");
    format!("'{value}'")
}
