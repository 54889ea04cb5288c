//! Pages: playbooks, stories, teams, actions and anything else written in markdown.

use std::sync::Arc;

use super::{ActionId, Date, MetricId, Month, PageId, StageId, TeamId};
use crate::markdown::Body;
use crate::source::SourcePath;

/// The kinds of pages that authors write, each with a folder and a list page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// `index.md`.
    Home,
    /// `playbooks/`.
    Playbooks,
    /// `stories/`.
    Stories,
    /// `teams/`.
    Teams,
    /// `actions/`.
    Actions,
    /// `roles/`.
    Roles,
    /// `impacts/`.
    Impacts,
    /// `pages/`.
    Pages,
}

impl Section {
    /// The sections that have a folder, in the order of the navigation.
    pub const WITH_FOLDER: [Self; 7] =
        [Self::Teams, Self::Playbooks, Self::Stories, Self::Actions, Self::Roles, Self::Impacts, Self::Pages];

    /// Folder of the sources and of the routes.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Home => "",
            Self::Playbooks => "playbooks",
            Self::Stories => "stories",
            Self::Teams => "teams",
            Self::Actions => "actions",
            Self::Roles => "roles",
            Self::Impacts => "impacts",
            Self::Pages => "pages",
        }
    }

    /// For readers: "Playbooks".
    pub fn title(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Playbooks => "Playbooks",
            Self::Stories => "Stories",
            Self::Teams => "Teams",
            Self::Actions => "Actions",
            Self::Roles => "Roles",
            Self::Impacts => "Who is worse off",
            Self::Pages => "More to read",
        }
    }

    /// One page of it, in a message: "playbook".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Home => "home page",
            Self::Playbooks => "playbook",
            Self::Stories => "story",
            Self::Teams => "team",
            Self::Actions => "action",
            Self::Roles => "role",
            Self::Impacts => "impact",
            Self::Pages => "page",
        }
    }
}

/// A page with its references resolved.
#[derive(Debug, Clone)]
pub struct Page {
    /// The name below its section; the home page has none.
    pub id: PageId,
    /// Where it belongs.
    pub section: Section,
    /// What every page can say about itself. Shared: two runs over one text hold one value.
    pub facts: Arc<PageFacts>,
    /// Teams it is about.
    pub teams: Vec<TeamId>,
    /// Stages it is about.
    pub stages: Vec<StageId>,
    /// Metrics it is about.
    pub metrics: Vec<MetricId>,
    /// Whether it names a metric, though there be none of that name, or one whose file has mistakes.
    pub names_metric: bool,
    /// What only its kind says.
    pub kind: PageKind,
}

/// What every page can say about itself; refers to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFacts {
    /// Where it was read.
    pub source: SourcePath,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub summary: Option<String>,
    /// The role that keeps it true.
    pub owner: Option<String>,
    /// The day somebody last read it through.
    pub reviewed: Option<Date>,
    /// Not finished.
    pub draft: bool,
    /// Smaller comes first; pages without one come after, by title.
    pub weight: Option<i64>,
    /// The one thing to do after reading.
    pub next: Option<String>,
    /// Addresses it had in earlier editions, below the site and without an ending: `playbooks/old-name`.
    pub was: Vec<String>,
    /// Markdown below the front matter.
    pub body: Body,
    /// Line of the file in which `body` begins, from 1, so that findings point into the file.
    pub body_line: u32,
    /// Whether the title was taken from the body's first heading, which is then not repeated.
    pub title_from_body: bool,
}

impl PageFacts {
    /// Days by which somebody should have read it through again, where it may take that many months; `None` where it says no
    /// review or is in time.
    pub fn review_overdue(&self, as_of: Date, months: i32) -> Option<i32> {
        let limit = i64::from(months) * 365 / 12;
        let days = as_of.days_since(self.reviewed?) - i32::try_from(limit).unwrap_or(i32::MAX);
        (days > 0).then_some(days)
    }
}

impl Page {
    /// Whether a role should keep it true. The home page and the words above lists speak for the whole book; a story belongs
    /// to who tells it.
    pub fn needs_owner(&self) -> bool {
        !matches!(self.kind, PageKind::Intro | PageKind::Story(_))
    }
}

/// What only one kind of page says.
#[derive(Debug, Clone)]
pub enum PageKind {
    /// The home page's own words, or the words above a section's list.
    Intro,
    /// What to do so that a customer is better off.
    Playbook(Playbook),
    /// First-hand.
    Story(Story),
    /// A team.
    Team(TeamFacts),
    /// A change somebody made.
    Action(ActionFacts),
    /// A role.
    Role(RoleFacts),
    /// A decision and whom it leaves worse off.
    Impact(ImpactFacts),
    /// Anything else.
    Free,
}

