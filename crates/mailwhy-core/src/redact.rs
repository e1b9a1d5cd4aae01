//! Takes the people out of a failure, so that it can be posted in public: addresses, hosts and IP addresses become
//! stand-ins, the same one for the same original. What was the same stays the same: two addresses at one domain still
//! share a domain.
//!
//! | original | stand-in |
//! |---|---|
//! | `ayse@mail.example.org` | `user1@host1.domain1.example` |
//! | `203.0.113.7` | `192.0.2.1` (RFC 5737) |
//! | `2001:db8:7::1` | `2001:db8::1` (RFC 3849) |
//! | `contoso-com.mail.protection.outlook.com` | `host1.mail.protection.outlook.com` |
//!
//! Public services that mailwhy knows (block lists, the hosts that give a provider away) carry the meaning and stay; what a
//! customer wrote before them does not. This errs on the side of privacy: a file called `main.cf` looks like a host.

use crate::classify::Decision;
use crate::{Attempt, Diagnosis, Span};
use mailwhy_knowledge::fold::Folded;
use mailwhy_knowledge::{SPEAKER_RULES, Target, matcher};
use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The evidence and its diagnoses with stand-ins. All spans of the diagnoses point into the new evidence.
///
/// ```
/// use mailwhy_core::{diagnose, redact::redact};
///
/// let evidence = "550 5.1.1 <ayse@mail.example.org>: User unknown (relay mail.example.org[203.0.113.7])";
/// let (evidence, diagnoses) = redact(evidence, diagnose(evidence));
/// assert_eq!(evidence, "550 5.1.1 <user1@host1.domain1.example>: User unknown (relay host1.domain1.example[192.0.2.1])");
/// assert_eq!(diagnoses[0].cause().id(), "user-unknown");
/// ```
pub fn redact(evidence: &str, diagnoses: Vec<Diagnosis>) -> (String, Vec<Diagnosis>) {
    let found = parties(evidence);
    let mut stand_ins = StandIns::avoiding(evidence, &found);
    let (redacted, edits) = stand_ins.replace(evidence, &found);
    let diagnoses = diagnoses.into_iter().map(|diagnosis| redacted_diagnosis(diagnosis, &edits, &mut stand_ins)).collect();
    (redacted, diagnoses)
}

/// What is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The part of an address before the `@`. Its domain follows as a host, or as an IP address in brackets.
    User,
    Host,
    Ip,
}

#[derive(Clone, Copy, Debug)]
struct Party {
    kind: Kind,
    span: Span,
}

// Finding

/// No address or host is longer (RFC 5321 §4.5.3.1): without a bound a text of one endless token would take quadratic time.
const LONGEST: usize = 320;

/// Names of fields before an address without brackets, such as `to=` of a log. They are no part of the address.
const FIELDS: [&str; 18] = [
    "to",
    "from",
    "orig_to",
    "ctladdr",
    "sender",
    "recipient",
    "rcpt",
    "mailfrom",
    "smtp.mailfrom",
    "smtp.mail",
    "header.from",
    "header.i",
    "header.d",
    "envelope-from",
    "email",
    "address",
    "user",
    "sasl_username",
];

/// Every address, host and IP address of a text, in its order, without overlaps. Unlike the classifier, which reads only
/// the server's words, it looks everywhere: in headers, in fields of logs, in links.
fn parties(text: &str) -> Vec<Party> {
    let mut parties = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = next_token(text, at) {
        token(text, Span::new(start, end), &mut parties);
        at = end;
    }
    parties
}

/// A run of characters that may stand in an address, a host or an IP address.
fn next_token(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = at + text[at..].find(is_token)?;
    let end = text[start..].find(|c| !is_token(c)).map_or(text.len(), |n| start + n);
    Some((start, end))
}

fn is_token(c: char) -> bool {
    is_name(c) || matches!(c, '@' | ':' | '%') || is_user(c)
}

