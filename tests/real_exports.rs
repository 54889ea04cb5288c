//! Exports nobody here wrote give the numbers that were computed apart. They lie beside the repository; where they are
//! absent, the tests say so.

use cxbook::load::{self, Moment};
use cxbook::model::{Cadence, Date, Estimate, Period, Rows, Series};
use cxbook::source::Content;
use serde_json::Value;

use super::fixture::{book, errors, read, shared};

struct Real {
    series: Vec<Series>,
    rows: Rows,
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
    let outcome = load::load(&sources);
    let moment = Moment { as_of: Date::new(2026, 11, 1).unwrap(), edition: None };
    let counted = outcome.then(|draft| load::resolve(draft, &sources, &moment));
    assert_eq!(errors(&counted.findings), Vec::<String>::new());
    let expected = serde_json::from_str(&read(&folder.join("expected.json"))).unwrap();
    let metric = counted.value.metrics["m"].clone();
    Some(Real { series: metric.series, rows: metric.rows, expected })
}

impl Real {
    fn series(&self, group: Option<&str>) -> &Series {
        let mut found = self
            .series
            .iter()
            .filter(|series| series.split.as_ref().map(|(_, value)| value.as_str()) == group);
        found.next().unwrap_or_else(|| panic!("no series {group:?}"))
    }

    fn estimate(&self, group: Option<&str>, period: &str) -> Option<Estimate> {
        let cell = self.series(group).cells.iter().find(|cell| cell.period.to_string() == period);
        cell.unwrap_or_else(|| panic!("no {period}")).estimate
    }

