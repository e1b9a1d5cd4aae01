//! Refuses what is incomplete, contradictory, untranslated or harmful. Every complaint names the file and the mend.

use crate::fold::Folded;
use crate::load::{Advice, Knowledge, Phrase};
use regex_automata::meta::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// A text in both languages and the place it stands in.
pub struct Bilingual<'a> {
    pub place: String,
    pub en: &'a str,
    pub tr: &'a str,
    /// May it carry facts, and must they have words for an unknown one?
    pub facts: Facts,
    /// The cause whose text it is.
    pub cause: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Facts {
    None,
    WithFallback,
    Bare,
    /// Messages of the program: filled by the program, any name.
    Slots,
}

/// All complaints; none means that the knowledge is complete.
pub fn check(knowledge: &Knowledge) -> Vec<String> {
    let mut complaints = Vec::new();
    ids(knowledge, &mut complaints);
    references(knowledge, &mut complaints);
    texts(knowledge, &mut complaints);
    concepts(knowledge, &mut complaints);
    speakers(knowledge, &mut complaints);
    complaints
}

fn ids(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    let mut unique = |place: &str, ids: &mut dyn Iterator<Item = String>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.clone()) {
                complaints.push(format!("{place}: {id:?} stands there twice"));
            }
        }
    };
    unique("facts.toml", &mut knowledge.facts.iter().map(|t| t.id.clone()));
    unique("checks.toml", &mut knowledge.checks.iter().map(|t| t.id.clone()));
    unique("messages.toml", &mut knowledge.messages.iter().map(|t| t.id.clone()));
    unique("blocklists.toml", &mut knowledge.blocklists.iter().map(|t| t.id.clone()));
    unique(
        "blocklists.toml (zone or host)",
        &mut knowledge.blocklists.iter().flat_map(|l| l.zones.iter().chain(&l.hosts).cloned().collect::<BTreeSet<_>>()),
    );
    unique("codes/reply.toml", &mut knowledge.reply.code.iter().map(|c| c.code.to_string()));
    unique("codes/enhanced.toml", &mut knowledge.enhanced.code.iter().map(|c| c.code.clone()));
    unique("codes/enhanced.toml (dotless)", &mut knowledge.enhanced.dotless.iter().map(|c| c.number.to_string()));
    unique("codes/errno.toml", &mut knowledge.errno.iter().map(|c| c.name.clone()));
    unique("codes/outlook.toml", &mut knowledge.outlook.iter().map(|c| c.number.to_lowercase()));
    unique("concepts/concepts.toml", &mut knowledge.concepts.concept.iter().map(|c| c.id.clone()));
    unique("concepts/rules.toml", &mut knowledge.rules.rule.iter().map(|c| c.id.clone()));
    unique("article.toml", &mut knowledge.article.iter().map(|c| c.number.to_string()));
    for speaker in &knowledge.speakers {
        unique(&format!("speakers/{}.toml", speaker.id), &mut speaker.rule.iter().map(|r| r.id.clone()));
    }
}

