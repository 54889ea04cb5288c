//! Object storage: every file is an object that a browser can be sent, and one object, `_cx/head.json`, says which generation
//! counts and who is at work.
//!
//! A publisher takes its turn by writing its name into the head, which succeeds only if the head is still what it read. Whoever
//! wants the turn of a publisher that died has to change the head too, so the dead one, should it wake up, cannot write it any
//! more. New files are put beside the old ones, where nothing leads to them. When all are there the head says that the new
//! generation is being shown: from then on it is not taken back, and whoever comes next finishes it. Then the files that change
//! follow, the root last, and the head says that it is shown.

mod address;
mod clear;
mod heal;
mod lay;
mod layout;
mod look;
mod many;
mod preflight;
mod show;
mod turn;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use super::{
    ATTEMPTS, Done, EMPTY, Files, Generation, LISTING, Planner, RECORD, SEAL, Target, Trouble, Verified,
    understood,
};
use crate::editions::{Current, Head, Listing, Record, number_of};
use crate::output::sha256;
use crate::system::{Clock, Listed, Mark, Objects};
pub use address::StoreAddress;
use layout::{HEAD, PREFLIGHT, RELEASES};
use many::each;
use turn::Turn;

/// How long to wait for another publisher to end. Longer than the lease of one that died.
const PATIENCE: Duration = Duration::from_secs(300);
/// Requests at once.
const WORKERS: usize = 8;

/// Why a publisher stops.
#[derive(Debug)]
enum Stop {
    /// Somebody else has the turn.
    Lost,
    /// The store did not say whether the head was written.
    Unsure(String),
    /// Anything else.
    Trouble(Trouble),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// A folder of a bucket.
#[derive(Debug, Clone)]
pub struct CloudTarget {
    objects: Arc<dyn Objects>,
    clock: Arc<dyn Clock>,
    address: StoreAddress,
    /// A text that no other publisher has.
    id: String,
    workers: usize,
    patience: Duration,
}

impl CloudTarget {
    /// A folder of a bucket; `salt` is a text that nobody else has.
    pub fn new(objects: Arc<dyn Objects>, clock: Arc<dyn Clock>, address: StoreAddress, salt: &str) -> Self {
        let id = salt.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
        Self { objects, clock, address, id, workers: WORKERS, patience: PATIENCE }
    }

    /// Sends so many requests at once.
    #[must_use]
    pub fn with_workers(mut self, workers: usize) -> Self {
        self.workers = workers;
        self
    }

    /// Waits so long for another publisher.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn failed(&self, what: &str, error: &io::Error) -> Trouble {
        let help = match error.kind() {
            ErrorKind::PermissionDenied => {
                ". Let the credentials of this run read, list, write and delete there"
            }
            ErrorKind::InvalidInput => ". Rename that page",
            _ => "",
        };
        Trouble::Failed(format!("{what} in {} failed: {error}{help}", self.address))
    }

    fn damaged(&self, what: &str, why: &str) -> Trouble {
        Trouble::Failed(format!(
            "{what} in {} cannot be used: {why}; cxbook repair looks for a whole generation",
            self.address
        ))
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        self.objects.get(&self.address.key(path)).map_err(|error| self.failed("reading", &error))
    }

    /// Everything below the folder, by path.
    fn listed(&self) -> Result<BTreeMap<String, Listed>, Trouble> {
        let all = self.objects.list(self.address.folder()).map_err(|error| self.failed("looking", &error))?;
        let start = self.address.key("");
        let own = all.into_iter().filter_map(|one| Some((one.key.strip_prefix(&start)?.to_owned(), one)));
        Ok(own.collect())
    }

    /// What the head says; `None` when nothing was published there yet.
    fn head(&self) -> Result<Option<(Head, Mark)>, Trouble> {
        let (bytes, mark) = match self.get(HEAD)? {
            Some(found) => found,
            None => match self.is_free() {
                Ok(()) => return Ok(None),
                // Unless somebody was the first since that was asked.
                Err(why) => self.get(HEAD)?.ok_or(why)?,
            },
        };
        let head = Head::parse(&bytes).map_err(|why| self.damaged(HEAD, &why))?;
        Ok(Some((head, mark)))
    }

