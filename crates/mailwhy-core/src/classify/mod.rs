//! From an attempt to its cause. One pass over the words finds everything; three kinds of votes are counted; the
//! strongest cause wins. `knowledge/README.md` tells how the votes are weighed.

mod code;
mod concept;
mod decide;
mod find;
mod lex;
mod name;
mod speaker;
mod vote;

pub use vote::{By, Vote};

use crate::attempt::{Attempt, Reply};
use crate::{Enhanced, Span};
use find::Found;
use lex::Lexed;
use mailwhy_knowledge::{Basis, CONCEPT_DELAY, Cause, Phase, SPEAKERS, Speaker, SpeakerCode, Variant, reply_code};

/// The cause of an attempt, and why.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The cause; `Cause::Unknown` where the evidence gives no reason.
    pub cause: Cause,
    /// A finer kind of it.
    pub variant: Option<&'static Variant>,
    /// How sure, from 0 to 1.
    pub confidence: f32,
    /// Which kind of vote decided.
    pub basis: Basis,
    /// The rule that decided, such as `postfix/user-unknown-local`.
    pub rule: Option<String>,
    /// The next causes, with the share of the first one's score.
    pub alternatives: Vec<(Cause, f32)>,
    /// Who worded the reply.
    pub speaker: Option<&'static Speaker>,
    /// What the speaker itself means by the enhanced code, where it has a meaning of its own.
    pub own_code: Option<&'static SpeakerCode>,
    /// Every vote, strongest first.
    pub votes: Vec<Vote>,
    /// The codes that were read.
    pub reply: Reply,
    /// The words speak of a delay.
    pub speaks_of_delay: bool,
    /// What the words name, by the way.
    pub seen: Seen,
}

/// What the words name, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// IP addresses.
    pub ips: Vec<Span>,
    /// Host names.
    pub hosts: Vec<Span>,
    /// Links.
    pub urls: Vec<Span>,
    /// E-mail addresses.
    pub addresses: Vec<Span>,
    /// Known block lists: index into [`BLOCKLISTS`](mailwhy_knowledge::BLOCKLISTS), and where.
    pub blocklists: Vec<(usize, Span)>,
}

/// Classifies attempts; keep one for each thread, since it keeps its memory.
#[derive(Debug, Default)]
pub struct Classifier {
    lexed: Lexed,
    found: Found,
    narrowed: Found,
}

/// A text of so many lines has frames and advice around what matters.
const LONG_TEXT: usize = 5;
/// Lines after one that matters which still belong to it.
const LINES_AFTER: u32 = 2;
/// A vote of this weight from the lines that matter is enough; else all lines are asked.
const ENOUGH: f32 = 6.0;
/// A decision below this from the words without the dress is checked against the whole.
const WEAK: f32 = 4.5;

impl Decision {
    /// The votes for the cause, the deciding one first.
    pub fn votes_for_cause(&self) -> impl Iterator<Item = &Vote> {
        let decisive = decide::deciding(&self.votes, self.cause);
        let others = self.votes.iter().filter(move |v| v.cause == self.cause && !decisive.is_some_and(|d| std::ptr::eq(d, *v)));
        decisive.into_iter().chain(others)
    }
}

impl Classifier {
    /// A new one.
    pub fn new() -> Classifier {
        Classifier::default()
    }

    /// The cause of `attempt`, which was read from `evidence`.
    ///
    /// ```
    /// use mailwhy_core::{Attempt, classify::Classifier};
    /// let decision = Classifier::new().classify("452 4.2.2 The mailbox is over quota", &Attempt::default());
    /// assert_eq!(decision.cause.id(), "mailbox-full");
    /// ```
    pub fn classify(&mut self, evidence: &str, attempt: &Attempt) -> Decision {
        // What stands around the words may be about another attempt.
        let around = attempt.place.as_slice();
        let told = if attempt.told.is_empty() { around } else { &attempt.told };
        let decision = self.classify_pieces(evidence, attempt, told);
        let strongest = decision.votes.first().map_or(0.0, |v| v.weight);
        if attempt.told.is_empty() || strongest >= WEAK {
            return decision;
        }
        // Nothing inside: the dress itself may say why.
        let whole = self.classify_pieces(evidence, attempt, around);
        let dressed = whole.votes.first().map_or(0.0, |v| v.weight);
        if dressed > strongest && whole.cause != Cause::Unknown { whole } else { decision }
    }

    fn classify_pieces(&mut self, evidence: &str, attempt: &Attempt, pieces: &[Span]) -> Decision {
        self.lexed.clear();
        if pieces.is_empty() {
            self.lexed.read(evidence, 0);
        }
        for piece in pieces {
            self.lexed.read(piece.of(evidence), piece.start);
        }
        self.found.search(&self.lexed);
        let reply = Reply {
            code: attempt.reply.code.or_else(|| best_code(&self.lexed.codes)),
            enhanced: attempt.reply.enhanced.or_else(|| best_enhanced(&self.lexed.enhanced)),
            command: attempt.reply.command,
        };
        let speaker = self.found.speaker();
        let votes = self.votes(attempt, &reply, speaker);
        self.decide(votes, reply, speaker)
    }

