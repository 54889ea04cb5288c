//! From the bytes of an export to UTF-8, as a stream.
//!
//! A byte-order mark decides; without one, zero bytes in every second place mean UTF-16, and what is not UTF-8 is taken for
//! Windows-1252, which spreadsheets write where nobody asked for anything else.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the bytes of an export stand for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// The Windows code page of western Europe and America.
    Windows1252,
}

/// The encoding that the first bytes of a file tell, UTF-8 when they tell nothing, and the length of the mark.
pub(super) fn detect(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ => (without_mark(head), 0),
    }
}

fn without_mark(head: &[u8]) -> Encoding {
    let pairs: Vec<&[u8]> = head.chunks_exact(2).take(512).collect();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0).count();
    let most = pairs.len() * 4 / 10;
    match (zeros(0), zeros(1)) {
        (0, second) if second > most && second > 0 => Encoding::Utf16Le,
        (first, 0) if first > most && first > 0 => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    }
}

/// A stream of valid UTF-8.
pub(super) struct Decoded {
    reader: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes of `raw` that wait for the rest of their character.
    waiting: usize,
    /// Line ends met so far.
    lines: u64,
    ended: bool,
}

/// Why a stream cannot go on.
#[derive(Debug)]
pub(super) enum Fault {
    /// The bytes are not UTF-8 from this line on: the file must be read again as something else.
    NotUtf8(u64),
    /// The disk.
    Disk(io::Error),
}

/// How much is read at once.
const BLOCK: usize = 1 << 20;

impl Decoded {
    /// Reads `reader` as `encoding`; a mark of `mark` bytes at its beginning is skipped.
    pub(super) fn new(mut reader: Box<dyn Read + Send>, encoding: Encoding, mark: usize) -> io::Result<Self> {
        let mut skipped = vec![0; mark];
        reader.read_exact(&mut skipped)?;
        let decoder = match encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
        };
        Ok(Self { reader, decoder, raw: vec![0; BLOCK], waiting: 0, lines: 0, ended: false })
    }

    /// Adds the next piece of text to `text`; false at the end.
    pub(super) fn read_into(&mut self, text: &mut Vec<u8>) -> Result<bool, Fault> {
        if self.ended {
            return Ok(false);
        }
        let read = self.reader.read(&mut self.raw[self.waiting..]).map_err(Fault::Disk)?;
        self.ended = read == 0;
        let there = self.waiting + read;
        match &mut self.decoder {
            None => {
                let before = text.len();
                let taken = take_utf8(&mut self.raw, there, self.ended, text);
                self.lines += memchr::memchr_iter(b'\n', &text[before..]).count() as u64;
                self.waiting = taken.map_err(|()| Fault::NotUtf8(self.lines + 1))?;
            }
            Some(decoder) => {
                let room = decoder.max_utf8_buffer_length(there).unwrap_or(there * 4 + 16);
                let mut piece = String::with_capacity(room);
                let (_, taken, _) = decoder.decode_to_string(&self.raw[..there], &mut piece, self.ended);
                text.extend_from_slice(piece.as_bytes());
                self.raw.copy_within(taken..there, 0);
                self.waiting = there - taken;
            }
        }
        Ok(!self.ended)
    }
}

/// Moves whole characters to `text`; returns how many bytes wait for the rest of theirs.
fn take_utf8(raw: &mut [u8], there: usize, ended: bool, text: &mut Vec<u8>) -> Result<usize, ()> {
    let (valid, broken) = match std::str::from_utf8(&raw[..there]) {
        Ok(_) => (there, false),
        Err(error) => (error.valid_up_to(), error.error_len().is_some() || ended),
    };
    text.extend_from_slice(&raw[..valid]);
    if broken {
        return Err(());
    }
    raw.copy_within(valid..there, 0);
    Ok(there - valid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<String> {
        let (encoding, mark) = detect(bytes);
        let read = |encoding, mark| {
            let mut decoded = Decoded::new(Box::new(io::Cursor::new(bytes.to_vec())), encoding, mark).ok()?;
            let mut text = Vec::new();
            while decoded.read_into(&mut text).ok()? {}
            String::from_utf8(text).ok()
        };
        read(encoding, mark).or_else(|| read(Encoding::Windows1252, 0))
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let words = "größe,café\n1,2\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let latin: Vec<u8> = words.chars().map(|c| c as u8).collect();
        for bytes in [
            words.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", words.as_bytes()].concat(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
            [&[0xff, 0xfe][..], &utf16(u16::to_le_bytes)].concat(),
            [&[0xfe, 0xff][..], &utf16(u16::to_be_bytes)].concat(),
            latin,
        ] {
            assert_eq!(text(&bytes).as_deref(), Some(words));
        }
        assert_eq!(text(b"").as_deref(), Some(""));
    }
}
