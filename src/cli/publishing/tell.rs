//! What came of a change, for people and for programs.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::args_publishing::TellFormat;
use super::super::speak::Voice;
use super::super::{FINE, TROUBLE};
use super::whereto::Whereto;
use crate::editions::{Change, Current, Plan, Sealer};
use crate::model::grouped;
use crate::publish::{Done, Signer, Trouble, stamp};
use crate::system::System;

/// Most files that are named to a person.
const NAMED: usize = 20;

/// Carries a change out, or shows what it would do, and tells.
pub(super) fn carry_out(
    system: &dyn System,
    to: &Whereto,
    change: &Change,
    only_plan: bool,
    signer: Option<&Arc<Signer>>,
    (format, voice): (TellFormat, &Voice),
) -> Result<(u8, Option<Plan>), Trouble> {
    let id: String = system.salt().chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let seconds = super::super::input::seconds(system)?;
    let mut planned: Option<Plan> = None;
    let mut plan = |current: &Current| {
        // An attempt whose answer was lost may have done it.
        let is_ours = current.record.publish_id == id;
        // A clock that goes backwards does not make a generation older than the one before it.
        let at = stamp(seconds).max(current.record.at.clone());
        let mut plan = change.plan(current, &at, &id).map_err(Trouble::Refused)?;
        if let Some(signer) = signer {
            let own = Arc::clone(signer);
            plan.sealed_by(Sealer::new(move |record| own.sign(record)), signer.has_sealed(current));
        }
        let mut told = plan.clone();
        told.is_same &= !is_ours;
        planned = Some(told);
        Ok(plan)
    };
    let done = if only_plan {
        plan(&to.target.read()?).map(|_| None)
    } else {
        to.target.change(&mut plan).map(Some)
    };
    let code = match (&done, &planned) {
        (Ok(done), Some(plan)) => {
            match format {
                TellFormat::Json => println!("{}", report(to, change, plan, *done)),
                TellFormat::Human => say(to, change, plan, *done, voice),
            }
            FINE
        }
        (Err(trouble), _) => {
            if format == TellFormat::Json {
                println!("{}", refusal(to, change, trouble));
            }
            voice.trouble(&trouble.to_string());
            TROUBLE
        }
        (Ok(_), None) => return Err(Trouble::Failed("the target never asked for a plan".to_owned())),
    };
    Ok((code, planned.filter(|_| code == FINE)))
}

fn report(to: &Whereto, change: &Change, plan: &Plan, done: Option<Done>) -> Value {
    let state = match done {
        _ if plan.is_same => "same",
        None => "planned",
        Some(_) => "changed",
    };
    json!({
        "schema": 1,
        "target": to.shown,
        "action": change.words(),
        "state": state,
        "generation": plan.record.generation,
        "publish_id": plan.record.publish_id,
        "files": plan.listing.len(),
        "bytes": plan.bytes(),
        "added": plan.added,
        "changed": plan.changed,
        "removed": plan.removed,
        "aliases": plan.record.aliases,
    })
}

fn refusal(to: &Whereto, change: &Change, trouble: &Trouble) -> Value {
    json!({
        "schema": 1, "target": to.shown, "action": change.words(), "state": state(trouble), "message": trouble.to_string(),
    })
}

fn state(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Refused(_) => "refused",
        Trouble::Failed(_) => "failed",
        Trouble::Unknown(_) => "unknown",
    }
}

/// The end of a command. One that stopped before anything was said says why to programs too, which read nothing but JSON.
pub(in super::super) fn ended(format: TellFormat, done: Result<u8, Trouble>) -> Result<u8, String> {
    done.map_err(|trouble| {
        if format == TellFormat::Json {
            stopped(&trouble);
        }
        trouble.to_string()
    })
}

/// Says to programs why nothing was done.
pub(super) fn stopped(trouble: &Trouble) {
    println!("{}", json!({"schema": 1, "state": state(trouble), "message": trouble.to_string()}));
}

fn say(to: &Whereto, change: &Change, plan: &Plan, done: Option<Done>, voice: &Voice) {
    if plan.is_same {
        voice.say(&format!("Nothing to do: {} is as it should be.", to.shown));
        return;
    }
    let count = |files: &[String]| grouped(files.len() as u64);
    let words = format!(
        "{} files, {} bytes to write; {} new, {} changed, {} removed",
        grouped(plan.listing.len() as u64),
        grouped(plan.bytes()),
        count(&plan.added),
        count(&plan.changed),
        count(&plan.removed)
    );
    if done.is_some() {
        voice.say(&format!(
            "Done in {}: {}. Generation {}, {words}.",
            to.shown,
            change.words(),
            plan.record.generation
        ));
        return;
    }
    voice.say(&format!("Would {} in {}: {words}.", change.words(), to.shown));
    for (mark, files) in [('+', &plan.added), ('~', &plan.changed), ('-', &plan.removed)] {
        files.iter().take(NAMED).for_each(|path| println!("{mark} {path}"));
        if files.len() > NAMED {
            println!("{mark} and {} more", files.len() - NAMED);
        }
    }
}
