//! The words of a text, place by place, for those who look at what is said.

use super::{Element, walk::Walker};
use crate::markdown::model::{Passage, PassageKind, Span};

impl Walker<'_> {
    /// Adds words to the passage they stand in.
    pub(super) fn say(&mut self, words: &str, span: &Span) {
        if words.is_empty() || self.block.is_some() || !self.with_passages {
            return;
        }
        if !self.passage_open {
            let kind = self.passage_kind();
            self.page.passages.push(Passage { kind, text: String::new(), parts: Vec::new() });
            self.passage_open = true;
        }
        if let Some(passage) = self.page.passages.last_mut() {
            passage.parts.push((passage.text.len(), span.start));
            passage.text.push_str(words);
        }
    }

    /// Takes back the last bytes, which belong to what follows.
    pub(super) fn unsay(&mut self, bytes: usize) {
        if let Some(passage) = self.page.passages.last_mut().filter(|_| self.passage_open) {
            passage.text.truncate(passage.text.len().saturating_sub(bytes));
        }
    }

    fn passage_kind(&self) -> PassageKind {
        let inside = |wanted: fn(&Element) -> bool| self.open.iter().any(|opened| wanted(&opened.element));
        if inside(|element| matches!(element, Element::Quote)) {
            PassageKind::Quotation
        } else if inside(|element| matches!(element, Element::Note(_))) {
            PassageKind::Note
        } else if inside(|element| matches!(element, Element::Cell)) {
            PassageKind::Cell
        } else if inside(|element| matches!(element, Element::Heading(_) | Element::Title)) {
            PassageKind::Heading
        } else {
            PassageKind::Plain
        }
    }
}
