//! Folding: one spelling for every way of writing the same words.
//!
//! Text and patterns are folded the same way, so that `İLETİ`, `ileti` and `İleti`, `doesn't` and `DOESN’T`,
//! `RecipSizeLimit` and `recip size limit` are equal. A folded text is words in lower case without accents, one space
//! before and after each; Chinese and Japanese characters are words of their own and stand without spaces between.
//! Every word keeps where it came from (a byte range of the original) and a *position* in tenths of a word: punctuation
//! widens the distance, so that a window of some words seldom crosses a sentence.
//!
//! This file is also part of the build script, which folds the patterns with it.

use unicode_normalization::char::{compose, decompose_compatible};

/// Tenths of a word that one word is wide.
const WORD: u32 = 10;
/// Tenths of a word that a Chinese or Japanese character is wide.
const CHARACTER: u32 = 5;
/// What a comma or bracket adds to a distance, in tenths of a word.
pub const COMMA: u32 = 7;
/// What the end of a sentence adds to a distance, in tenths of a word.
pub const SENTENCE: u32 = 30;

/// A word of a [`Folded`] text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the folded text.
    pub start: u32,
    /// Byte after the last one in the folded text.
    pub end: u32,
    /// First byte in the original.
    pub source_start: u32,
    /// Byte after the last one in the original.
    pub source_end: u32,
    /// Place in the text in tenths of a word, punctuation included.
    pub position: u32,
    /// The word is part of an address, a link or a name: only a speaker's own phrases may use it.
    pub quiet: bool,
}

/// A text folded for matching, with the way back to the original.
///
/// ```
/// use mailwhy_knowledge::fold::Folded;
/// let folded = Folded::of("Kullanıcı BULUNAMADI, doesn't");
/// assert_eq!(folded.text(), " kullanici bulunamadi doesnt ");
/// let word = folded.words()[1];
/// assert_eq!((word.source_start, word.source_end), (12, 22));
/// ```
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    words: Vec<Word>,
    position: u32,
    /// Where the last Chinese or Japanese character ended in the original: the next one joins it.
    joins_at: Option<u32>,
}

impl Default for Folded {
    fn default() -> Self {
        Folded { text: String::from(" "), words: Vec::new(), position: 0, joins_at: None }
    }
}

impl Folded {
    /// Folds a plain text.
    pub fn of(text: &str) -> Self {
        let mut folded = Folded::default();
        folded.push(text, 0, false);
        folded
    }

    /// Empties it and keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.text.push(' ');
        self.words.clear();
        self.position = 0;
        self.joins_at = None;
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words in their order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Widens the distance to the next word by so many tenths of a word.
    pub fn pause(&mut self, tenths: u32) {
        self.position = self.position.saturating_add(tenths);
    }

    /// Adds one ready word that stands for a piece of the original, such as `emailaddr` for an address.
    pub fn push_word(&mut self, word: &str, source: (u32, u32), quiet: bool) {
        let start = self.text.len() as u32;
        self.text.push_str(word);
        self.finish_word(start, source, quiet, WORD);
    }

