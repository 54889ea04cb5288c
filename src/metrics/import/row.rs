//! The rows of a block: fields as ranges of its text, so that nothing is copied that no definition maps.

use std::ops::{ControlFlow, Range};

use csv::{ByteRecord, ReaderBuilder};

use super::blocks::Block;

/// One row.
pub(crate) struct Row<'a> {
    text: &'a [u8],
    fields: &'a [Range<usize>],
}

impl Row<'_> {
    /// The text of a field, trimmed; empty when the row is too short.
    pub(crate) fn field(&self, column: usize) -> &str {
        let bytes =
            self.fields.get(column).and_then(|range| self.text.get(range.clone())).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or("").trim()
    }

    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }
}

/// Hands every row of a block and its line to `each`, until that says to stop. Empty lines are no rows.
pub(crate) fn visit(block: &Block, delimiter: u8, each: impl FnMut(&Row<'_>, u32) -> ControlFlow<()>) {
    if memchr::memchr2(b'"', b'\r', &block.text).is_none() {
        visit_plain(block, delimiter, each);
    } else {
        visit_quoted(block, delimiter, each);
    }
}

/// Without quotation marks, a field ends at the next delimiter or line end.
fn visit_plain(block: &Block, delimiter: u8, mut each: impl FnMut(&Row<'_>, u32) -> ControlFlow<()>) {
    let text = block.text.as_slice();
    let mut fields: Vec<Range<usize>> = Vec::new();
    let (mut start, mut line) = (0, block.first_line);
    let mut end_row = |fields: &mut Vec<Range<usize>>, line: u64| {
        let empty = matches!(fields.as_slice(), [only] if only.is_empty());
        let row = Row { text, fields };
        let flow = if empty { ControlFlow::Continue(()) } else { each(&row, clamp(line)) };
        fields.clear();
        flow
    };
    for at in memchr::memchr2_iter(delimiter, b'\n', text) {
        fields.push(start..at);
        start = at + 1;
        if text[at] == b'\n' {
            if end_row(&mut fields, line).is_break() {
                return;
            }
            line += 1;
        }
    }
    if start < text.len() || !fields.is_empty() {
        fields.push(start..text.len());
        let _ = end_row(&mut fields, line);
    }
}

fn visit_quoted(block: &Block, delimiter: u8, mut each: impl FnMut(&Row<'_>, u32) -> ControlFlow<()>) {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(64 * 1024);
    let mut reader = builder.from_reader(block.text.as_slice());
    let mut record = ByteRecord::new();
    let mut fields = Vec::new();
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let offset = record.position().map_or(1, csv::Position::line) - 1;
        fields.clear();
        fields.extend((0..record.len()).filter_map(|field| record.range(field)));
        let row = Row { text: record.as_slice(), fields: &fields };
        if each(&row, clamp(block.first_line + offset)).is_break() {
            return;
        }
    }
}

fn clamp(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, quoted: bool) -> Vec<(Vec<String>, u32)> {
        let block = Block { text: text.as_bytes().to_vec(), first_line: 1 };
        let mut rows = Vec::new();
        let each = |row: &Row<'_>, line: u32| {
            rows.push(((0..row.len()).map(|column| row.field(column).to_owned()).collect(), line));
            ControlFlow::Continue(())
        };
        if quoted {
            visit_quoted(&block, b',', each);
        } else {
            visit_plain(&block, b',', each);
        }
        rows
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines: Vec<u32> = rows("a\n\n\nb\nc", false).into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, [1, 4, 5]);
    }

    #[test]
    fn both_ways_read_the_same() {
        for text in
            ["a,b\n1,2\n", "a,b\n1,2", "a\n\n\nb\n", ",\n,,\n", "", "\n", "x", " a , b \n", "ü,é\n1,\n,"]
        {
            let texts = |quoted| rows(text, quoted).into_iter().map(|(fields, _)| fields).collect::<Vec<_>>();
            assert_eq!(texts(false), texts(true), "{text:?}");
        }
    }
}
