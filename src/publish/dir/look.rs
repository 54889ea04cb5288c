//! Looking whether a folder holds what was published.

use std::collections::BTreeSet;
use std::path::Path;

use super::layout::{CURRENT, OWN, SITE};
use super::{DirTarget, EMPTY, Trouble, Verified};
use crate::editions::Current;
use crate::output::sha256;
use crate::system::Kind;

impl DirTarget<'_> {
    /// Looks at the release that readers see, and at what lies around it.
    pub(super) fn look(&self, deep: bool) -> Result<Verified, Trouble> {
        if !self.is_ours()? {
            return Ok(Verified::nothing(&EMPTY));
        }
        let mut found = Verified::default();
        let names = self.disk.list(&self.root).map_err(|error| self.failed("looking", &error))?;
        let strangers = names.into_iter().filter(|(name, _)| name != CURRENT && name != OWN);
        found.foreign.extend(strangers.map(|(name, _)| name));
        let current = self.current_name().and_then(|name| match name {
            Some(name) => self.read_release(&name).map(Some),
            None => Ok(None),
        });
        match current {
            Ok(Some(current)) => {
                self.look_at(&current, deep, &mut found)?;
                let old = self.below(current.record.floor)?.into_iter();
                found.wrong.extend(
                    old.map(|name| format!("the older generation {name} holds what was taken out since")),
                );
            }
            Ok(None) => found.wrong.push("no release is shown to readers".to_owned()),
            Err(trouble) => found.wrong.push(trouble.to_string()),
        }
        Ok(found)
    }

    /// Compares a release with its listing.
    pub(super) fn look_at(&self, release: &Current, deep: bool, found: &mut Verified) -> Result<(), Trouble> {
        let site = self.release(&release.record.name()).join(SITE);
        let fail = |error| self.failed("looking", &error);
        for (path, digest) in release.files.iter() {
            let at = site.join(path);
            found.files += 1;
            match self.disk.kind(&at).map_err(fail)? {
                None => found.missing.push(path.to_owned()),
                Some(Kind::File) if !deep => {}
                Some(Kind::File) => {
                    let bytes = self.disk.read(&at).map_err(fail)?.unwrap_or_default();
                    if sha256(&bytes) != digest {
                        found.changed.push(path.to_owned());
                    }
                }
                Some(_) => found.changed.push(path.to_owned()),
            }
        }
        let mut all = BTreeSet::new();
        self.walk(&site, "", &mut all)?;
        found.foreign.extend(all.into_iter().filter(|path| release.files.get(path).is_none()));
        Ok(())
    }

    /// Everything below a folder that is no folder.
    fn walk(&self, folder: &Path, below: &str, all: &mut BTreeSet<String>) -> Result<(), Trouble> {
        for (name, kind) in self.disk.list(folder).map_err(|error| self.failed("looking", &error))? {
            let path = format!("{below}{name}");
            match kind {
                Kind::Folder => self.walk(&folder.join(&name), &format!("{path}/"), all)?,
                _ => _ = all.insert(path),
            }
        }
        Ok(())
    }
}
