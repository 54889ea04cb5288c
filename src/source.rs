//! What the author wrote: the files of a book as bytes with their paths, sorted, without meaning.
//!
//! `system` fills it from a disk, tests fill it by hand. Everything above works on this value alone, so the rest of the
//! program never knows where a file came from.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::ops::Bound;
use std::sync::Arc;
use std::time::SystemTime;

/// A path inside the book, relative to the folder of `book.toml`, with `/` between its parts on every system.
pub type SourcePath = Arc<str>;

/// A large table that is read as a stream, as often as it is needed.
#[derive(Clone)]
pub struct Stream {
    open: Arc<Open>,
    /// Size and time of the last change, where the disk says them.
    stamp: Option<(u64, SystemTime)>,
}

/// Opens a stream at its beginning.
type Open = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

impl Stream {
    /// A stream that `open` opens at its beginning.
    pub fn new(open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static) -> Self {
        Self { open: Arc::new(open), stamp: None }
    }

    /// The same with its file's size and the time of its last change.
    #[must_use]
    pub fn stamped(self, size: u64, changed: Option<SystemTime>) -> Self {
        Self { stamp: changed.map(|changed| (size, changed)), ..self }
    }

    /// Whether the disk says the same of both files.
    fn is_alike(&self, other: &Self) -> bool {
        self.stamp.is_some() && self.stamp == other.stamp
    }

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        (self.open)()
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

/// Two streams are the same only when they are one.
impl PartialEq for Stream {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.open, &other.open)
    }
}

impl Eq for Stream {}

/// What was found at one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An ordinary file.
    Bytes(Arc<[u8]>),
    /// A table too large to keep in memory.
    Stream(Stream),
    /// A file that was not read because it is larger than [`Sources::MOST_BYTES`]; its size in bytes.
    TooLarge(u64),
    /// A symbolic link. It is never followed: it could lead out of the book.
    Link,
    /// A file the system would not let us read, with its words for why.
    Unreadable(String),
}

impl Content {
    fn is_alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stream(now), Self::Stream(was)) => now.is_alike(was),
            (Self::Bytes(now), Self::Bytes(was)) => Arc::ptr_eq(now, was) || now == was,
            (now, was) => now == was,
        }
    }
}

/// All files of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<SourcePath, Content>,
}

impl Sources {
    /// Files above this size are reported, not read: a book is made of texts and exports, and a slip such as a copied
    /// database dump should not take the machine's memory with it.
    pub const MOST_BYTES: u64 = 128 * 1024 * 1024;

    /// Adds a file, or replaces the one of the same path.
    pub fn insert(&mut self, path: impl Into<SourcePath>, content: Content) {
        self.files.insert(path.into(), content);
    }

    /// Adds an ordinary file.
    pub fn insert_text(&mut self, path: &str, text: &str) {
        self.insert(path, Content::Bytes(Arc::from(text.as_bytes())));
    }

    /// Takes a file out; nothing happens when it is not there.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// Takes over from an earlier reading what is the same, so that both share one value. A stream is the same when its size and
    /// time are, unless it was `touched`.
    pub fn share(&mut self, before: &Self, touched: impl Fn(&str) -> bool) {
        for (path, content) in &mut self.files {
            let Some(was) = before.files.get(path) else { continue };
            let is_touched = matches!(content, Content::Stream(_)) && touched(path);
            if content.is_alike(was) && !is_touched {
                content.clone_from(was);
            }
        }
    }

    /// Whether any file is another than in `other`, without those that `known` names. Streams of the same size and time are the same.
    pub fn differ(&self, other: &Self, known: impl Fn(&str) -> bool) -> bool {
        let is_other = |path: &SourcePath, was: &Content| {
            let now = self.files.get(path);
            !now.is_some_and(|now| now.is_alike(was)) && !known(path)
        };
        let is_new = |path: &SourcePath| !other.files.contains_key(path) && !known(path);
        other.files.iter().any(|(path, was)| is_other(path, was)) || self.files.keys().any(is_new)
    }

    /// What is at `path`.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// The bytes of an ordinary file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        match self.files.get(path) {
            Some(Content::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// The text of an ordinary file in UTF-8, without a byte-order mark.
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.bytes(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Content)> {
        self.files.iter()
    }

    /// The files below a folder, in the order of their paths. `folder` has no slash at its end.
    pub fn below<'a>(
        &'a self,
        folder: &str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Content)> + use<'a> {
        let prefix = format!("{folder}/");
        let from = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).take_while(move |(path, _)| path.starts_with(&prefix))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Sources {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            sources.insert_text(path, text);
        }
        sources
    }
}

/// Whether bytes begin like a document of an office program or a PDF, whatever its name says.
pub fn is_office_document(bytes: &[u8]) -> bool {
    let beginnings: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF"];
    beginnings.iter().any(|beginning| bytes.starts_with(beginning))
}

/// A relative path joined to a folder of the book; `None` when it climbs out of the book.
///
/// ```
/// assert_eq!(cxbook::source::join("a/b", "../c/./d.md").as_deref(), Some("a/c/d.md"));
/// assert_eq!(cxbook::source::join("a", "../../x"), None);
/// ```
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Undoes percent-encoding; what is not valid stays as it is.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let hex = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The path below the book of a file that a page names beside itself, such as a picture. It must lie in the folder `root`.
///
/// # Errors
/// Where it lies instead, in words.
pub fn named_from(page: &str, target: &str, root: &str) -> Result<String, &'static str> {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if scheme || target.starts_with("//") {
        return Err("on another computer");
    }
    let target = decode(target.split(['?', '#']).next().unwrap_or(target));
    let here = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inside = |path: &String| path.starts_with(&format!("{root}/"));
    let path = if target.starts_with('/') { None } else { join(here, &target).filter(inside) };
    path.ok_or("outside of the book")
}
