//! What a metric says last, as lines of plain text: for editors.

use super::words::Words;
use crate::model::Locale;
use crate::privacy::PublicMetric;

/// The latest period without a value where that is newer, the latest value with what it rests on, and what the series says.
/// Made from what is published, so a hidden value is only said to be hidden.
pub fn latest(metric: &PublicMetric, locale: Locale) -> Vec<String> {
    let words = Words { definition: &metric.metric.definition, locale };
    let Some(series) = metric.total() else { return vec!["No values to show yet".to_owned()] };
    let shown = series.points.iter().rposition(|point| point.value.is_some());
    let mut lines = Vec::new();
    if let Some((at, newest)) = series.points.iter().enumerate().next_back()
        && Some(at) != shown
    {
        lines.extend(words.remark(newest).map(|remark| format!("{}: {remark}", words.period(newest.period))));
    }
    if let Some(point) = shown.map(|at| &series.points[at]) {
        let value = point.value.map(|value| words.value(value)).unwrap_or_default();
        let parts = [Some(value), Some(words.base(point.n)), words.interval(point.interval)];
        let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let remark = words.remark(point).map(|remark| format!(" ({remark})")).unwrap_or_default();
        lines.push(format!("{}: {said}{remark}", words.period(point.period)));
    }
    lines.push(words.reading(series));
    lines
}
