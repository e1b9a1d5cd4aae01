//! What holds for every text, tried on texts nobody wrote: spans, offsets, line ends.

mod holds;

use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::SPEAKER_RULES;
use mailwhy_core::{Diagnosis, diagnose};
use proptest::prelude::*;

/// Anything: all of Unicode, control characters included.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter)
}

/// Pieces that mail is made of, in any order: more of them reach the inside of the readers than of random characters.
fn mail_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        example(),
        any_text(),
        "[245][0-5][0-9][ -]",
        "[245]\\.[0-9]{1,3}\\.[0-9]{1,3} ",
        "<[a-zıİğ.]{1,9}@[a-zü.-]{1,9}>",
        "0x800CCC[0-9A-F]{2}",
        "(\r\n|\n|\t|: |; |\\(|\\)|\\{|\\}|'|\"|\\[|\\]|\\\\|= |> |# ){1,4}",
        "(SMTP|error|hata|said|status=bounced|to=|RCPT TO|alıcı|İLETİ|ileti|邮箱|メール|ﾒｰﾙ|ｶﾞ) ?",
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// A server's sentence, as the knowledge gives it.
fn example() -> impl Strategy<Value = String> {
    (0..SPEAKER_RULES.len()).prop_map(|n| SPEAKER_RULES[n].example.to_owned())
}

/// What a person is told, without the places.
fn told(diagnoses: &[Diagnosis]) -> Vec<String> {
    diagnoses.iter().map(|d| format!("{} {} {} {}", d.cause().id(), d.outcome.id(), d.actor.id(), d.verdict.id())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_diagnosed(text in prop_oneof![any_text(), mail_like()]) {
        holds::text_reader_holds(&text);
        holds::diagnosis_holds(&text, &mut Classifier::new());
    }

    #[test]
    fn folding_is_idempotent_and_its_offsets_are_true(text in prop_oneof![any_text(), mail_like()]) {
        holds::fold_holds(&text);
    }

    #[test]
    fn line_ends_do_not_matter(lines in proptest::collection::vec(prop_oneof![4 => example(), 1 => "[^\r\n]{0,60}"], 1..7)) {
        // An example may hold line ends of its own.
        let unix = lines.join("\n").replace("\r\n", "\n").replace('\r', "");
        let internet = unix.replace('\n', "\r\n");
        prop_assert_eq!(told(&diagnose(&unix)), told(&diagnose(&internet)), "{:?}", unix);
    }

    #[test]
    fn a_classifier_keeps_nothing(first in mail_like(), second in mail_like()) {
        let mut kept = Classifier::new();
        holds::diagnosis_holds(&first, &mut kept);
        let after = told(&holds::diagnosis_holds(&second, &mut kept));
        prop_assert_eq!(after, told(&diagnose(&second)));
    }
}

/// Every character of Unicode on its own and inside a word: what chance would find late.
#[test]
fn every_character_folds_to_itself() {
    for character in '\0'..=char::MAX {
        for text in [format!("{character}{character}"), format!("a{character}b{character}"), format!("ｶ{character}字")] {
            holds::fold_holds(&text);
        }
    }
}
