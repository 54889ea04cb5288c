//! Which pages the site has, at which routes, and how they hang together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::pages::changes;
use crate::diag::{Finding, Outcome, Place, checks};
use crate::editions::{CHANGES, Within};
use crate::links;
use crate::model::{LearningPath, MetricId, Page, PageKind, Section, StageId, TeamId};
use crate::privacy::{PublicBook, PublicMetric};

/// A site: its pages in the order of their routes, and what refers to what.
#[derive(Debug)]
pub struct Site<'a> {
    /// The book.
    pub(super) book: &'a PublicBook,
    /// Pages by route.
    pub(super) pages: BTreeMap<String, Planned<'a>>,
    /// Where links lead.
    pub(super) index: links::Index,
    /// What refers to what.
    pub(super) relations: Relations<'a>,
    /// The whole site that this one becomes a part of; `None` for a site that stands alone.
    pub(super) within: Option<Within>,
}

impl Site<'_> {
    /// Makes it part of a whole site of editions.
    #[must_use]
    pub fn within(mut self, within: Option<Within>) -> Self {
        if let Some(since) = within.as_ref().and_then(|within| within.since.as_ref()) {
            let title = changes::title(&since.facts.edition);
            self.pages.insert(CHANGES.to_owned(), Planned { title, subject: Subject::Changes });
        }
        self.within = within;
        self
    }
}

/// One page of the site.
#[derive(Debug, Clone)]
pub(super) struct Planned<'a> {
    /// Its title.
    pub(super) title: String,
    /// What it shows.
    pub(super) subject: Subject<'a>,
}

