//! Gives a diagnosis its words: title, summary, steps, links, in one language, with the facts filled in.

pub mod facts;
mod prove;

pub use facts::Facts;
pub use prove::{Proof, proofs};

use crate::classify::By;
use crate::{Diagnosis, Evidence, Reading};
use mailwhy_knowledge::{ClientKind, Lang, Persistence, Text, messages};

/// What the person is told, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The language.
    pub lang: Lang,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence or two.
    pub summary: String,
    /// What to do, one action a step.
    pub steps: Vec<String>,
    /// Pages to read.
    pub links: Vec<Link>,
    /// The one question that would settle it.
    pub question: Option<String>,
}

/// A page to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where.
    pub url: String,
    /// What it is.
    pub title: String,
}

/// The advice for a diagnosis.
///
/// ```
/// use mailwhy_core::{Lang, advise::advise, diagnose};
/// let diagnosis = &diagnose("550 5.1.1 <a@example.com>: User unknown")[0];
/// assert!(advise(diagnosis, Lang::Tr).title.contains("a@example.com"));
/// ```
pub fn advise(diagnosis: &Diagnosis, lang: Lang) -> Advice {
    let data = diagnosis.cause().data();
    let facts = &diagnosis.facts;
    let told = data.told.and_then(|told| fill_all(told.get(lang), facts));
    let title = match diagnosis.decision.variant {
        Some(variant) => variant.title.get(lang).to_owned(),
        None => told.unwrap_or_else(|| data.title.get(lang).to_owned()),
    };
    let modifier_steps = diagnosis.modifiers.iter().flat_map(|m| m.steps());
    let mut steps: Vec<String> = modifier_steps.chain(data.steps).map(|step| fill(step.get(lang), facts)).collect();
    let mut seen = Vec::new();
    steps.retain(|step| {
        !seen.contains(step) && {
            seen.push(step.clone());
            true
        }
    });
    Advice {
        lang,
        title,
        summary: fill(data.summary.get(lang), facts),
        steps,
        links: links(diagnosis, lang),
        question: data.question.map(|q| fill(q.get(lang), facts)),
    }
}

/// Pages: the speaker's own on this sentence first, then the one that the reply names, then the list's.
fn links(diagnosis: &Diagnosis, lang: Lang) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut add = |url: &str, title: String| {
        let known = links.iter().any(|l| l.url == url);
        if (url.starts_with("https://") || url.starts_with("http://")) && !known {
            links.push(Link { url: url.to_owned(), title });
        }
    };
    if let Some(url) = diagnosis.facts.get("url") {
        add(url, messages::LINK_REPLY.get(lang).to_owned());
    }
    if let Some(lookup) = diagnosis.facts.get("lookup") {
        let list = diagnosis.facts.get("list").unwrap_or_default();
        add(lookup, with(messages::LINK_LIST.get(lang), &[("list", list)]));
    }
    let votes = diagnosis.decision.votes.iter().filter(|v| v.cause == diagnosis.cause());
    for vote in votes {
        if let By::Speaker(rule) = vote.by
            && let Some(url) = rule.url
        {
            add(url, with(messages::LINK_SPEAKER.get(lang), &[("speaker", rule.speaker().name)]));
        }
    }
    links
}

/// What a piece of evidence says, in one language.
pub fn why(evidence: &Evidence, lang: Lang) -> String {
    match evidence.by {
        By::Speaker(rule) => with(messages::EVIDENCE_SPEAKER.get(lang), &[("speaker", rule.speaker().name)]),
        By::Concept(_) => messages::EVIDENCE_CONCEPT.get(lang).to_owned(),
        By::Enhanced(code, meaning) => {
            with(messages::EVIDENCE_ENHANCED_CODE.get(lang), &[("code", &code.to_string()), ("meaning", meaning.get(lang))])
        }
        By::Reply(code) => {
            with(messages::EVIDENCE_REPLY_CODE.get(lang), &[("code", &code.code.to_string()), ("meaning", code.meaning.get(lang))])
        }
        By::Name(name) => with(messages::EVIDENCE_NAME.get(lang), &[("name", name.name)]),
        By::Number(meaning) => meaning.get(lang).to_owned(),
        By::Library(form) => with(messages::EVIDENCE_LIBRARY.get(lang), &[("library", form.library)]),
    }
}

