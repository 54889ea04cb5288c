//! The draft: everything an author wrote, typed, with the place of each value. References are still names.

use std::sync::Arc;

use super::published::PublishedQuotes;
use crate::diag::Located;
use crate::diag::Place;
use crate::model::{
    ActionState, Channel, Clearance, Config, Date, Definition, Direction, Evidence, Expected, ImpactFacts,
    LearningPath, Level, MetricId, Month, PageFacts, PageId, PictureReview, Playbook, Privacy, Record,
    RoleFacts, Section, Stage, Term, Withdrawn, Work,
};

/// A name that has not been looked up yet.
pub type Name = Located<String>;

/// Lists of work whose references are still names.
pub type RawWork = Work<Name, Name, Name, Name, Name, Name>;

/// A book as written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// book.toml.
    pub config: Config,
    /// Pages of all sections.
    pub pages: Vec<RawPage>,
    /// The journey.
    pub stages: Vec<Stage<Name>>,
    /// The map.
    pub edges: Vec<RawEdge>,
    /// Metric definitions.
    pub metrics: Vec<RawMetric>,
    /// Metrics whose definitions cannot be read.
    pub broken_metrics: Vec<MetricId>,
    /// Quotes.
    pub quotes: Vec<RawQuote>,
    /// Conversations.
    pub contacts: Vec<RawContact>,
    /// The glossary, with the names its terms refer to.
    pub terms: Vec<(Term, Vec<Name>)>,
    /// Learning paths; the pages they lead to are looked up when links are.
    pub paths: Vec<LearningPath>,
    /// Claims, blockers, assignments, observations, goals.
    pub work: RawWork,
    /// Quotes that may not be built any more.
    pub withdrawn: Vec<Withdrawn>,
    /// privacy.yaml.
    pub privacy: Privacy,
    /// What an earlier edition said.
    pub record: Option<Record>,
    /// What was said of pictures.
    pub reviews: Vec<PictureReview>,
    /// Which quotes an earlier edition held.
    pub published: Option<PublishedQuotes>,
}

/// A page as written.
#[derive(Debug, Clone)]
pub struct RawPage {
    /// From its path.
    pub id: PageId,
    /// From its folder.
    pub section: Section,
    /// What refers to nothing.
    pub facts: Arc<PageFacts>,
    /// Teams it is about.
    pub teams: Vec<Name>,
    /// Stages it is about.
    pub stages: Vec<Name>,
    /// Metrics it is about.
    pub metrics: Vec<Name>,
    /// What only its kind says.
    pub kind: RawKind,
}

/// What only one kind of page says, as written.
#[derive(Debug, Clone)]
pub enum RawKind {
    /// Words of the home page or of a section.
    Intro,
    /// A playbook.
    Playbook(Playbook),
    /// A story.
    Story {
        /// The role that tells it.
        by: Option<String>,
        /// When it happened.
        month: Option<Month>,
        /// How it felt.
        feeling: Option<String>,
        /// What we will do differently.
        change: Option<String>,
        /// The action it led to.
        action: Option<Name>,
    },
    /// A team.
    Team {
        /// Our part of the vision.
        part: Option<String>,
        /// Conversations a week that the team set itself.
        talks_a_week: Option<u32>,
    },
    /// An action.
    Action {
        /// What customers met.
        problem: Option<String>,
        /// Who did it.
        team: Option<Name>,
        /// What it is about.
        theme: Option<String>,
        /// The role that can say yes.
        decides: Option<String>,
        /// By when it was promised.
        due: Option<Date>,
        /// Its days in their order: heard, decided, started, finished, told.
        days: Box<ActionDays>,
        /// How far the loop is.
        state: Option<ActionState>,
        /// The metric it should move.
        metric: Option<Name>,
        /// Which way.
        expected: Option<Expected>,
        /// What happened.
        result: Option<String>,
    },
    /// A role.
    Role(RoleFacts),
    /// A decision and whom it leaves worse off.
    Impact(ImpactFacts),
    /// Anything else.
    Free,
}

/// The days of an action, as written.
#[derive(Debug, Clone, Default)]
pub struct ActionDays {
    /// The problem was heard of.
    pub heard: Option<Located<Date>>,
    /// Somebody decided what to do.
    pub decided: Option<Located<Date>>,
    /// From.
    pub started: Option<Located<Date>>,
    /// Until.
    pub finished: Option<Located<Date>>,
    /// The customers who asked were told.
    pub told: Option<Located<Date>>,
}

/// An edge of the map as written.
#[derive(Debug, Clone)]
pub struct RawEdge {
    /// The team.
    pub team: Name,
    /// Its own metric.
    pub metric: Name,
    /// The stage.
    pub stage: Name,
    /// The customer metric.
    pub moves: Name,
    /// How the two go together.
    pub direction: Direction,
    /// How sure we are.
    pub evidence: Evidence,
    /// In words.
    pub note: Option<String>,
    /// Where it was read.
    pub place: Place,
}

/// A metric as written.
#[derive(Debug, Clone)]
pub struct RawMetric {
    /// From its path.
    pub id: MetricId,
    /// What refers to nothing.
    pub definition: Definition,
    /// The team whose own metric it is.
    pub team: Option<Name>,
    /// The stage it belongs to.
    pub stage: Option<Name>,
}

/// A quote as written.
#[derive(Debug, Clone)]
pub struct RawQuote {
    /// As written, or made from the file and the position.
    pub id: String,
    /// Whether it was written.
    pub has_own_id: bool,
    /// The words.
    pub text: Located<String>,
    /// Where they were said.
    pub source: String,
    /// When.
    pub month: Month,
    /// What allows us to show them.
    pub consent: String,
    /// What they are about.
    pub theme: Option<String>,
    /// Kind of customer.
    pub segment: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Stage of the journey.
    pub stage: Option<Name>,
    /// Teams they speak about.
    pub teams: Vec<Name>,
    /// The survey it comes from.
    pub metric: Option<Name>,
    /// Digest of what tells one respondent from another.
    pub respondent: Option<String>,
    /// The role that made it anonymous.
    pub author: Option<String>,
    /// A second person's word.
    pub cleared: Option<Clearance>,
    /// Where it was read.
    pub place: Place,
}

/// A conversation as written.
#[derive(Debug, Clone)]
pub struct RawContact {
    /// When.
    pub date: Located<Date>,
    /// The team that talked.
    pub team: Name,
    /// How.
    pub channel: Channel,
    /// The stage it was about.
    pub stage: Option<Name>,
    /// The metric it says something about.
    pub metric: Option<Name>,
    /// Who talked, by level.
    pub level: Option<Level>,
    /// What was learned.
    pub learned: Option<String>,
    /// Where it was read.
    pub place: Place,
}
