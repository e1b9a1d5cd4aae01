//! What several dresses share: places, fields of log lines, hosts with their addresses, commands, quoted strings, the
//! sentences of Postfix and Exim, dialogues, numbers of systems.
//!
//! Pieces are passed as parts of the text that was given; [`span_of`] tells where they stand. Whatever looks ahead is
//! bounded, so that a text of a million opened brackets takes linear time.

use crate::classify::phase_of;
use crate::read::text::bare;
use crate::{Attempt, Number, Parties, Span};
use mailwhy_knowledge::{Modifier, Phase};
use std::net::IpAddr;

/// So far is looked for a host, an address or a command.
const NEAR: usize = 320;

/// Where `piece`, a part of `text`, stands in it.
pub(super) fn span_of(text: &str, piece: &str) -> Span {
    let start = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    Span::new(start, start + piece.len())
}

/// What `text` holds between the starts of `from` and `to`, both parts of it.
pub(super) fn from_to<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.get(span_of(text, from).start..span_of(text, to).start).unwrap_or_default()
}

/// What stands behind `mark`.
pub(super) fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

/// The start of `text`, as far as `most` bytes.
pub(super) fn start_of(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The end of `text`, as far as `most` bytes.
pub(super) fn end_of(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The first line of `text`.
pub(super) fn line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The digits at the start.
pub(super) fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// The words one after the other, with any white space between them, since mail programs wrap their lines: what stands
/// before and behind. The first word opens the text or stands behind white space.
pub(super) fn find_words<'a>(text: &'a str, words: &[&str]) -> Option<(&'a str, &'a str)> {
    let (first, rest) = words.split_first()?;
    text.match_indices(first).find_map(|(at, _)| {
        let opens = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '>');
        let behind = opens.then(|| strip_words(&text[at + first.len()..], rest))??;
        Some((&text[..at], behind))
    })
}

/// The same, the last time that they stand there.
pub(super) fn find_last_words<'a>(text: &'a str, words: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut found = find_words(text, words)?;
    while let Some((_, behind)) = find_words(found.1, words) {
        // The words end where their rest starts; so does what stands before them.
        let between = from_to(text, found.1, behind);
        let opening = words.first().and_then(|word| between.rfind(word)).unwrap_or(0);
        let at = text.len() - found.1.len() + opening;
        found = (&text[..at], behind);
    }
    Some(found)
}

/// What stands behind the words, if the text opens with them.
pub(super) fn strip_words<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().try_fold(text, |rest, word| rest.trim_start_matches([' ', '\t', '\r', '\n', '>']).strip_prefix(word))
}

/// What stands before and behind the first colon that ends a word.
pub(super) fn at_colon(text: &str) -> Option<(&str, &str)> {
    let near = start_of(text, NEAR * 2);
    let at = near.match_indices(':').map(|(at, _)| at).find(|at| text[at + 1..].chars().next().is_none_or(char::is_whitespace))?;
    Some((&text[..at], text[at + 1..].trim_start()))
}

/// The value of `name=value` in a log line, without its angle brackets. `name` is given with its `=`.
pub(super) fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let opens = |at: &usize| *at == 0 || matches!(line.as_bytes()[at - 1], b' ' | b',' | b';' | b'(' | b'\t' | b'\n');
    let at = line.match_indices(name).map(|(at, _)| at).find(opens)?;
    let value = &line[at + name.len()..];
    match value.strip_prefix('<') {
        Some(inside) => inside.split_once('>').map(|(address, _)| address),
        None => value.split([',', ' ', ';', ')', '\t', '\r', '\n']).next(),
    }
}

/// The address in the first angle brackets; `""` is the null reverse-path.
pub(super) fn in_angles(text: &str) -> Option<&str> {
    let (_, inside) = start_of(text, NEAR).split_once('<')?;
    let (address, _) = inside.split_once('>')?;
    (!address.contains(char::is_whitespace)).then_some(address)
}

/// Is it an e-mail address and nothing else?
pub(super) fn is_address(word: &str) -> bool {
    let word = word.trim_matches(['<', '>']);
    word.len() < NEAR
        && word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.len() > 1)
        && !word.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | ','))
}

