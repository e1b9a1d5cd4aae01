//! The piece of the evidence that is shown: the lines around the words that decided, each cut to what stands near them.
//!
//! Evidence is written by anybody. Its control characters never reach a terminal or a ticket: the shown copy holds a
//! stand-in for each.

use crate::classify::By;
use crate::{Diagnosis, Evidence, Span};
use std::collections::BTreeMap;

/// A line of the evidence as it is shown.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its number in the evidence, from 1.
    pub(super) number: usize,
    /// What is shown of it.
    pub(super) text: String,
    /// The pieces of `text` that count, in their order.
    pub(super) marks: Vec<Mark>,
}

/// A piece of a shown line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Where it stands in the shown line.
    pub(super) span: Span,
    /// Which piece of evidence of the diagnosis it is.
    pub(super) evidence: usize,
}

/// A line longer than this is cut to what stands around its marks.
const LONG_LINE: usize = 400;
/// So much is kept before and behind a mark in a long line.
const AROUND: usize = 120;
/// A mark longer than this is cut.
const LONGEST_MARK: usize = 240;
/// So many marked lines are shown.
const MOST_LINES: usize = 12;
/// So many lines are quoted where nothing in particular decided.
const QUOTED_LINES: usize = 3;

/// The lines to show, in the order of the evidence. Numbers may have gaps.
pub(super) fn excerpt(diagnosis: &Diagnosis, evidence: &str, style: Style) -> Vec<Line> {
    let marked = marked_lines(diagnosis, evidence);
    if marked.is_empty() {
        let lines = evidence.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        return lines.take(QUOTED_LINES).map(|(n, line)| shown(line.trim_end(), n + 1, &[], style)).collect();
    }
    let mut lines: Vec<Line> = Vec::with_capacity(marked.len());
    let mut number = 1;
    let mut counted = 0;
    for (start, marks) in marked {
        number += evidence[counted..start].bytes().filter(|b| *b == b'\n').count();
        // A single line between two marked ones is shown too: a gap mark would take as much room.
        if let Some(before) = lines.last()
            && before.number + 2 == number
        {
            let between = evidence[counted..start].lines().nth(1).unwrap_or_default();
            lines.push(shown(between, number - 1, &[], style));
        }
        counted = start;
        lines.push(shown(line_at(evidence, start), number, &marks, style));
    }
    lines
}

/// Line and column of the first decisive word in the evidence, both from 1.
pub(super) fn place(diagnosis: &Diagnosis, evidence: &str) -> (usize, usize) {
    let decisive = diagnosis.evidence.iter().find(|e| e.decisive).or(diagnosis.evidence.first());
    let before = decisive.and_then(|e| evidence.get(..e.span.start)).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    (before.bytes().filter(|b| *b == b'\n').count() + 1, before[line..].chars().count() + 1)
}

/// Is it a piece of the reason that decided?
pub(super) fn decides(diagnosis: &Diagnosis, piece: &Evidence) -> bool {
    piece.decisive || diagnosis.decision.rule.as_ref().is_some_and(|rule| piece.by.rule() == *rule)
}

/// A reply code beside a better reason says nothing new.
fn worth_showing(diagnosis: &Diagnosis, piece: &Evidence) -> bool {
    decides(diagnosis, piece) || !matches!(piece.by, By::Reply(_))
}

/// The marks by the start of their line, relative to that start. A piece over several lines has a mark on each.
fn marked_lines(diagnosis: &Diagnosis, evidence: &str) -> BTreeMap<usize, Vec<Mark>> {
    let mut marked: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    // The decisive pieces come first, so that they are kept whatever else there is.
    let all = diagnosis.evidence.iter().enumerate().filter(|(_, piece)| worth_showing(diagnosis, piece));
    let (decisive, others): (Vec<_>, Vec<_>) = all.partition(|(_, piece)| decides(diagnosis, piece));
    for (index, piece) in decisive.into_iter().chain(others) {
        if piece.span.of(evidence).is_empty() {
            continue;
        }
        let mut start = evidence[..piece.span.start].rfind('\n').map_or(0, |n| n + 1);
        while start < piece.span.end && (marked.len() < MOST_LINES || marked.contains_key(&start)) {
            let line = line_at(evidence, start);
            let end = start + line.len();
            let mark = Span::new(piece.span.start.max(start), piece.span.end.min(end)).trim(evidence);
            if !mark.is_empty() {
                let span = Span::new(mark.start - start, mark.end - start);
                marked.entry(start).or_default().push(Mark { span, evidence: index });
            }
            start = evidence[end..].find('\n').map_or(evidence.len(), |n| end + n + 1);
        }
    }
    marked.values_mut().for_each(|marks| marks.sort_by_key(|mark| mark.span));
    marked
}

/// The line that starts at `start`, without its end.
fn line_at(evidence: &str, start: usize) -> &str {
    evidence[start..].lines().next().unwrap_or_default()
}

/// A line as it is shown: cut to windows around its marks if it is long, without control characters.
fn shown(line: &str, number: usize, marks: &[Mark], style: Style) -> Line {
    let mut shown = Line { number, ..Line::default() };
    let mut last = 0;
    for window in windows(line, marks) {
        if window.start > last {
            shown.text.push_str(style.gap());
        }
        for mark in marks.iter().filter(|m| m.span.start >= window.start && m.span.start < window.end) {
            let place = |at: usize| shown.text.len() + style.visible(&line[window.start..at]).len();
            let end = mark.span.end.min(window.end);
            let span = Span::new(place(mark.span.start), place(end));
            shown.marks.push(Mark { span, evidence: mark.evidence });
        }
        shown.text.push_str(&style.visible(window.of(line)));
        last = window.end;
    }
    if last < line.len() {
        shown.text.push_str(style.gap());
    }
    shown
}

/// The parts of a line that are shown: all of a short one, else what stands around the marks.
fn windows(line: &str, marks: &[Mark]) -> Vec<Span> {
    if line.len() <= LONG_LINE {
        return vec![Span::new(0, line.len())];
    }
    let mut windows: Vec<Span> = Vec::new();
    for mark in marks {
        let end = mark.span.end.min(mark.span.start + LONGEST_MARK);
        let start = line.floor_char_boundary(mark.span.start.saturating_sub(AROUND));
        let end = line.floor_char_boundary(end + AROUND);
        match windows.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => windows.push(Span::new(start, end)),
        }
    }
    if windows.is_empty() {
        windows.push(Span::new(0, line.floor_char_boundary(LONG_LINE)));
    }
    windows
}

/// With which characters a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Beyond ASCII.
    pub(super) unicode: bool,
}

impl Style {
    /// What stands for a piece that is left out.
    pub(super) fn gap(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }

    /// The text with a stand-in of one cell for every control character, and for those that turn the direction of
    /// writing, so that what is shown is what is there.
    pub(super) fn visible(self, text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '\t' | '\n' => ' ',
                '\0'..='\u{1f}' if self.unicode => char::from_u32(0x2400 + c as u32).unwrap_or('?'),
                '\u{7f}' if self.unicode => '␡',
                '\0'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => {
                    if self.unicode {
                        '\u{fffd}'
                    } else {
                        '?'
                    }
                }
                _ => c,
            })
            .collect()
    }
}
