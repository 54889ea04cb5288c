//! A whole book from five answers.

use std::collections::BTreeMap;

use super::fill::{Words, in_quotes, quoted};
use super::names::{Kind, Named, Wanted, looks_like_a_person};
use super::{editor, files};
use crate::model::Date;

/// What somebody answered.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The company; empty for none.
    pub company: String,
    /// Its teams, at least one.
    pub teams: Vec<Named>,
    /// The stages of its customers' journey in order, at least one.
    pub stages: Vec<Named>,
    /// What it measures, at least one; taken for sample numbers only.
    pub metrics: Vec<Wanted>,
    /// Exports of its own; without any, the book holds sample numbers.
    pub exports: Vec<OwnExport>,
    /// The day of the run, from which sample months are counted.
    pub today: Date,
}

/// A metric that is read from an export of the author's.
#[derive(Debug, Clone)]
pub struct OwnExport {
    /// Id of the metric.
    pub id: String,
    /// The definition as it was proposed from the export.
    pub definition: String,
    /// Name of the export's file.
    pub file: String,
}

/// A new book.
#[derive(Debug, Clone)]
pub struct Starter {
    /// Paths below the book's folder, and texts.
    pub files: BTreeMap<String, String>,
    /// What the author should know, in sentences.
    pub notes: Vec<String>,
}

/// Stages with what customers do there, and whether that is before they buy.
const STAGES: [(&str, &str, bool); 6] = [
    ("choose", "The customer compares offers and decides whether to believe us.", true),
    ("order", "The customer orders, and waits for what was promised.", false),
    ("start", "What was ordered arrives, and works for the first time.", false),
    ("use", "It is simply there. When it is not, the customer knows why and for how long.", false),
    ("get-help", "Something is wrong or unclear, and somebody solves it, once.", false),
    ("stay", "Bills can be understood. Changing and leaving are as plain as joining was.", false),
];

/// Words in names of stages that lie before buying.
const BEFORE: [&str; 8] =
    ["choose", "discover", "learn", "consider", "compare", "aware", "research", "evaluat"];

/// Makes a book: every file with its text.
pub fn book(answers: &Answers) -> Starter {
    let words = words(answers);
    let mut files = BTreeMap::new();
    let folders: &[&str] = if answers.exports.is_empty() { &["base", "sample"] } else { &["base"] };
    for (path, text) in folders.iter().flat_map(|folder| files::below(folder)) {
        files.insert(path.clone(), words.fill(&path, text));
    }
    let works_on = answers.stages.iter().cycle();
    for (at, (team, stage)) in answers.teams.iter().zip(works_on).enumerate() {
        let own = words.clone().typed("name", &team.name).typed("owner", &lead(team));
        let own = own.made("stage", &*stage.id).made("weight", (10 * (at + 1)).to_string());
        files.insert(format!("content/teams/{}.md", team.id), own.fill(".md", files::text("parts/team.md")));
    }
    files.insert("content/journey.yaml".to_owned(), journey(answers, &words));
    if answers.exports.is_empty() {
        for (at, wanted) in answers.metrics.iter().enumerate() {
            sample_metric(answers, &words, at, wanted, &mut files);
        }
    }
    for own in &answers.exports {
        files.insert(format!("content/metrics/{}.yaml", own.id), own_metric(own));
    }
    files.extend(editor::files(answers));
    Starter { files, notes: notes(answers) }
}

/// Ids of the metrics the book will have.
pub(super) fn metric_ids(answers: &Answers) -> Vec<&str> {
    if answers.exports.is_empty() {
        return answers.metrics.iter().map(|wanted| wanted.named.id.as_str()).collect();
    }
    answers.exports.iter().map(|own| own.id.as_str()).collect()
}

fn words(answers: &Answers) -> Words {
    let (ids, metrics) =
        (|named: &[Named]| list(named.iter().map(|one| one.id.as_str())), metric_ids(answers));
    let (team, last_team) = (first(&answers.teams), last(&answers.teams));
    let behind = answers.stages.iter().find(|stage| !is_before(stage));
    let stage = behind.filter(|_| answers.stages.iter().any(is_before)).or(answers.stages.get(1));
    let (stage, last_stage) =
        (stage.map_or_else(|| first(&answers.stages), |one| &*one.id), last(&answers.stages));
    let asked_afterwards = answers.metrics.iter().find(|wanted| wanted.kind != Kind::Nps);
    let metric = metrics.first().copied().unwrap_or_default();
    let moved = asked_afterwards.map_or(metric, |wanted| &*wanted.named.id);
    let headline: Vec<String> = metrics.iter().take(4).map(|id| quoted(id)).collect();
    let title = match &*answers.company {
        "" => "Our customer book".to_owned(),
        company => format!("The {company} customer book"),
    };
    let company = Some(&*answers.company).filter(|name| !name.is_empty()).unwrap_or("our company");
    let is_sample = answers.exports.is_empty();
    let notice = "notice = \"Numbers, quotes and stories here are samples until this line is taken out.\"   \
                  # delete it when yours are in\n";
    let replace = "4. The numbers, quotes, conversations and the story are samples; each such file says so in its first \
                   lines. Put your own\n   in their place, one after the other. When none is left, delete the line \
                   `notice` in `book.toml`.\n";
    let links = answers.teams.iter().map(|team| format!("{{team}}`{}`", team.id));
    let behaviours = answers.teams.iter().map(|team| {
        let does = "Say today what will be late tomorrow, to the customer, before they ask.";
        format!("      - team: {}\n        does: \"{does}\"\n", team.id)
    });
    Words::new(answers.today)
        .typed("company", company)
        .typed("title", &title)
        .typed("owner", &answers.teams.first().map(lead).unwrap_or_default())
        .made("team", team)
        .made("last-team", last_team)
        .made("teams", ids(&answers.teams))
        .made("team-links", links.collect::<Vec<_>>().join(",\n"))
        .made("stage", stage)
        .made("last-stage", last_stage)
        .made("stages", ids(&answers.stages))
        .made("metric", metric)
        .made("moved", moved)
        .made("headline", headline.join(", "))
        .made("notice", if is_sample { notice } else { "" })
        .made("replace", if is_sample { replace } else { "" })
        .made("behaviours", behaviours.collect::<String>().trim_end())
}

