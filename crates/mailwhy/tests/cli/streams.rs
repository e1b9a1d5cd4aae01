//! Pipes: standard input, a reader that goes away, input without end, bounded memory.

use crate::run::{mailwhy, run, run_with};
use std::io::{Read, Write};
use std::process::Stdio;

#[test]
fn standard_input_is_read_in_a_pipe_or_by_its_name() {
    for arguments in [&["--json"][..], &["--json", "-"], &["diagnose", "--json"]] {
        let ran = run_with(arguments, "550 5.1.1 User unknown\n").exits(0);
        assert_eq!(ran.json()[0]["cause"], "user-unknown");
    }
}

#[test]
fn empty_or_binary_standard_input_is_told() {
    assert!(run(&[]).exits(2).err.contains("standard input: there is nothing in it"));
    assert!(run_with(&["-"], b"\x7fELF\0\0").exits(2).err.contains("binary"));
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let answers: &[&[&str]] = &[&["--json", "550 5.1.1 User unknown"], &["--help"], &["completions", "bash"], &["man"], &["--batch"]];
    for arguments in answers {
        let mut child = mailwhy(arguments).stdin(Stdio::piped()).spawn().expect("starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("is piped");
        // It may be gone before it has read this.
        let _ = stdin.write_all(b"{\"id\":1,\"text\":\"550 5.1.1 User unknown\"}\n");
        drop(stdin);
        let output = child.wait_with_output().expect("ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {output:?}");
        assert!(output.stderr.is_empty(), "{arguments:?} {output:?}");
    }
}

#[cfg(unix)]
#[test]
fn head_takes_ten_bytes_of_many_answers() {
    let lines: String = (0..5000).map(|n| format!("{{\"id\":{n},\"text\":\"550 5.1.1 User unknown\"}}\n")).collect();
    let mut child = mailwhy(&["--batch"]).stdin(Stdio::piped()).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("is piped");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let mut ten = [0; 10];
    child.stdout.take().expect("is piped").read_exact(&mut ten).expect("reads");
    let output = child.wait_with_output().expect("ends");
    // The writer may find the pipe closed: that is how it learns that nobody listens any more.
    let _ = writer.join();
    assert_eq!((&ten, output.status.code()), (br#"{"id":0,"d"#, Some(0)));
    assert!(output.stderr.is_empty(), "{output:?}");
}

/// The most memory that a running process ever had, in KiB.
#[cfg(target_os = "linux")]
fn peak_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("is running");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("has a peak");
    peak.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_64_mib_is_answered_in_bounded_memory() {
    for (arguments, status) in [(&["--json"][..], 1), (&["--batch"], 2)] {
        let mut child = mailwhy(arguments).stdin(Stdio::piped()).spawn().expect("starts");
        let mut stdin = child.stdin.take().expect("is piped");
        let block = vec![b'x'; 1 << 20];
        for _ in 0..64 {
            stdin.write_all(&block).expect("the program takes everything");
        }
        let peak = peak_kib(child.id());
        drop(stdin);
        let output = child.wait_with_output().expect("ends");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 1, "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("standard input"), "it says that not all was looked at");
        // Less than the line alone.
        assert!(peak < 48 << 10, "{arguments:?}: {peak} KiB");
    }
}
