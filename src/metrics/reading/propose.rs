//! A definition proposed from the columns of an export.

use super::super::import::Verdict;
use super::{Column, Looks, Understanding};
use crate::model::slug;

/// What the author said already; the rest is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// `nps`, `csat` and so on.
    pub kind: Option<String>,
    /// Name of the metric.
    pub name: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// Where the numbers come from, in words.
    pub source: Option<String>,
    /// Column that says when.
    pub date: Option<String>,
    /// Column of the answer or value.
    pub score: Option<String>,
    /// Columns to split by.
    pub splits: Vec<String>,
    /// `day-first` or `month-first`.
    pub dates: Option<String>,
    /// `1,234.5` or `1.234,5`.
    pub numbers: Option<String>,
}

/// A definition and what has to be asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// The definition, as YAML.
    pub yaml: String,
    /// What the author should know about the guess.
    pub notes: Vec<String>,
    /// What cannot be guessed: the sentence, and the option that answers it. With any, nothing should be written.
    pub questions: Vec<String>,
}

/// Words in names of columns, the likeliest first.
const WHEN: [&str; 17] = [
    "recordeddate",
    "responsereceived",
    "completed",
    "submitted",
    "recorded",
    "createdat",
    "surveydate",
    "enddate",
    "closed",
    "date",
    "day",
    "month",
    "period",
    "quarter",
    "week",
    "time",
    "year",
];
const ANSWER: [&str; 11] =
    ["nps", "recommend", "likel", "score", "csat", "satisf", "effort", "ces", "rating", "overall", "value"];
const BASE: [&str; 6] = ["responses", "answers", "respondents", "base", "count", "cases"];
const ID: [&str; 5] = ["responseid", "respondentid", "surveyid", "caseid", "id"];
const GROUP: [&str; 13] = [
    "region",
    "segment",
    "market",
    "country",
    "channel",
    "product",
    "brand",
    "line",
    "site",
    "branch",
    "customertype",
    "practice",
    "surgery",
];

impl Understanding {
    /// The definition of a metric that reads the export at `file`, a path below the content folder.
    pub fn propose(&self, file: &str, wishes: &Wishes) -> Proposal {
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let mut draft = Draft { understanding: self, wishes, questions: Vec::new(), notes: Vec::new() };
        let wide = self.months.len() >= 3 && wishes.date.is_none();
        let when = if wide { When::default() } else { draft.when() };
        let table = when.column.is_some_and(|when| when.looks == Looks::Periods && when.unique)
            || when.year.is_some();
        let answer = if wide { None } else { draft.answer(table) };
        let base = self.named(&BASE, |column| matches!(column.looks, Looks::Numbers { whole: true, .. }));
        let base = base.filter(|base| answer.is_some_and(|answer| answer.name != base.name));
        let finished = wide || (table && answer.is_some());
        let (kind, scale) = draft.kind(answer, finished);
        let name = wishes.name.clone().unwrap_or_else(|| readable(stem));
        let mut yaml = format!("name: {}\nkind: {kind}\n", quoted(&name));
        if let Some((lowest, highest)) = scale {
            yaml += &format!("scale: [{lowest}, {highest}]\n");
        }
        yaml += &draft.positive(&kind, answer, finished);
        yaml += &draft.cadence(when);
        yaml += &said("owner", wishes.owner.as_deref(), "the role that answers for it; never a person");
        yaml += &said("source", wishes.source.as_deref(), "where the numbers come from, in words");
        yaml += &said("good", None, "what good looks like");
        yaml += &said("limits", None, "what this does not tell you");
        yaml += &said("trigger", None, "a movement that can be seen, and who then does what");
        yaml += &format!("data:\n  file: {}\n", quoted(file));
        if finished {
            yaml += if wide { "  shape: wide\n" } else { "  shape: aggregated\n" };
        }
        if let (Some(year), Some(part)) = (when.year, when.column) {
            yaml += &format!("  date: [{}, {}]\n", quoted(&year.name), quoted(&part.name));
        }
        let key = if finished { "value" } else { "score" };
        let single = when.column.filter(|_| when.year.is_none());
        for (key, column) in [("date", single), (key, answer), ("n", base.filter(|_| finished && !wide))] {
            if let Some(column) = column {
                yaml += &format!("  {key}: {}\n", quoted(&column.name));
            }
        }
        yaml += &draft.rest(when.column, answer, finished);
        draft.note_private();
        let (questions, notes) = (draft.questions, draft.notes);
        Proposal { id: slug(wishes.name.as_deref().unwrap_or(stem)), yaml, notes, questions }
    }

