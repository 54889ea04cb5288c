//! What a book tells the detectors: its own words, its people, its customers, its countries, its numbers. Plain data; who
//! fills it reads files, nothing here does.

use std::collections::BTreeSet;

use super::roster::Roster;

/// A country whose personal numbers are looked for by their own rules.
///
/// The United Kingdom and the United States always are. A number of another country that is not switched on still asks as a
/// long number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Country {
    Australia,
    Brazil,
    Canada,
    Finland,
    France,
    Germany,
    India,
    Italy,
    Netherlands,
    Poland,
    Spain,
    Sweden,
}

impl Country {
    /// As authors write them.
    pub const WORDS: [(&'static str, Self); 12] = [
        ("australia", Self::Australia),
        ("brazil", Self::Brazil),
        ("canada", Self::Canada),
        ("finland", Self::Finland),
        ("france", Self::France),
        ("germany", Self::Germany),
        ("india", Self::India),
        ("italy", Self::Italy),
        ("netherlands", Self::Netherlands),
        ("poland", Self::Poland),
        ("spain", Self::Spain),
        ("sweden", Self::Sweden),
    ];
}

/// What a book tells the detectors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Words in lower case that are no names here: products, wards, towns, the trade's own words.
    pub accepted: BTreeSet<String>,
    /// The firm's own people. A first name alone counts.
    pub staff: Roster,
    /// Business customers and their other names.
    pub accounts: Roster,
    /// Countries besides the United Kingdom and the United States.
    pub countries: BTreeSet<Country>,
    /// The firm's own numbers by their shape: `9` stands for a digit, `A` for a letter, `X` for either, anything else for
    /// itself: `LRK-999999`.
    pub numbers: Vec<String>,
}

impl Policy {
    /// Whether a word is one of the book's own.
    pub(super) fn accepts(&self, word: &str) -> bool {
        !self.accepted.is_empty() && self.accepted.contains(&word.to_lowercase())
    }
}
