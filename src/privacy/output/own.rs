//! What a site may say although it looks private. Each exemption is a fact that can be looked up, never a list of words:
//!
//! - the book's own contact address;
//! - its own site-url, where what follows it is a file of the site;
//! - a web address that an author linked to on a page of the book, or wrote there, without a long number in it;
//! - the mailbox of a role (press-office@...) that an author linked to on a page of the book;
//! - the address of a licence, in a comment, where it names one of the well-known homes of licences;
//! - the name of a published group behind a value of it, which together read like a street and its number;
//! - a folder of the site's own pages, where it is the id of a list;
//! - a colour (#005ea5) in a text that speaks of colours;
//! - eight digits of a digest in the name of an asset, where they are those of its bytes.
//!
//! What an exempt web address carries behind its host is read again by itself, so a name in a query is found.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::PublicBook;
use super::super::detect::{Kind, Scanner, undisguised};
use super::sieve::Found;
use crate::markdown::{Link, LinkKind, Options};
use crate::model::{Page, PageFacts};
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
    /// Web addresses that authors' pages link to.
    links: BTreeSet<String>,
    /// Mailboxes that they link to.
    mailboxes: BTreeSet<String>,
    book: &'a PublicBook,
}

impl<'a> Own<'a> {
    pub(super) fn of(output: &'a Output, book: &'a PublicBook) -> Self {
        let config = book.config();
        let links_out = |page: &Page| {
            let PageFacts { body, title_from_body, .. } = &*page.facts;
            let options =
                Options { smart_punctuation: config.smart_punctuation, drop_title: *title_from_body };
            may_link(body).then(|| body.links_out(&options))
        };
        let of_each: Vec<Arc<[Link]>> = book.pages().par_iter().filter_map(links_out).collect();
        let (mut links, mut mailboxes) = (BTreeSet::new(), BTreeSet::new());
        for link in of_each.iter().flat_map(|links| links.iter()) {
            let target = plain(&link.target);
            match link.kind {
                LinkKind::External => _ = links.insert(target),
                LinkKind::Mail => mailboxes.extend(target.strip_prefix("mailto:").map(str::to_owned)),
                _ => {}
            }
        }
        let site = config.site_url.as_deref().filter(|url| url.contains("://"));
        Self { output, contact: config.contact.as_deref().map(plain), site, links, mailboxes, book }
    }

    /// Whether the site may say it.
    pub(super) fn may_say(&self, found: &Found<'_>, scanner: &mut Scanner<'_>) -> bool {
        match found.kind {
            Kind::Email => {
                let address = plain(&found.value);
                self.contact.as_ref() == Some(&address)
                    || self.mailboxes.contains(&address) && is_role(&address, scanner)
            }
            Kind::Url => self.may_link(found, scanner),
            Kind::Address => self.is_value_of_group(found),
            _ => self.is_digest(found) || is_colour(found),
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
        if found.attribute && value.strip_prefix("folder.").is_some_and(|folder| self.is_folder(folder)) {
            return true;
        }
        // A detector ends an address before a closing bracket or a full stop, which may belong to it.
        let whole = plain(&found.text);
        let linked = self.links.contains(&value) || found.attribute && self.links.contains(&whole);
        let written = || {
            let pages = self.book.pages().iter().map(|page| &page.facts.body);
            !has_long_number(&value)
                && pages.into_iter().any(|body| body.contains(&undisguised(&found.value)))
        };
        let told = if found.attribute { &whole } else { &value };
        (linked || written()) && is_silent(told, scanner)
    }

    /// Whether pages of the site lie in a folder; its name is then an id in the list of these pages.
    fn is_folder(&self, folder: &str) -> bool {
        self.output.iter().any(|(path, _)| path.to_lowercase().contains(&format!("/{folder}/")))
    }

    /// A value in front of the name of a group reads like a house in a street: "89 Stanhope Mews West". The name was looked at
    /// by itself.
    fn is_value_of_group(&self, found: &Found<'_>) -> bool {
        let street =
            found.value.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace());
        let series = self.book.metrics().values().flat_map(|metric| &metric.series);
        let mut groups = series.filter_map(|series| Some(series.split.as_ref()?.1.as_str()));
        street.len() < found.value.len() && groups.any(|group| group.starts_with(street))
    }

