//! What can be found in the site: pages section by section, and each metric, stage, term and quote by itself.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::frame::Spot;
use super::plan::{Planned, Subject};
use super::{card, lists};
use crate::links;
use crate::markdown::{self, Directive, Heading, Options, Outline, Role, Span};
use crate::model::{Kind, MetricId, Page, PageKind, Stage, StageId, TeamId, Term, capital, slug};
use crate::privacy::{PublicMetric, PublicQuote};
use crate::search::{Entry, Read, Synonym};

/// Deepest heading that begins an entry of its own.
const DEEPEST: u8 = 3;

/// Pages whose entries are read together.
const TOGETHER: usize = 100;

/// All entries, read in the order of the pages' routes. `spot` stands on the search page.
pub(super) fn read(spot: &Spot<'_>) -> Vec<Read> {
    let pages: Vec<(&String, &Planned<'_>)> = spot.site.pages.iter().collect();
    let entries = |pages: &[(&String, &Planned<'_>)]| {
        pages.iter().flat_map(|(route, planned)| of_page(spot, route, planned)).collect()
    };
    pages.par_chunks(TOGETHER).map(|pages| Read::of(entries(pages))).collect()
}

fn of_page(spot: &Spot<'_>, route: &str, planned: &Planned<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let plain = |kind: &str| Entry { kind: kind.to_owned(), ..named(spot, &planned.title, route) };
    match planned.subject {
        Subject::Home(Some(page)) | Subject::List(_, Some(page)) => {
            entries.extend(sections(spot, page, &plain("Page")));
        }
        Subject::Home(None)
        | Subject::List(_, None)
        | Subject::Metrics
        | Subject::Privacy
        | Subject::Changes
        | Subject::Index => entries.push(plain("Page")),
        Subject::Page(page) | Subject::Team(page) => {
            entries.extend(sections(spot, page, &plain(&capital(page.section.noun()))));
        }
        Subject::Metric(metric) => entries.push(measured(spot, metric, plain("Metric"))),
        Subject::Journey => {
            entries.push(plain("Page"));
            entries.extend(spot.site.book.journey().stages.iter().map(|one| stage(spot, one)));
        }
        Subject::Quotes => {
            entries.push(plain("Page"));
            entries.extend(quotes(spot));
        }
        Subject::Glossary => {
            entries.push(plain("Page"));
            entries.extend(spot.site.book.glossary().iter().map(|one| term(spot, one)));
        }
        Subject::Paths | Subject::Device => entries.push(plain("Page")),
        Subject::Digest(_) => entries.push(plain("Page to print")),
        Subject::Path(path) => entries.push(Entry {
            summary: path.summary.clone().unwrap_or_default(),
            body: [&*path.audience, &*path.change, &*path.evidence].join("\n"),
            ..plain("Learning path")
        }),
        Subject::Board(_) => entries.push(plain("Board")),
        Subject::Search | Subject::NotFound => {}
    }
    entries
}

/// Terms with their long forms and other words for them.
pub(super) fn synonyms(spot: &Spot<'_>) -> Vec<Synonym> {
    let ways = spot.site.book.glossary().iter().map(|term| term.spellings().map(str::to_owned).collect());
    ways.filter(|ways: &Vec<String>| ways.len() > 1).map(|ways| Synonym { ways }).collect()
}

fn named(spot: &Spot<'_>, title: &str, route: &str) -> Entry {
    Entry { title: title.to_owned(), href: spot.href(route), ..Entry::default() }
}

/// A page as its beginning and its sections.
fn sections(spot: &Spot<'_>, page: &Page, whole: &Entry) -> Vec<Entry> {
    let options = Options {
        smart_punctuation: spot.site.book.config().smart_punctuation,
        drop_title: page.facts.title_from_body,
    };
    let body = &page.facts.body;
    let outline = body.outline(&options);
    let headings: Vec<&Heading> = outline
        .headings
        .iter()
        .filter(|heading| heading.level <= DEEPEST && !heading.text.is_empty())
        .collect();
    // The words between two headings.
    let text = |after: Option<&Heading>, before: Option<&Heading>| {
        let from = after.map_or(0, |heading| heading.span.end);
        let to = before.map_or(body.len(), |heading| heading.span.start);
        let inside = |span: &Span| (from..to).contains(&span.start);
        let is_live = outline.roles.iter().any(|role| inside(&role.span))
            || outline.directives.iter().any(|block| inside(&block.span));
        if is_live {
            let part = body.get(from..to).unwrap_or_default();
            return markdown::outline(&in_words(spot, part, &markdown::outline(part, &options)), &options)
                .text;
        }
        let from = after.map_or(0, |heading| heading.said.end);
        let to = before.map_or(outline.text.len(), |heading| heading.said.start);
        outline.text.get(from..to).unwrap_or_default().trim().to_owned()
    };
    if !spot.memo.keeps() {
        // All pages are read one after another, and nobody asks for so much of this one again.
        body.forget();
    }
    let whole = Entry { teams: teams(spot, page), stages: stages(spot, &page.stages), ..whole.clone() };
    let first = text(None, headings.first().copied());
    let mut entries = vec![Entry {
        summary: lists::summary(page).unwrap_or_default(),
        body: said_of(page).into_iter().chain([first]).collect::<Vec<_>>().join("\n"),
        ..whole.clone()
    }];
    for (index, heading) in headings.iter().enumerate() {
        let next = headings.get(index + 1).copied();
        entries.push(Entry {
            heading: Some(heading.text.clone()),
            href: format!("{}#{}", whole.href, links::encode(&heading.id)),
            body: text(Some(heading), next),
            ..whole.clone()
        });
    }
    entries
}

/// A text in which live words and blocks stand as readers see them: names, not ids, and sentences without their keys.
fn in_words(spot: &Spot<'_>, text: &str, outline: &Outline) -> String {
    let blocks = outline.directives.iter().map(|block| (block.span.clone(), sentences(block)));
    let mut said: Vec<(Span, String)> = blocks.collect();
    let inside = |role: &&Role| said.iter().any(|(span, _)| span.contains(&role.span.start));
    let roles: Vec<(Span, String)> = outline
        .roles
        .iter()
        .filter(|role| !inside(role))
        .map(|role| (role.span.clone(), name(spot, role)))
        .collect();
    said.extend(roles);
    said.sort_by_key(|(span, _)| span.start);
    let mut named = String::with_capacity(text.len());
    let mut from = 0;
    for (span, words) in said {
        named.push_str(text.get(from..span.start).unwrap_or_default());
        named.push_str(&words);
        from = span.end;
    }
    named.push_str(text.get(from..).unwrap_or_default());
    named
}

fn name(spot: &Spot<'_>, role: &Role) -> String {
    let id = role.content.trim();
    let name = match role.name.as_str() {
        "metric" => {
            let metric = spot.site.book.metrics().get(&MetricId::new(id));
            metric.map(|metric| metric.metric.definition.name.clone())
        }
        "team" => spot.team(&TeamId::new(id)).map(|link| link.title),
        "stage" => spot.stage(&StageId::new(id)).map(|link| link.title),
        _ => None,
    };
    name.unwrap_or_else(|| id.to_owned())
}

/// What a block says in more than one word, without the keys and marks before it.
fn sentences(block: &Directive) -> String {
    let is_key = |key: &str| key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
    let lines = block.body.lines().map(|line| {
        let words = line.trim().trim_start_matches("- ");
        words.split_once(": ").filter(|(key, _)| is_key(key)).map_or(words, |(_, value)| value.trim())
    });
    let lines: Vec<&str> = lines.filter(|words| words.contains(' ')).collect();
    format!("\n{}\n", lines.join("\n\n"))
}

/// What the front matter of a page says in sentences.
fn said_of(page: &Page) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    match &page.kind {
        PageKind::Playbook(playbook) => {
            said.extend(playbook.outcome.clone());
            said.extend(playbook.start.iter().chain(&playbook.stop).cloned());
        }
        PageKind::Story(story) => {
            said.extend(story.by.iter().chain(&story.change).chain(&story.feeling).cloned());
        }
        PageKind::Team(team) => said.extend(team.part.clone()),
        PageKind::Action(action) => said.extend(action.problem.iter().chain(&action.result).cloned()),
        PageKind::Role(role) => {
            said.extend(role.sees.iter().chain(&role.decides).chain(&role.weekly).cloned());
        }
        PageKind::Impact(impact) => {
            let told = [&impact.change, &impact.better_off, &impact.worse_off, &impact.plan, &impact.check];
            said.extend(told.into_iter().flatten().cloned());
        }
        PageKind::Intro | PageKind::Free => {}
    }
    said.extend(page.facts.next.iter().chain(&page.facts.owner).cloned());
    said
}

fn teams(spot: &Spot<'_>, page: &Page) -> Vec<String> {
    let own = TeamId::new(page.id.as_str());
    let own = matches!(page.kind, PageKind::Team(_)).then_some(own);
    let acting = match &page.kind {
        PageKind::Action(action) => action.team.as_ref(),
        _ => None,
    };
    let mut names: Vec<String> = own
        .iter()
        .chain(&page.teams)
        .chain(acting)
        .filter_map(|team| spot.team(team))
        .map(|link| link.title)
        .collect();
    names.sort();
    names.dedup();
    names
}

fn stages<'a>(spot: &Spot<'_>, stages: impl IntoIterator<Item = &'a StageId>) -> Vec<String> {
    stages.into_iter().filter_map(|stage| spot.stage(stage)).map(|link| link.title).collect()
}

