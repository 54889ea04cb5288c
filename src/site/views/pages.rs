//! One view for each kind of page.

use serde::Serialize;

use super::board::{GridView, PartView};
use super::frame::{FactView, FrameView, LinkView};
use super::parts::{ChainView, ItemView, MetricCardView, QuoteView, StripView, TableView};

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// Around the page.
    pub frame: FrameView,
    /// The author's own words.
    pub body_html: String,
    /// Headline metrics.
    pub headline: Vec<MetricCardView>,
    /// "Find your team".
    pub teams: Vec<ItemView>,
    /// The journey.
    pub stages: Vec<ItemView>,
    /// Latest actions.
    pub actions: Vec<ItemView>,
    /// "12 pages of guidance, 9 actions this quarter, 6 finished".
    pub balance: Option<String>,
    /// Playbooks to begin with.
    pub playbooks: Vec<ItemView>,
    /// A few quotes.
    pub quotes: Vec<QuoteView>,
}

/// A list page of a section.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// Around the page.
    pub frame: FrameView,
    /// The author's words above the list.
    pub body_html: String,
    /// Parts below the words: the log of the actions.
    pub parts: Vec<PartView>,
    /// Groups with their entries; one group without a title when there is nothing to group by.
    pub groups: Vec<GroupView>,
}

/// A group of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// Title; empty for none.
    pub title: String,
    /// Fragment.
    pub id: String,
    /// Entries.
    pub items: Vec<ItemView>,
}

/// What changed since the edition before.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// Around the page.
    pub frame: FrameView,
    /// One for each kind of change.
    pub groups: Vec<GroupView>,
    /// Address of the same as text.
    pub message: String,
}

/// The list of metrics.
#[derive(Debug, Clone, Serialize)]
pub struct MetricsView {
    /// Around the page.
    pub frame: FrameView,
    /// Customer metrics.
    pub customer: Vec<MetricCardView>,
    /// Teams' own metrics.
    pub own: Vec<MetricCardView>,
}

/// A playbook, story, action or free page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Around the page.
    pub frame: FrameView,
    /// The author's text.
    pub body_html: String,
    /// The sentence that stands out: outcome of a playbook, problem of an action.
    pub lead: Option<FactView>,
    /// Behaviours to start.
    pub start: Vec<String>,
    /// Behaviours to stop.
    pub stop: Vec<String>,
    /// What came of it: change of a story, result of an action.
    pub result: Option<FactView>,
    /// How far the loop of an action is.
    pub loop_state: Vec<LoopStepView>,
    /// What the metric of an action did before and after it.
    pub effect: Vec<FactView>,
    /// Metrics it is about.
    pub metrics: Vec<MetricCardView>,
    /// What only a role or a change impact says, one part each.
    pub parts: Vec<PartView>,
    /// Charts that belong to the page, outside its text.
    pub figures: Vec<String>,
    /// Teams and stages it is about, and the action it led to.
    pub related: Vec<GroupView>,
}

/// A step of the loop from hearing to telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoopStepView {
    /// "Heard".
    pub word: &'static str,
    /// Whether it is behind us.
    pub reached: bool,
    /// Whether it is where we are.
    pub current: bool,
}

/// A team: how its work moves the customer.
#[derive(Debug, Clone, Serialize)]
pub struct TeamView {
    /// Around the page.
    pub frame: FrameView,
    /// Our part of the vision.
    pub part: Option<String>,
    /// The author's text.
    pub body_html: String,
    /// All its lines of the map in one drawing; none of fewer than two.
    pub map_html: Option<String>,
    /// The chain.
    pub chains: Vec<ChainView>,
    /// The team's own metrics that are in no chain.
    pub other_metrics: Vec<MetricCardView>,
    /// Customers' words about the team or from its stages.
    pub quotes: Vec<QuoteView>,
    /// Where there are more of them.
    pub quotes_href: String,
    /// Playbooks, stories and actions.
    pub related: Vec<GroupView>,
    /// Actions, blockers, goals: one part each.
    pub parts: Vec<PartView>,
    /// The page to print.
    pub digest: LinkView,
    /// Conversations with customers.
    pub contact: ContactView,
}

/// How a team talks with customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactView {
    /// "6 days since this team last talked with a customer (9 October 2026)".
    pub since: String,
    /// `fresh`, `due`, `stale` or `never`.
    pub band: &'static str,
    /// "Fresh", "Due", "Stale", "No conversation recorded".
    pub band_word: &'static str,
    /// What a script needs to count to the reader's day; none before the first conversation.
    pub refresh: Option<RefreshView>,
    /// Whether the team keeps to the habit it set itself; none where it set none.
    pub cadence: Option<CadenceView>,
    /// "4 conversations in the last 30 days".
    pub recent: String,
    /// The last twelve months; none before the first conversation.
    pub strip: Option<StripView>,
    /// Why surveys are not in there; empty when there are none.
    pub surveys: String,
    /// The newest conversations.
    pub latest: Vec<ConversationView>,
}

/// What a script needs to count the days to the reader's own day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefreshView {
    /// Day of the last conversation: `2026-10-09`.
    pub last: String,
    /// Days after which the next is due.
    pub due: i32,
    /// Days after which the last is stale.
    pub stale: i32,
    /// "days since Billing last talked with a customer".
    pub words: String,
    /// The day for readers: "9 October 2026".
    pub day: String,
}

