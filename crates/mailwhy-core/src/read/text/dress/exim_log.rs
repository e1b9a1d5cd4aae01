//! Lines of Exim's mainlog and rejectlog: `** address …: reason` (failed), `== address … defer (111): reason`, `=> address`
//! (delivered), `H=(helo) [ip] F=<…> rejected RCPT <…>: reason`. See the chapter "Log files" of Exim's specification.

use super::parts::{
    answers, at_colon, command, digits, exim_reason, field, first_address, from_to, in_angles, ip_in_brackets, number_in, remote, span_of,
    start_of, system_number, tell,
};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::{Outcome, Phase};

pub(super) static DRESS: Dress = Dress { id: "exim-log", name: "Exim log", take_off };

fn take_off(text: &str) -> Option<Undressed> {
    const SIGNS: [&str; 7] = [" ** ", " == ", " => ", " -> ", "rejected ", " H=", "SMTP error from remote mail server"];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let mut attempts: Vec<(Span, Attempt)> = Vec::new();
    let mut met_on_the_way: Vec<(Span, Attempt)> = Vec::new();
    for line in text.lines() {
        let Some(entry) = entry(line) else { continue };
        if let Some(attempt) = delivery(text, &entry).or_else(|| rejection(text, &entry)) {
            attempts.push((span_of(text, line), attempt));
        } else if let Some(attempt) = on_the_way(text, &entry) {
            met_on_the_way.push((span_of(text, line), attempt));
        }
    }
    // What one host answered counts where no line tells how it ended.
    let attempts = if attempts.is_empty() { met_on_the_way } else { attempts };
    let covers = attempts.iter().map(|(span, _)| *span).reduce(Span::join)?;
    let several = attempts.len() > 1;
    let placed = attempts.into_iter().map(|(span, attempt)| Attempt { place: several.then_some(span), ..attempt });
    Some(Undressed { covers, attempts: placed.collect() })
}

/// One line: `2026-11-24 10:00:00 +0300 [123] 1abcDE-000001-AB ** user@example.com …`
struct Entry<'a> {
    stamp: Option<&'a str>,
    queue_id: Option<&'a str>,
    said: &'a str,
}

impl Entry<'_> {
    fn attempt(&self) -> Attempt {
        Attempt { queue_id: self.queue_id.map(str::to_owned), time: self.time(), ..Attempt::default() }
    }

    /// A stamp with a zone is a whole date.
    fn time(&self) -> Option<String> {
        let stamp = self.stamp?;
        let zone = stamp.get(20..).map(str::trim).filter(|zone| zone.len() == 5)?;
        Some(format!("{}T{}{}:{}", &stamp[..10], &stamp[11..19], &zone[..3], &zone[3..]))
    }
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let mut stamp = None;
    let mut rest = line;
    if let Some(at) = stamp_in(line) {
        let behind = &line[at + 19..];
        let zone = behind.strip_prefix(' ').filter(|zone| zone.starts_with(['+', '-']) && digits(&zone[1..]).len() == 4).is_some();
        let end = at + if zone { 25 } else { 19 };
        stamp = line.get(at..end);
        rest = line.get(end..)?.trim_start();
        if let Some(inside) = rest.strip_prefix('[')
            && let Some((_, behind)) = inside.split_once("] ").filter(|(pid, _)| digits(pid) == *pid)
        {
            rest = behind;
        }
    }
    let queue_id = rest.split(' ').next().filter(|id| is_id(id));
    if stamp.is_none() && queue_id.is_none() {
        return None;
    }
    let said = queue_id.map_or(rest, |id| rest[id.len()..].trim_start());
    Some(Entry { stamp, queue_id, said })
}

/// `2026-11-24 10:00:00`, near the start of the line: syslog may stand before it.
fn stamp_in(line: &str) -> Option<usize> {
    let bytes = start_of(line, 120).as_bytes();
    let fits = |at: &usize| {
        bytes[*at..].iter().zip(b"0000-00-00 00:00:00").all(|(b, form)| if *form == b'0' { b.is_ascii_digit() } else { b == form })
    };
    (0..bytes.len().checked_sub(18)?).find(fits)
}

/// `1abcDE-000001-AB`; since Exim 4.97 `1abcDE-00000000001-ABCD`.
fn is_id(word: &str) -> bool {
    let mut parts = word.split('-').map(|part| (part.len(), part.bytes().all(|b| b.is_ascii_alphanumeric())));
    let expected = [parts.next(), parts.next(), parts.next(), parts.next()];
    matches!(
        expected,
        [Some((6, true)), Some((6, true)), Some((2, true)), None] | [Some((6, true)), Some((11, true)), Some((4, true)), None]
    )
}

