//! The pages of reply codes (RFC 5321 §4.2), enhanced codes (RFC 3463) and numbers that lost their dots.

use super::block::{Block, Line, Piece, filled, heading, listed, message, plain, short_link, source, stands_for, titled, who};
use super::{Pattern, Topic};
use crate::advise::reading;
use crate::{Cause, Reading};
use mailwhy_knowledge::{
    Dotless, ENHANCED_CLASSES, ENHANCED_SUBJECTS, EnhancedCode, Lang, REPLY_CLASSES, ReplyCode, SPEAKERS, Speaker, SpeakerCode, Text,
    enhanced_code, messages, reply_code,
};

/// The page of a reply code.
pub(super) fn reply(row: &'static ReplyCode, lang: Lang) -> Vec<Block> {
    let code = row.code.to_string();
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    field(messages::EXPLAIN_STANDARD, vec![Piece::Said(row.text.to_owned())]);
    if let Some(class) = named(REPLY_CLASSES, &code[..1]) {
        field(messages::EXPLAIN_FIRST_DIGIT, plain(format!("{}: {}", &code[..1], class.get(lang))));
    }
    field(messages::EXPLAIN_ANSWERS, listed(row.commands.iter().map(|name| command(name, lang))));
    field(messages::EXPLAIN_ALONE, message(alone(row.weight), lang));
    if let Some(note) = row.note {
        field(messages::EXPLAIN_NOTE, message(note, lang));
    }
    field(messages::EXPLAIN_SOURCE, source(row.source));
    let (title, more) = titled(row.meaning.get(lang));
    let mut blocks = vec![Block::Title(format!("{code}: {title}"))];
    blocks.extend(more.map(|more| Block::Paragraph(plain(more))));
    blocks.push(Block::Fields(fields));
    stands_for(row.causes, lang, &mut blocks);
    let companions = Pattern::entries().into_iter().filter_map(|pattern| {
        let registered = registered(&pattern).filter(|entry| numbers(entry.basic).any(|basic| basic == row.code))?;
        let mut line = short_link(Topic::Enhanced(pattern));
        line.push(Piece::Plain(format!(": {}", registered.meaning.get(lang))));
        Some(line)
    });
    let companions: Vec<Line> = companions.collect();
    if !companions.is_empty() {
        blocks.push(heading(messages::EXPLAIN_WITH_ENHANCED, lang));
        blocks.push(Block::List(companions));
    }
    blocks
}

/// The page of an enhanced code.
pub(super) fn enhanced(code: &Pattern, lang: Lang) -> Vec<Block> {
    let registered = registered(code);
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    match registered {
        Some(entry) => field(messages::EXPLAIN_STANDARD, vec![Piece::Said(entry.text.to_owned())]),
        None => field(messages::EXPLAIN_STANDARD, message(messages::EXPLAIN_UNREGISTERED, lang)),
    }
    let classes = ENHANCED_CLASSES.iter().filter(|(digit, _)| code.class.is_none_or(|class| *digit == class.to_string()));
    let classes: Vec<String> = classes.map(|(digit, text)| format!("{digit}: {}", text.get(lang))).collect();
    field(messages::EXPLAIN_FIRST_DIGIT, plain(classes.join("; ")));
    if let Some(subject) = named(ENHANCED_SUBJECTS, &format!("X.{}", code.subject)) {
        field(messages::EXPLAIN_SECOND_NUMBER, plain(format!("{}: {}", code.subject, subject.get(lang))));
    }
    let success = code.class == Some(2);
    if let Some(entry) = registered {
        let basic = listed(numbers(entry.basic).filter_map(reply_code).map(|row| short_link(Topic::Reply(row))));
        if !basic.is_empty() {
            field(messages::EXPLAIN_BASIC, basic);
        }
        if !success {
            field(messages::EXPLAIN_ALONE, message(alone(entry.weight), lang));
        }
        field(messages::EXPLAIN_SOURCE, source(entry.source));
    }
    let meaning = enhanced_meaning(code, lang);
    let (title, more) = titled(&meaning);
    let mut blocks = vec![Block::Title(format!("{code}: {title}"))];
    blocks.extend(more.map(|more| Block::Paragraph(plain(more))));
    if success {
        blocks.push(Block::Paragraph(message(messages::EXPLAIN_SUCCESS, lang)));
    } else if registered.is_none() {
        blocks.push(Block::Paragraph(message(messages::EXPLAIN_UNREGISTERED_LEAD, lang)));
    }
    blocks.push(Block::Fields(fields));
    match registered {
        _ if success => stands_for(&[Cause::Accepted], lang, &mut blocks),
        Some(entry) => stands_for(entry.causes, lang, &mut blocks),
        None => {}
    }
    let own: Vec<Line> = own_meanings(code).map(|(speaker, own)| own_line(speaker, own, lang)).collect();
    if !own.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_OWN, lang));
        blocks.push(Block::List(own));
    }
    blocks
}