/// What to do so that a customer is better off.
#[derive(Debug, Clone, Default)]
pub struct Playbook {
    /// What will be true for the customer.
    pub outcome: Option<String>,
    /// Behaviours to start.
    pub start: Vec<String>,
    /// Behaviours to stop.
    pub stop: Vec<String>,
}

/// First-hand: what somebody lived through as a customer.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// The role that tells it.
    pub by: Option<String>,
    /// When it happened.
    pub month: Option<Month>,
    /// How it felt.
    pub feeling: Option<String>,
    /// What we will do differently.
    pub change: Option<String>,
    /// The action it led to.
    pub action: Option<ActionId>,
}

/// What a team says about itself.
#[derive(Debug, Clone, Default)]
pub struct TeamFacts {
    /// Our part of the vision.
    pub part: Option<String>,
    /// Conversations with customers a week that the team set itself.
    pub talks_a_week: Option<u32>,
}

/// What a role sees, decides and does.
#[derive(Debug, Clone, Default)]
pub struct RoleFacts {
    /// What this role sees that others do not.
    pub sees: Vec<String>,
    /// What it may decide without asking.
    pub decides: Vec<String>,
    /// Habits of the week.
    pub weekly: Vec<String>,
}

/// The five questions before a change that touches customers.
#[derive(Debug, Clone, Default)]
pub struct ImpactFacts {
    /// What changes.
    pub change: Option<String>,
    /// Who is better off.
    pub better_off: Option<String>,
    /// Who is worse off.
    pub worse_off: Option<String>,
    /// What we do for them.
    pub plan: Option<String>,
    /// How and when we will know.
    pub check: Option<String>,
    /// Kinds of customers that are harmed, in broad words.
    pub segments: Vec<String>,
    /// What was decided.
    pub verdict: Option<Verdict>,
    /// The role that decides.
    pub decides: Option<String>,
    /// When it was decided.
    pub decided: Option<Date>,
}

/// What was decided about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Open,
    /// As planned.
    Go,
    /// Only with the plan for those worse off.
    GoWithPlan,
    /// Not at all.
    Stop,
}

impl Verdict {
    /// As authors write them.
    pub const WORDS: [(&'static str, Self); 4] =
        [("open", Self::Open), ("go", Self::Go), ("go-with-plan", Self::GoWithPlan), ("stop", Self::Stop)];

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "Not decided yet",
            Self::Go => "Go",
            Self::GoWithPlan => "Go, with the plan for those worse off",
            Self::Stop => "Stop",
        }
    }
}

/// A change somebody made, and what came of it.
#[derive(Debug, Clone)]
pub struct ActionFacts {
    /// What customers met.
    pub problem: Option<String>,
    /// Who did it.
    pub team: Option<TeamId>,
    /// What it is about, in the words of the quotes.
    pub theme: Option<String>,
    /// The role that can say yes, where that is not the owner.
    pub decides: Option<String>,
    /// The day the problem was heard of.
    pub heard: Option<Date>,
    /// The day somebody decided what to do.
    pub decided: Option<Date>,
    /// From.
    pub started: Option<Date>,
    /// By when it was promised.
    pub due: Option<Date>,
    /// Until; `None` while it runs.
    pub finished: Option<Date>,
    /// The day the customers who asked were told.
    pub told: Option<Date>,
    /// How far the loop is.
    pub state: Option<ActionState>,
    /// The metric it should move.
    pub metric: Option<MetricId>,
    /// Which way.
    pub expected: Option<Expected>,
    /// What happened.
    pub result: Option<String>,
}

impl ActionFacts {
    /// The day it began; nothing while that day lies ahead.
    pub fn begun(&self, as_of: Date) -> Option<Date> {
        self.started.filter(|day| *day <= as_of)
    }

    /// The day it was done, or customers were told that it is.
    pub fn kept(&self) -> Option<Date> {
        self.finished.or(self.told)
    }

    /// Days by which it is late for what was promised.
    pub fn overdue(&self, as_of: Date) -> Option<i32> {
        let due = self.due.filter(|due| *due < as_of && self.kept().is_none())?;
        Some(as_of.days_since(due))
    }
}

/// How far the loop from hearing to telling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// We know of the problem.
    Heard,
    /// We decided what to do.
    Decided,
    /// It is done.
    Done,
    /// The customers who asked were told.
    Told,
}

impl ActionState {
    /// As authors write them, in the order of the loop.
    pub const WORDS: [(&'static str, Self); 4] =
        [("heard", Self::Heard), ("decided", Self::Decided), ("done", Self::Done), ("told", Self::Told)];

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Heard => "Heard",
            Self::Decided => "Decided",
            Self::Done => "Done",
            Self::Told => "Customer told",
        }
    }
}

/// Which way a metric should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Up.
    Up,
    /// Down.
    Down,
}

impl Expected {
    /// For readers, as a label before the name of the metric.
    pub fn words(self) -> &'static str {
        match self {
            Self::Up => "Should rise",
            Self::Down => "Should fall",
        }
    }
}
