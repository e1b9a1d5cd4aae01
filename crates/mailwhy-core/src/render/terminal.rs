//! A diagnosis for a person at a terminal: what happened; wait or act, and who; the words that show it, underlined; what to
//! do; how to prove it.

use super::excerpt::{self, Line, Mark, excerpt};
use crate::advise::{Advice, advise, capitalised, proofs, reading, who_acts, why, with};
use crate::{Diagnosis, Lang, Span};
use annotate_snippets::renderer::{AnsiColor, DecorStyle, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use mailwhy_knowledge::{Cause, Verdict, messages};
use std::borrow::Cow;
use textwrap::core::display_width;

/// How a diagnosis is shown.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// In which language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub width: usize,
    /// With colours and bold letters.
    pub colour: bool,
    /// With lines and marks beyond ASCII. The words stay as their language writes them.
    pub unicode: bool,
}

/// Longer lines of prose are tiresome to read, however wide the terminal is.
const WIDEST_PROSE: usize = 100;
/// Nothing is readable below.
const NARROWEST: usize = 30;
/// What the underlining takes beside the evidence: the number of the line and a border.
const BORDER: usize = 4;
/// Behind an underline at the end of a row the number of a note must have room: ` 12`.
const NUMBER_OF_NOTE: usize = 3;
/// Below this confidence other causes are named.
const UNSURE: f32 = 0.8;
/// An alternative with so large a share of the first one's score is named in any case.
const NEAR: f32 = 0.85;
/// So many alternatives are named.
const MOST_ALTERNATIVES: usize = 3;

/// The diagnosis that was made from `evidence`, ready to print. `origin` is the file that the evidence came from; empty for
/// a pasted text.
///
/// ```
/// use mailwhy_core::{Lang, diagnose, render::terminal};
///
/// let evidence = "550 5.1.1 <a@example.com>: User unknown";
/// let options = terminal::Options { lang: Lang::En, width: 80, colour: false, unicode: true };
/// let answer = terminal::render(&diagnose(evidence)[0], evidence, "", &options);
/// assert_eq!(answer.lines().next(), Some("a@example.com does not exist"));
/// ```
pub fn render(diagnosis: &Diagnosis, evidence: &str, origin: &str, options: &Options) -> String {
    let advice = advise(diagnosis, options.lang);
    let mut page = Page::new(options);
    page.answer(diagnosis, &advice);
    page.evidence(diagnosis, evidence, origin);
    page.readings(diagnosis);
    // Where the cause is unknown, the question is the answer; else it only helps.
    let unknown = diagnosis.cause() == Cause::Unknown;
    if unknown {
        page.question(&advice);
        page.alternatives(diagnosis);
    }
    page.steps(&advice);
    if !unknown {
        page.alternatives(diagnosis);
    }
    page.proofs(diagnosis);
    page.more(diagnosis, &advice);
    page.out
}

/// The text as it grows.
struct Page<'a> {
    out: String,
    options: &'a Options,
    style: excerpt::Style,
    /// Columns of the terminal, and of prose.
    width: usize,
    prose: usize,
}

