//! Messages repeat nobody: whatever a stage quotes from a book, a log has readers of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::PublicBook;
use super::detect::{Policy, Scanner};
use super::output::is_harmless_name;
use crate::diag::{Finding, Level, Place, checks};
use crate::load;
use crate::source::Sources;

/// Masks what identifies somebody in the words of findings and in the names of their files, and keeps lines that hold such a
/// thing out of every rendering. Where the name of a file is private, that alone is told: every other finding repeats names.
pub fn unsaid(findings: Vec<Finding>, sources: &Sources, book: &PublicBook) -> Vec<Finding> {
    let is_name = |finding: &Finding| finding.check == &checks::PRIVATE_NAME;
    let named = findings.iter().any(is_name);
    let told = findings.into_iter().filter(|finding| !named || is_name(finding)).collect();
    quiet(told, sources, book.policy())
}

/// Findings from which on looking at them on several cores pays.
const MANY: usize = 256;

fn quiet(findings: Vec<Finding>, sources: &Sources, policy: &Policy) -> Vec<Finding> {
    let unsafe_files: BTreeSet<Arc<str>> = findings.iter().filter_map(unsafe_file).collect();
    let begin = || (Scanner::new(policy), BTreeMap::<Arc<str>, Arc<str>>::new());
    let one = |(scanner, names): &mut (Scanner<'_>, BTreeMap<_, _>), finding: Finding| {
        let within = finding.place.as_ref().is_some_and(|place| unsafe_files.contains(&place.file));
        let finding = one(Finding { masked: finding.masked || within, ..finding }, sources, scanner);
        let mut said = |place: Place| {
            let file = Arc::clone(&place.file);
            let said = names.entry(file).or_insert_with_key(|file| masked_path(file, scanner));
            Place { file: Arc::clone(said), ..place }
        };
        let related = finding.related.into_iter().map(|(place, why)| (said(place), why)).collect();
        Finding { place: finding.place.map(said), related, ..finding }
    };
    findings.into_par_iter().with_min_len(MANY).map_init(begin, one).collect()
}

/// A file of which no line is shown: a quote's find is told at its first line, so any line may be the one.
fn unsafe_file(finding: &Finding) -> Option<Arc<str>> {
    let file = Arc::clone(&finding.place.as_ref()?.file);
    let private = finding.check == &checks::PRIVATE_TEXT;
    (private && (finding.level == Level::Error || load::is_of_customers(&file))).then_some(file)
}

fn one(finding: Finding, sources: &Sources, scanner: &mut Scanner<'_>) -> Finding {
    let line = finding.place.as_ref().filter(|_| !finding.masked).and_then(|place| {
        let number = (place.line as usize).checked_sub(1)?;
        sources.text(&place.file)?.lines().nth(number)
    });
    let masked = finding.masked || line.is_some_and(|line| !scanner.blocks(line).is_empty());
    let message = masked_parts(&finding.message, scanner).unwrap_or(finding.message);
    let help = masked_parts(&finding.help, scanner).unwrap_or(finding.help);
    Finding { message, help, masked, ..finding }
}

/// Masks for texts that are no findings: what an editor shows may be seen by whoever looks over an author's shoulder.
pub struct Mask<'a>(Scanner<'a>);

impl<'a> Mask<'a> {
    /// The detectors as the book sets them.
    pub fn of(book: &'a PublicBook) -> Self {
        Self(Scanner::new(book.policy()))
    }

    /// The text with masks in place of what identifies somebody.
    pub fn text(&mut self, text: &str) -> String {
        masked_parts(text, &mut self.0).unwrap_or_else(|| text.to_owned())
    }

    /// Whether a text and the path of its file identify nobody.
    pub fn may_say(&mut self, text: &str, path: &str) -> bool {
        self.0.blocks(text).is_empty() && path.split('/').all(|name| is_harmless_name(name, &mut self.0))
    }
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
        let said = human(&quiet(findings, &sources, &Policy::default()), &sources, false);
        assert!(said.contains("no page \"Mrs …\"") && said.contains("Did you mean …@….…?"), "{said}");
        assert!(!said.contains("Bloggs") && !said.contains("jo@"), "{said}");
        assert!(said.contains("fine"), "a harmless line is shown: {said}");
    }
}
