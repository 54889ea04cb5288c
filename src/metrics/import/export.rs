//! An export that is open for reading: how it is written, its header, its blocks.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use super::blocks::{Block, Blocks, LONGEST_RECORD, Trouble};
use super::decode::{self, Decoded, Encoding, Fault};
use super::dialect::{self, Header};
use super::number::parse as parse_number;
use super::row::visit;
use crate::diag::{Finding, Located, Place, checks, did_you_mean};
use crate::model::{Date, NumberStyle};
use crate::source::{Content, Sources, is_office_document};

/// How much of an export is looked at to find out how it is written.
const HEAD: usize = 256 * 1024;

/// An export and how it is written.
#[derive(Debug, Clone)]
pub(crate) struct Export<'a> {
    /// Its path.
    pub(crate) path: &'a str,
    /// How its bytes stand for letters.
    encoding: Encoding,
    /// What parts its fields.
    pub(crate) delimiter: u8,
    /// Its columns.
    pub(crate) header: Header,
    mark: usize,
    preface: usize,
    sources: &'a Sources,
}

impl<'a> Export<'a> {
    /// Looks at the beginning of an export. `as_windows` reads it as Windows-1252 because it turned out not to be UTF-8.
    ///
    /// # Errors
    /// The finding, when there is no table to read.
    pub(crate) fn open(path: &'a str, sources: &'a Sources, as_windows: bool) -> Result<Self, Finding> {
        let mut head = Vec::new();
        open(path, sources)?.take(HEAD as u64).read_to_end(&mut head).map_err(|error| disk(path, &error))?;
        if is_office_document(&head) {
            let message = "the export is a workbook or another document, not a CSV";
            let help = "Open it in its program and save it as \"CSV UTF-8\".";
            return Err(Finding::new(&checks::FILE_NOT_TEXT, message).at(Place::file(path)).help(help));
        }
        let (encoding, mark) = if as_windows { (Encoding::Windows1252, 0) } else { decode::detect(&head) };
        let mut export =
            Self { path, encoding, mark, preface: 0, delimiter: b',', header: dialect::header(&[]), sources };
        let Some(text) = export.head()? else { return Self::open(path, sources, true) };
        if text.iter().all(u8::is_ascii_whitespace) {
            let finding = Finding::new(&checks::EXPORT_EMPTY, "the export is empty").at(Place::file(path));
            return Err(finding.help("Export it again; its first line should name the columns."));
        }
        let declared = declared_delimiter(&text);
        export.preface = usize::from(declared.is_some());
        export.delimiter = declared.unwrap_or_else(|| delimiter(&text));
        let head = Block { text, first_line: 1 };
        let mut first = first_rows(&head, export.delimiter, 3 + export.preface);
        first.drain(..export.preface.min(first.len()));
        export.header = dialect::header(&first);
        Ok(export)
    }

    /// The beginning of the text; `None` when it is not written as it seemed.
    fn head(&self) -> Result<Option<Vec<u8>>, Finding> {
        let mut stream = self.stream()?;
        let mut text = Vec::new();
        while text.len() < HEAD {
            match stream.read_into(&mut text) {
                Ok(true) => {}
                Ok(false) => break,
                Err(Fault::NotUtf8(_)) => return Ok(None),
                Err(Fault::Disk(error)) => return Err(disk(self.path, &error)),
            }
        }
        Ok(Some(text))
    }

    fn stream(&self) -> Result<Decoded, Finding> {
        let reader = open(self.path, self.sources)?;
        Decoded::new(reader, self.encoding, self.mark).map_err(|error| disk(self.path, &error))
    }

