//! Looking names up: a draft becomes a book.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::draft::{ActionDays, Draft, Name, RawContact, RawEdge, RawKind, RawMetric, RawPage, RawQuote};
use super::memo::{Exports, Memo};
use super::yaml::may_be_private;
use super::{pictures, resolve_work};
use crate::diag::{Check, Finding, Level, Located, Outcome, Place, checks, did_you_mean};
use crate::metrics;
use crate::model::{
    ActionFacts, ActionId, Book, Contact, Date, Edge, Journey, MeasuredMetric, Metric, MetricId, Page,
    PageId, PageKind, Quote, RoleId, Section, StageId, Story, StoryId, TeamFacts, TeamId, Term, TermId,
    Withdrawn, slug,
};
use crate::source::{SourcePath, Sources};
use crate::tree::says_none;

/// What a build is about, apart from the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The date the book speaks for.
    pub as_of: Date,
    /// Name of the edition; `None` for a working copy.
    pub edition: Option<String>,
}

/// Looks up every name of a draft, counts the exports, and returns a book whose references hold. What refers to nothing is
/// a finding and is left out.
pub fn resolve(draft: Draft, sources: &Sources, moment: &Moment) -> Outcome<Book> {
    resolve_with(draft, sources, moment, &Memo::new(false))
}

/// The same, with what the run before kept.
pub fn resolve_with(draft: Draft, sources: &Sources, moment: &Moment, memo: &Memo) -> Outcome<Book> {
    let mut findings = Vec::new();
    let names = Names::collect(&draft, &mut findings);
    let mut lookup = Lookup { names: &names, findings: &mut findings };
    let mut pages: Vec<Page> = draft.pages.into_iter().map(|page| lookup.page(page, moment.as_of)).collect();
    pages.par_sort_by_cached_key(order);
    let map = draft.edges.into_iter().filter_map(|edge| lookup.edge(edge)).collect();
    let quotes = draft.quotes.into_iter().filter(|quote| lookup.stands(quote, &draft.withdrawn));
    let quotes: Vec<RawQuote> = quotes.collect();
    let mut quotes: Vec<Quote> =
        quotes.into_iter().filter_map(|quote| lookup.quote(quote, moment.as_of)).collect();
    if let Some(published) = &draft.published {
        quotes.iter_mut().for_each(|quote| quote.was_published = published.held(&quote.id));
    }
    let mut contacts: Vec<Contact> =
        draft.contacts.into_iter().filter_map(|contact| lookup.contact(contact, moment.as_of)).collect();
    contacts.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.place.cmp(&b.place)));
    let work = resolve_work::work(draft.work, &mut lookup, moment.as_of);
    let stages = resolve_work::stages(draft.stages, &mut lookup);
    let mut glossary: Vec<Term> = draft.terms.into_iter().map(|(term, see)| lookup.term(term, see)).collect();
    glossary.sort_by(|a, b| a.term.to_lowercase().cmp(&b.term.to_lowercase()).then_with(|| a.id.cmp(&b.id)));
    let definitions: Vec<Metric> = draft.metrics.into_iter().map(|metric| lookup.metric(metric)).collect();
    lookup.headline(&draft.config.headline);
    let metrics = measure_all(definitions, sources, (&draft.config.src, memo), &mut findings);
    let smart = draft.config.smart_punctuation;
    let pictures = pictures::named(&pages, sources, &draft.config.src, smart, &mut findings);
    let book = Book {
        pictures,
        reviews: draft.reviews,
        config: draft.config,
        as_of: moment.as_of,
        edition: moment.edition.clone(),
        pages,
        journey: Journey { stages },
        map,
        metrics,
        broken_metrics: draft.broken_metrics,
        quotes,
        contacts,
        work,
        glossary,
        paths: draft.paths,
        privacy: draft.privacy,
        record: draft.record,
    };
    Outcome { value: book, findings }
}

