//! The body of a bounce, pasted: Postfix's, Exim's, qmail's, Gmail's, Exchange's words, and the fields of a delivery status
//! notification (RFC 3464 §2.3). Also the bare sentences that servers put around another server's words.

use super::parts::{
    after, answers, dressed_enhanced, end_of, exim_reason, find_words, first_address, from_to, host_said, in_angles, in_reply_to,
    is_address, line, opening_code, postfix_reason, remote, span_of, start_of, tell,
};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::{Outcome, Phase};
use std::collections::HashMap;

pub(super) static DRESS: Dress = Dress { id: "bounce-body", name: "Bounce message", take_off };

/// Where one of them stands, somebody reports what another server said.
const SIGNS: [&str; 16] = [
    "said:",
    "to talk",
    "in reply",
    "onnect to ",
    "SMTP error from remote mail",
    "The following address(es) failed",
    "emote host said:",
    "qmail-send program",
    "This is the mail system at host",
    "The response from the remote server was:",
    "The response was:",
    "other server returned was:",
    "eturned '",
    "Final-Recipient:",
    "Diagnostic-Code:",
    "Action: ",
];

fn take_off(text: &str) -> Option<Undressed> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let told = [exchange, gmail, by_recipient].iter().map(|read| read(text)).find(|found| !found.is_empty()).unwrap_or_default();
    let mut found = merge(text, told, fields(text));
    if found.is_empty() {
        found.extend(bare_sentence(text));
    }
    let covers = found.iter().map(|(span, _)| *span).reduce(Span::join)?;
    let delayed = speaks_of_delay(text, covers);
    let reporting = reporting(text);
    let several = found.len() > 1;
    let attempts = found.into_iter().map(|(span, mut attempt)| {
        if delayed && attempt.outcome != Some(Outcome::Delivered) {
            attempt.outcome = Some(Outcome::Delayed);
        }
        attempt.place = several.then_some(span);
        attempt.parties.reporting_mta = attempt.parties.reporting_mta.or_else(|| reporting.map(str::to_owned));
        attempt
    });
    Some(Undressed { covers, attempts: attempts.collect() })
}

/// An attempt and the piece that tells of it.
type Found = Vec<(Span, Attempt)>;

/// Someone goes on trying.
fn speaks_of_delay(text: &str, covers: Span) -> bool {
    const WORDS: [&str; 10] = [
        "will be retried",
        "THIS IS A WARNING",
        "has been delayed",
        "delivery is delayed",
        "will retry for",
        "will keep trying",
        "has not yet been delivered",
        "not been able to deliver your message yet",
        "Delivery attempts will continue",
        "Message delivery has been delayed",
    ];
    // The words of the servers themselves tell nothing of what the reporting server goes on to do.
    let before = end_of(&text[..covers.start], 4096);
    let behind = start_of(&text[covers.end..], 4096);
    WORDS.iter().any(|words| before.contains(words) || behind.contains(words))
}

/// The server that wrote the bounce.
fn reporting(text: &str) -> Option<&str> {
    const MARKS: [&str; 4] = ["Reporting-MTA: dns; ", "Reporting-MTA: dns;", "This is the mail system at host ", "qmail-send program at "];
    let behind = MARKS.iter().find_map(|mark| after(text, mark))?;
    let host = start_of(behind, 300);
    let host = host.split(|c: char| c.is_whitespace() || matches!(c, ';' | '<')).next()?.trim_end_matches(['.', ':']);
    (!host.is_empty()).then_some(host)
}

/// What became of it, as the words of a bounce tell: a final bounce has failed, a temporary reply alone tells nothing.
fn failed(attempt: &mut Attempt, text: &str) {
    let temporary = attempt.told.iter().any(|told| opening_code(told.of(text)).is_some_and(|code| code < 500));
    if attempt.outcome.is_none() && !temporary {
        attempt.outcome = Some(Outcome::Failed);
    }
}

/// The sections of a text: between empty lines, and from one recipient that a line opens with to the next.
fn sections(text: &str) -> Vec<&str> {
    let exim = text.contains("The following address(es) failed") || text.contains("SMTP error from remote mail");
    let mut sections: Vec<Span> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let unquoted = line.trim_start_matches(['>', ' ']);
        // Postfix and qmail write `<address>:` at the start of a line; a server's own words are indented.
        let opens = (line.starts_with('<') || line.starts_with("> <"))
            && in_angles(start_of(unquoted, 330)).is_some_and(|address| unquoted[address.len() + 2..].starts_with(':'));
        let opens = opens || exim && is_address(unquoted.trim());
        let span = Span::new(at, at + line.len());
        if unquoted.trim().is_empty() {
            open = false;
        } else if let Some(last) = sections.last_mut().filter(|_| open && !opens) {
            last.end = span.end;
        } else {
            sections.push(span);
            open = true;
        }
        at += line.len();
    }
    sections.into_iter().map(|span| span.of(text)).collect()
}

