//! What stands beside a score, so that it is never shown alone: conversations, observations, actions.

use super::super::actions;
use super::super::frame::Spot;
use super::super::grid::{cell, linked, row, table_part};
use super::super::views::PartView;
use super::board::conversations;
use crate::model::{Contact, capital};
use crate::privacy::PublicMetric;

/// Rows of each panel.
const FEW: usize = 3;

pub(super) fn panels(spot: &Spot<'_>, metric: &PublicMetric) -> Vec<PartView> {
    vec![conversations(spot, metric), observations(spot, metric), changed(spot, metric)]
}

/// Conversations that name the metric.
fn conversations(spot: &Spot<'_>, metric: &PublicMetric) -> PartView {
    let id = &metric.metric.id;
    let own = spot.site.book.contacts().iter();
    let own: Vec<&Contact> =
        own.filter(|contact| contact.is_conversation() && contact.metric.as_ref() == Some(id)).collect();
    let told = own.iter().filter(|contact| contact.learned.is_some()).take(FEW);
    let rows = told.map(|contact| conversations::learned_row(spot, contact)).collect();
    let empty = if own.is_empty() {
        format!(
            "Nobody has linked a conversation to this number yet. Write metric: {id} into its line in contacts/."
        )
    } else {
        "Nobody has written down what was learned. Write learned: into their lines in contacts/.".to_owned()
    };
    let title = format!("Heard in conversations ({})", own.len());
    table_part("heard", &title, &conversations::LEARNED, rows, &empty)
}

/// Observations of the metric itself; where there are none, of its stage.
fn observations(spot: &Spot<'_>, metric: &PublicMetric) -> PartView {
    let all = &spot.site.book.work().observations;
    let own: Vec<_> = all.iter().filter(|one| one.metric.as_ref() == Some(&metric.metric.id)).collect();
    let of_stage = || {
        let stage = metric.metric.stage.as_ref();
        all.iter().filter(move |one| stage.is_some() && one.stage.as_ref() == stage).collect()
    };
    let shown = if own.is_empty() { of_stage() } else { own };
    let rows = shown.iter().take(FEW).map(|one| {
        let stage = one.stage.as_ref().and_then(|stage| spot.stage(stage));
        row(vec![
            cell(&one.text),
            linked(stage),
            cell(capital(one.kind.word())).with(Some(spot.locale().month(one.month))),
        ])
    });
    let empty =
        "No colleague has written down what they see behind this number. Put a line into observations/.";
    table_part("seen", "What colleagues report", &["What they see", "Where", "Kind"], rows.collect(), empty)
}

/// Actions that should move the metric.
fn changed(spot: &Spot<'_>, metric: &PublicMetric) -> PartView {
    let pages = spot.site.relations.by_metric.get(&metric.metric.id).into_iter().flatten();
    let rows = pages.filter_map(|page| {
        let action =
            actions::facts(page).filter(|action| action.metric.as_ref() == Some(&metric.metric.id))?;
        let mut row = actions::row(spot, page, action);
        row.cells.remove(1);
        Some(row)
    });
    let empty = "No action aims at this number yet. Write metric: into the page of one in actions/.";
    let columns = ["Action", "Before", "After", "Where it stands"];
    table_part("changed", "What we changed", &columns, rows.collect(), empty)
}