    fn at(&self, group: Option<&str>, period: &str) -> (f64, Option<u64>) {
        let estimate = self.estimate(group, period).unwrap_or_else(|| panic!("nothing in {period}"));
        (estimate.value, estimate.n)
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
        assert_eq!(real.estimate(None, month.as_str().unwrap()), None, "{month} has no row and stays a gap");
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

#[test]
fn transit_has_other_indicators_too() {
    for index in 0..4 {
        let seq = [391_690, 304_472, 304_471, 67_816][index];
        let definition = format!(
            "name: X\nkind: mean\nowner: X\ndata: {{file: exports/Performance_NYCT.csv, shape: aggregated, date: [PERIOD_YEAR, PERIOD_MONTH], value: MONTHLY_ACTUAL, where: {{INDICATOR_SEQ: {seq}}}}}\n"
        );
        let Some(real) = real("mta-nyct-performance", &definition) else { return };
        assert_eq!(real.expected["checks"][index]["indicator_seq"], seq);
        for month in real.check(index) {
            close(real.at(None, month["period"].as_str().unwrap()).0, &month["value"]);
        }
    }
}

#[test]
fn the_underground_has_three_grains_of_time_in_one_file() {
    let definition = |metric: &str, cadence: &str, date: &str, filter: &str| {
        format!(
            "name: X\nkind: mean\ncadence: {cadence}\nowner: X\ndata:\n  file: exports/underground-performance.csv\n  shape: aggregated\n  date: {date}\n  value: value\n  where: {{metric: {metric}, {filter}}}\n  split: {{line: line}}\n  total: All Lines\n"
        )
    };
    let quarters = "quarter: [QTR 1, QTR 2, QTR 3, QTR 4]";
    let four_weeks = "quarter: NA, period: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]";
    let years = "quarter: NA, period: NA";
    let cases = [
        (0, None, "CSS Overall Evaluation", "quarter", "[year, quarter]", quarters),
        (1, Some("Northern"), "CSS Overall Evaluation", "quarter", "[year, quarter]", quarters),
        (2, None, "Excess Journey Time", "four-weeks", "[year, period]", four_weeks),
        (3, None, "Escalator Availability", "four-weeks", "[year, period]", four_weeks),
    ];
    for (index, group, metric, cadence, date, filter) in cases {
        let Some(real) = real("tfl-underground-csat", &definition(metric, cadence, date, filter)) else {
            return;
        };
        for point in real.check(index).iter().filter(|point| point["value"].is_number()) {
            let text = point["period"].as_str().unwrap().replace(" P", " ");
            let cadence = if cadence == "quarter" { Cadence::Quarter(4) } else { Cadence::FourWeeks(4) };
            let period = Period::parse(&text, cadence).unwrap_or_else(|| panic!("{text}")).to_string();
            close(real.at(group, &period).0, &point["value"]);
        }
    }
    for (index, group, metric, ..) in cases {
        let Some(real) = real("tfl-underground-csat", &definition(metric, "financial-year", "year", years))
        else {
            return;
        };
        for point in real.expected["checks"][index]["annual"].as_array().unwrap() {
            close(real.at(group, point["period"].as_str().unwrap()).0, &point["value"]);
        }
    }
}

#[test]
fn both_editions_of_the_trains_do_not_double_them() {
    let planned = "{Nombre de circulations prévues: 1, Nombre de trains annulés: -1}";
    let on_time = "{Nombre de circulations prévues: 1, Nombre de trains annulés: -1, Nombre de trains en retard à l'arrivée: -1}";
    let definition = format!(
        "name: On time\nkind: rate\nowner: X\ndata: {{file: exports/tgv-edition-*.csv, date: Date, part: {on_time}, whole: {planned}, blank: 0, repeats: replace}}\n"
    );
    let Some(real) = real("sncf-tgv-punctuality", &definition) else { return };
    for month in real.check(1) {
        let (value, n) = real.at(None, month["period"].as_str().unwrap());
        close(value, &month["pct_on_time"]);
        assert_eq!(n, month["n"].as_u64());
    }
    let (rows, first) = (&real.rows, real.expected["rows"]["tgv-edition-2021-06.csv"].as_u64());
    assert_eq!(rows.skipped.get("replaced by a later export").copied(), first);
    assert_eq!(rows.read, rows.used + rows.skipped.values().sum::<u64>());
}

#[test]
fn bank_index_is_upheld_complaints_per_million_customers() {
    let quarters = [
        "2021_tri_01",
        "2021_tri_02",
        "2021_tri_03",
        "2021_tri_04",
        "2022_tri_01",
        "2022_tri_03",
        "2022_tri_04",
    ];
    for (index, bank) in [(1, "BB"), (2, "INTER"), (3, "ITAU"), (4, "NUBANK")] {
        let mut definition = String::from(
            "name: Index\nkind: rate\nper: 1000000\ncadence: quarter\nowner: X\ndirection: lower-is-better\ndata:\n",
        );
        for file in quarters {
            let period = format!("{}-Q{}", &file[..4], &file[10..]);
            // The dash in the name of the column is another character in the first files.
            definition += &format!(
                "  - {{file: exports/{file}.csv, period: {period}, part: \"Quantidade de reclamações reguladas procedentes\", whole: \"Quantidade total de clientes – CCS e SCR\", renamed: {{\"Quantidade total de clientes – CCS e SCR\": \"Quantidade total de clientes CCS e SCR\"}}, where: {{Instituição financeira: [\"{bank} (conglomerado)\"]}}}}\n"
            );
        }
        let Some(real) = real("bacen-bank-complaints", &definition) else { return };
        for quarter in real.check(index) {
            let (value, n) = real.at(None, quarter["period"].as_str().unwrap());
            // The authority cuts its index off after two digits.
            let beyond = value - quarter["value"].as_f64().unwrap();
            assert!((-1e-9..0.01).contains(&beyond), "{bank} {quarter}: {value}");
            assert_eq!(n, quarter["n"].as_u64(), "{bank}");
        }
    }
}

#[test]
fn practices_over_the_whole_range() {
    let definition = |missing: &str| {
        format!(
            "name: FFT\nkind: share\npositive: [Extremely likely, Likely]\ncadence: financial-year\nowner: X\ndata: {{file: exports/fft-responses.csv, date: time, score: rating, split: {{practice: surgery}}{missing}}}\n"
        )
    };
    // All answers lie between July 2023 and April 2024: two financial years, which are added up again here.
    let all = |real: &Real, practice: Option<&str>| {
        let estimates = real.series(practice).cells.iter().filter_map(|cell| cell.estimate);
        estimates.fold((0.0, 0_u64), |(hits, n), estimate| {
            let more = estimate.n.unwrap();
            (hits + estimate.value / 100.0 * more as f64, n + more)
        })
    };
    let Some(real_all) = real("nhs-fft-gp-responses", &definition("")) else { return };
    let Some(without) = real("nhs-fft-gp-responses", &definition(", missing: [Don't know]")) else { return };
    for practice in real_all.check(1) {
        let name = practice["segment"].as_str();
        let (hits, n) = all(&real_all, name);
        assert_eq!(Some(n), practice["n"].as_u64());
        close(100.0 * hits / n as f64, &practice["pct_positive_of_all"]);
        let (hits, n) = all(&without, name);
        assert_eq!(Some(n), practice["n_without_dont_know"].as_u64());
        close(100.0 * hits / n as f64, &practice["pct_positive_without_dont_know"]);
    }
}

#[test]
fn airport_weights_and_means() {
    let Some(folder) = shared("data/real") else { return };
    let expected: Value =
        serde_json::from_str(&read(&folder.join("sfo-airport-survey/expected.json"))).unwrap();
    let mut weighted = 0;
    for wave in expected["checks"][0]["series"].as_array().unwrap() {
        let (year, column) = (wave["period"].as_str().unwrap(), wave["column"].as_str().unwrap().trim());
        let definition = |kind: &str, more: &str| {
            format!(
                "name: X\nkind: {kind}\nscale: [1, 5]\ncadence: year\nowner: X\ndata: {{file: exports/{year}_SFO_Customer_Survey.csv, period: \"{year}\", score: {column}, missing: [0, 6, Blank, BLANK]{more}}}\n"
            )
        };
        let mean = real("sfo-airport-survey", &definition("mean", "")).unwrap();
        close(mean.at(None, year).0, &wave["mean"]);
        if wave["csat_top2_pct_weighted"].is_number() {
            let csat = real("sfo-airport-survey", &definition("csat", ", weight: WEIGHT")).unwrap();
            close(csat.at(None, year).0, &wave["csat_top2_pct_weighted"]);
            weighted += 1;
        }
    }
    assert!(weighted >= 5, "{weighted} waves have weights");
}

#[test]
fn feedback_counts_stand_in_the_text() {
    let definition = |kind: &str, file: &str, filter: &str| {
        format!(
            "name: Satisfied\nkind: {kind}\nscale: [1, 5]\nowner: X\ndata: {{file: exports/{file}, date: creation date, score: service satisfaction rating, answers: feedback{filter}}}\n"
        )
    };
    for (index, filter) in [
        (0, ", where: {type: aggregated-service-feedback}"),
        (1, ", where: {type: aggregated-service-feedback}"),
        (2, ""),
    ] {
        for (kind, figure) in [("csat", "pct_satisfied"), ("mean", "mean")] {
            let Some(folder) = shared("data/real") else { return };
            let expected: Value =
                serde_json::from_str(&read(&folder.join("govuk-feedback-explorer/expected.json"))).unwrap();
            let file = expected["checks"][index]["file"].as_str().unwrap();
            let real = real("govuk-feedback-explorer", &definition(kind, file, filter)).unwrap();
            let total = &expected["checks"][index]["total"];
            let (value, n) = real.at(None, "2021-05");
            close(value, &total[figure]);
            assert_eq!(n, total["n"].as_u64(), "{file}");
        }
    }
}

#[test]
fn ticks_are_shares_and_counts() {
    let data = |more: &str| {
        format!(
            "owner: X\ndata: {{file: exports/cx-responses-with-bom.csv, id: external_id, period: 2026-01{more}}}\n"
        )
    };
    let trust = format!("name: Trust\nkind: share\npositive: [1]\n{}", data(", score: question_1"));
    let Some(trust) = real("gsa-a11-cx-upload", &trust) else { return };
    let expected = &trust.expected["checks"][0];
    close(trust.at(None, "2026-01").0, &expected["value"]);
    assert_eq!(trust.at(None, "2026-01").1, expected["n"].as_u64());
    let counts = trust.expected["checks"][1]["counts"].as_object().unwrap();
    for (driver, count) in counts.iter().filter(|(_, count)| count.as_u64() != Some(0)) {
        let definition = format!("name: Ticks\nkind: count\n{}", data(&format!(", where: {{{driver}: 1}}")));
        let real = real("gsa-a11-cx-upload", &definition).unwrap();
        close(real.at(None, "2026-01").0, count);
    }
}

#[test]
fn qualtrics_headers_old_and_new() {
    for (file, day, id) in [
        ("qualtrics-three-header-rows.csv", "RecordedDate", "ResponseId"),
        ("qualtrics-legacy-two-header-rows-bom.csv", "EndDate", "ResponseID"),
    ] {
        let definition = format!(
            "name: X\nkind: count\nowner: X\ndata: {{file: exports/{file}, date: {day}, id: {id}}}\n"
        );
        let Some(real) = real("survey-tool-exports", &definition) else { return };
        assert_eq!((real.rows.read, real.rows.used), (1, 1), "{file}");
        assert_eq!(real.at(None, "2017-07"), (1.0, Some(1)));
    }
}