fn references(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    let causes: BTreeSet<&str> = knowledge.causes.iter().map(|c| c.id.as_str()).collect();
    let set = |terms: &'static str, ids: Vec<String>| (terms, ids.into_iter().collect::<BTreeSet<String>>());
    let terms = &knowledge.terms;
    let ids = |terms: &[crate::load::Term]| terms.iter().map(|t| t.id.clone()).collect::<Vec<_>>();
    let families = set("family", ids(&terms.family));
    let actors = set("actor", ids(&terms.actor));
    let persistences = set("persistence", ids(&terms.persistence));
    let outcomes = set("outcome", ids(&terms.outcome));
    let phases = set("phase", ids(&terms.phase));
    let verdicts = set("verdict", ids(&terms.verdict));
    let actions = set("action", ids(&terms.action));
    let checks: BTreeSet<&str> = knowledge.checks.iter().map(|c| c.id.as_str()).collect();
    let mut member = |place: &str, (name, set): &(&str, BTreeSet<String>), id: &str| {
        if !set.contains(id) {
            complaints.push(format!("{place}: {name} {id:?} is not in terms.toml"));
        }
    };
    for cause in &knowledge.causes {
        let place = format!("causes/{}.toml", cause.id);
        member(&place, &families, &cause.family);
        member(&place, &persistences, &cause.persistence);
        member(&place, &verdicts, &cause.verdict);
        cause.outcomes.iter().for_each(|o| member(&place, &outcomes, o));
        cause.phases.iter().for_each(|p| member(&place, &phases, p));
        cause.remedy.actions.iter().for_each(|a| member(&place, &actions, a));
        let variants = cause.variant.iter().filter_map(|v| v.actor.as_ref());
        for actor in cause.other_actors.iter().chain([&cause.actor]).chain(variants) {
            member(&place, &actors, actor);
        }
    }
    for code in &knowledge.article {
        let place = format!("article.toml, {}", code.number);
        member(&place, &verdicts, &code.verdict);
        member(&place, &actors, &code.actor);
        member(&place, &persistences, &code.persistence);
    }
    for cause in &knowledge.causes {
        for id in &cause.checks {
            if !checks.contains(id.as_str()) {
                complaints.push(format!("causes/{}.toml: check {id:?} is not in checks.toml", cause.id));
            }
        }
    }
    let mut known = |place: &str, id: &str| {
        if !causes.contains(id) {
            complaints.push(format!("{place}: no cause {id:?}; there is no causes/{id}.toml"));
        }
    };
    for cause in &knowledge.causes {
        let place = format!("causes/{}.toml", cause.id);
        cause.refines.iter().for_each(|id| known(&place, id));
        cause.borderline.iter().filter_map(|b| b.cause.as_ref()).for_each(|id| known(&place, id));
    }
    let all = |place: &str, ids: &[String], known: &mut dyn FnMut(&str, &str)| ids.iter().for_each(|id| known(place, id));
    for code in &knowledge.reply.code {
        all(&format!("codes/reply.toml, {}", code.code), &code.causes, &mut known);
    }
    for code in &knowledge.enhanced.code {
        all(&format!("codes/enhanced.toml, {}", code.code), &code.causes, &mut known);
    }
    for code in &knowledge.enhanced.dotless {
        all(&format!("codes/enhanced.toml, {}", code.number), &code.causes, &mut known);
    }
    for code in &knowledge.article {
        all(&format!("article.toml, {}", code.number), &code.causes, &mut known);
    }
    for row in &knowledge.errno {
        known("codes/errno.toml", &row.cause);
        all("codes/errno.toml", &row.other_causes, &mut known);
    }
    for row in &knowledge.outlook {
        known("codes/outlook.toml", &row.cause);
        all("codes/outlook.toml", &row.other_causes, &mut known);
    }
    for row in &knowledge.curl {
        known("codes/curl.toml", &row.cause);
        all("codes/curl.toml", &row.other_causes, &mut known);
    }
    for row in &knowledge.library {
        known("codes/library.toml", &row.cause);
        all("codes/library.toml", &row.other_causes, &mut known);
    }
    let tls = &knowledge.tls;
    let tls_causes = tls.alert.iter().map(|r| &r.cause).chain(tls.openssl.iter().map(|r| &r.cause));
    tls_causes.chain(tls.windows.iter().map(|r| &r.cause)).for_each(|id| known("codes/tls.toml", id));
    for rule in &knowledge.rules.rule {
        known(&format!("concepts/rules.toml, {}", rule.id), &rule.cause);
    }
    for speaker in &knowledge.speakers {
        for rule in &speaker.rule {
            let place = format!("speakers/{}.toml, {}", speaker.id, rule.id);
            known(&place, &rule.cause);
            all(&place, &rule.also, &mut known);
        }
        for code in &speaker.code {
            all(&format!("speakers/{}.toml, {:?}", speaker.id, code.enhanced), &code.causes, &mut known);
        }
    }
}

