//! Everything of one kind, and the table of contents.

use super::block::{Block, Line, Piece, heading, listed, message, plain, short_link};
use super::{Pattern, Topic};
use crate::Cause;
use crate::advise::with;
use mailwhy_knowledge::{CLIENT_NUMBERS, DOTLESS, ERRNOS, Family, LIBRARY_FORMS, Lang, REPLY_CODES, SPEAKERS, messages};

/// A kind of topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Causes.
    Causes,
    /// Reply codes.
    ReplyCodes,
    /// Enhanced codes.
    EnhancedCodes,
    /// Numbers that lost their dots.
    DotlessCodes,
    /// Errors of operating systems.
    Errnos,
    /// Numbers of client programs.
    ClientNumbers,
    /// Errors of mail libraries.
    LibraryForms,
    /// Speakers.
    Speakers,
}

impl Shelf {
    /// All of them.
    pub const ALL: [Shelf; 8] = [
        Shelf::Causes,
        Shelf::ReplyCodes,
        Shelf::EnhancedCodes,
        Shelf::DotlessCodes,
        Shelf::Errnos,
        Shelf::ClientNumbers,
        Shelf::LibraryForms,
        Shelf::Speakers,
    ];

    /// What one asks for to get its page.
    pub const fn id(self) -> &'static str {
        match self {
            Shelf::Causes => "causes",
            Shelf::ReplyCodes => "reply-codes",
            Shelf::EnhancedCodes => "enhanced-codes",
            Shelf::DotlessCodes => "dotless-codes",
            Shelf::Errnos => "errnos",
            Shelf::ClientNumbers => "client-numbers",
            Shelf::LibraryForms => "library-forms",
            Shelf::Speakers => "speakers",
        }
    }

    /// Its title.
    pub fn title(self, lang: Lang) -> &'static str {
        let text = match self {
            Shelf::Causes => messages::EXPLAIN_SHELF_CAUSES,
            Shelf::ReplyCodes => messages::EXPLAIN_SHELF_REPLY_CODES,
            Shelf::EnhancedCodes => messages::EXPLAIN_SHELF_ENHANCED_CODES,
            Shelf::DotlessCodes => messages::EXPLAIN_SHELF_DOTLESS_CODES,
            Shelf::Errnos => messages::EXPLAIN_SHELF_ERRNOS,
            Shelf::ClientNumbers => messages::EXPLAIN_SHELF_CLIENT_NUMBERS,
            Shelf::LibraryForms => messages::EXPLAIN_SHELF_LIBRARY_FORMS,
            Shelf::Speakers => messages::EXPLAIN_SHELF_SPEAKERS,
        };
        text.get(lang)
    }

    /// Something on it that many ask for.
    pub const fn example(self) -> &'static str {
        match self {
            Shelf::Causes => "greylisted",
            Shelf::ReplyCodes => "550",
            Shelf::EnhancedCodes => "5.7.26",
            Shelf::DotlessCodes => "447",
            Shelf::Errnos => "ECONNREFUSED",
            Shelf::ClientNumbers => "0x800CCC0E",
            Shelf::LibraryForms => "SMTPAuthenticationError",
            Shelf::Speakers => "gmail",
        }
    }

    /// What stands on it.
    pub fn topics(self) -> Vec<Topic> {
        match self {
            Shelf::Causes => Cause::ALL.iter().copied().map(Topic::Cause).collect(),
            Shelf::ReplyCodes => REPLY_CODES.iter().map(Topic::Reply).collect(),
            Shelf::EnhancedCodes => Pattern::entries().into_iter().map(Topic::Enhanced).collect(),
            Shelf::DotlessCodes => {
                let mut rows: Vec<_> = DOTLESS.iter().collect();
                rows.sort_by_key(|row| row.number);
                rows.into_iter().map(Topic::Dotless).collect()
            }
            Shelf::Errnos => ERRNOS.iter().map(Topic::Errno).collect(),
            Shelf::ClientNumbers => CLIENT_NUMBERS.iter().map(Topic::Client).collect(),
            Shelf::LibraryForms => LIBRARY_FORMS.iter().map(Topic::Library).collect(),
            Shelf::Speakers => SPEAKERS.iter().map(Topic::Speaker).collect(),
        }
    }
}

/// The word to ask for, and the title.
fn row(topic: Topic, lang: Lang) -> (String, Line) {
    (topic.id(), vec![Piece::Link(topic.title(lang), topic)])
}

/// The causes by family.
fn causes(lang: Lang, blocks: &mut Vec<Block>) {
    for family in Family::ALL {
        blocks.push(heading(family.label(), lang));
        let members = Cause::ALL.iter().filter(|cause| cause.data().family == *family);
        blocks.push(Block::Fields(members.map(|cause| row(Topic::Cause(*cause), lang)).collect()));
    }
}

/// The page of a shelf.
pub(super) fn blocks(shelf: Shelf, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![Block::Title(shelf.title(lang).to_owned())];
    match shelf {
        Shelf::Causes => causes(lang, &mut blocks),
        other => blocks.push(Block::Fields(other.topics().into_iter().map(|topic| row(topic, lang)).collect())),
    }
    blocks
}

/// The table of contents.
pub(super) fn contents(lang: Lang) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title(messages::EXPLAIN_CONTENTS_TITLE.get(lang).to_owned()),
        Block::Paragraph(message(messages::EXPLAIN_CONTENTS_LEAD, lang)),
    ];
    causes(lang, &mut blocks);
    blocks.push(heading(messages::EXPLAIN_HEADING_SHELVES, lang));
    let shelves = Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::Causes).map(|shelf| {
        let topics = shelf.topics();
        let line = match shelf {
            Shelf::Speakers => listed(topics.into_iter().map(short_link)),
            other => plain(other.example()),
        };
        let title = Piece::Link(shelf.title(lang).to_owned(), Topic::Shelf(shelf));
        let count = shelf.topics().len().to_string();
        (shelf.id().to_owned(), shelf_line(title, &count, line, lang))
    });
    let article = row(Topic::Article, lang);
    blocks.push(Block::Fields(shelves.chain([article]).collect()));
    blocks
}

/// The message with the title and the example as pieces.
fn shelf_line(title: Piece, count: &str, example: Line, lang: Lang) -> Line {
    let text = with(messages::EXPLAIN_SHELF_COUNT.get(lang), &[("title", "{title}"), ("count", count), ("example", "{example}")]);
    let (before, rest) = text.split_once("{title}").unwrap_or(("", &text));
    let (between, after) = rest.split_once("{example}").unwrap_or((rest, ""));
    let mut line = plain(before);
    line.push(title);
    line.extend(plain(between));
    line.extend(example);
    line.extend(plain(after));
    line
}
