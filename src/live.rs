//! Live parts of a page: what a directive or a role asks for, read once for checking and for rendering.

mod entries;
mod forms;
mod known;
mod lists;
mod teaching;

use crate::diag::{Check, checks, did_you_mean};
use crate::markdown::{Directive, Role, Span};
use crate::model::{ClaimId, MetricId, Month, StageId, TeamId, TermId, slug};

pub use forms::{BLOCKS as FORMS, BlockForm, WORDS as WORDS_ABOUT, block_form};
pub use known::Known;
pub use lists::{ListKind, Listing, Progress, StageBlock};
pub use teaching::{FiveWhys, List, Teaching, WayToTalk, WhyChain};

/// A live block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A trend chart.
    Chart(Chart),
    /// Customers' words.
    Quotes(Quotes),
    /// A checklist, a question, a worksheet or a card.
    Teaching(Teaching),
    /// A figure with its small print.
    Claim(ClaimId),
    /// Entries of the book's lists.
    List(Listing),
    /// A stage with its numbers.
    Stage(StageBlock),
}

/// `{chart} metric`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The metric.
    pub metric: MetricId,
    /// Which chart.
    pub kind: ChartKind,
    /// Show the groups of this split instead of everybody.
    pub split: Option<String>,
    /// From this month on.
    pub since: Option<Month>,
    /// Up to this month.
    pub until: Option<Month>,
    /// The actions to mark, by the ids of their pages; all that aim at the metric when `None`.
    pub actions: Option<Vec<String>>,
    /// Height of the plot, 120 to 480.
    pub height: Option<u16>,
    /// Words above the chart, instead of the generated ones.
    pub title: Option<String>,
}

/// Which chart of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartKind {
    /// Its values over time.
    #[default]
    Trend,
    /// The same, a chart for each group of a split.
    Panels,
    /// Before and after one action.
    BeforeAfter,
    /// With the metrics it is tied to in map.yaml, on one time axis.
    Chain,
    /// How people answered.
    Answers,
}

/// The words for kinds of charts.
const KINDS: [(&str, ChartKind); 5] = [
    ("trend", ChartKind::Trend),
    ("panels", ChartKind::Panels),
    ("before-after", ChartKind::BeforeAfter),
    ("chain", ChartKind::Chain),
    ("answers", ChartKind::Answers),
];

/// The lowest and the highest plot a page may ask for; the same in `charts`.
const HEIGHTS: std::ops::RangeInclusive<u16> = 120..=480;

/// `{quotes}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotes {
    /// Only of this stage.
    pub stage: Option<StageId>,
    /// Only about this team.
    pub team: Option<TeamId>,
    /// Only about this theme.
    pub theme: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// A live word inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Latest value of a metric.
    Metric(MetricId),
    /// A term of the glossary.
    Term(TermId),
    /// A team.
    Team(TeamId),
    /// A stage.
    Stage(StageId),
    /// Words in another language, by its tag.
    Passage(String),
}

/// What is wrong with a live part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The check it belongs to.
    pub check: &'static Check,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where in the text.
    pub span: Span,
}

const BLOCKS: [&str; 3] = ["chart", "claim", "quotes"];

/// Whether there is a live block of that name.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || teaching::NAMES.contains(&name)
}

/// A block as far as it can be shown, and what is wrong with it: without a value it cannot be shown.
pub type Reading = (Option<Block>, Vec<Trouble>);

const WORDS: [&str; 4] = ["metric", "term", "team", "stage"];

/// How many quotes a block shows unless it says otherwise.
const QUOTES: usize = 5;

