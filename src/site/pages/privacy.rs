//! How customers' words are protected: the rules in force and how much they hold back.

use super::super::frame::{Around, Spot, frame};
use super::super::plan::Planned;
use super::super::views::PrivacyView;
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
    let people = |number: u64| format!("{} people", locale.count(number));
    let told = |label: &str, number: u64| fact(label, locale.count(number));
    let around = Around {
        summary: Some("What may be shown, what is looked for, and how much is held back.".to_owned()),
        ..Around::default()
    };
    PrivacyView {
        frame: frame(spot, planned, "privacy", around),
        thresholds: vec![
            fact("A score needs", answers(config.min_answers)),
            fact("A group of customers needs", answers(config.min_answers_split)),
            fact("What is said of a quote's customer must fit", people(config.min_people_quote)),
        ],
        kinds: Kind::ALL.iter().map(|kind| capital(kind.words())).collect(),
        held_back: vec![
            told("Values hidden", held.values),
            told("Groups not shown", held.groups),
            told("Values kept from the last edition", held.held),
            told("Quotes with a detail that could lead to somebody", held.private),
            told("Quotes whose customer could be found, said a second reader", held.could_be_found),
            told("Quotes that too few people could have said", held.too_few),
            told("Quotes that would make a group of one customer", held.one_respondent),
            told("Quotes shown with less about the customer", held.less_exact),
        ],
        rules: format!("Version {RULES} of the rules that find them."),
    }
}