    /// How its bytes stand for letters, in words.
    pub(crate) fn encoding_name(&self) -> &'static str {
        match self.encoding {
            Encoding::Utf8 if self.mark > 0 => "UTF-8 with a byte-order mark",
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// Records above the data.
    pub(crate) fn header_rows(&self) -> usize {
        self.preface + self.header.dialect.header_rows()
    }

    /// The note that an export was read as Windows-1252, and from where on it was not UTF-8.
    pub(crate) fn encoding_note(&self) -> Option<Finding> {
        if self.encoding != Encoding::Windows1252 {
            return None;
        }
        let plain = Self { encoding: Encoding::Utf8, ..self.clone() };
        let mut reading = plain.blocks().ok()?;
        let line = loop {
            match reading.next() {
                Ok(Some(_)) => {}
                Err(Stop::NotUtf8(line)) => break line,
                _ => return None,
            }
        };
        let place = Place::line(self.path, u32::try_from(line).unwrap_or(u32::MAX));
        let message = "the export is not UTF-8 from this line on; it was read as Windows-1252";
        let help = "If letters with accents look wrong, export it again as \"CSV UTF-8\".";
        Some(Finding::new(&checks::EXPORT_ENCODING, message).at(place).help(help).masked())
    }

    /// Its blocks from the beginning, header included.
    ///
    /// # Errors
    /// The finding, when it cannot be opened again.
    pub(crate) fn blocks(&self) -> Result<Reading<'a>, Finding> {
        Ok(Reading { blocks: Blocks::new(self.stream()?, self.delimiter), path: self.path })
    }

    /// Whether the first line looks like a row: a number, a day, an address or a long text is no name of a column. Then none of it may be
    /// repeated in a message.
    fn header_is_data(&self) -> bool {
        let names = self.header.columns.iter().filter_map(|names| names.first());
        names.into_iter().any(|name| {
            let number =
                parse_number(name, NumberStyle::Point).or_else(|| parse_number(name, NumberStyle::Comma));
            let day = Date::parse(name.split([' ', 'T']).next().unwrap_or(name)).is_some();
            number.is_some() && name.len() < 4 || day || name.contains('@') || name.len() > 300
        })
    }

    /// Where a column stands. Names match when they are the same but for case and blanks.
    ///
    /// # Errors
    /// The finding, when there is no such column or more than one.
    pub(crate) fn column(&self, name: &Located<String>) -> Result<usize, Finding> {
        let wanted = dialect::clean(&name.value).to_lowercase();
        let named = |names: &Vec<String>| names.iter().any(|name| name.to_lowercase() == wanted);
        let mut found = self.header.columns.iter().enumerate().filter(|(_, names)| named(names));
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Ok(index),
            (Some(_), Some(_)) => {
                let message = format!("the export {} has two columns called \"{}\"", self.path, name.value);
                let help =
                    "Rename one of them in the export's settings, so that it is clear which one is meant.";
                Err(Finding::new(&checks::EXPORT_COLUMN, message).at(name.place.clone()).help(help))
            }
            _ => {
                let message = format!("the export {} has no column \"{}\"", self.path, name.value);
                if self.header_is_data() {
                    let help = "Its first line holds data instead of names of columns. Export it again with a header.";
                    return Err(Finding::new(&checks::EXPORT_COLUMN, message)
                        .at(name.place.clone())
                        .help(help));
                }
                let known: Vec<&str> = self.header.columns.iter().flatten().map(String::as_str).collect();
                let help = did_you_mean(&name.value, known.iter().copied());
                Err(Finding::new(&checks::EXPORT_COLUMN, message).at(name.place.clone()).help(help))
            }
        }
    }
}

/// The blocks of an export.
pub(crate) struct Reading<'a> {
    blocks: Blocks,
    path: &'a str,
}

/// Why an export cannot be read on.
pub(crate) enum Stop {
    /// It is not UTF-8 after all, from this line on.
    NotUtf8(u64),
    /// What to tell.
    Finding(Finding),
}

/// Blocks of about a megabyte that are in memory at once.
const AT_ONCE: usize = 16;

