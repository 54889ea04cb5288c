//! The equations among hidden cells, and what follows from each of them alone.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds;
use super::components::{Component, Forest};
use super::knowledge::{FREE, Span, View, whole};

/// A sum from which everything known has been taken out: the terms, each plus or minus one, make the rest.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// A place in the system and a sign.
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) rest: i64,
}

/// Hidden cells that equations connect.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    /// Index in the table of each place.
    pub(super) cells: Vec<usize>,
    /// What they really are: one solution of the equations.
    pub(super) truth: Vec<i64>,
    /// What is known of each before any calculation.
    pub(super) spans: Vec<Span>,
    pub(super) rows: Vec<Row>,
}

/// The systems of hidden cells in a connected set of cells. `slots` is as long as the table; what it holds does not matter.
pub(super) fn systems(view: &View<'_>, component: &Component, slots: &mut [usize]) -> Vec<System> {
    let hidden: Vec<usize> = component.cells.iter().copied().filter(|cell| !view.is_known(*cell)).collect();
    for (slot, cell) in hidden.iter().enumerate() {
        slots[*cell] = slot;
    }
    let mut forest = Forest::new(hidden.len());
    for sum in component.sums.iter().map(|sum| &view.table.sums()[*sum]) {
        let mut members = sum
            .parts
            .iter()
            .chain([&sum.whole])
            .filter(|cell| !view.is_known(**cell))
            .map(|cell| slots[*cell]);
        if let Some(first) = members.next() {
            members.for_each(|other| forest.join(first, other));
        }
    }
    let mut systems: Vec<System> = Vec::new();
    let mut places = vec![(usize::MAX, 0); hidden.len()];
    for (slot, cell) in hidden.iter().enumerate() {
        let root = forest.root(slot);
        if places[root].0 == usize::MAX {
            places[root].0 = systems.len();
            systems.push(System::default());
        }
        let system = &mut systems[places[root].0];
        places[slot] = (places[root].0, system.cells.len());
        system.cells.push(*cell);
        system.truth.push(whole(view.cell(*cell).n));
        system.spans.push(view.prior(*cell));
    }
    for sum in &component.sums {
        let row = row(view, *sum, |cell| places[slots[cell]].1);
        let sum = &view.table.sums()[*sum];
        let member = sum.parts.iter().chain([&sum.whole]).find(|cell| !view.is_known(**cell));
        if let Some(member) = member {
            systems[places[slots[*member]].0].rows.push(row);
        }
    }
    systems
}

fn row(view: &View<'_>, sum: usize, place: impl Fn(usize) -> usize) -> Row {
    let sum = &view.table.sums()[sum];
    let mut row = Row { terms: Vec::new(), rest: 0 };
    for (cell, sign) in sum.parts.iter().map(|part| (*part, 1)).chain([(sum.whole, -1)]) {
        if view.is_known(cell) {
            row.rest -= sign * whole(view.cell(cell).n);
        } else {
            row.terms.push((place(cell), sign));
        }
    }
    row
}

impl System {
    /// Whether no two equations are connected in two ways. What follows from single equations is then all that follows.
    pub(super) fn is_tree(&self) -> bool {
        let terms: usize = self.rows.iter().map(|row| row.terms.len()).sum();
        terms + 1 == self.cells.len() + self.rows.len()
    }

    /// The equations each cell is in.
    pub(super) fn rows_of(&self) -> Vec<Vec<usize>> {
        let mut rows_of = vec![Vec::new(); self.cells.len()];
        for (index, row) in self.rows.iter().enumerate() {
            row.terms.iter().for_each(|(at, _)| rows_of[*at].push(index));
        }
        rows_of
    }

