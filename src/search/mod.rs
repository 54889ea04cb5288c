//! The search index: sections of a site as plain data, turned into small scripts that a page loads when it needs them.
//!
//! The words are stemmed here and not in the browser: words of one stem stand in one group, and the browser looks a word up as
//! it was typed. [`words`] says what a word is, [`stem`] what belongs together, `weigh` how much a word says about a section,
//! and `chunks` cuts it all into files that also load from a folder. `themes/default/pages/search/search.js` reads them.
//! [`forget`] takes words out of an index that was built before.

mod chunks;
mod forget;
mod numbers;
mod read;
mod shown;
pub mod stem;
mod text;
mod weigh;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::memo::Kept;

pub use forget::forget;
pub use read::Read;

/// What can be found: a page down to its first heading, a section, a term, a quote, a metric, a stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Title of the page, or of the thing itself.
    pub title: String,
    /// The heading below which it stands; `None` for the beginning of a page.
    pub heading: Option<String>,
    /// Address, relative to the search page.
    pub href: String,
    /// For readers and as a filter: "Playbook".
    pub kind: String,
    /// Names of the teams it is about.
    pub teams: Vec<String>,
    /// Names of the stages it is about.
    pub stages: Vec<String>,
    /// The latest value with its base, where it is a metric: "41, based on 312 answers, Sep 2026".
    pub value: Option<String>,
    /// What stands for the title in other words: the long form of a term.
    pub also: String,
    /// The sentence that says what it is for.
    pub summary: String,
    /// A customer's words.
    pub said: String,
    /// All other words.
    pub body: String,
}

/// Ways to say one thing, such as an abbreviation, its long form and what a company calls it: who looks for one finds the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// Two or more.
    pub ways: Vec<String>,
}

/// The finished index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// The folder of its files, `search/` and letters that come from what is in them, so that they can be cached for ever.
    pub folder: String,
    /// Its files by name, without the folder.
    pub files: BTreeMap<String, Arc<Vec<u8>>>,
    /// What can be filtered by.
    pub filters: Filters,
}

/// What results can be filtered by; each list is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Kinds of entries.
    pub kinds: Vec<String>,
    /// Teams.
    pub teams: Vec<String>,
    /// Stages.
    pub stages: Vec<String>,
}

/// The words of a text as the index holds them.
pub fn words_of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    words::each(text, &mut |word| _ = found.insert(words::folded(word)));
    found
}

/// The files of earlier indexes of a book.
#[derive(Debug)]
pub struct Memo {
    files: Kept<String, Box<str>, Arc<Vec<u8>>>,
}

impl Memo {
    /// One that keeps files, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self { files: Kept::new(keeps) }
    }

    /// Another index comes.
    pub fn begin(&self) {
        self.files.begin();
    }

    /// How many files were written so far, and not taken over from an earlier index.
    pub fn chunks_written(&self) -> u64 {
        self.files.made()
    }
}

/// Builds the index of some entries, in a book's language.
pub fn index(entries: &[Entry], synonyms: &[Synonym], language: &str) -> Index {
    index_of(vec![Read::of(entries.to_vec())], synonyms, language, &Memo::new(false))
}

/// The same of entries that were read part by part, with the files of an earlier index in place of those that are equal.
pub fn index_of(reads: Vec<Read>, synonyms: &[Synonym], language: &str, memo: &Memo) -> Index {
    let (mut entries, mut parts) = (Vec::new(), Vec::new());
    for read in reads {
        entries.extend(read.entries);
        parts.push(read.part);
    }
    let filters = Filters::of(&entries);
    let weighed = weigh::weigh(parts, synonyms, language);
    let data = chunks::files(&entries, &weighed, &filters);
    let written = |(name, data): (String, String)| {
        let write = || Arc::new(chunks::file(&name, &data));
        let files = &memo.files;
        let bytes =
            if files.keeps() { files.of(&name, &Box::from(data.as_str()), write) } else { files.anew(write) };
        (format!("{name}.js"), bytes)
    };
    let files: Vec<(String, Arc<Vec<u8>>)> = data.into_par_iter().map(written).collect();
    let files: BTreeMap<String, Arc<Vec<u8>>> = files.into_iter().collect();
    Index { folder: chunks::folder(&files), files, filters }
}

impl Filters {
    fn of(entries: &[Entry]) -> Self {
        let sorted = |names: Vec<&String>| {
            let names: BTreeSet<&String> = names.into_iter().collect();
            names.into_iter().cloned().collect::<Vec<_>>()
        };
        Self {
            kinds: sorted(entries.iter().map(|entry| &entry.kind).collect()),
            teams: sorted(entries.iter().flat_map(|entry| &entry.teams).collect()),
            stages: sorted(entries.iter().flat_map(|entry| &entry.stages).collect()),
        }
    }
}
