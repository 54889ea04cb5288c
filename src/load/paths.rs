//! Learning paths: `paths/*.yaml`.

use super::{Files, lists};
use crate::diag::{Finding, Located, Place, checks};
use crate::model::{Check, Choice, LearningPath, PathId, Step, StepKind, is_valid_id, slug};
use crate::tree::{Node, Reader, Strictness};

/// The three things that every path has to say, and how to ask for each.
const PROMISE: [(&str, &str); 3] = [
    ("for", "Say who should walk this path, such as: Everybody who leads a team."),
    (
        "change",
        "Say what they will do differently afterwards; without it nobody can tell what the path is for.",
    ),
    ("evidence", "Say how we will know that they do: a number, a log, something one can see."),
];

/// Most minutes of one step: an hour. What takes longer is two steps.
const LONGEST_STEP: i64 = 60;

/// Reads all learning paths, in the order of their list.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<LearningPath> {
    let mut paths = Vec::new();
    for (path, below) in files.below("paths") {
        let Some(stem) = below.strip_suffix(".yaml").or(below.strip_suffix(".yml")) else { continue };
        if !is_valid_id(stem) || stem.contains('/') {
            let message = format!("\"{below}\" cannot be the name of a learning path");
            let help =
                format!("Its name is its address. Call it \"{}.yaml\" and put it into paths/.", slug(stem));
            findings.push(Finding::new(&checks::BAD_ID, message).at(Place::file(path)).help(help));
            continue;
        }
        let Some(root) = lists::yaml_file(files, path, findings) else { continue };
        paths.extend(read(PathId::new(stem), path, &root, findings));
    }
    paths.sort_by(|a, b| order(a).cmp(&order(b)));
    paths
}

fn order(path: &LearningPath) -> (i64, String, &PathId) {
    (path.weight.unwrap_or(i64::MAX), path.title.to_lowercase(), &path.id)
}

fn read(id: PathId, path: &str, root: &Node, findings: &mut Vec<Finding>) -> Option<LearningPath> {
    let mut reader = Reader::new(root, "the learning path");
    let title = reader.required("title", "Say what readers call it.");
    let promise = PROMISE.map(|(key, help)| reader.required(key, help).map(|text| text.value));
    let mut text = |key| reader.text(key).map(|text| text.value);
    let (summary, owner) = (text("summary"), text("owner"));
    let weight = reader.whole("weight", -1_000_000, 1_000_000).map(|weight| weight.value);
    let written = reader.list("steps");
    if written.is_empty() {
        reader.missing(
            "steps",
            "Write steps: and below it one entry for each page or question, beginning with \"- \".",
        );
    }
    findings.extend(reader.finish(Strictness::Own));
    let steps: Vec<Option<Step>> = written.into_iter().map(|node| step(node, findings)).collect();
    let [Some(audience), Some(change), Some(evidence)] = promise else { return None };
    let steps: Option<Vec<Step>> = steps.into_iter().collect();
    let (title, steps) = (title?.value, steps.filter(|steps| !steps.is_empty())?);
    let place = Place::file(path);
    Some(LearningPath { id, title, summary, audience, change, evidence, owner, weight, steps, place })
}

fn step(node: &Node, findings: &mut Vec<Finding>) -> Option<Step> {
    let mut reader = Reader::new(node, "the step");
    let minutes = reader.whole("minutes", 1, LONGEST_STEP);
    if reader.node("minutes").is_none() {
        reader.missing("minutes", "Say how long it takes, so that readers can plan: minutes: 5");
    }
    let task = reader.text("task").map(|text| text.value);
    let (page, question) = (reader.text("page"), reader.node("check"));
    let kind = match (page, question) {
        (Some(page), None) => Some(StepKind::Page(page)),
        (None, Some(node)) => check(node, findings).map(StepKind::Check),
        (Some(_), Some(_)) => {
            let message = "the step names a page and asks a question";
            let help = "Make two steps of it: one with page:, one with check:.";
            reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
            None
        }
        (None, None) => {
            reader.missing(
                "page",
                "Name a page, like page: playbooks/call-ahead.md, or ask a question with check:.",
            );
            None
        }
    };
    findings.extend(reader.finish(Strictness::Own));
    let minutes = u32::try_from(minutes?.value).ok()?;
    Some(Step { minutes, task, kind: kind? })
}

fn check(node: &Node, findings: &mut Vec<Finding>) -> Option<Check> {
    let mut reader = Reader::new(node, "the question");
    let question = reader.required("question", "Ask what a reader should be able to answer now.");
    let written = reader.list("answers");
    findings.extend(reader.finish(Strictness::Own));
    let choices: Vec<Option<Choice>> = written.into_iter().map(|node| choice(node, findings)).collect();
    let choices: Option<Vec<Choice>> = choices.into_iter().collect();
    let check = Check { question: question?.value, choices: choices? };
    if let Some((message, help)) = check.trouble() {
        findings.push(Finding::new(&checks::CHECK_UNFAIR, message).at(node.place.clone()).help(help));
        return None;
    }
    Some(check)
}

fn choice(node: &Node, findings: &mut Vec<Finding>) -> Option<Choice> {
    let mut reader = Reader::new(node, "the answer");
    let help = "Write - answer: and the words, with because: below it.";
    let words: Option<Located<String>> = reader.required("answer", help);
    let right = reader.flag("right").unwrap_or(false);
    let because = reader.text("because").map(|text| text.value);
    let place = reader.place().clone();
    if because.is_none() {
        reader.report(without_reason().at(place));
    }
    findings.extend(reader.finish(Strictness::Own));
    Some(Choice { words: words?.value, right, because })
}

fn without_reason() -> Finding {
    Finding::new(&checks::CHECK_WITHOUT_REASON, "the answer does not say why it is right or wrong")
        .help("Add because: in a sentence; that is where readers learn.")
}
