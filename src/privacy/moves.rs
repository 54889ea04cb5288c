//! What published numbers say about moves: before and after a day, months that lie apart every year, a rise or fall that
//! nobody explained. Pages and checks read it here, so that a page never says what its finding does not.

use super::{Point, PublicMetric, PublicSeries, State};
use crate::metrics::process::Reading;
use crate::metrics::statistics::{Season, seasonal_months};
use crate::metrics::{Effect, NoEffect, effect};
use crate::model::{Cadence, Date};

/// Months by which a note may be older than the move it explains: causes come first.
const MONTHS_AHEAD: i32 = 3;

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

    /// Months that lie to one side of their year every year; none where periods are no months.
    pub fn seasons(&self) -> Vec<Season> {
        self.first_month().map_or(Vec::new(), |month| seasonal_months(&self.settled(), month))
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
