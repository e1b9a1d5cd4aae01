#![no_main]
use mailwhy_fuzz::{holds::text_reader_holds, text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| text_reader_holds(&text(bytes)));
