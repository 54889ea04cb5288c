//! A text cut into blocks of whole records.
//!
//! A line end inside quotes does not end a record, so blocks can be read side by side only when they are cut where a record
//! ends. Most blocks hold no quotation mark and are cut at their last line end; the others are walked through.

use super::decode::{Decoded, Fault};

/// Whole records.
pub(crate) struct Block {
    /// Their text, UTF-8.
    pub(crate) text: Vec<u8>,
    /// Line of the file in which it begins, from 1.
    pub(crate) first_line: u64,
}

/// A record longer than this is no record but a quotation mark that is never closed, or no table at all.
pub(super) const LONGEST_RECORD: usize = 16 << 20;

/// Why there is no next block.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The stream.
    Fault(Fault),
    /// A record that does not end; the line it begins in.
    Endless(u64),
    /// A quotation mark that is never closed; its line.
    Unclosed(u64),
}

/// Cuts a stream.
pub(super) struct Blocks {
    stream: Decoded,
    rest: Vec<u8>,
    line: u64,
    delimiter: u8,
    ended: bool,
}

impl Blocks {
    /// Cuts `stream`, whose fields are parted by `delimiter`.
    pub(super) fn new(stream: Decoded, delimiter: u8) -> Self {
        Self { stream, rest: Vec::new(), line: 1, delimiter, ended: false }
    }

    /// The next block; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Block>, Trouble> {
        loop {
            if !self.ended {
                self.ended = !self.stream.read_into(&mut self.rest).map_err(Trouble::Fault)?;
            }
            let walk = walk(&self.rest, self.delimiter);
            if let (true, Some(open)) = (self.ended, walk.open) {
                let lines = memchr::memchr_iter(b'\n', &self.rest[..open]).count() as u64;
                return Err(Trouble::Unclosed(self.line + lines));
            }
            let cut = if self.ended { self.rest.len() } else { walk.end };
            if cut > 0 {
                let later = self.rest.split_off(cut);
                let text = std::mem::replace(&mut self.rest, later);
                let block = Block { first_line: self.line, text };
                self.line += memchr::memchr_iter(b'\n', &block.text).count() as u64;
                return Ok(Some(block));
            }
            if self.ended {
                return Ok(None);
            }
            if self.rest.len() > LONGEST_RECORD {
                return Err(Trouble::Endless(self.line));
            }
        }
    }
}

/// What a walk through a text finds.
#[derive(Debug, PartialEq, Eq)]
struct Walk {
    /// The offset behind the last line end that ends a record; 0 when there is none.
    end: usize,
    /// The offset of a quotation mark that is never closed.
    open: Option<usize>,
}

fn walk(text: &[u8], delimiter: u8) -> Walk {
    if memchr::memchr(b'"', text).is_none() {
        return Walk { end: memchr::memrchr(b'\n', text).map_or(0, |at| at + 1), open: None };
    }
    let (mut end, mut at, mut at_start) = (0, 0, true);
    while at < text.len() {
        if at_start && text[at] == b'"' {
            let Some(closed) = quoted_end(text, at + 1) else { return Walk { end, open: Some(at) } };
            (at, at_start) = (closed, false);
            continue;
        }
        let Some(step) = memchr::memchr2(delimiter, b'\n', &text[at..]) else { break };
        at += step + 1;
        at_start = true;
        if text[at - 1] == b'\n' {
            end = at;
        }
    }
    Walk { end, open: None }
}

/// The offset behind the mark that closes a quoted field; a doubled mark does not close it.
fn quoted_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr(b'"', &text[at..])? + 1;
        if text.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_only_where_a_record_ends() {
        let cases: [(&str, usize); 8] = [
            ("a,b\n1,2\n3", 8),
            ("a,\"x\ny\"\n1,\"z\n", 8),
            ("a,5\" screen\nb\n", 14),
            ("a,\"say \"\"hi\"\"\n\"\nb,", 16),
            ("no end", 0),
            ("\"never closed\n\n\n", 0),
            ("\"\",\"\"\n", 6),
            ("a\"b,\"c\nd\"\ne", 10),
        ];
        assert_eq!(walk(b"a\n1,\"x\n2\n", b','), Walk { end: 2, open: Some(4) });
        for (text, expected) in cases {
            assert_eq!(walk(text.as_bytes(), b',').end, expected, "{text:?}");
        }
    }
}
