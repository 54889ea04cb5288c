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
            let cut = if self.ended { self.rest.len() } else { last_end(&self.rest, self.delimiter) };
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

/// The offset behind the last line end that ends a record; 0 when there is none.
fn last_end(text: &[u8], delimiter: u8) -> usize {
    if memchr::memchr(b'"', text).is_none() {
        return memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
    }
    let (mut end, mut at, mut at_start) = (0, 0, true);
    while at < text.len() {
        if at_start && text[at] == b'"' {
            let Some(closed) = quoted_end(text, at + 1) else { return end };
            (at, at_start) = (closed, false);
            continue;
        }
        match memchr::memchr3(delimiter, b'\n', b'"', &text[at..]) {
            None => return end,
            Some(step) => {
                at += step;
                match text[at] {
                    b'\n' => (at_start, end) = (true, at + 1),
                    b'"' => at_start = at_start && step == 0,
                    _ => at_start = true,
                }
                at += usize::from(!(text[at] == b'"' && at_start));
            }
        }
    }
    end
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
        for (text, expected) in cases {
            assert_eq!(last_end(text.as_bytes(), b','), expected, "{text:?}");
        }
    }
}
