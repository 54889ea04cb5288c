//! What nobody should learn about somebody: illness, death, court, faith, beside a relative or the speaker. Asks for a human
//! yes; it is no identifier by itself, and together with the rest of a quote it often is.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::Cut;

/// How far the two words may stand apart.
const NEAR: usize = 6;

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if !cut.cues.meets(Cues::SENSITIVE) {
        return;
    }
    for at in 0..cut.tokens.len() {
        let Some(token) = cut.get(at).filter(|token| token.known.cues.meets(Cues::SENSITIVE)) else {
            continue;
        };
        let around = at.saturating_sub(NEAR)..(at + NEAR).min(cut.tokens.len());
        let somebody = around.into_iter().any(|near| {
            cut.get(near).is_some_and(|token| token.known.cues.meets(Cues::RELATIVE))
                || matches!(cut.word(near), "I" | "my" | "My")
        });
        if somebody {
            finds.ask(Kind::Other, token.start()..token.end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn sensitive_matters_of_somebody_ask() {
        assert_eq!(found("when my husband died they"), [("OTHER", "ask", "died")]);
        quiet(&["the battery died after a week", "a tennis court nearby"]);
    }
}
