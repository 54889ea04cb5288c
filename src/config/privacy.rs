//! `[privacy]` of book.toml.

use std::collections::BTreeMap;

use crate::diag::{Finding, checks};
use crate::model::{Config, slug};
use crate::tree::{Entry, Node, Reader, Strictness, Value};

pub(super) fn read(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[privacy]");
    let mut least = |key: &'static str, lowest: u64, value: &mut u64| {
        let lowest = i64::try_from(lowest).unwrap_or(i64::MAX);
        if let Some(number) = reader.whole(key, lowest, 10_000) {
            *value = number.value.unsigned_abs();
        }
    };
    least("min-answers", Config::LOWEST_MIN_ANSWERS, &mut config.min_answers);
    least("min-answers-split", Config::LOWEST_MIN_ANSWERS_SPLIT, &mut config.min_answers_split);
    least("min-people-quote", Config::LOWEST_MIN_PEOPLE_QUOTE, &mut config.min_people_quote);
    config.second_person = reader.flag("second-person").unwrap_or(false);
    let groups = reader.free_map("hierarchies");
    let mut findings = hierarchies(groups, config);
    findings.extend(reader.finish(Strictness::Own));
    findings
}

/// Broader kinds of customers, each with the kinds below it.
fn hierarchies(groups: &[Entry], config: &mut Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    for group in groups {
        let parent = slug(&group.key);
        let items = match &group.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&group.node),
        };
        config.hierarchy_names.insert(parent.clone(), group.key.clone());
        for item in items {
            let Some(child) = item.scalar().map(|text| slug(&text)).filter(|child| !child.is_empty()) else {
                let message = format!("\"{}\" should be a list of kinds of customers", group.key);
                findings.push(Finding::new(&checks::VALUE_WRONG, message).at(item.place.clone()));
                continue;
            };
            let taken = config.hierarchies.get(&child).is_some_and(|other| *other != parent);
            if taken || leads_to(&config.hierarchies, &parent, &child) {
                let why = if taken { "in two groups" } else { "in a group below itself" };
                let message = format!("\"{}\" stands {why}", item.scalar().unwrap_or_default());
                let help = "Each kind of customer belongs to one broader kind at most.";
                findings.push(Finding::new(&checks::VALUE_WRONG, message).at(item.place.clone()).help(help));
                continue;
            }
            config.hierarchies.insert(child, parent.clone());
        }
    }
    findings
}

/// Whether one goes up from `from` to `to`.
fn leads_to(parents: &BTreeMap<String, String>, from: &str, to: &str) -> bool {
    let from = from.to_owned();
    std::iter::successors(Some(&from), |value| parents.get(*value)).any(|value| value == to)
}