/// The address that the text opens with, with or without angle brackets.
pub(super) fn first_address(text: &str) -> Option<&str> {
    let word = start_of(text.trim_start(), NEAR).split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'')).next()?;
    let word = word.trim_matches(['<', '>', '*', '.', ':']);
    is_address(word).then_some(word)
}

/// `mx.example.com[203.0.113.7]:25`, `mx.example.com [203.0.113.7]`, `mx.example.com (203.0.113.7)`, `smtp.example.com:587`,
/// `ssl://smtp.example.com:465`: the host, its address and its port. What stands there and is no host is passed over.
pub(super) fn remote(words: &str, parties: &mut Parties) {
    let words = start_of(words.trim_start(), NEAR);
    let words = words.split_once("://").filter(|(scheme, _)| scheme.len() < 8).map_or(words, |(_, rest)| rest);
    let end = words.find(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | ',' | ';' | '"' | '\'' | ')')).unwrap_or(words.len());
    let (name, rest) = words.split_at(end);
    let name = name.trim_end_matches(['.', ':']);
    let (name, port) = match name.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && !port.is_empty() && digits(port) == port => (host, port.parse().ok()),
        _ => (name, None),
    };
    parties.port = port.or(parties.port);
    if name.parse::<IpAddr>().is_ok() {
        parties.remote_ip = Some(name.to_owned());
    } else if is_host(name) {
        parties.remote_mta = Some(name.to_owned());
    }
    if let Some(inside) = rest.trim_start().strip_prefix(['[', '('])
        && let Some((ip, behind)) = inside.split_once([']', ')', ','])
        && let Some(ip) = ip_of(ip)
    {
        parties.remote_ip = Some(ip.to_owned());
        let port = behind.strip_prefix(':').map(digits).and_then(|port| port.parse().ok());
        parties.port = port.or(parties.port);
    }
}

/// The address in `[203.0.113.7]` or `[IPv6:2001:db8::7]`.
pub(super) fn ip_in_brackets(text: &str) -> Option<&str> {
    let near = start_of(text, NEAR);
    near.split('[').skip(1).filter_map(|inside| inside.split_once(']')).find_map(|(ip, _)| ip_of(ip))
}

fn ip_of(words: &str) -> Option<&str> {
    let ip = words.trim();
    let ip = ip.strip_prefix("IPv6:").unwrap_or(ip);
    ip.parse::<IpAddr>().is_ok().then_some(ip)
}

fn is_host(name: &str) -> bool {
    name.len() < 254
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        && name.bytes().any(|b| b.is_ascii_alphanumeric())
        && !matches!(name, "none" | "local" | "unknown")
}

/// Which command the words name: `RCPT TO:<user@example.com>`, `end of data`, `DATA END`, `MAIL`.
pub(super) fn command(words: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 16] = [
        ("pipelined end of data", "end of DATA"),
        ("end of data", "end of DATA"),
        ("end-of-message", "end of DATA"),
        ("data end", "end of DATA"),
        ("pipelined rcpt", "RCPT TO"),
        ("rcpt", "RCPT TO"),
        ("pipelined mail", "MAIL FROM"),
        ("mail", "MAIL FROM"),
        ("pipelined data", "DATA"),
        ("data", "DATA"),
        ("ehlo", "EHLO"),
        ("helo", "EHLO"),
        ("lhlo", "EHLO"),
        ("auth", "AUTH"),
        ("starttls", "STARTTLS"),
        ("quit", "QUIT"),
    ];
    let words: Vec<String> = start_of(words.trim_start(), 60).split_whitespace().take(4).map(str::to_lowercase).collect();
    let words = words.join(" ");
    let fits = |name: &str| words.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    NAMES.iter().find(|(name, _)| fits(name)).map(|(_, command)| *command)
}

/// The reply answers this command; that tells the phase.
pub(super) fn answers(attempt: &mut Attempt, command: Option<&'static str>) {
    if let Some(command) = command {
        attempt.reply.command = Some(command);
        attempt.phase = phase_of(command);
    }
}

