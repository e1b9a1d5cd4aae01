//! The page of a cause.

use super::block::{Block, Line, Piece, filled, heading, link, listed, plain, sentence, short_link, source, who};
use super::{Pattern, Topic};
use crate::advise::{self, Facts, capitalised, with};
use mailwhy_knowledge::{Actor, Cause, CauseData, ERRNOS, Lang, Persistence, Remedy, SPEAKERS, check, dotless, messages, reply_code};

pub(super) fn blocks(cause: Cause, lang: Lang) -> Vec<Block> {
    let data = cause.data();
    let mut blocks = vec![
        Block::Title(data.title.get(lang).to_owned()),
        Block::Paragraph(vec![Piece::Code(data.id.to_owned()), Piece::Plain(format!(" · {}", data.family.label().get(lang)))]),
        Block::Paragraph(plain(advise::plain(data.summary, lang))),
        Block::Fields(facts(data, lang)),
        heading(messages::HEADING_STEPS, lang),
        Block::Steps(data.steps.iter().map(|step| plain(advise::plain(*step, lang))).collect()),
    ];
    if let Some(question) = data.question {
        blocks.push(heading(messages::HEADING_QUESTION, lang));
        blocks.push(Block::Paragraph(plain(advise::plain(question, lang))));
    }
    program(&data.remedy, lang, &mut blocks);
    told(cause, lang, &mut blocks);
    if !data.borderline.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_APART, lang));
        let neighbours = data.borderline.iter().map(|neighbour| {
            let mut line = neighbour.cause.map(|cause| link(Topic::Cause(cause), lang)).unwrap_or_default();
            line.extend((!line.is_empty()).then(|| Piece::Plain(": ".to_owned())));
            line.push(Piece::Plain(neighbour.text.get(lang).to_owned()));
            line
        });
        blocks.push(Block::List(neighbours.collect()));
    }
    if !data.variants.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_VARIANTS, lang));
        let variants = data.variants.iter().map(|variant| {
            let mut line = plain(variant.title.get(lang));
            if let Some(actor) = variant.actor {
                line.push(Piece::Plain(format!(". {}", capitalised(&who(actor, lang), lang))));
            }
            line
        });
        blocks.push(Block::List(variants.collect()));
    }
    checks(data, lang, &mut blocks);
    folds(data, lang, &mut blocks);
    if !data.sources.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_SOURCES, lang));
        blocks.push(Block::List(data.sources.iter().map(|text| source(text)).collect()));
    }
    blocks
}

/// Wait or act, who, whether it lasts, where it shows: each with its meaning.
fn facts(data: &CauseData, lang: Lang) -> Vec<(String, Line)> {
    let mut actor = sentence(data.actor.label(), data.actor.meaning(), lang);
    let others: Vec<&str> = data.other_actors.iter().map(|actor| actor.label().get(lang)).collect();
    if !others.is_empty() {
        actor.push(' ');
        actor.push_str(&with(messages::EXPLAIN_OTHERS.get(lang), &[("actors", &others.join(", "))]));
    }
    let mut persistence = sentence(data.persistence.label(), data.persistence.meaning(), lang);
    if data.reply_class_wins && matches!(data.persistence, Persistence::Permanent | Persistence::Temporary) {
        persistence.push(' ');
        persistence.push_str(messages::EXPLAIN_CLASS_WINS.get(lang));
    }
    let labels = |labels: Vec<&str>| capitalised(&labels.join("; "), lang);
    let field = |name: mailwhy_knowledge::Text, text: String| (name.get(lang).to_owned(), plain(text));
    let mut fields = vec![field(messages::EXPLAIN_VERDICT, sentence(data.verdict.label(), data.verdict.meaning(), lang))];
    if data.actor != Actor::Nobody {
        fields.push(field(messages::EXPLAIN_ACTOR, actor));
    }
    fields.push(field(messages::EXPLAIN_PERSISTENCE, persistence));
    fields.push(field(messages::EXPLAIN_OUTCOME, labels(data.outcomes.iter().map(|o| o.label().get(lang)).collect())));
    fields.push(field(messages::EXPLAIN_PHASE, labels(data.phases.iter().map(|p| p.label().get(lang)).collect())));
    fields
}

/// The remedy, with its waiting times in words.
fn program(remedy: &Remedy, lang: Lang, blocks: &mut Vec<Block>) {
    blocks.push(heading(messages::EXPLAIN_HEADING_PROGRAM, lang));
    blocks.push(Block::List(remedy.actions.iter().map(|action| plain(sentence(action.label(), action.meaning(), lang))).collect()));
    let waiting = match (remedy.first_s, remedy.until_s) {
        (Some(first), Some(until)) => {
            let factor = remedy.growth.to_string();
            let values = [("first", &*after(first, lang)), ("factor", &*factor), ("until", &*after(until, lang))];
            with(messages::EXPLAIN_WAITING.get(lang), &values)
        }
        (Some(first), None) => with(messages::EXPLAIN_WAITING_ONCE.get(lang), &[("first", &after(first, lang))]),
        (None, _) => return,
    };
    blocks.push(Block::Paragraph(plain(waiting)));
}

