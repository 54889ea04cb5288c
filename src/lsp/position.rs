//! Positions as the protocol counts them: lines and UTF-16 units from 0, where we count bytes, or characters from 1.

use std::ops::Range as Span;

use gen_lsp_types::{Position, Range};

use crate::diag::{LineIndex, Place};

/// A text with the beginnings of its lines.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Lines end at `\n`, `\r\n` or `\r`, as the protocol says.
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends =
            |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The position of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let units = self.text[self.starts[line]..offset].encode_utf16().count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(units) }
    }

    /// The range of a stretch of bytes.
    pub(super) fn range(&self, span: Span<usize>) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte at a position. Past the end of a line it is that end; within a pair of UTF-16 units, their beginning.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = self.text[*start..end].trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, sign) in line.char_indices() {
            units += sign.len_utf16();
            if units > position.character as usize {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The range of a place: of its line without the blanks around it where no column is known, of the first line where no
    /// line is.
    pub(super) fn of(&self, place: &Place) -> Range {
        let index = LineIndex::new(&place.file, self.text);
        let begin = index.offset(&Place { column: place.column.max(1), ..place.clone() });
        let line = self.text[begin..].split(['\n', '\r']).next().unwrap_or_default();
        if place.column == 0 || place.line == 0 {
            let blanks = line.len() - line.trim_start().len();
            return self.range(begin + blanks..begin + line.trim_end().len().max(blanks));
        }
        let length: usize = line.chars().take(place.length as usize).map(char::len_utf8).sum();
        self.range(begin..begin + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn units_are_those_of_utf16() {
        let text = "a😀é\r\nx\ry\n";
        let lines = Lines::new(text);
        for (offset, position) in [
            (0, at(0, 0)),
            (1, at(0, 1)),
            (5, at(0, 3)),
            (7, at(0, 4)),
            (9, at(1, 0)),
            (11, at(2, 0)),
            (13, at(3, 0)),
        ] {
            assert_eq!(lines.position(offset), position, "{offset}");
            assert_eq!(lines.offset(position), offset, "{position:?}");
        }
        assert_eq!(lines.offset(at(0, 2)), 1, "within the pair of units of an emoji");
        assert_eq!(lines.offset(at(0, 99)), 7, "past the end of a line");
        assert_eq!(lines.offset(at(99, 0)), text.len());
        assert_eq!(lines.position(3), at(0, 1), "inside of a character");
    }

    #[test]
    fn places_of_characters_become_ranges_of_units() {
        let lines = Lines::new("x\n  😀 wörd 😀\n");
        let place = |line, column, length| Place { file: "a".into(), line, column, length };
        let range = |place| {
            let range = lines.of(&place);
            (range.start.line, range.start.character, range.end.character)
        };
        assert_eq!(range(place(2, 5, 4)), (1, 5, 9));
        assert_eq!(range(place(2, 10, 99)), (1, 10, 12), "no further than its line");
        assert_eq!(range(place(2, 0, 1)), (1, 2, 12), "a whole line without its blanks");
        assert_eq!(range(place(0, 0, 1)), (0, 0, 1));
        assert_eq!(range(place(99, 4, 1)).0, 2, "a line that is gone is the end");
    }
}