    /// Whether a name is that of an asset and what was found is the digest in it.
    fn is_digest(&self, found: &Found<'_>) -> bool {
        let name = found.text.rsplit('/').next().unwrap_or_default();
        let Some(bytes) = self.output.get(&format!("assets/{name}")) else { return false };
        let digest = sha256(bytes);
        name.split('.').any(|part| digest.get(..8) == Some(part) && part.contains(found.value.as_str()))
    }
}

/// Whether a mailbox is a role's: what stands before its sign is no name, not even one that has to be asked about.
fn is_role(address: &str, scanner: &mut Scanner<'_>) -> bool {
    let name = address.split('@').next().unwrap_or_default();
    let capital =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    let words: Vec<String> = name.split(['.', '-', '_']).map(capital).collect();
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || b".-_".contains(&byte));
    plain && scanner.scan(&format!("Thanks to {} who helped.", words.join(" "))).is_empty()
}

/// Five digits in a row may be a customer's number.
fn has_long_number(address: &str) -> bool {
    address.split(|sign: char| !sign.is_ascii_digit()).any(|digits| digits.len() >= 5)
}

/// Whether what looks like a number is a colour, in a text that speaks of colours.
fn is_colour(found: &Found<'_>) -> bool {
    let colour =
        super::style::is_colour(&found.value) || super::style::is_colour(&format!("#{}", found.value));
    let letters = found.value.bytes().any(|byte| byte.is_ascii_alphabetic());
    colour && letters && found.kind == Kind::Account && found.text.to_lowercase().contains("colo")
}

/// Whether nothing in an address leads to somebody: what follows its host, part by part, and as words of a sentence. A
/// number inside a longer key, as in `report-201410-201509-en`, is part of the key.
fn is_silent(address: &str, scanner: &mut Scanner<'_>) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return true };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let parts = path.replace(['/', '?', '&', '=', '#'], "\n").replace('+', " ");
    let joins =
        |sign: Option<char>| sign.is_some_and(|sign| sign == '-' || sign == '_' || sign.is_alphanumeric());
    let silent = scanner.blocks(&parts).iter().all(|hit| match hit.kind {
        Kind::Url => true,
        Kind::Person | Kind::Email | Kind::Address => false,
        _ => {
            let (before, after) = (parts.get(..hit.span.start), parts.get(hit.span.end..));
            joins(before.and_then(|text| text.chars().next_back()))
                || joins(after.and_then(|text| text.chars().next()))
        }
    });
    let sentence = parts.replace(['\n', '-', '_'], " ");
    silent && !host.contains('@') && scanner.blocks(&sentence).iter().all(|hit| hit.kind != Kind::Person)
}

/// An address without entities, percent-encoding and differences of case that mean nothing.
fn plain(address: &str) -> String {
    undisguised(address.trim()).to_lowercase()
}

/// Whether a text may link to another host or a mailbox: reading it as markdown takes its time, and most do not. Escapes, entities
/// and percent-encoding could hide the signs; a percentage hides nothing.
fn may_link(body: &str) -> bool {
    let is_code = |at: usize| {
        body.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    body.contains("//")
        || body.contains(['@', '&', '\\'])
        || body.match_indices('%').any(|(at, _)| is_code(at))
}

#[cfg(test)]
mod tests {
    use super::may_link;

    #[test]
    fn texts_that_may_link_elsewhere_are_read() {
        for body in ["[a](https://b.example)", "<jo@b.example>", "jo%40b.example", "a&#x2f;/b", "a:\\/\\/b"] {
            assert!(may_link(body), "{body}");
        }
        for body in ["", "22% of 40", "100%", "see [a](b.md) 5 %"] {
            assert!(!may_link(body), "{body}");
        }
    }
}
