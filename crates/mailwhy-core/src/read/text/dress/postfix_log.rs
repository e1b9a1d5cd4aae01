//! Lines of a Postfix log, with a classic syslog stamp or one of RFC 3339: deliveries (`status=bounced (host … said: …)`) and
//! what smtpd refused (`NOQUEUE: reject: RCPT from …`). One attempt a line.

use super::parts::{
    answers, command, dressed_enhanced, field, find_words, from_to, in_angles, ip_in_brackets, postfix_reason, remote, span_of, start_of,
    tell,
};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::{Outcome, Phase};
use std::collections::HashMap;

pub(super) static DRESS: Dress = Dress { id: "postfix-log", name: "Postfix log", take_off };

/// So many lines of one entry are put together again where a mail program wrapped them.
const MOST_WRAPPED: usize = 8;

fn take_off(text: &str) -> Option<Undressed> {
    let worn = text.contains("postfix") || text.contains("status=") || text.contains("NOQUEUE: ");
    if !worn {
        return None;
    }
    let entries = entries(text);
    let senders: HashMap<&str, &str> = entries.iter().filter_map(|entry| Some((entry.queue_id?, sender(entry)?))).collect();
    let mut attempts: Vec<(Span, Attempt)> = Vec::new();
    for entry in &entries {
        if let Some(mut attempt) = delivery(text, entry).or_else(|| reject(text, entry)) {
            entry.adorn(&mut attempt);
            if attempt.sender.is_none() {
                attempt.sender = entry.queue_id.and_then(|id| senders.get(id)).map(|sender| (*sender).to_owned());
            }
            attempts.push((span_of(text, entry.whole), attempt));
        }
    }
    if attempts.is_empty() {
        // Nothing was delivered or refused here: what the programs complain of is all there is.
        for entry in &entries {
            if let Some(mut attempt) = complaint(text, entry) {
                entry.adorn(&mut attempt);
                attempts.push((span_of(text, entry.whole), attempt));
            }
        }
    }
    let covers = attempts.iter().map(|(span, _)| *span).reduce(Span::join)?;
    let several = attempts.len() > 1;
    let placed = attempts.into_iter().map(|(span, attempt)| Attempt { place: several.then_some(span), ..attempt });
    Some(Undressed { covers, attempts: placed.collect() })
}

/// One entry of the log.
struct Entry<'a> {
    whole: &'a str,
    /// What stands behind `postfix/smtp[123]: QUEUEID: `.
    said: &'a str,
    queue_id: Option<&'a str>,
}

impl Entry<'_> {
    /// What every entry tells: queue id and time.
    fn adorn(&self, attempt: &mut Attempt) {
        attempt.queue_id = self.queue_id.map(str::to_owned);
        let stamp = self.whole.split_whitespace().next().unwrap_or_default();
        let zoned = stamp.ends_with('Z') || stamp.get(19..).is_some_and(|zone| zone.contains(['+', '-']));
        if zoned && stamp.is_ascii() && stamp.as_bytes().get(10) == Some(&b'T') {
            attempt.time = Some(stamp.to_owned());
        }
    }
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let Some(mut entry) = entry(line) else { continue };
        let mut wrapped = 0;
        while is_open(entry.whole) && wrapped < MOST_WRAPPED {
            let Some(next) = lines.next_if(|next| self::entry(next).is_none() && !next.trim().is_empty()) else { break };
            let end = span_of(text, next).end;
            entry.whole = &text[span_of(text, entry.whole).start..end];
            entry.said = &text[span_of(text, entry.said).start..end];
            wrapped += 1;
        }
        entries.push(Entry { whole: entry.whole.trim_end(), said: entry.said.trim_end(), ..entry });
    }
    entries
}

/// Does the entry go on in the next line? The reason of a delivery stands in brackets.
fn is_open(entry: &str) -> bool {
    entry.contains("to=") && !entry.trim_end().ends_with(')') && (entry.contains("status=") || !entry.contains("from="))
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let said = match line.find("postfix") {
        Some(at) => {
            let behind = &line[at..];
            // postfix/smtp[123]: , postfix-out/smtps/smtpd[123]:
            let end = start_of(behind, 80).find("]: ").map(|end| end + 3).or_else(|| start_of(behind, 80).find(": ").map(|end| end + 2))?;
            behind[..end].contains('/').then(|| &behind[end..])?
        }
        None if line.contains("status=") || line.contains("NOQUEUE: ") => {
            let to = line.find("to=<").or_else(|| line.find("to=")).filter(|_| line.contains("status="));
            let start = to
                .map(|at| line[..at].trim_end())
                .map_or_else(|| line.find("NOQUEUE: "), |before| Some(before.rfind(' ').map_or(0, |space| space + 1)));
            &line[start?..]
        }
        None => return None,
    };
    let id = said.split_once(": ").map(|(id, _)| id);
    let is_id =
        |id: &&str| (5..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric()) && id.bytes().any(|b| b.is_ascii_digit());
    let queue_id = id.filter(is_id);
    let behind = if queue_id.is_some() || id == Some("NOQUEUE") { said.split_once(": ").map_or(said, |(_, behind)| behind) } else { said };
    Some(Entry { whole: line, said: behind, queue_id })
}

