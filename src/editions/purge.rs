//! Taking words out of everything that is published: out of frozen editions too, which is the one change that they know, and
//! which is written down in them.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::{Entry, MANIFEST, Manifest, SIGNATURE, TakenOut};
use super::passage::{Reading, find, plain, without, words};
use super::plan::Draft;
use super::root::head;
use super::{Current, Pages, Refusal};
use crate::output::sha256;
use crate::search;
use crate::source::decode;

/// Kinds of files that hold words.
const READ: [&str; 9] = [".html", ".js", ".json", ".xml", ".csv", ".txt", ".svg", ".css", ".md"];
/// How a quote begins on a page, in every theme: the template of quotes cannot be without it.
const FIGURE: &str = "<figure class=\"quote\"";
const FIGURE_END: &str = "</figure>";
/// What stands where a quote was.
const GONE: &str = "<p>What stood here was taken out.</p>";
/// Folder of the search index in an edition.
const SEARCH: &str = "search/";

/// What is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A quote, by its id in addresses.
    pub quote: Option<String>,
    /// A page, by its id: its address without the ending.
    pub page: Option<String>,
    /// Texts.
    pub texts: Vec<String>,
    /// Why, as `cxbook withdraw` says it.
    pub reason: Option<String>,
    /// The day.
    pub on: String,
}

/// Files that change so that words are gone.
#[derive(Debug, Clone)]
pub struct Purge {
    /// The generation that was read.
    seen: String,
    files: BTreeMap<String, Vec<u8>>,
    /// What each edition says of it, by folder.
    said: BTreeMap<String, TakenOut>,
    /// Folders whose manifest was signed.
    signed: BTreeSet<String>,
}

/// Whether a file of the site can hold words, and has to be read for a purge.
pub fn is_read(path: &str) -> bool {
    path.contains('/') && READ.iter().any(|ending| path.ends_with(ending))
}

impl Purge {
    /// Works out what changes; `texts` are all files for which [`is_read`] says so.
    ///
    /// # Errors
    /// When nothing holds it, or when it would not be gone.
    pub fn of(
        current: &Current,
        texts: &BTreeMap<String, Vec<u8>>,
        wanted: &Wanted,
    ) -> Result<Self, Refusal> {
        let mut passages: Vec<Vec<String>> = wanted.texts.iter().map(|text| plain(text)).collect();
        if let Some(id) = &wanted.quote {
            passages.extend(text_of(texts).flat_map(|(_, text)| said_by(text, id)));
        }
        passages.sort();
        passages.dedup();
        passages.retain(|passage| !passage.is_empty());
        let clean = Clean { passages: &passages, quote: wanted.quote.as_deref() };
        let mut files = BTreeMap::new();
        let own = |path: &&String| {
            !path.ends_with(&format!("/{MANIFEST}")) && !path.ends_with(&format!("/{SIGNATURE}"))
        };
        for (path, bytes) in texts.iter().filter(|(path, _)| own(path)) {
            let page = wanted.page.as_deref().filter(|page| is_page(current, path, page));
            let text = String::from_utf8_lossy(bytes);
            let fresh = match page {
                Some(_) => Some(notice(current)),
                None => clean.file(path, &text),
            };
            files.extend(
                fresh
                    .filter(|fresh| fresh.as_bytes() != bytes)
                    .map(|fresh| (path.clone(), fresh.into_bytes())),
            );
        }
        if files.is_empty() {
            return Err("no edition, channel or alias holds it".to_owned());
        }
        for folder in current.record.trees.keys() {
            let page = wanted.page.as_deref();
            forget_words(folder, texts, &mut files, &clean, page)?;
        }
        let left =
            files.iter().filter(|(path, bytes)| clean.file(path, &String::from_utf8_lossy(bytes)).is_some());
        let left: Vec<&str> = left.map(|(path, _)| path.as_str()).collect();
        if !left.is_empty() {
            return Err(format!(
                "it could not be taken out of {}; take the pages out as a whole with --page",
                left.join(", ")
            ));
        }
        let (seen, said, signed) = (current.record.name(), BTreeMap::new(), BTreeSet::new());
        let mut purge = Self { seen, files, said, signed };
        purge.write_down(current, texts, wanted)?;
        Ok(purge)
    }

