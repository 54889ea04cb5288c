//! GIF: blocks by an allow-list. GIF89a Specification, CompuServe 1990.

use super::{Cleaned, Refused};

const SHORT: Refused = Refused::Broken("it ends in the middle");

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let head = bytes.get(..13).ok_or(SHORT)?;
    let size = Some((
        u32::from(u16::from_le_bytes([head[6], head[7]])),
        u32::from(u16::from_le_bytes([head[8], head[9]])),
    ));
    let mut at = 13 + table(head[10]);
    let mut out = bytes.get(..at).ok_or(SHORT)?.to_vec();
    loop {
        match *bytes.get(at).ok_or(SHORT)? {
            0x3b => {
                out.push(0x3b);
                return Ok((out, size));
            }
            0x2c => {
                let descriptor = bytes.get(at..at + 10).ok_or(SHORT)?;
                let data = at + 10 + table(descriptor[9]) + 1;
                let end = blocks_end(bytes, data)?;
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            0x21 => {
                let label = *bytes.get(at + 1).ok_or(SHORT)?;
                let end = blocks_end(bytes, at + 2)?;
                let loops = label == 0xff && bytes[at + 2..end].starts_with(b"\x0bNETSCAPE2.0");
                // Timing of a frame and how often to repeat; comments, plain texts and other programs' notes go.
                if label == 0xf9 || (loops && end - at == 19) {
                    out.extend_from_slice(&bytes[at..end]);
                }
                at = end;
            }
            _ => return Err(Refused::Broken("a part of it has no kind")),
        }
    }
}

/// Bytes of the table of colours that flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Behind a run of sub-blocks.
fn blocks_end(bytes: &[u8], mut at: usize) -> Result<usize, Refused> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or(SHORT)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
