//! Targets: where editions are published to, and how a plan becomes the site that readers see, at once or not at all.
//!
//! A [`Target`] reads what is there, lets the caller plan the next site, and commits it. Between the two nobody else can
//! change the target unnoticed: a folder is locked, a branch takes a commit only on top of the one that was read.

mod bundle;
#[cfg(feature = "cloud")]
mod cloud;
mod dir;
pub mod git;
mod served;
mod sign;

use std::collections::BTreeMap;
use std::fmt;

pub use bundle::BundleTarget;
#[cfg(feature = "cloud")]
pub use cloud::{CloudTarget, StoreAddress};
pub use dir::DirTarget;
pub use git::GitTarget;
pub use served::{Served, served};
pub use sign::{Prover, Signer};

use crate::editions::{Current, Listing, Plan, Record, number_of};

/// Why a target was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It should not be done; the words say what to do instead.
    Refused(String),
    /// The disk, the network or another program failed; readers see what they saw before.
    Failed(String),
    /// Nobody can say whether readers see the old site or the new one.
    Unknown(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(words) | Self::Failed(words) => f.write_str(words),
            Self::Unknown(words) => {
                write!(
                    f,
                    "{words}. Nobody can say whether it was published; cxbook verify looks, cxbook repair mends"
                )
            }
        }
    }
}

impl Trouble {
    /// The same trouble in other words.
    #[must_use]
    pub fn said(self, words: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Refused(why) => Self::Refused(words(why)),
            Self::Failed(why) => Self::Failed(words(why)),
            Self::Unknown(why) => Self::Unknown(words(why)),
        }
    }
}

/// Words without more are about what was asked for: it cannot be done so.
impl From<String> for Trouble {
    fn from(words: String) -> Self {
        Self::Refused(words)
    }
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Readers see the new generation.
    Changed,
    /// There was nothing to do.
    Same,
}

/// An older state of the site that can be gone back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Its number.
    pub number: u64,
    /// Its whole name.
    pub name: String,
    /// What was done.
    pub action: String,
    /// When.
    pub at: String,
    /// Whether readers see it.
    pub is_current: bool,
}

impl Generation {
    /// From its name and its record, which may be gone or damaged.
    fn of(name: &str, record: Option<&[u8]>, is_current: bool) -> Self {
        let record = record.and_then(|bytes| Record::parse(bytes).ok()).unwrap_or_default();
        let (number, name) = (number_of(name), name.to_owned());
        Self { number, name, action: record.action, at: record.at, is_current }
    }
}

/// What a look at a target found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files looked at.
    pub files: usize,
    /// Files that should be there and are not.
    pub missing: Vec<String>,
    /// Files with other bytes than they were published with.
    pub changed: Vec<String>,
    /// What cxbook did not put there.
    pub foreign: Vec<String>,
    /// Anything else that is wrong, as sentences.
    pub wrong: Vec<String>,
}

impl Verified {
    /// Nothing could be looked at, and why.
    pub(crate) fn nothing(why: &impl ToString) -> Self {
        Self { wrong: vec![why.to_string()], ..Self::default() }
    }

    /// Whether all is as it was published.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.foreign.is_empty() && self.wrong.is_empty()
    }
}

/// The record of a generation.
const RECORD: &str = "record.json";
/// Every file of a generation with its SHA-256.
const LISTING: &str = "files.sha256";
/// The signature of the record, where it is signed.
const SEAL: &str = "record.json.minisig";

/// Why nothing can be looked at where no edition was published yet.
const EMPTY: &str = "nothing is published there";

/// How often a change is tried because somebody else was quicker.
const ATTEMPTS: usize = 8;

/// Tries a change of `place` until it is done, somebody else being quicker each time it is not.
fn until_done(
    place: &std::path::Path,
    mut once: impl FnMut() -> Result<Option<Done>, Trouble>,
) -> Result<Done, Trouble> {
    for _ in 0..ATTEMPTS {
        if let Some(done) = once()? {
            return Ok(done);
        }
    }
    Err(Trouble::Failed(format!(
        "other publishers took over {} again and again; let one end before the next begins",
        place.display()
    )))
}

