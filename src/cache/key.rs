//! What a site is made from, as one digest.

use std::io;

use rayon::prelude::*;

use crate::config;
use crate::output::{sha256, sha256_of};
use crate::pipeline::Options;
use crate::source::{Content, SourcePath, Sources};

/// SHA-256 of all that can change a byte of a site or a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key of a book and what the run is told besides, made into a site by a program, of which `program` is the file. The
    /// date of the run is part of it only where nothing else says which date the book speaks for.
    ///
    /// # Errors
    /// When a large table cannot be read.
    pub fn of(program: &[u8], sources: &Sources, options: &Options) -> io::Result<Self> {
        let Options { edition, drafts, as_of, today, site_url, within } = options;
        let as_of = as_of.or_else(|| config::load(sources).value.as_of).unwrap_or(*today);
        let mut all = format!("{}\n", sha256(program));
        all += &format!("{:?}\n", (edition, drafts, as_of, site_url, within));
        let files: Vec<(&SourcePath, &Content)> = sources.iter().collect();
        let lines = files.par_iter().map(|(path, content)| Ok(format!("{path:?} {}\n", what(content)?)));
        for line in lines.collect::<io::Result<Vec<String>>>()? {
            all += &line;
        }
        Ok(Self(sha256(all.as_bytes())))
    }

    /// As lower-case hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text looks like a key.
    pub(super) fn is_like(text: &str) -> bool {
        text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    }
}

fn what(content: &Content) -> io::Result<String> {
    Ok(match content {
        Content::Bytes(bytes) => sha256(bytes),
        // Kept apart: how large tables are read is another way, and says other things.
        Content::Stream(stream) => format!("table {}", sha256_of(&mut stream.open()?)?),
        other => format!("{other:?}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;
    use crate::source::Stream;

    fn options() -> Options {
        let today = Date::new(2026, 10, 15).unwrap();
        Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None }
    }

    fn key(program: &[u8], files: &[(&str, &str)], options: &Options) -> Key {
        Key::of(program, &files.iter().copied().collect(), options).unwrap()
    }

    #[test]
    fn all_that_can_change_a_byte_changes_it() {
        let book = [("book.toml", ""), ("content/a.md", "a")];
        let plain = key(b"1", &book, &options());
        assert_eq!(plain, key(b"1", &book, &options()));
        assert!(Key::is_like(plain.as_str()) && !Key::is_like("a") && !Key::is_like(&"g".repeat(64)));
        let date = Date::new(2026, 10, 16).unwrap();
        let options_of = |change: &dyn Fn(&mut Options)| {
            let mut options = options();
            change(&mut options);
            options
        };
        let mut keys = vec![
            plain,
            key(b"2", &book, &options()),
            key(b"1", &book[..1], &options()),
            key(b"1", &[book[0], ("content/a.md", "b")], &options()),
            key(b"1", &[book[0], ("content/b.md", "a")], &options()),
            key(b"1", &[book[0], ("content/a.md", "a"), ("content/b.md", "")], &options()),
            key(b"1", &book, &options_of(&|options| options.edition = Some("2026-q3".into()))),
            key(b"1", &book, &options_of(&|options| options.drafts = true)),
            key(b"1", &book, &options_of(&|options| options.as_of = Some(date))),
            key(b"1", &book, &options_of(&|options| options.site_url = Some("https://a.example/".into()))),
        ];
        let many = keys.len();
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        keys.dedup();
        assert_eq!(keys.len(), many);
    }

    #[test]
    fn the_date_of_the_run_counts_where_nothing_says_another() {
        let tomorrow = Options { today: Date::new(2026, 10, 16).unwrap(), ..options() };
        let open = [("book.toml", "")];
        assert_ne!(key(b"1", &open, &options()), key(b"1", &open, &tomorrow));
        let fixed = [("book.toml", "[cx]\nas-of = \"2026-10-15\"\n")];
        assert_eq!(key(b"1", &fixed, &options()), key(b"1", &fixed, &tomorrow));
    }

    #[test]
    fn large_tables_are_read() {
        let of = |text: &'static str| {
            let mut sources = Sources::default();
            sources
                .insert("content/a.csv", Content::Stream(Stream::new(move || Ok(Box::new(text.as_bytes())))));
            Key::of(b"1", &sources, &options()).unwrap()
        };
        assert_eq!(of("a,b"), of("a,b"));
        assert_ne!(of("a,b"), of("a,c"));
        let mut gone = Sources::default();
        gone.insert("content/a.csv", Content::Stream(Stream::new(|| Err(io::ErrorKind::NotFound.into()))));
        assert!(Key::of(b"1", &gone, &options()).is_err());
    }
}
