//! Mending a folder: leftovers go, damaged files come back from wherever a good copy is, readers see a whole release.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{PARTIAL, RELEASES, SITE};
use super::{DirTarget, Trouble, Verified};
use crate::editions::{Current, root_files};
use crate::output::sha256;
use crate::system::Kind;

impl DirTarget<'_> {
    /// Mends what can be mended. What readers see is never replaced by something that is not whole.
    pub(super) fn heal(&self) -> Result<Vec<String>, Trouble> {
        let fail = |error| self.failed("mending", &error);
        if !self.is_ours()? {
            return Err(Trouble::Refused(format!("nothing is published in {}", self.root.display())));
        }
        let _lock = self.lock()?;
        let mut done = Vec::new();
        if self.disk.kind(&self.root.join(RELEASES)).map_err(fail)?.is_none() {
            return Ok(done);
        }
        let shown = self.current_name().ok().flatten();
        let floor =
            shown.as_ref().and_then(|name| self.read_release(name).ok()).map_or(0, |now| now.record.floor);
        done.extend(self.sweep(floor)?.into_iter().map(|name| match name.ends_with(PARTIAL) {
            true => format!("removed {name}, which a publisher left unfinished"),
            false => format!("removed {name}, which holds what was taken out since"),
        }));
        if let Some(name) = &shown
            && let Ok(current) = self.read_release(name)
        {
            let mut found = Verified::default();
            self.look_at(&current, true, &mut found)?;
            let rest = self.refill(&current, &found, &mut done)?;
            if rest.is_empty() {
                return Ok(done);
            }
            // An older generation may lack an edition, so going back is for somebody to decide.
            let named = rest.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(Trouble::Failed(format!(
                "no good copy is left of {} files ({named}); cxbook rollback goes back to an older generation",
                rest.len()
            )));
        }
        let Some(name) = self.whole_release()? else {
            if self.releases()?.is_empty() && shown.is_none() {
                return Ok(done);
            }
            let message = "no whole generation is left; publish to a new folder".to_owned();
            return Err(Trouble::Failed(message));
        };
        self.show(&name).map_err(fail)?;
        done.push(format!("let readers see {name}, the newest generation that is whole"));
        Ok(done)
    }

    /// The newest release that is whole, byte for byte.
    pub(super) fn whole_release(&self) -> Result<Option<String>, Trouble> {
        for name in self.releases()? {
            if let Ok(release) = self.read_release(&name) {
                let mut found = Verified::default();
                self.look_at(&release, true, &mut found)?;
                if found.is_whole() {
                    return Ok(Some(name));
                }
            }
        }
        Ok(None)
    }

    /// Puts missing and damaged files back from good copies and removes foreign ones; gives back what has none.
    fn refill(
        &self,
        current: &Current,
        found: &Verified,
        done: &mut Vec<String>,
    ) -> Result<Vec<String>, Trouble> {
        let fail = |error| self.failed("mending", &error);
        let site = self.release(&current.record.name()).join(SITE);
        for path in &found.foreign {
            self.disk.remove(&site.join(path)).map_err(fail)?;
            done.push(format!("removed {path}, which cxbook did not publish"));
        }
        let broken: Vec<&String> = found.missing.iter().chain(&found.changed).collect();
        let wanted = broken.iter().filter_map(|path| current.files.get(path).map(str::to_owned)).collect();
        let copies = if broken.is_empty() { BTreeMap::new() } else { self.copies(&wanted)? };
        // What every change makes anew has one copy, and is made again.
        let made = root_files(&current.record);
        let made_again = |path: &str, digest: &str| made.get(path).filter(|bytes| sha256(bytes) == digest);
        let mut rest = Vec::new();
        for path in broken {
            let whole = |digest| copies.get(digest).or_else(|| made_again(path, digest));
            let Some(bytes) = current.files.get(path).and_then(whole) else {
                rest.push(path.clone());
                continue;
            };
            let (at, fresh) = (site.join(path), site.join(format!("{path}.mending")));
            let put = || {
                self.disk.remove(&fresh)?;
                self.disk.make_folder(at.parent().unwrap_or(&site))?;
                self.disk.create(&fresh, bytes)?;
                self.disk.sync(&self.root)?;
                self.disk.rename(&fresh, &at)
            };
            put().map_err(fail)?;
            done.push(format!("put {path} back from a good copy"));
        }
        Ok(rest)
    }

    /// Bytes with these digests, from any release.
    fn copies(&self, wanted: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<u8>>, Trouble> {
        let mut copies = BTreeMap::new();
        for name in self.releases()? {
            let Ok(release) = self.read_release(&name) else { continue };
            let site = self.release(&name).join(SITE);
            for (path, digest) in release.files.iter().filter(|(_, digest)| wanted.contains(*digest)) {
                if copies.contains_key(digest)
                    || self.disk.kind(&site.join(path)).ok().flatten() != Some(Kind::File)
                {
                    continue;
                }
                let read =
                    self.disk.read(&site.join(path)).map_err(|error| self.failed("mending", &error))?;
                if let Some(bytes) = read.filter(|bytes| sha256(bytes) == digest) {
                    copies.insert(digest.to_owned(), bytes);
                }
            }
        }
        Ok(copies)
    }
}
