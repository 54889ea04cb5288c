//! JPEG: segments by an allow-list. ITU-T T.81; JFIF 1.02; Exif 2.32 for the orientation.

use super::{Cleaned, Refused};

/// Segments: tables, frames, restart intervals, scans. Notes live in the others.
fn is_kept(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | 0xda | 0xdb | 0xdd)
}

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let short = Refused::Broken("it ends in the middle");
    let mut out = vec![0xff, 0xd8];
    let (mut at, mut size) = (2, None);
    loop {
        let (marker, start) = marker(bytes, at).ok_or(short.clone())?;
        match marker {
            0xd9 => {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Ok((out, size));
            }
            0xd8 | 0x01 | 0xd0..=0xd7 => {
                at = start;
                continue;
            }
            _ => {}
        }
        let length = bytes.get(start..start + 2).ok_or(short.clone())?;
        let end = start + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let data = bytes.get(start + 2..end).ok_or(short.clone())?;
        match marker {
            0xe0 if data.starts_with(b"JFIF\0") && data.len() >= 14 => {
                // Without the small copy of the picture.
                out.extend_from_slice(&[0xff, 0xe0, 0, 16]);
                out.extend_from_slice(&data[..12]);
                out.extend_from_slice(&[0, 0]);
            }
            0xe1 if data.starts_with(b"Exif\0\0") && is_turned(&data[6..]) => return Err(Refused::Turned),
            0xe2 if data.starts_with(b"ICC_PROFILE\0") => segment(&mut out, marker, data),
            0xee if data.starts_with(b"Adobe") && data.len() == 12 => segment(&mut out, marker, data),
            _ if is_kept(marker) => segment(&mut out, marker, data),
            _ => {}
        }
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) && data.len() >= 5 {
            let pair = |at: usize| u32::from(u16::from_be_bytes([data[at], data[at + 1]]));
            size = Some((pair(3), pair(1)));
        }
        at = end;
        if marker == 0xda {
            let end = scan_end(bytes, at).ok_or(short.clone())?;
            out.extend_from_slice(&bytes[at..end]);
            at = end;
        }
    }
}

/// The next marker and the offset behind it; fill bytes are passed over.
fn marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    if *bytes.get(at)? != 0xff {
        return None;
    }
    while *bytes.get(at)? == 0xff {
        at += 1;
    }
    Some((*bytes.get(at)?, at + 1))
}

/// Where the data of a scan end: at the first marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

fn segment(out: &mut Vec<u8>, marker: u8, data: &[u8]) {
    let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    out.extend_from_slice(&[0xff, marker, length[0], length[1]]);
    out.extend_from_slice(data);
}

/// Whether the orientation of a TIFF header, entry 0x0112 of its first directory, is another than upright.
fn is_turned(tiff: &[u8]) -> bool {
    orientation(tiff).is_some_and(|value| value > 1 && value <= 8)
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = tiff.get(at..at + 2)?;
        let pair = [pair[0], pair[1]];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let (low, high) = (short(4)?, short(6)?);
    let (low, high) = if little { (low, high) } else { (high, low) };
    let directory = usize::from(low) | usize::from(high) << 16;
    let entries = usize::from(short(directory)?);
    (0..entries.min(64))
        .map(|entry| directory + 2 + 12 * entry)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
}
