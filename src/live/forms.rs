//! What each live block takes, as data: the readers take the names of options from here, editors offer them.

use crate::load::{Holds, Key};
use crate::model::{ActionState, Evidence};
use Holds::{Month, Name, Names, OneOf, Text, Whole};

/// What a live block takes.
#[derive(Debug)]
pub struct BlockForm {
    /// As it is written in braces.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// What stands behind the name; `None` where nothing may.
    pub argument: Option<Holds>,
    /// Its options, or the words that can name a line of its list.
    pub options: &'static [Key],
}

const fn option(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, holds, required: false, about }
}

/// The words of a table of words and values.
const fn words<const N: usize, T: Copy>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = table[at].0;
        at += 1;
    }
    words
}

const KINDS: &[&str] = &words(&super::KINDS);
const EVIDENCE: &[&str] = &words(&Evidence::WORDS);
const STATES: &[&str] = &words(&ActionState::WORDS);
/// Ways to talk: channels without surveys and reviews, which are read.
const CHANNELS: &[&str] = &[
    "call",
    "visit",
    "interview",
    "contact-centre",
    "chat",
    "email",
    "event",
    "shadowing",
    "usability-test",
    "letter",
    "social",
    "other",
];

const TEAM: Key = option("team", Name("team"), "Only of this team");
const STAGE: Key = option("stage", Name("stage"), "Only of this stage");
const METRIC: Key = option("metric", Name("metric"), "Only about this metric");
const LIMIT: Key = option("limit", Whole(1, 100), "At most so many; 5 without it");
const EVIDENCE_LINE: Key = option("evidence", Text, "How we know: what was seen, by which role, how often");
const HINT: &[Key] = &[option("hint", Text, "A remark below the question")];

/// The blocks, by name.
pub static BLOCKS: [BlockForm; 17] = [
    BlockForm {
        name: "actions",
        about: "What was changed",
        argument: Some(Name("team")),
        options: &[
            TEAM,
            STAGE,
            LIMIT,
            METRIC,
            option("theme", Name("action theme"), "Only about this theme"),
            option("state", OneOf(STATES), "Only as far as this"),
        ],
    },
    BlockForm {
        name: "assignments",
        about: "Walks in the customer's shoes",
        argument: Some(Name("team")),
        options: &[
            TEAM,
            STAGE,
            LIMIT,
            option("role", Name("role"), "Only of this role"),
            option("state", OneOf(&["open", "done", "all"]), "Open ones without it"),
        ],
    },
    BlockForm {
        name: "blockers",
        about: "What stands in the way",
        argument: Some(Name("team")),
        options: &[
            TEAM,
            STAGE,
            LIMIT,
            METRIC,
            option("state", OneOf(&["open", "removed", "all"]), "Open ones without it"),
        ],
    },
    BlockForm {
        name: "chain",
        about: "Lines of the map: from a team's metric to the customer's",
        argument: Some(Name("team")),
        options: &[
            TEAM,
            STAGE,
            LIMIT,
            METRIC,
            option("evidence", OneOf(EVIDENCE), "Only lines that are as sure as this"),
        ],
    },
    BlockForm {
        name: "chart",
        about: "A metric over time",
        argument: Some(Name("metric")),
        options: &[
            option("metric", Name("metric"), "The metric, where it does not stand behind the name"),
            option("kind", OneOf(KINDS), "Which chart; trend without it"),
            option("split", Name("split"), "Show the groups of this split"),
            option("since", Month, "From this month on"),
            option("until", Month, "Up to this month"),
            option("actions", Names("begun action"), "The actions to mark, all or none"),
            option("height", Whole(120, 480), "Height of the plot; 236 without it"),
            option("title", Text, "Words above the chart"),
        ],
    },
    BlockForm {
        name: "check",
        about: "A question with answers to choose from; a right one begins with - [x]",
        argument: Some(Text),
        options: &[option("because", Text, "Why the answer above is right or wrong")],
    },
    BlockForm {
        name: "checklist",
        about: "Things to tick off",
        argument: Some(Text),
        options: &[option("note", Text, "A remark below the entry")],
    },
    BlockForm {
        name: "claim",
        about: "A figure with its small print",
        argument: Some(Name("claim")),
        options: &[],
    },
    BlockForm {
        name: "contacts",
        about: "What was learned in conversations",
        argument: Some(Name("team")),
        options: &[TEAM, STAGE, LIMIT, METRIC, option("channel", OneOf(CHANNELS), "Only held like this")],
    },
    BlockForm {
        name: "five-whys",
        about: "From a problem to its cause; empty, a sheet to fill in by hand",
        argument: None,
        options: &[
            EVIDENCE_LINE,
            option("problem", Text, "What customers met"),
            option("cause", Text, "Where the search ended: something we can change"),
            option("action", Name("action"), "The action it led to"),
        ],
    },
    BlockForm {
        name: "interview-guide",
        about: "Questions for a conversation, with space for notes",
        argument: Some(Text),
        options: HINT,
    },
    BlockForm {
        name: "meeting-card",
        about: "Questions to ask before a decision",
        argument: Some(Text),
        options: HINT,
    },
    BlockForm {
        name: "quotes",
        about: "Customers' own words",
        argument: None,
        options: &[
            STAGE,
            TEAM,
            option("theme", Name("theme"), "Only about this theme"),
            option("limit", Whole(1, 200), "At most so many; 5 without it"),
        ],
    },
    BlockForm {
        name: "stage",
        about: "A stage with its numbers",
        argument: Some(Name("stage")),
        options: &[
            option("metrics", Whole(0, 20), "At most so many metrics; 3 without it"),
            option("quotes", Whole(0, 20), "At most so many quotes; none without it"),
        ],
    },
    BlockForm {
        name: "stories",
        about: "First-hand stories",
        argument: Some(Name("team")),
        options: &[
            TEAM,
            STAGE,
            LIMIT,
            METRIC,
            option("action", Name("action"), "Only those that led to this action"),
        ],
    },
    BlockForm {
        name: "way-to-talk",
        about: "One way to talk with a customer, with a message to copy",
        argument: Some(Text),
        options: &[
            option("cost", Text, "What it costs, if only an hour of somebody's time"),
            option("time", Text, "How long it takes"),
            option("how", Text, "Whom to ask, and when"),
        ],
    },
    BlockForm {
        name: "why-chain",
        about: "From an improvement to customers who stay, in four links",
        argument: Some(Text),
        options: &[
            option("improvement", Text, "What we improve"),
            option("feeling", Text, "What the customer feels"),
            option("score", Text, "What the customer tells us"),
            option("retention", Text, "What the customer does"),
            option("evidence", OneOf(EVIDENCE), "How sure we are of the link"),
            option("source", Text, "Where that can be looked up, with its n"),
            option("metric", Name("metric"), "The metric that shows it"),
        ],
    },
];