    /// Whether the folder may become ours.
    fn is_free(&self) -> Result<(), Trouble> {
        let listed = self.listed()?;
        if listed.keys().any(|path| path.starts_with(RELEASES)) {
            return Err(self.damaged(HEAD, "it is missing"));
        }
        match listed.keys().find(|path| !path.starts_with(PREFLIGHT)) {
            None => Ok(()),
            Some(path) => Err(Trouble::Refused(format!(
                "{} holds files that cxbook did not publish, such as {path}; choose an empty folder",
                self.address
            ))),
        }
    }

    /// A generation, as it was written with its record.
    fn release(&self, name: &str) -> Result<Current, Trouble> {
        let (record, listing) = self.written(name)?;
        let files = std::str::from_utf8(&listing).ok().and_then(|text| Listing::parse(text).ok());
        let files = files.unwrap_or_default();
        let current = understood(&record, &listing, &|path| self.bytes(path, &files))?;
        self.is_named(&current.record, name)?;
        Ok(current)
    }

    /// The digests of its files alone. While a purge is being shown, files of the generation before are there no more.
    fn digests(&self, name: &str) -> Result<Listing, Trouble> {
        let (record, listing) = self.written(name)?;
        let (record, files) = super::written(&record, &listing)?;
        self.is_named(&record, name)?;
        Ok(files)
    }

    /// The bytes of a record and of its list of files.
    fn written(&self, name: &str) -> Result<(Vec<u8>, Vec<u8>), Trouble> {
        let read = |file: &str| {
            let path = layout::of_release(name, file);
            let found = self.get(&path)?.ok_or_else(|| self.damaged(&path, "it is missing"))?;
            Ok::<_, Trouble>(found.0)
        };
        Ok((read(RECORD)?, read(LISTING)?))
    }

    fn is_named(&self, record: &Record, name: &str) -> Result<(), Trouble> {
        match record.name() == name {
            true => Ok(()),
            false => Err(self.damaged(&layout::of_release(name, RECORD), "it is the record of another one")),
        }
    }

    fn current(&self, head: &Head) -> Result<Current, Trouble> {
        let Some(name) = head.current() else { return Ok(Current::default()) };
        let mut current = self.release(name)?;
        current.seal = self.get(&layout::of_release(name, SEAL))?.map(|(bytes, _)| bytes);
        Ok(current)
    }

    /// The bytes of a file of a generation: at its own place, among those that were kept, or at another place that has the same.
    fn bytes(&self, path: &str, files: &Listing) -> Result<Vec<u8>, Trouble> {
        let missing = || {
            Trouble::Failed(format!(
                "{path} is missing or damaged in {}; cxbook repair mends what it can",
                self.address
            ))
        };
        let digest = files.get(path).ok_or_else(missing)?;
        let places = [path.to_owned(), layout::blob(digest)].into_iter();
        let others = files.iter().filter(|(other, same)| *same == digest && *other != path);
        for place in places.chain(others.map(|(other, _)| other.to_owned())) {
            if let Some((bytes, _)) = self.get(&place)?.filter(|(bytes, _)| sha256(bytes) == digest) {
                return Ok(bytes);
            }
        }
        Err(missing())
    }

