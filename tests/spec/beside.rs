//! Findings as a spec shows them: beside the lines they belong to, or all of them in one block.

use cxbook::diag::{self, Finding};

use super::case::{Block, Case};
use super::{Edit, Trouble, compare};

/// What the case says about findings against what there is, and the edits that would set the case right.
pub(super) fn compare(case: &Case, findings: &[Finding]) -> (Trouble, Vec<Edit>) {
    let texts: Vec<&Block> = case.all("file").collect();
    let mut trouble = Vec::new();
    let mut edits = Vec::new();
    let mut differ = |block: &Block, title: String, actual: Vec<String>| {
        if block.lines != actual {
            trouble.push(title);
            trouble.extend(compare::difference(&block.lines, &actual));
            edits.push((block.start, block.start + block.lines.len(), actual));
        }
    };
    if let Some(block) = case.one("findings") {
        if !is_some_of(block, findings) {
            differ(block, "the findings differ:".to_owned(), short(findings));
        }
        for text in texts {
            differ(text, "write findings beside lines or in a block, not both:".to_owned(), plain(text));
        }
        return (trouble, edits);
    }
    for text in &texts {
        let path = path(text);
        let own: Vec<&Finding> = findings.iter().filter(|finding| is_beside(finding, text)).collect();
        differ(text, format!("the findings in {path} differ:"), with_findings(text, &own));
    }
    let stray = findings.iter().filter(|finding| !texts.iter().any(|text| is_beside(finding, text)));
    let stray: Vec<Finding> = stray.cloned().collect();
    if !stray.is_empty() {
        trouble.push("findings that stand beside no line; add a block of findings:".to_owned());
        trouble.extend(compare::difference(&[], &short(&stray)));
        // A block for all of them, and the annotations go.
        edits = texts.iter().map(|text| (text.start, text.start + text.lines.len(), plain(text))).collect();
        let mut block = vec!["```findings".to_owned()];
        block.extend(short(findings));
        block.extend(["```".to_owned(), String::new()]);
        edits.push((case.end, case.end, block));
    }
    (trouble, edits)
}

/// Whether a block that ends in `…` names findings that are all there; others may be there too.
fn is_some_of(block: &Block, findings: &[Finding]) -> bool {
    let Some((last, named)) = block.lines.split_last() else { return false };
    let actual = short(findings);
    last.trim() == "…" && named.iter().all(|line| actual.contains(line))
}

fn short(findings: &[Finding]) -> Vec<String> {
    diag::short(findings).lines().map(str::to_owned).collect()
}

fn path(block: &Block) -> &str {
    block.attributes.get("path").map_or("", String::as_str)
}

/// Whether a finding belongs to a line of this block, or to its file as a whole.
fn is_beside(finding: &Finding, text: &Block) -> bool {
    let lines = plain(text).len();
    finding.place.as_ref().is_some_and(|place| &*place.file == path(text) && place.line as usize <= lines)
}

/// The text of a file block, without what stands beside its lines.
pub(super) fn file_text(block: &Block) -> String {
    plain(block).into_iter().map(|line| line + "\n").collect()
}

fn plain(block: &Block) -> Vec<String> {
    let mut lines = Vec::new();
    let mut after_finding = false;
    for line in &block.lines {
        let help = after_finding && line.trim_start().starts_with("= ");
        after_finding = is_finding(line) || help;
        if !after_finding {
            lines.push(line.clone());
        }
    }
    lines
}

/// `   ^^^^ error[name]: message` below a spot, `>>> error[name]: message` below a whole line.
fn is_finding(line: &str) -> bool {
    let marked = line.trim_start();
    let words = marked.strip_prefix(">>>").unwrap_or_else(|| marked.trim_start_matches('^'));
    words.len() < marked.len()
        && [" error[", " warning[", " note["].iter().any(|level| words.starts_with(level))
}

/// The lines of a file, each followed by the findings that belong to it; first those about the file as a whole.
fn with_findings(block: &Block, findings: &[&Finding]) -> Vec<String> {
    let of_line = |line: usize| {
        let own = move |finding: &&&Finding| {
            finding.place.as_ref().is_some_and(|place| place.line as usize == line)
        };
        findings.iter().filter(own).flat_map(|finding| note(finding))
    };
    let mut lines: Vec<String> = of_line(0).collect();
    for (index, line) in plain(block).into_iter().enumerate() {
        lines.push(line);
        lines.extend(of_line(index + 1));
    }
    lines
}

/// A finding with its mark, and below it what to do.
fn note(finding: &Finding) -> Vec<String> {
    let mark = match &finding.place {
        Some(place) if place.column > 0 => {
            " ".repeat(place.column as usize - 1) + &"^".repeat(place.length as usize)
        }
        _ => ">>>".to_owned(),
    };
    let indent = " ".repeat(mark.chars().count() + 1);
    let message = format!("{mark} {}[{}]: {}", finding.level.word(), finding.check.name, finding.message);
    let help = (!finding.help.is_empty()).then(|| format!("{indent}= {}", finding.help));
    std::iter::once(message).chain(help).collect()
}