/// The reply code that the words open with.
pub(super) fn opening_code(words: &str) -> Option<u16> {
    let digits = digits(start_of(words, 8));
    let code = digits.parse::<u16>().ok().filter(|code| digits.len() == 3 && (200..600).contains(code))?;
    words[3..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '-' | ':' | '#' | ',' | ';')).then_some(code)
}

/// The words of a server, to be classified. A reply code or an enhanced code that the dress tells stands in only where
/// the words have none, since the words are the server's own.
pub(super) fn tell(attempt: &mut Attempt, text: &str, words: &str) {
    let words = words.trim();
    attempt.told = if words.is_empty() { Vec::new() } else { vec![span_of(text, words)] };
}

/// The reply code in the dress: `SMTP code: 550`, `(550, b'…')`.
pub(super) fn dressed_code(attempt: &mut Attempt, text: &str, written: &str) {
    let code = opening_code(written).filter(|_| written.len() == 3);
    attempt.reply.code = code.map(|code| (code, span_of(text, written))).or(attempt.reply.code);
}

/// The enhanced code in the dress: `dsn=5.1.1`, `Status: 5.1.1`. To be called when the words are known.
pub(super) fn dressed_enhanced(attempt: &mut Attempt, text: &str, written: &str) {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let own = |words: &str| words.split(|c| !is_number(c)).any(|w| bare::parse_enhanced(w.trim_matches('.')).is_some());
    if !attempt.told.iter().any(|span| own(start_of(span.of(text), 2048))) {
        attempt.reply.enhanced = bare::parse_enhanced(written).map(|code| (code, span_of(text, written)));
    }
}

/// A number that a program got from its system, such as the `111` of `Connection refused (111)`.
pub(super) fn system_number(attempt: &mut Attempt, text: &str, written: &str) {
    let readings = bare::readings(written, true);
    if !readings.is_empty() && written.len() < 8 {
        attempt.number = Some(Number { written: written.to_owned(), span: span_of(text, written), readings });
        attempt.modifiers.push(Modifier::NotSmtp);
    }
}

/// The number behind `mark`, up to `close`: `[Errno 111]`, `(111)`.
pub(super) fn number_in<'a>(text: &'a str, mark: &str, close: char) -> Option<&'a str> {
    text.match_indices(mark).find_map(|(at, _)| {
        let behind = &text[at + mark.len()..];
        let number = digits(start_of(behind, 8));
        (!number.is_empty() && behind[number.len()..].starts_with(close)).then_some(number)
    })
}

/// A message without the stack trace behind it.
pub(super) fn message(text: &str) -> &str {
    const TRACES: [&str; 15] = [
        "\n\tat ",
        "\n   at ",
        "\n    at ",
        "\r\n\tat ",
        "\r\n   at ",
        "\r\n    at ",
        "\n#0 ",
        "\n[stacktrace]",
        "\nStack trace:",
        "\nTraceback (most recent call last)",
        "\nCaused by:",
        " {\"exception\"",
        "\n   --- End of ",
        "\ngoroutine ",
        " ---> ",
    ];
    let end = TRACES.iter().filter_map(|trace| text.find(trace)).min().unwrap_or(text.len());
    text[..end].trim()
}

/// A quoted string: its pieces between escapes of line ends, and what stands behind it. `text` opens with the quote. The
/// escapes `\n` and `\r` are left out of the pieces, and so is the seam of a string that a program prints in parts.
pub(super) fn quoted(text: &str) -> Option<(Vec<&str>, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let mut pieces = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut start) = (1, 1);
    while let Some(byte) = bytes.get(at) {
        if *byte == b'\\' && matches!(bytes.get(at + 1), Some(b'n' | b'r')) {
            pieces.push(&text[start..at]);
            at += 2;
            start = at;
        } else if *byte == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii) {
            at += 2;
        } else if *byte == quote as u8 {
            pieces.push(&text[start..at]);
            let behind = &text[at + 1..];
            // 'first line\n' +⏎  'second line'
            let Some(next) = strip_words(behind, &["+"]).map(str::trim_start).filter(|next| next.starts_with(quote)) else {
                pieces.retain(|piece| !piece.trim().is_empty());
                return Some((pieces, behind));
            };
            at = text.len() - next.len() + 1;
            start = at;
        } else {
            at += 1;
        }
    }
    None
}

