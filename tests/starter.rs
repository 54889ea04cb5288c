//! `cxbook init` and `cxbook new`: what an author begins with has nothing to complain about.

use std::collections::BTreeMap;
use std::path::Path;

use cxbook::diag::{Finding, Level, Outcome, short};
use cxbook::load::parse_yaml;
use cxbook::model::Date;
use cxbook::output::Output;
use cxbook::pipeline::{self, Options};
use cxbook::source::Sources;
use cxbook::starter::{self, Answers, ENTRIES, PAGES};
use serde_json::Value as Json;

use super::cli::{cxbook, text};
use super::fixture::read;

const METRICS: [&str; 4] =
    ["NPS", "Satisfaction after delivery", "Ease of getting help", "First-contact resolution"];

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn answers(company: &str, teams: &[&str], stages: &[&str], metrics: &[&str], today: Date) -> Answers {
    Answers {
        company: company.to_owned(),
        teams: starter::named("team", &owned(teams)).unwrap(),
        stages: starter::named("stage", &owned(stages)).unwrap(),
        metrics: starter::metrics(&owned(metrics)).unwrap(),
        exports: Vec::new(),
        today,
    }
}

fn day(year: i16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn made(files: &BTreeMap<String, String>, today: Date) -> Outcome<Output> {
    let shown = files.iter().filter(|(path, _)| *path == "book.toml" || path.starts_with("content/"));
    let sources: Sources = shown.map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let options = Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None };
    pipeline::build(&sources, &options)
}

fn findings(files: &BTreeMap<String, String>, today: Date) -> Vec<Finding> {
    made(files, today).findings
}

/// Every finding above a note, as one line each.
fn complaints(answers: &Answers) -> String {
    let found = findings(&starter::book(answers).files, answers.today);
    let grave: Vec<Finding> = found.into_iter().filter(|finding| finding.level > Level::Note).collect();
    short(&grave)
}

/// The site of the book that an author begins with.
pub(crate) fn begun() -> Output {
    let answers = answers("Nordwind", &TEAMS, &STAGES, &METRICS, day(2026, 11, 23));
    let built = made(&starter::book(&answers).files, answers.today);
    assert_eq!(super::fixture::errors(&built.findings), Vec::<String>::new());
    built.value
}

const TEAMS: [&str; 3] = ["Sales", "Service & Support", "Delivery"];
const STAGES: [&str; 6] = ["Choose", "Order", "Start", "Use", "Get help", "Stay"];

#[test]
fn the_starter_has_nothing_to_complain_about_on_any_day() {
    for today in [day(2026, 1, 1), day(2026, 3, 31), day(2027, 2, 28), day(2028, 2, 29), day(2026, 11, 23)] {
        let book = answers("Nordwind Energie", &TEAMS, &STAGES, &METRICS, today);
        assert_eq!(complaints(&book), "", "{today}");
    }
}

