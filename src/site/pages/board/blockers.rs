//! What stands in the way, oldest first.

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, table_part};
use super::super::super::views::{CellView, GridRowView, PartView};
use super::role;
use crate::links;
use crate::model::{Blocker, LONG, day_count};

/// Heads of the columns of [`row`].
pub(in super::super) const COLUMNS: [&str; 5] =
    ["What", "Who is stuck", "Who can say yes", "How long", "What it holds up"];

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let (removed, open): (Vec<&Blocker>, Vec<&Blocker>) =
        spot.site.book.work().blockers.iter().partition(|blocker| blocker.removed.is_some());
    let mut waiting = table_part(
        "open",
        "Still in the way",
        &COLUMNS,
        open.iter().map(|blocker| row(spot, blocker)).collect(),
        "Nothing is in the way today.",
    );
    if let Some(oldest) = open.first() {
        waiting.words.insert(
            0,
            format!(
                "{} open. The oldest waits on {} since {}.",
                super::counted(spot, open.len(), "blocker"),
                on(oldest),
                spot.locale().day(oldest.since)
            ),
        );
    }
    let gone = removed.iter().rev().map(|blocker| {
        let mut row = self::removed(spot, blocker);
        row.cells.pop();
        row
    });
    let gone = table_part(
        "removed",
        "Out of the way",
        &["What", "Who was stuck", "Who said yes", "How long it took"],
        gone.collect(),
        "No blocker has been removed yet.",
    );
    vec![waiting, gone]
}

/// A blocker that is out of the way.
pub(in super::super) fn removed(spot: &Spot<'_>, blocker: &Blocker) -> GridRowView {
    let days = blocker.removed.map_or(0, |day| day.days_since(blocker.since));
    let when = blocker.removed.map(|day| spot.locale().short_month(day.in_month())).unwrap_or_default();
    let mut row = row(spot, blocker);
    row.cells[0].note = None;
    row.cells[3] = marked(format!("Removed after {}", day_count(days)), "better").with(Some(when));
    row
}

/// An open blocker.
pub(in super::super) fn row(spot: &Spot<'_>, blocker: &Blocker) -> GridRowView {
    let days = spot.site.book.as_of().days_since(blocker.since);
    let mark = if days > LONG { "worse" } else { "early" };
    GridRowView {
        id: blocker.id.to_string(),
        cells: vec![
            cell(&blocker.what).with(blocker.ask.as_ref().map(|ask| format!("Asked for: {ask}"))),
            linked(spot.team(&blocker.team)),
            decider(spot, blocker),
            marked(format!("Open {}", day_count(days)), mark)
                .with(Some(format!("waiting on {}", on(blocker)))),
            holds_up(spot, blocker),
        ],
    }
}

fn decider(spot: &Spot<'_>, blocker: &Blocker) -> CellView {
    role(spot, &blocker.decides).map_or_else(|| cell(&blocker.decides), |link| linked(Some(link)))
}

/// On whom it waits now.
fn on(blocker: &Blocker) -> &str {
    blocker.waiting_on.as_deref().unwrap_or(&blocker.decides)
}

fn holds_up(spot: &Spot<'_>, blocker: &Blocker) -> CellView {
    let stage = blocker.stage.as_ref().and_then(|stage| spot.stage(stage));
    let metric = blocker.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    let metric =
        metric.map(|metric| spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id)));
    let action = blocker.action.as_ref().and_then(|id| spot.action(id.as_str()));
    let action = action.map(|page| spot.page_link(page));
    let first = action.or(metric.clone()).or(stage.clone());
    let notes: Vec<String> = [metric, stage]
        .into_iter()
        .flatten()
        .map(|link| link.title)
        .filter(|title| first.as_ref().is_none_or(|first| first.title != *title))
        .collect();
    linked(first).with((!notes.is_empty()).then(|| notes.join(", ")))
}