/// Reads a block, and says everything that is wrong with it. A few things are only worth mending.
pub fn block(directive: &Directive, known: &Known<'_>) -> Reading {
    let mut options = Options { directive, known, troubles: Vec::new(), remarks: Vec::new() };
    let block = match directive.name.as_str() {
        "chart" => options.chart(),
        "quotes" => options.quotes(),
        name if teaching::NAMES.contains(&name) => teaching::read(&mut options, name),
        name if lists::NAMES.contains(&name) => lists::read(&mut options, name),
        "claim" => options.claim(),
        name => {
            let message = format!("there is no live block \"{{{name}}}\"");
            options.trouble(
                &checks::DIRECTIVE_UNKNOWN,
                message,
                did_you_mean(name, BLOCKS.into_iter().chain(teaching::NAMES).chain(lists::NAMES)),
                directive.span.clone(),
            );
            None
        }
    };
    let block = block.filter(|_| options.troubles.is_empty());
    options.troubles.append(&mut options.remarks);
    (block, options.troubles)
}

/// Reads a word.
///
/// # Errors
/// What is wrong with it.
pub fn word(role: &Role, known: &Known<'_>) -> Result<Word, Trouble> {
    let content = role.content.trim();
    let unknown = |check, what: &str, help: String| Trouble {
        check,
        message: format!("there is no {what} \"{content}\""),
        help,
        span: role.span.clone(),
    };
    let named = |names: &[&str]| names.contains(&content);
    match role.name.as_str() {
        "metric" if known.metrics.contains_key(content) => Ok(Word::Metric(MetricId::new(content))),
        "metric" => Err(unknown(
            &checks::METRIC_UNKNOWN,
            "metric",
            did_you_mean(content, known.metrics.keys().copied()),
        )),
        "team" if named(&known.teams) => Ok(Word::Team(TeamId::new(content))),
        "team" if known.draft_teams.contains_key(content) => Err(Trouble {
            check: &checks::TEAM_UNKNOWN,
            message: format!("the team \"{content}\" leads to a draft"),
            help: known.draft_help(content),
            span: role.span.clone(),
        }),
        "team" => {
            Err(unknown(&checks::TEAM_UNKNOWN, "team", did_you_mean(content, known.teams.iter().copied())))
        }
        "stage" if named(&known.stages) => Ok(Word::Stage(StageId::new(content))),
        "stage" => {
            Err(unknown(&checks::STAGE_UNKNOWN, "stage", did_you_mean(content, known.stages.iter().copied())))
        }
        "term" => match known.terms.get(&slug(content)) {
            Some(id) => Ok(Word::Term(TermId::new(id))),
            None => {
                let help = did_you_mean(content, known.terms.keys().map(String::as_str));
                Err(unknown(&checks::TERM_UNKNOWN, "term", help))
            }
        },
        name if passage(name).is_some() => Ok(Word::Passage(passage(name).unwrap_or_default().to_owned())),
        name => Err(Trouble {
            check: &checks::ROLE_UNKNOWN,
            message: format!("there is no live word \"{{{name}}}\""),
            help: did_you_mean(name, WORDS),
            span: role.span.clone(),
        }),
    }
}

/// The language tag in the name of a role: `de` in `lang-de`, `pt-br` in `lang-pt-br`.
fn passage(name: &str) -> Option<&str> {
    let tag = name.strip_prefix("lang-")?;
    let mut parts = tag.split('-');
    let language = parts.next().is_some_and(|part| {
        matches!(part.len(), 2 | 3) && !part.contains(|sign: char| sign.is_ascii_digit())
    });
    (language && parts.all(|part| (2..=8).contains(&part.len()))).then_some(tag)
}

struct Options<'a> {
    directive: &'a Directive,
    known: &'a Known<'a>,
    troubles: Vec<Trouble>,
    /// What does not keep the block from being shown.
    remarks: Vec<Trouble>,
}

impl<'a> Options<'a> {
    fn trouble(&mut self, check: &'static Check, message: String, help: String, span: Span) {
        self.troubles.push(Trouble { check, message, help, span });
    }

