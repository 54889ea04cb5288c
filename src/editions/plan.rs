//! The next site, file by file, and where each file's bytes come from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::alias::Alias;
use super::listing::Listing;
use super::pages::Pages;
use super::record::Record;
use super::{Current, VERSIONS, root};
use crate::output::sha256;

/// Where the bytes of a file come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is in the base already, at the same path.
    Kept,
    /// It is in the base already, at another path.
    From(String),
    /// Here they are.
    New(Vec<u8>),
}

/// What a target is to hold next.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The record of the next generation.
    pub record: Record,
    /// The listing of the next generation.
    pub listing: Listing,
    /// Every file by its path.
    pub files: BTreeMap<String, Source>,
    /// Name of the generation that kept files are taken from; `None` when there is none.
    pub base: Option<String>,
    /// Whether nothing changes for readers: there is nothing to do.
    pub is_same: bool,
    /// Paths that are new.
    pub added: Vec<String>,
    /// Paths whose bytes change.
    pub changed: Vec<String>,
    /// Paths that go.
    pub removed: Vec<String>,
    /// Signs the record, if anybody does.
    sealer: Option<Sealer>,
}

/// Signs the record of a generation. It says the digest of the listing, and that the digest of every file, so one signature
/// speaks for the whole site.
#[derive(Clone)]
pub struct Sealer(Arc<Sign>);

/// A signature of bytes, or why there is none.
type Sign = dyn Fn(&[u8]) -> Result<String, String> + Send + Sync;

impl Sealer {
    /// From what signs.
    pub fn new(sign: impl Fn(&[u8]) -> Result<String, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(sign))
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

/// What the run adds to a plan: who and when.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    pub(super) action: String,
    pub(super) at: String,
    pub(super) publish_id: String,
    pub(super) tool: String,
}

impl Plan {
    /// Gives the generation another number, where its own was used before. `versions.json` says the number too.
    pub fn renumber(&mut self, number: u64) {
        if self.record.floor == self.record.generation {
            self.record.floor = number;
        }
        self.record.generation = number;
        self.rename();
    }

    /// Lets the record be signed. Where what is there `is_sealed` already, that alone is nothing to do.
    pub fn sealed_by(&mut self, sealer: Sealer, is_sealed: bool) {
        self.sealer = Some(sealer);
        self.is_same &= is_sealed;
    }

    /// The signature of the record, once nothing of it changes any more.
    ///
    /// # Errors
    /// What who signs says.
    pub fn seal(&self) -> Result<Option<String>, String> {
        self.sealer.as_ref().map(|Sealer(sign)| sign(self.record.json().as_bytes())).transpose()
    }

    /// Takes everything out that only says when and by which way: the same editions and aliases are the same bytes then.
    pub fn forget_time(&mut self) {
        let trees = &mut self.record.trees;
        for tree in trees.values_mut() {
            tree.published = midnight(&tree.as_of);
        }
        let newest = trees.values().map(|tree| tree.as_of.as_str()).max().unwrap_or("1970-01-01");
        self.record.at = midnight(newest);
        self.record.parent = None;
        self.record.action = "bundle".to_owned();
        self.record.generation = 1;
        self.record.floor = 0;
        self.record.publish_id = String::new();
        self.record.listing = String::new();
        let files = self.listing.iter().filter(|(path, _)| *path != VERSIONS);
        let files: String = files.map(|(path, digest)| format!("{digest}  {path}\n")).collect();
        self.record.publish_id =
            sha256(format!("{}{files}", self.record.json()).as_bytes()).chars().take(12).collect();
        self.rename();
    }

    /// Whether what was there before may not be shown again.
    pub fn takes_out(&self) -> bool {
        self.record.floor == self.record.generation
    }

    /// `versions.json` says the name of the generation, and so does the listing.
    fn rename(&mut self) {
        let versions = root::files(&self.record).remove(VERSIONS).unwrap_or_default();
        self.listing.insert(VERSIONS.to_owned(), sha256(&versions));
        self.record.listing = sha256(self.listing.text().as_bytes());
        self.files.insert(VERSIONS.to_owned(), Source::New(versions));
    }

    /// Bytes that have to be written.
    pub fn bytes(&self) -> u64 {
        let new = self.files.values().map(|source| match source {
            Source::New(bytes) => bytes.len() as u64,
            _ => 0,
        });
        new.sum()
    }
}

/// A site in the making.
pub(super) struct Draft<'a> {
    /// What is there.
    current: &'a Current,
    /// What kept files are taken from: what is there, or an older generation.
    base: &'a Current,
    pub(super) record: Record,
    files: BTreeMap<String, Source>,
    /// Where the base has which digest.
    known: BTreeMap<&'a str, &'a str>,
    pub(super) pages: BTreeMap<String, Pages>,
    /// Whether what was there before may not be shown again.
    pub(super) takes_out: bool,
}

/// The first moment of a day, as records write it.
fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

