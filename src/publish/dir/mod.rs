//! A folder that a web server shows: `current` leads to one of the releases in `.cx/releases/`, each of them a whole site.
//!
//! A release is built under a name that ends in `.partial`, made safe by one sync, and given its name. Then `current` is
//! renamed over. A publisher that dies on the way leaves what readers see as it was.

mod heal;
mod layout;
mod look;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{
    Done, EMPTY, Files, Generation, LISTING, Planner, RECORD, SEAL, Target, Trouble, Verified, understood,
    until_done,
};
use crate::editions::{Current, is_generation, number_of};
use crate::system::{Disk, Kind, Lock};
use layout::{CURRENT, PARTIAL, RELEASES, SITE, name_in};

/// How long to wait for another publisher to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder.
#[derive(Debug)]
pub struct DirTarget<'a> {
    disk: &'a dyn Disk,
    root: PathBuf,
    patience: Duration,
}

impl<'a> DirTarget<'a> {
    /// A folder on a disk.
    pub fn new(disk: &'a dyn Disk, root: &Path) -> Self {
        Self { disk, root: root.to_path_buf(), patience: PATIENCE }
    }

    /// Waits so long for another publisher.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn failed(&self, what: &str, error: &std::io::Error) -> Trouble {
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        let help = if full { ". Make room on that disk and publish again" } else { "" };
        Trouble::Failed(format!("{what} in {} failed: {error}{help}", self.root.display()))
    }

    /// Whether the folder is ours: `Some(true)`, or free to become ours: `Some(false)`.
    fn is_ours(&self) -> Result<bool, Trouble> {
        let fail = |error| self.failed("looking", &error);
        match self.disk.kind(&self.root).map_err(fail)? {
            None => return Ok(false),
            Some(Kind::Folder) => {}
            Some(_) => return Err(Trouble::Refused(format!("{} is not a folder", self.root.display()))),
        }
        let names = self.disk.list(&self.root).map_err(fail)?;
        let own = self.disk.kind(&self.root.join(layout::OWN)).map_err(fail)?;
        let releases = self.disk.kind(&self.root.join(RELEASES)).map_err(fail)?;
        if [own, releases].into_iter().flatten().any(|kind| kind != Kind::Folder) {
            return Err(Trouble::Refused(format!(
                "{} in {} is not an ordinary folder; somebody else put it there",
                layout::OWN,
                self.root.display()
            )));
        }
        if let Some(text) = self.disk.read(&self.root.join(layout::FORMAT)).map_err(fail)? {
            return if text == layout::FORMAT_TEXT.as_bytes() {
                Ok(true)
            } else {
                let message = format!("{} was made by another version of cxbook", self.root.display());
                Err(Trouble::Refused(message))
            };
        }
        // A publisher may have died before it wrote the mark, but then nothing else is here.
        if names.iter().all(|(name, _)| name == layout::OWN) && releases.is_none() {
            return Ok(false);
        }
        Err(Trouble::Refused(format!(
            "{} holds files that cxbook did not publish; choose an empty folder",
            self.root.display()
        )))
    }

    fn lock(&self) -> Result<Box<dyn Lock>, Trouble> {
        let taken = self.disk.lock(&self.root.join(layout::LOCK), self.patience);
        taken.map_err(|error| self.failed("locking", &error))?.ok_or_else(|| {
            Trouble::Failed(format!(
                "another publisher is at work in {} and did not end within {} seconds; try again later",
                self.root.display(),
                self.patience.as_secs()
            ))
        })
    }

    /// Makes the folder ours.
    fn claim(&self) -> Result<(), Trouble> {
        let fail = |error| self.failed("writing", &error);
        self.disk.make_folder(&self.root.join(layout::OWN)).map_err(fail)
    }

    /// Writes the mark; the lock is held.
    fn mark(&self) -> Result<(), Trouble> {
        let fail = |error| self.failed("writing", &error);
        let (mark, fresh) = (self.root.join(layout::FORMAT), self.root.join(layout::FORMAT_NEW));
        if self.disk.read(&mark).map_err(fail)?.is_none() {
            self.disk.remove(&fresh).map_err(fail)?;
            self.disk.create(&fresh, layout::FORMAT_TEXT.as_bytes()).map_err(fail)?;
            self.disk.sync(&self.root).map_err(fail)?;
            self.disk.rename(&fresh, &mark).map_err(fail)?;
        }
        self.disk.make_folder(&self.root.join(RELEASES)).map_err(fail)
    }

    fn release(&self, name: &str) -> PathBuf {
        self.root.join(RELEASES).join(name)
    }

    /// Name of the release that readers see; `None` before the first.
    fn current_name(&self) -> Result<Option<String>, Trouble> {
        let fail = |error| self.failed("reading", &error);
        let link = self.root.join(CURRENT);
        match self.disk.kind(&link).map_err(fail)? {
            None => Ok(None),
            Some(Kind::Link) => {
                let to = self.disk.leads_to(&link).map_err(fail)?.unwrap_or_default();
                let name = name_in(&to).ok_or_else(|| {
                    let message = format!(
                        "{} leads somewhere that cxbook did not make; cxbook repair mends it",
                        link.display()
                    );
                    Trouble::Failed(message)
                })?;
                Ok(Some(name))
            }
            Some(_) => Err(Trouble::Refused(format!(
                "{} should be a link to a release and is not; move it away and call cxbook repair",
                link.display()
            ))),
        }
    }

    /// Names of all whole releases, newest first.
    fn releases(&self) -> Result<Vec<String>, Trouble> {
        let folder = self.root.join(RELEASES);
        let fail = |error| self.failed("reading", &error);
        if self.disk.kind(&folder).map_err(fail)? != Some(Kind::Folder) {
            return Ok(Vec::new());
        }
        let names = self.disk.list(&folder).map_err(fail)?.into_iter();
        let mut names: Vec<String> = names
            .filter(|(name, kind)| *kind == Kind::Folder && is_generation(name))
            .map(|(name, _)| name)
            .collect();
        names.sort_by_key(|name| (std::cmp::Reverse(number_of(name)), name.clone()));
        Ok(names)
    }

    fn read_release(&self, name: &str) -> Result<Current, Trouble> {
        let release = self.release(name);
        let bytes = |path: &Path| {
            let read = self.disk.read(path).map_err(|error| self.failed("reading", &error))?;
            let gone = || {
                let message =
                    format!("{} is missing; cxbook repair looks for a whole generation", path.display());
                Trouble::Failed(message)
            };
            read.ok_or_else(gone)
        };
        let file = |path: &str| bytes(&release.join(SITE).join(path));
        let mut current = understood(&bytes(&release.join(RECORD))?, &bytes(&release.join(LISTING))?, &file)?;
        current.seal = self.disk.read(&release.join(SEAL)).map_err(|error| self.failed("reading", &error))?;
        if current.record.name() != name {
            let message = format!(
                "the release {name} holds the record of another one; cxbook repair looks for a whole one"
            );
            return Err(Trouble::Failed(message));
        }
        Ok(current)
    }

    /// What readers see.
    fn read_current(&self) -> Result<Current, Trouble> {
        match self.current_name()? {
            Some(name) => self.read_release(&name),
            None => Ok(Current::default()),
        }
    }

    /// Removes a release; under another name first, so that half of one is never taken for a whole one.
    fn erase(&self, name: &str) -> Result<(), Trouble> {
        let (release, dying) = (self.release(name), self.release(&format!("{name}{PARTIAL}")));
        let removed = self.disk.rename(&release, &dying).and_then(|()| self.disk.remove(&dying));
        removed.map_err(|error| self.failed("removing", &error))
    }

    /// One attempt; `None` when somebody else took over and published meanwhile.
    fn once(&self, plan: &mut Planner<'_>) -> Result<Option<Done>, Trouble> {
        self.is_ours()?;
        self.claim()?;
        let lock = self.lock()?;
        // Somebody else may have taken the folder while this one waited.
        self.is_ours()?;
        match self.alone(plan, &*lock) {
            // Two at work are in each other's way, and that is no trouble of the disk.
            Err(_) if !self.is_held(&*lock)? => Ok(None),
            done => done,
        }
    }

    /// What one attempt does with the lock.
    fn alone(&self, plan: &mut Planner<'_>, lock: &dyn Lock) -> Result<Option<Done>, Trouble> {
        self.mark()?;
        // The link is missing: a first publisher died just before it showed its release, or somebody deleted the link. What is
        // whole is shown, so that no edition is lost.
        if self.current_name()?.is_none()
            && let Some(name) = self.whole_release()?
        {
            self.show(&name).map_err(|error| self.failed("showing a release", &error))?;
        }
        let current = self.read_current()?;
        // Also when there is nothing to do: what a purge took out must not stay behind for a publisher that died.
        if !self.is_held(lock)? {
            return Ok(None);
        }
        self.sweep(current.record.floor)?;
        let mut plan = plan(&current)?;
        if plan.is_same {
            return Ok(Some(Done::Same));
        }
        // A release that never became current keeps its number; an older link must not be mistaken for the new one.
        if plan.record.generation <= self.highest()? {
            plan.renumber(self.highest()? + 1);
        }
        let before = (current.record.generation > 0).then(|| current.record.name());
        if !self.write(&plan, before.as_deref(), lock)? {
            return Ok(None);
        }
        let floor = plan.record.floor;
        let cleared = if self.is_held(lock)? {
            self.sweep(floor).map(|_| ())
        } else {
            // Whoever took over is at work; only what must not stay goes.
            self.below(floor)?.iter().try_for_each(|name| self.erase(name))
        };
        match cleared {
            Err(trouble) if !self.below(floor)?.is_empty() || self.is_held(lock)? => {
                Err(Trouble::Failed(format!(
                    "readers see the new generation, but older ones are still there: {trouble}; cxbook repair removes them"
                )))
            }
            _ => Ok(Some(Done::Changed)),
        }
    }

    fn is_held(&self, lock: &dyn Lock) -> Result<bool, Trouble> {
        lock.is_held().map_err(|error| self.failed("locking", &error))
    }

    /// Releases that hold what was taken out since.
    fn below(&self, floor: u64) -> Result<Vec<String>, Trouble> {
        Ok(self.releases()?.into_iter().filter(|name| number_of(name) < floor).collect())
    }

    /// The highest number any release has; numbers are not used twice.
    fn highest(&self) -> Result<u64, Trouble> {
        Ok(self.releases()?.first().map_or(0, |name| number_of(name)))
    }
}