impl Reading<'_> {
    /// The next blocks; none at the end.
    ///
    /// # Errors
    /// Why there are none.
    pub(crate) fn several(&mut self) -> Result<Vec<Block>, Stop> {
        let mut blocks = Vec::with_capacity(AT_ONCE);
        while blocks.len() < AT_ONCE {
            match self.next()? {
                Some(block) => blocks.push(block),
                None => break,
            }
        }
        Ok(blocks)
    }

    /// The next block.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn next(&mut self) -> Result<Option<Block>, Stop> {
        self.blocks.next().map_err(|trouble| match trouble {
            Trouble::Fault(Fault::NotUtf8(line)) => Stop::NotUtf8(line),
            Trouble::Fault(Fault::Disk(error)) => Stop::Finding(disk(self.path, &error)),
            Trouble::Unclosed(line) => {
                let message =
                    "a quotation mark in this row is never closed, so the rows below cannot be read";
                let place = Place::line(self.path, u32::try_from(line).unwrap_or(u32::MAX));
                let help = "Close the mark, or export the file again.";
                Stop::Finding(Finding::new(&checks::SYNTAX, message).at(place).help(help).masked())
            }
            Trouble::Endless(line) => {
                let message =
                    format!("a row begins here that does not end within {} MB", LONGEST_RECORD >> 20);
                let place = Place::line(self.path, u32::try_from(line).unwrap_or(u32::MAX));
                let help =
                    "Most likely a quotation mark is never closed. Export the file again, or close the mark.";
                Stop::Finding(Finding::new(&checks::SYNTAX, message).at(place).help(help).masked())
            }
        })
    }
}

/// The texts of the first rows of a block.
fn first_rows(block: &Block, delimiter: u8, most: usize) -> Vec<Vec<String>> {
    let mut first = Vec::new();
    visit(block, delimiter, |row, _| {
        first.push((0..row.len()).map(|column| row.field(column).to_owned()).collect());
        if first.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    first
}

fn open(path: &str, sources: &Sources) -> Result<Box<dyn Read + Send>, Finding> {
    let (check, message) = match sources.get(path) {
        Some(Content::Bytes(bytes)) => return Ok(Box::new(Cursor::new(bytes.clone()))),
        Some(Content::Stream(stream)) => return stream.open().map_err(|error| disk(path, &error)),
        Some(Content::TooLarge(bytes)) => {
            (&checks::FILE_TOO_LARGE, format!("the export is too large to read ({} MB)", bytes / 1_000_000))
        }
        Some(Content::Link) => (&checks::FILE_IS_LINK, "the export is a link to another file".to_owned()),
        Some(Content::Unreadable(why)) => {
            (&checks::FILE_UNREADABLE, format!("the export cannot be read: {why}"))
        }
        None => (&checks::FILE_MISSING, "there is no such export".to_owned()),
    };
    Err(Finding::new(check, message).at(Place::file(path)))
}

fn disk(path: &str, error: &std::io::Error) -> Finding {
    Finding::new(&checks::FILE_UNREADABLE, format!("the export cannot be read: {error}"))
        .at(Place::file(path))
}

/// The delimiter that a spreadsheet's own first line `sep=;` declares.
fn declared_delimiter(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter @ (b',' | b';' | b'\t' | b'|')] => {
            Some(*delimiter)
        }
        _ => None,
    }
}

/// The delimiter that cuts the first records into the same number of fields most often; a comma when none does.
fn delimiter(head: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let block = Block { text: head.to_vec(), first_line: 1 };
        let widths: Vec<usize> = first_rows(&block, delimiter, 200).iter().map(Vec::len).collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { same * 100 / widths.len().max(1) * 10 + first.min(9) }
    };
    b",;\t|".iter().copied().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(delimiter(b"a;b;c\n1,5;2;3\n"), b';');
        assert_eq!(delimiter(b"a\tb\n1\t2\n"), b'\t');
        assert_eq!(delimiter(b"a,b\n1,\"x;y;z\"\n"), b',');
        assert_eq!(delimiter(b"single\n1\n"), b',');
    }

    #[test]
    fn columns_match_but_for_case_and_blanks() {
        let mut sources = Sources::default();
        sources.insert_text("e.csv", "\u{feff}Date , NETPRO ,x,X\n2026-01,9,1,2\n");
        let export = Export::open("e.csv", &sources, false).ok().unwrap();
        let name = |text: &str| Located::new(text.to_owned(), Place::file("m.yaml"));
        assert_eq!(export.column(&name("netpro")).ok(), Some(1));
        assert_eq!(export.column(&name("date")).ok(), Some(0));
        assert!(export.column(&name("x")).unwrap_err().message.contains("two columns"));
        assert!(export.column(&name("netpr")).unwrap_err().help.contains("NETPRO"));
    }
}
