//! Aliases: a page that leads on for every page of an edition.
//!
//! With script, the address keeps its query and its place on the page; without, the page leads on by itself; where both are
//! off, it is a link. Pages that left stay as a word about where they were.

use std::collections::BTreeMap;

use super::SCRIPT;
use super::pages::{PageEntry, Pages};
use super::plan::Source;
use super::root::{head, root_from};
use crate::links::{encode, relative};
use crate::markdown::escape_attribute as escape;

/// Kinds of files that an alias holds as they are, since programs ask for them at a fixed address.
const AS_THEY_ARE: [&str; 2] = [".xml", ".csv"];

/// What an alias is made from.
pub(super) struct Alias<'a> {
    /// Its folder.
    pub(super) name: &'a str,
    /// Folder of the edition it leads to.
    pub(super) to: &'a str,
    /// That edition's pages.
    pub(super) pages: &'a Pages,
    /// All files of that edition, by their path in it.
    pub(super) files: Vec<&'a str>,
    /// Folder of the edition it led to before, and its pages.
    pub(super) before: Option<(&'a str, &'a Pages)>,
    /// Pages the alias had before, by their path in it.
    pub(super) old: Vec<&'a str>,
    /// Language of the book.
    pub(super) language: &'a str,
}

impl Alias<'_> {
    /// All its files, by their path in the whole site.
    pub(super) fn files(&self) -> BTreeMap<String, Source> {
        let mut files = BTreeMap::new();
        for page in self.pages.pages.values() {
            files.insert(self.path(&page.path), Source::New(self.stub(&page.path, page)));
        }
        for path in self.old.iter().filter(|path| path.ends_with(".html")) {
            let full = self.path(path);
            if files.contains_key(&full) {
                continue;
            }
            let source = match self.pages.find(Pages::id_of(path)) {
                Some(page) => Source::New(self.stub(path, page)),
                None => self.gone(path).map_or(Source::Kept, Source::New),
            };
            files.insert(full, source);
        }
        let is_taken = |path: &&&str| AS_THEY_ARE.iter().any(|ending| path.ends_with(ending));
        for path in self.files.iter().filter(is_taken) {
            files.insert(self.path(path), Source::From(format!("{}/{path}", self.to)));
        }
        files
    }

    fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.name)
    }

    fn stub(&self, path: &str, page: &PageEntry) -> Vec<u8> {
        let at = self.path(path);
        let href = relative(&at, &format!("{}/{}", self.to, page.path));
        let (href, title) = (escape(&href), escape(&page.title));
        let mut html = head(self.language, &page.title, "script-src 'self'; style-src 'self'");
        html.push_str(&format!(
            "<link rel=\"canonical\" href=\"{href}\" data-alias>\n<script src=\"{}{SCRIPT}\"></script>\n\
             <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n</head>\n<body>\n\
             <p>This page is at <a href=\"{href}\">{title}</a>.</p>\n</body>\n</html>\n",
            root_from(&at)
        ));
        html.into_bytes()
    }

    /// The page that stands where one was that this edition does not have. `None` where that was said before.
    fn gone(&self, path: &str) -> Option<Vec<u8>> {
        let (before, pages) = self.before?;
        let page = pages.pages.get(Pages::id_of(path)).filter(|page| page.path == path)?;
        let at = self.path(path);
        let link = |folder: &str, path: &str| escape(&relative(&at, &format!("{folder}/{path}")));
        let title = format!("{} is not here any more", page.title);
        let mut html = head(self.language, &title, "style-src 'self'");
        html.push_str(&format!(
            "</head>\n<body>\n<h1>{}</h1>\n<p>The edition {before} has it still: <a href=\"{}\">{}</a>.</p>\n\
             <p><a href=\"{}\">Begin again in the edition {}</a></p>\n</body>\n</html>\n",
            escape(&title),
            link(before, path),
            escape(&page.title),
            link(self.to, "index.html"),
            encode(self.to),
        ));
        Some(html.into_bytes())
    }
}
