//! The period of a row, read once for every text that occurs and remembered.

use super::super::import::parse_day;
use crate::model::{Cadence, DateOrder, Period};

/// Reads periods and remembers the last ones: exports repeat their dates.
pub(super) struct Periods {
    cadence: Cadence,
    order: DateOrder,
    slots: Vec<Option<(Box<str>, Option<usize>)>>,
    /// The periods met so far; rows are counted by their place in here.
    met: Vec<Period>,
}

/// Texts that are remembered.
const SLOTS: usize = 256;

impl Periods {
    pub(super) fn new(cadence: Cadence, order: DateOrder) -> Self {
        Self { cadence, order, slots: vec![None; SLOTS], met: Vec::new() }
    }

    /// The place of a text's period; `None` when the text cannot be read.
    pub(super) fn read(&mut self, text: &str) -> Option<usize> {
        let day = iso_day(text).unwrap_or(text);
        let slot = slot(day);
        if let Some((known, place)) = &self.slots[slot]
            && **known == *day
        {
            return *place;
        }
        let place = parse(text, self.cadence, self.order).map(|period| self.place(period));
        self.slots[slot] = Some((day.into(), place));
        place
    }

    /// The place of a period.
    pub(super) fn place(&mut self, period: Period) -> usize {
        self.met.iter().position(|known| *known == period).unwrap_or_else(|| {
            self.met.push(period);
            self.met.len() - 1
        })
    }

    /// The periods by their places.
    pub(super) fn met(&self) -> &[Period] {
        &self.met
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
