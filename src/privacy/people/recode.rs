//! How exactly each group of people may be spoken of, so that nothing that is said matches too few of them.

use std::collections::BTreeMap;

use super::ladder::{Cell, Ladder, Shown};

/// How a cell may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// How many steps of the ladder are taken.
    pub level: usize,
    /// How many people at least are shown like this.
    pub people: u64,
}

/// The class of every cell; `None` where even the last step leaves too few.
///
/// The whole population is recoded, not a quote: a quote is shown as everybody in its cell would be. So a reader who knows all
/// numbers and these rules cannot tell more from *how* a quote is shown than that it comes from one of at least `k` people.
/// Where June is too small and becomes "the second quarter", another month goes with it, since "the second quarter" would
/// otherwise mean June.
///
/// Level by level, classes below `k` take the next step. If those that come to stand together are still too few, the smallest
/// settled classes below the same step join them, whole; the others stay as they are.
pub fn recode(cells: &BTreeMap<Cell, u64>, ladder: &Ladder, k: u64) -> BTreeMap<Cell, Option<Class>> {
    let mut settled: BTreeMap<Key, Group<'_>> = BTreeMap::new();
    let mut moving: Vec<(&Cell, u64)> = cells.iter().map(|(cell, people)| (cell, *people)).collect();
    for level in 0..=ladder.steps.len() {
        for (cell, people) in std::mem::take(&mut moving) {
            settled.entry((level, ladder.apply(cell, level))).or_default().add(cell, people);
        }
        moving = short(&mut settled, level, ladder, k);
    }
    let left = moving.into_iter().map(|(cell, _)| (cell.clone(), None));
    let kept = settled.iter().flat_map(|((level, _), group)| {
        let class = Class { level: *level, people: group.people };
        group.cells.iter().map(move |(cell, _)| ((*cell).clone(), Some(class)))
    });
    left.chain(kept).collect()
}

/// Level and looks of a class.
type Key = (usize, Shown);

/// Cells that are shown alike.
#[derive(Debug, Default)]
struct Group<'a> {
    people: u64,
    cells: Vec<(&'a Cell, u64)>,
}

impl<'a> Group<'a> {
    fn add(&mut self, cell: &'a Cell, people: u64) {
        self.people = self.people.saturating_add(people);
        self.cells.push((cell, people));
    }
}

/// Takes out the classes of this level that are too small, and those that must go with them.
fn short<'a>(
    settled: &mut BTreeMap<Key, Group<'a>>,
    level: usize,
    ladder: &Ladder,
    k: u64,
) -> Vec<(&'a Cell, u64)> {
    let is_last = level == ladder.steps.len();
    let next = |group: &Group<'_>| group.cells.first().map(|(cell, _)| ladder.apply(cell, level + 1));
    let mut short: BTreeMap<Option<Shown>, Vec<Key>> = BTreeMap::new();
    let mut enough: BTreeMap<Option<Shown>, Vec<(u64, Key)>> = BTreeMap::new();
    for (key, group) in settled.iter() {
        if group.people < k {
            short.entry(next(group)).or_default().push(key.clone());
        } else if !is_last {
            enough.entry(next(group)).or_default().push((group.people, key.clone()));
        }
    }
    let mut moving = Vec::new();
    for (above, keys) in short {
        let groups: Vec<Group<'_>> = keys.iter().filter_map(|key| settled.remove(key)).collect();
        let mut people: u64 = groups.iter().map(|group| group.people).sum();
        moving.extend(groups.into_iter().flat_map(|group| group.cells));
        let mut others = enough.remove(&above).unwrap_or_default();
        others.sort();
        for (_, key) in others {
            if people >= k {
                break;
            }
            if let Some(group) = settled.remove(&key) {
                people = people.saturating_add(group.people);
                moving.extend(group.cells);
            }
        }
    }
    moving
}