/// Every text of the knowledge.
pub fn bilingual(knowledge: &Knowledge) -> Vec<Bilingual<'_>> {
    let mut texts: Vec<Bilingual<'_>> = Vec::new();
    fn advice<'a>(texts: &mut Vec<Bilingual<'a>>, id: &'a str, en: &'a Advice, tr: &'a Advice) {
        let place = |what: &str| format!("causes/{id}.toml, {what}");
        let mut one = |what: &str, en, tr, facts| texts.push(Bilingual { place: place(what), en, tr, facts, cause: Some(id) });
        one("title", &en.title, &tr.title, Facts::None);
        one("summary", &en.summary, &tr.summary, Facts::WithFallback);
        if let (Some(en), Some(tr)) = (&en.told, &tr.told) {
            one("told", en, tr, Facts::Bare);
        }
        if let (Some(en), Some(tr)) = (&en.question, &tr.question) {
            one("question", en, tr, Facts::WithFallback);
        }
        for (n, (en, tr)) in en.steps.iter().zip(&tr.steps).enumerate() {
            one(&format!("step {}", n + 1), en, tr, Facts::WithFallback);
        }
    }
    for cause in &knowledge.causes {
        advice(&mut texts, &cause.id, &cause.en, &cause.tr);
        for b in &cause.borderline {
            let place = format!("causes/{}.toml, borderline", cause.id);
            texts.push(Bilingual { place, en: &b.en, tr: &b.tr, facts: Facts::Slots, cause: Some(&cause.id) });
        }
        for v in &cause.variant {
            let place = format!("causes/{}.toml, variant {}", cause.id, v.id);
            texts.push(Bilingual { place, en: &v.en, tr: &v.tr, facts: Facts::None, cause: Some(&cause.id) });
        }
    }
    let mut one = |place: String, en, tr, facts| texts.push(Bilingual { place, en, tr, facts, cause: None });
    let terms = &knowledge.terms;
    let lists = [
        ("family", &terms.family),
        ("actor", &terms.actor),
        ("persistence", &terms.persistence),
        ("outcome", &terms.outcome),
        ("phase", &terms.phase),
        ("verdict", &terms.verdict),
        ("action", &terms.action),
        ("basis", &terms.basis),
    ];
    for (name, list) in lists {
        for term in list {
            one(format!("terms.toml, {name} {}", term.id), &term.en, &term.tr, Facts::None);
            if let (Some(en), Some(tr)) = (&term.meaning_en, &term.meaning_tr) {
                one(format!("terms.toml, {name} {}, meaning", term.id), en, tr, Facts::None);
            }
        }
    }
    for modifier in &terms.modifier {
        one(format!("terms.toml, modifier {}", modifier.id), &modifier.en, &modifier.tr, Facts::None);
        for (en, tr) in modifier.steps_en.iter().zip(&modifier.steps_tr) {
            one(format!("terms.toml, modifier {}, step", modifier.id), en, tr, Facts::WithFallback);
        }
    }
    for fact in &knowledge.facts {
        one(format!("facts.toml, {}", fact.id), &fact.en, &fact.tr, Facts::None);
    }
    for check in &knowledge.checks {
        one(format!("checks.toml, {}", check.id), &check.en, &check.tr, Facts::None);
    }
    for message in &knowledge.messages {
        one(format!("messages.toml, {}", message.id), &message.en, &message.tr, Facts::Slots);
    }
    for class in &knowledge.reply.class {
        one(format!("codes/reply.toml, class {}", class.digit), &class.en, &class.tr, Facts::None);
    }
    for code in &knowledge.reply.code {
        one(format!("codes/reply.toml, {}", code.code), &code.en, &code.tr, Facts::Slots);
        if let (Some(en), Some(tr)) = (&code.note_en, &code.note_tr) {
            one(format!("codes/reply.toml, {}, note", code.code), en, tr, Facts::Slots);
        }
    }
    for class in knowledge.enhanced.class.iter().chain(&knowledge.enhanced.subject) {
        one(format!("codes/enhanced.toml, {}", class.id), &class.en, &class.tr, Facts::None);
    }
    for code in &knowledge.enhanced.code {
        one(format!("codes/enhanced.toml, {}", code.code), &code.en, &code.tr, Facts::Slots);
    }
    for code in &knowledge.enhanced.dotless {
        one(format!("codes/enhanced.toml, dotless {}", code.number), &code.en, &code.tr, Facts::Slots);
        if let (Some(en), Some(tr)) = (&code.collides_en, &code.collides_tr) {
            one(format!("codes/enhanced.toml, dotless {}, collides", code.number), en, tr, Facts::Slots);
        }
    }
    for row in &knowledge.outlook {
        one(format!("codes/outlook.toml, {}", row.number), &row.en, &row.tr, Facts::Slots);
    }
    for row in &knowledge.library {
        if let (Some(en), Some(tr)) = (&row.note_en, &row.note_tr) {
            one(format!("codes/library.toml, {}", row.form), en, tr, Facts::Slots);
        }
    }
    for speaker in &knowledge.speakers {
        for code in &speaker.code {
            one(format!("speakers/{}.toml, {:?}", speaker.id, code.enhanced), &code.en, &code.tr, Facts::Slots);
        }
    }
    for code in &knowledge.article {
        let place = format!("article.toml, {}", code.number);
        one(format!("{place}, title"), &code.title_en, &code.title_tr, Facts::None);
        one(format!("{place}, really"), &code.really_en, &code.really_tr, Facts::Slots);
        if let (Some(en), Some(tr)) = (&code.misleads_en, &code.misleads_tr) {
            one(format!("{place}, misleads"), en, tr, Facts::Slots);
        }
        for (en, tr) in code.steps_en.iter().zip(&code.steps_tr) {
            one(format!("{place}, step"), en, tr, Facts::WithFallback);
        }
    }
    texts
}

