//! Quotes and conversations, from YAML or CSV.

use super::draft::{RawContact, RawQuote};
use super::{Files, clearance, lists, page};
use crate::diag::{Finding, Located, checks, did_you_mean};
use crate::model::{Channel, Level, Quote};
use crate::output::sha256;
use crate::source::{SourcePath, join};
use crate::tree::{Entry, Node, Reader, Strictness, Value};

/// Reads all files of `quotes/`.
pub(super) fn quotes(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<RawQuote> {
    let mut quotes = Vec::new();
    for (path, below) in files.below("quotes") {
        let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem).replace('/', "-");
        if below.ends_with(".csv") {
            quotes.extend(csv_quotes(files, path, &stem, findings));
        } else if below.ends_with(".yaml") || below.ends_with(".yml") {
            for (index, node) in yaml_quotes(files, path, findings).iter().enumerate() {
                quotes.extend(quote(node, &format!("{stem}-{}", index + 1), findings));
            }
        }
    }
    quotes
}

/// Quotes row by row: a list of years of comments is read without keeping its cells.
fn csv_quotes(
    files: &Files<'_>,
    path: &SourcePath,
    stem: &str,
    findings: &mut Vec<Finding>,
) -> Vec<RawQuote> {
    let (mut quotes, mut said, mut rows) = (Vec::new(), Vec::new(), 0_usize);
    let read = lists::each_row(files, path, &mut |row| match row {
        Some(row) => {
            rows += 1;
            quotes.extend(quote(&row, &format!("{stem}-{rows}"), &mut said));
        }
        None => {
            rows = 0;
            quotes.clear();
            said.clear();
        }
    });
    match read {
        Ok(()) => findings.extend(said),
        Err(finding) => {
            findings.push(finding);
            quotes.clear();
        }
    }
    quotes
}

/// A plain list, or `quotes:` with `defaults:`, or a CSV named by `from:`.
fn yaml_quotes(files: &Files<'_>, path: &SourcePath, findings: &mut Vec<Finding>) -> Vec<Node> {
    let Some(root) = lists::yaml_file(files, path, findings) else { return Vec::new() };
    if matches!(root.value, Value::List(_)) {
        return lists::items(&root, "quotes").into_iter().cloned().collect();
    }
    let mut reader = Reader::new(&root, "the file of quotes").private();
    let defaults = reader.free_map("defaults");
    let columns = reader.free_map("columns");
    let mut nodes: Vec<Node> = reader.list("quotes").into_iter().cloned().collect();
    if let Some(from) = reader.text("from") {
        nodes.extend(foreign(files, path, &from, columns, findings));
    }
    findings.extend(reader.finish(Strictness::Own));
    for node in &mut nodes {
        if let Value::Map(entries) = &mut node.value {
            let missing = defaults.iter().filter(|entry| !entries.iter().any(|own| own.key == entry.key));
            let missing: Vec<Entry> = missing.cloned().collect();
            entries.extend(missing);
        }
    }
    nodes
}

/// Rows of a CSV of another tool: only the columns that `columns` names are taken, under our names.
fn foreign(
    files: &Files<'_>,
    path: &str,
    from: &Located<String>,
    columns: &[Entry],
    findings: &mut Vec<Finding>,
) -> Vec<Node> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(target) = join(folder, &from.value).filter(|target| files.sources.get(target).is_some()) else {
        let known: Vec<&str> =
            files.below("").map(|(_, below)| below).filter(|below| below.ends_with(".csv")).collect();
        let finding = Finding::new(&checks::FILE_MISSING, format!("there is no file {}", from.value));
        let help = did_you_mean(&from.value, known.iter().copied());
        findings.push(finding.at(from.place.clone()).help(help).masked());
        return Vec::new();
    };
    let rows = lists::csv_file(files, &target, findings);
    let wanted: Vec<(String, String)> = columns
        .iter()
        .filter_map(|entry| Some((entry.node.scalar()?.to_lowercase(), entry.key.clone())))
        .collect();
    rows.into_iter()
        .map(|mut row| {
            if let Value::Map(entries) = &mut row.value {
                entries.retain_mut(|entry| {
                    let name = entry.key.to_lowercase();
                    let found = wanted.iter().find(|(column, _)| *column == name);
                    if let Some((_, ours)) = found {
                        entry.key.clone_from(ours);
                    }
                    found.is_some()
                });
            }
            row
        })
        .collect()
}

