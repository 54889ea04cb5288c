//! The program as a person or a script meets it: exit codes, what goes where, what stays untouched.

use std::path::Path;
use std::process::{Command, Output};

use super::fixture::{read, root};

pub(crate) fn cxbook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    command.current_dir(folder).args(arguments).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn small_book(folder: &Path) {
    std::fs::create_dir_all(folder.join("content")).unwrap();
    std::fs::write(folder.join("book.toml"), "[book]\ntitle = \"Small\"\n").unwrap();
    std::fs::write(folder.join("content/index.md"), "# Small\n\nHello.\n").unwrap();
}

#[test]
fn builds_in_the_folder_it_is_called_in() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    let done = cxbook(room.path(), &["build"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(done.stdout.is_empty(), "talk belongs to stderr");
    assert!(text(&done.stderr).contains("Wrote"));
    assert!(read(&room.path().join("site/index.html")).contains("Hello."));
    let quiet = cxbook(room.path(), &["build", "--quiet"]);
    assert!(quiet.status.success() && quiet.stderr.is_empty());
}

#[test]
fn where_the_time_went_is_told_when_asked_for() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    let done = cxbook(room.path(), &["build", "--timings", "--quiet"]);
    let said = text(&done.stderr);
    let firsts = [
        "Reading files",
        "Rendering pages and index ",
        "Looking at the whole site again",
        "Writing the site",
        "All of it",
    ];
    let at: Vec<Option<usize>> =
        firsts.iter().map(|first| said.lines().position(|line| line.starts_with(first))).collect();
    assert!(at.is_sorted() && at[0] == Some(0), "{said}");
    let pages = walkdir::WalkDir::new(room.path().join("site")).into_iter().flatten();
    let pages = pages.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html")).count();
    assert_eq!(said.lines().last(), Some(&*format!("Rendered {pages} pages.")));
    assert!(!text(&cxbook(room.path(), &["build"]).stderr).contains("Rendering"), "nobody asked");
}

#[test]
fn errors_leave_the_older_site_as_it_was() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    assert!(cxbook(room.path(), &["build"]).status.success());
    let before = read(&room.path().join("site/cxbook-manifest.json"));
    std::fs::write(room.path().join("content/index.md"), "# Small\n\n[broken](nowhere.md)\n").unwrap();
    let done = cxbook(room.path(), &["build"]);
    assert_eq!(done.status.code(), Some(1));
    let said = text(&done.stderr);
    assert!(said.contains("error[link-broken]") && said.contains("content/index.md:3:1"), "{said}");
    assert!(said.contains("[broken](nowhere.md)"), "the line is shown: {said}");
    assert_eq!(before, read(&room.path().join("site/cxbook-manifest.json")));
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    std::fs::create_dir(room.path().join("photos")).unwrap();
    std::fs::write(room.path().join("photos/cat.jpg"), "cat").unwrap();
    let done = cxbook(room.path(), &["build", "-d", "photos"]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    assert_eq!(read(&room.path().join("photos/cat.jpg")), "cat");
}

