//! One more of anything touches one place. `knowledge/tests/places.rs` tries that on the data; this test counts the
//! places in the sources: a cause stands in no source at all, a dress or a verb in its file and in its folder's list.

// If the core's own clippy.toml were not applied, this would be unfulfilled and clippy would say so.
#![expect(clippy::disallowed_methods, reason = "the test reads the sources")]

use mailwhy_core::Cause;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The causes that sources may name, and why.
const NAMED: [(&str, &str); 3] = [
    ("unknown", "the answer where nothing else is one: it is no entry of the knowledge but the lack of one"),
    ("accepted", "a 2xx of whatever subject: the class alone decides (RFC 5321 §4.2.1)"),
    ("user-unknown", "a bare 550 to RCPT TO is the refusal of a mailbox (RFC 5321 §4.2.3)"),
];

/// Folders whose `mod.rs` lists one item of every file: the folder, the item, the list.
const LISTS: [(&str, &str, &str); 2] =
    [("crates/mailwhy-core/src/read/text/dress", "DRESS", "DRESSES"), ("crates/mailwhy/src/verbs", "VERB", "ALL")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file under a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("a readable entry").path()) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// A source without its comments and its tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// `user-unknown` as the generated enum writes it: `UserUnknown`.
fn variant(id: &str) -> String {
    id.split(['-', '_']).map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

/// Does the name stand there, and not as a part of a longer one?
fn count(text: &str, name: &str) -> usize {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let alone = |at: &usize| !is_part(text[..*at].chars().next_back()) && !is_part(text[at + name.len()..].chars().next());
    text.match_indices(name).map(|(at, _)| at).filter(alone).count()
}

#[test]
fn no_source_names_a_cause() {
    let mut files = Vec::new();
    for folder in ["knowledge/src", "knowledge/build", "crates/mailwhy-core/src", "crates/mailwhy/src", "xtask/src"] {
        sources(&root().join(folder), &mut files);
    }
    let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for path in files {
        let code = code(&path);
        for cause in Cause::ALL {
            let id = cause.id();
            // An id of one word is a word of other lists, too; one of several words is a cause and nothing else.
            let as_text = id.contains('-') && code.contains(&format!("\"{id}\""));
            if as_text || count(&code, &format!("Cause::{}", variant(id))) > 0 {
                named.entry(id).or_default().push(path.display().to_string());
            }
        }
    }
    let allowed = |id: &str| NAMED.iter().any(|(name, _)| *name == id);
    let surplus: Vec<String> =
        named.iter().filter(|(id, _)| !allowed(id)).map(|(id, files)| format!("{id}: {}", files.join(", "))).collect();
    assert!(surplus.is_empty(), "what a cause does is data of knowledge/causes/, no branch of a source:\n{}", surplus.join("\n"));
    for (id, why) in NAMED {
        assert!(named.contains_key(id), "no source names {id} ({why}): strike it from the list");
    }
}

#[test]
fn a_dress_and_a_verb_are_one_file_and_one_line() {
    for (folder, item, list) in LISTS {
        let folder = root().join(folder);
        let mut files = Vec::new();
        sources(&folder, &mut files);
        let list_file = folder.join("mod.rs");
        let listed = code(&list_file);
        let start = listed.find(&format!(" {list}: ")).unwrap_or_else(|| panic!("{}: no {list}", list_file.display()));
        let rows = &listed[start..start + listed[start..].find("];").expect("the list ends")];
        let mut counted = 0;
        for path in files.iter().filter(|path| **path != list_file) {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a file name");
            // The others help those that have the item.
            if ![format!("static {item}: "), format!("const {item}: ")].iter().any(|declared| code(path).contains(declared)) {
                continue;
            }
            counted += 1;
            assert_eq!(count(rows, &format!("{stem}::{item}")), 1, "{} is to have one row in {list}", path.display());
            assert_eq!(count(&listed, &format!("mod {stem};")), 1, "{} is to be declared once", path.display());
        }
        assert!(counted > 0, "{}: no file with a {item}", folder.display());
        assert_eq!(count(rows, item), counted, "{list} has a row without a file");
    }
}
