//! The lowest and the highest number each hidden cell can have.

use super::bounds;
use super::knowledge::{FREE, Span};
use super::search::{Found, complete};
use super::simplex::{Simplex, Step};
use super::system::{Narrowed, System, narrow};

/// What a reader can work out of a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lowest possible number.
    pub lo: u64,
    /// The highest possible number; `None` if there is no limit.
    pub hi: Option<u64>,
    /// Whether both are exact. Otherwise they only cannot be exceeded.
    pub exact: bool,
}

/// The numbers of a cell that are proven possible, and those that are not proven impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bracket {
    pub(super) seen: Span,
    pub(super) outer: Span,
}

impl Bracket {
    pub(super) fn range(self) -> Range {
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        let hi = (self.outer.hi < FREE).then(|| count(self.outer.hi));
        Range { lo: count(self.outer.lo), hi, exact: self.seen == self.outer }
    }
}

/// A need that no cell fulfils: everything there is to know is worked out.
pub(super) const EXACT: i64 = i64::MAX;

/// Brackets for all cells of a system. Work on a cell ends once it is known to span its need.
pub(super) fn solve(system: &System, needs: &[i64], work: &mut u64) -> Vec<Bracket> {
    let mut spans = system.spans.clone();
    let narrowed = narrow(&system.rows, &mut spans);
    let truth = |n: &i64| Span { lo: *n, hi: *n };
    let cells = system.truth.iter().zip(&spans);
    if narrowed == Narrowed::Settled && system.is_tree() {
        return cells.map(|(_, span)| Bracket { seen: *span, outer: *span }).collect();
    }
    let brackets = cells.map(|(n, span)| Bracket { seen: truth(n), outer: *span }).collect();
    let mut attack = Attack { system, spans, brackets, nodes: bounds::NODES };
    for size in bounds::NEIGHBOURS.into_iter().filter(|size| *size < system.cells.len()) {
        attack.near(size, needs, work);
    }
    if system.cells.len() <= bounds::SOLVED || needs.contains(&EXACT) {
        attack.all(needs, work);
    }
    attack.brackets
}

struct Attack<'a> {
    system: &'a System,
    /// What follows from single equations.
    spans: Vec<Span>,
    brackets: Vec<Bracket>,
    /// Left for searches.
    nodes: u32,
}

