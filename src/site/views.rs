//! What templates see: one typed view for each kind of page. Only these types are serialized, and each is made from the
//! public book, so nothing confidential can reach a template.
//!
//! Texts are plain and escaped by the template engine; fields ending in `_html` are finished HTML and go out with
//! `| safe`. Every `href` is relative to the page it stands on.

use serde::Serialize;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Words.
    pub title: String,
    /// Relative address.
    pub href: String,
    /// Whether it is the page it stands on, or the section that page is in.
    pub current: bool,
}

/// What stands around every page.
#[derive(Debug, Clone, Serialize)]
pub struct FrameView {
    /// Title of the site.
    pub site: String,
    /// Title of the page.
    pub title: String,
    /// For `<title>`: page and site.
    pub full_title: String,
    /// What the page is for, in a sentence; for the description and below the title.
    pub summary: Option<String>,
    /// Small words above the title: "Playbook".
    pub kicker: Option<String>,
    /// Language tag.
    pub language: String,
    /// Name of the kind of page, for the style sheet: `team`.
    pub kind: &'static str,
    /// Relative path to the site's root: empty, `../` or `../../`.
    pub root: String,
    /// Addresses of the style sheets, in order.
    pub styles: Vec<String>,
    /// Addresses of the scripts, in order; none is needed for reading.
    pub scripts: Vec<String>,
    /// Address of the icon.
    pub icon: String,
    /// Address of the home page.
    pub home: String,
    /// Address of the feed.
    pub feed: String,
    /// Main navigation.
    pub nav: Vec<LinkView>,
    /// Pages of the same section, for the column at the side; empty where there are too many or none.
    pub siblings: Vec<LinkView>,
    /// Title of that column.
    pub siblings_title: String,
    /// From the home page to the page above this one.
    pub crumbs: Vec<LinkView>,
    /// Headings of the page.
    pub contents: Vec<HeadingView>,
    /// The page before this one in its section.
    pub previous: Option<LinkView>,
    /// The page after this one in its section.
    pub next: Option<LinkView>,
    /// Owner, last review and other facts, each with a label.
    pub facts: Vec<FactView>,
    /// The one thing to do after reading.
    pub next_step: Option<String>,
    /// The company's vision.
    pub vision: Option<String>,
    /// A line that stands on every page.
    pub notice: Option<String>,
    /// "Edition 2026-Q3" or "Working copy".
    pub edition: String,
    /// "Data to 30 September 2026".
    pub data_to: Option<String>,
    /// "As of 15 October 2026".
    pub as_of: String,
    /// Address to write to about this page.
    pub report: Option<String>,
    /// Whether the page is marked as a draft.
    pub draft: bool,
    /// Name and version of the program.
    pub generator: &'static str,
}

/// A heading of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// Fragment.
    pub id: String,
    /// Words.
    pub text: String,
}

/// One fact with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// "Owner".
    pub label: String,
    /// "Head of Field Operations".
    pub value: String,
    /// Where the value leads, if anywhere.
    pub href: Option<String>,
}

/// The latest value of a metric, wherever it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetricCardView {
    /// Name of the metric.
    pub name: String,
    /// Its page.
    pub href: String,
    /// "72 %"; an en dash when there is nothing to show.
    pub value: String,
    /// "based on 312 answers", "base unknown".
    pub base: String,
    /// "Sep 2026".
    pub period: String,
    /// "95 % interval 67 to 77 %".
    pub interval: Option<String>,
    /// What the latest points say, in words: "No change beyond normal variation".
    pub reading: String,
    /// `better`, `worse`, `steady` or `early`, for the mark beside the words.
    pub sense: &'static str,
    /// "Target 85 %: not reached".
    pub target: Option<String>,
    /// A word-sized chart.
    pub sparkline_html: String,
    /// "higher is better".
    pub direction: &'static str,
    /// The team whose own metric it is.
    pub team: Option<LinkView>,
}

/// A chart with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// Unique on the page.
    pub id: String,
    /// What the chart says, as a sentence.
    pub title: String,
    /// Metric, unit, n and period.
    pub subtitle: String,
    /// The drawing for wide screens and paper.
    pub wide_html: String,
    /// The drawing for phones.
    pub phone_html: String,
    /// Numbered actions that are marked in the chart.
    pub events: Vec<LinkView>,
    /// Changes of the definition that break the line.
    pub breaks: Vec<String>,
    /// Remarks: axis cut, how often chance alone flags such a chart.
    pub notes: Vec<String>,
    /// The numbers, for "Show the numbers"; empty where the page has a table of its own.
    pub table: Option<TableView>,
    /// Address of the published numbers.
    pub csv: String,
    /// Page of the metric.
    pub metric: LinkView,
}

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// What the table holds.
    pub caption: String,
    /// Heads of the columns; the first is that of the periods.
    pub columns: Vec<String>,
    /// Rows, newest first.
    pub rows: Vec<RowView>,
}

/// A row: a period and its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// "Sep 2026".
    pub head: String,
    /// One text for each further column.
    pub cells: Vec<String>,
    /// Whether the row says something beyond noise.
    pub signal: bool,
}

/// A quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuoteView {
    /// Fragment on the page of quotes.
    pub id: String,
    /// The words.
    pub text: String,
    /// Language tag, where it is not the page's.
    pub language: Option<String>,
    /// "Comment in the survey after installation, March 2026".
    pub source: String,
    /// "household".
    pub segment: Option<String>,
    /// Theme.
    pub theme: Option<String>,
    /// Stage of the journey.
    pub stage: Option<LinkView>,
}

/// An entry of a list of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// Title.
    pub title: String,
    /// Address.
    pub href: String,
    /// What it is for.
    pub summary: Option<String>,
    /// Small facts: "Done", "Field Installation", "March 2025".
    pub meta: Vec<String>,
}

/// A team's own metric, the stage it works on and the customer metric it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainView {
    /// The team.
    pub team: LinkView,
    /// The team's own metric.
    pub own: MetricCardView,
    /// The stage.
    pub stage: LinkView,
    /// The customer metric.
    pub customer: MetricCardView,
    /// "When this rises, satisfaction rises."
    pub relation: String,
    /// `measured`, `reported` or `assumed`.
    pub evidence: &'static str,
    /// In words.
    pub note: Option<String>,
}

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
    /// Metrics it is about.
    pub metrics: Vec<MetricCardView>,
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
    /// "4 conversations in the last 30 days".
    pub recent: String,
    /// Why surveys are not in there; empty when there are none.
    pub surveys: String,
    /// The newest conversations.
    pub latest: Vec<ConversationView>,
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
    /// One chart for each split.
    pub split_figures: Vec<String>,
    /// Good looks like, limits, trigger.
    pub statements: Vec<FactView>,
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
    /// What the stage lacks: metric, owner, playbook, story.
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

/// The page for missing pages.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// Around the page.
    pub frame: FrameView,
}
