//! The map: every line from a team's number to a customer's, stage by stage, and what is on no line.

use super::super::super::card;
use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, row, table_part};
use super::super::super::views::{CellView, PartView};
use crate::links;
use crate::model::{Direction, Edge, Evidence, MetricId, OffMap, Section};
use crate::privacy::PublicBook;

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let book = spot.site.book;
    let mut parts: Vec<PartView> = Vec::new();
    for stage in &book.journey().stages {
        let edges = book.map().iter().filter(|edge| edge.stage == stage.id);
        let rows: Vec<_> = edges.map(|edge| row(line(spot, edge))).collect();
        let columns = ["Team", "Its number", "Moves", "How sure we are"];
        let empty = "No line of the map runs through this stage.";
        parts.push(table_part(&format!("stage.{}", stage.id), &stage.name, &columns, rows, empty));
    }
    parts.push(orphans(spot));
    parts
}

fn line(spot: &Spot<'_>, edge: &Edge) -> Vec<CellView> {
    let way = match edge.direction {
        Direction::Same => "rises with it",
        Direction::Opposite => "falls when it rises",
    };
    let mark = match edge.evidence {
        Evidence::Measured => "better",
        Evidence::Reported => "steady",
        Evidence::Assumed => "early",
    };
    let moves = number(spot, &edge.moves);
    let note = moves.note.as_ref().map_or_else(|| way.to_owned(), |value| format!("{value}; {way}"));
    vec![
        linked(spot.team(&edge.team)),
        number(spot, &edge.metric),
        moves.with(Some(note)),
        marked(crate::model::capital(edge.evidence.word()), mark).with(edge.note.clone()),
    ]
}

/// A metric with its latest value.
fn number(spot: &Spot<'_>, id: &MetricId) -> CellView {
    let Some(metric) = spot.site.book.metrics().get(id) else { return cell(id.as_str()) };
    let card = card::card(spot, metric, "map");
    CellView { href: Some(card.href), ..cell(card.name) }
        .with(Some(format!("{}, {}", card.value, card.period)))
}

/// Looks for what is on no line.
pub(super) fn without_line<'a>(spot: &Spot<'a>) -> OffMap<'a> {
    let book: &'a PublicBook = spot.site.book;
    let metrics = book.metrics().values().map(|metric| &metric.metric);
    let teams = spot.site.relations.section(Section::Teams);
    OffMap::of(book.map(), metrics, &book.journey().stages, teams.iter().copied())
}

fn orphans(spot: &Spot<'_>) -> PartView {
    let found = without_line(spot);
    let metric = |id: &MetricId| {
        let name =
            spot.site.book.metrics().get(id).map_or(id.as_str(), |metric| &metric.metric.definition.name);
        spot.link(name, &links::metric(id))
    };
    let groups = [
        ("Teams' numbers that lead to no customer", found.own.into_iter().map(metric).collect::<Vec<_>>()),
        ("Customer metrics that no team moves", found.customer.into_iter().map(metric).collect()),
        ("Teams without a line", found.teams.into_iter().map(|page| spot.page_link(page)).collect()),
    ];
    let mut rows = Vec::new();
    for (what, links) in groups {
        rows.extend(links.into_iter().map(|link| row(vec![cell(what), linked(Some(link))])));
    }
    rows.extend(
        found.stages.into_iter().map(|stage| row(vec![cell("Stages without a line"), cell(&stage.name)])),
    );
    let empty = "Everything is on the map: each team, each stage, each number.";
    let mut own = table_part("orphans", "On no line", &["What", "Which"], rows, empty);
    if own.grid.is_some() {
        own.words.push(
            "A number that leads nowhere is either not about customers or not thought through yet."
                .to_owned(),
        );
    }
    own
}
