//! Whether a store keeps its word. A condition that is ignored loses an edition as soon as two publish at once, so a store is
//! tried before anything is published there.

use std::sync::Barrier;

use super::layout::{PREFLIGHT, private};
use super::{CloudTarget, Trouble};
use crate::system::{Mark, Only, Put};

/// Writers at once.
const WRITERS: usize = 8;
/// How often they race.
const RACES: usize = 4;

impl CloudTarget {
    /// Tries what publishing needs.
    pub(super) fn preflight(&self) -> Result<(), Trouble> {
        self.clear_trials()?;
        let tried = self.one_after_the_other().and_then(|()| self.all_at_once());
        self.clear_trials()?;
        tried
    }

    /// Removes what this publisher tried with; another one may be trying too.
    fn clear_trials(&self) -> Result<(), Trouble> {
        let own = format!("{PREFLIGHT}{}-", self.id);
        for path in self.listed()?.into_keys().filter(|path| path.starts_with(&own)) {
            // What is left is in nobody's way.
            let _ = self.objects.remove(&self.address.key(&path));
        }
        Ok(())
    }

    fn unfit(&self, why: &str) -> Trouble {
        Trouble::Refused(format!(
            "{} cannot be published to: the store {why}, so two publishers could overwrite each other's editions. Use a store \
             with conditional writes (If-None-Match and If-Match), or publish to a folder",
            self.address
        ))
    }

    fn trial(&self, name: &str) -> String {
        self.address.key(&format!("{PREFLIGHT}{}-{name}", self.id))
    }

    fn tried(&self, key: &str, text: &str, only: Only<'_>) -> Result<Put, Trouble> {
        self.objects.put(key, text.as_bytes(), &private(), only).map_err(|error| match error.kind() {
            std::io::ErrorKind::Unsupported => self.unfit("does not know conditional writes"),
            _ => self.failed("trying to write", &error),
        })
    }

    fn holds(&self, key: &str, text: &str) -> Result<bool, Trouble> {
        let read = self.objects.get(key).map_err(|error| self.failed("trying to read", &error))?;
        Ok(read.is_some_and(|(bytes, _)| bytes == text.as_bytes()))
    }

    fn one_after_the_other(&self) -> Result<(), Trouble> {
        let key = self.trial("single");
        let Put::Done(first) = self.tried(&key, "first", Only::IfAbsent)? else {
            return Err(self.unfit("says that an object is there which nobody wrote"));
        };
        if first == Mark::default() {
            return Err(self.unfit("tells no state of an object (ETag)"));
        }
        if self.tried(&key, "other", Only::IfAbsent)? != Put::Refused || !self.holds(&key, "first")? {
            return Err(self.unfit("writes over an object that may only be made anew"));
        }
        let Put::Done(_) = self.tried(&key, "second", Only::IfStill(&first))? else {
            return Err(self.unfit("refuses to replace an object by its ETag"));
        };
        if self.tried(&key, "third", Only::IfStill(&first))? != Put::Refused || !self.holds(&key, "second")? {
            return Err(self.unfit("replaces an object though it is not any more what it was"));
        }
        let is_listed = self.listed()?.into_values().any(|one| one.key == key && one.bytes == 6);
        if is_listed { Ok(()) } else { Err(self.unfit("does not list what was just written")) }
    }

    fn all_at_once(&self) -> Result<(), Trouble> {
        for race in 0..RACES {
            let key = self.trial(&format!("race{race}"));
            let made = self.race(&key, "made", Only::IfAbsent)?;
            let mark = self.objects.get(&key).map_err(|error| self.failed("trying to read", &error))?;
            let mark = mark.map(|(_, mark)| mark).unwrap_or_default();
            let replaced = self.race(&key, "replaced", Only::IfStill(&mark))?;
            if made != 1 || replaced != 1 {
                return Err(self.unfit(&format!(
                    "let {made} of {WRITERS} writers make the same object, and {replaced} replace it"
                )));
            }
        }
        Ok(())
    }

    /// How many of many writers are told that theirs is there.
    fn race(&self, key: &str, word: &str, only: Only<'_>) -> Result<usize, Trouble> {
        let start = Barrier::new(WRITERS);
        let puts: Vec<Result<Put, Trouble>> = std::thread::scope(|scope| {
            let write = |writer: usize| {
                let start = &start;
                move || {
                    start.wait();
                    self.tried(key, &format!("{word} by {writer}"), only)
                }
            };
            let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(write(writer))).collect();
            writers.into_iter().filter_map(|writer| writer.join().ok()).collect()
        });
        let (mut won, mut answered, mut failed) = (Vec::new(), 0, None);
        for (writer, put) in puts.into_iter().enumerate() {
            match put {
                Ok(Put::Done(_)) => won.push(writer),
                Ok(Put::Refused) => answered += 1,
                // A busy store may give one of them no answer; the others say enough.
                Err(trouble) => failed = Some(trouble),
            }
        }
        match (won.as_slice(), failed) {
            ([], Some(trouble)) => Err(trouble),
            ([one], _) if answered > 0 && !self.holds(key, &format!("{word} by {one}"))? => {
                Err(self.unfit("holds another object than the writer was told"))
            }
            _ => Ok(won.len()),
        }
    }
}
