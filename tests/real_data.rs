//! A book from files nobody here wrote. They lie beside the repository, not in it; where they are absent, the test says so.

use std::path::Path;

use cxbook::pipeline::{self};
use cxbook::privacy::{PublicBook, PublicSeries};
use cxbook::source::{Content, Sources};
use serde_json::Value;

use super::fixture::{errors, options, read, shared};

/// Definitions of the metrics whose expected values are known.
const TFL: &str = "\
name: Underground satisfaction
kind: mean
scale: [0, 100]
cadence: quarter
owner: Customer insight
source: Quarterly survey of passengers
data:
  file: exports/underground-performance.csv
  shape: aggregated
  date: [year, quarter]
  value: value
  where: {metric: CSS Overall Evaluation, quarter: [QTR 1, QTR 2, QTR 3, QTR 4]}
  split: {line: line}
  total: All Lines
";
const JOURNEY_TIME: &str = "\
name: Excess journey time
kind: mean
unit: minutes
decimals: 2
direction: lower-is-better
cadence: four-weeks
owner: Operations
source: Journey times of trains
data:
  file: exports/underground-performance.csv
  shape: aggregated
  date: [year, period]
  value: value
  where: {metric: Excess Journey Time, line: All Lines, quarter: NA, period: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}
";
const FRIENDS: &str = "\
name: Friends and family test, share positive
kind: share
positive: [Extremely likely, Likely]
owner: Practice manager
source: Answers of patients after a visit
data:
  file: exports/fft-responses.csv
  date: time
  score: rating
  split: {practice: surgery}
";
const REVIEWS: &str = "\
from: ../exports/quotes.csv
columns: {id: id, text: quote, theme: sentiment}
defaults: {source: Product reviews, consent: CC BY 4.0, anonymised: true, date: 2018-03}
";

struct RealBook {
    sources: Sources,
    tfl: Value,
    sfo: Value,
    nhs: Value,
}

fn real_book() -> Option<RealBook> {
    let real = shared("data/real")?;
    let expected =
        |folder: &str| serde_json::from_str(&read(&real.join(folder).join("expected.json"))).unwrap();
    let mut sources = Sources::default();
    sources.insert_text(
        "book.toml",
        "[book]\ntitle = \"Real data\"\n[cx]\nas-of = \"2024-04-30\"\ncontact = \"digitaltalent@digital.cabinet-office.gov.uk\"\n[checks]\nlink-broken = \"warning\"\nplaybook-incomplete = \"warning\"\n",
    );
    for folder in
        ["tfl-underground-csat", "sfo-airport-survey", "nhs-fft-gp-responses", "quotes-product-reviews"]
    {
        add(&real.join(folder), "content/exports", ".csv", &mut sources);
    }
    add(&real.join("md-gov-service-manual"), "content/playbooks", ".md", &mut sources);
    sources.remove("content/playbooks/SOURCE.md");
    let sfo: Value = expected("sfo-airport-survey");
    sources.insert_text("content/metrics/tfl-overall.yaml", TFL);
    sources.insert_text("content/metrics/excess-journey-time.yaml", JOURNEY_TIME);
    sources.insert_text("content/metrics/friends.yaml", FRIENDS);
    sources.insert_text(
        "content/metrics/sfo-csat.yaml",
        &waves("csat", "scale: [1, 5]", &sfo["checks"][0], "[0, 6, Blank, BLANK]"),
    );
    sources.insert_text(
        "content/metrics/sfo-nps.yaml",
        &waves("nps", "limits: Two waves.", &sfo["checks"][1], "[Blank, BLANK]"),
    );
    sources.insert_text("content/quotes/reviews.yaml", REVIEWS);
    // The one file of the manual that no YAML reader should accept has a key twice.
    let helpdesk =
        sources.text("content/playbooks/operations/helpdesk.md").unwrap().replacen("status:", "state:", 1);
    sources.insert_text("content/playbooks/operations/helpdesk.md", &helpdesk);
    // Two pages give as examples what the gate does not let through: a name, and a number that is somebody's.
    for (page, example, general) in [
        ("names", "'Mr. Smith'", "'Mr'"),
        ("national-insurance-number", "AB 12 34 56 C", "[that of a real person]"),
    ] {
        let path = format!("content/playbooks/user-centred-design/resources/patterns/{page}.md");
        let text = sources.text(&path).unwrap().replace(example, general);
        sources.insert_text(&path, &text);
    }
    Some(RealBook {
        sources,
        tfl: expected("tfl-underground-csat"),
        sfo,
        nhs: expected("nhs-fft-gp-responses"),
    })
}

/// A metric whose every wave has a file and a column name of its own.
fn waves(kind: &str, line: &str, check: &Value, missing: &str) -> String {
    let mut text = format!(
        "name: Airport {kind}\nkind: {kind}\n{line}\ncadence: year\nowner: Airport\nsource: Survey of passengers\ndata:\n"
    );
    for wave in check["series"].as_array().unwrap() {
        let (year, column) = (wave["period"].as_str().unwrap(), wave["column"].as_str().unwrap().trim());
        text.push_str(&format!(
            "  - {{file: exports/{year}_SFO_Customer_Survey.csv, period: \"{year}\", score: {column}, missing: {missing}}}\n"
        ));
    }
    text
}

fn add(folder: &Path, to: &str, ending: &str, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            add(&path, &format!("{to}/{name}"), ending, sources);
        } else if name.ends_with(ending) {
            sources.insert(format!("{to}/{name}"), Content::Bytes(std::fs::read(&path).unwrap().into()));
        }
    }
}

