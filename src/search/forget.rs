//! Forgetting words in an index that was built before: what stood in a text that was taken out can be looked up no more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::chunks::{CALL, Listed, words};
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
    let meta = chunks.values().find(|chunk| chunk.name == "meta").map(|chunk| &chunk.data);
    if meta.is_none_or(|meta| !is_of_this_form(meta)) {
        return Err("another version of cxbook made it, which can take this out".to_owned());
    }
    let entries = addresses(&chunks);
    let dead: BTreeSet<u64> =
        entries.iter().filter(|(_, href)| went(href)).map(|(number, _)| *number).collect();
    let groups = chunks.values().filter(|chunk| is_numbered(&chunk.name, "w"));
    let groups = groups.flat_map(|chunk| chunk.data.as_array().into_iter().flatten()).filter_map(listed);
    let left: Vec<Listed<'_>> =
        groups.filter_map(|group| left(group, &entries, gone, stands_nowhere)).collect();
    let (cuts, words) = words(&left);
    for chunk in chunks.values_mut() {
        match chunk.name.as_str() {
            "meta" => chunk.data["cuts"] = Value::from(cuts.as_slice()),
            name if is_numbered(name, "s") => spell(&mut chunk.data, stands_nowhere),
            name if is_numbered(name, "w") => {
                let own = name[1..].parse().ok().and_then(|number: usize| words.get(number));
                chunk.data =
                    own.and_then(|data| serde_json::from_str(data).ok()).unwrap_or_else(|| json!([]));
            }
            name if is_numbered(name, "p") => hide(&mut chunk.data, went),
            name if ["kind", "team", "stage"].iter().any(|kind| is_numbered(name, kind)) => {
                unlist(&mut chunk.data, &dead);
            }
            _ => {}
        }
    }
    let fresh = chunks.into_iter().map(|(path, chunk)| {
        let data = super::text::safe(&chunk.data.to_string());
        (path, super::chunks::file(&chunk.name, &data))
    });
    Ok(fresh.filter(|(path, bytes)| files.get(path) != Some(bytes)).collect())
}

/// Whether an index is of the form that is written today.
fn is_of_this_form(meta: &Value) -> bool {
    meta["together"] == TOGETHER
        && meta["steps"] == HIGHEST + 1
        && meta["cuts"].is_array()
        && meta["spell"].is_array()
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
        let said = |list: &'_ [Value], at: usize| list.get(at).filter(|value| !value.is_null()).cloned();
        let common = |at: usize| said(self.own, at).or_else(|| said(self.whole, at)).unwrap_or_default();
        let fragment = self.own.get(2).cloned().unwrap_or_else(|| Value::from(0));
        let heading = self.own.first().cloned().unwrap_or_default();
        let value = self.own.get(6).cloned();
        Value::from_iter(
            [heading, common(1), fragment, common(3), common(4), common(5)].into_iter().chain(value),
        )
    }
}

/// A group of words as a file of words holds it; nothing for a pointer to another group.
fn listed(group: &Value) -> Option<Listed<'static>> {
    let words: Vec<String> = group.get(0)?.as_str()?.split(' ').map(str::to_owned).collect();
    let steps = HIGHEST + 1;
    let mut places = Vec::new();
    let mut number = 0;
    for step in group.get(1)?.as_array()?.iter().filter_map(|step| u32::try_from(step.as_u64()?).ok()) {
        number += step / steps;
        places.push((number, step % steps));
    }
    let all = group.get(2).and_then(Value::as_u64).and_then(|all| usize::try_from(all).ok());
    Some(Listed { words: words.into(), all: all.unwrap_or(places.len()), places: places.into() })
}

/// A group without what is gone; nothing if that is all.
fn left(
    mut group: Listed<'static>,
    entries: &BTreeMap<u64, String>,
    gone: &dyn Fn(&str, &[&str]) -> bool,
    stands_nowhere: &dyn Fn(&str) -> bool,
) -> Option<Listed<'static>> {
    let said: Vec<&str> = group.words.iter().map(String::as_str).collect();
    let before = group.places.len();
    group
        .places
        .to_mut()
        .retain(|(number, _)| !entries.get(&u64::from(*number)).is_some_and(|href| gone(href, &said)));
    group.all -= before - group.places.len();
    group.words.to_mut().retain(|word| !stands_nowhere(word));
    (!group.places.is_empty() && !group.words.is_empty()).then_some(group)
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

    fn plain(files: BTreeMap<String, std::sync::Arc<Vec<u8>>>) -> BTreeMap<String, Vec<u8>> {
        files.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect()
    }

    #[test]
    fn an_entry_that_is_gone_is_found_shown_and_listed_no_more() {
        let entries = [
            section("", "q.html", "What customers say."),
            section("One", "q.html#quote.one", "Nobody answered the lantern."),
            section("Two", "q.html#quote.two", "Nobody came to the harbour."),
        ];
        let before = plain(index(&entries, &[], "en").files);
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

    #[test]
    fn what_is_forgotten_is_no_key_no_cut_and_no_pointer() {
        // Many words, so that there are several files; "zyzzyva" is alone in the last, "quokka" the key of its stem.
        let many: String =
            (0..4_000).map(|at| format!("{}waiting ", super::super::words::folded(&letters(at)))).collect();
        let entries = [
            section("", "a.html", "A quokka sat there. zyzzyva"),
            section("", "b.html", "Quokkas sat there."),
            section("", "c.html", &many),
        ];
        let before = plain(index(&entries, &[], "en").files);
        assert!(before.contains_key("w3.js"), "{:?}", before.keys());
        let nowhere = |word: &str| matches!(word, "quokka" | "zyzzyva");
        let gone = |href: &str, said: &[&str]| href == "a.html" && said.iter().any(|word| nowhere(word));
        let fresh = forget(&before, &|_| false, &gone, &nowhere).unwrap();
        let mut after = before.clone();
        after.extend(fresh);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        // What results show is taken out by whoever takes it out of the pages.
        let looked_up: BTreeMap<_, _> =
            after.into_iter().filter(|(name, _)| !name.starts_with('p')).collect();
        let text = all(&looked_up);
        assert!(
            !text.contains("\"quokka ") && !text.contains("\"quokka\"") && !text.contains("zyzzyva"),
            "still there"
        );
        assert!(text.contains("\"quokkas\""));
    }

    fn letters(mut number: usize) -> String {
        let mut word = String::new();
        for _ in 0..3 {
            word.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
            number /= 26;
        }
        word
    }

    #[test]
    fn an_index_of_another_form_is_left_alone() {
        let entries = [section("", "a.html", "Nobody answered.")];
        let mut files = plain(index(&entries, &[], "en").files);
        let meta = String::from_utf8(files["meta.js"].clone()).unwrap();
        files.insert("meta.js".into(), meta.replace("\"together\":24", "\"together\":12").into_bytes());
        assert!(forget(&files, &|_| true, &|_, _| true, &|_| true).is_err());
    }

    fn entries_of(block: &Value) -> Vec<String> {
        entries(block.as_array().unwrap()).iter().map(Shown::address).collect()
    }
}
