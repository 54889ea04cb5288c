//! How much each word says about each entry: BM25 with weights for where it stands, as a whole number from 1 to 15.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::Stemmer;

use super::stem::stemmer;
use super::words::{folded, words};
use super::{Entry, Synonym};

/// The highest weight of a word in an entry.
pub(super) const HIGHEST: u32 = 15;

/// How fast a word that is said again stops saying more.
const SATURATION: f64 = 1.5;

/// A place in an entry where words stand: how much they count there, and how much its length matters.
struct Field {
    weight: f64,
    length_matters: f64,
    is_name: bool,
}

const NAME: Field = Field { weight: 8.0, length_matters: 0.6, is_name: true };
const HEADING: Field = Field { weight: 5.0, length_matters: 0.5, is_name: true };
const ALSO: Field = Field { weight: 5.0, length_matters: 0.3, is_name: true };
/// The page's title, for a section of it.
const ABOVE: Field = Field { weight: 1.5, length_matters: 0.3, is_name: false };
const SUMMARY: Field = Field { weight: 2.0, length_matters: 0.5, is_name: false };
const SAID: Field = Field { weight: 1.2, length_matters: 0.5, is_name: false };
const BODY: Field = Field { weight: 1.0, length_matters: 0.75, is_name: false };
/// The other way to say what an entry says.
const SYNONYM: Field = Field { weight: 0.8, length_matters: 0.0, is_name: false };
const FIELDS: usize = 8;

/// Words of one stem and where they stand.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// As they are looked up.
    pub(super) words: BTreeSet<String>,
    /// Number of the entry and weight, in the order of the entries.
    pub(super) places: Vec<(u32, u32)>,
    /// Whether one of them stands in a title or a heading.
    pub(super) names_something: bool,
}

/// Weighs all words of all entries. Groups stand in the order of their stems.
pub(super) fn weigh(entries: &[Entry], synonyms: &[Synonym], language: &str) -> Vec<Group> {
    let mut lexicon = Lexicon { stemmer: stemmer(language), known: BTreeMap::new(), groups: BTreeMap::new() };
    let synonyms: Vec<[Vec<u32>; 2]> =
        synonyms.iter().map(|pair| [lexicon.read(&pair.one), lexicon.read(&pair.other)]).collect();
    let read: Vec<Vec<(usize, Vec<u32>)>> =
        entries.iter().map(|entry| lexicon.fields(entry, &synonyms)).collect();
    let average = averages(&read);
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); lexicon.groups.len()];
    let mut names: Vec<bool> = vec![false; lexicon.groups.len()];
    for (number, fields) in (0u32..).zip(&read) {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for (index, ids) in fields {
            let field = field(*index);
            let length = ids.len() as f64 / average[*index].max(1.0);
            let each = field.weight / (1.0 - field.length_matters + field.length_matters * length);
            for id in ids {
                *sums.entry(*id).or_default() += each;
                names[*id as usize] |= field.is_name;
            }
        }
        for (id, sum) in sums {
            places[id as usize].push((number, weight(sum)));
        }
    }
    let mut groups: Vec<Group> = places
        .into_iter()
        .zip(names)
        .map(|(places, names_something)| Group { words: BTreeSet::new(), places, names_something })
        .collect();
    for (word, id) in lexicon.known {
        groups[id as usize].words.insert(folded(&word));
    }
    groups.retain(|group| !group.places.is_empty());
    groups
}

fn field(index: usize) -> &'static Field {
    [&NAME, &HEADING, &ALSO, &ABOVE, &SUMMARY, &SAID, &BODY, &SYNONYM][index]
}

fn weight(sum: f64) -> u32 {
    let share = sum / (SATURATION + sum);
    ((share * f64::from(HIGHEST)).round() as u32).clamp(1, HIGHEST)
}

fn averages(read: &[Vec<(usize, Vec<u32>)>]) -> [f64; FIELDS] {
    let mut sums = [(0usize, 0usize); FIELDS];
    for (index, ids) in read.iter().flatten() {
        sums[*index].0 += ids.len();
        sums[*index].1 += 1;
    }
    sums.map(|(words, times)| words as f64 / times.max(1) as f64)
}

