//! What developers run: `cargo xtask VERB`. One file a verb.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a tool for people at a terminal

mod generate;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask generate [--check]               writes the generated pages of docs/; --check only compares
cargo xtask test [ARGUMENTS OF cargo test]   all tests, with whatever they need";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["test", more @ ..] => test::run(more),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
