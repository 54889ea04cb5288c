//! Results of pure work, kept so that a later run with the same inputs need not do it again.
//!
//! A memo only saves work: what [`Kept::of`] gives is what its last argument would give. Inputs are compared whole; bytes and pages
//! that did not change are shared between runs, so that comparing them is comparing two addresses. Where an input is put together
//! only to be compared, its SHA-256 stands for it. `build` keeps nothing. The live preview keeps what one of its last two states
//! used.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

/// Values by key, each with the inputs it was made from.
pub struct Kept<K, I, V> {
    keeps: bool,
    run: AtomicU64,
    made: AtomicU64,
    /// By a digest of the key, then by the key itself: paths begin alike, and comparing thousands of them takes its time.
    entries: RwLock<BTreeMap<(u64, K), Entry<I, V>>>,
}

struct Entry<I, V> {
    input: I,
    value: V,
    /// The last run that used it.
    used: AtomicU64,
}

impl<K, I, V> Kept<K, I, V> {
    /// One that keeps values, or makes them anew each time.
    pub fn new(keeps: bool) -> Self {
        Self { keeps, run: AtomicU64::new(0), made: AtomicU64::new(0), entries: RwLock::default() }
    }

    /// Whether values are kept; where they are not, inputs need not be put together.
    pub fn keeps(&self) -> bool {
        self.keeps
    }

    /// A value that is made in any case, and counted.
    pub fn anew(&self, make: impl FnOnce() -> V) -> V {
        self.made.fetch_add(1, Ordering::Relaxed);
        make()
    }

    /// How often a value was made since the beginning. Where values are kept, one that two threads made at once counts once.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// How many values are kept.
    pub fn len(&self) -> usize {
        self.entries.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Ord + Hash + Clone, I: PartialEq + Clone, V: Clone> Kept<K, I, V> {
    /// A new run begins: what neither of the last two used is dropped.
    pub fn begin(&self) {
        let run = self.run.fetch_add(1, Ordering::Relaxed);
        let is_used = |entry: &mut Entry<I, V>| *entry.used.get_mut() + 1 >= run;
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| is_used(entry));
    }

    /// The value at `key` when it was made from the same input, otherwise what `make` gives. Of two inputs at one key, the
    /// later stays.
    pub fn of(&self, key: &K, input: &I, make: impl FnOnce() -> V) -> V {
        if !self.keeps {
            return self.anew(make);
        }
        let run = self.run.load(Ordering::Relaxed);
        let mut digest = DefaultHasher::new();
        key.hash(&mut digest);
        let key = (digest.finish(), key.clone());
        {
            let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(entry) = entries.get(&key).filter(|entry| entry.input == *input) {
                entry.used.store(run, Ordering::Relaxed);
                return entry.value.clone();
            }
        }
        let value = make();
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have made the same meanwhile; that counts once.
        if let Some(entry) = entries.get(&key).filter(|entry| entry.input == *input) {
            return entry.value.clone();
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        let entry = Entry { input: input.clone(), value: value.clone(), used: AtomicU64::new(run) };
        entries.insert(key, entry);
        drop(entries);
        value
    }
}

/// A number of a text, the same on every machine: equal texts have equal numbers, and other texts seldom. For tables of words,
/// where a digest that nobody can forge takes too long.
pub fn sum(text: &str) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut sum = text.len() as u64;
    let mut parts = text.as_bytes().chunks_exact(8);
    for part in &mut parts {
        let number = part.try_into().map_or(0, u64::from_le_bytes);
        sum = (sum.rotate_left(5) ^ number).wrapping_mul(STEP);
    }
    for byte in parts.remainder() {
        sum = (sum.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(STEP);
    }
    sum
}

impl<K, I, V> fmt::Debug for Kept<K, I, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("len", &self.len()).field("made", &self.made()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_an_input() {
        let kept = Kept::new(true);
        let of = |key: &'static str, input: u32| kept.of(&key, &input, || input * 2);
        assert_eq!([of("a", 1), of("a", 1), of("b", 1), of("a", 3), of("a", 1)], [2, 2, 2, 6, 2]);
        assert_eq!(kept.made(), 4);
    }

    #[test]
    fn what_two_runs_did_not_use_is_dropped() {
        let kept = Kept::new(true);
        let of = |key: &'static str| kept.of(&key, &(), || ());
        kept.begin();
        of("a");
        of("b");
        kept.begin();
        of("a");
        assert_eq!(kept.len(), 2);
        kept.begin();
        assert_eq!(kept.len(), 2, "the run before the last used it");
        of("a");
        kept.begin();
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn a_build_keeps_nothing() {
        let kept = Kept::new(false);
        assert_eq!([kept.of(&1, &1, || 1), kept.of(&1, &1, || 2)], [1, 2]);
        assert!(kept.is_empty());
    }
}
