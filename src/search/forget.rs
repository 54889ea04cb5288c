//! Forgetting words in an index that was built before: what stood in a text that was taken out can be looked up no more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::chunks::CALL;
use super::shown::{TOGETHER, plain};
use super::weigh::HIGHEST;

/// One file of an index.
struct Chunk {
    name: String,
    data: Value,
}

/// The files of an index that change, by the paths they came with.
///
/// `went` says of an entry's address that the entry itself is gone, `gone` of an address and the words of one stem that none of
/// them stands there any more, `stands_nowhere` that no page has a word.
///
/// # Errors
/// Which file cannot be read.
pub fn forget(
    files: &BTreeMap<String, Vec<u8>>,
    went: &dyn Fn(&str) -> bool,
    gone: &dyn Fn(&str, &[&str]) -> bool,
    stands_nowhere: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut chunks = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".js")) {
        chunks.insert(path.clone(), read(bytes).ok_or_else(|| format!("{path} is damaged"))?);
    }
    let entries = addresses(&chunks);
    let dead: BTreeSet<u64> =
        entries.iter().filter(|(_, href)| went(href)).map(|(number, _)| *number).collect();
    let mut keys = BTreeSet::new();
    for chunk in chunks.values_mut().filter(|chunk| is_numbered(&chunk.name, "w")) {
        let Some(groups) = chunk.data.as_array_mut() else { continue };
        groups.retain_mut(|group| {
            let kept = keep(group, &entries, gone);
            keys.extend(
                group
                    .get(0)
                    .and_then(Value::as_str)
                    .and_then(|words| words.split(' ').next())
                    .filter(|_| kept)
                    .map(str::to_owned),
            );
            kept
        });
    }
    let mut cuts = BTreeMap::new();
    for chunk in chunks.values_mut() {
        match chunk.name.as_str() {
            name if is_numbered(name, "s") => spell(&mut chunk.data, stands_nowhere),
            name if is_numbered(name, "w") => {
                words(&mut chunk.data, &keys, stands_nowhere);
                cuts.extend(first(&chunk.data).map(|key| (name.to_owned(), key)));
            }
            name if is_numbered(name, "p") => hide(&mut chunk.data, went),
            name if ["kind", "team", "stage"].iter().any(|kind| is_numbered(name, kind)) => {
                unlist(&mut chunk.data, &dead);
            }
            _ => {}
        }
    }
    for chunk in chunks.values_mut().filter(|chunk| chunk.name == "meta") {
        let list = chunk.data.get_mut("cuts").and_then(Value::as_array_mut);
        for (number, cut) in list.into_iter().flatten().enumerate() {
            let is_gone = cut.as_str().is_some_and(stands_nowhere);
            if let Some(key) = cuts.get(&format!("w{number}")).filter(|_| is_gone) {
                *cut = Value::from(key.as_str());
            }
        }
    }
    let fresh = chunks.into_iter().map(|(path, chunk)| {
        let text = format!(
            "{CALL}({},{});\n",
            super::chunks::json(&chunk.name),
            super::chunks::safe(&chunk.data.to_string())
        );
        (path, text.into_bytes())
    });
    Ok(fresh.filter(|(path, bytes)| files.get(path) != Some(bytes)).collect())
}

fn read(bytes: &[u8]) -> Option<Chunk> {
    let text = std::str::from_utf8(bytes).ok()?;
    let inner = text.trim_end().strip_prefix(CALL)?.strip_prefix('(')?.strip_suffix(");")?;
    let (name, data) = inner.split_once(',')?;
    Some(Chunk { name: serde_json::from_str(name).ok()?, data: serde_json::from_str(data).ok()? })
}

