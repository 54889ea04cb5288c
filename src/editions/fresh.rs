//! An edition that was built and is not published yet.

use std::collections::BTreeMap;

use super::manifest::{MANIFEST, Manifest, SIGNATURE};
use super::names::Spot;
use super::pages::Pages;
use super::record::Tree;
use super::{PAGES, is_safe_path};
use crate::output::{Output, sha256};

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

impl Fresh {
    /// Takes a built site apart into what is its own and what it shares, and writes the manifest of both.
    ///
    /// # Errors
    /// What is wrong with the site, as a sentence.
    pub fn new(spot: Spot, output: &Output, about: About) -> Result<Self, String> {
        let (mut files, mut assets) = (BTreeMap::new(), BTreeMap::new());
        for (path, bytes) in output.iter().filter(|(path, _)| ![MANIFEST, SIGNATURE].contains(path)) {
            if !is_safe_path(path) {
                return Err(format!("the file {path} cannot be published: its name does not fit every disk"));
            }
            let part = if path.starts_with(SHARED) { &mut assets } else { &mut files };
            part.insert(path.to_owned(), bytes.to_vec());
        }
        let pages = files.get(PAGES).ok_or_else(|| format!("the built site has no {PAGES}"))?;
        let pages = Pages::parse(pages).map_err(|why| format!("{PAGES}: {why}"))?;
        let manifest = Manifest::of(&spot, &about, &files, &assets);
        files.insert(MANIFEST.to_owned(), manifest.json().into_bytes());
        Ok(Self { spot, files, assets, pages, about })
    }

    /// Its manifest, as it is signed.
    pub fn manifest(&self) -> &[u8] {
        self.files.get(MANIFEST).map(Vec::as_slice).unwrap_or_default()
    }

    /// Puts the signature of the manifest beside it.
    pub fn sign(&mut self, signature: String) {
        self.files.insert(SIGNATURE.to_owned(), signature.into_bytes());
    }

    /// How many bytes it has, with the files it shares.
    pub fn bytes(&self) -> u64 {
        self.files.values().chain(self.assets.values()).map(|bytes| bytes.len() as u64).sum()
    }

    /// Its largest files and how many bytes they have, the largest first.
    pub fn largest(&self, most: usize) -> Vec<(&str, usize)> {
        let all = self.files.iter().chain(&self.assets);
        let mut sizes: Vec<(&str, usize)> = all.map(|(path, bytes)| (path.as_str(), bytes.len())).collect();
        sizes.sort_by_key(|(path, bytes)| (std::cmp::Reverse(*bytes), *path));
        sizes.truncate(most);
        sizes
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
            taken_out: Vec::new(),
        }
    }
}

/// The style sheet of all pages; those of one kind of page do not concern the root's own.
fn is_style(path: &str) -> bool {
    path.ends_with(".css") && path.starts_with("assets/site.")
}
