//! `--fields`: a piece of a diagnosis in JSON. Names are dotted, as in `reply.code`; the shape stays that of the whole.

use mailwhy_core::knowledge::fact_label;
use serde_json::{Map, Value};

/// Every field of the JSON; a fact is `facts.` and its id. A test holds it against the JSON itself.
const KNOWN: [&str; 63] = [
    "schema",
    "source",
    "source.kind",
    "source.path",
    "source.message",
    "source.line",
    "outcome",
    "recipient",
    "original_recipient",
    "sender",
    "time",
    "queue_id",
    "message_id",
    "cause",
    "variant",
    "family",
    "confidence",
    "basis",
    "rule",
    "alternatives",
    "alternatives.cause",
    "alternatives.confidence",
    "modifiers",
    "persistence",
    "verdict",
    "actor",
    "consequence_of",
    "readings",
    "reply",
    "reply.code",
    "reply.enhanced",
    "reply.text",
    "reply.speaker",
    "reply.phase",
    "reply.command",
    "parties",
    "parties.reporting_mta",
    "parties.remote_mta",
    "parties.remote_ip",
    "parties.sending_ip",
    "facts",
    "evidence",
    "evidence.start",
    "evidence.end",
    "evidence.why",
    "advice",
    "advice.lang",
    "advice.title",
    "advice.summary",
    "advice.steps",
    "advice.links",
    "advice.links.url",
    "advice.links.title",
    "advice.question",
    "remedy",
    "remedy.actions",
    "remedy.retry_after_s",
    "folds",
    "folds.sisimai",
    "folds.ses",
    "folds.kumomta",
    "folds.sparkpost",
    "folds.postalsys",
];

/// The fields that were asked for.
#[derive(Clone, Debug)]
pub(crate) struct Fields(Vec<String>);

impl Fields {
    /// Reads `cause,reply.code`; an error lists what is no field.
    pub(crate) fn parse(list: &str) -> Result<Fields, String> {
        let asked: Vec<&str> = list.split(',').map(str::trim).collect();
        let strange: Vec<&str> = asked.iter().copied().filter(|name| !is_known(name)).collect();
        if strange.is_empty() { Ok(Fields(asked.into_iter().map(str::to_owned).collect())) } else { Err(strange.join(", ")) }
    }

    /// Every name there is.
    pub(crate) fn known() -> String {
        KNOWN.join(", ") + ", facts.*"
    }

    /// The asked fields of a diagnosis.
    pub(crate) fn of(&self, diagnosis: &Value) -> Value {
        let mut picked = Value::Object(Map::new());
        for name in &self.0 {
            copy(diagnosis, Some(name), &mut picked);
        }
        picked
    }
}

fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) || name.strip_prefix("facts.").is_some_and(|fact| fact_label(fact).is_some())
}

/// Copies what the dotted name leads to; in a list, of every entry. What is not there is null.
fn copy(from: &Value, name: Option<&str>, to: &mut Value) {
    let Some(name) = name else {
        *to = from.clone();
        return;
    };
    match from {
        Value::Object(fields) => {
            let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
            if !to.is_object() {
                *to = Value::Object(Map::new());
            }
            if let Value::Object(picked) = to {
                copy(fields.get(first).unwrap_or(&Value::Null), rest, picked.entry(first).or_insert(Value::Null));
            }
        }
        Value::Array(entries) => {
            if !to.is_array() {
                *to = Value::Array(vec![Value::Null; entries.len()]);
            }
            if let Value::Array(picked) = to {
                entries.iter().zip(picked).for_each(|(from, to)| copy(from, Some(name), to));
            }
        }
        _ => *to = Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailwhy_core::render::json::{Source, json};
    use mailwhy_core::{Lang, diagnose};
    use std::collections::BTreeSet;

    fn names(value: &Value, prefix: &str, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let name = format!("{prefix}{name}");
                    if name != "facts" {
                        names(inner, &format!("{name}."), found);
                    }
                    found.insert(name);
                }
            }
            Value::Array(entries) => entries.iter().for_each(|entry| names(entry, prefix, found)),
            _ => {}
        }
    }

    #[test]
    fn the_list_is_that_of_the_json() -> serde_json::Result<()> {
        let text = "550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.spamhaus.org";
        let mut found = BTreeSet::new();
        for text in [text, "550 5.7.1 rejected", "452 4.2.2 The mailbox is over quota", "111"] {
            for diagnosis in diagnose(text) {
                names(&serde_json::to_value(json(&diagnosis, text, &Source::text(), Lang::En))?, "", &mut found);
            }
        }
        assert_eq!(found, KNOWN.iter().map(|name| (*name).to_owned()).collect());
        Ok(())
    }

    #[test]
    fn picks_keep_the_shape() -> Result<(), String> {
        let whole = serde_json::json!({"cause": "x", "reply": {"code": 550, "text": "t"}, "evidence": [{"start": 1, "end": 2}, {"start": 3, "end": 4}]});
        let picked = Fields::parse("reply.code, evidence.start,evidence.end,facts.ip")?.of(&whole);
        let expected =
            serde_json::json!({"reply": {"code": 550}, "evidence": [{"start": 1, "end": 2}, {"start": 3, "end": 4}], "facts": null});
        assert_eq!(picked, expected);
        assert_eq!(Fields::parse("cause,colour,facts.shoe").unwrap_err(), "colour, facts.shoe");
        Ok(())
    }
}
