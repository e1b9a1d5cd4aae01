//! Votes of speakers: their own sentences, tags and traps.

use super::find::{Found, Hit};
use super::lex::Lexed;
use super::vote::{By, Vote};
use crate::attempt::Reply;
use mailwhy_knowledge::{ALTERNATIVES, Cause, RuleForm, SPEAKER_RULES, SpeakerRule};

/// A sentence of a speaker, whatever its length.
const SENTENCE: f32 = 8.0;
/// Words that many use.
const GENERIC: f32 = 5.5;
/// A tag is an exact name for a reason, a trap corrects what the words seem to say; but only with the codes it is known
/// with: "Access denied" is an unknown recipient in one mouth with 5.4.1, and a rule in all others.
const TAG: f32 = 5.0;
const TRAP: f32 = 5.0;
/// Longer sentences are more specific: what ten letters add, up to sixty letters.
const TEN_LETTERS: f32 = 1.0;
const LONGEST: f32 = 60.0;
/// A phrase shorter than this is found by chance.
const SHORT: u16 = 9;
const SHORT_LOSS: f32 = 3.0;
/// Another speaker was recognised.
const FOREIGN_LOSS: f32 = 0.8;
/// A sentence that is known to give no reason must not beat one that does.
const REASONLESS_MOST: f32 = 6.4;

/// Votes for every whole phrase that was found; the speaker's recognition counts.
pub(crate) fn votes(found: &Found, lexed: &Lexed, reply: &Reply, speaker: Option<u16>, votes: &mut Vec<Vote>) {
    for hit in &found.phrases {
        let alternative = &ALTERNATIVES[hit.index as usize];
        let rule = &SPEAKER_RULES[alternative.rule as usize];
        if rule.form == RuleForm::Wrapper || found.phrases.iter().any(|other| swallows(other, hit)) {
            continue;
        }
        let length = f32::from(alternative.length).min(LONGEST) / 10.0 * TEN_LETTERS;
        let mut weight = length
            + match rule.form {
                RuleForm::Generic => GENERIC,
                RuleForm::Tag => SENTENCE + TAG,
                RuleForm::Trap => SENTENCE + TRAP,
                RuleForm::Sentence | RuleForm::Wrapper => SENTENCE,
            };
        if alternative.length < SHORT && rule.form != RuleForm::Tag {
            weight -= SHORT_LOSS;
        }
        let fit = code_fit(rule, reply);
        weight += fit;
        if rule.form == RuleForm::Trap && fit < 0.0 {
            weight -= TRAP;
        }
        if speaker.is_some_and(|s| s != rule.speaker) {
            weight -= FOREIGN_LOSS;
        }
        if rule.cause == Cause::Unknown {
            weight = (weight - 2.0).min(REASONLESS_MOST);
        }
        votes.push(Vote {
            cause: rule.cause,
            weight,
            by: By::Speaker(rule),
            spans: vec![lexed.span(hit.first as usize, hit.last as usize)],
        });
    }
}

/// Is `hit` the beginning or the middle of a longer sentence of the same speaker? Then that one speaks.
fn swallows(longer: &Hit, hit: &Hit) -> bool {
    let speaker = |hit: &Hit| SPEAKER_RULES[ALTERNATIVES[hit.index as usize].rule as usize].speaker;
    longer.first <= hit.first
        && hit.last <= longer.last
        && longer.last - longer.first > hit.last - hit.first
        && ALTERNATIVES[hit.index as usize].parts == 1
        && speaker(longer) == speaker(hit)
}

/// A code that was seen with the sentence supports it; another one weakens it. Codes never decide.
fn code_fit(rule: &SpeakerRule, reply: &Reply) -> f32 {
    let mut fit = 0.0;
    if let Some((code, _)) = reply.code.filter(|_| !rule.codes.is_empty()) {
        fit += if rule.codes.contains(&code) { 0.6 } else { -0.6 };
    }
    if let Some((enhanced, _)) = reply.enhanced.filter(|_| !rule.enhanced.is_empty()) {
        let written = enhanced.to_string();
        fit += if rule.enhanced.contains(&written.as_str()) { 0.8 } else { -0.6 };
    }
    fit
}
