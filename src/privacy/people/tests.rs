use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Cell, Class, Ladder, Shown, Step, recode};
use crate::model::{Cadence, Month, Period};

const DATE_FIRST: [Step; 5] = [Step::Quarter, Step::Broader(0), Step::Drop(0), Step::Year, Step::Ever];

fn cell(month: &str, segment: &str) -> Cell {
    let day = Month::parse(month).unwrap().first_day().unwrap();
    Cell { time: Some(Period::containing(day, Cadence::Month)), values: vec![segment.to_owned()] }
}

fn ladder(steps: &[Step]) -> Ladder {
    let parents = [("north", "uk"), ("valleys", "uk")];
    let parents = parents.map(|(child, parent)| (child.to_owned(), parent.to_owned())).into();
    Ladder { steps: steps.to_vec(), parents }
}

fn words(class: Option<Class>, ladder: &Ladder, cell: &Cell) -> String {
    class.map_or("held back".to_owned(), |class| {
        let shown = ladder.apply(cell, class.level);
        let time = shown.time.map_or("ever".to_owned(), |time| time.to_string());
        let value = shown.values.into_iter().next().flatten().unwrap_or_default();
        format!("{time} {value} {}", class.people)
    })
}

/// Cells with their numbers and how they should be shown.
fn shows(steps: &[Step], cases: &[(&str, &str, u64, &str)]) {
    let ladder = ladder(steps);
    let cells = cases.iter().map(|(month, segment, people, _)| (cell(month, segment), *people)).collect();
    let classes = recode(&cells, &ladder, 10);
    for (month, segment, _, expected) in cases {
        let cell = cell(month, segment);
        assert_eq!(words(classes[&cell], &ladder, &cell), *expected, "{month} {segment}");
    }
}

#[test]
fn a_small_month_takes_another_along() {
    shows(
        &DATE_FIRST,
        &[
            ("2026-04", "home", 20, "2026-Q2 home 24"),
            ("2026-05", "home", 30, "2026-05 home 30"),
            ("2026-06", "home", 4, "2026-Q2 home 24"),
        ],
    );
}

#[test]
fn small_groups_go_up_the_hierarchy_before_they_are_left_out() {
    shows(
        &DATE_FIRST,
        &[
            ("2026-04", "north", 4, "2026-Q2 uk 11"),
            ("2026-04", "valleys", 7, "2026-Q2 uk 11"),
            ("2026-04", "home", 50, "2026-04 home 50"),
        ],
    );
}

#[test]
fn the_year_and_no_date_come_last() {
    shows(
        &DATE_FIRST,
        &[
            ("2025-01", "home", 3, "ever  12"),
            ("2026-01", "home", 6, "ever  12"),
            ("2026-02", "home", 0, "ever  12"),
            ("2024-07", "home", 3, "ever  12"),
        ],
    );
    shows(&DATE_FIRST, &[("2026-01", "home", 9, "held back")]);
}

fn tables() -> impl Strategy<Value = (BTreeMap<Cell, u64>, Ladder, u64)> {
    let segments = ["north", "valleys", "home", "shop"];
    let n = prop_oneof![Just(0_u64), 1..10_u64, 10..40_u64];
    let row = (2024..=2025_u32, 1..=12_u32, prop::sample::select(segments.to_vec()), n);
    let steps = prop_oneof![
        Just(DATE_FIRST.to_vec()),
        Just(vec![Step::Broader(0), Step::Drop(0), Step::Quarter, Step::Year, Step::Ever]),
        Just(vec![Step::Quarter, Step::Year, Step::Ever]),
    ];
    (prop::collection::vec(row, 1..60), steps, 3..15_u64).prop_map(|(rows, steps, k)| {
        let cells = rows
            .into_iter()
            .map(|(year, month, segment, n)| (cell(&format!("{year}-{month:02}"), segment), n));
        (cells.collect(), ladder(&steps), k)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Counted person by person: whoever is shown alike is among k, and nobody is held back who need not be.
    #[test]
    fn whatever_is_shown_matches_enough_people((cells, ladder, k) in tables()) {
        let classes = recode(&cells, &ladder, k);
        prop_assert_eq!(classes.len(), cells.len());
        let mut alike: BTreeMap<(usize, Shown), u64> = BTreeMap::new();
        for (cell, class) in &classes {
            if let Some(class) = class {
                *alike.entry((class.level, ladder.apply(cell, class.level))).or_default() += cells[cell];
            }
        }
        for (cell, class) in &classes {
            let last = ladder.apply(cell, ladder.steps.len());
            match class {
                Some(class) => {
                    let people = alike[&(class.level, ladder.apply(cell, class.level))];
                    prop_assert!(people >= k && people == class.people, "{} people", people);
                }
                None => {
                    let all = cells.iter().filter(|(other, _)| ladder.apply(other, ladder.steps.len()) == last);
                    prop_assert!(all.map(|(_, n)| *n).sum::<u64>() < k, "held back among enough people");
                }
            }
        }
    }

    /// A cell with enough people of its own is shown less exactly only in company of one that has too few.
    #[test]
    fn nothing_is_generalised_without_need((cells, ladder, k) in tables()) {
        if cells.values().all(|n| *n >= k) {
            prop_assert!(recode(&cells, &ladder, k).values().all(|class| class.is_some_and(|class| class.level == 0)));
        }
    }
}
