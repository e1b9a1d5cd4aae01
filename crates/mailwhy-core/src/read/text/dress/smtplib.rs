//! Python's smtplib, and Django, Celery, aiosmtplib on top of it: `smtplib.SMTPRecipientsRefused: {'a@example.com':
//! (550, b'5.1.1 …')}`, `(535, b'…')`, `[Errno 111] Connection refused`, with and without the traceback.

use super::parts::{answers, digits, dressed_code, end_of, is_address, number_in, quoted, span_of, system_number, tell, tell_pieces};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "smtplib", name: "Python smtplib, Django", take_off };

/// smtplib's exceptions and the command whose answer each carries. `SMTPDataError` may also answer DATA itself; a server
/// that refuses a message does so when it has it.
const EXCEPTIONS: [(&str, Option<&str>); 9] = [
    ("SMTPRecipientsRefused", Some("RCPT TO")),
    ("SMTPRecipientRefused", Some("RCPT TO")),
    ("SMTPSenderRefused", Some("MAIL FROM")),
    ("SMTPDataError", Some("end of DATA")),
    ("SMTPAuthenticationError", Some("AUTH")),
    ("SMTPHeloError", Some("EHLO")),
    ("SMTPConnectError", None),
    ("SMTPServerDisconnected", None),
    ("SMTPNotSupportedError", None),
];

fn take_off(text: &str) -> Option<Undressed> {
    let exception = EXCEPTIONS.iter().filter_map(|(name, command)| Some((text.rfind(name)?, *name, *command))).max_by_key(|e| e.0);
    let from = exception.map_or(0, |e| e.0);
    let mut attempts = replies(text, &text[from..]);
    let traceback = text.find("Traceback (most recent call last)");
    if attempts.is_empty() {
        attempts.push(system_error(text, exception.map(|e| e.0), traceback)?);
    }
    for attempt in &mut attempts {
        if let Some((_, name, command)) = exception {
            answers(attempt, command);
            match name {
                "SMTPConnectError" => attempt.phase = Some(Phase::Banner),
                // aiosmtplib: (550, '…', 'to@example.com')
                "SMTPRecipientRefused" => attempt.recipient = attempt.recipient.take().or(attempt.sender.take()),
                _ => {}
            }
        } else if attempt.recipient.is_some() {
            answers(attempt, Some("RCPT TO"));
        }
    }
    let told = attempts.iter().flat_map(|attempt| attempt.told.iter().copied());
    let covers = exception.map(|(at, name, _)| Span::new(at, at + name.len())).into_iter().chain(told).reduce(Span::join)?;
    let start = traceback.map_or_else(|| text[..covers.start].rfind('\n').map_or(0, |line| line + 1), |at| at.min(covers.start));
    let end = text[covers.end..].find('\n').map_or(text.len(), |line| covers.end + line);
    Some(Undressed { covers: Span::new(start, end), attempts })
}

/// Every `(550, b'…')`, with the recipient before it or the sender in it.
fn replies(text: &str, from: &str) -> Vec<Attempt> {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut rest = from;
    while let Some((before, behind)) = rest.split_once('(') {
        rest = behind;
        let code = digits(super::parts::start_of(behind, 4));
        if code.len() != 3 {
            continue;
        }
        let words = behind[3..].strip_prefix(',').map(str::trim_start).unwrap_or_default();
        let words = words.strip_prefix(['b', 'u']).unwrap_or(words);
        let Some((pieces, behind)) = quoted(words) else { continue };
        rest = behind;
        let mut attempt = Attempt::default();
        tell_pieces(&mut attempt, text, &pieces);
        dressed_code(&mut attempt, text, code);
        attempt.recipient = key(before).map(str::to_owned);
        // SMTPSenderRefused: (550, b'…', 'from@example.org')
        let third = behind.strip_prefix(',').map(str::trim_start).and_then(quoted);
        if let Some(([sender], _)) = third.as_ref().map(|(pieces, behind)| (pieces.as_slice(), behind)) {
            attempt.sender = is_address(sender).then(|| (*sender).to_owned());
        }
        let opening = before.rfind(['{', ',']).map_or(before, |at| &before[at + 1..]);
        attempt.place = Some(span_of(text, super::parts::from_to(from, opening, behind)));
        attempts.push(attempt);
    }
    if let [only] = attempts.as_mut_slice() {
        only.place = None;
    }
    attempts
}