    fn chart(&mut self) -> Option<Block> {
        self.only();
        let named = self.option("metric");
        let argument = self.directive.argument.trim();
        if let Some((text, span)) =
            named.clone().filter(|(text, _)| !argument.is_empty() && *text != argument)
        {
            let message = format!("the chart is of \"{argument}\", but metric is \"{text}\"");
            self.trouble(&checks::DIRECTIVE_OPTION, message, "Name one metric, once.".to_owned(), span);
        }
        let (id, span) = match named {
            Some((text, span)) if argument.is_empty() => (text.to_owned(), span),
            _ => (argument.to_owned(), self.directive.span.clone()),
        };
        let id = id.as_str();
        let Some(splits) = self.known.metrics.get(id) else {
            let message = if id.is_empty() {
                "the chart does not say which metric it shows".to_owned()
            } else {
                format!("there is no metric \"{id}\"")
            };
            let help = did_you_mean(id, self.known.metrics.keys().copied());
            self.trouble(&checks::METRIC_UNKNOWN, message, help, span);
            return None;
        };
        let split = self.name("split", splits, "split of this metric");
        let (since, until) = (self.month("since"), self.month("until"));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            let message = format!("the chart ends in {until}, before it begins in {since}");
            self.trouble(&checks::DIRECTIVE_OPTION, message, String::new(), self.directive.span.clone());
        }
        let (kind, actions) = (self.kind(), self.actions(id));
        self.fits(kind, id, split.is_some(), actions.as_deref());
        Some(Block::Chart(Chart {
            metric: MetricId::new(id),
            kind,
            split,
            since,
            until,
            actions,
            height: self.height(),
            title: self.option("title").map(|(text, _)| text.to_owned()),
        }))
    }

    fn kind(&mut self) -> ChartKind {
        let Some((text, span)) = self.option("kind") else { return ChartKind::default() };
        if let Some((_, kind)) = KINDS.iter().find(|(word, _)| *word == text) {
            return *kind;
        }
        let (message, help) = (
            format!("there is no kind of chart \"{text}\""),
            did_you_mean(text, KINDS.map(|(word, _)| word)),
        );
        self.trouble(&checks::DIRECTIVE_OPTION, message, help, span);
        ChartKind::default()
    }

    /// `all`, `none`, or actions that aim at the metric, with commas between them.
    fn actions(&mut self, metric: &str) -> Option<Vec<String>> {
        let (text, span) = self.option("actions")?;
        match text {
            "all" => return None,
            "none" => return Some(Vec::new()),
            _ => {}
        }
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        let known = self.known;
        for name in &names {
            match known.actions.get(name.as_str()) {
                Some(aim) if *aim == metric => {}
                Some(aim) => {
                    let message = format!("the action \"{name}\" aims at \"{aim}\", not at \"{metric}\"");
                    let help = "Mark actions that name this metric.".to_owned();
                    self.trouble(&checks::DIRECTIVE_OPTION, message, help, span.clone());
                }
                None => {
                    let words = known.actions.keys().copied().chain(["all", "none"]);
                    let (message, help) =
                        (format!("there is no begun action \"{name}\""), did_you_mean(name, words));
                    self.trouble(&checks::DIRECTIVE_OPTION, message, help, span.clone());
                }
            }
        }
        Some(names)
    }

    fn height(&mut self) -> Option<u16> {
        let (text, span) = self.option("height")?;
        let height = text.parse().ok().filter(|height| HEIGHTS.contains(height));
        if height.is_none() {
            let message = format!("height is \"{text}\", but it should be a whole number from 120 to 480");
            self.trouble(&checks::DIRECTIVE_OPTION, message, "Usual charts have 236.".to_owned(), span);
        }
        height
    }

    /// What a kind of chart needs besides its metric.
    fn fits(&mut self, kind: ChartKind, metric: &str, split: bool, actions: Option<&[String]>) {
        let Some((_, span)) = self.option("kind") else { return };
        let (message, help) = match (kind, actions) {
            (ChartKind::Panels, _) if !split => {
                ("kind: panels shows the groups of a split, and none is named", "Add split: and its name.")
            }
            (ChartKind::BeforeAfter, None | Some([] | [_, _, ..])) => {
                ("kind: before-after compares around one action", "Add actions: and the name of one action.")
            }
            (ChartKind::Chain, _) if !self.known.chained.contains(&metric) => {
                ("kind: chain needs an edge of this metric", "Add the edge to map.yaml, or take kind out.")
            }
            (ChartKind::BeforeAfter | ChartKind::Chain, _) if split => {
                ("only trend and panels show the groups of a split", "Take split or kind out.")
            }
            _ => return,
        };
        self.trouble(&checks::DIRECTIVE_OPTION, message.to_owned(), help.to_owned(), span);
    }

    fn claim(&mut self) -> Option<Block> {
        self.only();
        let id = self.directive.argument.trim();
        if self.known.claims.contains(&id) {
            return Some(Block::Claim(ClaimId::new(id)));
        }
        let message = match id {
            "" => "the block does not say which figure it shows".to_owned(),
            id => format!("there is no figure \"{id}\" in claims.yaml"),
        };
        let help = did_you_mean(id, self.known.claims.iter().copied());
        self.trouble(&checks::CLAIM_UNKNOWN, message, help, self.directive.span.clone());
        None
    }

    fn quotes(&mut self) -> Option<Block> {
        self.only();
        let known = self.known;
        let limit = self.number("limit", 1..=200, QUOTES);
        Some(Block::Quotes(Quotes {
            stage: self.name("stage", &known.stages, "stage").map(|id| StageId::new(&id)),
            team: self.name("team", &known.teams, "team").map(|id| TeamId::new(&id)),
            theme: self.name("theme", &known.themes, "theme"),
            limit,
        }))
    }

    /// A whole number; `usual` without it.
    fn number(&mut self, key: &str, range: std::ops::RangeInclusive<usize>, usual: usize) -> usize {
        let Some((text, span)) = self.option(key) else { return usual };
        let number = text.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            let message =
                format!("{key} is \"{text}\", but it should be a whole number from {least} to {most}");
            self.trouble(&checks::DIRECTIVE_OPTION, message, String::new(), span);
        }
        number.unwrap_or(usual)
    }

    fn option(&self, key: &str) -> Option<(&'a str, Span)> {
        let option = self.directive.options.iter().find(|option| option.key == key)?;
        Some((option.value.trim(), option.span.clone())).filter(|(text, _)| !text.is_empty())
    }

    /// The names of the options that the block takes.
    fn keys(&self) -> Vec<&'static str> {
        block_form(&self.directive.name).map(BlockForm::keys).unwrap_or_default()
    }

    /// Reports options that the block does not take.
    fn only(&mut self) {
        let keys = self.keys();
        let unknown: Vec<_> = self
            .directive
            .options
            .iter()
            .filter(|option| !keys.contains(&option.key.as_str()))
            .cloned()
            .collect();
        for option in unknown {
            let message = format!("{{{}}} has no option \"{}\"", self.directive.name, option.key);
            let help = did_you_mean(&option.key, keys.iter().copied());
            self.trouble(&checks::DIRECTIVE_OPTION, message, help, option.span);
        }
    }

    fn name(&mut self, key: &str, names: &[&str], what: &str) -> Option<String> {
        let (text, span) = self.option(key)?;
        if names.contains(&text) {
            return Some(text.to_owned());
        }
        let (message, help) = self.unknown(what, text, names);
        self.trouble(&checks::DIRECTIVE_OPTION, message, help, span);
        None
    }

    /// Message and help about a name that is not there.
    fn unknown(&self, what: &str, text: &str, names: &[&str]) -> (String, String) {
        if what == "team" && self.known.draft_teams.contains_key(text) {
            return (format!("the team \"{text}\" leads to a draft"), self.known.draft_help(text));
        }
        (format!("there is no {what} \"{text}\""), did_you_mean(text, names.iter().copied()))
    }

    fn month(&mut self, key: &str) -> Option<Month> {
        let (text, span) = self.option(key)?;
        let month = Month::parse(text);
        if month.is_none() {
            let message = format!("{key} is \"{text}\", but it should be a month");
            self.trouble(&checks::DIRECTIVE_OPTION, message, "Write it as 2026-03.".to_owned(), span);
        }
        month
    }
}
