//! Putting everything of a new generation in its place that readers do not see yet.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, BLOBS, is_late};
use super::many::each;
use super::turn::{TRIES, Turn};
use super::{CloudTarget, LISTING, RECORD, SEAL, Stop, Trouble};
use crate::editions::{Current, Listing, Plan, Source};
use crate::output::sha256;
use crate::system::{Listed, Mark, Only, Put, Sent};

/// Digests that dead publishers left at paths which nothing leads to.
pub(super) type Left = BTreeMap<String, BTreeSet<String>>;

/// What may be written over.
#[derive(Clone, Copy)]
pub(super) enum Over<'a> {
    /// Whatever is there: it is ours, and it is this publisher's turn.
    All,
    /// What dead publishers left.
    Left(&'a Left),
}

impl CloudTarget {
    /// Puts an object, whatever is there, whatever the store answers: what it holds in the end decides.
    pub(super) fn settle(
        &self,
        turn: &Turn<'_>,
        path: &str,
        bytes: &[u8],
        sent: &Sent,
        over: Over<'_>,
    ) -> Result<Mark, Stop> {
        let key = self.address.key(path);
        // What is new is most likely not there; what changes is.
        let mut there = match over {
            Over::All => self.get(path)?,
            Over::Left(_) => None,
        };
        let mut failed = None;
        for _ in 0..TRIES {
            let only = match &there {
                None => Only::IfAbsent,
                Some((now, mark)) if now == bytes => return Ok(mark.clone()),
                Some((now, mark)) => {
                    self.may_write(path, now, over)?;
                    Only::IfStill(mark)
                }
            };
            turn.keep()?;
            match self.objects.put(&key, bytes, sent, only) {
                Ok(Put::Done(mark)) => return Ok(mark),
                Ok(Put::Refused) => {}
                Err(error) => {
                    failed = Some(self.failed("writing", &error));
                    self.pause();
                }
            }
            match self.get(path) {
                Ok(now) => there = now,
                Err(trouble) => failed = Some(trouble),
            }
        }
        let others = || Trouble::Failed(format!("somebody else writes {path} in {}", self.address));
        match there {
            Some((now, mark)) if now == bytes => Ok(mark),
            _ => Err(failed.unwrap_or_else(others).into()),
        }
    }

    fn may_write(&self, path: &str, now: &[u8], over: Over<'_>) -> Result<(), Trouble> {
        match over {
            Over::All => Ok(()),
            Over::Left(left) if left.get(path).is_some_and(|digests| digests.contains(&sha256(now))) => {
                Ok(())
            }
            Over::Left(_) => Err(Trouble::Refused(format!(
                "{path} is in {} already with other bytes, and cxbook did not put it there; move it away",
                self.address
            ))),
        }
    }

    /// Puts the record, the new files, what is needed to show those that change, and what is needed to go back.
    pub(super) fn lay(
        &self,
        turn: &Turn<'_>,
        plan: &Plan,
        current: &Current,
        listed: &BTreeMap<String, Listed>,
        left: &Left,
    ) -> Result<(), Stop> {
        let name = plan.record.name();
        // First what is going to be put, so that it can be cleared up.
        let seal = plan.seal().map_err(Trouble::Failed)?.map(|seal| (SEAL, seal));
        let own = [(LISTING, plan.listing.text()), (RECORD, plan.record.json())];
        for (file, text) in own.into_iter().chain(seal) {
            let path = layout::of_release(&name, file);
            self.settle(turn, &path, text.as_bytes(), &layout::private(), Over::All)?;
        }
        let has_blob = |digest: &str| listed.contains_key(&layout::blob(digest));
        if !plan.takes_out() {
            let old = current.files.iter().filter(|(path, digest)| plan.listing.get(path) != Some(*digest));
            let old: BTreeMap<&str, &str> = old.map(|(path, digest)| (digest, path)).collect();
            let old: Vec<(&str, &str)> = old.into_iter().filter(|(digest, _)| !has_blob(digest)).collect();
            each(self.workers, &old, |(digest, path)| match self.bytes(path, &current.files) {
                Ok(bytes) => self.keep_blob(turn, digest, &bytes),
                // It is damaged; the generation before cannot show it either.
                Err(_) => Ok(()),
            })?;
        }
        let base = match &plan.base {
            Some(name) if *name != current.record.name() => self.release(name)?.files,
            _ => current.files.clone(),
        };
        let wanted: Vec<(&String, &Source)> =
            plan.files.iter().filter(|(path, _)| current.files.get(path) != plan.listing.get(path)).collect();
        let put = each(self.workers, &wanted, |(path, source)| {
            let bytes = self.source(path, source, &base, &plan.listing)?;
            if is_late(path, &current.files) {
                let digest = plan.listing.get(path).unwrap_or_default();
                if has_blob(digest) { Ok(None) } else { self.keep_blob(turn, digest, &bytes).map(|()| None) }
            } else {
                let mark = self.settle(turn, path, &bytes, &layout::sent(path), Over::Left(left))?;
                Ok::<_, Stop>(Some(((*path).clone(), (bytes.len() as u64, mark))))
            }
        })?;
        self.has_landed(&put.into_iter().flatten().collect())
    }

    fn keep_blob(&self, turn: &Turn<'_>, digest: &str, bytes: &[u8]) -> Result<(), Stop> {
        self.settle(turn, &layout::blob(digest), bytes, &layout::private(), Over::All).map(|_| ())
    }

    fn source(
        &self,
        path: &str,
        source: &Source,
        base: &Listing,
        next: &Listing,
    ) -> Result<Vec<u8>, Trouble> {
        let bytes = match source {
            Source::New(bytes) => bytes.clone(),
            Source::Kept => self.bytes(path, base)?,
            Source::From(other) => self.bytes(other, base)?,
        };
        if next.get(path) == Some(sha256(&bytes).as_str()) {
            return Ok(bytes);
        }
        Err(Trouble::Failed(format!("{path} does not have the bytes that were planned")))
    }

    /// Whether the store lists what it said it took.
    fn has_landed(&self, put: &BTreeMap<String, (u64, Mark)>) -> Result<(), Stop> {
        if put.is_empty() {
            return Ok(());
        }
        let listed = self.listed()?;
        let lost = put.iter().find(|(path, (length, mark))| {
            listed.get(*path).is_none_or(|one| one.bytes != *length || !is_same(&one.mark, mark))
        });
        match lost {
            None => Ok(()),
            Some((path, _)) => {
                let message = format!("{} took {path} and does not have it", self.address);
                Err(Trouble::Failed(message).into())
            }
        }
    }

    /// Paths of [`BLOBS`] among others.
    pub(super) fn blobs(listed: &BTreeMap<String, Listed>) -> impl Iterator<Item = (&str, &str)> {
        listed.keys().filter_map(|path| Some((path.as_str(), path.strip_prefix(BLOBS)?)))
    }
}

/// Whether two marks are of one state. A list may write ETags otherwise than an answer does, and knows no versions.
pub(super) fn is_same(one: &Mark, other: &Mark) -> bool {
    let bare = |mark: &Mark| {
        mark.e_tag.as_ref().map(|tag| tag.trim_start_matches("W/").trim_matches('"').to_ascii_lowercase())
    };
    match (bare(one), bare(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}
