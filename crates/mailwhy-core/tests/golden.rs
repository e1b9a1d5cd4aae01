//! The answers as a person sees them, kept as files: `golden/<case>/input.txt` is the evidence, the files beside it are
//! what is told of it. After a change that is meant, look at the new files and keep them:
//! `UPDATE_GOLDEN=1 cargo test -p mailwhy-core --test golden`.
#![allow(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use mailwhy_core::render::{markdown, terminal, trace};
use mailwhy_core::{Lang, diagnose};
use std::path::Path;

fn terminal(lang: Lang, width: usize, colour: bool, unicode: bool) -> terminal::Options {
    terminal::Options { lang, width, colour, unicode }
}

/// The files of a case: name, content.
fn answers(evidence: &str, origin: &str) -> Vec<(&'static str, String)> {
    let diagnoses = diagnose(evidence);
    let all = |render: &dyn Fn(&mailwhy_core::Diagnosis) -> String| diagnoses.iter().map(render).collect::<Vec<_>>().join("\n");
    let page = |options: terminal::Options| all(&|d| terminal::render(d, evidence, origin, &options));
    vec![
        ("en.txt", page(terminal(Lang::En, 80, false, true))),
        ("tr.txt", page(terminal(Lang::Tr, 80, false, true))),
        ("narrow.txt", page(terminal(Lang::Tr, 60, false, false))),
        ("wide.txt", page(terminal(Lang::En, 200, false, true))),
        ("colour.txt", page(terminal(Lang::En, 80, true, true)).replace('\u{1b}', "␛")),
        ("en.md", all(&|d| markdown::render(d, evidence, Lang::En))),
        ("tr.md", all(&|d| markdown::render(d, evidence, Lang::Tr))),
        ("trace.txt", all(&|d| trace::render(d, evidence, Lang::En))),
    ]
}

/// The first lines that differ.
fn difference(expected: &str, told: &str) -> String {
    let (mut old, mut new) = (expected.lines(), told.lines());
    let mut shown = String::new();
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                a.into_iter().for_each(|line| shown.push_str(&format!("  {number:>3} - {line}\n")));
                b.into_iter().for_each(|line| shown.push_str(&format!("  {number:>3} + {line}\n")));
            }
        }
    }
    shown
}

#[test]
fn answers_are_as_kept() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut cases: Vec<_> = std::fs::read_dir(&golden).unwrap().map(|entry| entry.unwrap().path()).filter(|p| p.is_dir()).collect();
    cases.sort();
    assert!(cases.len() >= 16, "only {} cases in {}", cases.len(), golden.display());
    let mut complaints = String::new();
    for case in cases {
        let evidence = std::fs::read_to_string(case.join("input.txt")).unwrap();
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        // A paste has no name; a text of several lines usually comes from a file.
        let origin = if evidence.trim_end().contains('\n') { format!("{name}.txt") } else { String::new() };
        for (file, told) in answers(&evidence, &origin) {
            let path = case.join(file);
            if update {
                std::fs::write(&path, &told).unwrap();
                continue;
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            if expected != told {
                complaints.push_str(&format!("{name}/{file}:\n{}", difference(&expected, &told)));
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "the answers changed (- kept, + now):\n{complaints}\nif this is meant: UPDATE_GOLDEN=1 cargo test -p mailwhy-core --test golden"
    );
}
