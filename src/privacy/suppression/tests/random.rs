//! Random tables.

use proptest::prelude::*;

use super::brute::extremes;
use super::*;

/// One to three splits of a total.
fn splits(most: u64, groups: usize) -> impl Strategy<Value = Table> {
    let split = prop::collection::vec(prop_oneof![0..=most, 0..=4_u64], 2..=groups);
    (prop::collection::vec(split, 1..=3), 3..=6_u64, prop::bool::ANY).prop_map(|(splits, floor, late)| {
        let most = splits.iter().map(|groups| groups.iter().sum::<u64>()).max().unwrap_or(0);
        let mut table = Table::new();
        let total = table.cell(Cell::open(most, floor));
        for groups in splits {
            let cells: Vec<usize> = groups.iter().map(|n| table.cell(Cell::open(*n, floor))).collect();
            let missing = most - groups.iter().sum::<u64>();
            if late || missing == 0 {
                table.sum_with_rest(&cells, total, floor).unwrap();
            } else {
                let mut cells = cells;
                cells.push(table.cell(Cell::open(missing, floor)));
                table.sum(&cells, total).unwrap();
            }
        }
        table
    })
}

fn tables_with_margins() -> impl Strategy<Value = Table> {
    (2..=3_usize, 2..=3_usize, 3..=5_u64)
        .prop_flat_map(|(rows, columns, floor)| {
            let row = prop::collection::vec(0..=7_u64, columns);
            (prop::collection::vec(row, rows), Just(floor))
        })
        .prop_map(|(inner, floor)| crossed(floor, &inner))
}

fn policies() -> impl Strategy<Value = Policy> {
    (prop::bool::ANY, prop::bool::ANY, 1..=4_u64).prop_map(|(zeros, counts, width)| Policy {
        zeros: if zeros { Zeros::Shown } else { Zeros::Hidden },
        knowledge: if counts { Knowledge::Counts } else { Knowledge::Rule },
        width,
    })
}

/// After [`protect`], brute force cannot narrow any hidden cell further than the policy allows, unless that is said.
fn check(table: &Table, policy: Policy) -> Result<(), TestCaseError> {
    let shown = protect(table, policy);
    prop_assert_eq!(&protect(table, policy), &shown, "deterministic");
    prop_assert_eq!(&audit(table, &shown.kept, policy), &shown.left);
    for (cell, kept) in table.cells().iter().zip(&shown.kept) {
        let is_small = 0 < cell.n && cell.n < cell.floor;
        prop_assert!(!(*kept && cell.role == Role::Open && is_small), "{:?} is shown", cell);
    }
    let most = 80;
    let Some(extremes) = extremes(table, &shown.kept, policy, most) else { return Ok(()) };
    let ranges = feasible(table, &shown.kept, policy);
    for (index, ((cell, range), (lo, hi))) in table.cells().iter().zip(ranges).zip(extremes).enumerate() {
        let Some(range) = range else { continue };
        prop_assert!(range.exact, "{}: {:?}", index, range);
        prop_assert_eq!(range.lo as i64, lo, "cell {}", index);
        // Where there is no limit, others can be no more than `most` for brute force.
        prop_assert!(range.hi.map_or(hi > most / 2, |most| most as i64 == hi), "{:?}, {}", range, hi);
        let is_small = 0 < cell.n && cell.n < cell.floor;
        let matters = cell.role == Role::Open || is_small;
        let is_said = shown.left.iter().any(|breach| breach.cell == index);
        prop_assert!(!matters || is_said || hi > lo, "cell {} is exactly {}", index, lo);
        let by_rule = cell.floor as i64 - 2;
        let least = if policy.knowledge == Knowledge::Rule { by_rule } else { i64::MAX };
        prop_assert!(!matters || is_said || hi - lo >= least.min(policy.width as i64), "{} to {}", lo, hi);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn splits_hold_against_brute_force(table in splits(9, 4), policy in policies()) {
        check(&table, policy)?;
    }

    #[test]
    fn wide_splits_hold(table in splits(60, 8), policy in policies()) {
        let shown = protect(&table, policy);
        prop_assert_eq!(&audit(&table, &shown.kept, policy), &shown.left);
        let nothing = vec![false; table.cells().len()];
        prop_assert!(shown.left.is_empty() || shown.kept.iter().zip(table.cells()).all(|(kept, cell)| !kept || cell.n == 0)
            || !audit(&table, &nothing, policy).is_empty());
    }

    #[test]
    fn crossed_splits_hold_against_brute_force(table in tables_with_margins(), policy in policies()) {
        check(&table, policy)?;
    }

    #[test]
    fn a_higher_threshold_never_shows_more_small_cells(table in splits(30, 6), more in 1..6_u64) {
        let mut raised = Table::new();
        table.cells().iter().for_each(|cell| { raised.cell(Cell { floor: cell.floor + more, ..*cell }); });
        table.sums().iter().for_each(|sum| raised.sum(&sum.parts, sum.whole).unwrap());
        let (low, high) = (protect(&table, Policy::default()), protect(&raised, Policy::default()));
        for (index, reason) in low.reasons.iter().enumerate() {
            prop_assert!(*reason != Reason::Primary || high.reasons[index] == Reason::Primary, "cell {}", index);
        }
    }
}
