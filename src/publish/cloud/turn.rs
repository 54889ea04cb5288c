//! Whose turn it is. There is no lock in object storage, so the head names who is at work, and that publisher writes it anew
//! again and again. One that did not for the length of a lease, seen by the clock of whoever waits, is dead; no two clocks are
//! compared.

use std::io::ErrorKind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::layout::{HEAD, private};
use super::{CloudTarget, Stop, Trouble};
use crate::editions::Head;
use crate::system::{Mark, Only, Put};

/// A turn ends when it was not renewed for so long. A request may take 55 seconds with all its repetitions, and none is begun when
/// the last renewal is older than [`RENEW`].
const LEASE: Duration = Duration::from_secs(90);
/// How old a turn is renewed.
const RENEW: Duration = Duration::from_secs(20);
/// Time between two looks at somebody else's turn.
const LOOK: Duration = Duration::from_secs(2);
/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(500);
/// How often a request is tried.
pub(super) const TRIES: usize = 4;

/// The right to change the target.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    target: &'a CloudTarget,
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    head: Head,
    mark: Mark,
    /// When the request that renewed it was begun.
    renewed: Duration,
}

impl CloudTarget {
    pub(super) fn pause(&self) {
        self.clock.wait(PAUSE);
    }

    /// Takes the turn, when it is free or its holder is dead.
    pub(super) fn take_turn(&self) -> Result<Turn<'_>, Stop> {
        let begun = self.clock.elapsed();
        // A state of the head, and since when it is that.
        let mut watched: Option<(Head, Duration)> = None;
        loop {
            let Some((head, mark)) = self.head()? else {
                self.preflight()?;
                self.found()?;
                continue;
            };
            let now = self.clock.elapsed();
            let since = watched.filter(|(before, _)| *before == head).map_or(now, |(_, since)| since);
            if head.holder.as_ref().is_none_or(|holder| *holder == self.id) || now - since >= LEASE {
                let turn = Turn { target: self, held: Mutex::new(Held { head, mark, renewed: now }) };
                match turn.write(|head| head.holder = Some(self.id.clone())) {
                    Ok(()) => return Ok(turn),
                    Err(Stop::Lost) => watched = None,
                    Err(stop) => return Err(stop),
                }
                continue;
            }
            if now - begun >= self.patience {
                return Err(Trouble::Failed(format!(
                    "another publisher is at work in {} and did not end within {} seconds; try again later",
                    self.address,
                    self.patience.as_secs()
                ))
                .into());
            }
            watched = Some((head, since));
            self.clock.wait(LOOK);
        }
    }

    /// Writes the first head, unless somebody else does.
    fn found(&self) -> Result<(), Trouble> {
        let first = Head { by: self.id.clone(), ..Head::first() };
        let mut failed = None;
        for _ in 0..TRIES {
            let put = self.objects.put(
                &self.address.key(HEAD),
                first.json().as_bytes(),
                &private(),
                Only::IfAbsent,
            );
            match put {
                Ok(_) => return Ok(()),
                Err(error) => failed = Some(error),
            }
            self.pause();
        }
        Err(failed.map_or(Trouble::Failed(String::new()), |error| self.failed("writing", &error)))
    }
}

impl Turn<'_> {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the head says.
    pub(super) fn head(&self) -> Head {
        self.held().head.clone()
    }

    /// Asked before every request that changes something: whether it is still this publisher's turn.
    pub(super) fn keep(&self) -> Result<(), Stop> {
        let mut held = self.held();
        if self.target.clock.elapsed() - held.renewed < RENEW {
            return Ok(());
        }
        self.put(&mut held, &|_| {})
    }

    /// Changes the head, if it is still as this publisher left it.
    pub(super) fn write(&self, change: impl Fn(&mut Head)) -> Result<(), Stop> {
        self.put(&mut self.held(), &change)
    }

    /// Ends the turn. If that fails, whoever comes next waits for the lease to end. What went wrong because somebody else took the
    /// turn meanwhile is no trouble.
    pub(super) fn end<T>(&self, done: Result<T, Stop>) -> Result<T, Stop> {
        let released = self.write(|head| head.holder = None);
        match (done, released) {
            (Err(_), Err(Stop::Lost)) => Err(Stop::Lost),
            (done, _) => done,
        }
    }

    fn put(&self, held: &mut Held, change: &dyn Fn(&mut Head)) -> Result<(), Stop> {
        let target = self.target;
        let mut next = held.head.clone();
        change(&mut next);
        next.turn += 1;
        next.by.clone_from(&target.id);
        let (key, bytes) = (target.address.key(HEAD), next.json().into_bytes());
        let (mut failed, mut is_open) = (String::new(), false);
        for attempt in 0..TRIES {
            if attempt > 0 {
                target.pause();
            }
            let renewed = target.clock.elapsed();
            match target.objects.put(&key, &bytes, &private(), Only::IfStill(&held.mark)) {
                Ok(Put::Done(mark)) => {
                    *held = Held { head: next, mark, renewed };
                    return Ok(());
                }
                Ok(Put::Refused) => {}
                // It may still be written, however late.
                Err(error) => {
                    is_open |= error.kind() != ErrorKind::PermissionDenied;
                    failed = target.failed("writing", &error).to_string();
                }
            }
            // The answer may be a wrong one: the store may have written it and said that it did not.
            match target.get(HEAD) {
                Ok(Some((now, mark))) if now == bytes => {
                    *held = Held { head: next, mark, renewed };
                    return Ok(());
                }
                Ok(Some((now, mark))) if now == held.head.json().as_bytes() => held.mark = mark,
                Ok(_) => return Err(Stop::Lost),
                Err(trouble) => {
                    is_open = true;
                    failed = trouble.to_string();
                }
            }
        }
        if is_open { Err(Stop::Unsure(failed)) } else { Err(Trouble::Failed(failed).into()) }
    }
}
