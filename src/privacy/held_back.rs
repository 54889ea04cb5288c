//! How much is held back, by reason: numbers only, for the page that says how customers' words are protected.

use super::{PublicBook, PublicSeries, State, Verdict};

/// Counts of what is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeldBack {
    /// Values hidden because too few people answered, or because they would give such a value away.
    pub values: u64,
    /// Groups of a split of which nothing is shown.
    pub groups: u64,
    /// Values that stay as the last edition showed them, because too few people answered since.
    pub held: u64,
    /// Quotes whose words hold what looks like a customer's detail.
    pub private: u64,
    /// Quotes of which the second reader said that somebody could be found.
    pub could_be_found: u64,
    /// Quotes that too few people could have said.
    pub too_few: u64,
    /// Quotes that would make a group of one customer's words.
    pub one_respondent: u64,
    /// Quotes shown with less about their customer than was written.
    pub less_exact: u64,
}

impl HeldBack {
    /// Counts what a book holds back.
    pub fn of(book: &PublicBook) -> Self {
        let series: Vec<&PublicSeries> = book.metrics().values().flat_map(|metric| &metric.series).collect();
        let points = || series.iter().flat_map(|series| &series.points);
        let hidden = points().filter(|point| point.state == State::Suppressed).count() as u64;
        let unnamed = book.metrics().values();
        let verdict =
            |verdict| book.quote_records().iter().filter(|quote| quote.verdict == verdict).count() as u64;
        Self {
            values: hidden + unnamed.clone().map(|metric| metric.withheld).sum::<u64>(),
            groups: unnamed.map(|metric| metric.groups_withheld).sum(),
            held: points().filter(|point| point.held).count() as u64,
            private: verdict(Verdict::PrivateText),
            could_be_found: verdict(Verdict::CouldBeFound),
            too_few: verdict(Verdict::TooFew),
            one_respondent: verdict(Verdict::OneRespondent),
            less_exact: book.quotes().iter().filter(|quote| !quote.changes.is_empty()).count() as u64,
        }
    }
}
