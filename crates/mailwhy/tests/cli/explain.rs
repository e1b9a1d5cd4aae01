//! `mailwhy explain`.

use crate::run::run;

#[test]
fn a_cause_has_a_page_in_both_languages() {
    let english = run(&["explain", "greylisted"]).exits(0);
    let turkish = run(&["explain", "greylisted", "--lang", "tr"]).exits(0);
    assert!(!english.out.is_empty() && !turkish.out.is_empty() && english.out != turkish.out);
    assert_eq!(run(&["--lang", "tr", "explain", "greylisted"]).exits(0).out, turkish.out);
    assert!(run(&["explain", "--markdown", "greylisted"]).exits(0).out.starts_with('#'));
}

#[test]
fn the_list_names_every_cause() {
    let list = run(&["explain", "--list"]).exits(0).out;
    for cause in ["user-unknown", "greylisted", "mailbox-full"] {
        assert!(list.contains(cause), "{cause}");
    }
}

#[test]
fn an_unknown_id_suggests_what_is_near() {
    let ran = run(&["explain", "user-unknwon"]).exits(2);
    assert!(ran.out.is_empty() && ran.err.contains("user-unknwon") && ran.err.contains("user-unknown"), "{ran:?}");
    assert!(run(&["explain"]).exits(2).err.contains("ID|CODE"));
}
