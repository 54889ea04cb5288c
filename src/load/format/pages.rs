//! Pages: what stands between the `---` lines.

use super::Holds::{Date, Flag, Month, Name, Names, OneOf, Text, Texts, Whole};
use super::{Form, Format, Key, key, must};

/// Keys of every kind of page, and those of one kind behind them.
macro_rules! page {
    ($($own:expr),* $(,)?) => {
        &[
            key("title", Text, "The page's name; without it the first heading"),
            key("summary", Text, "What the page is for, in a sentence or two"),
            key("owner", Text, "The role that keeps it true, never a person"),
            key("reviewed", Date, "The day somebody last read it through"),
            key("draft", Flag, "true keeps it out of the site"),
            key("weight", Whole(-1_000_000, 1_000_000), "Smaller comes first in lists"),
            key("next", Text, "The one thing to do after reading"),
            key("was", Texts, "Where it lay before, so that older links find it"),
            key("teams", Names("team"), "Teams it is about"),
            key("stages", Names("stage"), "Stages it is about"),
            key("metrics", Names("metric"), "Metrics it is about"),
            $($own),*
        ]
    };
}

const PAGE: &[Key] = page![];

const PLAYBOOK: &[Key] = page![
    key("outcome", Text, "What will be true for the customer"),
    key("start", Texts, "Behaviours to start"),
    key("stop", Texts, "Behaviours to stop"),
];

const STORY: &[Key] = page![
    key("by", Text, "The role that tells it"),
    key("date", Month, "When it happened"),
    key("stage", Name("stage"), "Where in the journey"),
    key("feeling", Text, "How it felt, in a word or two"),
    key("change", Text, "What we will do differently"),
    key("action", Name("action"), "The action it led to"),
];

const TEAM: &[Key] = page![
    key("part", Text, "Our part of the vision"),
    key("talks-a-week", Whole(1, 50), "Conversations with customers a week that the team set itself"),
];

const ACTION: &[Key] = page![
    key("problem", Text, "What customers met"),
    key("team", Name("team"), "Who did it"),
    key("stage", Name("stage"), "Where in the journey"),
    key("theme", Text, "What it is about, in the words of the quotes"),
    key("decides", Text, "The role that can say yes, where that is not the owner"),
    key("heard", Date, "The day the problem was heard of"),
    key("decided", Date, "The day somebody decided what to do"),
    key("started", Date, "From"),
    key("due", Date, "By when it was promised"),
    key("finished", Date, "Until; leave it out while it runs"),
    key("told", Date, "The day the customers who asked were told"),
    key("state", OneOf(&["heard", "decided", "done", "told"]), "How far the loop is"),
    key("metric", Name("metric"), "The metric it should move"),
    key("expected", OneOf(&["up", "down"]), "Which way that metric should go"),
    key("result", Text, "What happened, once known"),
];

const ROLE: &[Key] = page![
    key("sees", Texts, "What this role sees that others do not"),
    key("decides", Texts, "What it may decide without asking"),
    key("weekly", Texts, "Habits of the week"),
];

const IMPACT: &[Key] = page![
    must("change", Text, "What changes for customers"),
    must("better-off", Text, "Who is better off"),
    must("worse-off", Text, "Who is worse off"),
    must("plan", Text, "What we do for those who are worse off"),
    must("check", Text, "How and when we will know"),
    key("segments", Texts, "Kinds of customers that are harmed, in broad words"),
    key("decision", OneOf(&["open", "go", "go-with-plan", "stop"]), "What was decided"),
    key("decides", Text, "The role that decides"),
    key("decided", Date, "When it was decided"),
];

/// Pages.
pub(super) const FORMATS: &[&Format] = &[
    &Format {
        kind: "page",
        files: "pages/**/*.md, index.md",
        about: "A page with the author's words",
        form: Form::Page,
        keys: PAGE,
    },
    &Format {
        kind: "playbook",
        files: "playbooks/**/*.md",
        about: "What to do so that a customer is better off",
        form: Form::Page,
        keys: PLAYBOOK,
    },
    &Format {
        kind: "story",
        files: "stories/**/*.md",
        about: "First-hand: what somebody lived through as a customer",
        form: Form::Page,
        keys: STORY,
    },
    &Format {
        kind: "team",
        files: "teams/*.md",
        about: "A team and how its work reaches customers",
        form: Form::Page,
        keys: TEAM,
    },
    &Format {
        kind: "action",
        files: "actions/*.md",
        about: "A change somebody made, and what came of it",
        form: Form::Page,
        keys: ACTION,
    },
    &Format {
        kind: "role",
        files: "roles/*.md",
        about: "What a role sees, decides and does every week",
        form: Form::Page,
        keys: ROLE,
    },
    &Format {
        kind: "impact",
        files: "impacts/*.md",
        about: "A decision, and whom it leaves worse off",
        form: Form::Page,
        keys: IMPACT,
    },
];
