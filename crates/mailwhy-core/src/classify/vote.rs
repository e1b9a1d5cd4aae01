//! A vote: one reason to believe in one cause.

use crate::Span;
use crate::attempt::Enhanced;
use mailwhy_knowledge::{Basis, Cause, ConceptRule, LibraryForm, Name, ReplyCode, SpeakerRule, Text};

/// One reason to believe in one cause.
#[derive(Clone, Debug)]
pub struct Vote {
    /// The cause that it is for.
    pub cause: Cause,
    /// How much it counts.
    pub weight: f32,
    /// Who votes.
    pub by: By,
    /// The pieces of evidence that it rests on.
    pub spans: Vec<Span>,
}

/// Who votes.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A speaker's own sentence.
    Speaker(&'static SpeakerRule),
    /// Concepts that stand together.
    Concept(&'static ConceptRule),
    /// An enhanced code, with its meaning.
    Enhanced(Enhanced, Text),
    /// A reply code.
    Reply(&'static ReplyCode),
    /// The name or text of an error.
    Name(&'static Name),
    /// A number of a system or a client.
    Number(Text),
    /// What a library calls the failure.
    Library(&'static LibraryForm),
}

impl By {
    /// Kinds of votes are added up each once; agreement of kinds counts, repetition does not.
    pub(crate) fn kind(self) -> usize {
        match self {
            By::Speaker(_) => By::SPEAKER,
            By::Concept(_) => By::CONCEPT,
            By::Enhanced(..) => 2,
            By::Reply(_) => 3,
            By::Name(_) | By::Number(_) => 4,
            By::Library(_) => 5,
        }
    }

    pub(crate) const SPEAKER: usize = 0;
    pub(crate) const CONCEPT: usize = 1;
    /// Number of kinds.
    pub(crate) const KINDS: usize = 6;

    /// Which kind of vote, as in the JSON.
    pub fn basis(self) -> Basis {
        match self {
            By::Speaker(_) => Basis::Speaker,
            By::Concept(_) => Basis::Concept,
            By::Enhanced(..) | By::Reply(_) => Basis::Code,
            By::Name(_) | By::Number(_) | By::Library(_) => Basis::Name,
        }
    }

    /// The name of the rule, such as `postfix/user-unknown-local`, `concept/…`, `enhanced/5.1.1`.
    pub fn rule(self) -> String {
        match self {
            By::Speaker(rule) => format!("{}/{}", rule.speaker().id, rule.id),
            By::Concept(rule) => format!("concept/{}", rule.id),
            By::Enhanced(code, _) => format!("enhanced/{code}"),
            By::Reply(code) => format!("reply/{}", code.code),
            By::Name(name) => format!("name/{}", name.name),
            By::Number(_) => "name/number".to_owned(),
            By::Library(form) => format!("library/{}", form.form),
        }
    }
}
