//! Everything that is looked for in a text, as patterns over folded text with what a match of each means.

use crate::check::parts;
use crate::fold::Folded;
use crate::load::Knowledge;
use daachorse::DoubleArrayAhoCorasick;
use std::collections::BTreeMap;

/// The patterns, and the tables that their targets point into.
pub struct Patterns {
    /// Folded pattern → number of words, and its targets as Rust expressions.
    found: BTreeMap<String, (usize, Vec<String>)>,
    /// Forms of several pieces, as Rust expressions.
    pub forms: Vec<String>,
    /// Speakers' alternatives, as Rust expressions.
    pub alternatives: Vec<String>,
    /// Names of errors, as Rust expressions.
    pub names: Vec<String>,
    /// Library forms, as Rust expressions.
    pub library: Vec<String>,
    /// For each speaker its first rule, and how many; for each rule its first alternative, and how many.
    pub rule_ranges: Vec<(usize, usize)>,
    pub alternative_ranges: Vec<(usize, usize)>,
}

/// Where a pattern may begin and end within a word.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Exact,
    Stem,
    Ending,
    Anywhere,
}

/// A library's form shorter than this says too little to be looked for.
const SHORTEST_FORM: usize = 6;

pub fn collect(knowledge: &Knowledge) -> Patterns {
    let mut patterns = Patterns {
        found: BTreeMap::new(),
        forms: Vec::new(),
        alternatives: Vec::new(),
        names: Vec::new(),
        library: Vec::new(),
        rule_ranges: Vec::new(),
        alternative_ranges: Vec::new(),
    };
    concepts(knowledge, &mut patterns);
    speakers(knowledge, &mut patterns);
    names(knowledge, &mut patterns);
    for frame in &knowledge.concepts.frame {
        patterns.add(frame, Edge::Exact, "Target::Frame".into());
    }
    for sign in &knowledge.concepts.core_sign {
        patterns.add(sign, Edge::Exact, "Target::CoreSign".into());
    }
    for cause in &knowledge.causes {
        for (n, variant) in cause.variant.iter().enumerate() {
            for phrase in &variant.phrases {
                patterns.add(phrase, Edge::Exact, format!("Target::Variant(Cause::{}, {n})", crate::generate::variant(&cause.id)));
            }
        }
    }
    for (n, list) in knowledge.blocklists.iter().enumerate() {
        for host in list.zones.iter().chain(list.hosts.iter().filter(|h| !list.zones.contains(h))) {
            patterns.add(host, Edge::Exact, format!("Target::Blocklist({n})"));
        }
    }
    for row in &knowledge.library {
        if row.form.len() >= SHORTEST_FORM {
            patterns.add(&row.form, Edge::Exact, format!("Target::Library({})", patterns.library.len()));
        }
        patterns.library.push(crate::generate::library_form(row));
    }
    patterns
}

impl Patterns {
    /// The patterns with their number of words and targets, in the automaton's order.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[String])> {
        self.found.values().map(|(words, targets)| (*words, targets.as_slice()))
    }

    /// The automaton over all patterns; the value of a match is the place in [`Patterns::rows`].
    pub fn automaton(&self) -> Vec<u8> {
        let patterns = self.found.keys().zip(0u32..);
        DoubleArrayAhoCorasick::<u32>::with_values(patterns).expect("patterns are unique and not empty").serialize()
    }

    fn add(&mut self, written: &str, edge: Edge, target: String) {
        let folded = Folded::of(written);
        let shape = folded.shape();
        let mut pattern = folded.text().trim().to_owned();
        if pattern.is_empty() {
            return;
        }
        if !shape.starts_wide && matches!(edge, Edge::Exact | Edge::Stem) {
            pattern.insert(0, ' ');
        }
        if !shape.ends_wide && matches!(edge, Edge::Exact | Edge::Ending) {
            pattern.push(' ');
        }
        let (_, targets) = self.found.entry(pattern).or_insert((shape.words, Vec::new()));
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
}

fn concepts(knowledge: &Knowledge, patterns: &mut Patterns) {
    let index: BTreeMap<&str, usize> = knowledge.concepts.concept.iter().map(|c| c.id.as_str()).zip(0..).collect();
    for words in knowledge.words.values() {
        for (concept, forms) in words {
            for form in forms {
                add_form(patterns, index[concept.as_str()], form);
            }
        }
    }
}

