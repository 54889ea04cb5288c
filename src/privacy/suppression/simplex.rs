//! The simplex method for bounded variables, started from the truth.
//!
//! The unknowns are differences from the real table, so zero everywhere is a solution and no first phase is needed. Unknowns
//! outside the basis may be anywhere between their bounds; each step moves one of them until it or a basic one is stopped.
//! Steps take the steepest unknown, and after a step of length zero the first one (Bland's rule), so no basis comes twice.

use super::bounds;
use super::knowledge::{FREE, Span};
use super::system::System;

const TINY: f64 = 1e-9;

/// How far the others are followed where nothing stops them.
const FAR: f64 = 1024.0;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Further on, or at least in another basis.
    Moved,
    /// There is no better solution.
    Best,
    /// There is no end; the solution is somewhere on the way.
    Endless,
}

/// Solutions of a system, one at a time.
#[derive(Debug)]
pub(super) struct Simplex {
    columns: usize,
    /// Row by row: each basic unknown plus the entries times the others is zero.
    entries: Vec<f64>,
    /// The unknown of each row.
    basis: Vec<usize>,
    /// The row of each unknown.
    row_of: Vec<Option<usize>>,
    at: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// Whether the last step had length zero.
    stuck: bool,
    /// Entries written so far.
    written: u64,
}

/// What moves when an unknown leaves its place: it, which way, how far, and the row that stops it.
struct Move {
    unknown: usize,
    sign: f64,
    length: f64,
    stopped_by: Option<usize>,
}

impl Simplex {
    /// `None` if the system is larger than [`bounds::TABLEAU`].
    pub(super) fn new(system: &System, spans: &[Span]) -> Option<Self> {
        let columns = system.cells.len();
        let size = columns.checked_mul(system.rows.len()).filter(|size| *size <= bounds::TABLEAU)?;
        let mut entries = vec![0.0; size];
        for (row, terms) in system.rows.iter().map(|row| &row.terms).enumerate() {
            terms.iter().for_each(|(at, sign)| entries[row * columns + at] = *sign as f64);
        }
        let open = |limit: i64, truth: i64| {
            if limit >= FREE { f64::INFINITY } else { (limit - truth) as f64 }
        };
        let pairs = || spans.iter().zip(&system.truth);
        let mut simplex = Self {
            columns,
            entries,
            basis: Vec::new(),
            row_of: vec![None; columns],
            at: vec![0.0; columns],
            low: pairs().map(|(span, truth)| (span.lo - truth) as f64).collect(),
            high: pairs().map(|(span, truth)| open(span.hi, *truth)).collect(),
            stuck: false,
            written: 0,
        };
        simplex.eliminate(system.rows.len());
        Some(simplex)
    }

    /// Entries written since this was last asked.
    pub(super) fn cost(&mut self) -> u64 {
        std::mem::take(&mut self.written)
    }

    /// Differences from the truth in the present solution.
    pub(super) fn at(&self) -> &[f64] {
        &self.at
    }

