//! Building a release and letting readers see it.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::layout::{CURRENT, NEXT, PARTIAL, RELEASES, SITE, way_to};
use super::{DirTarget, LISTING, RECORD, SEAL, Trouble};
use crate::editions::{Plan, Record, Source, number_of};
use crate::output::sha256;
use crate::system::{Kind, Lock};

impl DirTarget<'_> {
    /// Removes what dead publishers left, and releases below `floor`, which hold what was taken out.
    pub(super) fn sweep(&self, floor: u64) -> Result<Vec<String>, Trouble> {
        let folder = self.root.join(RELEASES);
        let fail = |error| self.failed("clearing up", &error);
        let names = self.disk.list(&folder).map_err(fail)?.into_iter();
        let left: Vec<String> = names.map(|(name, _)| name).filter(|name| name.ends_with(PARTIAL)).collect();
        // Under another name first: should somebody be at work there after all, it is all gone for that one or none of it.
        let dying = |name: &str| folder.join(format!("{}{PARTIAL}{PARTIAL}", name.trim_end_matches(PARTIAL)));
        for name in &left {
            self.disk.remove(&dying(name)).map_err(fail)?;
        }
        for name in &left {
            match self.disk.rename(&folder.join(name), &dying(name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(error)),
                _ => self.disk.remove(&dying(name)).map_err(fail)?,
            }
        }
        self.disk.remove(&self.root.join(NEXT)).map_err(fail)?;
        let below = self.below(floor)?;
        below.iter().try_for_each(|name| self.erase(name))?;
        Ok(left.into_iter().chain(below).collect())
    }

    /// Writes a release and lets readers see it. Whatever fails, what `current` says afterwards decides. False when somebody else
    /// took the lock over and published meanwhile: then the release is gone, and `before` is not what to build on any more.
    pub(super) fn write(&self, plan: &Plan, before: Option<&str>, lock: &dyn Lock) -> Result<bool, Trouble> {
        let name = plan.record.name();
        let partial = self.release(&format!("{name}{PARTIAL}"));
        let filled = self
            .fill(&partial, plan)
            .and_then(|()| self.disk.sync(&self.root))
            .and_then(|()| self.disk.rename(&partial, &self.release(&name)));
        if let Err(error) = filled {
            // Room may be short: what is half done goes. If that fails too, the next publisher sweeps it.
            let _ = self.disk.remove(&partial);
            return Err(self.failed("writing", &error));
        }
        // Somebody may have taken over and shown this release already, taking it for one whose publisher died.
        let now = self.current_name()?;
        if now.as_ref().is_some_and(|now| self.is_made_from(now.clone(), &name)) {
            return Ok(true);
        }
        // A publisher that stood still for long must not show a site without what others published meanwhile.
        if !self.is_held(lock)? || now.as_deref() != before {
            self.erase(&name)?;
            return Ok(false);
        }
        let shown = self.show(&name);
        let now = self.current_name().map_err(|trouble| Trouble::Unknown(trouble.to_string()))?;
        match shown {
            _ if now.as_ref() == Some(&name) => self.is_newest(&name, lock),
            _ if now.is_some_and(|now| self.is_made_from(now, &name)) => Ok(true),
            Err(error) => Err(self.failed("showing the new release", &error)),
            // One that was taken over showed its own at the same moment, and gives way.
            Ok(()) if self.is_held(lock)? => {
                self.show(&name).map_err(|error| self.failed("showing the new release", &error))?;
                Ok(true)
            }
            Ok(()) => Ok(false),
        }
    }

    /// Whether a release that is shown has the right to be. Somebody may have taken over in the very moment before, and what
    /// that one published comes back.
    fn is_newest(&self, name: &str, lock: &dyn Lock) -> Result<bool, Trouble> {
        if self.is_held(lock)? {
            return Ok(true);
        }
        let is_newer = |other: &String| other != name && number_of(other) >= number_of(name);
        let Some(newer) = self.releases()?.into_iter().find(is_newer) else { return Ok(true) };
        self.show(&newer).map_err(|error| self.failed("showing the newer release", &error))?;
        if self.is_made_from(newer, name) {
            return Ok(true);
        }
        self.erase(name)?;
        Ok(false)
    }

    /// Whether a release goes back to an earlier one: then what the earlier one changed is in it.
    fn is_made_from(&self, mut release: String, earlier: &str) -> bool {
        while number_of(&release) > number_of(earlier) {
            let read = self.disk.read(&self.release(&release).join(RECORD)).ok().flatten();
            let record = read.and_then(|bytes| Record::parse(&bytes).ok());
            let Some(parent) = record.and_then(|record| record.parent) else { return false };
            // A parent is older than its child, also where somebody wrote otherwise.
            if number_of(&parent) >= number_of(&release) {
                return false;
            }
            release = parent;
        }
        release == earlier
    }

    /// Lets readers see a release.
    pub(super) fn show(&self, name: &str) -> io::Result<()> {
        let next = self.root.join(NEXT);
        self.disk.remove(&next)?;
        self.disk.link(Path::new(&way_to(name)), &next)?;
        self.disk.rename(&next, &self.root.join(CURRENT))?;
        // Both folders changed; without this a loss of power may show the old release, which is whole too.
        self.disk.sync_names(&self.root)
    }

    /// Puts all files of a release in place and reads the new ones again.
    fn fill(&self, partial: &Path, plan: &Plan) -> io::Result<()> {
        let site = partial.join(SITE);
        let base = plan.base.as_ref().map(|name| self.release(name).join(SITE));
        let folders: BTreeSet<PathBuf> =
            plan.files.keys().filter_map(|path| site.join(path).parent().map(Path::to_path_buf)).collect();
        self.disk.make_folder(&site)?;
        for folder in &folders {
            self.disk.make_folder(folder)?;
        }
        for (path, source) in &plan.files {
            let to = site.join(path);
            let old = |path: &str| base.as_ref().map(|base| base.join(path)).ok_or(ErrorKind::NotFound);
            match source {
                Source::Kept => self.share(&old(path)?, &to)?,
                Source::From(other) => {
                    self.is_whole(&old(other)?, plan.listing.get(path))?;
                    self.share(&old(other)?, &to)?;
                }
                Source::New(bytes) => {
                    self.disk.create(&to, bytes)?;
                    if self.disk.read(&to)?.as_ref() != Some(bytes) {
                        return Err(io::Error::new(
                            ErrorKind::InvalidData,
                            "a file reads otherwise than it was written",
                        ));
                    }
                }
            }
        }
        if let Some(seal) = plan.seal().map_err(io::Error::other)? {
            self.disk.create(&partial.join(SEAL), seal.as_bytes())?;
        }
        self.disk.create(&partial.join(LISTING), plan.listing.text().as_bytes())?;
        self.disk.create(&partial.join(RECORD), plan.record.json().as_bytes())
    }

    /// Another file of the same bytes is only taken for them when it still has them: damage must not spread to a new edition.
    fn is_whole(&self, file: &Path, digest: Option<&str>) -> io::Result<()> {
        match self.disk.read(file)? {
            Some(bytes) if digest == Some(sha256(&bytes).as_str()) => Ok(()),
            _ => {
                let message = format!("{} is damaged; cxbook repair mends what it can", file.display());
                Err(io::Error::new(ErrorKind::InvalidData, message))
            }
        }
    }

    /// Only an ordinary file is taken over: a link that somebody planted would be published.
    fn share(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.disk.kind(from)? {
            Some(Kind::File) => self.disk.share(from, to),
            Some(_) => Err(io::Error::new(
                ErrorKind::InvalidInput,
                format!("{} is not an ordinary file", from.display()),
            )),
            None => {
                let message = format!(
                    "{} is missing; cxbook verify lists what is, cxbook repair mends",
                    from.display()
                );
                Err(io::Error::new(ErrorKind::NotFound, message))
            }
        }
    }
}