/// `from=<…>, size=…` names the sender of all that has this queue id.
fn sender<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    entry.said.strip_prefix("from=<").and_then(|rest| rest.split_once('>')).map(|(sender, _)| sender)
}

/// `to=<…>, relay=…, dsn=5.1.1, status=bounced (…)`
fn delivery(text: &str, entry: &Entry) -> Option<Attempt> {
    let (_, status) = find_words(entry.said, &["status="])?;
    let word_end = status.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(status.len());
    let (word, reason) = status.split_at(word_end);
    let mut attempt = Attempt {
        outcome: match word {
            "bounced" | "expired" | "undeliverable" => Some(Outcome::Failed),
            "deferred" => Some(Outcome::Delayed),
            "sent" => Some(Outcome::Delivered),
            "deliverable" => Some(Outcome::Accepted),
            _ => return None,
        },
        recipient: field(entry.said, "to=").map(str::to_owned),
        original_recipient: field(entry.said, "orig_to=").map(str::to_owned),
        ..Attempt::default()
    };
    if let Some(relay) = field(entry.said, "relay=") {
        remote(relay, &mut attempt.parties);
    }
    let reason = reason.trim();
    let reason = reason.strip_prefix('(').map_or(reason, |inside| inside.strip_suffix(')').unwrap_or(inside));
    postfix_reason(&mut attempt, text, reason);
    if attempt.told.is_empty() {
        tell(&mut attempt, text, entry.said);
    }
    if let Some(dsn) = field(entry.said, "dsn=") {
        dressed_enhanced(&mut attempt, text, dsn);
    }
    Some(attempt)
}

/// `reject: RCPT from host[203.0.113.7]: 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>`, `milter-reject: …`
fn reject(text: &str, entry: &Entry) -> Option<Attempt> {
    let (_, rejected) = find_words(entry.said, &["reject:"]).or_else(|| find_words(entry.said, &["milter-reject:"]))?;
    let (head, reply) = rejected.split_once("]: ").or_else(|| rejected.split_once(": "))?;
    let stage = head.trim_start();
    let mut attempt = Attempt { outcome: Some(Outcome::Rejected), ..Attempt::default() };
    answers(&mut attempt, command(stage));
    if stage.starts_with("CONNECT") {
        attempt.phase = Some(Phase::Banner);
    }
    // The bracket that closes stands before the reply.
    attempt.parties.sending_ip = ip_in_brackets(from_to(rejected, rejected, reply)).map(str::to_owned);
    let envelope = reply.rfind("; from=<").or_else(|| reply.rfind("; proto="));
    let (words, envelope) = envelope.map_or((reply, ""), |at| reply.split_at(at));
    tell(&mut attempt, text, words);
    let address = |name: &str| envelope.find(name).and_then(|at| in_angles(&envelope[at..])).map(str::to_owned);
    attempt.sender = address("from=<");
    attempt.recipient = address(" to=<");
    Some(attempt)
}

