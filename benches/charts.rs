//! How fast charts are drawn: `cargo bench --bench charts`.
//!
//! The bar is 3,000 charts a second on one core for 36 points with band, limits and tooltips (333 µs each), in at most
//! 10,000 bytes; a test holds the bytes.
#![allow(clippy::unwrap_used, missing_docs, reason = "the samples are those of the tests")]

#[path = "../tests/charts/samples.rs"]
mod samples;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cxbook::charts::{
    Layout, Shape, before_after, chain_map, distribution, recency, sparkline, stages, trend, two_panels,
};

use samples::{answers, chain, effect, format, full, journey, large_map, spark, talks};

fn charts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("charts");
    group.throughput(Throughput::Elements(1));
    let spec = full();
    for (layout, name) in
        [(Layout::Wide, "trend, 36 points, wide"), (Layout::Phone, "trend, 36 points, phone")]
    {
        group.bench_function(name, |bench| bench.iter(|| trend(black_box(&spec), layout, &format)));
    }
    let (upper, lower) = chain();
    group.bench_function("two panels", |bench| {
        bench.iter(|| two_panels(black_box(&upper), &lower, Layout::Wide, &format, &format));
    });
    let spec = answers(Shape::Diverging);
    group.bench_function("answers", |bench| {
        bench.iter(|| distribution(black_box(&spec), Layout::Wide, &format));
    });
    let spec = effect();
    group.bench_function("before and after", |bench| {
        bench.iter(|| before_after(black_box(&spec), Layout::Wide, &format));
    });
    let spec = journey();
    group.bench_function("stages", |bench| bench.iter(|| stages(black_box(&spec), Layout::Wide)));
    let spec = large_map();
    group.bench_function("map, 60 lines", |bench| bench.iter(|| chain_map(black_box(&spec))));
    let spec = talks();
    group.bench_function("conversations", |bench| bench.iter(|| recency(black_box(&spec), Layout::Wide)));
    let spec = spark("spark", 20.0);
    group.bench_function("sparkline", |bench| bench.iter(|| sparkline(black_box(&spec))));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(std::time::Duration::from_secs(3)).sample_size(30);
    targets = charts
}
criterion_main!(benches);
