//! An edition that was built and is not published yet.

use std::collections::BTreeMap;

use serde::Serialize;

use super::names::Spot;
use super::pages::Pages;
use super::record::Tree;
use super::{PAGES, is_safe_path};
use crate::output::{Output, sha256};

/// Name of the manifest in an edition.
pub const MANIFEST: &str = "cxbook-manifest.json";

/// Where files lie that editions share, at the root of the whole site.
pub(super) const SHARED: &str = "assets/";

/// A built edition or channel.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// Where it goes.
    pub spot: Spot,
    /// Files of its own, by their path in it.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files it shares with others, by their path in the whole site.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Its pages.
    pub pages: Pages,
    /// What it says of itself.
    pub about: About,
}

/// What an edition says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Title of the book.
    pub book: String,
    /// Language of the book.
    pub language: String,
    /// Address of the whole site.
    pub address: Option<String>,
    /// The date it speaks for.
    pub as_of: String,
    /// The last day its numbers speak about.
    pub data_to: Option<String>,
    /// Program and version that built it.
    pub tool: String,
    /// Where its sources stood: a commit.
    pub source: Option<String>,
    /// The edition its page of changes compares with.
    pub since: Option<String>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u8,
    generator: &'a str,
    edition: String,
    as_of: &'a str,
    data_to: Option<&'a str>,
    source: Option<&'a str>,
    since: Option<&'a str>,
    files: BTreeMap<&'a str, Entry>,
    shared: BTreeMap<&'a str, Entry>,
}

#[derive(Serialize)]
struct Entry {
    bytes: usize,
    sha256: String,
}

impl Fresh {
    /// Takes a built site apart into what is its own and what it shares, and writes the manifest of both.
    ///
    /// # Errors
    /// What is wrong with the site, as a sentence.
    pub fn new(spot: Spot, output: &Output, about: About) -> Result<Self, String> {
        let (mut files, mut assets) = (BTreeMap::new(), BTreeMap::new());
        for (path, bytes) in output.iter().filter(|(path, _)| *path != MANIFEST) {
            if !is_safe_path(path) {
                return Err(format!("the file {path} cannot be published: its name does not fit every disk"));
            }
            let part = if path.starts_with(SHARED) { &mut assets } else { &mut files };
            part.insert(path.to_owned(), bytes.to_vec());
        }
        let pages = files.get(PAGES).ok_or_else(|| format!("the built site has no {PAGES}"))?;
        let pages = Pages::parse(pages).map_err(|why| format!("{PAGES}: {why}"))?;
        let manifest = manifest(&spot, &about, &files, &assets);
        files.insert(MANIFEST.to_owned(), manifest);
        Ok(Self { spot, files, assets, pages, about })
    }

    /// How the record speaks of it.
    pub(super) fn tree(&self, published: &str) -> Tree {
        let About { as_of, data_to, tool, source, since, .. } = self.about.clone();
        let assets: Vec<String> = self.assets.keys().cloned().collect();
        let manifest = self.files.get(MANIFEST).map(|bytes| sha256(bytes)).unwrap_or_default();
        let styles = assets.iter().filter(|path| is_style(path)).cloned().collect();
        Tree {
            published: published.to_owned(),
            as_of,
            data_to,
            tool,
            source,
            since,
            manifest,
            styles,
            assets,
        }
    }
}

/// The style sheet of all pages; those of one kind of page do not concern the root's own.
fn is_style(path: &str) -> bool {
    path.ends_with(".css") && path.starts_with("assets/site.")
}

fn manifest(
    spot: &Spot,
    about: &About,
    files: &BTreeMap<String, Vec<u8>>,
    assets: &BTreeMap<String, Vec<u8>>,
) -> Vec<u8> {
    fn entries(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Entry> {
        let entry = |bytes: &Vec<u8>| Entry { bytes: bytes.len(), sha256: sha256(bytes) };
        files.iter().map(|(path, bytes)| (path.as_str(), entry(bytes))).collect()
    }
    let manifest = Manifest {
        schema: 1,
        generator: &about.tool,
        edition: spot.folder(),
        as_of: &about.as_of,
        data_to: about.data_to.as_deref(),
        source: about.source.as_deref(),
        since: about.since.as_deref(),
        files: entries(files),
        shared: entries(assets),
    };
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
