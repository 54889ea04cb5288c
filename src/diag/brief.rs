//! Many findings, so that somebody can read them at a sitting: the first few of each check, and how many there are.
//!
//! Lists for programs and `--format short` are never cut.

use std::collections::BTreeMap;

use super::{Check, Finding, Level};

/// Errors of one check that are shown one by one.
const MOST_ERRORS: usize = 20;

/// Warnings and notes of one check that are shown one by one.
const MOST_ADVICE: usize = 5;

/// The findings of one check at one level.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The check.
    pub check: &'static Check,
    /// How grave they are here.
    pub level: Level,
    /// How many there are.
    pub count: usize,
}

impl Kind {
    /// How many of them are shown one by one.
    pub fn shown(&self) -> usize {
        self.count.min(most(self.level))
    }

    /// `   1395 warnings  page-key-unknown  A key at the top of a page that cxbook does not know.`
    pub fn line(&self) -> String {
        let plural = if self.count == 1 { "" } else { "s" };
        let level = format!("{}{plural}", self.level.word());
        format!("{:>7} {level:8}  {:22} {}", self.count, self.check.name, self.check.summary)
    }
}

fn most(level: Level) -> usize {
    if level == Level::Error { MOST_ERRORS } else { MOST_ADVICE }
}

/// The checks that found something: the gravest first, then those that found most.
pub fn kinds(findings: &[Finding]) -> Vec<Kind> {
    let mut counts: BTreeMap<(Level, &str), Kind> = BTreeMap::new();
    for finding in findings {
        let (check, level) = (finding.check, finding.level);
        counts.entry((level, check.name)).or_insert(Kind { check, level, count: 0 }).count += 1;
    }
    let mut kinds: Vec<Kind> = counts.into_values().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse((kind.level, kind.count)));
    kinds
}

/// The first findings of each check and level, in their order.
pub fn brief(findings: &[Finding]) -> Vec<Finding> {
    let mut seen: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    let is_early = |finding: &&Finding| {
        let count = seen.entry((finding.level, finding.check.name)).or_default();
        *count += 1;
        *count <= most(finding.level)
    };
    findings.iter().filter(is_early).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::checks;
    use super::*;

    #[test]
    fn the_first_of_each_kind_are_shown_and_all_are_counted() {
        let many = |check: &'static Check, count: usize| {
            (0..count).map(move |at| Finding::new(check, at.to_string()))
        };
        let findings: Vec<Finding> = many(&checks::TEXT_SLIP, 1_203)
            .chain(many(&checks::LINK_BROKEN, 21))
            .chain(many(&checks::MAP_ORPHAN, 1))
            .collect();
        let shown = brief(&findings);
        assert_eq!(shown.len(), MOST_ADVICE + MOST_ERRORS + 1);
        assert_eq!((shown[0].message.as_str(), shown[4].message.as_str()), ("0", "4"));
        let lines: Vec<String> = kinds(&findings).iter().map(Kind::line).collect();
        assert_eq!(
            lines,
            [
                "     21 errors    link-broken            A link leads to a page or heading that does not exist.",
                "   1203 warnings  text-slip              A small mistake in the text of a page.",
                "      1 note      map-orphan             A team, a stage or a number is on no line of the map.",
            ]
        );
        let left_out: usize = kinds(&findings).iter().map(|kind| kind.count - kind.shown()).sum();
        assert_eq!(left_out, findings.len() - shown.len());
    }
}
