//! `cxbook editions`: what a target holds.

use serde_json::json;

use super::super::FINE;
use super::super::args_publishing::{EditionsArgs, TellFormat};
use super::super::speak::Voice;
use super::whereto;
use crate::editions::Versions;
use crate::publish::Trouble;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &EditionsArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let current = to.target.read()?;
    let generations = to.target.generations()?;
    let record = &current.record;
    if args.place.format == TellFormat::Json {
        let versions: serde_json::Value =
            serde_json::from_str(&Versions::of(record).json()).map_err(|error| error.to_string())?;
        let generations: Vec<_> = generations
            .iter()
            .map(|one| json!({"number": one.number, "action": one.action, "at": one.at, "current": one.is_current}))
            .collect();
        println!(
            "{}",
            json!({"schema": 1, "target": to.shown, "editions": versions, "generations": generations})
        );
        return Ok(FINE);
    }
    if record.trees.is_empty() {
        voice.say(&format!("Nothing is published in {} yet.", to.shown));
        return Ok(FINE);
    }
    let channels =
        record.trees.iter().filter(|(folder, _)| !record.editions().iter().any(|(id, _)| id == folder));
    for (folder, tree) in
        record.editions().into_iter().rev().chain(channels.map(|(id, tree)| (id.as_str(), tree)))
    {
        let leads = record.aliases.iter().filter(|(_, to)| *to == folder).map(|(name, _)| name.as_str());
        let leads = leads.collect::<Vec<_>>().join(" ");
        println!("{folder}\tas of {}\tpublished {}\t{leads}", tree.as_of, tree.published);
    }
    voice.say("Generations, newest first:");
    for one in &generations {
        let mark = if one.is_current { "  <- readers see this" } else { "" };
        voice.say(&format!("  {}  {}  {}{mark}", one.number, one.at, one.action));
    }
    Ok(FINE)
}