/// The key of a dictionary, `'a@example.com': `, at the end of what stands before its value.
fn key(before: &str) -> Option<&str> {
    let before = end_of(before, 330).trim_end().strip_suffix(':')?;
    let quote = before.chars().next_back().filter(|c| matches!(c, '\'' | '"'))?;
    let key = before[..before.len() - 1].rsplit(quote).next()?;
    is_address(key).then_some(key)
}

/// No server answered: the last line of the traceback says why.
fn system_error(text: &str, exception: Option<usize>, traceback: Option<usize>) -> Option<Attempt> {
    const SIGNS: [&str; 4] = ["[Errno ", "[WinError ", "gaierror", "SSLCertVerificationError"];
    let sign = SIGNS.iter().filter_map(|sign| text.rfind(sign)).max();
    let start = exception.into_iter().chain(sign).max().or_else(|| traceback.and_then(|_| last_line(text)))?;
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let mut attempt = Attempt::default();
    let words = line.find(": ").filter(|at| !line[..*at].contains(' ')).map_or(line, |at| &line[at + 2..]);
    tell(&mut attempt, text, words);
    for mark in ["[Errno ", "[WinError "] {
        if let Some(number) = number_in(line, mark, ']') {
            system_number(&mut attempt, text, number);
            tell(&mut attempt, text, line.split_once("] ").map_or(words, |(_, words)| words));
        }
    }
    if line.contains("gaierror") {
        // -2 and its like are no errno numbers; the words tell.
        attempt.phase = Some(Phase::Dns);
    } else if line.contains("Connection") && attempt.number.is_some() {
        attempt.phase = Some(Phase::Connect);
    }
    Some(attempt)
}

/// Start of the last line that is not indented and names an error.
fn last_line(text: &str) -> Option<usize> {
    let line = text.lines().rev().find(|line| line.starts_with(char::is_alphabetic) && line.contains("Error"))?;
    Some(span_of(text, line).start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(text: &'a str, attempt: &Attempt) -> Vec<&'a str> {
        attempt.told.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn exceptions() {
        for (text, code, words, command) in [
            ("smtplib.SMTPDataError: (552, b'5.2.2 Full')", 552, vec!["5.2.2 Full"], Some("end of DATA")),
            (
                "smtplib.SMTPAuthenticationError: (535, b\"5.7.8 Can't\\n5.7.8 log in\")",
                535,
                vec!["5.7.8 Can't", "5.7.8 log in"],
                Some("AUTH"),
            ),
            ("SMTPSenderRefused: (550, b'5.7.1 Not yours', 'from@example.org')", 550, vec!["5.7.1 Not yours"], Some("MAIL FROM")),
            ("deferred: (452, '4.3.4 Too big')", 452, vec!["4.3.4 Too big"], None),
        ] {
            let attempt = &take_off(text).unwrap().attempts[0];
            assert_eq!(attempt.reply.code.map(|c| c.0), Some(code), "{text}");
            assert_eq!(told(text, attempt), words, "{text}");
            assert_eq!(attempt.reply.command, command, "{text}");
        }
        assert!(take_off("550 (no such user)").is_none());
    }

    #[test]
    fn recipients_and_sender() {
        let text = "Traceback (most recent call last):\n  File \"a.py\", line 1\nsmtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.1.1 Nobody'), 'b@example.com': (452, b'4.2.2 Full')}\n";
        let undressed = take_off(text).unwrap();
        let seen: Vec<_> = undressed.attempts.iter().map(|a| (a.recipient.as_deref().unwrap(), told(text, a)[0])).collect();
        assert_eq!(seen, [("a@example.com", "5.1.1 Nobody"), ("b@example.com", "4.2.2 Full")]);
        assert_eq!(undressed.covers, Span::new(0, text.len() - 1));
        let sender = &take_off("SMTPSenderRefused: (550, b'No', 'from@example.org')").unwrap().attempts[0];
        assert_eq!(sender.sender.as_deref(), Some("from@example.org"));
    }

    #[test]
    fn nobody_answered() {
        let text = "Traceback (most recent call last):\n  File \"a.py\"\nConnectionRefusedError: [Errno 111] Connection refused";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(told(text, attempt), ["Connection refused"]);
        assert_eq!(attempt.number.as_ref().unwrap().written, "111");
        let text = "socket.gaierror: [Errno -2] Name or service not known";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert!(attempt.number.is_none());
        assert_eq!(attempt.phase, Some(Phase::Dns));
    }
}
