//! One file that holds a whole site, for a host that is reached by ssh: the same editions and aliases are the same bytes.
//!
//! docs/PUBLISHING.md says how the host unpacks it and shows it at once. The file is replaced at once too; it holds one
//! generation, so there is nothing to go back to in it.

mod archive;

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Done, EMPTY, Generation, Planner, Target, Trouble, Verified, understood, until_done};
use crate::editions::{Current, Plan, Source};
use crate::output::sha256;
use crate::system::{Disk, Kind, Lock};
use archive::Archive;

/// How long to wait for another publisher to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file that holds a whole site.
#[derive(Debug)]
pub struct BundleTarget<'a> {
    disk: &'a dyn Disk,
    file: PathBuf,
}

impl<'a> BundleTarget<'a> {
    /// A file on a disk.
    pub fn new(disk: &'a dyn Disk, file: &Path) -> Self {
        Self { disk, file: file.to_path_buf() }
    }

    fn failed(&self, what: &str, error: &std::io::Error) -> Trouble {
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        let help = if full { ". Make room on that disk and publish again" } else { "" };
        Trouble::Failed(format!("{what} {} failed: {error}{help}", self.file.display()))
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    }

    fn folder(&self) -> &Path {
        self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// The file's bytes; `None` before the first.
    fn bytes(&self) -> Result<Option<Vec<u8>>, Trouble> {
        match self.disk.kind(&self.file).map_err(|error| self.failed("reading", &error))? {
            None => return Ok(None),
            Some(Kind::File) => {}
            Some(_) => {
                return Err(Trouble::Refused(format!(
                    "{} is no ordinary file; choose another name",
                    self.file.display()
                )));
            }
        }
        self.disk.read(&self.file).map_err(|error| self.failed("reading", &error))
    }

    /// What the bytes hold.
    fn archive(&self, bytes: Option<&[u8]>) -> Result<Option<Archive>, Trouble> {
        let not_ours = |error: std::io::Error| {
            Trouble::Refused(format!(
                "{} is no whole bundle of cxbook: {error}. Move it away; if it was one, take the copy that was sent to the \
                 host, or publish all editions again",
                self.file.display()
            ))
        };
        bytes.map(|bytes| Archive::unpack(bytes).map_err(not_ours)).transpose()
    }

    fn current(&self, archive: &Archive) -> Result<Current, Trouble> {
        let gone = |path: &str| Trouble::Failed(format!("{path} is missing in {}", self.file.display()));
        let file = |path: &str| archive.files.get(path).cloned().ok_or_else(|| gone(path));
        let current = understood(&archive.record, &archive.listing, &file)?;
        Ok(Current { seal: archive.seal.clone(), ..current })
    }

    fn both(&self) -> Result<(Archive, Current), Trouble> {
        self.unpacked(self.bytes()?.as_deref())
    }

    fn unpacked(&self, bytes: Option<&[u8]>) -> Result<(Archive, Current), Trouble> {
        let archive = self.archive(bytes)?.unwrap_or_default();
        let current = if archive.record.is_empty() { Current::default() } else { self.current(&archive)? };
        Ok((archive, current))
    }

    /// One attempt; `None` when somebody else took over and published meanwhile.
    fn once(&self, plan: &mut Planner<'_>) -> Result<Option<Done>, Trouble> {
        let fail = |error| self.failed("writing", &error);
        self.disk.make_folder(self.folder()).map_err(fail)?;
        let lock = self.disk.lock(&self.beside(".lock"), PATIENCE).map_err(fail)?;
        let lock = lock.ok_or_else(|| {
            Trouble::Failed(format!("another publisher is writing {}; try again later", self.file.display()))
        })?;
        let before = self.bytes()?;
        let (old, current) = self.unpacked(before.as_deref())?;
        let mut plan = plan(&current)?;
        if plan.is_same {
            return Ok(Some(Done::Same));
        }
        plan.forget_time();
        let packed = carried_out(&plan, &old)?.pack().map_err(|error| self.failed("packing", &error))?;
        match self.write(&packed, before.as_deref(), &*lock) {
            // Two at work are in each other's way, and that is no trouble of the disk.
            Ok(false) => Ok(None),
            Err(_) if !lock.is_held().map_err(fail)? => Ok(None),
            Ok(true) => Ok(Some(Done::Changed)),
            Err(trouble) => Err(trouble),
        }
    }

    /// Writes the file anew beside the old one and lets it take its place. False when somebody else took the lock over and
    /// published meanwhile, so that `before` is not what is there any more.
    fn write(&self, bytes: &[u8], before: Option<&[u8]>, lock: &dyn Lock) -> Result<bool, Trouble> {
        let fresh = self.beside(".new");
        let put = || {
            self.disk.remove(&fresh)?;
            self.disk.create(&fresh, bytes)?;
            self.disk.sync(self.folder())?;
            if !lock.is_held()? || self.disk.read(&self.file)?.as_deref() != before {
                return Ok(false);
            }
            self.disk.rename(&fresh, &self.file)?;
            self.disk.sync_names(self.folder()).map(|()| true)
        };
        let done = put();
        match (done, self.disk.read(&self.file)) {
            (Ok(false), _) => Ok(false),
            (_, Ok(Some(now))) if now == bytes => Ok(true),
            (Err(error), Ok(_)) => {
                // Room may be short. If this fails too, the next publisher does it.
                let _ = self.disk.remove(&fresh);
                Err(self.failed("writing", &error))
            }
            (_, Err(error)) => Err(Trouble::Unknown(self.failed("reading", &error).to_string())),
            (Ok(true), Ok(_)) => Err(Trouble::Unknown("another program wrote the file".to_owned())),
        }
    }
}

/// The files of the next site.
fn carried_out(plan: &Plan, old: &Archive) -> Result<Archive, Trouble> {
    let kept = |path: &str| {
        let bytes = old.files.get(path).cloned();
        bytes.ok_or_else(|| Trouble::Failed(format!("{path} is missing in the bundle")))
    };
    let files = plan.files.iter().map(|(path, source)| {
        let bytes = match source {
            Source::Kept => kept(path)?,
            Source::From(other) => kept(other)?,
            Source::New(bytes) => bytes.clone(),
        };
        if plan.listing.get(path) == Some(sha256(&bytes).as_str()) {
            return Ok((path.clone(), bytes));
        }
        Err(Trouble::Failed(format!(
            "{path} in the bundle is damaged; cxbook verify --deep says what else is"
        )))
    });
    Ok(Archive {
        record: plan.record.json().into_bytes(),
        listing: plan.listing.text().into_bytes(),
        seal: plan.seal().map_err(Trouble::Failed)?.map(String::into_bytes),
        files: files.collect::<Result<_, Trouble>>()?,
    })
}

impl Target for BundleTarget<'_> {
    fn read(&self) -> Result<Current, Trouble> {
        self.both().map(|(_, current)| current)
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        let (mut archive, _) = self.both()?;
        let gone = || Trouble::Failed(format!("{path} is missing in {}", self.file.display()));
        archive.files.remove(path).ok_or_else(gone)
    }