    /// Files that change.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Signs the manifests that were signed before, with `sign`.
    ///
    /// # Errors
    /// What `sign` says.
    pub fn sign(&mut self, sign: &dyn Fn(&[u8]) -> Result<String, String>) -> Result<(), String> {
        for folder in &self.signed {
            let manifest =
                self.files.get(&format!("{folder}/{MANIFEST}")).map(Vec::as_slice).unwrap_or_default();
            self.files.insert(format!("{folder}/{SIGNATURE}"), sign(manifest)?.into_bytes());
        }
        Ok(())
    }

    /// Editions whose manifest was signed, and has to be signed anew.
    pub fn signed(&self) -> impl Iterator<Item = &str> {
        self.signed.iter().map(String::as_str)
    }

    /// What changed is written into the manifest of each edition.
    fn write_down(
        &mut self,
        current: &Current,
        texts: &BTreeMap<String, Vec<u8>>,
        wanted: &Wanted,
    ) -> Result<(), Refusal> {
        for folder in current.record.trees.keys() {
            let (own, at) = (format!("{folder}/"), format!("{folder}/{MANIFEST}"));
            let bytes =
                texts.get(&at).ok_or_else(|| format!("{at} is missing; cxbook verify looks closer"))?;
            let mut manifest = Manifest::parse(bytes).map_err(|why| format!("{at}: {why}"))?;
            let mut files = Vec::new();
            for (path, bytes) in &self.files {
                let inner = path.strip_prefix(&own);
                let entry = match inner {
                    Some(inner) => manifest.files.get_mut(inner),
                    None => manifest.shared.get_mut(path),
                };
                if let Some(entry) = entry {
                    *entry = Entry::of(bytes);
                    files.push(path.clone());
                }
            }
            if files.is_empty() {
                continue;
            }
            let taken = TakenOut {
                on: wanted.on.clone(),
                reason: wanted.reason.clone(),
                files,
                before: sha256(bytes),
            };
            manifest.taken_out.push(taken.clone());
            if current.files.get(&format!("{folder}/{SIGNATURE}")).is_some() {
                self.signed.insert(folder.clone());
            }
            self.said.insert(folder.clone(), taken);
            self.files.insert(at, manifest.json().into_bytes());
        }
        Ok(())
    }

    /// Puts the changed files into the next site.
    pub(super) fn put(&self, draft: &mut Draft<'_>, current: &Current) -> Result<(), Refusal> {
        if current.record.name() != self.seen {
            return Err("somebody published while the editions were read; call cxbook purge again".to_owned());
        }
        for (path, bytes) in &self.files {
            draft.put(path.clone(), bytes.clone());
        }
        for (folder, taken) in &self.said {
            if let Some(tree) = draft.record.trees.get_mut(folder) {
                tree.manifest = self
                    .files
                    .get(&format!("{folder}/{MANIFEST}"))
                    .map(|bytes| sha256(bytes))
                    .unwrap_or_default();
                tree.taken_out.push(taken.clone());
            }
            if let Some(bytes) = self.files.get(&format!("{folder}/{}", super::PAGES)) {
                let pages = Pages::parse(bytes).map_err(|why| format!("{folder}: {why}"))?;
                draft.pages.insert(folder.clone(), pages);
            }
        }
        draft.takes_out = true;
        Ok(())
    }
}

fn text_of(texts: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &str)> {
    texts.iter().filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
}

/// Whether a file is the page with this id, in an edition, a channel or an alias.
fn is_page(current: &Current, path: &str, page: &str) -> bool {
    let folders = current.record.trees.keys().chain(current.record.aliases.keys());
    folders
        .filter_map(|folder| path.strip_prefix(folder.as_str())?.strip_prefix('/'))
        .any(|inner| inner.strip_suffix(".html").is_some_and(|id| id == page))
}

fn notice(current: &Current) -> String {
    let title = "This page was taken out";
    format!(
        "{}</head>\n<body>\n<h1>{title}</h1>\n</body>\n</html>\n",
        head(&current.record.language, title, "style-src 'self'")
    )
}

/// What a page shows as a quote of this id, as words.
fn said_by(html: &str, id: &str) -> Vec<Vec<String>> {
    let own = figures(html).filter(|(from, to)| has_id(&html[*from..*to], id));
    own.map(|(from, to)| spoken(&html[from..to])).collect()
}

/// Quotes of a page, as from and to.
fn figures(html: &str) -> impl Iterator<Item = (usize, usize)> {
    html.match_indices(FIGURE).map(|(at, _)| {
        let length = html[at..].find(FIGURE_END).map_or(html.len() - at, |end| end + FIGURE_END.len());
        (at, at + length)
    })
}