/// Whether a name is `w12` for the kind `w`.
fn is_numbered(name: &str, kind: &str) -> bool {
    let number = name.strip_prefix(kind).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Addresses of all entries by their numbers.
fn addresses(chunks: &BTreeMap<String, Chunk>) -> BTreeMap<u64, String> {
    let mut addresses = BTreeMap::new();
    for chunk in chunks.values().filter(|chunk| is_numbered(&chunk.name, "p")) {
        let number: u64 = chunk.name[1..].parse().unwrap_or(0);
        let block = chunk.data.as_array().map_or(&[][..], Vec::as_slice);
        for (at, entry) in (0..).zip(entries(block)) {
            addresses.insert(number * TOGETHER as u64 + at, entry.address());
        }
    }
    addresses
}

/// What is shown of an entry, and the one it goes on from: itself, or the one above that says what a page has in common.
struct Shown<'a> {
    own: &'a [Value],
    whole: &'a [Value],
}

/// The entries of a block.
fn entries(block: &[Value]) -> Vec<Shown<'_>> {
    let mut whole: &[Value] = &[];
    let mut shown = Vec::with_capacity(block.len());
    for entry in block {
        let own = entry.as_array().map_or(&[][..], Vec::as_slice);
        whole = if own.len() > 3 { own } else { whole };
        shown.push(Shown { own, whole });
    }
    shown
}

impl Shown<'_> {
    fn address(&self) -> String {
        let text = |part: Option<&Value>| part.and_then(Value::as_str).unwrap_or_default().to_owned();
        let (heading, route) = (text(self.own.first()), text(self.whole.get(5)));
        if heading.is_empty() {
            return route;
        }
        let fragment = self.own.get(2).and_then(Value::as_str).map_or_else(|| plain(&heading), str::to_owned);
        format!("{route}#{fragment}")
    }

    /// The same with nothing left out.
    fn in_full(&self) -> Value {
        let common = |at: usize| self.own.get(at).or_else(|| self.whole.get(at)).cloned().unwrap_or_default();
        let fragment = self.own.get(2).cloned().unwrap_or_else(|| Value::from(0));
        let heading = self.own.first().cloned().unwrap_or_default();
        let value = self.own.get(6).cloned();
        Value::from_iter(
            [heading, common(1), fragment, common(3), common(4), common(5)].into_iter().chain(value),
        )
    }
}

/// Takes places out of a group of words; false when none is left. A pointer to another group is kept here.
fn keep(group: &mut Value, entries: &BTreeMap<u64, String>, gone: &dyn Fn(&str, &[&str]) -> bool) -> bool {
    let said = group.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
    let said: Vec<&str> = said.split(' ').collect();
    let steps = u64::from(HIGHEST) + 1;
    let Some(list) = group.get_mut(1).and_then(Value::as_array_mut) else { return true };
    let (mut number, mut before, mut kept, mut fewer) = (0, 0, Vec::new(), 0_u64);
    for place in list.iter().filter_map(Value::as_u64) {
        number += place / steps;
        if entries.get(&number).is_some_and(|href| gone(href, &said)) {
            fewer += 1;
            continue;
        }
        kept.push(Value::from((number - before) * steps + place % steps));
        before = number;
    }
    *list = kept;
    let is_left = !list.is_empty();
    if let Some(all) = group.get_mut(2) {
        *all = Value::from(all.as_u64().unwrap_or(0).saturating_sub(fewer));
    }
    is_left
}

/// Takes words out that stand nowhere any more, but for the first of a group, by which it is found; and pointers to groups that
/// are gone.
fn words(data: &mut Value, keys: &BTreeSet<String>, stands_nowhere: &dyn Fn(&str) -> bool) {
    let Some(groups) = data.as_array_mut() else { return };
    groups.retain(|group| group.get(1).and_then(Value::as_str).is_none_or(|key| keys.contains(key)));
    for group in groups.iter_mut().filter(|group| group.get(1).is_some_and(Value::is_array)) {
        let Some(said) = group.get(0).and_then(Value::as_str) else { continue };
        let all: Vec<&str> = said.split(' ').collect();
        let left = all.iter().enumerate().filter(|(at, word)| *at == 0 || !stands_nowhere(word));
        group[0] = Value::from(left.map(|(_, word)| *word).collect::<Vec<_>>().join(" "));
    }
}

