//! Where pages lie and where links lead.
//!
//! Routes are paths of the site such as `playbooks/call-ahead.html`. Links between them are relative and always name a
//! file, so that the same bytes work at a root, under a sub-path and from a folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::nearest;
use crate::markdown::{Link, LinkKind};
use crate::model::{
    Edge, Journey, LearningPath, Metric, MetricId, Page, PageId, PageKind, PathId, Section, StageId, Term,
    TermId, Work,
};
use crate::source::{decode, join};

/// Route of the home page.
pub const HOME: &str = "index.html";
/// Route of the journey.
pub const JOURNEY: &str = "journey.html";
/// Route of the quotes.
pub const QUOTES: &str = "quotes.html";
/// Route of the glossary.
pub const GLOSSARY: &str = "glossary.html";
/// How customers' words are protected.
pub const PRIVACY: &str = "privacy.html";
/// Route of the way to all boards.
pub const WORK: &str = "work.html";
/// Route of the map.
pub const MAP: &str = "map.html";
/// Route of the strategy.
pub const STRATEGY: &str = "strategy.html";
/// Route of the conversations.
pub const CONVERSATIONS: &str = "conversations.html";
/// Route of the evidence by theme.
pub const EVIDENCE: &str = "evidence.html";
/// Route of the blockers.
pub const BLOCKERS: &str = "blockers.html";
/// Route of the assignments.
pub const ASSIGNMENTS: &str = "assignments.html";
/// Route of owners and promises.
pub const ACCOUNTABILITY: &str = "accountability.html";
/// Route of the health of the book.
pub const HEALTH: &str = "health.html";
/// Route of the list of metrics.
pub const METRICS: &str = "metrics/index.html";
/// Route of the list of learning paths.
pub const PATHS: &str = "paths/index.html";
/// Route of the page about what the browser keeps.
pub const DEVICE: &str = "device.html";
/// Route of the index from A to Z.
pub const A_TO_Z: &str = "a-z.html";
/// Route of the search page.
pub const SEARCH: &str = "search.html";
/// Route of the page for missing pages.
pub const NOT_FOUND: &str = "404.html";

/// Route of an author's page.
pub fn page(section: Section, id: &PageId) -> String {
    match section {
        Section::Home => HOME.to_owned(),
        section => format!("{}/{id}.html", section.folder()),
    }
}

/// Route of a section's list.
pub fn section(section: Section) -> String {
    page(section, &PageId::new("index"))
}

/// Route of a metric.
pub fn metric(id: &MetricId) -> String {
    format!("metrics/{id}.html")
}

/// Route of the numbers of a metric.
pub fn metric_csv(id: &MetricId) -> String {
    format!("metrics/{id}.csv")
}

/// Route of a team's page to print.
pub fn digest(team: &str) -> String {
    format!("digests/{team}.html")
}

/// Route of a stage: its place on the journey's page.
pub fn stage(id: &StageId) -> String {
    format!("{JOURNEY}#{id}")
}

/// Route of a term: its place in the glossary.
pub fn term(id: &TermId) -> String {
    format!("{GLOSSARY}#{id}")
}

/// Route of a learning path.
pub fn path(id: &PathId) -> String {
    format!("paths/{id}.html")
}

/// The relative link from one route to another. Both may carry a fragment on `to`.
pub fn relative(from: &str, to: &str) -> String {
    let (target, fragment) =
        to.split_once('#').map_or((to, None), |(target, fragment)| (target, Some(fragment)));
    if target == from {
        return fragment.map_or_else(|| encode(file_name(to)), |fragment| format!("#{}", encode(fragment)));
    }
    let alike = from.bytes().zip(target.bytes()).take_while(|(one, other)| one == other).count();
    let shared = from.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let mut link = "../".repeat(from[shared..].matches('/').count());
    link.push_str(&encode(&target[shared..]));
    if let Some(fragment) = fragment {
        link.push('#');
        link.push_str(&encode(fragment));
    }
    link
}

fn file_name(route: &str) -> &str {
    route.rsplit('/').next().unwrap_or(route)
}