/// `** user@example.com <info@example.com> F=<…> R=dnslookup T=remote_smtp H=mx.example.com [203.0.113.7]: reason`
fn delivery(text: &str, entry: &Entry) -> Option<Attempt> {
    const FLAGS: [(&str, Outcome); 6] = [
        ("** ", Outcome::Failed),
        ("== ", Outcome::Delayed),
        ("=> ", Outcome::Delivered),
        ("-> ", Outcome::Delivered),
        (">> ", Outcome::Delivered),
        ("*> ", Outcome::Delivered),
    ];
    let (behind, outcome) = FLAGS.iter().find_map(|(flag, outcome)| Some((entry.said.strip_prefix(flag)?, *outcome)))?;
    let mut attempt = Attempt { outcome: Some(outcome), ..entry.attempt() };
    let head_end = behind.find(": ").unwrap_or(behind.len());
    let head = &behind[..head_end];
    attempt.recipient = first_address(behind).map(str::to_owned);
    let original = head.split_once(' ').and_then(|(_, rest)| rest.strip_prefix('<')).and_then(|rest| rest.split_once('>'));
    attempt.original_recipient = original.map(|(address, _)| address.to_owned());
    attempt.sender = field(head, "F=").map(str::to_owned);
    if let Some(host) = head.find(" H=") {
        remote(&head[host + 3..], &mut attempt.parties);
    }
    if outcome == Outcome::Delivered {
        // C="250 OK id=…"
        let confirmed = behind.split_once(" C=\"").and_then(|(_, reply)| reply.split_once('"')).map_or(behind, |(reply, _)| reply);
        tell(&mut attempt, text, confirmed);
        return Some(attempt);
    }
    let reason = behind.get(head_end + 2..).unwrap_or(behind);
    exim_reason(&mut attempt, text, reason);
    // `defer (111)` is the system's number; negative ones are Exim's own.
    if let Some(number) = number_in(head, "defer (", ')')
        && attempt.reply.command.is_none()
    {
        system_number(&mut attempt, text, number);
    }
    if attempt.number.is_some() {
        attempt.phase = attempt.phase.or(Some(Phase::Connect));
    }
    Some(attempt)
}

/// `H=client.example.org (helo) [198.51.100.9]:4000 F=<…> temporarily rejected RCPT <…>: reason`
fn rejection(text: &str, entry: &Entry) -> Option<Attempt> {
    let (head, behind) = entry.said.split_once("rejected ").filter(|(head, _)| head.is_empty() || head.ends_with(' '))?;
    let peer = head.find("H=").map(|at| &head[at..])?;
    let mut attempt = Attempt { outcome: Some(Outcome::Rejected), ..entry.attempt() };
    attempt.parties.sending_ip = ip_in_brackets(peer).map(str::to_owned);
    attempt.sender = field(head, "F=").map(str::to_owned);
    // `rejected RCPT <…>: `, `rejected after DATA: `, `rejected connection in "connect" ACL: `
    let stage = behind.strip_prefix("after ").unwrap_or(behind);
    let after_data = behind.starts_with("after DATA");
    answers(&mut attempt, if after_data { Some("end of DATA") } else { command(stage) });
    if behind.starts_with("connection") {
        attempt.phase = Some(Phase::Banner);
    }
    let (stage, reason) = at_colon(behind).unwrap_or((behind, behind));
    if attempt.reply.command == Some("RCPT TO") {
        attempt.recipient = in_angles(stage).or_else(|| first_address(stage.trim_start_matches("RCPT "))).map(str::to_owned);
    }
    tell(&mut attempt, text, reason);
    Some(attempt)
}

