//! Metric definitions.

use super::draft::RawMetric;
use super::{Files, lists, page};
use crate::diag::{Finding, Located, Place, checks};
use crate::model::{
    Audience, Better, Cadence, CesVariant, Change, ChangeKind, ColumnTerm, Config, DataSource, DateOrder,
    Decimals, Definition, Kind, MetricId, Month, NumberStyle, Period, PeriodSource, Shape, Where,
    is_valid_id,
};
use crate::tree::{Node, Reader, Strictness, Value};

/// Definitions, and the ids of those that cannot be read: they exist, so nobody is told that they do not.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    pub(super) sound: Vec<RawMetric>,
    pub(super) broken: Vec<MetricId>,
}

/// Reads all files of `metrics/`.
pub(super) fn load(files: &Files<'_>, config: &Config, findings: &mut Vec<Finding>) -> Metrics {
    let mut metrics = Metrics::default();
    for (path, below) in files.below("metrics") {
        let Some(id) = below.strip_suffix(".yaml").or_else(|| below.strip_suffix(".yml")) else { continue };
        if !is_valid_id(id) || id.contains('/') || id == "index" {
            let message = format!("\"{id}\" cannot be the id of a metric");
            let help = "Use lower-case letters, digits and hyphens, and keep all definitions in one folder.";
            findings.push(Finding::new(&checks::BAD_ID, message).at(Place::file(path)).help(help));
            continue;
        }
        let node = lists::yaml_file(files, path, findings);
        match node.and_then(|node| read(&node, Place::file(path), MetricId::new(id), config, findings)) {
            Some(metric) => metrics.sound.push(metric),
            None => metrics.broken.push(MetricId::new(id)),
        }
    }
    metrics
}

const KINDS: [(&str, Kind); 7] = [
    ("nps", Kind::Nps),
    ("csat", Kind::Csat),
    ("ces", Kind::Ces(CesVariant::Mean)),
    ("mean", Kind::Mean),
    ("share", Kind::Share),
    ("count", Kind::Count),
    ("rate", Kind::Rate),
];