fn quote(node: &Node, fallback: &str, findings: &mut Vec<Finding>) -> Option<RawQuote> {
    let mut reader = Reader::new(node, "the quote").private();
    let own_id = reader.text("id");
    let has_own_id = own_id.is_some();
    let id = own_id.map_or_else(|| fallback.to_owned(), |id| id.value);
    let text = reader.required("text", "Add text: the customer's words.");
    let source = reader.required("source", "Say where it was said or written.");
    let consent = reader.text("consent");
    let spellings = [reader.flag("anonymised"), reader.flag("anonymized")];
    let anonymised = spellings.into_iter().flatten().next().unwrap_or(false);
    let month = page::month(&mut reader, "date");
    if reader.node("date").is_none() {
        reader.missing("date", "Say in which month, like 2026-03.");
    }
    if consent.is_none() || !anonymised {
        let missing = if consent.is_none() { "consent" } else { "anonymised: true" };
        let message = format!("{} has no \"{missing}\"", Quote::named(&id));
        let help = "A quote is published only when it says what allows us to show it and that you took out what could \
                    identify the customer.";
        let finding = Finding::new(&checks::QUOTE_WITHOUT_CONSENT, message);
        reader.report(finding.at(reader.place().clone()).help(help).masked());
    }
    let stage = reader.text("stage");
    let metric = reader.text("metric");
    // Only its digest goes on: the word itself may lead to the respondent.
    let respondent = reader.text("respondent").map(|text| sha256(text.value.as_bytes()));
    let (author, cleared) = clearance::read(&mut reader);
    let teams = split_teams(reader.texts("teams"));
    let mut plain = |key| reader.text(key).map(|text: Located<String>| text.value);
    let (theme, segment, language) = (plain("theme"), plain("segment"), plain("language"));
    let language = language.or(plain("lang"));
    let place = reader.place().clone();
    findings.extend(reader.finish(Strictness::Own));
    Some(RawQuote {
        id,
        has_own_id,
        text: text?,
        source: source?.value,
        month: month?,
        consent: consent.filter(|_| anonymised)?.value,
        theme,
        segment,
        language,
        stage,
        teams,
        metric,
        respondent,
        author,
        cleared,
        place,
    })
}

/// A cell of a CSV holds several teams parted by semicolons.
fn split_teams(teams: Vec<Located<String>>) -> Vec<Located<String>> {
    let parts = |team: Located<String>| {
        let names: Vec<String> = team.value.split(';').map(|name| name.trim().to_owned()).collect();
        names
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(move |name| Located::new(name, team.place.clone()))
    };
    teams.into_iter().flat_map(parts).collect()
}

/// Reads all files of `contacts/`.
pub(super) fn contacts(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<RawContact> {
    let mut contacts = Vec::new();
    for (path, below) in files.below("contacts") {
        let nodes: Vec<Node> = if below.ends_with(".csv") {
            lists::csv_file(files, path, findings)
        } else if below.ends_with(".yaml") || below.ends_with(".yml") {
            let root = lists::yaml_file(files, path, findings);
            root.map(|root| lists::items(&root, "contacts").into_iter().cloned().collect())
                .unwrap_or_default()
        } else {
            continue;
        };
        contacts.extend(nodes.iter().filter_map(|node| contact(node, findings)));
    }
    contacts
}

fn contact(node: &Node, findings: &mut Vec<Finding>) -> Option<RawContact> {
    let mut reader = Reader::new(node, "the conversation").private();
    let date = page::date(&mut reader, "date");
    if reader.node("date").is_none() {
        reader.missing("date", "Say when, like 2026-03-14.");
    }
    let team = reader.required("team", "Say which team talked.");
    let channel = channel(&mut reader);
    let level = reader.choice("level", &Level::WORDS);
    let (stage, metric) = (reader.text("stage"), reader.text("metric"));
    let learned = reader.text("learned").map(|text| text.value);
    let place = reader.place().clone();
    findings.extend(reader.finish(Strictness::Own));
    Some(RawContact { date: date?, team: team?, channel: channel?, stage, metric, level, learned, place })
}

/// How it was held.
fn channel(reader: &mut Reader<'_>) -> Option<Channel> {
    reader.required("channel", "Say how: call, visit, interview, contact-centre, event, survey ...")?;
    reader.choice("channel", &Channel::WORDS)
}
