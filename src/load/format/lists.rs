//! Lists and logs.

use super::Holds::{Date, Flag, Group, Groups, Month, Name, Names, OneOf, Text, Texts, Whole};
use super::{Form, Format, Key, key, must};

const JOURNEY: &[Key] = &[
    must("id", Text, "Such as get-connected"),
    must("name", Text, "What readers call it"),
    key("owner", Text, "The role that answers for it"),
    key("summary", Text, "What the customer does here"),
    key("purchase", OneOf(&["before", "after"]), "On which side of buying it lies"),
    key("hand-offs", Groups(HAND_OFF), "What one team gives another here"),
];

const HAND_OFF: &[Key] = &[
    must("from", Name("team"), "Who gives"),
    must("to", Name("team"), "Who takes"),
    must("what", Text, "What is given"),
    key("promise", Text, "What the giver promises: when, how complete"),
    key("owner", Text, "The role that answers for it"),
];

const MAP: &[Key] = &[
    must("team", Name("team"), "The team"),
    must("metric", Name("metric"), "Its own metric"),
    must("stage", Name("stage"), "The stage it works on"),
    must("moves", Name("metric"), "The customer metric it moves"),
    key("direction", OneOf(&["same", "opposite"]), "How the two go together"),
    key("evidence", OneOf(&["measured", "reported", "assumed"]), "How sure we are"),
    key("note", Text, "In words"),
];

const QUOTES: &[Key] = &[
    key("id", Text, "Shown in addresses: no month in it"),
    must("text", Text, "The customer's words"),
    must("source", Text, "Where they were said or written"),
    must("date", Month, "When"),
    must("consent", Text, "What allows us to show them"),
    must("anonymised", Flag, "true once everything is out that could identify the customer"),
    key("anonymized", Flag, "The same"),
    key("theme", Text, "What they are about"),
    key("segment", Text, "Kind of customer, in broad words"),
    key("language", Text, "Where it is not the book's"),
    key("lang", Text, "The same"),
    key("stage", Name("stage"), "Stage of the journey"),
    key("teams", Names("team"), "Teams they speak about"),
    key("metric", Name("metric"), "The survey they come from"),
    key("respondent", Text, "The same for all quotes of one person; never published"),
    key("author", Text, "The role that made it anonymous"),
    key("cleared", Group(CLEARED), "A second person's answer"),
    key("cleared-by", Text, "The same, in a table"),
    key("cleared-on", Date, "The same, in a table"),
    key("motivated-intruder", Flag, "Whether the customer could be found, in a table"),
];

const CLEARED: &[Key] = &[
    key("by", Text, "The role that answered"),
    key("on", Date, "When"),
    key("motivated-intruder", Flag, "Whether the customer could be found"),
];

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
    "survey",
    "review",
    "other",
];

const CONTACTS: &[Key] = &[
    must("date", Date, "When"),
    must("team", Name("team"), "The team that talked"),
    must("channel", OneOf(CHANNELS), "How"),
    key("stage", Name("stage"), "The stage it was about"),
    key("metric", Name("metric"), "The metric it says something about"),
    key("level", OneOf(&["front-line", "manager", "executive"]), "Who talked; only counts are shown"),
    key("learned", Text, "What was learned, in one line; it is shown"),
];

const OBSERVATIONS: &[Key] = &[
    must("date", Month, "When"),
    must("type", OneOf(&["problem", "wish", "praise"]), "What kind"),
    must("theme", Text, "What it is about, in the words of the quotes"),
    must("text", Text, "What was seen, in one line and without names; it is shown"),
    key("team", Name("team"), "The team that saw it; never shown"),
    key("stage", Name("stage"), "Stage of the journey"),
    key("metric", Name("metric"), "The metric it says something about"),
];

const GLOSSARY: &[Key] = &[
    must("term", Text, "The term"),
    must("definition", Text, "What it means here"),
    key("long", Text, "What an abbreviation stands for"),
    key("also", Texts, "Other words for the same, for the search"),
    key("not", Text, "What it is often taken for"),
    key("source", Text, "Where the definition comes from"),
    key("see", Texts, "Related terms"),
];

const CLAIMS: &[Key] = &[
    must("id", Text, "Such as told-in-time"),
    must("says", Text, "The sentence with the figure in it"),
    must("source", Text, "Who counted or asked"),
    must("n", Whole(1, 1_000_000_000), "How many answers or cases"),
    must("from", Month, "The first month of the answers"),
    key("to", Month, "The last month"),
    must("population", Text, "Whom it speaks for"),
    must("question", Text, "What was asked or counted"),
    key("limits", Text, "What it does not show"),
    key("owner", Text, "The role that answers for it"),
    key("theme", Text, "What it is about, in the words of the quotes"),
    key("stage", Name("stage"), "Stage of the journey"),
    key("metric", Name("metric"), "The metric it belongs to"),
];