/// What a page shows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    /// The home page, with the author's words if there are any.
    Home(Option<&'a Page>),
    /// The list of a section.
    List(Section, Option<&'a Page>),
    /// A playbook, story, action or free page.
    Page(&'a Page),
    /// A team.
    Team(&'a Page),
    /// The list of metrics.
    Metrics,
    /// A metric.
    Metric(&'a PublicMetric),
    /// The journey.
    Journey,
    /// Customers' words.
    Quotes,
    /// The glossary.
    Glossary,
    /// The list of learning paths.
    Paths,
    /// A learning path.
    Path(&'a LearningPath),
    /// What the browser keeps of a reader's progress.
    Device,
    /// How customers' words are protected.
    Privacy,
    /// A board made from lists.
    Board(Board),
    /// A team's page to print.
    Digest(&'a Page),
    /// What changed since the edition before.
    Changes,
    /// The search page.
    Search,
    /// The index from A to Z.
    Index,
    /// The page for missing pages.
    NotFound,
}

/// A page made from lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Board {
    /// The way to all others.
    Hub,
    /// The map.
    Map,
    /// The strategy.
    Strategy,
    /// Who talks with customers.
    Conversations,
    /// Evidence by theme.
    Evidence,
    /// What stands in the way.
    Blockers,
    /// Walks in the customer's shoes.
    Assignments,
    /// Owners, promises, what is late.
    Accountability,
    /// How complete and fresh the book is.
    Health,
}

impl Board {
    /// All but the way to them.
    const ALL: [Self; 8] = [
        Self::Strategy,
        Self::Map,
        Self::Conversations,
        Self::Evidence,
        Self::Assignments,
        Self::Blockers,
        Self::Accountability,
        Self::Health,
    ];

    /// Where it lies.
    pub(super) fn route(self) -> &'static str {
        match self {
            Self::Hub => links::WORK,
            Self::Map => links::MAP,
            Self::Strategy => links::STRATEGY,
            Self::Conversations => links::CONVERSATIONS,
            Self::Evidence => links::EVIDENCE,
            Self::Blockers => links::BLOCKERS,
            Self::Assignments => links::ASSIGNMENTS,
            Self::Accountability => links::ACCOUNTABILITY,
            Self::Health => links::HEALTH,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Hub => "How we work on it",
            Self::Map => "The map: from our numbers to the customer's",
            Self::Strategy => "Strategy and what each team does for it",
            Self::Conversations => "Conversations with customers",
            Self::Evidence => "Evidence by theme",
            Self::Blockers => "What stands in the way",
            Self::Assignments => "In the customer's shoes",
            Self::Accountability => "Who answers for what",
            Self::Health => "Health of this book",
        }
    }

    /// Whether the book has anything for it.
    fn is_filled(self, book: &PublicBook) -> bool {
        let work = book.work();
        match self {
            Self::Map => !book.map().is_empty(),
            Self::Strategy => !work.goals.is_empty(),
            Self::Conversations => !book.contacts().is_empty(),
            Self::Evidence => {
                !book.quotes().is_empty() || !work.claims.is_empty() || !work.observations.is_empty()
            }
            Self::Blockers => !work.blockers.is_empty(),
            Self::Assignments => !work.assignments.is_empty(),
            Self::Hub | Self::Accountability | Self::Health => {
                !book.metrics().is_empty() && !book.journey().stages.is_empty()
            }
        }
    }
}

/// Pages by what they refer to, in the order of their lists.
#[derive(Debug, Default)]
pub(super) struct Relations<'a> {
    /// By section, without the words above the list.
    pub(super) sections: BTreeMap<Section, Vec<&'a Page>>,
    /// Where each page stands in its section's list.
    positions: BTreeMap<(Section, &'a str), usize>,
    /// By section and folder below it.
    folders: BTreeMap<Section, BTreeMap<&'a str, Vec<&'a Page>>>,
    /// By team; the team's own page is not among them.
    pub(super) by_team: BTreeMap<&'a TeamId, Vec<&'a Page>>,
    /// By stage.
    pub(super) by_stage: BTreeMap<&'a StageId, Vec<&'a Page>>,
    /// By metric.
    pub(super) by_metric: BTreeMap<&'a MetricId, Vec<&'a Page>>,
}

/// Where links lead.
fn index(book: &PublicBook) -> links::Index {
    let metrics = book.metrics().values().map(|metric| &metric.metric);
    let lists = links::lists_of(book.map(), book.work(), book.contacts().is_empty());
    let (journey, glossary, paths) = (book.journey(), book.glossary(), book.paths());
    links::Index::new(&book.config().src, book.pages().iter(), metrics, journey, glossary, paths, lists)
}

/// Plans the site of a book. Two pages at one route are a finding; the first stays.
pub fn plan(book: &PublicBook) -> Outcome<Site<'_>> {
    let (index, relations) = rayon::join(|| index(book), || Relations::of(book));
    let mut site = Site { book, pages: BTreeMap::new(), index, relations, within: None };
    let mut findings = Vec::new();
    for (route, planned, place) in routes(book, &site.relations) {
        match site.pages.entry(route) {
            Entry::Vacant(free) => {
                free.insert(planned);
            }
            Entry::Occupied(taken) => {
                let message = format!("two pages would be written to {}", taken.key());
                let help = "Rename one of the two files; the name of a file is its address.";
                findings.push(Finding::new(&checks::DUPLICATE, message).at(place).help(help));
            }
        }
    }
    Outcome { value: site, findings }
}

type Route<'a> = (String, Planned<'a>, Option<Place>);

fn routes<'a>(book: &'a PublicBook, relations: &Relations<'a>) -> Vec<Route<'a>> {
    let mut routes = Vec::new();
    let mut add = |route: String, title: &str, subject, place| {
        routes.push((route, Planned { title: title.to_owned(), subject }, place));
    };
    let intro = |section: Section| {
        book.pages().iter().find(|page| page.section == section && matches!(page.kind, PageKind::Intro))
    };
    let home = intro(Section::Home);
    add(links::HOME.into(), &book.config().title, Subject::Home(home), None);
    for section in Section::WITH_FOLDER {
        let own = intro(section);
        if own.is_some() || relations.sections.contains_key(&section) {
            let title = own.map_or(section.title(), |page| page.facts.title.as_str());
            add(links::section(section), title, Subject::List(section, own), None);
        }
    }
    for page in relations.sections.values().flatten() {
        let subject = if page.section == Section::Teams { Subject::Team(page) } else { Subject::Page(page) };
        let place = Some(Place::file(&page.facts.source));
        add(links::page(page.section, &page.id), &page.facts.title, subject, place);
    }
    for (id, metric) in book.metrics() {
        let definition = &metric.metric.definition;
        add(links::metric(id), &definition.name, Subject::Metric(metric), Some(definition.place.clone()));
    }
    if !book.metrics().is_empty() {
        add(links::METRICS.into(), "Metrics", Subject::Metrics, None);
    }
    if !book.journey().stages.is_empty() {
        add(links::JOURNEY.into(), "The customer's journey", Subject::Journey, None);
    }
    if !book.quotes().is_empty() {
        add(links::QUOTES.into(), "What customers say", Subject::Quotes, None);
    }
    if !book.glossary().is_empty() {
        add(links::GLOSSARY.into(), "Glossary", Subject::Glossary, None);
    }
    for path in book.paths() {
        add(links::path(&path.id), &path.title, Subject::Path(path), Some(path.place.clone()));
    }
    if !book.paths().is_empty() {
        add(links::PATHS.into(), "Learning paths", Subject::Paths, None);
    }
    add(links::DEVICE.into(), super::teaching::DEVICE_TITLE, Subject::Device, None);
    let boards: Vec<Board> = Board::ALL.into_iter().filter(|board| board.is_filled(book)).collect();
    for board in boards.iter().copied().chain((!boards.is_empty()).then_some(Board::Hub)) {
        add(board.route().to_owned(), board.title(), Subject::Board(board), None);
    }
    for page in relations.section(Section::Teams) {
        let title = format!("{}: one page for the meeting", page.facts.title);
        let place = Some(Place::file(&page.facts.source));
        add(links::digest(page.id.as_str()), &title, Subject::Digest(page), place);
    }
    add(links::PRIVACY.into(), "How we protect customers' words", Subject::Privacy, None);
    add(links::SEARCH.into(), "Search", Subject::Search, None);
    add(links::A_TO_Z.into(), "Everything from A to Z", Subject::Index, None);
    add(links::NOT_FOUND.into(), "This page is not here", Subject::NotFound, None);
    routes
}

impl<'a> Relations<'a> {
    fn of(book: &'a PublicBook) -> Self {
        let mut relations = Self::default();
        for page in book.pages().iter().filter(|page| !matches!(page.kind, PageKind::Intro)) {
            let list = relations.sections.entry(page.section).or_default();
            relations.positions.insert((page.section, page.id.as_str()), list.len());
            list.push(page);
            relations.folders.entry(page.section).or_default().entry(folder(page)).or_default().push(page);
            let (mut teams, mut metrics): (Vec<_>, Vec<_>) =
                (page.teams.iter().collect(), page.metrics.iter().collect());
            if let PageKind::Action(action) = &page.kind {
                teams.extend(&action.team);
                metrics.extend(&action.metric);
            }
            for team in unique(teams) {
                relations.by_team.entry(team).or_default().push(page);
            }
            for stage in &page.stages {
                relations.by_stage.entry(stage).or_default().push(page);
            }
            for metric in unique(metrics) {
                relations.by_metric.entry(metric).or_default().push(page);
            }
        }
        relations
    }

    /// Where a page stands in its section's list.
    pub(super) fn position(&self, page: &Page) -> Option<usize> {
        self.positions.get(&(page.section, page.id.as_str())).copied()
    }

    /// Pages of the folder a page lies in, itself among them.
    pub(super) fn same_folder(&self, page: &Page) -> &[&'a Page] {
        self.folders
            .get(&page.section)
            .and_then(|folders| folders.get(folder(page)))
            .map_or(&[], Vec::as_slice)
    }

    /// The page of that name in a section; the words above its list are none.
    pub(super) fn page(&self, section: Section, id: &str) -> Option<&'a Page> {
        let at = self.positions.get(&(section, id))?;
        self.section(section).get(*at).copied()
    }

    /// Pages of a section.
    pub(super) fn section(&self, section: Section) -> &[&'a Page] {
        self.sections.get(&section).map_or(&[], Vec::as_slice)
    }
}

fn folder(page: &Page) -> &str {
    page.id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn unique<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}
