//! List pages: a section's pages, and the metrics.

use std::collections::BTreeMap;

use super::super::body::Body;
use super::super::frame::{Around, Spot, frame};
use super::super::grid::table_part;
use super::super::plan::Planned;
use super::super::views::{GroupView, ItemView, ListView, MetricsView, PartView};
use super::super::{actions, card, lists};
use crate::model::{Page, PageKind, Section, capital, slug};

pub(super) fn section(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    section: Section,
    own: Option<&Page>,
    body: Body,
) -> ListView {
    let pages = spot.site.relations.section(section);
    let default = match section {
        Section::Teams => "Find your team: how its work reaches the customer, and what to do next.",
        Section::Playbooks => "What to do so that a customer is better off.",
        Section::Stories => "First-hand: what we lived through when we were the customer.",
        Section::Actions => "What we changed because of what customers told us, and what came of it.",
        Section::Roles => "What your role sees, may decide, and does every week.",
        Section::Impacts => {
            "Before we change something for customers: who is better off, who is worse off, and what we do for them."
        }
        Section::Pages | Section::Home => "How to use this book, and how we work.",
    };
    let around = own.map(|page| super::around(spot, page, body.needs)).unwrap_or_default();
    let around = Around { summary: around.summary.or_else(|| Some(default.to_owned())), ..around };
    let groups = if section == Section::Actions { by_state(spot, pages) } else { by_folder(spot, pages) };
    let log = (section == Section::Actions).then(|| log(spot, pages));
    let parts = log.into_iter().collect();
    ListView { frame: frame(spot, planned, "list", around), body_html: body.html, parts, groups }
}

/// All actions with before and after, newest first.
fn log(spot: &Spot<'_>, pages: &[&Page]) -> PartView {
    let mut all: Vec<&Page> = pages.to_vec();
    all.sort_by_key(|page| std::cmp::Reverse(actions::facts(page).and_then(|action| action.started)));
    let rows = all.into_iter().filter_map(|page| Some(actions::row(spot, page, actions::facts(page)?)));
    table_part("log", "Before and after", &actions::COLUMNS, rows.collect(), "No action is written down yet.")
}

/// Actions by how far the loop is, furthest behind first.
fn by_state(spot: &Spot<'_>, pages: &[&Page]) -> Vec<GroupView> {
    let mut groups: BTreeMap<Option<_>, Vec<ItemView>> = BTreeMap::new();
    for page in pages {
        let state = match &page.kind {
            PageKind::Action(action) => action.state,
            _ => None,
        };
        groups.entry(state).or_default().push(lists::item(spot, page));
    }
    let title =
        |state: Option<crate::model::ActionState>| state.map_or("Not said", |state| state.word()).to_owned();
    groups
        .into_iter()
        .map(|(state, items)| GroupView {
            id: format!("state.{}", slug(&title(state))),
            title: title(state),
            items,
        })
        .collect()
}

/// Pages by their folder; those directly in the section come first, without a title.
fn by_folder(spot: &Spot<'_>, pages: &[&Page]) -> Vec<GroupView> {
    let mut groups: BTreeMap<&str, Vec<ItemView>> = BTreeMap::new();
    for page in pages {
        let folder = page.id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        groups.entry(folder).or_default().push(lists::item(spot, page));
    }
    groups
        .into_iter()
        .map(|(folder, items)| GroupView { id: format!("folder.{folder}"), title: readable(folder), items })
        .collect()
}

/// `chief-officers/start` becomes "Chief officers / Start".
fn readable(folder: &str) -> String {
    folder.split('/').map(|part| capital(&part.replace(['-', '_'], " "))).collect::<Vec<_>>().join(" / ")
}

pub(super) fn metrics(spot: &Spot<'_>, planned: &Planned<'_>) -> MetricsView {
    let metrics = spot.site.book.metrics().values();
    let (own, customer): (Vec<_>, Vec<_>) = metrics.partition(|metric| metric.metric.team.is_some());
    let cards = |metrics: Vec<&crate::privacy::PublicMetric>| {
        metrics.into_iter().map(|metric| card::card(spot, metric, "list")).collect()
    };
    let summary = "What we measure, the latest value of each, and whether it says more than chance.";
    let around = Around { summary: Some(summary.to_owned()), ..Around::default() };
    MetricsView { frame: frame(spot, planned, "metrics", around), customer: cards(customer), own: cards(own) }
}
