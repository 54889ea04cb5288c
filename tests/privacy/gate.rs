//! What the gate makes of the two levels: sure finds stop the build, suspect ones are shown to the author.

use cxbook::diag::{Level, short};
use cxbook::privacy::detect::{Kind, Level as Sureness, Policy, Roster, Scanner};

use super::super::fixture::build;

fn with_quote(text: &str) -> cxbook::diag::Outcome<cxbook::output::Output> {
    let quote = format!(
        "- {{id: q1, text: \"{text}\", source: Survey, date: 2026-03, consent: C, anonymised: true}}\n"
    );
    build(&[("content/index.md", "# Home\n\nAsk Katy Omonori.\n"), ("content/quotes/q.yaml", &quote)])
}

#[test]
fn suspect_words_warn_and_sure_finds_stop() {
    let suspect = with_quote("Katsha was kind to us.");
    let said = short(&suspect.findings);
    assert!(!suspect.value.is_empty(), "{said}");
    assert!(said.contains("warning[private-text]: the quote") && !said.contains("Katsha"), "{said}");
    let sure = with_quote("Mrs Katsha was kind to us.");
    assert!(sure.value.is_empty() && sure.findings.iter().any(|finding| finding.level == Level::Error));
}

#[test]
fn names_on_authors_own_pages_are_theirs_to_give() {
    let built = with_quote("They were kind to us.");
    assert!(!short(&built.findings).contains("private-text"), "{}", short(&built.findings));
}

/// A roster as large as a bank's is asked for every word of a text.
#[test]
fn a_roster_of_two_hundred_thousand_names_is_no_burden() {
    let mut staff = Roster::new(b"key");
    (0..200_000).for_each(|number| staff.add_whole(&format!("name{number} family{number}")));
    let policy = Policy { staff, accepted: ["millbrook".to_owned()].into(), ..Policy::default() };
    let mut scanner = Scanner::new(&policy);
    let text = "At Millbrook we were served by Name77 Family77. ".repeat(200);
    let hits = scanner.scan(&text);
    let listed = hits.iter().filter(|hit| (hit.kind, hit.level) == (Kind::Person, Sureness::Block)).count();
    assert_eq!(listed, 200);
    assert!(
        hits.iter().all(|hit| &text[hit.span.clone()] != "Millbrook"),
        "an accepted word is not asked for"
    );
}