/// The live words: what stands in braces, what each names, what it shows.
pub const WORDS: [(&str, &str); 4] = [
    ("metric", "The latest value of a metric"),
    ("term", "A word of the glossary, explained where it stands"),
    ("team", "A team's name, which leads to its page"),
    ("stage", "A stage's name, which leads to its place in the journey"),
];

/// The block of that name.
pub fn block_form(name: &str) -> Option<&'static BlockForm> {
    BLOCKS.iter().find(|form| form.name == name)
}

impl BlockForm {
    /// The names of its options.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        self.options.iter().map(|key| key.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BLOCKS as OWN, Known, WORDS as OWN_WORDS, block, lists, teaching};
    use super::*;
    use crate::markdown::{self, Options};
    use crate::model::Channel;

    #[test]
    fn every_block_has_one_form() {
        let mut names: Vec<&str> = OWN.into_iter().chain(teaching::NAMES).chain(lists::NAMES).collect();
        names.sort_unstable();
        assert_eq!(names, BLOCKS.iter().map(|form| form.name).collect::<Vec<_>>());
        assert_eq!(OWN_WORDS.to_vec(), WORDS.map(|(name, _)| name).to_vec());
    }

    #[test]
    fn ways_to_talk_are_all_channels_but_those_that_are_read() {
        let talks = Channel::WORDS.into_iter().filter(|(_, channel)| channel.is_conversation());
        assert_eq!(CHANNELS.to_vec(), talks.map(|(word, _)| word).collect::<Vec<_>>());
    }

    /// A form that offers what its reader refuses would lead authors into a finding.
    #[test]
    fn what_a_form_offers_its_reader_takes() {
        let known = Known { metrics: [("x", Vec::new())].into(), ..Known::default() };
        for form in &BLOCKS {
            for key in form.options {
                let words = match key.holds {
                    OneOf(words) => words.to_vec(),
                    Whole(..) => vec!["0", "20", "100", "120", "200", "480"],
                    _ => vec!["x"],
                };
                for word in words {
                    let text = format!("```{{{}}} x\n{}: {word}\n```\n", form.name, key.name);
                    let outline = markdown::outline(&text, &Options::default());
                    let said: Vec<String> = block(&outline.directives[0], &known)
                        .1
                        .into_iter()
                        .map(|trouble| trouble.message)
                        .collect();
                    let unknown = |message: &String| {
                        message.contains("has no option") || message.contains("has no line")
                    };
                    assert!(!said.iter().any(unknown), "{text}{said:?}");
                    if matches!(key.holds, OneOf(_)) {
                        let unread = |message: &String| {
                            message.contains("cannot be read")
                                || message.contains("there is no kind")
                                || message.contains("rests on")
                        };
                        assert!(!said.iter().any(unread), "{text}{said:?}");
                    }
                    if let Whole(low, high) = key.holds {
                        let inside = word.parse().is_ok_and(|number: i64| (low..=high).contains(&number));
                        let refused = said.iter().any(|message| message.contains("whole number"));
                        assert_eq!(inside, !refused, "{text}{said:?}");
                    }
                }
            }
        }
    }
}
