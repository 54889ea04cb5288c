//! Mending a bucket: what was begun is finished, damaged files come back from wherever a good copy is, leftovers go.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::lay::Over;
use super::layout::{self, HEAD, order, private};
use super::turn::Turn;
use super::{CloudTarget, Stop, Trouble, Verified};
use crate::editions::{Current, Head, Listing, number_of};
use crate::output::sha256;
use crate::system::{Mark, Only, Put};

impl CloudTarget {
    /// Mends what can be mended. What readers see is never replaced by something that is not whole.
    pub(super) fn heal(&self) -> Result<Vec<String>, Trouble> {
        let mut first = Vec::new();
        let head = self.get(HEAD)?;
        let parsed = head.as_ref().map(|(bytes, _)| Head::parse(bytes));
        match (parsed, head) {
            (Some(Ok(_)), _) => {}
            (None, _) => match self.is_free() {
                Ok(()) => return Err(Trouble::Refused(format!("nothing is published in {}", self.address))),
                Err(refused @ Trouble::Refused(_)) => return Err(refused),
                Err(_) => first.push(self.new_head(None)?),
            },
            (Some(Err(_)), head) => first.push(self.new_head(head.as_ref().map(|(_, mark)| mark))?),
        }
        let done = self.alone(|turn| {
            let mut done = Vec::new();
            self.mend(turn, &mut done).map(|()| done)
        })?;
        Ok(first.into_iter().chain(done).collect())
    }

    fn mend(&self, turn: &Turn<'_>, done: &mut Vec<String>) -> Result<(), Stop> {
        if let Some(name) = turn.head().showing {
            match self.finish(turn, &name) {
                Ok(()) => done.push(format!("finished showing generation {name}")),
                // Copies of it are gone, so it can never be finished; what readers saw before comes back below.
                Err(Stop::Trouble(_)) if !self.is_whole(&name)? => {
                    if turn.head().shown.is_none() {
                        return Err(self.nothing_whole().into());
                    }
                    turn.write(|head| head.showing = None)?;
                    done.push(format!("gave up generation {name}, of which no good copy is left"));
                }
                Err(Stop::Trouble(trouble)) => {
                    let shown = turn.head().shown.filter(|shown| self.digests(shown).is_err());
                    let shown = shown.ok_or(trouble)?;
                    self.replace(turn, &name, &self.unknown(&name)?)?;
                    done.push(format!(
                        "finished showing generation {name}; of {shown}, which readers saw before, no whole record is left"
                    ));
                }
                Err(stop) => return Err(stop),
            }
        }
        let Some(shown) = turn.head().shown else {
            done.extend(self.clear(turn)?);
            return Ok(());
        };
        let current = match self.release(&shown) {
            Ok(current) => current,
            Err(_) => {
                let whole = self.newest_whole()?.ok_or_else(|| self.nothing_whole())?;
                let name = whole.record.name();
                turn.write(|head| {
                    head.older.retain(|older| *older != name);
                    head.shown = Some(name.clone());
                })?;
                done.push(format!("let readers see {name}, the newest generation that is whole"));
                whole
            }
        };
        let rest = self.refill(turn, &current, done)?;
        let unreadable: Vec<String> =
            turn.head().older.into_iter().filter(|older| self.release(older).is_err()).collect();
        if !unreadable.is_empty() {
            turn.write(|head| head.older.retain(|older| !unreadable.contains(older)))?;
            done.push(format!("forgot {}, of which no whole record is left", unreadable.join(", ")));
        }
        done.extend(self.clear(turn)?);
        if rest.is_empty() {
            return Ok(());
        }
        // An older generation may lack an edition, so going back is for somebody to decide.
        let named = rest.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        Err(Stop::from(Trouble::Failed(format!(
            "no good copy is left of {} files ({named}); cxbook rollback goes back to an older generation",
            rest.len()
        ))))
    }

    /// Puts missing and damaged files back; gives back what has no good copy. Files of somebody else stay.
    fn refill(
        &self,
        turn: &Turn<'_>,
        current: &Current,
        done: &mut Vec<String>,
    ) -> Result<Vec<String>, Stop> {
        let mut found = Verified::default();
        self.look_at(current, &self.listed()?, true, &mut found)?;
        let mut broken: Vec<&String> = found.missing.iter().chain(&found.changed).collect();
        broken.sort_by_key(|path| order(path));
        let mut rest = Vec::new();
        for path in broken {
            let Ok(bytes) = self.bytes(path, &current.files) else {
                rest.push(path.clone());
                continue;
            };
            self.settle(turn, path, &bytes, &layout::sent(path), Over::All)?;
            done.push(format!("put {path} back from a good copy"));
        }
        Ok(rest)
    }

    /// What lies where a generation is to be shown, when nobody can say what of it is old: every file may be another one.
    fn unknown(&self, name: &str) -> Result<Listing, Trouble> {
        let (listed, mut before) = (self.listed()?, Listing::default());
        for (path, _) in self.release(name)?.files.iter().filter(|(path, _)| listed.contains_key(*path)) {
            before.insert(path.to_owned(), String::new());
        }
        Ok(before)
    }

    fn nothing_whole(&self) -> Trouble {
        Trouble::Failed(format!("no whole generation is left in {}; publish to a new folder", self.address))
    }

    /// Whether every byte of a generation is somewhere.
    fn is_whole(&self, name: &str) -> Result<bool, Trouble> {
        // A store that does not answer is no damage.
        self.listed()?;
        Ok(self.release(name).is_ok_and(|release| {
            release.files.iter().all(|(path, _)| self.bytes(path, &release.files).is_ok())
        }))
    }

    /// The newest generation that is whole.
    fn newest_whole(&self) -> Result<Option<Current>, Trouble> {
        for name in self.all_releases()? {
            if self.is_whole(&name)? {
                return self.release(&name).map(Some);
            }
        }
        Ok(None)
    }

    /// Names of all generations that lie there, newest first.
    fn all_releases(&self) -> Result<Vec<String>, Trouble> {
        let listed = self.listed()?;
        let names: BTreeSet<&str> = listed.keys().filter_map(|path| layout::release_of(path)).collect();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort_by_key(|name| (Reverse(number_of(name)), name.clone()));
        Ok(names)
    }

    /// Writes a head where there is none that can be read.
    fn new_head(&self, damaged: Option<&Mark>) -> Result<String, Trouble> {
        let Some(whole) = self.newest_whole()? else {
            return Err(self.nothing_whole());
        };
        let name = whole.record.name();
        let older = self.all_releases()?.into_iter().filter(|other| {
            *other != name
                && number_of(other) >= whole.record.floor
                && number_of(other) < whole.record.generation
                && self.release(other).is_ok()
        });
        let head = Head {
            by: format!("{}{}", self.id, sha256(name.as_bytes()).get(..8).unwrap_or_default()),
            shown: Some(name.clone()),
            older: older.collect(),
            ..Head::first()
        };
        let only = damaged.map_or(Only::IfAbsent, Only::IfStill);
        match self.objects.put(&self.address.key(HEAD), head.json().as_bytes(), &private(), only) {
            Ok(Put::Done(_)) => Ok(format!("let readers see {name}, the newest generation that is whole")),
            Ok(Put::Refused) => Err(Trouble::Failed("another publisher mends it already".to_owned())),
            Err(error) => Err(self.failed("mending", &error)),
        }
    }
}
