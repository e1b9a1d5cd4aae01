//! The answers that the README pages show are what the program answers. `UPDATE_README=1 cargo test -p mailwhy --test readme`
//! writes them anew.

use std::path::Path;
use std::process::Command;

const BEGIN: &str = "<!-- answer:begin -->\n";
const END: &str = "<!-- answer:end -->";

/// The columns of an answer on the page.
const COLUMNS: &str = "100";

/// What the program answers to a shown command such as `mailwhy --json "550 5.1.1"`.
fn answer(shown: &str, lang: &str) -> String {
    let words = words(shown);
    assert_eq!(words.first().map(String::as_str), Some("mailwhy"), "not a command of this program: {shown}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailwhy"));
    let output = command.args(["--lang", lang]).args(&words[1..]).env("COLUMNS", COLUMNS).env("NO_COLOR", "1").output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{shown}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the answer is text")
}

/// The words of a command line; double quotes keep one together.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate();
    quoted
        .flat_map(|(n, part)| if n % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() })
        .collect()
}

/// The page with every block answered by the program.
fn answered(page: &str, lang: &str) -> String {
    let mut pieces = page.split(BEGIN);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (block, after) = piece.split_once(END).unwrap_or_else(|| panic!("a block without {END}"));
        let shown = block.lines().find_map(|line| line.strip_prefix("$ ")).expect("a block shows a command");
        let output = answer(shown, lang);
        let output: Vec<&str> = output.trim_end().lines().map(str::trim_end).collect();
        whole += &format!("{BEGIN}```console\n$ {shown}\n{}\n```\n{END}{after}", output.join("\n"));
    }
    whole
}

#[test]
fn the_readme_pages_show_what_the_program_answers() {
    for (file, lang) in [("README.md", "en"), ("README.tr.md", "tr")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
        let page = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}")).replace("\r\n", "\n");
        assert!(page.contains(BEGIN), "{file} shows no answer");
        let new = answered(&page, lang);
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(&path, new).unwrap_or_else(|error| panic!("{file}: {error}"));
        } else {
            assert!(page == new, "{file} shows an old answer: UPDATE_README=1 cargo test -p mailwhy --test readme\n\n{new}");
        }
    }
}