/// Plans the next site from what is there; called again when somebody else was quicker.
pub type Planner<'a> = dyn FnMut(&Current) -> Result<Plan, Trouble> + 'a;

/// Bytes of files by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A place that editions are published to.
pub trait Target {
    /// What is there.
    ///
    /// # Errors
    /// When it cannot be read, is damaged or belongs to somebody else.
    fn read(&self) -> Result<Current, Trouble>;

    /// The bytes of a file of the site that readers see.
    ///
    /// # Errors
    /// When it cannot be read.
    fn file(&self, path: &str) -> Result<Vec<u8>, Trouble>;

    /// The bytes of many files of the site that readers see; one that is missing is left out.
    ///
    /// # Errors
    /// When the target cannot be read.
    fn files(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Files, Trouble>;

    /// Reads, plans and commits.
    ///
    /// # Errors
    /// See [`Trouble`].
    fn change(&self, plan: &mut Planner<'_>) -> Result<Done, Trouble>;

    /// What can be gone back to, newest first.
    ///
    /// # Errors
    /// When it cannot be read.
    fn generations(&self) -> Result<Vec<Generation>, Trouble>;

    /// An older generation.
    ///
    /// # Errors
    /// When it is not there any more, or is damaged.
    fn generation(&self, name: &str) -> Result<Current, Trouble>;

    /// Looks whether everything is as it was published; `deep` reads every byte.
    ///
    /// # Errors
    /// When it cannot be read at all.
    fn verify(&self, deep: bool) -> Result<Verified, Trouble>;

    /// Mends what a dead publisher or a damaged disk left, and says what was done.
    ///
    /// # Errors
    /// When it cannot be mended.
    fn repair(&self) -> Result<Vec<String>, Trouble>;

    /// Removes generations that cannot be gone back to any more, and says which; all but the newest `keep`.
    ///
    /// # Errors
    /// What the target says.
    fn forget(&self, keep: usize, apply: bool) -> Result<Vec<String>, Trouble>;
}

/// A moment as records write it: `2026-10-05T12:00:00Z`.
pub fn stamp(seconds: i64) -> String {
    let date =
        crate::model::Date::from_unix_seconds(seconds).map(|date| date.to_string()).unwrap_or_default();
    let rest = seconds.rem_euclid(86_400);
    format!("{date}T{:02}:{:02}:{:02}Z", rest / 3600, rest % 3600 / 60, rest % 60)
}

/// What a target holds, from its two files and the bytes of any other.
fn understood(
    record: &[u8],
    listing: &[u8],
    file: &dyn Fn(&str) -> Result<Vec<u8>, Trouble>,
) -> Result<Current, Trouble> {
    use crate::editions::{PAGES, Pages};
    let (record, files) = written(record, listing)?;
    let mut current = Current { record, files, ..Current::default() };
    for folder in current.record.trees.keys() {
        let path = format!("{folder}/{PAGES}");
        if current.files.get(&path).is_some() {
            let pages = Pages::parse(&file(&path)?).map_err(|why| damaged(&path, &why))?;
            current.pages.insert(folder.clone(), pages);
        }
    }
    Ok(current)
}

/// A record and the list of files it was made with.
fn written(record: &[u8], listing: &[u8]) -> Result<(Record, Listing), Trouble> {
    let record = Record::parse(record).map_err(|why| damaged("record", &why))?;
    if crate::output::sha256(listing) != record.listing {
        return Err(damaged("list of files", "it is not the one the record was made with"));
    }
    let text = std::str::from_utf8(listing).map_err(|_| damaged("list of files", "it is not text"))?;
    let files = Listing::parse(text).map_err(|why| damaged("list of files", &why))?;
    Ok((record, files))
}

fn damaged(what: &str, why: &str) -> Trouble {
    Trouble::Failed(format!(
        "the target's {what} cannot be used: {why}; cxbook repair looks for a whole generation"
    ))
}