    /// About `size` cells around a place, which comes first, with their equations; all others are what they really are.
    /// Also the places of these cells here.
    pub(super) fn part(
        &self,
        rows_of: &[Vec<usize>],
        spans: &[Span],
        place: usize,
        size: usize,
    ) -> (Self, Vec<usize>) {
        let mut slots = BTreeMap::from([(place, 0)]);
        let mut places = vec![place];
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        let mut next = 0;
        while next < places.len() && places.len() < size {
            for row in &rows_of[places[next]] {
                if places.len() >= size || !reached.insert(*row) {
                    continue;
                }
                for (at, _) in self.rows[*row].terms.iter().take(size) {
                    slots.entry(*at).or_insert_with(|| {
                        places.push(*at);
                        places.len() - 1
                    });
                }
            }
            next += 1;
        }
        let touched: BTreeSet<usize> = places.iter().flat_map(|at| rows_of[*at].iter().copied()).collect();
        let row = |row: &Row| {
            let inside = |(at, sign): &(usize, i64)| Some((*slots.get(at)?, *sign));
            let terms: Vec<(usize, i64)> = row.terms.iter().filter_map(inside).collect();
            let rest = terms.iter().map(|(at, sign)| sign * self.truth[places[*at]]).sum();
            Row { terms, rest }
        };
        let part = Self {
            cells: places.iter().map(|at| self.cells[*at]).collect(),
            truth: places.iter().map(|at| self.truth[*at]).collect(),
            spans: places.iter().map(|at| spans[*at]).collect(),
            rows: touched.iter().map(|index| row(&self.rows[*index])).collect(),
        };
        (part, places)
    }

    /// Whether the numbers fulfil all equations and lie in the ranges of `spans`.
    pub(super) fn admits(&self, numbers: &[i64], spans: &[Span]) -> bool {
        let inside = |(n, span): (&i64, &Span)| span.lo <= *n && *n <= span.hi;
        let holds =
            |row: &Row| row.terms.iter().map(|(at, sign)| sign * numbers[*at]).sum::<i64>() == row.rest;
        numbers.iter().zip(spans).all(inside) && self.rows.iter().all(holds)
    }
}

/// How narrowing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Narrowed {
    /// No single equation says more.
    Settled,
    /// There was no end in sight. The ranges are right but may be too wide.
    Unsettled,
    /// No number is left for some cell.
    Empty,
}

/// Narrows the ranges by each equation in turn, to and fro, until nothing changes.
pub(super) fn narrow(rows: &[Row], spans: &mut [Span]) -> Narrowed {
    for sweep in 0..bounds::SWEEPS.min(rows.len() + 2) {
        let mut changed = false;
        for index in 0..rows.len() {
            let row = if sweep % 2 == 0 { &rows[index] } else { &rows[rows.len() - 1 - index] };
            match narrow_row(row, spans) {
                None => return Narrowed::Empty,
                Some(narrower) => changed |= narrower,
            }
        }
        if !changed {
            return Narrowed::Settled;
        }
    }
    Narrowed::Unsettled
}

/// Narrows by one equation and tells whether anything became narrower; `None` if it cannot hold.
fn narrow_row(row: &Row, spans: &mut [Span]) -> Option<bool> {
    let signed = |span: Span, sign: i64| if sign > 0 { (span.lo, span.hi) } else { (-span.hi, -span.lo) };
    let (mut low, mut high) = (0_i64, 0_i64);
    let (mut endless_low, mut endless_high) = (0_usize, 0_usize);
    for (at, sign) in &row.terms {
        let (lo, hi) = signed(spans[*at], *sign);
        if lo <= -FREE {
            endless_low += 1;
        } else {
            low += lo;
        }
        if hi >= FREE {
            endless_high += 1;
        } else {
            high += hi;
        }
    }
    let mut changed = false;
    for (at, sign) in &row.terms {
        let (lo, hi) = signed(spans[*at], *sign);
        let mut least = lo;
        let mut most = hi;
        // What the others make at least and at most; no statement if one of them has no limit.
        let (own_low, own_high) = (usize::from(lo <= -FREE), usize::from(hi >= FREE));
        if endless_low == own_low {
            most = hi.min(row.rest - (low - if own_low == 0 { lo } else { 0 }));
        }
        if endless_high == own_high {
            least = lo.max(row.rest - (high - if own_high == 0 { hi } else { 0 }));
        }
        if least > most {
            return None;
        }
        if (least, most) != (lo, hi) {
            spans[*at] =
                if *sign > 0 { Span { lo: least, hi: most } } else { Span { lo: -most, hi: -least } };
            changed = true;
        }
    }
    Some(changed)
}
