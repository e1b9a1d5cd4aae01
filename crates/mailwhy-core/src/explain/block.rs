//! What a page is made of, in one language and before it has a form.

use super::Topic;
use crate::advise::{capitalised, with};
use mailwhy_knowledge::{Actor, Cause, Lang, Text, messages};

/// A piece of a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// What the page is about.
    Title(String),
    /// The title of one of several parts of a page.
    Part(String),
    /// A heading within the page or part.
    Heading(String),
    /// A heading below that.
    Subheading(Line),
    /// Prose.
    Paragraph(Line),
    /// Names and what belongs to them.
    Fields(Vec<(String, Line)>),
    /// Steps, in their order.
    Steps(Vec<Line>),
    /// Things in no order.
    List(Vec<Line>),
    /// A command or a reply, exactly as it is.
    Verbatim(String),
    /// Rows below a head.
    Table(Vec<String>, Vec<Vec<Line>>),
}

/// A run of words.
pub(super) type Line = Vec<Piece>;

/// A piece of a line.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Plain words.
    Plain(String),
    /// A name of a program's world: an id, a command, a constant.
    Code(String),
    /// Words as a server or program says them.
    Said(String),
    /// Words that lead to a topic's page.
    Link(String, Topic),
    /// Words that lead to a page of the web.
    Web(String, String),
}

/// One plain piece.
pub(super) fn plain(text: impl Into<String>) -> Line {
    vec![Piece::Plain(text.into())]
}

/// A message of the program.
pub(super) fn message(text: Text, lang: Lang) -> Line {
    plain(text.get(lang))
}

/// A heading of the page.
pub(super) fn heading(text: Text, lang: Lang) -> Block {
    Block::Heading(text.get(lang).to_owned())
}

/// Lines in one, with commas between them.
pub(super) fn listed(lines: impl IntoIterator<Item = Line>) -> Line {
    let mut all = Line::new();
    for line in lines {
        if !all.is_empty() {
            all.push(Piece::Plain(", ".to_owned()));
        }
        all.extend(line);
    }
    all
}

/// A message with pieces in its place: the slot `name` is filled with `line`.
pub(super) fn filled(text: Text, lang: Lang, name: &str, line: Line) -> Line {
    let slot = format!("{{{name}}}");
    let (before, after) = text.get(lang).split_once(&slot).unwrap_or((text.get(lang), ""));
    let mut all = Line::new();
    all.extend((!before.is_empty()).then(|| Piece::Plain(before.to_owned())));
    all.extend(line);
    all.extend((!after.is_empty()).then(|| Piece::Plain(after.to_owned())));
    all
}

/// A topic by its title and the word to ask for it.
pub(super) fn link(topic: Topic, lang: Lang) -> Line {
    vec![
        Piece::Link(topic.title(lang), topic.clone()),
        Piece::Plain(" (".to_owned()),
        Piece::Code(topic.id()),
        Piece::Plain(")".to_owned()),
    ]
}

/// A topic by the word to ask for it.
pub(super) fn short_link(topic: Topic) -> Line {
    vec![Piece::Link(topic.id(), topic)]
}

/// `who: the sender`.
pub(super) fn who(actor: Actor, lang: Lang) -> String {
    with(messages::EXPLAIN_WHO.get(lang), &[("actor", actor.label().get(lang))])
}

/// `wait; who: the sender`.
pub(super) fn wait_or_act(cause: Cause, lang: Lang) -> String {
    let data = cause.data();
    let verdict = data.verdict.label().get(lang);
    match data.actor {
        Actor::Nobody => verdict.to_owned(),
        actor => format!("{verdict}; {}", who(actor, lang)),
    }
}

/// The causes that a code or number may stand for, with a line each.
pub(super) fn stands_for(causes: &[Cause], lang: Lang, blocks: &mut Vec<Block>) {
    let line = |cause: &Cause| {
        let mut line = link(Topic::Cause(*cause), lang);
        line.push(Piece::Plain(format!(": {}", wait_or_act(*cause, lang))));
        line
    };
    match causes {
        [] => {}
        [only] => {
            blocks.push(heading(messages::EXPLAIN_HEADING_STANDS_FOR, lang));
            blocks.push(Block::List(vec![line(only)]));
        }
        several => {
            blocks.push(heading(messages::EXPLAIN_HEADING_STANDS_FOR_LIKELIEST, lang));
            blocks.push(Block::Steps(several.iter().map(line).collect()));
        }
    }
}

/// A label and its meaning as two sentences.
pub(super) fn sentence(label: Text, meaning: Text, lang: Lang) -> String {
    format!("{}. {}", capitalised(label.get(lang), lang), meaning.get(lang))
}

/// The first sentence of a text without its full stop, fit for a title, and what comes after it.
pub(super) fn titled(text: &str) -> (&str, Option<&str>) {
    let ends = text.match_indices(". ").find(|(at, _)| text[at + 2..].starts_with(|c: char| c.is_uppercase() || c == '('));
    match ends {
        Some((at, _)) => (&text[..at], Some(&text[at + 2..])),
        None => (text.strip_suffix('.').unwrap_or(text), None),
    }
}

/// The blocks as part of a page about several topics.
pub(super) fn lowered(blocks: Vec<Block>) -> Vec<Block> {
    blocks
        .into_iter()
        .map(|block| match block {
            Block::Title(title) => Block::Part(title),
            other => other,
        })
        .collect()
}

/// A source, with a link to every RFC that it names.
pub(super) fn source(text: &str) -> Line {
    let mut line = Line::new();
    let mut rest = text;
    while let Some(at) = rest.find("RFC") {
        let digits = rest[at + 3..].trim_start_matches(' ');
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let end = rest.len() - digits.len() + length;
        if length < 3 {
            line.push(Piece::Plain(rest[..at + 3].to_owned()));
            rest = &rest[at + 3..];
            continue;
        }
        line.extend((at > 0).then(|| Piece::Plain(rest[..at].to_owned())));
        line.push(Piece::Web(rest[at..end].to_owned(), format!("https://www.rfc-editor.org/rfc/rfc{}", &digits[..length])));
        rest = &rest[end..];
    }
    line.extend((!rest.is_empty()).then(|| Piece::Plain(rest.to_owned())));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_link_every_rfc() {
        let pieces: Vec<String> = source("[RFC7505] (Standards Track); RFC 5321 §4.2.3; an RFC")
            .into_iter()
            .map(|piece| match piece {
                Piece::Web(text, url) => format!("<{text}|{url}>"),
                Piece::Plain(text) => text,
                _ => unreachable!("a source is made of words and links"),
            })
            .collect();
        assert_eq!(
            pieces.concat(),
            "[<RFC7505|https://www.rfc-editor.org/rfc/rfc7505>] (Standards Track); <RFC 5321|https://www.rfc-editor.org/rfc/rfc5321> §4.2.3; an RFC"
        );
    }
}
