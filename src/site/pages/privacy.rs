//! How customers' words are protected: the rules in force and how much they hold back.

use super::super::frame::{Around, Spot, frame};
use super::super::plan::Planned;
use super::super::views::{HeadingView, PrivacyView};
use super::fact;
use crate::model::capital;
use crate::privacy::HeldBack;
use crate::privacy::detect::{Kind, RULES};

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>) -> PrivacyView {
    let book = spot.site.book;
    let config = book.config();
    let locale = spot.locale();
    let answers = |number: u64| format!("{} answers", locale.count(number));
    let held = HeldBack::of(book);
    let count = |number: usize| locale.count(number as u64);
    let heading = |id: &str, text: &str| HeadingView { level: 2, id: id.to_owned(), text: text.to_owned() };
    let around = Around {
        summary: Some("What may be shown, what is looked for, and how much is held back.".to_owned()),
        contents: vec![
            heading("privacy.numbers", "Numbers"),
            heading("privacy.words", "Words"),
            heading("privacy.held-back", "What is held back"),
        ],
        ..Around::default()
    };
    PrivacyView {
        frame: frame(spot, planned, "privacy", around),
        thresholds: vec![
            fact("A score needs", answers(config.min_answers)),
            fact("A group of customers needs", answers(config.min_answers_split)),
        ],
        kinds: Kind::ALL.iter().map(|kind| capital(kind.words())).collect(),
        held_back: vec![
            fact("Values hidden", count(held.values)),
            fact("Groups not shown", count(held.groups)),
            fact("Values kept from the last edition", count(held.held)),
            fact("Quotes withheld", count(held.quotes)),
        ],
        rules: format!("Rules {RULES}"),
    }
}