/// Postfix, Exim and qmail: a section for each recipient.
fn by_recipient(text: &str) -> Found {
    const REPORTS: [&str; 6] =
        ["mail system at host", "qmail-send", "could not be delivered", "wasn't able to deliver", "following address", "MAILER-DAEMON"];
    let report = REPORTS.iter().any(|words| text.contains(words));
    let mut found = Vec::new();
    for section in sections(text) {
        if is_field(line(section)) {
            continue;
        }
        let opening = section.trim_start_matches(['>', ' ', '\t']);
        let angled = opening.strip_prefix('<').and_then(|rest| rest.split_once(">:")).filter(|(address, _)| is_address(address));
        let mut attempt = Attempt::default();
        if let Some((address, reason)) = angled {
            attempt.recipient = Some(address.to_owned());
            if !qmail(&mut attempt, text, reason) {
                if !report && !speaks_of_another_server(reason) {
                    continue;
                }
                postfix_or_exim(&mut attempt, text, reason);
            }
        } else {
            let first = line(opening).trim();
            // In a bounce the sentence opens a line; in a log it stands behind a stamp.
            let exim = find_words(section, &["SMTP", "error", "from", "remote"])
                .is_some_and(|(before, _)| before.rsplit('\n').next().unwrap_or_default().trim_matches(['>', ' ', '\t']).is_empty());
            let address = first_address(first).filter(|address| first.trim_matches(['<', '>', ':']).len() == address.len());
            let reason = address.map_or(section, |_| &opening[line(opening).len()..]);
            attempt.recipient = address.map(str::to_owned);
            if !(exim || address.is_some() && text.contains("The following address(es) failed")) || reason.trim().is_empty() {
                continue;
            }
            exim_reason(&mut attempt, text, reason);
        }
        if attempt.told.is_empty() {
            continue;
        }
        if report || attempt.recipient.is_some() {
            failed(&mut attempt, text);
        }
        found.push((span_of(text, section.trim_end()), attempt));
    }
    found
}

fn postfix_or_exim(attempt: &mut Attempt, text: &str, reason: &str) {
    if find_words(reason, &["SMTP", "error", "from", "remote"]).is_some() {
        exim_reason(attempt, text, reason);
    } else {
        postfix_reason(attempt, text, reason);
    }
}

fn speaks_of_another_server(reason: &str) -> bool {
    const WORDS: [&[&str]; 6] = [
        &["said:"],
        &["refused", "to", "talk", "to", "me:"],
        &["connect", "to"],
        &["lost", "connection", "with"],
        &["SMTP", "error", "from", "remote"],
        &["Name", "service", "error"],
    ];
    WORDS.iter().any(|words| find_words(reason, words).is_some())
}

/// `203.0.113.7 does not like recipient.⏎Remote host said: 550 …⏎Giving up on 203.0.113.7.`
fn qmail(attempt: &mut Attempt, text: &str, reason: &str) -> bool {
    let Some((before, said)) = reason.split_once("emote host said:") else { return false };
    remote(before.trim_start().trim_start_matches("Connected to "), &mut attempt.parties);
    let command = if before.contains("not like recipient") {
        Some("RCPT TO")
    } else if before.contains("sender was rejected") {
        Some("MAIL FROM")
    } else if before.contains("failed after I sent the message") {
        Some("end of DATA")
    } else {
        None
    };
    answers(attempt, command);
    if before.contains("greeting failed") {
        attempt.phase = Some(Phase::Banner);
    }
    tell(attempt, text, said.split("Giving up on ").next().unwrap_or(said));
    true
}

