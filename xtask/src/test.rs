//! `cargo xtask test`: all tests of the workspace, of a fresh clone too.
//!
//! Cargo fetches every crate that the tests use at the versions of `Cargo.lock`; no test needs a program, a service or a
//! network beyond that. A test that comes to need one gets it installed here, so that this one command stays enough.

use std::process::{Command, ExitCode};

/// Runs the tests; `more` is handed on to `cargo test`, such as the name of one test.
pub(crate) fn run(more: &[&str]) -> ExitCode {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    match Command::new(&cargo).current_dir(root).args(["test", "--workspace", "--locked"]).args(more).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{} does not start: {error}. Install Rust from https://rustup.rs, then try again.", cargo.display());
            ExitCode::FAILURE
        }
    }
}
