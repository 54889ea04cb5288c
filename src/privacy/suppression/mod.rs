//! Hiding small groups so that they cannot be worked out from what is shown.
//!
//! A [`Table`] holds the numbers of answers and the sums among them. [`protect`] hides what rests on too few answers, then
//! what would give it back, until [`audit`] finds no way. [`feasible`] shows what a reader can work out of each hidden cell.
//!
//! # The reader
//!
//! He knows every shown number of answers, every sum (whole = parts), that numbers of answers are whole and not negative,
//! and the rule ([`Knowledge::Rule`]). To be on the safe side he is also told of each hidden cell whether it is below its
//! threshold, although both kinds should carry the same mark on a page.
//!
//! # Why numbers of answers are enough
//!
//! A score is a quotient of counts: promoters, detractors, hits, or the sum of the answers. Each of these fulfils the very
//! same sums as the number of answers does. So whatever combination of shown cells yields a hidden number of answers yields
//! its score too: total 64 of which 45 are satisfied, minus the other groups. And no combination yields a score if none
//! yields the number: where two completions of a table have different numbers for a cell, their difference is a way to
//! move answers between hidden cells without any shown figure changing, promoters as well as others. Therefore:
//!
//! - a hidden cell hides value, number and interval; showing any of them shows all;
//! - a hidden cell that is pinned is a breach even if the reader could only get at its number.
//!
//! What this does not cover is dealt with beside it, sum by sum. The hidden parts of a sum form a group whose score is the
//! difference of shown scores, so together they must not be small ([`Leak::Remainder`]). And if everybody in that group
//! gave the same kind of answer, then so did everybody in each hidden part ([`Leak::Uniform`], for cells with
//! [`Cell::marked`]). Rounded scores protect nothing: 63 of 8 minus 57 of 7 leaves one promoter.
//!
//! # What is proven
//!
//! Where no two sums are connected in two ways (any number of splits of one total), narrowing by one sum after the other is
//! exact. Elsewhere a cell passes only if two completions of the whole table in integers are known that differ enough in it;
//! they are checked in integer arithmetic. Linear programming in floating point merely proposes them, so an error of rounding can hide too
//! much but never too little. What cannot be decided within the bounds of [`bounds`] counts as a breach.
//!
//! Not covered: a reader who replays the greedy choice ("it would have been shown, had the other been larger"), and what he
//! knows from elsewhere, such as being one of the people counted.

mod audit;
mod components;
mod knowledge;
mod protect;
mod search;
mod simplex;
mod solve;
mod system;
mod table;
#[cfg(test)]
mod tests;

pub use audit::{Breach, Leak, audit, feasible};
pub use knowledge::{Knowledge, Policy, Zeros};
pub use protect::{Protection, Reason, protect};
pub use solve::Range;
pub use table::{Cell, Role, Sum, Table, Untrue};

/// Where the work ends, whatever the table.
pub mod bounds {
    /// Answers in one cell; more are counted as this many.
    pub const ANSWERS: u64 = 1 << 36;
    /// Times all sums of a connected set of hidden cells are gone through to narrow its cells.
    pub const SWEEPS: usize = 256;
    /// Entries of the simplex tableau, sums times hidden cells; larger systems are undecided.
    pub const TABLEAU: usize = 1 << 20;
    /// Hidden cells around one in question that are tried before all of them.
    pub const NEIGHBOURS: [usize; 2] = [24, 96];
    /// Hidden cells up to which an audit then solves for all of them together; [`super::feasible`] does so up to `TABLEAU`.
    pub const SOLVED: usize = 1_024;
    /// Rounds in which one cell is hidden for each set that leaks. Later ones hide several that share no sum.
    pub const CAREFUL: usize = 48;
    /// Tableau entries that may be written for one connected set of cells, over all its audits. Two seconds at most.
    pub const WORK: u64 = 1 << 30;
    /// Nodes of the search for integer completions where linear programming ends in fractions, per set of hidden cells and
    /// audit. Their work counts as well.
    pub const NODES: u32 = 2_000;
    /// Hidden cells up to which that search is tried.
    pub const SEARCHED: usize = 128;
    /// Rounds of hiding cells that no sum connects, before whole sums are hidden.
    pub const ROUNDS: usize = 200;
    /// Cells that are shown again, if the audit allows, per connected set of cells.
    pub const RESTORED: usize = 32;
}