/// `The response from the remote server was:⏎550 …`
fn gmail(text: &str) -> Found {
    const MARKS: [&str; 3] = ["The response from the remote server was:", "The response was:", "other server returned was:"];
    let Some((before, behind)) = MARKS.iter().find_map(|mark| text.split_once(mark)) else { return Vec::new() };
    let words = behind.trim_start();
    let end = ["\n\n", "\r\n\r\n", "\n-----", "\nFinal-Recipient:", "\nReporting-MTA:"].iter().filter_map(|mark| words.find(mark)).min();
    let mut attempt = Attempt::default();
    tell(&mut attempt, text, &words[..end.unwrap_or(words.len())]);
    if attempt.told.is_empty() {
        return Vec::new();
    }
    let addressee = ["elivered to ", "our message to ", "delivering your message to "].iter().find_map(|mark| after(before, mark));
    attempt.recipient = addressee.and_then(first_address).map(str::to_owned);
    failed(&mut attempt, text);
    let start = addressee.map_or(before.len(), |address| span_of(text, address).start);
    vec![(Span::new(start, attempt.told[0].end), attempt)]
}

/// `user@example.com⏎Remote Server at mx.example.com (203.0.113.7) returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; …'`
fn exchange(text: &str) -> Found {
    let mut found: Found = Vec::new();
    let mut recipient: Option<&str> = None;
    for line in text.lines() {
        let plain = line.trim_start_matches(['>', ' ', '\t']);
        if is_address(plain.trim()) {
            recipient = Some(plain.trim());
        }
        let Some((before, quoted)) = plain.split_once("eturned '") else { continue };
        let known = recipient.map(|address| address.trim_matches(['<', '>']));
        // The attempts before the last one stand under it.
        if found.last().is_some_and(|(_, last)| last.recipient.as_deref() == known) {
            continue;
        }
        let mut attempt = Attempt { recipient: known.map(str::to_owned), ..Attempt::default() };
        if let Some((_, host)) = find_words(before, &["Server", "at"]) {
            remote(host, &mut attempt.parties);
        }
        let closing = quoted.rfind('\'').filter(|at| *at > 0);
        let words = match closing {
            Some(at) => &quoted[..at],
            // The quotation goes on in the next lines.
            None => {
                let rest = &text[span_of(text, quoted).start..];
                let near = start_of(rest, 4096);
                near.find("'\n").or_else(|| near.find("'\r")).or_else(|| near.rfind('\'')).map_or(quoted, |at| &rest[..at])
            }
        };
        tell(&mut attempt, text, words);
        failed(&mut attempt, text);
        let start = recipient.map_or(line, |address| address);
        let span = span_of(text, start).join(span_of(text, words));
        found.push((span, attempt));
    }
    found
}

const FIELDS: [&str; 9] = [
    "Final-Recipient:",
    "Original-Recipient:",
    "Action:",
    "Status:",
    "Remote-MTA:",
    "Diagnostic-Code:",
    "Last-Attempt-Date:",
    "Final-Log-ID:",
    "Will-Retry-Until:",
];

fn is_field(line: &str) -> bool {
    field_of(line).is_some()
}

/// Name and value of a field.
fn field_of(line: &str) -> Option<(&'static str, &str)> {
    let plain = line.trim_start_matches(['>', ' ', '\t']);
    FIELDS.iter().find_map(|name| {
        let fits = plain.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        fits.then(|| (*name, &plain[name.len()..]))
    })
}

/// The fields for each recipient: RFC 3464 §2.3.
fn fields(text: &str) -> Found {
    let mut found: Found = Vec::new();
    let mut group: Vec<(&str, &str)> = Vec::new();
    let mut at = 0;
    let close = |group: &mut Vec<(&str, &str)>, found: &mut Found| {
        found.extend(one_recipient(text, group));
        group.clear();
    };
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if let Some((name, value)) = field_of(line) {
            if group.iter().any(|(known, _)| *known == name) {
                close(&mut group, &mut found);
            }
            group.push((name, value));
        } else if line.trim_matches(['>', ' ', '\t', '\r', '\n']).is_empty() {
            close(&mut group, &mut found);
        } else if line.trim_start_matches('>').starts_with([' ', '\t'])
            && let Some((_, value)) = group.last_mut()
        {
            // A folded field goes on.
            *value = &text[span_of(text, value).start..end];
        }
        at = end;
    }
    close(&mut group, &mut found);
    found
}

