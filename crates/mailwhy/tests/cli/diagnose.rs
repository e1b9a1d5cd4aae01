//! `mailwhy diagnose` and `mailwhy` without a verb: forms of the answer, exit status.

use crate::run::run;

const UNKNOWN_USER: &str = "550 5.1.1 <a@example.com>: User unknown";
const GIBBERISH: &str = "lorem ipsum dolor";

#[test]
fn words_are_one_text_with_and_without_the_verb() {
    let plain = run(&["550", "5.1.1", "User", "unknown"]).exits(0);
    assert!(!plain.out.is_empty() && plain.err.is_empty(), "{plain:?}");
    assert_eq!(run(&["550 5.1.1 User unknown"]).exits(0).out, plain.out);
    assert_eq!(run(&["diagnose", "550", "5.1.1", "User", "unknown"]).exits(0).out, plain.out);
    assert_eq!(run(&["--lang", "en", "550", "5.1.1", "User", "unknown"]).exits(0).out, plain.out);
    assert_eq!(run(&["550", "5.1.1", "User", "unknown", "--lang=en"]).exits(0).out, plain.out);
}

#[test]
fn the_exit_status_tells_what_was_understood() {
    run(&[UNKNOWN_USER]).exits(0);
    run(&[GIBBERISH]).exits(1);
    run(&["no-such-file.eml"]).exits(2);
}

#[test]
fn json_is_one_object_a_line() {
    let ran = run(&["--json", UNKNOWN_USER]).exits(0);
    let [diagnosis] = &ran.json()[..] else { panic!("{ran:?}") };
    assert_eq!(diagnosis["schema"], "mailwhy/1");
    assert_eq!(diagnosis["cause"], "user-unknown");
    assert_eq!(diagnosis["source"]["path"], serde_json::Value::Null);
    assert_eq!(diagnosis["advice"]["lang"], "en");
}

#[test]
fn fields_give_these_fields_only() {
    let ran = run(&["--fields", "cause,reply.code,advice.lang,facts.recipient", UNKNOWN_USER]).exits(0);
    let expected = serde_json::json!({
        "cause": "user-unknown", "reply": {"code": 550}, "advice": {"lang": "en"}, "facts": {"recipient": "a@example.com"}
    });
    assert_eq!(ran.json(), [expected]);
}

#[test]
fn a_field_that_is_none_is_told_with_the_list() {
    let ran = run(&["--fields", "cause,shoe-size", UNKNOWN_USER]).exits(2);
    assert!(ran.out.is_empty());
    assert!(ran.err.contains("shoe-size") && ran.err.contains("reply.code"), "{ran:?}");
}

#[test]
fn markdown_and_trace_are_other_forms() {
    let plain = run(&[UNKNOWN_USER]).exits(0);
    let markdown = run(&["--markdown", UNKNOWN_USER]).exits(0);
    assert!(!markdown.out.is_empty() && markdown.out != plain.out);
    let trace = run(&["--trace", UNKNOWN_USER]).exits(0);
    assert!(trace.out.len() > plain.out.len() && trace.out.contains("user-unknown"), "{trace:?}");
}

#[test]
fn redact_names_no_file() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("a@example.com.txt");
    std::fs::write(&file, UNKNOWN_USER).expect("writes");
    let name = file.to_str().expect("UTF-8");
    assert_eq!(run(&["--json", name]).exits(0).json()[0]["source"]["path"], name);
    assert_eq!(run(&["--json", "--redact", name]).exits(0).json()[0]["source"]["path"], serde_json::Value::Null);
    assert!(!run(&["--redact", name]).exits(0).out.contains("a@example.com.txt"));
}

#[test]
fn wrong_use_is_told_and_exits_2() {
    let wrong: [(&[&str], &str); 9] = [
        (&["--jsn", "550"], "--json"),
        (&["--qqq", "550"], "mailwhy --help"),
        (&["-550"], "mailwhy -- '-"),
        (&["--lang", "de", "550"], "en, tr"),
        (&["--lang"], "en, tr"),
        (&["--width", "3", "550"], "--width"),
        (&["--color", "blue", "550"], "auto, always, never"),
        (&["--json", "--markdown", "550"], "--markdown"),
        (&["--json", "explain", "greylisted"], "mailwhy explain --help"),
    ];
    for (arguments, told) in wrong {
        let ran = run(arguments).exits(2);
        assert!(ran.out.is_empty() && ran.err.starts_with("error: ") && ran.err.contains(told), "{arguments:?} {ran:?}");
    }
}

#[test]
fn colour_is_asked_for_or_not() {
    let escape = '\u{1b}';
    assert!(!run(&["--help"]).exits(0).out.contains(escape));
    assert!(run(&["--color", "always", UNKNOWN_USER]).exits(0).out.contains(escape));
    let coloured = |name: &str, value: &str| {
        let output = crate::run::mailwhy(&[UNKNOWN_USER]).env(name, value).output().expect("runs");
        output.stdout.contains(&0x1b)
    };
    assert!(coloured("CLICOLOR_FORCE", "1"));
    assert!(!coloured("NO_COLOR", "1"));
    assert!(!run(&["--color", "never", UNKNOWN_USER]).exits(0).out.contains(escape));
}

#[test]
fn a_text_behind_two_dashes_may_begin_with_one() {
    run(&["--", "-550 5.1.1 User unknown"]).exits(0);
    run(&["--text", "explain.eml", "550", "5.1.1", "User", "unknown"]).exits(0);
}
