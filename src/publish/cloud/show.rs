//! Letting readers see a generation whose files are all there.

use std::collections::BTreeMap;

use super::lay::{Over, is_same};
use super::layout::{self, is_late, order};
use super::many::each;
use super::turn::Turn;
use super::{CloudTarget, Stop, Trouble};
use crate::editions::Listing;
use crate::output::sha256;
use crate::system::Mark;

/// How often files are looked at again.
const ROUNDS: usize = 3;

impl CloudTarget {
    /// Shows the generation of which the head says that it is being shown; may be done again from the start at any point.
    pub(super) fn finish(&self, turn: &Turn<'_>, name: &str) -> Result<(), Stop> {
        let before = match &turn.head().shown {
            Some(shown) if shown != name => self.digests(shown)?,
            _ => Listing::default(),
        };
        self.replace(turn, name, &before)
    }

    /// The same where what readers saw before is told by somebody else than its record.
    pub(super) fn replace(&self, turn: &Turn<'_>, name: &str, before: &Listing) -> Result<(), Stop> {
        let next = self.release(name)?;
        let changes =
            |(path, digest): &(&str, &str)| before.get(path) != Some(*digest) && is_late(path, before);
        let mut late: Vec<(&str, &str)> = next.files.iter().filter(changes).collect();
        late.sort_by_key(|(path, _)| order(path));
        let gone: Vec<&str> =
            before.iter().map(|(path, _)| path).filter(|path| next.files.get(path).is_none()).collect();
        for _ in 0..ROUNDS {
            let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
            let step = |path: &str| (order(path).0, order(path).1, order(path).2);
            for files in late.chunk_by(|(one, _), (other, _)| step(one) == step(other)) {
                marks.extend(each(self.workers, files, |(path, digest)| {
                    self.switch(turn, path, digest, &next.files)
                })?);
            }
            self.remove(turn, &gone)?;
            // A publisher that stood still for long may have written one more file than it had the right to.
            let listed = self.listed()?;
            let holds =
                |path: &str, mark: &Mark| listed.get(path).is_some_and(|one| is_same(&one.mark, mark));
            if marks.iter().all(|(path, mark)| holds(path, mark))
                && !gone.iter().any(|path| listed.contains_key(*path))
            {
                return turn.write(|head| {
                    let takes_out = next.record.floor == next.record.generation;
                    let shown = head.shown.take().filter(|shown| shown != name);
                    head.older = shown.into_iter().chain(std::mem::take(&mut head.older)).collect();
                    head.older.retain(|older| !takes_out && older != name);
                    head.shown = head.showing.take();
                });
            }
        }
        Err(Trouble::Failed(format!("somebody else writes files in {}", self.address)).into())
    }

    fn switch<'p>(
        &self,
        turn: &Turn<'_>,
        path: &'p str,
        digest: &str,
        next: &Listing,
    ) -> Result<(&'p str, Mark), Stop> {
        let kept = self.get(&layout::blob(digest))?.filter(|(bytes, _)| sha256(bytes) == digest);
        let bytes = kept.map_or_else(|| self.bytes(path, next), |(bytes, _)| Ok(bytes))?;
        self.settle(turn, path, &bytes, &layout::sent(path), Over::All).map(|mark| (path, mark))
    }

    /// Removes objects.
    pub(super) fn remove(&self, turn: &Turn<'_>, paths: &[&str]) -> Result<(), Stop> {
        each(self.workers, paths, |path| {
            for attempt in 0..super::turn::TRIES {
                turn.keep()?;
                match self.objects.remove(&self.address.key(path)) {
                    Ok(()) => break,
                    Err(error) if attempt + 1 == super::turn::TRIES => {
                        return Err(Stop::from(self.failed("removing", &error)));
                    }
                    Err(_) => self.pause(),
                }
            }
            Ok(())
        })
        .map(|_| ())
    }
}
