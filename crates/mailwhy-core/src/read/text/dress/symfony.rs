//! Symfony Mailer, Swift Mailer and Laravel: `Expected response code "250" but got code "550", with message "550 …"`, alone,
//! in an exception, or in lines of `laravel.log`.

use super::parts::{after, answers, digits, dressed_code, line, message, number_in, opening_code, remote, span_of, system_number, tell};
use super::{Dress, Undressed};
use crate::{Attempt, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "symfony", name: "Symfony Mailer, Laravel", take_off };

const EXPECTED: &str = "Expected response code ";
const CONNECTION: [&str; 2] = ["Connection could not be established with host ", "Connection to \""];
/// So many entries of a log are looked at.
const MOST_ENTRIES: usize = 1000;

fn take_off(text: &str) -> Option<Undressed> {
    if !text.contains(EXPECTED) && !CONNECTION.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut attempts = Vec::new();
    let mut covers: Option<Span> = None;
    for entry in entries(text) {
        if let Some(mut attempt) = read_entry(text, entry) {
            let span = span_of(text, entry);
            attempt.place = Some(span);
            covers = Some(covers.map_or(span, |covered| covered.join(span)));
            attempts.push(attempt);
        }
    }
    if let [only] = attempts.as_mut_slice() {
        only.place = None;
    }
    Some(Undressed { covers: covers?, attempts })
}

