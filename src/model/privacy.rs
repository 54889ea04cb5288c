//! privacy.yaml as plain values: what a book says about its own words, people and customers.

use super::Date;
use crate::diag::{Located, Place};

/// What a book tells the privacy gate. Names of people are not in here: they stay in the files that hold them.
#[derive(Debug, Clone, Default)]
pub struct Privacy {
    /// Words that are no names here: products, towns, brands.
    pub words: Vec<Located<String>>,
    /// Suspect words somebody has looked at.
    pub allow: Vec<Allow>,
    /// The firm's own people.
    pub staff: NameList,
    /// Business customers.
    pub accounts: NameList,
    /// The file with the secret of the hashes.
    pub key: Option<Located<String>>,
    /// Countries besides the United Kingdom and the United States.
    pub countries: Vec<Located<String>>,
    /// The firm's own numbers by their shape, such as `LRK-999999`.
    pub numbers: Vec<Located<String>>,
}

/// Names that must never be published: files outside the content, and hashes.
#[derive(Debug, Clone, Default)]
pub struct NameList {
    /// Files with one name in each line.
    pub files: Vec<Located<String>>,
    /// Keyed hashes.
    pub hashes: Vec<Located<String>>,
}

/// A suspect word that somebody has looked at and found harmless.
#[derive(Debug, Clone)]
pub struct Allow {
    /// What it was taken for, such as `PERSON`.
    pub kind: Located<String>,
    /// The word itself, or its hash.
    pub what: Accepted,
    /// From this day on.
    pub on: Date,
    /// Up to this day.
    pub until: Date,
    /// The id of a quote, a file, or `site`.
    pub scope: Vec<String>,
    /// Where it was read.
    pub place: Place,
}

/// How an allow entry says what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// The words as they stand in the text.
    Text(String),
    /// Their keyed hash.
    Hash(String),
}

impl Privacy {
    /// All files it names: they are read with the book and never published.
    pub fn files(&self) -> impl Iterator<Item = &Located<String>> {
        self.staff.files.iter().chain(&self.accounts.files).chain(&self.key)
    }
}
