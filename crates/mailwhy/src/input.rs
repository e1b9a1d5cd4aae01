//! What the person has in hand: words, files, folders, standard input. Read whole, but never more than [`MOST_BYTES`].
//!
//! Offsets in an answer are bytes of the text that stands here. For UTF-8 these are the bytes of the input: a byte that
//! is no UTF-8 becomes one `?`, a byte order mark three blanks. UTF-16 is decoded, so its offsets are those of the
//! decoded text.

use crate::session::Complaint;
use crate::unpack;
use mailwhy_core::Lang;
use mailwhy_core::knowledge::messages;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufRead, ErrorKind, IsTerminal, Read};
use std::path::{Path, PathBuf, is_separator};

/// So many bytes of one piece of evidence are looked at, 4 MiB; a failure stands in the first lines. What follows is not
/// stored, so that memory stays bounded.
pub(crate) const MOST_BYTES: usize = 4 << 20;
/// [`MOST_BYTES`] as a person is told.
pub(crate) const MOST_MIB: &str = "4";

/// Endings that make a word without spaces a file's name.
const FILE_ENDINGS: [&str; 8] = [".eml", ".mbox", ".msg", ".log", ".gz", ".zst", ".xz", ".bz2"];

/// Bytes from which binary data is told.
const SNIFFED: usize = 8 << 10;

/// How the arguments are to be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TakenAs {
    /// As their form tells.
    #[default]
    Guessed,
    /// As one text: `--text`.
    Text,
    /// As names of files: `--file`.
    Files,
}

/// Where evidence comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// The arguments themselves.
    Text(String),
    /// Standard input.
    Stdin,
    /// A file, or a folder with files.
    Path(PathBuf),
}

impl Input {
    /// Its name for a person.
    pub(crate) fn name(&self, lang: Lang) -> String {
        match self {
            Input::Text(_) => messages::CLI_ORIGIN_TEXT.get(lang).to_owned(),
            Input::Stdin => messages::CLI_ORIGIN_STDIN.get(lang).to_owned(),
            // A name with escape sequences must not reach the terminal.
            Input::Path(path) => path.display().to_string().replace(char::is_control, "?"),
        }
    }
}

/// A piece of evidence, read.
#[derive(Debug)]
pub(crate) struct Evidence {
    /// Its text.
    pub(crate) text: String,
    /// There was more than [`MOST_BYTES`].
    pub(crate) cut: bool,
}

/// Why an input gives no evidence.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The system says no.
    System(io::Error),
    /// There is nothing in it.
    Empty,
    /// A folder without files.
    EmptyFolder,
    /// No text.
    Binary,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::System(error)
    }
}

impl Trouble {
    /// What the person is told of it.
    pub(crate) fn complaint(&self, input: &Input, lang: Lang) -> Complaint {
        use messages as m;
        let name = input.name(lang);
        let mut values = vec![("input", name.as_str())];
        let reason;
        let (what, hint) = match self {
            Trouble::System(error) => match error.kind() {
                ErrorKind::NotFound => (m::ERROR_NOT_FOUND, m::ERROR_NOT_FOUND_HINT),
                ErrorKind::PermissionDenied => (m::ERROR_PERMISSION, m::ERROR_PERMISSION_HINT),
                ErrorKind::NotADirectory => (m::ERROR_NOT_A_FOLDER, m::ERROR_NOT_A_FOLDER_HINT),
                _ => {
                    reason = error.to_string();
                    values.push(("reason", &reason));
                    (m::ERROR_READ, m::ERROR_READ_HINT)
                }
            },
            Trouble::Empty => (m::ERROR_EMPTY, m::ERROR_EMPTY_HINT),
            Trouble::EmptyFolder => (m::ERROR_EMPTY_FOLDER, m::ERROR_EMPTY_FOLDER_HINT),
            Trouble::Binary => (m::ERROR_BINARY, m::ERROR_BINARY_HINT),
        };
        Complaint::new(lang, what, hint, &values)
    }
}

