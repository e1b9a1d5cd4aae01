//! The page of a speaker: what its codes mean, and its sentences by cause.

use super::Topic;
use super::block::{Block, Line, Piece, heading, link, plain};
use super::cause::also;
use super::code::own_words;
use crate::Cause;
use crate::advise::{capitalised, with};
use mailwhy_knowledge::{Lang, RuleForm, Speaker, SpeakerRule, Text, messages};

pub(super) fn blocks(speaker: &'static Speaker, lang: Lang) -> Vec<Block> {
    let count = speaker.rules().len().to_string();
    let lead = with(messages::EXPLAIN_SPEAKER_LEAD.get(lang), &[("kind", kind(speaker).get(lang)), ("count", &count)]);
    let mut blocks = vec![
        Block::Title(speaker.name.to_owned()),
        Block::Paragraph(vec![Piece::Code(speaker.id.to_owned()), Piece::Plain(format!(" · {lead}"))]),
    ];
    if !speaker.codes.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_OWN_CODES, lang));
        blocks.push(Block::List(speaker.codes.iter().map(|own| own_words(own, lang)).collect()));
    }
    if !speaker.rules().is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_SENTENCES, lang));
    }
    for cause in Cause::ALL {
        let mut rules = speaker.rules().iter().filter(|rule| rule.cause == *cause).peekable();
        if rules.peek().is_some() {
            blocks.push(Block::Subheading(link(Topic::Cause(*cause), lang)));
            rules.for_each(|rule| sentence(rule, lang, &mut blocks));
        }
    }
    blocks
}

/// A sentence, and what there is to say about it.
fn sentence(rule: &'static SpeakerRule, lang: Lang, blocks: &mut Vec<Block>) {
    blocks.push(Block::Verbatim(rule.example.to_owned()));
    let form = match rule.form {
        RuleForm::Sentence | RuleForm::Tag => None,
        RuleForm::Trap => Some(messages::EXPLAIN_FORM_TRAP),
        RuleForm::Generic => Some(messages::EXPLAIN_FORM_GENERIC),
        RuleForm::Wrapper => Some(messages::EXPLAIN_FORM_WRAPPER),
    };
    let form = form.map(|text| plain(text.get(lang)));
    let also = also(rule.also, lang).map(|mut line| {
        if let Some(Piece::Plain(first)) = line.first_mut() {
            *first = capitalised(first, lang);
        }
        line.push(Piece::Plain(".".to_owned()));
        line
    });
    let page = rule.url.map(|url| {
        let text = with(messages::EXPLAIN_PAGE_OF.get(lang), &[("speaker", rule.speaker().name)]);
        vec![Piece::Web(text, url.to_owned())]
    });
    let mut line = Line::new();
    for part in [form, also, page].into_iter().flatten() {
        if !line.is_empty() {
            line.push(Piece::Plain(" ".to_owned()));
        }
        line.extend(part);
    }
    if !line.is_empty() {
        blocks.push(Block::Paragraph(line));
    }
}

/// What it is.
fn kind(speaker: &Speaker) -> Text {
    match speaker.kind {
        "provider" => messages::EXPLAIN_KIND_PROVIDER,
        "filter" => messages::EXPLAIN_KIND_FILTER,
        "list" => messages::EXPLAIN_KIND_LIST,
        "client" => messages::EXPLAIN_KIND_CLIENT,
        _ => messages::EXPLAIN_KIND_SERVER,
    }
}
