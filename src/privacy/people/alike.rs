//! No group of quotes that a page shows may be one respondent's alone: read together they would draw one person.

use std::collections::{BTreeMap, BTreeSet};

use super::{Held, Showing};
use crate::model::{Quote, slug};

/// Holds back quotes until no group of two or more is one respondent's. The first by id stays.
pub(super) fn part(quotes: &[Quote], shown: &mut [Result<Showing, Held>]) {
    loop {
        let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (index, quote) in quotes.iter().enumerate() {
            if let Some(Ok(showing)) = shown.get(index) {
                for group in groups_of(quote, showing) {
                    groups.entry(group).or_default().push(index);
                }
            }
        }
        let alone: BTreeSet<usize> = groups.values().flat_map(|group| others(quotes, group)).collect();
        if alone.is_empty() {
            return;
        }
        for index in alone {
            if let Some(one) = shown.get_mut(index) {
                *one = Err(Held::OneRespondent);
            }
        }
    }
}

/// The groups in which a reader meets a quote: what is said of its customer, its theme, its stage, its teams.
fn groups_of(quote: &Quote, showing: &Showing) -> Vec<Vec<String>> {
    let stage = quote.stage.as_ref().map_or(String::new(), |stage| stage.as_str().to_owned());
    let said = vec![
        "said".to_owned(),
        showing.time.map_or(String::new(), |time| time.to_string()),
        showing.segment.clone().unwrap_or_default(),
        if showing.source { quote.source.clone() } else { String::new() },
        quote.language.clone().unwrap_or_default(),
        stage.clone(),
    ];
    let theme = quote.theme.as_deref().map(slug).filter(|theme| !theme.is_empty());
    let mut groups = vec![said, vec!["theme".to_owned(), theme.unwrap_or_else(|| "other".to_owned())]];
    groups.extend(quote.stage.as_ref().map(|_| vec!["stage".to_owned(), stage]));
    let teams = quote.teams.iter().filter(|_| showing.teams);
    groups.extend(teams.map(|team| vec!["team".to_owned(), team.as_str().to_owned()]));
    groups
}

/// All but the first of a group that is one respondent's.
fn others(quotes: &[Quote], group: &[usize]) -> Vec<usize> {
    let respondents: BTreeSet<Option<&String>> =
        group.iter().filter_map(|index| quotes.get(*index)).map(|quote| quote.respondent.as_ref()).collect();
    if respondents.len() != 1 || respondents.contains(&None) {
        return Vec::new();
    }
    let mut group = group.to_vec();
    group.sort_by_key(|index| quotes.get(*index).map(|quote| &quote.id));
    group.split_off(1)
}
