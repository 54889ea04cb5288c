//! What templates of teaching see: cards of terms, checklists, questions, worksheets, learning paths.

use serde::Serialize;

use super::frame::{FrameView, LinkView};

/// The terms a text uses, for cards on the screen and notes on paper. Template: `terms.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermsView {
    /// In the order of their first use.
    pub terms: Vec<TermCardView>,
}

/// The card of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermCardView {
    /// Of the card; what opens it names it.
    pub id: String,
    /// Its number on paper, from 1.
    pub number: usize,
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
    /// Its place in the glossary.
    pub href: String,
}

/// A line with a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// The words.
    pub words: String,
    /// A note, a hint or how we know.
    pub remark: Option<String>,
}

/// A checklist, a meeting card or an interview guide. Templates: `checklist.html`, `card.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetView {
    /// Unique on the page.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Things to do, or questions.
    pub lines: Vec<LineView>,
    /// How many lines of space below each question.
    pub rows: usize,
    /// The page about what is kept in this browser.
    pub device: LinkView,
}

/// A question with answers to choose from. Template: `check.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckView {
    /// Unique on the page.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// The answers.
    pub choices: Vec<ChoiceView>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceView {
    /// The answer.
    pub words: String,
    /// Whether it is the right one.
    pub right: bool,
    /// Why it is right or not.
    pub because: Option<String>,
}

/// From a problem to its cause. Template: `five-whys.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiveWhysView {
    /// Unique on the page.
    pub id: String,
    /// What customers met; nothing for a sheet that is filled in by hand.
    pub problem: Option<String>,
    /// Answers, each with how we know.
    pub whys: Vec<LineView>,
    /// Where the search ended.
    pub cause: Option<String>,
    /// The action it led to.
    pub action: Option<LinkView>,
    /// The page about what is kept in this browser.
    pub device: LinkView,
}

/// How an improvement reaches the company's results. Template: `why-chain.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyChainView {
    /// What it is called.
    pub title: Option<String>,
    /// The four links.
    pub reasons: Vec<ReasonView>,
}

/// A link of a chain of reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// "What we improve".
    pub label: &'static str,
    /// What is claimed.
    pub claim: String,
    /// `measured`, `reported` or `assumed`.
    pub evidence: &'static str,
    /// The same with a capital letter.
    pub evidence_word: String,
    /// Where that comes from.
    pub source: Option<String>,
    /// The latest value of the metric that shows it.
    pub metric_html: Option<String>,
}

/// One way to talk with a customer. Template: `way-to-talk.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayView {
    /// Unique on the page.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What it costs.
    pub cost: String,
    /// How long it takes.
    pub time: String,
    /// How to ask for it.
    pub how: String,
    /// A request to copy, line by line.
    pub message: String,
}

/// The list of learning paths. Template: `paths.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PathsView {
    /// Around the page.
    pub frame: FrameView,
    /// In the order of their weights.
    pub paths: Vec<PathItemView>,
    /// The page about what is kept in this browser.
    pub device: LinkView,
}

/// A learning path in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathItemView {
    /// Its page.
    pub link: LinkView,
    /// Its name in what the browser keeps.
    pub id: String,
    /// Who should walk it.
    pub audience: String,
    /// What it is about.
    pub summary: Option<String>,
    /// "5 steps, about 40 minutes".
    pub length: String,
}

/// A learning path. Template: `path.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PathView {
    /// Around the page.
    pub frame: FrameView,
    /// Its name in what the browser keeps.
    pub id: String,
    /// Who should walk it.
    pub audience: String,
    /// What they will do differently.
    pub change: String,
    /// How we will know.
    pub evidence: String,
    /// "5 steps, about 40 minutes".
    pub length: String,
    /// The steps.
    pub steps: Vec<StepView>,
    /// The page about what is kept in this browser.
    pub device: LinkView,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its name in what the browser keeps; stays when steps are moved.
    pub id: String,
    /// The page to read; nothing for a question.
    pub page: Option<LinkView>,
    /// "Playbook"; "Question" for a question.
    pub kind: String,
    /// "5 minutes".
    pub time: String,
    /// What to look for, or what to do.
    pub task: Option<String>,
    /// The question.
    pub check_html: Option<String>,
}

/// What this browser keeps of a reader's progress. Template: `device.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DeviceView {
    /// Around the page.
    pub frame: FrameView,
}