/// What a number may mean, in one language.
pub fn reading(reading: &Reading, written: &str, lang: Lang) -> String {
    match reading {
        Reading::Reply(code) => with(messages::READING_REPLY.get(lang), &[("code", written), ("meaning", code.meaning.get(lang))]),
        Reading::Dotless(row) => {
            let dotted = row.dotted.join(", ");
            with(messages::READING_DOTLESS.get(lang), &[("number", written), ("dotted", &dotted), ("meaning", row.meaning.get(lang))])
        }
        Reading::Errno(errno, system) => {
            with(messages::READING_ERRNO.get(lang), &[("number", written), ("system", system), ("name", errno.name)])
        }
        Reading::Client(client) => {
            let program = match client.kind {
                ClientKind::Outlook => "Outlook",
                ClientKind::WindowsTls => "Windows",
                ClientKind::Curl => "curl",
                ClientKind::TlsAlert => "TLS",
            };
            with(messages::READING_CLIENT.get(lang), &[("number", written), ("program", program), ("meaning", client.meaning.get(lang))])
        }
    }
}

/// Wait or act, and who: the second line of an answer.
pub fn who_acts(diagnosis: &Diagnosis, lang: Lang) -> String {
    let verdict = diagnosis.verdict.label().get(lang);
    let message = if diagnosis.actor == mailwhy_knowledge::Actor::Nobody { messages::NOBODY_ACTS } else { messages::WHO_ACTS };
    let line = with(message.get(lang), &[("verdict", &capitalised(verdict, lang)), ("actor", diagnosis.actor.label().get(lang))]);
    let lasting = match diagnosis.persistence {
        Persistence::Permanent | Persistence::Temporary => diagnosis.persistence.label().get(lang),
        _ => return line.trim().to_owned(),
    };
    format!("{} {}.", line.trim(), capitalised(lasting, lang))
}

/// The first letter in upper case; Turkish i becomes İ.
pub(crate) fn capitalised(text: &str, lang: Lang) -> String {
    let mut letters = text.chars();
    match (letters.next(), lang) {
        (Some('i'), Lang::Tr) => format!("İ{}", letters.as_str()),
        (Some(first), _) => first.to_uppercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}

/// Fills the facts into a text; where one is not known, the words behind `|` stand in.
pub fn fill(text: &str, facts: &Facts) -> String {
    slots(text, |name, fallback| facts.get(name).or(fallback).unwrap_or(name).to_owned())
}

/// Fills the facts into a text, if all of them are known.
fn fill_all(text: &str, facts: &Facts) -> Option<String> {
    let mut complete = true;
    let filled = slots(text, |name, _| {
        complete &= facts.get(name).is_some();
        facts.get(name).unwrap_or_default().to_owned()
    });
    complete.then_some(filled)
}

/// Fills named values into a message of the program.
pub fn with(message: &str, values: &[(&str, &str)]) -> String {
    slots(message, |name, _| values.iter().find(|(slot, _)| *slot == name).map_or_else(String::new, |(_, value)| (*value).to_owned()))
}

/// Replaces every `{name}` and `{name|words}`.
fn slots(text: &str, mut value: impl FnMut(&str, Option<&str>) -> String) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        filled.push_str(&rest[..start]);
        let inside = &rest[start + 1..start + length];
        let (name, fallback) = inside.split_once('|').map_or((inside, None), |(name, words)| (name, Some(words)));
        filled.push_str(&value(name, fallback));
        rest = &rest[start + length + 1..];
    }
    filled.push_str(rest);
    filled
}

/// A text of the knowledge without facts, for pages that speak of no failure in particular.
pub fn plain(text: Text, lang: Lang) -> String {
    fill(text.get(lang), &Facts::default())
}
