//! What a book can name, as it was when it was last looked at: for completing, explaining and going there.
//!
//! Names come from the draft, so that a book with errors has them too. Numbers come from the public book alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Place;
use crate::links::{self, Destination, Index};
use crate::load::{Draft, RawKind, RawMetric, RawPage};
use crate::markdown::{Link, LinkKind};
use crate::model::{Page, PageKind, Term, slug};
use crate::privacy::{Mask, PublicBook};
use crate::site;

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As it is written where it is named.
    pub(super) id: String,
    /// As readers see it.
    pub(super) title: String,
    /// What it is, in a few lines.
    pub(super) about: Vec<String>,
    /// Where it was written; `None` for words that stand in many places.
    pub(super) place: Option<Place>,
    /// The metric it belongs to.
    metric: Option<String>,
}

/// All names of a book.
#[derive(Debug, Default)]
pub(super) struct Names {
    of: BTreeMap<&'static str, BTreeMap<String, Named>>,
    /// Spellings of terms, and the key of each in `of`.
    terms: BTreeMap<String, String>,
    pages: BTreeMap<String, Named>,
    index: Index,
    /// Files of the index that may be named.
    told: BTreeSet<String>,
    content: String,
}

impl Names {
    /// Collects them. Names that could identify somebody are left out, and texts are masked.
    pub(super) fn new(draft: Draft, book: &PublicBook) -> Self {
        let mut names = Self { content: draft.config.src.clone(), ..Self::default() };
        for page in &draft.pages {
            names.add_page(page);
        }
        for stage in &draft.stages {
            let owner = stage.owner.iter().map(|owner| format!("Owner: {owner}"));
            let about = stage.summary.clone().into_iter().chain(owner).collect();
            names.add("stage", stage.id.as_str(), &stage.name, about, Some(stage.place.clone()), None);
        }
        for metric in &draft.metrics {
            names.add_metric(metric, book);
        }
        for (term, _) in &draft.terms {
            names.add_term(term);
        }
        for claim in &draft.work.claims {
            let about = vec![claim.says.clone(), format!("n = {}, {}", claim.n, claim.source)];
            names.add("claim", claim.id.as_str(), &claim.question, about, Some(claim.place.clone()), None);
        }
        for theme in book.quotes().iter().filter_map(|quote| quote.theme.as_deref()) {
            names.add("theme", theme, theme, Vec::new(), None, None);
        }
        names.index = index(draft.pages, book);
        names.without_private(book);
        names
    }

    fn add(
        &mut self,
        noun: &'static str,
        id: &str,
        title: &str,
        about: Vec<String>,
        place: Option<Place>,
        metric: Option<&str>,
    ) {
        let metric = metric.map(str::to_owned);
        let named = Named { id: id.to_owned(), title: title.to_owned(), about, place, metric };
        // A split of the same name belongs to each metric that has one.
        let key = named.metric.as_ref().map_or_else(|| id.to_owned(), |metric| format!("{metric}/{id}"));
        self.of.entry(noun).or_default().entry(key).or_insert(named);
    }

    fn add_page(&mut self, page: &RawPage) {
        let (facts, id) = (&page.facts, page.id.as_str());
        let place = || Some(Place::file(&facts.source));
        let mut about: Vec<String> = facts.summary.clone().into_iter().collect();
        let (noun, own, metric) = match &page.kind {
            RawKind::Team { part, .. } => (Some("team"), part.clone(), None),
            RawKind::Role(_) => (Some("role"), None, None),
            RawKind::Story { .. } => (Some("story"), None, None),
            RawKind::Playbook(playbook) => (None, playbook.outcome.clone(), None),
            RawKind::Action { problem, theme, metric, days, .. } => {
                if let Some(theme) = theme {
                    self.add("action theme", theme, theme, Vec::new(), None, None);
                }
                let aim = metric.as_ref().filter(|_| days.started.is_some()).map(|name| name.value.clone());
                (Some("action"), problem.clone(), aim)
            }
            _ => (None, None, None),
        };
        about.extend(own);
        about.extend(facts.draft.then(|| "A draft: not in the site yet.".to_owned()));
        if let Some(metric) = metric {
            self.add("begun action", id, &facts.title, about.clone(), place(), Some(&metric));
        }
        if let Some(noun) = noun.filter(|_| id != "index") {
            self.add(noun, id, &facts.title, about.clone(), place(), None);
        }
        let named =
            Named { id: id.to_owned(), title: facts.title.clone(), about, place: place(), metric: None };
        self.pages.insert(facts.source.to_string(), named);
    }

    fn add_metric(&mut self, metric: &RawMetric, book: &PublicBook) {
        let (id, definition) = (metric.id.as_str(), &metric.definition);
        let mut about: Vec<String> =
            definition.question.iter().map(|asked| format!("Asked: {asked}")).collect();
        about.extend(book.metrics().get(&metric.id).map_or_else(
            || vec!["Its numbers cannot be read yet; cxbook check says why.".to_owned()],
            |public| site::latest(public, book.config().locale()),
        ));
        about.extend(definition.limits.iter().map(|limits| format!("What it does not tell: {limits}")));
        for (split, _) in definition.data.iter().flat_map(|data| &data.splits) {
            self.add("split", split, split, Vec::new(), Some(definition.place.clone()), Some(id));
        }
        let place = Some(Place { line: 1, ..Place::file(&definition.place.file) });
        self.add("metric", id, &definition.name, about, place, None);
    }

