#![no_main]
use mailwhy_core::classify::Classifier;
use mailwhy_fuzz::{holds::diagnosis_holds, text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    diagnosis_holds(&text(bytes), &mut Classifier::new());
});
