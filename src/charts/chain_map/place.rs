//! Where boxes and lines stand.

use super::super::spec::{ChainEnd, ChainMap};
use super::super::text;
use super::order::{self, Order};
use super::{CUSTOMER, NAME_LINES, OWN, PAD, SIZE, STAGES};

/// Height of the heads of the columns.
pub(super) const HEAD: f64 = 22.0;
/// Height of a line of words.
pub(super) const LINE: f64 = 16.0;
/// Height of the row of one line in a stage.
const ROW: f64 = 17.0;
/// Room between two boxes.
const GAP: f64 = 12.0;
/// Least distance of two lines at the side of a box.
const PORT: f64 = 7.0;

/// A box.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its place in the specification.
    pub(super) index: usize,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// A line: its heights at the two ends and in its stage.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// Its place in the specification.
    pub(super) line: usize,
    pub(super) from: f64,
    pub(super) middle: f64,
    pub(super) to: f64,
}

/// Everything in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) own: Vec<Node>,
    pub(super) stages: Vec<Node>,
    pub(super) customer: Vec<Node>,
    pub(super) lanes: Vec<Lane>,
    pub(super) height: f64,
}

/// A name on as many lines as it needs, the last shortened where it is too long for them.
pub(super) fn name_lines(name: &str, room: f64) -> Vec<String> {
    text::lines(name, SIZE, room, NAME_LINES)
}

fn room((left, right): (f64, f64)) -> f64 {
    right - left - 2.0 * PAD
}

/// Height of the words of an end.
fn words(end: &ChainEnd, room: f64) -> f64 {
    let small = usize::from(!end.over.is_empty()) + usize::from(!end.value.is_empty());
    (name_lines(&end.name, room).len() + small) as f64 * LINE
}

/// From the top of a box to the middle of its first line of words.
pub(super) fn inner(end: &ChainEnd, room: f64, height: f64) -> f64 {
    (height - words(end, room)) / 2.0 + LINE / 2.0
}

/// Puts everything in its place.
pub(super) fn place(spec: &ChainMap) -> Placed {
    let order = order::arrange(spec);
    let (mut stages, mut lanes) = rows(spec, &order);
    let own_line = |line: usize| spec.lines[line].from;
    let customer_line = |line: usize| spec.lines[line].to;
    let mut own = boxes(&spec.own, &order.own, room(OWN), &lanes, own_line);
    let mut customer = boxes(&spec.customer, &order.customer, room(CUSTOMER), &lanes, customer_line);
    let bottom = |nodes: &[Node]| {
        let heights: f64 = nodes.iter().map(|node| node.height + GAP).sum();
        HEAD + heights - GAP
    };
    let of_stages = stages.last().map_or(HEAD, |node| node.top + node.height);
    let height = of_stages.max(bottom(&own)).max(bottom(&customer));
    spread(&mut stages, &mut lanes, height - of_stages, |line| spec.lines[line].stage);
    towards(&mut own, &lanes, own_line);
    towards(&mut customer, &lanes, customer_line);
    settle(&mut own, height);
    settle(&mut customer, height);
    ports(&own, &mut lanes, own_line, |lane| &mut lane.from);
    ports(&customer, &mut lanes, customer_line, |lane| &mut lane.to);
    Placed { own, stages, customer, lanes, height: height + 1.0 }
}

/// The stages one below the other, with a row for each of their lines; those without lines too, since they lack some.
fn rows(spec: &ChainMap, order: &Order) -> (Vec<Node>, Vec<Lane>) {
    let (mut stages, mut lanes) = (Vec::new(), Vec::new());
    let mut top = HEAD;
    for (index, name) in spec.stages.iter().enumerate() {
        let head = PAD + name_lines(name, room(STAGES)).len() as f64 * LINE;
        let own = order.lines.iter().filter(|&&line| spec.lines[line].stage == index);
        let mut bottom = top + head;
        for &line in own {
            let middle = bottom + ROW / 2.0;
            lanes.push(Lane { line, from: middle, middle, to: middle });
            bottom += ROW;
        }
        bottom += PAD / 2.0;
        stages.push(Node { index, top, height: bottom - top });
        top = bottom + GAP;
    }
    (stages, lanes)
}

/// The boxes of a column with their heights: room for their words and for their lines.
fn boxes(
    ends: &[ChainEnd],
    order: &[usize],
    room: f64,
    lanes: &[Lane],
    end: impl Fn(usize) -> usize,
) -> Vec<Node> {
    let node = |&index: &usize| {
        let many = lanes.iter().filter(|lane| end(lane.line) == index).count();
        let height = (words(&ends[index], room) + PAD).max((many + 1) as f64 * PORT);
        Node { index, top: HEAD, height }
    };
    order.iter().map(node).collect()
}

/// Puts each box beside the rows of its lines.
fn towards(nodes: &mut [Node], lanes: &[Lane], end: impl Fn(usize) -> usize) {
    for node in nodes {
        let own = lanes.iter().filter(|lane| end(lane.line) == node.index).map(|lane| lane.middle);
        let (sum, many) = own.fold((0.0, 0), |(sum, many), middle| (sum + middle, many + 1));
        node.top = sum / f64::from(many.max(1)) - node.height / 2.0;
    }
}

/// Moves stages apart by the room that is left, so that lines run level.
fn spread(stages: &mut [Node], lanes: &mut [Lane], room: f64, stage: impl Fn(usize) -> usize) {
    let step = room / stages.len().saturating_sub(1).max(1) as f64;
    for (at, node) in stages.iter_mut().enumerate() {
        let by = step * at as f64;
        node.top += by;
        for lane in lanes.iter_mut().filter(|lane| stage(lane.line) == node.index) {
            (lane.from, lane.middle, lane.to) = (lane.from + by, lane.middle + by, lane.to + by);
        }
    }
}

/// Moves boxes apart, as little as serves, between the heads and the bottom.
fn settle(nodes: &mut [Node], bottom: f64) {
    let mut least = HEAD;
    for node in nodes.iter_mut() {
        node.top = node.top.max(least);
        least = node.top + node.height + GAP;
    }
    let mut most = bottom;
    for node in nodes.iter_mut().rev() {
        node.top = node.top.min(most - node.height);
        most = node.top - GAP;
    }
}

/// Spreads the ends of lines over the side of their box, in the order of their rows.
fn ports(
    nodes: &[Node],
    lanes: &mut [Lane],
    end: impl Fn(usize) -> usize,
    part: impl Fn(&mut Lane) -> &mut f64,
) {
    for node in nodes {
        let own: Vec<usize> = (0..lanes.len()).filter(|&at| end(lanes[at].line) == node.index).collect();
        let step = (node.height / (own.len() + 1) as f64).min(2.0 * PORT);
        let first = node.top + node.height / 2.0 - step * (own.len().saturating_sub(1)) as f64 / 2.0;
        for (place, at) in own.into_iter().enumerate() {
            *part(&mut lanes[at]) = first + step * place as f64;
        }
    }
}
