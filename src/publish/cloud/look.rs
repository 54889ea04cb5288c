//! Looking whether a bucket holds what was published.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{BLOBS, HEAD, PREFLIGHT, RELEASES};
use super::many::each;
use super::{CloudTarget, EMPTY, Trouble, Verified};
use crate::editions::{Current, Head, number_of};
use crate::output::sha256;
use crate::system::Listed;

impl CloudTarget {
    /// Looks at the generation that readers see, and at what lies around it.
    pub(super) fn look(&self, deep: bool) -> Result<Verified, Trouble> {
        let head = match self.head() {
            Ok(Some((head, _))) => head,
            Ok(None) => return Ok(Verified::nothing(&EMPTY)),
            Err(trouble) => return Ok(Verified::nothing(&trouble)),
        };
        if head.current().is_none() {
            return Ok(Verified::nothing(&EMPTY));
        }
        let current = match self.current(&head) {
            Ok(current) => current,
            Err(trouble) => return Ok(Verified::nothing(&trouble)),
        };
        let listed = self.listed()?;
        let mut found = Verified::default();
        if let Some(name) = &head.showing {
            found.wrong.push(format!(
                "generation {name} is being shown and not all of it is there yet; if its publisher died, cxbook repair finishes it"
            ));
        }
        let abandoned = Self::abandoned(&head, &listed);
        for name in &abandoned {
            match number_of(name) < current.record.floor {
                true => {
                    found.wrong.push(format!("the older generation {name} holds what was taken out since"));
                }
                // Somebody may be making it just now.
                false if head.holder.is_some() => {}
                false => found.wrong.push(format!(
                    "a publisher left generation {name} unfinished; cxbook repair clears it up"
                )),
            }
        }
        let left = self.left(&abandoned, &listed, &current.files)?;
        let left = self.still_left(&left)?;
        self.look_at(&current, &listed, deep, &mut found)?;
        strangers(&current, &listed, &left, &mut found);
        if deep {
            self.look_back(&head, &current, &listed, &mut found)?;
        }
        Ok(found)
    }

    /// Compares a generation with what is there.
    pub(super) fn look_at(
        &self,
        current: &Current,
        listed: &BTreeMap<String, Listed>,
        deep: bool,
        found: &mut Verified,
    ) -> Result<(), Trouble> {
        let files: Vec<(&str, &str)> = current.files.iter().collect();
        found.files += files.len();
        let there = |path: &str| listed.contains_key(path);
        found
            .missing
            .extend(files.iter().filter(|(path, _)| !there(path)).map(|(path, _)| (*path).to_owned()));
        if deep {
            let changed = each(self.workers, &files, |(path, digest)| {
                let read = if there(path) { self.get(path)? } else { None };
                let is_other = read.is_some_and(|(bytes, _)| sha256(&bytes) != *digest);
                Ok::<_, Trouble>(is_other.then(|| (*path).to_owned()))
            })?;
            found.changed.extend(changed.into_iter().flatten());
        }
        Ok(())
    }

    /// Whether every generation that is named can be gone back to.
    fn look_back(
        &self,
        head: &Head,
        current: &Current,
        listed: &BTreeMap<String, Listed>,
        found: &mut Verified,
    ) -> Result<(), Trouble> {
        let blobs: Vec<(&str, &str)> = Self::blobs(listed).collect();
        let whole = each(self.workers, &blobs, |(path, digest)| {
            let is_whole = self.get(path)?.is_some_and(|(bytes, _)| sha256(&bytes) == *digest);
            if is_whole { Ok::<_, Trouble>(Ok(*digest)) } else { Ok(Err((*path).to_owned())) }
        })?;
        let mut digests: BTreeSet<&str> = current.files.iter().map(|(_, digest)| digest).collect();
        for blob in whole {
            match blob {
                Ok(digest) => _ = digests.insert(digest),
                Err(path) => found.changed.push(path),
            }
        }
        for name in &head.older {
            let is_whole = self
                .release(name)
                .is_ok_and(|older| older.files.iter().all(|(_, digest)| digests.contains(digest)));
            if !is_whole {
                found.wrong.push(format!("generation {name} cannot be gone back to: not all of it is there"));
            }
        }
        Ok(())
    }
}

/// What cxbook did not put there.
fn strangers(current: &Current, listed: &BTreeMap<String, Listed>, left: &[&str], found: &mut Verified) {
    let own = |path: &str| {
        let known = [RELEASES, BLOBS, PREFLIGHT].iter().any(|folder| path.starts_with(folder));
        path == HEAD || known
    };
    let foreign = listed
        .keys()
        .filter(|path| current.files.get(path).is_none() && !own(path) && !left.contains(&path.as_str()));
    found.foreign.extend(foreign.cloned());
}
