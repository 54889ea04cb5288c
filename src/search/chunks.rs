//! The index as files: scripts that hand data to one function, because a page opened from a folder can load nothing else.
//!
//! `meta` says where the others begin; `wN` hold groups of words with their places, cut by the alphabet; `pN` hold what is
//! shown of entries, see [`shown`]; `sN` are for words nobody wrote; `kindN`, `teamN` and `stageN` list the entries of one
//! filter. Places are whole numbers and nothing else, so that no string can look like a customer's number.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use super::shown::{Blocks, LONGEST, TOGETHER};
use super::text::{json, list, push_number, put_json};
use super::weigh::{Group, HIGHEST};
use super::{Entry, Filters};
use crate::output::sha256;

/// The function that every file calls.
pub(super) const CALL: &str = "cxbookSearch";

/// Bytes after which a file of words ends.
const WORDS_END: usize = 6_000;

/// Bytes of the whole list against slips.
const SPELL_BYTES: usize = 200_000;

/// Bytes after which a part of that list ends, at the next first letter.
const SPELL_END: usize = 8_000;

/// What is kept of an index: places of one group, those that say most, and characters of an entry's own words below its title.
struct Kept {
    places: usize,
    excerpt: usize,
}

/// From the most to the least; the first with which the index stays small enough is taken.
const KEPT: [Kept; 7] = [
    Kept { places: 1_500, excerpt: LONGEST },
    Kept { places: 1_500, excerpt: 100 },
    Kept { places: 1_500, excerpt: 60 },
    Kept { places: 1_500, excerpt: 0 },
    Kept { places: 1_200, excerpt: 0 },
    Kept { places: 900, excerpt: 0 },
    Kept { places: 600, excerpt: 0 },
];

/// Bytes of an index for each page.
const BYTES_A_PAGE: usize = 980;

/// Bytes that any index may have: a small book has nothing to save.
const BYTES_OF_ANY: usize = 1_500_000;

/// Bytes that a file holds around its data, as the room for words and results is counted.
const AROUND: usize = CALL.len() + 12;

/// What all files hold, by their names.
pub(super) fn files(entries: &[Entry], groups: &[Group], filters: &Filters) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut add = |name: String, data: String| files.push((name, data));
    let (spell_cuts, spell) = spell(groups);
    for (number, words) in spell.iter().enumerate() {
        add(format!("s{number}"), json(words));
    }
    for (kind, names, of) in [
        ("kind", &filters.kinds, (|entry| std::slice::from_ref(&entry.kind)) as fn(&Entry) -> &[String]),
        ("team", &filters.teams, |entry| &entry.teams),
        ("stage", &filters.stages, |entry| &entry.stages),
    ] {
        for (number, held) in held(entries, names, of).into_iter().enumerate() {
            add(format!("{kind}{number}"), runs(held.into_iter()));
        }
    }
    let size = files.iter().map(|(name, data)| file_size(name, data)).sum();
    let (cuts, words, blocks) = fitting(entries, groups, filters, size);
    let numbered = |kind: &'static str, data: Vec<String>| {
        data.into_iter().enumerate().map(move |(number, data)| (format!("{kind}{number}"), data))
    };
    files.extend(numbered("w", words).chain(numbered("p", blocks)));
    let names = |names: &[String]| list(names.iter().map(|name| json(name)));
    let meta = format!(
        "{{\"entries\":{},\"together\":{TOGETHER},\"steps\":{},\"cuts\":{},\"spell\":{},\"kind\":{},\"team\":{},\"stage\":{}}}",
        entries.len(),
        HIGHEST + 1,
        names(&cuts),
        names(&spell_cuts),
        names(&filters.kinds),
        names(&filters.teams),
        names(&filters.stages),
    );
    files.push(("meta".to_owned(), meta));
    files
}

/// For each name, which entries have it; names are sorted.
fn held(entries: &[Entry], names: &[String], of: fn(&Entry) -> &[String]) -> Vec<Vec<bool>> {
    let mut held = vec![vec![false; entries.len()]; names.len()];
    for (at, entry) in entries.iter().enumerate() {
        for number in of(entry).iter().filter_map(|name| names.binary_search(name).ok()) {
            held[number][at] = true;
        }
    }
    held
}