/// Tells files from words. Where every argument is a path, all are; where none is an existing file, all are one text;
/// where files stand among words, the files are read and the words are one text.
pub(crate) fn inputs(arguments: &[OsString], taken_as: TakenAs) -> Vec<Input> {
    if arguments.is_empty() {
        return vec![Input::Stdin];
    }
    let named = |argument: &OsString| if argument == "-" { Input::Stdin } else { Input::Path(argument.into()) };
    let exists = |argument: &OsString| fs::metadata(argument).is_ok();
    let is_path = |argument: &OsString| argument == "-" || looks_like_a_path(argument) || exists(argument);
    // A word of a pasted sentence may be the name of some folder: only a name that looks like a file's counts here.
    let is_file = |argument: &OsString| {
        argument == "-" || ((looks_like_a_path(argument) || argument.as_encoded_bytes().contains(&b'.')) && Path::new(argument).is_file())
    };
    let all_paths = taken_as == TakenAs::Files || (taken_as == TakenAs::Guessed && arguments.iter().all(is_path));
    if all_paths {
        return arguments.iter().map(named).collect();
    }
    if taken_as == TakenAs::Text || !arguments.iter().any(is_file) {
        return vec![Input::Text(joined(arguments))];
    }
    let (files, words): (Vec<_>, Vec<_>) = arguments.iter().cloned().partition(|a| is_file(a) || looks_like_a_path(a));
    files.iter().map(named).chain([Input::Text(joined(&words))]).collect()
}

fn joined(words: &[OsString]) -> String {
    words.join(OsStr::new(" ")).to_string_lossy().into_owned()
}

/// A name of a file that need not exist: no space, and a separator or one of [`FILE_ENDINGS`]; but no link and no
/// `550/5.1.1`.
fn looks_like_a_path(argument: &OsString) -> bool {
    let Some(name) = argument.to_str() else { return true };
    if name.contains(char::is_whitespace) || name.contains("://") || begins_with_a_code(name) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    name.contains(is_separator) || FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// A reply code or an enhanced code at the beginning: `550/5.1.1`, `5.1.1/…`.
fn begins_with_a_code(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let next = name.as_bytes().get(digits);
    (digits == 3 && matches!(next, Some(b'/' | b'-' | b'#' | b':' | b',')))
        || (digits == 1 && next == Some(&b'.') && name.as_bytes().get(digits + 1).is_some_and(u8::is_ascii_digit))
}

/// The files of a path: itself, or every file below the folder, sorted. Links to folders inside it are not followed, so
/// it ends; pipes and devices inside it are left alone.
pub(crate) struct Files {
    root: PathBuf,
    found: bool,
    open: Vec<PathBuf>,
}

impl Files {
    /// The files of this path.
    pub(crate) fn of(root: PathBuf) -> Files {
        Files { open: vec![root.clone()], found: false, root }
    }

    /// Opens a folder: what stands in it comes next.
    fn descend(&mut self, folder: &Path) -> io::Result<()> {
        let mut inside = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        inside.sort_unstable_by(|a, b| b.cmp(a));
        self.open.append(&mut inside);
        Ok(())
    }
}

impl Iterator for Files {
    type Item = (PathBuf, Result<(), Trouble>);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(path) = self.open.pop() {
            let is_root = path == self.root;
            let metadata = if is_root { fs::metadata(&path) } else { fs::symlink_metadata(&path) };
            let outcome = match metadata {
                Ok(metadata) if metadata.is_dir() => match self.descend(&path) {
                    Ok(()) => continue,
                    Err(error) => Err(error.into()),
                },
                Ok(metadata) if is_root || metadata.is_file() || path.is_file() => Ok(()),
                Ok(_) => continue,
                Err(error) => Err(error.into()),
            };
            self.found = true;
            return Some((path, outcome));
        }
        (!std::mem::replace(&mut self.found, true)).then(|| (self.root.clone(), Err(Trouble::EmptyFolder)))
    }
}

/// Reads a file.
pub(crate) fn read_file(path: &Path) -> Result<Evidence, Trouble> {
    read(File::open(path)?)
}

/// Reads standard input. On a terminal, two empty lines end it as well.
pub(crate) fn read_stdin() -> Result<Evidence, Trouble> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() { evidence(pasted(stdin)?) } else { read(stdin) }
}

/// Takes what is left of standard input without storing it, so that the program that writes it is not killed.
pub(crate) fn drain_stdin() {
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
}

/// The text of the arguments.
pub(crate) fn read_text(text: &str) -> Result<Evidence, Trouble> {
    evidence(text.as_bytes().to_vec())
}