    /// One attempt; `begun` is the generation that may be shown already.
    fn once(&self, plan: &mut Planner<'_>, begun: &mut Option<String>) -> Result<Done, Stop> {
        if let Some((head, _)) = self.head()? {
            match begun.as_deref() {
                Some(name) if head.showing.as_deref() == Some(name) => {}
                Some(name) if head.names().any(|known| known == name) => return Ok(Done::Changed),
                _ => *begun = None,
            }
            // What is there already needs no turn, and nothing is written for it; unless something is to be cleared up.
            if head.holder.is_none() && head.showing.is_none() {
                let current = self.current(&head)?;
                if plan(&current)?.is_same && !self.holds_what_was_taken_out(&head, &current)? {
                    return Ok(Done::Same);
                }
            }
        } else {
            *begun = None;
        }
        let turn = self.take_turn()?;
        let done = self.at_work(&turn, plan, begun);
        turn.end(done)
    }

    /// Finishes what another one began, then plans and carries out.
    fn at_work(
        &self,
        turn: &Turn<'_>,
        plan: &mut Planner<'_>,
        begun: &mut Option<String>,
    ) -> Result<Done, Stop> {
        if let Some(name) = turn.head().showing {
            self.finish(turn, &name)?;
            // It may have taken something out, and then it is not done before that is gone.
            let cleared = self.clear(turn).map_err(|stop| self.not_cleared(stop));
            if begun.take().as_ref() == Some(&name) {
                return cleared.map(|_| Done::Changed);
            }
        }
        let current = self.current(&turn.head())?;
        let mut plan = plan(&current)?;
        if plan.is_same {
            // What a purge took out must not stay behind because its publisher died.
            if self.holds_what_was_taken_out(&turn.head(), &current)? {
                self.clear(turn).map_err(|stop| self.not_cleared(stop))?;
            }
            return Ok(Done::Same);
        }
        let listed = self.listed()?;
        let highest = listed.keys().filter_map(|path| layout::release_of(path)).map(number_of).max();
        if highest.is_some_and(|highest| plan.record.generation <= highest) {
            plan.renumber(highest.unwrap_or_default() + 1);
        }
        let name = plan.record.name();
        let abandoned = Self::abandoned(&turn.head(), &listed);
        let left = self.left(&abandoned, &listed, &current.files)?;
        self.lay(turn, &plan, &current, &listed, &left)?;
        match turn.write(|head| head.showing = Some(name.clone())) {
            Ok(()) => *begun = Some(name.clone()),
            Err(Stop::Unsure(words)) => return Err(Trouble::Unknown(words).into()),
            Err(Stop::Lost) => {
                *begun = Some(name);
                return Err(Stop::Lost);
            }
            Err(stop) => return Err(stop),
        }
        self.finish(turn, &name)?;
        let cleared = match plan.takes_out() || !abandoned.is_empty() {
            true => self.clear(turn).map(|_| ()),
            false => Ok(()),
        };
        // Whoever took over clears up, and what this one began is shown.
        if !matches!(cleared, Err(Stop::Lost)) {
            *begun = None;
        }
        cleared.map_err(|stop| self.not_cleared(stop)).map(|()| Done::Changed)
    }

    /// Shows the rest of what somebody began to show.
    fn finish_begun(&self, turn: &Turn<'_>) -> Result<(), Stop> {
        turn.head().showing.map_or(Ok(()), |name| self.finish(turn, &name))
    }

    fn finish_and_clear(&self, turn: &Turn<'_>) -> Result<Vec<String>, Stop> {
        self.finish_begun(turn)?;
        self.clear(turn)
    }

    fn not_cleared(&self, stop: Stop) -> Stop {
        match stop {
            Stop::Trouble(Trouble::Failed(words)) | Stop::Unsure(words) => Trouble::Failed(format!(
                "readers see the new generation, but older ones are still there: {words}; cxbook repair removes them"
            ))
            .into(),
            // Whoever has the turn now clears up before anything else is done.
            other => other,
        }
    }

    /// Why it ended, for people.
    fn trouble(&self, stop: Stop, has_begun: bool) -> Trouble {
        match stop {
            Stop::Lost => {
                Trouble::Failed(format!("other publishers were quicker in {}; try again later", self.address))
            }
            Stop::Unsure(words) | Stop::Trouble(Trouble::Failed(words)) if has_begun => Trouble::Unknown(
                format!("the new generation is being shown, and not all of it is there yet: {words}"),
            ),
            Stop::Unsure(words) => Trouble::Failed(words),
            Stop::Trouble(trouble) => trouble,
        }
    }