/// A character of a host, internationalised ones (RFC 5890) included.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// A character of a local part (RFC 5321 §4.1.2, RFC 6531).
fn is_user(c: char) -> bool {
    is_name(c) || matches!(c, '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '/' | '=' | '?' | '^' | '`' | '{' | '|' | '}' | '~')
}

/// The parties of one token: addresses first, then what is left.
fn token(text: &str, token: Span, parties: &mut Vec<Party>) {
    let mut rest = token.start;
    while let Some((at, sign)) = at_sign(text, Span::new(rest, token.end)) {
        let user = match quoted_user_before(text, parties, at) {
            Some(quoted) => quoted,
            None => user_before(text, rest, at, sign > 1),
        };
        hosts_and_ips(text, Span::new(rest, user.start), parties);
        if !user.is_empty() {
            parties.push(Party { kind: Kind::User, span: user });
        }
        let domain = at + sign;
        let end = domain + text[domain..token.end].find(|c| !is_name(c)).unwrap_or(token.end - domain);
        let name = text[domain..end].trim_end_matches(['.', '-', '_']);
        // Behind an `@` any name is a host, even `localhost` of one machine; IPv4 without brackets is an IP address.
        if name.parse::<Ipv4Addr>().is_ok() {
            parties.push(Party { kind: Kind::Ip, span: Span::new(domain, domain + name.len()) });
        } else if !name.is_empty() && (!user.is_empty() || name.contains('.')) {
            parties.push(Party { kind: Kind::Host, span: Span::new(domain, domain + name.len()) });
        }
        rest = domain + name.len();
    }
    hosts_and_ips(text, Span::new(rest, token.end), parties);
}

/// The next `@` and its length; links write it `%40`.
fn at_sign(text: &str, within: Span) -> Option<(usize, usize)> {
    let piece = within.of(text);
    piece.char_indices().find_map(|(n, c)| match c {
        '@' => Some((within.start + n, 1)),
        '%' if piece[n..].starts_with("%40") => Some((within.start + n, 3)),
        _ => None,
    })
}

/// The local part before an `@` at `at`, not before `from`.
fn user_before(text: &str, from: usize, at: usize, in_link: bool) -> Span {
    let from = from.max(text.ceil_char_boundary(at.saturating_sub(LONGEST)));
    let before = &text[from..at];
    let mut start = at - before.chars().rev().take_while(|c| is_user(*c)).map(char::len_utf8).sum::<usize>();
    let user = &text[start..at];
    if let Some((field, _)) = user.split_once('=')
        && FIELDS.iter().any(|known| known.eq_ignore_ascii_case(field))
    {
        start += field.len() + 1;
    }
    let user = &text[start..at];
    // In a link its path and query stand before; elsewhere a quotation mark of the sentence may.
    let separators: &[char] = if in_link || user.contains("//") { &['/', '?', '&', '=', '#'] } else { &[] };
    let tail = user.rsplit_once(separators).map_or(user, |(_, tail)| tail);
    let tail = tail.trim_start_matches(['\'', '`', '/', '*', '|', '{', '.', '?', '&']);
    Span::new(at - tail.len(), at)
}

/// The local part in quotation marks before an `@` at `at`, such as `"ayse y"@example.com`.
fn quoted_user_before(text: &str, parties: &[Party], at: usize) -> Option<Span> {
    let inside = text[..at].strip_suffix('"')?;
    let from = parties.last().map_or(0, |party| party.span.end).max(text.ceil_char_boundary(at.saturating_sub(LONGEST)));
    let start = from + inside.get(from..)?.rfind('"')?;
    Some(Span::new(start, at))
}

/// The hosts and IP addresses in a piece without addresses.
fn hosts_and_ips(text: &str, piece: Span, parties: &mut Vec<Party>) {
    let mut at = piece.start;
    while at < piece.end {
        let c = text[at..].chars().next().unwrap_or(' ');
        let begins = text[piece.start..at].chars().next_back().is_none_or(|before| !(before.is_alphanumeric() || before == '.'));
        if begins && let Some(length) = ip(&text[at..piece.end]) {
            parties.push(Party { kind: Kind::Ip, span: Span::new(at, at + length) });
            at += length;
        } else if is_name(c) && c != '.' && c != '-' {
            let end = at + text[at..piece.end].find(|c| !is_name(c)).unwrap_or(piece.end - at);
            let name = text[at..end].trim_end_matches(['.', '-', '_']);
            if is_host(name) {
                parties.push(Party { kind: Kind::Host, span: Span::new(at, at + name.len()) });
            }
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
}

/// Bytes of the IP address at the start of `text`.
fn ip(text: &str) -> Option<usize> {
    let run = text.bytes().take(46).take_while(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.')).count();
    let run = &text[..run];
    let goes_on = |length: usize| text[length..].chars().next().is_some_and(|c| c.is_alphanumeric());
    if run.bytes().filter(|b| *b == b':').count() >= 2 {
        // A colon or a full stop behind it belongs to the sentence; a port may follow.
        let ends = run.char_indices().filter(|(_, c)| matches!(c, ':' | '.')).map(|(n, _)| n).chain([run.len()]).collect::<Vec<_>>();
        let end = ends.into_iter().rev().find(|end| run[..*end].parse::<Ipv6Addr>().is_ok() && !goes_on(*end));
        if let Some(end) = end.filter(|end| *end > 2) {
            return Some(end);
        }
    }
    let digits = run.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let dotted = run[..digits].trim_end_matches('.');
    let quad = dotted.splitn(5, '.').collect::<Vec<_>>();
    // `7.113.0.203.zen.spamhaus.org` is a host.
    let is_address = quad.len() == 4 && quad.iter().all(|part| (1..=3).contains(&part.len()));
    let host_follows = text[dotted.len()..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    (is_address && !host_follows && !goes_on(dotted.len())).then_some(dotted.len())
}

/// A dotted name that may be a host: of two labels with a usual ending, or of more.
fn is_host(name: &str) -> bool {
    if name.len() > LONGEST {
        return false;
    }
    let labels: Vec<&str> = name.split('.').collect();
    let Some((top, rest)) = labels.split_last() else { return false };
    if rest.is_empty() || labels.iter().any(|label| label.is_empty() || label.len() > 63) {
        return false;
    }
    let letters = top.chars().all(char::is_alphabetic) || top.to_ascii_lowercase().starts_with("xn--");
    // `System.Net.Mail` and `smtplib.SMTPException` are names of programs.
    let mixed = top.chars().any(char::is_uppercase) && top.chars().any(char::is_lowercase);
    let file = rest.len() == 1 && FILES.iter().any(|ending| ending.eq_ignore_ascii_case(top));
    letters && !mixed && !file && top.chars().count() >= 2
}

/// Endings of files that are no top-level domains: an attachment's name may be the reason of a refusal.
const FILES: [&str; 30] = [
    "exe", "dll", "bat", "cmd", "scr", "vbs", "jar", "js", "iso", "lnk", "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt",
    "pptx", "rar", "txt", "log", "htm", "html", "php", "conf", "xml", "json", "csv", "eml",
];

// Replacing

/// A replacement that was made: the piece of the original, and how many bytes stand there now.
#[derive(Clone, Copy, Debug)]
struct Edit {
    from: Span,
    to: Span,
}

/// The stand-ins given so far.
#[derive(Debug, Default)]
struct StandIns {
    users: HashMap<String, String>,
    hosts: HashMap<String, String>,
    domains: HashMap<String, String>,
    ips: HashMap<IpAddr, IpAddr>,
    /// IP addresses as block lists are asked, and their stand-ins in the same way.
    backwards: HashMap<String, String>,
    last_user: usize,
    last_domain: usize,
    /// The last number of a host in each domain.
    last_host: HashMap<String, usize>,
    last_v4: u32,
    last_v6: u32,
    /// Names and IP addresses of the original: none of them becomes a stand-in for another.
    taken: HashSet<String>,
    taken_ips: HashSet<IpAddr>,
}

/// The networks for documentation (RFC 5737).
const DOCUMENTATION: [[u8; 3]; 3] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]];

impl StandIns {
    fn avoiding(text: &str, found: &[Party]) -> StandIns {
        let mut stand_ins = StandIns::default();
        for party in found {
            let original = party.span.of(text).to_lowercase();
            match party.kind {
                Kind::Ip => stand_ins.taken_ips.extend(original.parse::<IpAddr>()),
                Kind::User => _ = stand_ins.taken.insert(original),
                Kind::Host => {
                    // Every parent is taken too: `host1.domain1.example` takes `domain1.example`.
                    let mut rest = original.as_str();
                    while !rest.is_empty() {
                        stand_ins.taken.insert(rest.to_owned());
                        rest = rest.split_once('.').map_or("", |(_, parent)| parent);
                    }
                }
            }
        }
        stand_ins
    }

    /// The text with the stand-ins, and what was changed.
    fn replace(&mut self, text: &str, found: &[Party]) -> (String, Vec<Edit>) {
        let mut redacted = String::with_capacity(text.len());
        let mut edits = Vec::with_capacity(found.len());
        let mut copied = 0;
        for party in found {
            redacted.push_str(&text[copied..party.span.start]);
            let start = redacted.len();
            redacted.push_str(&self.of(party.kind, party.span.of(text)));
            edits.push(Edit { from: party.span, to: Span::new(start, redacted.len()) });
            copied = party.span.end;
        }
        redacted.push_str(&text[copied..]);
        (redacted, edits)
    }

    /// The value of a fact with the stand-ins.
    fn value(&mut self, value: &str) -> String {
        let whole = self.backwards.get(value).or_else(|| self.hosts.get(&value.to_lowercase()));
        if let Some(redacted) = whole {
            return redacted.clone();
        }
        self.replace(value, &parties(value)).0
    }

    fn of(&mut self, kind: Kind, original: &str) -> String {
        match kind {
            Kind::User => self.user(original),
            Kind::Host => self.host(original),
            Kind::Ip => self.ip(original),
        }
    }

    fn user(&mut self, original: &str) -> String {
        let key = original.to_lowercase();
        if let Some(known) = self.users.get(&key) {
            return known.clone();
        }
        let stand_in = free(&self.taken, &mut self.last_user, |n| format!("user{n}"));
        self.users.insert(key, stand_in.clone());
        stand_in
    }

    fn host(&mut self, original: &str) -> String {
        let key = original.to_lowercase();
        if let Some(known) = self.hosts.get(&key) {
            return known.clone();
        }
        let stand_in = self.new_host(&key);
        self.hosts.insert(key, stand_in.clone());
        stand_in
    }

    fn new_host(&mut self, name: &str) -> String {
        if let Some(public) = public_part(name) {
            let own = name[..name.len() - public.len()].trim_end_matches('.');
            if own.is_empty() {
                return public.to_owned();
            }
            // A question to a block list: the address stands backwards before the zone (RFC 5782 §2.1).
            let own = match self.backwards.get(own) {
                Some(backwards) => backwards.clone(),
                None => self.label_below(public, public, own),
            };
            return format!("{own}.{public}");
        }
        let domain = domain_of(name);
        let stand_in = match self.domains.get(domain) {
            Some(known) => known.clone(),
            None => {
                let stand_in = free(&self.taken, &mut self.last_domain, |n| format!("domain{n}.example"));
                self.domains.insert(domain.to_owned(), stand_in.clone());
                stand_in
            }
        };
        match name[..name.len() - domain.len()].trim_end_matches('.') {
            "" => stand_in,
            own => format!("{}.{stand_in}", self.label_below(domain, &stand_in, own)),
        }
    }

    /// The stand-in for the labels before a domain, which is now called `new`. Labels such as `_dmarc` are words of a
    /// standard and stay.
    fn label_below(&mut self, domain: &str, new: &str, own: &str) -> String {
        let standard = own.split('.').take_while(|label| matches!(*label, "_dmarc" | "_domainkey" | "_mta-sts" | "_smtp" | "_tls"));
        let kept: String = standard.map(|label| format!("{label}.")).collect();
        if kept.len() > own.len() {
            return own.to_owned();
        }
        let last = self.last_host.entry(domain.to_owned()).or_insert(0);
        let host = free(&self.taken, last, |n| format!("{kept}host{n}.{new}"));
        host[..host.len() - new.len() - 1].to_owned()
    }

    fn ip(&mut self, original: &str) -> String {
        match original.parse::<IpAddr>() {
            Ok(ip) => self.ip_for(ip).to_string(),
            // Four numbers that are no IP address: they still look like one.
            Err(_) => self.ip_for(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_string(),
        }
    }

    fn ip_for(&mut self, original: IpAddr) -> IpAddr {
        // The own machine, and the answers of block lists (127.0.0.2), name nobody.
        if original.is_loopback() || original.is_unspecified() {
            return original;
        }
        if let Some(known) = self.ips.get(&original) {
            return *known;
        }
        let stand_in = loop {
            let next = match original {
                IpAddr::V4(_) => {
                    self.last_v4 += 1;
                    IpAddr::V4(documentation_v4(self.last_v4))
                }
                IpAddr::V6(_) => {
                    self.last_v6 += 1;
                    let number = self.last_v6;
                    IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, (number >> 16) as u16, number as u16))
                }
            };
            if !self.taken_ips.contains(&next) {
                break next;
            }
        };
        self.ips.insert(original, stand_in);
        self.backwards.insert(backwards(original), backwards(stand_in));
        stand_in
    }
}

/// The next name with a number that the original does not have.
fn free(taken: &HashSet<String>, last: &mut usize, name: impl Fn(usize) -> String) -> String {
    loop {
        *last += 1;
        let name = name(*last);
        if !taken.contains(&name) {
            return name;
        }
    }
}

/// The n-th address for documentation; the last network goes on without an end.
fn documentation_v4(number: u32) -> Ipv4Addr {
    let place = (number - 1) as usize;
    match DOCUMENTATION.get(place / 254) {
        Some([a, b, c]) => Ipv4Addr::new(*a, *b, *c, (place % 254 + 1) as u8),
        // All of them are taken: the range for benchmarks (RFC 2544) is as harmless.
        None => Ipv4Addr::from(0xC612_0000_u32.wrapping_add(number)),
    }
}

/// As a block list is asked (RFC 5782 §2).
fn backwards(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}")
        }
        IpAddr::V6(ip) => {
            let nibbles = ip.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            nibbles.map(|n| format!("{n:x}")).collect::<Vec<_>>().join(".")
        }
    }
}

