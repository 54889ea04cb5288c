//! What many pages have in common: navigation, teams, the theme's files. It is made once for all pages of one kind in one folder,
//! since addresses are relative to the folder, and lent to each.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::frame::{Needs, Spot};
use super::plan::Subject;
use super::views::{LinkView, Shared};
use crate::links;
use crate::model::Section;

/// What stands around all pages of one kind in one folder.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) nav: Shared<Vec<LinkView>>,
    pub(super) teams: Shared<Vec<LinkView>>,
    pub(super) styles: Shared<Vec<String>>,
    pub(super) scripts: Shared<Vec<String>>,
    pub(super) assets: Shared<BTreeMap<String, String>>,
    pub(super) icon: String,
}

/// All that it depends on: the folder, or the whole route of a page that stands in one of the lists; the section; the kind of
/// page and what it needs.
type Key = (String, String, &'static str, Needs);

/// Lends them to the pages of one site.
#[derive(Debug, Default)]
pub(super) struct Lender(RwLock<BTreeMap<Key, Arc<Surroundings>>>);

impl Lender {
    pub(super) fn of(
        &self,
        spot: &Spot<'_>,
        subject: Subject<'_>,
        section: &str,
        (kind, needs): (&'static str, Needs),
    ) -> Arc<Surroundings> {
        let place = match subject {
            Subject::Team(_) => spot.route,
            _ => spot.route.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let key = (place.to_owned(), section.to_owned(), kind, needs);
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let made = Arc::new(surroundings(spot, section, kind, needs));
        Arc::clone(self.0.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(made))
    }

    /// How many were made.
    pub(super) fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

fn surroundings(spot: &Spot<'_>, section: &str, kind: &str, needs: Needs) -> Surroundings {
    // Editions share the theme's files, which lie at the root of the whole site.
    let shelf = spot.site.within.as_ref().map_or("", |within| within.spot.root());
    let asset = |name: &str| spot.href(&format!("{shelf}{}", spot.theme.asset(name)));
    let linked = |ending: &str, teaches: bool| -> Vec<String> {
        spot.theme.names(ending, kind, teaches).map(asset).collect()
    };
    let assets = spot.theme.assets().iter();
    let assets: BTreeMap<String, String> =
        assets.map(|(name, asset)| (name.clone(), spot.href(&format!("{shelf}{}", asset.route)))).collect();
    Surroundings {
        nav: Shared::from(navigation(spot, section)),
        teams: Shared::from(teams(spot)),
        styles: Shared::from(linked(".css", needs.style)),
        scripts: Shared::from(linked(".js", needs.script)),
        assets: Shared::from(assets),
        icon: asset("icon.svg"),
    }
}

/// Most teams that every page leads to; with more, the list of teams serves better.
const MOST_TEAMS: usize = 24;

/// Every team, so that each reader finds theirs in one step.
fn teams(spot: &Spot<'_>) -> Vec<LinkView> {
    let teams = spot.site.relations.section(Section::Teams);
    if teams.len() > MOST_TEAMS {
        return Vec::new();
    }
    teams.iter().map(|page| spot.page_link(page)).collect()
}

/// Lists that the site has, the one of a section marked.
fn navigation(spot: &Spot<'_>, section: &str) -> Vec<LinkView> {
    let entries = [
        ("Teams", links::section(Section::Teams)),
        ("Roles", links::section(Section::Roles)),
        ("Journey", links::JOURNEY.to_owned()),
        ("Metrics", links::METRICS.to_owned()),
        ("Playbooks", links::section(Section::Playbooks)),
        ("Learn", links::PATHS.to_owned()),
        ("Actions", links::section(Section::Actions)),
        ("Stories", links::section(Section::Stories)),
        ("Quotes", links::QUOTES.to_owned()),
        ("How we work", links::WORK.to_owned()),
        ("More", links::section(Section::Pages)),
        ("Glossary", links::GLOSSARY.to_owned()),
        ("A\u{2013}Z", links::A_TO_Z.to_owned()),
    ];
    entries
        .into_iter()
        .filter(|(_, route)| spot.site.pages.contains_key(route))
        .map(|(title, route)| LinkView {
            title: title.to_owned(),
            href: spot.href(&route),
            current: route == section,
        })
        .collect()
}
