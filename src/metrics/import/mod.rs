//! Reading exports as they come out of the tools.
//!
//! The steps: `decode` turns bytes into UTF-8, `blocks` cuts the text where a record ends, `dialect` reads the header,
//! [`Export`] puts them together. `stamp` reads moments. `number` and `day` decide for a whole column how its cells are written.

mod blocks;
mod cell;
mod day;
mod decode;
mod dialect;
mod export;
mod number;
mod row;
mod rows;
mod stamp;

pub(super) use blocks::Block;
pub(super) use cell::same_text;
pub(super) use day::{DateEvidence, has_three_fields, parse as parse_day};
pub(super) use dialect::Dialect;
pub(super) use export::{Export, Stop};
pub use number::Verdict;
pub(super) use number::{NumberEvidence, labelled, last_number, parse as parse_number};
pub(super) use row::{Row, visit};
pub use rows::{each_row, read_rows};
pub(super) use stamp::{Stamp, parse as parse_stamp, parse_length};