/// Several pieces of a server's words.
pub(super) fn tell_pieces(attempt: &mut Attempt, text: &str, pieces: &[&str]) {
    attempt.told = pieces.iter().map(|piece| span_of(text, piece).trim(text)).filter(|span| !span.is_empty()).collect();
}

/// Why Postfix could not deliver: `host mx.example.com[203.0.113.7] said: 550 … (in reply to RCPT TO command)`,
/// `connect to mx.example.com[203.0.113.7]:25: Connection timed out`, `lost connection with …`.
pub(super) fn postfix_reason(attempt: &mut Attempt, text: &str, reason: &str) {
    let mut reason = reason.trim();
    if let Some(rest) = strip_words(reason, &["delivery", "temporarily", "suspended:"]) {
        reason = rest.trim_start();
    }
    if host_said(attempt, text, reason) {
        return;
    }
    tell(attempt, text, reason);
    if let Some(rest) = strip_words(reason, &["connect", "to"]) {
        remote(rest, &mut attempt.parties);
        attempt.phase = Some(Phase::Connect);
    } else if let Some(rest) =
        strip_words(reason, &["lost", "connection", "with"]).or_else(|| strip_words(reason, &["conversation", "with"]))
    {
        remote(rest, &mut attempt.parties);
        if let Some((_, doing)) = find_words(rest, &["while"]) {
            let command_sent = strip_words(doing, &["sending"]).and_then(command);
            answers(attempt, command_sent);
            if find_words(start_of(doing, NEAR), &["greeting"]).is_some() {
                attempt.phase = Some(Phase::Banner);
            } else if find_words(start_of(doing, NEAR), &["handshake"]).is_some() {
                answers(attempt, Some("EHLO"));
            }
        }
    }
}

/// `host mx.example.com[203.0.113.7] said: 550 … (in reply to RCPT TO command)`, `… refused to talk to me: 554 …`.
pub(super) fn host_said(attempt: &mut Attempt, text: &str, words: &str) -> bool {
    let said = find_words(words, &["said:"]);
    let refused = find_words(words, &["refused", "to", "talk", "to", "me:"]);
    let greeting = match (&said, &refused) {
        (Some((before, _)), Some((earlier, _))) => earlier.len() < before.len(),
        (said, _) => said.is_none(),
    };
    let Some((before, behind)) = (if greeting { refused } else { said }) else { return false };
    let Some(host) = behind_host(before) else { return false };
    // Who asks another server about the sender quotes what it said of the sender: that is not the recipient's fault.
    if find_words(before, &["Sender", "address", "rejected:"]).is_some() {
        in_reply_to(attempt, text, words);
        return true;
    }
    remote(host, &mut attempt.parties);
    if greeting {
        attempt.phase = Some(Phase::Banner);
    }
    in_reply_to(attempt, text, behind);
    true
}

