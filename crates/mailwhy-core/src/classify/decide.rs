//! From votes to one cause: agreement of kinds adds, the specific beats the general, too little is unknown.

use super::vote::{By, Vote};
use mailwhy_knowledge::{Cause, RuleForm};

/// A cause with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) cause: Cause,
    pub(crate) score: f32,
}

const SPEAKER: usize = By::SPEAKER;
const CONCEPT: usize = By::CONCEPT;
/// What a second kind of votes adds to the best one.
const AGREEMENT: f32 = 0.3;
/// Words of a cause weigh so much before it beats the causes that it refines.
const OWN_WORDS: f32 = 8.0;
/// By how much it then beats them.
const REFINED: f32 = 0.5;
/// A best score below this is no reason.
const TOO_LITTLE: f32 = 2.3;

/// The causes that have votes, strongest first. Ties go by id, so that the same text always gives the same answer.
pub(crate) fn rank(votes: &[Vote]) -> Vec<Candidate> {
    let mut best = [[0.0f32; By::KINDS]; Cause::COUNT];
    let mut named = [false; Cause::COUNT];
    for vote in votes {
        let slot = &mut best[vote.cause as usize][vote.by.kind()];
        *slot = slot.max(vote.weight);
        named[vote.cause as usize] = true;
    }
    let mut candidates: Vec<Candidate> = Cause::ALL
        .iter()
        .filter(|cause| named[**cause as usize])
        .map(|cause| {
            let kinds = &best[*cause as usize];
            let strongest = kinds.iter().copied().fold(0.0, f32::max);
            let all: f32 = kinds.iter().sum();
            Candidate { cause: *cause, score: strongest + AGREEMENT * (all - strongest) }
        })
        .collect();
    refine(&mut candidates, &best);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.cause.cmp(&b.cause)));
    candidates
}

/// A specific cause whose own words are there beats the general ones that it refines.
fn refine(candidates: &mut [Candidate], best: &[[f32; By::KINDS]; Cause::COUNT]) {
    for n in 0..candidates.len() {
        let cause = candidates[n].cause;
        let words = best[cause as usize][SPEAKER].max(best[cause as usize][CONCEPT]);
        if words < OWN_WORDS {
            continue;
        }
        for general in cause.data().refines {
            // Against a speaker's own sentence for the general cause only a sentence for the specific one counts.
            if best[*general as usize][SPEAKER] >= OWN_WORDS && best[cause as usize][SPEAKER] < OWN_WORDS {
                continue;
            }
            let score = candidates.iter().find(|c| c.cause == *general).map(|c| c.score);
            if let Some(score) = score
                && score >= candidates[n].score
            {
                candidates[n].score = score + REFINED;
            }
        }
    }
}

/// The strongest cause, or `unknown` where too little speaks; and how sure it is, from 0 to 1.
pub(crate) fn choose(candidates: &[Candidate], votes: &[Vote]) -> (Cause, f32) {
    let Some(first) = candidates.first().filter(|c| c.score >= TOO_LITTLE) else {
        return (Cause::Unknown, NOTHING);
    };
    let margin = first.score - candidates.get(1).map_or(0.0, |c| c.score.max(0.0));
    (first.cause, confidence(first.score, margin, kinds_for(first.cause, votes)))
}

/// The vote that decided: the speaker's own sentence, which says most exactly what was meant; else the strongest.
pub(crate) fn deciding(votes: &[Vote], cause: Cause) -> Option<&Vote> {
    let own_sentence = |v: &&Vote| matches!(v.by, By::Speaker(rule) if rule.form != RuleForm::Generic);
    let mut for_cause = votes.iter().filter(|v| v.cause == cause);
    for_cause.clone().find(own_sentence).or_else(|| for_cause.next())
}

/// How sure an answer without any reason in the evidence is.
const NOTHING: f32 = 0.3;
/// One kind of votes alone is never surer than this.
const ONE_KIND_MOST: f32 = 0.93;

/// A logistic curve over score and margin; its figures were fitted on texts that are not part of the rules.
fn confidence(score: f32, margin: f32, kinds: usize) -> f32 {
    let sure = 1.0 / (1.0 + (-(-0.8 + 0.05 * score + 0.41 * margin.min(8.0))).exp());
    if kinds < 2 { sure.min(ONE_KIND_MOST) } else { sure }
}

fn kinds_for(cause: Cause, votes: &[Vote]) -> usize {
    let mut kinds = [false; By::KINDS];
    votes.iter().filter(|v| v.cause == cause).for_each(|v| kinds[v.by.kind()] = true);
    kinds.iter().filter(|k| **k).count()
}