fn measured(spot: &Spot<'_>, metric: &PublicMetric, plain: Entry) -> Entry {
    let definition = &metric.metric.definition;
    let card = card::card(spot, metric, "search");
    let texts = [&definition.question, &definition.limits, &definition.trigger, &definition.owner];
    Entry {
        teams: card.team.into_iter().map(|link| link.title).collect(),
        stages: stages(spot, &metric.metric.stage),
        value: Some(format!("{}, {}", card.value, card.base)).map(|value| match card.period.as_str() {
            "" => value,
            period => format!("{value}, {period}"),
        }),
        also: format!("{} {}", metric.metric.id.as_str().replace('-', " "), short(definition.kind)),
        summary: definition.good.clone().unwrap_or_default(),
        body: texts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"),
        ..plain
    }
}

/// What people call a kind of metric.
fn short(kind: Kind) -> &'static str {
    match kind {
        Kind::Nps => "NPS",
        Kind::Csat => "CSAT",
        Kind::Ces(_) => "CES",
        Kind::Mean | Kind::Share | Kind::Count | Kind::Rate | Kind::Duration(_) => "",
    }
}

fn stage(spot: &Spot<'_>, stage: &Stage) -> Entry {
    Entry {
        kind: "Stage".to_owned(),
        stages: vec![stage.name.clone()],
        summary: stage.summary.clone().unwrap_or_default(),
        body: stage.owner.clone().unwrap_or_default(),
        ..named(spot, &stage.name, &links::stage(&stage.id))
    }
}

