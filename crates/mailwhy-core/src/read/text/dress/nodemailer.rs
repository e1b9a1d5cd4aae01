//! Nodemailer, as Node prints it: an error with `code`, `response`, `responseCode`, `command`, `errno`, `address`, in the
//! form of an object or of JSON; or only the message and its stack.

use super::parts::{
    answers, command, digits, dressed_code, message, opening_code, quoted, remote, span_of, start_of, system_number, tell, tell_pieces,
};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "nodemailer", name: "Nodemailer", take_off };

/// What Nodemailer and Node's net module put before the words.
const HEADS: [&str; 12] = [
    "Invalid login: ",
    "Message failed: ",
    "Can't send mail - all recipients were rejected: ",
    "Mail command failed: ",
    "Recipient command failed: ",
    "Data command failed: ",
    "Invalid greeting from server:",
    "Invalid greeting. response=",
    "Error upgrading connection with STARTTLS: ",
    "Error: connect E",
    "Error: getaddrinfo E",
    "Error: queryMx E",
];
/// So many refused recipients are told.
const MOST: usize = 1000;

fn take_off(text: &str) -> Option<Undressed> {
    let object = property(text, "responseCode").is_some()
        || property(text, "syscall").is_some()
        || property(text, "code").is_some_and(|code| code.starts_with("'E") || code.starts_with("\"E"));
    let head = HEADS.iter().filter_map(|head| text.find(head)).min();
    if !object && head.is_none() {
        return None;
    }
    let mut known = Attempt::default();
    connection(&mut known, text);
    known.sender = property(text, "from").and_then(string).map(str::to_owned);
    let mut attempts = refused(text, &known);
    if attempts.is_empty() {
        let mut attempt = known;
        words(&mut attempt, text, head);
        attempt.recipient = properties(text, "rejected").find_map(|list| string(list.strip_prefix('[')?.trim_start())).map(str::to_owned);
        attempts.push(attempt);
    }
    let start = head.into_iter().chain(text.find('{')).min().unwrap_or(0);
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    Some(Undressed { covers: Span::new(start, text.len()), attempts })
}

/// `rejectedErrors` holds an error with a response for each recipient.
fn refused(text: &str, known: &Attempt) -> Vec<Attempt> {
    let Some((_, list)) = text.split_once("rejectedErrors") else { return Vec::new() };
    let mut attempts = Vec::new();
    let mut rest = list;
    while let Some(response) = property(rest, "response").filter(|_| attempts.len() < MOST) {
        let mut attempt = known.clone();
        let Some((pieces, behind)) = quoted(response) else { break };
        tell_pieces(&mut attempt, text, &pieces);
        answers(&mut attempt, Some("RCPT TO"));
        // The recipient stands before the next error's response.
        let own = property(behind, "response").map_or(behind, |next| super::parts::from_to(behind, behind, next));
        attempt.recipient = property(own, "recipient").and_then(string).map(str::to_owned);
        attempt.place = Some(span_of(text, super::parts::from_to(response, response, &own[own.len()..])));
        let Some(recipient) = &attempt.recipient else { break };
        if attempts.iter().all(|other: &Attempt| other.recipient.as_ref() != Some(recipient)) {
            attempts.push(attempt);
        }
        rest = behind;
    }
    if let [only] = attempts.as_mut_slice() {
        only.place = None;
    }
    attempts
}

/// The server's words: the response, or the message behind what Nodemailer puts before it.
fn words(attempt: &mut Attempt, text: &str, head: Option<usize>) {
    answers(attempt, property(text, "command").and_then(string).and_then(command));
    if let Some((pieces, _)) = property(text, "response").and_then(quoted) {
        tell_pieces(attempt, text, &pieces);
    } else if let Some(head) = head {
        let error = message(&text[head..]);
        let stop = error.find(" {\n").or_else(|| error.find("]\n")).unwrap_or(error.len());
        let error = error[..stop].trim_end_matches([']', ' ']);
        let reply = error.match_indices(": ").map(|(at, _)| &error[at + 2..]).find(|words| opening_code(words).is_some());
        tell(attempt, text, reply.unwrap_or_else(|| error.strip_prefix("Error: ").unwrap_or(error)));
        if attempt.reply.command.is_none() && error.starts_with("Invalid login") {
            answers(attempt, Some("AUTH"));
        }
    }
    if let Some(code) = property(text, "responseCode").map(|code| digits(code.trim_start_matches(['\'', '"'])))
        && attempt.told.iter().all(|told| opening_code(told.of(text)).is_none())
    {
        dressed_code(attempt, text, code);
    }
}

