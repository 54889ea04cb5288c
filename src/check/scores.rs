//! A score by itself: a page that shows one should lead to something that can be done about it.

use super::pages::{Places, Reach};
use crate::diag::{Finding, checks};
use crate::live::{self, Block, Known, Teaching, Word};
use crate::markdown::Outline;
use crate::model::{Page, PageKind};

/// Folders of pages that say what was done or can be done.
const LEAD_ON: [&str; 3] = ["actions/", "playbooks/", "stories/"];

/// Blocks that bring such pages along.
const BRING: [&str; 2] = ["actions", "stories"];

/// Checks a free page. Others lead on by themselves: playbooks, stories and actions are what is asked for, and the pages of teams
/// and lists show them.
pub(super) fn check(
    page: &Page,
    outline: &Outline,
    reach: Reach<'_>,
    known: &Known<'_>,
    place: &Places<'_>,
) -> Option<Finding> {
    if !matches!(page.kind, PageKind::Free) {
        return None;
    }
    let blocks: Vec<_> = outline
        .directives
        .iter()
        .filter_map(|directive| Some((live::block(directive, known).0?, directive.span.clone())))
        .collect();
    let charts = blocks.iter().filter_map(|(block, span)| match block {
        Block::Chart(chart) => Some((chart.metric.as_str().to_owned(), span.clone())),
        _ => None,
    });
    let words = outline.roles.iter().filter_map(|role| match live::word(role, known) {
        Ok(Word::Metric(id)) => Some((id.as_str().to_owned(), role.span.clone())),
        _ => None,
    });
    let (metric, span) = charts.chain(words).min_by_key(|(_, span)| span.start)?;
    let linked = outline.links.iter().any(|link| {
        let found = reach.index.resolve(&page.facts.source, link);
        found.is_ok_and(|(there, _)| LEAD_ON.iter().any(|folder| there.route.starts_with(folder)))
    });
    let brought = outline.directives.iter().any(|directive| BRING.contains(&directive.name.as_str()));
    if linked || brought || blocks.iter().any(|(block, _)| leads_on(block, known)) {
        return None;
    }
    let message =
        format!("the score \"{metric}\" stands on a page that leads to no action, playbook or story");
    let help =
        "Link to what was done about it, or to what a reader can do; a score by itself teaches nobody.";
    Some(Finding::new(&checks::NAKED_SCORE, message).at(place.of(&span)).help(help))
}

/// Whether a block links to an action: a chart with its marks, or a sheet that ends in one.
fn leads_on(block: &Block, known: &Known<'_>) -> bool {
    match block {
        Block::Chart(chart) if chart.split.is_none() => match &chart.actions {
            None => known.actions.values().any(|aim| *aim == chart.metric.as_str()),
            Some(actions) => !actions.is_empty(),
        },
        Block::Teaching(Teaching::FiveWhys(whys)) => whys.action.is_some(),
        _ => false,
    }
}
