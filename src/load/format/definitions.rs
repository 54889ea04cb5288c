//! Definitions: metrics, and the two files beside the content.

use super::Holds::{
    Date, Flag, Free, Group, Groups, Month, Name, Number, OneOf, Pair, Several, Text, Texts, Whole,
};
use super::{Form, Format, Key, key, must};

const KINDS: &[&str] = &["nps", "csat", "ces", "mean", "share", "count", "rate", "duration"];

const CADENCES: &[&str] = &["week", "month", "quarter", "year", "financial-year", "four-weeks"];

const METRIC: &[Key] = &[
    must("name", Text, "What readers call it"),
    must("kind", OneOf(KINDS), "How a value comes about"),
    must("data", Groups(DATA), "Where its numbers are"),
    key("variant", OneOf(&["mean", "share", "net"]), "Which customer effort score"),
    key("statistic", Text, "For durations: median, mean, or a percentile such as p90"),
    key("scale", Pair, "Lowest and highest answer"),
    key("unit", Text, "What stands behind a value"),
    key("per", Number, "For rates: per how many; 100 without it"),
    key("direction", OneOf(&["higher-is-better", "lower-is-better"]), "Which way is good"),
    key("decimals", Whole(0, 6), "Digits shown"),
    key("cadence", OneOf(CADENCES), "One point per ..."),
    must("owner", Text, "The role that answers for it"),
    must("source", Text, "Where the numbers come from, in words"),
    key("since", Month, "Measured since"),
    key("stage", Name("stage"), "The stage it belongs to"),
    key("team", Name("team"), "For a team's own metric; a customer metric has none"),
    key("base", Text, "What n counts, in the plural, where it is neither answers nor cases"),
    key("audience", OneOf(&["relationship", "transactional"]), "Whom the survey asks"),
    key("question", Text, "As it was asked"),
    key("positive", Texts, "For shares: the answers that count"),
    key("target", Number, "The level to reach"),
    key("good-range", Pair, "The values that look good"),
    key("no-survey", Texts, "Periods in which nobody was asked"),
    key("good", Text, "What good looks like"),
    key("good-example", Text, "An example of it"),
    key("limits", Text, "What the metric does not tell"),
    key("trigger", Text, "What we do when it moves"),
    key("why", Groups(WHY), "Why it rose or fell, as far as somebody found out"),
    key("changes", Groups(CHANGE), "Dated changes of the definition"),
    key("was", Text, "The id it had before"),
];

const WHY: &[Key] =
    &[must("date", Month, "The month the note is about"), must("note", Text, "Why, as far as you know")];

const CHANGE: &[Key] = &[
    must("date", Month, "From which month on"),
    must("kind", OneOf(&["reworded", "rescaled", "moved", "retired", "renamed"]), "What changed"),
    must("note", Text, "In a sentence"),
];

const DATA: &[Key] = &[
    must("file", Text, "The export below the content folder; * stands for any text within a name"),
    key("shape", OneOf(&["responses", "aggregated", "wide"]), "One row is one answer, unless you say so"),
    key("period", Text, "The period of the whole file"),
    key("date", Texts, "The column, or columns, that say when"),
    key("score", Text, "The column with the answer"),
    key("value", Text, "The column with the finished value"),
    key("n", Text, "The column with the number of answers"),
    key("n-where", Free, "In a wide table: the rows with the numbers of answers"),
    key("answers", Text, "The column that says how many answers a row stands for"),
    key("weight", Text, "The column with the weight of an answer"),
    key("blank", Number, "What a blank cell counts as"),
    key("multiply", Number, "Where the source writes 0.92 for 92 %"),
    key("missing", Texts, "Answers that count as none"),
    key("positive", Texts, "For shares: the answers that count"),
    key("where", Free, "Only rows that hold this text, by column"),
    key("split", Free, "Name of the split: its column"),
    key("total", Text, "In the column of the split: the text that stands for everybody"),
    key("id", Text, "The column with the response's id"),
    key("dates", OneOf(&["day-first", "month-first"]), "Which comes first"),
    key("numbers", OneOf(&["1,234.5", "1.234,5"]), "How numbers are written"),
    key("renamed", Free, "Columns that other waves call otherwise"),
    key("repeats", OneOf(&["add", "replace"]), "When several files hold one period"),
    key("time-zone", Text, "Where the day is counted"),
    key("times-in", Text, "The zone in which times without one were written"),
    key("part", Several, "For rates: a column, several, or columns with factors"),
    key("whole", Several, "For rates: a column, several, or columns with factors"),
    key("start", Text, "For durations: the column with the beginning"),
    key("end", Text, "For durations: the column with the end"),
    key(
        "measured-in",
        OneOf(&["seconds", "minutes", "hours", "days"]),
        "For durations: the unit of the cells",
    ),
];

const ALLOW: &[Key] = &[
    key("text", Text, "The word as it stands in the text; this or hash"),
    key("hash", Text, "The hash that cxbook scan --hash prints"),
    must("kind", Text, "What it was taken for"),
    must("reason", Text, "Why it leads to nobody"),
    must("by", Text, "The role that looked at it"),
    must("on", Date, "When"),
    must("until", Date, "Until when this holds"),
    must("in", Texts, "Where it holds: a quote, a file, or site"),
];

