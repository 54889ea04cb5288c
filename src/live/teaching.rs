//! Blocks that teach: checklists, questions, worksheets, cards. What each says, read from its directive.

use super::entries::{self, Body, Entry};
use super::{Block, Options};
use crate::diag::{Check as CheckKind, checks, did_you_mean};
use crate::markdown::Span;
use crate::model::{Check, Choice, Evidence, MetricId};

/// A block that teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Teaching {
    /// `{checklist}`: things to tick off.
    Checklist(List),
    /// `{check}`: a question with answers to choose from.
    Check(Check),
    /// `{meeting-card}`: questions to ask before a decision.
    MeetingCard(List),
    /// `{interview-guide}`: questions for a conversation, with space for notes.
    InterviewGuide(List),
    /// `{five-whys}`: from a problem to its cause.
    FiveWhys(FiveWhys),
    /// `{why-chain}`: from an improvement to customers who stay.
    WhyChain(WhyChain),
    /// `{way-to-talk}`: one way to talk with a customer.
    WayToTalk(WayToTalk),
}

/// A list with a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it is called.
    pub title: Option<String>,
    /// Its entries, each with a remark where there is one.
    pub items: Vec<(String, Option<String>)>,
}

/// From a problem to its cause. All empty for a sheet that is filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiveWhys {
    /// What customers met.
    pub problem: Option<String>,
    /// Answers in order, each with how we know.
    pub whys: Vec<(String, Option<String>)>,
    /// Where the search ended.
    pub cause: Option<String>,
    /// The action it led to: the id of its page.
    pub action: Option<String>,
}

/// How an improvement reaches the company's results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyChain {
    /// What it is called.
    pub title: Option<String>,
    /// The four links in order.
    pub links: Vec<ChainLink>,
}

/// A link of a chain of reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLink {
    /// "What we improve".
    pub label: &'static str,
    /// What is claimed.
    pub claim: String,
    /// How sure we are.
    pub evidence: Evidence,
    /// Where that comes from.
    pub source: Option<String>,
    /// The metric that shows it.
    pub metric: Option<MetricId>,
}

/// One way to talk with a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayToTalk {
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

/// The names of these blocks.
pub(super) const NAMES: [&str; 7] =
    ["checklist", "check", "meeting-card", "interview-guide", "five-whys", "why-chain", "way-to-talk"];

/// How many questions each kind of sheet may hold, so that it fits one printed page.
const MOST_QUESTIONS: usize = 7;

/// The links of a chain of reasons: the word in the file and the label for readers.
const LINKS: [(&str, &str); 4] = [
    ("improvement", "What we improve"),
    ("feeling", "What the customer feels"),
    ("score", "What the customer tells us"),
    ("retention", "What the customer does"),
];

/// What people say when they give up looking for a cause.
const BLAME: [&str; 26] = [
    "customers don't",
    "customers do not",
    "customer doesn't",
    "customer does not",
    "customers never",
    "customers fail",
    "customers forget",
    "customers are too",
    "customer error",
    "user error",
    "users don't",
    "users do not",
    "human error",
    "people don't",
    "people do not",
    "they don't read",
    "they don't listen",
    "they do not read",
    "they do not listen",
    "carelessness",
    "careless",
    "laziness",
    "lazy",
    "stupid",
    "not paying attention",
    "should know better",
];

/// Reads a block of that name.
pub(super) fn read(options: &mut Options<'_>, name: &str) -> Option<Block> {
    let teaching = match name {
        "checklist" => Teaching::Checklist(options.sheet("note", 1..=40, "things to do")?),
        "meeting-card" => Teaching::MeetingCard(options.sheet("hint", 3..=MOST_QUESTIONS, "questions")?),
        "interview-guide" => {
            Teaching::InterviewGuide(options.sheet("hint", 3..=MOST_QUESTIONS, "questions")?)
        }
        "check" => Teaching::Check(options.check()?),
        "five-whys" => Teaching::FiveWhys(options.five_whys()),
        "why-chain" => Teaching::WhyChain(options.why_chain()?),
        _ => Teaching::WayToTalk(options.way_to_talk()?),
    };
    Some(Block::Teaching(teaching))
}

