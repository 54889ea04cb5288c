//! Where the numbers of a metric are: one entry of `data`.

use crate::diag::{Finding, Located, checks, did_you_mean};
use crate::model::{
    Cadence, Clock, ColumnTerm, DataSource, DateOrder, Definition, Kind, NumberStyle, Period, PeriodSource,
    Repeats, Shape, TimeUnit, Where, Zone,
};
use crate::tree::{Node, Reader, Strictness, Value};

/// Reads one entry of `data`.
pub(super) fn read(
    node: &Node,
    definition: &Definition,
    positive: &[String],
    findings: &mut Vec<Finding>,
) -> Option<DataSource> {
    let mut reader = Reader::new(node, "data");
    let file = reader.required("file", "Name the export below the content folder, like exports/nps-*.csv.");
    let file = file.and_then(|file| inside(&mut reader, file));
    let shapes = [("responses", Shape::Responses), ("aggregated", Shape::Aggregated), ("wide", Shape::Wide)];
    let shape = reader.choice("shape", &shapes).unwrap_or(Shape::Responses);
    let period = if shape == Shape::Wide {
        Some(PeriodSource::Columns(Vec::new()))
    } else {
        period(&mut reader, definition.cadence)
    };
    let measured = measured(&mut reader, definition.kind, shape);
    let positive = positives(&mut reader, node, definition.kind, shape, positive);
    let orders = [("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];
    let styles = [("1,234.5", NumberStyle::Point), ("1.234,5", NumberStyle::Comma)];
    let repeats = [("add", Repeats::Add), ("replace", Repeats::Replace)];
    let source = DataSource {
        file: file.clone().unwrap_or_else(|| Located::new(String::new(), node.place.clone())),
        shape,
        period: period.clone().unwrap_or(PeriodSource::Columns(Vec::new())),
        n: reader.text("n"),
        n_rows: conditions(&mut reader, "n-where"),
        answers: reader.text("answers"),
        weight: reader.text("weight"),
        blank: reader.number("blank").map(|number| number.value),
        multiply: reader.number("multiply").map_or(1.0, |factor| factor.value),
        missing: reader.texts("missing").into_iter().map(|text| text.value).collect(),
        positive,
        conditions: conditions(&mut reader, "where"),
        id: reader.text("id"),
        dates: reader.choice("dates", &orders),
        numbers: reader.choice("numbers", &styles),
        total: reader.text("total").map(|text| text.value),
        splits: splits(&mut reader),
        renamed: renamed(&mut reader),
        repeats: reader.choice("repeats", &repeats),
        clock: Clock { zone: zone(&mut reader, "time-zone"), written_in: zone(&mut reader, "times-in") },
        value: measured.value,
        part: measured.part,
        whole: measured.whole,
        span: measured.span,
        measured_in: measured.unit,
    };
    timed(&mut reader, node, definition, &source);
    findings.extend(reader.finish(Strictness::Own));
    (measured.complete && file.is_some() && period.is_some()).then_some(source)
}

/// What is read from a row besides when and whose it is.
struct Measured {
    value: Option<Located<String>>,
    part: Vec<ColumnTerm>,
    whole: Vec<ColumnTerm>,
    span: Option<(Located<String>, Located<String>)>,
    unit: Option<TimeUnit>,
    complete: bool,
}

fn measured(reader: &mut Reader<'_>, kind: Kind, shape: Shape) -> Measured {
    let (key, other) = if shape == Shape::Responses { ("score", "value") } else { ("value", "score") };
    let value = reader.text(key).or_else(|| reader.text(other));
    let (part, whole) = (terms(reader, "part"), terms(reader, "whole"));
    let (start, end) = (reader.text("start"), reader.text("end"));
    let half = start.is_some() != end.is_some();
    let span = start.zip(end).filter(|_| matches!(kind, Kind::Duration(_)));
    if half {
        reader.missing("start and end", "Name both columns: when it began and when it ended.");
    }
    if kind == Kind::Rate && shape != Shape::Wide {
        for (key, terms) in [("part", &part), ("whole", &whole)] {
            if terms.is_empty() {
                let help = "Name its column, or columns with a factor each: {planned: 1, cancelled: -1}.";
                reader.missing(key, help);
            }
        }
    }
    let counts_rows = shape == Shape::Responses && kind == Kind::Count;
    let needs_value = !counts_rows && !half && kind != Kind::Rate && span.is_none() && shape != Shape::Wide;
    if value.is_none() && needs_value {
        reader.missing(key, "Name the column that holds it.");
    }
    let without_terms = kind == Kind::Rate && shape != Shape::Wide && (part.is_empty() || whole.is_empty());
    let complete = !without_terms && !half && (value.is_some() || !needs_value);
    let unit = reader.choice("measured-in", &TimeUnit::WORDS);
    Measured { value, part, whole, span, unit, complete }
}

/// The answers that count as positive: those beside `kind` and those of this entry.
fn positives(
    reader: &mut Reader<'_>,
    node: &Node,
    kind: Kind,
    shape: Shape,
    beside: &[String],
) -> Vec<String> {
    let mut positive = beside.to_vec();
    positive.extend(reader.texts("positive").into_iter().map(|text| text.value));
    if kind == Kind::Share && shape == Shape::Responses && positive.is_empty() {
        reader.missing("positive", "List the answers that count, like positive: [Yes].");
    }
    if kind != Kind::Share && !positive.is_empty() {
        let message = "\"positive\" lists answers of a share, but this metric is of another kind";
        let help = "Take it out, or use kind: share.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
    positive
}

/// Durations that are worked out need a unit of time to be told in.
fn timed(reader: &mut Reader<'_>, node: &Node, definition: &Definition, source: &DataSource) {
    let known = TimeUnit::WORDS.iter().any(|(word, _)| *word == definition.unit);
    if !known && (source.span.is_some() || source.measured_in.is_some()) {
        let message = format!("a duration cannot be worked out in \"{}\"", definition.unit);
        let help = "Write unit: seconds, minutes, hours or days in the definition.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
}

/// A time zone by its name.
fn zone(reader: &mut Reader<'_>, key: &'static str) -> Option<Zone> {
    let text = reader.text(key)?;
    let near = || {
        let names = Zone::names();
        let near = did_you_mean(&text.value, names.iter().map(String::as_str));
        let found = near.starts_with("Did you mean");
        if found { near } else { "Zones are named like Europe/London or UTC.".to_owned() }
    };
    reader.parse(key, &text, Zone::named, near)
}

/// Columns that some files call otherwise.
fn renamed(reader: &mut Reader<'_>) -> Vec<(String, Vec<String>)> {
    let names = |node: &Node| match &node.value {
        Value::List(items) => items.iter().filter_map(Node::scalar).collect(),
        _ => node.scalar().into_iter().collect(),
    };
    reader.free_map("renamed").iter().map(|entry| (entry.key.clone(), names(&entry.node))).collect()
}

/// An export must lie in the book: a path that climbs out is refused.
fn inside(reader: &mut Reader<'_>, file: Located<String>) -> Option<Located<String>> {
    let clean = file.value.trim_start_matches("./").replace('\\', "/");
    if clean.starts_with('/') || clean.split('/').any(|part| part == "..") || clean.contains(':') {
        let message = format!("\"{}\" leads out of the book", file.value);
        let help = "Copy the export into exports/ and name it like exports/nps.csv.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(file.place).help(help));
        return None;
    }
    Some(file.map(|_| clean))
}

fn period(reader: &mut Reader<'_>, cadence: Cadence) -> Option<PeriodSource> {
    if let Some(text) = reader.text("period") {
        let help = || format!("It should name a {}.", cadence.word());
        let period = reader.parse("period", &text, |text| Period::parse(text, cadence), help)?;
        return Some(PeriodSource::Fixed(period));
    }
    let columns = reader.texts("date");
    if columns.is_empty() {
        reader.missing("date", "Name the column that says when, or give period: for the whole file.");
        return None;
    }
    Some(PeriodSource::Columns(columns))
}

/// A column, or columns with their factors.
fn terms(reader: &mut Reader<'_>, key: &'static str) -> Vec<ColumnTerm> {
    match reader.node(key) {
        None => Vec::new(),
        Some(Node { value: Value::Map(entries), .. }) => {
            let mut terms = Vec::new();
            for entry in entries {
                let name = Located::new(entry.key.clone(), entry.key_place.clone());
                match entry.node.value {
                    Value::Number(factor, _) if factor.is_finite() => terms.push((name, factor)),
                    _ => {
                        let message =
                            format!("the factor of \"{}\" should be a number such as 1 or -1", entry.key);
                        let place = entry.node.place.clone();
                        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(place));
                    }
                }
            }
            terms
        }
        Some(_) => reader.texts(key).into_iter().map(|name| (name, 1.0)).collect(),
    }
}

fn conditions(reader: &mut Reader<'_>, key: &'static str) -> Vec<Where> {
    let entries = reader.free_map(key);
    entries
        .iter()
        .map(|entry| {
            let items = match &entry.node.value {
                Value::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&entry.node),
            };
            Where {
                column: Located::new(entry.key.clone(), entry.key_place.clone()),
                any_of: items.iter().map(|item| item.scalar().unwrap_or_default()).collect(),
            }
        })
        .collect()
}

fn splits(reader: &mut Reader<'_>) -> Vec<(String, Located<String>)> {
    let mut splits = Vec::new();
    for entry in reader.free_map("split") {
        match entry.node.scalar() {
            Some(column) => splits.push((entry.key.clone(), Located::new(column, entry.node.place.clone()))),
            None => {
                let message = format!(
                    "the split \"{}\" should name one column, but it is {}",
                    entry.key,
                    entry.node.kind()
                );
                let help = "Write it like split: {region: region_name}.";
                reader.report(
                    Finding::new(&checks::VALUE_WRONG, message).at(entry.node.place.clone()).help(help),
                );
            }
        }
    }
    splits
}
