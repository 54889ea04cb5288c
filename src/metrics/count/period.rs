//! The period of a row, read once for every text that occurs and remembered.

use super::super::import::parse_day;
use crate::model::{Cadence, DateOrder, Period};

/// Reads periods and remembers the last ones: exports repeat their dates.
pub(super) struct Periods {
    cadence: Cadence,
    order: DateOrder,
    slots: Vec<Option<(Box<str>, Option<Period>)>>,
}

/// Texts that are remembered.
const SLOTS: usize = 256;

impl Periods {
    pub(super) fn new(cadence: Cadence, order: DateOrder) -> Self {
        Self { cadence, order, slots: vec![None; SLOTS] }
    }

    /// The period of a text; `None` when it cannot be read.
    pub(super) fn read(&mut self, text: &str) -> Option<Period> {
        let day = iso_day(text).unwrap_or(text);
        let slot = &mut self.slots[slot(day)];
        if let Some((known, period)) = slot
            && **known == *day
        {
            return *period;
        }
        let period = parse(text, self.cadence, self.order);
        *slot = Some((day.into(), period));
        period
    }
}

/// The day of `2026-03-14 08:15:00`: what follows changes no period.
fn iso_day(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes.get(10).is_none_or(|b| matches!(b, b' ' | b'T'));
    if shaped { text.get(..10) } else { None }
}

/// FNV-1a, folded to a slot.
fn slot(text: &str) -> usize {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    ((hash >> 32) ^ hash) as usize % SLOTS
}

fn parse(text: &str, cadence: Cadence, order: DateOrder) -> Option<Period> {
    let day = || parse_day(text, order).map(|day| Period::containing(day, cadence));
    Period::parse(text, cadence).or_else(day)
}
