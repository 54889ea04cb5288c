//! Actions as rows: before and after, how far the loop is, on whom they wait.

use super::compared;
use super::frame::Spot;
use super::grid::{cell, linked, marked};
use super::views::{CellView, GridRowView};
use crate::links;
use crate::model::{ActionFacts, ActionState, Date, LONG, Page, PageKind, day_count};

/// Heads of the columns of [`row`].
pub(super) const COLUMNS: [&str; 5] = ["Action", "Should move", "Before", "After", "Where it stands"];

/// What only an action says.
pub(super) fn facts(page: &Page) -> Option<&ActionFacts> {
    match &page.kind {
        PageKind::Action(action) => Some(action),
        _ => None,
    }
}

/// An action as a row of the log.
pub(super) fn row(spot: &Spot<'_>, page: &Page, action: &ActionFacts) -> GridRowView {
    let metric = action.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    let name =
        metric.map(|metric| spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id)));
    let [before, after, so_far] = numbers(spot, action);
    let team = action.team.as_ref().and_then(|team| spot.team(team)).map(|team| team.title);
    GridRowView {
        id: String::new(),
        cells: vec![
            linked(Some(spot.page_link(page))).with(team),
            linked(name),
            cell(before),
            after_cell(after, so_far),
            stand(spot, page, action),
        ],
    }
}

/// The value after it with what it rests on, or why there is none.
fn after_cell(after: String, so_far: String) -> CellView {
    if after.is_empty() { cell(so_far) } else { cell(after).with(Some(so_far)) }
}

/// What its metric was before, what it is after, and what that rests on.
pub(super) fn numbers(spot: &Spot<'_>, action: &ActionFacts) -> [String; 3] {
    match action.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id)) {
        Some(metric) => compared::brief(spot.words(metric), action, metric),
        None => [String::new(), String::new(), "No metric named".to_owned()],
    }
}

/// How far the loop is, since when, and whose yes it needs.
pub(super) fn stand(spot: &Spot<'_>, page: &Page, action: &ActionFacts) -> CellView {
    let as_of = spot.site.book.as_of();
    let needs = needs_yes(page, action).map(|role| format!("needs yes from: {role}"));
    let overdue = action.overdue(as_of).map(|days| format!("{} over its date", day_count(days)));
    let (text, mark) = match (action.state, reached(action, as_of)) {
        (None, _) => ("How far it is is not said".to_owned(), "early"),
        (Some(ActionState::Told), day) => (
            day.map_or("Customers told".to_owned(), |day| {
                format!("Customers told, {}", spot.locale().short_month(day.in_month()))
            }),
            "better",
        ),
        (Some(ActionState::Done), Some(day)) => {
            let days = as_of.days_since(day);
            (
                format!("Done {} ago; customers not told yet", day_count(days)),
                if days > LONG { "worse" } else { "early" },
            )
        }
        (Some(ActionState::Decided), _) if action.begun(as_of).is_some() => {
            let days = action.begun(as_of).map_or(0, |day| as_of.days_since(day));
            let late = overdue.is_some();
            (format!("Running for {}", day_count(days)), if late { "worse" } else { "steady" })
        }
        (Some(ActionState::Decided), _) if action.started.is_some() => {
            let day = action.started.map(|day| spot.locale().day(day)).unwrap_or_default();
            (format!("Decided; begins on {day}"), "steady")
        }
        (Some(state), Some(day)) => {
            let days = as_of.days_since(day);
            (
                format!("{} {} ago", state.word(), day_count(days)),
                if days > 2 * LONG { "worse" } else { "early" },
            )
        }
        (Some(state), None) => (state.word().to_owned(), "early"),
    };
    let notes: Vec<String> = needs.into_iter().chain(overdue).collect();
    marked(text, mark).with((!notes.is_empty()).then(|| notes.join("; ")))
}

/// The day on which it came as far as it is.
pub(super) fn reached(action: &ActionFacts, as_of: Date) -> Option<Date> {
    match action.state? {
        ActionState::Heard => action.heard.or(action.begun(as_of)),
        ActionState::Decided => action.decided.or(action.begun(as_of)),
        ActionState::Done => action.finished,
        ActionState::Told => action.told.or(action.finished),
    }
}

/// The role that must say yes before it can go on, where its owner cannot.
pub(super) fn needs_yes<'a>(page: &Page, action: &'a ActionFacts) -> Option<&'a str> {
    let open = action.state.is_none_or(|state| state == ActionState::Heard);
    let role = action.decides.as_deref().filter(|role| page.facts.owner.as_deref() != Some(*role));
    role.filter(|_| open)
}
