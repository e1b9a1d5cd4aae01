//! Renders diagnoses: as JSON, for a terminal, as Markdown, as a trace of the votes.

mod excerpt;
pub mod json;
pub mod markdown;
pub mod terminal;
pub mod trace;
