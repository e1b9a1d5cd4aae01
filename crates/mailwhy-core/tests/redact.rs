//! Redaction takes every address, host and IP address out, keeps what was the same the same, and keeps all spans true.

use mailwhy_core::redact::redact;
use mailwhy_core::{Span, diagnose};
use proptest::prelude::*;

fn redacted(evidence: &str) -> String {
    redact(evidence, diagnose(evidence)).0
}

#[test]
fn the_same_stays_the_same() {
    let text =
        "<ayse@example.com> via mx1.example.com[203.0.113.7], <mehmet@example.com>, AYSE@EXAMPLE.COM, mx1.example.com, 203.0.113.7:25:";
    assert_eq!(
        redacted(text),
        "<user1@domain1.example> via host1.domain1.example[192.0.2.1], <user2@domain1.example>, user1@domain1.example, \
         host1.domain1.example, 192.0.2.1:25:"
    );
}

#[test]
fn every_way_of_writing_is_found() {
    for (text, expected) in [
        ("to=ayse@example.com, relay=none", "to=user1@domain1.example, relay=none"),
        ("\"ayse y\"@example.com", "user1@domain1.example"),
        ("müşteri@şirket.com.tr", "user1@domain1.example"),
        ("ayse@[203.0.113.7]", "user1@[192.0.2.1]"),
        ("[IPv6:2001:db8:7::1]", "[IPv6:2001:db8::1]"),
        ("https://www.example.org/u?a=ayse%40example.org", "https://host1.domain1.example/u?a=user1%40domain1.example"),
        ("root@web01", "user1@domain1.example"),
        ("Reporting-MTA: dns; mail.example.org", "Reporting-MTA: dns; host1.domain1.example"),
        ("7.113.0.203.zen.spamhaus.org for 203.0.113.7", "host1.zen.spamhaus.org for 192.0.2.1"),
        ("203.0.113.7 7.113.0.203.zen.spamhaus.org", "192.0.2.1 1.2.0.192.zen.spamhaus.org"),
        ("_dmarc.example.com", "_dmarc.domain1.example"),
    ] {
        assert_eq!(redacted(text), expected, "{text}");
    }
}

#[test]
fn public_services_and_meaning_stay() {
    for text in [
        "550-5.7.26 see https://support.google.com/mail/answer/81126 - gsmtp",
        "listed at zen.spamhaus.org, answer 127.0.0.2",
        "at 2026-11-24T14:21:02.331Z in smtplib.SMTPRecipientsRefused, report.exe, 12:34:56",
    ] {
        assert_eq!(redacted(text), text);
    }
    assert_eq!(
        redacted("contoso-com.mail.protection.outlook.com [AM7EUR03FT042.eop-EUR03.prod.protection.outlook.com 2026]"),
        "host1.mail.protection.outlook.com [host1.prod.protection.outlook.com 2026]"
    );
}

#[test]
fn a_stand_in_is_never_another_original() {
    let text = "a@domain1.example b@other.example 192.0.2.1 203.0.113.9 2001:db8::1 2001:db8:9::9";
    let redacted = redacted(text);
    for original in ["domain1.example", "other.example", "192.0.2.1 ", "203.0.113.9", "2001:db8::1 ", "2001:db8:9::9"] {
        assert!(!redacted.contains(original), "{original} in {redacted}");
    }
}

#[test]
fn facts_and_parties_have_the_same_stand_ins() {
    let text = "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org";
    let (redacted, diagnoses) = redact(text, diagnose(text));
    assert_eq!(redacted, "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org");
    let facts = &diagnoses[0].facts;
    assert_eq!(facts.get("ip"), Some("192.0.2.1"));
    assert_eq!(facts.get("reversed_ip"), Some("1.2.0.192"));
    assert_eq!(diagnoses[0].cause().id(), "ip-blocklisted");
}

