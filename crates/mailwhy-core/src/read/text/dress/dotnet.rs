//! .NET: `System.Net.Mail.SmtpException: … The server response was: 5.7.0 …`, `SmtpFailedRecipientException`, inner exceptions
//! behind `--->`, and MailKit.

use super::parts::{answers, line, message, number_in, opening_code, remote, span_of, system_number, tell};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "dotnet", name: ".NET, MailKit", take_off };

const SIGNS: [&str; 7] = [
    "The server response was: ",
    "System.Net.Mail.",
    "MailKit.",
    "SmtpException",
    "SmtpFailedRecipient",
    "SmtpCommandException",
    "SmtpProtocolException",
];
const RESPONSE: &str = "The server response was: ";
/// So many different replies are told.
const MOST: usize = 100;

fn take_off(text: &str) -> Option<Undressed> {
    let start = SIGNS.iter().filter_map(|sign| text.find(sign)).min()?;
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    let mut attempts = responses(text, &text[start..]);
    if attempts.is_empty() {
        attempts.push(mailkit(text, &text[start..]).unwrap_or_else(|| inner(text, &text[start..])));
    }
    Some(Undressed { covers: Span::new(start, text.len()), attempts })
}

/// What the server said. An outer exception repeats its inner one; several recipients have one each.
fn responses(text: &str, from: &str) -> Vec<Attempt> {
    let mut seen: Vec<&str> = Vec::new();
    let mut attempts = Vec::new();
    let mut pieces = from.split(RESPONSE);
    let mut before = pieces.next().unwrap_or_default();
    for piece in pieces {
        let words = message(piece);
        if attempts.len() < MOST && !words.is_empty() && !seen.contains(&words) {
            seen.push(words);
            let mut attempt = Attempt::default();
            if line_before(before).contains("SmtpFailedRecipient") {
                answers(&mut attempt, Some("RCPT TO"));
            }
            tell(&mut attempt, text, words);
            attempt.place = Some(span_of(text, words));
            attempts.push(attempt);
        }
        before = piece;
    }
    if let [only] = attempts.as_mut_slice() {
        only.place = None;
    }
    attempts
}

fn line_before(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.rsplit(" ---> ").next().unwrap_or(line)
}

/// `MailKit.Net.Smtp.SmtpCommandException: 5.1.1 …`, `MailKit.Security.AuthenticationException: 535: 5.7.8 …`
fn mailkit(text: &str, from: &str) -> Option<Attempt> {
    const NAMES: [&str; 3] = ["SmtpCommandException: ", "SmtpProtocolException: ", "MailKit.Security.AuthenticationException: "];
    let (at, name) = NAMES.iter().filter_map(|name| from.find(name).map(|at| (at, *name))).min()?;
    let words = message(&from[at + name.len()..]);
    let mut attempt = Attempt::default();
    if name.contains("Authentication") {
        answers(&mut attempt, Some("AUTH"));
    }
    tell(&mut attempt, text, words);
    Some(attempt)
}

/// No server answered: the innermost exception says why.
fn inner(text: &str, from: &str) -> Attempt {
    let mut attempt = Attempt::default();
    let Some((_, innermost)) = from.rsplit_once("---> ") else {
        // `System.Net.Mail.SmtpException: 550 …`, as some wrappers word it.
        if let Some((_, words)) = from.split_once("Exception: ").filter(|(_, words)| opening_code(words).is_some()) {
            tell(&mut attempt, text, message(words));
        }
        return attempt;
    };
    let innermost = message(innermost);
    let words = innermost.find(": ").map_or(innermost, |colon| &innermost[colon + 2..]);
    tell(&mut attempt, text, words);
    let class = &innermost[..innermost.len() - words.len()];
    if class.contains("SocketException") {
        attempt.phase = Some(Phase::Connect);
        if let Some(number) = number_in(class, "(", ')') {
            system_number(&mut attempt, text, number);
        }
        // … actively refused it. 203.0.113.7:587
        if let Some(peer) = line(words).split_whitespace().next_back().filter(|word| word.contains(':')) {
            remote(peer.trim_start_matches("[::ffff:"), &mut attempt.parties);
        }
    }
    attempt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_and_inner_exceptions() {
        for (text, words, command) in [
            (
                "System.Net.Mail.SmtpException: The SMTP server requires a secure connection. The server response was: 5.7.0 Must issue a STARTTLS command first. a1\r\n   at System.Net.Mail.MailCommand.CheckResponse",
                "5.7.0 Must issue a STARTTLS command first. a1",
                None,
            ),
            (
                "System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: 5.1.1 Nobody\n   at X",
                "5.1.1 Nobody",
                Some("RCPT TO"),
            ),
            ("MailKit.Security.AuthenticationException: 535: 5.7.8 Wrong ---> MailKit.Net.Smtp.Foo: 535", "535: 5.7.8 Wrong", Some("AUTH")),
        ] {
            let attempts = take_off(text).unwrap().attempts;
            assert_eq!(attempts.len(), 1, "{text}");
            assert_eq!(attempts[0].told[0].of(text), words, "{text}");
            assert_eq!(attempts[0].reply.command, command, "{text}");
        }
        assert!(take_off("550 no such user").is_none());
    }

    #[test]
    fn several_recipients_once_each() {
        let one = |words: &str| {
            format!(" ---> System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: {words}")
        };
        let text = format!(
            "System.Net.Mail.SmtpFailedRecipientsException: Unable to send to all recipients.{}{}{}",
            one("Nobody"),
            one("Full"),
            one("Nobody")
        );
        let attempts = take_off(&text).unwrap().attempts;
        assert_eq!(attempts.iter().map(|a| a.told[0].of(&text)).collect::<Vec<_>>(), ["Nobody", "Full"]);
    }

    #[test]
    fn no_connection() {
        let text = "System.Net.Mail.SmtpException: Failure sending mail.\r\n ---> System.Net.Sockets.SocketException (10061): No connection could be made because the target machine actively refused it. 203.0.113.7:587\r\n   at System.Net";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(attempt.number.as_ref().unwrap().written, "10061");
        assert_eq!((attempt.parties.remote_ip.as_deref(), attempt.parties.port), (Some("203.0.113.7"), Some(587)));
        assert!(attempt.told[0].of(text).starts_with("No connection could be made"));
    }
}
