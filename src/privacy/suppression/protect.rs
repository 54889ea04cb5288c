//! Choosing what to hide.

use std::collections::BTreeSet;

use super::audit::{Breach, Found, Leak, leaks};
use super::bounds;
use super::components::{Component, components};
use super::knowledge::{Knowledge, Policy, View, Zeros};
use super::table::{Role, Table};

/// Why a cell is shown or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is shown, or it is out already.
    Shown,
    /// It rests on too few answers.
    Primary,
    /// It would give another one away. Readers should not see a difference to [`Reason::Primary`].
    Secondary,
    /// It is published nowhere.
    Latent,
}

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// For each cell whether its number of answers, value and interval may be shown.
    pub kept: Vec<bool>,
    /// For each cell why.
    pub reasons: Vec<Reason>,
    /// What can be worked out even if everything is hidden: from cells that are out already, or from the rule alone. What
    /// is shown adds nothing to it.
    pub left: Vec<Breach>,
}

/// Hides cells with too few answers, then the smallest others that keep those from being worked out. Coarse numbers, which
/// are wholes of others, are hidden after fine ones. Where
/// the audit does not pass in the end, everything that sums connect with the leak is hidden, unless not even that would help.
pub fn protect(table: &Table, policy: Policy) -> Protection {
    let ranks = ranks(table);
    let mut kept: Vec<bool> =
        (0..table.cells().len()).map(|cell| is_kept_first(table, cell, policy)).collect();
    let mut slots = vec![0; kept.len()];
    let mut left = Vec::new();
    for component in components(table) {
        if component.cells.iter().all(|cell| kept[*cell]) {
            continue;
        }
        let mut keeper = Keeper {
            table,
            policy,
            component: &component,
            ranks: &ranks,
            kept: &mut kept,
            slots: &mut slots,
            work: bounds::WORK,
        };
        left.extend(keeper.protect());
    }
    let reasons = (0..kept.len()).map(|cell| reason(table, cell, kept[cell], policy)).collect();
    left.sort_by_key(|breach| (breach.cell, breach.sum));
    Protection { kept, reasons, left }
}

/// Before anything is hidden for the sake of others.
fn is_kept_first(table: &Table, index: usize, policy: Policy) -> bool {
    let cell = table.cells()[index];
    let is_hidden_zero = cell.n == 0 && cell.floor > 0 && policy.zeros == Zeros::Hidden;
    match cell.role {
        Role::Public => true,
        Role::Latent => false,
        Role::Open => !cell.is_small() && !is_hidden_zero,
    }
}

fn reason(table: &Table, index: usize, kept: bool, policy: Policy) -> Reason {
    match table.cells()[index].role {
        _ if kept => Reason::Shown,
        Role::Latent => Reason::Latent,
        _ if is_kept_first(table, index, policy) => Reason::Secondary,
        _ => Reason::Primary,
    }
}

/// How coarse each cell is: 0 for cells that are no whole, and one more than its parts for a whole, up to 8.
fn ranks(table: &Table) -> Vec<u8> {
    let mut ranks = vec![0_u8; table.cells().len()];
    for _ in 0..8 {
        let mut changed = false;
        for sum in table.sums() {
            let above = sum.parts.iter().map(|part| ranks[*part] + 1).max().unwrap_or(0).min(8);
            changed |= ranks[sum.whole] < above;
            ranks[sum.whole] = ranks[sum.whole].max(above);
        }
        if !changed {
            break;
        }
    }
    ranks
}

/// Protects one connected set of cells.
struct Keeper<'a> {
    table: &'a Table,
    policy: Policy,
    component: &'a Component,
    ranks: &'a [u8],
    kept: &'a mut [bool],
    slots: &'a mut [usize],
    work: u64,
}

