//! What a page may be about.

use super::block::{Block, titled};
use super::{Shelf, article, cause, code, number, pair, shelf, speaker};
use crate::advise::with;
use crate::{Cause, Enhanced, Lang};
use mailwhy_knowledge::{ClientKind, ClientNumber, Dotless, ENHANCED_CODES, Errno, LibraryForm, ReplyCode, SPEAKERS, Speaker, messages};

/// What a page is about.
#[derive(Clone, Debug)]
pub enum Topic {
    /// A cause.
    Cause(Cause),
    /// A reply code.
    Reply(&'static ReplyCode),
    /// An enhanced code.
    Enhanced(Pattern),
    /// A number that is an enhanced code without its dots.
    Dotless(&'static Dotless),
    /// An error of an operating system.
    Errno(&'static Errno),
    /// A number of a client program.
    Client(&'static ClientNumber),
    /// An error of a mail library.
    Library(&'static LibraryForm),
    /// A speaker.
    Speaker(&'static Speaker),
    /// What separates two causes.
    Pair(Cause, Cause),
    /// The article, cured.
    Article,
    /// Everything of one kind.
    Shelf(Shelf),
    /// Everything.
    Contents,
}

/// An enhanced code, with or without its class; or several in a row that a provider uses as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// The second number.
    pub subject: u16,
    /// The third number.
    pub detail: u16,
    /// The last third number of a row.
    pub last: u16,
    /// The first number; `None` for any.
    pub class: Option<u8>,
}

impl Pattern {
    /// Reads `5.7.26`, `x.7.26` or `4.7.500-699`.
    pub fn parse(written: &str) -> Option<Pattern> {
        let (code, last) = written.split_once('-').map_or((written, None), |(code, last)| (code, Some(last)));
        let mut parts = code.split('.');
        let class = match parts.next()? {
            "x" | "X" => None,
            digit => Some(digit.parse().ok().filter(|class| matches!(class, 2 | 4 | 5))?),
        };
        let number = |part: &str| (part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten();
        let (subject, detail) = (number(parts.next()?)?, number(parts.next()?)?);
        let last = last.map_or(Some(detail), number)?;
        (parts.next().is_none() && last >= detail).then_some(Pattern { subject, detail, last, class })
    }

    /// Whether the codes of `self` and `other` meet.
    pub fn meets(&self, other: &Pattern) -> bool {
        let classes = self.class.is_none() || other.class.is_none() || self.class == other.class;
        classes && self.subject == other.subject && self.detail <= other.last && other.detail <= self.last
    }

    /// The entry of the book in which it stands: `X.1.1` for 5.1.1; the row for a code out of a provider's row.
    pub fn entry(&self) -> Option<Pattern> {
        let nearest = |entry: &Pattern| {
            let same = (entry.detail, entry.last) == (self.detail, self.last);
            let holds = entry.detail <= self.detail && self.last <= entry.last;
            (!same, !holds, entry.last - entry.detail, *entry)
        };
        Pattern::entries().into_iter().filter(|entry| entry.meets(self)).min_by_key(nearest)
    }

    /// Every code of the registry and of the providers, in the order of their numbers. One that is used with one class
    /// only carries it.
    pub fn entries() -> Vec<Pattern> {
        let registered = ENHANCED_CODES.iter().filter_map(|row| Pattern::parse(&format!("X.{}", row.code)));
        let own = SPEAKERS.iter().flat_map(|speaker| speaker.codes).flat_map(|row| row.enhanced);
        let mut all: Vec<Pattern> = registered.chain(own.filter_map(|code| Pattern::parse(code))).collect();
        all.sort();
        all.dedup_by(|next, kept| {
            let same = (next.subject, next.detail, next.last) == (kept.subject, kept.detail, kept.last);
            if same && next.class != kept.class {
                kept.class = None;
            }
            same
        });
        all
    }
}

impl From<Enhanced> for Pattern {
    fn from(code: Enhanced) -> Pattern {
        Pattern { subject: code.subject, detail: code.detail, last: code.detail, class: Some(code.class) }
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.class {
            Some(class) => write!(f, "{class}.{}.{}", self.subject, self.detail)?,
            None => write!(f, "X.{}.{}", self.subject, self.detail)?,
        }
        if self.last > self.detail { write!(f, "-{}", self.last) } else { Ok(()) }
    }
}

impl Topic {
    /// What one asks for to get its page.
    pub fn id(&self) -> String {
        match self {
            Topic::Cause(cause) => cause.id().to_owned(),
            Topic::Reply(row) => row.code.to_string(),
            Topic::Enhanced(code) => code.to_string(),
            Topic::Dotless(row) => row.number.to_string(),
            Topic::Errno(row) => row.name.to_owned(),
            Topic::Client(row) => match row.kind {
                ClientKind::Outlook | ClientKind::WindowsTls => row.number.to_owned(),
                ClientKind::Curl => format!("curl {}", row.number),
                ClientKind::TlsAlert => format!("TLS {}", row.number),
            },
            Topic::Library(row) => row.form.to_owned(),
            Topic::Speaker(speaker) => speaker.id.to_owned(),
            Topic::Pair(a, b) => format!("{} {}", a.id(), b.id()),
            Topic::Article => "article".to_owned(),
            Topic::Shelf(shelf) => shelf.id().to_owned(),
            Topic::Contents => "contents".to_owned(),
        }
    }

    /// The title of its page.
    pub fn title(&self, lang: Lang) -> String {
        match self {
            Topic::Cause(cause) => cause.data().title.get(lang).to_owned(),
            Topic::Reply(row) => titled(row.meaning.get(lang)).0.to_owned(),
            Topic::Enhanced(code) => titled(&code::enhanced_meaning(code, lang)).0.to_owned(),
            Topic::Dotless(row) => {
                let values = [("number", row.number.to_string()), ("dotted", row.dotted.join(", "))];
                with(messages::EXPLAIN_DOTLESS_TITLE.get(lang), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
            }
            Topic::Errno(row) => number::errno_text(row, lang).to_owned(),
            Topic::Client(row) => row.meaning.get(lang).to_owned(),
            Topic::Library(row) => row.library.to_owned(),
            Topic::Speaker(speaker) => speaker.name.to_owned(),
            Topic::Pair(a, b) => pair::title(*a, *b, lang),
            Topic::Article => messages::ARTICLE_TITLE.get(lang).to_owned(),
            Topic::Shelf(shelf) => shelf.title(lang).to_owned(),
            Topic::Contents => messages::EXPLAIN_CONTENTS_TITLE.get(lang).to_owned(),
        }
    }

    /// The page.
    pub(super) fn blocks(&self, lang: Lang) -> Vec<Block> {
        match self {
            Topic::Cause(cause) => cause::blocks(*cause, lang),
            Topic::Reply(row) => code::reply(row, lang),
            Topic::Enhanced(code) => code::enhanced(code, lang),
            Topic::Dotless(row) => code::dotless(row, lang),
            Topic::Errno(row) => number::errno(row, lang),
            Topic::Client(row) => number::client(row, lang),
            Topic::Library(row) => number::library(row, lang),
            Topic::Speaker(speaker) => speaker::blocks(speaker, lang),
            Topic::Pair(a, b) => pair::blocks(*a, *b, lang),
            Topic::Article => article::blocks(lang),
            Topic::Shelf(shelf) => shelf::blocks(*shelf, lang),
            Topic::Contents => shelf::contents(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for written in ["5.7.26", "X.7.26", "4.7.500-699"] {
            assert_eq!(Pattern::parse(written).unwrap().to_string(), written);
        }
        for wrong in ["5.7", "3.1.1", "5.1.1.1", "5.7.9-1", "5.7.1234", "x", "5..1"] {
            assert_eq!(Pattern::parse(wrong), None, "{wrong}");
        }
        let row = Pattern::parse("4.7.500-699").unwrap();
        assert!(row.meets(&Pattern::parse("4.7.512").unwrap()));
        assert!(!row.meets(&Pattern::parse("5.7.512").unwrap()));
        assert_eq!(Pattern::parse("5.1.1").unwrap().entry(), Pattern::parse("X.1.1"));
    }
}
