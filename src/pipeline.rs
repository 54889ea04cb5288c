//! The whole way from an author's files to a finished site, on one screen.
//!
//! `build`, `check` and `metrics` are the same stages with another end. Nothing here reads a disk or a clock.

use crate::diag::{self, Finding, Level, Outcome, checks};
use crate::editions::Within;
use crate::load::{self, Moment};
use crate::model::Date;
use crate::output::Output;
use crate::privacy::{self, GateOptions, PublicBook};
use crate::source::Sources;
use crate::theme::Theme;
use crate::{check, config, site};

/// What a run is told besides the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Name of the edition; `None` for a working copy.
    pub edition: Option<String>,
    /// Include pages that are marked as drafts.
    pub drafts: bool,
    /// The date the book speaks for, whatever book.toml says.
    pub as_of: Option<Date>,
    /// The date of the run, where neither the caller nor book.toml gives one.
    pub today: Date,
    /// Address of the site, whatever book.toml says.
    pub site_url: Option<String>,
    /// The whole site that this one becomes a part of; `None` for a site that stands alone.
    pub within: Option<Within>,
}

/// The book as it may be shown, and everything worth telling about it.
pub fn public_book(sources: &Sources, options: &Options) -> Outcome<PublicBook> {
    let book = load::load(sources)
        .then(|mut draft| {
            draft.config.site_url = options.site_url.clone().or(draft.config.site_url);
            let as_of = options.as_of.or(draft.config.as_of).unwrap_or(options.today);
            load::resolve(draft, sources, &Moment { as_of, edition: options.edition.clone() })
        })
        .and_look(|book| check::run(book, options.drafts))
        .then(|book| privacy::gate(book, sources, GateOptions { drafts: options.drafts }))
        .and_look(check::published);
    Outcome { findings: settle(&book.value, sources, book.findings), value: book.value }
}

/// The finished site, read a second time for what could identify a customer. With errors among the findings it is empty: half a site is never written.
pub fn build(sources: &Sources, options: &Options) -> Outcome<Output> {
    let book = public_book(sources, options);
    site_of(&book.value, book.findings, sources, options)
}

/// The finished site of a book whose findings are known, with all that [`build`] finds.
pub fn site_of(
    book: &PublicBook,
    mut findings: Vec<Finding>,
    sources: &Sources,
    options: &Options,
) -> Outcome<Output> {
    let private = [&checks::PRIVATE_NAME, &checks::PRIVATE_TEXT];
    if findings.iter().any(|finding| finding.level == Level::Error && private.contains(&finding.check)) {
        return Outcome { value: Output::default(), findings };
    }
    let theme = Theme::load(sources, &book.config().theme).collect_into(&mut findings);
    let plan = site::plan(book).collect_into(&mut findings).within(options.within.clone());
    let mut findings = settle(book, sources, findings);
    if diag::worst(&findings) == Some(Level::Error) {
        return Outcome { value: Output::default(), findings };
    }
    let output = site::render(&plan, &theme).collect_into(&mut findings);
    findings.extend(privacy::output::check(&output, book, sources));
    let whole = diag::worst(&findings) < Some(Level::Error);
    Outcome {
        value: if whole { output } else { Output::default() },
        findings: settle(book, sources, findings),
    }
}

/// Findings at the levels the book asks for, in the order an author works through them, without customers' details.
fn settle(book: &PublicBook, sources: &Sources, findings: Vec<Finding>) -> Vec<Finding> {
    let findings = config::apply_levels(book.config(), diag::causes_first(findings));
    let mut findings = privacy::unsaid(findings, sources, book);
    diag::sort(&mut findings);
    findings
}
