//! What the fuzz targets assert: the same as the property tests of the core, kept beside them.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run classify fuzz/corpus/classify fuzz/seeds/classify -- -max_total_time=60`

#[path = "../../crates/mailwhy-core/tests/holds/mod.rs"]
pub mod holds;

/// Bytes as the program takes them: what is no UTF-8 is replaced.
pub fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
