//! Sums over time, editions, large systems.

use super::*;

#[test]
fn a_year_gives_a_hidden_month_away() {
    let mut table = Table::new();
    let months: Vec<usize> = [40, 30, 3, 50, 60, 20, 80, 90, 70, 44, 33, 22]
        .iter()
        .map(|n| table.cell(Cell::open(*n, 10)))
        .collect();
    let year = table.cell(Cell::open(542, 10));
    table.sum(&months, year).unwrap();
    assert_eq!(range(&table, &all_but(&table, &[2]), COUNTS, 2), (3, Some(3)));
    assert_eq!(hidden(&protect(&table, Policy::default())), [2, 5]);
}

/// Windows of three over months that are published nowhere, for a total and two groups.
fn rolling(months: usize) -> (Table, Vec<usize>) {
    let mut table = Table::new();
    let n = |month: usize, group: usize| {
        let wave = (month * 7 + group * 5) % 11;
        if group == 1 && month % 9 == 4 { 2 } else { 15 + wave as u64 }
    };
    let mut cells = [Vec::new(), Vec::new(), Vec::new()];
    for month in 0..months {
        let groups = [n(month, 0), n(month, 1)];
        cells[0].push(table.cell(Cell::latent(groups[0] + groups[1], 10)));
        cells[1].push(table.cell(Cell::latent(groups[0], 10)));
        cells[2].push(table.cell(Cell::latent(groups[1], 10)));
        table.sum(&[cells[1][month], cells[2][month]], cells[0][month]).unwrap();
    }
    let mut windows = Vec::new();
    for month in 2..months {
        let three = cells.each_ref().map(|of| of[month - 2..=month].to_vec());
        let sums = three.each_ref().map(|of| of.iter().map(|cell| table.cells()[*cell].n).sum());
        let window = sums.map(|n| table.cell(Cell::open(n, 10)));
        three.iter().zip(window).for_each(|(months, window)| table.sum(months, window).unwrap());
        table.sum(&window[1..], window[0]).unwrap();
        windows.extend(window);
    }
    (table, windows)
}

#[test]
fn rolling_windows_alone_do_not_tell_months() {
    let (table, _) = rolling(12);
    assert_eq!(hidden(&protect(&table, Policy::default())).len(), 36, "the months only");
}

#[test]
fn rolling_windows_and_one_month_tell_every_third() {
    // The group's month 1 is known (it was published alone once), and by differences of windows months 4, 7 and 10.
    let (table, windows) = rolling(12);
    let mut known = Table::new();
    for (index, cell) in table.cells().iter().enumerate() {
        known.cell(if index == 3 + 2 { Cell::public(cell.n) } else { *cell });
    }
    table.sums().iter().for_each(|sum| known.sum(&sum.parts, sum.whole).unwrap());
    let month_4 = 4 * 3 + 2;
    assert_eq!(known.cells()[month_4].n, 2);
    assert_eq!(range(&known, &all_but(&known, &[]), COUNTS, month_4), (2, Some(2)));
    let shown = protect(&known, Policy::default());
    assert_eq!((shown.left, audit(&known, &shown.kept, Policy::default())), (vec![], vec![]));
    let gone = windows.iter().filter(|cell| !shown.kept[**cell]).count();
    assert!((1..=6).contains(&gone), "{gone} of 30 windows are hidden");
}

/// Figures of the previous edition, those of this one, and what came in late.
fn editions(before: &[u64], late: &[u64], floor: u64) -> Table {
    let mut table = Table::new();
    let all = |of: &[u64]| of.iter().sum::<u64>();
    let mut rows = [Vec::new(), Vec::new(), Vec::new()];
    let groups = before.iter().zip(late).map(|(b, l)| (*b, *l));
    for (old, more) in groups.chain([(all(before), all(late))]) {
        let cells = [Cell::public(old), Cell::latent(more, floor), Cell::open(old + more, floor)];
        let cells = cells.map(|cell| table.cell(cell));
        table.sum(&cells[..2], cells[2]).unwrap();
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
    }
    for row in rows {
        let (whole, parts) = row.split_last().unwrap();
        table.sum(parts, *whole).unwrap();
    }
    table
}

#[test]
fn a_new_edition_tells_who_was_late() {
    // North had 40 and has 42 answers now: the two late ones follow, and their score.
    let table = editions(&[40, 55, 30], &[2, 0, 15], 10);
    assert_eq!(range(&table, &all_but(&table, &[1, 4, 7, 10]), COUNTS, 1), (2, Some(2)));
    let shown = protect(&table, Policy::default());
    assert_eq!(shown.left, []);
    assert!(!shown.kept[2], "north now");
    let (lo, hi) = range(&table, &shown.kept, Policy::default(), 1);
    assert!(hi.unwrap() - lo >= 3, "{lo} to {hi:?}");
    // Nobody was late, or enough were: nothing to hide.
    assert_eq!(hidden(&protect(&editions(&[40, 55], &[0, 12], 10), Policy::default())), [1, 4, 7]);
}

