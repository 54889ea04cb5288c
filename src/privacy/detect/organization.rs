//! Firms: names with a legal form (Ltd, GmbH, Inc), and registration or VAT numbers. The names a book lists are found by its
//! roster.

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::policy::Policy;
use super::shape::{Code, fits};
use super::token::{Case, Cut};

/// Prefixes of VAT numbers in Europe, with 8 to 12 characters behind them.
const VAT: &str = "AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI";

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if cut.cues.meets(Cues::LEGAL) {
        (1..cut.tokens.len()).for_each(|at| legal_form(cut, at, finds));
    }
}

/// Reports a code that is the number of a firm.
pub(super) fn judge(cut: &Cut, code: &Code, finds: &mut Finds) {
    if code.letters == 0 && !cut.cues.meets(Cues::FIRM | Cues::TAX) {
        return;
    }
    let text = &code.text;
    if text.len() < 3 {
        return;
    }
    let cued = cut.is_cued(&code.tokens, Cues::FIRM | Cues::TAX);
    let vat = (10..=14).contains(&text.len())
        && text.len() >= code.letters + 8
        && code.tokens.len() <= 5
        && VAT.split(' ').any(|prefix| text.starts_with(prefix));
    let indian = fits(text, "99AAAAA9999AXAX");
    let register = text.strip_prefix("HR").is_some_and(|rest| {
        rest.starts_with(['A', 'B'])
            && (1..=6).contains(&(rest.len() - 1))
            && rest[1..].bytes().all(|b| b.is_ascii_digit())
    });
    let plain = cued
        && (6..=12).contains(&text.len())
        && text.bytes().filter(u8::is_ascii_digit).count() + 2 >= text.len();
    if indian || register || vat {
        finds.add(
            Kind::Organization,
            if cued || indian { Level::Block } else { Level::Ask },
            cut.span(code.tokens.clone()),
        );
    } else if plain {
        finds.ask(Kind::Organization, cut.span(code.tokens.clone()));
    }
}

/// Capitalised words before "Ltd"; "limited" and the like only with a capital.
fn legal_form(cut: &Cut, at: usize, finds: &mut Finds) {
    let Some(token) =
        cut.get(at).filter(|token| token.known.cues.meets(Cues::LEGAL) && token.case != Case::Lower)
    else {
        return;
    };
    let mut start = at;
    while start > 0 && at - start < 6 {
        let before = start - 1;
        let name = cut.get(before).is_some_and(|token| token.is_word() && token.case != Case::Lower);
        let joins = matches!(cut.word(before), "&" | "," | "and" | "of" | "-") && start > 1 && start < at;
        if !(name || joins) {
            break;
        }
        start = before;
    }
    if start < at && token.is_word() {
        finds.ask(Kind::Organization, cut.span(start..at + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn firms_ask() {
        assert!(found("We at Blue Table Ltd pay").contains(&("ORGANIZATION", "ask", "Blue Table Ltd")));
        assert!(found("HRB 4711 is").contains(&("ORGANIZATION", "ask", "HRB 4711")));
        assert!(found("VAT no DE123456788").iter().any(|hit| hit.1 == "block"));
        quiet(&["my options were limited", "as of today"]);
    }
}
