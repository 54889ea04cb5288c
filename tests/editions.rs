//! One edition after the other.

use cxbook::pipeline;
use cxbook::site;

use super::fixture::{errors, options, sample};

/// What `cxbook metrics --format json` prints can be put beside book.toml, and then nothing is new.
#[test]
fn an_edition_after_itself_changes_nothing() {
    let mut sources = sample();
    let book = pipeline::public_book(&sources, &options()).value;
    let reports: Vec<_> =
        book.metrics().values().map(|metric| site::report(&book, metric, Vec::new())).collect();
    let numbers = |reports: &[site::MetricReport]| serde_json::to_string_pretty(reports).unwrap();
    sources.insert_text("published.json", &numbers(&reports));
    let again = pipeline::public_book(&sources, &options());
    assert_eq!(errors(&again.findings), Vec::<String>::new());
    let book = again.value;
    let held = book.metrics().values().flat_map(|metric| &metric.series).flat_map(|series| &series.points);
    assert_eq!(held.filter(|point| point.held).count(), 0);
    let reports_again: Vec<_> =
        book.metrics().values().map(|metric| site::report(&book, metric, Vec::new())).collect();
    assert_eq!(numbers(&reports), numbers(&reports_again));
    // A metric that is taken out is missed.
    let path = "content/metrics/nps.yaml";
    assert!(sources.get(path).is_some());
    sources.remove(path);
    let gone = pipeline::public_book(&sources, &options());
    assert!(errors(&gone.findings).iter().any(|error| error.contains("metric-dropped")));
}
