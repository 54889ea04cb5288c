//! Random tables with what is shown of them, as JSON lines, for `tests/referee/suppression.py`; or how fast it is.
//!
//! `cargo run --release --example suppression_tables -- 300` or `-- speed`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use std::time::Instant;

use cxbook::privacy::suppression::{
    Cell, Knowledge, Policy, Range, Role, Table, Zeros, audit, feasible, protect,
};
use serde_json::{Value, json};

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Many small, some large.
    fn n(&mut self, floor: u64) -> u64 {
        match self.below(6) {
            0 => 0,
            1 | 2 => self.below(floor),
            3 | 4 => floor + self.below(3 * floor),
            _ => self.below(200),
        }
    }
}

fn main() {
    let argument = std::env::args().nth(1).unwrap_or_default();
    if argument == "speed" {
        return speed();
    }
    let mut dice = Dice(20_260_101);
    for index in 0..argument.parse().unwrap_or(300_u64) {
        let floor = [3, 5, 10][dice.below(3) as usize];
        let (shape, table) = match index % 5 {
            0 => ("splits", splits(&mut dice, floor)),
            1 => ("crossed", crossed(&mut dice, floor, 1)),
            2 => ("crossed over three periods", crossed(&mut dice, floor, 3)),
            3 => ("windows", windows(&mut dice, floor)),
            _ => ("editions", editions(&mut dice, floor)),
        };
        let policy = Policy {
            zeros: if dice.below(2) == 0 { Zeros::Shown } else { Zeros::Hidden },
            knowledge: if dice.below(3) == 0 { Knowledge::Counts } else { Knowledge::Rule },
            width: 1 + dice.below(4),
        };
        println!("{}", line(shape, &table, policy));
    }
}

fn line(shape: &str, table: &Table, policy: Policy) -> Value {
    let shown = protect(table, policy);
    let naive: Vec<bool> = table.cells().iter().map(|cell| cell.n == 0 || cell.n >= cell.floor).collect();
    let role = |cell: &Cell| match cell.role {
        Role::Open => "open",
        Role::Public => "public",
        Role::Latent => "latent",
    };
    let cells: Vec<Value> =
        table.cells().iter().map(|cell| json!([cell.n, cell.floor, role(cell)])).collect();
    let sums: Vec<Value> = table.sums().iter().map(|sum| json!([sum.parts, sum.whole])).collect();
    let ranges = |kept: &[bool]| {
        let value = |range: Option<Range>| range.map(|range| json!([range.lo, range.hi, range.exact]));
        feasible(table, kept, policy).into_iter().map(value).collect::<Vec<_>>()
    };
    let pinned = |kept: &[bool]| {
        audit(table, kept, policy).iter().filter(|b| b.sum.is_none()).map(|b| b.cell).collect::<Vec<_>>()
    };
    let side = |kept: &[bool]| json!({ "kept": kept, "ranges": ranges(kept), "pinned": pinned(kept) });
    json!({
        "shape": shape, "cells": cells, "sums": sums,
        "zeros_shown": policy.zeros == Zeros::Shown, "rule": policy.knowledge == Knowledge::Rule, "width": policy.width,
        "naive": side(&naive), "protected": side(&shown.kept),
        "left": shown.left.iter().map(|breach| breach.cell).collect::<Vec<_>>(),
    })
}

fn splits(dice: &mut Dice, floor: u64) -> Table {
    let mut table = Table::new();
    let groups: Vec<Vec<u64>> =
        (0..=dice.below(3)).map(|_| (0..2 + dice.below(7)).map(|_| dice.n(floor)).collect()).collect();
    let most = groups.iter().map(|groups| groups.iter().sum::<u64>()).max().unwrap_or(0);
    let total = table.cell(Cell::open(most, floor.min(5)));
    for groups in groups {
        let cells: Vec<usize> = groups.iter().map(|n| table.cell(Cell::open(*n, floor))).collect();
        table.sum_with_rest(&cells, total, floor).unwrap();
    }
    table
}

/// Rows, columns, margins and all, in each of some periods and over all periods.
fn crossed(dice: &mut Dice, floor: u64, periods: u64) -> Table {
    let (rows, columns) = (2 + dice.below(3) as usize, 2 + dice.below(3) as usize);
    let mut table = Table::new();
    let mut layers: Vec<Vec<usize>> = Vec::new();
    for _ in 0..periods {
        let inner: Vec<u64> = (0..rows * columns).map(|_| dice.n(floor)).collect();
        layers.push(layer(&mut table, &inner, columns, floor));
    }
    if periods > 1 {
        let width = layers[0].len();
        let sum = |at: usize| layers.iter().map(|layer| table.cells()[layer[at]].n).sum();
        let inner: Vec<u64> = (0..rows * columns).map(sum).collect();
        let all = layer(&mut table, &inner, columns, floor);
        for at in 0..width {
            let parts: Vec<usize> = layers.iter().map(|layer| layer[at]).collect();
            table.sum(&parts, all[at]).unwrap();
        }
    }
    table
}