/// Pages in the order of their lists: by section, weight, title, path.
fn order(page: &Page) -> (Section, i64, String, PageId) {
    (page.section, page.facts.weight.unwrap_or(i64::MAX), page.facts.title.to_lowercase(), page.id.clone())
}

/// Exports of different metrics are read side by side; the result does not depend on which ends first.
fn measure_all(
    definitions: Vec<Metric>,
    sources: &Sources,
    (content, memo): (&str, &Memo),
    findings: &mut Vec<Finding>,
) -> BTreeMap<MetricId, MeasuredMetric> {
    let tables = sources.below(content).map(|(path, _)| path).filter(|path| path.ends_with(".csv"));
    let tables: Arc<[SourcePath]> = tables.cloned().collect();
    let measured: Vec<Outcome<MeasuredMetric>> = definitions
        .into_par_iter()
        .map(|metric| {
            let definition = &metric.definition;
            let files = metrics::exports(definition, sources, content);
            let from = Exports { definition: format!("{definition:?}"), files, tables: Arc::clone(&tables) };
            let made = || Arc::new(metrics::measure(definition, sources, content));
            let Outcome { value, mut findings } = Outcome::clone(&memo.metrics.of(&metric.id, &from, made));
            // What is not an ordinary file was told when the files were read.
            let told = [&checks::FILE_IS_LINK, &checks::FILE_TOO_LARGE, &checks::FILE_UNREADABLE];
            findings.retain(|finding| !told.contains(&finding.check));
            Outcome {
                value: MeasuredMetric {
                    metric,
                    series: value.series,
                    rows: value.rows,
                    answers: value.answers,
                },
                findings,
            }
        })
        .collect();
    measured
        .into_iter()
        .map(|outcome| outcome.collect_into(findings))
        .map(|measured| (measured.metric.id.clone(), measured))
        .collect()
}

