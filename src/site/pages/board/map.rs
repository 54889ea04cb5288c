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

/// Something that is on no line: of which kind, its name, where it leads, and what to do about it.
struct Orphan<'a> {
    what: &'static str,
    name: &'a str,
    route: Option<String>,
    next: &'static str,
}

/// Everything that is on no line of the map.
fn without_line<'a>(spot: &Spot<'a>) -> Vec<Orphan<'a>> {
    let book: &'a PublicBook = spot.site.book;
    let metrics = book.metrics().values().map(|metric| &metric.metric);
    let teams = spot.site.relations.section(Section::Teams);
    let found = OffMap::of(book.map(), book.as_of(), metrics, &book.journey().stages, teams.iter().copied());
    let metric = |id: &'a MetricId, what, next| {
        let name = book.metrics().get(id).map_or(id.as_str(), |metric| &metric.metric.definition.name);
        Orphan { what, name, route: Some(links::metric(id)), next }
    };
    let own = found.own.into_iter().map(|id| {
        metric(id, "Team's number that leads to no customer", "Say on the map which customer metric it moves")
    });
    let customer = found
        .customer
        .into_iter()
        .map(|id| metric(id, "Customer metric that no team moves", "Say on the map whose work moves it"));
    let teams = found.teams.into_iter().map(|page| Orphan {
        what: "Team without a line",
        name: &page.facts.title,
        route: Some(links::page(page.section, &page.id)),
        next: "Say on the map which of the team's numbers reaches customers",
    });
    let stages = found.stages.into_iter().map(|stage| Orphan {
        what: "Stage without a line",
        name: &stage.name,
        route: None,
        next: "Say on the map who works at this stage",
    });
    own.chain(customer).chain(teams).chain(stages).collect()
}

/// What is on no line first, then the first line nobody looked into.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let book = spot.site.book;
    let name = |id| book.metrics().get(id).map(|metric| &metric.metric.definition.name);
    first_orphan(spot).or_else(|| {
        let edge = book.map().iter().find(|edge| edge.evidence == Evidence::Assumed)?;
        let (own, moved) = (name(&edge.metric)?, name(&edge.moves)?);
        Some(format!("Find out whether \"{own}\" really moves \"{moved}\": so far it is assumed."))
    })
}

/// What to do about the first that is on no line.
pub(super) fn first_orphan(spot: &Spot<'_>) -> Option<String> {
    without_line(spot).first().map(|orphan| format!("{}: {}.", orphan.next, orphan.name))
}

/// What is on no line, as a table.
pub(super) fn orphans(spot: &Spot<'_>) -> PartView {
    let found = without_line(spot);
    let rows = found.iter().map(|orphan| {
        let which = match &orphan.route {
            Some(route) => linked(Some(spot.link(orphan.name, route))),
            None => cell(orphan.name),
        };
        row(vec![cell(orphan.what), which])
    });
    let empty = "Everything is on the map: each team, each stage, each number.";
    let mut own = table_part("orphans", "On no line of the map", &["What", "Which"], rows.collect(), empty);
    if own.grid.is_some() {
        own.words.push(
            "A number that leads nowhere is either not about customers or not thought through yet."
                .to_owned(),
        );
    }
    own
}
