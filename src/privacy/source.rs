//! What authors write themselves: every text of every file, and the names of the files.
//!
//! Only sure hits count here. In an author's own prose links are ordinary and an e-mail address is a warning; what is the
//! book's own, such as its contact, is meant.

use std::sync::Arc;

use rayon::prelude::*;

use super::detect::{Hit, Kind, Policy, Scanner};
use super::memo::{Looked, Memo, Seen};
use super::said::{Told, private};
use crate::diag::{Finding, Level, Place, checks};
use crate::load;
use crate::model::{Book, Config, capital};
use crate::source::{Content, SourcePath, Sources};

/// Looks through all files. What `told` knows already is not told again.
pub(super) fn look(
    book: &Book,
    sources: &Sources,
    (policy, memo): (&Policy, &Memo),
    told: &Told,
) -> Vec<Finding> {
    let own = own_words(&book.config);
    let files = load::files_with_text(sources, &book.config.src);
    let content = book.config.src.as_str();
    let (shared, folder) = (memo.shared(policy), Arc::from(content));
    let looked: Vec<(&SourcePath, Arc<Looked>)> = files
        .par_iter()
        .map_init(
            || None,
            |scanner, (path, file)| {
                let from = (Content::clone(file), Arc::clone(&shared), Arc::clone(&folder));
                let looked = memo.files.of(path, &from, || {
                    let scanner = scanner.get_or_insert_with(|| Scanner::new(policy));
                    Arc::new(self::file(scanner, path, sources, content))
                });
                (*path, looked)
            },
        )
        .collect();
    let found = looked.iter().flat_map(|(path, looked)| tell(path, &looked.seen, &own, told));
    let mut scanner = Scanner::new(policy);
    let names = looked.iter().filter_map(|(path, looked)| {
        let below = below(path, content)?;
        Some(tell_name(below, looked.name.as_ref()?, content, &mut scanner))
    });
    found.chain(names).collect()
}

/// What the book says of itself: these are meant to be read.
fn own_words(config: &Config) -> Vec<String> {
    [&config.contact, &config.site_url].into_iter().flatten().map(|own| own.to_lowercase()).collect()
}

fn is_own(own: &[String], value: &str) -> bool {
    let value = value.to_lowercase();
    own.iter().any(|own| *own == value || own.trim_end_matches('/') == value.trim_end_matches('/'))
}

/// Everything in a file and its name.
fn file(scanner: &mut Scanner<'_>, path: &SourcePath, sources: &Sources, content: &str) -> Looked {
    let mut seen = Vec::new();
    load::each_text(path, sources, &mut |text, place| {
        for hit in scanner.blocks(text) {
            let value = text.get(hit.span.clone()).unwrap_or_default().to_owned();
            seen.push(Seen { value, place: place(hit.span.clone()), hit });
        }
    });
    Looked { seen, name: below(path, content).and_then(|below| in_name(below, scanner)) }
}

fn tell(path: &SourcePath, seen: &[Seen], own: &[String], told: &Told) -> Vec<Finding> {
    let of_customers = load::is_of_customers(path);
    let what = if path.ends_with(".md") { "this page" } else { "this file" };
    let mut findings = Vec::new();
    for Seen { hit, value, place } in seen {
        let key = (path.clone(), hit.kind, hit.mask.clone());
        // Links are ordinary in an author's prose, and an address of a department may be meant.
        let level = match hit.kind {
            Kind::Url if !of_customers => continue,
            Kind::Email if !of_customers => Level::Warning,
            _ => Level::Error,
        };
        if !is_own(own, value) && !told.contains(&key) {
            findings.push(private(what, hit, level, None).at(place.clone()));
        }
    }
    findings
}

/// The path of a file below the folder of texts.
fn below<'a>(path: &'a str, content: &str) -> Option<&'a str> {
    path.strip_prefix(content).map(|below| below.trim_start_matches('/'))
}

/// The first find in a name, as it is written and as words.
fn in_name(name: &str, scanner: &mut Scanner<'_>) -> Option<Hit> {
    scanner.blocks(name).into_iter().chain(scanner.blocks(&spoken(name))).next()
}

/// Names of files and folders become addresses. A message cannot give the name, so it gives the folder above it.
fn tell_name(path: &str, hit: &Hit, content: &str, scanner: &mut Scanner<'_>) -> Finding {
    let parts: Vec<&str> = path.split('/').collect();
    let is_sound = |upto: &usize| in_name(&parts[..*upto].join("/"), scanner).is_none();
    let sound = (0..parts.len()).rev().find(is_sound).unwrap_or(0);
    let folder = [&[content], &parts[..sound]].concat().join("/");
    let message = format!(
        "the name of a file or folder in {folder} holds what looks like {}: {}",
        hit.kind.words(),
        hit.mask
    );
    let help =
        "Rename it: names of files become addresses. What else is to be said of the book is said after that.";
    Finding::new(&checks::PRIVATE_NAME, message).at(Place::file(&folder)).help(help).masked()
}

/// `pages/mr-brown` as people would write it: `Pages Mr Brown`.
fn spoken(name: &str) -> String {
    name.split(['-', '_', '/', '.']).map(capital).collect::<Vec<_>>().join(" ")
}