    fn files(&self, wanted: &dyn Fn(&str) -> bool) -> Result<super::Files, Trouble> {
        let (archive, _) = self.both()?;
        Ok(archive.files.into_iter().filter(|(path, _)| wanted(path)).collect())
    }

    fn change(&self, plan: &mut Planner<'_>) -> Result<Done, Trouble> {
        // What is not ours is seen before a lock is put beside it.
        self.archive(self.bytes()?.as_deref())?;
        until_done(&self.file, || self.once(plan))
    }

    fn generations(&self) -> Result<Vec<Generation>, Trouble> {
        let record = self.read()?.record;
        let one = Generation {
            number: record.generation,
            name: record.name(),
            action: record.action,
            at: record.at,
            is_current: true,
        };
        Ok(Some(one).filter(|one| one.number > 0).into_iter().collect())
    }

    fn generation(&self, name: &str) -> Result<Current, Trouble> {
        let current = self.read()?;
        if current.record.name() == name {
            return Ok(current);
        }
        Err(Trouble::Failed("a bundle holds one generation and no older one".to_owned()))
    }

    fn verify(&self, deep: bool) -> Result<Verified, Trouble> {
        let (archive, current) = match self.both() {
            Ok((archive, current)) if !archive.record.is_empty() => (archive, current),
            Ok(_) => return Ok(Verified::nothing(&EMPTY)),
            Err(trouble) => return Ok(Verified::nothing(&trouble)),
        };
        let mut found = Verified { files: current.files.len(), ..Verified::default() };
        for (path, digest) in current.files.iter() {
            match archive.files.get(path) {
                None => found.missing.push(path.to_owned()),
                Some(bytes) if deep && sha256(bytes) != digest => found.changed.push(path.to_owned()),
                Some(_) => {}
            }
        }
        let foreign = archive.files.keys().filter(|path| current.files.get(path).is_none());
        found.foreign.extend(foreign.cloned());
        Ok(found)
    }

    fn repair(&self) -> Result<Vec<String>, Trouble> {
        let fresh = self.beside(".new");
        let left = self.disk.kind(&fresh).map_err(|error| self.failed("looking", &error))?;
        let mut done = Vec::new();
        if left.is_some() {
            self.disk.remove(&fresh).map_err(|error| self.failed("clearing up", &error))?;
            done.push(format!("removed {}, which a publisher left unfinished", fresh.display()));
        }
        let found = self.verify(true)?;
        if found.is_whole() || self.disk.kind(&self.file).ok().flatten().is_none() {
            return Ok(done);
        }
        Err(Trouble::Failed(format!(
            "{} is damaged and holds no second copy of anything; take the copy that was sent to the host, or move it away and \
             publish all editions again",
            self.file.display()
        )))
    }

    fn forget(&self, _keep: usize, _apply: bool) -> Result<Vec<String>, Trouble> {
        Ok(Vec::new())
    }
}
