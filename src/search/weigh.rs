//! How much each word says about each entry: BM25 with weights for where it stands, as a whole number from 1 to 15. The
//! highest is kept for words of the entry's own title, so that a title that is asked for in full can be told from a text about it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_stemmers::Stemmer;

use super::Synonym;
use super::numbers::Numbers;
use super::read::{Fields, Part};
use super::stem::stemmer;
use super::words::{each, folded};

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

/// Entries that are weighed before their places are noted; what is found does not depend on it.
const TOGETHER: usize = 1_000;

/// Words of one stem and where they stand.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// As they are looked up, in their order.
    pub(super) words: Vec<String>,
    /// Number of the entry and weight, in the order of the entries.
    pub(super) places: Vec<(u32, u32)>,
    /// Whether one of them stands in a title or a heading.
    pub(super) names_something: bool,
}

/// Weighs all words of all entries, which follow on each other part by part. Groups stand in the order of their stems.
pub(super) fn weigh(parts: Vec<Part>, synonyms: &[Synonym], language: &str) -> Vec<Group> {
    let mut lexicon = Lexicon { stemmer: stemmer(language), ..Lexicon::default() };
    let synonyms = Phrases::of(synonyms, &mut lexicon);
    let mut read: Vec<Fields> = parts.into_iter().flat_map(|part| lexicon.take(part)).collect();
    read.par_iter_mut().for_each(|fields| synonyms.add_to(fields));
    let average = averages(&read);
    let groups = lexicon.groups.len();
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); groups];
    let mut names: Vec<bool> = vec![false; groups];
    for (part, read) in read.chunks(TOGETHER).enumerate() {
        let scale = || Scale::new(groups);
        let said: Vec<Vec<Said>> = read
            .par_iter()
            .with_min_len(TOGETHER / 4)
            .map_init(scale, |scale, fields| scale.said(fields, &average))
            .collect();
        // Each thread goes through all that was said, and notes what is of its own groups.
        let share = groups.div_ceil(rayon::current_num_threads()).max(1);
        let shares = places.par_chunks_mut(share).zip(names.par_chunks_mut(share)).enumerate();
        shares.for_each(|(own, (places, names))| {
            let numbers = (part * TOGETHER..).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
            for (number, said) in numbers.zip(&said) {
                for Said { group, weight, is_name } in said {
                    let at = (*group as usize).wrapping_sub(own * share);
                    let (Some(places), Some(name)) = (places.get_mut(at), names.get_mut(at)) else {
                        continue;
                    };
                    places.push((number, *weight));
                    *name |= is_name;
                }
            }
        });
    }
    let mut groups: Vec<Group> = places
        .into_iter()
        .zip(names)
        .map(|(places, names_something)| Group { words: Vec::new(), places, names_something })
        .collect();
    for (word, group) in lexicon.words.into_words().iter().zip(lexicon.group_of) {
        groups[group as usize].words.push(folded(word));
    }
    groups.retain(|group| !group.places.is_empty());
    groups.par_iter_mut().for_each(|group| {
        group.words.sort_unstable();
        group.words.dedup();
    });
    groups
}

/// What the words of one group say about one entry.
struct Said {
    group: u32,
    weight: u32,
    is_name: bool,
}

/// What is said about one entry, added up: a place for each group, empty between two entries.
struct Scale {
    sums: Vec<f64>,
    /// Whether a word of the group stands in what names the entry, and whether in its title.
    names: Vec<(bool, bool)>,
}

impl Scale {
    fn new(groups: usize) -> Self {
        Self { sums: vec![0.0; groups], names: vec![(false, false); groups] }
    }

    /// What an entry's words say about it, group by group. Sums are the same whatever else an entry says.
    fn said(&mut self, fields: &Fields, average: &[f64; FIELDS]) -> Vec<Said> {
        let mut met: Vec<u32> = Vec::with_capacity(fields.iter().map(|(_, ids)| ids.len()).sum());
        for (index, ids) in fields {
            let field = field(*index);
            let length = ids.len() as f64 / average[*index].max(1.0);
            let each = field.weight / (1.0 - field.length_matters + field.length_matters * length);
            for id in ids {
                let (sum, names) = (&mut self.sums[*id as usize], &mut self.names[*id as usize]);
                if *sum == 0.0 {
                    met.push(*id);
                }
                *sum += each;
                *names = (names.0 | field.is_name, names.1 | (*index == 0));
            }
        }
        let of_group = |group: u32| {
            let sum = std::mem::take(&mut self.sums[group as usize]);
            let (is_name, is_title) = std::mem::take(&mut self.names[group as usize]);
            Said { group, weight: if is_title { HIGHEST } else { weight(sum) }, is_name }
        };
        met.into_iter().map(of_group).collect()
    }
}

fn field(index: usize) -> &'static Field {
    [&NAME, &HEADING, &ALSO, &ABOVE, &SUMMARY, &SAID, &BODY, &SYNONYM][index]
}

