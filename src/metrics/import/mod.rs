//! Reading exports: the table, then its cells.

mod cell;
mod table;

pub(super) use cell::{number, same_text};
pub use table::read_rows;
pub(super) use table::{Table, cell};