impl Attack<'_> {
    fn all(&mut self, needs: &[i64], work: &mut u64) {
        if (0..needs.len()).all(|place| self.is_decided(place, needs[place])) || *work == 0 {
            return;
        }
        if let Some(mut simplex) = Simplex::new(self.system, &self.spans) {
            *work = work.saturating_sub(simplex.cost());
            for (place, need) in needs.iter().enumerate() {
                self.cell(&mut simplex, place, *need, work);
            }
        }
    }

    /// Looks for solutions in which only some cells near the one in question differ from the truth. Cheap, and a solution
    /// is a solution; only limits cannot be found this way.
    fn near(&mut self, size: usize, needs: &[i64], work: &mut u64) {
        let rows_of = self.system.rows_of();
        for (place, need) in needs.iter().enumerate() {
            let is_narrow = self.brackets[place].outer.width() < *need;
            if is_narrow || self.is_decided(place, *need) || *work == 0 {
                continue;
            }
            let (part, places) = self.system.part(&rows_of, &self.spans, place, size);
            *work = work.saturating_sub((part.cells.len() * part.rows.len()) as u64);
            let brackets = part.truth.iter().zip(&part.spans);
            let brackets =
                brackets.map(|(n, span)| Bracket { seen: Span { lo: *n, hi: *n }, outer: *span }).collect();
            let mut attack = Attack { system: &part, spans: part.spans.clone(), brackets, nodes: 0 };
            let mut least = vec![0; places.len()];
            // The cell in question is the first of its neighbours.
            least[0] = *need;
            attack.all(&least, work);
            for (place, near) in places.iter().zip(attack.brackets) {
                let seen = &mut self.brackets[*place].seen;
                *seen = Span { lo: seen.lo.min(near.seen.lo), hi: seen.hi.max(near.seen.hi) };
            }
        }
    }

    fn cell(&mut self, simplex: &mut Simplex, place: usize, need: i64, work: &mut u64) {
        for sign in [1.0, -1.0] {
            if self.is_decided(place, need) {
                return;
            }
            self.push(simplex, place, sign, need, work);
        }
        if !self.is_decided(place, need) {
            self.search(place, need, work);
        }
    }

    fn is_decided(&self, place: usize, need: i64) -> bool {
        let Bracket { seen, outer } = self.brackets[place];
        seen.width() >= need || seen == outer
    }

    /// Goes as high or as low as it gets in real numbers and notes each solution in integers on the way.
    fn push(&mut self, simplex: &mut Simplex, place: usize, sign: f64, need: i64, work: &mut u64) {
        while !self.is_decided(place, need) {
            if *work == 0 {
                return;
            }
            let before = self.integers(simplex.at());
            let step = simplex.step(place, sign);
            *work = work.saturating_sub(simplex.cost());
            let after = self.integers(simplex.at());
            if let Some(numbers) = &after {
                self.note(numbers);
            }
            match step {
                Step::Moved => {}
                Step::Best => return self.limit(place, sign, simplex.at()[place]),
                Step::Endless => {
                    if before.zip(after).is_some_and(|(before, after)| self.is_endless(&before, &after)) {
                        self.brackets[place].seen.hi = FREE;
                    }
                    return;
                }
            }
        }
    }

    /// A solution as numbers of answers, if it is one in integers.
    fn integers(&self, differences: &[f64]) -> Option<Vec<i64>> {
        let whole = |(n, more): (&i64, &f64)| {
            let rounded = more.round();
            ((more - rounded).abs() < 1e-6).then(|| n + rounded as i64)
        };
        let numbers: Vec<i64> =
            self.system.truth.iter().zip(differences).map(whole).collect::<Option<_>>()?;
        self.system.admits(&numbers, &self.spans).then_some(numbers)
    }

    /// Whether the way from one solution to another can be gone again and again.
    fn is_endless(&self, before: &[i64], after: &[i64]) -> bool {
        let steps = before.iter().zip(after).zip(&self.spans);
        let mut steps = steps.map(|((before, after), span)| (after - before, span));
        steps.all(|(step, span)| step == 0 || (step > 0 && span.hi >= FREE))
    }

    fn note(&mut self, numbers: &[i64]) {
        for (bracket, n) in self.brackets.iter_mut().zip(numbers) {
            bracket.seen.lo = bracket.seen.lo.min(*n);
            bracket.seen.hi = bracket.seen.hi.max(*n);
        }
    }

    /// No solution lies beyond the best one in real numbers.
    fn limit(&mut self, place: usize, sign: f64, difference: f64) {
        let truth = self.system.truth[place];
        let Bracket { seen, outer } = &mut self.brackets[place];
        if sign > 0.0 {
            outer.hi = outer.hi.min(truth + (difference + 1e-6).floor() as i64).max(seen.hi);
        } else {
            outer.lo = outer.lo.max(truth + (difference - 1e-6).ceil() as i64).min(seen.lo);
        }
    }

    /// Tries the numbers between those seen and the limits, from the limits inwards.
    fn search(&mut self, place: usize, need: i64, work: &mut u64) {
        let cost = 8 * (self.system.cells.len() * self.system.rows.len()) as u64 + 1;
        let affordable = u32::try_from(*work / cost).unwrap_or(u32::MAX).min(self.nodes);
        let mut nodes = affordable;
        self.search_within(place, need, &mut nodes);
        self.nodes -= affordable - nodes;
        *work -= cost * u64::from(affordable - nodes);
    }

    fn search_within(&mut self, place: usize, need: i64, nodes: &mut u32) {
        while !self.is_decided(place, need) && *nodes > 0 {
            let Bracket { seen, outer } = self.brackets[place];
            let (value, is_high) = match (seen.hi < outer.hi && outer.hi < FREE, outer.lo < seen.lo) {
                (true, _) => (outer.hi, true),
                (_, true) => (outer.lo, false),
                _ => return,
            };
            match complete(self.system, &self.spans, place, value, nodes) {
                Found::Numbers(numbers) => self.note(&numbers),
                Found::Nothing if is_high => self.brackets[place].outer.hi -= 1,
                Found::Nothing => self.brackets[place].outer.lo += 1,
                Found::Unknown => return,
            }
        }
    }
}
