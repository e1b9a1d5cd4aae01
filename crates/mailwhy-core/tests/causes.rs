//! What the lab sends for a cause must be understood as that cause, or the loop from lab to answer could never close.

use mailwhy_core::diagnose;
use mailwhy_core::knowledge::Cause;

#[test]
fn every_reply_of_the_lab_reaches_its_cause() {
    let mut misses = Vec::new();
    for cause in Cause::ALL {
        for step in cause.data().lab {
            // A greeting of 220 stars is told by its stars, not by its code: that is a matter of the live check.
            for (key, reply) in step.iter().filter(|(key, reply)| *key == "reply" && !reply.starts_with("220")) {
                let filled = reply
                    .replace("{rcpt}", "ayse@example.com")
                    .replace("{sender}", "bulten@example.org")
                    .replace("{client-ip}", "203.0.113.7")
                    .replace("{host}", "mx.example.com");
                let diagnosis = &diagnose(&filled)[0];
                if diagnosis.cause() != *cause {
                    let rule = diagnosis.decision.rule.clone().unwrap_or_default();
                    misses.push(format!("{} ({key}) is read as {} by {rule}: {filled:?}", cause.id(), diagnosis.cause().id()));
                }
            }
        }
    }
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}
