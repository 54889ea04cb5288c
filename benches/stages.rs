//! How long the stages of a build take by themselves: `cargo bench --bench stages`.
//!
//! Everything is measured on the sample book. Numbers, charts, the search index and the privacy gate have benches of their own.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on should fail")]

use std::cell::Cell;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use cxbook::load;
use cxbook::markdown::{
    self, Directive, Image, Link, Options as Reading, Resolve, ResolvedImage, ResolvedLink, Role,
};
use cxbook::metrics::each_row;
use cxbook::model::Date;
use cxbook::pipeline::{self, Options};
use cxbook::site::{Memo, Renderer};
use cxbook::source::Sources;
use cxbook::system::{OsSystem, System};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn sample() -> Sources {
    OsSystem.read_book(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"]).unwrap()
}

/// All texts of pages of the sample book.
fn texts(sources: &Sources) -> Vec<String> {
    let pages = sources.iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md"));
    pages
        .filter_map(|(path, _)| {
            sources.text(path).map(|text| text[load::body_start(path, text)..].to_owned())
        })
        .collect()
}

fn total(texts: &[String]) -> Throughput {
    Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64)
}

/// Knows no place and no live part.
struct Nowhere;

impl Resolve for Nowhere {
    fn link(&self, _link: &Link) -> Option<ResolvedLink> {
        None
    }

    fn image(&self, _image: &Image) -> Option<ResolvedImage> {
        None
    }

    fn directive(&self, _directive: &Directive) -> Option<String> {
        None
    }

    fn role(&self, _role: &Role) -> Option<String> {
        None
    }
}

fn reading(criterion: &mut Criterion) {
    let sources = sample();
    let texts = texts(&sources);
    let mut group = criterion.benchmark_group("reading");
    group.bench_function("pages and lists of the sample", |bench| {
        bench.iter(|| load::load(black_box(&sources)));
    });
    group.throughput(total(&texts));
    let options = Reading { smart_punctuation: true, drop_title: true };
    group.bench_function("markdown, what is in it", |bench| {
        bench.iter(|| texts.iter().map(|text| markdown::outline(text, &options).text.len()).sum::<usize>());
    });
    group.bench_function("markdown, as HTML", |bench| {
        bench.iter(|| {
            texts.iter().map(|text| markdown::render(text, &options, &Nowhere).len()).sum::<usize>()
        });
    });
    group.finish();
}

/// Blocks of code are kept by what is in them, so each time another number stands in them.
fn highlighting(criterion: &mut Criterion) {
    let block = |language: &str, number: u64| match language {
        "sql" => format!(
            "```sql\nselect team, avg(score) -- wave {number}\nfrom answers where wave = {number}\ngroup by team;\n```\n"
        ),
        "python" => format!(
            "```python\ndef share(answers, wave={number}):\n    \"\"\"Of those who answered.\"\"\"\n    return sum(a > 8 for a in answers) / len(answers)\n```\n"
        ),
        _ => format!(
            "```json\n{{\"wave\": {number}, \"teams\": [\"care\", \"claims\"], \"open\": true}}\n```\n"
        ),
    };
    let number = Cell::new(0);
    let mut group = criterion.benchmark_group("highlighting a new block");
    for language in ["sql", "python", "json"] {
        group.throughput(Throughput::Bytes(block(language, 100_000).len() as u64));
        group.bench_function(language, |bench| {
            let next = || {
                number.set(number.get() + 1);
                block(language, number.get())
            };
            bench.iter_batched(
                next,
                |text| markdown::render(&text, &Reading::default(), &Nowhere),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

fn rendering(criterion: &mut Criterion) {
    let sources = sample();
    let today = Date::new(2026, 10, 15).unwrap();
    let options = Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None };
    let book = pipeline::public_book(&sources, &options);
    let theme = pipeline::theme(&book, &sources);
    let site = pipeline::planned(&book, &theme, &sources, &options).value.unwrap();
    let memo = Memo::new(false);
    let renderer = Renderer::new(&site, &theme.value, &memo);
    let mut group = criterion.benchmark_group("rendering a page");
    for (what, path) in [
        ("playbook", "playbooks/good-hand-off.html"),
        ("metric", "metrics/nps.html"),
        ("journey", "journey.html"),
        ("first page", "index.html"),
    ] {
        let size = renderer.file(path).unwrap().unwrap().len();
        group.throughput(Throughput::Bytes(size as u64));
        group.bench_function(what, |bench| bench.iter(|| renderer.file(black_box(path)).unwrap().unwrap()));
    }
    group.finish();
}

fn tables(criterion: &mut Criterion) {
    let mut csv = String::from("id,recorded_at,region,score,comment\n");
    for row in 0..50_000 {
        let (day, score) = (row % 28 + 1, row % 11);
        writeln!(csv, "r{row},2026-03-{day:02} 08:15:00,North,{score},\"fine, thank you\"").unwrap();
    }
    let mut sources = Sources::default();
    sources.insert_text("content/exports/a.csv", &csv);
    let mut group = criterion.benchmark_group("CSV");
    group.throughput(Throughput::Bytes(csv.len() as u64));
    group.bench_function("50,000 rows", |bench| {
        bench.iter(|| {
            let mut rows = 0;
            each_row("content/exports/a.csv", &sources, &mut |row| rows += usize::from(row.is_some()))
                .unwrap();
            assert_eq!(rows, 50_000);
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(std::time::Duration::from_secs(3)).sample_size(20);
    targets = reading, highlighting, rendering, tables
}
criterion_main!(benches);