/// How many bytes [`file`] makes of it.
fn file_size(name: &str, data: &str) -> usize {
    CALL.len() + json(name).len() + data.len() + "(,);\n".len()
}

/// One file: data for a name.
pub(super) fn file(name: &str, data: &str) -> Vec<u8> {
    format!("{CALL}({},{data});\n", json(name)).into_bytes()
}

/// Cuts of the files of words, those files and the blocks of results, with as much kept as there is room for beside `taken` bytes.
fn fitting(
    entries: &[Entry],
    groups: &[Group],
    filters: &Filters,
    taken: usize,
) -> (Vec<String>, Vec<String>, Vec<String>) {
    let pages = entries.iter().filter(|entry| entry.heading.is_none()).count();
    let room = (BYTES_A_PAGE * pages).max(BYTES_OF_ANY).saturating_sub(taken);
    let blocks = Blocks::of(entries, &filters.kinds);
    let mut words_of: BTreeMap<usize, (Vec<String>, Vec<String>)> = BTreeMap::new();
    let mut sizes_of_blocks: BTreeMap<usize, usize> = BTreeMap::new();
    let mut fits = |Kept { places, excerpt }: &Kept| {
        let listed = || {
            let groups: Vec<Listed<'_>> = groups.par_iter().map(|group| Listed::of(group, *places)).collect();
            words(&groups)
        };
        let (of_words, of_blocks) = rayon::join(
            || {
                words_of
                    .entry(*places)
                    .or_insert_with(listed)
                    .1
                    .iter()
                    .map(|text| text.len() + AROUND)
                    .sum::<usize>()
            },
            || *sizes_of_blocks.entry(*excerpt).or_insert_with(|| blocks.size(*excerpt, AROUND)),
        );
        of_words + of_blocks <= room
    };
    // The last is taken in any case.
    let least = &KEPT[KEPT.len() - 1];
    let kept = KEPT.iter().find(|kept| fits(kept)).unwrap_or(least);
    let (cuts, files) = words_of.remove(&kept.places).unwrap_or_default();
    (cuts, files, blocks.texts(kept.excerpt))
}

/// Which entries, as the number of those that are not and the number of those that are, in turns.
pub(super) fn runs(holds: impl Iterator<Item = bool>) -> String {
    let mut counts: Vec<usize> = vec![0];
    for held in holds {
        // Every second count is of entries that are held.
        if held != counts.len().is_multiple_of(2) {
            counts.push(0);
        }
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
    }
    list(counts.iter().map(usize::to_string))
}

/// A folder whose name changes with any byte in it. Letters only: digits could read as a number of somebody.
pub(super) fn folder(files: &BTreeMap<String, Arc<Vec<u8>>>) -> String {
    let mut all = String::new();
    for (name, bytes) in files {
        let _ = writeln!(all, "{name} {}", sha256(bytes));
    }
    let digest = sha256(all.as_bytes());
    let letters = digest.chars().take(10).filter_map(|digit| digit.to_digit(16));
    let letters: String = letters.filter_map(|digit| char::from_digit(digit + 10, 36)).collect();
    format!("search/{letters}/")
}

/// A group of words as its file holds it.
#[derive(Debug, Clone)]
pub(super) struct Listed<'a> {
    /// As they are looked up; the group stands in the order of the first.
    pub(super) words: Cow<'a, [String]>,
    /// Number of the entry and weight, in the order of the entries.
    pub(super) places: Cow<'a, [(u32, u32)]>,
    /// How many places there are, where not all are kept.
    pub(super) all: usize,
}

impl<'a> Listed<'a> {
    /// With at most so many places, those that say most.
    fn of(group: &'a Group, most: usize) -> Self {
        let all = group.places.len();
        let mut places = Cow::Borrowed(group.places.as_slice());
        if all > most {
            let mut best = places.into_owned();
            best.select_nth_unstable_by_key(most, |(entry, weight)| (std::cmp::Reverse(*weight), *entry));
            best.truncate(most);
            best.sort_unstable();
            places = Cow::Owned(best);
        }
        Self { words: Cow::Borrowed(&group.words), places, all }
    }

