//! A diagnosis: an attempt, its cause, the evidence that led there. It has no language; [`crate::advise`] gives it one.

use crate::advise::facts::{self, Facts};
use crate::classify::{By, Classifier, Decision};
use crate::{Attempt, Reading, Span};
use mailwhy_knowledge::{Actor, Cause, Modifier, Outcome, Persistence, Phase, Verdict};

/// Why one attempt failed, who acts, and what shows it.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// What the reader found.
    pub attempt: Attempt,
    /// What the classifier decided.
    pub decision: Decision,
    /// What became of the recipient.
    pub outcome: Outcome,
    /// Whether sending the same again fails the same way.
    pub persistence: Persistence,
    /// Wait or act.
    pub verdict: Verdict,
    /// Who can end it.
    pub actor: Actor,
    /// Where in the dialogue it happened.
    pub phase: Phase,
    /// What changes the advice and not the cause.
    pub modifiers: Vec<Modifier>,
    /// The captured facts.
    pub facts: Facts,
    /// The pieces of evidence that led to the cause, in the order of the text; they do not overlap.
    pub evidence: Vec<Evidence>,
}

/// A piece of the evidence and what it says.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where it stands.
    pub span: Span,
    /// Who read it so.
    pub by: By,
    /// It decided; the others support it.
    pub decisive: bool,
}

impl Diagnosis {
    /// The cause.
    pub fn cause(&self) -> Cause {
        self.decision.cause
    }

    /// The readings of a number that has several, likeliest first; empty where it has one.
    pub fn readings(&self) -> &[Reading] {
        match &self.attempt.number {
            Some(number) if number.readings.len() > 1 || !self.modifiers.is_empty() => &number.readings,
            _ => &[],
        }
    }

    /// Makes a diagnosis of an attempt that was read from `evidence`.
    pub fn of(attempt: Attempt, evidence: &str, classifier: &mut Classifier) -> Diagnosis {
        let decision = classifier.classify(evidence, &attempt);
        let outcome = outcome(&attempt, &decision);
        let persistence = persistence(&decision);
        let mut modifiers = attempt.modifiers.clone();
        if outcome == Outcome::Delayed && !modifiers.contains(&Modifier::DelayNotice) {
            modifiers.push(Modifier::DelayNotice);
        }
        let best = decision.votes.iter().find(|v| v.cause == decision.cause && matches!(v.by, By::Name(_)));
        let named_by_system = best.is_some_and(|v| matches!(v.by, By::Name(name) if name.is_system && !name.is_text));
        if named_by_system && decision.reply.code.is_none() && decision.reply.enhanced.is_none() && !modifiers.contains(&Modifier::NotSmtp)
        {
            modifiers.push(Modifier::NotSmtp);
        }
        let own_actor = decision.own_code.filter(|code| code.causes.first() == Some(&decision.cause)).and_then(|code| code.actor);
        let actor = decision.variant.and_then(|v| v.actor).or(own_actor).unwrap_or(decision.cause.data().actor);
        let mut diagnosis = Diagnosis {
            outcome,
            persistence,
            verdict: verdict(decision.cause, persistence, outcome),
            actor,
            phase: attempt.phase.unwrap_or_else(|| likely_phase(&attempt, &decision)),
            modifiers,
            facts: Facts::default(),
            evidence: evidence_of(&decision),
            attempt,
            decision,
        };
        diagnosis.facts = facts::collect(&diagnosis, evidence);
        diagnosis
    }
}

/// A class of reply overrides a cause's default where the cause says so.
fn persistence(decision: &Decision) -> Persistence {
    let data = decision.cause.data();
    let class = match (decision.reply.enhanced, decision.reply.code) {
        (Some((enhanced, _)), Some((code, _))) if u16::from(enhanced.class) != code / 100 => None,
        (Some((enhanced, _)), _) => Some(enhanced.class),
        (None, Some((code, _))) => Some((code / 100) as u8),
        (None, None) => None,
    };
    let by_class = match class {
        Some(5) => Some(Persistence::Permanent),
        Some(4) => Some(Persistence::Temporary),
        _ => None,
    };
    match data.persistence {
        Persistence::ByReply => by_class.unwrap_or(Persistence::Unknown),
        own if data.reply_class_wins => by_class.unwrap_or(own),
        own => own,
    }
}

/// A permanent failure is never waited for; a temporary one without a reason is waited for first.
fn verdict(cause: Cause, persistence: Persistence, outcome: Outcome) -> Verdict {
    let own = cause.data().verdict;
    match (own, persistence) {
        (Verdict::Wait | Verdict::WaitThenAct, Persistence::Permanent) => Verdict::Act,
        (Verdict::Act, Persistence::Temporary) if cause == Cause::Unknown => Verdict::WaitThenAct,
        (Verdict::Act, _) if cause == Cause::Unknown && outcome == Outcome::Delayed => Verdict::WaitThenAct,
        _ => own,
    }
}

/// Delay is not failure: a 4xx is a delay only where something says that somebody goes on trying.
fn outcome(attempt: &Attempt, decision: &Decision) -> Outcome {
    use Outcome::{Delayed, Failed, Rejected};
    if let Some(told) = attempt.outcome {
        return told;
    }
    let usual = decision.cause.data().outcomes;
    if !usual.iter().any(|o| matches!(o, Delayed | Failed | Rejected))
        && let Some(only) = usual.first()
    {
        return *only;
    }
    if decision.speaks_of_delay {
        Delayed
    } else if decision.reply.code.is_some() || decision.reply.enhanced.is_some() {
        Rejected
    } else {
        Failed
    }
}

/// Where the evidence does not tell the phase: a cause that shows in one phase only tells it.
fn likely_phase(attempt: &Attempt, decision: &Decision) -> Phase {
    let by_command = attempt.reply.command.and_then(crate::classify::phase_of);
    by_command.unwrap_or(match decision.cause.data().phases {
        [only] => *only,
        _ => Phase::Unknown,
    })
}

/// The pieces that led to the cause: the deciding vote's first, then those of other kinds beside them.
fn evidence_of(decision: &Decision) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut kinds = [false; By::KINDS];
    for vote in decision.votes_for_cause() {
        if std::mem::replace(&mut kinds[vote.by.kind()], true) {
            continue;
        }
        for span in &vote.spans {
            if !span.is_empty() && !evidence.iter().any(|e| e.span.overlaps(*span)) {
                evidence.push(Evidence { span: *span, by: vote.by, decisive: evidence.is_empty() });
            }
        }
    }
    evidence.sort_by_key(|e| e.span);
    evidence
}
