//! Exports as other programs save them: the same table in any encoding gives the same bytes, and files nobody here wrote
//! give the numbers that were computed apart.

use cxbook::pipeline;
use cxbook::privacy::{PublicBook, PublicSeries};
use cxbook::source::{Content, Sources};
use serde_json::Value;

use super::fixture::{book, built, errors, options, read, shared};

const METRIC: &str = "name: Wait\nkind: mean\nunit: min\nowner: X\ndata: {file: exports/a.csv, date: Tag, score: Größe, split: {Ort: Ort}}\n";

/// Rows of day, place and value; 240 of them, with umlauts and decimals.
fn rows() -> Vec<(String, &'static str, f64)> {
    (0..240)
        .map(|row| {
            let place = ["Köln", "Genève", "København"][row % 3];
            (format!("2026-{:02}-{:02}", row % 8 + 1, row % 28 + 1), place, (row % 17) as f64 + 0.5)
        })
        .collect()
}

fn table(delimiter: &str, decimal: char) -> String {
    let mut text = ["Tag", "Ort", "Größe"].join(delimiter) + "\n";
    for (day, place, value) in rows() {
        text +=
            &[day, place.to_owned(), value.to_string().replace('.', &decimal.to_string())].join(delimiter);
        text.push('\n');
    }
    text
}

fn with_export(bytes: Vec<u8>) -> Sources {
    let mut sources = book(&[("content/index.md", "# Home\n"), ("content/metrics/wait.yaml", METRIC)]);
    sources.insert("content/exports/a.csv", Content::Bytes(bytes.into()));
    sources
}

#[test]
fn the_same_table_in_any_encoding_gives_the_same_site() {
    let plain = table(",", '.');
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let first = built(&with_export(plain.clone().into_bytes()));
    assert!(super::fixture::page(&first, "metrics/wait.csv").contains("København"));
    let others = [
        ("byte-order mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("UTF-16 with tabs", [&[0xff, 0xfe][..], &utf16(&table("\t", '.'))].concat()),
        ("Windows-1252, semicolons, decimal comma", latin(&table(";", ','))),
        (
            "declared delimiter, CRLF",
            format!("sep=;\r\n{}", table(";", ',').replace('\n', "\r\n")).into_bytes(),
        ),
    ];
    for (how, bytes) in others {
        assert!(first == built(&with_export(bytes)), "{how} gives another site");
    }
}

/// A table that is read in many blocks, side by side, gives what one that is read at once gives.
#[test]
fn blocks_add_up_to_the_whole() {
    let mut text = String::from("Tag,Ort,Größe,comment\n");
    for _ in 0..120 {
        for (day, place, value) in rows() {
            text +=
                &format!("{day},{place},{value},\"{}, \"\"quoted\"\"\nand a second line\"\n", "x".repeat(80));
        }
    }
    assert!(text.len() > 3 << 20, "several blocks are needed");
    let counted = pipeline::public_book(&with_export(text.into_bytes()), &options());
    assert_eq!(errors(&counted.findings), Vec::<String>::new());
    let metric = &counted.value.metrics()["wait"];
    assert_eq!((metric.rows.read, metric.rows.used), (120 * 240, 120 * 240));
    let all: Vec<f64> =
        rows().iter().filter(|(day, ..)| day.starts_with("2026-01")).map(|(.., value)| *value).collect();
    let point = &metric.total().unwrap().points[0];
    assert_eq!(point.n, Some(120 * all.len() as u64));
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!((point.value.unwrap() - mean).abs() < 1e-9);
}

struct Real {
    book: PublicBook,
    expected: Value,
}

/// Counts one metric of a folder of real exports.
fn real(folder: &str, definition: &str) -> Option<Real> {
    let folder = shared("data/real")?.join(folder);
    let mut sources = book(&[("content/index.md", "# Home\n"), ("content/metrics/m.yaml", definition)]);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            sources.insert(
                format!("content/exports/{name}"),
                Content::Bytes(std::fs::read(&path).unwrap().into()),
            );
        }
    }
    let counted = pipeline::public_book(&sources, &options());
    assert_eq!(errors(&counted.findings), Vec::<String>::new());
    let expected = serde_json::from_str(&read(&folder.join("expected.json"))).unwrap();
    Some(Real { book: counted.value, expected })
}

impl Real {
    fn series(&self, group: Option<&str>) -> &PublicSeries {
        let found = self.book.metrics()["m"].series.iter();
        let mut found =
            found.filter(|series| series.split.as_ref().map(|(_, value)| value.as_str()) == group);
        found.next().unwrap_or_else(|| panic!("no series {group:?}"))
    }

    fn at(&self, group: Option<&str>, period: &str) -> (f64, Option<u64>) {
        let point = self.series(group).points.iter().find(|point| point.period.to_string() == period);
        let point = point.unwrap_or_else(|| panic!("no {period}"));
        (point.value.unwrap_or_else(|| panic!("{period} is {:?}", point.state)), point.n)
    }

