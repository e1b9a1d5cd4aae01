//! JavaMail, Jakarta Mail and Spring: chains of exceptions (`nested exception is:`, `Caused by:`) and the transcript of
//! `mail.debug`. The innermost exception that carries a reply is told.

use super::parts::{Dialogue, after, answers, digits, from_to, message, opening_code, remote, reply_lines, span_of, start_of, tell};
use super::{Dress, Undressed};
use crate::{Attempt, Parties, Span};
use mailwhy_knowledge::Phase;
use std::collections::HashSet;

pub(super) static DRESS: Dress = Dress { id: "javamail", name: "JavaMail, Jakarta Mail, Spring", take_off };

const SIGNS: [&str; 10] = [
    "javax.mail.",
    "jakarta.mail.",
    "com.sun.mail.",
    "org.eclipse.angus.mail.",
    "MailSendException",
    "MailAuthenticationException",
    "MailConnectException",
    "SMTPAddressFailedException",
    "SMTPSendFailedException",
    "DEBUG SMTP",
];

/// The exceptions that carry the reply to one command.
const COMMANDS: [(&str, &str); 3] =
    [("SMTPAddressFailedException", "RCPT TO"), ("SMTPSenderFailedException", "MAIL FROM"), ("AuthenticationFailedException", "AUTH")];

fn take_off(text: &str) -> Option<Undressed> {
    let start = SIGNS.iter().filter_map(|sign| text.find(sign)).min()?;
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    let text_from = &text[start..];
    let (refused, known) = dialogue(text, text_from);
    let mut attempts = refused;
    if attempts.is_empty() {
        let exceptions = exceptions(text_from);
        let mut replies: Vec<&Exception> = exceptions.iter().filter(|e| opening_code(e.said).is_some()).collect();
        // An inner exception repeats what the outer one told, and `Caused by:` repeats both.
        let mut seen: HashSet<&str> = HashSet::new();
        replies.reverse();
        replies.retain(|exception| seen.insert(exception.said));
        replies.reverse();
        let addresses = replies.iter().any(|e| e.class.contains("AddressFailed"));
        if addresses {
            replies.retain(|e| e.class.contains("AddressFailed"));
        } else if let Some(innermost) = replies.pop() {
            replies = vec![innermost];
        } else {
            replies = exceptions.iter().rev().find(|e| !e.said.is_empty()).into_iter().collect();
        }
        let several = replies.len() > 1;
        for exception in replies {
            let mut attempt = exception.attempt(text);
            attempt.place = several.then(|| span_of(text, exception.said));
            attempts.push(known.clone().with_inner(attempt, 0));
        }
        if attempts.is_empty() {
            attempts.push(known);
        }
    }
    if let Some((parties, phase)) = connection(text_from) {
        for attempt in &mut attempts {
            attempt.parties.remote_mta = parties.remote_mta.clone().or(attempt.parties.remote_mta.take());
            attempt.parties.remote_ip = parties.remote_ip.clone().or(attempt.parties.remote_ip.take());
            attempt.parties.port = parties.port.or(attempt.parties.port);
            attempt.phase = attempt.phase.or(Some(phase));
        }
    }
    Some(Undressed { covers: Span::new(start, text.len()), attempts })
}

/// An exception of the chain.
struct Exception<'a> {
    class: &'a str,
    said: &'a str,
}

impl Exception<'_> {
    fn attempt(&self, text: &str) -> Attempt {
        let mut attempt = Attempt::default();
        let command = COMMANDS.iter().find(|(class, _)| self.class.ends_with(class));
        answers(&mut attempt, command.map(|(_, command)| *command));
        if opening_code(self.said).is_some() || self.class.ends_with("MessagingException") || self.class.contains(".mail.") {
            tell(&mut attempt, text, self.said);
        } else {
            // `java.net.UnknownHostException: smtp.example.com`: the class is what it says.
            let start = span_of(text, self.class).start;
            let end = span_of(text, self.said).start + self.said.len();
            tell(&mut attempt, text, &text[start..end]);
        }
        attempt
    }
}

/// The exceptions and what they say, the outermost first.
fn exceptions(text: &str) -> Vec<Exception<'_>> {
    let mut exceptions: Vec<Exception> = Vec::new();
    // From the colon behind one class to the class behind the next: what the first says.
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("Exception: ") {
        let class = from_to(text, before, behind);
        let class = class[..class.len() - 2].rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$'))).next();
        let next = behind.find("Exception: ").unwrap_or(behind.len());
        let said = message(&behind[..next]);
        let said = ["; nested exception is", ";\n  nested exception is", ";\r\n  nested exception is", "\n  nested exception is"]
            .iter()
            .filter_map(|mark| said.find(mark))
            .min()
            .map_or(said, |end| &said[..end]);
        // The next class, or the words that announce it, are not said by this one.
        let said = match said.rfind('\n') {
            Some(line) if next < behind.len() && said.len() == behind[..next].trim().len() => &said[..line],
            _ => said,
        };
        exceptions.push(Exception { class: class.unwrap_or_default(), said: said.trim().trim_end_matches(';') });
        rest = behind;
    }
    exceptions
}

