//! Live parts of a page: what a directive or a role asks for, read once for checking and for rendering.

use std::collections::BTreeMap;

use crate::diag::{Check, checks, did_you_mean};
use crate::markdown::{Directive, Role, Span};
use crate::model::{Journey, MetricId, Month, Page, PageKind, StageId, TeamId, Term, TermId, slug};

/// A live block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A trend chart.
    Chart(Chart),
    /// Customers' words.
    Quotes(Quotes),
}

/// `{chart} metric`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The metric.
    pub metric: MetricId,
    /// Show the groups of this split instead of everybody.
    pub split: Option<String>,
    /// From this month on.
    pub since: Option<Month>,
    /// Up to this month.
    pub until: Option<Month>,
    /// Words above the chart, instead of the generated ones.
    pub title: Option<String>,
}

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
}

/// The names a live part can refer to.
#[derive(Debug, Default)]
pub struct Known<'a> {
    /// Metrics and the names of their splits.
    pub metrics: BTreeMap<&'a str, Vec<&'a str>>,
    /// Stages.
    pub stages: Vec<&'a str>,
    /// Teams.
    pub teams: Vec<&'a str>,
    /// Teams whose pages are drafts that will not be published, with their files.
    pub draft_teams: BTreeMap<&'a str, &'a str>,
    /// Terms: id and all spellings that lead to it.
    pub terms: BTreeMap<String, &'a str>,
    /// Themes of the quotes.
    pub themes: Vec<&'a str>,
}

impl<'a> Known<'a> {
    /// Lists the names of a book. `drafts` says whether they are published; `metrics` gives each id with the names of its splits, repetitions allowed.
    pub fn new(
        pages: &'a [Page],
        drafts: bool,
        journey: &'a Journey,
        glossary: &'a [Term],
        metrics: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
        themes: impl Iterator<Item = &'a str>,
    ) -> Self {
        let teams = pages.iter().filter(|page| matches!(page.kind, PageKind::Team(_)));
        let (teams, draft_teams): (Vec<&Page>, Vec<&Page>) =
            teams.partition(|page| drafts || !page.facts.draft);
        let spellings = |term: &'a Term| {
            let others = term.long.iter().map(|long| slug(long));
            std::iter::once(slug(&term.term)).chain(others).map(|spelling| (spelling, term.id.as_str()))
        };
        Self {
            metrics: metrics.map(|(id, splits)| (id, sorted(splits.into_iter()))).collect(),
            stages: journey.stages.iter().map(|stage| stage.id.as_str()).collect(),
            teams: teams.into_iter().map(|page| page.id.as_str()).collect(),
            draft_teams: draft_teams
                .into_iter()
                .map(|page| (page.id.as_str(), &*page.facts.source))
                .collect(),
            terms: glossary.iter().flat_map(spellings).collect(),
            themes: sorted(themes),
        }
    }

    fn draft_help(&self, team: &str) -> String {
        let file = self.draft_teams.get(team).copied().unwrap_or_default();
        format!("Take draft: out of {file}, or take the team out of this page.")
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    names.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
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

const BLOCKS: [&str; 2] = ["chart", "quotes"];
const WORDS: [&str; 4] = ["metric", "term", "team", "stage"];

/// How many quotes a block shows unless it says otherwise.
const QUOTES: usize = 5;

/// Reads a block.
///
/// # Errors
/// Everything that is wrong with it.
pub fn block(directive: &Directive, known: &Known<'_>) -> Result<Block, Vec<Trouble>> {
    let mut options = Options { directive, known, troubles: Vec::new() };
    let block = match directive.name.as_str() {
        "chart" => options.chart(),
        "quotes" => options.quotes(),
        name => {
            let message = format!("there is no live block \"{{{name}}}\"");
            options.trouble(
                &checks::DIRECTIVE_UNKNOWN,
                message,
                did_you_mean(name, BLOCKS),
                directive.span.clone(),
            );
            None
        }
    };
    block.filter(|_| options.troubles.is_empty()).ok_or(options.troubles)
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
        name => Err(Trouble {
            check: &checks::ROLE_UNKNOWN,
            message: format!("there is no live word \"{{{name}}}\""),
            help: did_you_mean(name, WORDS),
            span: role.span.clone(),
        }),
    }
}

struct Options<'a> {
    directive: &'a Directive,
    known: &'a Known<'a>,
    troubles: Vec<Trouble>,
}

impl Options<'_> {
    fn trouble(&mut self, check: &'static Check, message: String, help: String, span: Span) {
        self.troubles.push(Trouble { check, message, help, span });
    }

    fn chart(&mut self) -> Option<Block> {
        self.only(&["split", "since", "until", "title"]);
        let id = self.directive.argument.trim();
        let Some(splits) = self.known.metrics.get(id) else {
            let message = if id.is_empty() {
                "the chart does not say which metric it shows".to_owned()
            } else {
                format!("there is no metric \"{id}\"")
            };
            let help = did_you_mean(id, self.known.metrics.keys().copied());
            self.trouble(&checks::METRIC_UNKNOWN, message, help, self.directive.span.clone());
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
        Some(Block::Chart(Chart {
            metric: MetricId::new(id),
            split,
            since,
            until,
            title: self.option("title").map(|(text, _)| text.to_owned()),
        }))
    }

    fn quotes(&mut self) -> Option<Block> {
        self.only(&["stage", "team", "theme", "limit"]);
        let known = self.known;
        let limit =
            match self.option("limit").map(|(text, span)| (text.parse::<usize>(), text.to_owned(), span)) {
                None => QUOTES,
                Some((Ok(limit), ..)) if (1..=200).contains(&limit) => limit,
                Some((_, text, span)) => {
                    let message =
                        format!("limit is \"{text}\", but it should be a whole number from 1 to 200");
                    self.trouble(&checks::DIRECTIVE_OPTION, message, String::new(), span);
                    QUOTES
                }
            };
        Some(Block::Quotes(Quotes {
            stage: self.name("stage", &known.stages, "stage").map(|id| StageId::new(&id)),
            team: self.name("team", &known.teams, "team").map(|id| TeamId::new(&id)),
            theme: self.name("theme", &known.themes, "theme"),
            limit,
        }))
    }

    fn option(&self, key: &str) -> Option<(&str, Span)> {
        let option = self.directive.options.iter().find(|option| option.key == key)?;
        Some((option.value.trim(), option.span.clone())).filter(|(text, _)| !text.is_empty())
    }

    fn only(&mut self, keys: &[&str]) {
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
        let (message, help) = if key == "team" && self.known.draft_teams.contains_key(text) {
            (format!("the team \"{text}\" leads to a draft"), self.known.draft_help(text))
        } else {
            (format!("there is no {what} \"{text}\""), did_you_mean(text, names.iter().copied()))
        };
        self.trouble(&checks::DIRECTIVE_OPTION, message, help, span);
        None
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
