//! Reading a spec: headings become cases, fenced blocks their parts.

use std::collections::BTreeMap;

use super::Edit;

/// The kinds of blocks. A fence without a word is an illustration and is not read.
const KINDS: [&str; 16] = [
    "file",
    "bytes",
    "link",
    "too-large",
    "unreadable",
    "no-book-toml",
    "options",
    "findings",
    "html",
    "csv",
    "words",
    "routes",
    "no-routes",
    "not-in-site",
    "not-in-messages",
    "open",
];

/// A spec as written.
pub(super) struct Spec<'a> {
    lines: Vec<&'a str>,
    /// Its cases, in order.
    pub(super) cases: Vec<Case>,
}

/// One case.
pub(super) struct Case {
    /// What it says.
    pub(super) heading: String,
    /// Line of the heading, from 1.
    pub(super) line: usize,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Index of the line behind the case.
    pub(super) end: usize,
}

/// One fenced block.
pub(super) struct Block {
    /// The first word behind the fence.
    pub(super) kind: String,
    /// The `key=value` words behind it.
    pub(super) attributes: BTreeMap<String, String>,
    /// What stands inside.
    pub(super) lines: Vec<String>,
    /// Index of the first line inside.
    pub(super) start: usize,
}

impl<'a> Spec<'a> {
    /// Reads a spec.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let lines: Vec<&str> = text.lines().collect();
        let mut cases: Vec<Case> = Vec::new();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if let Some(heading) = line.strip_prefix("## ") {
                let heading = heading.to_owned();
                cases.push(Case { heading, line: at + 1, blocks: Vec::new(), end: lines.len() });
                if let [.., before, _] = cases.as_mut_slice() {
                    before.end = at;
                }
            }
            let fence = line.len() - line.trim_start_matches('`').len();
            if fence < 3 {
                at += 1;
                continue;
            }
            let closes = |line: &&str| line.trim_end() == &"`".repeat(fence)[..];
            let length = lines[at + 1..].iter().position(closes);
            let length = length.ok_or_else(|| format!("the block in line {} is never closed", at + 1))?;
            let inside = at + 1..at + 1 + length;
            at = inside.end + 1;
            let block = block(&line[fence..], &lines[inside.clone()], inside.start)?;
            match (cases.last_mut(), block) {
                (Some(case), Some(block)) => case.blocks.push(block),
                (None, Some(_)) => return Err(format!("the block in line {} has no heading", inside.start)),
                (_, None) => {}
            }
        }
        Ok(Self { lines, cases })
    }

    /// The text with some of its lines replaced.
    pub(super) fn rewritten(&self, mut edits: Vec<Edit>) -> String {
        let mut lines: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        edits.sort_by_key(|(from, ..)| std::cmp::Reverse(*from));
        for (from, to, new) in edits {
            lines.splice(from..to, new);
        }
        lines.join("\n") + "\n"
    }
}

fn block(info: &str, lines: &[&str], start: usize) -> Result<Option<Block>, String> {
    let mut words = info.split_whitespace();
    let Some(kind) = words.next() else { return Ok(None) };
    if !KINDS.contains(&kind) {
        return Err(format!("line {start}: there is no block \"{kind}\"; known: {}", KINDS.join(", ")));
    }
    // The path of a file may hold blanks, so it is the rest of the line.
    let rest = info.trim_start()[kind.len()..].trim();
    let attributes = match rest.strip_prefix("path=") {
        Some(path) if kind != "too-large" => BTreeMap::from([("path".to_owned(), path.to_owned())]),
        _ => words
            .filter_map(|word| word.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    };
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    Ok(Some(Block { kind: kind.to_owned(), attributes, lines, start }))
}

impl Case {
    /// Its blocks of one kind.
    pub(super) fn all(&self, kind: &str) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }

    /// Its first block of one kind.
    pub(super) fn one(&self, kind: &str) -> Option<&Block> {
        self.all(kind).next()
    }
}
