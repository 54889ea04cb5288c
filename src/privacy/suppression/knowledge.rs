//! What a reader knows of a cell before he starts to calculate.

use super::table::{Cell, Role, Table};

/// How cells without answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeros {
    /// As "no answers", except in a sum whose whole is hidden: there they would tell too much and are hidden as well.
    Shown,
    /// Like cells with too few answers.
    Hidden,
}

/// What the reader takes into account besides the numbers that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// That numbers of answers are not negative.
    Counts,
    /// Also the rule, and of each hidden cell whether it is below its threshold.
    Rule,
}

/// How to protect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// What happens to cells without answers.
    pub zeros: Zeros,
    /// What the reader knows.
    pub knowledge: Knowledge,
    /// The least difference between the highest and the lowest number that a hidden cell can have in the reader's eyes.
    /// At least 1. Never more is asked for than the rule itself leaves: with a threshold of 5, shown zeros and
    /// [`Knowledge::Rule`], a hidden cell is 1 to 4 and the difference at most 3.
    pub width: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { zeros: Zeros::Shown, knowledge: Knowledge::Rule, width: 3 }
    }
}

/// Stands for "no limit above".
pub(super) const FREE: i64 = i64::MAX / 4;

/// A range of whole numbers; `hi` is [`FREE`] where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) lo: i64,
    pub(super) hi: i64,
}

impl Span {
    pub(super) fn width(self) -> i64 {
        self.hi - self.lo
    }
}

/// A table, what is shown of it, and to whom.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) table: &'a Table,
    /// For each open cell whether it is shown. A cell beyond the end is hidden.
    pub(super) kept: &'a [bool],
    pub(super) policy: Policy,
}

impl View<'_> {
    pub(super) fn cell(&self, index: usize) -> Cell {
        self.table.cells()[index]
    }

    /// Whether its number of answers can be read somewhere.
    pub(super) fn is_known(&self, index: usize) -> bool {
        match self.cell(index).role {
            Role::Open => self.kept.get(index).copied().unwrap_or(false),
            Role::Public => true,
            Role::Latent => false,
        }
    }

    /// What the reader knows of a hidden cell before he calculates.
    pub(super) fn prior(&self, index: usize) -> Span {
        let cell = self.cell(index);
        let floor = whole(cell.floor);
        let zero = i64::from(self.tells_zero(index));
        match (self.policy.knowledge, cell.role) {
            (Knowledge::Counts, _) => Span { lo: 0, hi: FREE },
            (Knowledge::Rule, Role::Latent) if cell.is_small() => Span { lo: 1, hi: floor - 1 },
            (Knowledge::Rule, Role::Latent) => Span { lo: 0, hi: FREE },
            (Knowledge::Rule, _) if cell.n < cell.floor => {
                Span { lo: zero.min(whole(cell.n)), hi: floor - 1 }
            }
            (Knowledge::Rule, _) => Span { lo: floor.max(zero).min(whole(cell.n)), hi: FREE },
        }
    }

    /// Whether the cell would be shown if it had no answers.
    pub(super) fn tells_zero(&self, index: usize) -> bool {
        if self.cell(index).role == Role::Latent {
            return true;
        }
        let hidden = |sum: &usize| {
            let whole = self.table.sums()[*sum].whole;
            whole != index && !self.is_known(whole)
        };
        self.policy.zeros == Zeros::Shown && !self.table.sums_of(index).iter().any(hidden)
    }

    /// How far apart the lowest and the highest possible number of a hidden cell must be; 0 if nobody minds.
    pub(super) fn need(&self, index: usize) -> i64 {
        let cell = self.cell(index);
        if cell.role == Role::Latent && !cell.is_small() {
            return 0;
        }
        let wanted = whole(self.policy.width).max(1);
        match self.policy.knowledge {
            Knowledge::Counts => wanted,
            Knowledge::Rule => {
                let least = i64::from(self.tells_zero(index));
                wanted.min((whole(cell.floor) - 1 - least).max(0))
            }
        }
    }
}

/// Numbers of answers are below [`super::bounds::ANSWERS`]; a threshold may be anything.
pub(super) fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(FREE).min(FREE - 1)
}
