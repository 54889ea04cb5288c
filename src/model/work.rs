//! What a company does about what its customers say: figures with their small print, blockers, assignments, observations of
//! the front line, goals.
//!
//! Each type is generic over how it refers to others: names as written in a draft, ids in a book.

use super::{
    ActionId, AssignmentId, BlockerId, ClaimId, Date, GoalId, MetricId, Month, RoleId, StageId, StoryId,
    TeamId,
};
use crate::diag::Place;

/// Days after which something that stands still is late.
pub const LONG: i32 = 60;

/// All lists of work.
#[derive(Debug, Clone)]
pub struct Work<T = TeamId, S = StageId, M = MetricId, A = ActionId, R = RoleId, P = StoryId> {
    /// Figures somebody may quote.
    pub claims: Vec<Claim<S, M>>,
    /// What stands in a team's way.
    pub blockers: Vec<Blocker<T, S, M, A>>,
    /// Walks in the customer's shoes.
    pub assignments: Vec<Assignment<T, S, R, P>>,
    /// What the front line sees.
    pub observations: Vec<Observation<T, S, M>>,
    /// The strategy, goal by goal.
    pub goals: Vec<Goal<T, M>>,
}

impl<T, S, M, A, R, P> Default for Work<T, S, M, A, R, P> {
    fn default() -> Self {
        Self {
            claims: Vec::new(),
            blockers: Vec::new(),
            assignments: Vec::new(),
            observations: Vec::new(),
            goals: Vec::new(),
        }
    }
}

/// A figure with what it rests on.
#[derive(Debug, Clone)]
pub struct Claim<S = StageId, M = MetricId> {
    /// Its id, for `{claim}`.
    pub id: ClaimId,
    /// The sentence with the figure in it.
    pub says: String,
    /// Who counted.
    pub source: String,
    /// How many answers or cases.
    pub n: u64,
    /// The first month of the answers.
    pub from: Month,
    /// The last month; the same as the first for one wave.
    pub to: Month,
    /// Whom it speaks for.
    pub population: String,
    /// What was asked or counted.
    pub question: String,
    /// What it does not show.
    pub limits: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// What it is about, in the words of the quotes.
    pub theme: Option<String>,
    /// Stage of the journey.
    pub stage: Option<S>,
    /// The metric it belongs to.
    pub metric: Option<M>,
    /// Where it was read.
    pub place: Place,
}

/// Something a team cannot remove by itself.
#[derive(Debug, Clone)]
pub struct Blocker<T = TeamId, S = StageId, M = MetricId, A = ActionId> {
    /// Its id.
    pub id: BlockerId,
    /// What stands in the way.
    pub what: String,
    /// Who is stuck.
    pub team: T,
    /// The role that can say yes.
    pub decides: String,
    /// On whom it waits now, where that is somebody else than who decides.
    pub waiting_on: Option<String>,
    /// The role that looks after it.
    pub owner: Option<String>,
    /// Since when.
    pub since: Date,
    /// The day it was out of the way.
    pub removed: Option<Date>,
    /// What is asked for.
    pub ask: Option<String>,
    /// The stage it holds up.
    pub stage: Option<S>,
    /// The metric it holds down.
    pub metric: Option<M>,
    /// The action that waits.
    pub action: Option<A>,
    /// Where it was read.
    pub place: Place,
}

/// Something to do as a customer would.
#[derive(Debug, Clone)]
pub struct Assignment<T = TeamId, S = StageId, R = RoleId, P = StoryId> {
    /// Its id.
    pub id: AssignmentId,
    /// What to do: "Call our own support line".
    pub task: String,
    /// What to find out; never what could be sold.
    pub purpose: Option<String>,
    /// The role that does it.
    pub role: R,
    /// Of which team, where it is only one.
    pub team: Option<T>,
    /// Where in the journey.
    pub stage: Option<S>,
    /// By when.
    pub due: Date,
    /// The day it was done.
    pub done: Option<Date>,
    /// What was seen.
    pub outcome: Option<String>,
    /// Stories that came of it.
    pub stories: Vec<P>,
    /// Where it was read.
    pub place: Place,
}

/// What somebody at the front line saw, in their words. Confidential until the privacy gate has looked at it.
#[derive(Debug, Clone)]
pub struct Observation<T = TeamId, S = StageId, M = MetricId> {
    /// The month; a day would say too much.
    pub month: Month,
    /// What kind.
    pub kind: ObservationKind,
    /// What it is about, in the words of the quotes.
    pub theme: String,
    /// What was seen.
    pub text: String,
    /// The team that saw it.
    pub team: Option<T>,
    /// Stage of the journey.
    pub stage: Option<S>,
    /// The metric it belongs to.
    pub metric: Option<M>,
    /// Where it was read.
    pub place: Place,
}

/// What kind of thing was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObservationKind {
    /// Something goes wrong.
    Problem,
    /// Something customers ask for.
    Wish,
    /// Something customers like.
    Praise,
}

impl ObservationKind {
    /// As authors write them.
    pub const WORDS: [(&'static str, Self); 3] =
        [("problem", Self::Problem), ("wish", Self::Wish), ("praise", Self::Praise)];

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Wish => "wish",
            Self::Praise => "praise",
        }
    }
}

/// A goal of the strategy and what teams do for it.
#[derive(Debug, Clone)]
pub struct Goal<T = TeamId, M = MetricId> {
    /// Its id.
    pub id: GoalId,
    /// The goal.
    pub goal: String,
    /// The line of the strategy it comes from.
    pub strategy: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// How we will know: the metric.
    pub metric: Option<M>,
    /// How we will know: in words.
    pub measure: Option<String>,
    /// By when.
    pub by: Option<Date>,
    /// Who does what for it.
    pub behaviours: Vec<Behaviour<T, M>>,
    /// Where it was read.
    pub place: Place,
}

/// What one team does for a goal.
#[derive(Debug, Clone)]
pub struct Behaviour<T = TeamId, M = MetricId> {
    /// The team.
    pub team: T,
    /// What its people do.
    pub does: String,
    /// The metric by which they see it.
    pub metric: Option<M>,
}
