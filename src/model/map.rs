//! What stands on no line of the map, on either side.

use super::{Book, Date, Edge, Metric, MetricId, Page, PageKind, Stage};

/// What no line touches.
#[derive(Debug, Default)]
pub struct OffMap<'a> {
    /// Teams' own metrics from which no line goes.
    pub own: Vec<&'a MetricId>,
    /// Customer metrics to which no line goes.
    pub customer: Vec<&'a MetricId>,
    /// Stages no line runs through.
    pub stages: Vec<&'a Stage>,
    /// Pages of teams without a line.
    pub teams: Vec<&'a Page>,
}

impl<'a> OffMap<'a> {
    /// Looks for what is on no line of `map`. Pages that are no team's are passed over, and metrics that are no longer measured.
    pub fn of(
        map: &[Edge],
        as_of: Date,
        metrics: impl Iterator<Item = &'a Metric>,
        stages: &'a [Stage],
        pages: impl Iterator<Item = &'a Page>,
    ) -> Self {
        let mut off = Self::default();
        for metric in metrics.filter(|metric| !metric.definition.is_retired(as_of)) {
            match metric.team {
                Some(_) if !map.iter().any(|edge| edge.metric == metric.id) => off.own.push(&metric.id),
                None if !map.iter().any(|edge| edge.moves == metric.id) => off.customer.push(&metric.id),
                _ => {}
            }
        }
        off.stages = stages.iter().filter(|stage| !map.iter().any(|edge| edge.stage == stage.id)).collect();
        let teams = pages.filter(|page| matches!(page.kind, PageKind::Team(_)));
        let on_map = |page: &&Page| map.iter().any(|edge| edge.team.as_str() == page.id.as_str());
        off.teams = teams.filter(|page| !on_map(page)).collect();
        off
    }
}

impl Book {
    /// What is on no line of the map; drafts and metrics that are no longer measured need none.
    pub fn off_map(&self) -> OffMap<'_> {
        let metrics = self.metrics.values().map(|measured| &measured.metric);
        let pages = self.pages.iter().filter(|page| !page.facts.draft);
        OffMap::of(&self.map, self.as_of, metrics, &self.journey.stages, pages)
    }
}
