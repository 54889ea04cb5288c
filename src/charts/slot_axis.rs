//! The time axis: evenly spaced slots, labels at the starts of quarters, half-years or years.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::spec::Slot;
use super::text;

/// The free space between two labels, in parts of the font size.
const GAP: f64 = 1.0;

/// Where the labels have to fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Left end of the plot.
    pub(super) left: f64,
    /// Right end of the plot.
    pub(super) right: f64,
    /// Right end of the drawing.
    pub(super) edge: f64,
    /// Labels at most.
    pub(super) most: usize,
    /// Font size.
    pub(super) size: f64,
}

/// Slots with the labels chosen for them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SlotAxis {
    /// At least one, so that the scale exists.
    pub(super) count: usize,
    /// Slot and text, from left to right.
    pub(super) labels: Vec<(usize, String)>,
    /// Slots with a short tick and no label.
    pub(super) minor: Vec<usize>,
}

impl SlotAxis {
    /// Chooses the finest labels that fit.
    pub(super) fn plan(slots: &[Slot], room: Room) -> SlotAxis {
        let count = slots.len().max(1);
        let step = (room.right - room.left) / count as f64;
        let labels =
            candidates(slots).find(|labels| fits(labels, slots.len(), step, room)).unwrap_or_default();
        let minor = minor_ticks(slots, step);
        SlotAxis { count, labels, minor }
    }
}

/// Ways to label the axis, finest first.
fn candidates(slots: &[Slot]) -> impl Iterator<Item = Vec<(usize, String)>> {
    let by_month = [1, 3, 6].into_iter().map(move |months| starts(slots, months, |slot| slot.tick.clone()));
    let years = starts(slots, 12, |slot| slot.year.to_string());
    let by_year = [1, 2, 5, 10, 20, 50, 100].into_iter().map(move |every| {
        let whole = |(slot, _): &&(usize, String)| slots[*slot].year.rem_euclid(every) == 0;
        years.iter().filter(whole).cloned().collect()
    });
    let evenly = [1, 2, 3, 4, 6, 12, 24, 48, 96, 192, 384, usize::MAX].into_iter().map(move |every| {
        let all = slots.iter().enumerate().step_by(every);
        all.map(|(index, slot)| (index, slot.tick.clone())).collect()
    });
    by_month.chain(by_year).chain(evenly)
}

/// Slots that begin a stretch of so many months.
fn starts(slots: &[Slot], months: u8, words: impl Fn(&Slot) -> String) -> Vec<(usize, String)> {
    let begins = |slot: &Slot| slot.month.wrapping_sub(1).is_multiple_of(months);
    let found = slots.iter().enumerate().filter(|(_, slot)| begins(slot));
    found.map(|(index, slot)| (index, words(slot))).collect()
}

fn fits(labels: &[(usize, String)], slots: usize, step: f64, room: Room) -> bool {
    let enough = labels.len() >= slots.min(2) && labels.len() <= room.most;
    let mut free_from = 0.0;
    enough
        && labels.iter().all(|(slot, words)| {
            let middle = room.left + (*slot as f64 + 0.5) * step;
            let half = text::width(words, room.size) / 2.0;
            let fine = middle - half >= free_from && middle + half <= room.edge;
            free_from = middle + half + GAP * room.size;
            fine
        })
}

/// The finest ticks that stay apart: every slot, then starts of quarters, then years.
fn minor_ticks(slots: &[Slot], step: f64) -> Vec<usize> {
    let closest = |ticks: &[usize]| ticks.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(1);
    [1, 3, 12]
        .into_iter()
        .map(|months| match months {
            1 => (0..slots.len()).collect(),
            _ => starts(slots, months, |_| String::new()).into_iter().map(|(slot, _)| slot).collect(),
        })
        .find(|ticks: &Vec<usize>| closest(ticks) as f64 * step >= 7.0)
        .unwrap_or_default()
}

impl Ranged for SlotAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, slot: &f64, (left, right): (i32, i32)) -> i32 {
        let share = ((slot + 0.5) / self.count as f64).clamp(0.0, 1.0);
        (f64::from(left) + share * f64::from(right - left)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.labels.iter().map(|(slot, _)| *slot as f64).collect()
    }

    fn range(&self) -> Range<f64> {
        -0.5..self.count as f64 - 0.5
    }
}

impl ValueFormatter<f64> for SlotAxis {
    fn format_ext(&self, slot: &f64) -> String {
        let label = self.labels.iter().find(|(labelled, _)| *labelled as f64 == *slot);
        label.map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(first: u8, count: usize) -> Vec<Slot> {
        let slot = |index: usize| {
            let month = usize::from(first) - 1 + index;
            let (year, month) = (2020 + (month / 12) as i16, (month % 12) as u8 + 1);
            Slot { label: String::new(), year, month, tick: format!("{month}/{year}") }
        };
        (0..count).map(slot).collect()
    }

    fn labels(slots: &[Slot], right: f64) -> Vec<String> {
        let room = Room { left: 40.0, right, edge: right + 20.0, most: 7, size: 13.0 };
        SlotAxis::plan(slots, room).labels.into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn labels_are_as_fine_as_there_is_room() {
        assert_eq!(labels(&months(3, 4), 640.0), ["3/2020", "4/2020", "5/2020", "6/2020"]);
        assert_eq!(labels(&months(2, 13), 640.0), ["4/2020", "7/2020", "10/2020", "1/2021"]);
        assert_eq!(labels(&months(1, 36), 640.0).len(), 6);
        assert_eq!(labels(&months(1, 36), 300.0), ["2020", "2021", "2022"]);
        assert_eq!(labels(&months(6, 240), 640.0), ["2025", "2030", "2035", "2040"]);
    }

    #[test]
    fn labels_keep_apart_and_inside() {
        for count in [1, 2, 5, 14, 40, 77, 600] {
            for right in [80.0, 150.0, 300.0, 640.0] {
                let room = Room { left: 40.0, right, edge: right + 4.0, most: 7, size: 13.0 };
                let axis = SlotAxis::plan(&months(2, count), room);
                let step = (right - 40.0) / count as f64;
                let mut free = 0.0;
                for (slot, words) in &axis.labels {
                    let (middle, half) = (40.0 + (*slot as f64 + 0.5) * step, text::width(words, 13.0) / 2.0);
                    assert!(middle - half >= free && middle + half <= right + 4.0, "{words} of {count}");
                    free = middle + half;
                }
            }
        }
    }

    #[test]
    fn odd_months_do_no_harm() {
        let slots = vec![
            Slot { month: 0, year: i16::MIN, ..Slot::default() },
            Slot { month: 255, ..Slot::default() },
        ];
        labels(&slots, 640.0);
        labels(&[], 640.0);
    }
}
