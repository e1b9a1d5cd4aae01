//! Which language answers: `--lang`, else `LC_ALL`, `LC_MESSAGES`, `LANG`, else English.

use crate::run::{Ran, mailwhy};

fn language(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json", "550 5.1.1 User unknown"]).collect();
    let ran: Ran = mailwhy(&arguments).envs(environment.iter().copied()).output().expect("runs").into();
    ran.exits(0).json()[0]["advice"]["lang"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_option_beats_the_locale_and_english_is_the_rest() {
    assert_eq!(language(&[], &[]), "en");
    assert_eq!(language(&[], &[("LANG", "tr_TR.UTF-8")]), "tr");
    assert_eq!(language(&[], &[("LANG", "de_DE.UTF-8")]), "en");
    assert_eq!(language(&[], &[("LANG", "en_GB"), ("LC_MESSAGES", "tr")]), "tr");
    assert_eq!(language(&[], &[("LC_MESSAGES", "tr"), ("LC_ALL", "C.UTF-8")]), "en");
    assert_eq!(language(&[], &[("LC_ALL", ""), ("LANG", "tr")]), "tr");
    assert_eq!(language(&["--lang", "en"], &[("LANG", "tr_TR.UTF-8")]), "en");
    assert_eq!(language(&["--lang=tr"], &[("LANG", "en_US.UTF-8")]), "tr");
}

#[test]
fn complaints_speak_the_language_too() {
    for arguments in [&["no-such.eml"][..], &["--nope"], &["--lang", "de", "550"], &["explain"], &["explain", "x-y-z"]] {
        let ran: Ran = mailwhy(arguments).env("LANG", "tr_TR.UTF-8").output().expect("runs").into();
        let ran = ran.exits(2);
        assert!(ran.err.starts_with("hata: ") && !ran.err.contains("error"), "{ran:?}");
    }
}
