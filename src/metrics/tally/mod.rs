//! Running totals of one period: answers go in one by one, an [`Estimate`] comes out.

mod finished;
mod spread;
mod weighted;

use super::statistics::{Answers, mean_interval, nps, nps_interval, wilson_interval};
use crate::model::{CesVariant, DataSource, Definition, Estimate, Kind, Shape, Typical};
use finished::Finished;
use spread::Spread;
use weighted::Weighted;

/// What one row says, once it is known to count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// A number on the scale, or a duration.
    Score(f64),
    /// A word; true when it is positive.
    Word(bool),
    /// The row itself.
    Row,
    /// Part and whole of a row.
    Ratio(f64, f64),
    /// A value somebody else computed and its number of answers.
    Finished(f64, Option<u64>),
    /// The number of answers behind a value that stands in another row.
    Base(u64),
}

/// How much a row counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Times {
    /// For this many answers.
    Whole(u64),
    /// For one answer with this weight.
    Weight(f64),
}

/// Whether a score is one of the answers the question offers.
pub(super) fn on_scale(score: f64, definition: &Definition) -> bool {
    let (lowest, highest) = match definition.kind {
        Kind::Nps => (0.0, 10.0),
        Kind::Duration(_) => (0.0, 1e12),
        _ => definition.scale.unwrap_or((f64::MIN, f64::MAX)),
    };
    let between = matches!(definition.kind, Kind::Mean | Kind::Duration(_));
    (lowest..=highest).contains(&score) && (between || score.fract() == 0.0)
}

/// What has been counted so far.
#[derive(Debug, Clone)]
pub(super) enum Tally {
    /// 0 to 10 by group.
    Nps(Answers),
    /// Hits and all.
    Share { hits: u64, n: u64 },
    /// Best minus worst.
    Net { best: u64, worst: u64, n: u64 },
    /// Welford's running mean and sum of squares.
    Mean { n: u64, mean: f64, squares: f64 },
    /// Rows.
    Count(u64),
    /// Part, whole, and per how many.
    Rate { part: f64, whole: f64, per: f64 },
    /// Durations.
    Spread(Typical, Spread),
    /// Answers with weights.
    Weighted(Weighted),
    /// Values somebody else computed.
    Finished(Finished),
    /// Things that cannot be added up: answers and finished values in one period.
    Mixed,
}

impl Tally {
    /// An empty tally for what a source holds.
    pub(super) fn new(kind: Kind, data: &DataSource) -> Self {
        if kind == Kind::Rate && data.shape != Shape::Wide {
            return Self::Rate { part: 0.0, whole: 0.0, per: 0.0 };
        }
        if data.shape.is_finished() {
            return Self::Finished(Finished::new(kind));
        }
        if data.weight.is_some() {
            return Self::Weighted(Weighted::new(kind));
        }
        match kind {
            Kind::Nps => Self::Nps(Answers::default()),
            Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => Self::Share { hits: 0, n: 0 },
            Kind::Ces(CesVariant::Net) => Self::Net { best: 0, worst: 0, n: 0 },
            Kind::Mean | Kind::Ces(CesVariant::Mean) => Self::Mean { n: 0, mean: 0.0, squares: 0.0 },
            Kind::Duration(typical) => Self::Spread(typical, Spread::default()),
            Kind::Count | Kind::Rate => Self::Count(0),
        }
    }

    /// Counts what a row says, which is known to be on the scale.
    pub(super) fn add(&mut self, answer: Answer, times: Times, definition: &Definition) {
        match (self, answer) {
            (Self::Finished(finished), Answer::Finished(value, base)) => finished.add(value, base),
            (Self::Finished(finished), Answer::Base(base)) => finished.add_base(base),
            (Self::Rate { part, whole, per }, Answer::Ratio(more_part, more_whole)) => {
                *part += more_part;
                *whole += more_whole;
                *per = definition.per;
            }
            (Self::Weighted(weighted), answer) => {
                let weight = match times {
                    Times::Weight(weight) => weight,
                    Times::Whole(times) => times as f64,
                };
                weighted.add(worth(answer, definition), weight);
            }
            (tally, answer) => {
                let times = match times {
                    Times::Whole(times) => times,
                    Times::Weight(_) => 1,
                };
                tally.add_answers(answer, times, definition);
            }
        }
    }

    fn add_answers(&mut self, answer: Answer, times: u64, definition: &Definition) {
        let worth = worth(answer, definition);
        match self {
            Self::Nps(answers) => match worth {
                1.0 => answers.promoters += times,
                -1.0 => answers.detractors += times,
                _ => answers.passives += times,
            },
            Self::Share { hits, n } => {
                *hits += if worth > 0.0 { times } else { 0 };
                *n += times;
            }
            Self::Net { best, worst, n } => {
                *best += if worth > 0.0 { times } else { 0 };
                *worst += if worth < 0.0 { times } else { 0 };
                *n += times;
            }
            Self::Mean { n, mean, squares } if times > 0 => {
                let (before, all) = (*n as f64, (*n + times) as f64);
                let apart = worth - *mean;
                *mean += apart * times as f64 / all;
                *squares += apart * apart * before * times as f64 / all;
                *n += times;
            }
            Self::Count(count) => *count += times,
            Self::Spread(_, spread) if times > 0 => spread.add(worth, times),
            _ => {}
        }
    }

