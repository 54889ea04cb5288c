//! Checks of the journey and the metrics.

use crate::diag::{Finding, checks};
use crate::model::{Book, Kind};

/// Checks what stands in no single page.
pub(super) fn check(book: &Book) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in book.journey.stages.iter().filter(|stage| stage.owner.is_none()) {
        let message = format!("the stage \"{}\" has no owner", stage.name);
        findings.push(owner_missing(message).at(stage.place.clone()));
    }
    for measured in book.metrics.values() {
        let definition = &measured.metric.definition;
        if definition.owner.is_none() {
            let message = format!("the metric \"{}\" has no owner", definition.name);
            findings.push(owner_missing(message).at(definition.place.clone()));
        }
        let without_base = measured
            .series
            .iter()
            .flat_map(|series| &series.cells)
            .any(|cell| cell.estimate.is_some_and(|estimate| estimate.n.is_none()));
        if without_base && definition.kind != Kind::Count {
            let message = format!("\"{}\" has values without a number of answers", definition.name);
            let help =
                "The page says \"base unknown\". If the export has the number, name its column under n:.";
            let finding = Finding::new(&checks::METRIC_WITHOUT_BASE, message).at(definition.place.clone());
            findings.push(finding.help(help));
        }
    }
    findings
}

fn owner_missing(message: String) -> Finding {
    Finding::new(&checks::OWNER_MISSING, message)
        .help("Add owner: the role that answers for it, never a person's name.")
}
