//! Commands that publish, and that look after what is published: one file each.

mod alias;
mod editions;
mod key;
mod prune;
mod publish;
mod purge;
mod record;
mod repair;
mod rollback;
mod tell;
mod verify;
mod whereto;

pub(super) use alias::run as alias;
pub(super) use editions::run as editions;
pub(super) use prune::run as prune;
pub(super) use publish::run as publish;
pub(super) use purge::run as purge;
pub(super) use repair::run as repair;
pub(super) use rollback::run as rollback;
pub(super) use tell::ended;
pub(super) use verify::run as verify;
