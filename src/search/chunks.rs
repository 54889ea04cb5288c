//! The index as files: scripts that hand data to one function, because a page opened from a folder can load nothing else.
//!
//! `meta` says where the others begin; `wN` hold groups of words with their places, cut by the alphabet; `pN` hold what is
//! shown of entries; `spell` is for words nobody wrote; `kindN`, `teamN` and `stageN` list the entries of one filter. Places
//! are whole numbers and nothing else, so that no string can look like a customer's number.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::weigh::{Group, HIGHEST};
use super::{Entry, Filters};
use crate::output::sha256;

/// The function that every file calls.
pub(super) const CALL: &str = "cxbookSearch";

/// Bytes after which a file of words ends.
const WORDS_END: usize = 6_000;

/// Entries shown by one file.
pub(super) const SHOWN_TOGETHER: usize = 12;

/// Most places that are kept of one group; those that say most.
const MOST_PLACES: usize = 1_500;

/// Bytes of the list against slips.
const SPELL_BYTES: usize = 40_000;

/// Characters of an entry's own words under its title.
const EXCERPT: usize = 160;

/// All files by name.
pub(super) fn files(entries: &[Entry], groups: &[Group], filters: &Filters) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, data: &str| {
        let text = format!("{CALL}({},{data});\n", json(&name));
        files.insert(format!("{name}.js"), text.into_bytes());
    };
    let (cuts, words) = words(groups);
    for (number, data) in words.iter().enumerate() {
        add(format!("w{number}"), data);
    }
    for (number, block) in entries.chunks(SHOWN_TOGETHER).enumerate() {
        add(format!("p{number}"), &list(block.iter().map(shown)));
    }
    add("spell".to_owned(), &json(&spell(groups)));
    let by = |names: &[String],
              holds: &dyn Fn(&Entry, &String) -> bool,
              kind: &str,
              add: &mut dyn FnMut(String, &str)| {
        for (number, name) in names.iter().enumerate() {
            let of = entries.iter().enumerate().filter(|(_, entry)| holds(entry, name));
            add(format!("{kind}{number}"), &list(of.map(|(index, _)| index.to_string())));
        }
    };
    by(&filters.kinds, &|entry, name| entry.kind == *name, "kind", &mut add);
    by(&filters.teams, &|entry, name| entry.teams.contains(name), "team", &mut add);
    by(&filters.stages, &|entry, name| entry.stages.contains(name), "stage", &mut add);
    let names = |names: &[String]| list(names.iter().map(|name| json(name)));
    let meta = format!(
        "{{\"entries\":{},\"together\":{SHOWN_TOGETHER},\"steps\":{},\"cuts\":{},\"kind\":{},\"team\":{},\"stage\":{}}}",
        entries.len(),
        HIGHEST + 1,
        names(&cuts),
        names(&filters.kinds),
        names(&filters.teams),
        names(&filters.stages),
    );
    add("meta".to_owned(), &meta);
    files
}

/// A folder whose name changes with any byte in it. Letters only: digits could read as a number of somebody.
pub(super) fn folder(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut all = String::new();
    for (name, bytes) in files {
        let _ = writeln!(all, "{name} {}", sha256(bytes));
    }
    let digest = sha256(all.as_bytes());
    let letters = digest.chars().take(10).filter_map(|digit| digit.to_digit(16));
    let letters: String = letters.filter_map(|digit| char::from_digit(digit + 10, 36)).collect();
    format!("search/{letters}/")
}

