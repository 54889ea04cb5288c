//! Removing what dead publishers left and what nobody can go back to any more. Nothing is removed of which it is not known.

use std::collections::{BTreeMap, BTreeSet};

use super::lay::Left;
use super::layout;
use super::turn::Turn;
use super::{CloudTarget, LISTING, Stop, Trouble};
use crate::editions::{Current, Head, Listing, number_of};
use crate::output::sha256;
use crate::system::Listed;

impl CloudTarget {
    /// Names of generations that are not in the head: their publishers died, or what they held was taken out.
    pub(super) fn abandoned(head: &Head, listed: &BTreeMap<String, Listed>) -> BTreeSet<String> {
        let names = listed.keys().filter_map(|path| layout::release_of(path));
        names.filter(|name| !head.names().any(|known| known == *name)).map(str::to_owned).collect()
    }

    /// Whether a generation is left that was published before something was taken out. Only looked for where something was.
    pub(super) fn holds_what_was_taken_out(&self, head: &Head, current: &Current) -> Result<bool, Trouble> {
        let floor = current.record.floor;
        if floor == 0 {
            return Ok(false);
        }
        Ok(Self::abandoned(head, &self.listed()?).iter().any(|name| number_of(name) < floor))
    }

    /// What dead publishers put where nothing leads to it, by path; it may be written over.
    pub(super) fn left(
        &self,
        abandoned: &BTreeSet<String>,
        listed: &BTreeMap<String, Listed>,
        current: &Listing,
    ) -> Result<Left, Trouble> {
        let mut left = Left::new();
        for name in abandoned {
            let read = self.get(&layout::of_release(name, LISTING))?;
            let text = read.and_then(|(bytes, _)| String::from_utf8(bytes).ok()).unwrap_or_default();
            for (path, digest) in Listing::parse(&text).unwrap_or_default().iter() {
                if current.get(path).is_none() && listed.contains_key(path) {
                    left.entry(path.to_owned()).or_default().insert(digest.to_owned());
                }
            }
        }
        Ok(left)
    }

    /// Paths at which it still lies; somebody else may have put a file of the same name there.
    pub(super) fn still_left<'l>(&self, left: &'l Left) -> Result<Vec<&'l str>, Trouble> {
        let mut paths = Vec::new();
        for (path, digests) in left {
            if self.get(path)?.is_some_and(|(bytes, _)| digests.contains(&sha256(&bytes))) {
                paths.push(path.as_str());
            }
        }
        Ok(paths)
    }

    /// Removes generations that are in no head, and bytes that no generation needs; says what.
    pub(super) fn clear(&self, turn: &Turn<'_>) -> Result<Vec<String>, Stop> {
        let (listed, head) = (self.listed()?, turn.head());
        let abandoned = Self::abandoned(&head, &listed);
        let is_abandoned = |path: &str| layout::release_of(path).is_some_and(|name| abandoned.contains(name));
        let mut needed = BTreeSet::new();
        for name in head.names() {
            let read = self.get(&layout::of_release(name, LISTING))?;
            let text = read.and_then(|(bytes, _)| String::from_utf8(bytes).ok());
            let listing =
                text.and_then(|text| Listing::parse(&text).ok()).filter(|listing| !listing.is_empty());
            let Some(listing) = listing else {
                let path = layout::of_release(name, LISTING);
                return Err(Stop::from(Trouble::Failed(format!(
                    "{path} in {} cannot be read, so nothing was removed; cxbook prune --generations forgets that generation",
                    self.address
                ))));
            };
            needed.extend(listing.iter().map(|(_, digest)| digest.to_owned()));
        }
        let left = self.left(&abandoned, &listed, &self.current(&head)?.files)?;
        let files = self.still_left(&left)?;
        self.remove(turn, &files)?;
        let blobs =
            Self::blobs(&listed).filter(|(_, digest)| !needed.contains(*digest)).map(|(path, _)| path);
        let blobs: Vec<&str> = blobs.collect();
        self.remove(turn, &blobs)?;
        // The record goes last of each: without it nobody knows what else it left.
        let (last, first): (Vec<&str>, Vec<&str>) = listed
            .keys()
            .map(String::as_str)
            .filter(|path| is_abandoned(path))
            .partition(|path| path.ends_with(LISTING));
        self.remove(turn, &first)?;
        self.remove(turn, &last)?;
        let mut done: Vec<String> =
            abandoned.iter().map(|name| format!("removed what is left of generation {name}")).collect();
        if !blobs.is_empty() {
            done.push(format!("removed {} copies that no generation needs", blobs.len()));
        }
        Ok(done)
    }
}