    /// Adds the words of `text`, which stands at byte `offset` of the original. The words of a quiet text
    /// take no room: the distance between what stands before and after stays the same.
    pub fn push(&mut self, text: &str, offset: usize, quiet: bool) {
        let bytes = text.as_bytes();
        let mut at = 0;
        // Start of the open word: in the folded text and in the original.
        let mut open: Option<(u32, u32)> = None;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                if byte.is_ascii_alphanumeric() {
                    let splits = byte.is_ascii_uppercase()
                        && at > 0
                        && bytes[at - 1].is_ascii_lowercase()
                        && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
                    if splits {
                        self.close(&mut open, offset + at, quiet);
                    }
                    self.open(&mut open, offset + at);
                    self.text.push(byte.to_ascii_lowercase() as char);
                } else if byte == b'\'' || byte == b'`' {
                    if !joins_negation(bytes, at, 1) {
                        self.close(&mut open, offset + at, quiet);
                    }
                } else {
                    self.close(&mut open, offset + at, quiet);
                    if !quiet {
                        self.pause(match byte {
                            b'.' | b'!' | b'?' | b';' | b'|' => SENTENCE,
                            b',' | b'(' | b')' | b':' => COMMA,
                            b'\n' => line_break(bytes, at),
                            _ => 0,
                        });
                    }
                }
                at += 1;
                continue;
            }
            let character = text[at..].chars().next().unwrap_or('\u{fffd}');
            let mut width = character.len_utf8();
            if is_mark(character) || voicing_mark(character).is_some() || character == '\u{ad}' || character == '\u{200b}' {
                // An accent or voicing mark of its own, a soft hyphen, a space of no width: inside a word they are nothing.
            } else if character == '\u{2019}' {
                if !joins_negation(bytes, at, width) {
                    self.close(&mut open, offset + at, quiet);
                }
            } else if let Some(mut wide) = wide_character(character) {
                self.close(&mut open, offset + at, quiet);
                // Half-width katakana write their voicing mark as a character of its own.
                if let Some(mark) = text[at + width..].chars().next()
                    && let Some(voicing) = voicing_mark(mark)
                    && let Some(composed) = compose(wide, voicing)
                {
                    wide = composed;
                    width += mark.len_utf8();
                }
                let source = ((offset + at) as u32, (offset + at + width) as u32);
                if self.joins_at == Some(source.0) {
                    self.text.pop();
                }
                let start = self.text.len() as u32;
                self.text.push(wide);
                self.finish_word(start, source, quiet, CHARACTER);
                self.joins_at = Some(source.1);
            } else if character.is_alphanumeric() {
                self.open(&mut open, offset + at);
                self.push_folded(character);
            } else {
                self.close(&mut open, offset + at, quiet);
                if !quiet {
                    self.pause(match character {
                        '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{2026}' => SENTENCE,
                        '\u{3001}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff08}' | '\u{ff09}' => COMMA,
                        _ => 0,
                    });
                }
            }
            at += width;
        }
        self.close(&mut open, offset + bytes.len(), quiet);
    }

    fn open(&mut self, open: &mut Option<(u32, u32)>, source: usize) {
        if open.is_none() {
            *open = Some((self.text.len() as u32, source as u32));
        }
    }

    fn close(&mut self, open: &mut Option<(u32, u32)>, source_end: usize, quiet: bool) {
        if let Some((start, source_start)) = open.take()
            && self.text.len() as u32 > start
        {
            self.finish_word(start, (source_start, source_end as u32), quiet, WORD);
        }
    }

    fn finish_word(&mut self, start: u32, source: (u32, u32), quiet: bool, width: u32) {
        if !quiet {
            self.position = self.position.saturating_add(width);
        }
        let end = self.text.len() as u32;
        self.text.push(' ');
        self.joins_at = None;
        self.words.push(Word { start, end, source_start: source.0, source_end: source.1, position: self.position, quiet });
    }

    fn push_folded(&mut self, character: char) {
        match character {
            'ı' | 'İ' => self.text.push('i'),
            _ => {
                let text = &mut self.text;
                decompose_compatible(character, |part| {
                    if is_mark(part) || !part.is_alphanumeric() {
                        return;
                    }
                    for lower in part.to_lowercase() {
                        match lower {
                            'ß' => text.push_str("ss"),
                            'ł' => text.push('l'),
                            'ø' => text.push('o'),
                            'ı' => text.push('i'),
                            mark if is_mark(mark) => {}
                            other => text.push(other),
                        }
                    }
                });
            }
        }
    }
}

/// The ends of lines: a line that goes on in the next one, as wrapped mail does, is no end of a sentence.
fn line_break(bytes: &[u8], at: usize) -> u32 {
    let ended = bytes[..at].iter().rev().find(|b| **b != b'\r' && **b != b' ').is_none_or(|b| b".!?:;\n".contains(b));
    let goes_on = bytes[at + 1..]
        .iter()
        .take(64)
        .find(|b| !matches!(b, b' ' | b'\t' | b'>'))
        .is_some_and(|b| b.is_ascii_lowercase() || *b == b'(' || *b >= 0x80);
    if goes_on && !ended { 2 } else { SENTENCE }
}

/// Is the apostrophe at `at` the one of `doesn't`?
fn joins_negation(bytes: &[u8], at: usize, width: usize) -> bool {
    at > 0
        && matches!(bytes[at - 1], b'n' | b'N')
        && matches!(bytes.get(at + width), Some(b't' | b'T'))
        && bytes.get(at + width + 1).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80)
}

/// Combining accents. The Japanese voicing marks are none of them: they make another letter.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn voicing_mark(character: char) -> Option<char> {
    match character {
        '\u{ff9e}' | '\u{3099}' => Some('\u{3099}'),
        '\u{ff9f}' | '\u{309a}' => Some('\u{309a}'),
        _ => None,
    }
}

/// The character itself (full width) if it is Chinese or Japanese and so a word of its own.
fn wide_character(character: char) -> Option<char> {
    match character {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => {
            (character.is_alphanumeric() || character == '\u{30fc}').then_some(character)
        }
        // Other shapes of such a character: half width, in a circle or brackets, as a number.
        '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}'
        | '\u{3038}'..='\u{303a}'
        | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3229}'
        | '\u{3280}'..='\u{3289}' => {
            let mut whole = None;
            decompose_compatible(character, |part| whole = whole.or(part.is_alphanumeric().then_some(part)));
            whole
        }
        _ => None,
    }
}

/// How many words a folded piece has, and whether its ends are Chinese or Japanese (which need no space).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Number of words.
    pub words: usize,
    /// The first word is a Chinese or Japanese character.
    pub starts_wide: bool,
    /// The last word is a Chinese or Japanese character.
    pub ends_wide: bool,
}

impl Folded {
    /// The shape of this text as a pattern.
    pub fn shape(&self) -> Shape {
        let wide = |word: Option<&Word>| {
            word.and_then(|w| self.text[w.start as usize..].chars().next()).is_some_and(|c| wide_character(c).is_some())
        };
        Shape { words: self.words.len(), starts_wide: wide(self.words.first()), ends_wide: wide(self.words.last()) }
    }
}
