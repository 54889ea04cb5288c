//! `cxbook redact`: shows as a diff, or writes, a text in which general words stand for what could identify somebody.
//!
//! The diff is data and goes to standard output; standard error never says anything of the text.

use super::args::RedactArgs;
use super::speak::{Voice, diff};
use super::{FINDINGS, FINE, input, scan};
use crate::folder;
use crate::privacy::redact;
use crate::system::System;

pub(super) fn run(system: &dyn System, args: &RedactArgs, voice: &Voice) -> Result<u8, String> {
    let rules = input::rules(system, args.book.as_deref())?;
    let before = scan::read(system, &args.file)?;
    let name = args.file.display().to_string().replace('\\', "/");
    let after = redact(&name, &before, &rules.policy).map_err(|why| format!("{name}: {why}"))?;
    if after == before {
        voice.say("Found nothing to take out. Read it all the same.");
        return Ok(FINE);
    }
    if args.write {
        let written = folder::save(system, &args.file, Some(&before), &after);
        written.map_err(|error| format!("{name} {error}"))?;
        voice.say(&format!("Changed {name}. Read it once more: a program does not find everything."));
        return Ok(FINE);
    }
    print!("{}", diff(&name, &before, &after));
    voice.say("Nothing was written. With --write the change is made.");
    Ok(FINDINGS)
}
