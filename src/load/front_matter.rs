//! The `---` block at the top of a page.

use super::yaml;
use crate::diag::{Finding, Place, checks};
use crate::tree::{Node, Value};

/// A page cut in two.
pub(super) struct Cut<'a> {
    /// The front matter; an empty map when there is none.
    pub(super) facts: Node,
    /// Markdown below it.
    pub(super) body: &'a str,
    /// Line of the file in which the body begins, from 1.
    pub(super) line: u32,
}

/// Cuts a page. A block that cannot be read is a finding, and the page goes on without facts.
pub(super) fn cut<'a>(path: &str, text: &'a str, findings: &mut Vec<Finding>) -> Cut<'a> {
    let empty = || Node { value: Value::Map(Vec::new()), place: Place::line(path, 1) };
    let Some(begin) = after_fence(text, 0) else {
        findings.extend(almost(path, text));
        return Cut { facts: empty(), body: text, line: 1 };
    };
    let (mut at, mut line) = (begin, 2);
    for text_line in text[begin..].split_inclusive('\n') {
        line += 1;
        if matches!(text_line.trim_end(), "---" | "...") {
            let offset = at + text_line.len();
            let written = &text[begin..at];
            findings.extend(cut_short(path, written));
            let facts = yaml::parse(path, written, 2).and_then(|facts| match facts.value {
                Value::Map(_) | Value::Null => Ok(facts),
                _ => Err(no_facts(path, written)),
            });
            let facts = facts.unwrap_or_else(|finding| {
                findings.push(finding);
                empty()
            });
            return Cut { facts, body: &text[offset..], line };
        }
        at += text_line.len();
    }
    let message = "the block of facts at the top of this page has no end";
    let empty_line = text.lines().zip(1..).find(|(line, _)| line.trim().is_empty());
    let likely =
        empty_line.map_or_else(String::new, |(_, at): (&str, u32)| format!(", most likely in line {at}"));
    let help = format!("Close it with a line of three hyphens (---){likely}.");
    findings.push(Finding::new(&checks::SYNTAX, message).at(Place::line(path, 1)).help(help));
    Cut { facts: empty(), body: "", line: 1 }
}

const FENCES: &str = "Write --- above the facts, in the first line of the file, and --- below them.";

/// Keys that a page begins with. Only those tell facts from a text that happens to hold a colon.
const KEYS: [&str; 9] =
    ["title", "summary", "owner", "outcome", "next", "draft", "teams", "stages", "metrics"];

/// Facts that begin otherwise than with three hyphens in the first line: they would stand on the page as text.
fn almost(path: &str, text: &str) -> Option<Finding> {
    let is_fact = |line: &str| {
        let (key, rest) = line.split_once(':').unwrap_or_default();
        KEYS.contains(&key.trim().to_lowercase().as_str()) && (rest.is_empty() || rest.starts_with(' '))
    };
    let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let ((first, at), (second, _)) = (lines.next()?, lines.next()?);
    let dashes = first.trim().chars().all(|sign| matches!(sign, '-' | '–' | '—' | '+'));
    let message = if is_fact(first) && is_fact(second) {
        "the facts at the top of this page are not set off by lines of three hyphens"
    } else if !dashes || !is_fact(second) {
        return None;
    } else if first == "---" {
        "the facts of this page do not begin in its first line"
    } else {
        "this line is not exactly three hyphens, so the facts below it are not read"
    };
    Some(Finding::new(&checks::SYNTAX, message).at(Place::line(path, at)).help(FENCES))
}

/// What stands between the lines of hyphens is no group of keys and values.
fn no_facts(path: &str, written: &str) -> Finding {
    let says_something = |(line, _): &(&str, u32)| !line.trim().is_empty() && !line.trim().starts_with('#');
    let (line, at) = written.lines().zip(2..).find(says_something).unwrap_or(("", 2));
    let sign = line.find([':', '=']).filter(|sign| !line[..*sign].trim().contains(' '));
    let as_meant = sign.map(|sign| format!("{}: {}", line[..sign].trim(), line[sign + 1..].trim()));
    let message = match sign.map(|sign| &line[sign..=sign]) {
        Some(":") => "this line has no blank behind its colon",
        Some(_) => "this line has an equals sign where a colon belongs",
        None => "what stands at the top of this page are no facts",
    };
    let help = as_meant.map_or_else(
        || "Write lines like title: A guide there, and the text below the second line of hyphens.".to_owned(),
        |line| format!("Write it as \"{line}\"."),
    );
    Finding::new(&checks::SYNTAX, message).at(Place::line(path, at)).help(help)
}

/// Values that end at a number sign, since a remark begins there: `title: Rule #1`. A remark has a blank behind the sign.
fn cut_short(path: &str, written: &str) -> Vec<Finding> {
    if written.lines().any(|line| line.trim_end().ends_with(['|', '>'])) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, at) in written.lines().zip(2..) {
        let value = line.trim_start().strip_prefix("- ").map(str::trim);
        let value = value.or_else(|| {
            line.split_once(": ").filter(|_| !line.starts_with(' ')).map(|(_, value)| value.trim())
        });
        let Some(value) = value.filter(|value| !value.starts_with(['"', '\''])) else { continue };
        let sign = if value.starts_with('#') { Some(0) } else { value.find(" #").map(|sign| sign + 1) };
        let Some(lost) = sign.map(|sign| &value[sign..]) else { continue };
        if !lost[1..].starts_with(char::is_alphanumeric) || line.trim_start().starts_with('#') {
            continue;
        }
        let column = line.trim_end().chars().count() - lost.chars().count() + 1;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let place =
            Place { column: number(column), length: number(lost.chars().count()), ..Place::line(path, at) };
        let message = "this is left out, since a remark begins with #";
        let help = "If it belongs to the text, put double quotes around the whole text. If it is a remark, put a blank behind #.";
        findings.push(Finding::new(&checks::TEXT_SLIP, message).at(place).help(help));
    }
    findings
}

fn after_fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split_inclusive('\n').next()?;
    (line.trim_end() == "---" && line.ends_with('\n')).then_some(at + line.len())
}
