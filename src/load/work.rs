//! Claims, blockers, assignments, goals, and what the front line saw.

use super::draft::{Name, RawWork};
use super::structure::for_each;
use super::{Files, lists, page};
use crate::diag::{Finding, Located, checks};
use crate::model::{
    Assignment, AssignmentId, Behaviour, Blocker, BlockerId, Claim, ClaimId, Goal, GoalId, Month,
    Observation, ObservationKind, is_valid_id, slug,
};
use crate::tree::{Node, Reader, Strictness};

/// Reads all of them.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> RawWork {
    let mut work = RawWork::default();
    for_each(files, "claims.yaml", "claims", findings, |node, findings| {
        work.claims.extend(claim(node, findings));
    });
    for_each(files, "blockers.yaml", "blockers", findings, |node, findings| {
        work.blockers.extend(blocker(node, findings));
    });
    for_each(files, "assignments.yaml", "assignments", findings, |node, findings| {
        work.assignments.extend(assignment(node, findings));
    });
    for_each(files, "strategy.yaml", "goals", findings, |node, findings| {
        work.goals.extend(goal(node, findings));
    });
    work.observations = observations(files, findings);
    work
}

/// The id of an entry, which becomes a part of an address.
fn id(reader: &mut Reader<'_>, example: &str) -> Option<Located<String>> {
    let id = reader.required("id", &format!("Give it an id such as {example}."))?;
    if is_valid_id(&id.value) && !id.value.contains('/') {
        return Some(id);
    }
    let help = format!("Use lower-case letters, digits and hyphens, like \"{}\".", slug(&id.value));
    let message = format!("\"{}\" cannot be an id", id.value);
    reader.report(Finding::new(&checks::BAD_ID, message).at(id.place).help(help));
    None
}

fn plain(reader: &mut Reader<'_>, key: &'static str) -> Option<String> {
    reader.text(key).map(|text| text.value)
}

fn claim(node: &Node, findings: &mut Vec<Finding>) -> Option<Claim<Name, Name>> {
    let mut reader = Reader::new(node, "the claim");
    let id = id(&mut reader, "appointment-messages");
    let says = reader.required("says", "Write the sentence with the figure in it.");
    let source = reader.required("source", "Say who counted or asked: the survey, the system, the study.");
    let population = reader.required("population", "Say whom it speaks for, such as customers with a visit.");
    let question = reader.required("question", "Say what was asked or counted, in its own words.");
    let n = reader.whole("n", 1, 1_000_000_000);
    if reader.node("n").is_none() {
        reader.missing("n", "Say how many answers or cases are behind it, such as n: 412.");
    }
    let (from, to) = (page::month(&mut reader, "from"), page::month(&mut reader, "to"));
    if reader.node("from").is_none() {
        reader.missing("from", "Say the first month of the answers, like 2026-03.");
    }
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let message = format!("the answers end in {to}, before they begin in {from}");
        reader.report(Finding::new(&checks::DATES_REVERSED, message).at(reader.place().clone()));
    }
    let (stage, metric) = (reader.text("stage"), reader.text("metric"));
    let (limits, owner) = (plain(&mut reader, "limits"), plain(&mut reader, "owner"));
    let theme = plain(&mut reader, "theme");
    findings.extend(reader.finish(Strictness::Own));
    let (id, from) = (id?, from?);
    Some(Claim {
        id: ClaimId::new(&id.value),
        says: says?.value,
        source: source?.value,
        n: u64::try_from(n?.value).unwrap_or(0),
        from,
        to: to.unwrap_or(from),
        population: population?.value,
        question: question?.value,
        limits,
        owner,
        theme,
        stage,
        metric,
        place: id.place,
    })
}

fn blocker(node: &Node, findings: &mut Vec<Finding>) -> Option<Blocker<Name, Name, Name, Name>> {
    let mut reader = Reader::new(node, "the blocker");
    let id = id(&mut reader, "job-sheet-field");
    let what = reader.required("what", "Say what stands in the way.");
    let team = reader.required("team", "Say which team is stuck.");
    let decides = reader.required("decides", "Say which role can say yes.");
    let since = page::date(&mut reader, "since");
    if reader.node("since").is_none() {
        reader.missing("since", "Say since when, like 2026-03-14.");
    }
    let removed = page::date(&mut reader, "removed");
    if let (Some(since), Some(removed)) = (&since, &removed)
        && removed.value < since.value
    {
        let message =
            format!("the blocker was removed on {}, before it began on {}", removed.value, since.value);
        reader.report(Finding::new(&checks::DATES_REVERSED, message).at(removed.place.clone()));
    }
    let (stage, metric, action) = (reader.text("stage"), reader.text("metric"), reader.text("action"));
    let (waiting_on, owner) = (plain(&mut reader, "waiting-on"), plain(&mut reader, "owner"));
    let ask = plain(&mut reader, "ask");
    findings.extend(reader.finish(Strictness::Own));
    let id = id?;
    Some(Blocker {
        id: BlockerId::new(&id.value),
        what: what?.value,
        team: team?,
        decides: decides?.value,
        waiting_on,
        owner,
        since: since?.value,
        removed: removed.map(|date| date.value),
        ask,
        stage,
        metric,
        action,
        place: id.place,
    })
}