/// The end of a host that belongs to a public service: a zone of a block list, a host that gives a speaker away, a page
/// that a speaker's rule points to.
fn public_part(name: &str) -> Option<&str> {
    let folded = Folded::of(name);
    let words = folded.words();
    let mut longest: Option<&str> = None;
    matcher::scan(&folded, |target, first, last| {
        if !matches!(target, Target::Sign(_) | Target::Blocklist(_)) || last + 1 != words.len() {
            return;
        }
        let Some(part) = words.get(first).and_then(|word| name.get(word.source_start as usize..)) else { return };
        let begins = name.len() == part.len() || name[..name.len() - part.len()].ends_with('.');
        if begins && part.contains('.') && longest.is_none_or(|other| other.len() < part.len()) {
            longest = Some(part);
        }
    });
    longest.or_else(|| SPEAKER_RULES.iter().any(|rule| rule.url.is_some_and(|url| host_of(url) == name)).then_some(name))
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
}

/// The part of a host that somebody registered: the last two labels, three under an ending such as `co.uk` or `com.tr`.
fn domain_of(name: &str) -> &str {
    const SECOND_LEVEL: [&str; 12] = ["com", "co", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gen", "bel"];
    let labels: Vec<&str> = name.rsplitn(4, '.').collect();
    let count = match labels.as_slice() {
        [top, second, _, ..] if top.len() == 2 && SECOND_LEVEL.contains(second) => 3,
        _ => 2,
    };
    let length: usize = labels.iter().take(count).map(|label| label.len() + 1).sum();
    &name[(name.len() + 1).saturating_sub(length)..]
}

// Moving what points into the evidence

/// Where a span of the original stands in the redacted text. One that touches a stand-in holds all of it.
fn moved(span: Span, edits: &[Edit]) -> Span {
    let place = |at: usize, is_end: bool| {
        // The last edit that begins before.
        let next = edits.partition_point(|edit| if is_end { edit.from.start < at } else { edit.from.start <= at });
        match next.checked_sub(1).map(|n| edits[n]) {
            Some(edit) if is_end && at <= edit.from.end => edit.to.end,
            Some(edit) if !is_end && at < edit.from.end => edit.to.start,
            Some(edit) => edit.to.end + (at - edit.from.end),
            None => at,
        }
    };
    Span::new(place(span.start, false), place(span.end, true))
}

fn redacted_diagnosis(mut diagnosis: Diagnosis, edits: &[Edit], stand_ins: &mut StandIns) -> Diagnosis {
    redact_attempt(&mut diagnosis.attempt, edits, stand_ins);
    redact_decision(&mut diagnosis.decision, edits);
    for piece in &mut diagnosis.evidence {
        piece.span = moved(piece.span, edits);
    }
    let values = std::cell::RefCell::new(stand_ins);
    diagnosis.facts.map(|value| values.borrow_mut().value(value));
    diagnosis
}

fn redact_attempt(attempt: &mut Attempt, edits: &[Edit], stand_ins: &mut StandIns) {
    move_all(&mut attempt.told, edits);
    move_reply(&mut attempt.reply, edits);
    if let Some(number) = &mut attempt.number {
        number.span = moved(number.span, edits);
    }
    let parties = &mut attempt.parties;
    let values = [
        &mut attempt.recipient,
        &mut attempt.original_recipient,
        &mut attempt.sender,
        &mut attempt.message_id,
        &mut parties.reporting_mta,
        &mut parties.remote_mta,
        &mut parties.remote_ip,
        &mut parties.sending_ip,
    ];
    for value in values.into_iter().flatten() {
        *value = stand_ins.value(value);
    }
}

fn redact_decision(decision: &mut Decision, edits: &[Edit]) {
    move_reply(&mut decision.reply, edits);
    decision.votes.iter_mut().for_each(|vote| move_all(&mut vote.spans, edits));
    let seen = &mut decision.seen;
    for spans in [&mut seen.ips, &mut seen.hosts, &mut seen.urls, &mut seen.addresses] {
        move_all(spans, edits);
    }
    seen.blocklists.iter_mut().for_each(|(_, span)| *span = moved(*span, edits));
}

fn move_reply(reply: &mut crate::Reply, edits: &[Edit]) {
    if let Some((_, span)) = &mut reply.code {
        *span = moved(*span, edits);
    }
    if let Some((_, span)) = &mut reply.enhanced {
        *span = moved(*span, edits);
    }
}

fn move_all(spans: &mut [Span], edits: &[Edit]) {
    spans.iter_mut().for_each(|span| *span = moved(*span, edits));
}
