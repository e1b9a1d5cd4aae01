//! Help, in both languages.

use crate::run::{mailwhy, run};

const ENGLISH: [&str; 22] = [
    "Usage",
    "Options",
    "Commands",
    "Arguments",
    "Print",
    "Prints",
    "help",
    "version",
    "the",
    "of",
    "a",
    "and",
    "or",
    "this",
    "error",
    "file",
    "folder",
    "default",
    "possible",
    "values",
    "see",
    "for",
];

/// Words of the help that are prose: no options, commands, examples.
fn prose(help: &str) -> Vec<String> {
    let skip = |word: &&str| word.starts_with('-') || word.starts_with('<');
    let lines = help.lines().filter(|line| !line.trim_start().starts_with("mailwhy "));
    let names = ["  diagnose ", "  explain ", "  completions ", "  man ", "  help "];
    let told = lines.map(|line| names.iter().find_map(|name| line.strip_prefix(name)).unwrap_or(line));
    let words = told.flat_map(|line| line.split_whitespace().filter(|word| !skip(word)).collect::<Vec<_>>());
    words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()).collect()
}

#[test]
fn turkish_help_has_no_english() {
    for verb in ["", "diagnose", "explain", "completions", "man", "help"] {
        let arguments: Vec<&str> = [verb, "--help", "--lang", "tr"].into_iter().filter(|argument| !argument.is_empty()).collect();
        let help = run(&arguments).exits(0).out;
        assert!(help.contains("Kullanım:") && help.contains("Seçenekler:"), "{help}");
        let english: Vec<String> = prose(&help).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
        assert!(english.is_empty(), "{verb}: {english:?}\n{help}");
    }
}

#[test]
fn the_same_words_are_found_in_english_help() {
    // Else the test above could not fail.
    let found = prose(&run(&["--help"]).exits(0).out);
    assert!(ENGLISH.iter().filter(|word| found.iter().any(|f| f == **word)).count() > 8);
}

#[test]
fn the_locale_chooses_the_help() {
    let output = mailwhy(&["--help"]).env("LANG", "tr_TR.UTF-8").output().expect("runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Seçenekler:"));
}

#[test]
fn help_of_a_verb_is_asked_in_two_ways() {
    let help = run(&["help", "explain"]).exits(0).out;
    assert!(help.contains("--list"));
    assert_eq!(run(&["explain", "-h"]).exits(0).out, help);
    assert_eq!(run(&["help"]).exits(0).out, run(&["--help"]).exits(0).out);
    assert!(run(&["--version"]).exits(0).out.contains(env!("CARGO_PKG_VERSION")));
}