/// What stands behind the last word `host`, near the end.
fn behind_host(text: &str) -> Option<&str> {
    let near = end_of(text, NEAR);
    near.rmatch_indices("host").find_map(|(at, _)| {
        let opens = near[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_'));
        near[at + 4..].strip_prefix(char::is_whitespace).filter(|_| opens)
    })
}

/// The server's words up to `(in reply to RCPT TO command)`.
pub(super) fn in_reply_to(attempt: &mut Attempt, text: &str, words: &str) {
    match find_last_words(words, &["(in", "reply", "to"]) {
        Some((reply, behind)) => {
            answers(attempt, command(behind));
            tell(attempt, text, reply);
        }
        None => tell(attempt, text, words),
    }
}

/// Why Exim could not deliver: `SMTP error from remote mail server after RCPT TO:<…>: host mx.example.com [203.0.113.7]: 550 …`.
/// Old versions put the host before the sentence.
pub(super) fn exim_reason(attempt: &mut Attempt, text: &str, reason: &str) {
    tell(attempt, text, reason);
    let Some((before, behind)) = find_words(reason, &["SMTP", "error", "from", "remote", "mail", "server", "after"])
        .or_else(|| find_words(reason, &["SMTP", "error", "from", "remote", "mailer", "after"]))
    else {
        return;
    };
    if let Some(host) = behind_host(before) {
        remote(host, &mut attempt.parties);
    }
    answers(attempt, command(behind));
    if strip_words(behind, &["initial", "connection"]).is_some() {
        attempt.phase = Some(Phase::Banner);
    }
    let Some((stage, mut words)) = at_colon(behind) else { return };
    let address = in_angles(stage).map(str::to_owned);
    match attempt.reply.command {
        Some("RCPT TO") if attempt.recipient.is_none() => attempt.recipient = address,
        Some("MAIL FROM") if attempt.sender.is_none() => attempt.sender = address,
        _ => {}
    }
    if let Some(host) = strip_words(words, &["host"])
        && let Some((host, reply)) = at_colon(host)
    {
        remote(host, &mut attempt.parties);
        words = reply;
    }
    tell(attempt, text, words);
}

/// A dialogue of client and server, as programs log it: every recipient that was refused is an attempt; where none was,
/// the last refusal is.
#[derive(Debug, Default)]
pub(super) struct Dialogue {
    known: Attempt,
    command: Option<&'static str>,
    in_message: bool,
    recipients: Vec<Attempt>,
    last: Option<Attempt>,
}

impl Dialogue {
    /// One whose server is known.
    pub(super) fn with(parties: Parties) -> Dialogue {
        Dialogue { known: Attempt { parties, ..Attempt::default() }, ..Dialogue::default() }
    }

    /// A line of the client. Those of the message itself and of a login say nothing.
    pub(super) fn client(&mut self, line: &str) {
        let line = line.trim();
        if self.in_message {
            if line == "." {
                self.in_message = false;
                self.command = Some("end of DATA");
            }
            return;
        }
        let Some(command) = command(line) else { return };
        self.command = Some(command);
        match command {
            "MAIL FROM" => self.known.sender = in_angles(line).map(str::to_owned),
            "RCPT TO" => self.known.recipient = in_angles(line).map(str::to_owned),
            _ => {}
        }
    }

    /// The lines up to the next dot are the message.
    pub(super) fn in_message(&self) -> bool {
        self.in_message
    }

    /// A whole reply of the server, a part of `text`.
    pub(super) fn server(&mut self, text: &str, reply: &str) {
        let Some(code) = opening_code(reply) else { return };
        if self.command == Some("DATA") && code == 354 {
            self.in_message = true;
        }
        if code < 400 {
            return;
        }
        let mut attempt = self.known.clone();
        match self.command {
            Some(_) => answers(&mut attempt, self.command),
            None => attempt.phase = Some(Phase::Banner),
        }
        tell(&mut attempt, text, reply);
        match self.command {
            Some("RCPT TO") => self.recipients.push(attempt),
            // What answers to these changes nothing any more.
            Some("QUIT") => {}
            _ => self.last = Some(attempt),
        }
    }

    /// What failed, and what is known at the end.
    pub(super) fn end(self) -> (Vec<Attempt>, Attempt) {
        let mut failed: Vec<Attempt> = if self.recipients.is_empty() { self.last.into_iter().collect() } else { self.recipients };
        if failed.len() > 1 {
            failed.iter_mut().for_each(|attempt| attempt.place = attempt.told.first().copied());
        }
        let mut known = self.known;
        answers(&mut known, self.command);
        (failed, known)
    }
}

/// The reply that `text` opens with: after a code with a hyphen the next line belongs to it, if a code opens that too.
pub(super) fn reply_lines(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.trim_start();
        if end > 0 && opening_code(plain).is_none() {
            break;
        }
        end += line.len();
        if opening_code(plain).is_none() || plain.as_bytes().get(3) != Some(&b'-') {
            break;
        }
    }
    text[..end].trim()
}
