//! Messages repeat nobody: whatever a stage quotes from a book, a log has readers of its own.

use std::sync::Arc;

use super::detect::{Policy, Scanner};
use super::output::is_harmless_name;
use crate::diag::{Finding, Place};
use crate::source::Sources;

/// Masks what identifies somebody in the words of findings and in the names of their files, and keeps lines that hold such a
/// thing out of every rendering.
pub fn unsaid(findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let policy = Policy::default();
    let mut scanner = Scanner::new(&policy);
    findings.into_iter().map(|finding| one(finding, sources, &mut scanner)).collect()
}

fn one(finding: Finding, sources: &Sources, scanner: &mut Scanner<'_>) -> Finding {
    let line = finding.place.as_ref().filter(|_| !finding.masked).and_then(|place| {
        let number = (place.line as usize).checked_sub(1)?;
        sources.text(&place.file)?.lines().nth(number)
    });
    let masked = finding.masked || line.is_some_and(|line| !scanner.blocks(line).is_empty());
    let place = finding.place.map(|place| {
        let harmless = place.file.split('/').all(|name| is_harmless_name(name, scanner));
        if harmless { place } else { Place { file: masked_path(&place.file, scanner), ..place } }
    });
    let message = masked_parts(&finding.message, scanner).unwrap_or(finding.message);
    let help = masked_parts(&finding.help, scanner).unwrap_or(finding.help);
    Finding { message, help, place, masked, ..finding }
}

/// A path without the names in it that lead to somebody.
fn masked_path(path: &str, scanner: &mut Scanner<'_>) -> Arc<str> {
    let mut said = |name| if is_harmless_name(name, scanner) { name } else { "…" };
    path.split('/').map(&mut said).collect::<Vec<_>>().join("/").into()
}

/// A text with masks in place of what identifies somebody; `None` when there is nothing of that kind.
fn masked_parts(text: &str, scanner: &mut Scanner<'_>) -> Option<String> {
    let hits = scanner.blocks(text);
    let mut masked = String::new();
    let mut at = 0;
    for hit in &hits {
        masked.push_str(text.get(at..hit.span.start)?);
        masked.push_str(&hit.mask);
        at = hit.span.end;
    }
    masked.push_str(text.get(at..)?);
    (!hits.is_empty()).then_some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{checks, human};

    #[test]
    fn words_names_of_files_and_lines_are_masked() {
        let mut sources = Sources::default();
        sources.insert_text("content/jo@mail.example.md", "x");
        sources.insert_text("content/a.md", "fine\nDear Mrs Bloggs\n");
        let finding = |file, line| {
            Finding::new(&checks::LINK_BROKEN, "no page \"Mrs Bloggs\"")
                .help("Did you mean jo@mail.example?")
                .at(Place::line(file, line))
        };
        let findings = vec![
            finding("content/jo@mail.example.md", 1),
            finding("content/a.md", 2),
            finding("content/a.md", 1),
        ];
        let said = human(&unsaid(findings, &sources), &sources, false);
        assert!(said.contains("no page \"Mrs …\"") && said.contains("Did you mean …@….…?"), "{said}");
        assert!(!said.contains("Bloggs") && !said.contains("jo@"), "{said}");
        assert!(said.contains("fine"), "a harmless line is shown: {said}");
    }
}
