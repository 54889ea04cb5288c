//! Checks of metrics as tools of daily work: what a number cannot tell, what we do when it moves, whether it is still measured.

use crate::diag::{Check, Finding, checks};
use crate::model::{Book, Cadence, MeasuredMetric, MetricId, PageKind, Period, day_count};

/// Days that may pass after a year's survey without any action.
const YEAR: i32 = 365;

pub(super) fn check(book: &Book) -> Vec<Finding> {
    book.metrics
        .values()
        .filter(|measured| !measured.metric.definition.is_retired(book.as_of))
        .flat_map(|measured| one(book, measured))
        .collect()
}

fn one(book: &Book, measured: &MeasuredMetric) -> Vec<Finding> {
    let definition = &measured.metric.definition;
    let name = &definition.name;
    let say = |check: &'static Check, key: &str, message: String, help: &str| {
        Finding::new(check, message).at(definition.place_of(key).clone()).help(help)
    };
    let mut findings = Vec::new();
    if definition.limits.is_none() {
        let message = format!("\"{name}\" does not say what it cannot tell");
        let help = "Add limits: who is not asked, what the number mixes up, what it must not be used for.";
        findings.push(say(&checks::LIMITS_MISSING, "limits", message, help));
    }
    if definition.trigger.is_none() {
        let message = format!("\"{name}\" does not say what we do when it moves");
        let help = "Add trigger: a movement that can be seen, and who then does what.";
        findings.push(say(&checks::TRIGGER_MISSING, "trigger", message, help));
    }
    let Some(last) = last_period(measured) else { return findings };
    let days = book.as_of.days_since(last.end());
    if definition.is_late(last, book.as_of) {
        let message = format!(
            "\"{name}\" has one point a {}, and the last is {} ({} ago){}",
            definition.cadence.word(),
            last.label(),
            day_count(days),
            if acted_on(book, &measured.metric.id, days) { "" } else { "; no action was begun since" }
        );
        let help = "Add the export of the time since. If nobody asks any more, add a change of the kind retired; if \
                    nobody was asked for a while, no-survey with these periods.";
        findings.push(say(&checks::CADENCE_MISSED, "data", message, help));
    } else if matches!(definition.cadence, Cadence::Year(_)) && !acted_on(book, &measured.metric.id, YEAR) {
        let message = format!(
            "\"{name}\" is measured once a year, last in {}, and no action was begun in the year to the date of the book",
            last.label()
        );
        let help = "Write down what is tried because of it as an action with metric: and started:.";
        findings.push(say(&checks::CADENCE_MISSED, "data", message, help));
    }
    findings
}

/// The last period in which everybody together has a value.
fn last_period(measured: &MeasuredMetric) -> Option<Period> {
    let everybody = measured.series.iter().filter(|series| series.split.is_none());
    let cells = everybody.flat_map(|series| &series.cells);
    cells.filter(|cell| cell.estimate.is_some()).map(|cell| cell.period).max()
}

/// Whether an action on the metric was begun in so many days to the date of the book.
fn acted_on(book: &Book, metric: &MetricId, days: i32) -> bool {
    book.pages.iter().any(|page| match &page.kind {
        PageKind::Action(action) => {
            let begun = action.begun(book.as_of).map(|date| book.as_of.days_since(date));
            action.metric.as_ref() == Some(metric) && begun.is_some_and(|ago| ago <= days)
        }
        _ => false,
    })
}
