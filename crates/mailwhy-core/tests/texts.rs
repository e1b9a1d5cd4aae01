//! Texts as servers, programs and people write them, each with its cause: `texts/<lang>.tsv`.

use mailwhy_core::{Cause, diagnose};

fn check(table: &str) {
    let mut misses = Vec::new();
    for line in table.lines() {
        let (expected, text) = line.split_once('\t').expect("cause, tab, text");
        assert!(Cause::from_id(expected).is_some(), "no cause {expected}");
        let diagnosis = &diagnose(text)[0];
        if diagnosis.cause().id() != expected {
            let decision = &diagnosis.decision;
            misses.push(format!(
                "{expected}, not {} ({:.2}, {}): {text}",
                decision.cause.id(),
                decision.confidence,
                decision.rule.as_deref().unwrap_or_default()
            ));
        }
    }
    assert!(misses.is_empty(), "{} of {} misread:\n{}", misses.len(), table.lines().count(), misses.join("\n"));
}

#[test]
fn english() {
    check(include_str!("texts/en.tsv"));
}

#[test]
fn turkish() {
    check(include_str!("texts/tr.tsv"));
}
