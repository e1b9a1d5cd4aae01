//! `mailwhy completions`.

use crate::run::run;

#[test]
fn every_shell_gets_every_verb_and_option() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]).exits(0).out;
        for word in ["diagnose", "explain", "completions", "man", "markdown", "batch", "redact"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn descriptions_come_in_the_language() {
    assert!(run(&["completions", "zsh", "--lang", "tr"]).exits(0).out.contains("Yardımı göster"));
}

#[test]
fn another_shell_is_told_with_the_list() {
    assert!(run(&["completions", "tcsh"]).exits(2).err.contains("bash, elvish, fish, powershell, zsh"));
    run(&["completions"]).exits(2);
}
