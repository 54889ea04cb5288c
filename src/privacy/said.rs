//! How a find is told: place, kind and shape, never the value.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::detect::{Hit, Kind, Level as Sureness};
use crate::diag::{Finding, Level, checks};

/// What was told of which file: kind and shape.
pub(super) type Told = BTreeSet<(Arc<str>, Kind, String)>;

const SURE: &str = "Take it out or put a general word in its place, such as [name] or [order number].";

/// The finding about a hit. `hash` is for an allow entry that must not say the word itself.
pub(super) fn private(what: &str, hit: &Hit, level: Level, hash: Option<&str>) -> Finding {
    let message = format!("{what} holds what looks like {}: {}", hit.kind.words(), hit.mask);
    let help = match (hit.level, hash) {
        (Sureness::Block, _) => SURE.to_owned(),
        (Sureness::Ask, hash) => {
            let hash = hash.map(|hash| format!(", hash: \"{hash}\"")).unwrap_or_default();
            format!(
                "Look at it. If it could lead to somebody, put a general word in its place, such as [name]. If it leads to \
                 nobody, privacy.yaml can say so (kind: {}{hash}).",
                hit.kind.code()
            )
        }
    };
    Finding { level, ..Finding::new(&checks::PRIVATE_TEXT, message).help(help).masked() }
}
