//! Every file of a published site with its SHA-256, as `sha256sum -c` reads it.

use std::collections::BTreeMap;

/// Digests by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing(BTreeMap<String, String>);

impl Listing {
    /// Reads a listing. Nothing is guessed: a line that is not as we write it is damage.
    ///
    /// # Errors
    /// Which line, from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let wrong = |why: &str| format!("line {} {why}", number + 1);
            let (digest, path) = line.split_once("  ").ok_or_else(|| wrong("has no digest"))?;
            if !is_digest(digest) {
                return Err(wrong("has no SHA-256"));
            }
            if !is_safe_path(path) {
                return Err(wrong("names a file that cannot be published"));
            }
            if files.insert(path.to_owned(), digest.to_owned()).is_some() {
                return Err(wrong("names a file twice"));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            return Err("the last line is cut off".to_owned());
        }
        Ok(Self(files))
    }

    /// The listing as text, sorted by path.
    pub fn text(&self) -> String {
        self.0.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
    }

    /// Adds a file or changes its digest.
    pub fn insert(&mut self, path: String, digest: String) {
        self.0.insert(path, digest);
    }

    /// The digest of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths and digests, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, digest)| (path.as_str(), digest.as_str()))
    }

    /// Files of a folder, with their path below it.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let start = format!("{folder}/");
        let length = start.len();
        let from = self.0.range(start.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&start))
            .map(move |(path, digest)| (&path[length..], digest.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether a path stays below the folder it is put in, on every kind of disk, and can be written in a line.
pub fn is_safe_path(path: &str) -> bool {
    let part_is_safe = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && !part.chars().any(|sign| sign.is_control() || "\\:*?\"<>|".contains(sign))
    };
    path.len() <= 1000 && path.split('/').all(part_is_safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_as_it_was_written() {
        let mut listing = Listing::default();
        for path in ["a/b.html", "a.html", "größe/x.html", "a/b c.html"] {
            listing.insert(path.to_owned(), crate::output::sha256(path.as_bytes()));
        }
        assert_eq!(Listing::parse(&listing.text()), Ok(listing.clone()));
        assert_eq!(listing.below("a").map(|(path, _)| path).collect::<Vec<_>>(), ["b c.html", "b.html"]);
        assert_eq!(Listing::parse(""), Ok(Listing::default()));
    }

    #[test]
    fn damage_is_not_read() {
        let digest = "a".repeat(64);
        for (text, why) in [
            (format!("{digest}  a.html"), "cut off"),
            (format!("{digest}  ../a\n"), "line 1 names"),
            (format!("{digest}  /a\n"), "line 1 names"),
            (format!("{digest}  .cx/a\n"), "line 1 names"),
            (format!("{digest}  a\\b\n"), "line 1 names"),
            (format!("{digest}  a\n{digest}  a\n"), "line 2 names a file twice"),
            (format!("{}  a\n", "A".repeat(64)), "SHA-256"),
            ("a.html\n".to_owned(), "no digest"),
            (format!("{digest}  a\n\n"), "line 2"),
        ] {
            assert!(Listing::parse(&text).unwrap_err().contains(why), "{text}");
        }
    }
}
