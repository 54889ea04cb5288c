//! Which number stands above which, so that few lines cross.
//!
//! The method is that of layered drawings: each number goes to the mean place of the lines it has, each line of a stage to the
//! mean of its two ends, a few times in turn; of all arrangements met on the way the one with the fewest crossings is
//! kept (Sugiyama, Tagawa and Toda, 1981, with the barycentre of both sides).

use super::super::spec::{ChainLine, ChainMap};

/// Turns after which hardly anything changes any more.
const TURNS: usize = 8;

/// An arrangement, from the top down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// Places in `own`.
    pub(super) own: Vec<usize>,
    /// Places in `lines`, stage after stage.
    pub(super) lines: Vec<usize>,
    /// Places in `customer`.
    pub(super) customer: Vec<usize>,
}

/// The lines that can be drawn.
pub(super) fn drawable(spec: &ChainMap) -> Vec<usize> {
    let fits = |line: &ChainLine| {
        line.from < spec.own.len() && line.stage < spec.stages.len() && line.to < spec.customer.len()
    };
    (0..spec.lines.len()).filter(|&index| fits(&spec.lines[index])).collect()
}

/// The arrangement with the fewest crossings that was met.
pub(super) fn arrange(spec: &ChainMap) -> Order {
    let mut lines = drawable(spec);
    lines.sort_by_key(|&index| spec.lines[index].stage);
    let touched = |wanted: &dyn Fn(&ChainLine) -> usize, many: usize| -> Vec<usize> {
        (0..many).filter(|&end| lines.iter().any(|&index| wanted(&spec.lines[index]) == end)).collect()
    };
    let own = touched(&|line| line.from, spec.own.len());
    let customer = touched(&|line| line.to, spec.customer.len());
    let mut order = Order { own, customer, lines };
    let mut best = (crossings(spec, &order), order.clone());
    for _ in 0..TURNS {
        by_mean(&mut order.own, &order.lines, |index| spec.lines[index].from);
        by_mean(&mut order.customer, &order.lines, |index| spec.lines[index].to);
        let (own, customer) =
            (places(&order.own, spec.own.len()), places(&order.customer, spec.customer.len()));
        // Both ends count alike, however many there are on each side.
        let (left, right) = (order.customer.len().max(1), order.own.len().max(1));
        order.lines.sort_by_key(|&index| {
            let line = &spec.lines[index];
            (line.stage, own[line.from] * left + customer[line.to] * right, own[line.from], index)
        });
        let count = crossings(spec, &order);
        if count < best.0 {
            best = (count, order.clone());
        }
    }
    best.1
}

/// Sorts ends by the mean place of their lines; equal ones keep their order.
fn by_mean(ends: &mut [usize], lines: &[usize], end: impl Fn(usize) -> usize) {
    // Compared as fractions, so that no rounding decides.
    ends.sort_by_cached_key(|&own| {
        let own = lines.iter().enumerate().filter(|(_, index)| end(**index) == own);
        let (sum, many) = own.fold((0, 0), |(sum, many), (place, _)| (sum + place, many + 1));
        sum * 10_000 / many.max(1)
    });
}

/// The place of each end in an order.
fn places(order: &[usize], many: usize) -> Vec<usize> {
    let mut places = vec![0; many];
    for (place, &end) in order.iter().enumerate() {
        places[end] = place;
    }
    places
}

/// How many pairs of lines cross, on either side of the stages.
pub(super) fn crossings(spec: &ChainMap, order: &Order) -> usize {
    let (own, customer) = (places(&order.own, spec.own.len()), places(&order.customer, spec.customer.len()));
    let side = |end: &dyn Fn(&ChainLine) -> usize| {
        let ends: Vec<usize> = order.lines.iter().map(|&index| end(&spec.lines[index])).collect();
        let later = |at: usize| ends[at + 1..].iter().filter(|&&end| end < ends[at]).count();
        (0..ends.len()).map(later).sum::<usize>()
    };
    side(&|line| own[line.from]) + side(&|line| customer[line.to])
}

#[cfg(test)]
mod tests {
    use super::super::super::spec::{ChainEnd, Surety};
    use super::*;

    fn map(own: usize, stages: usize, customer: usize, lines: &[(usize, usize, usize)]) -> ChainMap {
        let line = |&(from, stage, to): &(usize, usize, usize)| ChainLine {
            from,
            stage,
            to,
            surety: Surety::Measured,
            ..ChainLine::default()
        };
        ChainMap {
            own: vec![ChainEnd::default(); own],
            stages: vec![String::new(); stages],
            customer: vec![ChainEnd::default(); customer],
            lines: lines.iter().map(line).collect(),
            ..ChainMap::default()
        }
    }

    #[test]
    fn what_can_be_drawn_without_a_crossing_is() {
        // Written upside down on both sides.
        let spec = map(3, 3, 3, &[(2, 0, 2), (1, 1, 1), (0, 2, 0)]);
        let order = arrange(&spec);
        assert_eq!(crossings(&spec, &order), 0);
        assert_eq!(order.own, [2, 1, 0]);
    }

    #[test]
    fn lines_to_nowhere_are_left_out_and_ends_without_lines_too() {
        let spec = map(2, 1, 2, &[(0, 0, 1), (5, 0, 0), (0, 4, 0), (1, 0, 9)]);
        let order = arrange(&spec);
        assert_eq!((order.lines, order.own, order.customer), (vec![0], vec![0], vec![1]));
    }

    #[test]
    fn stages_keep_their_order() {
        let spec = map(4, 4, 2, &[(0, 3, 0), (1, 2, 1), (2, 1, 0), (3, 0, 1)]);
        let stages: Vec<usize> = arrange(&spec).lines.iter().map(|&index| spec.lines[index].stage).collect();
        assert_eq!(stages, [0, 1, 2, 3]);
    }
}
