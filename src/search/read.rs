//! Entries as they are read for an index: all their words as numbers, and of their texts no more than results show. So the texts of a
//! large site are never there all at once.

use super::Entry;
use super::numbers::Numbers;
use super::shown::lead;
use super::words::each;

/// Fields of an entry that have words, each by its number with those words as numbers.
pub(super) type Fields = Vec<(usize, Vec<u32>)>;

/// Some entries that were read.
#[derive(Debug)]
pub struct Read {
    /// With what results show of their texts.
    pub(super) entries: Vec<Entry>,
    pub(super) part: Part,
}

/// The words of some entries: numbers are places in the list of words.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) words: Vec<String>,
    /// Of each entry.
    pub(super) fields: Vec<Fields>,
}

impl Read {
    /// Reads entries that follow on those of the reading before.
    pub fn of(mut entries: Vec<Entry>) -> Self {
        let part = Part::of(&entries);
        for entry in &mut entries {
            let body = lead(entry);
            (entry.summary, entry.said, entry.also) = (String::new(), String::new(), String::new());
            entry.body = body;
        }
        Self { entries, part }
    }
}

impl Part {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut list = Numbers::default();
        let mut numbers = |text: &str| {
            let mut numbers = Vec::new();
            each(text, &mut |word| numbers.push(list.of(word).0));
            numbers
        };
        let mut fields_of = |entry: &Entry| -> Fields {
            let above = if entry.heading.is_some() { 3 } else { 0 };
            let texts = [
                (above, entry.title.as_str()),
                (1, entry.heading.as_deref().unwrap_or_default()),
                (2, &entry.also),
                (4, &entry.summary),
                (5, &entry.said),
                (6, &entry.body),
            ];
            let read = texts.map(|(index, text)| (index, numbers(text)));
            read.into_iter().filter(|(_, ids): &(usize, Vec<u32>)| !ids.is_empty()).collect()
        };
        let fields = entries.iter().map(&mut fields_of).collect();
        Self { words: list.into_words(), fields }
    }
}
