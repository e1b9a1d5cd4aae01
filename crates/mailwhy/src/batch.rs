//! `--batch`: JSON lines in, JSON lines out, in the same order, on all cores, in bounded memory.
//!
//! One thread reads; what it has read by the time the last answers are written is the next chunk. A slow writer gets
//! each answer at once, a fast one keeps every core busy. A line that is no question is answered with an error.

use crate::fields::Fields;
use crate::input::{Input, MOST_BYTES, MOST_MIB, Trouble};
use crate::session::{Complaint, Failure, Session, Status};
use mailwhy_core::advise::with;
use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::messages;
use mailwhy_core::redact::redact;
use mailwhy_core::render::json::{Source, json};
use mailwhy_core::{Cause, Lang, diagnose_with};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

/// Bytes of one read.
const READ: usize = 64 << 10;
/// Reads that wait while a chunk is answered.
const WAITING: usize = 4;
/// Bytes after which a chunk is full. Answers are up to eighty times longer than their lines, so this bounds the memory.
const CHUNK: usize = 256 << 10;
/// Lines of one task: enough to be worth a task, few enough to share a chunk among the cores.
const LINES_OF_A_TASK: usize = 32;
/// A line as it should be.
const EXAMPLE: &str = r#"{"id":1,"text":"550 5.1.1 User unknown"}"#;

/// What was asked for.
pub(crate) struct Options {
    /// These fields only.
    pub(crate) fields: Option<Fields>,
    /// Stand-ins for addresses, hosts, IP addresses.
    pub(crate) redact: bool,
}

/// A line of the input.
#[derive(Deserialize)]
struct Question<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// What a bad line may still tell.
#[derive(Deserialize)]
struct OnlyId<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
}

/// A line of the output: whole diagnoses, or the asked fields of them.
#[derive(Serialize)]
struct Answer<'a, D> {
    id: Option<&'a RawValue>,
    diagnoses: Vec<D>,
}

/// The answer to a line that is no question.
#[derive(Serialize)]
struct Refusal<'a> {
    id: Option<&'a RawValue>,
    error: String,
}

/// Answers every line of every input.
pub(crate) fn run(inputs: Vec<Input>, options: &Options, session: &mut Session) -> Result<(), Failure> {
    for input in inputs {
        let source: io::Result<Box<dyn Read + Send>> = match &input {
            Input::Path(path) => File::open(path).map(|file| Box::new(file) as _),
            // With `--batch` every argument is a file's name, so there is no text here.
            Input::Stdin | Input::Text(_) => Ok(Box::new(io::stdin())),
        };
        match source {
            Ok(source) => answer_all(reads(source), &input, options, session)?,
            Err(error) => session.complain(&Trouble::from(error).complaint(&input, session.lang)),
        }
    }
    Ok(())
}

