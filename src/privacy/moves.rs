//! What published numbers say about moves: before and after a day, months that lie apart every year, a rise or fall that
//! nobody explained. Pages and checks read it here, so that a page never says what its finding does not.

use super::{Point, PublicMetric, PublicSeries, State};
use crate::metrics::process::Reading;
use crate::metrics::statistics::seasonal_months;
use crate::metrics::{Effect, NoEffect, effect};
use crate::model::{Cadence, Date, Month};

/// Months by which a note may be older than the move it explains: causes come first.
const MONTHS_AHEAD: i32 = 3;

/// A month of the year that lies to one side of the twelve months around it, year after year.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurring {
    /// Mean distance to the mean of these twelve months, in the metric's unit.
    pub deviation: f64,
    /// The month itself, once for each year that was compared, the oldest first.
    pub months: Vec<Month>,
}

impl PublicSeries {
    /// Values of periods that are over, one for each point.
    pub fn settled(&self) -> Vec<Option<f64>> {
        self.points.iter().map(|point| point.value.filter(|_| point.state == State::Shown)).collect()
    }

    /// The comparison of the periods before a day with those after it.
    ///
    /// # Errors
    /// Why the two sides cannot be compared.
    pub fn around(&self, day: Date) -> Result<Effect, NoEffect> {
        let last_before = self.points.iter().rposition(|point| point.period.end() < day);
        let first_after = self.points.iter().position(|point| point.period.start() >= day);
        effect(&self.settled(), (last_before, first_after), &self.breaks, self.first_month())
    }

    /// Months that lie to one side of their year every year; none where periods are no months. Years are the spans of twelve
    /// months that end with the latest one, so that nobody waits for a December, and are of one definition.
    pub fn seasons(&self) -> Vec<Recurring> {
        if self.first_month().is_none() {
            return Vec::new();
        }
        let settled = self.settled();
        let end = settled.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let whole = end.saturating_sub(self.breaks.last().copied().unwrap_or(0));
        let years = end - whole / 12 * 12..end;
        // Each span is counted as a year, its first month as January.
        let found = seasonal_months(&settled[years.clone()], 1);
        let spans = settled[years.clone()].chunks(12).zip(self.points[years].chunks(12));
        let complete: Vec<&[Point]> = spans
            .filter(|(values, _)| values.iter().all(Option::is_some))
            .map(|(_, points)| points)
            .collect();
        let recurring = found.into_iter().map(|season| {
            let own = complete.iter().filter_map(|span| span.get(usize::from(season.month) - 1));
            Recurring {
                deviation: season.deviation,
                months: own.map(|point| point.period.start().in_month()).collect(),
            }
        });
        recurring.collect()
    }

    fn first_month(&self) -> Option<u8> {
        let first = self.points.first()?.period;
        (first.cadence() == Cadence::Month).then(|| first.start().month())
    }
}

impl PublicMetric {
    /// Where a rise or fall begins that still goes on and that no note under `why` explains.
    pub fn unexplained(&self) -> Option<&Point> {
        let series = self.total()?;
        let (Reading::Shifted { since, .. } | Reading::Trending { since, .. }) = series.reading() else {
            return None;
        };
        let point = series.points.get(since)?;
        let from = point.period.start().plus_months(-MONTHS_AHEAD).in_month();
        let explained = self.metric.definition.whys.iter().any(|why| why.month >= from);
        (!explained).then_some(point)
    }
}
