//! Blocks inside a text that show entries of the book's lists, each as a table or a list with the way to all of them.

use super::super::frame::Spot;
use super::super::grid::{part, table_part};
use super::super::plan::Board;
use super::super::views::{FactView, GridRowView, LinkView, PartView};
use super::super::{actions, lists, talk};
use super::board::{self, assignments, blockers, conversations, map};
use super::{coverage, fact, journey};
use crate::diag::Finding;
use crate::links;
use crate::live::{ListKind, Listing, Progress, StageBlock};
use crate::model::{
    ActionState, Channel, Contact, Edge, Evidence, Page, PageKind, RoleId, Section, TeamId, slug,
};

/// The entries a block asks for; `index` keeps the ids of one page apart.
///
/// # Errors
/// The finding about the theme's template for the drawing of a chain.
pub(in super::super) fn listing(
    spot: &Spot<'_>,
    wanted: &Listing,
    index: usize,
) -> Result<PartView, Finding> {
    let scope = format!("block{index}");
    let (mut part, all) = match &wanted.kind {
        ListKind::Chain(evidence) => (chain(spot, wanted, *evidence, &scope)?, board::link(spot, Board::Map)),
        ListKind::Stories(action) => {
            let action = action.as_ref().map(|id| id.as_str());
            (stories(spot, wanted, action), section(spot, Section::Stories))
        }
        ListKind::Actions { theme, state } => {
            (changed(spot, wanted, theme.as_deref(), *state), section(spot, Section::Actions))
        }
        ListKind::Blockers(state) => (stuck(spot, wanted, *state), board::link(spot, Board::Blockers)),
        ListKind::Contacts(channel) => {
            (learned(spot, wanted, *channel), board::link(spot, Board::Conversations))
        }
        ListKind::Assignments { role, state } => {
            (walks(spot, wanted, role.as_ref(), *state), board::link(spot, Board::Assignments))
        }
    };
    for row in part.grid.iter_mut().flat_map(|grid| &mut grid.rows).filter(|row| !row.id.is_empty()) {
        row.id = format!("{scope}.{}", row.id);
    }
    part.more = all.and_then(|link| lists::link_group("", vec![link])).into_iter().collect();
    Ok(part)
}

/// A stage: who answers for it, its numbers, its teams, what it lacks.
pub(in super::super) fn stage(spot: &Spot<'_>, wanted: &StageBlock) -> Option<PartView> {
    let book = spot.site.book;
    let stage = book.journey().stages.iter().find(|stage| stage.id == wanted.stage)?;
    let metrics = journey::customer_metrics(spot, stage);
    let metrics = metrics.into_iter().filter_map(|id| book.metrics().get(id)).take(wanted.metrics);
    let rows: Vec<GridRowView> = metrics.map(|metric| board::number(spot, metric)).collect();
    let mut own = part("stage", &stage.name);
    if !rows.is_empty() {
        own = table_part("stage", &stage.name, &board::NUMBERS, rows, "");
    }
    own.words.extend(stage.summary.clone());
    let link = spot.link(&stage.name, &links::stage(&stage.id));
    own.facts = vec![FactView {
        label: "Stage of the journey".to_owned(),
        value: link.title.clone(),
        href: Some(link.href.clone()),
    }];
    own.facts.push(fact("Owner", stage.owner.clone().unwrap_or_else(|| "No owner".to_owned())));
    let teams = coverage::teams(spot, stage);
    let teams: Vec<String> = teams.iter().filter_map(|id| spot.team(id)).map(|link| link.title).collect();
    own.facts.extend((!teams.is_empty()).then(|| fact("Teams", teams.join(", "))));
    let known = coverage::sources(spot, stage).join(", ");
    own.facts.extend((!known.is_empty()).then(|| fact("Known from", known)));
    own.missing.extend(journey::gaps_of(spot, stage));
    own.quotes = lists::quotes(spot, wanted.quotes, |quote| quote.stage.as_ref() == Some(&stage.id));
    let journey = LinkView { title: format!("{} on the journey", stage.name), ..link };
    own.more = lists::link_group("", vec![journey]).into_iter().collect();
    Some(own)
}

/// Lines of the map, as sure as is asked for.
fn chain(
    spot: &Spot<'_>,
    wanted: &Listing,
    evidence: Option<Evidence>,
    scope: &str,
) -> Result<PartView, Finding> {
    let edges = lists::edges(spot, |edge| {
        wanted.team.as_ref().is_none_or(|team| edge.team == *team)
            && wanted.stage.as_ref().is_none_or(|stage| edge.stage == *stage)
            && wanted.metric.as_ref().is_none_or(|id| edge.metric == *id || edge.moves == *id)
            && evidence.is_none_or(|evidence| edge.evidence == evidence)
    });
    let edges: Vec<&Edge> = edges.into_iter().take(wanted.limit).map(|(_, edge)| edge).collect();
    let rows = edges.iter().map(|edge| map::row_with_stage(spot, edge));
    let empty = "No line of the map is like this yet. map.yaml is where it would stand.";
    let title = "From our numbers to the customer's";
    let own = table_part("chain", title, &map::COLUMNS, rows.collect(), empty);
    Ok(PartView { figure_html: map::drawing(spot, &edges, scope, false)?, ..own })
}

