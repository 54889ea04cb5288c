//! What is said of a quote's customer matches enough people, counted from the rows of the exports and not from the program.

use std::collections::BTreeMap;

use cxbook::diag::short;
use cxbook::model::Period;
use cxbook::pipeline;
use cxbook::privacy::{PublicBook, PublicQuote};
use proptest::prelude::*;

use super::fixture::{book, built, errors, options, page};

const METRIC: &str = "name: Survey\nkind: mean\nscale: [1, 5]\nowner: X\nsource: Survey\ndata: {file: exports/s.csv, date: when, score: score, split: {region: region}}\n";
const CLEARED: &str =
    "consent: C, anonymised: true, author: A, cleared: {by: B, on: 2026-10-01, motivated-intruder: no}";
const REGIONS: [&str; 4] = ["North", "Valleys", "Coast", "Islands"];

/// One answer of a person.
type Answer = (u8, usize);

/// A book of answers by month and region, with one quote in each of the cells asked for.
fn survey(answers: &[Answer], quotes: &[Answer], k: u64) -> Vec<(&'static str, String)> {
    let rows = answers.iter().map(|(month, region)| format!("{},{},4\n", when(*month), REGIONS[*region]));
    let quote = |(index, (month, region)): (usize, &Answer)| {
        format!(
            "  - {{id: q{index}, text: Word {index}, date: {}, segment: {}}}\n",
            when(*month),
            REGIONS[*region]
        )
    };
    let quotes: String = quotes.iter().enumerate().map(quote).collect();
    vec![
        (
            "book.toml",
            format!(
                "[book]\ntitle = \"T\"\n[privacy]\nmin-people-quote = {k}\nhierarchies = {{ Mainland = [\"North\", \"Valleys\"] }}\n"
            ),
        ),
        ("content/index.md", "# Home\n".to_owned()),
        ("content/metrics/survey.yaml", METRIC.to_owned()),
        ("content/exports/s.csv", format!("when,region,score\n{}", rows.collect::<String>())),
        ("content/quotes/q.yaml", format!("defaults: {{source: S, {CLEARED}}}\nquotes:\n{quotes}")),
    ]
}

fn when(month: u8) -> String {
    format!("{}-{:02}", 2025 + u32::from(month / 12), month % 12 + 1)
}

