//! Playing the reader: what can be worked out of what is shown.

use super::bounds;
use super::components::{Component, components};
use super::knowledge::{Policy, View, whole};
use super::solve::{EXACT, Range, solve};
use super::system::{System, systems};
use super::table::{Role, Sum, Table};

/// Something that can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// The hidden cell it is about; for a sum, its first hidden part.
    pub cell: usize,
    /// The sum it is about, if it is about one.
    pub sum: Option<usize>,
    /// What it is.
    pub leak: Leak,
}

/// What can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// The number of answers lies in a narrow range; from `lo` to `lo` is exactly known, and with it the score.
    Narrow {
        /// The lowest possible number.
        lo: u64,
        /// The highest possible number.
        hi: u64,
    },
    /// The hidden parts of a sum have together this many answers: too few, and their common score follows.
    Remainder {
        /// Answers in the hidden parts.
        n: u64,
    },
    /// Everybody in the hidden parts of a sum gave a marked answer.
    Uniform,
    /// Whether it can be worked out could not be decided within the bounds.
    Undecided,
}

/// Everything that a reader of the shown cells can work out and must not, in the order of the cells. `kept` says for each
/// cell whether it is shown; it matters for open cells only.
pub fn audit(table: &Table, kept: &[bool], policy: Policy) -> Vec<Breach> {
    let view = View { table, kept, policy };
    let mut slots = vec![0; table.cells().len()];
    let mut breaches: Vec<Breach> = Vec::new();
    for component in components(table) {
        let mut work = bounds::WORK;
        let leaks = leaks(&view, &component, &mut slots, &mut work);
        breaches.extend(leaks.into_iter().map(|leak| leak.breach));
    }
    breaches.sort_by_key(|breach| (breach.cell, breach.sum));
    breaches
}

/// What a reader can work out of each hidden cell; `None` for cells that are known.
pub fn feasible(table: &Table, kept: &[bool], policy: Policy) -> Vec<Option<Range>> {
    let view = View { table, kept, policy };
    let mut slots = vec![0; table.cells().len()];
    let mut ranges = vec![None; table.cells().len()];
    for component in components(table) {
        let mut work = bounds::WORK;
        for system in systems(&view, &component, &mut slots) {
            let needs = vec![EXACT; system.cells.len()];
            let brackets = solve(&system, &needs, &mut work);
            for (cell, bracket) in system.cells.iter().zip(brackets) {
                ranges[*cell] = Some(bracket.range());
            }
        }
    }
    ranges
}

/// A breach and the system of hidden cells it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) breach: Breach,
    pub(super) system: usize,
}

/// Everything that can be worked out in a connected set of cells.
pub(super) fn leaks(
    view: &View<'_>,
    component: &Component,
    slots: &mut [usize],
    work: &mut u64,
) -> Vec<Found> {
    if component.cells.iter().all(|cell| view.is_known(*cell)) {
        return Vec::new();
    }
    let systems = systems(view, component, slots);
    let mut found = Vec::new();
    for (index, system) in systems.iter().enumerate() {
        found.extend(cells(view, system, work).map(|breach| Found { breach, system: index }));
        system.cells.iter().for_each(|cell| slots[*cell] = index);
    }
    for sum in &component.sums {
        let breach = together(view, *sum);
        found.extend(breach.map(|breach| Found { breach, system: slots[breach.cell] }));
    }
    found
}

/// Hidden cells whose number is too well known.
fn cells<'a>(view: &View<'_>, system: &'a System, work: &mut u64) -> impl Iterator<Item = Breach> + 'a {
    let needs: Vec<i64> = system.cells.iter().map(|cell| view.need(*cell)).collect();
    let brackets = solve(system, &needs, work);
    system.cells.iter().zip(brackets).zip(needs).filter_map(|((cell, bracket), need)| {
        if bracket.seen.width() >= need {
            return None;
        }
        let Range { lo, hi, exact } = bracket.range();
        let leak = match hi {
            Some(hi) if exact => Leak::Narrow { lo, hi },
            _ => Leak::Undecided,
        };
        Some(Breach { cell: *cell, sum: None, leak })
    })
}

/// Whether the hidden parts of a sum are too few together or all alike. Not where no part is shown: then they are the whole,
/// about which nothing is said that is not on the page.
fn together(view: &View<'_>, index: usize) -> Option<Breach> {
    let Sum { parts, whole: all } = &view.table.sums()[index];
    let shown = |cell: &usize| view.is_known(*cell);
    if !shown(all) || !parts.iter().any(|part| shown(part) && view.cell(*part).n > 0) {
        return None;
    }
    let hidden = || parts.iter().filter(|part| !shown(part)).map(|part| (*part, view.cell(*part)));
    let first = hidden().map(|(part, _)| part).next()?;
    let n: u64 = hidden().map(|(_, cell)| cell.n).sum();
    let floor = hidden().map(|(_, cell)| cell.floor).max().unwrap_or(0);
    let protects_somebody =
        hidden().any(|(_, cell)| cell.n > 0 && (cell.role == Role::Open || cell.is_small()));
    let marked: Option<u64> = hidden().map(|(_, cell)| cell.marked).sum();
    let whole_is_uniform = view.cell(*all).marked.is_some_and(|marked| marked == view.cell(*all).n);
    let leak = match n {
        0 => return None,
        n if whole(n) < whole(floor) => Leak::Remainder { n },
        n if protects_somebody && marked == Some(n) && !whole_is_uniform => Leak::Uniform,
        _ => return None,
    };
    Some(Breach { cell: first, sum: Some(index), leak })
}