fn layer(table: &mut Table, inner: &[u64], columns: usize, floor: u64) -> Vec<usize> {
    let cells: Vec<usize> = inner.iter().map(|n| table.cell(Cell::open(*n, floor))).collect();
    let mut layer = cells.clone();
    let mut add = |table: &mut Table, parts: &[usize]| {
        let n = parts.iter().map(|part| table.cells()[*part].n).sum();
        let whole = table.cell(Cell::open(n, floor));
        table.sum(parts, whole).unwrap();
        layer.push(whole);
        whole
    };
    let rows: Vec<usize> = cells.chunks(columns).map(|row| add(table, row)).collect();
    for column in 0..columns {
        let parts: Vec<usize> = cells.iter().skip(column).step_by(columns).copied().collect();
        add(table, &parts);
    }
    let all = add(table, &rows);
    let sums: Vec<usize> = layer[layer.len() - 1 - columns..layer.len() - 1].to_vec();
    table.sum(&sums, all).unwrap();
    layer
}

/// Months of which some are shown, and rolling windows of three.
fn windows(dice: &mut Dice, floor: u64) -> Table {
    let mut table = Table::new();
    let latent = dice.below(2) == 0;
    let months: Vec<usize> = (0..5 + dice.below(8))
        .map(|_| {
            let n = dice.n(floor);
            let is_latent = latent && dice.below(4) > 0;
            table.cell(if is_latent { Cell::latent(n, floor) } else { Cell::open(n, floor) })
        })
        .collect();
    for three in months.windows(3) {
        let n = three.iter().map(|month| table.cells()[*month].n).sum();
        let window = table.cell(Cell::open(n, floor));
        table.sum(three, window).unwrap();
    }
    table
}

/// What was shown in the previous edition, what came late, and what is so now.
fn editions(dice: &mut Dice, floor: u64) -> Table {
    let mut table = Table::new();
    let mut rows = [Vec::new(), Vec::new(), Vec::new()];
    let mut add = |table: &mut Table, old: u64, late: u64| {
        let before = if old >= floor || old == 0 { Cell::public(old) } else { Cell::latent(old, floor) };
        let cells =
            [before, Cell::latent(late, floor), Cell::open(old + late, floor)].map(|cell| table.cell(cell));
        table.sum(&cells[..2], cells[2]).unwrap();
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
        (old, late)
    };
    let mut all = (0, 0);
    for _ in 0..2 + dice.below(4) {
        let late = if dice.below(2) == 0 { 0 } else { dice.n(floor) };
        let (old, late) = add(&mut table, dice.n(floor), late);
        all = (all.0 + old, all.1 + late);
    }
    add(&mut table, all.0, all.1);
    for row in rows {
        table.sum(&row[..row.len() - 1], row[row.len() - 1]).unwrap();
    }
    table
}

fn speed() {
    let mut dice = Dice(7);
    let mut table = Table::new();
    for _ in 0..100_000 {
        let groups: Vec<u64> = (0..6).map(|_| dice.n(10)).collect();
        let total = table.cell(Cell::open(groups.iter().sum(), 5));
        let cells: Vec<usize> = groups.iter().map(|n| table.cell(Cell::open(*n, 10))).collect();
        table.sum(&cells, total).unwrap();
    }
    for width in [1, 2, 3, 8] {
        let begin = Instant::now();
        let shown = protect(&table, Policy { width, ..Policy::default() });
        let took = begin.elapsed();
        let lost = |total: bool| {
            let cells = shown.kept.iter().enumerate().filter(|(cell, _)| (cell % 7 == 0) == total);
            let could = cells.filter(|(cell, _)| table.cells()[*cell].n >= table.cells()[*cell].floor);
            let (all, gone) =
                could.fold((0, 0), |(all, gone), (_, kept)| (all + 1, gone + usize::from(!kept)));
            100.0 * f64::from(gone as u32) / f64::from(all as u32)
        };
        println!(
            "width {width}: {took:?}; hidden although large enough: {:.1} % of groups, {:.2} % of totals; left {}",
            lost(false),
            lost(true),
            shown.left.len()
        );
    }
}