impl Page<'_> {
    fn new(options: &Options) -> Page<'_> {
        let width = options.width.max(NARROWEST);
        let style = excerpt::Style { unicode: options.unicode };
        Page { out: String::with_capacity(2048), options, style, width, prose: width.min(WIDEST_PROSE) }
    }

    /// What happened; wait or act, and who; in a sentence or two.
    fn answer(&mut self, diagnosis: &Diagnosis, advice: &Advice) {
        self.block(&advice.title, "", "", Some(colour_of(diagnosis.verdict)));
        self.block(&who_acts(diagnosis, self.options.lang), "", "", Some(Style::new().effects(Effects::BOLD)));
        self.blank();
        self.block(&advice.summary, "", "", None);
        for modifier in &diagnosis.modifiers {
            self.block(&format!("{}.", modifier.label().get(self.options.lang)), "", "", None);
        }
    }

    /// The words that led to the cause, underlined.
    fn evidence(&mut self, diagnosis: &Diagnosis, evidence: &str, origin: &str) {
        let lines = excerpt(diagnosis, evidence, self.style);
        // A bare number needs no underline: its readings follow.
        if lines.is_empty() || !readings(diagnosis, self.options.lang).is_empty() {
            return;
        }
        self.blank();
        let place = if origin.is_empty() {
            String::new()
        } else {
            let (line, column) = excerpt::place(diagnosis, evidence);
            format!("{}:{line}:{column}", self.style.visible(origin))
        };
        let snippet = self.snippet(diagnosis, &lines, evidence);
        let mut rows = snippet.lines();
        // The first row only opens the border: it carries the place, or is left out.
        let opening = rows.next().unwrap_or_default();
        match (place.as_str(), self.options.unicode) {
            ("", _) => {}
            (place, true) => self.line(&format!("{opening}{}{place}", if opening.ends_with(['▸']) { " " } else { "" })),
            (place, false) => {
                self.line(&format!(" --> {place}"));
                self.line(opening.trim_end());
            }
        }
        // The border would leave blanks at the ends of lines.
        rows.for_each(|row| self.line(row.trim_end()));
    }

    fn snippet(&self, diagnosis: &Diagnosis, lines: &[Line], evidence: &str) -> String {
        let number_width = lines.last().map_or(1, |line| line.number.to_string().len());
        let room = self.width.saturating_sub(BORDER - 1 + number_width);
        let row_room = room.saturating_sub(NUMBER_OF_NOTE);
        let fits = lines.iter().all(|line| display_width(&line.text) <= row_room);
        let together = lines.windows(2).all(|pair| pair[1].number - pair[0].number <= FOLDED_GAP);
        let numbered = evidence.trim_end().contains('\n') && fits && together;
        let rows = if numbered { numbered_rows(lines) } else { wrapped_rows(lines, row_room, self.style) };

        let labels = Labels::of(diagnosis, &rows, room, self.options.lang, self.style);
        let source: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let source = source.join("\n");
        let mut shift = 0;
        let mut annotations = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            for (m, mark) in row.marks.iter().enumerate() {
                let decides = excerpt::decides(diagnosis, &diagnosis.evidence[mark.evidence]);
                let kind = if decides { AnnotationKind::Primary } else { AnnotationKind::Context };
                let span = shift + mark.span.start..shift + mark.span.end;
                annotations.push(kind.span(span).label(labels.at(n, m)));
            }
            // Rows without a mark would be folded away.
            if row.marks.is_empty() && !row.text.is_empty() {
                annotations.push(AnnotationKind::Visible.span(shift..shift + row.text.len()));
            }
            shift += row.text.len() + 1;
        }
        let first = rows.first().map_or(1, |row| row.number);
        let snippet = Snippet::source(source.as_str()).line_start(first).line_numbering(numbered).annotations(annotations);
        let mut group = Group::with_level(level_of(diagnosis.verdict)).element(snippet);
        for (number, note) in labels.notes(room) {
            group = group.element(Level::NOTE.with_name(Some(number)).message(note));
        }
        let renderer = if self.options.colour { Renderer::styled() } else { Renderer::plain() };
        let decor = if self.options.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
        renderer.decor_style(decor).term_width(self.width).render(&[group])
    }

    /// The meanings of a number that has several.
    fn readings(&mut self, diagnosis: &Diagnosis) {
        let lang = self.options.lang;
        let readings = readings(diagnosis, lang);
        match readings.as_slice() {
            [] => {}
            [only] => {
                self.blank();
                self.block(&format!("{}.", only.trim_end_matches('.')), "", "", None);
            }
            several => {
                self.heading(messages::HEADING_READINGS.get(lang));
                several.iter().for_each(|reading| self.bullet(reading));
            }
        }
    }

    fn steps(&mut self, advice: &Advice) {
        if advice.steps.is_empty() {
            return;
        }
        self.heading(messages::HEADING_STEPS.get(self.options.lang));
        let digits = advice.steps.len().to_string().len();
        for (n, step) in advice.steps.iter().enumerate() {
            let number = format!("  {:>digits$}. ", n + 1);
            let indent = " ".repeat(number.len());
            self.block(step, &number, &indent, None);
        }
    }

    fn question(&mut self, advice: &Advice) {
        if let Some(question) = &advice.question {
            self.heading(messages::HEADING_QUESTION.get(self.options.lang));
            self.block(question, "  ", "  ", None);
        }
    }

    /// What else it may be, where the answer is not sure.
    fn alternatives(&mut self, diagnosis: &Diagnosis) {
        let lang = self.options.lang;
        let alternatives = alternatives(diagnosis);
        if alternatives.is_empty() {
            return;
        }
        let unknown = diagnosis.cause() == Cause::Unknown;
        let heading = if unknown { messages::HEADING_CANDIDATES } else { messages::HEADING_ALTERNATIVES };
        self.heading(heading.get(lang));
        for cause in alternatives {
            self.bullet(&format!("{}: {}", cause.id(), cause.data().title.get(lang)));
        }
    }

    /// Commands that prove it, each on a line of its own that can be copied.
    fn proofs(&mut self, diagnosis: &Diagnosis) {
        let proofs = proofs(diagnosis, self.options.lang);
        if proofs.is_empty() {
            return;
        }
        self.heading(messages::HEADING_PROVE.get(self.options.lang));
        let faint = Style::new().effects(Effects::DIMMED);
        for proof in proofs {
            self.block(&proof.question, "  # ", "  # ", Some(faint));
            let command = self.style.visible(&proof.command);
            self.line(&format!("  {command}"));
        }
    }

    fn more(&mut self, diagnosis: &Diagnosis, advice: &Advice) {
        self.heading(messages::HEADING_MORE.get(self.options.lang));
        for link in &advice.links {
            let url = self.style.visible(&link.url);
            let title = self.style.visible(&format!("({})", link.title));
            // A link is never broken, so that it can be clicked.
            if 2 + display_width(&url) + 1 + display_width(&title) <= self.width {
                self.line(&format!("  {url} {title}"));
            } else {
                self.line(&format!("  {url}"));
                self.block(&title, "    ", "    ", None);
            }
        }
        self.line(&format!("  mailwhy explain {}", diagnosis.cause().id()));
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.block(text, "", "", Some(Style::new().effects(Effects::BOLD)));
    }

    fn bullet(&mut self, text: &str) {
        let mark = if self.options.unicode { "  • " } else { "  - " };
        self.block(text, mark, "    ", None);
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Wrapped text with a hanging indent.
    fn block(&mut self, text: &str, first: &str, next: &str, style: Option<Style>) {
        let text = self.style.visible(text);
        let style = style.filter(|_| self.options.colour);
        for line in textwrap::wrap(&text, wrapping(self.prose).initial_indent(first).subsequent_indent(next)) {
            match style {
                Some(style) => self.line(&format!("{style}{line}{style:#}")),
                None => self.line(&line),
            }
        }
    }
}

