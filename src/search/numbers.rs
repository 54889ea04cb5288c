//! Words as numbers, in the order they were met first.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A list of words without any twice.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    words: Vec<String>,
    /// Numbers of words by a digest of them: many thousand words begin alike, and comparing them takes its time.
    by_digest: BTreeMap<u64, Vec<u32>>,
}

impl Numbers {
    /// The number of a word, and whether it is new.
    pub(super) fn of(&mut self, word: String) -> (u32, bool) {
        let mut digest = DefaultHasher::new();
        word.hash(&mut digest);
        let same = self.by_digest.entry(digest.finish()).or_default();
        if let Some(known) = same.iter().find(|number| self.words[**number as usize] == word) {
            return (*known, false);
        }
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        same.push(next);
        self.words.push(word);
        (next, true)
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// All words, each at the place of its number.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }
}