    /// The column whose name holds the likeliest word, of those that fit.
    fn named(&self, words: &[&str], fits: impl Fn(&Column) -> bool) -> Option<&Column> {
        let plain = |column: &Column| column.name.to_lowercase().replace([' ', '_', '-', '.'], "");
        words.iter().find_map(|word| {
            let mut found = self.columns.iter().filter(|column| fits(column));
            found.find(|column| plain(column) == *word || (word.len() > 2 && plain(column).contains(word)))
        })
    }

    fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.trim().eq_ignore_ascii_case(name.trim()))
    }
}

/// The column that says when, and the year's where that stands apart.
#[derive(Clone, Copy, Default)]
struct When<'a> {
    column: Option<&'a Column>,
    year: Option<&'a Column>,
}

/// A proposal in the making.
struct Draft<'a> {
    understanding: &'a Understanding,
    wishes: &'a Wishes,
    questions: Vec<String>,
    notes: Vec<String>,
}

impl<'a> Draft<'a> {
    fn chosen(&mut self, wish: &Option<String>, option: &str) -> Option<&'a Column> {
        let name = wish.as_ref()?;
        let found = self.understanding.column(name);
        if found.is_none() {
            let names: Vec<&str> =
                self.understanding.columns.iter().map(|column| column.name.as_str()).collect();
            self.questions.push(format!(
                "There is no column \"{name}\" for --{option}. {}",
                crate::diag::did_you_mean(name, names.iter().copied())
            ));
        }
        found
    }

    fn when(&mut self) -> When<'a> {
        let all = self.understanding;
        if self.wishes.date.is_some() {
            let wish = self.wishes.date.clone();
            return When { column: self.chosen(&wish, "date"), year: None };
        }
        let dated = |column: &Column| matches!(column.looks, Looks::Dates(_) | Looks::Periods);
        let found = all.named(&WHEN, dated).or_else(|| all.columns.iter().find(|column| dated(column)));
        if let Some(column) = found {
            self.notes.push(format!("\"{}\" says when.", column.name));
            return When { column: found, year: None };
        }
        let year = all.named(&["year"], |column| matches!(column.looks, Looks::Numbers { whole: true, .. }));
        let part = all.named(&["quarter", "month", "period", "week"], |column| column.filled > 0);
        if let (Some(year), Some(part)) = (year, part) {
            self.notes.push(format!("\"{}\" and \"{}\" together say when.", year.name, part.name));
            return When { column: Some(part), year: Some(year) };
        }
        self.questions.push("Which column says when? Name it with --date COLUMN.".to_owned());
        When::default()
    }

    /// The column of the answer. In a finished table the only column of numbers will do, whatever its name.
    fn answer(&mut self, table: bool) -> Option<&'a Column> {
        let all = self.understanding;
        if self.wishes.score.is_some() {
            let wish = self.wishes.score.clone();
            return self.chosen(&wish, "score");
        }
        if self.wishes.kind.as_deref() == Some("count") && !table {
            return None;
        }
        let number = |column: &Column| matches!(column.looks, Looks::Numbers { .. });
        let mut numbers = all.columns.iter().filter(|column| number(column));
        let only = numbers.next().filter(|_| numbers.next().is_none() && table);
        let found = all.named(&ANSWER, number).or(only);
        match found {
            Some(column) => self.notes.push(format!("\"{}\" is the answer.", column.name)),
            None => self.questions.push(
                "Which column holds the answer? Name it with --score COLUMN, or write --kind count to count the rows."
                    .to_owned(),
            ),
        }
        found
    }

    /// For shares, every answer there is, of which the author keeps those that count.
    fn positive(&mut self, kind: &str, answer: Option<&Column>, finished: bool) -> String {
        if kind != "share" || finished {
            return String::new();
        }
        let texts = answer.and_then(|column| column.texts.as_ref());
        let listed = texts
            .filter(|texts| texts.len() <= 24)
            .map(|texts| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "));
        if listed.is_none() {
            self.questions.push(
                "A share needs a column with a few different answers; name it with --score.".to_owned(),
            );
        }
        self.notes.push("Keep only the answers that count under positive:.".to_owned());
        format!("positive: [{}] # keep only the answers that count\n", listed.unwrap_or_default())
    }

    /// The cadence, where a column tells that it is none of months.
    fn cadence(&self, when: When<'_>) -> String {
        let name = when.column.map_or(String::new(), |column| column.name.to_lowercase());
        let word = ["quarter", "week"].into_iter().find(|word| name.contains(word));
        word.map_or(String::new(), |word| format!("cadence: {word}\n"))
    }

    /// The kind that the range and the name suggest.
    fn kind(&mut self, answer: Option<&Column>, finished: bool) -> (String, Option<(f64, f64)>) {
        let range = answer.and_then(|column| match column.looks {
            Looks::Numbers { lowest, highest, whole, .. } => Some((lowest, highest, whole)),
            _ => None,
        });
        let name = answer.map_or(String::new(), |column| column.name.to_lowercase());
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let guess = match range {
            _ if finished && has(&["nps"]) => ("nps", None),
            _ if finished && has(&["csat", "satisf"]) => ("csat", None),
            Some((lowest, highest, true)) if finished && lowest >= 0.0 && highest > 100.0 => ("count", None),
            _ if finished => ("mean", None),
            Some((lowest, highest, true)) if lowest >= 0.0 && highest <= 10.0 => {
                if has(&["nps", "recommend", "likel"]) || highest > 7.0 {
                    ("nps", None)
                } else if has(&["effort", "ces", "easy", "ease"]) {
                    ("ces", Some((1.0, if highest > 5.0 { 7.0 } else { 5.0 })))
                } else if lowest >= 1.0 && highest <= 5.0 {
                    ("csat", Some((1.0, 5.0)))
                } else if lowest >= 1.0 && highest <= 7.0 {
                    ("csat", Some((1.0, 7.0)))
                } else {
                    ("mean", Some((lowest, highest)))
                }
            }
            Some(_) => ("mean", None),
            None => ("count", None),
        };
        if let Some(kind) = &self.wishes.kind {
            let scale = guess.1.or(range.map(|(lowest, highest, _)| (lowest, highest)));
            let needed = matches!(kind.as_str(), "csat" | "ces") && !finished;
            return (kind.clone(), scale.filter(|_| needed));
        }
        self.notes.push(format!("The kind seems to be {}; say --kind if it is another.", guess.0));
        (guess.0.to_owned(), guess.1)
    }

    /// Id, status, splits, order of dates and style of numbers.
    fn rest(&mut self, when: Option<&Column>, answer: Option<&Column>, finished: bool) -> String {
        let mut yaml = String::new();
        let all = self.understanding;
        let dialect = all.header_rows > 1;
        if let Some(id) =
            all.named(&ID, |column| column.unique && column.filled > 0).filter(|_| !finished && !dialect)
        {
            yaml += &format!("  id: {}\n", quoted(&id.name));
        }
        let status = all.column("status").and_then(|column| match &column.looks {
            Looks::Words(texts) => texts.iter().find(|text| text.to_lowercase().starts_with("complete")),
            _ => None,
        });
        if let Some(complete) = status {
            yaml += &format!("  where: {{status: {}}}\n", quoted(complete));
        }
        let codes: Vec<String> =
            answer.map(Column::codes).unwrap_or_default().into_iter().map(quoted).collect();
        if !codes.is_empty() && self.wishes.kind.as_deref() != Some("share") {
            yaml += &format!("  missing: [{}]\n", codes.join(", "));
            self.notes.push("Texts among the numbers are listed under missing:, as no answers.".to_owned());
        }
        let splits = self.splits(answer);
        if !splits.is_empty() {
            yaml += &format!("  split: {{{}}}\n", splits.join(", "));
        }
        yaml + &self.styles(when, answer)
    }

    fn splits(&mut self, answer: Option<&Column>) -> Vec<String> {
        let all = self.understanding;
        let wished = self.wishes.splits.clone();
        let mut columns: Vec<&Column> =
            wished.into_iter().filter_map(|name| self.chosen(&Some(name), "split")).collect();
        if columns.is_empty() {
            let few = |column: &Column| matches!(&column.looks, Looks::Words(texts) if (2..=12).contains(&texts.len()));
            let groups = GROUP.iter().filter_map(|word| all.named(&[word], few));
            columns = groups.take(2).collect();
            columns.dedup_by(|a, b| a.name == b.name);
        }
        let columns =
            columns.into_iter().filter(|column| answer.is_none_or(|answer| answer.name != column.name));
        columns.map(|column| format!("{}: {}", quoted(&slug(&column.name)), quoted(&column.name))).collect()
    }

    fn styles(&mut self, when: Option<&Column>, answer: Option<&Column>) -> String {
        let mut yaml = String::new();
        let dates = match when.map(|column| &column.looks) {
            Some(Looks::Dates(Verdict::Ambiguous(samples))) => Some(samples),
            _ => None,
        };
        match (dates, self.wishes.dates.as_deref()) {
            (_, Some(order)) => yaml += &format!("  dates: {order}\n"),
            (Some(samples), None) => self.questions.push(format!(
                "Is the day or the month first in {}? Say --dates day-first or --dates month-first.",
                samples.join(", ")
            )),
            (None, None) => {}
        }
        let numbers = match answer.map(|column| &column.looks) {
            Some(Looks::Numbers { style: Verdict::Ambiguous(samples), .. }) => Some(samples),
            _ => None,
        };
        match (numbers, self.wishes.numbers.as_deref()) {
            (_, Some(style)) => yaml += &format!("  numbers: \"{style}\"\n"),
            (Some(samples), None) => self.questions.push(format!(
                "How are {} meant? Say --numbers 1,234.5 or --numbers 1.234,5.",
                samples.join(", ")
            )),
            (None, None) => {}
        }
        yaml
    }

    /// Columns about persons are never read unless a definition names them; it is good to be told.
    fn note_private(&mut self) {
        let words = ["name", "mail", "phone", "ip address", "ipaddress", "latitude", "longitude", "address"];
        let private = self.understanding.columns.iter().filter(|column| {
            let name = column.name.to_lowercase();
            column.filled > 0 && words.iter().any(|word| name.contains(word))
        });
        let names: Vec<String> = private.map(|column| format!("\"{}\"", column.name)).collect();
        if !names.is_empty() {
            self.notes.push(format!("Columns about persons are not read: {}.", names.join(", ")));
        }
    }
}

/// A line that only the author can fill in: what they said, or what belongs there.
fn said(key: &str, words: Option<&str>, hint: &str) -> String {
    match words {
        Some(words) => format!("{key}: {}\n", quoted(words)),
        None => format!("{:20}# {hint}\n", format!("{key}:")),
    }
}

/// A text as YAML reads it back, with quotation marks where it needs them.
fn quoted(text: &str) -> String {
    let plain = text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(|letter| letter.is_alphanumeric() || " _-./*()".contains(letter))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// `nps-responses_2026` as a name: `Nps responses 2026`.
fn readable(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
