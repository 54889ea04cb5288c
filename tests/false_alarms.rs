//! How often the checks of texts speak up on manuals that nobody here wrote, and how often wrongly.
//!
//! The manuals lie beside the repository; where they are absent, the test says so. Up to thirty alarms of each check were
//! read by hand; `false_alarms/read.txt` holds what came of it, and each check's page in docs/checks/ the figures.
//! `UPDATE_ALARMS=1` rewrites the figures in the pages, and writes alarms that nobody has read yet into `read.txt`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cxbook::diag::Finding;
use cxbook::pipeline;
use cxbook::source::{Content, Sources};

use super::fixture::{options, read, root, shared};

/// The manuals: folder, and what the pages of the checks call them.
const MANUALS: [(&str, &str); 2] = [
    ("md-gov-service-manual", "a government's service manual"),
    ("md-technical-success-playbooks", "a software company's handbook of customer success"),
];

/// Checks of texts, and the folder of the book in which the manuals' pages lie for them: a team's page makes claims about
/// the team.
const MEASURED: [(&str, &str); 10] = [
    ("focus-claim-stale", "teams"),
    ("hollow-phrase", "pages"),
    ("image-elsewhere", "pages"),
    ("image-without-text", "pages"),
    ("link-absolute", "pages"),
    ("link-broken", "pages"),
    ("page-key-unknown", "pages"),
    ("percent-without-base", "pages"),
    ("raw-html", "pages"),
    ("text-slip", "pages"),
];

/// Alarms of a check that are read by hand.
const READ: usize = 30;

/// The line of a check's page with its figures begins like this.
const FIGURES: &str = "Measured: ";

/// An alarm that somebody has read: check, manual, file and line.
type Alarm = (String, String);

fn markdown(folder: &Path, below: &str, found: &mut BTreeMap<String, PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            markdown(&path, &format!("{name}/"), found);
        } else if name.ends_with(".md") && name != "SOURCE.md" {
            found.insert(name, path);
        }
    }
}

/// The findings of a book whose only pages are those of a manual, and how many pages there are.
fn findings(manual: &str, folder: &str) -> Option<(Vec<Finding>, usize)> {
    let mut pages = BTreeMap::new();
    markdown(&shared(&format!("data/real/{manual}"))?, "", &mut pages);
    let mut sources = Sources::default();
    sources.insert_text("book.toml", "[book]\ntitle = \"Manual\"\n");
    for (name, path) in &pages {
        let bytes = std::fs::read(path).unwrap();
        sources.insert(format!("content/{folder}/{name}"), Content::Bytes(bytes.into()));
    }
    Some((pipeline::public_book(&sources, &options()).findings, pages.len()))
}

/// What is wrong with an alarm, by alarm: empty where it is deserved.
fn verdicts() -> BTreeMap<Alarm, String> {
    let text = read(&root().join("tests/false_alarms/read.txt"));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (alarm, verdict) = line.split_once(" | ").unwrap_or((line, "unread"));
            let (check, place) = alarm.split_once(' ').unwrap();
            let why = if verdict == "fair" { "" } else { verdict };
            ((check.to_owned(), place.to_owned()), why.to_owned())
        })
        .collect()
}

/// Up to thirty, spread evenly.
fn sample(alarms: &[String]) -> Vec<String> {
    let count = alarms.len().min(READ);
    (0..count).map(|at| alarms[at * alarms.len() / count].clone()).collect()
}

fn figures(counts: &[(usize, usize)], read: usize, wrong: usize) -> String {
    let each: Vec<String> = counts
        .iter()
        .zip(MANUALS)
        .map(|((alarms, pages), (_, title))| format!("{alarms} on the {pages} pages of {title}"))
        .collect();
    let (alarms, pages) = counts.iter().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    let rate = alarms as f64 / pages as f64;
    format!("{FIGURES}{}; {rate:.2} a page. False: {wrong} of the {read} read by hand.", each.join(", "))
}

#[test]
fn false_alarms_are_as_the_pages_of_the_checks_say() {
    let update = std::env::var_os("UPDATE_ALARMS").is_some();
    let known = verdicts();
    let mut unread = Vec::new();
    let mut trouble = Vec::new();
    for (check, folder) in MEASURED {
        let mut counts = Vec::new();
        let mut alarms = Vec::new();
        for (manual, _) in MANUALS {
            let Some((findings, pages)) = findings(manual, folder) else { return };
            let own = findings.iter().filter(|finding| finding.check.name == check);
            let own = own.filter_map(|finding| finding.place.as_ref());
            let prefix = format!("content/{folder}/");
            let before = alarms.len();
            alarms.extend(own.map(|place| {
                format!("{manual}/{}:{}:{}", place.file.trim_start_matches(&prefix), place.line, place.column)
            }));
            counts.push((alarms.len() - before, pages));
        }
        let chosen = sample(&alarms);
        let verdict = |alarm: &String| known.get(&(check.to_owned(), alarm.clone()));
        unread.extend(
            chosen
                .iter()
                .filter(|alarm| verdict(alarm).is_none_or(|why| why == "unread"))
                .map(|alarm| format!("{check} {alarm} | unread")),
        );
        let wrong = chosen.iter().filter(|alarm| verdict(alarm).is_some_and(|why| !why.is_empty())).count();
        let line = figures(&counts, chosen.len(), wrong);
        eprintln!("{check:22} {}", line.trim_start_matches(FIGURES));
        let page = root().join(format!("docs/checks/{check}.md"));
        let text = read(&page);
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !folded.contains(&line) {
            trouble.push(format!("{} should say: {line}", page.display()));
        }
        if update {
            write_figures(&page, &text, &line);
        }
    }
    if update && !unread.is_empty() {
        let path = root().join("tests/false_alarms/read.txt");
        std::fs::write(&path, format!("{}{}\n", read(&path), unread.join("\n"))).unwrap();
    }
    assert!(unread.is_empty(), "nobody has read:\n{}", unread.join("\n"));
    assert!(update || trouble.is_empty(), "{}", trouble.join("\n"));
}

/// Puts the figures in place of those that stand in a page, as a paragraph of their own.
fn write_figures(page: &Path, text: &str, line: &str) {
    let mut paragraphs: Vec<String> = text.trim_end().split("\n\n").map(str::to_owned).collect();
    let mut own = String::new();
    let mut length = 0;
    for word in line.split(' ') {
        if length + word.len() > 130 {
            own.push('\n');
            length = 0;
        } else if length > 0 {
            own.push(' ');
        }
        own.push_str(word);
        length += word.len() + 1;
    }
    match paragraphs.iter_mut().find(|paragraph| paragraph.starts_with(FIGURES)) {
        Some(paragraph) => *paragraph = own,
        None => paragraphs.push(own),
    }
    std::fs::write(page, paragraphs.join("\n\n") + "\n").unwrap();
}