fn texts(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    pairs(knowledge, complaints);
    let facts: BTreeSet<&str> = knowledge.facts.iter().map(|f| f.id.as_str()).collect();
    let avoid: Vec<(&str, &str)> =
        knowledge.glossary.iter().flat_map(|row| row.avoid.iter().map(|word| (word.as_str(), row.english.as_str()))).collect();
    let harmful = harmful(knowledge, complaints);
    for text in bilingual(knowledge) {
        let place = &text.place;
        if text.en.trim().is_empty() || text.tr.trim().is_empty() {
            complaints.push(format!("{place}: a text is missing; both languages are needed"));
            continue;
        }
        if text.en == text.tr {
            complaints.push(format!("{place}: {:?} is the same in both languages", text.en));
        }
        let en = slots(text.en, place, complaints);
        let tr = slots(text.tr, place, complaints);
        if text.facts != Facts::Slots {
            for (name, fallback) in en.iter().chain(&tr) {
                if !facts.contains(name.as_str()) {
                    complaints.push(format!("{place}: {{{name}}} is not in facts.toml"));
                }
                match text.facts {
                    Facts::None => complaints.push(format!("{place}: no facts here; use `told` for a title with facts")),
                    Facts::WithFallback if !fallback => {
                        complaints.push(format!("{place}: {{{name}}} needs words for an unknown one: {{{name}|…}}"));
                    }
                    Facts::Bare if *fallback => {
                        complaints.push(format!("{place}: {{{name}|…}}: `told` is only used when every fact is known; drop the words"));
                    }
                    _ => {}
                }
            }
        }
        let names = |slots: &[(String, bool)]| slots.iter().map(|s| s.0.clone()).collect::<BTreeSet<_>>();
        if names(&en) != names(&tr) {
            complaints.push(format!("{place}: the languages use different facts: {:?} and {:?}", names(&en), names(&tr)));
        }
        for (word, english) in &avoid {
            if holds(text.tr, word) {
                complaints.push(format!("{place}: the glossary says to avoid {word:?} (see {english})"));
            }
        }
        for (id, only_in, regexes) in &harmful {
            if !only_in.is_empty() && !text.cause.is_some_and(|cause| only_in.iter().any(|c| c == cause)) {
                continue;
            }
            for regex in regexes {
                let hit = regex.is_match(&text.en.to_lowercase()) || regex.is_match(&text.tr.to_lowercase());
                if hit {
                    complaints.push(format!("{place}: harmful advice ({id}): {:?} / {:?}", text.en, text.tr));
                }
            }
        }
    }
}

/// Does the text hold these words? Folded, since it makes no difference how a word is written; but an acronym counts only
/// as it is written: ISS is wrong where İSS is right.
fn holds(text: &str, word: &str) -> bool {
    if word.chars().all(char::is_uppercase) {
        return text.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    }
    Folded::of(text).text().contains(Folded::of(word).text())
}

