//! `cxbook scan`: looks through any text for what could identify somebody. Says where, what and how sure, never the value.

use std::io::{self, BufRead, Read, Write};
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
    if args.files.is_empty() {
        match args.format {
            ScanFormat::Human => {
                human(&mut scanner, hasher, STANDARD_INPUT, &standard_input()?, &mut out, &mut count)?;
            }
            ScanFormat::Jsonl => {
                lines(&mut scanner, STANDARD_INPUT, io::stdin().lock(), &mut out, &mut count)?;
            }
        }
    }
    for file in &args.files {
        let text = read(system, file)?;
        let name = file.display().to_string();
        match args.format {
            ScanFormat::Human => human(&mut scanner, hasher, &name, &text, &mut out, &mut count)?,
            ScanFormat::Jsonl => lines(&mut scanner, &name, text.as_bytes(), &mut out, &mut count)?,
        }
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

pub(super) fn read(system: &dyn System, file: &Path) -> Result<String, String> {
    let name = file.display();
    let text = system.read_text(file).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => format!("{name} is not UTF-8 text; nothing in it was looked at"),
        _ => format!("{name} cannot be read: {error}"),
    })?;
    text.ok_or_else(|| format!("there is no file {name}"))
}

fn standard_input() -> Result<String, String> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| format!("standard input cannot be read: {error}"))?;
    String::from_utf8(bytes)
        .map_err(|_| "standard input is not UTF-8 text; nothing in it was looked at".to_owned())
}

fn unwritten(error: &io::Error) -> String {
    format!("the findings could not be written: {error}")
}

/// One line for each hit: `notes.txt:3:14: block: an e-mail address: …@….…`.
fn human(
    scanner: &mut Scanner,
    hasher: Option<&Rules>,
    name: &str,
    text: &str,
    out: &mut impl Write,
    count: &mut Count,
) -> Result<(), String> {
    let (mut at, mut line, mut column) = (0, 1_u64, 1_u64);
    for hit in scanner.scan(text) {
        for character in text.get(at..hit.span.start).unwrap_or_default().chars() {
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        at = hit.span.start;
        count.add(&hit);
        let (level, words, mask) = (hit.level.word(), hit.kind.words(), &hit.mask);
        let value = text.get(hit.span.clone()).unwrap_or_default();
        let hash = hasher.and_then(|rules| rules.hash(value)).map(|hash| format!(": hash {hash}"));
        let hash = hash.unwrap_or_default();
        writeln!(out, "{name}:{line}:{column}: {level}: {words}: {mask}{hash}")
            .map_err(|error| unwritten(&error))?;
    }
    Ok(())
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
