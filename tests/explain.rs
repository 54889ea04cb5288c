//! The pages about checks: what they show as wrong is found, what they show as right is not.
//!
//! An example begins with a line such as "**Wrong**, in `content/pages/guide.md`:", goes on with "and in `PATH`:" where it
//! has several files, and lies over the small book below. "with the same ..." keeps the other files of the wrong one.

use std::collections::BTreeMap;

use cxbook::diag::CHECKS;
use cxbook::pipeline;
use cxbook::source::Sources;

use super::fixture::{options, read, root};

/// A book in which every kind of thing exists that an example may name.
const BOOK: [(&str, &str); 13] = [
    ("book.toml", "[book]\ntitle = \"Test\"\n"),
    ("content/index.md", "# Home\n"),
    ("content/teams/billing.md", "---\ntitle: Billing\nowner: Head of Billing\n---\n"),
    ("content/teams/sales.md", "---\ntitle: Sales and Web\nowner: Head of Sales\n---\n"),
    ("content/journey.yaml", "- {id: choose, name: Choose}\n- {id: use, name: Use}\n"),
    (
        "content/metrics/nps.yaml",
        "name: NPS\nkind: nps\ndata: {file: exports/nps.csv, shape: aggregated, date: month, value: value, n: n}\n",
    ),
    ("content/exports/nps.csv", "month,value,n\n2026-01,12,400\n2026-02,13,410\n2026-03,14,390\n"),
    ("content/actions/call-ahead.md", "---\ntitle: Call an hour ahead\n---\n"),
    ("content/playbooks/first-week.md", "---\ntitle: The first week\n---\n"),
    ("content/stories/i-called-our-line.md", "---\ntitle: I called our line\n---\n"),
    ("content/roles/field-lead.md", "---\ntitle: Field lead\n---\n"),
    ("content/glossary.yaml", "- {term: NPS, definition: Promoters minus detractors.}\n"),
    (
        "content/claims.yaml",
        "- {id: told-in-time, says: A, source: B, n: 1104, from: 2025-10, population: C, question: D}\n",
    ),
];

type Files = BTreeMap<String, String>;

/// The files of the wrong and of the right example of a page.
fn examples(page: &str) -> BTreeMap<&'static str, Files> {
    let mut examples: BTreeMap<&'static str, Files> = BTreeMap::new();
    let (mut example, mut path) = (None, None);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let begins =
            ["Wrong", "Right"].into_iter().find(|word| line.starts_with(&format!("**{word}**, in `")));
        if let Some(word) = begins {
            let same = line.contains("with the same").then(|| examples["Wrong"].clone());
            examples.insert(word, same.unwrap_or_default());
            example = Some(word);
        } else if line.starts_with("**") {
            example = None;
        }
        if begins.is_some() || line.starts_with("and in `") {
            path = line.split('`').nth(1).map(str::to_owned);
        }
        let fence: String = line.chars().take_while(|sign| *sign == '`').collect();
        if fence.len() >= 3 {
            let text: String =
                lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
            if let (Some(word), Some(path)) = (example, path.take()) {
                examples.entry(word).or_default().insert(path, text);
            }
        }
    }
    examples
}

/// Names of the checks that find something in the small book with these files.
fn found(files: &Files) -> Vec<&'static str> {
    let mut sources: Sources = BOOK.into_iter().collect();
    sources.insert_text(
        "content/pages/plan.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>",
    );
    for (path, text) in files {
        sources.insert_text(path, text);
    }
    pipeline::build(&sources, &options()).findings.iter().map(|finding| finding.check.name).collect()
}

#[test]
fn what_a_page_shows_as_wrong_is_found_and_what_it_shows_as_right_is_not() {
    let mut tried = 0;
    let mut trouble = Vec::new();
    for check in CHECKS {
        let path = root().join(format!("docs/checks/{}.md", check.name));
        if !path.exists() {
            continue;
        }
        for (word, files) in examples(&read(&path)) {
            tried += 1;
            let found = found(&files);
            if found.contains(&check.name) != (word == "Wrong") {
                trouble.push(format!("{}, {word}: {found:?}", check.name));
            }
        }
    }
    assert!(trouble.is_empty(), "{}", trouble.join("\n"));
    assert!(tried > 110, "only {tried} examples were read");
}

#[test]
fn a_page_is_named_after_its_check_and_says_its_level() {
    for entry in std::fs::read_dir(root().join("docs/checks")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.unwrap_or_else(|| panic!("there is no check for {}", path.display()));
        let page = read(&path);
        assert!(page.starts_with(&format!("# {name}\n")), "{name}");
        let level = check.level.word();
        assert!(
            page.contains(&format!("\nA {level}.")) || page.contains(&format!("\nAn {level}.")),
            "{name}: {level}"
        );
        if let Some(said) = page.split("**Level.** ").nth(1) {
            assert_eq!(said.contains("cannot change it"), check.fixed, "{name}");
        }
    }
}