/// Cuts a form into pieces that stand in the text without a break, and adds each.
fn add_form(patterns: &mut Patterns, concept: usize, form: &str) {
    if let Some(mask) = form.strip_prefix('!') {
        patterns.add(mask, Edge::Exact, format!("Target::Mask({concept})"));
        return;
    }
    // Pieces: text, how it ends, and whether words may lie before it.
    let mut pieces: Vec<(String, Edge, bool)> = Vec::new();
    let mut gap = false;
    let mut joins = false;
    for word in form.split_whitespace() {
        if word == ".." {
            gap = true;
            joins = false;
            continue;
        }
        let (text, edge) = match (word.strip_prefix('~'), word.strip_suffix('~')) {
            (Some(_), Some(_)) => (word.trim_matches('~'), Edge::Anywhere),
            (Some(ending), None) => (ending, Edge::Ending),
            (None, Some(stem)) => (stem, Edge::Stem),
            (None, None) => (word, Edge::Exact),
        };
        let open_start = matches!(edge, Edge::Ending | Edge::Anywhere);
        match pieces.last_mut() {
            Some(last) if joins && !open_start => {
                last.0.push(' ');
                last.0.push_str(text);
                last.1 = if edge == Edge::Stem && last.1 == Edge::Exact { Edge::Stem } else { edge };
            }
            _ => pieces.push((text.to_owned(), edge, gap)),
        }
        joins = edge == Edge::Exact;
        gap = false;
    }
    if let [(text, edge, _)] = pieces.as_slice() {
        let suffix = *edge == Edge::Ending;
        patterns.add(text, *edge, format!("Target::Concept {{ concept: {concept}, suffix: {suffix} }}"));
        return;
    }
    let number = patterns.forms.len();
    let gaps: Vec<bool> = pieces.iter().skip(1).map(|p| p.2).collect();
    patterns.forms.push(format!("Form {{ concept: {concept}, gaps: &{gaps:?} }}"));
    for (n, (text, edge, _)) in pieces.iter().enumerate() {
        patterns.add(text, *edge, format!("Target::Piece {{ form: {number}, piece: {n} }}"));
    }
}

fn speakers(knowledge: &Knowledge, patterns: &mut Patterns) {
    let mut rule_number = 0;
    for (speaker_number, speaker) in knowledge.speakers.iter().enumerate() {
        for sign in &speaker.signs {
            patterns.add(sign, Edge::Exact, format!("Target::Sign({speaker_number})"));
        }
        patterns.rule_ranges.push((rule_number, speaker.rule.len()));
        for rule in &speaker.rule {
            let first = patterns.alternatives.len();
            for phrase in &rule.phrases {
                let parts = parts(phrase);
                let number = patterns.alternatives.len();
                let length: usize = parts.iter().map(|p| Folded::of(p).text().trim().chars().count()).sum();
                patterns.alternatives.push(format!(
                    "Alternative {{ rule: {rule_number}, parts: {}, length: {length}, phrase: {:?} }}",
                    parts.len(),
                    parts.join(" … ")
                ));
                for (n, part) in parts.iter().enumerate() {
                    patterns.add(part, Edge::Exact, format!("Target::Phrase {{ alternative: {number}, part: {n} }}"));
                }
            }
            patterns.alternative_ranges.push((first, patterns.alternatives.len() - first));
            rule_number += 1;
        }
    }
}

fn names(knowledge: &Knowledge, patterns: &mut Patterns) {
    // Name, cause, other causes, whether it is a sentence, whether it is a system's.
    let mut rows: Vec<(&str, &str, &[String], bool, bool)> = Vec::new();
    for row in &knowledge.errno {
        rows.push((&row.name, &row.cause, &row.other_causes, false, true));
        if let Some(name) = row.windows_name.as_ref().filter(|name| **name != row.name) {
            rows.push((name, &row.cause, &row.other_causes, false, true));
        }
        for text in row.text_en.iter().chain(&row.text_tr) {
            rows.push((text, &row.cause, &row.other_causes, true, true));
        }
    }
    for row in &knowledge.outlook {
        rows.push((&row.number, &row.cause, &row.other_causes, false, false));
    }
    for row in &knowledge.curl {
        rows.push((&row.name, &row.cause, &row.other_causes, false, false));
    }
    for row in &knowledge.tls.windows {
        rows.push((&row.number, &row.cause, &[], false, false));
        rows.push((&row.name, &row.cause, &[], false, false));
    }
    for row in &knowledge.tls.alert {
        if let Some(text) = &row.openssl_text {
            rows.push((text, &row.cause, &[], true, false));
        }
    }
    for row in &knowledge.tls.openssl {
        rows.push((&row.text, &row.cause, &row.other_causes, true, false));
    }
    for (name, cause, other, is_text, is_system) in rows {
        patterns.add(name, Edge::Exact, format!("Target::Name({})", patterns.names.len()));
        patterns.names.push(format!(
            "Name {{ name: {name:?}, cause: Cause::{}, other_causes: &[{}], is_text: {is_text}, is_system: {is_system} }}",
            crate::generate::variant(cause),
            crate::generate::causes(other)
        ));
    }
}