/// Pages of a section that are about what is asked for.
fn pages<'a>(spot: &Spot<'a>, section: Section, wanted: &Listing) -> Vec<&'a Page> {
    let pages = spot.site.relations.section(section).iter().copied();
    let about = |page: &&Page| {
        let action = actions::facts(page);
        let of_team = |team: &TeamId| {
            page.teams.contains(team) || action.is_some_and(|action| action.team.as_ref() == Some(team))
        };
        wanted.team.as_ref().is_none_or(of_team)
            && wanted.stage.as_ref().is_none_or(|stage| page.stages.contains(stage))
            && wanted.metric.as_ref().is_none_or(|id| {
                page.metrics.contains(id) || action.is_some_and(|action| action.metric.as_ref() == Some(id))
            })
    };
    pages.filter(about).collect()
}

fn stories(spot: &Spot<'_>, wanted: &Listing, action: Option<&str>) -> PartView {
    let led_to = |page: &&Page| match &page.kind {
        PageKind::Story(story) => {
            action.is_none_or(|wanted| story.action.as_ref().is_some_and(|id| id.as_str() == wanted))
        }
        _ => false,
    };
    let found = pages(spot, Section::Stories, wanted);
    let items: Vec<_> = found
        .into_iter()
        .filter(led_to)
        .take(wanted.limit)
        .map(|page| {
            let mut item = lists::item(spot, page);
            item.meta.extend(came_of_it(spot, page));
            item
        })
        .collect();
    let words =
        if items.is_empty() { vec!["Nobody has told a story like this yet.".to_owned()] } else { Vec::new() };
    PartView { words, items, ..part("stories", "Stories") }
}

/// "Led to: Call an hour ahead (Done)".
fn came_of_it(spot: &Spot<'_>, page: &Page) -> Option<String> {
    let PageKind::Story(story) = &page.kind else { return None };
    let action = spot.action(story.action.as_ref()?.as_str())?;
    let state = actions::facts(action).and_then(|action| action.state);
    let state = state.map(|state| format!(" ({})", state.word())).unwrap_or_default();
    Some(format!("Led to: {}{state}", action.facts.title))
}

fn changed(spot: &Spot<'_>, wanted: &Listing, theme: Option<&str>, state: Option<ActionState>) -> PartView {
    let found = pages(spot, Section::Actions, wanted).into_iter().filter_map(|page| {
        let action = actions::facts(page)?;
        let of_theme = theme.is_none_or(|theme| action.theme.as_deref().map(slug) == Some(slug(theme)));
        (of_theme && state.is_none_or(|state| action.state == Some(state))).then_some((page, action))
    });
    let rows = found.take(wanted.limit).map(|(page, action)| actions::row(spot, page, action));
    let title = "What was changed, before and after";
    table_part("actions", title, &actions::COLUMNS, rows.collect(), "No action is like this yet.")
}

fn stuck(spot: &Spot<'_>, wanted: &Listing, state: Progress) -> PartView {
    let found = spot.site.book.work().blockers.iter().filter(|one| {
        state.wants(one.removed.is_some())
            && wanted.team.as_ref().is_none_or(|team| one.team == *team)
            && wanted.stage.as_ref().is_none_or(|stage| one.stage.as_ref() == Some(stage))
            && wanted.metric.as_ref().is_none_or(|id| one.metric.as_ref() == Some(id))
    });
    let rows = found.take(wanted.limit).map(|one| match one.removed {
        None => blockers::row(spot, one),
        Some(_) => blockers::removed(spot, one),
    });
    let empty = "Nothing like this stands in the way today.";
    table_part("blockers", "What stands in the way", &blockers::COLUMNS, rows.collect(), empty)
}

/// What was learned, as the conversations' page says it; of one team also when it last talked.
fn learned(spot: &Spot<'_>, wanted: &Listing, channel: Option<Channel>) -> PartView {
    let fits = |contact: &&Contact| {
        contact.is_conversation()
            && contact.learned.is_some()
            && wanted.team.as_ref().is_none_or(|team| contact.team == *team)
            && wanted.stage.as_ref().is_none_or(|stage| contact.stage.as_ref() == Some(stage))
            && wanted.metric.as_ref().is_none_or(|id| contact.metric.as_ref() == Some(id))
            && channel.is_none_or(|channel| contact.channel == channel)
    };
    let found = spot.site.book.contacts().iter().filter(fits).take(wanted.limit);
    let rows = found.map(|contact| conversations::learned_row(spot, contact)).collect();
    let empty = "No conversation like this is written down yet.";
    let mut own = table_part("contacts", "Learned in conversations", &conversations::LEARNED, rows, empty);
    let team = wanted.team.as_ref();
    let team = team.and_then(|team| spot.site.relations.page(Section::Teams, team.as_str()));
    own.words.splice(0..0, team.map(|page| format!("{}.", talk::contact(spot, page).since)));
    own
}

fn walks(spot: &Spot<'_>, wanted: &Listing, role: Option<&RoleId>, state: Progress) -> PartView {
    let found = spot.site.book.work().assignments.iter().filter(|one| {
        state.wants(one.done.is_some())
            && role.is_none_or(|role| one.role == *role)
            && wanted.team.as_ref().is_none_or(|team| one.team.as_ref() == Some(team))
            && wanted.stage.as_ref().is_none_or(|stage| one.stage.as_ref() == Some(stage))
    });
    let rows = found.take(wanted.limit).map(|one| assignments::row(spot, one)).collect();
    let empty = "Nothing like this is to be done. assignments.yaml is where the next would stand.";
    table_part("assignments", "In the customer's shoes", &assignments::COLUMNS, rows, empty)
}

/// The way to the list of a section.
fn section(spot: &Spot<'_>, section: Section) -> Option<LinkView> {
    let route = links::section(section);
    spot.site.pages.get(&route).map(|planned| spot.link(&planned.title, &route))
}
