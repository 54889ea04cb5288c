//! The finished site: sorted paths and their bytes, and a manifest of them.
//!
//! `build` writes it to a folder; other commands serve or publish the same value.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The files of a site. Paths use `/` and never begin with one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, Arc<Vec<u8>>>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u8,
    generator: &'a str,
    files: BTreeMap<&'a str, Entry>,
}

#[derive(Serialize)]
struct Entry {
    bytes: usize,
    sha256: String,
}

impl Output {
    /// Adds a file. Gives the path back when there is one already: two pages at one route are the caller's finding.
    ///
    /// # Errors
    /// The path, when it is taken.
    pub fn insert(&mut self, path: String, bytes: impl Into<Arc<Vec<u8>>>) -> Result<(), String> {
        if self.files.contains_key(&path) {
            return Err(path);
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The bytes at a path.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| bytes.as_slice())
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The manifest: size and SHA-256 of every file, as JSON with sorted keys.
    pub fn manifest(&self) -> String {
        let files = self
            .files
            .par_iter()
            .map(|(path, bytes)| (path.as_str(), Entry { bytes: bytes.len(), sha256: sha256(bytes) }));
        let generator = concat!("cxbook ", env!("CARGO_PKG_VERSION"));
        let manifest = Manifest { schema: 1, generator, files: files.collect() };
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// SHA-256 of some bytes in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of all that can be read.
///
/// # Errors
/// When it cannot be read to its end.
pub fn sha256_of(reader: &mut dyn Read) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(hexadecimal(&digest.finalize())),
            Ok(count) => digest.update(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The same of what a template would see, as JSON says it; `None` of what JSON cannot say.
pub fn sha256_of_view(view: &impl Serialize) -> Option<String> {
    let mut digest = BufWriter::new(Digester(Sha256::new()));
    serde_json::to_writer(&mut digest, view).ok()?;
    Some(hexadecimal(&digest.into_inner().ok()?.0.finalize()))
}

struct Digester(Sha256);

impl Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_digest_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn refuses_a_second_file_at_one_path() {
        let mut output = Output::default();
        assert!(output.insert("a.html".into(), vec![1]).is_ok());
        assert_eq!(output.insert("a.html".into(), vec![2]), Err("a.html".to_owned()));
        assert_eq!(output.get("a.html"), Some(&[1][..]));
    }
}