/// The entries of a Laravel log, each with its stack trace; a text that is no log is one.
fn entries(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let stamped = line.strip_prefix('[').is_some_and(|rest| digits(rest).len() == 4 && rest[4..].starts_with('-'));
        if stamped && starts.len() < MOST_ENTRIES {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.is_empty() {
        return vec![text];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

fn read_entry(text: &str, entry: &str) -> Option<Attempt> {
    let mut attempt = Attempt::default();
    if let Some(behind) = after(entry, EXPECTED) {
        response(&mut attempt, text, behind);
        return Some(attempt);
    }
    let mark = CONNECTION.iter().find(|mark| entry.contains(**mark))?;
    let behind = message(after(entry, mark)?).trim_start_matches('"');
    remote(behind, &mut attempt.parties);
    attempt.phase = Some(Phase::Connect);
    // `smtp.example.com [Connection refused #111]`, `"ssl://smtp.example.com:465": stream_socket_client(): …`
    let words = match behind.find([' ', '"']) {
        Some(end) => behind[end..].trim_start_matches(['"', ':', ' ']),
        None => "",
    };
    let words = words.strip_prefix('[').and_then(|inside| inside.split_once(']')).map_or(words, |(inside, _)| inside);
    if let Some(number) = words.rsplit_once('#').map(|(_, number)| digits(number)).or_else(|| number_in(line(words), "(", ')')) {
        system_number(&mut attempt, text, number);
    }
    tell(&mut attempt, text, words);
    Some(attempt)
}

/// `"250/251/252" but got code "550", with message "550 …".`
fn response(attempt: &mut Attempt, text: &str, behind: &str) {
    let head = super::parts::start_of(behind, 200);
    let expected = head.trim_start_matches('"');
    // What was expected tells what was asked, as far as only one command is answered so.
    let command = match expected.split(|c: char| !(c.is_ascii_digit() || c == '/')).next() {
        Some("235" | "334" | "334/235") => Some("AUTH"),
        Some("354") => Some("DATA"),
        Some("250/251/252") => Some("RCPT TO"),
        _ => None,
    };
    answers(attempt, command);
    let code = after(head, "but got code ").map(|code| digits(code.trim_start_matches('"'))).unwrap_or_default();
    match after(head, "with message ") {
        Some(words) => {
            let start = span_of(text, words).start;
            let behind = &behind[start - span_of(text, behind).start..];
            tell(attempt, text, message(quotation(behind)));
            if attempt.told.iter().all(|told| opening_code(told.of(text)).is_none()) {
                dressed_code(attempt, text, code);
            }
        }
        None => dressed_code(attempt, text, code),
    }
}

/// What stands in quotes. The server's words may have quotes of their own: the last one is followed by a mark, by the
/// end, or by what PHP puts behind a message.
fn quotation(text: &str) -> &str {
    let inside = text.strip_prefix('"').unwrap_or(text);
    const BEHIND: [&str; 5] = [" {", " in /", " at /", " in C:", " (code"];
    let closes = |at: &usize| {
        let behind = &inside[at + 1..];
        behind.is_empty()
            || behind.starts_with(['.', '\r', '\n', '"', ')', '<', '\'', '\\'])
            || BEHIND.iter().any(|b| behind.starts_with(b))
    };
    let end = inside.match_indices('"').map(|(at, _)| at).find(closes);
    &inside[..end.unwrap_or(inside.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_found() {
        for (text, told, command) in [
            (
                "Expected response code \"250/251/252\" but got code \"550\", with message \"550 5.1.1 No \"such\" user\".",
                "550 5.1.1 No \"such\" user",
                Some("RCPT TO"),
            ),
            (
                "Swift_TransportException: Expected response code 250 but got code \"550\", with message \"550-5.7.26 Not\r\n550 5.7.26 signed\r\n\" in /srv/a.php:9",
                "550-5.7.26 Not\r\n550 5.7.26 signed",
                None,
            ),
            (
                "[2026-11-24 10:00:00] production.ERROR: Expected response code \"354\" but got code \"550\", with message \"550 No\". {\"exception\":\"[object] (Symfony\\\\Component\\\\Mailer\\\\Exception\\\\TransportException(code: 550): Expected response code \\\"354\\\" but got code \\\"550\\\", with message \\\"550 No\\\". at /srv/a.php:9)\n[stacktrace]\n#0 /srv/b.php(1)\n",
                "550 No",
                Some("DATA"),
            ),
            (
                "Failed to authenticate on SMTP server with username \"me\" using the following authenticators: \"LOGIN\". Authenticator \"LOGIN\" returned \"Expected response code \"235\" but got code \"535\", with message \"535 5.7.8 Wrong\".\".",
                "535 5.7.8 Wrong",
                Some("AUTH"),
            ),
        ] {
            let undressed = take_off(text).unwrap();
            assert_eq!(undressed.attempts.len(), 1);
            let attempt = &undressed.attempts[0];
            assert_eq!(attempt.told.iter().map(|span| span.of(text)).collect::<Vec<_>>(), [told], "{text}");
            assert_eq!(attempt.reply.command, command, "{text}");
        }
        assert!(take_off("550 no such user").is_none());
    }

    #[test]
    fn no_connection() {
        let text = "Connection could not be established with host \"ssl://smtp.example.com:465\": stream_socket_client(): Unable to connect to ssl://smtp.example.com:465 (Connection refused)";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(attempt.parties.remote_mta.as_deref(), Some("smtp.example.com"));
        assert_eq!(attempt.parties.port, Some(465));
        assert!(attempt.told[0].of(text).starts_with("stream_socket_client"));
        let text = "Connection could not be established with host smtp.example.com [Connection refused #111]";
        let attempt = &take_off(text).unwrap().attempts[0];
        assert_eq!(attempt.number.as_ref().unwrap().written, "111");
        assert_eq!(attempt.told[0].of(text), "Connection refused #111");
    }

    #[test]
    fn a_log_of_two_failures() {
        let entry = |code: u16| {
            format!(
                "[2026-11-24 10:00:00] local.ERROR: Expected response code \"250\" but got code \"{code}\", with message \"{code} No\".\n#0 x\n"
            )
        };
        let text = entry(550) + &entry(451);
        let undressed = take_off(&text).unwrap();
        assert_eq!(undressed.attempts.iter().map(|a| a.told[0].of(&text)).collect::<Vec<_>>(), ["550 No", "451 No"]);
        assert_eq!(undressed.covers.len(), text.len());
    }
}
