//! What stands around every page: navigation, breadcrumbs, neighbours, facts.

use std::sync::Arc;

use serde::Serialize;

use super::memo::Memo;
use super::pages::changes::title;
use super::pages::earlier;
use super::plan::{Board, Planned, Site, Subject};
use super::surroundings::Lender;
use super::views::{EditionsView, FactView, FrameView, LinkView};
use super::words::Words;
use crate::diag::Finding;
use crate::editions::{CHANGES, Pages, Within};
use crate::links;
use crate::model::{Locale, Page, Section, slug};
use crate::privacy::PublicMetric;
use crate::search::Index;
use crate::theme::Theme;

/// Most pages of one folder that are listed at the side; above that the list page serves better.
const MOST_SIBLINGS: usize = 40;

/// Everything a page needs to write links and its frame.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The site.
    pub(super) site: &'a Site<'a>,
    /// The theme.
    pub(super) theme: &'a Theme,
    /// The search index.
    pub(super) index: &'a Index,
    /// What is kept of what was rendered before.
    pub(super) memo: &'a Memo,
    /// What stands around many pages alike.
    pub(super) lender: &'a Lender,
    /// Route of the page.
    pub(super) route: &'a str,
}

impl<'a> Spot<'a> {
    /// The link from this page to a route.
    pub(super) fn href(&self, route: &str) -> String {
        if self.route == links::NOT_FOUND
            && let Some(base) = base_path(self.site.book.config().site_url.as_deref())
        {
            return format!("{base}{}", links::relative("", route));
        }
        links::relative(self.route, route)
    }

    /// Fills the template of this page.
    ///
    /// # Errors
    /// The finding about the template.
    pub(super) fn page<V: Serialize>(&self, template: &str, view: &V) -> Result<Arc<Vec<u8>>, Finding> {
        self.memo.page(self.route, (self.theme, template), view)
    }

    /// How the book's language writes numbers and dates.
    pub(super) fn locale(&self) -> Locale {
        self.site.book.config().locale()
    }

    /// Puts the numbers of a metric into words.
    pub(super) fn words(&self, metric: &'a PublicMetric) -> Words<'a> {
        Words { definition: &metric.metric.definition, locale: self.locale() }
    }

    /// A link with its words.
    pub(super) fn link(&self, title: &str, route: &str) -> LinkView {
        LinkView { title: title.to_owned(), href: self.href(route), current: route == self.route }
    }

    /// A link to an author's page.
    pub(super) fn page_link(&self, page: &Page) -> LinkView {
        self.link(&page.facts.title, &links::page(page.section, &page.id))
    }
}

/// Path of the site on its host, for the one page that cannot know where it is shown.
fn base_path(site_url: Option<&str>) -> Option<String> {
    let url = site_url?;
    let rest =
        url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    Some(format!("/{}", rest.trim_start_matches('/')))
}

/// Styles and scripts that a page needs besides those of its kind, because of what stands on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needs {
    /// The style of cards, checklists and worksheets.
    pub(super) style: bool,
    /// What keeps ticks and notes, and adds buttons to copy.
    pub(super) script: bool,
}

/// What differs from page to page.
#[derive(Default)]
pub(super) struct Around {
    pub(super) kicker: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) needs: Needs,
    pub(super) facts: Vec<FactView>,
    pub(super) next_step: Option<String>,
    pub(super) draft: bool,
}

/// Builds the frame of a page.
pub(super) fn frame(spot: &Spot<'_>, planned: &Planned<'_>, kind: &'static str, around: Around) -> FrameView {
    let (site, config) = (spot.site, spot.site.book.config());
    let section = section_of(planned.subject);
    let (siblings, siblings_title) = siblings(spot, planned.subject);
    let (previous, next) = neighbours(spot, planned.subject);
    let around_all = spot.lender.of(spot, planned.subject, &section, (kind, around.needs));
    FrameView {
        site: config.title.clone(),
        title: planned.title.clone(),
        full_title: if spot.route == links::HOME {
            config.title.clone()
        } else {
            format!("{} – {}", planned.title, config.title)
        },
        summary: around.summary,
        kicker: around.kicker,
        language: config.language.clone(),
        kind,
        root: "../".repeat(spot.route.matches('/').count()),
        styles: around_all.styles.clone(),
        scripts: around_all.scripts.clone(),
        book: slug(&config.title),
        icon: around_all.icon.clone(),
        home: spot.href(links::HOME),
        search: spot.href(links::SEARCH),
        feed: spot.href("feed.xml"),
        privacy: spot.href(links::PRIVACY),
        nav: around_all.nav.clone(),
        teams: around_all.teams.clone(),
        siblings,
        siblings_title,
        crumbs: crumbs(spot, planned.subject),
        previous,
        next,
        facts: around.facts,
        next_step: around.next_step,
        company: config.company.clone(),
        assets: around_all.assets.clone(),
        vision: config.vision.clone(),
        notice: config.notice.clone(),
        edition: site
            .within
            .as_ref()
            .map(|within| within.spot.title())
            .or_else(|| Some(format!("Edition {}", site.book.edition()?)))
            .unwrap_or_else(|| "Working copy".to_owned()),
        data_to: site.book.data_to().map(|date| format!("Data to {}", spot.locale().day(date))),
        as_of: format!("As of {}", spot.locale().day(site.book.as_of())),
        report: config.contact.as_deref().map(|contact| report(contact, &planned.title)),
        draft: around.draft,
        editions: site.within.as_ref().map(|within| editions(spot, planned, within)),
        generator: concat!("cxbook ", env!("CARGO_PKG_VERSION")),
    }
}

