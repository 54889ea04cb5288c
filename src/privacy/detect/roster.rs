//! Lists of names that must never be published: the firm's own people, its business customers.
//!
//! A roster holds keyed hashes, so that the file it comes from gives no name away. The key is the book's own secret; without
//! it nobody can try names out. The hash is SHA-256 over the key's length, the key and the name, cut to eight bytes.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::find::Finds;
use super::kind::Kind;
use super::lexicon::without_accents;
use super::policy::Policy;
use super::token::{Case, Cut};

/// Names as keyed hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    key: Vec<u8>,
    names: BTreeSet<[u8; 8]>,
    /// Words of the longest name.
    longest: usize,
}

/// More words than this a name is not looked for with.
const LONGEST: usize = 5;

impl Roster {
    /// An empty roster with the book's key.
    pub fn new(key: &[u8]) -> Self {
        Self { key: key.to_vec(), names: BTreeSet::new(), longest: 0 }
    }

    /// Adds a name as people write it. `Anna Maria Smith` is also found as `Anna`, as `Smith` and as `Anna Smith`.
    pub fn add_person(&mut self, name: &str) {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() > 1).collect();
        self.add_whole(&folded);
        for word in &words {
            self.add_whole(word);
        }
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            self.add_whole(&format!("{first} {last}"));
        }
    }

    /// Adds a name that counts only as a whole, such as that of a firm.
    pub fn add_whole(&mut self, name: &str) {
        let folded = fold(name);
        let words = folded.split(' ').count();
        if !folded.is_empty() && words <= LONGEST {
            self.longest = self.longest.max(words);
            self.names.insert(self.hash(&folded));
        }
    }

    /// Adds a line of a roster's file: the number of words, a colon, and the hash in hexadecimal. `false` if it is none.
    pub fn add_line(&mut self, line: &str) -> bool {
        let Some((words, hash)) = line.trim().split_once(':') else { return false };
        let Some(bytes) = u64::from_str_radix(hash, 16).ok().filter(|_| hash.len() == 16) else {
            return false;
        };
        let Some(words) = words.parse().ok().filter(|words| (1..=LONGEST).contains(words)) else {
            return false;
        };
        self.longest = self.longest.max(words);
        self.names.insert(bytes.to_be_bytes());
        true
    }

    /// The line of a roster's file for a name.
    pub fn line(&self, name: &str) -> String {
        let folded = fold(name);
        format!("{}:{:016x}", folded.split(' ').count(), u64::from_be_bytes(self.hash(&folded)))
    }

    /// Whether a key was given. Without one anybody could try names out.
    pub fn has_key(&self) -> bool {
        !self.key.is_empty()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn contains(&self, folded: &str) -> bool {
        self.names.contains(&self.hash(folded))
    }

    fn hash(&self, folded: &str) -> [u8; 8] {
        let mut hasher = Sha256::new();
        hasher.update((self.key.len() as u64).to_be_bytes());
        hasher.update(&self.key);
        hasher.update(folded.as_bytes());
        let mut short = [0; 8];
        short.iter_mut().zip(hasher.finalize()).for_each(|(place, byte)| *place = byte);
        short
    }
}

/// Lower case, no accents, one blank between words, no signs: two spellings of one name are equal.
pub fn fold(name: &str) -> String {
    let plain = without_accents(&name.to_lowercase());
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Finds listed names.
pub(super) fn find(cut: &Cut, policy: &Policy, finds: &mut Finds) {
    for (roster, kind) in [(&policy.staff, Kind::Person), (&policy.accounts, Kind::Organization)] {
        if !roster.is_empty() {
            find_listed(cut, roster, kind, finds);
        }
    }
}

fn find_listed(cut: &Cut, roster: &Roster, kind: Kind, finds: &mut Finds) {
    let words: Vec<usize> = (0..cut.tokens.len())
        .filter(|at| cut.tokens[*at].is_word() || cut.tokens[*at].has_digits())
        .collect();
    for (place, first) in words.iter().enumerate() {
        let mut folded = String::new();
        for (count, at) in words.iter().skip(place).take(roster.longest).enumerate() {
            let word = cut.word(*at);
            let word = word.strip_suffix("'s").unwrap_or(word);
            if count > 0 {
                folded.push(' ');
            }
            folded.push_str(&fold(word));
            // "mark" in "the mark on my door" is a word; "Mark" is a colleague.
            let token = &cut.tokens[*at];
            let ordinary = count == 0 && token.case == Case::Lower && token.known.ordinary() >= 2;
            if !ordinary && roster.contains(&folded) {
                finds.block(kind, cut.span(*first..at + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scanner, kind::Level};
    use super::*;

    fn found(policy: &Policy, text: &str) -> Vec<(Kind, Level, String)> {
        let hits = Scanner::new(policy).scan(text);
        hits.into_iter().map(|hit| (hit.kind, hit.level, text[hit.span].to_owned())).collect()
    }

    #[test]
    fn listed_names_block() {
        let (staff, accounts) = (Roster::new(b"key"), Roster::new(b"key"));
        let mut policy = Policy { staff, accounts, ..Policy::default() };
        policy.staff.add_person("Mark Ødegård-Lee");
        policy.accounts.add_whole("Blue Table");
        assert_eq!(found(&policy, "and Mark was kind"), [(Kind::Person, Level::Block, "Mark".into())]);
        assert_eq!(found(&policy, "left a mark here"), []);
        assert_eq!(found(&policy, "We at blue tables pay"), []);
        assert_eq!(
            found(&policy, "We at Blue Table pay"),
            [(Kind::Organization, Level::Block, "Blue Table".into())]
        );
    }

    #[test]
    fn a_file_of_hashes_holds_no_name() {
        let mut source = Roster::new(b"key");
        source.add_person("Anna Smith");
        let line = source.line("Ánna  SMITH");
        assert!(!line.to_lowercase().contains("smith"));
        let mut roster = Roster::new(b"key");
        assert!(roster.add_line(&line) && !roster.add_line("2:xyz") && !roster.add_line("Anna Smith"));
        assert!(roster.contains("anna smith") && !roster.contains("anna"));
        let mut other = Roster::new(b"other");
        assert!(other.add_line(&line) && !other.contains("anna smith"), "the key matters");
    }
}
