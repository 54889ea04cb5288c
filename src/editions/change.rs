//! Changes of a published site, and what is refused.

use std::collections::BTreeSet;

use super::Current;
use super::fresh::{Fresh, SHARED};
use super::manifest::{MANIFEST, SIGNATURE};
use super::names::{Spot, check_name};
use super::plan::{Draft, Plan, Stamp};
use super::purge::Purge;
use super::reach::{DeadLink, dead_links};
use super::record::{Record, Tree, is_frozen};
use crate::output::sha256;

/// Most differences that are named.
const NAMED: usize = 5;

/// What is to be done with a published site.
#[derive(Debug, Clone)]
pub enum Change {
    /// Publish an edition or a channel, and let aliases lead to it.
    Publish {
        /// What was built.
        fresh: Box<Fresh>,
        /// Aliases that lead to it from now on.
        aliases: Vec<String>,
        /// Whether an alias that leads elsewhere may be moved.
        move_aliases: bool,
        /// Whether the book may have another title than the one that is there.
        renamed: bool,
    },
    /// Let an alias lead to an edition.
    Alias {
        /// Its name.
        name: String,
        /// The edition.
        to: String,
        /// Whether it may be moved.
        move_aliases: bool,
    },
    /// Go back to what an older generation held.
    Restore(Box<Current>),
    /// Take editions and channels out, and shared files that nobody needs.
    Drop(Vec<String>),
    /// Take words out of everything that is published, for ever.
    TakeOut(Box<Purge>),
}

/// Why something is not done, and what to do instead.
pub type Refusal = String;

impl Change {
    /// What is done, in a few words.
    pub fn words(&self) -> String {
        match self {
            Self::Publish { fresh, .. } => format!("publish {}", fresh.spot.folder()),
            Self::Alias { name, to, .. } => format!("alias {name} {to}"),
            Self::Restore(older) => format!("rollback to generation {}", older.record.generation),
            Self::Drop(folders) => format!("prune {}", folders.join(" ")).trim_end().to_owned(),
            Self::TakeOut(_) => "purge".to_owned(),
        }
    }

    /// Works out the next site.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn plan(&self, current: &Current, at: &str, publish_id: &str) -> Result<Plan, Refusal> {
        let base = match self {
            Self::Restore(older) => older,
            _ => current,
        };
        let mut draft = Draft::of(current, base);
        match self {
            Self::Publish { fresh, aliases, move_aliases, renamed } => {
                publish(&mut draft, fresh, *renamed, at)?;
                for name in aliases {
                    lead(&mut draft, name, &fresh.spot.folder(), *move_aliases)?;
                }
            }
            Self::Alias { name, to, move_aliases } => lead(&mut draft, name, to, *move_aliases)?,
            Self::Restore(older) if older.record.generation == current.record.generation => {
                return Err("that is the generation readers see now".to_owned());
            }
            Self::Restore(older) if older.record.generation < current.record.floor => {
                return Err(
                    "that generation holds what was taken out since; it is not shown again".to_owned()
                );
            }
            Self::Restore(_) => {}
            Self::Drop(folders) => drop_trees(&mut draft, folders)?,
            Self::TakeOut(purge) => purge.put(&mut draft, current)?,
        }
        let tool = concat!("cxbook ", env!("CARGO_PKG_VERSION")).to_owned();
        let stamp =
            Stamp { action: self.words(), at: at.to_owned(), publish_id: publish_id.to_owned(), tool };
        let plan = draft.finish(stamp);
        if let Self::Publish { fresh, .. } = self {
            lead_somewhere(&plan, fresh)?;
        }
        Ok(plan)
    }
}

/// A page that is frozen with a dead link keeps it for ever, so links to other editions are held against what is there.
fn lead_somewhere(plan: &Plan, fresh: &Fresh) -> Result<(), Refusal> {
    let folder = fresh.spot.folder();
    let pages = fresh.files.iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes.as_slice()));
    let dead = dead_links(&plan.record, &plan.listing, pages);
    let leaving: Vec<String> =
        dead.iter().filter(|link| link.leaves).take(NAMED).map(DeadLink::words).collect();
    if leaving.is_empty() {
        return Ok(());
    }
    Err(format!("{}. Mend the links and publish again", leaving.join("; ")))
}

