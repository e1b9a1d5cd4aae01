//! Readers: from evidence to attempts.

pub mod text;