/// Percent-encodes what may not stand in a path; letters of other scripts too, since some hosts trip over them.
pub fn encode(path: &str) -> String {
    let may_stand =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/');
    if path.bytes().all(may_stand) {
        return path.to_owned();
    }
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if may_stand(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Route without a fragment.
    pub route: String,
    /// Title of the page there.
    pub title: String,
    /// The author's file behind it.
    pub source: String,
    /// Fragments of a page that is made from a list: stages and terms. Those of an author's page are its headings.
    pub places: Vec<String>,
}

/// A board that is made from one file, and so can be linked to by that file.
#[derive(Debug, Clone)]
pub struct List {
    file: &'static str,
    route: &'static str,
    title: &'static str,
    places: Vec<String>,
}

/// The boards of a book that links can lead to.
pub fn lists_of(map: &[Edge], work: &Work, without_contacts: bool) -> Vec<List> {
    fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
        ids.map(str::to_owned).collect()
    }
    let blockers = ids(work.blockers.iter().map(|one| one.id.as_str()));
    let assignments = ids(work.assignments.iter().map(|one| one.id.as_str()));
    let goals = ids(work.goals.iter().map(|one| one.id.as_str()));
    let lists = [
        ("blockers.yaml", BLOCKERS, "Blockers", work.blockers.is_empty(), blockers),
        ("assignments.yaml", ASSIGNMENTS, "Assignments", work.assignments.is_empty(), assignments),
        ("strategy.yaml", STRATEGY, "Strategy", work.goals.is_empty(), goals),
        ("map.yaml", MAP, "Map", map.is_empty(), Vec::new()),
        ("contacts", CONVERSATIONS, "Conversations", without_contacts, Vec::new()),
    ];
    let lists = lists.into_iter().filter(|(_, _, _, empty, _)| !empty);
    lists.map(|(file, route, title, _, places)| List { file, route, title, places }).collect()
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No page there; the nearest name, if there is one.
    NoSuchPage(Option<String>),
    /// It begins with a slash, and so leads out of the book.
    Absolute,
    /// It climbs out of the folder of texts.
    Outside,
    /// To a file that is not made for readers, such as an export: only pages and metrics are published.
    Unpublished,
}

/// Every page a link can lead to, by file and by title.
#[derive(Debug, Default)]
pub struct Index {
    by_source: BTreeMap<String, Destination>,
    by_title: BTreeMap<String, String>,
    /// The folder of texts.
    content: String,
}

impl Index {
    /// Lists pages, metrics, and the journey and the glossary where there are any. Of two pages with one title, the first
    /// wins.
    pub fn new<'a>(
        content: &str,
        pages: impl Iterator<Item = &'a Page>,
        metrics: impl Iterator<Item = &'a Metric>,
        journey: &Journey,
        glossary: &[Term],
        paths: &[LearningPath],
        boards: Vec<List>,
    ) -> Self {
        let mut index = Self { content: content.to_owned(), ..Self::default() };
        let (mut lists, mut introduced) = (BTreeSet::from([Section::Home]), BTreeSet::new());
        for one in pages {
            lists.insert(one.section);
            if matches!(one.kind, PageKind::Intro) {
                introduced.insert(one.section);
            }
            index.add(&one.facts.source, page(one.section, &one.id), &one.facts.title);
        }
        let mut has_metrics = false;
        for one in metrics {
            has_metrics = true;
            index.add(&one.definition.place.file, metric(&one.id), &one.definition.name);
        }
        // A list without words of its own is still a page; a link to its folder leads there.
        for one in lists.difference(&introduced) {
            index.add(&folder(content, one.folder()), section(*one), one.title());
        }
        if has_metrics {
            index.add(&folder(content, "metrics"), METRICS.to_owned(), "Metrics");
        }
        for one in paths {
            index.add(&one.place.file, path(&one.id), &one.title);
        }
        if !paths.is_empty() {
            index.add(&folder(content, "paths"), PATHS.to_owned(), "Learning paths");
        }
        let stages = journey.stages.iter().map(|stage| stage.id.to_string()).collect();
        let terms = glossary.iter().map(|term| term.id.to_string()).collect();
        index.add_list("journey.yaml", JOURNEY, "Journey", stages);
        index.add_list("glossary.yaml", GLOSSARY, "Glossary", terms);
        for list in boards {
            let source = format!("{content}/{}", list.file);
            index.add(&source, list.route.to_owned(), list.title);
            if let Some(destination) = index.by_source.get_mut(&source) {
                destination.places = list.places;
            }
        }
        index
    }

    /// A page made from a list; there is none when the list is empty.
    fn add_list(&mut self, file: &str, route: &str, title: &str, places: Vec<String>) {
        if places.is_empty() {
            return;
        }
        let source = format!("{}/{file}", self.content);
        self.add(&source, route.to_owned(), title);
        if let Some(destination) = self.by_source.get_mut(&source) {
            destination.places = places;
        }
    }

    fn add(&mut self, source: &str, route: String, title: &str) {
        let (title, source) = (title.to_owned(), source.to_owned());
        self.by_title.entry(title.trim().to_lowercase()).or_insert_with(|| source.clone());
        self.by_source.insert(source.clone(), Destination { route, title, source, places: Vec::new() });
    }

    /// Where a link in the file `from` leads, and the fragment behind it.
    ///
    /// # Errors
    /// The trouble, when it leads nowhere. Only links of kind page, wiki and anchor can be asked for; others lead nowhere.
    pub fn resolve(&self, from: &str, link: &Link) -> Result<(&Destination, Option<String>), Trouble> {
        let (target, fragment) = match link.target.split_once('#') {
            Some((target, fragment)) => {
                (target, Some(decode(fragment)).filter(|fragment| !fragment.is_empty()))
            }
            None => (link.target.as_str(), None),
        };
        let found = match link.kind {
            LinkKind::Wiki => self.titled(target),
            LinkKind::Anchor => self.by_source.get(from).ok_or(Trouble::NoSuchPage(None)),
            LinkKind::Page if target.is_empty() => self.by_source.get(from).ok_or(Trouble::NoSuchPage(None)),
            LinkKind::Page => self.pathed(from, &decode(target)),
            _ => Err(Trouble::NoSuchPage(None)),
        };
        found.map(|destination| (destination, fragment))
    }

    /// Where the name of a file below the folder of texts leads.
    ///
    /// # Errors
    /// The trouble, when it leads nowhere.
    pub fn named(&self, file: &str) -> Result<&Destination, Trouble> {
        let (file, fragment) = file.split_once('#').map_or((file, ""), |(file, fragment)| (file, fragment));
        let found = self.pathed(&format!("{}/", self.content), file)?;
        if fragment.is_empty() { Ok(found) } else { Err(Trouble::NoSuchPage(Some(file.to_owned()))) }
    }

    /// Everything a link can lead to, by the path of its file.
    pub fn destinations(&self) -> impl Iterator<Item = &Destination> {
        self.by_source.values()
    }

    fn titled(&self, title: &str) -> Result<&Destination, Trouble> {
        let found =
            self.by_title.get(&title.trim().to_lowercase()).and_then(|source| self.by_source.get(source));
        found.ok_or_else(|| {
            let known = self.by_source.values().map(|destination| destination.title.as_str());
            Trouble::NoSuchPage(nearest(title, known).map(str::to_owned))
        })
    }

    fn pathed(&self, from: &str, target: &str) -> Result<&Destination, Trouble> {
        if target.starts_with('/') {
            return Err(Trouble::Absolute);
        }
        let target = target.split('?').next().unwrap_or(target);
        let missing = || {
            let name = target.rsplit('/').next().unwrap_or(target);
            let known = self.by_source.keys().map(|path| path.rsplit('/').next().unwrap_or(path));
            Trouble::NoSuchPage(nearest(name, known).map(str::to_owned))
        };
        let here = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = join(here, target).ok_or(Trouble::Outside)?;
        if path != self.content && !path.starts_with(&format!("{}/", self.content)) {
            return Err(Trouble::Outside);
        }
        let stem = path.strip_suffix(".html").unwrap_or(&path);
        let candidates: [&dyn Fn() -> String; 3] =
            [&|| format!("{stem}.md"), &|| format!("{path}/index.md"), &|| format!("{path}/README.md")];
        let named = self.by_source.get(&path);
        named
            .or_else(|| candidates.iter().find_map(|candidate| self.by_source.get(&candidate())))
            .ok_or_else(|| if self.is_unpublished(&path) { Trouble::Unpublished } else { missing() })
    }

    /// Whether a path looks like a file that is read but never published, or that is not read at all.
    fn is_unpublished(&self, path: &str) -> bool {
        let below = path[self.content.len()..].trim_start_matches('/');
        let private = ["exports/", "quotes/", "contacts/", "observations/"]
            .iter()
            .any(|folder| below.starts_with(folder));
        let ending = file_name(path).rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("md") => private,
            None | Some("html") => false,
            Some("yaml" | "yml") => private || below == "map.yaml",
            Some(ending) => ENDINGS.contains(&ending),
        }
    }
}