#[test]
fn what_is_out_already_hides_nothing_else() {
    // The previous edition gave its own hidden group away: 3 = 70 - 40 - 27. Nothing can be done about that.
    let mut table = Table::new();
    let old = [Cell::public(70), Cell::public(40), Cell::public(27), Cell::latent(3, 5)]
        .map(|cell| table.cell(cell));
    let new = [Cell::open(100, 5), Cell::open(50, 5), Cell::open(40, 5), Cell::open(10, 5)];
    let new = new.map(|cell| table.cell(cell));
    table.sum(&old[1..], old[0]).unwrap();
    table.sum(&new[1..], new[0]).unwrap();
    let late = [30, 10, 13, 7].map(|n| table.cell(Cell::latent(n, 5)));
    (0..4).for_each(|at| table.sum(&[old[at], late[at]], new[at]).unwrap());
    let shown = protect(&table, Policy::default());
    assert!(new.iter().all(|cell| shown.kept[*cell]), "{shown:?}");
    assert!(shown.left.contains(&Breach { cell: 3, sum: None, leak: Leak::Narrow { lo: 3, hi: 3 } }));
}

/// Spread without a pattern, and the same each time.
fn spread(row: usize, column: usize, limit: u64) -> u64 {
    let seed = row as u64 * 2_654_435_761 + column as u64 * 40_503 + 12_345;
    (seed.wrapping_mul(6_364_136_223_846_793_005) >> 33) % limit
}

#[test]
fn ten_years_of_months_by_group_stay_readable() {
    let inner: Vec<Vec<u64>> =
        (0..120).map(|month| (0..6).map(|group| spread(month, group, 80)).collect()).collect();
    let table = crossed(10, &inner);
    let shown = protect(&table, Policy::default());
    assert_eq!((shown.left, audit(&table, &shown.kept, Policy::default())), (vec![], vec![]));
    let secondary = shown.reasons.iter().filter(|reason| **reason == Reason::Secondary).count();
    assert!(secondary < 40, "{secondary} of 847 are hidden for the sake of others");
}

/// Pairs of neighbours in a ring of an odd number of cells: all is pinned, and no few equations say so.
fn ring(size: usize, whole: impl Fn(u64) -> Cell) -> (Table, Vec<usize>) {
    let mut table = Table::new();
    let n = |at: usize| if at % 300 == 7 { 3 } else { 40 + spread(at, 0, 50) };
    let cells: Vec<usize> = (0..size).map(|at| table.cell(Cell::latent(n(at), 5))).collect();
    let mut pairs = Vec::new();
    for at in 0..size {
        let pair = [cells[at], cells[(at + 1) % size]];
        pairs.push(table.cell(whole(n(at) + n((at + 1) % size))));
        table.sum(&pair, pairs[at]).unwrap();
    }
    (table, pairs)
}

#[test]
fn what_is_too_large_to_decide_counts_as_a_breach() {
    let (small, _) = ring(31, Cell::public);
    let pinned = Breach { cell: 7, sum: None, leak: Leak::Narrow { lo: 3, hi: 3 } };
    assert_eq!(protect(&small, Policy::default()).left, [pinned]);
    let (large, _) = ring(1_201, Cell::public);
    let left = protect(&large, Policy::default()).left;
    assert_eq!(left.iter().map(|breach| breach.cell).collect::<Vec<_>>(), [7, 307, 607, 907]);
    assert!(left.iter().all(|breach| breach.leak == Leak::Undecided));
    // Where something can be hidden, it is, until it can be decided.
    let (open, pairs) = ring(1_201, |n| Cell::open(n, 5));
    let shown = protect(&open, Policy::default());
    assert_eq!(shown.left, []);
    let gone = pairs.iter().filter(|cell| !shown.kept[**cell]).count();
    assert!((1..=8).contains(&gone), "{gone}");
}

#[test]
fn several_splits_share_a_total() {
    let mut table = Table::new();
    let total = table.cell(Cell::open(100, 5));
    let region = split(&mut table, total, 10, &[60, 36, 4]);
    let kind = split(&mut table, total, 10, &[70, 30]);
    let shown = protect(&table, Policy::default());
    assert_eq!(hidden(&shown), [region[1], region[2]]);
    assert!(kind.iter().all(|cell| shown.kept[*cell]) && shown.kept[total]);
    // The other split tells the total even where it is hidden.
    let mut kept = shown.kept;
    kept[region[1]] = true;
    kept[total] = false;
    assert_eq!(range(&table, &kept, COUNTS, region[2]), (4, Some(4)));
}