#[test]
fn odd_names_make_a_clean_book_too() {
    let today = day(2026, 11, 23);
    let many: Vec<String> = (1..=40).map(|number| format!("Team {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    type Names<'a> = &'a [&'a str];
    let cases: [(&str, Names<'_>, Names<'_>, Names<'_>); 9] = [
        (
            "Größe & Söhne \"GmbH\"",
            &["Außendienst", "Büro #1: innen", "Café *Süd*"],
            &["Wählen", "Übergabe"],
            &["NPS"],
        ),
        ("A", &["A & B", "A B", "A+B"], &["X"], &["Zufriedenheit=csat"]),
        ("", &many, &["Choose"], &["Ease"]),
        (
            "C:\\new",
            &["index", "con", "true", "null", "42"],
            &["no", "index", "7"],
            &["nps", "true=share", "1=ces"],
        ),
        (
            "<b>Bold</b>",
            &["{{company}}", "{team}`x`", "[[Journey]]", "- a", "# b"],
            &["{{today}}", "a: b"],
            &["{{month-1}}"],
        ),
        ("日本", &["物流", "営業"], &["選ぶ", "使う"], &["満足"]),
        (
            "'",
            &["it's", "Team Müller", "Anna Schmidt"],
            &["Compare", "Compare!", "compare"],
            &["NPS", "NPS 2"],
        ),
        (
            "$1 %s",
            &["Sales | EMEA", "`code`", "a/b\\c", "~", "*"],
            &["<i>", "&amp;", "\"quoted\""],
            &["x\"y=nps"],
        ),
        ("Z", &["Choose"], &["Choose"], &["Choose"]),
    ];
    for (company, teams, stages, metrics) in cases {
        let teams: Vec<&str> =
            teams.iter().copied().filter(|name| name.chars().any(char::is_alphanumeric)).collect();
        assert_eq!(complaints(&answers(company, &teams, stages, metrics, today)), "", "{company} {teams:?}");
    }
    let person = starter::book(&answers("A", &["Anna Schmidt"], &["X"], &["NPS"], today));
    assert!(person.notes.iter().any(|note| note.contains("looks like a person")), "{:?}", person.notes);
}

#[test]
fn nothing_of_the_templates_is_left_over() {
    let book = starter::book(&answers("Nordwind", &TEAMS, &STAGES, &METRICS, day(2026, 11, 23)));
    for (path, text) in &book.files {
        // `${{ ... }}` of GitHub's is the only one.
        let left = text.replace("${{", "");
        assert!(!left.contains("{{"), "{path}: {}", left.lines().find(|line| line.contains("{{")).unwrap());
        assert!(text.ends_with('\n') && !text.contains("\r"), "{path}");
        assert!(!text.to_lowercase().contains("lorem"), "{path}");
    }
    for section in ["strategy", "culture", "accountability", "charter", "ways-to-talk"] {
        assert!(book.files.contains_key(&format!("content/pages/{section}.md")), "{section}");
    }
    let ways = &book.files["content/pages/ways-to-talk.md"];
    assert_eq!(ways.matches("```{way-to-talk}").count(), 4);
    assert!(book.files["content/playbooks/five-meeting-questions.md"].contains("```{meeting-card}"));
    assert!(book.files["content/playbooks/interview-guide.md"].contains("```{interview-guide}"));
}

#[test]
fn editors_get_files_they_can_read() {
    let book = starter::book(&answers("Nordwind", &TEAMS, &STAGES, &METRICS, day(2026, 11, 23)));
    let json = |path: &str| -> Json {
        serde_json::from_str(&book.files[path]).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let settings = json(".vscode/settings.json");
    for (schema, files) in settings["yaml.schemas"].as_object().unwrap() {
        assert!(json(schema.trim_start_matches("./"))["$schema"].is_string(), "{schema}");
        assert!(files.as_str().unwrap().ends_with(".yaml"), "{files}");
    }
    assert!(settings["yaml.schemas"].as_object().unwrap().len() >= 14);
    let snippets = json(".vscode/cxbook.code-snippets");
    for kind in &PAGES {
        let body = snippets[format!("cxbook {}", kind.word)]["body"].to_string();
        assert!(body.contains("${1:Title}") && body.contains("${2"), "{}: {body}", kind.word);
    }
    let form = json("frontmatter.json");
    let kinds = form["frontMatter.taxonomy.contentTypes"].as_array().unwrap();
    let playbook = kinds.iter().find(|kind| kind["name"] == "playbook").unwrap();
    let teams = playbook["fields"].as_array().unwrap().iter().find(|field| field["name"] == "teams").unwrap();
    assert_eq!(teams["choices"], serde_json::json!(["sales", "service-support", "delivery"]));
    for ci in [".github/workflows/book.yml", ".gitlab-ci.yml"] {
        assert!(parse_yaml(&book.files[ci]).is_some(), "{ci}");
        for command in ["cxbook check", "cxbook publish --channel next", "cxbook publish --edition"] {
            assert!(book.files[ci].contains(command), "{ci}: {command}");
        }
    }
}

fn started(folder: &Path) {
    let done = cxbook(
        folder,
        &[
            "init",
            "--company",
            "Nordwind",
            "--teams",
            "Sales, Support",
            "--stages",
            "Choose, Use, Get help",
            "--metrics",
            "NPS, Ease=ces",
            "--sample",
            "--yes",
        ],
    );
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let said = text(&done.stderr);
    for next in ["cxbook serve", "cxbook new", "cxbook import"] {
        assert!(said.contains(next), "{said}");
    }
}

#[test]
fn init_writes_a_book_that_is_clean_and_builds_and_never_writes_over() {
    let room = tempfile::tempdir().unwrap();
    started(room.path());
    let check = cxbook(room.path(), &["check", "--deny", "warnings", "--format", "short"]);
    // What the map still lacks is noted: filling it in is the first work after the start.
    let told = text(&check.stdout);
    let other: Vec<&str> = told.lines().filter(|line| !line.contains("note[map-orphan]")).collect();
    assert_eq!((check.status.code(), other), (Some(0), vec![]));
    assert!(cxbook(room.path(), &["build", "-q"]).status.success());
    assert!(room.path().join("site/teams/sales.html").exists());

    std::fs::write(room.path().join("book.toml"), "[book]\ntitle = \"Mine\"\n").unwrap();
    std::fs::remove_file(room.path().join("README.md")).unwrap();
    let again = cxbook(room.path(), &["init", "--yes"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("book.toml") && text(&again.stderr).contains("nothing was written"));
    assert!(read(&room.path().join("book.toml")).contains("Mine"));
    assert!(!room.path().join("README.md").exists(), "not one file is written");
}

#[test]
fn init_takes_an_export_and_asks_what_it_cannot_know() {
    let room = tempfile::tempdir().unwrap();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let today = Date::from_unix_seconds(now.try_into().unwrap()).unwrap();
    let months = (1..=12).map(|back| today.plus_months(-back).in_month());
    let rows: String =
        months.flat_map(|month| (1..=9).map(move |row| format!("{month}-{row:02},{row}\n"))).collect();
    std::fs::write(room.path().join("survey.csv"), format!("recorded,nps\n{rows}")).unwrap();
    let arguments = ["init", "book", "--export", "survey.csv", "--metrics", "Would recommend us", "--yes"];
    let done = cxbook(room.path(), &arguments);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let check = cxbook(room.path(), &["check", "book", "--deny", "warnings", "--format", "short"]);
    assert_eq!((check.status.code(), text(&check.stdout)), (Some(0), String::new()));
    let definition = read(&room.path().join("book/content/metrics/would-recommend-us.yaml"));
    assert!(definition.contains("kind: nps") && definition.contains("exports/survey.csv"), "{definition}");
    assert!(!room.path().join("book/content/quotes").exists(), "no samples beside real numbers");

    std::fs::write(room.path().join("odd.csv"), "name,city\nA,B\n").unwrap();
    let asked = cxbook(room.path(), &["init", "other", "--export", "odd.csv", "--yes"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(text(&asked.stderr).contains("cxbook import odd.csv"), "{}", text(&asked.stderr));
    assert!(!room.path().join("other").exists());
}

#[test]
fn init_that_was_stopped_half_way_can_be_run_again() {
    let room = tempfile::tempdir().unwrap();
    let arguments = ["init", "--yes", "--company", "Acme", "--sample"];
    assert!(cxbook(room.path(), &arguments).status.success());
    let whole = read(&room.path().join("content/index.md"));
    // As a run leaves it that ends before its last file.
    std::fs::remove_file(room.path().join("book.toml")).unwrap();
    std::fs::remove_file(room.path().join("content/index.md")).unwrap();
    assert!(cxbook(room.path(), &arguments).status.success());
    assert_eq!(read(&room.path().join("content/index.md")), whole);

    std::fs::remove_file(room.path().join("book.toml")).unwrap();
    std::fs::write(room.path().join("content/index.md"), "Mine\n").unwrap();
    let refused = cxbook(room.path(), &arguments);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("content/index.md"), "{}", text(&refused.stderr));
    assert_eq!(read(&room.path().join("content/index.md")), "Mine\n");
}

#[test]
fn init_refuses_names_that_are_none() {
    let room = tempfile::tempdir().unwrap();
    for (option, value, words) in [
        ("--teams", "!!!", "no letter"),
        ("--metrics", "A=b", "nps, csat, ces or share"),
        ("--stages", " , ", "at least one stage"),
        ("--export", "missing.csv", "missing.csv"),
    ] {
        let done = cxbook(room.path(), &["init", "book", "--yes", option, value]);
        assert_eq!(done.status.code(), Some(2), "{option}");
        assert!(text(&done.stderr).contains(words), "{option}: {}", text(&done.stderr));
    }
    let private = cxbook(room.path(), &["init", "book", "--yes", "--teams", "Call 0117 496 0123"]);
    assert_eq!(private.status.code(), Some(1), "{}", text(&private.stderr));
    assert!(!room.path().join("book").exists());
}

#[test]
fn each_kind_of_page_is_added_without_an_error() {
    let room = tempfile::tempdir().unwrap();
    started(room.path());
    for kind in &PAGES {
        let done = cxbook(room.path(), &["new", kind.word, "Größe: was \"zählt\""]);
        assert_eq!(done.status.code(), Some(0), "{}: {}", kind.word, text(&done.stderr));
        let path = format!("./content/{}/groesse-was-zaehlt.{}", kind.folder, kind.ending);
        assert_eq!(text(&done.stdout).trim(), path, "{}", kind.word);
        let again = cxbook(room.path(), &["new", kind.word, "Größe: was \"zählt\""]);
        assert_eq!(again.status.code(), Some(2), "{}", kind.word);
    }
    let check = cxbook(room.path(), &["check", "--format", "short"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
    let set = [
        "new",
        "story",
        "Waiting",
        "--set",
        "stage=use",
        "--set",
        "teams=sales,support",
        "--set",
        "by=Head: Sales",
    ];
    assert!(cxbook(room.path(), &set).status.success());
    let story = read(&room.path().join("content/stories/waiting.md"));
    assert!(
        story.contains("stage: use\nteams: [sales, support]\n") && story.contains("by: \"Head: Sales\"\n"),
        "{story}"
    );
    let wrong = cxbook(room.path(), &["new", "story", "Lost", "--set", "stage=usr"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("Did you mean \"use\"?"), "{}", text(&wrong.stderr));
    assert!(!room.path().join("content/stories/lost.md").exists());
}

/// What each kind of entry needs besides its words.
const NEEDS: [(&str, &[&str]); 10] = [
    ("quote", &["source=Web survey", "consent=Survey terms, section 4", "anonymised=true"]),
    ("conversation", &["team=sales", "channel=call"]),
    ("observation", &["type=problem", "theme=waiting"]),
    ("blocker", &["team=sales", "decides=Head of IT"]),
    ("assignment", &["role=team-lead", "due=today"]),
    ("goal", &["measure=Five calls a week"]),
    ("claim", &["source=Log", "n=12", "from=2026-01", "population=all orders", "question=Was it late?"]),
    ("term", &["definition=What it means"]),
    ("stage", &["owner=Head of Sales"]),
    ("link", &["team=sales", "metric=promises-kept", "stage=use", "moves=nps"]),
];

#[test]
fn each_kind_of_entry_is_added_and_comments_stay() {
    let room = tempfile::tempdir().unwrap();
    started(room.path());
    assert!(NEEDS.iter().map(|(word, _)| *word).eq(ENTRIES.iter().map(|kind| kind.word)));
    for (kind, (word, needs)) in ENTRIES.iter().zip(NEEDS) {
        let file = room.path().join("content").join(kind.file);
        let before = read(&file);
        let mut arguments = vec!["new", word, "They said: \"it's late\" # again"];
        arguments.extend(needs.iter().flat_map(|&need| ["--set", need]));
        let done = cxbook(room.path(), &arguments);
        assert_eq!(done.status.code(), Some(0), "{word}: {}", text(&done.stderr));
        assert_eq!(text(&done.stdout).trim(), format!("./content/{}", kind.file));
        let after = read(&file);
        assert!(after.starts_with(before.trim_end()) && after.len() > before.len(), "{word}: {after}");
    }
    let check = cxbook(room.path(), &["check", "--format", "short"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
}

#[test]
fn an_entry_that_lacks_something_or_tells_too_much_is_not_written() {
    let room = tempfile::tempdir().unwrap();
    started(room.path());
    let log = room.path().join("content/contacts/log.yaml");
    let before = read(&log);
    let lacking = cxbook(room.path(), &["new", "conversation", "The date was read as a promise"]);
    assert_eq!(lacking.status.code(), Some(2));
    let said = text(&lacking.stderr);
    assert!(
        said.contains("team") && said.contains("sales, support") && said.contains("contact-centre"),
        "{said}"
    );
    let telling =
        ["new", "conversation", "Call back on 0117 496 0123", "--set", "team=sales", "--set", "channel=call"];
    let private = cxbook(room.path(), &telling);
    assert_eq!(private.status.code(), Some(1));
    assert!(!text(&private.stderr).contains("496"), "{}", text(&private.stderr));
    assert_eq!(read(&log), before);
    for (kind, words) in [("metric", "cxbook import"), ("plabook", "Did you mean \"playbook\"?")] {
        let done = cxbook(room.path(), &["new", kind, "X"]);
        assert!(
            done.status.code() == Some(2) && text(&done.stderr).contains(words),
            "{}",
            text(&done.stderr)
        );
    }
}

#[test]
fn completions_and_man_pages_know_every_command() {
    let room = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = text(&cxbook(room.path(), &["completions", shell]).stdout);
        for word in ["init", "new", "publish"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(text(&cxbook(room.path(), &["man"]).stdout).contains(".TH cxbook 1"));
    assert!(text(&cxbook(room.path(), &["man", "publish"]).stdout).contains("edition"));
    let slip = cxbook(room.path(), &["man", "pubish"]);
    assert!(slip.status.code() == Some(2) && text(&slip.stderr).contains("publish"));
    let help = text(&cxbook(room.path(), &["--help"]).stdout);
    let at = |word: &str| help.find(word).unwrap_or_else(|| panic!("{word} in {help}"));
    assert!(at("Begin and write:") < at("Look and check:") && at("Look and check:") < at("Publish:"));
}

/// A book that was laid out for mdBook has its words in `src` and says so nowhere.
#[test]
fn what_is_added_goes_where_the_words_are() {
    let room = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = room.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("book.toml", "[book]\ntitle = \"T\"\n");
    write("src/index.md", "# Home\n\nWords.\n");
    let read = cxbook::folder::read(&cxbook::system::OsSystem, room.path(), &BTreeMap::new()).unwrap();
    assert_eq!(read.content, "src");
    assert!(read.sources.text("src/index.md").is_some());
}
