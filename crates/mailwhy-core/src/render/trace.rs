//! Why this cause: every vote with its weight, then the ranking.

use super::excerpt::Style;
use crate::{Diagnosis, Lang};
use mailwhy_knowledge::messages;
use textwrap::core::display_width;

/// Words of a vote are cut to so many columns.
const WIDEST_WORDS: usize = 60;

/// The votes for all causes as a table, strongest first; then the causes by their rank, and how sure the first one is.
pub fn render(diagnosis: &Diagnosis, evidence: &str, lang: Lang) -> String {
    let decision = &diagnosis.decision;
    let votes = decision.votes.iter().map(|vote| {
        let words: Vec<String> = vote.spans.iter().map(|span| shown(span.of(evidence))).collect();
        [
            format!("{:.2}", vote.weight),
            vote.by.basis().id().to_owned(),
            vote.cause.id().to_owned(),
            vote.by.rule(),
            cut(&words.join(" | "), WIDEST_WORDS),
        ]
    });
    let headings = [messages::TRACE_WEIGHT, messages::TRACE_KIND, messages::TRACE_CAUSE, messages::TRACE_RULE, messages::TRACE_WORDS];
    let mut rows = vec![headings.map(|heading| heading.get(lang).to_owned())];
    rows.extend(votes);

    let mut out = format!("{}\n", messages::TRACE_VOTES.get(lang));
    if rows.len() == 1 {
        out.push_str(&format!("  {}\n", messages::TRACE_NO_VOTE.get(lang)));
    } else {
        table(&rows, &mut out);
    }
    out.push_str(&format!("\n{}\n", messages::TRACE_RANKING.get(lang)));
    let first = (decision.cause, decision.confidence);
    for (n, (cause, share)) in std::iter::once(&first).chain(&decision.alternatives).enumerate() {
        out.push_str(&format!("  {}. {share:.2} {}\n", n + 1, cause.id()));
    }
    out
}

/// A table with the columns as wide as their widest cell; figures stand to the right.
fn table(rows: &[[String; 5]], out: &mut String) {
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    for row in rows {
        let mut line = String::from("  ");
        for (column, cell) in row.iter().enumerate() {
            let blanks = " ".repeat(widths[column].saturating_sub(display_width(cell)));
            let (before, behind) = if column == 0 { (blanks, String::new()) } else { (String::new(), blanks) };
            line.push_str(&format!("{before}{cell}{behind}  "));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The words on one line, without control characters.
fn shown(words: &str) -> String {
    let words = &words[..words.floor_char_boundary(4 * WIDEST_WORDS)];
    Style { unicode: true }.visible(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first so many columns.
fn cut(text: &str, columns: usize) -> String {
    let mut width = 0;
    let end = text.char_indices().find(|(_, c)| {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        width > columns
    });
    match end {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
