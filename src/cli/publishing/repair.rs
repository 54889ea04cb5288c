//! `cxbook repair`: mends what a dead publisher or a damaged disk left.

use serde_json::json;

use super::super::FINE;
use super::super::args_publishing::{RepairArgs, TellFormat};
use super::super::speak::Voice;
use super::whereto;
use crate::publish::Trouble;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &RepairArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let done = to.target.repair()?;
    if args.place.format == TellFormat::Json {
        println!("{}", json!({"schema": 1, "target": to.shown, "done": done}));
    } else if done.is_empty() {
        voice.say("There was nothing to mend.");
    } else {
        done.iter().for_each(|words| println!("{words}"));
    }
    Ok(FINE)
}
