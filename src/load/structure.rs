//! The journey, the map and the glossary.

use super::draft::{Name, RawEdge};
use super::{Files, lists};
use crate::diag::{Finding, checks};
use crate::model::{Direction, Evidence, HandOff, Purchase, Stage, StageId, Term, TermId, is_valid_id, slug};
use crate::tree::{Node, Reader, Strictness};

/// Reads `journey.yaml`.
pub(super) fn journey(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<Stage<Name>> {
    let mut stages = Vec::new();
    for_each(files, "journey.yaml", "stages", findings, |node, findings| {
        let mut reader = Reader::new(node, "the stage");
        let id = reader.required("id", "Give it an id such as get-connected.");
        let name = reader.required("name", "Say what readers call it.");
        let sides = [("before", Purchase::Before), ("after", Purchase::After)];
        let purchase = reader.choice("purchase", &sides);
        let hand_offs =
            reader.list("hand-offs").into_iter().filter_map(|node| hand_off(node, findings)).collect();
        if let (Some(id), Some(name)) = (id, name) {
            if is_valid_id(&id.value) && !id.value.contains('/') {
                stages.push(Stage {
                    id: StageId::new(&id.value),
                    name: name.value,
                    owner: reader.owner().map(|text| text.value),
                    summary: reader.text("summary").map(|text| text.value),
                    purchase,
                    hand_offs,
                    place: id.place,
                });
            } else {
                let help =
                    format!("Use lower-case letters, digits and hyphens, like \"{}\".", slug(&id.value));
                let message = format!("\"{}\" cannot be the id of a stage", id.value);
                findings.push(Finding::new(&checks::BAD_ID, message).at(id.place).help(help));
            }
        }
        for key in ["owner", "summary"] {
            reader.node(key);
        }
        findings.extend(reader.finish(Strictness::Own));
    });
    stages
}

fn hand_off(node: &Node, findings: &mut Vec<Finding>) -> Option<HandOff<Name>> {
    let mut reader = Reader::new(node, "the hand-off");
    let from = reader.required("from", "Say which team gives.");
    let to = reader.required("to", "Say which team takes.");
    let what = reader.required("what", "Say what is given.");
    let mut plain = |key| reader.text(key).map(|text| text.value);
    let (promise, owner) = (plain("promise"), plain("owner"));
    let place = reader.place().clone();
    findings.extend(reader.finish(Strictness::Own));
    Some(HandOff { from: from?, to: to?, what: what?.value, promise, owner, place })
}

/// Reads `map.yaml`.
pub(super) fn map(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<RawEdge> {
    let mut edges = Vec::new();
    for_each(files, "map.yaml", "edges", findings, |node, findings| {
        let mut reader = Reader::new(node, "the edge");
        let help = "An edge has team, metric, stage and moves.";
        let names: Vec<Option<Name>> =
            ["team", "metric", "stage", "moves"].into_iter().map(|key| reader.required(key, help)).collect();
        let direction = [("same", Direction::Same), ("opposite", Direction::Opposite)];
        let direction = reader.choice("direction", &direction);
        let evidence = reader.choice("evidence", &Evidence::WORDS);
        let note = reader.text("note").map(|note| note.value);
        let place = reader.place().clone();
        findings.extend(reader.finish(Strictness::Own));
        if let [Some(team), Some(metric), Some(stage), Some(moves)] = names.as_slice() {
            edges.push(RawEdge {
                team: team.clone(),
                metric: metric.clone(),
                stage: stage.clone(),
                moves: moves.clone(),
                direction: direction.unwrap_or(Direction::Same),
                evidence: evidence.unwrap_or(Evidence::Assumed),
                note,
                place,
            });
        }
    });
    edges
}

/// Reads `glossary.yaml`.
pub(super) fn glossary(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<(Term, Vec<Name>)> {
    let mut terms = Vec::new();
    for_each(files, "glossary.yaml", "terms", findings, |node, findings| {
        let mut reader = Reader::new(node, "the term");
        let term = reader.required("term", "Say the term itself.");
        let definition = reader.required("definition", "Say what it means here, in one or two sentences.");
        let see = reader.texts("see");
        let also = reader.texts("also").into_iter().map(|word| word.value).collect();
        let mut text = |key| reader.text(key).map(|text| text.value);
        let (long, not, source) = (text("long"), text("not"), text("source"));
        findings.extend(reader.finish(Strictness::Own));
        let (Some(term), Some(definition)) = (term, definition) else { return };
        let id = slug(&term.value);
        if id.is_empty() {
            let message = format!("\"{}\" cannot be the id of a term", term.value);
            let help = "Give it at least one letter or digit; they become its address.";
            findings.push(Finding::new(&checks::BAD_ID, message).at(term.place).help(help));
            return;
        }
        let id = TermId::new(&id);
        let (term, place) = (term.value, term.place);
        terms.push((
            Term { id, term, long, also, definition: definition.value, not, source, see: Vec::new(), place },
            see,
        ));
    });
    terms
}

/// Hands over the entries of a list file, one after the other.
pub(super) fn for_each(
    files: &Files<'_>,
    name: &str,
    key: &'static str,
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&Node, &mut Vec<Finding>),
) {
    let path = format!("{}/{name}", files.content);
    let Some(root) = lists::yaml_file(files, &path, findings) else { return };
    let items = lists::items(&root, key);
    if items.is_empty() {
        let message = format!("{name} holds no list");
        let help = format!("Write {key}: and below it one entry for each, beginning with \"- \".");
        findings.push(Finding::new(&checks::VALUE_WRONG, message).at(root.place.clone()).help(help));
        return;
    }
    findings.extend(lists::other_keys(&root, key, name, false));
    for item in items {
        read(item, findings);
    }
}
