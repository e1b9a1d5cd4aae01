//! The 41 numbers of the article, each through the whole program in both languages; and no advice that does harm, anywhere.

use mailwhy_core::advise::{advise, reading};
use mailwhy_core::explain::{self, Page, Shelf, Topic};
use mailwhy_core::knowledge::{ARTICLE, Actor, ArticleCode, Modifier, Outcome, Verdict, dotless, reply_code};
use mailwhy_core::{Cause, Diagnosis, Lang, Reading, diagnose};
use regex_automata::meta::Regex;

fn diagnosed(row: &ArticleCode) -> Diagnosis {
    let diagnoses = diagnose(&row.number.to_string());
    assert_eq!(diagnoses.len(), 1, "{}: one number, one diagnosis", row.number);
    diagnoses.into_iter().next().expect("just counted")
}

#[test]
fn every_number_is_answered_as_the_table_says() {
    assert_eq!(ARTICLE.len(), 41);
    let mut wrong = Vec::new();
    for row in ARTICLE {
        let diagnosis = diagnosed(row);
        let mut compare = |what: &str, said: &str, wanted: &str| {
            if said != wanted {
                wrong.push(format!("{}: {what} is {said}, the table says {wanted}", row.number));
            }
        };
        compare("cause", diagnosis.cause().id(), row.causes[0].id());
        compare("verdict", diagnosis.verdict.id(), row.verdict.id());
        compare("actor", diagnosis.actor.id(), row.actor.id());
        compare("persistence", diagnosis.persistence.id(), row.persistence.id());
        // Where the number names no reason, what it may be is among the table's candidates.
        if diagnosis.cause() == Cause::Unknown {
            for (cause, _) in &diagnosis.decision.alternatives {
                compare("alternative", if row.causes.contains(cause) { "a candidate" } else { cause.id() }, "a candidate");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_number_has_advice_in_both_languages() {
    for row in ARTICLE {
        let diagnosis = diagnosed(row);
        let [en, tr] = Lang::ALL.map(|lang| advise(&diagnosis, lang));
        assert!(!en.title.is_empty() && !en.summary.is_empty() && !en.steps.is_empty(), "{}", row.number);
        assert_ne!(en.title, tr.title, "{}", row.number);
        assert_ne!(en.summary, tr.summary, "{}", row.number);
        assert_eq!(en.steps.len(), tr.steps.len(), "{}", row.number);
        assert_eq!(en.question.is_some(), diagnosis.cause() == Cause::Unknown, "{}: a question where the cause is open", row.number);
        // A permanent failure is not waited for; a success needs nobody.
        assert!(diagnosis.persistence.id() != "permanent" || diagnosis.verdict == Verdict::Act, "{}", row.number);
        assert_eq!(diagnosis.verdict == Verdict::Nothing, diagnosis.actor == Actor::Nobody, "{}", row.number);
        assert_eq!(row.number < 400 && row.kind == "reply", diagnosis.verdict == Verdict::Nothing, "{}", row.number);
        assert_ne!(diagnosis.outcome, Outcome::Delivered, "{}: no bare number proves a delivery", row.number);
    }
}

#[test]
fn lost_dots_are_told() {
    let rows: Vec<_> = ARTICLE.iter().filter(|row| row.kind == "dotless").collect();
    assert_eq!(rows.len(), 16);
    for row in rows {
        let diagnosis = diagnosed(row);
        let written = row.number.to_string();
        let dotted = row.dotted.expect("a number that lost its dots had some");
        assert!(diagnosis.modifiers.contains(&Modifier::DotLessCode), "{written}");
        for lang in Lang::ALL {
            let told: Vec<String> = diagnosis.readings().iter().map(|one| reading(one, &written, lang)).collect();
            assert!(told.first().is_some_and(|text| text.contains(dotted) && text.contains(&written)), "{written}: {told:?}");
            let page = explain::find(&written).map(|page| explain::render_terminal(&page, lang, 100, false)).unwrap_or_default();
            assert!(page.contains(dotted), "{written}: {page}");
        }
    }
}

#[test]
fn both_readings_are_told_where_a_number_collides() {
    let mut collisions = 0;
    for row in ARTICLE {
        let (Some(reply), Some(lost)) = (reply_code(row.number), dotless(row.number)) else { continue };
        collisions += 1;
        let diagnosis = diagnosed(row);
        let kinds: Vec<&str> = diagnosis
            .attempt
            .number
            .iter()
            .flat_map(|number| &number.readings)
            .map(|reading| match reading {
                Reading::Reply(_) => "reply",
                Reading::Dotless(_) => "dotless",
                _ => "other",
            })
            .collect();
        let wanted = if lost.basic_is_likelier { ["reply", "dotless"] } else { ["dotless", "reply"] };
        assert_eq!(kinds, wanted, "{}", row.number);
        assert_eq!(kinds[0], row.kind, "{}: the table's kind is the likelier one", row.number);
        for lang in Lang::ALL {
            let told: Vec<String> = diagnosis.readings().iter().map(|one| reading(one, &row.number.to_string(), lang)).collect();
            assert!(told.iter().any(|text| text.contains(reply.meaning.get(lang))), "{}: {told:?}", row.number);
            assert!(told.iter().any(|text| text.contains(lost.meaning.get(lang))), "{}: {told:?}", row.number);
        }
    }
    assert!(collisions >= 9, "only {collisions} numbers collide");
    // Other meanings that no table of codes holds, such as GroupWise's 420, stand on the number's page.
    for row in ARTICLE.iter().filter(|row| row.kind == "dotless") {
        let Some(other) = dotless(row.number).and_then(|lost| lost.collides_with) else { continue };
        for lang in Lang::ALL {
            let page = explain::find(&row.number.to_string()).map(|page| explain::render_markdown(&page, lang)).unwrap_or_default();
            assert!(page.contains(other.get(lang)), "{}: {page}", row.number);
        }
    }
}

#[test]
fn numbers_of_the_system_say_that_no_server_answered() {
    let rows: Vec<_> = ARTICLE.iter().filter(|row| row.kind == "errno").collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let diagnosis = diagnosed(row);
        assert!(diagnosis.modifiers.contains(&Modifier::NotSmtp), "{}", row.number);
        for (lang, words) in [(Lang::En, "no server answered"), (Lang::Tr, "sunucu yanıt vermedi")] {
            let told: Vec<String> = diagnosis.readings().iter().map(|one| reading(one, &row.number.to_string(), lang)).collect();
            assert!(told.iter().any(|text| text.contains(words)), "{}: {told:?}", row.number);
            let advice = advise(&diagnosis, lang);
            let step = Modifier::NotSmtp.steps()[0].get(lang);
            assert_eq!(advice.steps.first().map(String::as_str), Some(step), "{}", row.number);
            let page =
                explain::find(&row.number.to_string()).map(|page| explain::render_terminal(&page, lang, 100, false)).unwrap_or_default();
            assert!(page.to_lowercase().contains(words), "{}: {page}", row.number);
        }
    }
}

#[test]
fn the_cured_article_is_complete() {
    for lang in Lang::ALL {
        let text = explain::render_markdown(&Page::of(Topic::Article), lang);
        for row in ARTICLE {
            let section = section(&text, row.number);
            assert!(section.contains(row.really.get(lang)), "{}: {section}", row.number);
            assert!(row.misleads.is_none_or(|why| section.contains(why.get(lang))), "{}", row.number);
            assert!(row.steps.iter().all(|step| section.contains(step.get(lang))), "{}", row.number);
            let overview = format!(
                "| {} | {} | {} | {} |",
                row.number,
                row.title.get(lang),
                row.verdict.label().get(lang),
                row.actor.label().get(lang)
            );
            assert!(text.contains(&overview), "no row {overview}");
        }
    }
}

/// The part of the article's page about one number.
fn section(text: &str, number: u16) -> &str {
    let start = text.find(&format!("\n## {number}: ")).unwrap_or_else(|| panic!("no section about {number}"));
    let rest = &text[start + 1..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

/// One kind of advice that does harm.
struct Harm {
    id: String,
    only_in: Vec<String>,
    patterns: Vec<Regex>,
}

fn harms() -> Vec<Harm> {
    let table: toml::Table = include_str!("../../../knowledge/harmful.toml").parse().expect("harmful.toml is TOML");
    let strings = |advice: &toml::Value, name: &str| -> Vec<String> {
        let list = advice.get(name).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let advice = table["advice"].as_array().expect("[[advice]]");
    advice
        .iter()
        .map(|advice| Harm {
            id: advice["id"].as_str().unwrap_or_default().to_owned(),
            only_in: strings(advice, "only_in"),
            patterns: [strings(advice, "en"), strings(advice, "tr")]
                .concat()
                .iter()
                .map(|pattern| Regex::new(pattern).expect("the build script compiled this pattern"))
                .collect(),
        })
        .collect()
}

/// The harmful sentences of a text about `cause`.
fn harmful(harms: &[Harm], text: &str, cause: Option<Cause>) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '#' | '.' | ' ' | '>' | '|');
        let line = line.trim_start_matches(mark).replace(['\\', '*', '`'], "").to_lowercase();
        // A sentence that begins inside a line is still the beginning of a sentence.
        for sentence in line.split_inclusive(". ") {
            for harm in harms {
                let counts = harm.only_in.is_empty() || cause.is_some_and(|cause| harm.only_in.iter().any(|id| id == cause.id()));
                if counts && harm.patterns.iter().any(|pattern| pattern.is_match(sentence)) {
                    found.push(format!("{}: {sentence}", harm.id));
                }
            }
        }
    }
    found
}

#[test]
fn no_harmful_advice_stands_anywhere() {
    let harms = harms();
    assert!(harms.len() >= 10, "{} kinds of harm", harms.len());
    let mut found = Vec::new();
    let mut look = |place: String, text: &str, cause: Option<Cause>| {
        found.extend(harmful(&harms, text, cause).into_iter().map(|harm| format!("{place}: {harm}")));
    };
    let shelves = Shelf::ALL.into_iter().flat_map(|shelf| shelf.topics().into_iter().chain([Topic::Shelf(shelf)]));
    for topic in shelves.chain([Topic::Article, Topic::Contents]) {
        let cause = if let Topic::Cause(cause) = topic { Some(cause) } else { None };
        for lang in Lang::ALL {
            let text = explain::render_markdown(&Page::of(topic.clone()), lang);
            look(format!("page of {} ({})", topic.id(), lang.id()), &text, cause);
        }
    }
    for lang in Lang::ALL {
        let article = explain::render_markdown(&Page::of(Topic::Article), lang);
        for row in ARTICLE {
            for cause in row.causes {
                look(format!("article, {} ({})", row.number, lang.id()), section(&article, row.number), Some(*cause));
            }
            let diagnosis = diagnosed(row);
            let advice = advise(&diagnosis, lang);
            let text = format!("{}\n{}\n{}", advice.title, advice.summary, advice.steps.join("\n"));
            look(format!("advice for {} ({})", row.number, lang.id()), &text, Some(diagnosis.cause()));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn harmful_advice_would_be_found() {
    let harms = harms();
    let about = Cause::from_id;
    for (text, cause) in [
        ("Switch off the firewall.", None),
        ("- **Step:** Wait. Switch off the firewall.", None),
        ("2. Güvenlik duvarını kapatın.", None),
        ("1. Split the list of recipients.", about("message-too-big")),
        ("Enter the password again.", about("connection-refused")),
        ("İletiyi yeniden gönderin.", about("greylisted")),
    ] {
        assert!(!harmful(&harms, text, cause).is_empty(), "{text}");
    }
    assert!(harmful(&harms, "Do not switch off the firewall.", None).is_empty());
    assert!(harmful(&harms, "Enter the password again.", about("auth-failed")).is_empty());
}