fn pasted(terminal: impl BufRead) -> io::Result<Vec<u8>> {
    let mut terminal = terminal.take(MOST_BYTES as u64 + 1);
    let mut pasted = Vec::new();
    let mut blank = 0;
    while blank < 2 {
        let start = pasted.len();
        if terminal.read_until(b'\n', &mut pasted)? == 0 {
            break;
        }
        let is_blank = pasted[start..].trim_ascii().is_empty();
        // Blank lines before the first word end nothing.
        blank = if is_blank && !pasted.trim_ascii().is_empty() { blank + 1 } else { 0 };
    }
    Ok(pasted)
}

fn read(source: impl Read) -> Result<Evidence, Trouble> {
    let mut bytes = Vec::new();
    unpack::unpacked(source)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    evidence(bytes)
}

/// Decodes what was read; refuses what is no text.
fn evidence(mut bytes: Vec<u8>) -> Result<Evidence, Trouble> {
    let cut = bytes.len() > MOST_BYTES;
    bytes.truncate(MOST_BYTES);
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        bytes if is_binary(bytes) => return Err(Trouble::Binary),
        _ => utf8(bytes),
    };
    if text.trim().is_empty() { Err(Trouble::Empty) } else { Ok(Evidence { text, cut }) }
}

/// A NUL or more than a tenth of control bytes at the beginning.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SNIFFED)];
    let controls = start.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    start.contains(&0) || controls * 10 > start.len()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('?')).collect()
}

/// One `?` for each byte that is no UTF-8, three blanks for a byte order mark: every offset stays true.
fn utf8(bytes: Vec<u8>) -> String {
    let mut text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::with_capacity(error.as_bytes().len());
        for chunk in error.as_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
        text
    });
    if text.starts_with('\u{feff}') {
        text.replace_range(..'\u{feff}'.len_utf8(), "   ");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(arguments: &[&str]) -> Vec<Input> {
        inputs(&arguments.iter().map(OsString::from).collect::<Vec<_>>(), TakenAs::Guessed)
    }

    #[test]
    fn words_are_one_text() {
        let texts = ["user@example.com", "550/5.1.1", "5.1.1/x", "550-5.7.26/x", "https://example.com/x", "0x800CCC0E", "a/b c.eml"];
        for text in texts {
            assert_eq!(guessed(&[text]), [Input::Text(text.to_owned())]);
        }
        assert_eq!(guessed(&["550", "mail", "to", "/no/such"]), [Input::Text("550 mail to /no/such".to_owned())]);
    }

    #[test]
    fn names_are_paths_even_if_missing() {
        for name in ["no-such.eml", "NO-SUCH.EML", "no/such", "2024/no-such", "x.log", "x.gz"] {
            assert_eq!(guessed(&[name]), [Input::Path(name.into())]);
        }
        assert_eq!(guessed(&["-", "x.eml"]), [Input::Stdin, Input::Path("x.eml".into())]);
    }

    #[test]
    fn a_file_among_words_is_read() {
        assert_eq!(guessed(&["Cargo.toml", "550", "full"]), [Input::Path("Cargo.toml".into()), Input::Text("550 full".to_owned())]);
        // `src` is a folder here, and a word in a sentence.
        assert_eq!(guessed(&["550", "src", "full"]), [Input::Text("550 src full".to_owned())]);
    }

    #[test]
    fn offsets_stay_true() {
        assert_eq!(utf8(b"\xef\xbb\xbf550 \xfe\xff 5.1.1".to_vec()), "   550 ?? 5.1.1");
        assert_eq!(utf16(&[0x35, 0, 0x31, 1, 0x00, 0xd8], u16::from_le_bytes), "5ı?");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let trouble = |bytes: &[u8]| evidence(bytes.to_vec()).map(|_| ());
        assert!(matches!(trouble(b"BZhello, the mail failed"), Ok(())));
        assert!(matches!(trouble(b"\x7fELF\x00"), Err(Trouble::Binary)));
        assert!(matches!(trouble(b"550 \x01\x02\x03\x04"), Err(Trouble::Binary)));
        assert!(matches!(trouble(b"\x1b[31m550 5.1.1 User unknown\x1b[0m"), Ok(())));
        assert!(matches!(trouble(b" \r\n"), Err(Trouble::Empty)));
    }

    #[test]
    fn two_empty_lines_end_a_paste() -> io::Result<()> {
        assert_eq!(pasted(&b"\n\n\n550\n\nfull\n\n\nnot read\n"[..])?, b"\n\n\n550\n\nfull\n\n\n");
        Ok(())
    }
}
