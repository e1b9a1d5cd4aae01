//! Reads evidence once, from left to right, and makes of it what can be matched: folded words, with addresses, links,
//! hosts and IP addresses as one mark each, and the codes and parties on the side.
//!
//! A host called *spambouncer* or an address *does-not-exist@…* must not speak, so their words are quiet: only a
//! speaker's own phrases may use them. Codes are no words at all, so that `550-5.7.1 ` before every line of a long reply
//! does not tear its sentence apart.

use crate::Span;
use crate::attempt::Enhanced;
use mailwhy_knowledge::{fold::Folded, reply_code as reply_code_row};

/// What one reading of the evidence gives.
#[derive(Debug, Default)]
pub(crate) struct Lexed {
    /// The words.
    pub(crate) folded: Folded,
    /// Index of the first word of each line.
    pub(crate) lines: Vec<u32>,
    /// Lines that hold a code.
    pub(crate) lines_with_code: Vec<u32>,
    /// Reply codes.
    pub(crate) codes: Vec<(u16, Span)>,
    /// Enhanced codes.
    pub(crate) enhanced: Vec<(Enhanced, Span)>,
    /// IP addresses.
    pub(crate) ips: Vec<Span>,
    /// Host names.
    pub(crate) hosts: Vec<Span>,
    /// Links.
    pub(crate) urls: Vec<Span>,
    /// E-mail addresses.
    pub(crate) addresses: Vec<Span>,
}

/// How far a token is looked at: no address, host or link that matters is longer, and without a bound a text of one
/// endless token would take quadratic time.
const LONGEST_TOKEN: usize = 320;

/// So many words are read at the most: what tells the reason of a failure stands far before, and memory stays bounded.
const MOST_WORDS: usize = 1 << 20;

/// Plain text is folded in pieces of about this size at the most.
const LONGEST_PIECE: usize = 1 << 16;

/// Fields of a mail log whose values are not the server's words.
const LOG_FIELDS: [&str; 19] = [
    "relay", "to", "from", "orig_to", "ctladdr", "mailer", "xdelay", "pri", "qid", "delay", "delays", "conn_use", "uid", "pid", "size",
    "nrcpt", "msgid", "proto", "helo",
];

/// Header fields whose lines are not the server's words.
const HEADERS: [&str; 11] =
    ["to:", "cc:", "subject:", "subj:", "from:", "sent:", "date:", "message-id:", "delivered-to:", "reporting-mta:", "arrival-date:"];

/// Header fields that open the headers of the returned message: nothing behind them is the server's.
const RETURNED: [&str; 5] = ["DKIM-Signature: ", "Received: ", "Return-Path: ", "X-Received: ", "ARC-Seal: "];

/// Top-level domains beside those of two letters that make a dotted name a host.
const TOP_LEVEL: [&str; 22] = [
    "com",
    "net",
    "org",
    "edu",
    "gov",
    "mil",
    "info",
    "biz",
    "test",
    "local",
    "localdomain",
    "example",
    "invalid",
    "internal",
    "mobi",
    "cloud",
    "dev",
    "xyz",
    "online",
    "email",
    "app",
    "site",
];

impl Lexed {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.folded.clear();
        self.lines.clear();
        self.lines_with_code.clear();
        self.codes.clear();
        self.enhanced.clear();
        self.ips.clear();
        self.hosts.clear();
        self.urls.clear();
        self.addresses.clear();
    }

    /// Reads one piece of the evidence. `shift` is where `text` stands in it.
    pub(crate) fn read(&mut self, text: &str, shift: usize) {
        self.begin_line();
        Lexer { text, bytes: text.as_bytes(), shift, at: 0, plain: 0, after_host: false, lexed: self }.run();
    }

    fn begin_line(&mut self) {
        self.lines.push(self.folded.words().len() as u32);
    }

    /// The line of a word.
    pub(crate) fn line_of(&self, word: usize) -> usize {
        self.lines.partition_point(|first| *first as usize <= word).saturating_sub(1)
    }

    /// The place in the evidence of the words `first..=last`.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let words = self.folded.words();
        match (words.get(first), words.get(last)) {
            (Some(first), Some(last)) => Span::new(first.source_start as usize, last.source_end.max(first.source_end) as usize),
            _ => Span::default(),
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    shift: usize,
    at: usize,
    /// Start of the plain text that is not folded yet.
    plain: usize,
    /// The last thing read was the name of a host.
    after_host: bool,
    lexed: &'a mut Lexed,
}

