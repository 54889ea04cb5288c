//! Whether metrics are what the last edition said they were.

use std::collections::BTreeMap;

use crate::diag::{Finding, Place, checks, did_you_mean};
use crate::model::{Book, ChangeKind, Definition, Record, RecordedMetric};

/// The file of the record, for places.
const RECORD: &str = "published.json";

/// A metric that went away or measures something else now without a word is an error: readers would compare what cannot be
/// compared.
pub(super) fn check(book: &Book) -> Vec<Finding> {
    let Some(record) = &book.record else { return Vec::new() };
    let mut findings: Vec<Finding> =
        record.metrics.iter().flat_map(|(id, before)| metric(book, record, id, before)).collect();
    for (id, measured) in &book.metrics {
        // Once the new id is on record, where it came from is settled.
        if let Some(was) = &measured.metric.definition.was
            && !record.metrics.contains_key(&was.value)
            && !record.metrics.contains_key(id.as_str())
        {
            let message = format!("the last edition had no metric \"{}\"", was.value);
            let help = did_you_mean(&was.value, record.metrics.keys().map(String::as_str));
            findings.push(Finding::new(&checks::METRIC_UNKNOWN, message).at(was.place.clone()).help(help));
        }
    }
    findings
}

fn metric(book: &Book, record: &Record, id: &str, before: &RecordedMetric) -> Vec<Finding> {
    if book.broken_metrics.iter().any(|broken| broken.as_str() == id) {
        return Vec::new();
    }
    let heir = |definition: &Definition| definition.was.as_ref().is_some_and(|was| was.value == id);
    let now = book.metrics.iter().find(|(known, _)| known.as_str() == id);
    let now = now.or_else(|| book.metrics.iter().find(|(_, metric)| heir(&metric.metric.definition)));
    match now {
        Some((_, measured)) => compare(record, before, &measured.metric.definition),
        None => vec![dropped(record, id, before)],
    }
}

fn dropped(record: &Record, id: &str, before: &RecordedMetric) -> Finding {
    let values = before.series.get(&None).map_or(0, BTreeMap::len);
    let with = if values > 1 { format!(", with {values} values") } else { String::new() };
    let message = format!("\"{}\" ({id}) was published {}{with} and is gone", before.name, when(record));
    let help = format!(
        "Keep its definition and add a change record of kind retired. If another metric took its place, write was: {id} \
         in that one's definition."
    );
    Finding::new(&checks::METRIC_DROPPED, message).at(Place::file(RECORD)).help(help)
}

fn compare(record: &Record, before: &RecordedMetric, now: &Definition) -> Vec<Finding> {
    let told = |kinds: &[ChangeKind]| {
        now.changes.iter().any(|change| {
            let known = (change.date.to_string(), change.kind.word().to_owned());
            kinds.contains(&change.kind) && !before.changes.contains(&known)
        })
    };
    let mut findings = Vec::new();
    let identity = now.identity();
    let names: BTreeMap<&String, ()> =
        before.identity.keys().chain(identity.keys()).map(|name| (name, ())).collect();
    for name in names.into_keys() {
        let (was, is) = (before.identity.get(name), identity.get(name));
        let kinds: &[ChangeKind] = match name.as_str() {
            "question" => &[ChangeKind::Reworded, ChangeKind::Rescaled, ChangeKind::Moved],
            _ => &[ChangeKind::Rescaled, ChangeKind::Moved],
        };
        if was != is && !told(kinds) {
            findings.push(changed(record, now, name, (was, is), kinds[0]));
        }
    }
    if before.name != now.name && !told(&[ChangeKind::Renamed, ChangeKind::Rescaled, ChangeKind::Moved]) {
        let (was, is) = (Some(&before.name), Some(&now.name));
        findings.push(changed(record, now, "name", (was, is), ChangeKind::Renamed));
    }
    findings
}

fn changed(
    record: &Record,
    now: &Definition,
    what: &str,
    (was, is): (Option<&String>, Option<&String>),
    kind: ChangeKind,
) -> Finding {
    let words = |value: Option<&String>| value.map_or("not given".to_owned(), |value| format!("\"{value}\""));
    let message = format!(
        "the {what} of \"{}\" was {} {} and is {} now",
        now.name,
        words(was),
        when(record),
        words(is)
    );
    let help = format!(
        "If that is meant, add a record under changes: with date:, kind: {} and a note: for readers. If not, put it back.",
        kind.word()
    );
    Finding::new(&checks::METRIC_CHANGED, message).at(now.place.clone()).help(help)
}

fn when(record: &Record) -> String {
    match &record.edition {
        Some(edition) => format!("in edition {edition}"),
        None => format!("in the edition of {}", record.as_of.long()),
    }
}
