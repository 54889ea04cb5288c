//! PNG: chunks by an allow-list. Portable Network Graphics (PNG) Specification (Third Edition), W3C.

use super::{Cleaned, Refused, be32};

/// Chunks that are needed to show the picture: the picture, its colours, its size in print, its frames.
const KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD",
    b"acTL", b"fcTL", b"fdAT", b"cICP",
];

const SIGNATURE: usize = 8;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let mut out = bytes.get(..SIGNATURE).ok_or(Refused::Broken("it is too short"))?.to_vec();
    let (mut at, mut size) = (SIGNATURE, None);
    loop {
        let short = Refused::Broken("it ends in the middle");
        let head = bytes.get(at..at + 8).ok_or(short.clone())?;
        let length = be32(head).ok_or(short.clone())? as usize;
        let end = at.checked_add(12).and_then(|end| end.checked_add(length)).ok_or(short.clone())?;
        let chunk = bytes.get(at..end).ok_or(short.clone())?;
        let name = &chunk[4..8];
        let (data, sum) = chunk[8..].split_at(length);
        if be32(sum) != Some(checksum(&chunk[4..8 + length])) {
            return Err(Refused::Broken("a part of it has another sum than it says"));
        }
        if name == b"IHDR" {
            size = be32(data).zip(data.get(4..).and_then(be32));
        }
        if at == SIGNATURE && name != b"IHDR" {
            return Err(Refused::Broken("it does not begin with its size"));
        }
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            out.extend_from_slice(chunk);
        }
        // What stands behind the end is no picture.
        if name == b"IEND" {
            return Ok((out, size));
        }
        at = end;
    }
}

/// CRC-32 as PNG uses it (ISO 3309), bit by bit from a table made once per call: pictures are few.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|at| {
        (0..8).fold(at as u32, |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
    });
    let step = |sum: u32, byte: &u8| table[((sum ^ u32::from(*byte)) & 0xff) as usize] ^ (sum >> 8);
    !bytes.iter().fold(u32::MAX, step)
}

/// Whether there is a chunk of this name anywhere, whatever stands before it: a name, the length before it and the sum
/// behind its data agree.
pub(super) fn holds(bytes: &[u8], name: &[u8; 4]) -> bool {
    memchr::memmem::find_iter(bytes, name).any(|at| {
        let length =
            at.checked_sub(4).and_then(|from| be32(bytes.get(from..)?)).map_or(usize::MAX, |n| n as usize);
        let end = (at + 4).saturating_add(length);
        let sum = bytes.get(end..).and_then(be32);
        sum.is_some() && bytes.get(at..end).map(checksum) == sum
    })
}
