//! WebP: chunks by an allow-list. WebP Container Specification; RIFF.

use super::{Cleaned, Refused, le32};

/// Flags of the header for notes: XMP and Exif.
const NOTES: u8 = 0b0000_1100;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let said = bytes.get(4..).and_then(le32).ok_or(Refused::Broken("it is too short"))? as usize;
    let end = said.checked_add(8).filter(|end| *end <= bytes.len());
    let body = bytes.get(12..end.ok_or(Refused::Broken("it ends in the middle"))?);
    let body = body.ok_or(Refused::Broken("it is too short"))?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut size = None;
    let kept = chunks(body, &mut |name, data, out| match name {
        b"VP8X" if data.len() >= 10 => {
            let three = |at: usize| {
                1 + (u32::from(data[at]) | u32::from(data[at + 1]) << 8 | u32::from(data[at + 2]) << 16)
            };
            size = Some((three(4), three(7)));
            let mut data = data.to_vec();
            data[0] &= !NOTES;
            chunk(out, name, &data);
            Ok(())
        }
        b"ANMF" if data.len() >= 16 => {
            let mut frame = data[..16].to_vec();
            frame.extend(chunks(&data[16..], &mut |name, data, out| {
                if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
                    chunk(out, name, data);
                }
                Ok(())
            })?);
            chunk(out, name, &frame);
            Ok(())
        }
        b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ICCP" => {
            chunk(out, name, data);
            Ok(())
        }
        _ => Ok(()),
    })?;
    if kept.is_empty() {
        return Err(Refused::Broken("it holds no picture"));
    }
    out.extend(kept);
    let length = u32::try_from(out.len() - 8).map_err(|_| Refused::Broken("it is too long"))?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok((out, size))
}

type Each<'a> = dyn FnMut(&[u8; 4], &[u8], &mut Vec<u8>) -> Result<(), Refused> + 'a;

/// Hands each chunk to `each`, which writes what is kept.
fn chunks(body: &[u8], each: &mut Each<'_>) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    let mut rest = body;
    while rest.len() >= 8 {
        let name: &[u8; 4] = rest[..4].try_into().map_err(|_| Refused::Broken("a part of it has no name"))?;
        let length = le32(&rest[4..]).unwrap_or(u32::MAX) as usize;
        let data =
            rest.get(8..8usize.saturating_add(length)).ok_or(Refused::Broken("it ends in the middle"))?;
        each(name, data, &mut out)?;
        rest = rest.get(8 + length + length % 2..).unwrap_or(&[]);
    }
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}
