//! Runs the automaton over the words and sorts what it finds: concepts, phrases, names, signs.

use super::lex::Lexed;
use mailwhy_knowledge::{
    ALTERNATIVES, BLOCKLISTS, CONCEPT_BLOCKLIST, CONCEPT_URL, CONCEPTS, Cause, FORMS, SPEAKER_RULES, SPEAKERS, Target, matcher,
};

/// The words `first..=last` that stand for a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Only the ending of a word: it may share the word with another concept ("doğrulan-amadı" is AUTH and NOT).
    pub(crate) suffix: bool,
}

impl Occurrence {
    fn overlaps(self, other: (usize, usize)) -> bool {
        self.first as usize <= other.1 && other.0 <= self.last as usize
    }
}

/// A phrase, name or sign, and the words that it covers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Index into the table of its kind.
    pub(crate) index: u16,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Found {
    concepts: Vec<Vec<Occurrence>>,
    present: Vec<u64>,
    /// Whole alternatives of speakers' rules.
    pub(crate) phrases: Vec<Hit>,
    /// Names and texts of errors.
    pub(crate) names: Vec<Hit>,
    /// What libraries call failures.
    pub(crate) libraries: Vec<Hit>,
    /// Zones and hosts of block lists.
    pub(crate) blocklists: Vec<Hit>,
    /// Words of causes' variants.
    pub(crate) variants: Vec<(Cause, u8)>,
    /// Signs of speakers: how many for each that has any.
    pub(crate) signs: Vec<(u16, u16)>,
    /// Lines that hold a word of the kind that marks what matters.
    pub(crate) core_lines: Vec<u32>,
    frames: Vec<(usize, usize)>,
    masks: Vec<(u16, usize, usize)>,
    chains: Vec<Chain>,
    parts: Vec<(u16, u8, u32, u32)>,
}

/// A form of several pieces, found as far as its `piece`.
#[derive(Clone, Copy, Debug)]
struct Chain {
    form: u16,
    piece: u8,
    first: u32,
    last: u32,
}

/// So many occurrences of one concept are kept: more say nothing more, and the rules look at pairs of them.
const MOST_OCCURRENCES: usize = 40;
/// So many open forms are looked back at.
const MOST_CHAINS: usize = 48;
/// So many parts of phrases are kept.
const MOST_PARTS: usize = 4096;
/// Between two words of one form no sentence may end: so far apart at the most, in tenths of a word.
const WITHIN_FORM: u32 = 22;
/// The same for two pieces with words between.
const WITHIN_GAP: u32 = 60;

