//! Turns the folder into static tables, and refuses to when something in it is incomplete.

#![allow(unreachable_pub)]
#![allow(clippy::print_stdout, clippy::print_stderr)] // cargo is spoken to in print

#[path = "../src/fold.rs"]
#[allow(dead_code)]
mod fold;

mod check;
mod generate;
mod load;
mod patterns;

use std::path::PathBuf;

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    for watched in ["build", "src/fold.rs", "causes", "codes", "concepts", "speakers"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    for file in ["terms", "facts", "checks", "messages", "blocklists", "harmful", "article"] {
        println!("cargo::rerun-if-changed={file}.toml");
    }
    println!("cargo::rerun-if-changed=glossary.tsv");

    let knowledge = load::load(&root).unwrap_or_else(|complaints| refuse(&complaints));
    let complaints = check::check(&knowledge);
    if !complaints.is_empty() {
        refuse(&complaints);
    }
    let patterns = patterns::collect(&knowledge);
    std::fs::write(out.join("matcher.bin"), patterns.automaton()).expect("OUT_DIR is writable");
    std::fs::write(out.join("tables.rs"), generate::tables(&knowledge, &patterns)).expect("OUT_DIR is writable");
}

/// Shows all complaints at once: who mends ten files wants to know of ten.
fn refuse(complaints: &[String]) -> ! {
    for complaint in complaints {
        println!("cargo::error={}", complaint.replace('\n', " "));
    }
    eprintln!("{} complaints about the knowledge:\n{}", complaints.len(), complaints.join("\n"));
    std::process::exit(1);
}
