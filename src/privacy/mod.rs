//! The privacy gate: from a confidential [`Book`] to a [`PublicBook`] that may be shown.
//!
//! A `PublicBook` can only be made here. Everything below this module takes it, or plain data made from it, so a raw quote
//! or a small group cannot reach a page by accident.

pub mod detect;
pub mod output;
mod public;
mod split;
mod suppress;
pub mod suppression;
mod unsaid;

use detect::{Hit, Kind, Level as Sureness, Policy, Scanner};
pub use public::{Point, PublicBook, PublicMetric, PublicQuote, PublicRows, PublicSeries, State};
pub use unsaid::unsaid;

use crate::diag::{Finding, Level, LineIndex, Outcome, Place, checks};
use crate::model::{Book, Page, PageKind, Quote, grouped};

/// What the gate is told besides the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GateOptions {
    /// Keep pages that are marked as drafts.
    pub drafts: bool,
}

/// Hides what must be hidden and reports what must not be there.
pub fn gate(book: Book, options: GateOptions) -> Outcome<PublicBook> {
    let mut findings = Vec::new();
    let policy = Policy::default();
    let mut scanner = Scanner::new(&policy);
    let mut withheld = Vec::with_capacity(book.quotes.len());
    for quote in &book.quotes {
        let named = scanner.scan(&quote.id).is_empty();
        let what = if named { Quote::named(&quote.id) } else { "a quote".to_owned() };
        let hits = scan_quote(&mut scanner, quote);
        withheld.push(hits.iter().any(|hit| hit.level == Sureness::Block));
        findings.extend(hits.iter().map(|hit| private(&what, hit, level(hit)).at(quote.place.clone())));
    }
    for contact in &book.contacts {
        let hits = contact.learned.as_deref().map(|text| scanner.scan(text)).unwrap_or_default();
        let said = |hit: &Hit| private("this conversation", hit, level(hit)).at(contact.place.clone());
        findings.extend(hits.iter().map(said));
    }
    findings.extend(split::check(&mut scanner, &book));
    let own = book.config.contact.as_deref().unwrap_or("");
    for page in &book.pages {
        findings.extend(scan_page(&mut scanner, page, own));
    }
    let public = public::publish(book, options.drafts, &withheld);
    findings
        .extend(public.metrics().values().flat_map(|metric| hidden(metric).into_iter().chain(later(metric))));
    Outcome { value: public, findings }
}

/// In a customer's words what is sure stops the build, and what may be harmless is shown to the author.
fn level(hit: &Hit) -> Level {
    match hit.level {
        Sureness::Block => Level::Error,
        Sureness::Ask => Level::Warning,
    }
}

fn private(what: &str, hit: &Hit, level: Level) -> Finding {
    let message = format!("{what} holds what looks like {}: {}", hit.kind.words(), hit.mask);
    let help = match hit.level {
        Sureness::Block => {
            "Take it out or put a general word in its place, such as [name] or [order number]."
        }
        Sureness::Ask => {
            "Look at it. If it could lead to somebody, put a general word in its place, such as [name]."
        }
    };
    Finding { level, ..Finding::new(&checks::PRIVATE_TEXT, message).help(help).masked() }
}

/// Everything of a quote that a page shows.
fn scan_quote(scanner: &mut Scanner, quote: &Quote) -> Vec<Hit> {
    let mut hits: Vec<Hit> =
        [&quote.id, &quote.text].into_iter().flat_map(|text| scanner.scan(text)).collect();
    // What the author writes beside the words: a source, a theme, a kind of customer. Names of things are ordinary there.
    let facts = [Some(&quote.source), quote.theme.as_ref(), quote.segment.as_ref(), quote.language.as_ref()];
    hits.extend(facts.into_iter().flatten().flat_map(|text| scanner.blocks(text)));
    hits
}

/// Authors' own pages: an address of a department may be meant, so it is a warning there. Names, links and figures are
/// ordinary in them.
fn scan_page(scanner: &mut Scanner, page: &Page, own: &str) -> Vec<Finding> {
    let index = LineIndex::new(&page.facts.source, &page.facts.body);
    // The name of a file becomes an address, which the site cannot say in other words.
    let stem = page.facts.source.rsplit('/').next().unwrap_or_default();
    let name = scanner.blocks(stem.strip_suffix(".md").unwrap_or(stem));
    let named = |hit| private("the name of this file", hit, Level::Error).at(Place::file(&page.facts.source));
    let mut found = |text: &str| -> Vec<Hit> {
        let meant = |hit: &Hit| hit.kind != Kind::Email || text[hit.span.clone()].eq_ignore_ascii_case(own);
        scanner.blocks(text).into_iter().filter(|hit| !meant(hit)).collect()
    };
    let say = |hit: &Hit, place: Place| private("this page", hit, Level::Warning).at(place);
    let mut findings: Vec<Finding> = name.iter().map(named).collect();
    for text in page_texts(page) {
        let hits = found(text);
        findings.extend(hits.iter().map(|hit| say(hit, Place::line(&page.facts.source, 1))));
    }
    findings.extend(found(&page.facts.body).iter().map(|hit| {
        let place = index.place(hit.span.clone());
        let line = place.line + page.facts.body_line - 1;
        say(hit, Place { line, ..place })
    }));
    findings
}

/// The facts at the top of a page that its site shows.
fn page_texts(page: &Page) -> Vec<&str> {
    let facts = &page.facts;
    let mut texts: Vec<&str> = vec![&facts.title];
    texts.extend([&facts.summary, &facts.owner, &facts.next].into_iter().flatten().map(String::as_str));
    let own: Vec<&Option<String>> = match &page.kind {
        PageKind::Playbook(playbook) => {
            texts.extend(playbook.start.iter().chain(&playbook.stop).map(String::as_str));
            vec![&playbook.outcome]
        }
        PageKind::Story(story) => vec![&story.by, &story.feeling, &story.change],
        PageKind::Team(team) => vec![&team.part],
        PageKind::Action(action) => vec![&action.problem, &action.result],
        PageKind::Intro | PageKind::Free => Vec::new(),
    };
    texts.extend(own.into_iter().flatten().map(String::as_str));
    texts
}

/// Numbers after the date the book speaks for: an earlier date was asked for, or a slip in the export.
fn later(metric: &PublicMetric) -> Option<Finding> {
    let first = metric.left_out?;
    let definition = &metric.metric.definition;
    let message = format!(
        "\"{}\" has numbers from {} on, after the date of the book; they are left out",
        definition.name,
        first.long()
    );
    let help = "Check the dates of the export, or the date of the book (as-of).";
    Some(Finding::new(&checks::EXPORT_LATER, message).at(definition.place.clone()).help(help))
}

fn hidden(metric: &PublicMetric) -> Option<Finding> {
    let hidden = metric
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter(|point| point.state == State::Suppressed);
    let count = hidden.count() as u64 + metric.withheld;
    let (values, rest) = if count == 1 { ("value", "rests") } else { ("values", "rest") };
    let name = &metric.metric.definition.name;
    let verb = if count == 1 { "is" } else { "are" };
    let message =
        format!("{} {values} of \"{name}\" {rest} on too few answers and {verb} hidden", grouped(count));
    let help = "Nothing; a longer cadence or fewer groups would show more.";
    let place = metric.metric.definition.place.clone();
    (count > 0).then(|| Finding::new(&checks::GROUP_TOO_SMALL, message).at(place).help(help))
}
