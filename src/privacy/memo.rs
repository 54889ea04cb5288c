//! What the gate keeps for the next time. Confidential: it holds what was found.

use std::sync::{Arc, Mutex, PoisonError};

use super::detect::{Hit, Policy};
use super::output::Clean;
use super::picture::Cleaned;
use crate::diag::Place;
use crate::memo::Kept;
use crate::source::{Content, SourcePath};

/// Most memories of clean texts that are kept: as many as a machine looks with at once.
const MOST_CLEAN: usize = 8;

/// What was found in files, and in which texts nothing was.
#[derive(Debug)]
pub struct Memo {
    keeps: bool,
    /// What the second look need not read again.
    clean: Mutex<Vec<(Arc<Policy>, Clean)>>,
    policy: Kept<(), Policy, Arc<Policy>>,
    pub(super) pictures: Kept<String, Arc<[u8]>, Arc<Cleaned>>,
    pub(super) files: Kept<SourcePath, Under<Content>, Arc<Looked>>,
    /// What was found in customers' words and in what stands beside them.
    pub(super) words: Kept<Heard, Arc<Policy>, Arc<[Hit]>>,
}

/// A text, and whether only what blocks was looked for.
pub(super) type Heard = (String, bool);

/// What was looked at, the policy and the folder of the book's texts.
pub(super) type Under<T> = (T, Arc<Policy>, Arc<str>);

/// What was found in one file.
pub(super) struct Looked {
    /// In its texts.
    pub(super) seen: Vec<Seen>,
    /// In its name.
    pub(super) name: Option<Hit>,
}

/// A find in a text.
pub(super) struct Seen {
    pub(super) hit: Hit,
    pub(super) value: String,
    pub(super) place: Place,
}

impl Memo {
    /// One that keeps what is found, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self {
            keeps,
            clean: Mutex::default(),
            policy: Kept::new(keeps),
            files: Kept::new(keeps),
            pictures: Kept::new(keeps),
            words: Kept::new(keeps),
        }
    }

    /// A new state of the book comes to the gate.
    pub fn begin(&self) {
        self.policy.begin();
        self.files.begin();
        self.pictures.begin();
        self.words.begin();
    }

    /// How many files were looked at so far.
    pub fn files_scanned(&self) -> u64 {
        self.files.made()
    }

    /// How many texts of customers, and of what stands beside them, were looked at so far.
    pub fn words_heard(&self) -> u64 {
        self.words.made()
    }

    /// How many pictures were cleaned so far.
    pub fn pictures_cleaned(&self) -> u64 {
        self.pictures.made()
    }

    /// A memory of texts in which nothing was found under this policy.
    pub(super) fn clean(&self, policy: &Arc<Policy>) -> Clean {
        let mut clean = self.clean.lock().unwrap_or_else(PoisonError::into_inner);
        clean.retain(|(under, _)| under == policy);
        clean.pop().map(|(_, clean)| clean).unwrap_or_default()
    }

    /// Takes such a memory back.
    pub(super) fn keep_clean(&self, policy: &Arc<Policy>, texts: Clean) {
        let mut clean = self.clean.lock().unwrap_or_else(PoisonError::into_inner);
        if self.keeps && clean.len() < MOST_CLEAN {
            clean.push((Arc::clone(policy), texts));
        }
    }

    /// The policy as one that is shared with the runs before, where they had the same.
    pub(super) fn shared(&self, policy: &Policy) -> Arc<Policy> {
        self.policy.of(&(), policy, || Arc::new(policy.clone()))
    }
}
