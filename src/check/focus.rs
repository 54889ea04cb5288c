//! Teams that call themselves close to customers, held against the log of conversations.

use super::pages::{Places, Texts};
use super::prose::{is_against, is_quoted, lower, sentence_before, word};
use crate::diag::{Finding, Place, checks};
use crate::markdown::PassageKind;
use crate::model::{Book, Contact, Date, Page, PageKind};

/// What teams like to say of themselves.
const CLAIMS: [&str; 14] = [
    "close to customers",
    "close to our customers",
    "close to the customer",
    "customer centric",
    "customer focused",
    "customer obsessed",
    "customer-centric",
    "customer-first",
    "customer-focused",
    "customer-obsessed",
    "know our customers",
    "listen to customers",
    "listen to our customers",
    "understand our customers",
];

/// Words before a claim that make a wish of it.
const WISHES: [&str; 7] = ["want to", "need to", "must", "should", "try to", "aim to", "learn to"];

/// Checks the pages of all teams.
pub(super) fn check(book: &Book, texts: &Texts<'_>) -> Vec<Finding> {
    let teams = book.pages.iter().filter(|page| matches!(page.kind, PageKind::Team(_)));
    teams.filter_map(|page| team(page, book, texts)).collect()
}

fn team(page: &Page, book: &Book, texts: &Texts<'_>) -> Option<Finding> {
    let talks = book.contacts.iter().filter(|contact| contact.team.as_str() == page.id.as_str());
    let last: Option<Date> = talks.filter(|talk| Contact::is_conversation(talk)).map(|talk| talk.date).max();
    if last.is_some_and(|last| book.as_of.days_since(last) <= book.config.talk_stale) {
        return None;
    }
    let (claim, place) = claim(page, texts)?;
    let since = match last {
        None => "has no conversation with a customer in the log".to_owned(),
        Some(last) => format!("last talked with a customer on {}", last.long()),
    };
    let message = format!("\"{claim}\" is said of a team that {since}");
    let help = "Talk with a customer this week and write it into the log, or take the words out.";
    Some(Finding::new(&checks::FOCUS_CLAIM_STALE, message).at(place).help(help))
}

/// The first such claim: in the text, or in what the team says of its part.
fn claim(page: &Page, texts: &Texts<'_>) -> Option<(&'static str, Place)> {
    let places = Places::new(page);
    let passages = &texts.get(&page.facts.source)?.passages;
    let passages = passages.iter().filter(|passage| passage.kind != PassageKind::Quotation);
    let in_text = passages.filter_map(|passage| {
        let (claim, at) = claimed(&passage.text)?;
        Some((claim, places.of(&passage.span(at..at + claim.len()))))
    });
    let part = match &page.kind {
        PageKind::Team(team) => team.part.as_deref(),
        _ => None,
    };
    let in_facts = part.into_iter().chain(page.facts.summary.as_deref()).filter_map(claimed);
    let in_facts = in_facts.map(|(claim, _)| (claim, Place::line(&page.facts.source, 1)));
    in_text.chain(in_facts).next()
}

fn claimed(text: &str) -> Option<(&'static str, usize)> {
    let text = lower(text)?;
    CLAIMS.into_iter().find_map(|claim| {
        let at = word(&text, claim)?;
        let wished = WISHES.iter().any(|wish| word(sentence_before(&text, at), wish).is_some());
        (!is_quoted(&text, at) && !is_against(&text, at) && !wished).then_some((claim, at))
    })
}
