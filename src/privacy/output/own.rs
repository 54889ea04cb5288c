//! What a site may say although it looks private. Each exemption is a fact that can be looked up, never a word list:
//!
//! - the book's own contact address;
//! - its own site-url, where what follows it is a file of the site;
//! - a web address that an author linked to on one of the book's pages;
//! - the address of a licence, in a comment, where it names one of the well-known homes of licences;
//! - eight digits of a digest in the name of an asset, where they are those of its bytes.
//!
//! What an exempt web address carries behind its host is read again without it, so a name in a query is found.

use std::collections::BTreeSet;

use super::super::PublicBook;
use super::super::detect::{Kind, Scanner};
use super::sieve::Found;
use crate::markdown::{self, LinkKind};
use crate::output::{Output, sha256};

/// Where texts of licences are kept.
const LICENCES: [&str; 8] = [
    "https://creativecommons.org/licenses/",
    "https://opensource.org/licenses/",
    "https://scripts.sil.org/OFL",
    "https://spdx.org/licenses/",
    "https://www.apache.org/licenses/",
    "https://www.gnu.org/licenses/",
    "https://www.mozilla.org/MPL/",
    "http://www.apache.org/licenses/",
];

/// What the book may say of itself.
pub(super) struct Own<'a> {
    output: &'a Output,
    contact: Option<String>,
    site: Option<&'a str>,
    /// Targets of links on authors' pages.
    links: BTreeSet<String>,
}

impl<'a> Own<'a> {
    pub(super) fn of(output: &'a Output, book: &'a PublicBook) -> Self {
        let config = book.config();
        let options = markdown::Options::default();
        let outlines = book.pages().iter().map(|page| markdown::outline(&page.facts.body, &options));
        let links = outlines
            .flat_map(|outline| outline.links)
            .filter(|link| link.kind == LinkKind::External)
            .map(|link| plain(&link.target))
            .collect();
        Self {
            output,
            contact: config.contact.as_deref().map(plain),
            site: config.site_url.as_deref().filter(|url| url.contains("://")),
            links,
        }
    }

    /// Whether the site may say it.
    pub(super) fn may_say(&self, found: &Found<'_>, scanner: &mut Scanner<'_>) -> bool {
        match found.kind {
            Kind::Email => self.contact.as_ref() == Some(&plain(&found.value)),
            Kind::Url => self.may_link(found, scanner),
            _ => self.is_digest(found),
        }
    }

    fn may_link(&self, found: &Found<'_>, scanner: &mut Scanner<'_>) -> bool {
        let value = plain(&found.value);
        let rest = self.site.and_then(|site| {
            value.strip_prefix(site).or(site.strip_suffix('/').filter(|site| *site == value).map(|_| ""))
        });
        if let Some(rest) = rest {
            let file = rest.split(['#', '?']).next().unwrap_or_default();
            return file.is_empty() || self.output.get(file).is_some();
        }
        if found.comment && LICENCES.iter().any(|home| value.starts_with(home)) {
            return true;
        }
        // A detector ends an address before a closing bracket or a full stop, which may belong to it.
        let whole = plain(&found.text);
        let linked = self.links.contains(&value) || found.attribute && self.links.contains(&whole);
        linked && (is_silent(&value, scanner) && is_silent(&whole, scanner))
    }

    /// Whether a name is that of an asset and what was found is the digest in it.
    fn is_digest(&self, found: &Found<'_>) -> bool {
        let name = found.text.rsplit('/').next().unwrap_or_default();
        let Some(bytes) = self.output.get(&format!("assets/{name}")) else { return false };
        let digest = sha256(bytes);
        name.split('.').any(|part| digest.get(..8) == Some(part) && part.contains(found.value.as_str()))
    }
}

/// Whether nothing in an address leads to somebody: what follows its host, word by word.
fn is_silent(address: &str, scanner: &mut Scanner<'_>) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return true };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let host = rest.split('/').next().unwrap_or_default();
    let words: String = path.chars().map(|sign| if "/?&=#;+".contains(sign) { '\n' } else { sign }).collect();
    let together = path.replace(['/', '?', '&', '=', '#', '+', '_'], " ");
    let mut silent = |text: &str| {
        let hits = scanner.blocks(text);
        hits.iter().all(|hit| hit.kind == Kind::Url)
    };
    !host.contains('@') && silent(&words) && silent(&together)
}

/// An address without entities, percent-encoding and differences of case that mean nothing.
fn plain(address: &str) -> String {
    super::super::detect::undisguised(address.trim()).to_lowercase()
}
