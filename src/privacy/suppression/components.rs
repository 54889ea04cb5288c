//! Taking a table apart into sets of cells that no sum connects.

use super::table::Table;

/// Cells that sums connect, directly or through others, with those sums. Both ascending.
#[derive(Debug, Clone, Default)]
pub(super) struct Component {
    pub(super) cells: Vec<usize>,
    pub(super) sums: Vec<usize>,
}

/// The connected sets of a table, in the order of their first cells.
pub(super) fn components(table: &Table) -> Vec<Component> {
    let mut forest = Forest::new(table.cells().len());
    for sum in table.sums() {
        sum.parts.iter().for_each(|part| forest.join(*part, sum.whole));
    }
    let mut components: Vec<Component> = Vec::new();
    let mut place = vec![usize::MAX; table.cells().len()];
    for cell in 0..table.cells().len() {
        let root = forest.root(cell);
        if place[root] == usize::MAX {
            place[root] = components.len();
            components.push(Component::default());
        }
        components[place[root]].cells.push(cell);
    }
    for (index, sum) in table.sums().iter().enumerate() {
        components[place[forest.root(sum.whole)]].sums.push(index);
    }
    components
}

/// Union-find.
pub(super) struct Forest(Vec<usize>);

impl Forest {
    pub(super) fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// Ends because each step halves a path that has no cycle.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