/// The first group of a file of words.
fn first(data: &Value) -> Option<String> {
    let groups = data.as_array()?.iter().filter(|group| group.get(1).is_some_and(Value::is_array));
    let mut keys = groups.filter_map(|group| group.get(0)?.as_str()?.split(' ').next());
    keys.next().map(str::to_owned)
}

fn spell(data: &mut Value, stands_nowhere: &dyn Fn(&str) -> bool) {
    let words = data.as_str().unwrap_or_default().split(' ').filter(|word| !stands_nowhere(word));
    *data = Value::from(words.collect::<Vec<_>>().join(" "));
}

/// An entry that is gone keeps its number and says nothing. The others of its block say all they had in common with it.
fn hide(data: &mut Value, went: &dyn Fn(&str) -> bool) {
    let block = data.as_array().map_or(&[][..], Vec::as_slice);
    let shown = entries(block);
    if !shown.iter().any(|entry| went(&entry.address())) {
        return;
    }
    let nothing = || serde_json::json!(["", "", 0, "", 0, ""]);
    let left = shown.iter().map(|entry| if went(&entry.address()) { nothing() } else { entry.in_full() });
    *data = left.collect();
}

/// Takes entries off the list of a filter, which counts those that are not on it and those that are in turns.
fn unlist(data: &mut Value, dead: &BTreeSet<u64>) {
    let counts: Vec<u64> = data.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let turns = counts.iter().zip([false, true].into_iter().cycle());
    let listed = turns.flat_map(|(count, is_on)| (0..*count).map(move |_| is_on));
    let left = super::chunks::runs((0..).zip(listed).map(|(number, is_on)| is_on && !dead.contains(&number)));
    *data = serde_json::from_str(&left).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, index};
    use super::*;

    fn section(heading: &str, href: &str, body: &str) -> Entry {
        Entry {
            title: "Quotes".into(),
            heading: (!heading.is_empty()).then(|| heading.to_owned()),
            href: href.into(),
            kind: "Quote".into(),
            teams: vec!["Billing".into()],
            body: body.into(),
            ..Entry::default()
        }
    }

    fn all(files: &BTreeMap<String, Vec<u8>>) -> String {
        files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect()
    }

    #[test]
    fn an_entry_that_is_gone_is_found_shown_and_listed_no_more() {
        let entries = [
            section("", "q.html", "What customers say."),
            section("One", "q.html#quote.one", "Nobody answered the lantern."),
            section("Two", "q.html#quote.two", "Nobody came to the harbour."),
        ];
        let before = index(&entries, &[], "en").files;
        let went = |href: &str| href == "q.html#quote.one";
        let gone = |href: &str, _: &[&str]| went(href);
        let nowhere = |word: &str| matches!(word, "lantern" | "answered" | "one");
        let mut after = before.clone();
        after.extend(forget(&before, &went, &gone, &nowhere).unwrap());
        let (old, new) = (all(&before), all(&after));
        for word in ["lantern", "answered", "quote.one", "One"] {
            assert!(old.contains(word) && !new.contains(word), "{word}: {new}");
        }
        for word in ["harbour", "Two", "quote.two", "What customers say"] {
            assert!(new.contains(word), "{word}: {new}");
        }
        let data = |name: &str| read(&after[name]).unwrap().data;
        // Three entries of which the second is on no list any more: none off, one on, one off, one on.
        assert_eq!(data("team0.js"), serde_json::json!([0, 1, 1, 1]));
        let shown = data("p0.js");
        let shown = entries_of(&shown);
        assert_eq!(shown, ["q.html", "", "q.html#quote.two"]);
        assert_eq!(forget(&after, &went, &gone, &nowhere), Ok(BTreeMap::new()), "twice");
    }

    fn entries_of(block: &Value) -> Vec<String> {
        entries(block.as_array().unwrap()).iter().map(Shown::address).collect()
    }
}
