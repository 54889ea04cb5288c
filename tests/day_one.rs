//! An author's first day, as the README tells it: from nothing to a chart of their own numbers on a page of their own.

use std::path::Path;

use serde_json::Value;

use super::cli::{cxbook, text};
use super::fixture::{read, shared};

/// Runs a command that has to end well; what it printed and what it said.
fn done(folder: &Path, arguments: &[&str]) -> (String, String) {
    let done = cxbook(folder, arguments);
    let (printed, said) = (text(&done.stdout), text(&done.stderr));
    assert_eq!(done.status.code(), Some(0), "cxbook {}\n{printed}{said}", arguments.join(" "));
    (printed, said)
}

/// Replaces what has to be there.
fn edit(path: &Path, changes: &[(&str, &str)]) {
    let mut text = read(path);
    for (from, to) in changes {
        assert!(text.contains(from), "{} has no {from:?}:\n{text}", path.display());
        text = text.replacen(from, to, 1);
    }
    std::fs::write(path, text).unwrap();
}

/// Findings above a note, one line each.
fn complaints(book: &Path) -> Vec<String> {
    let printed = text(&cxbook(book, &["check", "--format", "short"]).stdout);
    printed.lines().filter(|line| !line.contains("note[")).map(str::to_owned).collect()
}

#[test]
fn from_nothing_to_a_chart_of_ones_own_numbers() {
    let Some(survey) = shared("data/real/bank-nps-responses") else { return };
    let room = tempfile::tempdir().unwrap();
    let book = room.path().join("our-book");
    let teams = "Branches, Service";
    let answers = [
        "init",
        "our-book",
        "--yes",
        "--company",
        "Nordwind",
        "--teams",
        teams,
        "--stages",
        "Choose, Use, Stay",
        "--sample",
    ];
    let (_, said) = done(room.path(), &answers);
    assert!(said.contains("cxbook import YOUR-EXPORT.csv"), "the next step is told: {said}");
    assert_eq!(complaints(&book), Vec::<String>::new());

    let export = survey.join("nps-responses.csv").display().to_string();
    let (_, said) = done(&book, &["import", &export, "--name", "Would recommend us", "--dates", "day-first"]);
    assert!(said.contains("5,000 rows") && said.contains("\"NPS\" is the answer."), "{said}");
    let metric = book.join("content/metrics/would-recommend-us.yaml");
    assert!(!read(&metric).contains("1000"), "no cell of the export is in the definition");
    assert!(said.contains("No site is built before owner: and source: are filled in there"), "{said}");
    let errors: Vec<String> = complaints(&book).into_iter().filter(|line| line.contains("error[")).collect();
    let line = |key: &str| read(&metric).lines().position(|line| line.starts_with(key)).unwrap() + 1;
    let at = |key: &str, check: &str| {
        format!("content/metrics/would-recommend-us.yaml:{}:1: error[{check}]", line(key))
    };
    assert!(errors.len() == 2, "{errors:?}");
    assert!(errors[0].starts_with(&at("owner:", "owner-missing")), "{errors:?}");
    assert!(errors[1].starts_with(&at("source:", "source-missing")), "{errors:?}");

    let playbook = [
        "new",
        "playbook",
        "Ask while it is fresh",
        "--set",
        "metrics=would-recommend-us",
        "--set",
        "teams=branches",
    ];
    let (path, said) = done(&book, &playbook);
    assert_eq!(Path::new(path.trim()), Path::new("./content/playbooks/ask-while-it-is-fresh.md"));
    // What is still to be written is told, and nothing else is wrong.
    assert!(said.contains("Still open: "), "{said}");
    let open = complaints(&book);
    let still: Vec<&String> = open
        .iter()
        .filter(|line| {
            !line.contains("would-recommend-us.yaml") && !line.contains("ask-while-it-is-fresh.md")
        })
        .collect();
    assert!(!open.is_empty() && still.is_empty(), "{open:?}");

    // The author does what the remarks and the findings say.
    edit(
        &metric,
        &[
            (
                "owner:              # the role that answers for it; never a person",
                "owner: Head of Customer Insight",
            ),
            (
                "source:             # where the numbers come from, in words",
                "source: Survey of customers of a bank, 2021",
            ),
            (
                "limits:             # what this does not tell you",
                "limits: Who closed the account is not asked.",
            ),
            (
                "trigger:            # a movement that can be seen, and who then does what",
                "trigger: Outside the limits, Branches call ten customers.",
            ),
            ("data:\n", "changes:\n  - {date: 2022-01, kind: retired, note: The survey ended.}\ndata:\n"),
        ],
    );
    edit(
        &book.join("content/playbooks/ask-while-it-is-fresh.md"),
        &[
            ("draft: true ", "# "),
            ("outcome: ", "outcome: The customer is asked within a day. "),
            ("owner: ", "owner: Head of branches "),
            ("next: ", "next: Ask one customer today. "),
            ("## How it is done", "```{chart} would-recommend-us\n```\n\n## How it is done"),
        ],
    );
    assert_eq!(complaints(&book), Vec::<String>::new());

    done(&book, &["build"]);
    let page = read(&book.join("site/playbooks/ask-while-it-is-fresh.html")).replace('\u{a0}', " ");
    let chart = &page[page.find("<figure").expect("the page has a chart")..];
    let chart = &chart[..chart.find("</figure>").unwrap()];
    assert!(chart.contains("<svg") && chart.contains("Would recommend us"), "{chart}");
    // The numbers of the chart are those that were computed apart.
    let expected: Value = serde_json::from_str(&read(&survey.join("expected.json"))).unwrap();
    let series = expected["checks"][0]["series"].as_array().unwrap();
    assert_eq!(series.len(), 12);
    for point in series {
        let (n, score) = (&point["n"], point["nps"].as_f64().unwrap().round());
        let shown = format!("{score} points, n = {n}");
        assert!(chart.contains(&shown), "{}: {shown}\n{chart}", point["period"]);
    }
    assert!(!book.join("site/exports").exists(), "exports are never published");
}