impl Target for DirTarget<'_> {
    fn read(&self) -> Result<Current, Trouble> {
        if self.is_ours()? { self.read_current() } else { Ok(Current::default()) }
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        let name = self.current_name()?.ok_or_else(|| Trouble::Failed(EMPTY.to_owned()))?;
        let read = self.disk.read(&self.release(&name).join(SITE).join(path));
        let read = read.map_err(|error| self.failed("reading", &error))?;
        let gone =
            || format!("{path} is missing in {}; cxbook repair mends what it can", self.root.display());
        read.ok_or_else(|| Trouble::Failed(gone()))
    }

    fn files(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Files, Trouble> {
        let current = self.read()?;
        let site = self.release(&current.record.name()).join(SITE);
        let mut files = Files::new();
        for (path, _) in current.files.iter().filter(|(path, _)| wanted(path)) {
            let read = self.disk.read(&site.join(path)).map_err(|error| self.failed("reading", &error))?;
            files.extend(read.map(|bytes| (path.to_owned(), bytes)));
        }
        Ok(files)
    }

    fn change(&self, plan: &mut Planner<'_>) -> Result<Done, Trouble> {
        until_done(&self.root, || self.once(plan))
    }

    fn generations(&self) -> Result<Vec<Generation>, Trouble> {
        let current = self.current_name()?;
        let mut all = Vec::new();
        for name in self.releases()? {
            let read = self.disk.read(&self.release(&name).join(RECORD));
            let read = read.map_err(|error| self.failed("reading", &error))?;
            all.push(Generation::of(&name, read.as_deref(), current.as_deref() == Some(name.as_str())));
        }
        Ok(all)
    }

    fn generation(&self, name: &str) -> Result<Current, Trouble> {
        self.read_release(name)
    }

    fn verify(&self, deep: bool) -> Result<Verified, Trouble> {
        self.look(deep)
    }

    fn repair(&self) -> Result<Vec<String>, Trouble> {
        self.heal()
    }

    fn forget(&self, keep: usize, apply: bool) -> Result<Vec<String>, Trouble> {
        if !self.is_ours()? {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        // The names first: what somebody publishes who took over meanwhile is not among them.
        let all = self.releases()?;
        let current = self.current_name()?;
        let old = all.into_iter().filter(|name| Some(name) != current.as_ref());
        let old: Vec<String> = old.skip(keep).collect();
        old.iter().filter(|_| apply).try_for_each(|name| self.erase(name))?;
        Ok(old)
    }
}
