//! How fast a finished site is read again: `cargo bench --bench privacy`.
//!
//! The bar is 100 MB of output a second on one core. The synthetic site has pages of its own words, numbers and drawings, so
//! that only menus repeat.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on should fail")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cxbook::model::Date;
use cxbook::output::Output;
use cxbook::pipeline::{self, Options};
use cxbook::privacy::{PublicBook, detect::scan, output::check};
use cxbook::source::Sources;
use cxbook::system::{OsSystem, System};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn sample() -> (Output, PublicBook, Sources) {
    let sources = OsSystem.read_book(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"]).unwrap();
    let today = Date::new(2026, 10, 15).unwrap();
    let options = Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None };
    let site = pipeline::build(&sources, &options).value;
    (site, pipeline::public_book(&sources, &options).value, sources)
}

/// Ten megabytes: every page has the sample's menu, drawings and tables with numbers of its own, and words in an order of
/// its own.
fn synthetic(sample: &Output) -> Output {
    let words: Vec<&str> = include_str!("../content/playbooks/good-hand-off.md")
        .split(|sign: char| !sign.is_ascii_alphabetic())
        .filter(|word| word.len() > 2)
        .collect();
    let page = std::str::from_utf8(sample.get("metrics/nps.html").unwrap()).unwrap();
    let (head, rest) = page.split_once("<div class=\"content\">").unwrap();
    let mut random = 7_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let (mut site, mut bytes) = (Output::default(), 0);
    for number in 0.. {
        let mut html = head.to_owned();
        for _ in 0..12 {
            html.push_str("<p>");
            (0..60).for_each(|_| write!(html, "{} ", words[next(words.len())]).unwrap());
            html.push_str("</p>");
        }
        for _ in 0..40 {
            let (a, b) = (next(1000), next(900));
            write!(
                html,
                "<tr><th scope=\"row\">Jan 20{:02}</th><td>{}.{}</td><td>{b}</td></tr>",
                a % 30,
                a / 10,
                b % 10
            )
            .unwrap();
        }
        html.push_str(rest);
        bytes += html.len();
        site.insert(format!("pages/p{number}.html"), html.into_bytes()).unwrap();
        if bytes > 10_000_000 {
            break;
        }
    }
    site
}

fn size(site: &Output) -> u64 {
    site.iter().map(|(_, bytes)| bytes.len() as u64).sum()
}

fn privacy(criterion: &mut Criterion) {
    let (site, book, sources) = sample();
    assert!(!site.is_empty(), "the sample book has errors");
    let large = synthetic(&site);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let mut group = criterion.benchmark_group("privacy");
    for (name, site) in [("the sample's site", &site), ("a site of 10 MB", &large)] {
        group.throughput(Throughput::Bytes(size(site)));
        group.bench_function(format!("{name}, one core"), |bench| {
            bench.iter(|| one.install(|| assert!(check(black_box(site), &book, &sources).is_empty())));
        });
        group.bench_function(name, |bench| {
            bench.iter(|| assert!(check(black_box(site), &book, &sources).is_empty()));
        });
    }
    let prose = include_str!("../content/playbooks/good-hand-off.md").repeat(20);
    let page = std::str::from_utf8(site.get("metrics/nps.html").unwrap()).unwrap();
    let table = std::str::from_utf8(site.get("metrics/nps.csv").unwrap()).unwrap();
    for (name, text) in
        [("prose", prose.as_str()), ("a page as plain text", page), ("a table as plain text", table)]
    {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("detectors on {name}"), |bench| bench.iter(|| scan(black_box(text))));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(std::time::Duration::from_secs(3)).sample_size(15);
    targets = privacy
}
criterion_main!(benches);