/// The page of a number as an enhanced code without its dots.
pub(super) fn dotless(row: &'static Dotless, lang: Lang) -> Vec<Block> {
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    let dotted = row.dotted.iter().filter_map(|code| Pattern::parse(code)).map(|code| short_link(Topic::Enhanced(code)));
    field(messages::EXPLAIN_DOTTED, listed(dotted));
    if row.basic_is_likelier {
        field(messages::EXPLAIN_NOTE, message(messages::EXPLAIN_BASIC_LIKELIER, lang));
    }
    if let Some(other) = row.collides_with {
        field(messages::EXPLAIN_OTHER_MEANING, message(other, lang));
    }
    let mut blocks = vec![
        Block::Title(Topic::Dotless(row).title(lang)),
        Block::Paragraph(plain(reading(&Reading::Dotless(row), &row.number.to_string(), lang))),
        Block::Fields(fields),
    ];
    stands_for(row.causes, lang, &mut blocks);
    blocks
}

/// What an enhanced code means: the registry's meaning, else the first one that a provider gives it.
pub(super) fn enhanced_meaning(code: &Pattern, lang: Lang) -> String {
    match registered(code) {
        Some(entry) => entry.meaning.get(lang).to_owned(),
        None => match own_meanings(code).next() {
            Some((speaker, own)) => format!("{}: {}", speaker.name, own.meaning.get(lang)),
            None => messages::EXPLAIN_UNREGISTERED.get(lang).to_owned(),
        },
    }
}

/// What a speaker means by its code: `Gmail: 4.7.26, 5.7.26 with 550: … "its words" cause`.
pub(super) fn own_line(speaker: &'static Speaker, own: &SpeakerCode, lang: Lang) -> Line {
    let mut line = vec![Piece::Link(speaker.name.to_owned(), Topic::Speaker(speaker)), Piece::Plain(": ".to_owned())];
    line.extend(own_words(own, lang));
    line
}

/// The same without the speaker.
pub(super) fn own_words(own: &SpeakerCode, lang: Lang) -> Line {
    let codes = own.enhanced.iter().map(|code| match Pattern::parse(code) {
        Some(pattern) => short_link(Topic::Enhanced(pattern)),
        None => plain(*code),
    });
    let mut line = listed(codes);
    if let Some(basic) = own.basic {
        line.push(Piece::Plain(" ".to_owned()));
        let replies = basic.split(',').map(str::trim).map(|code| match code.parse().ok().and_then(reply_code) {
            Some(row) => short_link(Topic::Reply(row)),
            None => plain(code),
        });
        line.extend(filled(messages::EXPLAIN_OWN_BASIC, lang, "codes", listed(replies)));
    }
    line.push(Piece::Plain(format!(": {} ", own.meaning.get(lang))));
    line.push(Piece::Said(own.text.to_owned()));
    line.push(Piece::Plain(" → ".to_owned()));
    line.extend(listed(own.causes.iter().map(|cause| short_link(Topic::Cause(*cause)))));
    if let Some(actor) = own.actor {
        line.push(Piece::Plain(format!("; {}", who(actor, lang))));
    }
    line
}

/// The registry's row of a code.
fn registered(code: &Pattern) -> Option<&'static EnhancedCode> {
    if code.last > code.detail { None } else { enhanced_code(&format!("{}.{}", code.subject, code.detail)) }
}

/// What the speakers mean by a code, by speaker.
fn own_meanings(code: &Pattern) -> impl Iterator<Item = (&'static Speaker, &'static SpeakerCode)> {
    let code = *code;
    let names = move |own: &&SpeakerCode| own.enhanced.iter().any(|written| Pattern::parse(written).is_some_and(|own| own.meets(&code)));
    SPEAKERS.iter().flat_map(move |speaker| speaker.codes.iter().filter(names).map(move |own| (speaker, own)))
}

/// How much the number alone says, in words: `knowledge/codes/*.toml` measure it from 0 to 5.
fn alone(weight: f32) -> Text {
    match weight {
        w if w < 1.0 => messages::EXPLAIN_ALONE_NOTHING,
        w if w < 2.0 => messages::EXPLAIN_ALONE_LITTLE,
        w if w < 4.0 => messages::EXPLAIN_ALONE_SOMETHING,
        _ => messages::EXPLAIN_ALONE_CLEAR,
    }
}

/// A command by its name; two of the table's words are none.
fn command(name: &str, lang: Lang) -> Line {
    match name {
        "connect" => message(messages::EXPLAIN_AFTER_CONNECTING, lang),
        "any" => message(messages::EXPLAIN_ANY_COMMAND, lang),
        name => vec![Piece::Code(name.to_owned())],
    }
}

fn named(table: &[(&str, Text)], id: &str) -> Option<Text> {
    table.iter().find(|(row, _)| *row == id).map(|(_, text)| *text)
}

/// The numbers in the registry's free words, such as `250 or 251`.
fn numbers(words: &str) -> impl Iterator<Item = u16> {
    words.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailwhy_knowledge::ENHANCED_CODES;

    #[test]
    fn every_registered_code_is_an_entry() {
        let entries = Pattern::entries();
        for row in ENHANCED_CODES {
            assert!(entries.iter().any(|entry| registered(entry).is_some_and(|found| std::ptr::eq(found, row))), "{}", row.code);
        }
    }
}