#[test]
fn wrong_usage_and_missing_folders_are_two() {
    let room = tempfile::tempdir().unwrap();
    for arguments in [
        &["bild"][..],
        &["build", "--nope"],
        &["build", "no-such-folder"],
        &["check", "--as-of", "tomorrow"],
        &[],
    ] {
        let done = cxbook(room.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", text(&done.stderr));
        assert!(!text(&done.stderr).contains("panicked"));
    }
    let empty = cxbook(room.path(), &["build"]);
    assert_eq!(empty.status.code(), Some(1), "an empty folder is a book with errors");
    assert!(text(&empty.stderr).contains("there is no book.toml"));
    assert!(!room.path().join("site").exists());
}

#[test]
fn check_prints_findings_as_data_and_writes_nothing() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    std::fs::write(room.path().join("content/index.md"), "# Small\n\nA <b>bold</b> word.\n").unwrap();
    let fine = cxbook(room.path(), &["check", "--format", "json"]);
    assert_eq!(fine.status.code(), Some(0));
    let out = text(&fine.stdout);
    for part in [
        "\"name\": \"raw-html\"",
        "\"level\": \"warning\"",
        "\"file\": \"content/index.md\"",
        "\"line\": 3",
        "\"column\": 3",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
    let denied = cxbook(room.path(), &["check", "--deny", "warnings", "--format", "short"]);
    assert_eq!(denied.status.code(), Some(1));
    assert!(text(&denied.stdout).starts_with("content/index.md:3:3: warning[raw-html]: "));
    assert!(!room.path().join("site").exists());
}

#[test]
fn metrics_prints_what_the_site_publishes() {
    let json = cxbook(&root(), &["metrics", "install-csat", "--format", "json"]);
    assert_eq!(json.status.code(), Some(0), "{}", text(&json.stderr));
    let out = text(&json.stdout);
    for part in [
        "\"schema\": 1",
        "\"metric\": \"install-csat\"",
        "\"kind\": \"csat\"",
        "\"rules\": \"anhoej+outside\"",
        "\"state\": \"suppressed\"",
    ] {
        assert!(out.contains(part), "{part}");
    }
    let csv = cxbook(&root(), &["metrics", ".", "nps", "--format", "csv"]);
    let room = tempfile::tempdir().unwrap();
    let site = room.path().join("site");
    assert!(cxbook(&root(), &["build", "-d", site.to_str().unwrap()]).status.success());
    assert_eq!(text(&csv.stdout), read(&site.join("metrics/nps.csv")));
    let near = cxbook(&root(), &["metrics", ".", "nsp"]);
    assert_eq!(near.status.code(), Some(2));
    assert!(text(&near.stderr).contains("Did you mean \"nps\"?"));
}

/// A cell that holds a line break stays one cell, in the table of all metrics too.
#[test]
fn a_group_of_two_lines_is_one_cell() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    for folder in ["metrics", "exports"] {
        std::fs::create_dir(room.path().join("content").join(folder)).unwrap();
    }
    let definition = "name: CSAT\nkind: csat\nowner: Insight\nsource: Survey\ndata: {file: exports/a.csv, shape: aggregated, date: month, \
                      value: csat, n: answers, split: {region: region}}\n";
    std::fs::write(room.path().join("content/metrics/csat.yaml"), definition).unwrap();
    let export = "month,region,csat,answers\n2026-01,\"North\nand coast\",80,100\n2026-01,South,70,100\n";
    std::fs::write(room.path().join("content/exports/a.csv"), export).unwrap();
    let one = text(&cxbook(room.path(), &["metrics", "csat", "--format", "csv"]).stdout);
    let all = text(&cxbook(room.path(), &["metrics", "--format", "csv"]).stdout);
    assert!(one.contains("2026-01,region,\"North\nand coast\",80,100,"), "{one}");
    assert!(all.contains("csat,2026-01,region,\"North\nand coast\",80,100,"), "{all}");
    assert!(all.starts_with("metric,period,split,group,"), "{all}");
}

/// The author hears of the link, not of an empty folder.
#[cfg(unix)]
#[test]
fn a_linked_folder_of_texts_is_told() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    std::fs::rename(room.path().join("content"), room.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", room.path().join("content")).unwrap();
    let done = cxbook(room.path(), &["check", "--format", "short"]);
    assert_eq!(done.status.code(), Some(1));
    let out = text(&done.stdout);
    assert!(out.starts_with("content: error[file-is-link]: "), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn the_date_can_be_given_and_the_clock_is_not_asked() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    let build = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
        command.current_dir(room.path()).arg("build").args(arguments).env_remove("SOURCE_DATE_EPOCH");
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        assert!(command.output().unwrap().status.success());
        read(&room.path().join("site/index.html"))
    };
    assert!(build(&["--as-of", "2026-10-15"], Some("0")).contains("As of 15 October 2026"));
    assert!(build(&[], Some("1792022400")).contains("As of 15 October 2026"));
    assert!(build(&["--edition", "2026-q3"], None).contains("Edition 2026-q3"));
}

