//! Long texts are read part by part: what is found does not depend on how much of a text is in memory.

use std::io::{self, Read};

use super::kind::Hit;

/// Texts are read in parts of about this many bytes, so that memory does not grow with them.
pub(super) const PART: usize = 1 << 18;

/// Parts overlap by up to this much, so that nothing is cut in two at their edge.
const OVERLAP: usize = 1 << 10;

/// What one part tells.
pub(super) struct Step {
    /// By their places in the rest of the text.
    pub(super) hits: Vec<Hit>,
    /// Where the next part begins; `None` behind the last.
    pub(super) next: Option<usize>,
    /// All that begins before this place is told.
    pub(super) told: usize,
}

/// Reads the first part of the rest of a text. What begins before `told` was told by the part before.
pub(super) fn step(rest: &str, told: usize, mut find: impl FnMut(&str) -> Vec<Hit>) -> Step {
    let end = part_end(rest);
    let next = (end < rest.len()).then(|| overlap_start(rest, end));
    // What begins in the first half of the overlap is this part's to tell, the rest the next one's: so each of them sees some
    // words around what it tells.
    let upto = next.map_or(end, |next| rest.floor_char_boundary(next.midpoint(end)));
    let mut hits = find(&rest[..end]);
    hits.retain(|hit| (told..upto).contains(&hit.span.start));
    // What is longer than any identifier ends here, or it would cover what the next part has to tell.
    if let Some(last) = hits.last_mut().filter(|last| last.span.len() > OVERLAP) {
        last.span.end = last.span.end.min(upto);
    }
    let last = hits.last().map_or(0, |hit| hit.span.end);
    Step { hits, next, told: last.max(upto).max(told) }
}

/// Where a part ends: behind a line, else behind a word, else anywhere between characters.
fn part_end(text: &str) -> usize {
    if text.len() <= PART {
        return text.len();
    }
    let most = text.ceil_char_boundary(PART);
    let window = text.get(PART / 2..most).or_else(|| text.get(..most)).unwrap_or_default();
    let base = most - window.len();
    let cut = window.rfind('\n').or_else(|| window.rfind(' ')).map(|at| base + at + 1);
    cut.unwrap_or(most)
}

/// Where the next part begins: a little before the end of the last.
fn overlap_start(text: &str, end: usize) -> usize {
    let earliest = end.saturating_sub(OVERLAP).max(1);
    let earliest = text.ceil_char_boundary(earliest);
    // Where blanks are rare, the only one may stand inside of what is to be found: half of the overlap is always kept.
    let half = text.ceil_char_boundary(earliest.midpoint(end));
    let window = text.get(earliest..half).unwrap_or_default();
    window.find([' ', '\n']).map_or(earliest, |at| earliest + at + 1)
}

/// The part of a stream that is in memory.
pub(super) struct Window<'a> {
    input: &'a mut dyn Read,
    text: String,
    /// The beginning of a character whose end was not read yet.
    cut: Vec<u8>,
    ended: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(input: &'a mut dyn Read) -> Self {
        Self { input, text: String::new(), cut: Vec::new(), ended: false }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Reads on until more than a part is there, or the end. The text is empty only at the end.
    pub(super) fn fill(&mut self) -> io::Result<&str> {
        let mut buffer = [0; 1 << 16];
        while !self.ended && self.text.len() <= PART + OVERLAP {
            match self.input.read(&mut buffer) {
                Ok(0) => self.ended = true,
                Ok(count) => self.cut.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            self.take_whole_characters()?;
        }
        Ok(&self.text)
    }

    fn take_whole_characters(&mut self) -> io::Result<()> {
        let (sound, wrong) = match std::str::from_utf8(&self.cut) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || self.ended),
        };
        if wrong {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let text = self.cut.drain(..sound).collect();
        self.text.push_str(&String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData)?);
        Ok(())
    }

    /// Forgets the beginning of the text.
    pub(super) fn leave(&mut self, count: usize) {
        self.text.drain(..count);
    }
}
