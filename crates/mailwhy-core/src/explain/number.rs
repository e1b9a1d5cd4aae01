//! The pages of numbers and names that are no reply of a server: errors of systems, of client programs, of libraries.

use super::Topic;
use super::block::{Block, Line, Piece, listed, message, plain, sentence, source, stands_for};
use crate::Cause;
use mailwhy_knowledge::{ClientKind, ClientNumber, Errno, Lang, LibraryForm, Modifier, Text, messages};

/// The page of an error of an operating system.
pub(super) fn errno(row: &'static Errno, lang: Lang) -> Vec<Block> {
    let not_smtp =
        sentence(Modifier::NotSmtp.label(), Modifier::NotSmtp.steps().first().copied().unwrap_or(Modifier::NotSmtp.label()), lang);
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    let windows = row.windows_name.map(|name| format!(" ({name})")).unwrap_or_default();
    let numbers = row
        .numbers
        .iter()
        .map(|(system, number)| plain(format!("{system} {number}{}", if *system == "Windows" { windows.as_str() } else { "" })));
    field(messages::EXPLAIN_NUMBERS, listed(numbers));
    let printed = row.text_en.into_iter().chain(row.text_tr).map(|text| vec![Piece::Said(text.to_owned())]);
    field(messages::EXPLAIN_SYSTEMS_PRINT, listed(printed));
    fields.retain(|(_, line)| !line.is_empty());
    let mut blocks =
        vec![Block::Title(format!("{}: {}", row.name, errno_text(row, lang))), Block::Paragraph(plain(not_smtp)), Block::Fields(fields)];
    one_and_others(row.cause, row.other_causes, lang, &mut blocks);
    blocks
}

/// What systems print in this language; the cause's title where they print nothing.
pub(super) fn errno_text(row: &'static Errno, lang: Lang) -> &'static str {
    let printed = match lang {
        Lang::En => row.text_en,
        Lang::Tr => row.text_tr,
    };
    printed.unwrap_or(row.cause.data().title.get(lang))
}

/// The page of a number of a client program.
pub(super) fn client(row: &'static ClientNumber, lang: Lang) -> Vec<Block> {
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    field(messages::EXPLAIN_PRINTED_BY, plain(program(row)));
    if let Some(name) = row.name {
        field(messages::EXPLAIN_NAME, vec![Piece::Code(name.to_owned())]);
    }
    if let Some(text) = row.source {
        field(messages::EXPLAIN_SOURCE, source(text));
    }
    // A text that is the same in both languages is the program's own.
    let own_words = row.meaning.en == row.meaning.tr;
    let title = if own_words { row.cause.data().title } else { row.meaning };
    if own_words && row.name != Some(row.meaning.en) {
        field(messages::EXPLAIN_PROGRAM_TEXT, vec![Piece::Said(row.meaning.en.to_owned())]);
    }
    let mut blocks = vec![Block::Title(format!("{}: {}", Topic::Client(row).id(), title.get(lang))), Block::Fields(fields)];
    one_and_others(row.cause, row.other_causes, lang, &mut blocks);
    blocks
}

/// Who prints the number.
fn program(row: &ClientNumber) -> &'static str {
    match row.kind {
        ClientKind::Outlook => "Outlook, Outlook Express, MAPI",
        ClientKind::WindowsTls => "Windows (Schannel)",
        ClientKind::Curl => "curl",
        ClientKind::TlsAlert => "TLS (RFC 8446 §6)",
    }
}

/// The page of an error of a mail library.
pub(super) fn library(row: &'static LibraryForm, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![Block::Title(format!("{}: {}", row.form, row.library))];
    if let Some(note) = row.note {
        blocks.push(Block::Paragraph(message(note, lang)));
    }
    one_and_others(row.cause, row.other_causes, lang, &mut blocks);
    blocks
}

fn one_and_others(cause: Cause, others: &[Cause], lang: Lang, blocks: &mut Vec<Block>) {
    let all: Vec<Cause> = [cause].into_iter().chain(others.iter().copied()).collect();
    stands_for(&all, lang, blocks);
}