fn assignment(node: &Node, findings: &mut Vec<Finding>) -> Option<Assignment<Name, Name, Name, Name>> {
    let mut reader = Reader::new(node, "the assignment");
    let id = id(&mut reader, "call-our-line");
    let task = reader.required("task", "Say what to do as a customer would.");
    let role = reader.required("role", "Name a role that has a page in roles/.");
    let due = page::date(&mut reader, "due");
    if reader.node("due").is_none() {
        reader.missing("due", "Say by when, like 2026-03-14.");
    }
    let done = page::date(&mut reader, "done");
    let (team, stage) = (reader.text("team"), reader.text("stage"));
    let (purpose, outcome) = (plain(&mut reader, "purpose"), plain(&mut reader, "outcome"));
    let stories = reader.texts("stories");
    findings.extend(reader.finish(Strictness::Own));
    let id = id?;
    if purpose.is_none() {
        let message = format!("the assignment \"{}\" does not say what to find out", id.value);
        let help = "Add purpose:, for example \"Find out what is hard for a customer here; sell nothing.\"";
        findings.push(Finding::new(&checks::PURPOSE_MISSING, message).at(id.place.clone()).help(help));
    }
    Some(Assignment {
        id: AssignmentId::new(&id.value),
        task: task?.value,
        purpose,
        role: role?,
        team,
        stage,
        due: due?.value,
        done: done.map(|date| date.value),
        outcome,
        stories,
        place: id.place,
    })
}

fn goal(node: &Node, findings: &mut Vec<Finding>) -> Option<Goal<Name, Name>> {
    let mut reader = Reader::new(node, "the goal");
    let id = id(&mut reader, "nobody-waits");
    let goal = reader.required("goal", "Say what will be true.");
    let metric = reader.text("metric");
    let (measure, strategy) = (plain(&mut reader, "measure"), plain(&mut reader, "strategy"));
    if metric.is_none() && measure.is_none() {
        reader.missing("metric", "Say how you will know: metric: with the id of one, or measure: in words.");
    }
    let owner = plain(&mut reader, "owner");
    let by = page::date(&mut reader, "by").map(|date| date.value);
    let mut behaviours = Vec::new();
    for node in reader.list("behaviours") {
        let mut entry = Reader::new(node, "the behaviour");
        let team = entry.required("team", "Say which team.");
        let does = entry.required("does", "Say what its people do, so that somebody could watch it.");
        let metric = entry.text("metric");
        findings.extend(entry.finish(Strictness::Own));
        if let (Some(team), Some(does)) = (team, does) {
            behaviours.push(Behaviour { team, does: does.value, metric });
        }
    }
    findings.extend(reader.finish(Strictness::Own));
    let id = id?;
    Some(Goal {
        id: GoalId::new(&id.value),
        goal: goal?.value,
        strategy,
        owner,
        metric,
        measure,
        by,
        behaviours,
        place: id.place,
    })
}

/// Reads all files of `observations/`. What stands there is about customers, so no message repeats it.
fn observations(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<Observation<Name, Name, Name>> {
    let mut observations = Vec::new();
    for (path, below) in files.below("observations") {
        let nodes: Vec<Node> = if below.ends_with(".csv") {
            lists::csv_file(files, path, findings)
        } else if below.ends_with(".yaml") || below.ends_with(".yml") {
            let Some(root) = lists::yaml_file(files, path, findings) else { continue };
            findings.extend(lists::other_keys(&root, "observations", "the file of observations", true));
            lists::items(&root, "observations").into_iter().cloned().collect()
        } else {
            continue;
        };
        observations.extend(nodes.iter().filter_map(|node| observation(node, findings)));
    }
    observations
}

fn observation(node: &Node, findings: &mut Vec<Finding>) -> Option<Observation<Name, Name, Name>> {
    let mut reader = Reader::new(node, "the observation").private();
    let month: Option<Month> = page::month(&mut reader, "date");
    if reader.node("date").is_none() {
        reader.missing("date", "Say in which month, like 2026-03.");
    }
    let kind = reader.required("type", "Say problem, wish or praise.");
    let kind = kind.and_then(|_| reader.choice("type", &ObservationKind::WORDS));
    let theme = reader.required("theme", "Say what it is about, in a word or two.");
    let text = reader.required("text", "Say what you saw, in one line and without names.");
    let (team, stage, metric) = (reader.text("team"), reader.text("stage"), reader.text("metric"));
    let place = reader.place().clone();
    findings.extend(reader.finish(Strictness::Own));
    Some(Observation {
        month: month?,
        kind: kind?,
        theme: theme?.value,
        text: text?.value,
        team,
        stage,
        metric,
        place,
    })
}
