//! Votes of concepts: rules that need no language.

use super::find::{Found, Occurrence};
use super::lex::Lexed;
use super::vote::{By, Vote};
use crate::attempt::{Enhanced, Reply};
use mailwhy_knowledge::{CONCEPT_RULES, CodeNeed, ConceptRule, DERIVED};

/// What a vote loses for each tenth of a word of distance.
const LOSS: f32 = 0.006;

/// Concepts that stand together.
#[derive(Clone, Debug)]
pub(crate) struct Combination {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Tenths of a word between them, added up.
    pub(crate) distance: u32,
    /// The words of each.
    pub(crate) members: Vec<Occurrence>,
}

/// Every way in which one of each of `all` stands within `window` tenths of a word: for each place of the first item the
/// nearest of each other one. No two may use the same word, except a suffix.
pub(crate) fn combinations(found: &Found, lexed: &Lexed, all: &[&[u16]], window: u32) -> Vec<Combination> {
    if !all.iter().all(|item| found.has_any(item)) {
        return Vec::new();
    }
    let mut combinations = Vec::new();
    for first in all[0].iter().flat_map(|concept| found.of(*concept)) {
        let mut members = vec![*first];
        let mut distance = 0;
        let complete = all[1..].iter().all(|item| {
            let near = item
                .iter()
                .flat_map(|concept| found.of(*concept))
                .filter(|o| o.suffix || !members.iter().any(|m| !m.suffix && o.first <= m.last && m.first <= o.last))
                .map(|o| (members.iter().map(|m| apart(lexed, *m, *o)).min().unwrap_or(0), *o))
                .min_by_key(|(apart, o)| (*apart, o.first));
            match near {
                Some((apart, occurrence)) if apart <= window => {
                    distance += apart;
                    members.push(occurrence);
                    true
                }
                _ => false,
            }
        });
        if complete {
            combinations.push(Combination {
                first: members.iter().map(|m| m.first).min().unwrap_or(0) as usize,
                last: members.iter().map(|m| m.last).max().unwrap_or(0) as usize,
                distance,
                members,
            });
        }
    }
    combinations
}

/// Tenths of a word between two occurrences.
fn apart(lexed: &Lexed, a: Occurrence, b: Occurrence) -> u32 {
    let position = |word: u32| lexed.folded.words()[word as usize].position;
    if a.first > b.last {
        position(a.first) - position(b.last)
    } else if b.first > a.last {
        position(b.first) - position(a.last)
    } else {
        0
    }
}

/// Adds the concepts made of others: NOT near EXIST is NOTEXIST.
pub(crate) fn derive(found: &mut Found, lexed: &Lexed) {
    for derived in DERIVED {
        for combination in combinations(found, lexed, derived.all, derived.window) {
            found.add(derived.id, Occurrence { first: combination.first as u32, last: combination.last as u32, suffix: false });
        }
    }
}

/// The votes of all rules, in the order of the table.
pub(crate) fn votes(found: &Found, lexed: &Lexed, reply: &Reply, votes: &mut Vec<Vote>) {
    for rule in CONCEPT_RULES {
        if !rule.all.iter().all(|item| found.has_any(item)) || found.has_any(rule.never) || !codes_fit(rule, reply) {
            continue;
        }
        let best = combinations(found, lexed, rule.all, rule.window)
            .into_iter()
            .filter(|c| !something_stands_near(found, lexed, rule, c))
            .min_by_key(|c| c.distance);
        if let Some(best) = best {
            let spans = best.members.iter().map(|m| lexed.span(m.first as usize, m.last as usize)).collect();
            votes.push(Vote { cause: rule.cause, weight: rule.weight - LOSS * best.distance as f32, by: By::Concept(rule), spans });
        }
    }
}

/// Does one of the rule's `none` stand within its window?
fn something_stands_near(found: &Found, lexed: &Lexed, rule: &ConceptRule, combination: &Combination) -> bool {
    let words = lexed.folded.words();
    let from = words[combination.first].position.saturating_sub(rule.window);
    let to = words[combination.last].position + rule.window;
    rule.none
        .iter()
        .flat_map(|concept| found.of(*concept))
        .any(|o| words[o.last as usize].position >= from && words[o.first as usize].position <= to)
}

fn codes_fit(rule: &ConceptRule, reply: &Reply) -> bool {
    let code = reply.code.map(|(code, _)| code);
    let enhanced = reply.enhanced.map(|(enhanced, _)| enhanced);
    rule.codes.is_empty()
        || rule.codes.iter().any(|need| match need {
            CodeNeed::NoCode => code.is_none() && enhanced.is_none(),
            CodeNeed::Class(class) => code.is_some_and(|c| c / 100 == u16::from(*class)) || enhanced.is_some_and(|e| e.class == *class),
            CodeNeed::Reply(reply) => code == Some(*reply),
            CodeNeed::Enhanced(prefix) => enhanced.is_some_and(|e| starts(e, prefix)),
        })
}

/// Does the enhanced code start like `prefix` (`5.2` or `5.4.1`)?
fn starts(enhanced: Enhanced, prefix: &str) -> bool {
    let mut parts = prefix.split('.').map(|part| part.parse::<u16>().ok());
    [u16::from(enhanced.class), enhanced.subject, enhanced.detail]
        .iter()
        .all(|number| parts.next().is_none_or(|part| part == Some(*number)))
}