fn one_recipient(text: &str, group: &[(&str, &str)]) -> Option<(Span, Attempt)> {
    let value = |name: &str| group.iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim());
    // `rfc822; user@example.com`: the type and what is of that type.
    let typed = |name: &str| value(name).map(|value| value.split_once(';').map_or(value, |(_, typed)| typed.trim()));
    let (action, status, diagnostic) = (value("Action:"), value("Status:"), value("Diagnostic-Code:"));
    if action.is_none() && status.is_none() && diagnostic.is_none() {
        return None;
    }
    let address = |name: &str| typed(name).and_then(first_address).map(str::to_owned);
    let mut attempt =
        Attempt { recipient: address("Final-Recipient:"), original_recipient: address("Original-Recipient:"), ..Attempt::default() };
    attempt.outcome = action.and_then(|action| match start_of(action, 12).to_ascii_lowercase().split_whitespace().next()? {
        "failed" => Some(Outcome::Failed),
        "delayed" => Some(Outcome::Delayed),
        "delivered" => Some(Outcome::Delivered),
        "relayed" => Some(Outcome::Relayed),
        "expanded" => Some(Outcome::Expanded),
        _ => None,
    });
    if let Some(host) = typed("Remote-MTA:") {
        remote(host, &mut attempt.parties);
    }
    if let Some(words) = typed("Diagnostic-Code:") {
        if speaks_of_another_server(words) {
            postfix_or_exim(&mut attempt, text, words);
        } else {
            tell(&mut attempt, text, words);
        }
    }
    let code = status.and_then(|status| status.split_whitespace().next());
    if let Some(code) = code {
        if attempt.told.is_empty() {
            tell(&mut attempt, text, code);
        } else {
            dressed_enhanced(&mut attempt, text, code);
        }
    }
    let (first, last) = (group.first()?, group.last()?);
    let first = span_of(text, first.1).start - first.0.len();
    let span = Span::new(first, span_of(text, last.1.trim_end()).end);
    Some((span, attempt))
}

/// What the words and the fields tell of the same recipient is one attempt. The words lead: they are what the server said,
/// where the fields may be cut.
fn merge(text: &str, told: Found, fields: Found) -> Found {
    let only = told.len() == 1 && fields.len() == 1;
    let by_address: HashMap<String, usize> =
        told.iter().enumerate().filter_map(|(n, (_, attempt))| Some((attempt.recipient.as_deref()?.to_lowercase(), n))).collect();
    let mut merged: Vec<(Span, Option<Attempt>)> = told.into_iter().map(|(span, attempt)| (span, Some(attempt))).collect();
    let mut rest = Vec::new();
    for (span, mut field) in fields {
        let same = field.recipient.as_deref().and_then(|address| by_address.get(&address.to_lowercase())).copied().or(only.then_some(0));
        match same.and_then(|n| merged.get_mut(n)) {
            Some((_, own)) => {
                if let Some(mut words) = own.take() {
                    // The code of the field stands in only where the words have none.
                    let status = field.reply.enhanced.take();
                    if let Some((_, place)) = status {
                        dressed_enhanced(&mut words, text, place.of(text));
                    }
                    words.outcome = field.outcome.or(words.outcome);
                    *own = Some(field.with_inner(words, 0));
                }
            }
            None => rest.push((span, field)),
        }
    }
    merged.into_iter().filter_map(|(span, attempt)| Some((span, attempt?))).chain(rest).collect()
}