impl Lexer<'_> {
    fn run(&mut self) {
        let mut line_start = true;
        while self.at < self.bytes.len() && self.lexed.folded.words().len() < MOST_WORDS {
            if line_start {
                line_start = false;
                if self.at > 30 && RETURNED.iter().any(|field| self.bytes[self.at..].starts_with(field.as_bytes())) {
                    break;
                }
                if let Some(end) = self.header_line() {
                    self.skip(end);
                    continue;
                }
            }
            let byte = self.bytes[self.at];
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.flush();
                    self.lexed.begin_line();
                    line_start = true;
                }
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.token(),
                b':' if self.bytes[self.at..].starts_with(b"::") => match ipv6(self.bytes, self.at) {
                    Some(end) => self.ip(end),
                    None => self.at += 1,
                },
                b'[' if self.bytes[self.at..].starts_with("[email\u{a0}protected]".as_bytes()) => self.hidden_address(18),
                b'[' if self.bytes[self.at..].starts_with(b"[email protected]") => self.hidden_address(17),
                b'{' | b'%' | b'$' => match placeholder(self.bytes, self.at) {
                    Some(end) => self.skip(end),
                    None => self.at += 1,
                },
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
        self.flush();
    }

    /// A token that starts with a letter or digit.
    fn token(&mut self) {
        let at = self.at;
        let bytes = self.bytes;
        if bytes[at].is_ascii_hexdigit()
            && let Some(end) = ipv6(bytes, at)
        {
            return self.ip(end);
        }
        if bytes[at].is_ascii_digit() {
            if let Some(end) = ipv4(bytes, at) {
                return self.ip(end);
            }
            if let Some((enhanced, end)) = enhanced(bytes, at) {
                self.flush();
                let span = self.span(at, end);
                self.lexed.enhanced.push((enhanced, span));
                self.line_has_code();
                self.at = end;
                self.plain = end;
                return;
            }
            if let Some(code) = reply_code(bytes, at) {
                self.flush();
                let span = self.span(at, at + 3);
                self.lexed.codes.push((code, span));
                self.line_has_code();
                self.at = at + 3;
                self.plain = self.at;
                return;
            }
        }
        if let Some(end) = url(bytes, at) {
            return self.url(end);
        }
        if let Some(end) = address(bytes, at) {
            self.flush();
            let span = self.span(at, end);
            self.lexed.addresses.push(span);
            self.mark("emailaddr", at, end, false);
            return;
        }
        if let Some(end) = log_field(bytes, at) {
            return self.skip(end);
        }
        if let Some(end) = host(bytes, at) {
            self.flush();
            let span = self.span(at, end);
            self.lexed.hosts.push(span);
            let name = &self.text[at..end];
            self.push_host(name, at, end);
            return;
        }
        if let Some(end) = base64(bytes, at) {
            return self.skip(end);
        }
        if let Some(end) = exception(bytes, at) {
            self.flush();
            self.lexed.folded.push(&self.text[at..end], self.shift + at, true);
            self.at = end;
            self.plain = end;
            return;
        }
        // A plain word: it is folded together with its neighbours.
        while self.at < bytes.len() && (bytes[self.at].is_ascii_alphanumeric() || bytes[self.at] == b'_' || bytes[self.at] >= 0x80) {
            self.at += 1;
        }
        if self.at - self.plain > LONGEST_PIECE {
            self.flush();
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.shift + start, self.shift + end)
    }

    /// Folds the plain text up to here.
    fn flush(&mut self) {
        if self.plain < self.at
            && let Some(text) = self.text.get(self.plain..self.at)
        {
            self.lexed.folded.push(text, self.shift + self.plain, false);
            self.after_host = false;
        }
        self.plain = self.at;
    }

    /// Leaves out what stands up to `end`.
    fn skip(&mut self, end: usize) {
        self.flush();
        self.at = end;
        self.plain = end;
    }

    fn mark(&mut self, word: &str, start: usize, end: usize, quiet: bool) {
        self.flush();
        let source = ((self.shift + start) as u32, (self.shift + end) as u32);
        self.lexed.folded.push_word(word, source, quiet);
        self.at = end;
        self.plain = end;
        self.after_host = false;
    }

    fn ip(&mut self, end: usize) {
        // In `mx.example.com[203.0.113.7] said` the address only belongs to the name; it blames nobody.
        let belongs_to_host = matches!(self.text.get(self.plain..self.at), Some("[" | " [" | " (")) && self.after_host;
        self.flush();
        let span = self.span(self.at, end);
        self.lexed.ips.push(span);
        self.mark("ipaddr", self.at, end, belongs_to_host);
    }

    fn hidden_address(&mut self, length: usize) {
        self.flush();
        self.mark("emailaddr", self.at, self.at + length, false);
    }

    fn push_host(&mut self, name: &str, start: usize, end: usize) {
        let kind = host_kind(name);
        self.mark(kind, start, end, false);
        self.lexed.folded.push(name, self.shift + start, true);
        self.after_host = true;
    }

    fn url(&mut self, end: usize) {
        self.flush();
        let start = self.at;
        let span = self.span(start, end);
        self.lexed.urls.push(span);
        let link = &self.text[start..end];
        let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        // A link to a list's own page names the list; one that is listed stands as it is.
        let kind = if host_kind(host) == "hosttoken" && link.contains("rbl") { "rblhost" } else { host_kind(host) };
        self.mark(kind, start, end, false);
        self.lexed.folded.push(rest, self.shift + end - rest.len(), true);
    }

    fn line_has_code(&mut self) {
        let line = self.lexed.lines.len() as u32 - 1;
        if self.lexed.lines_with_code.last() != Some(&line) {
            self.lexed.lines_with_code.push(line);
        }
    }

    /// A line of a message's header, whole.
    fn header_line(&self) -> Option<usize> {
        let mut at = self.at;
        while matches!(self.bytes.get(at), Some(b' ' | b'\t' | b'>')) && at < self.at + 40 {
            at += 1;
        }
        let is_header = HEADERS.iter().any(|field| {
            self.bytes.get(at..at + field.len()).is_some_and(|b| b.eq_ignore_ascii_case(field.as_bytes()))
                && self.bytes.get(at + field.len()) == Some(&b' ')
        });
        is_header.then(|| self.bytes[at..].iter().position(|b| *b == b'\n').map_or(self.bytes.len(), |n| at + n))
    }
}

