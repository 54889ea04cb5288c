//! The map: every line from a team's number to a customer's, stage by stage, and what is on no line.

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, part, row, table_part};
use super::super::super::views::{CellView, GridRowView, PartView};
use super::super::super::{card, figure};
use crate::diag::Finding;
use crate::links;
use crate::model::{Direction, Edge, Evidence, MetricId, OffMap, Section};
use crate::privacy::PublicBook;

pub(super) fn parts(spot: &Spot<'_>) -> Result<Vec<PartView>, Finding> {
    let book = spot.site.book;
    let all: Vec<&Edge> = book.map().iter().collect();
    let figure_html = drawing(spot, &all, "whole", true)?;
    let mut parts: Vec<PartView> = Vec::new();
    parts.extend(
        figure_html.map(|html| PartView { figure_html: Some(html), ..part("whole", "The whole map") }),
    );
    for stage in &book.journey().stages {
        let edges = book.map().iter().filter(|edge| edge.stage == stage.id);
        let rows: Vec<_> = edges.map(|edge| row(line(spot, edge))).collect();
        let columns = ["Team", "Its number", "Moves", "How sure we are"];
        let empty = "No line of the map runs through this stage.";
        parts.push(table_part(&format!("stage.{}", stage.id), &stage.name, &columns, rows, empty));
    }
    parts.push(orphans(spot));
    Ok(parts)
}

/// Some lines of the map, drawn; nothing where a table says as much.
///
/// # Errors
/// The finding about the theme's template for figures.
pub(in super::super) fn drawing(
    spot: &Spot<'_>,
    edges: &[&Edge],
    scope: &str,
    whole: bool,
) -> Result<Option<String>, Finding> {
    let figure = figure::chain_map(spot, edges, scope, whole);
    figure.map(|figure| spot.theme.render("figure.html", &figure)).transpose()
}

/// Heads of the columns of [`row_with_stage`].
pub(in super::super) const COLUMNS: [&str; 5] = ["Team", "Its number", "Where", "Moves", "How sure we are"];

/// A line of the map as a row, with the stage it runs through.
pub(in super::super) fn row_with_stage(spot: &Spot<'_>, edge: &Edge) -> GridRowView {
    let mut cells = line(spot, edge);
    cells.insert(2, linked(spot.stage(&edge.stage)));
    row(cells)
}

/// A line of the map: team, its number, what it moves, how sure we are.
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
    let brief = card::brief(&card);
    CellView { href: Some(card.href), ..cell(card.name) }.with(Some(brief))
}

/// Looks for what is on no line.
pub(super) fn without_line<'a>(spot: &Spot<'a>) -> OffMap<'a> {
    let book: &'a PublicBook = spot.site.book;
    let metrics = book.metrics().values().map(|metric| &metric.metric);
    let teams = spot.site.relations.section(Section::Teams);
    OffMap::of(book.map(), book.as_of(), metrics, &book.journey().stages, teams.iter().copied())
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