/// Endings of files that people keep beside a text and like to link to.
const ENDINGS: [&str; 24] = [
    "csv", "doc", "docx", "gif", "jpeg", "jpg", "json", "mov", "mp3", "mp4", "ods", "odt", "pdf", "png",
    "ppt", "pptx", "svg", "toml", "tsv", "txt", "webp", "xls", "xlsx", "zip",
];

/// A folder of the texts; the folder of texts itself for an empty name.
fn folder(content: &str, name: &str) -> String {
    if name.is_empty() { content.to_owned() } else { format!("{content}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_name_a_file() {
        let cases = [
            ("index.html", "teams/a.html", "teams/a.html"),
            ("teams/a.html", "index.html", "../index.html"),
            ("teams/a.html", "teams/b.html", "b.html"),
            ("a/b/c.html", "a/d/e.html", "../d/e.html"),
            ("a/b/c.html", "a/b/c.html#x", "#x"),
            ("a/b/c.html", "a/b/c.html", "c.html"),
            ("teams/a.html", "teams/größe.html#é", "gr%C3%B6%C3%9Fe.html#%C3%A9"),
            ("teams/index.html", "teams.html", "../teams.html"),
            ("a.html", "a/b.html", "a/b.html"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(relative(from, to), expected, "{from} -> {to}");
        }
    }

    #[test]
    fn percent_signs_are_undone_only_where_they_are_codes() {
        assert_eq!(decode("a%20b%C3%A9"), "a bé");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%ff"), "%zz%ff");
        assert_eq!(decode("50%+5"), "50%+5");
    }
}
