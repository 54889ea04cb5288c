//! How much is held back, by reason: numbers only, for the page that says how customers' words are protected.

use super::{PublicBook, PublicSeries, State};

/// Counts of what is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeldBack {
    /// Values hidden because too few people answered, or because they would give such a value away.
    pub values: usize,
    /// Groups of a split of which nothing is shown.
    pub groups: usize,
    /// Values that stay as the last edition showed them, because too few people answered since.
    pub held: usize,
    /// Quotes that are not shown.
    pub quotes: usize,
}

impl HeldBack {
    /// Counts what a book holds back.
    pub fn of(book: &PublicBook) -> Self {
        let series: Vec<&PublicSeries> = book.metrics().values().flat_map(|metric| &metric.series).collect();
        let points = || series.iter().flat_map(|series| &series.points);
        let is_hidden = |series: &&&PublicSeries| {
            let hidden = series.points.iter().any(|point| point.state == State::Suppressed);
            series.split.is_some() && hidden && series.latest().is_none()
        };
        Self {
            values: points().filter(|point| point.state == State::Suppressed).count(),
            groups: series.iter().filter(is_hidden).count(),
            held: points().filter(|point| point.held).count(),
            quotes: book.quotes_withheld(),
        }
    }
}
