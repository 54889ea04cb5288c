//! `cxbook alias`: lets an alias lead to an edition.

use super::super::args_publishing::AliasArgs;
use super::super::speak::Voice;
use super::{key, tell, whereto};
use crate::editions::Change;
use crate::publish::Trouble;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &AliasArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let change =
        Change::Alias { name: args.name.clone(), to: args.edition.clone(), move_aliases: args.move_alias };
    let signer = key::signer(system, &args.sign)?;
    tell::carry_out(system, &to, &change, args.plan, signer.as_ref(), (args.place.format, voice))
        .map(|(code, _)| code)
}