    /// Does something as the only one at work.
    fn alone<T>(&self, act: impl Fn(&Turn<'_>) -> Result<T, Stop>) -> Result<T, Trouble> {
        for _ in 0..ATTEMPTS {
            let done = self.take_turn().and_then(|turn| turn.end(act(&turn)));
            match done {
                Err(Stop::Lost) => {}
                other => return other.map_err(|stop| self.trouble(stop, false)),
            }
        }
        Err(self.trouble(Stop::Lost, false))
    }
}

impl Target for CloudTarget {
    fn read(&self) -> Result<Current, Trouble> {
        self.head()?.map_or_else(|| Ok(Current::default()), |(head, _)| self.current(&head))
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        let current = self.read()?;
        if current.record.generation == 0 {
            return Err(Trouble::Failed(EMPTY.to_owned()));
        }
        self.bytes(path, &current.files)
    }

    fn files(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Files, Trouble> {
        let current = self.read()?;
        let paths: Vec<&str> =
            current.files.iter().map(|(path, _)| path).filter(|path| wanted(path)).collect();
        let read = each(self.workers, &paths, |path| {
            let found = match self.bytes(path, &current.files) {
                Ok(bytes) => Some(bytes),
                // One that is damaged is given back as it is, one that is missing is left out.
                Err(_) => self.get(path)?.map(|(bytes, _)| bytes),
            };
            Ok::<_, Trouble>(found.map(|bytes| ((*path).to_owned(), bytes)))
        })?;
        Ok(read.into_iter().flatten().collect())
    }

    fn change(&self, plan: &mut Planner<'_>) -> Result<Done, Trouble> {
        let mut begun = None;
        for attempt in 0..ATTEMPTS {
            match self.once(plan, &mut begun) {
                Ok(done) => return Ok(done),
                Err(Stop::Lost) => {}
                Err(stop @ Stop::Trouble(Trouble::Refused(_))) if attempt > 0 => {
                    // What an earlier attempt laid there is of no use to anybody. Should that fail too, the next publisher clears up.
                    let _ = self.alone(|turn| self.finish_and_clear(turn));
                    return Err(self.trouble(stop, false));
                }
                Err(stop) => return Err(self.trouble(stop, begun.is_some())),
            }
        }
        Err(self.trouble(Stop::Lost, begun.is_some()))
    }

    fn generations(&self) -> Result<Vec<Generation>, Trouble> {
        let Some((head, _)) = self.head()? else { return Ok(Vec::new()) };
        let names: Vec<&str> = head.names().collect();
        each(self.workers, &names, |name| {
            let read = self.get(&layout::of_release(name, RECORD))?;
            let record = read.as_ref().map(|(bytes, _)| bytes.as_slice());
            Ok(Generation::of(name, record, head.current() == Some(*name)))
        })
    }

    fn generation(&self, name: &str) -> Result<Current, Trouble> {
        self.release(name)
    }

    fn verify(&self, deep: bool) -> Result<Verified, Trouble> {
        self.look(deep)
    }

    fn repair(&self) -> Result<Vec<String>, Trouble> {
        self.heal()
    }

    fn forget(&self, keep: usize, apply: bool) -> Result<Vec<String>, Trouble> {
        let old = |head: &Head| head.older.iter().skip(keep).cloned().collect::<Vec<_>>();
        let Some((head, _)) = self.head()? else { return Ok(Vec::new()) };
        if !apply || old(&head).is_empty() {
            return Ok(old(&head));
        }
        self.alone(|turn| {
            self.finish_begun(turn)?;
            let gone = old(&turn.head());
            turn.write(|head| head.older.truncate(keep))?;
            self.clear(turn)?;
            Ok(gone)
        })
    }
}
