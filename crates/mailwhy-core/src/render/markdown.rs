//! A diagnosis as Markdown (CommonMark with GitHub's tables), to paste into a ticket.
//!
//! What comes from the evidence may have been written by anybody: it is escaped, so that it cannot become markup.

use super::excerpt::{Line, Style, decides, excerpt};
use super::terminal::{alternatives, percent, readings};
use crate::advise::{Advice, advise, proofs, who_acts, why};
use crate::{Diagnosis, Lang};
use mailwhy_knowledge::{Cause, Text, fact_label, messages};

const STYLE: Style = Style { unicode: true };

/// The diagnosis that was made from `evidence`.
pub fn render(diagnosis: &Diagnosis, evidence: &str, lang: Lang) -> String {
    let advice = advise(diagnosis, lang);
    let mut page = Page { out: String::with_capacity(2048), lang };
    page.answer(diagnosis, &advice);
    page.evidence(diagnosis, evidence);
    page.actions(diagnosis, &advice);
    page.more(diagnosis, &advice);
    page.facts(diagnosis);
    page.out
}

/// Evidence up to this size is quoted whole: the reader of a ticket wants all of a reply.
const WHOLE_BYTES: usize = 2000;
const WHOLE_LINES: usize = 20;

fn whole_text(evidence: &str) -> String {
    evidence.trim_end().lines().map(|line| format!("{}\n", STYLE.visible(line.trim_end()))).collect()
}

