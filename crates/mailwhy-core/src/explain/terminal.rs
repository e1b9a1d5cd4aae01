//! A page for the terminal.

use super::block::{Block, Line, Piece};
use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// Longer lines of prose are tiresome to read, however wide the terminal is.
const WIDEST: usize = 100;
/// Nothing is readable below.
const NARROWEST: usize = 30;
/// A name longer than this does not make the names' column wider.
const WIDEST_NAME: usize = 32;
/// What stands beside a name needs so much room; else it stands below.
const ROOM: usize = 34;

/// The blocks, wrapped to `width` columns.
pub(super) fn render(blocks: &[Block], width: usize, colour: bool) -> String {
    let mut page = Page { out: String::new(), width: width.clamp(NARROWEST, WIDEST), colour };
    let mut after_heading = true;
    for block in blocks {
        if !page.out.is_empty() && !after_heading {
            page.out.push('\n');
        }
        after_heading = matches!(block, Block::Heading(_) | Block::Subheading(_));
        page.block(block);
    }
    page.out
}

struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) | Block::Part(text) => self.wrapped(text, "", "", AnsiColor::BrightBlue.on_default() | Effects::BOLD),
            Block::Heading(text) => self.wrapped(text, "", "", Style::new() | Effects::BOLD),
            Block::Subheading(line) => self.wrapped(&inline(line), "", "", Style::new() | Effects::BOLD),
            Block::Paragraph(line) => self.wrapped(&inline(line), "", "", Style::new()),
            Block::Fields(fields) => self.fields(fields),
            Block::Steps(steps) => {
                let digits = steps.len().to_string().len();
                for (n, line) in steps.iter().enumerate() {
                    let number = format!("  {:>digits$}. ", n + 1);
                    self.wrapped(&inline(line), &number, &" ".repeat(number.len()), Style::new());
                }
            }
            Block::List(items) => items.iter().for_each(|line| self.wrapped(&inline(line), "  - ", "    ", Style::new())),
            // Never wrapped: it is there to be copied.
            Block::Verbatim(text) => text.lines().for_each(|line| {
                let line = self.styled(line, AnsiColor::Cyan.on_default());
                self.out.push_str(&format!("    {line}\n"));
            }),
            Block::Table(columns, rows) => self.table(columns, rows),
        }
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.colour && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// A text from the left margin on. The style holds for each line by itself, so that nothing runs over.
    fn wrapped(&mut self, text: &str, first: &str, next: &str, style: Style) {
        let room = self.width - display_width(first);
        for (n, line) in textwrap::wrap(text, options(room)).iter().enumerate() {
            let line = self.styled(line, style);
            self.out.push_str(if n == 0 { first } else { next });
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    /// Names in a column and what belongs to them beside it, or below it where there is no room.
    fn fields(&mut self, fields: &[(String, Line)]) {
        let bold = Style::new() | Effects::BOLD;
        let column = fields.iter().map(|(name, _)| display_width(name)).filter(|width| *width <= WIDEST_NAME).max().unwrap_or(0);
        let beside = column + 4 + ROOM <= self.width;
        let indent = if beside { column + 4 } else { 4 };
        for (name, line) in fields {
            let text = inline(line);
            let mut lines = textwrap::wrap(&text, options(self.width - indent)).into_iter();
            if beside && display_width(name) <= column {
                let shown = self.styled(name, bold);
                let pad = " ".repeat(column + 2 - display_width(name));
                let line = format!("  {shown}{pad}{}", lines.next().unwrap_or_default());
                self.out.push_str(line.trim_end());
                self.out.push('\n');
            } else {
                self.wrapped(name, "  ", "  ", bold);
            }
            for line in lines {
                self.out.push_str(&" ".repeat(indent));
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    /// Columns side by side; the widest give room to the others.
    fn table(&mut self, columns: &[String], rows: &[Vec<Line>]) {
        let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|line| inline(line)).collect()).collect();
        let widths = column_widths(columns, &cells, self.width);
        self.row(columns, &widths, Style::new() | Effects::BOLD);
        cells.iter().for_each(|row| self.row(row, &widths, Style::new()));
    }

    fn row(&mut self, cells: &[String], widths: &[usize], style: Style) {
        let wrapped: Vec<_> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| textwrap::wrap(cell, Options::new(*width).word_splitter(WordSplitter::NoHyphenation)))
            .collect();
        for n in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (cell, width) in wrapped.iter().zip(widths) {
                let text = cell.get(n).map_or("", |text| text);
                let pad = " ".repeat(width.saturating_sub(display_width(text)));
                line.push_str(&format!("  {}{pad}", self.styled(text, if text.is_empty() { Style::new() } else { style })));
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}

/// The natural widths, of which the largest are cut until all fit.
fn column_widths(columns: &[String], cells: &[Vec<String>], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|name| display_width(name)).collect();
    for row in cells {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = display_width(cell).max(*widest);
        }
    }
    let room = width.saturating_sub(2 * widths.len());
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else { break };
        *widest -= 1;
    }
    widths
}

/// Ids and addresses stay whole, that they can be copied.
fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width).break_words(false).word_splitter(WordSplitter::NoHyphenation)
}

fn inline(line: &[Piece]) -> String {
    let mut out = String::new();
    for piece in line {
        match piece {
            Piece::Plain(text) | Piece::Code(text) | Piece::Link(text, _) => out.push_str(text),
            Piece::Said(text) => {
                out.push('"');
                out.push_str(text);
                out.push('"');
            }
            // An RFC is found by its name; any other page by its address.
            Piece::Web(text, url) if url.contains("rfc-editor.org") => out.push_str(text),
            Piece::Web(text, url) => out.push_str(&format!("{text}: {url}")),
        }
    }
    out
}
