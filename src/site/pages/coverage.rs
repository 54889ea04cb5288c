//! What is known of each stage, from which sources, and what is not there.

use super::super::frame::Spot;
use super::super::grid::{self, cell, linked, marked, owner, row};
use super::super::views::{CellView, GridRowView, GridView, PartView};
use super::journey::{customer_metrics, gaps_of};
use crate::links;
use crate::model::{Channel, Kind, Purchase, Stage, TeamId};
use crate::privacy::PublicMetric;

/// The word for answers to questions.
pub(super) const SURVEY: &str = "survey";

/// Which stages lack what.
pub(super) fn part(spot: &Spot<'_>) -> PartView {
    let stages = &spot.site.book.journey().stages;
    let mut part = grid::part("coverage", "What we know of each stage, and what is missing");
    let sides = [
        (Some(Purchase::Before), "Before purchase"),
        (Some(Purchase::After), "After purchase"),
        (None, "Of the whole journey"),
    ];
    for (side, words) in sides {
        let own: Vec<&Stage> = stages.iter().filter(|stage| stage.purchase == side).collect();
        part.words.extend((!own.is_empty()).then(|| format!("{words}: {}.", lacking(spot, &own))));
    }
    let columns = ["Stage", "Owner", "Known from", "Teams and hand-offs", "Still missing"];
    part.grid = grid::grid(&part.title, &columns, stages.iter().map(|stage| one(spot, stage)).collect());
    part
}

/// "2 of 5 stages have no metric, 1 has no story".
fn lacking(spot: &Spot<'_>, stages: &[&Stage]) -> String {
    let all: Vec<Vec<String>> = stages.iter().map(|stage| gaps_of(spot, stage)).collect();
    let kinds = ["no metric", "no owner", "no story", "no playbook", "only surveys"];
    let told = kinds.into_iter().filter_map(|kind| {
        let count = all.iter().filter(|gaps| gaps.iter().any(|gap| gap == kind)).count();
        let have = if count == 1 { "has" } else { "have" };
        (count > 0).then(|| format!("{count} of {} stages {have} {kind}", stages.len()))
    });
    let told: Vec<String> = told.collect();
    match (told.is_empty(), stages.len()) {
        (false, _) => told.join(", "),
        (true, 1) => "nothing is missing in its stage".to_owned(),
        (true, stages) => format!("nothing is missing in any of {stages} stages"),
    }
}

fn one(spot: &Spot<'_>, stage: &Stage) -> GridRowView {
    let gaps = gaps_of(spot, stage);
    let missing = match gaps.is_empty() {
        true => marked("Nothing", "better"),
        false => marked(gaps.join(", "), "early"),
    };
    let teams = teams(spot, stage);
    let open = stage.hand_offs.iter().filter(|hand_off| hand_off.owner.is_none()).count();
    let hand_offs = match (stage.hand_offs.len(), open) {
        (0, _) => "no hand-off written down".to_owned(),
        (all, 0) => format!("{}, each with an owner", super::board::counted(spot, all, "hand-off")),
        (_, open) => format!("{} without an owner", super::board::counted(spot, open, "hand-off")),
    };
    let name = spot.link(&stage.name, &links::stage(&stage.id));
    let known = sources(spot, stage);
    let known: CellView =
        if known.is_empty() { marked("nothing yet", "worse") } else { cell(known.join(", ")) };
    let count = super::board::counted(spot, teams.len(), "team");
    row(vec![
        linked(Some(name)),
        owner(stage.owner.as_deref()),
        known,
        cell(count).with(Some(hand_offs)),
        missing,
    ])
}

/// All teams that work on a stage: by the map, by a hand-off, or by what they say of themselves.
pub(super) fn teams(spot: &Spot<'_>, stage: &Stage) -> Vec<TeamId> {
    let of_map =
        spot.site.book.map().iter().filter(|edge| edge.stage == stage.id).map(|edge| edge.team.clone());
    let handing = stage.hand_offs.iter().flat_map(|hand_off| [hand_off.from.clone(), hand_off.to.clone()]);
    let pages = spot.site.relations.section(crate::model::Section::Teams).iter();
    let said = pages.filter(|page| page.stages.contains(&stage.id)).map(|page| TeamId::new(page.id.as_str()));
    let mut teams: Vec<TeamId> = of_map.chain(handing).chain(said).collect();
    teams.sort();
    teams.dedup();
    teams
}

/// The kinds of sources from which a stage is known.
pub(super) fn sources(spot: &Spot<'_>, stage: &Stage) -> Vec<&'static str> {
    let book = spot.site.book;
    let metrics = customer_metrics(spot, stage).into_iter().filter_map(|id| book.metrics().get(id));
    let (asked, counted): (Vec<&PublicMetric>, Vec<&PublicMetric>) =
        metrics.partition(|metric| is_survey(metric));
    let operations = book.map().iter().any(|edge| edge.stage == stage.id) || !counted.is_empty();
    let contacts = || book.contacts().iter().filter(|contact| contact.stage.as_ref() == Some(&stage.id));
    let found = [
        (!asked.is_empty() || contacts().any(|contact| contact.channel == Channel::Survey), SURVEY),
        (contacts().any(|contact| contact.is_conversation()), "conversations"),
        (book.work().observations.iter().any(|one| one.stage.as_ref() == Some(&stage.id)), "observations"),
        (contacts().any(|contact| contact.channel == Channel::Review), "reviews"),
        (operations, "operations"),
    ];
    found.into_iter().filter(|(there, _)| *there).map(|(_, word)| word).collect()
}

fn is_survey(metric: &PublicMetric) -> bool {
    let definition = &metric.metric.definition;
    matches!(definition.kind, Kind::Nps | Kind::Csat | Kind::Ces(_)) || definition.question.is_some()
}

/// What one team gives another in a stage.
pub(super) fn hand_offs(spot: &Spot<'_>, stage: &Stage) -> Option<GridView> {
    let rows = stage.hand_offs.iter().map(|one| {
        row(vec![
            cell(&one.what),
            linked(spot.team(&one.from)),
            linked(spot.team(&one.to)),
            cell(one.promise.clone().unwrap_or_else(|| "nothing promised".to_owned())),
            owner(one.owner.as_deref()),
        ])
    });
    let columns = ["What is handed over", "From", "To", "What is promised", "Owner"];
    grid::grid(&format!("Hand-offs: {}", stage.name), &columns, rows.collect())
}
