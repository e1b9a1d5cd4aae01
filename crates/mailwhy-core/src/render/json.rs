//! The JSON of a diagnosis, as `schema/diagnosis.schema.json` describes it: versioned, additive only.

use crate::advise::{Advice, advise, reading, why};
use crate::{Diagnosis, Lang};
use mailwhy_knowledge::Folds;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the schema.
pub const SCHEMA: &str = "mailwhy/1";

/// Where the evidence of a diagnosis came from.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Source {
    /// What it is: `text`, later `bounce`, `log`, `event`.
    pub kind: &'static str,
    /// The file.
    pub path: Option<String>,
    /// The message in a mailbox, from 0.
    pub message: Option<u64>,
    /// The line in a log, from 1.
    pub line: Option<u64>,
}

impl Source {
    /// A pasted text.
    pub fn text() -> Source {
        Source { kind: "text", ..Source::default() }
    }
}

/// A diagnosis as JSON.
#[derive(Debug, Serialize)]
pub struct DiagnosisJson<'a> {
    schema: &'static str,
    source: &'a Source,
    outcome: &'static str,
    recipient: Option<&'a str>,
    original_recipient: Option<&'a str>,
    sender: Option<&'a str>,
    time: Option<&'a str>,
    queue_id: Option<&'a str>,
    message_id: Option<&'a str>,
    cause: &'static str,
    variant: Option<&'static str>,
    family: &'static str,
    confidence: f64,
    basis: &'static str,
    rule: Option<&'a str>,
    alternatives: Vec<AlternativeJson>,
    modifiers: Vec<&'static str>,
    persistence: &'static str,
    verdict: &'static str,
    actor: &'static str,
    consequence_of: Option<usize>,
    readings: Option<Vec<String>>,
    reply: ReplyJson<'a>,
    parties: PartiesJson<'a>,
    facts: BTreeMap<&'static str, &'a str>,
    evidence: Vec<EvidenceJson>,
    advice: AdviceJson,
    remedy: RemedyJson,
    folds: FoldsJson,
}

#[derive(Debug, Serialize)]
struct AlternativeJson {
    cause: &'static str,
    confidence: f64,
}

#[derive(Debug, Serialize)]
struct ReplyJson<'a> {
    code: Option<u16>,
    enhanced: Option<String>,
    text: Option<&'a str>,
    speaker: Option<&'static str>,
    phase: &'static str,
    command: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct PartiesJson<'a> {
    reporting_mta: Option<&'a str>,
    remote_mta: Option<&'a str>,
    remote_ip: Option<&'a str>,
    sending_ip: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct EvidenceJson {
    start: usize,
    end: usize,
    why: String,
}

#[derive(Debug, Serialize)]
struct AdviceJson {
    lang: &'static str,
    title: String,
    summary: String,
    steps: Vec<String>,
    links: Vec<LinkJson>,
    question: Option<String>,
}

#[derive(Debug, Serialize)]
struct LinkJson {
    url: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct RemedyJson {
    actions: Vec<&'static str>,
    retry_after_s: Option<u32>,
}

#[derive(Debug, Serialize)]
struct FoldsJson {
    sisimai: Option<&'static str>,
    ses: Option<&'static str>,
    kumomta: Option<&'static str>,
    sparkpost: Option<u32>,
    postalsys: Option<&'static str>,
}

/// A reply longer than this is cut in the JSON; the spans still point into the whole.
const LONGEST_REPLY: usize = 4096;

/// The JSON of a diagnosis that was made from `evidence`.
pub fn json<'a>(diagnosis: &'a Diagnosis, evidence: &'a str, source: &'a Source, lang: Lang) -> DiagnosisJson<'a> {
    let decision = &diagnosis.decision;
    let attempt = &diagnosis.attempt;
    let data = decision.cause.data();
    DiagnosisJson {
        schema: SCHEMA,
        source,
        outcome: diagnosis.outcome.id(),
        recipient: attempt.recipient.as_deref().or(diagnosis.facts.get("recipient")),
        original_recipient: attempt.original_recipient.as_deref(),
        sender: attempt.sender.as_deref(),
        time: attempt.time.as_deref(),
        queue_id: attempt.queue_id.as_deref(),
        message_id: attempt.message_id.as_deref(),
        cause: data.id,
        variant: decision.variant.map(|v| v.id),
        family: data.family.id(),
        confidence: rounded(decision.confidence),
        basis: decision.basis.id(),
        rule: decision.rule.as_deref(),
        alternatives: decision
            .alternatives
            .iter()
            .map(|(cause, c)| AlternativeJson { cause: cause.id(), confidence: rounded(*c) })
            .collect(),
        modifiers: diagnosis.modifiers.iter().map(|m| m.id()).collect(),
        persistence: diagnosis.persistence.id(),
        verdict: diagnosis.verdict.id(),
        actor: diagnosis.actor.id(),
        consequence_of: None,
        readings: readings(diagnosis, lang),
        reply: ReplyJson {
            code: decision.reply.code.map(|c| c.0),
            enhanced: decision.reply.enhanced.map(|c| c.0.to_string()),
            text: reply_text(diagnosis, evidence),
            speaker: decision.speaker.map(|s| s.id),
            phase: diagnosis.phase.id(),
            command: attempt.reply.command,
        },
        parties: PartiesJson {
            reporting_mta: attempt.parties.reporting_mta.as_deref(),
            remote_mta: attempt.parties.remote_mta.as_deref(),
            remote_ip: attempt.parties.remote_ip.as_deref(),
            sending_ip: attempt.parties.sending_ip.as_deref(),
        },
        facts: diagnosis.facts.iter().collect(),
        evidence: diagnosis.evidence.iter().map(|e| EvidenceJson { start: e.span.start, end: e.span.end, why: why(e, lang) }).collect(),
        advice: advice_json(advise(diagnosis, lang)),
        remedy: RemedyJson { actions: data.remedy.actions.iter().map(|a| a.id()).collect(), retry_after_s: data.remedy.first_s },
        folds: folds(&data.folds),
    }
}

/// Two decimals: more would only pretend.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

fn readings(diagnosis: &Diagnosis, lang: Lang) -> Option<Vec<String>> {
    let number = diagnosis.attempt.number.as_ref()?;
    let all: Vec<String> = diagnosis.readings().iter().map(|r| reading(r, &number.written, lang)).collect();
    (!all.is_empty()).then_some(all)
}

/// The words that were classified, as they stand.
pub(crate) fn reply_text<'a>(diagnosis: &Diagnosis, evidence: &'a str) -> Option<&'a str> {
    let told = diagnosis.attempt.told.iter().copied().reduce(crate::Span::join);
    let text = told.map_or(evidence, |span| span.of(evidence)).trim();
    let cut = &text[..text.floor_char_boundary(LONGEST_REPLY)];
    (!cut.is_empty()).then_some(cut)
}

fn advice_json(advice: Advice) -> AdviceJson {
    AdviceJson {
        lang: advice.lang.id(),
        title: advice.title,
        summary: advice.summary,
        steps: advice.steps,
        links: advice.links.into_iter().map(|l| LinkJson { url: l.url, title: l.title }).collect(),
        question: advice.question,
    }
}

fn folds(folds: &Folds) -> FoldsJson {
    FoldsJson {
        sisimai: folds.sisimai.first().copied(),
        ses: folds.ses,
        kumomta: folds.kumomta,
        sparkpost: folds.sparkpost,
        postalsys: folds.postalsys,
    }
}