/// What the whole site's script needs to know of a page.
fn editions(spot: &Spot<'_>, planned: &Planned<'_>, within: &Within) -> EditionsView {
    let is_page = spot.route != links::NOT_FOUND;
    let alias = within.alias.as_ref().filter(|_| is_page);
    EditionsView {
        list: spot.href(&within.list()),
        script: spot.href(&within.script()),
        edition: within.spot.folder(),
        page: Pages::id_of(spot.route).to_owned(),
        was: earlier(planned.subject).join(" "),
        changes: within.since.as_ref().map(|since| spot.link(&title(&since.facts.edition), CHANGES)),
        canonical: alias.map(|alias| spot.href(&within.at_root(&format!("{alias}/{}", spot.route)))),
    }
}

/// The section a page stands under in the navigation, by the route of its list.
fn section_of(subject: Subject<'_>) -> String {
    match subject {
        Subject::Home(_) => links::HOME.to_owned(),
        Subject::List(section, _) => links::section(section),
        Subject::Page(page) | Subject::Team(page) => links::section(page.section),
        Subject::Metrics | Subject::Metric(_) => links::METRICS.to_owned(),
        Subject::Journey => links::JOURNEY.to_owned(),
        Subject::Quotes => links::QUOTES.to_owned(),
        Subject::Glossary => links::GLOSSARY.to_owned(),
        Subject::Paths | Subject::Path(_) => links::PATHS.to_owned(),
        Subject::Device => links::DEVICE.to_owned(),
        Subject::Privacy => links::PRIVACY.to_owned(),
        Subject::Search => links::SEARCH.to_owned(),
        Subject::Board(_) => links::WORK.to_owned(),
        Subject::Digest(_) => links::section(Section::Teams),
        Subject::Index | Subject::Changes | Subject::NotFound => links::A_TO_Z.to_owned(),
    }
}

fn crumbs(spot: &Spot<'_>, subject: Subject<'_>) -> Vec<LinkView> {
    let mut crumbs = vec![spot.link("Home", links::HOME)];
    match subject {
        Subject::Home(_) => crumbs.clear(),
        Subject::Page(page) | Subject::Team(page) => {
            crumbs.push(spot.link(list_title(spot, page.section), &links::section(page.section)));
        }
        Subject::Metric(_) => crumbs.push(spot.link("Metrics", links::METRICS)),
        Subject::Path(_) => crumbs.push(spot.link("Learning paths", links::PATHS)),
        Subject::Digest(page) => {
            crumbs.push(spot.link(list_title(spot, page.section), &links::section(page.section)));
            crumbs.push(spot.page_link(page));
        }
        Subject::Board(board) if board != Board::Hub => {
            crumbs.push(spot.link("How we work on it", links::WORK));
        }
        _ => {}
    }
    crumbs
}

fn list_title<'a>(spot: &Spot<'a>, section: Section) -> &'a str {
    spot.site.pages.get(&links::section(section)).map_or(section.title(), |planned| planned.title.as_str())
}

/// Pages of the same folder.
fn siblings(spot: &Spot<'_>, subject: Subject<'_>) -> (Vec<LinkView>, String) {
    let links: Vec<LinkView> = match subject {
        Subject::Page(page) | Subject::Team(page) => {
            let pages = spot.site.relations.same_folder(page);
            let few = if pages.len() > MOST_SIBLINGS { &[] } else { pages };
            few.iter().map(|page| spot.page_link(page)).collect()
        }
        Subject::Metric(_) => {
            let metrics = spot.site.book.metrics().iter();
            metrics
                .map(|(id, metric)| spot.link(&metric.metric.definition.name, &links::metric(id)))
                .collect()
        }
        Subject::Path(_) => {
            let paths = spot.site.book.paths().iter();
            paths.map(|path| spot.link(&path.title, &links::path(&path.id))).collect()
        }
        _ => Vec::new(),
    };
    let title = match subject {
        Subject::Page(page) | Subject::Team(page) => list_title(spot, page.section),
        Subject::Path(_) => "Learning paths",
        _ => "Metrics",
    };
    if links.len() > MOST_SIBLINGS || links.len() < 2 {
        (Vec::new(), String::new())
    } else {
        (links, title.to_owned())
    }
}

/// The pages before and after this one in its list.
fn neighbours(spot: &Spot<'_>, subject: Subject<'_>) -> (Option<LinkView>, Option<LinkView>) {
    let (Subject::Page(page) | Subject::Team(page)) = subject else { return (None, None) };
    let list = spot.site.relations.section(page.section);
    let Some(at) = spot.site.relations.position(page) else { return (None, None) };
    let link =
        |index: Option<usize>| index.and_then(|index| list.get(index)).map(|page| spot.page_link(page));
    (link(at.checked_sub(1)), link(Some(at + 1)))
}

fn report(contact: &str, title: &str) -> String {
    format!(
        "mailto:{contact}?subject={}",
        links::encode(&format!("About the page: {title}")).replace('/', "%2F")
    )
}