fn series<'a>(book: &'a PublicBook, metric: &str, group: Option<&str>) -> &'a PublicSeries {
    let found = book.metrics()[metric]
        .series
        .iter()
        .find(|series| series.split.as_ref().map(|(_, value)| value.as_str()) == group);
    found.unwrap_or_else(|| panic!("{metric} has no series {group:?}"))
}

/// Value and n at a period.
fn at(series: &PublicSeries, period: &str) -> (f64, Option<u64>) {
    let point = series
        .points
        .iter()
        .find(|point| point.period.to_string() == period)
        .unwrap_or_else(|| panic!("no {period}"));
    (point.value.unwrap_or_else(|| panic!("{period} is {:?}", point.state)), point.n)
}

fn close(actual: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((actual - expected).abs() < 1e-3, "{what}: {actual}, expected {expected}");
}

#[test]
fn numbers_equal_those_computed_apart() {
    let Some(real) = real_book() else { return };
    let book = pipeline::public_book(&real.sources, &options());
    assert_eq!(errors(&book.findings), Vec::<String>::new());
    let book = book.value;
    let mut compared = 0;
    for check in real.tfl["checks"].as_array().unwrap() {
        let (metric, period) =
            match (check["metric"].as_str().unwrap(), check["period_type"].as_str().unwrap()) {
                ("CSS Overall Evaluation", kind) if kind.contains("quarter") => {
                    ("tfl-overall", quarter as fn(&str) -> String)
                }
                ("Excess Journey Time", kind) if kind.contains("4-week") => {
                    ("excess-journey-time", four_weeks as fn(&str) -> String)
                }
                _ => continue,
            };
        let group = check["segment"].as_str().filter(|segment| *segment != "All Lines");
        if group.is_some() && metric == "excess-journey-time" {
            continue;
        }
        for point in check["series"].as_array().unwrap().iter().filter(|point| point["value"].is_number()) {
            let period = period(point["period"].as_str().unwrap());
            close(
                at(series(&book, metric, group), &period).0,
                &point["value"],
                &format!("{metric} {group:?} {period}"),
            );
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} values of the underground were compared");
    for wave in real.sfo["checks"][0]["series"].as_array().unwrap() {
        let (value, n) = at(series(&book, "sfo-csat", None), wave["period"].as_str().unwrap());
        close(value, &wave["csat_top2_pct"], "airport satisfaction");
        assert_eq!(n, wave["n"].as_u64());
    }
    for wave in real.sfo["checks"][1]["series"].as_array().unwrap() {
        let (value, n) = at(series(&book, "sfo-nps", None), wave["period"].as_str().unwrap());
        close(value, &wave["nps"], "airport NPS");
        assert_eq!(n, wave["n"].as_u64());
    }
    for month in real.nhs["checks"][0]["series"].as_array().unwrap() {
        let (value, n) = at(series(&book, "friends", None), month["period"].as_str().unwrap());
        close(value, &month["pct_positive_of_all"], "friends and family");
        assert_eq!(n, month["n"].as_u64());
    }
}

/// `2003/04 QTR 1` begins in April: the second quarter of the calendar.
fn quarter(text: &str) -> String {
    let period = cxbook::model::Period::parse(text, cxbook::model::Cadence::Quarter(4));
    period.unwrap_or_else(|| panic!("{text}")).to_string()
}

fn four_weeks(text: &str) -> String {
    let period = cxbook::model::Period::parse(
        &text.replace("period ", "").replace('P', ""),
        cxbook::model::Cadence::FourWeeks(4),
    );
    period.unwrap_or_else(|| panic!("{text}")).to_string()
}

#[test]
fn rows_are_accounted_for() {
    let Some(real) = real_book() else { return };
    let book = pipeline::public_book(&real.sources, &options()).value;
    for (id, metric) in book.metrics() {
        let rows = &metric.rows;
        if let Some((read, used)) = rows.told {
            assert_eq!(read, used + rows.skipped.values().sum::<u64>(), "{id}");
        }
    }
    let nps = &book.metrics()["sfo-nps"].rows;
    let expected: u64 = real.sfo["checks"][1]["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|wave| wave["excluded"]["11"].as_u64().unwrap())
        .sum();
    assert_eq!(nps.skipped["off the scale"], expected, "code 11 is off the scale and is not clamped");
}

#[test]
fn the_site_is_built_from_it() {
    let Some(real) = real_book() else { return };
    let built = pipeline::build(&real.sources, &options());
    assert_eq!(errors(&built.findings), Vec::<String>::new());
    assert!(built.value.len() > 200);
    let quotes = super::fixture::page(&built.value, "quotes.html");
    assert!(quotes.contains("830 quotes"));
    for (path, bytes) in built.value.iter() {
        assert!(std::str::from_utf8(bytes).is_ok(), "{path}");
    }
}

/// Lints of prose on texts nobody here wrote: six findings on 193 pages, each of them deserved when it was read.
#[test]
fn lints_of_prose_stay_quiet() {
    let Some(real) = real_book() else { return };
    let findings = pipeline::public_book(&real.sources, &options()).findings;
    let of = |name: &str| -> Vec<String> {
        let found = findings.iter().filter(|finding| finding.check.name == name);
        found
            .filter_map(|finding| finding.place.as_ref())
            .map(|place| format!("{}:{}", place.file, place.line))
            .collect()
    };
    assert_eq!(
        of("hollow-phrase"),
        [
            "content/playbooks/agile/index.md:23",
            "content/playbooks/making-software/information-security.md:32"
        ]
    );
    assert_eq!(
        of("percent-without-base"),
        [
            "content/playbooks/assisted-digital/index.md:58",
            "content/playbooks/start/index.md:25",
            "content/playbooks/user-centred-design/how-users-read.md:27",
            "content/playbooks/user-centred-design/how-users-read.md:51",
        ]
    );
}
