//! How fast exports are counted and small groups are hidden: `cargo bench --bench metrics`.
//!
//! `benches/exports.py` counts a file of a gigabyte beside polars; this one shows where the time of a smaller one goes.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark stops at the first slip")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cxbook::load::{self, Moment};
use cxbook::metrics::measure;
use cxbook::metrics::statistics::{Answers, Confidence, lagged, nps_interval, seasonal_months, segmented};
use cxbook::model::{Date, Definition};
use cxbook::privacy::suppression::{Cell, Policy, Table, protect};
use cxbook::source::Sources;

/// Responses with an id, a moment, a region and a score; `comma` writes values that have to be settled first.
fn export(rows: usize, quoted: bool) -> String {
    let mut text = String::from("id,recorded_at,region,score,minutes,comment\n");
    for row in 0..rows {
        let comment = if quoted { "\"fine, thank you\"" } else { "fine" };
        let (year, month, day) = (2023 + row % 3, row % 12 + 1, row % 28 + 1);
        let region = ["North", "Coast", "Valleys", "City"][row % 4];
        let (score, minutes) = (row * 7 % 11, row % 97);
        writeln!(text, "r{row},{year}-{month:02}-{day:02} 08:15:00,{region},{score},{minutes}.5,{comment}")
            .unwrap();
    }
    text
}

fn definition(lines: &str, export: &str) -> (Definition, Sources) {
    let mut sources = Sources::default();
    sources.insert_text("book.toml", "[book]\ntitle = \"Bench\"\n");
    sources.insert_text("content/index.md", "# Bench\n");
    let text = format!("name: M\nowner: X\n{lines}");
    sources.insert_text("content/metrics/m.yaml", &text);
    sources.insert_text("content/exports/a.csv", export);
    let draft = load::load(&sources);
    let moment = Moment { as_of: Date::new(2026, 11, 1).unwrap(), edition: None };
    let book = draft.then(|draft| load::resolve(draft, &sources, &moment));
    (book.value.metrics["m"].metric.definition.clone(), sources)
}

fn counting(criterion: &mut Criterion) {
    let cases = [
        (
            "nps, two columns",
            "kind: nps\ndata: {file: exports/a.csv, date: recorded_at, score: score}",
            false,
        ),
        (
            "nps by region",
            "kind: nps\ndata: {file: exports/a.csv, date: recorded_at, score: score, split: {region: region}}",
            false,
        ),
        (
            "nps, each response once",
            "kind: nps\ndata: {file: exports/a.csv, date: recorded_at, score: score, id: id}",
            false,
        ),
        (
            "nps, quoted comments",
            "kind: nps\ndata: {file: exports/a.csv, date: recorded_at, score: score}",
            true,
        ),
        (
            "mean, settled first",
            "kind: mean\ndata: {file: exports/a.csv, date: recorded_at, score: minutes}",
            false,
        ),
        ("median", "kind: duration\ndata: {file: exports/a.csv, date: recorded_at, score: minutes}", false),
        (
            "nps in a time zone",
            "kind: nps\ndata: {file: exports/a.csv, date: recorded_at, score: score, time-zone: Europe/Berlin, times-in: UTC}",
            false,
        ),
    ];
    let mut group = criterion.benchmark_group("count 200,000 rows");
    group.sample_size(10);
    for (name, lines, quoted) in cases {
        let export = export(200_000, quoted);
        group.throughput(Throughput::Bytes(export.len() as u64));
        let (definition, sources) = definition(lines, &export);
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let measured = measure(black_box(&definition), &sources, "content").value;
                assert_eq!(measured.rows.used, 200_000);
                measured
            });
        });
    }
    group.finish();
}

/// Months by groups, with totals; every ninth group is small.
fn table(months: usize, groups: usize) -> Table {
    let mut table = Table::new();
    for month in 0..months {
        let n = |group: usize| {
            if (month + group).is_multiple_of(9) { 3 } else { 20 + (month * 7 + group * 13) as u64 % 60 }
        };
        let total = table.cell(Cell::open((0..groups).map(n).sum(), 5));
        let parts: Vec<usize> = (0..groups).map(|group| table.cell(Cell::open(n(group), 10))).collect();
        table.sum(&parts, total).unwrap();
    }
    table
}

fn hiding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hide small groups");
    for (months, groups) in [(36, 4), (36, 30), (120, 12)] {
        let table = table(months, groups);
        group.bench_function(format!("{months} months, {groups} groups"), |bench| {
            bench.iter(|| protect(black_box(&table), Policy::default()));
        });
    }
    group.finish();
}

fn statistics(criterion: &mut Criterion) {
    let wave = |at: usize| Some(((at * 37 % 23) as f64).sin() + if at > 20 { 1.0 } else { 0.0 });
    let values: Vec<Option<f64>> = (0..48).map(wave).collect();
    let answers = Answers { promoters: 120, passives: 60, detractors: 40 };
    let mut group = criterion.benchmark_group("statistics");
    group.bench_function("nps interval", |bench| bench.iter(|| nps_interval(black_box(&answers))));
    group.bench_function("segmented, 48 months", |bench| bench.iter(|| segmented(black_box(&values), 20, 3)));
    group.bench_function("lagged, 7 lags", |bench| {
        bench.iter(|| lagged(black_box(&values), &values, 6, Confidence::USUAL));
    });
    group.bench_function("seasons, 48 months", |bench| bench.iter(|| seasonal_months(black_box(&values), 1)));
    group.finish();
}

criterion_group!(benches, counting, hiding, statistics);
criterion_main!(benches);