/// What one host answered before the next was tried: `H=mx.example.com [203.0.113.7]: SMTP error from …`, `mx.example.com
/// [203.0.113.7] Connection refused`.
fn on_the_way(text: &str, entry: &Entry) -> Option<Attempt> {
    let mut attempt = entry.attempt();
    if let Some((before, _)) = entry.said.split_once("SMTP error from remote mail") {
        remote(before.trim_start_matches("H="), &mut attempt.parties);
        exim_reason(&mut attempt, text, from_to(text, before, &text[span_of(text, entry.said).end..]).get(before.len()..)?);
        return Some(attempt);
    }
    let host = entry.said.strip_prefix("H=").unwrap_or(entry.said);
    let (before, said) = host.split_once("] ").or_else(|| host.split_once("]: "))?;
    ip_in_brackets(host).filter(|_| !before.contains("] "))?;
    const SAYS: [&str; 5] = ["Connection ", "Network ", "No route ", "TLS error", "Remote host "];
    SAYS.iter().find(|start| said.starts_with(**start))?;
    remote(host, &mut attempt.parties);
    attempt.phase = Some(Phase::Connect);
    tell(&mut attempt, text, said);
    Some(attempt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Attempt {
        let mut attempts = take_off(text).unwrap().attempts;
        assert_eq!(attempts.len(), 1, "{text}");
        attempts.remove(0)
    }

    #[test]
    fn a_failed_delivery() {
        let text = "2026-11-24 10:00:00 +0300 1abcDE-000001-AB ** user@example.com <info@example.org> F=<from@example.org> R=dnslookup T=remote_smtp H=mx.example.com [203.0.113.7]: SMTP error from remote mail server after RCPT TO:<user@example.com>: 550 5.1.1 Nobody";
        let attempt = only(text);
        assert_eq!(attempt.told[0].of(text), "550 5.1.1 Nobody");
        assert_eq!((attempt.outcome, attempt.phase), (Some(Outcome::Failed), Some(Phase::Rcpt)));
        assert_eq!(
            (attempt.recipient.as_deref(), attempt.original_recipient.as_deref()),
            (Some("user@example.com"), Some("info@example.org"))
        );
        assert_eq!(
            (attempt.parties.remote_mta.as_deref(), attempt.parties.remote_ip.as_deref()),
            (Some("mx.example.com"), Some("203.0.113.7"))
        );
        assert_eq!(attempt.sender.as_deref(), Some("from@example.org"));
        assert_eq!(attempt.queue_id.as_deref(), Some("1abcDE-000001-AB"));
        assert_eq!(attempt.time.as_deref(), Some("2026-11-24T10:00:00+03:00"));
    }

    #[test]
    fn other_lines() {
        let stamp = "2026-11-24 10:00:00 1abcDE-00000000001-ABCD ";
        for (line, told, outcome, phase) in [
            (
                "== user@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
                "Connection refused",
                Some(Outcome::Delayed),
                Some(Phase::Connect),
            ),
            (
                "== user@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [203.0.113.7]: SMTP error from remote mail server after RCPT TO:<user@example.com>: 451 Later",
                "451 Later",
                Some(Outcome::Delayed),
                Some(Phase::Rcpt),
            ),
            (
                "=> user@example.com R=dnslookup T=remote_smtp H=mx.example.com [203.0.113.7] C=\"250 OK id=1\"",
                "250 OK id=1",
                Some(Outcome::Delivered),
                None,
            ),
            ("** user@example.com: Unrouteable address", "Unrouteable address", Some(Outcome::Failed), None),
            ("H=mx.example.com [203.0.113.7] Connection timed out", "Connection timed out", None, Some(Phase::Connect)),
        ] {
            let text = format!("{stamp}{line}\r\n2026-11-24 10:00:01 1abcDE-00000000001-ABCD Completed\r\n");
            let attempt = only(&text);
            assert_eq!(attempt.told[0].of(&text), told);
            assert_eq!((attempt.outcome, attempt.phase), (outcome, phase), "{line}");
        }
        assert_eq!(
            only("2026-11-24 10:00:00 1abcDE-000001-AB == user@example.com defer (111): Connection refused").number.unwrap().written,
            "111"
        );
        assert!(take_off("550 5.1.1 rejected by policy").is_none());
    }

    #[test]
    fn rejections() {
        for (line, told, phase, recipient) in [
            (
                "F=<from@example.org> rejected RCPT <user@example.com>: Unrouteable address",
                "Unrouteable address",
                Phase::Rcpt,
                Some("user@example.com"),
            ),
            (
                "F=<from@example.org> temporarily rejected RCPT <user@example.com>: Greylisted",
                "Greylisted",
                Phase::Rcpt,
                Some("user@example.com"),
            ),
            ("F=<from@example.org> rejected after DATA: Spam", "Spam", Phase::AfterData, None),
            ("rejected MAIL <from@example.org>: No", "No", Phase::Mail, None),
        ] {
            let text = format!("2026-11-24 10:00:00 H=(helo.example.org) [198.51.100.9]:4000 {line}");
            let attempt = only(&text);
            assert_eq!(attempt.told[0].of(&text), told);
            assert_eq!((attempt.phase, attempt.outcome), (Some(phase), Some(Outcome::Rejected)));
            assert_eq!((attempt.recipient.as_deref(), attempt.parties.sending_ip.as_deref()), (recipient, Some("198.51.100.9")));
        }
    }
}