/// All words seen so far and the number of the group of each.
struct Lexicon {
    stemmer: Option<Stemmer>,
    known: BTreeMap<String, u32>,
    groups: BTreeMap<String, u32>,
}

impl Lexicon {
    /// Numbers of the groups of the words of a text, in its order.
    fn read(&mut self, text: &str) -> Vec<u32> {
        words(text).into_iter().map(|word| self.group(word)).collect()
    }

    fn group(&mut self, word: String) -> u32 {
        if let Some(id) = self.known.get(&word) {
            return *id;
        }
        let stem =
            self.stemmer.as_ref().map_or_else(|| word.clone(), |stemmer| stemmer.stem(&word).into_owned());
        let next = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let id = *self.groups.entry(folded(&stem)).or_insert(next);
        self.known.insert(word, id);
        id
    }

    /// The fields of an entry that have words.
    fn fields(&mut self, entry: &Entry, synonyms: &[[Vec<u32>; 2]]) -> Vec<(usize, Vec<u32>)> {
        let above = if entry.heading.is_some() { 3 } else { 0 };
        let texts = [
            (above, entry.title.as_str()),
            (1, entry.heading.as_deref().unwrap_or_default()),
            (2, &entry.also),
            (4, &entry.summary),
            (5, &entry.said),
            (6, &entry.body),
        ];
        let mut fields: Vec<(usize, Vec<u32>)> =
            texts.into_iter().map(|(index, text)| (index, self.read(text))).collect();
        let mut said: Vec<u32> = Vec::new();
        for [one, other] in synonyms {
            let holds = |phrase: &[u32]| {
                !phrase.is_empty()
                    && fields.iter().any(|(_, ids)| ids.windows(phrase.len()).any(|part| part == phrase))
            };
            match (holds(one), holds(other)) {
                (true, false) => said.extend(other),
                (false, true) => said.extend(one),
                _ => {}
            }
        }
        said.sort_unstable();
        said.dedup();
        fields.push((7, said));
        fields.retain(|(_, ids)| !ids.is_empty());
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group_of<'a>(groups: &'a [Group], word: &str) -> &'a Group {
        groups.iter().find(|group| group.words.contains(word)).expect("the word is known")
    }

    #[test]
    fn words_of_one_stem_stand_together() {
        let entry = |body: &str| Entry { body: body.to_owned(), ..Entry::default() };
        let groups = weigh(&[entry("customers called"), entry("the customer's call")], &[], "en-GB");
        assert_eq!(group_of(&groups, "customer").places.len(), 2);
        assert_eq!(group_of(&groups, "called").words.iter().collect::<Vec<_>>(), ["call", "called"]);
        let groups = weigh(&[entry("Kunde"), entry("Kunden")], &[], "de");
        assert_eq!(group_of(&groups, "kunden").places.len(), 2);
        let groups = weigh(&[entry("kunde"), entry("kunden")], &[], "x-none");
        assert_eq!(group_of(&groups, "kunden").places.len(), 1);
    }

    #[test]
    fn a_title_says_more_than_a_long_text() {
        let title =
            Entry { title: "Call ahead".into(), body: "We ring first. ".repeat(20), ..Entry::default() };
        let body = Entry { title: "Parcels".into(), body: "We call. ".repeat(3), ..Entry::default() };
        let groups = weigh(&[title, body], &[], "en");
        let places = &group_of(&groups, "call").places;
        assert!(places[0].1 > places[1].1 && places.iter().all(|(_, weight)| (1..=HIGHEST).contains(weight)));
    }

    #[test]
    fn synonyms_lead_both_ways() {
        let entry = |body: &str| Entry { body: body.to_owned(), ..Entry::default() };
        let pair = Synonym { one: "NPS".into(), other: "Net Promoter Score".into() };
        let groups = weigh(
            &[entry("our NPS rose"), entry("the net promoter score fell"), entry("net weight")],
            &[pair],
            "en",
        );
        assert_eq!(
            group_of(&groups, "promoter").places.iter().map(|place| place.0).collect::<Vec<_>>(),
            [0, 1]
        );
        assert_eq!(group_of(&groups, "nps").places.iter().map(|place| place.0).collect::<Vec<_>>(), [0, 1]);
    }
}
