//! `cxbook scan`: looks through any text for what could identify somebody. Says where, what and how sure, never the value.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use serde_json::Value;

use super::args::{ScanArgs, ScanFormat};
use super::speak::Voice;
use super::{FINDINGS, FINE, input};
use crate::model::grouped;
use crate::privacy::Rules;
use crate::privacy::detect::{Hit, Level, Scanner};
use crate::system::System;

/// The name of standard input in findings.
const STANDARD_INPUT: &str = "standard input";

pub(super) fn run(system: &dyn System, args: &ScanArgs, voice: &Voice) -> Result<u8, String> {
    let rules = input::rules(system, args.book.as_deref())?;
    if args.hash && rules.hash("").is_none() {
        return Err(
            "privacy.yaml of that book names no key, or the key's file is empty; hashes need one".to_owned()
        );
    }
    let hasher = args.hash.then_some(&rules);
    let mut scanner = Scanner::new(&rules.policy);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut count = Count::default();
    let mut look = |name: &str, mut input: Box<dyn Read>| match args.format {
        ScanFormat::Human => human(&mut scanner, hasher, name, &mut input, &mut out, &mut count),
        ScanFormat::Jsonl => lines(&mut scanner, name, BufReader::new(input), &mut out, &mut count),
    };
    if args.files.is_empty() {
        look(STANDARD_INPUT, Box::new(io::stdin().lock()))?;
    }
    for file in &args.files {
        let name = file.display().to_string();
        let input = system.open_file(file).map_err(|error| unread(&name, &error))?;
        look(&name, input)?;
    }
    out.flush().map_err(|error| unwritten(&error))?;
    if args.format == ScanFormat::Human {
        voice.say(&count.words());
    }
    Ok(if count.blocks + count.asks > 0 { FINDINGS } else { FINE })
}

/// How many hits there were.
#[derive(Default)]
struct Count {
    blocks: u64,
    asks: u64,
}

impl Count {
    fn add(&mut self, hit: &Hit) {
        match hit.level {
            Level::Block => self.blocks += 1,
            Level::Ask => self.asks += 1,
        }
    }

    fn words(&self) -> String {
        match (self.blocks, self.asks) {
            (0, 0) => "Found nothing that could identify somebody. Read it all the same.".to_owned(),
            (blocks, asks) => {
                format!("Found {} to take out and {} to look at.", grouped(blocks), grouped(asks))
            }
        }
    }
}

/// A file as a whole, for those who change it.
pub(super) fn read(system: &dyn System, file: &Path) -> Result<String, String> {
    let name = file.display().to_string();
    let text = system.read_text(file).map_err(|error| unread(&name, &error))?;
    text.ok_or_else(|| unread(&name, &io::ErrorKind::NotFound.into()))
}

fn unread(name: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file {name}"),
        io::ErrorKind::InvalidData => format!("{name} is not UTF-8 text; what is not was not looked at"),
        _ => format!("{name} cannot be read: {error}"),
    }
}

fn unwritten(error: &io::Error) -> String {
    format!("the findings could not be written: {error}")
}

/// One line for each hit: `notes.txt:3:14: block: an e-mail address: …@….…`.
fn human(
    scanner: &mut Scanner,
    hasher: Option<&Rules>,
    name: &str,
    input: &mut dyn Read,
    out: &mut impl Write,
    count: &mut Count,
) -> Result<(), String> {
    let mut place = Position { at: 0, line: 1, column: 1 };
    let mut unwritable = None;
    let mut tell = |text: &str, hits: &[Hit], behind: usize| {
        for hit in hits {
            place.walk(text, hit.span.start);
            count.add(hit);
            let (level, words, mask) = (hit.level.word(), hit.kind.words(), &hit.mask);
            let value = text.get(hit.span.clone()).unwrap_or_default();
            let hash = hasher.and_then(|rules| rules.hash(value)).map(|hash| format!(": hash {hash}"));
            let (Position { line, column, .. }, hash) = (&place, hash.unwrap_or_default());
            let written = writeln!(out, "{name}:{line}:{column}: {level}: {words}: {mask}{hash}");
            if let Err(error) = written {
                unwritable = Some(unwritten(&error));
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        place.walk(text, behind);
        place.at -= behind;
        Ok(())
    };
    let read = scanner.scan_from(input, &mut tell);
    unwritable.map_or_else(|| read.map_err(|error| unread(name, &error)), Err)
}

/// Where in a text a reader is. `at` counts bytes of what is in memory.
struct Position {
    at: usize,
    line: u64,
    column: u64,
}

impl Position {
    /// Goes on to a place, unless it is there already.
    fn walk(&mut self, text: &str, to: usize) {
        for character in text.get(self.at..to).unwrap_or_default().chars() {
            let ends = character == '\n';
            (self.line, self.column) = if ends { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at = self.at.max(to);
    }
}

/// `{"id","text"}` lines in, `{"id","spans"}` lines out, in the same order.
fn lines(
    scanner: &mut Scanner,
    name: &str,
    input: impl BufRead,
    out: &mut impl Write,
    count: &mut Count,
) -> Result<(), String> {
    for (number, line) in input.lines().enumerate() {
        let wrong = |what: &str| format!("{name}, line {}: {what}", number + 1);
        let line = line.map_err(|_| wrong("it cannot be read as UTF-8 text"))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Value = serde_json::from_str(&line).map_err(|_| wrong("it is not JSON"))?;
        let id = record.get("id").ok_or_else(|| wrong("\"id\" is missing"))?;
        let text = record
            .get("text")
            .and_then(Value::as_str)
            .ok_or_else(|| wrong("\"text\" is missing or is no text"))?;
        let hits = scanner.scan(text);
        hits.iter().for_each(|hit| count.add(hit));
        writeln!(out, "{{\"id\":{id},\"spans\":[{}]}}", spans(text, &hits).join(","))
            .map_err(|error| unwritten(&error))?;
    }
    Ok(())
}

/// Hits as JSON, their places counted in Unicode code points.
fn spans(text: &str, hits: &[Hit]) -> Vec<String> {
    let (mut at, mut points) = (0, 0);
    let mut advance = |to: usize| {
        points += text.get(at..to).unwrap_or_default().chars().count();
        at = to;
        points
    };
    let span = |hit: &Hit| {
        let (start, end) = (advance(hit.span.start), advance(hit.span.end));
        format!("{{\"start\":{start},\"end\":{end},\"type\":\"{}\"}}", hit.kind.code())
    };
    hits.iter().map(span).collect()
}
