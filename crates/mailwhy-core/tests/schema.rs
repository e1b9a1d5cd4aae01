//! The JSON of a diagnosis is what `schema/diagnosis.schema.json` promises, and the schema knows what the knowledge knows.

use mailwhy_core::knowledge::{Action, Actor, Basis, Cause, Family, Modifier, Outcome, Persistence, Phase, Verdict};
use mailwhy_core::render::json::{Source, json};
use mailwhy_core::{Lang, diagnose};
use serde_json::{Value, json as value};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../schema/diagnosis.schema.json")).unwrap()
}

const TEXTS: [&str; 31] = [
    "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550 5.7.26 SPF [example.com] with ip: [203.0.113.7] = did not pass - gsmtp",
    "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org",
    "550",
    "5.7.26",
    "550 5.1.1",
    "447",
    "111",
    "10061",
    "999",
    "ECONNREFUSED",
    "0x800CCC0E",
    "curl: (60)",
    "SMTP Error (535)",
    "535 5.7.8 Username and Password not accepted - gsmtp",
    "452 4.2.2 The email account that you tried to reach is over quota",
    "552 5.2.2 <a@example.com>: Mailbox full",
    "450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted, try again in 5 minutes",
    "550 5.4.1 Recipient address rejected: Access denied. [x.prod.protection.outlook.com]",
    "certificate verify failed (certificate has expired) mail.example.com:465",
    "Posta kutusu dolu: ayse@example.com.tr",
    "宛先のメールアドレスが見つかりません",
    "552 5.3.4 Message size exceeds fixed limit",
    "250 2.0.0 OK",
    "421 4.7.0 Try again later, closing connection",
    "connect to mx.example.com[203.0.113.9]:25: Connection timed out",
    "Host or domain name not found. Name service error for name=example.invalid type=MX: Host not found",
    "",
    "hello",
    "\u{0}\u{1b}[31m\u{202e}",
    "message has been delayed and will be retried: 451 4.7.1 Please try again later",
];

#[test]
fn every_diagnosis_is_valid() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for text in TEXTS {
        for lang in Lang::ALL {
            for diagnosis in diagnose(text) {
                let object = serde_json::to_value(json(&diagnosis, text, &Source::text(), lang)).unwrap();
                let complaints: Vec<String> = validator.iter_errors(&object).map(|e| format!("{} at {}", e, e.instance_path())).collect();
                assert!(complaints.is_empty(), "{text:?}: {complaints:?}\n{object:#}");
            }
        }
    }
}

#[test]
fn a_broken_object_is_refused() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let diagnosis = &diagnose(TEXTS[0])[0];
    let good = serde_json::to_value(json(diagnosis, TEXTS[0], &Source::text(), Lang::En)).unwrap();
    assert!(validator.is_valid(&good));
    for (field, broken) in [
        ("/schema", value!("mailwhy/0")),
        ("/cause", value!("bad-luck")),
        ("/confidence", value!(1.5)),
        ("/persistence", value!("by-reply")),
        ("/actor", value!("somebody")),
        ("/reply/code", value!("550")),
        ("/reply/enhanced", value!("5.1")),
        ("/evidence/0/start", value!(-1)),
        ("/advice/lang", value!("xx")),
        ("/advice/title", value!("")),
        ("/remedy/actions", value!([])),
        ("/source/line", value!(0)),
    ] {
        let mut object = good.clone();
        *object.pointer_mut(field).unwrap() = broken;
        assert!(!validator.is_valid(&object), "{field}");
    }
    for field in good.as_object().unwrap().keys() {
        let mut object = good.clone();
        object.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&object), "without {field}");
    }
    let mut more = good.clone();
    more["new_field"] = value!(1);
    assert!(validator.is_valid(&more), "fields may be added");
}

/// The lists of the schema are those of the knowledge, in the same order.
#[test]
fn the_schema_knows_what_the_knowledge_knows() {
    let schema = schema();
    let listed = |name: &str| -> Vec<String> {
        let list = schema["$defs"][name]["enum"].as_array().unwrap();
        list.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    macro_rules! same {
        ($($name:literal: $type:ident),*) => {
            $(assert_eq!(listed($name), $type::ALL.iter().map(|entry| entry.id()).collect::<Vec<_>>(), $name);)*
        };
    }
    same!("cause": Cause, "family": Family, "actor": Actor, "outcome": Outcome, "phase": Phase, "verdict": Verdict,
        "action": Action, "modifier": Modifier, "basis": Basis);
    // In a diagnosis `by-reply` is resolved.
    let resolved = Persistence::ALL.iter().filter(|p| **p != Persistence::ByReply);
    assert_eq!(listed("persistence"), resolved.map(|p| p.id()).collect::<Vec<_>>());
}

/// Every field is explained, and every field that is written is in the schema.
#[test]
fn every_field_is_described() {
    let schema = schema();
    let diagnosis = &diagnose(TEXTS[0])[0];
    let object = serde_json::to_value(json(diagnosis, TEXTS[0], &Source::text(), Lang::En)).unwrap();
    described(&schema, &object, "diagnosis");
}

fn described(schema: &Value, object: &Value, place: &str) {
    assert!(schema["description"].is_string(), "{place} has no description");
    if let (Some(properties), Some(fields)) = (schema["properties"].as_object(), object.as_object()) {
        for (field, value) in fields {
            let place = format!("{place}.{field}");
            let known = properties.get(field).unwrap_or_else(|| panic!("{place} is not in the schema"));
            described(known, value, &place);
        }
    } else if let (Some(items), Some(first)) = (schema.get("items"), object.as_array().and_then(|list| list.first()))
        && first.is_object()
    {
        described(items, first, &format!("{place}[]"));
    }
}