const BLOCKERS: &[Key] = &[
    must("id", Text, "Such as line-on-the-job-sheet"),
    must("what", Text, "What stands in the way"),
    must("team", Name("team"), "Who is stuck"),
    must("decides", Text, "The role that can say yes"),
    must("since", Date, "Since when"),
    key("removed", Date, "The day it was out of the way"),
    key("waiting-on", Text, "On whom it waits now, where that is somebody else"),
    key("owner", Text, "The role that looks after it"),
    key("ask", Text, "What is asked for"),
    key("stage", Name("stage"), "The stage it holds up"),
    key("metric", Name("metric"), "The metric it holds down"),
    key("action", Name("action"), "The action that waits"),
];

const ASSIGNMENTS: &[Key] = &[
    must("id", Text, "Such as call-our-line"),
    must("task", Text, "What to do as a customer would"),
    key("purpose", Text, "What to find out; never what could be sold"),
    must("role", Name("role"), "Who does it: a page in roles/"),
    must("due", Date, "By when"),
    key("done", Date, "The day it was done"),
    key("team", Name("team"), "Of which team, where it is only one"),
    key("stage", Name("stage"), "Where in the journey"),
    key("outcome", Text, "What was seen"),
    key("stories", Names("story"), "Stories that came of it"),
];

const STRATEGY: &[Key] = &[
    must("id", Text, "Such as nobody-waits"),
    must("goal", Text, "What will be true"),
    key("strategy", Text, "The line of the strategy it comes from"),
    key("owner", Text, "The role that answers for it"),
    key("metric", Name("metric"), "How we will know; this or measure"),
    key("measure", Text, "How we will know, in words"),
    key("by", Date, "By when"),
    key("behaviours", Groups(BEHAVIOUR), "Who does what for it"),
];

const BEHAVIOUR: &[Key] = &[
    must("team", Name("team"), "Which team"),
    must("does", Text, "What its people do, so that somebody could watch it"),
    key("metric", Name("metric"), "The metric by which they see it"),
];

const WITHDRAWN: &[Key] = &[
    must("quote", Text, "The id of the quote"),
    must("date", Date, "Since when"),
    key("reason", OneOf(&["customer-asked", "recognized", "consent-ended", "other"]), "Why"),
];

const PICTURES: &[Key] = &[
    must("file", Text, "The picture, below the content folder"),
    must("by", Text, "The role that looked at it"),
    must("on", Date, "When"),
    must("mark", Text, "From the message about the picture"),
    must("no-customer-visible", Flag, "true when nobody can be seen"),
];

/// Lists and logs.
pub(super) const FORMATS: &[&Format] = &[
    &Format {
        kind: "journey",
        files: "journey.yaml",
        about: "The stages of the customer's journey in order",
        form: Form::List("stages"),
        keys: JOURNEY,
    },
    &Format {
        kind: "map",
        files: "map.yaml",
        about: "Which number of a team moves which number of the customer",
        form: Form::List("edges"),
        keys: MAP,
    },
    &Format {
        kind: "quotes",
        files: "quotes/**/*.yaml or .csv",
        about: "Customers' own words, made anonymous",
        form: Form::Voices("quotes"),
        keys: QUOTES,
    },
    &Format {
        kind: "contacts",
        files: "contacts/**/*.yaml or .csv",
        about: "Conversations with customers",
        form: Form::List("contacts"),
        keys: CONTACTS,
    },
    &Format {
        kind: "observations",
        files: "observations/**/*.yaml or .csv",
        about: "What the front line sees",
        form: Form::List("observations"),
        keys: OBSERVATIONS,
    },
    &Format {
        kind: "glossary",
        files: "glossary.yaml",
        about: "What words mean here",
        form: Form::List("terms"),
        keys: GLOSSARY,
    },
    &Format {
        kind: "claims",
        files: "claims.yaml",
        about: "Figures with their small print",
        form: Form::List("claims"),
        keys: CLAIMS,
    },
    &Format {
        kind: "blockers",
        files: "blockers.yaml",
        about: "What a team cannot remove by itself",
        form: Form::List("blockers"),
        keys: BLOCKERS,
    },
    &Format {
        kind: "assignments",
        files: "assignments.yaml",
        about: "Walks in the customer's shoes",
        form: Form::List("assignments"),
        keys: ASSIGNMENTS,
    },
    &Format {
        kind: "strategy",
        files: "strategy.yaml",
        about: "Goals and what each team does for them",
        form: Form::List("goals"),
        keys: STRATEGY,
    },
    &Format {
        kind: "withdrawn",
        files: "withdrawn.yaml",
        about: "Quotes that may not be built any more",
        form: Form::Plain,
        keys: WITHDRAWN,
    },
    &Format {
        kind: "pictures",
        files: "pictures.yaml",
        about: "Pictures that somebody has looked at",
        form: Form::List("pictures"),
        keys: PICTURES,
    },
];