    /// Adds the counts of a later part. Means are added as Chan, Golub and LeVeque do (1979).
    pub(super) fn merge(&mut self, later: &Self) {
        match (&mut *self, later) {
            (Self::Nps(own), Self::Nps(more)) => {
                own.promoters += more.promoters;
                own.passives += more.passives;
                own.detractors += more.detractors;
            }
            (Self::Share { hits, n }, Self::Share { hits: more_hits, n: more }) => {
                *hits += more_hits;
                *n += more;
            }
            (Self::Net { best, worst, n }, Self::Net { best: more_best, worst: more_worst, n: more }) => {
                *best += more_best;
                *worst += more_worst;
                *n += more;
            }
            (Self::Mean { .. }, Self::Mean { n: 0, .. }) => {}
            (Self::Mean { n, mean, squares }, Self::Mean { n: more, mean: other, squares: spread }) => {
                let all = *n + more;
                let apart = other - *mean;
                *squares += spread + apart * apart * (*n as f64) * (*more as f64) / all as f64;
                *mean += apart * *more as f64 / all as f64;
                *n = all;
            }
            (Self::Count(own), Self::Count(more)) => *own += more,
            (Self::Rate { part, whole, .. }, Self::Rate { part: more_part, whole: more, .. }) => {
                *part += more_part;
                *whole += more;
            }
            (Self::Spread(_, own), Self::Spread(_, more)) => own.merge(more),
            (Self::Weighted(own), Self::Weighted(more)) => own.merge(more),
            (Self::Finished(own), Self::Finished(more)) => own.merge(more),
            (mixed, _) => *mixed = Self::Mixed,
        }
    }

    /// Whether the part of a rate cannot be one of its whole.
    pub(super) fn is_impossible(&self) -> bool {
        matches!(self, Self::Rate { part, whole, per } if !is_rate(*part, *whole, *per))
    }

    /// Whether the values of one period cannot be made one honestly.
    pub(super) fn is_ambiguous(&self) -> bool {
        match self {
            Self::Finished(finished) => finished.is_ambiguous(),
            Self::Mixed => true,
            _ => false,
        }
    }

    /// The estimate; `None` when nothing was counted.
    pub(super) fn estimate(&self) -> Option<Estimate> {
        match self {
            Self::Nps(answers) => {
                Some(Estimate { value: nps(answers)?, n: Some(answers.n()), interval: nps_interval(answers) })
            }
            Self::Share { hits, n } => share(*hits as f64, *n),
            Self::Net { best, worst, n } => {
                let answers = Answers {
                    promoters: *best,
                    passives: n.saturating_sub(*best + *worst),
                    detractors: *worst,
                };
                Some(Estimate { value: nps(&answers)?, n: Some(*n), interval: nps_interval(&answers) })
            }
            Self::Mean { n: 0, .. } | Self::Count(0) | Self::Mixed => None,
            Self::Mean { n, mean, squares } => {
                let deviation = if *n > 1 { (squares / (*n - 1) as f64).sqrt() } else { f64::NAN };
                Some(Estimate { value: *mean, n: Some(*n), interval: mean_interval(*mean, deviation, *n) })
            }
            Self::Rate { part, whole, per } => rate(*part, *whole, *per),
            Self::Count(count) => Some(Estimate { value: *count as f64, n: Some(*count), interval: None }),
            Self::Spread(typical, spread) => spread.estimate(*typical),
            Self::Weighted(weighted) => weighted.estimate(),
            Self::Finished(finished) => finished.estimate(),
        }
    }
}

/// What an answer adds to the score of its kind: 1, 0 or −1 where the score counts people, otherwise itself.
fn worth(answer: Answer, definition: &Definition) -> f64 {
    let score = match answer {
        Answer::Score(score) => score,
        Answer::Word(hit) => return f64::from(u8::from(hit)),
        _ => return 1.0,
    };
    let (lowest, highest) = definition.scale.unwrap_or((0.0, 1.0));
    let hit = |hit: bool| f64::from(u8::from(hit));
    match definition.kind {
        Kind::Nps => hit(score >= 9.0) - hit(score <= 6.0),
        Kind::Csat => hit(score > highest - 2.0),
        Kind::Ces(CesVariant::Net) => hit(score > highest - 2.0) - hit(score < lowest + 3.0),
        Kind::Share | Kind::Ces(CesVariant::Share) => hit(score > highest - 3.0),
        Kind::Mean | Kind::Ces(CesVariant::Mean) | Kind::Duration(_) | Kind::Count | Kind::Rate => score,
    }
}

/// Whether a part can be one of its whole.
fn is_rate(part: f64, whole: f64, per: f64) -> bool {
    whole > 0.0 && part >= 0.0 && (per != 100.0 || part <= whole)
}

/// A rate; its base is the whole. Per cent of a whole are a share and have its interval.
fn rate(part: f64, whole: f64, per: f64) -> Option<Estimate> {
    if !is_rate(part, whole, per) {
        return None;
    }
    let n = whole.round().max(0.0) as u64;
    let interval = if per == 100.0 { wilson_interval(part, n) } else { None };
    Some(Estimate { value: per * part / whole, n: Some(n), interval })
}

fn share(hits: f64, n: u64) -> Option<Estimate> {
    (n > 0).then(|| Estimate {
        value: 100.0 * hits / n as f64,
        n: Some(n),
        interval: wilson_interval(hits, n),
    })
}
