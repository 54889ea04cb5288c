//! Finished sites in a folder, by what they were made from: a build that finds its own there need not make it again.
//!
//! For CI, which keeps a folder from one run to the next. A site is found by its [`Key`], the digest of all that can change a byte
//! of it; the program itself is among that, so one version never takes what another left. Every byte is held against its digest
//! before it is used. The folder may be deleted at any time, as a whole or in part. Who can write to it can change sites, as who can
//! write to the program can.

mod head;
mod key;

use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

use crate::diag::{self, Finding};
use crate::output::{Output, sha256};
use crate::system::{Disk, Kind};
use head::{Head, Part};
pub use key::Key;

/// How many sites a folder holds: the last one, and one beside it, such as that of another branch.
const MOST: usize = 2;

/// Files are kept together up to this many bytes: reading a few large files is quicker than many small ones.
const PART: usize = 8 * 1024 * 1024;

const LOCK: &str = "lock";
const HEAD: &str = "head";
const FINDINGS: &str = "findings.json";
const TAG: &str = "CACHEDIR.TAG";

/// Tells backups to leave the folder out: <https://bford.info/cachedir/>.
const TAG_SAYS: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Sites that cxbook build --cache made; safe to delete.\n";

/// A folder of finished sites.
#[derive(Debug)]
pub struct Cache<'a, D> {
    disk: &'a D,
    folder: PathBuf,
}

/// A site as it was made before.
#[derive(Debug)]
pub struct Built {
    /// What was found then; no error is among it.
    pub findings: Vec<Finding>,
    files: Vec<(String, usize, Range<usize>)>,
    parts: Vec<Vec<u8>>,
}

impl Built {
    /// All files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, part, range)| (path.as_str(), &self.parts[*part][range.clone()]))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl<'a, D: Disk + Sync> Cache<'a, D> {
    /// The sites in a folder, which need not be there yet.
    pub fn new(disk: &'a D, folder: &Path) -> Self {
        Self { disk, folder: folder.to_path_buf() }
    }

    /// The site that was made from just this, if it is there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidData`] when it is there and not as it was put there; otherwise what the disk says.
    pub fn get(&self, key: &Key) -> io::Result<Option<Built>> {
        let Some((_, name)) = self.sites()?.into_iter().find(|(_, name)| name.ends_with(key.as_str())) else {
            return Ok(None);
        };
        let folder = self.folder.join(name);
        let head = self.read(&folder.join(HEAD))?;
        let head = Head::read(&head).ok_or(ErrorKind::InvalidData)?;
        let findings = self.proven(&folder.join(FINDINGS), &head.findings)?;
        let findings = diag::recorded(&findings).ok_or(ErrorKind::InvalidData)?;
        let numbered: Vec<(usize, &Part)> = head.parts.iter().enumerate().collect();
        let parts = numbered
            .par_iter()
            .map(|(number, part)| self.proven(&folder.join(name_of(*number)), &part.sha256));
        let parts: Vec<Vec<u8>> = parts.collect::<io::Result<_>>()?;
        let mut files = Vec::new();
        for (number, part) in head.parts.into_iter().enumerate() {
            let mut at = 0;
            for (path, bytes) in part.files {
                files.push((path, number, at..at + bytes));
                at += bytes;
            }
            if at != parts[number].len() {
                return Err(ErrorKind::InvalidData.into());
            }
        }
        Ok(Some(Built { findings, files, parts }))
    }

    /// Keeps a site, and takes the oldest away where there are too many. Where another build is about to do the same, that one does.
    ///
    /// # Errors
    /// What the disk says; the sites that were there are still there then.
    pub fn put(&self, key: &Key, findings: &[Finding], output: &Output) -> io::Result<()> {
        self.disk.make_folder(&self.folder)?;
        let Some(_lock) = self.disk.lock(&self.folder.join(LOCK), Duration::ZERO)? else { return Ok(()) };
        if self.disk.kind(&self.folder.join(TAG))?.is_none() {
            self.disk.create(&self.folder.join(TAG), TAG_SAYS.as_bytes())?;
        }
        let mut sites = self.sites()?;
        let number = sites.last().map_or(0, |(number, _)| number + 1);
        let fresh = self.folder.join("new");
        self.disk.remove(&fresh)?;
        self.disk.make_folder(&fresh)?;
        self.write(&fresh, findings, output)?;
        let name = format!("{number:010}-{}", key.as_str());
        self.disk.rename(&fresh, &self.folder.join(&name))?;
        let (same, others) = sites.drain(..).partition::<Vec<_>, _>(|(_, name)| name.ends_with(key.as_str()));
        let oldest = others.len().saturating_sub(MOST - 1);
        for (_, name) in same.iter().chain(&others[..oldest]) {
            self.disk.remove(&self.folder.join(name))?;
        }
        Ok(())
    }

    fn write(&self, folder: &Path, findings: &[Finding], output: &Output) -> io::Result<()> {
        let mut parts: Vec<Vec<(&str, &[u8])>> = Vec::new();
        let mut room = 0;
        for (path, bytes) in output.iter() {
            if parts.is_empty() || room < bytes.len() {
                parts.push(Vec::new());
                room = PART;
            }
            room = room.saturating_sub(bytes.len());
            parts.last_mut().into_iter().for_each(|part| part.push((path, bytes)));
        }
        let parts = parts.into_par_iter().enumerate().map(|(number, files)| {
            let bytes: Vec<u8> = files.iter().flat_map(|(_, bytes)| *bytes).copied().collect();
            self.disk.create(&folder.join(name_of(number)), &bytes)?;
            let files = files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.len())).collect();
            Ok(Part { sha256: sha256(&bytes), files })
        });
        let parts = parts.collect::<io::Result<_>>()?;
        let findings = diag::record(findings);
        self.disk.create(&folder.join(FINDINGS), findings.as_bytes())?;
        let head = Head { findings: sha256(findings.as_bytes()), parts };
        self.disk.create(&folder.join(HEAD), &head.write())
    }

    /// Numbers and names of the sites that are there, the oldest first.
    fn sites(&self) -> io::Result<Vec<(u64, String)>> {
        if self.disk.kind(&self.folder)? != Some(Kind::Folder) {
            return Ok(Vec::new());
        }
        let site = |(name, kind): (String, Kind)| {
            let (number, key) = name.split_once('-')?;
            let is_site = kind == Kind::Folder && number.len() == 10 && Key::is_like(key);
            Some((number.parse().ok().filter(|_| is_site)?, name))
        };
        Ok(self.disk.list(&self.folder)?.into_iter().filter_map(site).collect())
    }

    fn proven(&self, path: &Path, digest: &str) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        if sha256(&bytes) == digest { Ok(bytes) } else { Err(ErrorKind::InvalidData.into()) }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(self.disk.read(path)?.ok_or(ErrorKind::InvalidData)?)
    }
}

fn name_of(part: usize) -> String {
    format!("part-{part:05}")
}
