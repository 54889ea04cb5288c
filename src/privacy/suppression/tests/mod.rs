//! The cases of the research notes, tables over time and editions, and random tables against brute force.

mod brute;
mod golden;
mod random;
mod time;

use super::*;

/// A reader who knows the sums only.
const COUNTS: Policy = Policy { zeros: Zeros::Shown, knowledge: Knowledge::Counts, width: 3 };

/// The total and the groups of one split; the total is cell 0.
fn one_split(total_floor: u64, floor: u64, groups: &[u64]) -> Table {
    let mut table = Table::new();
    let total = table.cell(Cell::open(groups.iter().sum(), total_floor));
    split(&mut table, total, floor, groups);
    table
}

/// Adds a split of a total and returns its cells.
fn split(table: &mut Table, total: usize, floor: u64, groups: &[u64]) -> Vec<usize> {
    let cells: Vec<usize> = groups.iter().map(|n| table.cell(Cell::open(*n, floor))).collect();
    table.sum(&cells, total).unwrap();
    cells
}

/// Rows and columns with their margins and the grand total; inner cells come first, row by row.
fn crossed(floor: u64, inner: &[Vec<u64>]) -> Table {
    let mut table = Table::new();
    let columns = inner[0].len();
    inner.iter().flatten().for_each(|n| {
        table.cell(Cell::open(*n, floor));
    });
    let mut margins = [Vec::new(), Vec::new()];
    for (index, row) in inner.iter().enumerate() {
        let parts: Vec<usize> = (index * columns..(index + 1) * columns).collect();
        margins[0].push(table.cell(Cell::open(row.iter().sum(), floor)));
        table.sum(&parts, margins[0][index]).unwrap();
    }
    for column in 0..columns {
        let parts: Vec<usize> = (0..inner.len()).map(|row| row * columns + column).collect();
        margins[1].push(table.cell(Cell::open(inner.iter().map(|row| row[column]).sum(), floor)));
        table.sum(&parts, margins[1][column]).unwrap();
    }
    let all = table.cell(Cell::open(inner.iter().flatten().sum(), floor));
    margins.iter().for_each(|margin| table.sum(margin, all).unwrap());
    table
}

/// Everything but these cells is shown.
fn all_but(table: &Table, hidden: &[usize]) -> Vec<bool> {
    (0..table.cells().len()).map(|cell| !hidden.contains(&cell)).collect()
}

fn hidden(protection: &Protection) -> Vec<usize> {
    (0..protection.kept.len()).filter(|cell| !protection.kept[*cell]).collect()
}

/// Lowest and highest number of a hidden cell, which must be exact.
fn range(table: &Table, kept: &[bool], policy: Policy, cell: usize) -> (u64, Option<u64>) {
    let range = feasible(table, kept, policy)[cell].unwrap();
    assert!(range.exact, "{range:?}");
    (range.lo, range.hi)
}
