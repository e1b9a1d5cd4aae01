//! `mailwhy man`.

use crate::run::run;

const VERBS: [&str; 5] = ["diagnose", "explain", "completions", "man", "help"];

#[test]
fn the_page_names_every_verb_in_both_languages() {
    for (lang, headings) in [
        ("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXAMPLES", "EXIT STATUS"]),
        ("tr", ["AD", "KULLANIM", "AÇIKLAMA", "SEÇENEKLER", "KOMUTLAR", "ÖRNEKLER", "ÇIKIŞ DURUMU"]),
    ] {
        let page = run(&["man", "--lang", lang]).exits(0).out;
        for verb in VERBS {
            assert!(page.contains(&format!("mailwhy\\-{verb}(1)")), "{lang}: {verb}\n{page}");
        }
        for heading in headings {
            assert!(
                page.lines().any(|line| line.strip_prefix(".SH ").is_some_and(|h| h.trim_matches('"') == heading)),
                "{heading}\n{page}"
            );
        }
    }
}

#[test]
fn a_verb_has_its_own_page() {
    let page = run(&["man", "explain"]).exits(0).out;
    assert!(page.contains(".TH \"mailwhy-explain\" 1") && page.contains("\\-\\-list"), "{page}");
    assert!(run(&["man", "fly"]).exits(2).err.contains("diagnose, explain"));
}

#[test]
fn a_folder_gets_all_pages_of_both_languages() {
    let folder = tempfile::tempdir().expect("folder");
    let dir = folder.path().join("share");
    run(&["man", "--dir", dir.to_str().expect("UTF-8")]).exits(0);
    for man1 in [dir.join("man1"), dir.join("tr").join("man1")] {
        let pages = std::iter::once("mailwhy.1".to_owned()).chain(VERBS.map(|verb| format!("mailwhy-{verb}.1")));
        for page in pages {
            assert!(std::fs::read_to_string(man1.join(&page)).is_ok_and(|text| text.contains(".SH ")), "{page}");
        }
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let file = tempfile::NamedTempFile::new().expect("file");
    let ran = run(&["man", "--dir", file.path().join("x").to_str().expect("UTF-8")]).exits(2);
    assert!(ran.err.contains("cannot be written"), "{ran:?}");
}