#[test]
fn long_texts_take_linear_time() {
    for text in ["a@", "a.bb/", "%40", "::", "1.", "x", "\"a\"@b "] {
        let long = text.repeat(1 << 18);
        redact(&long, Vec::new());
    }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "550 5.1.1",
        "User unknown",
        "host",
        "said:",
        "ileti",
        "gönderilemedi",
        "受信",
        "(",
        "),",
        "[",
        "]:25",
        "<",
        ">",
        "\r\n",
    ])
    .prop_map(str::to_owned)
}

fn host() -> impl Strategy<Value = String> {
    ("[a-z][a-z0-9-]{0,8}[a-z0-9]", prop::sample::select(vec!["example.com", "example.org", "example.com.tr", "kurum.test", "a-b.example"]))
        .prop_map(|(label, domain)| format!("{label}.{domain}"))
}

fn party() -> impl Strategy<Value = String> {
    prop_oneof![
        host(),
        ("[a-z][a-z0-9._+-]{0,10}[a-z0-9]", host()).prop_map(|(user, host)| format!("{user}@{host}")),
        any::<std::net::Ipv4Addr>()
            .prop_filter("names somebody", |ip| !ip.is_loopback() && !ip.is_unspecified())
            .prop_map(|ip| ip.to_string()),
        any::<std::net::Ipv6Addr>()
            .prop_filter("names somebody", |ip| !ip.is_loopback() && !ip.is_unspecified())
            .prop_map(|ip| ip.to_string()),
    ]
}

/// Is `needle` in `text` as a whole, not as a part of another name?
fn holds(text: &str, needle: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | '-' | '_');
    text.match_indices(needle).any(|(at, _)| !text[..at].ends_with(part) && !text[at + needle.len()..].starts_with(part))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_the_original_is_left(pieces in prop::collection::vec((word(), party()), 1..8)) {
        let text: String = pieces.iter().map(|(word, party)| format!("{word} {party} ")).collect();
        let (redacted, diagnoses) = redact(&text, diagnose(&text));
        for (_, party) in &pieces {
            prop_assert!(!holds(&redacted, party), "{} in {}", party, redacted);
            if let Some((user, host)) = party.split_once('@') {
                prop_assert!(!holds(&redacted, &format!("{user}@")) && !holds(&redacted, host), "{} in {}", party, redacted);
            }
            for diagnosis in &diagnoses {
                for (fact, value) in diagnosis.facts.iter() {
                    prop_assert!(!holds(value, party), "{} in the fact {}: {}", party, fact, value);
                }
            }
        }
    }

    #[test]
    fn spans_stay_true(pieces in prop::collection::vec((word(), party()), 1..8)) {
        let text: String = pieces.iter().map(|(word, party)| format!("{word} {party} ")).collect();
        let original = diagnose(&text);
        let (redacted, diagnoses) = redact(&text, original.clone());
        for (before, after) in original.iter().zip(&diagnoses) {
            let codes = |reply: &mailwhy_core::Reply| [reply.code.map(|c| c.1), reply.enhanced.map(|c| c.1)];
            for (old, new) in codes(&before.decision.reply).into_iter().zip(codes(&after.decision.reply)) {
                // Three digits of an IP address that were read as a code are gone with it.
                if old.is_some_and(|old| text[..old.start].ends_with([':', '.']) || text[old.end..].starts_with([':', '.'])) {
                    continue;
                }
                prop_assert_eq!(old.map(|span: Span| span.of(&text)), new.map(|span| span.of(&redacted)));
            }
            for (old, new) in before.evidence.iter().zip(&after.evidence) {
                let (old, new) = (old.span.of(&text), new.span.of(&redacted));
                prop_assert!(!new.is_empty());
                // Words without a party are the same words.
                if !old.contains(['.', ':', '@']) {
                    prop_assert_eq!(old, new);
                }
            }
        }
    }

    #[test]
    fn any_text_is_redacted(text in any::<String>()) {
        let (redacted, diagnoses) = redact(&text, diagnose(&text));
        for diagnosis in diagnoses {
            for piece in diagnosis.evidence {
                prop_assert!(redacted.get(piece.span.start..piece.span.end).is_some());
            }
        }
    }
}
