//! A page in Markdown (CommonMark with tables).

use super::Topic;
use super::block::{Block, Piece};
use std::fmt::Write;

/// The blocks; the title is a heading of `level`. `link` gives the address of a topic's page.
pub(super) fn render(blocks: &[Block], level: usize, link: &dyn Fn(Topic) -> Option<String>) -> String {
    let mut out = String::new();
    // Below the part of a page about several topics everything is one level deeper.
    let mut deeper = 0;
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        let head = |out: &mut String, depth: usize, text: &str| {
            let _ = writeln!(out, "{} {text}", "#".repeat((level + depth).min(6)));
        };
        let inline = |line: &[Piece]| inline(line, link);
        match block {
            Block::Title(text) => head(&mut out, 0, &escaped(text)),
            Block::Part(text) => {
                deeper = 1;
                head(&mut out, 1, &escaped(text));
            }
            Block::Heading(text) => head(&mut out, 1 + deeper, &escaped(text)),
            Block::Subheading(line) => head(&mut out, 2 + deeper, &inline(line)),
            Block::Paragraph(line) => {
                let _ = writeln!(out, "{}", at_start(&inline(line)));
            }
            Block::Fields(fields) => {
                for (name, line) in fields {
                    let _ = writeln!(out, "- **{}:** {}", escaped(name), inline(line));
                }
            }
            Block::Steps(steps) => {
                for (n, line) in steps.iter().enumerate() {
                    let _ = writeln!(out, "{}. {}", n + 1, at_start(&inline(line)));
                }
            }
            Block::List(items) => {
                for line in items {
                    let _ = writeln!(out, "- {}", at_start(&inline(line)));
                }
            }
            Block::Verbatim(text) => {
                let _ = writeln!(out, "```text\n{text}\n```");
            }
            Block::Table(columns, rows) => {
                let _ = writeln!(out, "| {} |", columns.iter().map(|name| escaped(name)).collect::<Vec<_>>().join(" | "));
                let _ = writeln!(out, "|{}", "---|".repeat(columns.len()));
                for row in rows {
                    let _ = writeln!(out, "| {} |", row.iter().map(|line| inline(line)).collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    out
}

fn inline(line: &[Piece], link: &dyn Fn(Topic) -> Option<String>) -> String {
    let mut out = String::new();
    for piece in line {
        match piece {
            Piece::Plain(text) => out.push_str(&escaped(text)),
            Piece::Code(text) | Piece::Said(text) => out.push_str(&code(text)),
            Piece::Link(text, topic) => match link(topic.clone()) {
                Some(address) => {
                    let _ = write!(out, "[{}]({address})", escaped(text));
                }
                None => out.push_str(&escaped(text)),
            },
            Piece::Web(text, url) => {
                // The address is bare where it holds no mark that would end it.
                let bare = !url.contains(['(', ')', ' ', '<', '>']);
                let address = if bare { url.clone() } else { format!("<{url}>") };
                let _ = write!(out, "[{}]({address})", escaped(text));
            }
        }
    }
    out
}

/// A code span; a text with a backtick in it gets longer fences.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{}`", text.replace('|', "\\|")) }
}

/// Marks of Markdown are marks of the text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // A low line inside a word is harmless, and common in names.
        let inside = before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric());
        if matches!(letter, '\\' | '`' | '*' | '<' | '[' | ']' | '|') || (letter == '_' && !inside) {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
    out
}

/// A paragraph or item that begins like a list, a heading or a quotation is none.
fn at_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    if digits == 0 && ["- ", "+ ", "# ", "> "].iter().any(|mark| text.starts_with(mark)) { format!("\\{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_text() {
        assert_eq!(escaped("<domain> *x* [203.0.113.7] a_b _c_"), "\\<domain> \\*x\\* \\[203.0.113.7\\] a_b \\_c\\_");
        assert_eq!(at_start("25. bağlantı noktası"), "25\\. bağlantı noktası");
        assert_eq!(at_start("5.7.1 is a code"), "5.7.1 is a code");
    }
}
