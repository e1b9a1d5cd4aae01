#![no_main]
use mailwhy_fuzz::{holds::fold_holds, text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fold_holds(&text(bytes)));
