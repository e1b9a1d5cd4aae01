//! Every sentence of every speaker, through the whole program: the example reaches its cause, with its rule among the
//! votes; and the rule itself is the loudest speaker's rule unless it is generic. An envelope decides nothing.

use mailwhy_core::classify::By;
use mailwhy_core::diagnose;
use mailwhy_core::knowledge::{RuleForm, SPEAKER_RULES};

#[test]
fn every_example_reaches_its_cause() {
    let mut contests = Vec::new();
    for rule in SPEAKER_RULES.iter().filter(|rule| rule.form != RuleForm::Wrapper) {
        let name = format!("{}/{}", rule.speaker().id, rule.id);
        let diagnosis = &diagnose(rule.example)[0];
        let winner = diagnosis.decision.rule.clone().unwrap_or_default();
        let votes = &diagnosis.decision.votes;
        let is_this = |by: By| matches!(by, By::Speaker(r) if std::ptr::eq(r, rule));
        if !votes.iter().any(|v| is_this(v.by)) {
            contests.push(format!("{name}: its phrase is not found in its example {:?}", rule.example));
        } else if diagnosis.cause() != rule.cause {
            let (cause, confidence) = (diagnosis.cause().id(), diagnosis.decision.confidence);
            contests.push(format!("{name} ({}) loses to {winner} ({cause}, {confidence:.2}): {:?}", rule.cause.id(), rule.example));
        } else if rule.form != RuleForm::Generic {
            let loudest = votes.iter().find(|v| v.cause == rule.cause && matches!(v.by, By::Speaker(_)));
            if let Some(other) = loudest.filter(|v| !is_this(v.by)) {
                contests.push(format!("{name}: {} speaks louder in its own example {:?}", other.by.rule(), rule.example));
            }
        }
    }
    assert!(contests.is_empty(), "{} contests:\n{}", contests.len(), contests.join("\n"));
}
