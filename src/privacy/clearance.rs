//! The recorded yes of a second person, and what is wrong with one.

use std::collections::BTreeMap;

use crate::diag::{Finding, Level, Place, checks};
use crate::model::{Book, Quote, grouped};

const NONE: &str = "has no second person's yes";

/// In an edition, and where the book asks for it, each quote without a yes is an error. In a working copy each file is told
/// once.
pub(super) fn check(book: &Book) -> Vec<Finding> {
    let is_strict = book.edition.is_some() || book.config.second_person;
    let mut files: BTreeMap<&str, (u64, &Place, &str)> = BTreeMap::new();
    let mut findings = Vec::new();
    for quote in &book.quotes {
        let Some(missing) = missing(book, quote) else { continue };
        let is_refused = quote.cleared.as_ref().is_some_and(|cleared| cleared.could_be_found);
        if is_strict || is_refused {
            let mut finding = finding(format!("a quote {missing}")).at(quote.place.clone());
            if is_refused {
                finding = finding.help(
                    "Leave it out, or make its words more general and let the second person look again.",
                );
            }
            findings.push(Finding { level: Level::Error, ..finding });
        } else {
            files.entry(&*quote.place.file).or_insert((0, &quote.place, missing)).0 += 1;
        }
    }
    findings.extend(files.into_values().map(|(count, place, missing)| {
        let message = match count {
            1 => format!("a quote of this file {missing}"),
            _ if missing == NONE => {
                format!("{} quotes of this file have no second person's yes", grouped(count))
            }
            _ => format!(
                "{} quotes of this file lack a second person's yes; the first {missing}",
                grouped(count)
            ),
        };
        finding(message).at(place.clone())
    }));
    findings
}

fn finding(message: String) -> Finding {
    let help = "Somebody other than the author asks: could a person who tries find out who said this? If not, write cleared: \
                {by: ROLE, on: DATE, motivated-intruder: no}. An edition is not built without it.";
    Finding::new(&checks::QUOTE_UNCLEARED, message).help(help).masked()
}

/// What a quote's clearance lacks, if anything.
pub(super) fn missing(book: &Book, quote: &Quote) -> Option<&'static str> {
    let Some(cleared) = &quote.cleared else { return Some(NONE) };
    let same = |role: &String| role.trim().eq_ignore_ascii_case(cleared.by.trim());
    let is_author = match &quote.author {
        Some(author) => same(author),
        None => book.config.authors.iter().any(same),
    };
    if cleared.could_be_found {
        Some("was looked at by a second person, who says that its customer could be found")
    } else if is_author {
        Some("was cleared by its author's own role")
    } else if cleared.on > book.as_of {
        Some("was cleared after the date of the book")
    } else if cleared.on.in_month() < quote.month {
        Some("was cleared before the month it is from")
    } else {
        None
    }
}
