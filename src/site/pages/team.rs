//! A team's page: how its work moves the customer.

use super::super::body::Body;
use super::super::frame::{Spot, frame};
use super::super::grid::table_part;
use super::super::plan::{Board, Planned};
use super::super::views::{GridRowView, GroupView, PartView, TeamView};
use super::super::{actions, card, lists, talk};
use super::board::{self, assignments, blockers, strategy};
use crate::diag::Finding;
use crate::links;
use crate::model::{Edge, MetricId, Page, PageKind, Section, StageId, TeamId};

/// Charts of chains at most, so that the page stays light.
const CHAINS_DRAWN: usize = 3;

pub(super) fn view(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    page: &Page,
    body: Body,
) -> Result<TeamView, Finding> {
    let book = spot.site.book;
    let team = TeamId::new(page.id.as_str());
    let chains = lists::chains(spot, CHAINS_DRAWN, |edge| edge.team == team)?;
    let in_chain: Vec<&MetricId> =
        book.map().iter().filter(|edge| edge.team == team).map(|edge| &edge.metric).collect();
    let stages: Vec<&StageId> =
        book.map().iter().filter(|edge| edge.team == team).map(|edge| &edge.stage).collect();
    let own = book.metrics().values().filter(|metric| metric.metric.team.as_ref() == Some(&team));
    let other: Vec<&MetricId> =
        own.map(|metric| &metric.metric.id).filter(|id| !in_chain.contains(id)).collect();
    let about = lists::quotes(spot, 4, |quote| quote.teams.contains(&team));
    let quotes = if about.is_empty() {
        lists::quotes(spot, 4, |quote| quote.stage.as_ref().is_some_and(|stage| stages.contains(&stage)))
    } else {
        about
    };
    let part = match &page.kind {
        PageKind::Team(facts) => facts.part.clone(),
        _ => None,
    };
    let around = super::around(spot, page, body.needs);
    let lines: Vec<&Edge> =
        lists::edges(spot, |edge| edge.team == team).into_iter().map(|(_, edge)| edge).collect();
    Ok(TeamView {
        map_html: board::map::drawing(spot, &lines, "team", false)?,
        frame: frame(spot, planned, "team", around),
        part,
        body_html: body.html,
        chains,
        other_metrics: card::cards(spot, other, "other"),
        quotes,
        quotes_href: spot.href(links::QUOTES),
        related: lists::by_section(spot, &about_us(spot, &team, &stages)),
        parts: parts(spot, &team),
        digest: spot.link("One page to print for your meeting", &links::digest(team.as_str())),
        contact: talk::contact(spot, page),
    })
}

/// Pages about the team, and the stories of the stages it works on.
fn about_us<'a>(spot: &Spot<'a>, team: &TeamId, stages: &[&StageId]) -> Vec<&'a Page> {
    let relations = &spot.site.relations;
    let mut pages: Vec<&Page> = relations.by_team.get(team).cloned().unwrap_or_default();
    for page in stages.iter().filter_map(|stage| relations.by_stage.get(*stage)).flatten().copied() {
        let listed = |other: &&Page| other.section == page.section && other.id == page.id;
        if page.section == Section::Stories && !pages.iter().any(listed) {
            pages.push(page);
        }
    }
    pages
}

/// Actions with before and after, blockers, our part of the strategy, walks in the customer's shoes.
fn parts(spot: &Spot<'_>, team: &TeamId) -> Vec<PartView> {
    let book = spot.site.book;
    let own = spot.site.relations.section(Section::Actions).iter().filter_map(|page| {
        let action = actions::facts(page).filter(|action| action.team.as_ref() == Some(team))?;
        Some(actions::row(spot, page, action))
    });
    let empty = "No action of ours is written down yet. A page in actions/ that names this team stands here.";
    let actions =
        table_part("actions", "What we changed, before and after", &actions::COLUMNS, own.collect(), empty);
    let open = book.work().blockers.iter().filter(|one| one.team == *team && one.removed.is_none());
    let rows: Vec<GridRowView> = open
        .map(|one| {
            let mut row = blockers::row(spot, one);
            row.cells.remove(1);
            row
        })
        .collect();
    let columns = ["What stands in our way", "Who can say yes", "How long", "What it holds up"];
    let mut blockers =
        table_part("blockers", "What stands in our way", &columns, rows, "Nothing stands in our way today.");
    if !blockers.words.is_empty() && book.work().blockers.is_empty() {
        blockers.words = vec!["Nobody has written down yet what stands in the way.".to_owned()];
    }
    blockers.more = more(spot, Board::Blockers);
    let walks = book.work().assignments.iter().filter(|one| one.team.as_ref() == Some(team));
    let walks: Vec<GridRowView> = walks.map(|one| assignments::row(spot, one)).collect();
    let walks = (!walks.is_empty()).then(|| {
        let mut part = table_part("walks", "In the customer's shoes", &assignments::COLUMNS, walks, "");
        part.more = more(spot, Board::Assignments);
        part
    });
    let goals = strategy::of_team(spot, team);
    [Some(actions), Some(blockers), goals, walks].into_iter().flatten().collect()
}

/// The way to a whole board.
fn more(spot: &Spot<'_>, board: Board) -> Vec<GroupView> {
    let link = board::link(spot, board);
    link.and_then(|link| lists::link_group("", vec![link])).into_iter().collect()
}
