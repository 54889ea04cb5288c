//! Tables of published numbers, for readers and for download.

use super::views::{RowView, TableView};
use super::words::Words;
use crate::model::{Definition, Kind, Locale, capital};
use crate::privacy::{Point, PublicMetric, PublicSeries};

/// The numbers of one or more series of a metric, newest first.
pub(super) fn table(words: Words<'_>, series: &[PublicSeries]) -> TableView {
    match series {
        [one] => single(words, one),
        many => side_by_side(words, many),
    }
}

fn single(words: Words<'_>, series: &PublicSeries) -> TableView {
    let definition = words.definition;
    let counted = definition.kind == Kind::Count;
    let with_interval = series.points.iter().any(|point| point.interval.is_some());
    let mut columns = vec![capital(definition.cadence.word()), unit_head(definition)];
    if !counted {
        columns.push(capital(words.noun()));
    }
    if with_interval {
        columns.push("95\u{a0}% interval".to_owned());
    }
    columns.push("Remark".to_owned());
    let rows = series.points.iter().rev().map(|point| {
        let mut cells = vec![value(words, point)];
        if !counted {
            cells.push(point.n.map_or_else(|| "–".to_owned(), |n| words.count(n)));
        }
        if with_interval {
            cells.push(point.interval.map_or_else(
                || "–".to_owned(),
                |(low, high)| format!("{} to {}", words.bare(low), words.bare(high)),
            ));
        }
        cells.push(words.remark(point).unwrap_or("").to_owned());
        RowView { head: words.period(point.period), cells, signal: point.signal.is_some() }
    });
    TableView {
        caption: format!("{} by {}", definition.name, definition.cadence.word()),
        columns,
        rows: rows.collect(),
    }
}

fn side_by_side(words: Words<'_>, series: &[PublicSeries]) -> TableView {
    let definition = words.definition;
    let mut columns = vec![capital(definition.cadence.word())];
    columns.extend(series.iter().map(|series| match &series.split {
        Some((_, value)) => value.to_string(),
        None => "All".to_owned(),
    }));
    let periods = series.first().map_or(&[][..], |series| &series.points);
    let rows = periods.iter().enumerate().rev().map(|(index, point)| RowView {
        head: words.period(point.period),
        cells: series
            .iter()
            .map(|series| series.points.get(index).map_or_else(String::new, |p| cell(words, p)))
            .collect(),
        signal: false,
    });
    let unit = if definition.unit.is_empty() { String::new() } else { format!(", {}", definition.unit) };
    TableView {
        caption: format!("{}{unit}, with the number of {}", definition.name, words.noun()),
        columns,
        rows: rows.collect(),
    }
}

/// The numbers of two metrics, newest first, each period of the one beside the period of the other that holds it.
pub(super) fn pair(
    (own, own_series): (Words<'_>, &PublicSeries),
    (customer, customer_series): (Words<'_>, &PublicSeries),
) -> TableView {
    let finer =
        |series: &PublicSeries| series.points.first().map_or(0, |point| point.period.cadence().per_year());
    let (long, short) = (own_series, customer_series);
    let lead = if finer(long) >= finer(short) { (own, long) } else { (customer, short) };
    let beside = |words: Words<'_>, series: &PublicSeries, at: &Point| {
        let holds = |point: &&Point| {
            point.period.start() <= at.period.start() && at.period.start() <= point.period.end()
        };
        series.points.iter().find(holds).map_or_else(|| "–".to_owned(), |point| cell(words, point))
    };
    let rows = lead.1.points.iter().rev().map(|point| RowView {
        head: lead.0.period(point.period),
        cells: vec![beside(own, own_series, point), beside(customer, customer_series, point)],
        signal: false,
    });
    let head = |words: Words<'_>| match words.definition.unit.as_str() {
        "" => words.definition.name.clone(),
        unit => format!("{}, {unit}", words.definition.name),
    };
    TableView {
        caption: format!("{} and {}", own.definition.name, customer.definition.name),
        columns: vec![capital(lead.0.definition.cadence.word()), head(own), head(customer)],
        rows: rows.collect(),
    }
}

fn cell(words: Words<'_>, point: &Point) -> String {
    let n = point.n.map_or_else(String::new, |n| format!(" (n = {})", words.count(n)));
    match words.remark(point) {
        Some(remark) if point.value.is_none() => remark.to_owned(),
        _ => format!("{}{n}", value(words, point)),
    }
}

fn value(words: Words<'_>, point: &Point) -> String {
    point.value.map_or_else(|| "–".to_owned(), |value| words.bare(value))
}

fn unit_head(definition: &Definition) -> String {
    if definition.unit.is_empty() { "Value".to_owned() } else { format!("Value, {}", definition.unit) }
}

/// The numbers of a series as rows of texts, the heads first, oldest first: the same cells as the site's table.
pub fn number_rows(definition: &Definition, locale: Locale, series: &PublicSeries) -> Vec<Vec<String>> {
    let table = single(Words { definition, locale }, series);
    let rows = table.rows.into_iter().rev().map(|row| std::iter::once(row.head).chain(row.cells).collect());
    std::iter::once(table.columns).chain(rows).collect()
}

/// The published numbers of a metric as CSV: unrounded values, empty where nothing may be or was measured.
pub fn csv(metric: &PublicMetric) -> String {
    let mut text = format!("{COLUMNS}\n");
    push_csv(&mut text, metric, None);
    text
}

/// Those of several metrics in one table, with the metric's id in front.
pub fn csv_of_all(metrics: &[&PublicMetric]) -> String {
    let mut text = format!("metric,{COLUMNS}\n");
    metrics.iter().for_each(|metric| push_csv(&mut text, metric, Some(metric.metric.id.as_str())));
    text
}

const COLUMNS: &str = "period,split,group,value,n,low,high,state,signal";

fn push_csv(text: &mut String, metric: &PublicMetric, first: Option<&str>) {
    for series in &metric.series {
        let (split, group) =
            series.split.as_ref().map_or(("", ""), |(name, value)| (name.as_str(), value.as_str()));
        for point in &series.points {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let fields = [
                point.period.to_string(),
                safe(split),
                safe(group),
                number(point.value),
                point.n.map(|n| n.to_string()).unwrap_or_default(),
                number(point.interval.map(|(low, _)| low)),
                number(point.interval.map(|(_, high)| high)),
                point.state.word().to_owned(),
                point.signal.map_or("", |signal| signal.word()).to_owned(),
            ];
            if let Some(first) = first {
                text.push_str(&safe(first));
                text.push(',');
            }
            text.push_str(&fields.join(","));
            text.push('\n');
        }
    }
}

/// A text cell that no spreadsheet takes for a formula, quoted where it must be.
fn safe(text: &str) -> String {
    // The last four are the same signs in full width, which some spreadsheets read alike.
    let dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    let guarded = if text.starts_with(dangerous) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn spreadsheets_run_no_cell() {
        assert_eq!(safe("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for start in ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"] {
            assert_eq!(safe(&format!("{start}Coast")), format!("'{start}Coast"));
        }
        assert_eq!(safe("\rCoast"), "\"'\rCoast\"");
        assert_eq!(safe("\nCoast"), "\"'\nCoast\"");
        assert_eq!(safe("North, City"), "\"North, City\"");
        assert_eq!(safe("North"), "North");
    }
}