/// `errno: -111, syscall: 'connect', address: '203.0.113.7', port: 587`.
fn connection(attempt: &mut Attempt, text: &str) {
    if let Some(number) = property(text, "errno").map(|number| digits(number.trim_start_matches('-'))) {
        system_number(attempt, text, number);
    }
    match property(text, "syscall").and_then(string) {
        Some("connect") => attempt.phase = Some(Phase::Connect),
        Some(name) if name.starts_with("getaddrinfo") || name.starts_with("query") => attempt.phase = Some(Phase::Dns),
        _ => {}
    }
    for name in ["hostname", "address"] {
        if let Some(host) = property(text, name).and_then(string) {
            remote(host, &mut attempt.parties);
        }
    }
    if let Some(port) = property(text, "port").and_then(|port| digits(port).parse().ok()) {
        attempt.parties.port = Some(port);
    }
}

/// What stands behind `name: ` or `"name":`.
fn property<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    properties(text, name).next()
}

fn properties<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    text.match_indices(name).filter_map(|(at, found)| {
        let opens = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ',' | '"' | '\''));
        let behind = &text[at + found.len()..];
        let behind = behind.strip_prefix(['"', '\'']).unwrap_or(behind).strip_prefix(':')?;
        opens.then(|| behind.trim_start_matches([' ', '\n', '\r', '\t']))
    })
}

/// A short string in quotes.
fn string(value: &str) -> Option<&str> {
    let value = start_of(value, 400);
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    value[1..].split_once(quote).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(text: &'a str, attempt: &Attempt) -> Vec<&'a str> {
        attempt.told.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn objects_and_stacks() {
        for (text, words, command) in [
            (
                "{ [Error: Message failed: 550 5.7.1 Spam]\n  code: 'EMESSAGE',\n  response: '550 5.7.1 Spam',\n  responseCode: 550,\n  command: 'DATA' }",
                vec!["550 5.7.1 Spam"],
                Some("DATA"),
            ),
            (
                "Error: Invalid login: 535-5.7.8 Username and Password not accepted.\n535 5.7.8 See help\n    at SMTPConnection._formatError (/srv/a.js:1:1)",
                vec!["535-5.7.8 Username and Password not accepted.\n535 5.7.8 See help"],
                Some("AUTH"),
            ),
            (
                "  code: 'EENVELOPE',\n  response: '550-5.1.1 Nobody\\n' +\n    '550 5.1.1 here',\n  command: 'RCPT TO',\n  rejected: [ 'a@example.com' ]",
                vec!["550-5.1.1 Nobody", "550 5.1.1 here"],
                Some("RCPT TO"),
            ),
            (
                "{\"code\":\"EAUTH\",\"response\":\"535 Wrong\",\"responseCode\":535,\"command\":\"AUTH PLAIN\"}",
                vec!["535 Wrong"],
                Some("AUTH"),
            ),
        ] {
            let undressed = take_off(text).unwrap();
            assert_eq!(told(text, &undressed.attempts[0]), words, "{text}");
            assert_eq!(undressed.attempts[0].reply.command, command, "{text}");
        }
        assert!(take_off("Error: no such user").is_none());
    }

    #[test]
    fn no_connection() {
        let text = "Error: connect ECONNREFUSED 203.0.113.7:587\n    at TCPConnectWrap.afterConnect {\n  errno: -111,\n  code: 'ESOCKET',\n  syscall: 'connect',\n  address: '203.0.113.7',\n  port: 587,\n  command: 'CONN'\n}";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(told(text, attempt), ["connect ECONNREFUSED 203.0.113.7:587"]);
        assert_eq!(attempt.number.as_ref().unwrap().written, "111");
        assert_eq!((attempt.parties.remote_ip.as_deref(), attempt.parties.port), (Some("203.0.113.7"), Some(587)));
        assert_eq!(attempt.phase, Some(Phase::Connect));
    }

    #[test]
    fn every_rejected_recipient() {
        let text = "{ code: 'EENVELOPE', rejected: [ 'a@example.com', 'b@example.com' ], rejectedErrors: [\n { code: 'EENVELOPE', response: '550 Nobody', responseCode: 550, command: 'RCPT TO', recipient: 'a@example.com' },\n { response: '452 Full', responseCode: 452, recipient: 'b@example.com' } ] }";
        let attempts = take_off(text).unwrap().attempts;
        let seen: Vec<_> = attempts.iter().map(|a| (a.recipient.as_deref().unwrap(), told(text, a)[0])).collect();
        assert_eq!(seen, [("a@example.com", "550 Nobody"), ("b@example.com", "452 Full")]);
        assert!(attempts[0].place.unwrap().end <= attempts[1].told[0].start);
    }
}