fn weight(sum: f64) -> u32 {
    let share = sum / (SATURATION + sum);
    ((share * f64::from(HIGHEST)).round() as u32).clamp(1, HIGHEST - 1)
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
#[derive(Default)]
struct Lexicon {
    stemmer: Option<Stemmer>,
    words: Numbers,
    group_of: Vec<u32>,
    groups: Numbers,
}

impl Lexicon {
    /// Numbers of the groups of the words of a text, in its order.
    fn read(&mut self, text: &str) -> Vec<u32> {
        let mut groups = Vec::new();
        each(text, &mut |word| groups.push(self.group(word)));
        groups
    }

    fn group(&mut self, word: &str) -> u32 {
        let (number, is_new) = self.words.of(word);
        if is_new {
            let stem = self.stemmer.as_ref().map_or(Cow::Borrowed(word), |stemmer| stemmer.stem(word));
            self.group_of.push(self.groups.of(&folded(&stem)).0);
        }
        self.group_of[number as usize]
    }

    /// The fields of some entries, with numbers of groups in place of numbers of words.
    fn take(&mut self, part: Part) -> Vec<Fields> {
        let groups: Vec<u32> = part.words.iter().map(|word| self.group(word)).collect();
        let mut fields = part.fields;
        let ids = fields.iter_mut().flatten().flat_map(|(_, ids)| ids);
        ids.for_each(|id| *id = groups[*id as usize]);
        fields
    }
}

/// Ways to say one thing, as numbers of groups, found by their first word: a glossary may be long, and every entry is looked at.
struct Phrases {
    ways: Vec<Vec<Vec<u32>>>,
    begin: BTreeMap<u32, Vec<(usize, usize)>>,
}

impl Phrases {
    fn of(synonyms: &[Synonym], lexicon: &mut Lexicon) -> Self {
        let mut read = |words: &String| lexicon.read(words);
        let ways: Vec<Vec<Vec<u32>>> =
            synonyms.iter().map(|one| one.ways.iter().map(&mut read).collect()).collect();
        let mut begin: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for (thing, ways) in ways.iter().enumerate() {
            for (way, phrase) in ways.iter().enumerate() {
                begin.entry(*phrase.first().unwrap_or(&u32::MAX)).or_default().push((thing, way));
            }
        }
        Self { ways, begin }
    }

    /// Adds the words of all other ways to say what an entry says, each once.
    fn add_to(&self, fields: &mut Fields) {
        let unsaid = self.unsaid(fields.iter().map(|(_, ids)| ids.as_slice()));
        if !unsaid.is_empty() {
            fields.push((7, unsaid));
        }
    }

    fn unsaid<'a>(&self, texts: impl Iterator<Item = &'a [u32]>) -> Vec<u32> {
        let mut said: BTreeSet<(usize, usize)> = BTreeSet::new();
        for ids in texts {
            for (at, id) in ids.iter().enumerate() {
                let here = self.begin.get(id).into_iter().flatten();
                said.extend(here.filter(|(thing, way)| ids[at..].starts_with(&self.ways[*thing][*way])));
            }
        }
        let things: BTreeSet<usize> = said.iter().map(|(thing, _)| *thing).collect();
        let ways =
            things.into_iter().flat_map(|thing| (0..self.ways[thing].len()).map(move |way| (thing, way)));
        let unsaid: BTreeSet<u32> = ways
            .filter(|way| !said.contains(way))
            .flat_map(|(thing, way)| &self.ways[thing][way])
            .copied()
            .collect();
        unsaid.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Entry;
    use super::*;

    /// The groups of some entries, read one by one.
    fn weigh(entries: &[Entry], synonyms: &[Synonym], language: &str) -> Vec<Group> {
        let parts = entries.chunks(1).map(Part::of).collect();
        super::weigh(parts, synonyms, language)
    }

    fn group_of<'a>(groups: &'a [Group], word: &str) -> &'a Group {
        groups.iter().find(|group| group.words.iter().any(|own| own == word)).expect("the word is known")
    }

    #[test]
    fn words_of_one_stem_stand_together() {
        let entry = |body: &str| Entry { body: body.to_owned(), ..Entry::default() };
        let groups = weigh(&[entry("customers called"), entry("the customer and a call")], &[], "en-GB");
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
        let body = Entry { title: "Parcels".into(), body: "We call. ".into(), ..Entry::default() };
        let groups = weigh(&[title, body], &[], "en");
        let places = &group_of(&groups, "call").places;
        assert!(places[0].1 > places[1].1 && places.iter().all(|(_, weight)| (1..=HIGHEST).contains(weight)));
    }

    #[test]
    fn synonyms_lead_both_ways() {
        let entry = |body: &str| Entry { body: body.to_owned(), ..Entry::default() };
        let pair =
            Synonym { ways: vec!["NPS".into(), "Net Promoter Score".into(), "recommend score".into()] };
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
        assert_eq!(
            group_of(&groups, "recommend").places.iter().map(|place| place.0).collect::<Vec<_>>(),
            [0, 1]
        );
    }
}