const PRIVACY: &[Key] = &[
    key("words", Texts, "Words of your own that are no names"),
    key("key", Text, "The file with the secret for hashes, outside the content"),
    key("countries", Texts, "Countries whose numbers are looked for"),
    key("numbers", Texts, "Shapes of your own numbers"),
    key("staff", Several, "Files with names of people, or files: and hashes:"),
    key("accounts", Several, "Files with accounts, or files: and hashes:"),
    key("allow", Groups(ALLOW), "Suspect words that somebody has looked at"),
];

const BOOK: &[Key] = &[
    must("book", Group(BOOK_OF), "What the book is"),
    key("build", Group(&[key("build-dir", Text, "Where build writes")]), "How it is built"),
    key("output", Free, "[output.html]: theme, site-url, smart-punctuation, and mdBook's keys"),
    key("cx", Group(CX), "What the company wants"),
    key("privacy", Group(LEAST), "The fewest answers anything may rest on"),
    key("metrics", Group(COUNTING), "How numbers are judged"),
    key("checks", Free, "Levels by name: error, warning, note or off"),
    key("rust", Free, "mdBook's; no effect"),
    key("preprocessor", Free, "mdBook's; no effect"),
];

const BOOK_OF: &[Key] = &[
    must("title", Text, "It stands on every page"),
    key("description", Text, "What the site is, in a sentence"),
    key("authors", Texts, "Roles or departments"),
    key("language", Text, "Of your texts"),
    key("src", Text, "Where the content is"),
    key("text-direction", Text, "mdBook's; no effect"),
    key("multilingual", Flag, "mdBook's; no effect"),
];

const CX: &[Key] = &[
    key("company", Text, "The company"),
    key("vision", Text, "The vision for the customer"),
    key("notice", Text, "A line that stands on every page"),
    key("contact", Text, "Address for problems with a page"),
    key("headline", Texts, "Metrics of the home page"),
    key("as-of", Date, "The date the book speaks for"),
    key("talk-due", Whole(1, 365), "Days after which the next conversation is due"),
    key("talk-stale", Whole(1, 3650), "Days after which the last is stale"),
    key("review-after", Whole(1, 120), "Months after which a page should be read through again"),
];

const LEAST: &[Key] = &[
    key("min-answers", Whole(5, 10_000), "Of a score"),
    key("min-answers-split", Whole(10, 10_000), "Of one group"),
    key("min-people-quote", Whole(3, 10_000), "Among whom a quote's customer is"),
    key("second-person", Flag, "Whether every build needs a second person's yes"),
    key("hierarchies", Free, "Broader kinds of customers, each with those below it"),
];

const COUNTING: &[Key] = &[
    key("rules", OneOf(&["anhoej+outside", "nhs", "nelson"]), "What counts as more than chance"),
    key("financial-year-start", Whole(1, 12), "The month in which it begins"),
];

const PATH: &[Key] = &[
    must("title", Text, "What readers call it"),
    key("summary", Text, "What it is about, in a sentence"),
    must("for", Text, "Who should walk it"),
    must("change", Text, "What they will do differently"),
    must("evidence", Text, "How we will know that they do"),
    key("owner", Text, "The role that keeps it true"),
    key("weight", Whole(-1_000_000, 1_000_000), "Smaller comes first in the list"),
    must("steps", Groups(STEP), "Pages and questions in order"),
];

const STEP: &[Key] = &[
    must("minutes", Whole(1, 60), "How long it takes"),
    key("page", Text, "A file of the book that has a page, such as playbooks/call-ahead.md; this or check"),
    key("task", Text, "What to do with it"),
    key("check", Group(QUESTION), "A question with its answers"),
];

const QUESTION: &[Key] = &[
    must("question", Text, "What a reader should be able to answer now"),
    must("answers", Groups(ANSWER), "Two to six, one of them right"),
];

const ANSWER: &[Key] = &[
    must("answer", Text, "As the reader sees it"),
    key("right", Flag, "Whether it is the right one"),
    key("because", Text, "Why it is right or wrong"),
];

/// Definitions.
pub(super) const FORMATS: &[&Format] = &[
    &Format {
        kind: "metric",
        files: "metrics/*.yaml",
        about: "What a metric is and where its numbers are",
        form: Form::Whole,
        keys: METRIC,
    },
    &Format {
        kind: "path",
        files: "paths/*.yaml",
        about: "A learning path: pages and questions in order, for one kind of reader",
        form: Form::Whole,
        keys: PATH,
    },
    &Format {
        kind: "privacy",
        files: "privacy.yaml, beside book.toml",
        about: "What could lead to a customer",
        form: Form::Whole,
        keys: PRIVACY,
    },
    &Format {
        kind: "book",
        files: "book.toml",
        about: "The settings of a book",
        form: Form::Whole,
        keys: BOOK,
    },
];
