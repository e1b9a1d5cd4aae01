//! Runs the real binary.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Checks the exit status and shows everything if it differs.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Ran {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// Every line of standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ran { status: output.status.code().expect("ended by itself"), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program in an environment where nothing says a language, a width or a colour.
pub(crate) fn mailwhy(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailwhy"));
    for name in ["LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE", "COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it with nothing on standard input.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> Ran {
    mailwhy(arguments).output().expect("runs").into()
}

/// Runs it with this on standard input.
#[track_caller]
pub(crate) fn run_with(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Ran {
    let mut child = mailwhy(arguments).stdin(Stdio::piped()).spawn().expect("starts");
    let mut pipe = child.stdin.take().expect("is piped");
    let bytes = stdin.as_ref().to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&bytes));
    let ran = child.wait_with_output().expect("runs");
    writer.join().expect("ends").expect("the program takes everything");
    ran.into()
}
