//! The whole way from an author's files to a finished site, on one screen.
//!
//! `build`, `check` and `metrics` are the same stages with another end. Nothing here reads a disk or a clock.

use crate::diag::{self, Finding, Level, Outcome, checks};
use crate::editions::Within;
use crate::load::{self, Moment};
use crate::model::Date;
use crate::output::Output;
use crate::privacy::{self, GateOptions, PublicBook};
use crate::site::Site;
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

/// What a change of some files brings along: findings of the book after it that were none before.
pub fn fresh(before: &Sources, after: &Sources, options: &Options) -> Vec<Finding> {
    let known = public_book(before, options).findings;
    let found = public_book(after, options).findings;
    found.into_iter().filter(|finding| !known.contains(finding)).collect()
}

/// The finished site, read a second time for what could identify a customer. With errors among the findings it is empty: half a site is never written.
pub fn build(sources: &Sources, options: &Options) -> Outcome<Output> {
    let book = public_book(sources, options);
    site_of(&book, sources, options)
}

/// The finished site of a book whose findings are known, with all that [`build`] finds.
pub fn site_of(book: &Outcome<PublicBook>, sources: &Sources, options: &Options) -> Outcome<Output> {
    let theme = theme(book, sources);
    let Outcome { value: site, mut findings } = planned(book, &theme, sources, options);
    let Some(site) = site else { return Outcome { value: Output::default(), findings } };
    let output = site::render(&site, &theme.value).collect_into(&mut findings);
    findings.extend(privacy::output::check(&output, &book.value, sources));
    let whole = diag::worst(&findings) < Some(Level::Error);
    Outcome {
        value: if whole { output } else { Output::default() },
        findings: settle(&book.value, sources, findings),
    }
}

/// The theme of a book.
pub fn theme(book: &Outcome<PublicBook>, sources: &Sources) -> Outcome<Theme> {
    Theme::load(sources, &book.value.config().theme)
}

/// The site of a book before anything of it is rendered, and all that is worth telling until then; no site when an error is
/// among it.
pub fn planned<'a>(
    book: &'a Outcome<PublicBook>,
    theme: &Outcome<Theme>,
    sources: &Sources,
    options: &Options,
) -> Outcome<Option<Site<'a>>> {
    let mut findings = book.findings.clone();
    let private = [&checks::PRIVATE_NAME, &checks::PRIVATE_TEXT];
    if findings.iter().any(|finding| finding.level == Level::Error && private.contains(&finding.check)) {
        return Outcome { value: None, findings };
    }
    findings.extend(theme.findings.iter().cloned());
    let site = site::plan(&book.value).collect_into(&mut findings).within(options.within.clone());
    let findings = settle(&book.value, sources, findings);
    let whole = diag::worst(&findings) < Some(Level::Error);
    Outcome { value: whole.then_some(site), findings }
}

/// Findings at the levels the book asks for, in the order an author works through them, without customers' details.
pub fn settle(book: &PublicBook, sources: &Sources, findings: Vec<Finding>) -> Vec<Finding> {
    let findings = config::apply_levels(book.config(), diag::causes_first(findings));
    let mut findings = privacy::unsaid(findings, sources, book);
    diag::sort(&mut findings);
    findings
}
