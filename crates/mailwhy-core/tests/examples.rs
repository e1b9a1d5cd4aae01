//! Every wording is won by its own rule: the example of each rule goes through the whole pipeline, reaches its cause with
//! that rule among the votes, and the rule decides unless it is generic or a wrapper. A contest names both rules.

use mailwhy_core::classify::By;
use mailwhy_core::diagnose;
use mailwhy_core::knowledge::{RuleForm, SPEAKER_RULES, SpeakerRule};

fn name(rule: &SpeakerRule) -> String {
    format!("{}/{}", rule.speaker().id, rule.id)
}

/// What is wrong with the example, if anything.
fn complaint(rule: &'static SpeakerRule) -> Option<String> {
    let diagnoses = diagnose(rule.example);
    let decision = &diagnoses.first()?.decision;
    let own = |by: By| matches!(by, By::Speaker(voter) if std::ptr::eq(voter, rule));
    let decided_by = decision.rule.as_deref().unwrap_or("no rule");
    if rule.form != RuleForm::Wrapper && decision.cause != rule.cause {
        return Some(format!("is told as {} by {decided_by}, not as {}", decision.cause.id(), rule.cause.id()));
    }
    if rule.form != RuleForm::Wrapper && !decision.votes.iter().any(|vote| own(vote.by)) {
        return Some("is not among the votes: the phrase does not occur in the example".to_owned());
    }
    if !matches!(rule.form, RuleForm::Generic | RuleForm::Wrapper) && decided_by != name(rule) {
        return Some(format!("is decided by {decided_by}: make the phrase of one of them say more"));
    }
    None
}

#[test]
fn every_example_is_won_by_its_own_rule() {
    let complaints: Vec<String> = SPEAKER_RULES
        .iter()
        .filter_map(|rule| complaint(rule).map(|what| format!("{}: the example {what}\n    {}", name(rule), rule.example.trim())))
        .collect();
    assert!(complaints.is_empty(), "{} of {} examples:\n{}", complaints.len(), SPEAKER_RULES.len(), complaints.join("\n"));
}
