//! Running totals of one period: answers go in one by one, an [`Estimate`] comes out.

use super::statistics::{Answers, mean_interval, nps, nps_interval, wilson_interval};
use crate::model::{CesVariant, Definition, Estimate, Kind, Shape};

/// What one row says, once it is known to count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// A number on the scale.
    Score(f64),
    /// A word; true when it is positive.
    Word(bool),
    /// The row itself.
    Row,
    /// Part and whole of a row.
    Ratio(f64, f64),
    /// A value somebody else computed and its number of answers.
    Finished(f64, Option<u64>),
}

/// Whether a score is one of the answers the question offers.
pub(super) fn on_scale(score: f64, definition: &Definition) -> bool {
    let (lowest, highest) = match definition.kind {
        Kind::Nps => (0.0, 10.0),
        _ => definition.scale.unwrap_or((f64::MIN, f64::MAX)),
    };
    (lowest..=highest).contains(&score) && (definition.kind == Kind::Mean || score.fract() == 0.0)
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
    /// Values somebody else computed, weighted by their n where they have one.
    Finished { kind: Kind, weighted: f64, n: u64, without_n: Vec<f64> },
}

impl Tally {
    /// An empty tally for a kind of metric and shape of data.
    pub(super) fn new(kind: Kind, shape: Shape) -> Self {
        if kind == Kind::Rate {
            return Self::Rate { part: 0.0, whole: 0.0, per: 0.0 };
        }
        if shape == Shape::Aggregated {
            return Self::Finished { kind, weighted: 0.0, n: 0, without_n: Vec::new() };
        }
        match kind {
            Kind::Nps => Self::Nps(Answers::default()),
            Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => Self::Share { hits: 0, n: 0 },
            Kind::Ces(CesVariant::Net) => Self::Net { best: 0, worst: 0, n: 0 },
            Kind::Mean | Kind::Ces(CesVariant::Mean) => Self::Mean { n: 0, mean: 0.0, squares: 0.0 },
            Kind::Count | Kind::Rate => Self::Count(0),
        }
    }

    /// Counts one answer, which is known to be on the scale.
    pub(super) fn add(&mut self, answer: Answer, definition: &Definition) {
        let score = match answer {
            Answer::Score(score) => score,
            Answer::Word(hit) => f64::from(u8::from(hit)),
            Answer::Row => 1.0,
            Answer::Finished(value, base) => return self.add_finished(value, base),
            Answer::Ratio(more_part, more_whole) => {
                if let Self::Rate { part, whole, per } = self {
                    *part += more_part;
                    *whole += more_whole;
                    *per = definition.per;
                }
                return;
            }
        };
        let (lowest, highest) = definition.scale.unwrap_or((0.0, 1.0));
        match self {
            Self::Nps(answers) => {
                answers.add(score);
            }
            Self::Share { hits, n } => {
                let hit = match (answer, definition.kind) {
                    (Answer::Word(hit), _) => hit,
                    (_, Kind::Csat) => score > highest - 2.0,
                    _ => score > highest - 3.0,
                };
                *hits += u64::from(hit);
                *n += 1;
            }
            Self::Net { best, worst, n } => {
                *best += u64::from(score > highest - 2.0);
                *worst += u64::from(score < lowest + 3.0);
                *n += 1;
            }
            Self::Mean { n, mean, squares } => {
                *n += 1;
                let before = score - *mean;
                *mean += before / *n as f64;
                *squares += before * (score - *mean);
            }
            Self::Count(count) => *count += 1,
            Self::Rate { .. } | Self::Finished { .. } => {}
        }
    }

    fn add_finished(&mut self, value: f64, base: Option<u64>) {
        if let Self::Finished { weighted, n, without_n, kind } = self {
            match base.filter(|_| *kind != Kind::Count) {
                Some(base) => {
                    *weighted += value * base as f64;
                    *n += base;
                }
                None => without_n.push(value),
            }
        }
    }

    /// Adds the counts of a later part. Means are added as Chan, Golub and LeVeque do (1979).
    pub(super) fn merge(&mut self, later: &Self) {
        match (self, later) {
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
            (Self::Mean { n, mean, squares }, Self::Mean { n: more, mean: other, squares: spread })
                if *more > 0 =>
            {
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
            (
                Self::Finished { weighted, n, without_n, .. },
                Self::Finished { weighted: more_weighted, n: more, without_n: others, .. },
            ) => {
                *weighted += more_weighted;
                *n += more;
                without_n.extend(others);
            }
            _ => {}
        }
    }

    /// Whether the part of a rate cannot be one of its whole.
    pub(super) fn is_impossible(&self) -> bool {
        matches!(self, Self::Rate { part, whole, per } if !is_rate(*part, *whole, *per))
    }

    /// Whether two values without a base fell into one period: they cannot be averaged honestly.
    pub(super) fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Finished { kind, n, without_n, .. }
            if *kind != Kind::Count && (without_n.len() > 1 || (!without_n.is_empty() && *n > 0)))
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
            Self::Mean { n: 0, .. } | Self::Count(0) => None,
            Self::Mean { n, mean, squares } => {
                let deviation = if *n > 1 { (squares / (*n - 1) as f64).sqrt() } else { f64::NAN };
                Some(Estimate { value: *mean, n: Some(*n), interval: mean_interval(*mean, deviation, *n) })
            }
            Self::Rate { part, whole, per } => rate(*part, *whole, *per),
            Self::Count(count) => Some(Estimate { value: *count as f64, n: Some(*count), interval: None }),
            Self::Finished { kind, weighted, n, without_n } => finished(*kind, *weighted, *n, without_n),
        }
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

fn finished(kind: Kind, weighted: f64, n: u64, without_n: &[f64]) -> Option<Estimate> {
    if kind == Kind::Count {
        let sum: f64 = without_n.iter().sum();
        return (!without_n.is_empty()).then_some(Estimate {
            value: sum,
            n: Some(sum.max(0.0) as u64),
            interval: None,
        });
    }
    if n == 0 {
        return without_n.first().map(|value| Estimate { value: *value, n: None, interval: None });
    }
    let value = weighted / n as f64;
    let is_share = matches!(kind, Kind::Share | Kind::Csat | Kind::Ces(CesVariant::Share));
    let interval = if is_share { wilson_interval(value / 100.0 * n as f64, n) } else { None };
    Some(Estimate { value, n: Some(n), interval })
}
