//! Another reader: tries every completion of a small table, without any of the code that is tested.

use super::*;

/// Lowest and highest number of each cell over all completions, up to `most` answers per cell; `None` after too many tries.
pub(super) fn extremes(table: &Table, kept: &[bool], policy: Policy, most: i64) -> Option<Vec<(i64, i64)>> {
    let mut reader = Reader {
        table,
        numbers: table.cells().iter().zip(kept).map(|(cell, kept)| known(cell, *kept)).collect(),
        allowed: (0..kept.len()).map(|cell| allowed(table, kept, policy, cell, most)).collect(),
        extremes: vec![(i64::MAX, i64::MIN); kept.len()],
        tries: 300_000,
    };
    reader.complete();
    (reader.tries > 0).then_some(reader.extremes)
}

fn known(cell: &Cell, kept: bool) -> Option<i64> {
    let known = cell.role == Role::Public || (cell.role == Role::Open && kept);
    known.then_some(cell.n as i64)
}

/// Everything a hidden cell may be as far as the rule goes.
fn allowed(table: &Table, kept: &[bool], policy: Policy, index: usize, most: i64) -> (i64, i64) {
    let cell = &table.cells()[index];
    let floor = cell.floor as i64;
    let in_hidden_whole = table.sums().iter().any(|sum| {
        let whole = &table.cells()[sum.whole];
        sum.parts.contains(&index) && known(whole, kept[sum.whole]).is_none()
    });
    let zero_is_shown = policy.zeros == Zeros::Shown && !in_hidden_whole;
    match cell.role {
        _ if policy.knowledge == Knowledge::Counts => (0, most),
        Role::Latent if 0 < cell.n && cell.n < cell.floor => (1, floor - 1),
        Role::Latent => (0, most),
        _ if cell.n < cell.floor => (i64::from(zero_is_shown && cell.n > 0), floor - 1),
        _ => (floor, most),
    }
}

struct Reader<'a> {
    table: &'a Table,
    numbers: Vec<Option<i64>>,
    allowed: Vec<(i64, i64)>,
    extremes: Vec<(i64, i64)>,
    tries: u32,
}

impl Reader<'_> {
    fn complete(&mut self) {
        if self.tries == 0 {
            return;
        }
        self.tries -= 1;
        let before = self.numbers.clone();
        if self.fill() {
            match self.numbers.iter().position(Option::is_none) {
                None => {
                    for (extreme, n) in self.extremes.iter_mut().zip(self.numbers.iter().flatten()) {
                        *extreme = (extreme.0.min(*n), extreme.1.max(*n));
                    }
                }
                Some(open) => {
                    for n in self.allowed[open].0..=self.allowed[open].1 {
                        self.numbers[open] = Some(n);
                        self.complete();
                    }
                }
            }
        }
        self.numbers = before;
    }

    /// Fills in what a sum with one gap says; false if some sum does not hold.
    fn fill(&mut self) -> bool {
        loop {
            let mut filled = false;
            for sum in self.table.sums() {
                let terms = || sum.parts.iter().map(|part| (*part, 1)).chain([(sum.whole, -1)]);
                let total: i64 = terms().filter_map(|(cell, sign)| Some(sign * self.numbers[cell]?)).sum();
                let gaps: Vec<(usize, i64)> =
                    terms().filter(|(cell, _)| self.numbers[*cell].is_none()).collect();
                match gaps.as_slice() {
                    [] if total != 0 => return false,
                    [(cell, sign)] => {
                        let n = -total * sign;
                        if n < self.allowed[*cell].0 || n > self.allowed[*cell].1 {
                            return false;
                        }
                        self.numbers[*cell] = Some(n);
                        filled = true;
                    }
                    // The parts alone are already more than the whole.
                    _ if total > 0 && gaps.iter().all(|(_, sign)| *sign > 0) => return false,
                    _ => {}
                }
            }
            if !filled {
                return true;
            }
        }
    }
}