fn read(
    node: &Node,
    place: Place,
    id: MetricId,
    config: &Config,
    findings: &mut Vec<Finding>,
) -> Option<RawMetric> {
    let mut reader = Reader::new(node, "the metric");
    let name = reader.required("name", "Add name: what readers call it.").map(|name| name.value);
    let kind = kind(&mut reader);
    let cadence = cadence(&mut reader, config);
    let better = [("higher-is-better", Better::Higher), ("lower-is-better", Better::Lower)];
    let audience = [("relationship", Audience::Relationship), ("transactional", Audience::Transactional)];
    let better = reader.choice("direction", &better);
    let decimals =
        reader.whole("decimals", 0, 6).map(|digits| Decimals::new(u8::try_from(digits.value).unwrap_or(0)));
    let scale = pair(&mut reader, "scale", "\"scale\" should be the lowest and the highest answer");
    let positive: Vec<String> = reader.texts("positive").into_iter().map(|text| text.value).collect();
    let team = reader.text("team");
    let stage = reader.text("stage");
    let kind = kind.unwrap_or(Kind::Mean);
    if let (Kind::Csat, Some((lowest, highest))) = (kind, scale)
        && highest - lowest < 3.0
        && let Some(node) = reader.node("scale")
    {
        let message = "on a scale this short, the two best answers are most of it";
        let help = "Use kind: share with the answers that count under positive:.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
    if let (Kind::Ces(CesVariant::Share | CesVariant::Net), Some((lowest, highest))) = (kind, scale)
        && (lowest, highest) != (1.0, 7.0)
        && let Some(node) = reader.node("scale")
    {
        let message = "these two variants of the customer effort score are defined for a scale of 1 to 7";
        let help = "Use variant: mean, or kind: share with the answers that count under positive:.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
    if scale.is_none() && matches!(kind, Kind::Csat | Kind::Ces(_)) && asks_answers(&mut reader) {
        reader.missing("scale", "Add scale: [1, 5], the lowest and the highest answer.");
    }
    let per = reader.number("per").map_or(100.0, |per| per.value);
    let unit = reader.text("unit").map(|unit| unit.value);
    let mut definition = Definition {
        name: name.clone().unwrap_or_default(),
        kind,
        scale,
        unit: unit.unwrap_or_else(|| default_unit(kind, per).to_owned()),
        per,
        better: better.unwrap_or(Better::Higher),
        decimals: decimals.unwrap_or_else(|| default_decimals(kind)),
        cadence,
        owner: plain(reader.text("owner")),
        source: plain(reader.text("source")),
        since: page::month(&mut reader, "since"),
        audience: reader.choice("audience", &audience),
        question: plain(reader.text("question")),
        target: reader.number("target").map(|target| target.value),
        good_range: pair(
            &mut reader,
            "good-range",
            "\"good-range\" should be the lowest and the highest good value",
        ),
        no_survey: no_survey(&mut reader, cadence),
        good: plain(reader.text("good")),
        limits: plain(reader.text("limits")),
        trigger: plain(reader.text("trigger")),
        changes: changes(&mut reader, findings),
        data: Vec::new(),
        place,
    };
    for entry in reader.list("data") {
        definition.data.extend(data_source(entry, &definition, &positive, findings));
    }
    if reader.node("data").is_none() {
        reader.missing("data", "Add data: with the file of the export and its columns.");
    }
    findings.extend(reader.finish(Strictness::Own));
    name.map(|_| RawMetric { id, definition, team, stage })
}

fn kind(reader: &mut Reader<'_>) -> Option<Kind> {
    let variants = [("mean", CesVariant::Mean), ("share", CesVariant::Share), ("net", CesVariant::Net)];
    let variant = reader.choice("variant", &variants);
    if reader.node("kind").is_none() {
        reader.missing("kind", "Add kind: nps, csat, ces, mean, share, count or rate.");
    }
    match (reader.choice("kind", &KINDS)?, variant) {
        (Kind::Ces(_), Some(variant)) => Some(Kind::Ces(variant)),
        (kind, _) => Some(kind),
    }
}

fn cadence(reader: &mut Reader<'_>, config: &Config) -> Cadence {
    let first = config.financial_year_start;
    let choices = [
        ("month", Cadence::Month),
        ("quarter", Cadence::Quarter(first)),
        ("year", Cadence::Year(1)),
        ("financial-year", Cadence::Year(first)),
        ("four-weeks", Cadence::FourWeeks(first)),
    ];
    reader.choice("cadence", &choices).unwrap_or(Cadence::Month)
}

/// Whether any source of the metric holds single answers rather than finished values.
fn asks_answers(reader: &mut Reader<'_>) -> bool {
    reader.list("data").iter().any(|node| {
        let mut data = Reader::new(node, "data");
        data.text("shape").is_none_or(|shape| shape.value != "aggregated")
    })
}

/// Periods in which nobody was asked.
fn no_survey(reader: &mut Reader<'_>, cadence: Cadence) -> Vec<Period> {
    let help = || format!("It should name a {}.", cadence.word());
    let texts = reader.texts("no-survey");
    texts
        .iter()
        .filter_map(|text| reader.parse("no-survey", text, |text| Period::parse(text, cadence), help))
        .collect()
}

/// Two numbers, the lower first.
fn pair(reader: &mut Reader<'_>, key: &'static str, message: &str) -> Option<(f64, f64)> {
    let items = reader.list(key);
    let first = items.first()?;
    let numbers: Vec<f64> = items
        .iter()
        .filter_map(|node| match &node.value {
            Value::Number(number, _) if number.is_finite() => Some(*number),
            _ => None,
        })
        .collect();
    if let [lowest, highest] = numbers.as_slice()
        && lowest < highest
        && items.len() == 2
    {
        return Some((*lowest, *highest));
    }
    reader.report(
        Finding::new(&checks::VALUE_WRONG, message).at(first.place.clone()).help("Write it like [1, 5]."),
    );
    None
}

fn default_unit(kind: Kind, per: f64) -> &'static str {
    match kind {
        Kind::Rate if per == 100.0 => "%",
        Kind::Nps | Kind::Ces(CesVariant::Net) => "points",
        Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => "%",
        Kind::Mean | Kind::Ces(CesVariant::Mean) | Kind::Count | Kind::Rate => "",
    }
}

fn default_decimals(kind: Kind) -> Decimals {
    Decimals::new(u8::from(matches!(kind, Kind::Mean | Kind::Ces(CesVariant::Mean))))
}

fn changes(reader: &mut Reader<'_>, findings: &mut Vec<Finding>) -> Vec<Change> {
    let kinds = [
        ("reworded", ChangeKind::Reworded),
        ("rescaled", ChangeKind::Rescaled),
        ("moved", ChangeKind::Moved),
        ("retired", ChangeKind::Retired),
    ];
    let mut changes = Vec::new();
    for node in reader.list("changes") {
        let mut entry = Reader::new(node, "the change record");
        let month = page::month(&mut entry, "date");
        let kind = entry.choice("kind", &kinds);
        let note = entry.required("note", "Say what changed, in a sentence.");
        if entry.node("date").is_none() {
            entry.missing("date", "Say from which month on.");
        }
        if entry.node("kind").is_none() {
            entry.missing("kind", "Say reworded, rescaled, moved or retired.");
        }
        if let (Some(date), Some(kind), Some(note)) = (month.and_then(Month::first_day), kind, note) {
            changes.push(Change { date, kind, note: note.value });
        }
        findings.extend(entry.finish(Strictness::Own));
    }
    changes.sort_by_key(|change| change.date);
    changes
}

fn data_source(
    node: &Node,
    definition: &Definition,
    positive: &[String],
    findings: &mut Vec<Finding>,
) -> Option<DataSource> {
    let mut reader = Reader::new(node, "data");
    let file = reader.required("file", "Name the export below the content folder, like exports/nps-*.csv.");
    let shapes = [("responses", Shape::Responses), ("aggregated", Shape::Aggregated)];
    let shape = reader.choice("shape", &shapes).unwrap_or(Shape::Responses);
    let period = period(&mut reader, definition.cadence);
    let (key, other) = if shape == Shape::Responses { ("score", "value") } else { ("value", "score") };
    let value = reader.text(key).or_else(|| reader.text(other));
    let (part, whole) = (terms(&mut reader, "part"), terms(&mut reader, "whole"));
    if definition.kind == Kind::Rate {
        for (key, terms) in [("part", &part), ("whole", &whole)] {
            if terms.is_empty() {
                reader.missing(
                    key,
                    "Name its column, or columns with a factor each: {planned: 1, cancelled: -1}.",
                );
            }
        }
    }
    let blank = reader.number("blank").map(|number| number.value);
    let counts_rows = shape == Shape::Responses && definition.kind == Kind::Count;
    let needs_value = !counts_rows && definition.kind != Kind::Rate;
    if value.is_none() && needs_value {
        reader.missing(key, "Name the column that holds it.");
    }
    let mut positive = positive.to_vec();
    positive.extend(reader.texts("positive").into_iter().map(|text| text.value));
    if definition.kind == Kind::Share && shape == Shape::Responses && positive.is_empty() {
        reader.missing("positive", "List the answers that count, like positive: [Yes].");
    }
    if definition.kind != Kind::Share && !positive.is_empty() {
        let message = "\"positive\" lists answers of a share, but this metric is of another kind";
        let help = "Take it out, or use kind: share.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
    let file = file.and_then(|file| inside(&mut reader, file));
    let n = reader.text("n");
    let multiply = reader.number("multiply").map_or(1.0, |factor| factor.value);
    let missing = reader.texts("missing").into_iter().map(|text| text.value).collect();
    let (conditions, splits) = (conditions(&mut reader), splits(&mut reader));
    let total = reader.text("total").map(|text| text.value);
    let id = reader.text("id");
    let orders = [("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];
    let dates = reader.choice("dates", &orders);
    let styles = [("1,234.5", NumberStyle::Point), ("1.234,5", NumberStyle::Comma)];
    let numbers = reader.choice("numbers", &styles);
    findings.extend(reader.finish(Strictness::Own));
    let without_terms = definition.kind == Kind::Rate && (part.is_empty() || whole.is_empty());
    if without_terms || (value.is_none() && needs_value) {
        return None;
    }
    let (file, period) = (file?, period?);
    Some(DataSource {
        file,
        shape,
        period,
        value,
        part,
        whole,
        blank,
        n,
        multiply,
        missing,
        positive,
        conditions,
        id,
        dates,
        numbers,
        total,
        splits,
    })
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

fn conditions(reader: &mut Reader<'_>) -> Vec<Where> {
    let entries = reader.free_map("where");
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

fn plain(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}