    /// Finds a first basis and drops equations that follow from others.
    fn eliminate(&mut self, rows: usize) {
        for _ in 0..rows {
            let row = self.basis.len();
            let size = |column: &usize| self.entries[row * self.columns + column].abs();
            let best = (0..self.columns).max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)));
            match best.filter(|column| size(column) > 1e-7) {
                Some(column) => {
                    self.basis.push(column);
                    self.row_of[column] = Some(row);
                    self.pivot(row, column);
                }
                None => {
                    self.entries.drain(row * self.columns..(row + 1) * self.columns);
                }
            }
        }
    }

    /// Makes the column a unit vector with its one in the row.
    fn pivot(&mut self, row: usize, column: usize) {
        let columns = self.columns;
        let own: Vec<f64> = {
            let slice = &mut self.entries[row * columns..(row + 1) * columns];
            let divisor = slice[column];
            slice.iter_mut().for_each(|entry| *entry /= divisor);
            slice.to_vec()
        };
        self.written += (columns + self.basis.len()) as u64;
        for (index, other) in self.entries.chunks_exact_mut(columns).enumerate() {
            let factor = other[column];
            if index == row || factor == 0.0 {
                continue;
            }
            self.written += columns as u64;
            for (entry, own) in other.iter_mut().zip(&own) {
                *entry -= factor * own;
                if entry.abs() < TINY {
                    *entry = 0.0;
                }
            }
        }
    }

    /// One step towards a higher (`sign` 1) or lower (-1) value of an unknown.
    pub(super) fn step(&mut self, goal: usize, sign: f64) -> Step {
        let entering = match self.row_of[goal] {
            None => self.has_room(goal, sign).then_some((goal, sign)),
            Some(row) => self.entering(row, sign),
        };
        self.written += (self.columns + self.basis.len()) as u64;
        let Some((unknown, sign)) = entering else { return Step::Best };
        let mut step = self.reach(unknown, sign);
        let endless = step.length.is_infinite();
        if endless {
            step.length = FAR;
        }
        self.stuck = step.length <= TINY;
        self.walk(&step);
        if endless { Step::Endless } else { Step::Moved }
    }

    fn has_room(&self, unknown: usize, sign: f64) -> bool {
        let room = if sign > 0.0 {
            self.high[unknown] - self.at[unknown]
        } else {
            self.at[unknown] - self.low[unknown]
        };
        room > TINY
    }

    /// The unknown outside the basis whose move does the most for the row's unknown, or the first one that does anything.
    fn entering(&self, row: usize, sign: f64) -> Option<(usize, f64)> {
        let entries = &self.entries[row * self.columns..(row + 1) * self.columns];
        let gains = entries.iter().enumerate().map(|(unknown, entry)| (unknown, -entry * sign));
        let mut useful = gains.filter(|(unknown, gain)| {
            gain.abs() > TINY && self.row_of[*unknown].is_none() && self.has_room(*unknown, gain.signum())
        });
        let chosen = if self.stuck {
            useful.next()
        } else {
            useful.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(b.0.cmp(&a.0)))
        };
        chosen.map(|(unknown, gain)| (unknown, gain.signum()))
    }

    /// How far an unknown can go before it or a basic one reaches a bound. Ties go to itself, then to the first unknown.
    fn reach(&self, unknown: usize, sign: f64) -> Move {
        let own = if sign > 0.0 {
            self.high[unknown] - self.at[unknown]
        } else {
            self.at[unknown] - self.low[unknown]
        };
        let mut best = Move { unknown, sign, length: own, stopped_by: None };
        for (row, basic) in self.basis.iter().enumerate() {
            let speed = -self.entries[row * self.columns + unknown] * sign;
            let length = if speed > TINY {
                (self.high[*basic] - self.at[*basic]) / speed
            } else if speed < -TINY {
                (self.at[*basic] - self.low[*basic]) / -speed
            } else {
                continue;
            };
            let length = length.max(0.0);
            let earlier = best.stopped_by.is_some_and(|row| *basic < self.basis[row]);
            if length < best.length - TINY || (length <= best.length + TINY && earlier) {
                best.length = length;
                best.stopped_by = Some(row);
            }
        }
        best
    }

    fn walk(&mut self, step: &Move) {
        for (row, basic) in self.basis.iter().enumerate() {
            self.at[*basic] -= self.entries[row * self.columns + step.unknown] * step.sign * step.length;
        }
        self.at[step.unknown] += step.sign * step.length;
        for at in &mut self.at {
            if (*at - at.round()).abs() < 1e-7 {
                *at = at.round();
            }
        }
        if let Some(row) = step.stopped_by {
            let leaving = std::mem::replace(&mut self.basis[row], step.unknown);
            self.row_of[leaving] = None;
            self.row_of[step.unknown] = Some(row);
            self.pivot(row, step.unknown);
        }
    }
}