/// Words are never hyphenated: an address or a code would become another one.
fn wrapping<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// Red: somebody must act. Yellow: wait first. Blue: wait. Green: nothing is wrong.
fn colour_of(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Act => AnsiColor::BrightRed,
        Verdict::WaitThenAct => AnsiColor::Yellow,
        Verdict::Wait => AnsiColor::BrightBlue,
        Verdict::Nothing => AnsiColor::BrightGreen,
    };
    colour.on_default().effects(Effects::BOLD)
}

/// The level whose colour is the verdict's.
fn level_of(verdict: Verdict) -> Level<'static> {
    match verdict {
        Verdict::Act => Level::ERROR,
        Verdict::WaitThenAct => Level::WARNING,
        Verdict::Wait => Level::INFO,
        Verdict::Nothing => Level::NOTE,
    }
}

/// Other causes worth naming: those that are near, or all of them where the answer is not sure.
pub(super) fn alternatives(diagnosis: &Diagnosis) -> Vec<Cause> {
    let sure = diagnosis.decision.confidence;
    let worth = |share: f32| sure < UNSURE || share >= NEAR * sure;
    let others = diagnosis.decision.alternatives.iter().filter(|(_, share)| worth(*share));
    others.map(|(cause, _)| *cause).take(MOST_ALTERNATIVES).collect()
}

/// Between two lines of one numbered excerpt no more lines are left out.
const FOLDED_GAP: usize = 200;

/// A row of the terminal.
#[derive(Debug, Default)]
struct Row {
    number: usize,
    text: String,
    marks: Vec<Mark>,
}

/// Every line is a row; those between are empty, and folded by the renderer.
fn numbered_rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        while let Some(last) = rows.last()
            && last.number + 1 < line.number
        {
            let number = last.number + 1;
            rows.push(Row { number, ..Row::default() });
        }
        rows.push(Row { number: line.number, text: line.text.clone(), marks: line.marks.clone() });
    }
    rows
}