/// `hosttoken`, or the mark of a block list (`rblhost`) or of a list of links (`surbl`).
fn host_kind(host: &str) -> &'static str {
    let has = |needle: &str| host.as_bytes().windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle.as_bytes()));
    if has("surbl") || has("uribl") || host.get(..4).is_some_and(|h| h.eq_ignore_ascii_case("dbl.")) {
        "surbl"
    } else if has("rbl")
        || has("dnsbl")
        || has("blacklist")
        || has("blocklist")
        || host.get(..3).is_some_and(|h| h.eq_ignore_ascii_case("bl."))
    {
        "rblhost"
    } else {
        "hosttoken"
    }
}

fn boundary_before(bytes: &[u8], at: usize, also: &[u8]) -> bool {
    at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || also.contains(&bytes[at - 1]))
}

/// `203.0.113.7`, with a port or not; the port is left out.
fn ipv4(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b".") {
        return None;
    }
    let mut end = at;
    for part in 0..4 {
        if part > 0 {
            if bytes.get(end) != Some(&b'.') {
                return None;
            }
            end += 1;
        }
        let digits = bytes[end..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 3 {
            return None;
        }
        end += digits;
    }
    let next = bytes.get(end);
    let goes_on =
        next.is_some_and(u8::is_ascii_alphanumeric) || (next == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit));
    (!goes_on).then_some(end)
}