impl Found {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.concepts.resize_with(CONCEPTS.len(), Vec::new);
        self.present.resize(CONCEPTS.len().div_ceil(64), 0);
        for (word, bits) in self.present.iter_mut().enumerate() {
            while *bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                self.concepts[word * 64 + bit].clear();
                *bits &= *bits - 1;
            }
        }
        self.phrases.clear();
        self.names.clear();
        self.libraries.clear();
        self.blocklists.clear();
        self.variants.clear();
        self.signs.clear();
        self.core_lines.clear();
        self.frames.clear();
        self.masks.clear();
        self.chains.clear();
        self.parts.clear();
    }

    /// Looks for everything in the words of `lexed`.
    pub(crate) fn search(&mut self, lexed: &Lexed) {
        self.clear();
        let words = lexed.folded.words();
        matcher::scan(&lexed.folded, |target, first, last| {
            let quiet = words[first].quiet || words[last].quiet;
            match target {
                Target::Concept { concept, suffix } => {
                    let spread = words[last].position - words[first].position;
                    if !quiet && spread <= WITHIN_FORM * (last - first) as u32 {
                        self.add(concept, Occurrence { first: first as u32, last: last as u32, suffix });
                    }
                }
                Target::Mask(concept) => self.masks.push((concept, first, last)),
                Target::Piece { form, piece } if !quiet => self.piece(lexed, form, piece, first, last),
                Target::Piece { .. } => {}
                Target::Phrase { alternative, part } => self.part(alternative, part, first, last),
                Target::Name(index) => push(&mut self.names, index, first, last),
                Target::Library(index) => push(&mut self.libraries, index, first, last),
                Target::Frame => self.frame(first, last),
                Target::CoreSign => {
                    let line = lexed.line_of(first) as u32;
                    if self.core_lines.last() != Some(&line) {
                        self.core_lines.push(line);
                    }
                }
                Target::Sign(speaker) => match self.signs.iter_mut().find(|(s, _)| *s == speaker) {
                    Some((_, count)) => *count = count.saturating_add(1),
                    None => self.signs.push((speaker, 1)),
                },
                Target::Variant(cause, variant) => {
                    if !self.variants.contains(&(cause, variant)) {
                        self.variants.push((cause, variant));
                    }
                }
                Target::Blocklist(index) => {
                    push(&mut self.blocklists, index, first, last);
                    let list = &BLOCKLISTS[index as usize];
                    // The mark of the host stands just before its quiet words.
                    let mark = words[..=first].iter().rposition(|w| !w.quiet).unwrap_or(first) as u32;
                    let concept = if list.lists_addresses { CONCEPT_BLOCKLIST } else { CONCEPT_URL };
                    self.add(concept, Occurrence { first: mark, last: mark, suffix: false });
                }
            }
        });
        self.unmask();
        self.whole_phrases();
    }

    /// The places where a concept stands, in their order.
    pub(crate) fn of(&self, concept: u16) -> &[Occurrence] {
        self.concepts.get(concept as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Is one of the concepts there?
    pub(crate) fn has_any(&self, concepts: &[u16]) -> bool {
        concepts.iter().any(|c| self.present[*c as usize / 64] >> (c % 64) & 1 == 1)
    }

    /// The concepts that are there.
    pub(crate) fn present(&self) -> impl Iterator<Item = u16> {
        self.present.iter().enumerate().flat_map(|(n, bits)| (0..64).filter(move |b| bits >> b & 1 == 1).map(move |b| (n * 64 + b) as u16))
    }

    /// Only what stands in the words that `keep` accepts.
    pub(crate) fn narrowed(&self, into: &mut Found, keep: impl Fn(usize) -> bool) {
        into.clear();
        for concept in self.present() {
            for occurrence in self.of(concept) {
                if keep(occurrence.first as usize) {
                    into.add(concept, *occurrence);
                }
            }
        }
        let fits = |hit: &&Hit| keep(hit.first as usize);
        into.phrases.extend(self.phrases.iter().filter(fits));
        into.names.extend(self.names.iter().filter(fits));
        into.libraries.extend(self.libraries.iter().filter(fits));
        into.blocklists.extend(self.blocklists.iter().filter(fits));
        into.variants.extend(&self.variants);
        into.signs.extend(&self.signs);
    }

    /// Does the word stand in a sentence of an envelope?
    pub(crate) fn in_frame(&self, word: usize) -> bool {
        let next = self.frames.partition_point(|(_, last)| *last < word);
        self.frames.get(next).is_some_and(|(first, _)| *first <= word)
    }

    /// Keeps the frames apart from each other and in their order: they come in the order of their ends.
    fn frame(&mut self, mut first: usize, last: usize) {
        while let Some(before) = self.frames.pop_if(|before| before.1 >= first) {
            first = first.min(before.0);
        }
        self.frames.push((first, last));
    }

    /// Adds a place where a concept stands.
    pub(crate) fn add(&mut self, concept: u16, occurrence: Occurrence) {
        let list = &mut self.concepts[concept as usize];
        if list.len() < MOST_OCCURRENCES && !list.contains(&occurrence) {
            list.push(occurrence);
            self.present[concept as usize / 64] |= 1 << (concept % 64);
        }
    }

    /// A piece of a form: it opens a chain, or goes on with one.
    fn piece(&mut self, lexed: &Lexed, form: u16, piece: u8, first: usize, last: usize) {
        let words = lexed.folded.words();
        let (mut chain, data) = (Chain { form, piece, first: first as u32, last: last as u32 }, &FORMS[form as usize]);
        if piece > 0 {
            let gap = data.gaps[piece as usize - 1];
            let before = self.chains.iter().rev().take(MOST_CHAINS).find(|c| {
                c.form == form && c.piece + 1 == piece && (c.last as usize) < first && {
                    let between = words[c.last as usize + 1..first].iter().filter(|w| !w.quiet).count();
                    let distance = words[first].position - words[c.last as usize].position;
                    if gap { between <= 3 && distance <= WITHIN_GAP } else { between == 0 && distance <= WITHIN_FORM }
                }
            });
            match before {
                Some(before) => chain.first = before.first,
                None => return,
            }
        }
        if piece as usize == data.gaps.len() {
            self.add(data.concept, Occurrence { first: chain.first, last: chain.last, suffix: false });
        } else {
            self.chains.push(chain);
        }
    }

    fn part(&mut self, alternative: u16, part: u8, first: usize, last: usize) {
        if ALTERNATIVES[alternative as usize].parts == 1 {
            push(&mut self.phrases, alternative, first, last);
        } else if self.parts.len() < MOST_PARTS {
            self.parts.push((alternative, part, first as u32, last as u32));
        }
    }

    /// Alternatives of several parts count when all parts are there.
    fn whole_phrases(&mut self) {
        self.parts.sort_unstable();
        let mut start = 0;
        while start < self.parts.len() {
            let alternative = self.parts[start].0;
            let end = start + self.parts[start..].iter().take_while(|p| p.0 == alternative).count();
            let group = &self.parts[start..end];
            let needed = ALTERNATIVES[alternative as usize].parts;
            if (0..needed).all(|n| group.iter().any(|p| p.1 == n)) {
                // The words of its longest part stand for it.
                if let Some(longest) = group.iter().max_by_key(|p| p.3 - p.2) {
                    push(&mut self.phrases, alternative, longest.2 as usize, longest.3 as usize);
                }
            }
            start = end;
        }
    }

    fn unmask(&mut self) {
        for n in 0..self.masks.len() {
            let (concept, first, last) = self.masks[n];
            let list = &mut self.concepts[concept as usize];
            list.retain(|o| !o.overlaps((first, last)));
            if list.is_empty() {
                self.present[concept as usize / 64] &= !(1 << (concept % 64));
            }
        }
    }

    /// The speaker whose signs are there, the one with the most; its own tags and sentences are signs too.
    pub(crate) fn speaker(&self) -> Option<u16> {
        let most = self.signs.iter().max_by_key(|(speaker, count)| (*count, std::cmp::Reverse(*speaker)));
        most.map(|(speaker, _)| *speaker).or_else(|| {
            use mailwhy_knowledge::RuleForm::{Sentence, Tag, Trap};
            let own = |hit: &&Hit| {
                let rule = &SPEAKER_RULES[ALTERNATIVES[hit.index as usize].rule as usize];
                matches!(rule.form, Sentence | Tag | Trap) && SPEAKERS[rule.speaker as usize].kind != "client"
            };
            let longest = self.phrases.iter().filter(own).max_by_key(|hit| ALTERNATIVES[hit.index as usize].length);
            longest.map(|hit| SPEAKER_RULES[ALTERNATIVES[hit.index as usize].rule as usize].speaker)
        })
    }
}

fn push(list: &mut Vec<Hit>, index: u16, first: usize, last: usize) {
    if list.len() < MOST_PARTS {
        list.push(Hit { index, first: first as u32, last: last as u32 });
    }
}
