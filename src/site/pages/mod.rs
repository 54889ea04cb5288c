//! One file for each kind of page: from the plan to the view its template sees.

mod article;
mod board;
pub(super) mod changes;
mod coverage;
mod guide;
mod heard;
mod home;
mod index;
mod journey;
mod learning;
mod listing;
mod lists;
mod metric;
mod privacy;
mod search;
mod team;
mod voices;

pub(super) use board::claim;
pub(super) use listing::{listing, stage};

use std::sync::Arc;

use super::body::{self, Body};
use super::frame::{Around, Needs, Spot};
use super::plan::{Planned, Site, Subject};
use super::views::{FactView, LinkView};
use crate::diag::Finding;
use crate::editions::{PageEntry, Pages};
use crate::links;
use crate::live::Known;
use crate::model::{Page, PageKind, capital};

/// Renders one page.
///
/// # Errors
/// The finding about the theme's template.
pub(super) fn render(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    known: &Known<'_>,
) -> Result<Arc<Vec<u8>>, Finding> {
    match planned.subject {
        Subject::Home(page) => spot.page("home.html", &home::view(spot, planned, text(spot, page, known)?)),
        Subject::List(section, page) => {
            spot.page("list.html", &lists::section(spot, planned, section, page, text(spot, page, known)?))
        }
        Subject::Page(page) => {
            spot.page("page.html", &article::view(spot, planned, page, text(spot, Some(page), known)?)?)
        }
        Subject::Team(page) => {
            spot.page("team.html", &team::view(spot, planned, page, text(spot, Some(page), known)?)?)
        }
        Subject::Metrics => spot.page("metrics.html", &lists::metrics(spot, planned)),
        Subject::Metric(metric) => spot.page("metric.html", &metric::view(spot, planned, metric)?),
        Subject::Journey => spot.page("journey.html", &journey::view(spot, planned)?),
        Subject::Quotes => spot.page("quotes.html", &voices::quotes(spot, planned)),
        Subject::Glossary => spot.page("glossary.html", &voices::glossary(spot, planned)),
        Subject::Paths => spot.page("paths.html", &learning::paths(spot, planned)),
        Subject::Path(path) => spot.page("path.html", &learning::path(spot, planned, path)?),
        Subject::Device => spot.page("device.html", &learning::device(spot, planned)),
        Subject::Privacy => spot.page("privacy.html", &privacy::view(spot, planned)),
        Subject::Board(one) => spot.page("board.html", &board::view(spot, planned, one)?),
        Subject::Digest(page) => spot.page("digest.html", &board::digest::view(spot, planned, page)?),
        Subject::Changes => {
            let (edition, news) = changes::since(spot.site).unwrap_or_default();
            spot.page("changes.html", &changes::view(spot, planned, &edition, news))
        }
        Subject::Search => spot.page("search.html", &search::view(spot, planned)),
        Subject::Index => spot.page("a-z.html", &index::view(spot, planned)),
        Subject::NotFound => spot.page("404.html", &index::not_found(spot, planned)),
    }
}

/// Which pages the site has, for finding the same page in another edition.
pub(super) fn index_of(site: &Site<'_>) -> Pages {
    let shown = site.pages.iter().filter(|(route, _)| route.as_str() != links::NOT_FOUND);
    let entry = |(route, planned): (&String, &Planned<'_>)| {
        let page =
            PageEntry { path: route.clone(), title: planned.title.clone(), was: earlier(planned.subject) };
        (Pages::id_of(route).to_owned(), page)
    };
    Pages { schema: 1, pages: shown.map(entry).collect() }
}

/// Ids that a page had in earlier editions.
pub(super) fn earlier(subject: Subject<'_>) -> Vec<String> {
    match subject {
        Subject::Page(page) | Subject::Team(page) => page.facts.was.clone(),
        Subject::Home(Some(page)) | Subject::List(_, Some(page)) => page.facts.was.clone(),
        Subject::Metric(metric) => {
            let was = metric.metric.definition.was.as_ref();
            was.map(|was| format!("metrics/{}", was.value)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn text(spot: &Spot<'_>, page: Option<&Page>, known: &Known<'_>) -> Result<Body, Finding> {
    page.map_or_else(|| Ok(Body::default()), |page| body::render(spot, page, known))
}

pub(super) fn fact(label: &str, value: impl Into<String>) -> FactView {
    FactView { label: label.to_owned(), value: value.into(), href: None }
}

fn linked_fact(label: &str, link: LinkView) -> FactView {
    FactView { label: label.to_owned(), value: link.title, href: Some(link.href) }
}

/// What every author's page may say about itself, and the words above its title.
fn around(spot: &Spot<'_>, page: &Page, needs: Needs) -> Around {
    let named = !matches!(page.kind, PageKind::Intro | PageKind::Free);
    Around {
        kicker: named.then(|| capital(page.section.noun())),
        summary: page.facts.summary.clone(),
        needs,
        facts: keeper(spot, page),
        next_step: page.facts.next.clone(),
        draft: page.facts.draft,
    }
}

/// Owner and last review, which every page may have.
fn keeper(spot: &Spot<'_>, page: &Page) -> Vec<FactView> {
    let owner = page.facts.owner.as_deref().map(|owner| fact("Owner", owner));
    let reviewed = page.facts.reviewed.map(|date| fact("Last reviewed", spot.locale().day(date)));
    owner.into_iter().chain(reviewed).collect()
}
