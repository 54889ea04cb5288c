//! Pictures without anything but the picture.
//!
//! Files of cameras and editors carry who took them, where, with what, a small copy of the uncut picture, comments. [`clean`]
//! writes the container anew with the parts that are needed to show it and no other; [`leftovers`] reads a file by another
//! way and names what should not be in it. Formats that cannot be cleaned are refused.

mod gif;
mod jpeg;
mod png;
mod svg;
mod webp;

/// A format cxbook can clean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG, also animated.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// Drawings as text.
    Svg,
}

impl Format {
    /// The format that the first bytes tell, whatever the name of the file.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => {
                let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
                let head = text.get(..text.len().min(512)).unwrap_or(text);
                (head.starts_with("<svg") || (head.starts_with('<') && head.contains("<svg")))
                    .then_some(Self::Svg)
            }
        }
    }

    /// The usual ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
        }
    }

    /// Whether it may be a photograph, on which a person could be seen.
    pub fn may_show_people(self) -> bool {
        self != Self::Svg
    }
}

/// Why a picture cannot be published, in words that end a sentence: "the picture ...".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Not one of the formats, or not what its name says.
    Format,
    /// It ends early or contradicts itself; what.
    Broken(&'static str),
    /// A photograph that only its camera's note turns upright; the note is taken away.
    Turned,
    /// A drawing with an element or attribute that is not allowed; which.
    NotAllowed(String),
}

impl Refused {
    /// What is wrong.
    pub fn words(&self) -> String {
        match self {
            Self::Format => "is of a format that cannot be cleaned".to_owned(),
            Self::Broken(what) => format!("is broken: {what}"),
            Self::Turned => "lies on its side and only a note of the camera turns it".to_owned(),
            Self::NotAllowed(what) => format!("holds {what}, which is not allowed in a drawing"),
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Format => "Save it as PNG, JPEG, WebP, GIF or plain SVG.",
            Self::Broken(_) => "Open it in a picture editor and save it again.",
            Self::Turned => "Turn it in a picture editor and save it, so that it is upright by itself.",
            Self::NotAllowed(_) => "Save it as plain SVG, or as PNG.",
        }
    }
}

/// A picture as it may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// Its format.
    pub format: Format,
    /// The container written anew.
    pub bytes: Vec<u8>,
    /// Width and height in pixels, where the container says so.
    pub size: Option<(u32, u32)>,
}

/// Writes a picture anew without anything but the picture.
///
/// # Errors
/// Why it cannot be published.
pub fn clean(bytes: &[u8]) -> Result<Clean, Refused> {
    let format = Format::of(bytes).ok_or(Refused::Format)?;
    let (bytes, size) = match format {
        Format::Png => png::clean(bytes)?,
        Format::Jpeg => jpeg::clean(bytes)?,
        Format::WebP => webp::clean(bytes)?,
        Format::Gif => gif::clean(bytes)?,
        Format::Svg => svg::clean(bytes)?,
    };
    match leftovers(&bytes) {
        found if found.is_empty() => Ok(Clean { format, bytes, size }),
        _ => Err(Refused::Broken("something in it could not be taken out")),
    }
}

/// What a published picture must not hold, found by looking for the marks of notes anywhere in the bytes rather than by
/// reading the container.
pub fn leftovers(bytes: &[u8]) -> Vec<&'static str> {
    const MARKS: [(&[u8], &str); 6] = [
        (b"Exif\0\0", "notes of a camera"),
        (b"http://ns.adobe.com/xap/", "notes of an editor"),
        (b"<x:xmpmeta", "notes of an editor"),
        (b"<?xpacket", "notes of an editor"),
        (b"Photoshop 3.0", "notes of an editor"),
        (b"<!ENTITY", "an entity"),
    ];
    let there = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    let marks = MARKS.iter().filter(|(mark, _)| there(mark)).map(|(_, what)| *what);
    let chunks =
        [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"].into_iter().filter(|name| png::holds(bytes, name));
    let mut found: Vec<&'static str> = marks.chain(chunks.map(|_| "a text")).collect();
    found.dedup();
    found
}

/// Reads a big-endian number of four bytes.
fn be32(bytes: &[u8]) -> Option<u32> {
    bytes.get(..4)?.try_into().ok().map(u32::from_be_bytes)
}

/// Reads a little-endian number of four bytes.
fn le32(bytes: &[u8]) -> Option<u32> {
    bytes.get(..4)?.try_into().ok().map(u32::from_le_bytes)
}

/// Bytes and size of a cleaned picture.
type Cleaned = (Vec<u8>, Option<(u32, u32)>);

#[cfg(test)]
mod tests;