fn public(files: &[(&'static str, String)]) -> PublicBook {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let public = pipeline::public_book(&book(&files), &options());
    assert_eq!(errors(&public.findings), Vec::<String>::new());
    public.value
}

/// Whether a person is one of whom a quote may be.
fn matches(quote: &PublicQuote, (month, region): &Answer) -> bool {
    let day = cxbook::model::Date::parse(&format!("{}-01", when(*month))).unwrap();
    let in_time = quote.time.is_none_or(|time| Period::containing(day, time.cadence()) == time);
    let in_segment = match quote.segment.as_deref() {
        None => true,
        Some("Mainland") => *region < 2,
        Some(name) => REGIONS[*region] == name,
    };
    in_time && in_segment
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let cell = (0..20_u8, 0..4_usize, prop_oneof![Just(1_usize), 1..12_usize, 10..30_usize]);
    prop::collection::vec(cell, 1..40).prop_map(|cells| {
        cells.into_iter().flat_map(|(month, region, n)| std::iter::repeat_n((month, region), n)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_published_quote_matches_fewer_than_k(
        answers in answers(),
        quotes in prop::collection::vec((0..20_u8, 0..4_usize), 1..12),
        k in 3..15_u64,
    ) {
        let public = public(&survey(&answers, &quotes, k));
        for quote in public.quotes() {
            let people = answers.iter().filter(|answer| matches(quote, answer)).count() as u64;
            prop_assert!(people >= k, "{} people match {:?}", people, quote);
            let own = &quotes[quote.id[1..].parse::<usize>().unwrap()];
            prop_assert!(matches(quote, own), "{:?} is not what {:?} said", quote, own);
        }
        let held = quotes.len() - public.quotes().len();
        prop_assert!(held == 0 || (answers.len() as u64) < k, "{} held back among {} people", held, answers.len());
    }

    /// A reader who knows every number and the rules does not learn more from how a quote is shown.
    #[test]
    fn how_a_quote_is_shown_does_not_tell_its_cell(answers in answers(), k in 3..15_u64) {
        let mut cells = answers.clone();
        cells.sort_unstable();
        cells.dedup();
        let public = public(&survey(&answers, &cells, k));
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        for quote in public.quotes() {
            let own = cells[quote.id[1..].parse::<usize>().unwrap()];
            let people = answers.iter().filter(|answer| **answer == own).count();
            *alike.entry(format!("{:?} {:?}", quote.time, quote.segment)).or_default() += people;
        }
        prop_assert!(alike.values().all(|people| *people as u64 >= k), "{:?}", alike);
    }
}

fn repeated(cells: &[(u8, usize, usize)]) -> Vec<Answer> {
    cells.iter().flat_map(|(month, region, n)| std::iter::repeat_n((*month, *region), *n)).collect()
}

/// The place of a quote in a list must not tell the month that is not shown.
#[test]
fn lists_are_in_the_order_of_what_is_shown() {
    let cells: Vec<(u8, usize, usize)> = (12..18).map(|month| (month, 0, 4)).collect();
    let quotes: Vec<Answer> = (12..18).map(|month| (month, 0)).collect();
    let forward = public(&survey(&repeated(&cells), &quotes, 10));
    assert!(
        forward.quotes().iter().all(|quote| quote.time.is_some_and(|time| time.to_string().contains('Q')))
    );
    let site = |turned: bool| {
        let mut files = survey(&repeated(&cells), &quotes, 10);
        if let Some((_, text)) = files.last_mut() {
            let (head, list) = text.split_once("quotes:\n").unwrap();
            let mut lines: Vec<&str> = list.lines().collect();
            if turned {
                lines.reverse();
            }
            *text = format!("{head}quotes:\n{}\n", lines.join("\n"));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        page(&built(&book(&files)), "quotes.html")
    };
    let words = |html: &str| -> Vec<String> {
        html.split("Word ").skip(1).map(|rest| rest[..1].to_owned()).collect()
    };
    assert_eq!(words(&site(false)), words(&site(true)), "the order of the file shows on the page");
}

/// Four people came to a month since the last edition: a new quote of that month would be one of theirs.
#[test]
fn a_new_quote_is_not_one_of_the_few_who_came_since() {
    let cells = [(12, 0, 24), (13, 0, 24), (14, 0, 4)];
    let mut files = survey(&repeated(&cells), &[(12, 0), (13, 0)], 10);
    let without = public(&files);
    assert!(without.quotes().iter().any(|quote| quote.time.unwrap().to_string() == "2026-02"));
    let points = r#"{"period":"2026-01","value":4.0,"n":20,"low":null,"high":null},{"period":"2026-02","value":4.0,"n":24,"low":null,"high":null}"#;
    let record = format!(
        r#"[{{"schema":1,"metric":"survey","name":"Survey","as_of":"2026-02-28","edition":"e1","identity":{},"changes":[],"series":[{{"split":{{}},"points":[{points}]}},{{"split":{{"region":"North"}},"points":[{points}]}}]}}]"#,
        serde_json::to_string(&without.metrics().values().next().unwrap().metric.definition.identity())
            .unwrap(),
    );
    files.push(("published.json", record));
    let shown = |book: &PublicBook| -> Vec<String> {
        let time = |quote: &PublicQuote| quote.time.map_or("ever".to_owned(), |time| time.to_string());
        book.quotes().iter().map(time).collect()
    };
    // Of January's people four are new, of March's all four: together they are fewer than ten.
    let with = public(&files);
    assert_eq!(shown(&with).len(), 1, "{:?}", with.quotes());
    // With the last edition's audit beside it, the quote is known to be an old one.
    let salt = "s";
    let digest = cxbook::load::fingerprint(salt, &cxbook::output::sha256(b"q0"));
    files.push((
        "published-quotes.json",
        format!(r#"{{"schema":1,"salt":"s","quotes":[{{"id_sha256":"{digest}","verdict":"published"}}]}}"#),
    ));
    assert_eq!(shown(&public(&files)).len(), 2);
}

/// Two quotes of one respondent would draw one person; a third by somebody else parts them.
#[test]
fn no_group_is_one_respondents() {
    let quotes = |third: &str| {
        let quote = |id: &str, who: &str| format!("  - {{id: {id}, text: Word {id}, respondent: {who}}}\n");
        let text = format!(
            "defaults: {{source: S, date: 2026-03, {CLEARED}}}\nquotes:\n{}{}{third}",
            quote("a", "r-1"),
            quote("b", "r-1")
        );
        let files = [("content/index.md", "# Home\n"), ("content/quotes/q.yaml", text.as_str())];
        let public = pipeline::public_book(&book(&files), &options());
        let ids: Vec<String> = public.value.quotes().iter().map(|quote| quote.id.clone()).collect();
        (ids, short(&public.findings))
    };
    let (ids, said) = quotes("");
    assert_eq!(ids, ["a"]);
    assert!(said.contains("one respondent's"), "{said}");
    assert_eq!(quotes("  - {id: c, text: Word c, respondent: r-2}\n").0, ["a", "b", "c"]);
    assert_eq!(quotes("  - {id: c, text: Word c}\n").0, ["a", "b", "c"]);
}

/// A stage with two surveys, of which the quote may be either: the smaller number counts. Two splits: Fréchet's bound.
#[test]
fn of_several_surveys_and_splits_the_least_counts() {
    let metric = |name: &str| {
        format!(
            "name: {name}\nkind: mean\nowner: X\nsource: Survey\nstage: use\ndata: {{file: exports/{name}.csv, shape: aggregated, date: month, value: v, n: n, total: all, split: {{type: type, language: language}}}}\n"
        )
    };
    let export = |rows: &[(&str, &str, u64)]| {
        let rows = rows.iter().map(|(kind, language, n)| format!("2026-02,{kind},{language},4,{n}\n"));
        format!("month,type,language,v,n\n{}", rows.collect::<String>())
    };
    let large = export(&[
        ("all", "all", 100),
        ("home", "all", 90),
        ("shop", "all", 10),
        ("all", "en", 75),
        ("all", "cy", 25),
    ]);
    let small = export(&[
        ("all", "all", 50),
        ("home", "all", 40),
        ("shop", "all", 10),
        ("all", "en", 38),
        ("all", "cy", 12),
    ]);
    let quotes = |more: &str| {
        format!(
            "defaults: {{source: S, date: 2026-02, stage: use, {CLEARED}{more}}}\nquotes:\n- {{id: a, text: Word, segment: home}}\n- {{id: b, text: Word, segment: home, language: cy}}\n"
        )
    };
    let said = |more: &str| -> Vec<(String, Option<u64>)> {
        let (one, two, quotes) = (metric("one"), metric("two"), quotes(more));
        let journey = "stages:\n  - {id: use, name: Use, owner: X, summary: Use it.}\n";
        let files = [
            ("content/index.md", "# Home\n"),
            ("content/journey.yaml", journey),
            ("content/metrics/one.yaml", one.as_str()),
            ("content/metrics/two.yaml", two.as_str()),
            ("content/exports/one.csv", large.as_str()),
            ("content/exports/two.csv", small.as_str()),
            ("content/quotes/q.yaml", quotes.as_str()),
        ];
        let public = pipeline::public_book(&book(&files), &options());
        assert_eq!(errors(&public.findings), Vec::<String>::new());
        let people = |quote: &PublicQuote| {
            let digest = cxbook::output::sha256(quote.id.as_bytes());
            public
                .value
                .quote_records()
                .iter()
                .find(|record| record.id == digest)
                .and_then(|record| record.people)
        };
        let shown = public.value.quotes().iter();
        shown.map(|quote| (quote.segment.clone().unwrap_or_default(), people(quote))).collect()
    };
    // 90 + 75 - 100 and 90 + 25 - 100.
    let one = said(", metric: one");
    assert_eq!(one, [("home".to_owned(), Some(65)), ("home".to_owned(), Some(15))]);
    // 40 + 38 - 50; of 40 and 12 of 50 only two are sure, and sums of bounds say no more of the twelve.
    let two = said(", metric: two");
    assert_eq!(two, [("home".to_owned(), Some(28))]);
    assert_eq!(said(""), two);
}