    /// Words, places as steps times sixteen plus weight, and the number of places where not all are kept.
    fn text(&self) -> String {
        let mut text = String::with_capacity(16 * self.words.len() + 5 * self.places.len());
        text.push('[');
        put_json(&mut text, &self.words.join(" "));
        text.push_str(",[");
        let mut before = 0;
        for (at, (entry, weight)) in self.places.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            push_number(&mut text, (entry - before) * (HIGHEST + 1) + weight);
            before = *entry;
        }
        text.push(']');
        if self.all > self.places.len() {
            let _ = write!(text, ",{}", self.all);
        }
        text.push(']');
        text
    }
}

/// The first word of each file of words, and the files.
pub(super) fn words(groups: &[Listed<'_>]) -> (Vec<String>, Vec<String>) {
    let mut keyed: Vec<(&String, &Listed<'_>)> =
        groups.iter().filter_map(|group| group.words.first().map(|word| (word, group))).collect();
    keyed.par_sort_by(|(one, _), (other, _)| as_browsers_sort(one, other));
    let mut cuts: Vec<String> = Vec::new();
    let mut files: Vec<Vec<String>> = Vec::new();
    let mut size = WORDS_END;
    let texts: Vec<String> = keyed.par_iter().map(|(_, group)| group.text()).collect();
    for ((key, _), text) in keyed.iter().zip(texts) {
        if size >= WORDS_END {
            cuts.push((*key).clone());
            files.push(Vec::new());
            size = 0;
        }
        size += text.len();
        files.last_mut().map(|file| file.push(text)).unwrap_or_default();
    }
    // A word that the alphabet puts into another file than its group is named there too.
    let home = |word: &str| {
        cuts.partition_point(|cut| as_browsers_sort(cut, word) != Ordering::Greater).saturating_sub(1)
    };
    let elsewhere = |(key, group): &(&String, &Listed<'_>)| {
        let own = home(key);
        let away = group.words.iter().map(|word| (word, home(word))).filter(|(_, home)| *home != own);
        away.map(|(word, home)| (home, format!("[{},{}]", json(word), json(key)))).collect::<Vec<_>>()
    };
    let elsewhere: Vec<(usize, String)> = keyed.par_iter().flat_map_iter(elsewhere).collect();
    for (file, text) in elsewhere {
        files[file].push(text);
    }
    (cuts, files.into_par_iter().map(|groups| list(groups.into_iter())).collect())
}

/// Words a slip can be mended to, those of titles first, then the ones that stand in most entries: cut by first letters where
/// they are many, with the letter that begins each part.
fn spell(groups: &[Group]) -> (Vec<String>, Vec<String>) {
    let mut ranked: Vec<&Group> = groups.iter().collect();
    ranked.sort_by_key(|group| (!group.names_something, std::cmp::Reverse(group.places.len())));
    let mut words: Vec<&str> = Vec::new();
    let mut size = 0;
    // Numbers are no slips, and in a row they would read like a card's.
    let is_word = |word: &&String| word.chars().count() > 3 && !word.contains(char::is_numeric);
    for word in ranked.into_iter().flat_map(|group| &group.words).filter(is_word) {
        size += word.len() + 1;
        if size > SPELL_BYTES {
            break;
        }
        words.push(word);
    }
    words.sort_by(|one, other| as_browsers_sort(one, other));
    let (mut cuts, mut parts) = (vec![String::new()], vec![String::new()]);
    let mut before = None;
    for word in words {
        let first = word.chars().next();
        if first != before && parts.last().is_some_and(|part| part.len() >= SPELL_END) {
            cuts.extend(first.map(String::from));
            parts.push(String::new());
        }
        before = first;
        if let Some(part) = parts.last_mut() {
            part.push_str(if part.is_empty() { "" } else { " " });
            part.push_str(word);
        }
    }
    (cuts, parts)
}

/// The order of a browser's `<`: by units of sixteen bits.
fn as_browsers_sort(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        return one.cmp(other);
    }
    one.encode_utf16().cmp(other.encode_utf16())
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_count_in_turns() {
        assert_eq!(runs([false, true, true, false].into_iter()), "[1,2,1]");
        assert_eq!(runs([true, false, true].into_iter()), "[0,1,1,1]");
        assert_eq!(runs([].into_iter()), "[0]");
    }
}
