//! From what a person types to a page: an id, a code, a number, a name, a title; and what they may have meant.

use super::{Page, Pattern, Shelf, Topic};
use mailwhy_knowledge::fold::Folded;
use mailwhy_knowledge::{CLIENT_NUMBERS, Cause, ClientKind, ERRNOS, LIBRARY_FORMS, Lang, SPEAKERS, dotless, messages, reply_code};

/// The page that a person asks for: `greylisted`, `5.7.26`, `x.7.26`, `550`, `#5.1.1`, `447`, `111`, `ECONNREFUSED`,
/// `0x800ccc0e`, `curl 60`, `gmail`, or the exact title of a cause in either language. Case does not matter, nor does it
/// whether an i has its dot. A number with several meanings gives one page with all of them.
///
/// ```
/// use mailwhy_core::explain;
/// assert_eq!(explain::find("İP-BLOCKLİSTED").unwrap().topics()[0].id(), "ip-blocklisted");
/// assert_eq!(explain::find("550").unwrap().topics().len(), 2);
/// ```
pub fn find(query: &str) -> Option<Page> {
    let query = query.trim();
    let mut topics = named(query);
    if topics.is_empty() {
        topics = numbered(query);
    }
    let asked = query.trim_start_matches('#').to_owned();
    (!topics.is_empty()).then_some(Page { topics, asked: Some(asked) })
}

/// A text as it is compared.
fn key(text: &str) -> String {
    Folded::of(text).text().trim().to_owned()
}

/// Everything with this name.
fn named(query: &str) -> Vec<Topic> {
    let wanted = key(query);
    if !wanted.bytes().any(|b| !b.is_ascii_digit() && b != b' ') {
        return Vec::new();
    }
    let is = |text: &str| key(text) == wanted;
    let titled = |text: mailwhy_knowledge::Text| Lang::ALL.into_iter().any(|lang| is(text.get(lang)));
    let mut topics = Vec::new();
    topics.extend(Cause::ALL.iter().filter(|cause| is(cause.id()) || titled(cause.data().title)).map(|cause| Topic::Cause(*cause)));
    topics.extend(SPEAKERS.iter().filter(|speaker| is(speaker.id) || is(speaker.name)).map(Topic::Speaker));
    let errno = |row: &&'static mailwhy_knowledge::Errno| {
        is(row.name) || [row.windows_name, row.text_en, row.text_tr].into_iter().flatten().any(is)
    };
    topics.extend(ERRNOS.iter().filter(errno).map(Topic::Errno));
    topics.extend(CLIENT_NUMBERS.iter().filter(|row| row.name.is_some_and(is) || (hex(row.kind) && is(row.number))).map(Topic::Client));
    topics.extend(LIBRARY_FORMS.iter().filter(|row| is(row.form)).map(Topic::Library));
    topics.extend((is("article") || is("makale") || titled(messages::ARTICLE_TITLE)).then_some(Topic::Article));
    topics.extend(Shelf::ALL.into_iter().filter(|shelf| is(shelf.id())).map(Topic::Shelf));
    topics
}

/// The kinds whose numbers are written `0x800CCC0E`.
fn hex(kind: ClientKind) -> bool {
    matches!(kind, ClientKind::Outlook | ClientKind::WindowsTls)
}

/// Whose numbers are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Anybody,
    Smtp,
    System,
    Client(ClientKind),
}

