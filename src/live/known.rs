//! The names of a book that live parts refer to.

use std::collections::BTreeMap;

use crate::model::{Edge, Journey, Page, PageKind, Term, Work, slug};

/// The names a live part can refer to.
#[derive(Debug, Default)]
pub struct Known<'a> {
    /// Metrics and the names of their splits.
    pub metrics: BTreeMap<&'a str, Vec<&'a str>>,
    /// Stages.
    pub stages: Vec<&'a str>,
    /// Teams.
    pub teams: Vec<&'a str>,
    /// Teams whose pages are drafts that will not be published, with their files.
    pub draft_teams: BTreeMap<&'a str, &'a str>,
    /// Terms: id and all spellings that lead to it.
    pub terms: BTreeMap<String, &'a str>,
    /// Themes of the quotes.
    pub themes: Vec<&'a str>,
    /// All actions.
    pub all_actions: Vec<&'a str>,
    /// Actions with a beginning, and the metric each aims at.
    pub actions: BTreeMap<&'a str, &'a str>,
    /// Themes of the actions.
    pub action_themes: Vec<&'a str>,
    /// Roles with a page.
    pub roles: Vec<&'a str>,
    /// Figures with their small print.
    pub claims: Vec<&'a str>,
    /// Metrics that are an end of a chain.
    pub chained: Vec<&'a str>,
}

impl<'a> Known<'a> {
    /// Lists the names of a book. `drafts` says whether they are published; `metrics` gives each id with the names of its splits, repetitions allowed.
    pub fn new(
        pages: &'a [Page],
        drafts: bool,
        (journey, map): (&'a Journey, &'a [Edge]),
        glossary: &'a [Term],
        metrics: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
        themes: impl Iterator<Item = &'a str>,
    ) -> Self {
        let teams = pages.iter().filter(|page| matches!(page.kind, PageKind::Team(_)));
        let (teams, draft_teams): (Vec<&Page>, Vec<&Page>) =
            teams.partition(|page| drafts || !page.facts.draft);
        let shown = || pages.iter().filter(|page| drafts || !page.facts.draft);
        let id = |page: &'a Page| page.id.as_str();
        let spellings = |term: &'a Term| term.spellings().map(|spelling| (slug(spelling), term.id.as_str()));
        Self {
            metrics: metrics.map(|(id, splits)| (id, sorted(splits.into_iter()))).collect(),
            stages: journey.stages.iter().map(|stage| stage.id.as_str()).collect(),
            teams: teams.into_iter().map(|page| page.id.as_str()).collect(),
            draft_teams: draft_teams
                .into_iter()
                .map(|page| (page.id.as_str(), &*page.facts.source))
                .collect(),
            terms: glossary.iter().flat_map(spellings).collect(),
            themes: sorted(themes),
            all_actions: shown().filter(|page| matches!(page.kind, PageKind::Action(_))).map(id).collect(),
            action_themes: sorted(shown().filter_map(|page| match &page.kind {
                PageKind::Action(action) => action.theme.as_deref(),
                _ => None,
            })),
            roles: shown().filter(|page| matches!(page.kind, PageKind::Role(_))).map(id).collect(),
            claims: Vec::new(),
            actions: pages.iter().filter_map(aimed).collect(),
            chained: sorted(map.iter().flat_map(|edge| [edge.metric.as_str(), edge.moves.as_str()])),
        }
    }

    /// The same with the figures of claims.yaml.
    #[must_use]
    pub fn with_claims(self, work: &'a Work) -> Self {
        Self { claims: work.claims.iter().map(|claim| claim.id.as_str()).collect(), ..self }
    }

    pub(super) fn draft_help(&self, team: &str) -> String {
        let file = self.draft_teams.get(team).copied().unwrap_or_default();
        format!("Take draft: out of {file}, or take the team out of this page.")
    }
}

/// An action that can be marked in a chart, and the metric it aims at.
fn aimed(page: &Page) -> Option<(&str, &str)> {
    match &page.kind {
        PageKind::Action(action) if action.started.is_some() => {
            Some((page.id.as_str(), action.metric.as_ref()?.as_str()))
        }
        _ => None,
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    names.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}
