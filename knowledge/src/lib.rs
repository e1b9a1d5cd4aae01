//! What mailwhy knows about mail failures: causes, codes, speakers, concepts, in English and Turkish.
//!
//! All of it is data in TOML files beside this source, checked and turned into static tables while building: nothing is
//! parsed at run time. The one thing loaded is the automaton that finds every phrase and word in one pass
//! ([`matcher`]).
//!
//! ```
//! use mailwhy_knowledge::{Cause, Lang};
//! let cause = Cause::from_id("greylisted").unwrap();
//! assert_eq!(cause.data().verdict.id(), "wait");
//! assert!(cause.data().title.get(Lang::Tr).contains("Gri liste"));
//! ```

pub mod fold;
pub mod matcher;
mod tables;

pub use tables::*;

mod generated {
    use crate::tables::*;
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
pub use generated::*;

impl Cause {
    /// What is known of it.
    pub fn data(self) -> &'static CauseData {
        &CAUSES[self as usize]
    }

    /// Its id, such as `user-unknown`.
    pub fn id(self) -> &'static str {
        self.data().id
    }

    /// The cause with this id.
    pub fn from_id(id: &str) -> Option<Cause> {
        Cause::ALL.iter().copied().find(|cause| cause.id() == id)
    }
}

impl Speaker {
    /// Its sentences.
    pub fn rules(&self) -> &'static [SpeakerRule] {
        let (first, count) = self.rules;
        &SPEAKER_RULES[first as usize..first as usize + count as usize]
    }

    /// The speaker with this id.
    pub fn from_id(id: &str) -> Option<&'static Speaker> {
        SPEAKERS.iter().find(|speaker| speaker.id == id)
    }
}

impl SpeakerRule {
    /// Who says it.
    pub fn speaker(&self) -> &'static Speaker {
        &SPEAKERS[self.speaker as usize]
    }

    /// Its phrases; one is enough.
    pub fn alternatives(&self) -> &'static [Alternative] {
        let (first, count) = self.alternatives;
        &ALTERNATIVES[first as usize..first as usize + count as usize]
    }
}

/// The reply code with this number.
pub fn reply_code(code: u16) -> Option<&'static ReplyCode> {
    REPLY_CODES.binary_search_by_key(&code, |row| row.code).ok().map(|n| &REPLY_CODES[n])
}

/// The enhanced code with this subject and detail: `1.1` of `5.1.1`.
pub fn enhanced_code(subject_detail: &str) -> Option<&'static EnhancedCode> {
    ENHANCED_CODES.binary_search_by_key(&subject_detail, |row| row.code).ok().map(|n| &ENHANCED_CODES[n])
}

/// The reading of a number as an enhanced code that lost its dots.
pub fn dotless(number: u16) -> Option<&'static Dotless> {
    DOTLESS.iter().find(|row| row.number == number)
}

/// The live check with this id.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|row| row.id == id)
}

/// The label of a fact.
pub fn fact_label(id: &str) -> Option<Text> {
    FACTS.iter().find(|(fact, _)| *fact == id).map(|(_, label)| *label)
}