impl Keeper<'_> {
    /// Returns what could not be helped.
    fn protect(&mut self) -> Vec<Breach> {
        if self.mend(&[]) {
            return Vec::new();
        }
        let hopeless = self.hopeless();
        if hopeless.is_empty() || !self.mend(&hopeless) {
            self.hide_sums();
        }
        self.leaks().into_iter().map(|found| found.breach).collect()
    }

    /// Hides one cell after the other until nothing leaks that is not to be ignored, and tells whether that is so.
    fn mend(&mut self, ignored: &[Breach]) -> bool {
        let mut hidden = Vec::new();
        for cell in &self.component.cells {
            self.kept[*cell] = is_kept_first(self.table, *cell, self.policy);
        }
        self.settle_zeros();
        for round in 0..bounds::ROUNDS {
            let found = self.leaks_but(ignored);
            if found.is_empty() {
                self.restore(&hidden, ignored);
                return true;
            }
            let chosen = self.choose(&found, round < bounds::CAREFUL);
            if chosen.is_empty() {
                return false;
            }
            hidden.extend(self.hide(chosen));
        }
        false
    }

    /// What leaks when all is hidden that can be, so that hiding more of the table only for its sake would be in vain. A
    /// cell that the rule pins, but not the sums, is none of it: its score is not known yet.
    fn hopeless(&mut self) -> Vec<Breach> {
        let all = self.component.cells.iter().copied().filter(|cell| self.can_hide(*cell)).collect();
        self.hide(all);
        let known: Vec<Breach> = self.leaks().into_iter().map(|found| found.breach).collect();
        let policy = self.policy;
        self.policy = Policy { knowledge: Knowledge::Counts, width: 1, ..policy };
        let by_sums = self.leaks();
        self.policy = policy;
        let stays = |breach: &Breach| match breach.leak {
            Leak::Narrow { lo, hi } => lo < hi || by_sums.iter().any(|found| found.breach == *breach),
            Leak::Remainder { .. } | Leak::Uniform => true,
            Leak::Undecided => false,
        };
        known.into_iter().filter(stays).collect()
    }

    fn leaks(&mut self) -> Vec<Found> {
        let view = View { table: self.table, kept: self.kept, policy: self.policy };
        leaks(&view, self.component, self.slots, &mut self.work)
    }

    fn leaks_but(&mut self, ignored: &[Breach]) -> Vec<Found> {
        let same = |one: &Breach, other: &Breach| {
            one.leak == other.leak && one.sum == other.sum && (one.sum.is_some() || one.cell == other.cell)
        };
        let mut leaks = self.leaks();
        leaks.retain(|found| !ignored.iter().any(|breach| same(breach, &found.breach)));
        leaks
    }

    /// The cells to hide next: for each leak the best one, the finest and smallest of these first, and no two in sums that
    /// touch, as one may make the other needless; when `careful`, one for each system.
    fn choose(&self, found: &[Found], careful: bool) -> Vec<usize> {
        let mut candidates = Vec::new();
        for leak in found {
            let near = self.sums_near(leak.breach);
            let best = near.iter().find_map(|sum| self.best(std::iter::once(*sum)));
            candidates.extend(best.map(|cell| (self.cost(cell), near, leak.system)));
        }
        let mut helped: BTreeSet<usize> = candidates.iter().map(|(_, _, system)| *system).collect();
        for leak in found {
            if helped.insert(leak.system) {
                let near: Vec<usize> = self.sums_linked(std::iter::once(leak.breach)).collect();
                let best = self.best(near.iter().copied());
                candidates.extend(best.map(|cell| (self.cost(cell), near, leak.system)));
            }
        }
        candidates.sort();
        let (mut touched, mut mended) = (BTreeSet::new(), BTreeSet::new());
        let mut chosen = Vec::new();
        for ((_, _, cell), near, system) in candidates {
            let sums = || near.iter().chain(self.table.sums_of(cell));
            let is_first = mended.insert(system);
            if (is_first || !careful) && sums().all(|sum| !touched.contains(sum)) {
                touched.extend(sums().copied());
                chosen.push(cell);
            }
        }
        chosen
    }

    /// What is hidden first: fine, then small, then first.
    fn cost(&self, cell: usize) -> (u8, u64, usize) {
        (self.ranks[cell], self.table.cells()[cell].n, cell)
    }

    /// The sums a leak is about, those with the fewest hidden cells first: they tell the most.
    fn sums_near(&self, breach: Breach) -> Vec<usize> {
        let view = View { table: self.table, kept: self.kept, policy: self.policy };
        let hidden = |sum: &usize| {
            let sum = &self.table.sums()[*sum];
            sum.parts.iter().chain([&sum.whole]).filter(|cell| !view.is_known(**cell)).count()
        };
        let mut sums = breach.sum.map_or_else(|| self.table.sums_of(breach.cell).to_vec(), |sum| vec![sum]);
        sums.sort_by_cached_key(hidden);
        sums
    }

    /// The sums that can be reached from the breaches through hidden cells.
    fn sums_linked(&self, breaches: impl Iterator<Item = Breach>) -> impl Iterator<Item = usize> {
        let view = View { table: self.table, kept: self.kept, policy: self.policy };
        let mut reached: Vec<usize> = breaches.map(|breach| breach.cell).collect();
        let mut sums = BTreeSet::new();
        while let Some(cell) = reached.pop() {
            for sum in self.table.sums_of(cell) {
                if sums.insert(*sum) {
                    let Some(sum) = self.table.sums().get(*sum) else { continue };
                    reached
                        .extend(sum.parts.iter().chain([&sum.whole]).filter(|cell| !view.is_known(**cell)));
                }
            }
        }
        sums.into_iter()
    }

    /// The finest, smallest, first cell with answers that is still shown in these sums.
    fn best(&self, sums: impl Iterator<Item = usize>) -> Option<usize> {
        let sums = sums.map(|sum| &self.table.sums()[sum]);
        let members = sums.flat_map(|sum| sum.parts.iter().chain([&sum.whole]).copied());
        let shown = members.filter(|cell| self.can_hide(*cell) && self.table.cells()[*cell].n > 0);
        shown.min_by_key(|cell| self.cost(*cell))
    }

    fn can_hide(&self, cell: usize) -> bool {
        self.kept[cell] && self.table.cells()[cell].role == Role::Open
    }

    fn hide(&mut self, cells: Vec<usize>) -> Vec<usize> {
        cells.iter().for_each(|cell| self.kept[*cell] = false);
        self.settle_zeros();
        cells
    }

    /// Hides everything in the sums of cells that leak, and of the whole set if they still do.
    fn hide_sums(&mut self) {
        let found = self.leaks();
        let sums = self.sums_linked(found.iter().map(|found| found.breach));
        let cells = sums.map(|sum| &self.table.sums()[sum]);
        let members = cells.flat_map(|sum| sum.parts.iter().chain([&sum.whole]).copied());
        let affected: Vec<usize> = members.filter(|cell| self.can_hide(*cell)).collect();
        self.hide(affected);
        if !self.leaks().is_empty() {
            let all = self.component.cells.iter().copied().filter(|cell| self.can_hide(*cell)).collect();
            self.hide(all);
        }
    }

    /// Shows again what turned out not to be needed, the largest first.
    fn restore(&mut self, hidden: &[usize], ignored: &[Breach]) {
        let mut hidden = hidden.to_vec();
        hidden.sort_by_key(|cell| std::cmp::Reverse(self.cost(*cell)));
        // The one hidden last is needed: without it there was a leak.
        if hidden.len() < 2 {
            return;
        }
        for cell in hidden.into_iter().take(bounds::RESTORED) {
            self.kept[cell] = true;
            self.settle_zeros();
            if !self.leaks_but(ignored).is_empty() {
                self.kept[cell] = false;
                self.settle_zeros();
            }
        }
    }

    /// With [`Zeros::Shown`]: a cell without answers is hidden if and only if it is part of a hidden whole. A whole without
    /// answers has only such parts, so this goes on until nothing changes.
    fn settle_zeros(&mut self) {
        if self.policy.zeros == Zeros::Hidden {
            return;
        }
        let zeros = |cell: &&usize| {
            let cell = self.table.cells()[**cell];
            cell.n == 0 && cell.role == Role::Open
        };
        let zeros: Vec<usize> = self.component.cells.iter().filter(zeros).copied().collect();
        zeros.iter().for_each(|cell| self.kept[*cell] = true);
        let mut changed = !zeros.is_empty();
        while changed {
            changed = false;
            for cell in &zeros {
                let view = View { table: self.table, kept: self.kept, policy: self.policy };
                if self.kept[*cell] && !view.tells_zero(*cell) {
                    self.kept[*cell] = false;
                    changed = true;
                }
            }
        }
    }
}
