//! Go: net/smtp and gomail (`gomail: could not send email 1: 550 …`), and what its net and TLS packages say:
//! `dial tcp 203.0.113.7:587: connect: connection refused`, `dial tcp: lookup smtp.example.com: no such host`, `x509: …`.

use super::parts::{after, digits, line, message, opening_code, remote, span_of, start_of, tell};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "go", name: "Go net/smtp, gomail", take_off };

fn take_off(text: &str) -> Option<Undressed> {
    const GOMAIL: &str = "gomail: could not send email ";
    let mut attempt = Attempt::default();
    let start;
    if let Some(at) = text.find(GOMAIL) {
        start = at;
        let behind = &text[at + GOMAIL.len()..];
        let words = said(behind[digits(behind).len()..].trim_start_matches(':'));
        if opening_code(words).is_some() {
            tell(&mut attempt, text, words);
        } else {
            network(&mut attempt, text, words);
        }
    } else if let Some(at) = ["dial tcp", "read tcp ", "write tcp ", "x509: "].iter().filter_map(|sign| text.find(sign)).min() {
        start = at;
        network(&mut attempt, text, line(&text[at..]));
    } else {
        let (at, words) = logged(text)?;
        start = at;
        tell(&mut attempt, text, said(words));
    }
    let told_to = attempt.told.last().map_or(text.len(), |told| told.end);
    let line_start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    Some(Undressed { covers: Span::new(line_start, told_to), attempts: vec![attempt] })
}

/// A reply may have several lines, which Go prints as they are; the next line of the log is not its own.
fn said(words: &str) -> &str {
    let words = message(words);
    let mut lines = words.match_indices('\n').map(|(at, _)| at);
    let end = lines.find(|at| stamped(&words[at + 1..]) || words[at + 1..].starts_with("exit status "));
    words[..end.unwrap_or(words.len())].trim()
}

/// Does the line open with `2026/11/24 10:00:00 `?
fn stamped(line: &str) -> bool {
    const FORM: &[u8] = b"0000/00/00 00:00:00 ";
    let fits = |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
    line.len() >= FORM.len() && line.as_bytes().iter().zip(FORM).all(fits)
}

/// A line of Go's log package, `2026/11/24 10:00:00 send: 550 5.1.1 …`: its start and the reply in it.
fn logged(text: &str) -> Option<(usize, &str)> {
    text.split_inclusive('\n').filter(|line| stamped(line)).find_map(|line| {
        let at = span_of(text, line).start;
        let near = start_of(&line[20..], 400);
        let (colon, _) = near.match_indices(": ").find(|(colon, _)| opening_code(&near[colon + 2..]).is_some())?;
        Some((at, &text[at + 20 + colon + 2..]))
    })
}

/// What the net package says of a connection that failed.
fn network(attempt: &mut Attempt, text: &str, words: &str) {
    tell(attempt, text, words);
    if let Some(dialled) = after(words, "dial tcp") {
        if let Some(name) = dialled.strip_prefix(": lookup ") {
            // lookup smtp.example.com on 203.0.113.53:53: no such host
            attempt.phase = Some(Phase::Dns);
            remote(name, &mut attempt.parties);
        } else {
            attempt.phase = Some(Phase::Connect);
            remote(dialled, &mut attempt.parties);
        }
        reason(attempt, text, dialled.strip_prefix(": ").unwrap_or(dialled));
    } else if let Some((_, peer)) = words.split_once("->") {
        // read tcp 192.0.2.1:40000->203.0.113.7:587: i/o timeout
        remote(peer, &mut attempt.parties);
        reason(attempt, text, peer);
    } else if let Some((_, about)) = words.split_once("x509: ") {
        attempt.phase = Some(Phase::Tls);
        tell(attempt, text, about);
    }
}

/// What stands behind the peer: `connect: connection refused`, `no such host`.
fn reason(attempt: &mut Attempt, text: &str, behind: &str) {
    if let Some((_, reason)) = behind.split_once(": ") {
        tell(attempt, text, reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, words, host, port, phase) in [
            ("gomail: could not send email 1: 550 5.1.1 Nobody", "550 5.1.1 Nobody", None, None, None),
            (
                "panic: dial tcp 203.0.113.7:587: connect: connection refused\n\ngoroutine 1",
                "connect: connection refused",
                Some("203.0.113.7"),
                Some(587),
                Some(Phase::Connect),
            ),
            (
                "dial tcp: lookup smtp.example.com on 203.0.113.53:53: no such host",
                "no such host",
                Some("smtp.example.com"),
                None,
                Some(Phase::Dns),
            ),
            ("dial tcp: lookup smtp.example.com: no such host", "no such host", Some("smtp.example.com"), None, Some(Phase::Dns)),
            ("read tcp 192.0.2.1:40000->203.0.113.7:587: i/o timeout", "i/o timeout", Some("203.0.113.7"), Some(587), None),
            ("x509: certificate signed by unknown authority", "certificate signed by unknown authority", None, None, Some(Phase::Tls)),
            ("2026/11/24 10:00:00 sending: 550 5.1.1 Nobody\nexit status 1", "550 5.1.1 Nobody", None, None, None),
        ] {
            let attempt = &take_off(text).unwrap().attempts[0];
            assert_eq!(attempt.told[0].of(text), words, "{text}");
            assert_eq!(attempt.parties.remote_mta.as_deref().or(attempt.parties.remote_ip.as_deref()), host, "{text}");
            assert_eq!((attempt.parties.port, attempt.phase), (port, phase), "{text}");
        }
        assert!(take_off("550 5.1.1 Nobody").is_none());
    }
}
