//! Blocks that show a part of what the book's lists and maps say: which entries each wants, read from its directive.

use super::{Block, Options};
use crate::diag::{Check, checks, did_you_mean};
use crate::model::{ActionId, ActionState, Channel, Evidence, MetricId, RoleId, StageId, TeamId, slug};

/// A block of entries of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which entries.
    pub kind: ListKind,
    /// Only of this team.
    pub team: Option<TeamId>,
    /// Only of this stage.
    pub stage: Option<StageId>,
    /// Only about this metric.
    pub metric: Option<MetricId>,
    /// At most so many.
    pub limit: usize,
}

/// What a block lists, with what only this kind can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// `{chain}`: lines of the map, as sure as this where it is said.
    Chain(Option<Evidence>),
    /// `{stories}`: first-hand stories, that led to this action where it is said.
    Stories(Option<ActionId>),
    /// `{actions}`: what was changed, about a theme and as far as this where that is said.
    Actions {
        /// The theme, as the action has it.
        theme: Option<String>,
        /// How far it is.
        state: Option<ActionState>,
    },
    /// `{blockers}`: what stands in the way.
    Blockers(Progress),
    /// `{contacts}`: what was learned in conversations, held like this where it is said.
    Contacts(Option<Channel>),
    /// `{assignments}`: walks in the customer's shoes, of a role where it is said.
    Assignments {
        /// Who walks.
        role: Option<RoleId>,
        /// Open or done.
        state: Progress,
    },
}

/// Whether something is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// Not done.
    #[default]
    Open,
    /// Done, or out of the way.
    Done,
    /// Either.
    All,
}

impl Progress {
    /// Whether an entry that is done, or is not, is wanted.
    pub fn wants(self, done: bool) -> bool {
        match self {
            Self::Open => !done,
            Self::Done => done,
            Self::All => true,
        }
    }
}

/// `{stage}`: a stage with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageBlock {
    /// Which.
    pub stage: StageId,
    /// At most so many metrics.
    pub metrics: usize,
    /// At most so many quotes.
    pub quotes: usize,
}

/// The names of these blocks.
pub(super) const NAMES: [&str; 7] =
    ["actions", "assignments", "blockers", "chain", "contacts", "stage", "stories"];

/// How many entries a block shows unless it says otherwise, and at most.
const ENTRIES: usize = 5;
const MOST: usize = 100;

/// Reads one of the blocks in [`NAMES`].
pub(super) fn read(options: &mut Options<'_>, name: &str) -> Option<Block> {
    options.only();
    let kind = match name {
        "stage" => return stage(options).map(Block::Stage),
        "chain" => ListKind::Chain(options.word("evidence", &Evidence::WORDS)),
        "stories" => {
            let actions = options.known.all_actions.clone();
            let action = options.name("action", &actions, "action");
            ListKind::Stories(action.map(|id| ActionId::new(&id)))
        }
        "actions" => {
            let (theme, state) = (options.theme_of_actions(), options.word("state", &ActionState::WORDS));
            ListKind::Actions { theme, state }
        }
        "blockers" => ListKind::Blockers(options.progress("removed")),
        "contacts" => {
            let talks = Channel::WORDS.into_iter().filter(|(_, channel)| channel.is_conversation());
            let talks: Vec<(&str, Channel)> = talks.collect();
            ListKind::Contacts(options.word("channel", &talks))
        }
        _ => {
            let roles = options.known.roles.clone();
            let role = options.name("role", &roles, "role").map(|id| RoleId::new(&id));
            ListKind::Assignments { role, state: options.progress("done") }
        }
    };
    // An assignment is about no metric.
    let about = (name != "assignments").then_some("metric");
    let (stages, metrics) =
        (options.known.stages.clone(), options.known.metrics.keys().copied().collect::<Vec<_>>());
    Some(Block::List(Listing {
        kind,
        team: options.team(),
        stage: options.name("stage", &stages, "stage").map(|id| StageId::new(&id)),
        metric: about.and_then(|key| options.name(key, &metrics, "metric")).map(|id| MetricId::new(&id)),
        limit: options.number("limit", 1..=MOST, ENTRIES),
    }))
}

fn stage(options: &mut Options<'_>) -> Option<StageBlock> {
    let (metrics, quotes) = (options.number("metrics", 0..=20, 3), options.number("quotes", 0..=20, 0));
    let stages = options.known.stages.clone();
    let id = options.argument(&checks::STAGE_UNKNOWN, &stages, "stage");
    if id.is_none() && options.directive.argument.trim().is_empty() {
        let help = did_you_mean("", stages);
        let span = options.directive.span.clone();
        options.trouble(
            &checks::STAGE_UNKNOWN,
            "the block does not say which stage it shows".to_owned(),
            help,
            span,
        );
    }
    Some(StageBlock { stage: StageId::new(&id?), metrics, quotes })
}

impl Options<'_> {
    /// The team behind the name of the block, or that of the option `team`.
    fn team(&mut self) -> Option<TeamId> {
        let teams = self.known.teams.clone();
        let named = self.name("team", &teams, "team");
        if let (Some((text, span)), argument @ [_, ..]) =
            (self.option("team"), self.directive.argument.trim().as_bytes())
            && text.as_bytes() != argument
        {
            let message = format!(
                "the block is of the team \"{}\", but team is \"{text}\"",
                self.directive.argument.trim()
            );
            self.trouble(&checks::DIRECTIVE_OPTION, message, "Name one team, once.".to_owned(), span);
        }
        named.or_else(|| self.argument(&checks::TEAM_UNKNOWN, &teams, "team")).map(|id| TeamId::new(&id))
    }

    /// A name behind the name of the block; none where nothing stands there.
    fn argument(&mut self, check: &'static Check, names: &[&str], what: &str) -> Option<String> {
        let text = self.directive.argument.trim();
        if text.is_empty() || names.contains(&text) {
            return Some(text.to_owned()).filter(|text| !text.is_empty());
        }
        let (message, help) = self.unknown(what, text, names);
        self.trouble(check, message, help, self.directive.span.clone());
        None
    }

    /// One of a few words.
    fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let (text, span) = self.option(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("{key} is \"{text}\", which cannot be read");
            self.trouble(&checks::DIRECTIVE_OPTION, message, did_you_mean(text, names), span);
        }
        found
    }

    /// `open` as without it, `all`, or the word for what is done.
    fn progress(&mut self, done: &str) -> Progress {
        let words = [("open", Progress::Open), (done, Progress::Done), ("all", Progress::All)];
        self.word("state", &words).unwrap_or_default()
    }

    /// A theme that an action names; "Waiting" and "waiting" are one.
    fn theme_of_actions(&mut self) -> Option<String> {
        let (text, span) = self.option("theme")?;
        let known = self.known;
        if known.action_themes.iter().any(|theme| slug(theme) == slug(text)) {
            return Some(text.to_owned());
        }
        let message = format!("no action has the theme \"{text}\"");
        let help = did_you_mean(text, known.action_themes.iter().copied());
        self.trouble(&checks::DIRECTIVE_OPTION, message, help, span);
        None
    }
}
