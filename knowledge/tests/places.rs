//! One more of anything is one file or one table, and what is incomplete does not build: tried on a copy of this folder
//! with the build script's own files.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "the build script's files, of which this test calls a part")]

#[path = "../src/fold.rs"]
mod fold;

#[path = "../build/check.rs"]
mod check;
#[path = "../build/generate.rs"]
mod generate;
#[path = "../build/load.rs"]
mod load;
#[path = "../build/patterns.rs"]
mod patterns;

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A copy of the folder that may be changed.
struct Copy(TempDir);

impl Copy {
    fn new() -> Copy {
        let copy = TempDir::new().expect("a folder for the copy");
        copy_data(Path::new(env!("CARGO_MANIFEST_DIR")), copy.path());
        Copy(copy)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap_or_else(|error| panic!("{file}: {error}"));
    }

    fn append(&self, file: &str, text: &str) {
        self.write(file, &(self.read(file) + text));
    }

    /// Exchanges the first `old`, which must be there.
    fn exchange(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} no longer holds {old:?}: choose another example");
        self.write(file, &text.replacen(old, new, 1));
    }

    /// What the build would say: the tables, or the complaints.
    fn build(&self) -> Result<String, Vec<String>> {
        let knowledge = load::load(self.0.path())?;
        let complaints = check::check(&knowledge);
        let patterns = patterns::collect(&knowledge);
        if complaints.is_empty() { Ok(generate::tables(&knowledge, &patterns)) } else { Err(complaints) }
    }
}

fn copy_data(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder is readable").map(|entry| entry.expect("so is its entry")) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            fs::create_dir(&target).expect("the copy is writable");
            copy_data(&path, &target);
        } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "tsv") {
            fs::copy(&path, &target).expect("the copy is writable");
        }
    }
}

/// Adds one thing in one file and expects to find it in the tables.
#[track_caller]
fn one_place(file: &str, addition: &str, in_tables: &str) {
    let copy = Copy::new();
    assert!(!copy.build().expect("the folder as it is builds").contains(in_tables), "{in_tables} is there already");
    copy.append(file, addition);
    match copy.build() {
        Ok(tables) => assert!(tables.contains(in_tables), "{file} is not enough: no {in_tables} in the tables"),
        Err(complaints) => panic!("{file} is not enough:\n{}", complaints.join("\n")),
    }
}

#[test]
fn a_cause_is_one_file() {
    let copy = Copy::new();
    let text = copy.read("causes/greylisted.toml").replace("\"greylisted\"", "\"carrier-pigeon-tired\"");
    copy.write(
        "causes/carrier-pigeon-tired.toml",
        &text.replace("Greylisted: the server", "The pigeon").replace("Gri listeleme: sunucu", "Güvercin"),
    );
    match copy.build() {
        Ok(tables) => assert!(tables.contains("CarrierPigeonTired"), "no such cause in the tables"),
        Err(complaints) => panic!("one file is not enough:\n{}", complaints.join("\n")),
    }
}

#[test]
fn a_wording_is_one_table() {
    let rule = r#"
[[rule]]
id = "pigeon"
form = "sentence"
phrases = ["the carrier pigeon is tired"]
cause = "greylisted"
example = "451 4.7.1 The carrier pigeon is tired"
"#;
    one_place("speakers/gmail.toml", rule, "the carrier pigeon is tired");
}

#[test]
fn a_speaker_is_one_file() {
    let copy = Copy::new();
    let rule = "\n[[rule]]\nid = \"tired\"\nform = \"sentence\"\nphrases = [\"the pigeon is tired\"]\ncause = \"greylisted\"\nexample = \"451 The pigeon is tired\"\n";
    copy.write(
        "speakers/pigeon.toml",
        &format!("id = \"pigeon\"\nname = \"Pigeon Post\"\nkind = \"server\"\nsigns = [\"pigeonpost\"]\n{rule}"),
    );
    match copy.build() {
        Ok(tables) => assert!(tables.contains("Pigeon Post"), "no such speaker in the tables"),
        Err(complaints) => panic!("one file is not enough:\n{}", complaints.join("\n")),
    }
}

#[test]
fn a_code_is_one_table() {
    let code = r#"
[[code]]
code = "7.99"
text = "Pigeon tired"
en = "The pigeon is tired."
tr = "Güvercin yorgun."
causes = ["greylisted"]
weight = 2.0
basic = "451"
source = "RFC 1149"
"#;
    one_place("codes/enhanced.toml", code, "The pigeon is tired.");
}

/// A change that makes the knowledge incomplete, and what the complaint must name.
#[test]
fn what_is_incomplete_does_not_build() {
    let greylisted = "causes/greylisted.toml";
    let gmail = "speakers/gmail.toml";
    for (why, file, old, new, named) in [
        ("no Turkish title", greylisted, "title = \"Gri listeleme: sunucu ikinci denemeyi bekliyor\"", "", "title"),
        ("an empty text", greylisted, "title = \"Gri listeleme: sunucu ikinci denemeyi bekliyor\"", "title = \"\"", "greylisted"),
        (
            "a text left in English",
            greylisted,
            "title = \"Gri listeleme: sunucu ikinci denemeyi bekliyor\"",
            "title = \"Greylisted: the server asks for a second try\"",
            "greylisted",
        ),
        ("a misspelt key", greylisted, "verdict = ", "verdikt = ", "verdikt"),
        ("a family that is none", greylisted, "family = \"limits\"", "family = \"pigeons\"", "pigeons"),
        ("a cause that is none", gmail, "cause = \"server-error\"", "cause = \"pigeon\"", "pigeon"),
        ("no example", gmail, "example = ", "# example = ", "example"),
        ("a capture that does not compile", gmail, "example = ", "capture = { ip = '(?<ip>[' }\nexample = ", "gmail"),
        (
            "advice that does harm",
            greylisted,
            "\"Do not send the message a second time by hand.\"",
            "\"Turn off your firewall.\"",
            "greylisted",
        ),
    ] {
        let copy = Copy::new();
        copy.exchange(file, old, new);
        let complaints = copy.build().err().unwrap_or_else(|| panic!("{why}: it builds")).join("\n");
        assert!(complaints.contains(named), "{why}: the complaint does not name {named:?}:\n{complaints}");
    }
}
