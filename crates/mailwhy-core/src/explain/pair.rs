//! What separates two causes.

use super::Topic;
use super::block::{Block, Line, heading, link, message, plain};
use crate::Cause;
use crate::advise::with;
use mailwhy_knowledge::{Lang, Text, messages};

/// `How to tell mailbox-full from mailbox-disabled`
pub(super) fn title(a: Cause, b: Cause, lang: Lang) -> String {
    with(messages::EXPLAIN_PAIR_TITLE.get(lang), &[("first", a.id()), ("second", b.id())])
}

pub(super) fn blocks(a: Cause, b: Cause, lang: Lang) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title(title(a, b, lang)),
        Block::List([a, b].map(|cause| link(Topic::Cause(cause), lang)).to_vec()),
        heading(messages::EXPLAIN_HEADING_SEPARATES, lang),
    ];
    let rules: Vec<Line> = [(a, b), (b, a)]
        .into_iter()
        .flat_map(|(one, other)| one.data().borderline.iter().filter(move |neighbour| neighbour.cause == Some(other)))
        .map(|neighbour| plain(neighbour.text.get(lang)))
        .collect();
    if rules.is_empty() {
        blocks.push(Block::Paragraph(message(messages::EXPLAIN_PAIR_SILENT, lang)));
    } else {
        blocks.push(Block::List(rules));
    }
    blocks.push(heading(messages::EXPLAIN_HEADING_DIFFERENCES, lang));
    let rows: Vec<Vec<Line>> = differences(a, b, lang)
        .into_iter()
        .filter(|(_, one, other)| one != other)
        .map(|(name, one, other)| vec![plain(name.get(lang)), plain(one), plain(other)])
        .collect();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(message(messages::EXPLAIN_PAIR_SAME, lang)));
    } else {
        blocks.push(Block::Table(vec![String::new(), a.id().to_owned(), b.id().to_owned()], rows));
    }
    blocks
}

/// What both are asked, and what each says.
fn differences(a: Cause, b: Cause, lang: Lang) -> [(Text, String, String); 4] {
    let row = |name: Text, say: &dyn Fn(Cause) -> String| (name, say(a), say(b));
    [
        row(messages::EXPLAIN_VERDICT, &|cause| cause.data().verdict.label().get(lang).to_owned()),
        row(messages::EXPLAIN_ACTOR, &|cause| cause.data().actor.label().get(lang).to_owned()),
        row(messages::EXPLAIN_PERSISTENCE, &|cause| cause.data().persistence.label().get(lang).to_owned()),
        row(messages::EXPLAIN_PHASE, &|cause| {
            cause.data().phases.iter().map(|phase| phase.label().get(lang)).collect::<Vec<_>>().join(", ")
        }),
    ]
}
