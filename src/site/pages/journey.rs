//! The journey: every stage with its numbers, people and gaps.

use super::super::frame::{Around, Spot, frame};
use super::super::plan::Planned;
use super::super::views::{GroupView, JourneyView, LinkView, StageView};
use super::super::{card, figure, lists};
use super::coverage;
use crate::diag::Finding;
use crate::model::{MetricId, Page, Section, Stage};
use crate::privacy::PublicMetric;

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>) -> Result<JourneyView, Finding> {
    let stages: Vec<StageView> = spot
        .site
        .book
        .journey()
        .stages
        .iter()
        .enumerate()
        .map(|(index, one)| stage(spot, index + 1, one))
        .collect();
    let around = Around {
        summary: Some(
            "From the first thought to the last bill: what customers go through, and who works on it."
                .to_owned(),
        ),
        ..Around::default()
    };
    let metrics = spot.site.book.metrics();
    let journey = &spot.site.book.journey().stages;
    let mut of_stages: Vec<(&Stage, Option<&PublicMetric>)> = Vec::new();
    for stage in journey {
        // A metric that two stages share stands for the first of them, unless the other has none but this.
        let taken =
            |id: &MetricId| of_stages.iter().any(|(_, one)| one.is_some_and(|one| one.metric.id == *id));
        let ids = customer_metrics(spot, stage);
        let id = ids.iter().find(|id| !taken(id)).or(ids.first());
        of_stages.push((stage, id.and_then(|id| metrics.get(*id))));
    }
    let figure = figure::journey(spot, &of_stages);
    let figure_html = figure.map(|figure| spot.theme.render("figure.html", &figure)).transpose()?;
    Ok(JourneyView {
        frame: frame(spot, planned, "journey", around),
        figure_html,
        coverage: coverage::part(spot),
        stages,
    })
}

/// The customer metrics of a stage: its own, then those its teams move.
pub(super) fn customer_metrics<'a>(spot: &Spot<'a>, stage: &Stage) -> Vec<&'a MetricId> {
    let book = spot.site.book;
    let of_stage = book.metrics().values().filter(|metric| metric.metric.stage.as_ref() == Some(&stage.id));
    let customer = of_stage.filter(|metric| metric.metric.team.is_none()).map(|metric| &metric.metric.id);
    let moved = book.map().iter().filter(|edge| edge.stage == stage.id).map(|edge| &edge.moves);
    let mut metrics: Vec<&MetricId> = customer.collect();
    for id in moved {
        if !metrics.contains(&id) {
            metrics.push(id);
        }
    }
    metrics
}

fn stage(spot: &Spot<'_>, number: usize, stage: &Stage) -> StageView {
    let metrics = customer_metrics(spot, stage);
    let pages = spot.site.relations.by_stage.get(&stage.id).map_or(&[][..], Vec::as_slice);
    StageView {
        id: stage.id.as_str().to_owned(),
        number,
        name: stage.name.clone(),
        summary: stage.summary.clone(),
        owner: stage.owner.clone().unwrap_or_else(|| "No owner".to_owned()),
        gaps: gaps_of(spot, stage),
        sources: coverage::sources(spot, stage).join(", "),
        hand_offs: coverage::hand_offs(spot, stage),
        metrics: card::cards(spot, metrics, stage.id.as_str()),
        related: related(spot, stage, pages),
        quotes: lists::quotes(spot, 2, |quote| quote.stage.as_ref() == Some(&stage.id)),
    }
}

fn related(spot: &Spot<'_>, stage: &Stage, pages: &[&Page]) -> Vec<GroupView> {
    let mut teams: Vec<LinkView> = Vec::new();
    for edge in spot.site.book.map().iter().filter(|edge| edge.stage == stage.id) {
        if let Some(team) = spot.team(&edge.team).filter(|team| !teams.contains(team)) {
            teams.push(team);
        }
    }
    let mut groups: Vec<GroupView> =
        lists::link_group("Teams", teams).into_iter().chain(lists::by_section(spot, pages)).collect();
    for group in &mut groups {
        group.id = format!("{}.{}", stage.id, group.id);
    }
    groups
}

/// What a stage lacks.
pub(super) fn gaps_of(spot: &Spot<'_>, stage: &Stage) -> Vec<String> {
    let metrics = customer_metrics(spot, stage);
    let pages = spot.site.relations.by_stage.get(&stage.id).map_or(&[][..], Vec::as_slice);
    let sources = coverage::sources(spot, stage);
    let has = |section: Section| pages.iter().any(|page| page.section == section);
    let gaps = [
        (metrics.is_empty(), "no metric"),
        (stage.owner.is_none(), "no owner"),
        (!has(Section::Playbooks), "no playbook"),
        (!has(Section::Stories), "no story"),
        (sources.len() == 1 && sources.contains(&coverage::SURVEY), "only surveys"),
    ];
    gaps.into_iter().filter(|(missing, _)| *missing).map(|(_, words)| words.to_owned()).collect()
}
