//! One pass of one automaton over a folded text finds every phrase, word, name and sign that mailwhy knows.
//!
//! The automaton is built by the build script and only validated and loaded here, once for each process.

use crate::Target;
use crate::fold::Folded;
use crate::generated::{PATTERNS, TARGETS};
use daachorse::DoubleArrayAhoCorasick;
use std::sync::OnceLock;

static SERIALIZED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/matcher.bin"));

fn automaton() -> &'static DoubleArrayAhoCorasick<u32> {
    static AUTOMATON: OnceLock<DoubleArrayAhoCorasick<u32>> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let (automaton, _) = DoubleArrayAhoCorasick::deserialize(SERIALIZED)
            .expect("the build script wrote this automaton with the same version of the crate");
        automaton
    })
}

/// Calls `found` for each match with what it means and the first and last word it covers. Matches come in the order
/// of their ends. Time is linear in the text and the matches.
///
/// ```
/// use mailwhy_knowledge::{CONCEPTS, Target, fold::Folded, matcher};
/// let folded = Folded::of("Posta kutusu dolu");
/// let mut concepts = Vec::new();
/// matcher::scan(&folded, |target, _first, _last| {
///     if let Target::Concept { concept, .. } = target {
///         concepts.push(CONCEPTS[concept as usize].id);
///     }
/// });
/// assert!(concepts.contains(&"MAILBOX") && concepts.contains(&"FULL"));
/// ```
pub fn scan(folded: &Folded, mut found: impl FnMut(Target, usize, usize)) {
    let words = folded.words();
    if words.is_empty() {
        return;
    }
    let mut last = 0;
    for hit in automaton().find_overlapping_iter(folded.text()) {
        // The last byte of the match may be the space behind its last word.
        let end = hit.end() as u32;
        while last + 1 < words.len() && words[last].end < end && words[last + 1].start < end {
            last += 1;
        }
        let (start, count, length) = PATTERNS[hit.value() as usize];
        let first = (last + 1).saturating_sub(length as usize);
        for target in &TARGETS[start as usize..start as usize + count as usize] {
            found(*target, first, last);
        }
    }
}

/// The number of bytes that the serialised automaton takes.
pub fn size() -> usize {
    SERIALIZED.len()
}
