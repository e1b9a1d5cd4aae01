//! A piece of the evidence, by its bytes.

/// A byte range of the evidence, `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Span {
    /// A span of `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The piece of `text` that it covers; empty if it does not fit the text.
    ///
    /// ```
    /// use mailwhy_core::Span;
    /// assert_eq!(Span::new(4, 9).of("550 5.1.1 no"), "5.1.1");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Does it share a byte with the other?
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Holds no byte.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same piece without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let piece = self.of(text);
        let start = self.start + (piece.len() - piece.trim_start().len());
        Span { start, end: start + piece.trim().len() }
    }
}