/// The habit of a team, week by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CadenceView {
    /// "Target 1 a week: met 7 of the last 8 weeks".
    pub words: String,
    /// The weeks, oldest first.
    pub weeks: Vec<WeekView>,
}

/// A week of a habit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekView {
    /// "week of 24 August 2026".
    pub label: String,
    /// Whether the aim was met.
    pub met: bool,
}

/// One conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConversationView {
    /// "September 2026".
    pub when: String,
    /// "visit".
    pub channel: String,
    /// What was learned.
    pub learned: Option<String>,
    /// Stage it was about.
    pub stage: Option<LinkView>,
}

/// A metric.
#[derive(Debug, Clone, Serialize)]
pub struct MetricView {
    /// Around the page.
    pub frame: FrameView,
    /// Latest value.
    pub card: MetricCardView,
    /// The trend.
    pub figure_html: Option<String>,
    /// How people answered, over time.
    pub answers_html: Option<String>,
    /// One chart for each split.
    pub split_figures: Vec<String>,
    /// Good looks like, limits, trigger.
    pub statements: Vec<FactView>,
    /// Why it moved, as far as somebody found out, and what nobody explained yet.
    pub why: Option<PartView>,
    /// What was heard in conversations, what staff report, what we changed.
    pub panels: Vec<PartView>,
    /// Definition: kind, scale, question, source ...
    pub definition: Vec<FactView>,
    /// Dated changes of the definition.
    pub changes: Vec<FactView>,
    /// What happened to the rows of the exports.
    pub rows: Vec<FactView>,
    /// All published numbers for everybody.
    pub table: Option<TableView>,
    /// Where they can be downloaded.
    pub csv: String,
    /// Chains the metric is part of.
    pub chains: Vec<ChainView>,
    /// Playbooks, stories and actions.
    pub related: Vec<GroupView>,
}

/// The journey.
#[derive(Debug, Clone, Serialize)]
pub struct JourneyView {
    /// Around the page.
    pub frame: FrameView,
    /// All stages in one chart; none without any metric.
    pub figure_html: Option<String>,
    /// Which stages lack what, and from which sources each is known.
    pub coverage: PartView,
    /// The stages in order.
    pub stages: Vec<StageView>,
}

/// A stage of the journey.
#[derive(Debug, Clone, Serialize)]
pub struct StageView {
    /// Fragment.
    pub id: String,
    /// 1 for the first.
    pub number: usize,
    /// Name.
    pub name: String,
    /// What the customer does here.
    pub summary: Option<String>,
    /// The role that answers for it; "No owner" when there is none.
    pub owner: String,
    /// Customer metrics of the stage.
    pub metrics: Vec<MetricCardView>,
    /// Teams that work on it, playbooks, stories and actions.
    pub related: Vec<GroupView>,
    /// What customers said here.
    pub quotes: Vec<QuoteView>,
    /// From which kinds of sources it is known: "survey, conversations".
    pub sources: String,
    /// What one team gives another here.
    pub hand_offs: Option<GridView>,
    /// What the stage lacks: metric, owner, playbook, story, a source beyond surveys.
    pub gaps: Vec<String>,
}

/// Customers' words.
#[derive(Debug, Clone, Serialize)]
pub struct QuotesView {
    /// Around the page.
    pub frame: FrameView,
    /// How many.
    pub count: String,
    /// By theme.
    pub themes: Vec<ThemeView>,
}

/// A theme of quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThemeView {
    /// Theme.
    pub title: String,
    /// Fragment.
    pub id: String,
    /// Its quotes, newest first.
    pub quotes: Vec<QuoteView>,
}

/// The glossary.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryView {
    /// Around the page.
    pub frame: FrameView,
    /// Terms from A to Z.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// Fragment.
    pub id: String,
    /// The term.
    pub term: String,
    /// What an abbreviation stands for.
    pub long: Option<String>,
    /// Other words for the same.
    pub also: Vec<String>,
    /// What it means.
    pub definition: String,
    /// What it is often taken for.
    pub not: Option<String>,
    /// Where the definition comes from.
    pub source: Option<String>,
    /// Related terms.
    pub see: Vec<LinkView>,
}

/// The index from A to Z.
#[derive(Debug, Clone, Serialize)]
pub struct IndexView {
    /// Around the page.
    pub frame: FrameView,
    /// Letters with their entries.
    pub groups: Vec<GroupView>,
}

/// The search page. A script of the theme fills the list of results.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Around the page.
    pub frame: FrameView,
    /// Folder of the index, for the script.
    pub index: String,
    /// Kinds of results to choose from.
    pub kinds: Vec<String>,
    /// Teams to choose from.
    pub teams: Vec<String>,
    /// Stages to choose from.
    pub stages: Vec<String>,
    /// Address of the index from A to Z, for readers without script.
    pub a_to_z: String,
}

/// The page for missing pages.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// Around the page.
    pub frame: FrameView,
}

/// How customers' words are protected: rules and counts, never what was found.
#[derive(Debug, Clone, Serialize)]
pub struct PrivacyView {
    /// Around the page.
    pub frame: FrameView,
    /// The fewest answers anything may rest on.
    pub thresholds: Vec<FactView>,
    /// What is looked for, in words.
    pub kinds: Vec<String>,
    /// How much is held back, by reason.
    pub held_back: Vec<FactView>,
    /// "Version 1 of the rules that find them."
    pub rules: String,
}