/// What a program says beside deliveries: `connect to …: Connection timed out`, `warning: …`, `lost connection after …`
fn complaint(text: &str, entry: &Entry) -> Option<Attempt> {
    const COMPLAINTS: [&str; 14] = [
        "connect to ",
        "lost connection ",
        "conversation with ",
        "host ",
        "timeout after ",
        "warning: ",
        "error: ",
        "fatal: ",
        "SSL_accept error",
        "SSL_connect error",
        "certificate verification failed",
        "too many errors",
        "improper command pipelining",
        "Cannot start TLS",
    ];
    COMPLAINTS.iter().find(|start| entry.said.starts_with(**start))?;
    let mut attempt = Attempt::default();
    postfix_reason(&mut attempt, text, entry.said);
    Some(attempt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery() {
        let text = "Nov 24 10:00:00 mail postfix/smtp[123]: 4ABC123: to=<user@example.com>, orig_to=<info@example.org>, relay=mx.example.com[203.0.113.7]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.com[203.0.113.7] said: 550 Nobody (in reply to RCPT TO command))\r\n";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(attempt.told[0].of(text), "550 Nobody");
        assert_eq!(attempt.reply.enhanced.unwrap().0.to_string(), "5.1.1");
        assert_eq!((attempt.reply.command, attempt.phase, attempt.outcome), (Some("RCPT TO"), Some(Phase::Rcpt), Some(Outcome::Failed)));
        assert_eq!(
            (attempt.recipient.as_deref(), attempt.original_recipient.as_deref()),
            (Some("user@example.com"), Some("info@example.org"))
        );
        assert_eq!(
            (attempt.parties.remote_mta.as_deref(), attempt.parties.remote_ip.as_deref()),
            (Some("mx.example.com"), Some("203.0.113.7"))
        );
        assert_eq!((attempt.parties.port, attempt.queue_id.as_deref()), (Some(25), Some("4ABC123")));
    }

    #[test]
    fn reasons_without_a_reply() {
        for (reason, told, phase) in [
            (
                "connect to mx.example.com[203.0.113.7]:25: Connection timed out",
                "connect to mx.example.com[203.0.113.7]:25: Connection timed out",
                Some(Phase::Connect),
            ),
            (
                "lost connection with mx.example.com[203.0.113.7] while sending RCPT TO",
                "lost connection with mx.example.com[203.0.113.7] while sending RCPT TO",
                Some(Phase::Rcpt),
            ),
            ("host mx.example.com[203.0.113.7] refused to talk to me: 554 No", "554 No", Some(Phase::Banner)),
            (
                "delivery temporarily suspended: connect to mx.example.com[203.0.113.7]:25: Connection refused",
                "connect to mx.example.com[203.0.113.7]:25: Connection refused",
                Some(Phase::Connect),
            ),
        ] {
            let text = format!(
                "2026-11-24T10:00:00.123456+03:00 mail postfix/smtp[1]: 4ABC123: to=<user@example.com>, relay=none, dsn=4.4.1, status=deferred ({reason})"
            );
            let attempt = &take_off(&text).unwrap().attempts[0];
            assert_eq!(attempt.told[0].of(&text), told);
            assert_eq!((attempt.phase, attempt.outcome), (phase, Some(Outcome::Delayed)));
            assert_eq!(attempt.parties.remote_ip.as_deref(), Some("203.0.113.7"));
            assert_eq!(attempt.time.as_deref(), Some("2026-11-24T10:00:00.123456+03:00"));
        }
    }

    #[test]
    fn a_rejection_and_noise() {
        let text = "Nov 24 10:00:00 mail postfix/smtpd[1]: connect from client.example.org[198.51.100.9]\nNov 24 10:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from client.example.org[198.51.100.9]: 554 5.7.1 <a; from=<b>@example.com>: Relay access denied; from=<from@example.org> to=<to@example.com> proto=ESMTP helo=<client.example.org>\nNov 24 10:00:01 mail dovecot: imap-login: status=x\n";
        let attempts = take_off(text).unwrap().attempts;
        assert_eq!(attempts.len(), 1);
        let attempt = &attempts[0];
        assert_eq!(attempt.told[0].of(text), "554 5.7.1 <a; from=<b>@example.com>: Relay access denied");
        assert_eq!((attempt.outcome, attempt.phase), (Some(Outcome::Rejected), Some(Phase::Rcpt)));
        assert_eq!(attempt.parties.sending_ip.as_deref(), Some("198.51.100.9"));
        assert_eq!((attempt.sender.as_deref(), attempt.recipient.as_deref()), (Some("from@example.org"), Some("to@example.com")));
    }

    #[test]
    fn one_attempt_a_line_with_the_sender_of_the_queue_file() {
        let text = "Nov 24 10:00:00 mail postfix/qmgr[1]: 4ABC123: from=<from@example.org>, size=1, nrcpt=2 (queue active)\n\
            Nov 24 10:00:00 mail postfix/smtp[1]: 4ABC123: to=<a@example.com>, relay=none, dsn=5.4.4, status=bounced (Host or domain name not found. Name service error for name=example.com type=MX: Host not found)\n\
            Nov 24 10:00:00 mail postfix/smtp[1]: 4ABC123: to=<b@example.com>, relay=mx.example.com[203.0.113.7]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 1)\n";
        let attempts = take_off(text).unwrap().attempts;
        let seen: Vec<_> = attempts.iter().map(|a| (a.recipient.as_deref().unwrap(), a.outcome.unwrap(), a.sender.as_deref())).collect();
        assert_eq!(
            seen,
            [("a@example.com", Outcome::Failed, Some("from@example.org")), ("b@example.com", Outcome::Delivered, Some("from@example.org"))]
        );
        assert!(attempts[0].place.unwrap().of(text).ends_with("Host not found)"));
    }
}
