//! The strategy: goal, team, behaviour, metric, and who does nothing for a goal yet.

use super::super::super::card;
use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, part, row, table_part};
use super::super::super::views::{CellView, LinkView, PartView};
use super::super::{fact, linked_fact};
use crate::links;
use crate::model::{Goal, MetricId, Section, TeamId};

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let book = spot.site.book;
    let mut parts: Vec<PartView> = book.work().goals.iter().map(|one| goal(spot, one)).collect();
    if let Some(vision) = &book.config().vision {
        parts.insert(0, PartView { words: vec![vision.clone()], ..part("vision", "Our vision") });
    }
    parts
}

fn goal(spot: &Spot<'_>, goal: &Goal) -> PartView {
    let rows = goal.behaviours.iter().map(|behaviour| {
        row(vec![
            linked(spot.team(&behaviour.team)),
            cell(&behaviour.does),
            metric(spot, behaviour.metric.as_ref()),
        ])
    });
    let mut own = table_part(
        goal.id.as_str(),
        &goal.goal,
        &["Team", "What its people do", "Seen in"],
        rows.collect(),
        "No team says yet what it does for this goal.",
    );
    own.id = goal.id.to_string();
    own.words.splice(0..0, goal.strategy.iter().map(|line| format!("From the strategy: {line}")));
    own.facts.push(fact("Owner", goal.owner.clone().unwrap_or_else(|| "No owner".to_owned())));
    let measured = goal.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    own.facts.extend(measured.map(|metric| {
        let card = card::card(spot, metric, "goal");
        linked_fact(
            "How we will know",
            LinkView {
                title: format!("{}: {}", card.name, card::brief(&card)),
                href: card.href,
                current: false,
            },
        )
    }));
    own.facts.extend(goal.measure.as_deref().map(|measure| fact("How we will know, in words", measure)));
    own.facts.extend(goal.by.map(|day| fact("By", spot.locale().day(day))));
    let idle = idle(spot, goal);
    if !idle.is_empty() {
        own.missing.push(format!("No behaviour for this goal yet: {}.", idle.join(", ")));
    }
    own
}

/// The goal for which most teams have nothing to do yet.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let goals = spot.site.book.work().goals.iter().map(|goal| (idle(spot, goal), goal));
    let (idle, goal) = goals.rev().max_by_key(|(idle, _)| idle.len())?;
    let team = idle.first()?;
    Some(format!("{team}: agree on one thing your people do for this goal, and write it down: {}", goal.goal))
}

/// Teams that say nothing about a goal.
fn idle(spot: &Spot<'_>, goal: &Goal) -> Vec<String> {
    let teams = spot.site.relations.section(Section::Teams).iter();
    let has = |team: &str| goal.behaviours.iter().any(|behaviour| behaviour.team.as_str() == team);
    teams.filter(|page| !has(page.id.as_str())).map(|page| page.facts.title.clone()).collect()
}

fn metric(spot: &Spot<'_>, id: Option<&MetricId>) -> CellView {
    let Some(metric) = id.and_then(|id| spot.site.book.metrics().get(id)) else { return cell("") };
    let link = spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id));
    let card = card::card(spot, metric, "goal");
    linked(Some(link)).with(Some(card::brief(&card)))
}

/// What a team does for the goals, for its page; none where there are no goals.
pub(in super::super) fn of_team(spot: &Spot<'_>, team: &TeamId) -> Option<PartView> {
    let goals = &spot.site.book.work().goals;
    let rows = goals.iter().flat_map(|goal| {
        let link = spot.link(&goal.goal, &format!("{}#{}", links::STRATEGY, goal.id));
        let own = goal.behaviours.iter().filter(|behaviour| behaviour.team == *team);
        own.map(move |behaviour| {
            row(vec![
                cell(&behaviour.does),
                linked(Some(link.clone())),
                metric(spot, behaviour.metric.as_ref()),
            ])
        })
    });
    let rows: Vec<_> = rows.collect();
    (!goals.is_empty()).then(|| {
        let columns = ["What we do", "For which goal", "Seen in"];
        let empty = "We have not said yet what we do for any goal of the strategy. One line in strategy.yaml is a beginning.";
        table_part("goals", "Our part of the strategy", &columns, rows, empty)
    })
}
