//! Checks of the journey and the metrics.

use crate::diag::{Finding, Level, checks};
use crate::model::{Book, Definition, Kind};

/// Checks what stands in no single page. `drafts` says whether drafts will be in the site.
pub(super) fn check(book: &Book, drafts: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in book.journey.stages.iter().filter(|stage| stage.owner.is_none()) {
        let message = format!("the stage \"{}\" has no owner", stage.name);
        findings.push(owner_missing(message).at(stage.place.clone()).at_most(Level::Warning));
    }
    for measured in book.metrics.values() {
        let definition = &measured.metric.definition;
        // A site with drafts in it is for looking at: nobody takes its numbers for published ones.
        let lacks = lacks(definition).into_iter().flatten();
        findings.extend(lacks.map(|one| if drafts { one.at_most(Level::Warning) } else { one }));
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

/// What a number lacks that nobody should believe without it.
fn lacks(definition: &Definition) -> [Option<Finding>; 2] {
    let owner = definition.owner.is_none().then(|| {
        let message = format!("the metric \"{}\" has no owner", definition.name);
        owner_missing(message).at(definition.place_of("owner").clone())
    });
    let source = definition.source.is_none().then(|| {
        let message = format!("the metric \"{}\" does not say where its numbers come from", definition.name);
        let help = "Add source: in words that readers know, such as the survey and whom it asks, or the system that counts.";
        Finding::new(&checks::SOURCE_MISSING, message).at(definition.place_of("source").clone()).help(help)
    });
    [owner, source]
}

fn owner_missing(message: String) -> Finding {
    Finding::new(&checks::OWNER_MISSING, message)
        .help("Add owner: the role that answers for it, never a person's name.")
}
