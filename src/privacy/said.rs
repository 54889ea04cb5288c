//! How a find is told: place, kind and shape, never the value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::detect::{Hit, Kind, Level as Sureness};
use crate::diag::{Finding, Level, Place, checks};
use crate::model::grouped;

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

/// Most finds of one file and level that are told one by one; a list of a hundred thousand is read by nobody.
const MOST_TOLD: usize = 200;

/// Finds of a file beyond the first [`MOST_TOLD`] become one finding that counts them.
pub(super) fn in_short(findings: Vec<Finding>) -> Vec<Finding> {
    let mut seen: BTreeMap<(Option<Arc<str>>, Level), usize> = BTreeMap::new();
    let mut told = Vec::new();
    for finding in findings {
        let file = finding.place.as_ref().map(|place| Arc::clone(&place.file));
        let count = seen.entry((file, finding.level)).or_default();
        *count += 1;
        if *count <= MOST_TOLD {
            told.push(finding);
        }
    }
    for ((file, level), count) in seen.into_iter().filter(|(_, count)| *count > MOST_TOLD) {
        let message = format!("{} more of such finds in this file", grouped((count - MOST_TOLD) as u64));
        let help =
            "Mend the first ones as a group: in the tool that the file comes from, or with cxbook redact.";
        let finding = Finding { level, ..Finding::new(&checks::PRIVATE_TEXT, message).help(help).masked() };
        told.push(finding.at(file.map(|file| Place::file(&file))));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_finds_of_a_file_are_counted() {
        let find = |file, line| Finding::new(&checks::PRIVATE_TEXT, "x").at(Place::line(file, line)).masked();
        let findings = (1..=1203).map(|line| find("a.csv", line)).chain([find("b.csv", 1)]);
        let told = in_short(findings.collect());
        assert_eq!(told.len(), MOST_TOLD + 2);
        let last = told.last().map(|finding| finding.message.clone());
        assert_eq!(last.as_deref(), Some("1,003 more of such finds in this file"));
    }
}