/// The first word of each file of words, and the files.
fn words(groups: &[Group]) -> (Vec<String>, Vec<String>) {
    let mut keyed: Vec<(&String, &Group)> =
        groups.iter().filter_map(|group| group.words.first().map(|word| (word, group))).collect();
    keyed.sort_by(|(one, _), (other, _)| as_browsers_sort(one, other));
    let mut cuts: Vec<String> = Vec::new();
    let mut files: Vec<Vec<String>> = Vec::new();
    let mut size = WORDS_END;
    for (key, group) in &keyed {
        if size >= WORDS_END {
            cuts.push((*key).clone());
            files.push(Vec::new());
            size = 0;
        }
        let text = group_text(group);
        size += text.len();
        files.last_mut().map(|file| file.push(text)).unwrap_or_default();
    }
    // A word that the alphabet puts into another file than its group is named there too.
    let home = |word: &str| {
        cuts.partition_point(|cut| as_browsers_sort(cut, word) != Ordering::Greater).saturating_sub(1)
    };
    let mut elsewhere: Vec<(usize, String)> = Vec::new();
    for (key, group) in keyed {
        let own = home(key);
        for word in group.words.iter().filter(|word| home(word) != own) {
            elsewhere.push((home(word), format!("[{},{}]", json(word), json(key))));
        }
    }
    for (file, text) in elsewhere {
        files[file].push(text);
    }
    (cuts, files.into_iter().map(|groups| list(groups.into_iter())).collect())
}

/// Words, places as steps times sixteen plus weight, and the number of places where not all are kept.
fn group_text(group: &Group) -> String {
    let all = group.places.len();
    let mut kept = group.places.clone();
    if all > MOST_PLACES {
        kept.sort_by_key(|(entry, weight)| (std::cmp::Reverse(*weight), *entry));
        kept.truncate(MOST_PLACES);
        kept.sort_unstable();
    }
    let mut before = 0;
    let steps = kept.iter().map(|(entry, weight)| {
        let step = (entry - before) * (HIGHEST + 1) + weight;
        before = *entry;
        step.to_string()
    });
    let words: Vec<&str> = group.words.iter().map(String::as_str).collect();
    let (words, steps) = (json(&words.join(" ")), list(steps));
    if all > MOST_PLACES { format!("[{words},{steps},{all}]") } else { format!("[{words},{steps}]") }
}

/// What a result shows: title, heading, address, kind, the beginning of its words, value.
fn shown(entry: &Entry) -> String {
    let text = [&entry.said, &entry.summary, &entry.body].into_iter().find(|text| !text.trim().is_empty());
    let excerpt = text.map(|text| beginning(text)).unwrap_or_default();
    let mut parts = vec![
        json(&entry.title),
        json(entry.heading.as_deref().unwrap_or_default()),
        json(&entry.href),
        json(&entry.kind),
        json(&excerpt),
    ];
    parts.extend(entry.value.as_deref().map(json));
    list(parts.into_iter())
}

/// The first words of a text, up to a limit.
fn beginning(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        let word: String = word.chars().take(EXCERPT).collect();
        if short.chars().count() + word.chars().count() >= EXCERPT {
            return short + " …";
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(&word);
    }
    short
}

/// Words a slip can be mended to: those of titles first, then the ones that stand in most entries.
fn spell(groups: &[Group]) -> String {
    let mut ranked: Vec<&Group> = groups.iter().collect();
    ranked.sort_by_key(|group| (!group.names_something, std::cmp::Reverse(group.places.len())));
    let mut words: Vec<&str> = Vec::new();
    let mut size = 0;
    for word in ranked.into_iter().flat_map(|group| &group.words).filter(|word| word.chars().count() > 3) {
        size += word.len() + 1;
        if size > SPELL_BYTES {
            break;
        }
        words.push(word);
    }
    words.sort_unstable();
    words.join(" ")
}

/// The order of a browser's `<`: by units of sixteen bits.
fn as_browsers_sort(one: &str, other: &str) -> Ordering {
    one.encode_utf16().cmp(other.encode_utf16())
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

/// A text as a script may hold it, wherever the script stands.
pub(super) fn json(text: &str) -> String {
    safe(&serde_json::to_string(text).unwrap_or_default())
}

/// JSON as a script may hold it.
pub(super) fn safe(text: &str) -> String {
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
