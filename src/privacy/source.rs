//! What authors write themselves: every text of every file, and the names of the files.
//!
//! Only sure hits count here. In an author's own prose links are ordinary and an e-mail address is a warning; what is the
//! book's own, such as its contact, is meant.

use rayon::prelude::*;

use super::detect::{Kind, Policy, Scanner};
use super::said::{Told, private};
use crate::diag::{Finding, Level, Place, checks};
use crate::load;
use crate::model::{Book, Config, capital};
use crate::source::{SourcePath, Sources};

/// Looks through all files. What `told` knows already is not told again.
pub(super) fn look(book: &Book, sources: &Sources, policy: &Policy, told: &Told) -> Vec<Finding> {
    let own = own_words(&book.config);
    let files = load::files_with_text(sources, &book.config.src);
    let names = file_names(&files, &book.config.src, policy);
    let found: Vec<Vec<Finding>> = files
        .par_iter()
        .map_init(|| Scanner::new(policy), |scanner, path| file(scanner, path, sources, &own, told))
        .collect();
    found.into_iter().flatten().chain(names).collect()
}

/// What the book says of itself: these are meant to be read.
fn own_words(config: &Config) -> Vec<String> {
    [&config.contact, &config.site_url].into_iter().flatten().map(|own| own.to_lowercase()).collect()
}

fn is_own(own: &[String], value: &str) -> bool {
    let value = value.to_lowercase();
    own.iter().any(|own| *own == value || own.trim_end_matches('/') == value.trim_end_matches('/'))
}

fn file(
    scanner: &mut Scanner<'_>,
    path: &SourcePath,
    sources: &Sources,
    own: &[String],
    told: &Told,
) -> Vec<Finding> {
    let of_customers = load::is_of_customers(path);
    let what = if path.ends_with(".md") { "this page" } else { "this file" };
    let mut findings = Vec::new();
    load::each_text(path, sources, &mut |text, place| {
        for hit in scanner.blocks(text) {
            let value = text.get(hit.span.clone()).unwrap_or_default();
            let key = (path.clone(), hit.kind, hit.mask.clone());
            // Links are ordinary in an author's prose, and an address of a department may be meant.
            let level = match hit.kind {
                Kind::Url if !of_customers => continue,
                Kind::Email if !of_customers => Level::Warning,
                _ => Level::Error,
            };
            if !is_own(own, value) && !told.contains(&key) {
                findings.push(private(what, &hit, level, None).at(place(hit.span.clone())));
            }
        }
    });
    findings
}

/// Names of files and folders become addresses. A message cannot give the name, so it gives the folder above it.
fn file_names(files: &[&SourcePath], content: &str, policy: &Policy) -> Vec<Finding> {
    let mut scanner = Scanner::new(policy);
    let mut hits = |name: &str| scanner.blocks(name).into_iter().chain(scanner.blocks(&spoken(name))).next();
    let mut findings = Vec::new();
    for path in files.iter().filter_map(|path| path.strip_prefix(content)) {
        let path = path.trim_start_matches('/');
        let Some(hit) = hits(path) else { continue };
        let parts: Vec<&str> = path.split('/').collect();
        let sound =
            (0..parts.len()).rev().find(|upto| hits(&parts[..*upto].join("/")).is_none()).unwrap_or(0);
        let folder = [&[content], &parts[..sound]].concat().join("/");
        let message = format!(
            "the name of a file or folder in {folder} holds what looks like {}: {}",
            hit.kind.words(),
            hit.mask
        );
        let help = "Rename it: names of files become addresses. What else is to be said of the book is said after that.";
        findings
            .push(Finding::new(&checks::PRIVATE_NAME, message).at(Place::file(&folder)).help(help).masked());
    }
    findings
}

/// `pages/mr-brown` as people would write it: `Pages Mr Brown`.
fn spoken(name: &str) -> String {
    name.split(['-', '_', '/', '.']).map(capital).collect::<Vec<_>>().join(" ")
}