    fn check(&self, index: usize) -> &Vec<Value> {
        self.expected["checks"][index]["series"].as_array().unwrap()
    }
}

fn close(actual: f64, expected: &Value) {
    assert!((actual - expected.as_f64().unwrap()).abs() < 1e-3, "{actual}, expected {expected}");
}

#[test]
fn bank_days_come_before_months() {
    let definition = "name: NPS\nkind: nps\nowner: X\ndata: {file: exports/nps-responses.csv, date: Survey date, score: NPS, id: ID, split: {market: Market}}\n";
    let Some(real) = real("bank-nps-responses", definition) else { return };
    for month in real.check(0) {
        let (value, n) = real.at(None, month["period"].as_str().unwrap());
        close(value, &month["nps"]);
        assert_eq!(n, month["n"].as_u64());
    }
    for cell in real.check(1) {
        let (value, n) = real.at(cell["segment"].as_str(), cell["period"].as_str().unwrap());
        close(value, &cell["nps"]);
        assert_eq!(n, cell["n"].as_u64());
    }
}

#[test]
fn transit_is_read_as_windows_1252() {
    let definition = "name: On time\nkind: share\nowner: X\ndata: {file: exports/Performance_NYCT.csv, shape: aggregated, date: [PERIOD_YEAR, PERIOD_MONTH], value: MONTHLY_ACTUAL, where: {INDICATOR_SEQ: 391690}}\n";
    let Some(real) = real("mta-nyct-performance", definition) else { return };
    for month in real.check(0) {
        close(real.at(None, month["period"].as_str().unwrap()).0, &month["value"]);
    }
    let missing = real.expected["checks"][0]["months_missing"].as_array().unwrap();
    for month in missing {
        let point = real
            .series(None)
            .points
            .iter()
            .find(|point| point.period.to_string() == month.as_str().unwrap())
            .unwrap();
        assert_eq!(point.value, None, "{month} has no row and stays a gap");
    }
}

#[test]
fn bank_complaints_have_ordinals_and_a_missing_quarter() {
    let quarter = |file: &str, period: &str| {
        format!(
            "  - {{file: exports/{file}.csv, shape: aggregated, period: {period}, value: Quantidade total de reclamações, where: {{Ano: [2021, 2022]}}}}\n"
        )
    };
    let mut definition = String::from("name: Complaints\nkind: count\ncadence: quarter\nowner: X\ndata:\n");
    for (file, period) in [
        ("2021_tri_01", "2021-Q1"),
        ("2021_tri_02", "2021-Q2"),
        ("2021_tri_03", "2021-Q3"),
        ("2021_tri_04", "2021-Q4"),
        ("2022_tri_01", "2022-Q1"),
        ("2022_tri_03", "2022-Q3"),
        ("2022_tri_04", "2022-Q4"),
    ] {
        definition += &quarter(file, period);
    }
    let Some(real) = real("bacen-bank-complaints", &definition) else { return };
    for period in real.check(0).iter().filter(|period| period["total_complaints"].is_number()) {
        close(real.at(None, period["period"].as_str().unwrap()).0, &period["total_complaints"]);
    }
}

#[test]
fn rates_are_summed_before_they_are_divided() {
    let planned = "{Nombre de circulations prévues: 1, Nombre de trains annulés: -1}";
    let on_time = "{Nombre de circulations prévues: 1, Nombre de trains annulés: -1, Nombre de trains en retard à l'arrivée: -1}";
    let definition = |edition: &str| {
        format!(
            "name: On time\nkind: rate\nowner: X\ndata: {{file: exports/tgv-edition-{edition}.csv, date: Date, part: {on_time}, whole: {planned}, blank: 0}}\n"
        )
    };
    for (index, edition) in ["2021-06", "2023-09"].into_iter().enumerate() {
        let Some(real) = real("sncf-tgv-punctuality", &definition(edition)) else { return };
        assert!(real.expected["checks"][index]["file"].as_str().unwrap().contains(edition));
        for month in real.check(index) {
            let (value, n) = real.at(None, month["period"].as_str().unwrap());
            close(value, &month["pct_on_time"]);
            assert_eq!(n, month["n"].as_u64());
        }
    }
}

#[test]
fn survey_tools_are_recognised() {
    let definition = "name: Yoda\nkind: share\nowner: X\npositive: [Very favorably, Somewhat favorably]\ndata: {file: exports/surveymonkey-two-header-rows.csv, period: 2014-06, score: Yoda, missing: [Unfamiliar (N/A)]}\n";
    let Some(real) = real("survey-tool-exports", definition) else { return };
    let (value, n) = real.at(None, "2014-06");
    let check = &real.expected["checks"][2];
    assert_eq!(n, check["n"].as_u64());
    close(value, &check["favourable_pct_of_those_with_an_opinion"]);
}
