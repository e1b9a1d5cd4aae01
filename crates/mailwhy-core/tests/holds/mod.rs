//! What holds for any text at all. The property tests of this folder and the fuzz targets of `fuzz/` call the same
//! functions; each panics with what is wrong.
#![allow(unreachable_pub, reason = "the fuzz targets use this file as a module of a library")]

use mailwhy_core::advise::{advise, who_acts};
use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::fold::Folded;
use mailwhy_core::render::json::{Source, json};
use mailwhy_core::{Attempt, Diagnosis, Lang, Span, diagnose_with, read};

/// The reader: every span is a piece of the text, and what was told stands in the order of the text.
pub fn text_reader_holds(text: &str) {
    let attempts = read::text::read(text);
    assert!(!attempts.is_empty(), "a text gives at least one attempt");
    for attempt in &attempts {
        spans_hold(attempt, text);
    }
}

fn spans_hold(attempt: &Attempt, text: &str) {
    in_order("told", &attempt.told, text);
    let code = attempt.reply.code.map(|c| c.1);
    let enhanced = attempt.reply.enhanced.map(|c| c.1);
    let number = attempt.number.as_ref().map(|n| n.span);
    for (name, span) in [("reply code", code), ("enhanced code", enhanced), ("number", number)] {
        if let Some(span) = span {
            inside(name, span, text);
        }
    }
}

/// A diagnosis: its evidence is in the text, its figures are shares, and every rendering comes out whole.
pub fn diagnosis_holds(text: &str, classifier: &mut Classifier) -> Vec<Diagnosis> {
    let diagnoses = diagnose_with(text, classifier);
    assert!(!diagnoses.is_empty(), "a text gives at least one diagnosis");
    for diagnosis in &diagnoses {
        let decision = &diagnosis.decision;
        spans_hold(&diagnosis.attempt, text);
        let evidence: Vec<Span> = diagnosis.evidence.iter().map(|e| e.span).collect();
        in_order("evidence", &evidence, text);
        for span in decision.votes.iter().flat_map(|vote| &vote.spans) {
            inside("vote", *span, text);
        }
        let seen = &decision.seen;
        for span in seen.ips.iter().chain(&seen.hosts).chain(&seen.urls).chain(&seen.addresses).chain(seen.blocklists.iter().map(|b| &b.1))
        {
            inside("seen", *span, text);
        }
        for (cause, share) in [(decision.cause, decision.confidence)].iter().chain(&decision.alternatives) {
            assert!((0.0..=1.0).contains(share), "confidence {share} of {}", cause.id());
        }
        for lang in Lang::ALL {
            let advice = advise(diagnosis, lang);
            assert!(!advice.title.is_empty() && !advice.summary.is_empty() && !who_acts(diagnosis, lang).is_empty());
            let whole = serde_json::to_value(json(diagnosis, text, &Source::text(), lang)).expect("a diagnosis is JSON");
            assert_eq!(whole["cause"], decision.cause.id());
            for piece in whole["evidence"].as_array().expect("evidence is a list") {
                assert!(!piece["why"].as_str().unwrap_or_default().is_empty(), "evidence without a reason: {piece}");
            }
        }
    }
    diagnoses
}

/// Folding: what is folded stays as it is when folded again, and every word knows where it came from.
pub fn fold_holds(text: &str) {
    let folded = Folded::of(text);
    let again = Folded::of(folded.text());
    assert_eq!(again.text(), folded.text(), "folding {text:?} twice differs from folding it once");
    let mut end = 0;
    for word in folded.words() {
        let source = Span::new(word.source_start as usize, word.source_end as usize);
        inside("word", source, text);
        assert!(source.start >= end, "the words of {text:?} are out of order at {source:?}");
        end = source.end;
        let own = &folded.text()[word.start as usize..word.end as usize];
        let from_source = Folded::of(source.of(text));
        assert_eq!(from_source.text().trim(), own, "{:?} in {text:?} is not where the word came from", source.of(text));
    }
}

/// A span is a piece of the text and cuts no character.
fn inside(name: &str, span: Span, text: &str) {
    assert!(span.start <= span.end, "{name}: {span:?} runs backwards");
    assert!(text.get(span.start..span.end).is_some(), "{name}: {span:?} is no piece of the {} bytes {text:?}", text.len());
}

fn in_order(name: &str, spans: &[Span], text: &str) {
    for span in spans {
        inside(name, *span, text);
    }
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{name}: {:?} and {:?} overlap or are out of order", pair[0], pair[1]);
    }
}
