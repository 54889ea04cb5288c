//! The second look: every byte of a finished site, read by another reader than the one that wrote it.
//!
//! The first look reads what an author wrote, field by field; a field nobody thought of would be missed. This one knows no
//! fields. It takes the files apart by what they are (`form`), shows every text in them to the detectors (`sieve`), and
//! lets pass only what the book may say of itself (`own`). What it finds is an error, and nothing is written.

mod form;
mod markup;
mod origin;
mod own;
mod script;
mod sieve;
mod style;
mod table;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::detect::{Kind, Policy, Scanner};
use super::{Memo, PublicBook};
use crate::diag::{Finding, Place, checks};
use crate::model::capital;
use crate::output::Output;
use crate::source::Sources;
use form::Form;
use own::Own;
pub(super) use sieve::Clean;
use sieve::{Found, Sieve, Slot};

/// Reads a finished site again. Any finding is an error.
pub fn check(output: &Output, book: &PublicBook, sources: &Sources) -> Vec<Finding> {
    Look::new(output, book, sources, &Memo::new(false)).at_all()
}

/// The second look at a site, file by file as they are made.
pub struct Look<'a> {
    output: &'a Output,
    book: &'a PublicBook,
    sources: &'a Sources,
    memo: &'a Memo,
    own: OnceLock<Own<'a>>,
}

impl<'a> Look<'a> {
    /// `output` says which files the site has. Of those that are not made yet it may hold the paths alone.
    pub fn new(output: &'a Output, book: &'a PublicBook, sources: &'a Sources, memo: &'a Memo) -> Self {
        Self { output, book, sources, memo, own: OnceLock::new() }
    }

    /// Reads all files again. Any finding is an error.
    pub fn at_all(&self) -> Vec<Finding> {
        let files: Vec<(&str, &[u8])> = self.output.iter().collect();
        self.at(&files)
    }

    /// Reads some of the files again. Any finding is an error.
    pub fn at(&self, files: &[(&str, &[u8])]) -> Vec<Finding> {
        let policy = self.book.policy();
        let (mut found, refused) = read_all(files, policy, self.memo);
        let mut scanner = Scanner::new(policy);
        let mut findings: Vec<Finding> = refused
            .into_iter()
            .map(|(path, why)| {
                let message = format!("{} {why}", named(path, &mut scanner));
                let help = "Publish pages, pictures (PNG, JPEG, WebP, GIF, SVG), tables as CSV, styles, scripts and texts.";
                Finding::new(&checks::OUTPUT_UNREAD, message).help(help)
            })
            .collect();
        if !found.is_empty() {
            let own = self.own.get_or_init(|| Own::of(self.output, self.book));
            found.retain(|found| !own.may_say(found, &mut scanner));
            let content = &self.book.config().src;
            let place =
                |value: &str, scanner: &mut Scanner<'_>| origin::place(self.sources, content, value, scanner);
            findings.extend(tell(&found, place, &mut scanner));
        }
        findings
    }
}

/// The folder of the search index.
const SEARCH: &str = "search/";

type Refused<'a> = (&'a str, String);

/// Everything found in all files, in their order, and files that cannot be read. Files are read side by side; every worker
/// remembers what it has read.
fn read_all<'a>(
    files: &[(&'a str, &'a [u8])],
    policy: &Policy,
    memo: &Memo,
) -> (Vec<Found<'a>>, Vec<Refused<'a>>) {
    // Two parts per worker: fewer, and one waits for the other; more, and each reads the menu again.
    let part = files.len().div_ceil(2 * rayon::current_num_threads()).max(1);
    let shared = memo.shared(policy);
    let parts: Vec<(Vec<Found<'a>>, Vec<Refused<'a>>)> = files
        .par_chunks(part)
        .map(|files| {
            let mut sieve = Sieve::new(Scanner::new(policy), memo.clean(&shared));
            let refused = files.iter().filter_map(|(path, bytes)| read(path, bytes, &mut sieve).err());
            let refused = refused.collect();
            let (found, clean) = sieve.done();
            memo.keep_clean(&shared, clean);
            (found, refused)
        })
        .collect();
    let mut all = (Vec::new(), Vec::new());
    for (found, refused) in parts {
        all.0.extend(found);
        all.1.extend(refused);
    }
    all
}

