//! PHPMailer, and WordPress and the many sites around it: `SMTP Error: …`, `Mailer Error: …`, with and without the
//! transcript of `SMTPDebug`.

use super::parts::{
    Dialogue, after, answers, command, digits, dressed_code, dressed_enhanced, first_address, from_to, line, number_in, opening_code,
    remote, reply_lines, span_of, system_number, tell,
};
use super::{Dress, Undressed};
use crate::{Attempt, Parties, Span};
use mailwhy_knowledge::Phase;

pub(super) static DRESS: Dress = Dress { id: "phpmailer", name: "PHPMailer", take_off };

/// One of them is in every error of PHPMailer.
const SIGNS: [&str; 10] = [
    "SMTP Error: ",
    "SMTP ERROR: ",
    "SMTP -> ERROR: ",
    "Mailer Error: ",
    "SMTP server error: ",
    "Additional SMTP info:",
    "SMTP code: ",
    "CLIENT -> SERVER: ",
    "SERVER -> CLIENT: ",
    "Failed to connect to server",
];

fn take_off(text: &str) -> Option<Undressed> {
    let start = SIGNS.iter().filter_map(|sign| text.find(sign)).min()?;
    let attempts = dialogue(text).or_else(|| recipients(text)).unwrap_or_else(|| vec![single(text)]);
    Some(Undressed { covers: Span::new(line_start(text, start), text.len()), attempts })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The transcript: `CLIENT -> SERVER: RCPT TO:<…>`, `SERVER -> CLIENT: 550 …`.
fn dialogue(text: &str) -> Option<Vec<Attempt>> {
    const CLIENT: &str = "CLIENT -> SERVER: ";
    const SERVER: [&str; 2] = ["SERVER -> CLIENT: ", "SMTP -> FROM SERVER:"];
    if !text.contains(CLIENT) && !SERVER.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut parties = Parties::default();
    if let Some(host) = after(text, "Connection: opening to ") {
        remote(host, &mut parties);
    }
    let mut dialogue = Dialogue::with(parties);
    for piece in text.split_inclusive('\n') {
        if let Some(said) = after(piece, CLIENT) {
            dialogue.client(said);
        } else if let Some(reply) = SERVER.iter().find_map(|mark| after(piece, mark)) {
            let start = span_of(text, reply.trim_start()).start;
            dialogue.server(text, reply_lines(&text[start..]));
        }
    }
    let (mut failed, known) = dialogue.end();
    if failed.is_empty() {
        // The server refused nothing: PHPMailer itself says why, and the dialogue what came before.
        failed.push(known.with_inner(single(text), 0));
    }
    Some(failed)
}

/// `The following recipients failed: a@example.com: 5.1.1 …`
fn recipients(text: &str) -> Option<Vec<Attempt>> {
    let list = after(text, "The following recipients failed: ").or_else(|| after(text, "recipients failed: "))?;
    let list = list.split("SMTP server error: ").next().unwrap_or(list);
    // `a@example.com: `, at the start or behind white space or a comma.
    let words = list.split_inclusive(|c: char| c.is_whitespace() || c == ',');
    let starts: Vec<&str> = words
        .filter(|word| word.trim_end().ends_with(':') && first_address(word).is_some())
        .map(|word| &list[span_of(list, word).start..])
        .collect();
    let several = starts.len() > 1;
    let mut attempts = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let piece = starts.get(n + 1).map_or(*start, |next| from_to(list, start, next));
        let piece = if several || !piece.contains('\n') { piece } else { line(piece) };
        let (address, words) = piece.split_once(": ")?;
        let mut attempt = Attempt { recipient: first_address(address).map(str::to_owned), ..Attempt::default() };
        answers(&mut attempt, Some("RCPT TO"));
        tell(&mut attempt, text, words.trim_end_matches([' ', ',', '\r', '\n']));
        attempt.place = several.then(|| span_of(text, piece));
        if !several {
            outside(text, &mut attempt);
        }
        attempts.push(attempt);
    }
    (!attempts.is_empty()).then_some(attempts)
}

/// One error, in whatever form.
fn single(text: &str) -> Attempt {
    let mut attempt = Attempt::default();
    if let Some((before, reply)) = text.rsplit_once(" command failed: ").or_else(|| text.rsplit_once(" from server: ")) {
        answers(&mut attempt, failed_command(before));
        tell(&mut attempt, text, reply_lines(reply));
    }
    if let Some((before, detail)) = text.split_once("Detail: ") {
        if attempt.reply.command.is_none() {
            answers(&mut attempt, before.trim_end().strip_suffix(" command failed").and_then(failed_command));
        }
        let detail = detail.split("SMTP code: ").next().unwrap_or(detail).split("Additional SMTP info:").next().unwrap_or(detail);
        tell(&mut attempt, text, detail);
    }
    if attempt.told.is_empty() {
        // `SMTP Error: 550 …` hands the server's words on; everything else behind these marks is PHPMailer's own.
        let handed_on = ["SMTP Error: ", "Mailer Error: "].iter().filter_map(|mark| after(text, mark));
        if let Some(words) = handed_on.into_iter().find(|words| opening_code(words).is_some()) {
            tell(&mut attempt, text, reply_lines(words));
        }
    }
    if let Some(words) = after(text, "Failed to connect to server") {
        attempt.phase = Some(Phase::Connect);
        if let Some(number) = number_in(line(words), "(", ')') {
            system_number(&mut attempt, text, number);
        }
    }
    outside(text, &mut attempt);
    attempt
}