    fn add_term(&mut self, term: &Term) {
        let long = term.long.iter().map(|long| format!("Short for {long}"));
        let not = term.not.iter().map(|not| format!("Not: {not}"));
        let about = long.chain([term.definition.clone()]).chain(not).collect();
        self.add("term", &term.term, &term.term, about, Some(term.place.clone()), None);
        for spelling in term.spellings() {
            self.terms.entry(slug(spelling)).or_insert_with(|| term.term.clone());
        }
    }

    /// What looks like somebody's details is neither offered nor repeated.
    fn without_private(&mut self, book: &PublicBook) {
        let mut mask = Mask::of(book);
        let mut told = |named: &mut Named| {
            named.title = mask.text(&named.title);
            named.about.iter_mut().for_each(|line| *line = mask.text(line));
            mask.may_say(&named.id, named.place.as_ref().map_or("", |place| &place.file))
        };
        for names in self.of.values_mut() {
            names.retain(|_, named| told(named));
        }
        self.pages.retain(|_, named| told(named));
        let all = self.index.destinations();
        let told = all.filter(|to| mask.may_say(&to.title, &to.source)).map(|to| to.source.clone());
        self.told = told.collect();
    }

    /// Everything that a noun can name, by id. A split or an action that has to belong to a metric is one of that metric.
    pub(super) fn all<'a>(&'a self, noun: &str, metric: Option<&'a str>) -> impl Iterator<Item = &'a Named> {
        let fits = move |named: &&Named| {
            named.metric.is_none() || metric.is_none() || named.metric.as_deref() == metric
        };
        self.of.get(noun).into_iter().flat_map(BTreeMap::values).filter(fits)
    }

    /// What a name means.
    pub(super) fn find(&self, noun: &str, id: &str, metric: Option<&str>) -> Option<&Named> {
        let key = match (noun, metric) {
            ("term", _) => self.terms.get(&slug(id))?.clone(),
            ("split" | "begun action", Some(metric)) => format!("{metric}/{id}"),
            _ => id.to_owned(),
        };
        self.of.get(noun)?.get(&key)
    }

    /// The pages and lists that a link can lead to.
    pub(super) fn destinations(&self) -> impl Iterator<Item = &Destination> {
        self.index.destinations().filter(|to| self.told.contains(&to.source))
    }

    /// What a page says of itself, by its file.
    pub(super) fn page(&self, file: &str) -> Option<&Named> {
        let of_metrics = || {
            self.of
                .get("metric")?
                .values()
                .find(|named| named.place.as_ref().is_some_and(|place| *place.file == *file))
        };
        self.pages.get(file).or_else(of_metrics)
    }

    /// Where a link in a file leads, and the place within that page.
    pub(super) fn linked(
        &self,
        from: &str,
        target: &str,
        by_title: bool,
    ) -> Option<(&Destination, Option<String>)> {
        let kind = if by_title { LinkKind::Wiki } else { LinkKind::Page };
        let link = Link { kind, target: target.to_owned(), text: String::new(), span: 0..0 };
        self.index.resolve(from, &link).ok().filter(|(to, _)| self.told.contains(&to.source))
    }

    /// A path below the content folder; book.toml and privacy.yaml by their names.
    pub(super) fn below<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(&self.content).and_then(|below| below.strip_prefix('/')).unwrap_or(path)
    }
}

/// What links can lead to, drafts among it: who writes one links to others.
fn index(pages: Vec<RawPage>, book: &PublicBook) -> Index {
    let pages: Vec<Page> = pages
        .into_iter()
        .map(|raw| Page {
            kind: if matches!(raw.kind, RawKind::Intro) { PageKind::Intro } else { PageKind::Free },
            id: raw.id,
            section: raw.section,
            facts: raw.facts,
            teams: Vec::new(),
            stages: Vec::new(),
            metrics: Vec::new(),
            names_metric: false,
        })
        .collect();
    let lists = links::lists_of(book.map(), book.work(), book.contacts().is_empty());
    let metrics = book.metrics().values().map(|metric| &metric.metric);
    let (journey, glossary, paths) = (book.journey(), book.glossary(), book.paths());
    Index::new(&book.config().src, pages.iter(), metrics, journey, glossary, paths, lists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Outcome;
    use crate::load;
    use crate::model::Date;
    use crate::pipeline::{self, Options};
    use crate::source::Sources;

    fn names(files: &[(&str, &str)]) -> Names {
        let sources: Sources = files.iter().copied().collect();
        let today = Date::parse("2026-10-15").unwrap();
        let options =
            Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None };
        let Outcome { value: book, .. } = pipeline::public_book(&sources, &options);
        Names::new(load::load(&sources).value, &book)
    }

    #[test]
    fn what_could_identify_somebody_is_not_offered_or_repeated() {
        let names = names(&[
            ("book.toml", "[book]\ntitle = \"T\"\n"),
            ("content/teams/sales.md", "---\nsummary: Call 0117 496 0123\n---\n# Sales\n"),
            ("content/teams/mrs-bloggs.md", "# Mrs Bloggs\n"),
            (
                "content/glossary.yaml",
                "- term: jo@mail.example\n  definition: x\n- term: NPS\n  long: Net\n  definition: A score.\n",
            ),
        ]);
        let sales = names.find("team", "sales", None).unwrap();
        assert!(!sales.about.join(" ").contains("0123"), "{sales:?}");
        assert!(!names.all("team", None).any(|named| named.title.contains("Bloggs")), "{names:?}");
        assert!(names.all("term", None).all(|named| !named.id.contains('@')));
        assert_eq!(names.find("term", "net", None).map(|named| named.id.as_str()), Some("NPS"));
    }
}