/// Reads one file.
fn read<'a>(path: &'a str, bytes: &[u8], sieve: &mut Sieve<'a, '_>) -> Result<(), Refused<'a>> {
    sieve.path = path;
    for name in path.split('/') {
        sieve.take(Slot::Name, name);
        sieve.take(Slot::Name, &in_words(name));
        sieve
            .take(Slot::Name, &name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['-', '_'], " "));
    }
    match form::of(path, bytes).map_err(|why| (path, why))? {
        Form::Markup(text) => markup::read(text, sieve),
        Form::Style(text) => style::read(text, sieve),
        Form::Script(text) => script::read(text, sieve),
        Form::Data(text) => script::data(text, sieve),
        Form::Table(text) => table::read(text, sieve),
        Form::Plain(text) => sieve.take(Slot::Text, text),
        Form::Picture | Form::Font => {}
    }
    Ok(())
}

/// One finding for each thing found, however many files hold it.
fn tell(
    found: &[Found<'_>],
    place: impl Fn(&str, &mut Scanner<'_>) -> Option<Place>,
    scanner: &mut Scanner<'_>,
) -> Vec<Finding> {
    let mut same: BTreeMap<(&str, Kind), Vec<&Found<'_>>> = BTreeMap::new();
    for one in found {
        same.entry((one.value.as_str(), one.kind)).or_default().push(one);
    }
    let say = |((value, kind), mut places): ((&str, Kind), Vec<&Found<'_>>)| {
        // The search index repeats what stands on a page; an author knows the page.
        places.sort_by_key(|found| found.path.starts_with(SEARCH));
        let first = places.first()?;
        let mut files: Vec<&str> = places.iter().map(|found| found.path).collect();
        files.dedup();
        let more = match files.len() - 1 {
            0 => String::new(),
            1 => " and one more file".to_owned(),
            more => format!(" and {more} more files"),
        };
        let Found { path, slot, mask, .. } = first;
        let message = format!(
            "{slot} of {}{more} holds what looks like {}: {mask}",
            named(path, scanner),
            kind.words()
        );
        let help =
            "Take it out of the book or put a general word in its place, such as [name] or [order number].";
        let place = place(value, scanner);
        Some(Finding::new(&checks::PRIVATE_OUTPUT, message).at(place).help(help).masked())
    };
    same.into_iter().filter_map(say).collect()
}

/// A file of the site in a message. A name that is private itself is not said.
fn named(path: &str, scanner: &mut Scanner<'_>) -> String {
    if path.split('/').all(|name| is_harmless_name(name, scanner)) {
        path.to_owned()
    } else {
        "a file of the site".to_owned()
    }
}

/// Whether a name of a file leads to nobody, as it is written and as words.
pub(super) fn is_harmless_name(name: &str, scanner: &mut Scanner<'_>) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    [name, stem, &in_words(name)].iter().all(|name| scanner.blocks(name).is_empty())
}

/// `mrs-bloggs.html` as "Mrs Bloggs": an address has neither blanks nor capitals.
fn in_words(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.split(['-', '_', ' ']).map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slot and value of everything found in a file.
    pub(super) fn found_in(path: &str, text: &str) -> Vec<(String, String)> {
        let policy = Policy::default();
        let mut sieve = Sieve::new(Scanner::new(&policy), Clean::default());
        assert_eq!(read(path, text.as_bytes(), &mut sieve), Ok(()), "{text}");
        sieve.done().0.into_iter().map(|found| (found.slot, found.value)).collect()
    }

    #[test]
    fn names_of_files_are_read() {
        assert!(!found_in("a/jo@mail.example.txt", "Words").is_empty());
        assert!(!found_in("a/mrs-bloggs.txt", "Words").is_empty());
        assert_eq!(named("a/b.txt", &mut Scanner::new(&Policy::default())), "a/b.txt");
        assert_eq!(
            named("a/jo@mail.example.txt", &mut Scanner::new(&Policy::default())),
            "a file of the site"
        );
    }
}
