//! The pure core of mailwhy: bytes in, diagnoses out. No files, no network, no clock, no threads.
//!
//! ```text
//!  bytes ─▶ read ─▶ attempts ─classify─▶ cause + spans ─advise─▶ advice ─▶ render
//! ```
//!
//! ```
//! use mailwhy_core::{Lang, advise::advise, diagnose};
//!
//! let evidence = "550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.spamhaus.org";
//! let diagnoses = diagnose(evidence);
//! assert_eq!(diagnoses[0].cause().id(), "ip-blocklisted");
//! let advice = advise(&diagnoses[0], Lang::En);
//! assert!(advice.title.contains("203.0.113.7"));
//! ```

pub mod advise;
mod attempt;
pub mod classify;
mod diagnosis;
pub mod explain;
pub mod read;
pub mod redact;
pub mod render;
mod span;

pub use attempt::{Attempt, Enhanced, Number, Parties, Reading, Reply};
pub use diagnosis::{Diagnosis, Evidence};
pub use mailwhy_knowledge as knowledge;
pub use mailwhy_knowledge::{Cause, Lang};
pub use span::Span;

use classify::Classifier;

/// Diagnoses a pasted text. There is at least one diagnosis, if only `unknown`; several failures give several.
pub fn diagnose(text: &str) -> Vec<Diagnosis> {
    diagnose_with(text, &mut Classifier::new())
}

/// The same with a classifier that is kept, for many texts in a row.
pub fn diagnose_with(text: &str, classifier: &mut Classifier) -> Vec<Diagnosis> {
    read::text::read(text).into_iter().map(|attempt| Diagnosis::of(attempt, text, classifier)).collect()
}
