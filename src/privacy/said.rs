//! How a find is told: place, kind and shape, never the value.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::detect::{Hit, Kind, Level as Sureness, Policy, Scanner};
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

/// Findings of other stages: their lines are not shown where something private stands in the file, and what their words repeat
/// is masked.
pub(super) fn quiet(earlier: Vec<Finding>, found: &[Finding], policy: &Policy) -> Vec<Finding> {
    let file = |finding: &Finding| finding.place.as_ref().map(|place| Arc::clone(&place.file));
    let private: BTreeSet<Arc<str>> =
        found.iter().filter(|finding| finding.check == &checks::PRIVATE_TEXT).filter_map(file).collect();
    let mut scanner = Scanner::new(policy);
    let mut quieted = |mut finding: Finding| {
        finding.masked |= file(&finding).is_some_and(|file| private.contains(&file));
        if finding.masked {
            finding.message = masked(&finding.message, &mut scanner);
            finding.help = masked(&finding.help, &mut scanner);
        }
        finding
    };
    earlier.into_iter().map(&mut quieted).collect()
}

/// A message in which sure hits are replaced by their shapes.
fn masked(text: &str, scanner: &mut Scanner<'_>) -> String {
    let mut quiet = text.to_owned();
    for hit in scanner.blocks(text).into_iter().rev() {
        quiet.replace_range(hit.span, &hit.mask);
    }
    quiet
}
