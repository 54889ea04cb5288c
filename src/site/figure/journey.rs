//! The stages of the journey with the customer metric of each.

use super::signal;
use crate::charts::{self, Layout, Mark, Stages};
use crate::model::{Decimals, Kind, Stage};
use crate::privacy::{PublicMetric, State};
use crate::site::frame::Spot;
use crate::site::views::{FigureView, RowView, TableView};
use crate::site::words::{self, Words};

/// The figure above the stages, each with the first of its customer metrics; none without any metric.
pub(in crate::site) fn journey(
    spot: &Spot<'_>,
    stages: &[(&Stage, Option<&PublicMetric>)],
) -> Option<FigureView> {
    if stages.iter().all(|(_, metric)| metric.is_none()) {
        return None;
    }
    let rows: Vec<charts::Stage> =
        stages.iter().zip(1..).map(|((stage, metric), number)| row(spot, number, stage, *metric)).collect();
    let title = title(stages);
    let said = rows.iter().map(|row| match row.mark {
        Mark::Missing => format!("{}: {}.", row.name, row.measure),
        _ => format!("{}: {}, {}, {}.", row.name, row.measure, row.figure, row.note),
    });
    let spec = Stages {
        id: "chart.stages".to_owned(),
        title: title.clone(),
        description: said.collect::<Vec<_>>().join(" "),
        words: super::key(),
        target: "target".to_owned(),
        no_scale: "no fixed scale".to_owned(),
        rows,
    };
    let drawn = |layout| spot.memo.chart(&("stages", layout, &spec), || charts::stages(&spec, layout));
    Some(FigureView {
        id: "figure.stages".to_owned(),
        title,
        subtitle: "The latest value of each stage's customer metric, each on a scale of its own".to_owned(),
        wide_html: drawn(Layout::Wide),
        phone_html: drawn(Layout::Phone),
        events: Vec::new(),
        breaks: Vec::new(),
        notes: vec!["The stages have different measures. Compare a stage with its own target, not with its neighbour.".to_owned()],
        table: Some(table(&spec)),
        links: Vec::new(),
    })
}

/// How many stages have moved, in words; a stage without a signal has not.
fn title(stages: &[(&Stage, Option<&PublicMetric>)]) -> String {
    let sense = |metric: &PublicMetric| {
        metric.total().map(|series| words::sense(metric.metric.definition.better, series))
    };
    let names = |wanted: &str| -> Vec<&str> {
        let alike = stages.iter().filter(|(_, metric)| metric.and_then(sense) == Some(wanted));
        alike.map(|(stage, _)| stage.name.as_str()).collect()
    };
    let said = [("better", "Better"), ("worse", "Worse")].into_iter().filter_map(|(sense, word)| {
        let names = names(sense);
        (!names.is_empty()).then(|| format!("{word}: {}", names.join(", ")))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "No stage has moved beyond normal variation".to_owned() } else { said.join(". ") }
}

fn row(spot: &Spot<'_>, number: usize, stage: &Stage, metric: Option<&PublicMetric>) -> charts::Stage {
    let name = format!("{number} {}", stage.name);
    let none = |measure: &str| charts::Stage {
        name: name.clone(),
        measure: measure.to_owned(),
        figure: "–".to_owned(),
        ..charts::Stage::default()
    };
    let Some(metric) = metric else { return none("no metric yet") };
    let (words, definition) = (spot.words(metric), &metric.metric.definition);
    let Some(series) = metric.total() else { return none(&definition.name) };
    let newest = series.points.last();
    let Some(point) = series.latest() else {
        let hidden = newest.is_some_and(|point| point.state == State::Suppressed);
        let mark = if hidden { Mark::Suppressed } else { Mark::Missing };
        return charts::Stage { mark, note: "no value can be shown".to_owned(), ..none(&definition.name) };
    };
    let range = definition.natural_range().filter(|(_, high)| high.is_finite());
    let n = point.n.filter(|_| definition.kind != Kind::Count);
    let n = n.map(|n| format!("n = {}, ", words.count(n))).unwrap_or_default();
    charts::Stage {
        name,
        measure: definition.name.clone(),
        mark: if point.state == State::Provisional { Mark::Provisional } else { Mark::Shown },
        value: point.value,
        interval: point.interval,
        target: definition.target,
        signal: point.signal.map(signal),
        scale: range.map(|ends| [ends.0, ends.1].map(|end| (end, whole(words, end)))),
        figure: point.value.map_or_else(|| "–".to_owned(), |value| words.value(value)),
        note: format!(
            "{}, {n}{}",
            state(words::sense(definition.better, series)),
            words.period(point.period)
        ),
    }
}

/// The end of a scale, without decimals it does not need.
fn whole(words: Words<'_>, end: f64) -> String {
    if end.fract() == 0.0 { words.locale.number(end, Decimals::new(0)) } else { words.bare(end) }
}

/// What the latest points say, in a word.
fn state(sense: &str) -> &str {
    if sense == "early" { "too early" } else { sense }
}

fn table(spec: &Stages) -> TableView {
    let rows = spec.rows.iter().map(|row| RowView {
        head: row.name.clone(),
        cells: vec![row.measure.clone(), row.figure.clone(), row.note.clone()],
        signal: row.signal.is_some(),
    });
    let columns = ["Stage", "Customer metric", "Latest value", "Remark"];
    TableView {
        caption: "The stages of the journey and their customer metrics".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