/// What stands in pairs must be complete pairs.
fn pairs(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    let mut same = |place: String, en: usize, tr: usize| {
        if en != tr {
            complaints.push(format!("{place}: {en} in English, {tr} in Turkish"));
        }
    };
    for cause in &knowledge.causes {
        let place = format!("causes/{}.toml", cause.id);
        same(format!("{place}, steps"), cause.en.steps.len(), cause.tr.steps.len());
        same(format!("{place}, told"), cause.en.told.iter().count(), cause.tr.told.iter().count());
        same(format!("{place}, question"), cause.en.question.iter().count(), cause.tr.question.iter().count());
    }
    for m in &knowledge.terms.modifier {
        same(format!("terms.toml, modifier {}, steps", m.id), m.steps_en.len(), m.steps_tr.len());
    }
    for code in &knowledge.article {
        same(format!("article.toml, {}, steps", code.number), code.steps_en.len(), code.steps_tr.len());
        same(format!("article.toml, {}, misleads", code.number), code.misleads_en.iter().count(), code.misleads_tr.iter().count());
    }
    for code in &knowledge.reply.code {
        same(format!("codes/reply.toml, {}, note", code.code), code.note_en.iter().count(), code.note_tr.iter().count());
    }
    for row in &knowledge.library {
        same(format!("codes/library.toml, {}, note", row.form), row.note_en.iter().count(), row.note_tr.iter().count());
    }
    for cause in &knowledge.causes {
        if cause.en.steps.is_empty() {
            complaints.push(format!("causes/{}.toml: no steps", cause.id));
        }
    }
}

type HarmfulRule<'a> = (&'a str, &'a [String], Vec<Regex>);

fn harmful<'a>(knowledge: &'a Knowledge, complaints: &mut Vec<String>) -> Vec<HarmfulRule<'a>> {
    let mut rules = Vec::new();
    for advice in &knowledge.harmful {
        let mut regexes = Vec::new();
        for pattern in advice.en.iter().chain(&advice.tr) {
            match Regex::new(pattern) {
                Ok(regex) => regexes.push(regex),
                Err(error) => complaints.push(format!("harmful.toml, {}: {pattern:?}: {error}", advice.id)),
            }
        }
        if advice.why.trim().is_empty() || regexes.is_empty() {
            complaints.push(format!("harmful.toml, {}: needs a reason and patterns", advice.id));
        }
        rules.push((advice.id.as_str(), advice.only_in.as_slice(), regexes));
    }
    rules
}

/// The facts in braces: name, and whether there are words for an unknown one.
fn slots(text: &str, place: &str, complaints: &mut Vec<String>) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else {
            complaints.push(format!("{place}: a brace is not closed in {text:?}"));
            break;
        };
        let inside = &rest[start + 1..start + length];
        match inside.split_once('|') {
            Some((name, _)) => found.push((name.to_owned(), true)),
            None => found.push((inside.to_owned(), false)),
        }
        rest = &rest[start + length + 1..];
    }
    found
}

fn concepts(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    let mut known: BTreeSet<&str> = knowledge.concepts.concept.iter().map(|c| c.id.as_str()).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (lang, words) in &knowledge.words {
        for (concept, forms) in words {
            let place = format!("concepts/words/{lang}.toml, {concept}");
            if !known.contains(concept.as_str()) {
                complaints.push(format!("{place}: no such concept in concepts.toml"));
            }
            for form in forms {
                if Folded::of(&form.replace(['~', '!'], "").replace(" .. ", " ")).words().is_empty() {
                    complaints.push(format!("{place}: {form:?} holds no word"));
                }
            }
        }
    }
    known.extend(knowledge.concepts.derived.iter().map(|d| d.id.as_str()));
    let derived = knowledge.concepts.derived.iter().map(|d| (format!("concepts.toml, derived {}", d.id), d.all.iter()));
    let mut items: Vec<(String, &str)> = Vec::new();
    for (place, all) in derived {
        items.extend(all.flat_map(|item| item.split('|')).map(|id| (place.clone(), id)));
    }
    for rule in &knowledge.rules.rule {
        let place = format!("rules.toml, {}", rule.id);
        let ids = rule.all.iter().flat_map(|item| item.split('|'));
        items.extend(
            ids.chain(rule.none.iter().map(String::as_str)).chain(rule.never.iter().map(String::as_str)).map(|id| (place.clone(), id)),
        );
        if rule.all.is_empty() {
            complaints.push(format!("concepts/{place}: `all` is empty"));
        }
    }
    for (place, id) in items {
        used.insert(id);
        if !known.contains(id) {
            complaints.push(format!("concepts/{place}: no concept {id:?}"));
        }
    }
    for concept in &knowledge.concepts.concept {
        if !used.contains(concept.id.as_str()) {
            complaints.push(format!("concepts/concepts.toml: {} is used by no rule", concept.id));
        }
        for lang in ["en"] {
            if knowledge.words.get(lang).is_none_or(|words| words.get(&concept.id).is_none_or(Vec::is_empty)) {
                complaints.push(format!("concepts/words/{lang}.toml: no word for {}", concept.id));
            }
        }
    }
}