    fn votes(&mut self, attempt: &Attempt, reply: &Reply, speaker: Option<u16>) -> Vec<Vote> {
        let lexed = &self.lexed;
        let mut votes = Vec::with_capacity(8);
        if lexed.lines.len() >= LONG_TEXT {
            let core = core_lines(lexed, &self.found.core_lines);
            if !core.is_empty() {
                let in_core = |word: usize| core.binary_search(&(lexed.line_of(word) as u32)).is_ok() && !self.found.in_frame(word);
                self.found.narrowed(&mut self.narrowed, in_core);
                words_votes(&mut self.narrowed, lexed, reply, speaker, &mut votes);
            }
            if votes.iter().all(|v| v.weight < ENOUGH) {
                votes.clear();
                self.found.narrowed(&mut self.narrowed, |word| !self.found.in_frame(word));
                words_votes(&mut self.narrowed, lexed, reply, speaker, &mut votes);
            }
        } else {
            words_votes(&mut self.found, lexed, reply, speaker, &mut votes);
        }
        name::number_votes(attempt, &mut votes);
        code::votes(reply, attempt.phase, speaker, &mut votes);
        if !votes.iter().any(|v| matches!(v.by, By::Speaker(_) | By::Concept(_) | By::Name(_) | By::Number(_))) {
            name::library_votes(&self.found, lexed, &mut votes);
        }
        votes
    }

    fn decide(&self, mut votes: Vec<Vote>, reply: Reply, speaker: Option<u16>) -> Decision {
        let candidates = decide::rank(&votes);
        let (cause, confidence) = decide::choose(&candidates, &votes);
        votes.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.cause.cmp(&b.cause)));
        let decisive = decide::deciding(&votes, cause);
        let top = candidates.first().map_or(1.0, |c| c.score.max(0.1));
        let others = candidates.iter().filter(|c| c.cause != cause && c.cause != Cause::Unknown && c.score > 0.0);
        let alternatives = others.take(4).map(|c| (c.cause, c.score / top.max(c.score) * confidence.min(0.9))).collect();
        let variant = self.found.variants.iter().find(|(c, _)| *c == cause).map(|(_, n)| &cause.data().variants[*n as usize]);
        let lexed = &self.lexed;
        let own_code = reply
            .enhanced
            .zip(speaker)
            .and_then(|((enhanced, _), s)| code::own_meaning(&SPEAKERS[s as usize], enhanced, reply.code.map(|c| c.0)));
        Decision {
            cause,
            variant,
            confidence,
            basis: decisive.map_or(Basis::None, |v| v.by.basis()),
            rule: decisive.map(|v| v.by.rule()),
            alternatives,
            speaker: speaker.map(|s| &SPEAKERS[s as usize]),
            own_code,
            speaks_of_delay: !self.found.of(CONCEPT_DELAY).is_empty(),
            seen: Seen {
                ips: lexed.ips.clone(),
                hosts: lexed.hosts.clone(),
                urls: lexed.urls.clone(),
                addresses: lexed.addresses.clone(),
                blocklists: self
                    .found
                    .blocklists
                    .iter()
                    .map(|hit| (hit.index as usize, lexed.span(hit.first as usize, hit.last as usize)))
                    .collect(),
            },
            votes,
            reply,
        }
    }
}

/// Votes of words: concepts, speakers, names.
fn words_votes(found: &mut Found, lexed: &Lexed, reply: &Reply, speaker: Option<u16>, votes: &mut Vec<Vote>) {
    concept::derive(found, lexed);
    concept::votes(found, lexed, reply, votes);
    speaker::votes(found, lexed, reply, speaker, votes);
    name::votes(found, lexed, votes);
}

/// The lines that matter, ascending: those with a code or a word that marks them, and some after each.
fn core_lines(lexed: &Lexed, marked: &[u32]) -> Vec<u32> {
    let mut core: Vec<u32> = marked.iter().chain(&lexed.lines_with_code).flat_map(|line| *line..=*line + LINES_AFTER).collect();
    core.sort_unstable();
    core.dedup();
    core
}

/// Of several reply codes the first that refuses; of none that refuses the first.
fn best_code(codes: &[(u16, Span)]) -> Option<(u16, Span)> {
    let known = || codes.iter().filter(|(code, _)| reply_code(*code).is_some());
    known().find(|(code, _)| *code >= 400).or_else(|| known().next()).copied()
}

/// Of several enhanced codes the first that says something.
fn best_enhanced(codes: &[(Enhanced, Span)]) -> Option<(Enhanced, Span)> {
    let refuses = |e: &&(Enhanced, Span)| e.0.class != 2;
    let telling = |e: &&(Enhanced, Span)| (e.0.subject, e.0.detail) != (0, 0);
    codes.iter().filter(telling).find(refuses).or_else(|| codes.iter().find(telling)).or_else(|| codes.first()).copied()
}

/// Where in the dialogue a command's answer belongs.
pub(crate) fn phase_of(command: &str) -> Option<Phase> {
    Some(match command {
        "EHLO" | "HELO" | "LHLO" => Phase::Ehlo,
        "STARTTLS" => Phase::Tls,
        "AUTH" => Phase::Auth,
        "MAIL FROM" => Phase::Mail,
        "RCPT TO" => Phase::Rcpt,
        "DATA" => Phase::Data,
        "end of DATA" => Phase::AfterData,
        "QUIT" | "RSET" | "NOOP" | "VRFY" | "HELP" => Phase::Quit,
        _ => return None,
    })
}