/// What a thread of its own reads; the channel closes behind the end or an error. The thread is not joined: if nobody
/// wants the answers any more, it may wait for a slow writer until the program ends.
fn reads(mut source: Box<dyn Read + Send>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = sync_channel(WAITING);
    std::thread::spawn(move || {
        loop {
            let mut bytes = vec![0; READ];
            let read = match source.read(&mut bytes) {
                Ok(0) => return,
                Ok(length) => {
                    bytes.truncate(length);
                    Ok(bytes)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let last = read.is_err();
            if sender.send(read).is_err() || last {
                return;
            }
        }
    });
    receiver
}

fn answer_all(reads: Receiver<io::Result<Vec<u8>>>, input: &Input, options: &Options, session: &mut Session) -> Result<(), Failure> {
    let mut lines = Lines::default();
    let mut tally = Tally::default();
    let mut trouble = None;
    let mut open = true;
    while open {
        let mut chunk = Vec::new();
        let mut next = reads.recv().ok();
        loop {
            match next {
                Some(Ok(bytes)) => chunk.extend(bytes),
                Some(Err(error)) => (trouble, open) = (Some(Trouble::from(error)), false),
                None => open = false,
            }
            if !open || chunk.len() >= CHUNK {
                break;
            }
            next = match reads.try_recv() {
                Ok(read) => Some(read),
                Err(TryRecvError::Disconnected) => None,
                Err(TryRecvError::Empty) => break,
            };
        }
        let block = lines.take(chunk, !open);
        tally = tally.and(answer_block(&block.lines(), options, session)?);
        session.out.flush()?;
    }
    if trouble.is_none() && lines.count == 0 {
        trouble = Some(Trouble::Empty);
    }
    if let Some(trouble) = trouble {
        session.complain(&trouble.complaint(input, session.lang));
    }
    tally.tell(input, session);
    Ok(())
}

/// Lines as they come, of which the last may still be open.
#[derive(Default)]
struct Lines {
    /// Whole lines so far.
    count: u64,
    /// The beginning of the open line.
    open: Vec<u8>,
    /// The open line is too long; its beginning is forgotten.
    too_long: bool,
}

/// Whole lines.
#[derive(Debug, Default)]
struct Block {
    /// Number of the first one, from 1.
    first: u64,
    bytes: Vec<u8>,
    /// The first one was too long; what stands here is its end.
    too_long: bool,
}

impl Lines {
    /// The lines that are whole with this chunk.
    fn take(&mut self, mut chunk: Vec<u8>, is_end: bool) -> Block {
        let whole = if is_end { chunk.len() } else { chunk.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1) };
        let rest = chunk.split_off(whole);
        let mut block = Block { first: self.count + 1, ..Block::default() };
        if whole > 0 || is_end {
            block.bytes = std::mem::take(&mut self.open);
            block.too_long = std::mem::take(&mut self.too_long);
            block.bytes.extend(chunk);
            self.count += block.all().count() as u64;
        }
        if !self.too_long {
            self.open.extend(rest);
        }
        if self.open.len() > MOST_BYTES {
            self.too_long = true;
            self.open = Vec::new();
        }
        block
    }
}

impl Block {
    /// Every line, empty ones too.
    fn all(&self) -> impl Iterator<Item = &[u8]> {
        let lines = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let none = self.bytes.is_empty() && !self.too_long;
        lines.split(|byte| *byte == b'\n').skip(usize::from(none))
    }

    /// The lines that want an answer, with their numbers; `None` is one that is too long.
    fn lines(&self) -> Vec<(u64, Option<&[u8]>)> {
        let lines = self.all().enumerate().map(|(n, line)| {
            let too_long = (n == 0 && self.too_long) || line.len() > MOST_BYTES;
            (self.first + n as u64, (!too_long).then_some(line))
        });
        lines.filter(|(_, line)| line.is_none_or(|line| !line.trim_ascii().is_empty())).collect()
    }
}

/// What the answers were like.
#[derive(Debug, Default)]
struct Tally {
    unknown: bool,
    bad: u64,
    first_bad: Option<u64>,
}

impl Tally {
    fn and(self, later: Tally) -> Tally {
        Tally { unknown: self.unknown | later.unknown, bad: self.bad + later.bad, first_bad: self.first_bad.or(later.first_bad) }
    }

    /// Tells the exit status and, once, the bad lines.
    fn tell(&self, input: &Input, session: &mut Session) {
        if self.unknown {
            session.raise(Status::Unknown);
        }
        if let Some(line) = self.first_bad {
            let (name, count, line) = (input.name(session.lang), self.bad.to_string(), line.to_string());
            let values = [("input", name.as_str()), ("count", &count), ("line", &line), ("example", EXAMPLE)];
            session.complain(&Complaint::new(session.lang, messages::ERROR_BATCH_LINES, messages::ERROR_BATCH_LINES_HINT, &values));
        }
    }
}

fn answer_block(lines: &[(u64, Option<&[u8]>)], options: &Options, session: &mut Session) -> Result<Tally, Failure> {
    let lang = session.lang;
    let answered: Vec<io::Result<(Vec<u8>, Tally)>> = lines
        .par_chunks(LINES_OF_A_TASK)
        .map_init(Classifier::new, |classifier, lines| {
            let mut out = Vec::new();
            let mut tally = Tally::default();
            for (number, line) in lines {
                tally = tally.and(answer_line(*number, *line, options, lang, classifier, &mut out)?);
                out.push(b'\n');
            }
            Ok((out, tally))
        })
        .collect();
    let mut tally = Tally::default();
    for part in answered {
        let (out, of_part) = part?;
        session.out.write_all(&out)?;
        tally = tally.and(of_part);
    }
    Ok(tally)
}

fn answer_line(
    number: u64,
    line: Option<&[u8]>,
    options: &Options,
    lang: Lang,
    classifier: &mut Classifier,
    out: &mut Vec<u8>,
) -> io::Result<Tally> {
    let shown = number.to_string();
    let bad = Tally { bad: 1, first_bad: Some(number), unknown: false };
    let Some(line) = line else {
        let error = with(messages::ERROR_BATCH_LONG.get(lang), &[("line", &shown), ("limit", MOST_MIB)]);
        serde_json::to_writer(out, &Refusal { id: None, error })?;
        return Ok(bad);
    };
    let question: Question = match serde_json::from_slice(line) {
        Ok(question) => question,
        Err(reason) => {
            let id = serde_json::from_slice::<OnlyId>(line).ok().and_then(|known| known.id);
            let error = with(messages::ERROR_BATCH_JSON.get(lang), &[("line", &shown), ("reason", &reason.to_string())]);
            serde_json::to_writer(out, &Refusal { id, error })?;
            return Ok(bad);
        }
    };
    let mut text = question.text;
    let mut diagnoses = diagnose_with(&text, classifier);
    let unknown = diagnoses.iter().any(|diagnosis| diagnosis.cause() == Cause::Unknown);
    if options.redact {
        let (redacted, stand_ins) = redact(&text, diagnoses);
        (text, diagnoses) = (redacted.into(), stand_ins);
    }
    let source = Source::text();
    let whole = diagnoses.iter().map(|diagnosis| json(diagnosis, &text, &source, lang));
    let id = question.id;
    match &options.fields {
        None => serde_json::to_writer(out, &Answer { id, diagnoses: whole.collect() })?,
        Some(fields) => {
            let diagnoses = whole.map(|d| Ok(fields.of(&serde_json::to_value(d)?))).collect::<serde_json::Result<_>>()?;
            serde_json::to_writer(out, &Answer { id, diagnoses })?;
        }
    }
    Ok(Tally { unknown, ..Tally::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_over_chunks_and_counted() {
        let mut lines = Lines::default();
        assert!(lines.take(b"on".to_vec(), false).lines().is_empty());
        assert_eq!(lines.take(b"e\n\ntwo\nth".to_vec(), false).lines(), [(1, Some(&b"one"[..])), (3, Some(&b"two"[..]))]);
        assert_eq!(lines.take(b"ree".to_vec(), true).lines(), [(4, Some(&b"three"[..]))]);
        assert_eq!(lines.count, 4);
    }

    #[test]
    fn a_line_too_long_is_forgotten_and_told() {
        let mut lines = Lines::default();
        for _ in 0..3 {
            assert!(lines.take(vec![b'x'; MOST_BYTES / 2 + 1], false).lines().is_empty());
            assert!(lines.open.len() <= MOST_BYTES);
        }
        assert_eq!(lines.take(b"\nnext\n".to_vec(), false).lines(), [(1, None), (2, Some(&b"next"[..]))]);
        lines.take(vec![b'x'; MOST_BYTES + 1], false);
        assert_eq!(lines.take(Vec::new(), true).lines(), [(3, None)]);
        assert!(Lines::default().take(Vec::new(), true).lines().is_empty());
    }
}
