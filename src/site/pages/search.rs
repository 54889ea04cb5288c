//! The search page: a form, and a list of links that a script fills.

use super::super::frame::{Around, Spot, frame};
use super::super::plan::Planned;
use super::super::views::SearchView;
use crate::links;

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>) -> SearchView {
    let filters = &spot.index.filters;
    let stages = spot.site.book.journey().stages.iter().map(|stage| &stage.name);
    SearchView {
        frame: frame(spot, planned, "search", Around::default()),
        index: spot.href(&spot.index.folder),
        kinds: filters.kinds.clone(),
        teams: filters.teams.clone(),
        stages: stages.filter(|name| filters.stages.contains(name)).cloned().collect(),
        a_to_z: spot.href(links::A_TO_Z),
    }
}