fn term(spot: &Spot<'_>, term: &Term) -> Entry {
    Entry {
        kind: "Term".to_owned(),
        also: term.spellings().skip(1).collect::<Vec<_>>().join(", "),
        summary: term.definition.clone(),
        body: term.not.clone().unwrap_or_default(),
        ..named(spot, &term.term, &links::term(&term.id))
    }
}

/// Quotes in the order of their page, which tells nothing that is not shown.
fn quotes(spot: &Spot<'_>) -> Vec<Entry> {
    let book = spot.site.book;
    let by_id: BTreeMap<String, &PublicQuote> =
        book.quotes().iter().map(|quote| (format!("quote.{}", slug(&quote.id)), quote)).collect();
    let shown = lists::quotes(spot, usize::MAX, |_| true);
    let entries = shown.into_iter().map(|view| {
        let teams = by_id.get(&view.id).map_or(&[][..], |quote| &quote.teams);
        Entry {
            kind: "Quote".to_owned(),
            teams: teams.iter().filter_map(|team| spot.team(team)).map(|link| link.title).collect(),
            stages: view.stage.iter().map(|link| link.title.clone()).collect(),
            body: view.theme.unwrap_or_default(),
            said: view.text,
            ..named(spot, &view.source, &format!("{}#{}", links::QUOTES, view.id))
        }
    });
    entries.collect()
}
