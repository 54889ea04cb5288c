//! The map: which number of a team moves which number of the customer, through which stage.

/// Three columns, teams' numbers, stages and customers' numbers, and the lines between them.
///
/// The order of the stages is kept; that of the others is chosen so that few lines cross. A line that names something that is
/// not there is left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChainMap {
    /// Unique on the page.
    pub id: String,
    /// What the drawing says as one sentence: the accessible name.
    pub title: String,
    /// The accessible description; every line in words.
    pub description: String,
    /// The heads of the columns, from the left.
    pub heads: [String; 3],
    /// Teams' own numbers.
    pub own: Vec<ChainEnd>,
    /// Names of the stages, from the first to the last.
    pub stages: Vec<String>,
    /// Customers' numbers.
    pub customer: Vec<ChainEnd>,
    /// What moves what.
    pub lines: Vec<ChainLine>,
}

/// A number at one end of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChainEnd {
    /// Small words above the name: the team. May be empty.
    pub over: String,
    /// Its name.
    pub name: String,
    /// Small words below: the latest value with its period. May be empty.
    pub value: String,
}

/// A line through a stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChainLine {
    /// Place in `own`.
    pub from: usize,
    /// Place in `stages`.
    pub stage: usize,
    /// Place in `customer`.
    pub to: usize,
    /// How sure it is.
    pub surety: Surety,
    /// What stands in the stage, on the line: "assumed, opposite".
    pub label: String,
    /// The whole line in words, shown while the pointer is over it.
    pub said: String,
}

/// How sure a line is; each is drawn in its own way, and named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surety {
    /// Seen in numbers: a solid line.
    Measured,
    /// Told by people: a dotted line.
    Reported,
    /// Believed: a dashed line.
    #[default]
    Assumed,
}