#[test]
fn import_writes_a_definition_once() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    let export = "id,day,score,email\n1,2026-01-31,9,a@mail.example\n2,2026-01-30,10,b@mail.example\n";
    std::fs::write(room.path().join("nps wave.csv"), export).unwrap();
    let shown = cxbook(room.path(), &["import", "nps wave.csv", "--dry-run"]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(text(&shown.stdout).starts_with("name: Nps wave\nkind: nps\n"), "{}", text(&shown.stdout));
    assert!(!text(&shown.stderr).contains("mail.example"), "cells are masked: {}", text(&shown.stderr));
    assert!(!room.path().join("content/metrics").exists(), "nothing is written");
    let done = cxbook(room.path(), &["import", "nps wave.csv", "--name", "Wave NPS"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(read(&room.path().join("content/metrics/wave-nps.yaml")).contains("score: score"));
    assert_eq!(read(&room.path().join("content/exports/nps wave.csv")), export);
    let counted = cxbook(room.path(), &["metrics", "wave-nps"]);
    let numbers = text(&counted.stdout);
    assert!(
        numbers.contains("Wave NPS (wave-nps)") && numbers.contains("not told"),
        "two answers: {numbers}"
    );
    let again = cxbook(room.path(), &["import", "nps wave.csv", "--name", "Wave NPS"]);
    assert_eq!(again.status.code(), Some(2), "{}", text(&again.stderr));
    assert!(text(&again.stderr).contains("exists already"));
    let asked = cxbook(room.path(), &["import", "nps wave.csv", "--score", "scor"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(text(&asked.stderr).contains("Did you mean \"score\"?"));
    assert_eq!(cxbook(room.path(), &["import", "nowhere.csv"]).status.code(), Some(2));
}

fn book_with_quotes(folder: &Path) {
    small_book(folder);
    std::fs::create_dir_all(folder.join("content/quotes")).unwrap();
    let quotes = "defaults: {source: S, consent: C, anonymised: true, date: 2026-03, author: A, cleared: {by: Data Protection Officer, on: 2026-04-01, motivated-intruder: no}}\n\
                  quotes:\n- {id: first, text: Strawberry.}\n- {id: second, text: Raspberry.}\n- {text: No id.}\n";
    std::fs::write(folder.join("content/quotes/q.yaml"), quotes).unwrap();
}

#[test]
fn the_audit_lies_beside_the_site_and_holds_no_words() {
    let room = tempfile::tempdir().unwrap();
    book_with_quotes(room.path());
    let done = cxbook(room.path(), &["build", "--edition", "e1", "--audit", "published-quotes.json"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let audit = read(&room.path().join("published-quotes.json"));
    assert!(!audit.contains("berry") && !audit.contains("first"), "{audit}");
    let parsed: serde_json::Value = serde_json::from_str(&audit).unwrap();
    let quotes = parsed["quotes"].as_array().unwrap();
    assert_eq!(quotes.len(), 3);
    let salt = parsed["salt"].as_str().unwrap();
    let digest = |words: &str| cxbook::load::fingerprint(salt, &cxbook::output::sha256(words.as_bytes()));
    let one = quotes.iter().find(|quote| quote["id_sha256"] == digest("first")).unwrap();
    assert_eq!(one["text_sha256"], digest("Strawberry."));
    assert_eq!(one["cleared"]["by"], "Data Protection Officer");
    assert_eq!(one["cleared"]["on"], "2026-04-01");
    assert_eq!(one["less_exact"][0], "month not shown");
    for entry in std::fs::read_dir(room.path().join("site")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let holds = |words: &str| String::from_utf8_lossy(&bytes).contains(words);
            assert!(!holds(salt) && !holds("Data Protection Officer"), "{}", path.display());
        }
    }
    // The next build reads it, and draws another salt.
    assert!(cxbook(room.path(), &["build", "--audit", "published-quotes.json"]).status.success());
    assert_ne!(read(&room.path().join("published-quotes.json")), audit);
}

#[test]
fn the_audit_is_refused_where_it_would_be_published_or_in_the_way() {
    let room = tempfile::tempdir().unwrap();
    book_with_quotes(room.path());
    for place in ["site/audit.json", "site/../site/a.json", "content/audit.json", "book.toml"] {
        let done = cxbook(room.path(), &["build", "--audit", place]);
        assert_eq!(done.status.code(), Some(2), "{place}: {}", text(&done.stderr));
        assert!(!room.path().join("site").exists(), "{place}");
    }
    assert!(read(&room.path().join("book.toml")).contains("Small"));
}

#[test]
fn a_withdrawn_quote_is_struck_and_the_file_that_holds_it_is_told() {
    let room = tempfile::tempdir().unwrap();
    book_with_quotes(room.path());
    let done = cxbook(room.path(), &["withdraw", "first", "--reason", "customer-asked"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout), "content/quotes/q.yaml:3\n");
    assert!(text(&done.stderr).contains("an edition never changes"), "{}", text(&done.stderr));
    assert!(read(&room.path().join("content/withdrawn.yaml")).contains("- quote: \"first\"\n"));
    let checked = cxbook(room.path(), &["check", "--format", "short"]);
    assert!(text(&checked.stdout).contains("content/quotes/q.yaml:3:3: warning[quote-withdrawn]"));
    assert!(cxbook(room.path(), &["build"]).status.success());
    let page = read(&room.path().join("site/quotes.html"));
    assert!(!page.contains("Strawberry") && page.contains("Raspberry"));
    let again = cxbook(room.path(), &["withdraw", "first"]);
    assert!(again.status.success() && text(&again.stderr).contains("already"));
    assert_eq!(read(&room.path().join("content/withdrawn.yaml")).matches("first").count(), 1);
    let typed_wrong = cxbook(room.path(), &["withdraw", "secnd"]);
    assert_eq!(typed_wrong.status.code(), Some(2));
    assert!(text(&typed_wrong.stderr).contains("\"second\""), "{}", text(&typed_wrong.stderr));
    assert_eq!(cxbook(room.path(), &["withdraw", "q-3"]).status.code(), Some(2), "it has no id of its own");
    assert!(cxbook(room.path(), &["withdraw", "secnd", "--gone"]).status.success());
    std::fs::write(room.path().join("content/withdrawn.yaml"), "[]").unwrap();
    assert_eq!(cxbook(room.path(), &["withdraw", "second"]).status.code(), Some(1));
    assert_eq!(read(&room.path().join("content/withdrawn.yaml")), "[]");
}

/// A folder of a thousand slips does not fill the screen: the first are shown, all are counted, the short form has each.
#[test]
fn many_findings_are_counted() {
    let room = tempfile::tempdir().unwrap();
    small_book(room.path());
    std::fs::create_dir_all(room.path().join("content/pages")).unwrap();
    let page: String = (0..40).map(|at| format!("See [page {at}](/old/{at}).\n\n")).collect();
    std::fs::write(room.path().join("content/pages/old.md"), format!("# Old\n\n{page}")).unwrap();
    let done = cxbook(room.path(), &["check"]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(text(&done.stdout).matches("[link-absolute]").count(), 5);
    let said = text(&done.stderr);
    assert!(said.contains("     40 warnings  link-absolute"), "{said}");
    assert!(said.contains("--format short"), "{said}");
    let short = text(&cxbook(room.path(), &["check", "--format", "short"]).stdout);
    assert_eq!(short.matches("[link-absolute]").count(), 40);
}

#[test]
fn every_name_in_a_message_can_be_explained() {
    let room = tempfile::tempdir().unwrap();
    for name in ["naked-score", "warning[naked-score]:", "Naked-Score"] {
        let told = cxbook(room.path(), &["explain", name]);
        assert_eq!(told.status.code(), Some(0), "{name}: {}", text(&told.stderr));
        assert_eq!(text(&told.stdout), read(&root().join("docs/checks/naked-score.md")));
    }
    let all = text(&cxbook(room.path(), &["explain"]).stdout);
    assert_eq!(all.lines().count(), cxbook::diag::CHECKS.len());
    assert!(all.contains("naked-score") && all.contains("private-text"), "{all}");
    let slip = cxbook(room.path(), &["explain", "naked-scores"]);
    assert_eq!(slip.status.code(), Some(2));
    assert!(text(&slip.stderr).contains("Did you mean \"naked-score\"?"), "{}", text(&slip.stderr));
}

#[test]
fn findings_for_github_and_as_sarif_lead_from_the_folder_of_the_repository() {
    let room = tempfile::tempdir().unwrap();
    let book = room.path().join("docs/our book");
    std::fs::create_dir_all(&book).unwrap();
    small_book(&book);
    std::fs::write(book.join("content/index.md"), "# Small\n\n[broken](nowhere.md)\n").unwrap();
    let told = cxbook(room.path(), &["check", "./docs/our book/", "--format", "github"]);
    assert_eq!(told.status.code(), Some(1));
    let first = "::error file=docs/our book/content/index.md,line=3,col=1,endColumn=21,title=link-broken::";
    assert!(text(&told.stdout).starts_with(first), "{}", text(&told.stdout));
    let told = cxbook(room.path(), &["check", "docs/our book", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let run = &log["runs"][0];
    let broken =
        run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "link-broken").unwrap();
    let place = &broken["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/our%20book/content/index.md");
    assert_eq!(place["region"], serde_json::json!({ "startLine": 3, "startColumn": 1, "endColumn": 21 }));
    let rule =
        broken["ruleIndex"].as_u64().and_then(|at| run["tool"]["driver"]["rules"].get(at as usize)).unwrap();
    assert_eq!(rule["id"], "link-broken");
    let here = cxbook(&book, &["check", "--format", "github"]);
    assert!(text(&here.stdout).starts_with("::error file=content/index.md,line=3"), "{}", text(&here.stdout));
}
