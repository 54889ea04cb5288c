//! The files of a site: all of them, or one alone when it is asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::frame::Spot;
use super::memo::Memo;
use super::pages;
use super::plan::Site;
use super::surroundings::Lender;
use super::{feed, index, known, table};
use crate::diag::{Finding, Outcome, checks};
use crate::editions;
use crate::links;
use crate::live::Known;
use crate::output::Output;
use crate::privacy::{PublicMetric, PublicPicture};
use crate::search::Index;
use crate::system::MANIFEST;
use crate::theme::Theme;

/// What the files of a site are made from. Each can be had by itself; what many need is made once, when it is first needed.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    memo: &'a Memo,
    known: Known<'a>,
    lender: Lender,
    index: OnceLock<Index>,
    others: Vec<(String, Other<'a>)>,
}

/// A file that is no page and not of the search.
#[derive(Debug, Clone, Copy)]
enum Other<'a> {
    Numbers(&'a PublicMetric),
    Bytes(&'a [u8]),
    Feed,
    Sitemap,
    Pages,
    Facts,
    Changes,
}

/// Most pages that are rendered while the index is made; with more of them, what it is made from is gone before they are there.
const BESIDE: usize = 4_000;

/// The folder of the search index.
const SEARCH: &str = "search/";

impl<'a> Renderer<'a> {
    /// Gets ready; nothing is rendered yet.
    pub fn new(site: &'a Site<'a>, theme: &'a Theme, memo: &'a Memo) -> Self {
        let (known, others) = (known(site), others(site, theme));
        Self { site, theme, memo, known, lender: Lender::default(), index: OnceLock::new(), others }
    }

    /// The search index.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| index(self.site, self.theme, self.memo))
    }

    /// Paths of all files that are known without rendering one: not those of the search index, and not the manifest. Files
    /// that are there already, such as styles and pictures, come with their bytes.
    pub fn paths(&self) -> impl Iterator<Item = (&str, Option<&[u8]>)> {
        let pages = self.site.pages.keys().map(|route| (route.as_str(), None));
        let others = self.others.iter().map(|(path, other)| match other {
            Other::Bytes(bytes) => (path.as_str(), Some(*bytes)),
            _ => (path.as_str(), None),
        });
        pages.chain(others)
    }

    /// One file, as [`Self::all`] makes it; `None` when the site has none of that path. The manifest is not among them.
    ///
    /// # Errors
    /// The finding about the theme's template.
    pub fn file(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Finding>> {
        if self.site.pages.contains_key(path) {
            return self.page(path);
        }
        if let Some((_, other)) = self.others.iter().find(|(own, _)| own == path) {
            return Some(Ok(Arc::new(self.other(*other))));
        }
        let name = path.starts_with(SEARCH).then(|| path.strip_prefix(&*self.index().folder))??;
        self.index().files.get(name).map(|bytes| Ok(Arc::clone(bytes)))
    }

    /// How often navigation, teams and the theme's files were put together for a page: once for each folder and kind of page.
    pub fn frames_made(&self) -> usize {
        self.lender.len()
    }

    fn page(&self, route: &str) -> Option<Result<Arc<Vec<u8>>, Finding>> {
        let (route, planned) = self.site.pages.get_key_value(route)?;
        let none = Index::default();
        // Only one page says anything of the index, which costs more than all that an edit changes.
        let index = if route == links::SEARCH { self.index() } else { &none };
        let (site, theme, memo, lender) = (self.site, self.theme, self.memo, &self.lender);
        let spot = Spot { site, theme, index, memo, lender, route };
        Some(pages::render(&spot, planned, &self.known))
    }

    fn other(&self, other: Other<'_>) -> Vec<u8> {
        match other {
            Other::Numbers(metric) => table::csv(metric).into_bytes(),
            Other::Bytes(bytes) => bytes.to_vec(),
            Other::Feed => feed::atom(self.site).into_bytes(),
            Other::Sitemap => feed::sitemap(self.site).unwrap_or_default().into_bytes(),
            Other::Pages => pages::index_of(self.site).json().into_bytes(),
            Other::Facts => pages::changes::facts(self.site).json().into_bytes(),
            Other::Changes => {
                let (edition, news) = pages::changes::since(self.site).unwrap_or_default();
                editions::markdown(&pages::changes::title(&edition), &news).into_bytes()
            }
        }
    }

    /// All files, side by side; the result does not depend on which ends first. `go_on` is asked before each page; `None` when it said no.
    pub fn all(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Outcome<Output>> {
        let page = |route: &'a String| if go_on() { Some((route, self.page(route)?)) } else { None };
        // The page that searches waits for the index, and a thread that waits could be the one the index waits for.
        let (searches, routes): (Vec<&String>, Vec<&String>) =
            self.site.pages.keys().partition(|route| *route == links::SEARCH);
        let is_small = routes.len() <= BESIDE;
        let rendered = || routes.into_par_iter().map(page).collect::<Option<Vec<_>>>();
        let (index, rendered) =
            if is_small { rayon::join(|| self.index(), rendered) } else { (self.index(), rendered()) };
        let searches = searches.into_iter().map(page).collect::<Option<Vec<_>>>();
        let (mut findings, mut files) = (Vec::new(), Vec::new());
        for (route, page) in rendered?.into_iter().chain(searches?) {
            match page {
                Ok(bytes) => files.push((route.clone(), bytes)),
                Err(finding) => findings.push(finding),
            }
        }
        files.extend(self.others.iter().map(|(path, other)| (path.clone(), Arc::new(self.other(*other)))));
        let of_search =
            |(name, bytes): (&String, &Arc<Vec<u8>>)| (format!("{}{name}", index.folder), Arc::clone(bytes));
        files.extend(index.files.iter().map(of_search));
        let mut output = Output::default();
        for (route, bytes) in files {
            if let Err(taken) = output.insert(route, bytes) {
                let message = format!("two files would be written to {taken}");
                findings.push(Finding::new(&checks::DUPLICATE, message));
            }
        }
        let manifest = output.manifest().into_bytes();
        if output.insert(MANIFEST.to_owned(), manifest).is_err() {
            let message = format!("a page would be written to {MANIFEST}");
            findings.push(Finding::new(&checks::DUPLICATE, message));
        }
        Some(Outcome { value: output, findings })
    }
}

/// The files that are neither pages nor of the search.
fn others<'a>(site: &'a Site<'a>, theme: &'a Theme) -> Vec<(String, Other<'a>)> {
    let metrics = site.book.metrics().iter();
    let mut others: Vec<(String, Other<'a>)> =
        metrics.map(|(id, metric)| (links::metric_csv(id), Other::Numbers(metric))).collect();
    let assets = theme.assets().values();
    others.extend(assets.map(|asset| (asset.route.clone(), Other::Bytes(&asset.bytes))));
    // The same picture may lie in the book twice; its address comes from what is on it.
    let pictures: BTreeMap<&str, &PublicPicture> =
        site.book.pictures().values().map(|picture| (picture.route.as_str(), picture)).collect();
    others.extend(
        pictures.into_iter().map(|(route, picture)| (route.to_owned(), Other::Bytes(&picture.bytes))),
    );
    others.push(("feed.xml".to_owned(), Other::Feed));
    if feed::has_sitemap(site) {
        others.push(("sitemap.xml".to_owned(), Other::Sitemap));
    }
    if site.within.is_some() {
        others.push((editions::PAGES.to_owned(), Other::Pages));
        others.push((editions::FACTS.to_owned(), Other::Facts));
    }
    if pages::changes::since(site).is_some() {
        others.push((editions::CHANGES_TEXT.to_owned(), Other::Changes));
    }
    others.push(("robots.txt".to_owned(), Other::Bytes(b"User-agent: *\nDisallow: /\n")));
    others
}