/// `after 5 minutes`.
fn after(seconds: u32, lang: Lang) -> String {
    let units = [
        (86400, messages::EXPLAIN_AFTER_DAY, messages::EXPLAIN_AFTER_DAYS),
        (3600, messages::EXPLAIN_AFTER_HOUR, messages::EXPLAIN_AFTER_HOURS),
        (60, messages::EXPLAIN_AFTER_MINUTE, messages::EXPLAIN_AFTER_MINUTES),
    ];
    // The largest unit of which it is a whole number; what is less than a minute is at once.
    match units.into_iter().find(|(unit, ..)| seconds >= *unit && (seconds.is_multiple_of(*unit) || *unit == 60)) {
        None => messages::EXPLAIN_AT_ONCE.get(lang).to_owned(),
        Some((unit, one, _)) if seconds / unit == 1 => one.get(lang).to_owned(),
        Some((unit, _, many)) => with(many.get(lang), &[("count", &(seconds / unit).to_string())]),
    }
}

/// The codes, the words and the speakers that tell it.
fn told(cause: Cause, lang: Lang, blocks: &mut Vec<Block>) {
    let data = cause.data();
    let mut fields = Vec::new();
    let mut field = |name: mailwhy_knowledge::Text, line: Line| {
        if !line.is_empty() {
            fields.push((name.get(lang).to_owned(), line));
        }
    };
    field(messages::EXPLAIN_ENHANCED_CODES, listed(data.told_enhanced.iter().map(|written| told_enhanced(written))));
    field(messages::EXPLAIN_REPLY_CODES, listed(data.told_reply.iter().map(|written| told_reply(written))));
    field(messages::EXPLAIN_WORDS, listed(data.told_phrases.iter().map(|phrase| vec![Piece::Said((*phrase).to_owned())])));
    let speakers = SPEAKERS.iter().filter(|speaker| speaker.rules().iter().any(|rule| rule.cause == cause));
    let speakers = speakers.map(|speaker| vec![Piece::Link(speaker.name.to_owned(), Topic::Speaker(speaker))]);
    field(messages::EXPLAIN_SAID_BY, listed(speakers));
    if !fields.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_TOLD, lang));
        blocks.push(Block::Fields(fields));
    }
}

/// `4.2.1 (Gmail)`: the code leads to its page.
fn told_enhanced(written: &str) -> Line {
    let (code, remark) = written.split_once(' ').unwrap_or((written, ""));
    let mut line = match Pattern::parse(code) {
        Some(pattern) => short_link(Topic::Enhanced(pattern)),
        None => plain(code),
    };
    line.extend((!remark.is_empty()).then(|| Piece::Plain(format!(" {remark}"))));
    line
}

/// `447 (dot-less 4.4.7)`: the number leads to its page, which says what the remark says.
fn told_reply(written: &str) -> Line {
    let number = written.split(' ').next().and_then(|number| number.parse::<u16>().ok());
    let reply = number.and_then(reply_code).map(Topic::Reply);
    let topic = reply.or_else(|| number.and_then(dotless).map(Topic::Dotless)).or_else(|| {
        let linux = ("Linux", i32::from(number?));
        ERRNOS.iter().find(|row| row.numbers.contains(&linux)).map(Topic::Errno)
    });
    topic.map_or_else(|| plain(written), |topic| vec![Piece::Link(number.unwrap_or_default().to_string(), topic)])
}

/// The live checks with the command that one can run today.
fn checks(data: &CauseData, lang: Lang, blocks: &mut Vec<Block>) {
    if data.checks.is_empty() {
        return;
    }
    blocks.push(heading(messages::HEADING_PROVE, lang));
    for check in data.checks.iter().filter_map(|id| check(id)) {
        let question = check.question.get(lang);
        match check.command {
            Some(command) => {
                blocks.push(Block::Paragraph(plain(question)));
                blocks.push(Block::Verbatim(advise::fill(command, &Facts::default())));
            }
            None => blocks.push(Block::Paragraph(plain(format!("{question} {}", messages::EXPLAIN_CHECK_EVIDENCE.get(lang))))),
        }
    }
}

/// The same failure in the vocabularies of others.
fn folds(data: &CauseData, lang: Lang, blocks: &mut Vec<Block>) {
    let folds = &data.folds;
    let code = |text: &str| vec![Piece::Code(text.to_owned())];
    let named = [
        ("Sisimai", Some(listed(folds.sisimai.iter().map(|name| code(name)))).filter(|line| !line.is_empty())),
        ("KumoMTA", folds.kumomta.map(code)),
        ("postalsys", folds.postalsys.map(code)),
        ("SparkPost", folds.sparkpost.map(|number| code(&number.to_string()))),
        ("Amazon SES", folds.ses.map(code)),
        (
            "RFC 3463",
            folds.rfc3463.map(|written| Pattern::parse(written).map_or_else(|| code(written), |p| short_link(Topic::Enhanced(p)))),
        ),
    ];
    let fields: Vec<_> = named.into_iter().filter_map(|(tool, line)| Some((tool.to_owned(), line?))).collect();
    if !fields.is_empty() {
        blocks.push(heading(messages::EXPLAIN_HEADING_FOLDS, lang));
        blocks.push(Block::Fields(fields));
    }
}

/// `perhaps also: …`, or nothing.
pub(super) fn also(causes: &[Cause], lang: Lang) -> Option<Line> {
    let names = listed(causes.iter().map(|cause| vec![Piece::Link(cause.data().title.get(lang).to_owned(), Topic::Cause(*cause))]));
    (!names.is_empty()).then(|| filled(messages::EXPLAIN_ALSO, lang, "causes", names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        let said = [0, 60, 300, 900, 3600, 14400, 86400, 432_000].map(|s| after(s, Lang::En));
        let wanted = [
            "at once",
            "after a minute",
            "after 5 minutes",
            "after 15 minutes",
            "after an hour",
            "after 4 hours",
            "after a day",
            "after 5 days",
        ];
        assert_eq!(said, wanted);
        assert_eq!(after(5400, Lang::Tr), "90 dakika sonra");
    }
}
