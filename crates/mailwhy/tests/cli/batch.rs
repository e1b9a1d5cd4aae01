//! `--batch`: order, bad lines, long lines, answers at once.

use crate::run::{mailwhy, run, run_with};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

#[test]
fn answers_come_in_the_order_of_the_questions() {
    let causes = [("550 5.1.1 User unknown", "user-unknown"), ("452 4.2.2 The mailbox is over quota", "mailbox-full")];
    let questions: String = (0..3000).map(|n| json!({"id": n, "text": causes[n % 2].0}).to_string() + "\n").collect();
    let ran = run_with(&["--batch", "--fields", "cause"], questions).exits(0);
    let expected: Vec<Value> = (0..3000).map(|n| json!({"id": n, "diagnoses": [{"cause": causes[n % 2].1}]})).collect();
    assert!(ran.json() == expected && ran.err.is_empty());
}

#[test]
fn the_whole_diagnosis_is_that_of_json() {
    let text = "550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.spamhaus.org";
    let batch = run_with(&["--batch", "--lang", "tr"], json!({"id": "a", "text": text}).to_string()).exits(0);
    let alone = run(&["--json", "--lang", "tr", text]).exits(0);
    assert_eq!(batch.json(), [json!({"id": "a", "diagnoses": alone.json()})]);
}

#[test]
fn a_bad_line_is_answered_with_an_error_and_the_rest_is_done() {
    let questions = "{\"id\":1,\"text\":\"550 5.1.1 User unknown\"}\r\nnot json\n\n{\"id\":{\"x\":2}}\n{\"id\":12345678901234567890123,\"text\":\"550 5.1.1 User unknown\"}";
    let ran = run_with(&["--batch", "--fields", "cause"], questions).exits(2);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 4, "{ran:?}");
    assert_eq!(lines[0], r#"{"id":1,"diagnoses":[{"cause":"user-unknown"}]}"#);
    assert!(lines[1].starts_with(r#"{"id":null,"error":"line 2 "#), "{ran:?}");
    assert!(lines[2].starts_with(r#"{"id":{"x":2},"error":"line 4 "#), "{ran:?}");
    assert!(lines[3].starts_with(r#"{"id":12345678901234567890123,"diagnoses":"#), "{ran:?}");
    assert!(ran.err.contains(": 2;") && ran.err.contains("line 2"), "{ran:?}");
}

#[test]
fn a_line_too_long_is_skipped_with_an_error() {
    let long = json!({"id": 1, "text": "x".repeat(5 << 20)}).to_string();
    let questions = format!("{long}\n{{\"id\":2,\"text\":\"550 5.1.1 User unknown\"}}\n");
    let ran = run_with(&["--batch", "--fields", "cause"], questions).exits(2);
    let answers = ran.json();
    assert_eq!(answers.len(), 2);
    assert!(answers[0]["id"].is_null() && answers[0]["error"].as_str().is_some_and(|error| error.contains("4 MiB")), "{ran:?}");
    assert_eq!(answers[1], json!({"id": 2, "diagnoses": [{"cause": "user-unknown"}]}));
}

#[test]
fn unknown_is_1_and_empty_is_2() {
    run_with(&["--batch"], r#"{"id":1,"text":"lorem ipsum dolor"}"#).exits(1);
    assert!(run(&["--batch"]).exits(2).err.contains("nothing in it"));
    assert!(run(&["--batch", "no-such-file.jsonl"]).exits(2).err.contains("no-such-file.jsonl"));
}

#[test]
fn a_file_of_questions_is_read_too() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("questions");
    std::fs::write(&file, "{\"id\":7,\"text\":\"550 5.1.1 User unknown\"}\n").expect("writes");
    let ran = run(&["--batch", file.to_str().expect("UTF-8")]).exits(0);
    assert_eq!(ran.json()[0]["id"], 7);
}

#[test]
fn a_slow_writer_gets_each_answer_at_once() {
    let mut child = mailwhy(&["--batch", "--fields", "cause"]).stdin(Stdio::piped()).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("is piped"));
    for n in 0..3 {
        writeln!(stdin, "{{\"id\":{n},\"text\":\"550 5.1.1 User unknown\"}}").expect("writes");
        // An answer held back would make this wait for ever: nothing more is written before it comes.
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("reads");
        assert_eq!(answer, format!("{{\"id\":{n},\"diagnoses\":[{{\"cause\":\"user-unknown\"}}]}}\n"));
    }
    drop(stdin);
    assert_eq!(child.wait().expect("ends").code(), Some(0));
}