/// `Couldn't connect to host, port: smtp.example.com, 587; timeout -1`, `Could not connect to SMTP host: smtp.example.com, port: 465`.
fn connection(text: &str) -> Option<(Parties, Phase)> {
    let (host, port) = if let Some(behind) = after(text, "connect to host, port: ") {
        let near = start_of(behind, 300);
        (near, near.split_once(", ").map(|(_, port)| port))
    } else {
        let near = start_of(after(text, "connect to SMTP host: ")?, 300);
        (near, after(near, "port: "))
    };
    let mut parties = Parties::default();
    remote(host, &mut parties);
    parties.port = port.and_then(|port| digits(port).parse().ok()).or(parties.port);
    Some((parties, Phase::Connect))
}

/// The transcript of `mail.debug`: commands and replies as they are, between lines that start with `DEBUG`.
fn dialogue(whole: &str, text: &str) -> (Vec<Attempt>, Attempt) {
    if !text.contains("DEBUG SMTP") {
        return (Vec::new(), Attempt::default());
    }
    let mut parties = Parties::default();
    if let Some((_, host)) = after(text, "trying to connect to host ").and_then(|host| host.split_once('"')) {
        // "smtp.example.com", port 587, isSSL false
        remote(host, &mut parties);
        parties.port = after(start_of(host, 300), "port ").and_then(|port| digits(port).parse().ok());
    }
    let mut dialogue = Dialogue::with(parties);
    let mut replied = 0;
    for piece in text.split_inclusive('\n') {
        let at = span_of(text, piece).start;
        let trimmed = piece.trim();
        if at < replied || trimmed.starts_with("DEBUG") {
            continue;
        }
        if !dialogue.in_message() && opening_code(trimmed).is_some() {
            let reply = reply_lines(&text[at..]);
            dialogue.server(whole, reply);
            replied = span_of(text, reply).end;
        } else if dialogue.in_message() || trimmed.starts_with(|c: char| c.is_ascii_uppercase()) {
            dialogue.client(trimmed);
        }
    }
    dialogue.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(text: &'a str, attempt: &Attempt) -> Vec<&'a str> {
        attempt.told.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn chains() {
        for (text, words, command) in [
            (
                "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 Nobody\n\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:2064)\n",
                "550 5.1.1 Nobody",
                Some("RCPT TO"),
            ),
            (
                "org.springframework.mail.MailAuthenticationException: Authentication failed; nested exception is javax.mail.AuthenticationFailedException: 535 5.7.8 Wrong\n\tat a.B\nCaused by: javax.mail.AuthenticationFailedException: 535 5.7.8 Wrong\n\tat a.B",
                "535 5.7.8 Wrong",
                Some("AUTH"),
            ),
            (
                "com.sun.mail.smtp.SMTPSendFailedException: 550-5.7.26 Not\n550 5.7.26 signed\n;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPSenderFailedException: 550-5.7.26 Not\n550 5.7.26 signed\n",
                "550-5.7.26 Not\n550 5.7.26 signed",
                Some("MAIL FROM"),
            ),
            (
                "javax.mail.MessagingException: Unknown SMTP host: smtp.example.com;\n  nested exception is:\n\tjava.net.UnknownHostException: smtp.example.com\n\tat a.B",
                "java.net.UnknownHostException: smtp.example.com",
                None,
            ),
        ] {
            let attempts = take_off(text).unwrap().attempts;
            assert_eq!(attempts.len(), 1, "{text}");
            assert_eq!(told(text, &attempts[0]), [words], "{text}");
            assert_eq!(attempts[0].reply.command, command, "{text}");
        }
        assert!(take_off("550 no such user").is_none());
    }

    #[test]
    fn no_connection() {
        let text = "com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.example.com, 587; timeout -1;\n  nested exception is:\n\tjava.net.ConnectException: Connection refused\n";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!((attempt.parties.remote_mta.as_deref(), attempt.parties.port), (Some("smtp.example.com"), Some(587)));
        assert_eq!(attempt.phase, Some(Phase::Connect));
        assert_eq!(told(text, attempt), ["java.net.ConnectException: Connection refused"]);
    }

    #[test]
    fn a_transcript() {
        let text = "DEBUG SMTP: trying to connect to host \"smtp.example.com\", port 587, isSSL false\n220 smtp.example.com ESMTP\nEHLO client.example.org\n250-smtp.example.com\n250 SIZE 1000\nMAIL FROM:<from@example.org>\n250 Ok\nRCPT TO:<to@example.com>\n250 Ok\nDATA\n354 Go on\nSubject: x\n\n550 is not a reply here\n.\n552 5.2.2 Full\nQUIT\n221 Bye\n";
        let attempts = take_off(text).unwrap().attempts;
        assert_eq!(attempts.len(), 1);
        assert_eq!(told(text, &attempts[0]), ["552 5.2.2 Full"]);
        assert_eq!(attempts[0].phase, Some(Phase::AfterData));
        assert_eq!(attempts[0].recipient.as_deref(), Some("to@example.com"));
        assert_eq!(attempts[0].parties.port, Some(587));
    }
}