/// Everything with this number or code. Words around it may say whose number it is: `curl: (60)`, `TLS alert 42`, `errno 111`.
fn numbered(query: &str) -> Vec<Topic> {
    let mut whose = Whose::Anybody;
    let mut codes: Vec<&str> = Vec::new();
    for word in query.split(|c: char| c.is_whitespace() || matches!(c, '#' | '(' | ')' | '[' | ']' | ':' | ',')).filter(|w| !w.is_empty()) {
        match word.to_ascii_lowercase().as_str() {
            "curl" => whose = Whose::Client(ClientKind::Curl),
            "tls" | "ssl" | "alert" => whose = Whose::Client(ClientKind::TlsAlert),
            "errno" | "winsock" | "socket" | "linux" | "macos" | "freebsd" | "windows" => whose = Whose::System,
            "smtp" => whose = Whose::Smtp,
            "error" | "code" | "reply" | "exit" | "hata" | "kod" | "kodu" | "hatası" => {}
            _ => codes.push(word),
        }
    }
    let meanings: Vec<Vec<Topic>> = codes.iter().map(|code| meanings(code, whose)).collect();
    match meanings.as_slice() {
        [one] => one.clone(),
        // A reply code and an enhanced code: each has the meaning that it has beside the other.
        [basic, enhanced] => match (basic.first(), enhanced.first()) {
            (Some(reply @ Topic::Reply(_)), Some(enhanced @ Topic::Enhanced(_))) => vec![enhanced.clone(), reply.clone()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Every meaning of a number or code, likeliest first.
fn meanings(written: &str, whose: Whose) -> Vec<Topic> {
    if let Some(code) = Pattern::parse(written) {
        // The registry has subjects 0 to 7; beyond them there is nothing to say unless a provider does.
        let sayable = code.subject <= 7 || code.entry().is_some();
        return sayable.then_some(Topic::Enhanced(code)).into_iter().collect();
    }
    let Ok(number) = written.parse::<i32>() else { return Vec::new() };
    let mut topics = Vec::new();
    if matches!(whose, Whose::Anybody | Whose::Smtp) {
        let small = u16::try_from(number).ok();
        let reply = small.and_then(reply_code).map(Topic::Reply);
        let row = small.and_then(dotless);
        let dotted = row.map(Topic::Dotless);
        let dots_first = row.is_some_and(|row| !row.basic_is_likelier);
        topics.extend(if dots_first { [dotted, reply] } else { [reply, dotted] }.into_iter().flatten());
    }
    if matches!(whose, Whose::Anybody | Whose::System) {
        let on = |row: &mailwhy_knowledge::Errno, system: &str| row.numbers.iter().any(|(s, n)| *n == number && *s == system);
        let mut errnos: Vec<_> = ERRNOS.iter().filter(|row| row.numbers.iter().any(|(_, n)| *n == number)).collect();
        // Linux first: that is where mail programs run.
        errnos.sort_by_key(|row| !on(row, "Linux"));
        topics.extend(errnos.into_iter().map(Topic::Errno));
    }
    let client = |kind: ClientKind| !hex(kind) && (whose == Whose::Anybody || whose == Whose::Client(kind));
    topics.extend(CLIENT_NUMBERS.iter().filter(|row| client(row.kind) && row.number == written).map(Topic::Client));
    topics
}

/// So many suggestions are made.
const MOST: usize = 5;
/// So many letters may be wrong, left out, too many or exchanged.
const MOST_WRONG: usize = 3;

/// The ids nearest to what a person typed: a typing error away, or with it in their id, title or summary.
///
/// ```
/// assert_eq!(mailwhy_core::explain::suggestions("user-unknwon"), ["user-unknown"]);
/// ```
pub fn suggestions(query: &str) -> Vec<&'static str> {
    let wanted = key(query);
    if wanted.chars().count() < 3 {
        return Vec::new();
    }
    let words = |cause: &Cause| Lang::ALL.map(|lang| key(&format!("{} {}", cause.data().title.get(lang), cause.data().summary.get(lang))));
    let causes = Cause::ALL.iter().map(|cause| (cause.id(), words(cause).join(" ")));
    let speakers = SPEAKERS.iter().map(|speaker| (speaker.id, key(speaker.name)));
    let errnos = ERRNOS.iter().flat_map(|row| [Some(row.name), row.windows_name]).flatten().map(|name| (name, String::new()));
    let shelves = Shelf::ALL.into_iter().map(|shelf| (shelf.id(), String::new()));
    let mut near: Vec<(usize, &'static str)> = causes
        .chain(speakers)
        .chain(errnos)
        .chain(shelves)
        .filter_map(|(id, words)| Some((distance(&wanted, &key(id), &words)?, id)))
        .collect();
    near.sort_unstable();
    // What is a typing error away is meant; the rest is only offered where nothing is.
    let typing_error = near.iter().any(|(distance, _)| *distance <= MOST_WRONG);
    near.retain(|(distance, _)| !typing_error || *distance <= MOST_WRONG);
    near.into_iter().map(|(_, id)| id).take(MOST).collect()
}

/// How far an id is from what was typed: the letters that are wrong; then prefixes, then pieces, then the title and the summary.
fn distance(wanted: &str, id: &str, words: &str) -> Option<usize> {
    let wrong = strsim::osa_distance(wanted, id);
    // In a short word few letters may be wrong, else everything is near everything.
    if wrong <= MOST_WRONG.min(wanted.chars().count() / 3) {
        Some(wrong)
    } else if id.starts_with(wanted) {
        Some(MOST_WRONG + 1)
    } else if id.contains(wanted) {
        Some(MOST_WRONG + 2)
    } else {
        words.contains(wanted).then_some(MOST_WRONG + 3)
    }
}