/// A sentence that a server puts around another one's words, and nothing else: it says what was answered, not what became
/// of the message.
fn bare_sentence(text: &str) -> Option<(Span, Attempt)> {
    let mut attempt = Attempt::default();
    if !host_said(&mut attempt, text, text) {
        if find_words(text, &["(in", "reply", "to"]).is_some() {
            in_reply_to(&mut attempt, text, text);
        } else {
            let (before, behind) = find_words(text, &["connect", "to"]).or_else(|| find_words(text, &["(connect", "to"]))?;
            // "connect to mx.example.com[203.0.113.7]:25: …" and no other sentence with these words
            let target = start_of(line(behind), 300);
            target.split_once(']').filter(|(host, rest)| host.contains('[') && rest.starts_with(':'))?;
            let sentence = from_to(text, text, &behind[line(behind).len()..]).get(before.len()..)?;
            postfix_reason(&mut attempt, text, sentence.trim_start_matches('(').trim_end_matches(')'));
        }
    }
    Some((*attempt.told.first()?, attempt))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(Option<String>, String, Option<Outcome>)> {
        let attempts = take_off(text).unwrap().attempts;
        attempts.into_iter().map(|a| (a.recipient, a.told[0].of(text).to_owned(), a.outcome)).collect()
    }

    fn one(recipient: &str, words: &str, outcome: Outcome) -> (Option<String>, String, Option<Outcome>) {
        (Some(recipient.to_owned()), words.to_owned(), Some(outcome))
    }

    #[test]
    fn postfix() {
        let text = "This is the mail system at host mail.example.org.\n\n<a@example.com>: host mx.example.com[203.0.113.7] said: 550 5.1.1\n    <a@example.com>: Nobody (in reply to RCPT TO\n    command)\n\n<b@example.com>: connect to mx.example.com[203.0.113.7]:25: Connection\n    timed out\n";
        assert_eq!(
            seen(text),
            [
                one("a@example.com", "550 5.1.1\n    <a@example.com>: Nobody", Outcome::Failed),
                one("b@example.com", "connect to mx.example.com[203.0.113.7]:25: Connection\n    timed out", Outcome::Failed)
            ]
        );
        let attempts = take_off(text).unwrap().attempts;
        assert_eq!(attempts[0].phase, Some(Phase::Rcpt));
        assert_eq!(attempts[0].parties.remote_ip.as_deref(), Some("203.0.113.7"));
        assert_eq!(attempts[0].parties.reporting_mta.as_deref(), Some("mail.example.org"));
    }

    #[test]
    fn exim_qmail_gmail_exchange() {
        let exim = "  user@example.com\n    host mx.example.com [203.0.113.7]\n    SMTP error from remote mail server after RCPT TO:<user@example.com>:\n    550-5.1.1 Nobody\n    550 here\n";
        assert_eq!(seen(exim), [one("user@example.com", "550-5.1.1 Nobody\n    550 here", Outcome::Failed)]);
        let qmail = "Hi. This is the qmail-send program at mail.example.org.\n\n<user@example.com>:\n203.0.113.7 does not like recipient.\nRemote host said: 550 Nobody\nGiving up on 203.0.113.7.\n";
        assert_eq!(seen(qmail), [one("user@example.com", "550 Nobody", Outcome::Failed)]);
        let gmail = "Your message wasn't delivered to user@example.com because the address couldn't be found.\n\nThe response from the remote server was:\n\n550 5.1.1 Nobody\n\nFinal part";
        assert_eq!(seen(gmail), [one("user@example.com", "550 5.1.1 Nobody", Outcome::Failed)]);
        let exchange = "user@example.com\nRemote Server at mx.example.com (203.0.113.7) returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; can't find it'\n";
        assert_eq!(seen(exchange), [one("user@example.com", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; can't find it", Outcome::Failed)]);
    }

    #[test]
    fn the_fields_of_rfc_3464() {
        let text = "Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 550\n    Nobody\n\nFinal-Recipient: rfc822; b@example.com\nAction: delayed\nStatus: 4.2.2\n";
        assert_eq!(seen(text), [one("a@example.com", "550\n    Nobody", Outcome::Failed), one("b@example.com", "4.2.2", Outcome::Delayed)]);
        let attempts = take_off(text).unwrap().attempts;
        assert_eq!(attempts[0].reply.enhanced.unwrap().0.to_string(), "5.1.1");
        assert_eq!(attempts[0].parties.remote_mta.as_deref(), Some("mx.example.com"));
        assert!(attempts[1].place.unwrap().of(text).starts_with("Final-Recipient: rfc822; b@"));
    }

    #[test]
    fn words_and_fields_of_one_recipient_are_one_attempt() {
        let text = "<user@example.com>: host mx.example.com[203.0.113.7] said: 452 Full (in reply to RCPT TO command)\n\nFinal-Recipient: rfc822; user@example.com\nAction: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 Full\n";
        assert_eq!(seen(text), [one("user@example.com", "452 Full", Outcome::Delayed)]);
    }

    #[test]
    fn a_delay_notice() {
        let text = "Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<user@example.com>: host mx.example.com[203.0.113.7] refused to talk to\n    me: 450 Later\n";
        assert_eq!(seen(text), [one("user@example.com", "450 Later", Outcome::Delayed)]);
    }

    #[test]
    fn a_bare_sentence() {
        let text = "450 4.1.1 <user@example.com>: undeliverable address: host mx.example.com[203.0.113.7] said: 550 Nobody (in reply to RCPT TO command)";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(attempt.told[0].of(text), "550 Nobody");
        assert_eq!((attempt.reply.command, attempt.outcome), (Some("RCPT TO"), None));
        assert!(take_off("he said: nothing").is_none());
    }
}