impl<'a> Draft<'a> {
    /// Begins with everything that `base` holds.
    pub(super) fn of(current: &'a Current, base: &'a Current) -> Self {
        let files = base.files.iter().map(|(path, _)| (path.to_owned(), Source::Kept)).collect();
        let known = base.files.iter().map(|(path, digest)| (digest, path)).collect();
        Self {
            current,
            base,
            record: base.record.clone(),
            files,
            known,
            pages: base.pages.clone(),
            takes_out: false,
        }
    }

    /// Whether the base has a file, and its digest.
    pub(super) fn digest(&self, path: &str) -> Option<&str> {
        self.base.files.get(path)
    }

    /// Files that the base has in a folder, by their path in it.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        self.base.files.below(folder).map(|(path, _)| path)
    }

    /// Puts a file. What is in the base already, at this path or another, is not written again.
    pub(super) fn put(&mut self, path: String, bytes: Vec<u8>) {
        let digest = sha256(&bytes);
        let source = match self.base.files.get(&path) == Some(digest.as_str()) {
            true => Source::Kept,
            false => self
                .known
                .get(digest.as_str())
                .map_or(Source::New(bytes), |other| Source::From((*other).to_owned())),
        };
        self.files.insert(path, source);
    }

    /// Takes all files of a folder out.
    pub(super) fn clear(&mut self, folder: &str) {
        let start = format!("{folder}/");
        self.files.retain(|path, _| !path.starts_with(&start));
    }

    /// Takes files out that are not wanted any more.
    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| wanted(path));
    }

    /// Lets an alias lead to an edition.
    pub(super) fn lead(&mut self, name: &str, to: &str) {
        let empty = Pages::default();
        let before = self.record.aliases.insert(name.to_owned(), to.to_owned());
        let start = format!("{to}/");
        let alias = Alias {
            name,
            to,
            pages: self.pages.get(to).unwrap_or(&empty),
            files: self.files.keys().filter_map(|path| path.strip_prefix(&start)).collect(),
            before: before.as_deref().and_then(|before| Some((before, self.base.pages.get(before)?))),
            old: self.base.files.below(name).map(|(path, _)| path).collect(),
            language: &self.record.language,
        };
        let files = alias.files();
        self.clear(name);
        for (path, source) in files {
            match source {
                Source::New(bytes) => self.put(path, bytes),
                Source::Kept => _ = self.files.insert(path, Source::Kept),
                Source::From(other) => self.copy(path, &other),
            }
        }
    }

    fn copy(&mut self, path: String, from: &str) {
        let source = match self.files.get(from) {
            Some(Source::New(bytes)) => return self.put(path, bytes.clone()),
            Some(Source::From(other)) => other.clone(),
            Some(Source::Kept) => from.to_owned(),
            None => return,
        };
        let is_there =
            self.base.files.get(&path).is_some() && self.base.files.get(&path) == self.digest(&source);
        self.files.insert(path, if is_there { Source::Kept } else { Source::From(source) });
    }

    /// Makes the root's own files and the record.
    pub(super) fn finish(mut self, stamp: Stamp) -> Plan {
        let parent = self.current.record.generation;
        self.record.parent = (parent > 0).then(|| self.current.record.name());
        self.record.schema = 1;
        self.record.generation = parent + 1;
        self.record.floor = if self.takes_out { parent + 1 } else { self.current.record.floor };
        self.record.publish_id = stamp.publish_id;
        self.record.action = stamp.action;
        self.record.at = stamp.at;
        self.record.tool = stamp.tool;
        self.files.remove("index.html");
        for (path, bytes) in root::files(&self.record) {
            self.put(path, bytes);
        }
        let mut listing = Listing::default();
        for (path, source) in &self.files {
            let digest = match source {
                Source::New(bytes) => Some(sha256(bytes)),
                Source::Kept => self.digest(path).map(str::to_owned),
                Source::From(other) => self.digest(other).map(str::to_owned),
            };
            listing.insert(path.clone(), digest.unwrap_or_default());
        }
        self.record.listing = sha256(listing.text().as_bytes());
        let mut plan = Plan {
            is_same: is_same(&self.record, &listing, self.current),
            base: (self.base.record.generation > 0).then(|| self.base.record.name()),
            record: self.record,
            listing,
            files: self.files,
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            sealer: None,
        };
        tell_apart(&mut plan, &self.current.files);
        plan
    }
}

/// The number of the generation stands in `versions.json`, so that file differs even when nothing else does.
fn is_same(record: &Record, listing: &Listing, current: &Current) -> bool {
    let before = &current.record;
    let files = |listing: &Listing| {
        let all = listing.iter().filter(|(path, _)| *path != VERSIONS);
        all.map(|(path, digest)| (path.to_owned(), digest.to_owned())).collect::<Vec<_>>()
    };
    record.trees == before.trees
        && record.aliases == before.aliases
        && (&record.book, &record.language, &record.address)
            == (&before.book, &before.language, &before.address)
        && files(listing) == files(&current.files)
}

fn tell_apart(plan: &mut Plan, before: &Listing) {
    for (path, digest) in plan.listing.iter() {
        match before.get(path) {
            None => plan.added.push(path.to_owned()),
            Some(was) if was != digest => plan.changed.push(path.to_owned()),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(path, _)| plan.listing.get(path).is_none());
    plan.removed = gone.map(|(path, _)| path.to_owned()).collect();
}
