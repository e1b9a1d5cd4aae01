//! Renders diagnoses: as JSON, for a terminal, as Markdown.

pub mod json;