/// What stands outside of the server's words: `SMTP code: 550 Additional SMTP info: 5.1.1`.
fn outside(text: &str, attempt: &mut Attempt) {
    let Some(behind) = text.rsplit_once("SMTP code: ").map(|(_, behind)| behind) else { return };
    let number = digits(behind);
    if opening_code(number).is_some() {
        if attempt.told.iter().all(|told| opening_code(told.of(text)).is_none()) {
            dressed_code(attempt, text, number);
        }
    } else if attempt.number.is_none() {
        system_number(attempt, text, number);
    }
    if let Some(info) = after(behind, "Additional SMTP info: ") {
        let code = info.split(|c: char| !(c.is_ascii_digit() || c == '.')).next().unwrap_or_default();
        dressed_enhanced(attempt, text, code.trim_end_matches('.'));
    }
}

/// `RCPT TO`, `DATA END`, `Password`: what PHPMailer calls the command before these words.
fn failed_command(before: &str) -> Option<&'static str> {
    let name = before.rsplit(['\n', ':', '>']).next()?.trim();
    match name {
        "Username" | "Password" | "User & Password" | "Authentication" => Some("AUTH"),
        _ if name.ends_with("not accepted") || name.starts_with("Password") => Some("AUTH"),
        _ => command(name),
    }
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
    fn the_words_are_found() {
        for (text, told, command) in [
            ("SMTP ERROR: RCPT TO command failed: 550 5.1.1 No such user", "550 5.1.1 No such user", Some("RCPT TO")),
            ("SMTP ERROR: Password command failed: 535 Incorrect\nSMTP Error: Could not authenticate.", "535 Incorrect", Some("AUTH")),
            (
                "SMTP ERROR: DATA END command failed: 550-5.7.26 Not\n550 5.7.26 signed\nfoo",
                "550-5.7.26 Not\n550 5.7.26 signed",
                Some("end of DATA"),
            ),
            (
                "SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: Spam SMTP code: 554 Additional SMTP info: 5.7.1",
                "Spam",
                Some("end of DATA"),
            ),
            ("SMTP Error: The following recipients failed: a@example.com: No such user\n", "No such user", Some("RCPT TO")),
            ("SMTP Error: 550 Please log in", "550 Please log in", None),
        ] {
            let attempt = only(text);
            assert_eq!(attempt.told.iter().map(|span| span.of(text)).collect::<Vec<_>>(), [told], "{text}");
            assert_eq!(attempt.reply.command, command, "{text}");
        }
    }

    #[test]
    fn numbers_of_the_system_and_codes() {
        let refused = only("SMTP server error: Failed to connect to server SMTP code: 111 Additional SMTP info: Connection refused");
        assert_eq!(refused.number.unwrap().written, "111");
        assert_eq!(refused.phase, Some(Phase::Connect));
        let spam = only("SMTP server error: DATA END command failed Detail: Spam SMTP code: 554 Additional SMTP info: 5.7.1");
        assert_eq!(spam.reply.code.map(|c| c.0), Some(554));
        assert_eq!(spam.reply.enhanced.map(|c| c.0.to_string()).as_deref(), Some("5.7.1"));
        assert_eq!(only("SMTP ERROR: Failed to connect to server: Connection refused (111)").number.unwrap().written, "111");
    }

    #[test]
    fn a_transcript_tells_the_parties() {
        let text = "2026-11-24 10:00:00 Connection: opening to smtp.example.com:587, timeout=300, options=array()\n\
            2026-11-24 10:00:01 SERVER -> CLIENT: 220 smtp.example.com ESMTP\n\
            2026-11-24 10:00:01 CLIENT -> SERVER: MAIL FROM:<from@example.org>\n\
            2026-11-24 10:00:01 SERVER -> CLIENT: 250 Ok\n\
            2026-11-24 10:00:01 CLIENT -> SERVER: RCPT TO:<to@example.com>\n\
            2026-11-24 10:00:02 SERVER -> CLIENT: 550 5.1.1 No such user\n\
            2026-11-24 10:00:02 SMTP ERROR: RCPT TO command failed: 550 5.1.1 No such user\n\
            2026-11-24 10:00:02 CLIENT -> SERVER: QUIT\n\
            2026-11-24 10:00:02 SERVER -> CLIENT: 221 Bye\n";
        let attempt = only(text);
        assert_eq!(attempt.told[0].of(text), "550 5.1.1 No such user");
        assert_eq!(attempt.parties.remote_mta.as_deref(), Some("smtp.example.com"));
        assert_eq!(attempt.parties.port, Some(587));
        assert_eq!((attempt.sender.as_deref(), attempt.recipient.as_deref()), (Some("from@example.org"), Some("to@example.com")));
        assert_eq!(attempt.phase, Some(Phase::Rcpt));
    }

    #[test]
    fn several_recipients() {
        let text = "SMTP Error: The following recipients failed: a@example.com: No such user\r\nb@example.com: Mailbox full\r\n";
        let attempts = take_off(text).unwrap().attempts;
        let told: Vec<_> = attempts.iter().map(|a| (a.recipient.as_deref().unwrap(), a.told[0].of(text))).collect();
        assert_eq!(told, [("a@example.com", "No such user"), ("b@example.com", "Mailbox full")]);
    }
}
