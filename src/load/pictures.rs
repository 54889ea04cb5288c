//! Pictures that pages name, and `pictures.yaml`, which says who looked at them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Files, lists, page};
use crate::diag::{Finding, LineIndex, Place, checks, did_you_mean};
use crate::markdown::Options;
use crate::model::{Page, Picture, PictureReview};
use crate::source::{Content, Sources, named_from};
use crate::tree::{Reader, Strictness};

/// Where the words about pictures stand, below the content folder.
const FILE: &str = "pictures.yaml";

/// Reads what was said of pictures.
pub(super) fn reviews(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<PictureReview> {
    let path = format!("{}/{FILE}", files.content);
    if files.sources.get(&path).is_none() {
        return Vec::new();
    }
    let Some(root) = lists::yaml_file(files, &path, findings) else { return Vec::new() };
    findings.extend(lists::other_keys(&root, "pictures", "the file of pictures", false));
    let mut reviews = Vec::new();
    for node in lists::items(&root, "pictures") {
        let mut reader = Reader::new(node, "the picture");
        let file = reader.required("file", "Name the picture below the content folder, like pages/van.jpg.");
        let by = reader.required("by", "Say which role looked at it, never a person's name.");
        let on = page::date(&mut reader, "on");
        let mark = reader.required("mark", "Copy the mark from the message about this picture.");
        let seen = reader.flag("no-customer-visible");
        if reader.node("on").is_none() {
            reader.missing("on", "Say on which day it was looked at.");
        }
        if seen != Some(true) {
            reader.missing(
                "no-customer-visible: true",
                "Write it only if no customer, name, address, screen or paper of one can be seen on it.",
            );
        }
        if let (Some(file), Some(by), Some(on), Some(mark), Some(true)) = (file, by, on, mark, seen) {
            let path = format!("{}/{}", files.content, file.value.trim_start_matches("./"));
            let mark = mark.value.to_ascii_lowercase();
            reviews.push(PictureReview { path, by: by.value, on: on.value, mark, place: file.place });
        }
        findings.extend(reader.finish(Strictness::Own));
    }
    reviews
}

/// A picture that a page names: its path, where, and whether the page is a draft.
type Named = (String, Place, bool);

/// The pictures that pages name, each once. A picture that is not there is a finding.
pub(super) fn named(
    pages: &[Page],
    sources: &Sources,
    content: &str,
    smart_punctuation: bool,
    findings: &mut Vec<Finding>,
) -> Vec<Picture> {
    let all: Vec<(Vec<Named>, Vec<Finding>)> =
        pages.par_iter().map(|page| of_page(page, sources, content, smart_punctuation)).collect();
    let mut pictures: BTreeMap<String, Picture> = BTreeMap::new();
    for (named, troubles) in all {
        findings.extend(troubles);
        for (path, place, draft) in named {
            let Some(Content::Bytes(bytes)) = sources.get(&path) else { continue };
            let new = Picture { path: path.clone(), bytes: bytes.clone(), place, draft };
            pictures.entry(path).and_modify(|known| known.draft &= draft).or_insert(new);
        }
    }
    pictures.into_values().collect()
}

fn of_page(
    page: &Page,
    sources: &Sources,
    content: &str,
    smart_punctuation: bool,
) -> (Vec<Named>, Vec<Finding>) {
    let (mut named, mut findings) = (Vec::new(), Vec::new());
    if !page.facts.body.contains("![") {
        return (named, findings);
    }
    let options = Options { smart_punctuation, drop_title: page.facts.title_from_body };
    let index = LineIndex::new(&page.facts.source, &page.facts.body);
    for image in &page.facts.body.outline(&options).images {
        let place = index.place(image.span.clone());
        let place = Place { line: place.line + page.facts.body_line - 1, ..place };
        match named_from(&page.facts.source, &image.target, content) {
            Ok(path) if matches!(sources.get(&path), Some(Content::Bytes(_))) => {
                named.push((path, place, page.facts.draft));
            }
            Ok(path) => findings.push(missing(&image.target, &path, sources, content).at(place)),
            Err(why) => {
                let message = format!("the picture \"{}\" lies {why} and is not shown", image.target);
                let help = "Save it in the book, next to the page, and name it from there.";
                findings.push(Finding::new(&checks::IMAGE_ELSEWHERE, message).at(place).help(help));
            }
        }
    }
    (named, findings)
}

fn missing(target: &str, path: &str, sources: &Sources, content: &str) -> Finding {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let pictures = ["png", "jpg", "jpeg", "webp", "gif", "svg"];
    let known: Vec<String> = sources
        .below(content)
        .map(|(path, _)| name(path))
        .filter(|name| {
            name.rsplit('.').next().is_some_and(|end| pictures.contains(&end.to_lowercase().as_str()))
        })
        .collect();
    let help = match known.as_slice() {
        [] => "Save it beside the page, and name it from there.".to_owned(),
        known => did_you_mean(&name(path), known.iter().map(String::as_str)),
    };
    Finding::new(&checks::FILE_MISSING, format!("there is no picture \"{target}\"")).help(help)
}
