//! `cxbook redact`: shows as a diff, or writes, a text in which general words stand for what could identify somebody.
//!
//! The diff is data and goes to standard output; standard error never says anything of the text.

use similar::TextDiff;

use super::args::RedactArgs;
use super::speak::Voice;
use super::{FINDINGS, FINE, input, scan};
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
        let written = system.replace_file(&args.file, after.as_bytes());
        written.map_err(|error| format!("{name} could not be written: {error}"))?;
        voice.say(&format!("Changed {name}. Read it once more: a program does not find everything."));
        return Ok(FINE);
    }
    let diff = TextDiff::from_lines(&before, &after);
    let (old, new) = (format!("a/{name}"), format!("b/{name}"));
    print!("{}", diff.unified_diff().context_radius(3).header(&old, &new));
    voice.say("Nothing was written. With --write the change is made.");
    Ok(FINDINGS)
}
