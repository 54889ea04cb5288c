//! Learning: paths that lead to pages of the book, and terms that are defined once.

use std::collections::BTreeMap;

use crate::diag::{Finding, Level, checks};
use crate::links::{Index, Trouble};
use crate::model::{Book, LearningPath, StepKind, Term, slug};

/// Checks paths and the glossary. `published` is what will be in the site, `all` that with all drafts.
pub(super) fn check(book: &Book, published: &Index, all: &Index) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for path in &book.paths {
        findings.extend(steps(path, published, all));
        if path.owner.is_none() {
            let message = format!("the learning path \"{}\" has no owner", path.title);
            let help = "Add owner: the role that keeps it true, never a person's name.";
            let finding = Finding::new(&checks::OWNER_MISSING, message).at(path.place.clone()).help(help);
            findings.push(finding.at_most(Level::Warning));
        }
    }
    findings.extend(twice(&book.glossary));
    findings
}

fn steps(path: &LearningPath, published: &Index, all: &Index) -> Vec<Finding> {
    let pages = path.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Page(name) => Some(name),
        StepKind::Check(_) => None,
    });
    let finding = |name: &crate::diag::Located<String>| {
        let trouble = published.named(&name.value).err()?;
        let (message, help) = match (trouble, all.named(&name.value)) {
            (_, Ok(draft)) => (
                format!("the step leads to a draft, \"{}\"", name.value),
                format!("Take draft: out of {}, or take the step out of the path.", draft.source),
            ),
            (Trouble::NoSuchPage(Some(near)), _) => (
                format!("the step leads to no page of the book: \"{}\"", name.value),
                format!("Did you mean \"{near}\"?"),
            ),
            _ => (
                format!("the step leads to no page of the book: \"{}\"", name.value),
                "Name a file below the folder of your texts, like playbooks/call-ahead.md.".to_owned(),
            ),
        };
        Some(Finding::new(&checks::LINK_BROKEN, message).at(name.place.clone()).help(help))
    };
    pages.filter_map(finding).collect()
}

/// A word that two entries define: as a term, as what an abbreviation stands for, or as another word for it.
fn twice(glossary: &[Term]) -> Vec<Finding> {
    let mut spellings: BTreeMap<String, &Term> = BTreeMap::new();
    let mut findings = Vec::new();
    for term in glossary {
        for word in term.spellings() {
            match spellings.get(&slug(word)) {
                // Two entries with one term are a duplicate, which was told when names were looked up.
                Some(first) if first.id != term.id => {
                    let message = format!("\"{word}\" is defined here and under \"{}\"", first.term);
                    let help = "Make one entry of both, with the short form as term: and the others as long: and also:.";
                    let finding = Finding::new(&checks::TERM_TWICE, message).at(term.place.clone());
                    findings.push(finding.help(help).beside(first.place.clone(), "it is defined here too"));
                }
                Some(_) => {}
                None => {
                    spellings.insert(slug(word), term);
                }
            }
        }
    }
    findings
}