/// An IPv6 address: at least three colons, or two that stand together.
fn ipv6(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b":.") {
        return None;
    }
    let mut end = at;
    let mut colons = 0;
    let mut double = false;
    let mut digits = 0;
    while let Some(byte) = bytes.get(end).filter(|_| end < at + 46) {
        if byte.is_ascii_hexdigit() {
            digits += 1;
            if digits > 4 {
                return None;
            }
        } else if *byte == b':' {
            double |= end > at && bytes[end - 1] == b':';
            colons += 1;
            digits = 0;
        } else {
            break;
        }
        end += 1;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    // A colon at the end belongs to the sentence.
    if end > at && bytes[end - 1] == b':' && !double {
        end -= 1;
        colons -= 1;
    }
    ((double && colons >= 2 && end - at > 2) || colons == 7).then_some(end)
}

/// An enhanced code, not part of a longer dotted number.
fn enhanced(bytes: &[u8], at: usize) -> Option<(Enhanced, usize)> {
    if !matches!(bytes[at], b'2' | b'4' | b'5') || !boundary_before(bytes, at, b".") || bytes.get(at + 1) != Some(&b'.') {
        return None;
    }
    let number = |from: usize| {
        let digits = bytes[from..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let value = bytes[from..from + digits].iter().fold(0u16, |n, b| n * 10 + u16::from(b - b'0'));
        (1..=3).contains(&digits).then_some((value, from + digits))
    };
    let (subject, middle) = number(at + 2)?;
    if bytes.get(middle) != Some(&b'.') {
        return None;
    }
    let (detail, end) = number(middle + 1)?;
    let next = bytes.get(end);
    let goes_on =
        next.is_some_and(u8::is_ascii_alphanumeric) || (next == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit));
    (!goes_on).then_some((Enhanced { class: bytes[at] - b'0', subject, detail }, end))
}

/// A reply code: three digits that stand like one, and do not count something.
fn reply_code(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 3)?;
    if !(matches!(digits[0], b'2'..=b'5') && digits[1].is_ascii_digit() && digits[2].is_ascii_digit()) {
        return None;
    }
    // Behind a colon it is a code (`code:550`), unless it is the end of a clock time.
    let behind_colon = at > 0 && bytes[at - 1] == b':' && !has_digit_before(bytes, at - 1);
    if !behind_colon && !boundary_before(bytes, at, b".:/-_") {
        return None;
    }
    let code = digits.iter().fold(0u16, |n, b| n * 10 + u16::from(b - b'0'));
    // Only two replies begin with 3; "Office 365" is none of them.
    if code / 100 == 3 && reply_code_row(code).is_none() {
        return None;
    }
    match bytes.get(at + 3) {
        None => {}
        Some(b' ' | b'\t' | b'\r' | b'\n' | b'-' | b':' | b',' | b';' | b')' | b']' | b'\'' | b'"' | b'|' | b'#' | b'_' | b'<' | b'}') => {}
        Some(b'.') if !bytes.get(at + 4).is_some_and(u8::is_ascii_digit) => {}
        // Turkish writes a suffix behind an apostrophe, Japanese and Chinese write on.
        Some(byte) if *byte >= 0x80 => {}
        Some(_) => return None,
    }
    let mut next = at + 3;
    while matches!(bytes.get(next), Some(b' ')) && next < at + 6 {
        next += 1;
    }
    const UNITS: [&str; 14] =
        ["byte", "kb", "mb", "kib", "mib", "recipient", "message", "day", "hour", "sec", "min", "emails", "mails", "alıcı"];
    let counts = UNITS.iter().any(|unit| bytes.get(next..next + unit.len()).is_some_and(|b| b.eq_ignore_ascii_case(unit.as_bytes())));
    (!counts).then_some(code)
}

fn has_digit_before(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1].is_ascii_digit()
}

