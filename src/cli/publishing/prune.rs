//! `cxbook prune`: takes old editions, previews and generations away. Without `--apply` it only says which.

use std::collections::BTreeMap;

use super::super::TROUBLE;
use super::super::args_publishing::PruneArgs;
use super::super::input::today;
use super::super::speak::Voice;
use super::whereto::Whereto;
use super::{key, tell, whereto};
use crate::editions::{Change, Current, Record, dead_links};
use crate::model::Date;
use crate::publish::Trouble;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &PruneArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let current = to.target.read()?;
    let keep_last = args.keep_last.and_then(|keep| usize::try_from(keep).ok()).or(to.settings.keep_last);
    if let Some(unknown) = args.keep.iter().find(|id| !current.record.trees.contains_key(*id)) {
        return Err(format!("--keep {unknown}: there is no such edition").into());
    }
    let old = outdated(&current.record, keep_last, args, today(system)?);
    let change = Change::Drop(old.clone());
    let signer = key::signer(system, &args.sign)?;
    // What else there is to tell goes to people alone: programs read one answer.
    let leaves = if args.apply { Vec::new() } else { bereft(&to, &current, &old)? };
    let (code, _) =
        tell::carry_out(system, &to, &change, !args.apply, signer.as_ref(), (args.place.format, voice))?;
    let forgotten = match to.target.forget(args.generations, args.apply) {
        Ok(forgotten) => forgotten,
        Err(trouble) => {
            voice.trouble(&trouble.to_string());
            return Ok(TROUBLE);
        }
    };
    if !forgotten.is_empty() {
        let verb = if args.apply { "Removed" } else { "Would remove" };
        voice.say(&format!("{verb} {} older generations: {}.", forgotten.len(), forgotten.join(", ")));
    }
    if !args.apply {
        leaves.iter().for_each(|words| voice.say(words));
        voice.say("Nothing was removed; add --apply to do it.");
    }
    Ok(code)
}

/// Editions that stay and link to one that goes: their pages are frozen, so the links would lead nowhere.
fn bereft(to: &Whereto, current: &Current, old: &[String]) -> Result<Vec<String>, Trouble> {
    let stays = |path: &str| {
        path.ends_with(".html") && !old.iter().any(|folder| path.starts_with(&format!("{folder}/")))
    };
    if old.is_empty() {
        return Ok(Vec::new());
    }
    let files = to.target.files(&stays)?;
    let plan = Change::Drop(old.to_vec()).plan(current, &current.record.at, "plan")?;
    let pages = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
    let links = dead_links(&plan.record, &plan.listing, pages)
        .into_iter()
        .filter(|link| link.leaves && old.iter().any(|folder| link.to.starts_with(&format!("{folder}/"))));
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for link in links {
        let folder = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        *counts.entry((folder(&link.page), folder(&link.to))).or_default() += 1;
    }
    let words = counts.into_iter().map(|((from, to), links)| {
        format!("{links} links of {from} lead to {to} and would lead nowhere; add --keep {to} to keep it.")
    });
    Ok(words.collect())
}

/// Editions beyond those to keep, and previews that are too old. What an alias leads to always stays.
fn outdated(record: &Record, keep_last: Option<usize>, args: &PruneArgs, today: Date) -> Vec<String> {
    let editions = record.editions();
    let newest = editions.iter().rev().map(|(folder, _)| *folder);
    let surplus = newest.skip(keep_last.unwrap_or(usize::MAX)).map(str::to_owned);
    let previews = record.trees.iter().filter(|(folder, tree)| {
        let published = tree.published.get(..10).and_then(Date::parse);
        let age = published.map_or(0, |published| today.days_since(published));
        folder.starts_with("preview/") && age > i32::from(args.preview_days)
    });
    surplus
        .chain(previews.map(|(folder, _)| folder.clone()))
        .filter(|folder| !args.keep.contains(folder) && !record.aliases.values().any(|to| to == folder))
        .collect()
}
