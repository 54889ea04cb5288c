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
        return Cut { facts: empty(), body: text, line: 1 };
    };
    let (mut at, mut line) = (begin, 2);
    for text_line in text[begin..].split_inclusive('\n') {
        line += 1;
        if matches!(text_line.trim_end(), "---" | "...") {
            let offset = at + text_line.len();
            let facts = yaml::parse(path, &text[begin..at], 2).unwrap_or_else(|finding| {
                findings.push(finding);
                empty()
            });
            return Cut { facts, body: &text[offset..], line };
        }
        at += text_line.len();
    }
    let message = "the block of facts at the top of this page has no end";
    let help = "Close it with a line of three hyphens (---).";
    findings.push(Finding::new(&checks::SYNTAX, message).at(Place::line(path, 1)).help(help));
    Cut { facts: empty(), body: "", line: 1 }
}

fn after_fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split_inclusive('\n').next()?;
    (line.trim_end() == "---" && line.ends_with('\n')).then_some(at + line.len())
}
