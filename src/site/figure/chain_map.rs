//! The map as a drawing: teams' numbers, stages, customers' numbers. Its table stands beside it and says the same.

use crate::charts::{self, ChainEnd, ChainLine, ChainMap, Surety};
use crate::model::{Direction, Edge, Evidence, MetricId, TeamId};
use crate::site::card;
use crate::site::frame::Spot;
use crate::site::views::FigureView;

/// Lines from which a drawing says more than its table.
const LEAST: usize = 2;

/// The drawing of some lines of the map; none of fewer than two. `scope` keeps its ids apart from others of the page, `whole` shows
/// stages through which no line runs too.
pub(in crate::site) fn chain_map(
    spot: &Spot<'_>,
    edges: &[&Edge],
    scope: &str,
    whole: bool,
) -> Option<FigureView> {
    let mut spec = ChainMap {
        id: format!("{scope}.map"),
        heads: ["What a team steers", "Where it reaches customers", "What customers tell us"]
            .map(str::to_owned),
        ..ChainMap::default()
    };
    let stages: Vec<_> = spot.site.book.journey().stages.iter().collect();
    let shown = stages.iter().filter(|stage| whole || edges.iter().any(|edge| edge.stage == stage.id));
    let shown: Vec<_> = shown.collect();
    spec.stages = shown.iter().map(|stage| stage.name.clone()).collect();
    let (mut own, mut customer): (Vec<(&TeamId, &MetricId)>, Vec<&MetricId>) = (Vec::new(), Vec::new());
    for edge in edges {
        let (Some(from), Some(to)) = (end(spot, &edge.metric), end(spot, &edge.moves)) else { continue };
        let Some(stage) = shown.iter().position(|stage| stage.id == edge.stage) else { continue };
        let team = spot.team(&edge.team).map(|link| link.title).unwrap_or_default();
        let said = said(edge, &team, [&from.name, &spec.stages[stage], &to.name]);
        let from =
            place(&mut own, (&edge.team, &edge.metric), &mut spec.own, ChainEnd { over: team, ..from });
        let to = place(&mut customer, &edge.moves, &mut spec.customer, to);
        let (surety, label) = (surety(edge.evidence), label(edge));
        spec.lines.push(ChainLine { from, stage, to, surety, label, said });
    }
    if spec.lines.len() < LEAST {
        return None;
    }
    spec.title = title(edges);
    spec.description = "The table beside this drawing says the same, line by line.".to_owned();
    Some(FigureView {
        id: format!("{scope}.drawn"),
        title: spec.title.clone(),
        subtitle:
            "Solid: measured. Dotted: reported. Dashed: assumed. “Opposite”: one rises when the other falls."
                .to_owned(),
        wide_html: spot.memo.chart(&("chain map", &spec), || charts::chain_map(&spec)),
        // On a phone three columns have no room.
        phone_html: "<p class=\"chart-phone why\">The lines stand below, one by one.</p>".to_owned(),
        events: Vec::new(),
        breaks: Vec::new(),
        notes: Vec::new(),
        table: None,
        links: Vec::new(),
    })
}

/// The place of a number among those of its column; the first time it gets one.
fn place<K: PartialEq>(known: &mut Vec<K>, key: K, ends: &mut Vec<ChainEnd>, end: ChainEnd) -> usize {
    if let Some(place) = known.iter().position(|other| *other == key) {
        return place;
    }
    known.push(key);
    ends.push(end);
    ends.len() - 1
}

fn end(spot: &Spot<'_>, id: &MetricId) -> Option<ChainEnd> {
    let metric = spot.site.book.metrics().get(id)?;
    let name = metric.metric.definition.name.clone();
    Some(ChainEnd { over: String::new(), name, value: card::brief(&card::card(spot, metric, "drawn")) })
}

fn surety(evidence: Evidence) -> Surety {
    match evidence {
        Evidence::Measured => Surety::Measured,
        Evidence::Reported => Surety::Reported,
        Evidence::Assumed => Surety::Assumed,
    }
}

/// "assumed", "measured, opposite".
fn label(edge: &Edge) -> String {
    let way = match edge.direction {
        Direction::Same => "",
        Direction::Opposite => ", opposite",
    };
    format!("{}{way}", edge.evidence.word())
}

fn said(edge: &Edge, team: &str, [own, stage, customer]: [&str; 3]) -> String {
    let way = match edge.direction {
        Direction::Same => "rise together",
        Direction::Opposite => "one rises when the other falls",
    };
    format!("{team}: {own}, {stage}, {customer}: {way} ({})", edge.evidence.word())
}

/// "17 lines from our numbers to the customer's: 9 measured, 5 reported, 3 assumed".
fn title(edges: &[&Edge]) -> String {
    let counts = Evidence::WORDS.iter().filter_map(|(word, evidence)| {
        let count = edges.iter().filter(|edge| edge.evidence == *evidence).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    let counts: Vec<String> = counts.collect();
    format!("{} lines from our numbers to the customer's: {}", edges.len(), counts.join(", "))
}