fn url(bytes: &[u8], at: usize) -> Option<usize> {
    let starts = |prefix: &str| bytes.get(at..at + prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix.as_bytes()));
    if !(starts("http://") || starts("https://") || starts("www.")) || !boundary_before(bytes, at, b"") {
        return None;
    }
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'\'' | b')' | b'\\' | b'|');
    let mut end = at + bytes[at..].iter().take(LONGEST_TOKEN * 4).position(ends).unwrap_or(bytes.len().min(at + LONGEST_TOKEN * 4) - at);
    while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b']') {
        end -= 1;
    }
    // Never cut a character in two.
    while end < bytes.len() && bytes[end] & 0xc0 == 0x80 {
        end += 1;
    }
    Some(end)
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'&' | b'\'' | b'*' | b'=' | b'/' | b'-' | b'!' | b'#' | b'~')
}

/// An e-mail address.
fn address(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + LONGEST_TOKEN && bytes.get(end).is_some_and(|b| is_local(*b)) {
        end += 1;
    }
    if end == at || bytes.get(end) != Some(&b'@') {
        return None;
    }
    end += 1;
    let domain = end;
    while end < domain + LONGEST_TOKEN && bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
        end += 1;
    }
    while end > domain && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    (end > domain).then_some(end)
}

/// `relay=mx.example.com[203.0.113.7]:25`: name and value.
fn log_field(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b"_-") {
        return None;
    }
    let name_end = at + bytes[at..].iter().take(10).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    if bytes.get(name_end) != Some(&b'=') {
        return None;
    }
    let name = &bytes[at..name_end];
    if !LOG_FIELDS.iter().any(|field| field.as_bytes().eq_ignore_ascii_case(name)) {
        return None;
    }
    let mut end = name_end + 1;
    while end < name_end + LONGEST_TOKEN && bytes.get(end).is_some_and(|b| !b.is_ascii_whitespace() && *b != b',') {
        end += 1;
    }
    while end < bytes.len() && bytes[end] & 0xc0 == 0x80 {
        end += 1;
    }
    Some(end)
}

/// A dotted name that ends like a host does.
fn host(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b"@.-_") {
        return None;
    }
    let mut end = at;
    let mut last_dot = None;
    while end < at + LONGEST_TOKEN
        && let Some(byte) = bytes.get(end)
    {
        if *byte == b'.' && bytes.get(end + 1).is_some_and(|b| b.is_ascii_alphanumeric()) && end > at {
            last_dot = Some(end);
        } else if !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            break;
        }
        end += 1;
    }
    let top = &bytes[last_dot? + 1..end];
    if !top.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let same_case = top.iter().all(u8::is_ascii_lowercase) || bytes[at..end].iter().all(|b| !b.is_ascii_lowercase());
    let is_host = same_case && (top.len() == 2 || TOP_LEVEL.iter().any(|t| t.as_bytes().eq_ignore_ascii_case(top)));
    is_host.then_some(end)
}

/// A long run of encoded bytes, such as a token or a key.
fn base64(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b"") {
        return None;
    }
    let body = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    // The bound only keeps one look cheap; a longer run is left out piece by piece.
    let length = bytes[at..].iter().take(4096).take_while(body).count();
    let piece = &bytes[at..at + length];
    let mixed = piece.iter().any(u8::is_ascii_lowercase) && piece.iter().any(u8::is_ascii_uppercase);
    (length >= 30 && mixed && piece.iter().any(u8::is_ascii_digit)).then(|| {
        let padding = bytes[at + length..].iter().take(2).take_while(|b| **b == b'=').count();
        at + length + padding
    })
}

