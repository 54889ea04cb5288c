//! Metric definitions.

mod data;

use super::draft::RawMetric;
use super::{Files, lists, page};
use crate::diag::{Finding, Located, Place, checks};
use crate::model::{
    Audience, Better, Cadence, CesVariant, Change, ChangeKind, Config, Decimals, Definition, Kind, MetricId,
    Month, Period, Typical, Why, is_valid_id, slug,
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
            let plain =
                Some(slug(id)).filter(|plain| !id.contains('/') && !matches!(plain.as_str(), "" | "index"));
            let help = plain.map_or_else(
                || {
                    "Use lower-case letters, digits and hyphens, and keep all definitions in one folder."
                        .to_owned()
                },
                |plain| format!("Call the file {plain}.yaml: its name is the id of the metric."),
            );
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

const KINDS: [(&str, Kind); 8] = [
    ("nps", Kind::Nps),
    ("csat", Kind::Csat),
    ("ces", Kind::Ces(CesVariant::Mean)),
    ("mean", Kind::Mean),
    ("share", Kind::Share),
    ("count", Kind::Count),
    ("rate", Kind::Rate),
    ("duration", Kind::Duration(Typical::Median)),
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
    fits(&mut reader, kind, scale);
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
        owner: plain(reader.owner()),
        source: plain(reader.said("source")),
        since: page::month(&mut reader, "since"),
        base: plain(reader.text("base")),
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
        good_example: plain(reader.text("good-example")),
        limits: plain(reader.text("limits")),
        trigger: plain(reader.text("trigger")),
        changes: changes(&mut reader, findings),
        whys: whys(&mut reader, findings),
        was: reader.text("was"),
        data: Vec::new(),
        place,
        blank: reader.blanks(),
    };
    for entry in reader.list("data") {
        definition.data.extend(data::read(entry, &definition, &positive, findings));
    }
    if reader.node("data").is_none() {
        reader.missing("data", "Add data: with the file of the export and its columns.");
    }
    findings.extend(reader.finish(Strictness::Own));
    name.map(|_| RawMetric { id, definition, team, stage })
}

/// Whether a scale is there where it is needed, and one that the kind can use.
fn fits(reader: &mut Reader<'_>, kind: Kind, scale: Option<(f64, f64)>) {
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
    if scale.is_none() && matches!(kind, Kind::Csat | Kind::Ces(_)) && asks_answers(reader) {
        reader.missing("scale", "Add scale: [1, 5], the lowest and the highest answer.");
    }
}

fn kind(reader: &mut Reader<'_>) -> Option<Kind> {
    let variants = [("mean", CesVariant::Mean), ("share", CesVariant::Share), ("net", CesVariant::Net)];
    let variant = reader.choice("variant", &variants);
    if reader.node("kind").is_none() {
        reader.missing("kind", "Add kind: nps, csat, ces, mean, share, count, rate or duration.");
    }
    let typical = typical(reader);
    match (reader.choice("kind", &KINDS)?, variant, typical) {
        (Kind::Ces(_), Some(variant), _) => Some(Kind::Ces(variant)),
        (Kind::Duration(_), _, Some(typical)) => Some(Kind::Duration(typical)),
        (kind, ..) => Some(kind),
    }
}

/// `median`, `mean`, or a percentile such as `p90`.
fn typical(reader: &mut Reader<'_>) -> Option<Typical> {
    let text = reader.text("statistic")?;
    let help = || "Write median, mean, or a percentile such as p90.".to_owned();
    reader.parse("statistic", &text, typical_of, help)
}

fn typical_of(text: &str) -> Option<Typical> {
    match text {
        "median" => Some(Typical::Median),
        "mean" => Some(Typical::Mean),
        _ => {
            let percent = text.strip_prefix(['p', 'P'])?.parse().ok();
            percent.filter(|percent| (1..=99).contains(percent)).map(Typical::Percentile)
        }
    }
}

fn cadence(reader: &mut Reader<'_>, config: &Config) -> Cadence {
    let first = config.financial_year_start;
    let choices = [
        ("week", Cadence::Week),
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
        data.text("shape").is_none_or(|shape| shape.value == "responses")
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
        Finding::new(&checks::VALUE_WRONG, message)
            .at(first.place.clone())
            .help("Write two numbers without signs or words, the lower one first, like [1, 5]."),
    );
    None
}

fn default_unit(kind: Kind, per: f64) -> &'static str {
    match kind {
        Kind::Rate if per == 100.0 => "%",
        Kind::Nps | Kind::Ces(CesVariant::Net) => "points",
        Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => "%",
        Kind::Duration(_) => "minutes",
        Kind::Mean | Kind::Ces(CesVariant::Mean) | Kind::Count | Kind::Rate => "",
    }
}

fn default_decimals(kind: Kind) -> Decimals {
    let between = matches!(kind, Kind::Mean | Kind::Ces(CesVariant::Mean) | Kind::Duration(_));
    Decimals::new(u8::from(between))
}

fn changes(reader: &mut Reader<'_>, findings: &mut Vec<Finding>) -> Vec<Change> {
    let kinds = [
        ("reworded", ChangeKind::Reworded),
        ("rescaled", ChangeKind::Rescaled),
        ("moved", ChangeKind::Moved),
        ("retired", ChangeKind::Retired),
        ("renamed", ChangeKind::Renamed),
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
            entry.missing("kind", "Say reworded, rescaled, moved, retired or renamed.");
        }
        if let (Some(date), Some(kind), Some(note)) = (month.and_then(Month::first_day), kind, note) {
            changes.push(Change { date, kind, note: note.value });
        }
        findings.extend(entry.finish(Strictness::Own));
    }
    changes.sort_by_key(|change| change.date);
    changes
}

/// What somebody found out about a rise or a fall.
fn whys(reader: &mut Reader<'_>, findings: &mut Vec<Finding>) -> Vec<Why> {
    let mut whys = Vec::new();
    for node in reader.list("why") {
        let mut entry = Reader::new(node, "the note");
        let month = page::month(&mut entry, "date");
        let note = entry.required("note", "Say why it rose or fell, as far as you know.");
        if entry.node("date").is_none() {
            entry.missing("date", "Say which month the note is about.");
        }
        if let (Some(month), Some(note)) = (month, note) {
            whys.push(Why { month, note: note.value });
        }
        findings.extend(entry.finish(Strictness::Own));
    }
    whys.sort_by_key(|why| why.month);
    whys
}

fn plain(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}
