//! Handles of social networks: `@` and 3 to 30 letters at the start of a word. Asks; blocks beside "twitter" and the like would
//! tell no more.

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::Cut;

/// What stands behind a sign in style sheets and code.
const CODE: [&str; 10] =
    ["media", "import", "page", "font", "supports", "charset", "keyframes", "layer", "param", "return"];

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for at in 0..cut.tokens.len() {
        let begins = cut.is_sign(at, '@') && cut.get(at).is_some_and(|token| !token.glued || at == 0);
        let next = cut.get(at + 1).filter(|next| next.glued && (next.is_word() || next.has_digits()));
        let (true, Some(next)) = (begins, next) else { continue };
        let mut end = at + 2;
        while matches!(cut.word(end), "_" | ".")
            && cut.get(end).is_some_and(|token| token.glued)
            && cut.get(end + 1).is_some_and(|token| token.glued && (token.is_word() || token.has_digits()))
        {
            end += 2;
        }
        let span = cut.span(at..end);
        let length = span.len() - 1;
        // "@ 5pm" has a blank; "@5pm" begins with a digit.
        let letter = next.is_word() || cut.word(at + 1).starts_with(|c: char| c.is_alphabetic());
        if letter && (3..=30).contains(&length) && !CODE.contains(&cut.word(at + 1)) && !cut.is_sign(end, '/')
        {
            finds.ask(Kind::Other, span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn handles_ask() {
        assert_eq!(found("tell @jo_bloggs7 that"), [("OTHER", "ask", "@jo_bloggs7")]);
        quiet(&["it came @5pm", "@media print", "@ home", "@types/node"]);
    }
}