fn first(named: &[Named]) -> &str {
    named.first().map_or("", |one| &one.id)
}

fn last(named: &[Named]) -> &str {
    named.last().map_or("", |one| &one.id)
}

fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}

/// The role that leads a team. A role that looks like a person's name would be reported, so such a team has a team lead.
fn lead(team: &Named) -> String {
    let role = format!("Head of {}", team.name);
    if looks_like_a_person(&role) { "Team lead".to_owned() } else { role }
}

fn is_before(stage: &Named) -> bool {
    BEFORE.iter().any(|word| stage.id.contains(word))
}

fn journey(answers: &Answers, words: &Words) -> String {
    let tells = answers.stages.iter().any(is_before) && !answers.stages.iter().all(is_before);
    let part = files::text("parts/stage.yaml");
    let owners = answers.teams.iter().cycle();
    let stages = answers.stages.iter().zip(owners).map(|(stage, team)| {
        let known = STAGES.iter().find(|(id, _, _)| *id == stage.id);
        let summary = known.map_or_else(
            || "    # summary: what the customer does here, in one sentence\n".to_owned(),
            |(_, summary, _)| format!("    summary: {}\n", quoted(summary)),
        );
        let side = if is_before(stage) { "before" } else { "after" };
        let purchase = if tells { format!("    purchase: {side}\n") } else { String::new() };
        let own = words.clone().typed("name", &stage.name).typed("owner", &lead(team));
        own.made("stage", &*stage.id).made("summary", summary).made("purchase", purchase).fill("", part)
    });
    words
        .clone()
        .made("list", stages.collect::<String>().trim_end())
        .fill("", files::text("parts/journey.yaml"))
}

fn sample_metric(
    answers: &Answers,
    words: &Words,
    at: usize,
    wanted: &Wanted,
    files: &mut BTreeMap<String, String>,
) {
    let (id, kind) = (&wanted.named.id, wanted.kind.word());
    let later: Vec<&Named> = answers.stages.iter().filter(|stage| !is_before(stage)).collect();
    let stage = later.get(at % later.len().max(1)).copied();
    // The whole relationship belongs to no stage.
    let stage = stage.filter(|_| wanted.kind != Kind::Nps).map(|stage| format!("stage: {}\n", stage.id));
    let table = format!("sample-{id}.csv");
    let own = words.clone().typed("name", &wanted.named.name).made("file", &*table);
    let own = own.made("stage-line", stage.unwrap_or_default());
    let definition = own.fill(".yaml", files::text(&format!("parts/metric-{kind}.yaml")));
    files.insert(format!("content/metrics/{id}.yaml"), definition);
    let rows = words.fill(".csv", files::text(&format!("parts/sample-{kind}.csv")));
    files.insert(format!("content/exports/{table}"), rows);
}

/// A proposed definition with the lines that a good one has. They are examples: the author knows better.
fn own_metric(own: &OwnExport) -> String {
    let source = in_quotes(&format!("The export {}; say which tool and which customers", own.file));
    let facts = format!(
        "owner: \"Head of Customer Insight\"\nsource: \"{source}\"\n\
         limits: \"It does not say why. Whoever did not answer is not in it.\"\n\
         trigger: \"When it falls outside its limits, the owner has five customers of that time called within a week.\"\n"
    );
    let is_hint = |line: &&str| {
        ["owner:", "source:", "good:", "limits:", "trigger:"].iter().any(|hint| line.starts_with(hint))
    };
    let lines: String =
        own.definition.lines().filter(|line| !is_hint(line)).map(|line| format!("{line}\n")).collect();
    match lines.split_once("data:\n") {
        Some((top, data)) => {
            format!("{top}{facts}# good: what good looks like, in one sentence\ndata:\n{data}")
        }
        None => lines + &facts,
    }
}

fn notes(answers: &Answers) -> Vec<String> {
    let mut notes = Vec::new();
    for team in answers.teams.iter().filter(|team| looks_like_a_person(&team.name)) {
        notes.push(format!(
            "\"{}\" looks like a person. A book names teams and roles, never people: if it is one, give the team's name \
             in content/teams/{}.md.",
            team.name, team.id
        ));
    }
    if !answers.exports.is_empty() && answers.metrics.len() > answers.exports.len() {
        let without = answers.metrics.iter().skip(answers.exports.len());
        let names: Vec<String> = without.map(|wanted| format!("\"{}\"", wanted.named.name)).collect();
        notes.push(format!(
            "{} has no export yet and is not in the book: cxbook import FILE.csv adds it.",
            names.join(", ")
        ));
    }
    notes
}
