//! The cause first: what is only missing because something else could not be read is left out until that is mended.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Finding, checks};

/// What follows from a file that could not be read, wherever it is told.
type Consequence = (&'static str, &'static Check);

/// Names that are looked up in one file.
static LISTS: [Consequence; 3] = [
    ("/journey.yaml", &checks::STAGE_UNKNOWN),
    ("/glossary.yaml", &checks::TERM_UNKNOWN),
    ("/claims.yaml", &checks::CLAIM_UNKNOWN),
];

/// What is told of a file when nothing could be read in it.
static ABSENT: [&Check; 7] = [
    &checks::KEY_MISSING,
    &checks::OWNER_MISSING,
    &checks::SOURCE_MISSING,
    &checks::NEXT_MISSING,
    &checks::PLAYBOOK_INCOMPLETE,
    &checks::LIMITS_MISSING,
    &checks::TRIGGER_MISSING,
];

/// Leaves out, for each file with a mistake in how it is written, what follows from that: later mistakes of the kind, values
/// in their lines, and all that could not be found because of it. What is private or unsafe is never left out.
pub fn causes_first(findings: Vec<Finding>) -> Vec<Finding> {
    let mut first: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut lines: BTreeSet<(String, u32)> = BTreeSet::new();
    for place in
        findings.iter().filter(|finding| is_cause(finding)).filter_map(|finding| finding.place.as_ref())
    {
        let spot = (place.line, place.column);
        first.entry(place.file.to_string()).and_modify(|known| *known = spot.min(*known)).or_insert(spot);
        lines.insert((place.file.to_string(), place.line));
    }
    let follows = |finding: &Finding| {
        let unread = |(ending, check): &Consequence| {
            finding.check == *check && first.keys().any(|file| file.ends_with(ending))
        };
        let Some(place) = &finding.place else { return false };
        let own = first.get(&*place.file).is_some_and(|spot| {
            let later = finding.check == &checks::SYNTAX && (place.line, place.column) > *spot;
            let beside = finding.check == &checks::VALUE_WRONG
                && lines.contains(&(place.file.to_string(), place.line));
            later || beside || ABSENT.contains(&finding.check)
        });
        own || LISTS.iter().any(unread)
    };
    findings.into_iter().filter(|finding| !follows(finding)).collect()
}

/// A mistake that keeps the rest of a file from being read.
fn is_cause(finding: &Finding) -> bool {
    [&checks::SYNTAX, &checks::FILE_NOT_TEXT].contains(&finding.check)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    #[test]
    fn what_follows_from_a_mistake_is_left_out_and_nothing_else() {
        let at =
            |check: &'static Check, file: &str, line| Finding::new(check, "x").at(Place::line(file, line));
        let kept = |findings: Vec<Finding>| {
            let told = causes_first(findings).into_iter();
            told.map(|finding| (finding.check.name, finding.place.unwrap().line)).collect::<Vec<_>>()
        };
        let broken = vec![
            at(&checks::OWNER_MISSING, "a.md", 1),
            at(&checks::SYNTAX, "a.md", 7),
            at(&checks::SYNTAX, "a.md", 3),
            at(&checks::VALUE_WRONG, "a.md", 7),
            at(&checks::VALUE_WRONG, "a.md", 8),
            at(&checks::PRIVATE_TEXT, "a.md", 3),
            at(&checks::OWNER_MISSING, "b.md", 1),
        ];
        let left = [("syntax", 3), ("value-wrong", 8), ("private-text", 3), ("owner-missing", 1)];
        assert_eq!(kept(broken), left);
        let stage = at(&checks::STAGE_UNKNOWN, "content/a.md", 2);
        assert_eq!(kept(vec![stage.clone()]), [("stage-unknown", 2)]);
        assert_eq!(kept(vec![stage, at(&checks::SYNTAX, "content/journey.yaml", 4)]), [("syntax", 4)]);
    }
}
