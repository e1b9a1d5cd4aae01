//! What holds for every text, tried on texts nobody wrote: spans, offsets, line ends.

mod holds;

use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::SPEAKER_RULES;
use mailwhy_core::{Diagnosis, diagnose};
use proptest::prelude::*;

/// Anything: all of Unicode, control characters included.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter)
}

/// Pieces that mail is made of, in any order: more of them reach the inside of the readers than of random characters.
fn mail_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        example(),
        any_text(),
        "[245][0-5][0-9][ -]",
        "[245]\\.[0-9]{1,3}\\.[0-9]{1,3} ",
        "<[a-zıİğ.]{1,9}@[a-zü.-]{1,9}>",
        "0x800CCC[0-9A-F]{2}",
        "(\r\n|\n|\t|: |; |\\(|\\)|\\{|\\}|'|\"|\\[|\\]|\\\\|= |> |# ){1,4}",
        "(SMTP|error|hata|said|status=bounced|to=|RCPT TO|alıcı|İLETİ|ileti|邮箱|メール|ﾒｰﾙ|ｶﾞ) ?",
        proptest::sample::select(DRESSED).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// Beginnings and ends of what programs put around a reply.
const DRESSED: &[&str] = &[
    "2026-01-05 10:11:12 CLIENT -> SERVER: RCPT TO:<a@example.com>\n",
    "SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: ",
    " SMTP code: 550 Additional SMTP info: 5.7.1",
    "Expected response code \"250/251/252\" but got code \"550\", with message \"",
    "{ Error: Can't send mail - all recipients were rejected: ",
    "  response: '550 5.1.1 no', responseCode: 550, command: 'RCPT TO',\n",
    "smtplib.SMTPRecipientsRefused: {'a@example.com': (450, b'",
    "'), 'ö@example.net': (552, b'5.2.2 Mailbox full')}",
    "Traceback (most recent call last):\n  File \"a.py\", line 1\n",
    "com.sun.mail.smtp.SMTPAddressFailedException: ",
    "\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:1873)\n",
    "System.Net.Mail.SmtpException: The server response was: ",
    "dial tcp 192.0.2.25:587: connect: connection refused",
    "gomail: could not send email 1: ",
    "Jan  5 10:11:12 mx postfix/smtp[4711]: 4F2A: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, status=bounced (",
    "2026-01-05T10:11:12.5+03:00 mx postfix/smtp[4711]: 4F2A: ",
    " (in reply to RCPT TO command))\n",
    "2026-01-05 10:11:12 1rLxyz-000001-AB ** a@example.com R=dnslookup T=remote_smtp H=mx.example.com [2001:db8::7]: ",
    "SMTP error from remote mail server after RCPT TO:<a@example.com>: ",
    "This is the mail system at host mx.example.org.\n\n<a@example.com>: host mx.example.com[192.0.2.1] said: ",
    "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; ",
];

/// A server's sentence, as the knowledge gives it.
fn example() -> impl Strategy<Value = String> {
    (0..SPEAKER_RULES.len()).prop_map(|n| SPEAKER_RULES[n].example.to_owned())
}

/// What a person is told, without the places.
fn told(diagnoses: &[Diagnosis]) -> Vec<String> {
    diagnoses.iter().map(|d| format!("{} {} {} {}", d.cause().id(), d.outcome.id(), d.actor.id(), d.verdict.id())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_diagnosed(text in prop_oneof![any_text(), mail_like()]) {
        holds::text_reader_holds(&text);
        holds::diagnosis_holds(&text, &mut Classifier::new());
    }

    #[test]
    fn folding_is_idempotent_and_its_offsets_are_true(text in prop_oneof![any_text(), mail_like()]) {
        holds::fold_holds(&text);
    }

    #[test]
    fn line_ends_do_not_matter(lines in proptest::collection::vec(prop_oneof![4 => example(), 1 => "[^\r\n]{0,60}"], 1..7)) {
        // An example may hold line ends of its own.
        let unix = lines.join("\n").replace("\r\n", "\n").replace('\r', "");
        let internet = unix.replace('\n', "\r\n");
        prop_assert_eq!(told(&diagnose(&unix)), told(&diagnose(&internet)), "{:?}", unix);
    }

    #[test]
    fn a_classifier_keeps_nothing(first in mail_like(), second in mail_like()) {
        let mut kept = Classifier::new();
        holds::diagnosis_holds(&first, &mut kept);
        let after = told(&holds::diagnosis_holds(&second, &mut kept));
        prop_assert_eq!(after, told(&diagnose(&second)));
    }
}

/// Every character of Unicode on its own and inside a word: what chance would find late.
#[test]
fn every_character_folds_to_itself() {
    for character in '\0'..=char::MAX {
        for text in [format!("{character}{character}"), format!("a{character}b{character}"), format!("ｶ{character}字")] {
            holds::fold_holds(&text);
        }
    }
}
