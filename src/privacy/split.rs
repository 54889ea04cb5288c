//! Groups of a metric. Their names come from cells of an export, which is where customers' names and addresses stand.

use std::collections::BTreeSet;

use super::detect::Scanner;
use super::said::private;
use super::{PublicSeries, State};
use crate::diag::{Finding, Level};
use crate::model::Book;

/// Looks at the names of all splits and of their groups, hidden or not: a column of people is not for splitting.
pub(super) fn check(scanner: &mut Scanner<'_>, book: &Book) -> Vec<Finding> {
    let mut findings = Vec::new();
    for measured in book.metrics.values() {
        let definition = &measured.metric.definition;
        let splits: Vec<_> = measured.series.iter().filter_map(|series| series.split.as_ref()).collect();
        let names: BTreeSet<&str> = splits.iter().map(|(name, _)| name.as_str()).collect();
        let groups = splits.iter().map(|(_, value)| ("the name of a group", value.as_str()));
        let texts = names.into_iter().map(|name| ("the name of a split", name)).chain(groups);
        // One finding for each kind of detail, not one for each of a thousand customers.
        let mut told = BTreeSet::new();
        for (what, text) in texts {
            for hit in scanner.blocks(text).into_iter().filter(|hit| told.insert((what, hit.kind))) {
                let finding = private(what, &hit, Level::Error, None).at(definition.place.clone());
                findings.push(
                    finding
                        .help("Split by a column that says what kind of customer it was, such as a region."),
                );
            }
        }
    }
    findings
}

/// Whether a series may be in the site at all: everybody's always, a group's when one of its values is shown.
pub(super) fn is_public(series: &PublicSeries) -> bool {
    let shown = |state| matches!(state, State::Shown | State::Provisional);
    series.split.is_none() || series.points.iter().any(|point| shown(point.state))
}