fn publish(draft: &mut Draft<'_>, fresh: &Fresh, renamed: bool, at: &str) -> Result<(), Refusal> {
    let folder = fresh.spot.folder();
    let Record { book, aliases, trees, .. } = &draft.record;
    if !book.is_empty() && *book != fresh.about.book && !renamed {
        return Err(format!(
            "the target holds the book \"{book}\", and this one is \"{}\"; choose another target, or add --renamed if it \
             is the same book under a new title",
            fresh.about.book
        ));
    }
    if aliases.contains_key(&folder) {
        return Err(format!("\"{folder}\" is an alias there; choose another name for the edition"));
    }
    let before = trees.get(&folder).cloned();
    draft.record.book.clone_from(&fresh.about.book);
    draft.record.language.clone_from(&fresh.about.language);
    if fresh.about.address.is_some() {
        draft.record.address.clone_from(&fresh.about.address);
    }
    if let Some(before) = before {
        let files = differences(draft, fresh);
        if files.is_empty() {
            return Ok(());
        }
        if fresh.spot.is_frozen() {
            return Err(frozen(&files, fresh, &before.tool));
        }
    }
    for (path, bytes) in &fresh.assets {
        if draft.digest(path).is_some_and(|digest| digest != sha256(bytes)) {
            return Err(format!(
                "{path} is there already with other bytes; change the file a little and build again"
            ));
        }
    }
    draft.clear(&folder);
    for (path, bytes) in &fresh.files {
        draft.put(format!("{folder}/{path}"), bytes.clone());
    }
    for (path, bytes) in &fresh.assets {
        draft.put(path.clone(), bytes.clone());
    }
    draft.pages.insert(folder.clone(), fresh.pages.clone());
    draft.record.trees.insert(folder, fresh.tree(at));
    Ok(())
}

/// Files of a built edition that are not as they are in the published one. The manifest may say another commit, and its signature
/// differs each time: the same pages built from a later commit are the same edition.
fn differences(draft: &Draft<'_>, fresh: &Fresh) -> Vec<String> {
    let folder = fresh.spot.folder();
    let new = fresh.files.keys().filter(|path| {
        let digest = fresh.files.get(*path).map(|bytes| sha256(bytes));
        draft.digest(&format!("{folder}/{path}")) != digest.as_deref()
    });
    let gone = draft.below(&folder).filter(|path| !fresh.files.contains_key(*path)).map(str::to_owned);
    let mut files: Vec<String> =
        new.cloned().chain(gone).filter(|path| ![MANIFEST, SIGNATURE].contains(&path.as_str())).collect();
    let styles = |tree: &Tree| fresh.assets.keys().all(|path| tree.assets.contains(path));
    if !draft.record.trees.get(&folder).is_some_and(styles) {
        files.push("the theme's files".to_owned());
    }
    files
}

/// An edition that is out stays as it is; what would change is named.
fn frozen(files: &[String], fresh: &Fresh, tool: &str) -> Refusal {
    let folder = fresh.spot.folder();
    let named: Vec<&str> = files.iter().take(NAMED).map(String::as_str).collect();
    let more = files.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let tool = if tool == fresh.about.tool {
        String::new()
    } else {
        format!(" The published one was built by {tool}.")
    };
    format!(
        "the edition \"{folder}\" is published already, and an edition never changes. This build differs in {}{more}.{tool} \
         Publish it under a name of its own, such as {folder}.1",
        named.join(", ")
    )
}

fn lead(draft: &mut Draft<'_>, name: &str, to: &str, may_move: bool) -> Result<(), Refusal> {
    check_name(name)?;
    if draft.record.trees.contains_key(name) {
        return Err(format!("\"{name}\" is an edition there and cannot be an alias too"));
    }
    if !draft.record.trees.contains_key(to) || !is_frozen(to) {
        let known: Vec<&str> = draft.record.editions().into_iter().map(|(folder, _)| folder).collect();
        return Err(match Spot::parse(to) {
            Ok(spot) if spot.is_frozen() && known.is_empty() => "no edition is published there".to_owned(),
            Ok(spot) if spot.is_frozen() => {
                format!("there is no edition \"{to}\"; there are {}", known.join(", "))
            }
            _ => format!("an alias leads to an edition, and \"{to}\" is none"),
        });
    }
    if let Some(before) = draft.record.aliases.get(name).filter(|before| *before != to && !may_move) {
        return Err(format!("\"{name}\" leads to \"{before}\"; add --move-alias to let it lead to \"{to}\""));
    }
    draft.lead(name, to);
    Ok(())
}

fn drop_trees(draft: &mut Draft<'_>, folders: &[String]) -> Result<(), Refusal> {
    for folder in folders {
        if draft.record.trees.remove(folder).is_none() {
            return Err(format!("there is no edition \"{folder}\""));
        }
        if let Some((name, _)) = draft.record.aliases.iter().find(|(_, to)| *to == folder) {
            return Err(format!("\"{name}\" leads to \"{folder}\"; let it lead elsewhere first"));
        }
        draft.clear(folder);
        draft.pages.remove(folder);
    }
    let needed: BTreeSet<String> = draft.record.trees.values().flat_map(|tree| tree.assets.clone()).collect();
    draft.retain(|path| !path.starts_with(SHARED) || needed.contains(path));
    Ok(())
}
