//! `cxbook rollback`: goes back to what an older generation held. Offline; needs nothing but the target.

use super::super::args_publishing::RollbackArgs;
use super::super::speak::Voice;
use super::{key, tell, whereto};
use crate::editions::Change;
use crate::publish::{Generation, Trouble};
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &RollbackArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let all = to.target.generations()?;
    let now = all.iter().find(|one| one.is_current).map_or(0, |one| one.number);
    let wanted: Option<&Generation> = match args.generation {
        Some(number) => all.iter().find(|one| one.number == number),
        None => all.iter().find(|one| one.number < now),
    };
    let wanted = wanted.ok_or_else(|| {
        let known: Vec<String> =
            all.iter().filter(|one| !one.is_current).map(|one| one.number.to_string()).collect();
        match known.as_slice() {
            [] => "there is no older generation to go back to".to_owned(),
            known => format!("there is no such generation; there are {}", known.join(", ")),
        }
    })?;
    let older = to.target.generation(&wanted.name)?;
    let change = Change::Restore(Box::new(older));
    let signer = key::signer(system, &args.sign)?;
    tell::carry_out(system, &to, &change, args.plan, signer.as_ref(), (args.place.format, voice))
        .map(|(code, _)| code)
}