/// A reply code in a phrase can never be found: the reader takes codes out of the words.
fn holds_a_code(phrase: &str, knowledge: &Knowledge) -> bool {
    let folded = Folded::of(phrase);
    folded.text().split(' ').any(|word| word.parse().is_ok_and(|number: u16| knowledge.reply.code.iter().any(|row| row.code == number)))
}

fn speakers(knowledge: &Knowledge, complaints: &mut Vec<String>) {
    let facts: BTreeSet<&str> = knowledge.facts.iter().map(|f| f.id.as_str()).collect();
    for row in knowledge.library.iter().filter(|row| holds_a_code(&row.form, knowledge)) {
        complaints.push(format!("codes/library.toml, {:?}: a form holds a reply code; the code speaks for itself", row.form));
    }
    for speaker in &knowledge.speakers {
        let mut sentences: BTreeMap<Vec<String>, (&str, &str)> = BTreeMap::new();
        for rule in &speaker.rule {
            let place = format!("speakers/{}.toml, {}", speaker.id, rule.id);
            if rule.example.trim().is_empty() {
                complaints.push(format!("{place}: no example; no rule without one"));
                continue;
            }
            for (fact, pattern) in &rule.capture {
                if !facts.contains(fact.as_str()) {
                    complaints.push(format!("{place}: capture {fact:?} is not in facts.toml"));
                }
                match Regex::new(pattern) {
                    Ok(regex) => {
                        let group = regex.group_info().to_index(regex_automata::PatternID::ZERO, fact);
                        if group.is_none() {
                            complaints.push(format!("{place}: the pattern of {fact:?} has no group (?<{fact}>…)"));
                        }
                    }
                    Err(error) => complaints.push(format!("{place}: {pattern:?}: {error}")),
                }
            }
            let mut holds_one = rule.phrases.is_empty();
            for phrase in &rule.phrases {
                let parts: Vec<String> = parts(phrase).iter().map(|p| Folded::of(p).text().to_owned()).collect();
                if parts.iter().any(|p| holds_a_code(p, knowledge)) {
                    complaints.push(format!("{place}: a phrase holds a reply code; put it into `codes`"));
                }
                if parts.iter().any(|p| p.trim().is_empty()) {
                    complaints.push(format!("{place}: a phrase holds no word"));
                }
                holds_one = holds_one || parts.iter().all(|p| Folded::of(&rule.example).text().contains(p.trim()));
                if let Some((other, cause)) = sentences.insert(parts, (&rule.id, &rule.cause))
                    && other != rule.id
                {
                    complaints.push(format!("{place}: {other} has the same phrase ({cause} and {})", rule.cause));
                }
            }
            if rule.phrases.is_empty() {
                complaints.push(format!("{place}: no phrase"));
            } else if !holds_one {
                complaints.push(format!("{place}: the example holds none of its phrases: {:?}", rule.example));
            }
        }
    }
}

/// The parts of a phrase.
pub fn parts(phrase: &Phrase) -> Vec<&str> {
    match phrase {
        Phrase::One(one) => vec![one],
        Phrase::All(all) => all.iter().map(String::as_str).collect(),
    }
}
