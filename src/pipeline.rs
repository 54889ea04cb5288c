//! The whole way from an author's files to a finished site, on one screen.
//!
//! `build`, `check` and `metrics` are the same stages with another end. Nothing here reads a disk or a clock.

use std::fmt;
use std::sync::Arc;

use crate::diag::{self, Finding, Level, Located, Outcome, checks};
use crate::editions::Within;
use crate::load::{self, Moment};
use crate::memo::Kept;
use crate::model::Date;
use crate::output::Output;
use crate::privacy::output::Look;
use crate::privacy::{self, GateOptions, PublicBook};
use crate::site::{Renderer, Site};
use crate::source::{Content, SourcePath, Sources};
use crate::theme::Theme;
use crate::{check, config, site, theme};

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

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading front matter, lists and the heads of exports.
    Load,
    /// Putting the book together and counting its numbers.
    Resolve,
    /// Checking what it says.
    Check,
    /// The first look of the privacy gate.
    Gate,
    /// Putting the theme together and deciding which pages there are.
    Plan,
    /// Rendering all pages and making the search index.
    Render,
    /// The second look of the privacy gate.
    Look,
    /// Putting findings in order.
    Settle,
}

/// What a run tells while it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A stage begins.
    Begins(Stage),
    /// One more page is about to be rendered.
    Page,
}

/// Is told how far a run is, from any thread.
pub type Listener = dyn Fn(Told) + Send + Sync;

/// What the stages keep from one run to the next, so that a change costs what it touches; and who is told of them.
pub struct Memo {
    load: load::Memo,
    check: check::Memo,
    /// What the privacy gate and the second look keep.
    pub privacy: privacy::Memo,
    theme: Kept<(), ThemeFiles, Arc<Outcome<Theme>>>,
    /// What rendering keeps.
    pub site: site::Memo,
    listener: Box<Listener>,
}

/// The theme a book names, and all files of themes.
type ThemeFiles = (Located<String>, Vec<(SourcePath, Content)>);

/// How much was done, and not taken over from an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Files of pages whose facts were read.
    pub pages_read: u64,
    /// YAML files that were read.
    pub lists_read: u64,
    /// Metrics that were counted from their exports.
    pub metrics_counted: u64,
    /// Texts of pages that were read for checking.
    pub texts_checked: u64,
    /// Files that the privacy gate looked through.
    pub files_scanned: u64,
    /// Texts of customers, and what stands beside them, that were looked at.
    pub words_heard: u64,
    /// Pictures that were written anew.
    pub pictures_cleaned: u64,
    /// Themes that were put together.
    pub themes_read: u64,
    /// Pages that were rendered.
    pub pages_rendered: u64,
    /// Charts that were drawn, for wide screens and for phones.
    pub charts_drawn: u64,
    /// Files of the search index that were written.
    pub chunks_written: u64,
}

impl Memo {
    /// One that keeps what stages made, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self {
            load: load::Memo::new(keeps),
            check: check::Memo::new(keeps),
            privacy: privacy::Memo::new(keeps),
            theme: Kept::new(keeps),
            site: site::Memo::new(keeps),
            listener: Box::new(|_| {}),
        }
    }

    /// With somebody who is told how far a run is.
    #[must_use]
    pub fn telling(self, listener: Box<Listener>) -> Self {
        Self { listener, ..self }
    }

    fn begins(&self, stage: Stage) {
        (self.listener)(Told::Begins(stage));
    }

    /// A new state of the book is made: what neither of the last two needed is dropped.
    pub fn begin(&self) {
        self.load.begin();
        self.check.begin();
        self.privacy.begin();
        self.theme.begin();
        self.site.begin();
    }

    /// What was done so far, and not taken over from an earlier run.
    pub fn counts(&self) -> Counts {
        Counts {
            pages_read: self.load.pages_read(),
            lists_read: self.load.lists_read(),
            metrics_counted: self.load.metrics_counted(),
            texts_checked: self.check.texts_checked(),
            files_scanned: self.privacy.files_scanned(),
            words_heard: self.privacy.words_heard(),
            pictures_cleaned: self.privacy.pictures_cleaned(),
            themes_read: self.theme.made(),
            pages_rendered: self.site.pages_rendered(),
            charts_drawn: self.site.charts_drawn(),
            chunks_written: self.site.chunks_written(),
        }
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("counts", &self.counts()).finish_non_exhaustive()
    }
}

/// The book as it may be shown, and everything worth telling about it.
pub fn public_book(sources: &Sources, options: &Options) -> Outcome<PublicBook> {
    public_book_with(sources, options, &Memo::new(false))
}

/// The same, with what earlier runs kept.
pub fn public_book_with(sources: &Sources, options: &Options, memo: &Memo) -> Outcome<PublicBook> {
    memo.begins(Stage::Load);
    let book = load::load_with(sources, &memo.load)
        .then(|mut draft| {
            memo.begins(Stage::Resolve);
            draft.config.site_url = options.site_url.clone().or(draft.config.site_url);
            let as_of = options.as_of.or(draft.config.as_of).unwrap_or(options.today);
            let moment = Moment { as_of, edition: options.edition.clone() };
            load::resolve_with(draft, sources, &moment, &memo.load)
        })
        .and_look(|book| {
            memo.begins(Stage::Check);
            check::run(book, options.drafts, &memo.check)
        })
        .then(|book| {
            memo.begins(Stage::Gate);
            privacy::gate(book, sources, GateOptions { drafts: options.drafts }, &memo.privacy)
        })
        .and_look(check::published);
    memo.begins(Stage::Settle);
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
    build_with(sources, options, &Memo::new(false))
}

/// The same, with what earlier runs kept.
pub fn build_with(sources: &Sources, options: &Options, memo: &Memo) -> Outcome<Output> {
    let book = public_book_with(sources, options, memo);
    memo.begins(Stage::Plan);
    let theme = theme_with(&book, sources, memo);
    finished(&book, &theme, (sources, options), memo)
}

/// The finished site of a book whose findings are known, with all that [`build`] finds.
pub fn site_of(book: &Outcome<PublicBook>, sources: &Sources, options: &Options) -> Outcome<Output> {
    finished(book, &theme(book, sources), (sources, options), &Memo::new(false))
}

fn finished(
    book: &Outcome<PublicBook>,
    theme: &Outcome<Theme>,
    (sources, options): (&Sources, &Options),
    memo: &Memo,
) -> Outcome<Output> {
    memo.begins(Stage::Plan);
    let Outcome { value: site, mut findings } = planned(book, theme, sources, options);
    let Some(site) = site else { return Outcome { value: Output::default(), findings } };
    memo.begins(Stage::Render);
    let renderer = Renderer::new(&site, &theme.value, &memo.site);
    let next_page = || {
        (memo.listener)(Told::Page);
        true
    };
    let output = renderer.all(&next_page).unwrap_or_default().collect_into(&mut findings);
    memo.begins(Stage::Look);
    findings.extend(Look::new(&output, &book.value, sources, &memo.privacy).at_all());
    memo.begins(Stage::Settle);
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

/// The theme of a book, as an earlier run kept it where no file of a theme changed.
pub fn theme_with(book: &Outcome<PublicBook>, sources: &Sources, memo: &Memo) -> Arc<Outcome<Theme>> {
    let files = sources.below(theme::FOLDER).map(|(path, content)| (path.clone(), content.clone()));
    let from = (book.value.config().theme.clone(), files.collect());
    memo.theme.of(&(), &from, || Arc::new(theme(book, sources)))
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