/// The lines of an excerpt, with a mark where some are left out.
fn lines_text(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut last: Option<usize> = None;
    for line in lines {
        if last.is_some_and(|last| last + 1 < line.number) {
            text.push_str(STYLE.gap());
            text.push('\n');
        }
        text.push_str(&line.text);
        text.push('\n');
        last = Some(line.number);
    }
    text
}

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    fn answer(&mut self, diagnosis: &Diagnosis, advice: &Advice) {
        self.line(&format!("### {}", escaped(&advice.title)));
        self.paragraph(&format!("**{}**", escaped(&who_acts(diagnosis, self.lang))));
        self.paragraph(&escaped(&advice.summary));
        for modifier in &diagnosis.modifiers {
            self.paragraph(&format!("{}.", modifier.label().get(self.lang)));
        }
    }

    /// The lines that matter in a fence, and below them the words that decided.
    fn evidence(&mut self, diagnosis: &Diagnosis, evidence: &str) {
        let lines = excerpt(diagnosis, evidence, STYLE);
        if lines.is_empty() {
            return;
        }
        let whole = evidence.len() <= WHOLE_BYTES && evidence.lines().count() <= WHOLE_LINES;
        let shown = if whole { whole_text(evidence) } else { lines_text(&lines) };
        self.fenced("text", &shown);
        self.out.push('\n');
        for (index, piece) in diagnosis.evidence.iter().enumerate() {
            let marks = lines.iter().flat_map(|line| line.marks.iter().map(move |mark| (line, mark)));
            let words: Vec<&str> = marks.filter(|(_, m)| m.evidence == index).map(|(line, m)| m.span.of(&line.text)).collect();
            if words.is_empty() {
                continue;
            }
            let words = code(&words.join(" "));
            let why = escaped(&why(piece, self.lang));
            self.line(&if decides(diagnosis, piece) { format!("- **{words}: {why}**") } else { format!("- {words}: {why}") });
        }
    }

    fn actions(&mut self, diagnosis: &Diagnosis, advice: &Advice) {
        let lang = self.lang;
        match readings(diagnosis, lang).as_slice() {
            [] => {}
            [only] => self.paragraph(&format!("{}.", escaped(only.trim_end_matches('.')))),
            several => {
                self.heading(messages::HEADING_READINGS);
                several.iter().for_each(|reading| self.line(&format!("- {}", escaped(reading))));
            }
        }
        if let Some(question) = &advice.question {
            self.heading(messages::HEADING_QUESTION);
            self.line(&escaped(question));
        }
        if !advice.steps.is_empty() {
            self.heading(messages::HEADING_STEPS);
            for (n, step) in advice.steps.iter().enumerate() {
                self.line(&format!("{}. {}", n + 1, escaped(step)));
            }
        }
        let alternatives = alternatives(diagnosis);
        if !alternatives.is_empty() {
            let unknown = diagnosis.cause() == Cause::Unknown;
            self.heading(if unknown { messages::HEADING_CANDIDATES } else { messages::HEADING_ALTERNATIVES });
            for cause in alternatives {
                self.line(&format!("- {}: {}", code(cause.id()), escaped(cause.data().title.get(lang))));
            }
        }
        let proofs = proofs(diagnosis, lang);
        if !proofs.is_empty() {
            self.heading(messages::HEADING_PROVE);
            let lines: String = proofs.iter().map(|p| format!("# {}\n{}\n", p.question, STYLE.visible(&p.command))).collect();
            self.fenced("sh", &lines);
        }
    }

    fn more(&mut self, diagnosis: &Diagnosis, advice: &Advice) {
        self.heading(messages::HEADING_MORE);
        for link in &advice.links {
            self.line(&format!("- <{}> ({})", url(&link.url), escaped(&link.title)));
        }
        self.line(&format!("- {}", code(&format!("mailwhy explain {}", diagnosis.cause().id()))));
    }

    /// What a reader of the ticket asks next, in a small table.
    fn facts(&mut self, diagnosis: &Diagnosis) {
        let lang = self.lang;
        let reply = &diagnosis.decision.reply;
        self.heading(messages::HEADING_FACTS);
        self.line(&format!("| {} | |", messages::MD_TABLE.get(lang)));
        self.line("|---|---|");
        self.row(messages::LABEL_CAUSE.get(lang), &code(diagnosis.cause().id()));
        if let Some((reply_code, _)) = reply.code {
            self.row(messages::LABEL_REPLY_CODE.get(lang), &reply_code.to_string());
        }
        if let Some((enhanced, _)) = reply.enhanced {
            self.row(messages::LABEL_ENHANCED_CODE.get(lang), &enhanced.to_string());
        }
        if let Some(speaker) = diagnosis.decision.speaker {
            self.row(messages::LABEL_SPEAKER.get(lang), &escaped(speaker.name));
        }
        self.row(messages::LABEL_PHASE.get(lang), &escaped(diagnosis.phase.label().get(lang)));
        self.row(messages::LABEL_OUTCOME.get(lang), &escaped(diagnosis.outcome.label().get(lang)));
        let basis = escaped(diagnosis.decision.basis.label().get(lang));
        self.row(messages::LABEL_BASIS.get(lang), &format!("{basis}; {}", percent(diagnosis.decision.confidence, lang)));
        for (fact, value) in diagnosis.facts.iter() {
            let label = fact_label(fact).map_or(fact, |label| label.get(lang));
            self.row(&crate::advise::capitalised(label, lang), &escaped(value));
        }
    }

    fn row(&mut self, label: &str, value: &str) {
        self.line(&format!("| {label} | {value} |"));
    }

    fn heading(&mut self, text: Text) {
        self.paragraph(&format!("**{}**", text.get(self.lang)));
        self.out.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.out.push('\n');
        self.line(text);
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A fenced block; the fence is longer than any run of backticks inside.
    fn fenced(&mut self, language: &str, text: &str) {
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        self.line(&format!("{fence}{language}"));
        self.out.push_str(text);
        self.line(&fence);
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A span of code whatever stands in it.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{}{blank}{fence}", text.replace('|', "\\|"))
}

/// Text that stays text: no emphasis, link, image, HTML, table, mention or automatic link.
fn escaped(text: &str) -> String {
    let text = STYLE.visible(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '$' | '&' => true,
            // A mention, and the links that GitHub makes of bare addresses of pages.
            '@' => !before.is_alphanumeric(),
            ':' => text[at..].starts_with("://"),
            '.' => escaped.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// An address of a page that cannot leave its angle brackets.
fn url(url: &str) -> String {
    url.chars()
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '\\' => "%5C".to_owned(),
            c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
            c => c.to_string(),
        })
        .collect()
}
