//! Terms in a text: the first of each in a section opens a card, the others lead to the glossary.

use std::collections::BTreeSet;

use super::frame::Spot;
use super::views::{TermCardView, TermsView};
use crate::diag::Finding;
use crate::links;
use crate::live::Known;
use crate::markdown::{self, Outline, Role};
use crate::model::{Term, TermId, slug};

/// The terms of one text.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Where in the text the terms stand that open a card.
    first: BTreeSet<usize>,
    /// The terms with a card, in the order of their first use.
    used: Vec<TermId>,
}

impl Terms {
    /// Finds the first use of each term in each section of a text. Sections begin at headings of the second level.
    pub(super) fn of(outline: &Outline, known: &Known<'_>) -> Self {
        let starts: Vec<usize> = outline
            .headings
            .iter()
            .filter(|heading| heading.level <= 2)
            .map(|heading| heading.span.start)
            .collect();
        let mut seen = BTreeSet::new();
        let mut first = BTreeSet::new();
        for role in outline.roles.iter().filter(|role| role.name == "term") {
            let section = starts.partition_point(|start| *start <= role.span.start);
            let Some(id) = known.terms.get(&slug(role.content.trim())) else { continue };
            if seen.insert((section, *id)) {
                first.insert(role.span.start);
            }
        }
        Self { first, used: Vec::new() }
    }

    /// A term as it stands in a sentence.
    pub(super) fn word(&mut self, spot: &Spot<'_>, term: &Term, role: &Role) -> String {
        let words = markdown::escape_text(role.content.trim());
        if !self.first.contains(&role.span.start) {
            let href = spot.href(&links::term(&term.id));
            return format!(
                "<a class=\"live-term\" href=\"{}\">{words}</a>",
                markdown::escape_attribute(&href)
            );
        }
        let known = self.used.iter().position(|used| *used == term.id);
        let number = known.unwrap_or_else(|| {
            self.used.push(term.id.clone());
            self.used.len() - 1
        }) + 1;
        let card = markdown::escape_attribute(&card_id(&term.id));
        format!(
            "<button type=\"button\" class=\"live-term\" popovertarget=\"{card}\" data-note=\"{number}\">{words}</button>"
        )
    }

    /// The cards, to stand behind the text; empty without any.
    ///
    /// # Errors
    /// The finding about the theme's template.
    pub(super) fn cards(&self, spot: &Spot<'_>) -> Result<String, Finding> {
        let glossary = spot.site.book.glossary();
        let card = |(index, id): (usize, &TermId)| {
            let term = glossary.iter().find(|term| term.id == *id)?;
            Some(TermCardView {
                id: card_id(id),
                number: index + 1,
                term: term.term.clone(),
                long: term.long.clone(),
                definition: term.definition.clone(),
                not: term.not.clone(),
                source: term.source.clone(),
                href: spot.href(&links::term(id)),
            })
        };
        let terms: Vec<TermCardView> = self.used.iter().enumerate().filter_map(card).collect();
        if terms.is_empty() {
            return Ok(String::new());
        }
        spot.theme.render("terms.html", &TermsView { terms })
    }
}

fn card_id(id: &TermId) -> String {
    format!("term.{id}")
}