/// The name of an exception: it says which program failed, not why.
fn exception(bytes: &[u8], at: usize) -> Option<usize> {
    if !boundary_before(bytes, at, b"") {
        return None;
    }
    let mut end = at;
    while end < at + LONGEST_TOKEN
        && bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'\\' | b':' | b'$'))
    {
        end += 1;
    }
    while end > at && matches!(bytes[end - 1], b'.' | b':' | b'\\') {
        end -= 1;
    }
    let name = &bytes[at..end];
    const ENDINGS: [&str; 4] = ["Error", "Exception", "Refused", "Disconnected"];
    const PARTS: [&str; 15] = [
        "SMTP",
        "Smtp",
        "IO",
        "Mail",
        "Socket",
        "PHP",
        "Swift",
        "Transport",
        "Runtime",
        "Send",
        "Messag",
        "Net",
        "Auth",
        "Delivery",
        "SSL",
    ];
    let is_exception = ENDINGS.iter().any(|e| name.ends_with(e.as_bytes()) && name.len() > e.len())
        && PARTS.iter().any(|part| name.windows(part.len()).any(|w| w == part.as_bytes()));
    is_exception.then_some(end)
}

/// A hole of a template that was never filled: `{ $hostname }`, `%1$s`, `$email`.
fn placeholder(bytes: &[u8], at: usize) -> Option<usize> {
    let name = |from: usize| from + bytes[from..].iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    match bytes[at] {
        b'$' => {
            let end = name(at + 1);
            (end > at + 1 && bytes[at + 1].is_ascii_alphabetic()).then_some(end)
        }
        b'%' => {
            let mut end = at + 1 + bytes[at + 1..].iter().take(2).take_while(|b| b.is_ascii_digit()).count();
            if bytes.get(end) == Some(&b'$') {
                end += 1;
            }
            let ends = matches!(bytes.get(end), Some(b's' | b'S' | b'd')) && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
            ends.then_some(end + 1)
        }
        _ => {
            let mut from = at + 1;
            while matches!(bytes.get(from), Some(b' ' | b'$')) && from < at + 6 {
                from += 1;
            }
            let mut end = name(from);
            if end == from {
                return None;
            }
            while matches!(bytes.get(end), Some(b' ')) && end < from + 44 {
                end += 1;
            }
            (bytes.get(end) == Some(&b'}')).then_some(end + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lex(text: &str) -> Lexed {
        let mut lexed = Lexed::default();
        lexed.read(text, 0);
        lexed
    }

    #[test]
    fn addresses_hosts_and_ips_are_one_mark_each() {
        let text = "host spambouncer.example.com[203.0.113.7] said: <no-such-user@example.org> rejected";
        let lexed = lex(text);
        let loud: Vec<&str> =
            lexed.folded.words().iter().filter(|w| !w.quiet).map(|w| &lexed.folded.text()[w.start as usize..w.end as usize]).collect();
        assert_eq!(loud, ["host", "hosttoken", "said", "emailaddr", "rejected"]);
        assert_eq!(lexed.ips[0].of(text), "203.0.113.7");
        assert_eq!(lexed.addresses[0].of(text), "no-such-user@example.org");
    }

    #[test]
    fn codes_are_no_words() {
        let text = "550-5.7.26 This mail\n550 5.7.26 is refused";
        let lexed = lex(text);
        assert_eq!(lexed.folded.text(), " this mail is refused ");
        assert_eq!(lexed.codes.iter().map(|c| c.0).collect::<Vec<_>>(), [550, 550]);
        assert_eq!(lexed.enhanced[1].1.of(text), "5.7.26");
    }

    #[test]
    fn numbers_that_count_are_no_codes() {
        for text in ["500 messages per day", "limit of 250 MB", "5.1.1.1", "203.0.113.7", "size 1550", "port:587x", "12:45:500"] {
            let lexed = lex(text);
            assert!(lexed.codes.is_empty() && lexed.enhanced.is_empty(), "{text}: {:?} {:?}", lexed.codes, lexed.enhanced);
        }
    }

    #[test]
    fn ipv6_and_clock_times_are_told_apart() {
        let text = "from [2001:db8::7] at 12:34:56";
        let lexed = lex(text);
        assert_eq!(lexed.ips.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["2001:db8::7"]);
    }

    #[test]
    fn a_returned_header_ends_the_text() {
        let lexed = lex("550 5.1.1 no such user here, sorry about that\nReceived: from mailbox full\n");
        assert!(!lexed.folded.text().contains("full"));
    }
}
