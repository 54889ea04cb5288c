//! Where in the author's files something stands.

use std::ops::Range;
use std::sync::Arc;

/// A spot in a file of the book. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the book's folder.
    pub file: Arc<str>,
    /// Line in the file (not in its front matter); 0 means the file as a whole.
    pub line: u32,
    /// Column of the first character; 0 means the whole line.
    pub column: u32,
    /// How many characters are meant, at least 1.
    pub length: u32,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: &str) -> Self {
        Self { file: Arc::from(path), line: 0, column: 0, length: 1 }
    }

    /// A whole line.
    pub fn line(path: &str, line: u32) -> Self {
        Self { file: Arc::from(path), line, column: 0, length: 1 }
    }
}

/// A file of the book as one of the repository around it; `folder` is empty when these are the same.
pub(super) fn from_folder(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{}/{file}", folder.trim_end_matches('/')) }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Located<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// Changes the value, keeps the place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: f(self.value), place: self.place }
    }
}

/// Turns byte offsets of one text into places. Made once per file.
#[derive(Debug)]
pub struct LineIndex<'a> {
    file: Arc<str>,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads where the lines of `text` begin.
    pub fn new(file: &str, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: Arc::from(file), text, starts }
    }

    /// The place of a byte range. Offsets past the end or inside a character are moved to the nearest earlier boundary.
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = floor_boundary(self.text, span.start);
        let line = self.starts.partition_point(|&begin| begin <= start).max(1) - 1;
        let begin = self.starts[line];
        let column = self.text[begin..start].chars().count();
        let end = floor_boundary(self.text, span.end.max(start));
        let rest = self.text[start..end].lines().next().unwrap_or("");
        Place {
            file: Arc::clone(&self.file),
            line: to_u32(line + 1),
            column: to_u32(column + 1),
            length: to_u32(rest.chars().count().max(1)),
        }
    }

    /// Where a place begins, in bytes of the text; its end for a line that is not there.
    pub fn offset(&self, place: &Place) -> usize {
        let line = (place.line.max(1) - 1) as usize;
        let Some(begin) = self.starts.get(line) else { return self.text.len() };
        let before = self.text[*begin..].chars().take(place.column.max(1) as usize - 1);
        begin + before.map(char::len_utf8).sum::<usize>()
    }

    /// The place of a line and column as other parsers count them, both from 1.
    pub fn at(&self, line: u64, column: u64) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            length: 1,
        }
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let index = LineIndex::new("a.md", "one\nzwölf drei\n");
        let start = "one\nzwölf ".len();
        let place = index.place(start..start + 4);
        assert_eq!((place.line, place.column, place.length), (2, 7, 4));
        assert_eq!(index.place(0..3).line, 1);
    }

    #[test]
    fn offsets_out_of_range_or_inside_a_character_are_harmless() {
        let index = LineIndex::new("a.md", "ö");
        assert_eq!(index.place(1..99).column, 1);
        assert_eq!(index.place(Range { start: 500, end: 400 }).line, 1);
        assert_eq!(LineIndex::new("a.md", "").place(0..0).line, 1);
    }
}