impl Options<'_> {
    fn title(&self) -> Option<String> {
        Some(self.directive.argument.trim().to_owned()).filter(|title| !title.is_empty())
    }

    fn whole(&self) -> Span {
        self.directive.span.clone()
    }

    fn incomplete(&mut self, message: String, help: &str, span: Span) {
        self.trouble(&checks::WORKSHEET_INCOMPLETE, message, help.to_owned(), span);
    }

    /// The list in the body; options of the block count as named lines.
    fn list(&mut self) -> Body {
        let keys = self.keys();
        let mut body = entries::body(self.directive, &keys);
        for option in &self.directive.options {
            if !keys.contains(&option.key.as_str()) {
                let message = format!("{{{}}} has no line \"{}:\"", self.directive.name, option.key);
                let help = did_you_mean(&option.key, keys.iter().copied());
                self.trouble(&checks::DIRECTIVE_OPTION, message, help, option.span.clone());
                continue;
            }
            let (key, value, span) =
                (option.key.clone(), option.value.trim().to_owned(), option.span.clone());
            body.named.push(entries::Named { key, value, span });
        }
        for stray in std::mem::take(&mut body.strays) {
            let message = "this line belongs to nothing in the block".to_owned();
            let help =
                "Begin an entry with \"- \", or set the line in below the entry it goes on with.".to_owned();
            self.trouble(&checks::DIRECTIVE_OPTION, message, help, stray);
        }
        body
    }

    /// Entries with a remark each, and nothing else.
    fn sheet(&mut self, remark: &str, most: std::ops::RangeInclusive<usize>, what: &str) -> Option<List> {
        let body = self.list();
        let items: Vec<(String, Option<String>)> = body
            .entries
            .iter()
            .filter(|entry| !entry.words.is_empty())
            .map(|entry| (entry.words.clone(), entry.value(remark)))
            .collect();
        if !most.contains(&items.len()) {
            let (low, high) = (most.start(), most.end());
            let message = format!("{{{}}} has {} {what}", self.directive.name, items.len());
            let help = format!("Write {low} to {high}, each on a line that begins with \"- \".");
            self.incomplete(message, &help, self.whole());
            return None;
        }
        Some(List { title: self.title(), items })
    }

    fn check(&mut self) -> Option<Check> {
        let body = self.list();
        let Some(question) = self.title() else {
            let message = "the question is missing".to_owned();
            self.incomplete(message, "Write it behind the name: ```{check} What does n mean?", self.whole());
            return None;
        };
        for entry in &body.entries {
            if entry.value("because").is_none() {
                let message = "the answer does not say why it is right or wrong".to_owned();
                let help =
                    "Add a line below it: because: and a sentence; that is where readers learn.".to_owned();
                self.remark(&checks::CHECK_WITHOUT_REASON, message, help, entry.span.clone());
            }
        }
        let choice = |entry: &Entry| Choice {
            words: entry.words.clone(),
            right: entry.ticked == Some(true),
            because: entry.value("because"),
        };
        let check = Check { question, choices: body.entries.iter().map(choice).collect() };
        if let Some((message, help)) = check.trouble() {
            let help = format!("{help} A right answer begins with \"- [x]\", another with \"- [ ]\".");
            self.trouble(&checks::CHECK_UNFAIR, message, help, self.whole());
        }
        Some(check)
    }

    fn five_whys(&mut self) -> FiveWhys {
        let body = self.list();
        let whys: Vec<&Entry> = body.entries.iter().collect();
        let said = |key: &str| body.value(key).map(|(text, _)| text);
        let sheet = FiveWhys {
            problem: said("problem"),
            whys: whys.iter().map(|why| (why.words.clone(), why.value("evidence"))).collect(),
            cause: said("cause"),
            action: said("action"),
        };
        if sheet == FiveWhys::default() {
            return sheet;
        }
        if sheet.problem.is_none() {
            let help = "Begin with problem: and what customers met. An empty block gives a sheet to fill in by hand.";
            self.incomplete("the sheet does not say what the problem is".to_owned(), help, self.whole());
        }
        if whys.is_empty() || whys.len() > 5 {
            let help = "Write one to five answers, each on a line that begins with \"- \".";
            self.incomplete(format!("the sheet has {} answers to \"why?\"", whys.len()), help, self.whole());
        }
        for why in whys.iter().filter(|why| why.value("evidence").is_none()) {
            let message = "nothing says how we know this".to_owned();
            let help = "Add a line below it: evidence: what was seen, by which role, how often.".to_owned();
            self.remark(&checks::STEP_WITHOUT_EVIDENCE, message, help, why.span.clone());
        }
        self.blame(&body);
        self.led_to(body.value("action"));
        sheet
    }

    /// A cause is something one can change; a person is none.
    fn blame(&mut self, body: &Body) {
        let last = body.entries.last().map(|why| (why.words.clone(), why.span.clone()));
        let Some((cause, span)) = body.value("cause").or(last) else { return };
        let words = cause.to_lowercase().replace('\u{2019}', "'");
        let begins = |at: usize| !words[..at].ends_with(char::is_alphanumeric);
        let found = BLAME.iter().find(|blame| words.match_indices(**blame).any(|(at, _)| begins(at)));
        if let Some(blame) = found {
            let message = format!("\"{blame}\" blames people, and a cause is something we can change");
            let help = "Ask why once more: what made that the easy thing to do?".to_owned();
            self.remark(&checks::BLAME_AS_CAUSE, message, help, span);
        }
    }

    fn led_to(&mut self, action: Option<(String, Span)>) {
        let known = &self.known.all_actions;
        match action {
            Some((name, _)) if known.contains(&name.as_str()) => {}
            Some((name, span)) => {
                let help = did_you_mean(&name, known.iter().copied());
                self.trouble(&checks::ACTION_UNKNOWN, format!("there is no action \"{name}\""), help, span);
            }
            None => {
                let help = "End with action: and the name of its page in actions/, so that something follows from it.";
                self.incomplete("the sheet leads to no action".to_owned(), help, self.whole());
            }
        }
    }

    fn why_chain(&mut self) -> Option<WhyChain> {
        let body = self.list();
        let mut links = Vec::new();
        for (name, label) in LINKS {
            let Some(entry) = body.entries.iter().find(|entry| entry.value(name).is_some()) else {
                let message = format!("the chain has no link \"{name}\"");
                let help = "A chain has four: improvement, feeling, score, retention, each as \"- improvement: words\".";
                self.incomplete(message, help, self.whole());
                continue;
            };
            links.extend(self.chain_link(entry, (name, label)));
        }
        (links.len() == LINKS.len()).then(|| WhyChain { title: self.title(), links })
    }

    fn chain_link(&mut self, entry: &Entry, (name, label): (&str, &'static str)) -> Option<ChainLink> {
        let word = entry.value("evidence").unwrap_or_default();
        let Some((_, evidence)) = Evidence::WORDS.iter().find(|(known, _)| *known == word) else {
            let message = match word.as_str() {
                "" => format!("the link \"{name}\" does not say how sure we are"),
                word => format!("the link \"{name}\" rests on \"{word}\", which cxbook does not know"),
            };
            self.incomplete(message, "Add evidence: measured, reported or assumed.", entry.span.clone());
            return None;
        };
        let source = entry.value("source");
        if source.is_none() && *evidence != Evidence::Assumed {
            let message = format!("the link \"{name}\" is {word}, and nothing says where");
            let help =
                "Add source: where that can be looked up, with its n; or write evidence: assumed.".to_owned();
            self.remark(&checks::STEP_WITHOUT_EVIDENCE, message, help, entry.span.clone());
        }
        let metric = entry.value("metric");
        if let Some(id) = metric.as_deref().filter(|id| !self.known.metrics.contains_key(id)) {
            let help = did_you_mean(id, self.known.metrics.keys().copied());
            let message = format!("there is no metric \"{id}\"");
            self.trouble(&checks::METRIC_UNKNOWN, message, help, entry.span_of("metric"));
            return None;
        }
        let claim = entry.value(name).unwrap_or_default();
        let metric = metric.map(|id| MetricId::new(&id));
        Some(ChainLink { label, claim, evidence: *evidence, source, metric })
    }

    fn way_to_talk(&mut self) -> Option<WayToTalk> {
        self.only();
        let text = |key: &str| self.option(key).map(|(text, _)| text.to_owned());
        let message = Some(self.directive.body.clone()).filter(|text| !text.trim().is_empty());
        let parts = [
            ("title", "Write it behind the name: ```{way-to-talk} Sit beside a support agent", self.title()),
            ("cost", "Add cost: and what it costs, if only an hour of somebody's time.", text("cost")),
            ("time", "Add time: and how long it takes.", text("time")),
            ("way to ask", "Add how: and whom to ask, and when.", text("how")),
            (
                "message to copy",
                "Write it below an empty line; most people do not ask because they lack the words.",
                message,
            ),
        ];
        for (what, help, _) in parts.iter().filter(|(.., part)| part.is_none()) {
            self.incomplete(format!("the way to talk has no {what}"), help, self.whole());
        }
        let parts = parts.map(|(.., part)| part);
        let [title, cost, time, how, message] = parts;
        Some(WayToTalk { title: title?, cost: cost?, time: time?, how: how?, message: message? })
    }

    /// Something worth mending with which the block can be shown all the same.
    fn remark(&mut self, check: &'static CheckKind, message: String, help: String, span: Span) {
        self.remarks.push(super::Trouble { check, message, help, span });
    }
}