/// Every name that can be referred to, with a finding for each that is given twice.
pub(super) struct Names {
    teams: Vec<String>,
    stages: Vec<String>,
    metrics: Vec<String>,
    broken_metrics: Vec<String>,
    actions: Vec<String>,
    stories: Vec<String>,
    roles: Vec<String>,
    terms: Vec<String>,
    /// What readers call a team, a stage and so on, in small letters, and its id.
    shown: BTreeMap<(&'static str, String), String>,
}

/// What a page of a section is called where others name it.
const NAMED: [(&str, Section); 4] = [
    ("team", Section::Teams),
    ("action", Section::Actions),
    ("story", Section::Stories),
    ("role", Section::Roles),
];

/// What readers call everything that has an id.
fn shown(draft: &Draft) -> BTreeMap<(&'static str, String), String> {
    let pages = draft.pages.iter().filter_map(|page| {
        let (what, _) = NAMED.into_iter().find(|(_, section)| *section == page.section)?;
        Some((what, page.facts.title.as_str(), page.id.as_str()))
    });
    let stages = draft.stages.iter().map(|stage| ("stage", stage.name.as_str(), stage.id.as_str()));
    let metrics =
        draft.metrics.iter().map(|metric| ("metric", metric.definition.name.as_str(), metric.id.as_str()));
    let all = pages.chain(stages).chain(metrics);
    all.map(|(what, name, id)| ((what, name.to_lowercase()), id.to_owned())).collect()
}

impl Names {
    fn collect(draft: &Draft, findings: &mut Vec<Finding>) -> Self {
        let of_section = |section| {
            let pages =
                draft.pages.iter().filter(move |page| page.section == section && page.id.as_str() != "index");
            pages
                .map(|page| (page.id.as_str().to_owned(), Place::file(&page.facts.source)))
                .collect::<Vec<_>>()
        };
        let mut quotes = BTreeMap::new();
        for quote in &draft.quotes {
            if let Some(first) = quotes.get(&slug(&quote.id)) {
                let message = format!("{} stands here a second time", Quote::named(&quote.id));
                findings.push(duplicate(message, first, &quote.place).masked());
            } else {
                quotes.insert(slug(&quote.id), quote.place.clone());
            }
        }
        let mut unique = |what: &str, named: Vec<(String, Place)>| {
            let mut seen: BTreeMap<String, Place> = BTreeMap::new();
            for (name, place) in named {
                if let Some(first) = seen.get(&name) {
                    let message = format!("the {what} \"{name}\" stands here a second time");
                    findings.push(duplicate(message, first, &place));
                } else {
                    seen.insert(name, place);
                }
            }
            seen.into_keys().collect::<Vec<_>>()
        };
        let stages = draft.stages.iter().map(|stage| (stage.id.as_str().to_owned(), stage.place.clone()));
        let terms = draft.terms.iter().map(|(term, _)| (term.id.as_str().to_owned(), term.place.clone()));
        let metrics = draft.metrics.iter().map(|m| (m.id.as_str().to_owned(), m.definition.place.clone()));
        Self {
            teams: unique("team", of_section(Section::Teams)),
            actions: unique("action", of_section(Section::Actions)),
            stories: unique("story", of_section(Section::Stories)),
            roles: unique("role", of_section(Section::Roles)),
            stages: unique("stage", stages.collect()),
            terms: unique("term", terms.collect()),
            metrics: unique("metric", metrics.collect()),
            broken_metrics: draft.broken_metrics.iter().map(|id| id.as_str().to_owned()).collect(),
            shown: shown(draft),
        }
    }
}

pub(super) fn duplicate(message: String, first: &Place, second: &Place) -> Finding {
    let help = format!("The first is in {}, line {}. Rename one of the two.", first.file, first.line.max(1));
    Finding::new(&checks::DUPLICATE, message).at(second.clone()).help(help).beside(first.clone(), FIRST)
}

/// Why the other of two places is shown.
const FIRST: &str = "the first stands here";

pub(super) struct Lookup<'a> {
    names: &'a Names,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Lookup<'_> {
    fn find<T>(
        &mut self,
        name: &Name,
        what: &'static str,
        check: &'static Check,
        known: fn(&Names) -> &Vec<String>,
        make: fn(&str) -> T,
    ) -> Option<T> {
        let known = known(self.names);
        let wanted = if what == "term" { slug(&name.value) } else { name.value.clone() };
        if known.binary_search(&wanted).is_ok() {
            return Some(make(&wanted));
        }
        if what == "metric" && self.names.broken_metrics.contains(&wanted) {
            return None;
        }
        let known = known.iter().map(String::as_str);
        let finding = if may_be_private(&name.place.file) {
            let help = did_you_mean("", known);
            Finding::new(check, format!("the {what} that is named here does not exist")).help(help).masked()
        } else {
            let by_name = self.names.shown.get(&(what, name.value.to_lowercase()));
            let help = match by_name {
                Some(id) => format!("That is what readers see. Write its id: {id}"),
                None if says_none(&name.value) => "Leave the line out where there is none.".to_owned(),
                None if name.value.contains(',') => {
                    format!("Several names stand in brackets: [{}].", name.value)
                }
                None => did_you_mean(&wanted, known),
            };
            Finding::new(check, format!("there is no {what} \"{}\"", name.value)).help(help)
        };
        self.findings.push(finding.at(name.place.clone()));
        None
    }

    pub(super) fn team(&mut self, name: &Name) -> Option<TeamId> {
        self.find(name, "team", &checks::TEAM_UNKNOWN, |names| &names.teams, TeamId::new)
    }

    pub(super) fn stage(&mut self, name: &Name) -> Option<StageId> {
        self.find(name, "stage", &checks::STAGE_UNKNOWN, |names| &names.stages, StageId::new)
    }

    pub(super) fn metric_id(&mut self, name: &Name) -> Option<MetricId> {
        self.find(name, "metric", &checks::METRIC_UNKNOWN, |names| &names.metrics, MetricId::new)
    }

    pub(super) fn action(&mut self, name: &Name) -> Option<ActionId> {
        self.find(name, "action", &checks::ACTION_UNKNOWN, |names| &names.actions, ActionId::new)
    }

    pub(super) fn role(&mut self, name: &Name) -> Option<RoleId> {
        self.find(name, "role", &checks::ROLE_PAGE_UNKNOWN, |names| &names.roles, RoleId::new)
    }

    pub(super) fn story(&mut self, name: &Name) -> Option<StoryId> {
        self.find(name, "story", &checks::STORY_UNKNOWN, |names| &names.stories, StoryId::new)
    }

    fn teams(&mut self, names: &[Name]) -> Vec<TeamId> {
        unique(names.iter().filter_map(|name| self.team(name)).collect())
    }

    fn page(&mut self, raw: RawPage, as_of: Date) -> Page {
        let teams = self.teams(&raw.teams);
        let stages = unique(raw.stages.iter().filter_map(|name| self.stage(name)).collect());
        let metrics = unique(raw.metrics.iter().filter_map(|name| self.metric_id(name)).collect());
        let names_metric =
            !raw.metrics.is_empty() || matches!(&raw.kind, RawKind::Action { metric: Some(_), .. });
        let kind = self.kind(raw.kind, as_of);
        Page {
            id: raw.id,
            section: raw.section,
            facts: raw.facts,
            teams,
            stages,
            metrics,
            names_metric,
            kind,
        }
    }

    fn kind(&mut self, raw: RawKind, as_of: Date) -> PageKind {
        match raw {
            RawKind::Intro => PageKind::Intro,
            RawKind::Free => PageKind::Free,
            RawKind::Playbook(playbook) => PageKind::Playbook(playbook),
            RawKind::Team { part, talks_a_week } => PageKind::Team(TeamFacts { part, talks_a_week }),
            RawKind::Role(role) => PageKind::Role(role),
            RawKind::Impact(impact) => PageKind::Impact(impact),
            RawKind::Story { by, month, feeling, change, action } => {
                let action = action.and_then(|name| self.action(&name));
                PageKind::Story(Story { by, month, feeling, change, action })
            }
            RawKind::Action { problem, team, theme, decides, due, days, state, metric, expected, result } => {
                self.days(&days, as_of);
                let day = |day: Option<Located<Date>>| day.map(|day| day.value);
                PageKind::Action(ActionFacts {
                    problem,
                    team: team.and_then(|name| self.team(&name)),
                    theme,
                    decides,
                    heard: day(days.heard),
                    decided: day(days.decided),
                    started: day(days.started),
                    due,
                    finished: day(days.finished),
                    told: day(days.told),
                    state,
                    metric: metric.and_then(|name| self.metric_id(&name)),
                    expected,
                    result,
                })
            }
        }
    }

    /// None of an action's days may lie ahead, and none before one that comes first.
    fn days(&mut self, days: &ActionDays, as_of: Date) {
        let told = [
            ("heard of", &days.heard),
            ("decided", &days.decided),
            ("started", &days.started),
            ("finished", &days.finished),
            ("told to customers", &days.told),
        ];
        for (word, day) in told.iter().filter_map(|(word, day)| Some((word, day.as_ref()?))) {
            if day.value > as_of && *word != "started" {
                let message =
                    format!("this action is {word} on {}, after the date of the book ({as_of})", day.value);
                let help = "Leave the day out until it has come.";
                self.findings
                    .push(Finding::new(&checks::DATE_IN_FUTURE, message).at(day.place.clone()).help(help));
            }
        }
        if let (Some(started), Some(finished)) = (&days.started, &days.finished)
            && finished.value < started.value
        {
            let message =
                format!("the action is finished on {}, before it began on {}", finished.value, started.value);
            self.findings.push(Finding::new(&checks::DATES_REVERSED, message).at(finished.place.clone()));
        }
        if let (Some(heard), Some(told)) = (&days.heard, &days.told)
            && told.value < heard.value
        {
            let message = format!(
                "customers were told on {}, before the problem was heard of on {}",
                told.value, heard.value
            );
            self.findings.push(Finding::new(&checks::DATES_REVERSED, message).at(told.place.clone()));
        }
    }

    fn edge(&mut self, raw: RawEdge) -> Option<Edge> {
        let (team, metric) = (self.team(&raw.team), self.metric_id(&raw.metric));
        let (stage, moves) = (self.stage(&raw.stage), self.metric_id(&raw.moves));
        let RawEdge { direction, evidence, note, place, .. } = raw;
        Some(Edge {
            team: team?,
            metric: metric?,
            stage: stage?,
            moves: moves?,
            direction,
            evidence,
            note,
            place,
        })
    }

    fn metric(&mut self, raw: RawMetric) -> Metric {
        let team = raw.team.and_then(|name| self.team(&name));
        let stage = raw.stage.and_then(|name| self.stage(&name));
        Metric { id: raw.id, definition: raw.definition, team, stage }
    }

    /// Whether a quote was not withdrawn.
    fn stands(&mut self, quote: &RawQuote, withdrawn: &[Withdrawn]) -> bool {
        let same = |entry: &&Withdrawn| slug(&entry.quote) == slug(&quote.id);
        let Some(entry) = withdrawn.iter().find(same) else { return true };
        let message =
            format!("{} was withdrawn on {} and still stands here", Quote::named(&quote.id), entry.date);
        let help = "It is not published. Delete it here too.";
        let finding = Finding::new(&checks::QUOTE_WITHDRAWN, message);
        if !quote.has_own_id {
            let message = "a quote without an id of its own is withdrawn by its place in the file";
            let help = "Its place may change, and it would be published again. Delete it, or give it an id.";
            let finding = Finding::new(&checks::QUOTE_WITHDRAWN, message).help(help).masked();
            self.findings.push(Finding { level: Level::Error, ..finding.at(quote.place.clone()) });
        }
        self.findings.push(finding.at(quote.place.clone()).help(help).masked());
        false
    }

    fn quote(&mut self, raw: RawQuote, as_of: Date) -> Option<Quote> {
        if raw.month > as_of.in_month() {
            let message = format!("this quote is dated {}, after the date of the book ({as_of})", raw.month);
            self.findings.push(Finding::new(&checks::DATE_IN_FUTURE, message).at(raw.place).masked());
            return None;
        }
        Some(Quote {
            stage: raw.stage.as_ref().and_then(|name| self.stage(name)),
            teams: self.teams(&raw.teams),
            id: raw.id,
            text: raw.text.value,
            source: raw.source,
            month: raw.month,
            consent: raw.consent,
            theme: raw.theme,
            segment: raw.segment,
            language: raw.language,
            metric: raw.metric.as_ref().and_then(|name| self.metric_id(name)),
            respondent: raw.respondent,
            author: raw.author,
            cleared: raw.cleared,
            was_published: false,
            place: raw.text.place,
        })
    }

    fn contact(&mut self, raw: RawContact, as_of: Date) -> Option<Contact> {
        if raw.date.value > as_of {
            let message = format!(
                "this conversation is dated {}, after the date of the book ({as_of})",
                raw.date.value
            );
            self.findings.push(Finding::new(&checks::DATE_IN_FUTURE, message).at(raw.date.place).masked());
            return None;
        }
        let stage = raw.stage.as_ref().and_then(|name| self.stage(name));
        let metric = raw.metric.as_ref().and_then(|name| self.metric_id(name));
        let RawContact { channel, level, learned, place, .. } = raw;
        Some(Contact {
            date: raw.date.value,
            team: self.team(&raw.team)?,
            channel,
            stage,
            metric,
            level,
            learned,
            place,
        })
    }

    fn term(&mut self, term: Term, see: Vec<Name>) -> Term {
        let find =
            |name: Name| self.find(&name, "term", &checks::TERM_UNKNOWN, |names| &names.terms, TermId::new);
        Term { see: see.into_iter().filter_map(find).collect(), ..term }
    }

    fn headline(&mut self, names: &[Name]) {
        for name in names {
            self.metric_id(name);
        }
    }
}

/// Takes out what is named twice, keeps the order.
fn unique<T: Ord + Clone>(items: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}
