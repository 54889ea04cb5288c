//! Assignments: open, late, done, with the stories that came of them.

use std::collections::BTreeSet;

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, table_part};
use super::super::super::lists;
use super::super::super::views::{CellView, GridRowView, LinkView, PartView};
use crate::model::{Assignment, RoleId, Section, day_count};

/// Heads of the columns of [`row`].
pub(in super::super) const COLUMNS: [&str; 4] = ["What to do", "Who", "Where", "When"];

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let as_of = spot.site.book.as_of();
    let all = &spot.site.book.work().assignments;
    let late = |one: &&Assignment| one.done.is_none() && one.due < as_of;
    let rows = |wanted: &dyn Fn(&&Assignment) -> bool| -> Vec<GridRowView> {
        all.iter().filter(wanted).map(|one| row(spot, one)).collect()
    };
    let open = table_part(
        "open",
        "Open",
        &COLUMNS,
        rows(&|one| one.done.is_none() && !late(one)),
        "Nothing is open. Write the next into assignments.yaml.",
    );
    let overdue = table_part("late", "Overdue", &COLUMNS, rows(&late), "Nothing is late.");
    let finished = all.iter().rev().filter(|one| one.done.is_some()).map(|one| {
        let stories: Vec<LinkView> =
            one.stories.iter().filter_map(|story| self::story(spot, story)).collect();
        let seen = one.outcome.clone().unwrap_or_else(|| "Nothing was written down".to_owned());
        GridRowView {
            id: one.id.to_string(),
            cells: vec![
                cell(&one.task),
                who(spot, one),
                cell(seen),
                linked(stories.into_iter().next()),
                when(spot, one),
            ],
        }
    });
    let done = table_part(
        "done",
        "Done, and what was seen",
        &["What was done", "Who", "What they saw", "Story", "When"],
        finished.collect(),
        "Nobody has done one yet.",
    );
    let mut parts = vec![overdue, open, done];
    let mut seen = BTreeSet::new();
    let told = all.iter().filter(|one| one.done.is_some()).flat_map(|one| &one.stories);
    let told = told.filter(|id| seen.insert(id.as_str()));
    let pages: Vec<_> =
        told.filter_map(|id| spot.site.relations.page(Section::Stories, id.as_str())).collect();
    if let Some(done) = parts.last_mut() {
        done.items = pages.into_iter().map(|page| lists::item(spot, page)).collect();
    }
    parts
}

/// An assignment that is not done, or how it went.
pub(in super::super) fn row(spot: &Spot<'_>, one: &Assignment) -> GridRowView {
    let place = linked(one.stage.as_ref().and_then(|stage| spot.stage(stage)));
    GridRowView {
        id: one.id.to_string(),
        cells: vec![cell(&one.task).with(one.purpose.clone()), who(spot, one), place, when(spot, one)],
    }
}

fn who(spot: &Spot<'_>, one: &Assignment) -> CellView {
    let team = one.team.as_ref().and_then(|team| spot.team(team)).map(|team| team.title);
    linked(role(spot, &one.role)).with(team)
}

fn when(spot: &Spot<'_>, one: &Assignment) -> CellView {
    let (as_of, locale) = (spot.site.book.as_of(), spot.locale());
    match one.done {
        Some(done) if done <= one.due => {
            marked(format!("Done {}", locale.day(done)), "better").with(Some("in time".to_owned()))
        }
        Some(done) => marked(format!("Done {}", locale.day(done)), "early")
            .with(Some(format!("{} late", day_count(done.days_since(one.due))))),
        None if one.due < as_of => {
            marked(format!("Overdue {}", day_count(as_of.days_since(one.due))), "worse")
                .with(Some(format!("due {}", locale.day(one.due))))
        }
        None => marked(format!("Due {}", locale.day(one.due)), "steady"),
    }
}

fn role(spot: &Spot<'_>, id: &RoleId) -> Option<LinkView> {
    spot.site.relations.page(Section::Roles, id.as_str()).map(|page| spot.page_link(page))
}

fn story(spot: &Spot<'_>, id: &crate::model::StoryId) -> Option<LinkView> {
    spot.site.relations.page(Section::Stories, id.as_str()).map(|page| spot.page_link(page))
}
