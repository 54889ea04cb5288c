//! Numbers of answers and the sums among them.

use super::bounds;

/// What may happen to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is published unless it is hidden.
    Open,
    /// It is out already, in a previous edition for instance, and cannot be taken back.
    Public,
    /// It is never published; it stands for what a reader could work out: late answers, a single month of a rolling
    /// window, people without a region.
    Latent,
}

/// One number of answers, with the score that rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Answers.
    pub n: u64,
    /// Fewest answers that may be known. Readers know it. 0 where any number may be.
    pub floor: u64,
    /// What may happen to it.
    pub role: Role,
    /// Answers of the kind that must not be said of everybody in a hidden group, such as detractors. `None` where nothing
    /// of this sort is looked at.
    pub marked: Option<u64>,
}

impl Cell {
    /// A cell that is published unless it is hidden.
    pub fn open(n: u64, floor: u64) -> Self {
        Self { n, floor, role: Role::Open, marked: None }
    }

    /// A cell that is out already.
    pub fn public(n: u64) -> Self {
        Self { n, floor: 0, role: Role::Public, marked: None }
    }

    /// A number that is published nowhere and must not be found out if it is small.
    pub fn latent(n: u64, floor: u64) -> Self {
        Self { n, floor, role: Role::Latent, marked: None }
    }

    /// Whether it has answers, and too few.
    pub(super) fn is_small(&self) -> bool {
        0 < self.n && self.n < self.floor
    }
}

/// The parts are together the whole. Readers know that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Indexes of the parts; each once.
    pub parts: Vec<usize>,
    /// Index of the whole, which is no part.
    pub whole: usize,
}

/// Why a sum cannot be added to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untrue {
    /// There is no such cell.
    NoCell,
    /// A cell is in it twice.
    Twice,
    /// The parts are together fewer than the whole.
    Less(u64),
    /// The parts are together more than the whole: they overlap.
    More(u64),
}

/// Cells and sums. All sums hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    cells: Vec<Cell>,
    sums: Vec<Sum>,
    /// For each cell, the sums it is in.
    sums_of: Vec<Vec<usize>>,
}

impl Table {
    /// A table without cells.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a cell and returns its index.
    pub fn cell(&mut self, cell: Cell) -> usize {
        let (n, floor) = (cell.n.min(bounds::ANSWERS), cell.floor.min(bounds::ANSWERS + 1));
        self.cells.push(Cell { n, floor, ..cell });
        self.sums_of.push(Vec::new());
        self.cells.len() - 1
    }

    /// Adds a sum, if it is true.
    pub fn sum(&mut self, parts: &[usize], whole: usize) -> Result<(), Untrue> {
        match self.rest(parts, whole)? {
            0 => self.push(Sum { parts: parts.to_vec(), whole }),
            missing => return Err(Untrue::Less(missing)),
        }
        Ok(())
    }

    /// Adds a sum in which parts may be missing: people without a region are in the total only. What is missing becomes a
    /// latent cell with this threshold, whose index is returned; none if nothing is missing.
    pub fn sum_with_rest(
        &mut self,
        parts: &[usize],
        whole: usize,
        floor: u64,
    ) -> Result<Option<usize>, Untrue> {
        let missing = self.rest(parts, whole)?;
        let mut parts = parts.to_vec();
        let rest = (missing > 0).then(|| self.cell(Cell::latent(missing, floor)));
        parts.extend(rest);
        self.push(Sum { parts, whole });
        Ok(rest)
    }

    /// By how much the whole is more than its parts.
    fn rest(&self, parts: &[usize], whole: usize) -> Result<u64, Untrue> {
        let mut all = parts.to_vec();
        all.push(whole);
        all.sort_unstable();
        if all.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Untrue::Twice);
        }
        if all.iter().any(|index| *index >= self.cells.len()) {
            return Err(Untrue::NoCell);
        }
        let sum = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(self.cells[*part].n));
        let whole = self.cells[whole].n;
        whole.checked_sub(sum).ok_or(Untrue::More(sum.saturating_sub(whole)))
    }

    fn push(&mut self, sum: Sum) {
        for cell in sum.parts.iter().chain([&sum.whole]) {
            self.sums_of[*cell].push(self.sums.len());
        }
        self.sums.push(sum);
    }

    /// The cells, in the order they were added.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The sums, in the order they were added.
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// Indexes of the sums a cell is in, as a part or as the whole.
    pub(super) fn sums_of(&self, cell: usize) -> &[usize] {
        &self.sums_of[cell]
    }
}
