//! The article, cured: the 41 numbers of a much copied list, with what each really is. Written from `knowledge/article.toml`;
//! nothing of the article itself is quoted.

use super::block::{Block, Line, Piece, heading, listed, message, plain, short_link};
use super::{Pattern, Topic};
use crate::advise::{self, capitalised, reading, with};
use crate::{Cause, Reading};
use mailwhy_knowledge::{ARTICLE, Actor, ArticleCode, ERRNOS, Lang, Text, dotless, messages, reply_code};

pub(super) fn blocks(lang: Lang) -> Vec<Block> {
    let count = |kind: &str| ARTICLE.iter().filter(|row| row.kind == kind).count().to_string();
    let all = ARTICLE.len().to_string();
    let kinds = [("dotless", &*count("dotless")), ("errnos", &*count("errno")), ("replies", &*count("reply"))];
    let head = [messages::ARTICLE_COLUMN_NUMBER, messages::ARTICLE_COLUMN_REALLY, messages::EXPLAIN_VERDICT, messages::EXPLAIN_ACTOR];
    let mut blocks = vec![
        Block::Title(messages::ARTICLE_TITLE.get(lang).to_owned()),
        Block::Paragraph(plain(with(messages::ARTICLE_INTRO_WHAT.get(lang), &[("count", &all)]))),
        Block::Paragraph(plain(with(messages::ARTICLE_INTRO_KINDS.get(lang), &kinds))),
        Block::Paragraph(message(messages::ARTICLE_INTRO_MORE, lang)),
        heading(messages::ARTICLE_HEADING_OVERVIEW, lang),
        Block::Table(head.map(|text| text.get(lang).to_owned()).to_vec(), ARTICLE.iter().map(|row| overview(row, lang)).collect()),
    ];
    ARTICLE.iter().for_each(|row| section(row, lang, &mut blocks));
    blocks
}

/// A row of the table.
fn overview(row: &ArticleCode, lang: Lang) -> Vec<Line> {
    vec![
        plain(row.number.to_string()),
        plain(row.title.get(lang)),
        plain(row.verdict.label().get(lang)),
        plain(row.actor.label().get(lang)),
    ]
}

/// What there is to say about one number.
fn section(row: &ArticleCode, lang: Lang, blocks: &mut Vec<Block>) {
    let written = row.number.to_string();
    blocks.push(Block::Part(format!("{written}: {}", row.title.get(lang))));
    let mut fields = Vec::new();
    let mut field = |name: Text, line: Line| fields.push((name.get(lang).to_owned(), line));
    field(messages::EXPLAIN_VERDICT, plain(capitalised(row.verdict.label().get(lang), lang)));
    if row.actor != Actor::Nobody {
        field(messages::EXPLAIN_ACTOR, plain(capitalised(row.actor.label().get(lang), lang)));
    }
    field(messages::EXPLAIN_PERSISTENCE, plain(capitalised(row.persistence.label().get(lang), lang)));
    blocks.push(Block::Fields(fields));
    blocks.push(Block::Paragraph(plain(row.really.get(lang))));
    let (readings, mut pages) = readings(row);
    if readings.len() > 1 {
        blocks.push(heading(messages::HEADING_READINGS, lang));
        blocks.push(Block::List(readings.iter().map(|one| plain(reading(one, &written, lang))).collect()));
    }
    blocks.push(heading(messages::HEADING_STEPS, lang));
    blocks.push(Block::Steps(row.steps.iter().map(|step| plain(advise::plain(*step, lang))).collect()));
    match row.misleads {
        Some(why) => blocks.extend([heading(judgement(row.article), lang), Block::Paragraph(message(why, lang))]),
        None => blocks.push(Block::Paragraph(plain(format!("{}.", judgement(row.article).get(lang))))),
    }
    let causes = row.causes.iter().filter(|cause| **cause != Cause::Unknown).map(|cause| Topic::Cause(*cause));
    pages.extend(causes);
    let mut line = plain(format!("{}: ", messages::ARTICLE_PAGES.get(lang)));
    line.extend(listed(pages.into_iter().map(short_link)));
    line.push(Piece::Plain(".".to_owned()));
    blocks.push(Block::Paragraph(line));
}

/// What the number may mean, likeliest first, and the pages of these meanings.
fn readings(row: &ArticleCode) -> (Vec<Reading>, Vec<Topic>) {
    let mut readings = Vec::new();
    let mut pages = Vec::new();
    if row.kind == "errno" {
        for errno in ERRNOS {
            if let Some((system, _)) = errno.numbers.iter().find(|(system, number)| *system == "Linux" && *number == i32::from(row.number))
            {
                readings.push(Reading::Errno(errno, system));
                pages.push(Topic::Errno(errno));
            }
        }
    }
    if let Some(code) = reply_code(row.number) {
        readings.push(Reading::Reply(code));
        pages.push(Topic::Reply(code));
    }
    if let Some(lost) = dotless(row.number) {
        let place = if lost.basic_is_likelier { readings.len() } else { 0 };
        readings.insert(place, Reading::Dotless(lost));
        pages.extend(lost.dotted.iter().filter_map(|code| Pattern::parse(code)).map(Topic::Enhanced));
    }
    (readings, pages)
}

/// How far the article is right.
fn judgement(article: &str) -> Text {
    match article {
        "right" => messages::ARTICLE_RIGHT,
        "imprecise" => messages::ARTICLE_IMPRECISE,
        "misleading" => messages::ARTICLE_MISLEADING,
        _ => messages::ARTICLE_WRONG,
    }
}