/// Lines wrapped at words; a mark that is broken goes on in the next row.
fn wrapped_rows(lines: &[Line], room: usize, style: excerpt::Style) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        if let Some(last) = rows.last()
            && last.number + 1 < line.number
        {
            rows.push(Row { number: last.number, text: style.gap().to_owned(), marks: Vec::new() });
        }
        for piece in pieces(&line.text, room) {
            let mut row = Row { number: line.number, text: piece.of(&line.text).to_owned(), marks: Vec::new() };
            for mark in &line.marks {
                let span = Span::new(mark.span.start.max(piece.start), mark.span.end.min(piece.end));
                if span.start < span.end {
                    let span = Span::new(span.start - piece.start, span.end - piece.start);
                    row.marks.push(Mark { span, evidence: mark.evidence });
                }
            }
            rows.push(row);
        }
    }
    rows
}

/// Where the rows of a wrapped text stand in it.
fn pieces(text: &str, room: usize) -> Vec<Span> {
    let base = text.as_ptr() as usize;
    let pieces = textwrap::wrap(text, wrapping(room)).into_iter().filter_map(|piece| match piece {
        Cow::Borrowed(piece) => {
            let start = piece.as_ptr() as usize - base;
            Some(Span::new(start, start + piece.len()))
        }
        // Without indent and hyphens every row is a piece of the text.
        Cow::Owned(_) => None,
    });
    pieces.collect()
}

/// What stands beside the underlines: the whole labels where all of them fit, else numbers with notes below.
struct Labels {
    /// Row, mark, label.
    placed: Vec<(usize, usize, String)>,
    numbered: bool,
}

impl Labels {
    /// Pieces that say the same have one label, at the last of them.
    fn of(diagnosis: &Diagnosis, rows: &[Row], room: usize, lang: Lang, style: excerpt::Style) -> Labels {
        let mut placed: Vec<(usize, usize, String)> = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            for (m, mark) in row.marks.iter().enumerate() {
                let label = style.visible(why(&diagnosis.evidence[mark.evidence], lang).trim_end_matches('.'));
                placed.retain(|(_, _, other)| *other != label);
                placed.push((n, m, label));
            }
        }
        let fits = placed.iter().all(|(n, m, label)| {
            let row = &rows[*n];
            let span = row.marks[*m].span;
            // The last label of a row stands behind its underline, the others hang below theirs.
            let last = m + 1 == row.marks.len();
            let before = if last { display_width(&row.text[..span.end]) + 1 } else { display_width(&row.text[..span.start]) };
            before + display_width(label) <= room
        });
        Labels { placed, numbered: !fits }
    }

    /// The label of a mark.
    fn at(&self, row: usize, mark: usize) -> Option<String> {
        let place = self.placed.iter().position(|(n, m, _)| (*n, *m) == (row, mark))?;
        Some(if self.numbered { format!("{}", place + 1) } else { self.placed[place].2.clone() })
    }

    /// The notes that the numbers stand for, wrapped.
    fn notes(&self, room: usize) -> Vec<(String, String)> {
        if !self.numbered {
            return Vec::new();
        }
        // "= 1: " stands before a note.
        let room = room.saturating_sub(5);
        let notes = self.placed.iter().enumerate();
        notes.map(|(n, (_, _, label))| (format!("{}", n + 1), textwrap::wrap(label, wrapping(room)).join("\n"))).collect()
    }
}

/// The meanings of a number that has several, or that it has none.
pub(super) fn readings(diagnosis: &Diagnosis, lang: Lang) -> Vec<String> {
    let Some(number) = &diagnosis.attempt.number else { return Vec::new() };
    if number.readings.is_empty() {
        return vec![with(messages::UNKNOWN_NUMBER.get(lang), &[("number", &number.written)])];
    }
    diagnosis.readings().iter().map(|r| reading(r, &number.written, lang)).collect()
}

/// `Confidence 98 %`.
pub(super) fn percent(confidence: f32, lang: Lang) -> String {
    let percent = (confidence * 100.0).round() as u32;
    capitalised(&with(messages::CONFIDENCE.get(lang), &[("percent", &percent.to_string())]), lang)
}