/// Whether the element is the quote of this id, on the page of all quotes or in a block of another page.
fn has_id(figure: &str, id: &str) -> bool {
    let opening = figure.split('>').next().unwrap_or_default();
    let own = opening.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    own == format!("quote.{id}") || own.ends_with(&format!(".quote.{id}"))
}

/// What the customer said, without who and where.
fn spoken(figure: &str) -> Vec<String> {
    let start = figure.find("<blockquote").unwrap_or(0);
    let end = figure.find("</blockquote>").unwrap_or(figure.len()).max(start);
    words(&figure[start..end], Reading::Text).into_iter().map(|word| word.text).collect()
}

struct Clean<'a> {
    passages: &'a [Vec<String>],
    quote: Option<&'a str>,
}

impl Clean<'_> {
    /// The file without what is to go; nothing where it holds nothing of it.
    fn file(&self, path: &str, text: &str) -> Option<String> {
        let is_page = path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".svg");
        let bare = self.without_figures(text);
        let read =
            is_page.then(|| without(bare.as_deref().unwrap_or(text), self.passages, Reading::Text)).flatten();
        let step = read.or(bare);
        let raw = without(step.as_deref().unwrap_or(text), self.passages, Reading::Raw);
        raw.or(step)
    }

    fn without_figures(&self, html: &str) -> Option<String> {
        let (mut out, mut done) = (String::new(), 0);
        for (from, to) in figures(html) {
            let figure = &html[from..to];
            let said = words(figure, Reading::Text);
            let holds = self
                .passages
                .iter()
                .any(|passage| !find(&said, passage).is_empty() || spoken(figure) == *passage);
            if holds || self.quote.is_some_and(|id| has_id(figure, id)) {
                out.push_str(&html[done..from]);
                out.push_str(GONE);
                done = to;
            }
        }
        (done > 0).then(|| out + &html[done..])
    }
}

/// The index of an edition forgets which words stood in what is gone.
fn forget_words(
    folder: &str,
    texts: &BTreeMap<String, Vec<u8>>,
    files: &mut BTreeMap<String, Vec<u8>>,
    clean: &Clean<'_>,
    page: Option<&str>,
) -> Result<(), Refusal> {
    let own = format!("{folder}/");
    let start = format!("{own}{SEARCH}");
    let inner = |path: &str| {
        path.strip_prefix(own.as_str()).filter(|inner| inner.ends_with(".html")).map(str::to_owned)
    };
    let changed: BTreeSet<String> = files.keys().filter_map(|path| inner(path)).collect();
    let index: BTreeMap<String, Vec<u8>> = texts
        .range(start.clone()..)
        .take_while(|(path, _)| path.starts_with(&start))
        .map(|(path, bytes)| (path.clone(), files.get(path).unwrap_or(bytes).clone()))
        .collect();
    if changed.is_empty() || index.is_empty() {
        return Ok(());
    }
    let now = |path: &str| files.get(path).or_else(|| texts.get(path));
    let pages = texts.keys().filter_map(|path| Some((inner(path)?, now(path)?)));
    let left: BTreeMap<String, BTreeSet<String>> = pages
        .map(|(path, bytes)| (path, search::words_of(&readable(&String::from_utf8_lossy(bytes)))))
        .collect();
    let quote = clean.quote.map(|id| format!("quote.{id}"));
    let went = |href: &str| {
        let href = decode(href);
        let (path, fragment) = href.split_once('#').unwrap_or((&href, ""));
        quote.as_deref() == Some(fragment) || page.is_some_and(|page| Pages::id_of(path) == page)
    };
    let gone = |href: &str, said: &[&str]| {
        let path = decode(href.split('#').next().unwrap_or(href));
        let stands = |words: &BTreeSet<String>| said.iter().any(|word| words.contains(*word));
        went(href) || (changed.contains(&path) && !left.get(&path).is_some_and(stands))
    };
    let all: BTreeSet<&str> = left.values().flatten().map(String::as_str).collect();
    let stands_nowhere = |word: &str| !all.contains(word);
    let forgotten = search::forget(&index, &went, &gone, &stands_nowhere).map_err(|why| {
        format!("the search of {folder} could not be read: {why}; cxbook verify looks closer")
    })?;
    files.extend(forgotten);
    Ok(())
}

/// A page as words, also those of its titles and descriptions.
fn readable(html: &str) -> String {
    let all = words(html, Reading::Text).into_iter().chain(words(html, Reading::Raw));
    all.map(|word| word.text + " ").collect()
}
