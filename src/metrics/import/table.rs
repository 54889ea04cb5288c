//! An export as a table: decoded, its delimiter found, its header read, its rows one by one.

use csv::{ByteRecord, ReaderBuilder};

use crate::diag::{Finding, Located, Place, checks, did_you_mean};
use crate::source::{Content, Sources};
use crate::tree::{Entry, Node, Value};

/// An export that is open for reading.
pub(crate) struct Table<'a> {
    path: &'a str,
    header: Vec<String>,
    reader: csv::Reader<&'a [u8]>,
}

impl<'a> Table<'a> {
    /// Opens an export and reads its header.
    ///
    /// # Errors
    /// The finding, when there is no table to read.
    pub(crate) fn open(path: &'a str, sources: &'a Sources) -> Result<Self, Finding> {
        let bytes = content(path, sources)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        check_utf8(path, bytes)?;
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        let mut table = Self { path, header: Vec::new(), reader };
        let mut record = ByteRecord::new();
        if !table.read(&mut record)? || record.iter().all(|field| field.iter().all(u8::is_ascii_whitespace)) {
            let finding = Finding::new(&checks::EXPORT_EMPTY, "the export is empty");
            return Err(finding
                .at(Place::file(path))
                .help("Export it again; its first line should name the columns."));
        }
        table.header = record.iter().map(|field| clean(&String::from_utf8_lossy(field))).collect();
        Ok(table)
    }

    /// Where a column stands. Names match when they are the same but for case and blanks.
    ///
    /// # Errors
    /// The finding, when there is no such column or more than one.
    pub(crate) fn column(&self, name: &Located<String>) -> Result<usize, Finding> {
        let wanted = clean(&name.value).to_lowercase();
        let mut found = self.header.iter().enumerate().filter(|(_, header)| header.to_lowercase() == wanted);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Ok(index),
            (Some(_), Some(_)) => {
                let message = format!("the export {} has two columns called \"{}\"", self.path, name.value);
                Err(Finding::new(&checks::EXPORT_COLUMN, message).at(name.place.clone()).help(
                    "Rename one of them in the export's settings, so that it is clear which one is meant.",
                ))
            }
            _ => {
                let message = format!("the export {} has no column \"{}\"", self.path, name.value);
                let known = self.header.iter().map(String::as_str).filter(|header| !header.is_empty());
                let help = did_you_mean(&name.value, known.collect::<Vec<_>>().iter().copied());
                Err(Finding::new(&checks::EXPORT_COLUMN, message).at(name.place.clone()).help(help))
            }
        }
    }

    /// Reads the next row into `record`; false at the end.
    ///
    /// # Errors
    /// The finding, when the file cannot be read on.
    pub(crate) fn read(&mut self, record: &mut ByteRecord) -> Result<bool, Finding> {
        self.reader.read_byte_record(record).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let place = Place::line(self.path, u32::try_from(line).unwrap_or(0));
            Finding::new(&checks::SYNTAX, "the export cannot be read on from here").at(place).masked()
        })
    }

    /// The place of a row.
    pub(crate) fn place(&self, record: &ByteRecord) -> Place {
        let line = record.position().map_or(0, csv::Position::line);
        Place::line(self.path, u32::try_from(line).unwrap_or(0))
    }
}

/// The rows of a CSV as maps from header to cell; blank cells are left out.
///
/// # Errors
/// The finding, when the file cannot be read as a table.
pub fn read_rows(path: &str, sources: &Sources) -> Result<Vec<Node>, Finding> {
    let mut table = Table::open(path, sources)?;
    let mut rows = Vec::new();
    let mut record = ByteRecord::new();
    while table.read(&mut record)? {
        let place = table.place(&record);
        let entries: Vec<Entry> = table
            .header
            .iter()
            .enumerate()
            .filter(|(column, header)| !header.is_empty() && !cell(&record, *column).is_empty())
            .map(|(column, header)| Entry {
                key: header.clone(),
                key_place: Place::line(path, 1),
                node: Node { value: Value::Text(cell(&record, column).to_owned()), place: place.clone() },
            })
            .collect();
        if !entries.is_empty() {
            rows.push(Node { value: Value::Map(entries), place });
        }
    }
    Ok(rows)
}

/// The text of a cell, trimmed; empty when the row is too short.
pub(crate) fn cell(record: &ByteRecord, column: usize) -> &str {
    record.get(column).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("").trim()
}

fn content<'a>(path: &str, sources: &'a Sources) -> Result<&'a [u8], Finding> {
    let (check, message) = match sources.get(path) {
        Some(Content::Bytes(bytes)) => return Ok(bytes),
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

fn check_utf8(path: &str, bytes: &[u8]) -> Result<(), Finding> {
    let Err(error) = std::str::from_utf8(bytes) else { return Ok(()) };
    let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
    Err(Finding::new(&checks::FILE_NOT_TEXT, "the export is not UTF-8 text from this line on")
        .at(Place::line(path, u32::try_from(line).unwrap_or(u32::MAX)))
        .help("Save or export it again as \"CSV UTF-8\".")
        .masked())
}

/// The delimiter that cuts the first lines into the same number of fields most often; a comma when none does.
fn delimiter(bytes: &[u8]) -> u8 {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let score = |delimiter: u8| {
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head);
        let widths: Vec<usize> =
            reader.byte_records().take(100).filter_map(Result::ok).map(|row| row.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { same * 100 / widths.len().max(1) * 10 + first.min(9) }
    };
    b",;\t|".iter().copied().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

fn clean(name: &str) -> String {
    name.replace('\u{a0}', " ").trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()
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
        let table = Table::open("e.csv", &sources).ok().unwrap();
        let name = |text: &str| Located::new(text.to_owned(), Place::file("m.yaml"));
        assert_eq!(table.column(&name("netpro")).ok(), Some(1));
        assert!(table.column(&name("x")).unwrap_err().message.contains("two columns"));
        assert!(table.column(&name("netpr")).unwrap_err().help.contains("NETPRO"));
    }
}
