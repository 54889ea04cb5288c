//! E-mail addresses: `jo.bloggs@mail.example`, and spelled: `jo (at) mail (dot) example`, `jo dot b at gmail dot com`.
//!
//! Grammar: RFC 5321 without quoted local parts, any letters (RFC 6531). A domain without a known ending asks; `user@host`
//! alone is no address.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Cut, Shape};
use super::url::is_suffix;

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if !may_hold(cut) {
        return;
    }
    for at in 0..cut.tokens.len() {
        let sign = cut.is_sign(at, '@');
        let spelled = !sign && is_at(cut, at);
        if sign || spelled {
            let Some(local) = local_part(cut, at, spelled) else { continue };
            let Some(domain) = domain(cut, at, spelled) else { continue };
            let span = cut.span(local..domain.end);
            let known = is_suffix(cut.word(domain.end - 1));
            // "at" between words is an address only when the domain is spelled out and ends as domains do.
            match (sign, known) {
                // "available at firm.com" names a site.
                (false, true) if is_place(cut, local, at, domain.end) => finds.ask(Kind::Email, span),
                (true, _) | (false, true) => finds.block(Kind::Email, span),
                (false, false) if bracketed(cut, at) => finds.block(Kind::Email, span),
                (false, false) => {}
            }
        }
    }
}

/// Whether there is an at sign, or a dot in a domain, written or spelled.
fn may_hold(cut: &Cut) -> bool {
    let text = cut.text.as_bytes();
    let spelled = || [&b"dot"[..], b"DOT", b"Dot"].iter().any(|dot| memmem::find(text, dot).is_some());
    let dotted =
        || cut.joints.iter().any(|joint| joint.checked_sub(1).is_some_and(|at| cut.is_sign(at, '.')));
    memchr(b'@', text).is_some() || dotted() || spelled()
}

fn is_at(cut: &Cut, at: usize) -> bool {
    at > 0
        && cut.get(at).is_some_and(|token| token.is_word() && token.len() == 2)
        && matches!(cut.word(at), "at" | "AT" | "At")
}

/// Whether "at" stands between an everyday word and a domain written as domains are.
fn is_place(cut: &Cut, local: usize, at: usize, end: usize) -> bool {
    let everyday =
        cut.get(local).is_some_and(|token| token.known.ordinary() == 3 && token.known.first() == 0);
    everyday && local + 1 == at && !bracketed(cut, at) && !(at..end).any(|at| is_word_dot(cut, at))
}

fn bracketed(cut: &Cut, at: usize) -> bool {
    at > 0 && matches!(cut.word(at - 1), "(" | "[" | "{" | "<")
}

/// Tokens of a name part: letters, digits, and the signs between them.
fn joins_local(word: &str) -> bool {
    matches!(
        word,
        "." | "_" | "-" | "+" | "%" | "#" | "&" | "=" | "/" | "!" | "'" | "~" | "^" | "$" | "{" | "}" | "|"
    )
}

/// Where the part before the sign begins.
fn local_part(cut: &Cut, at: usize, spelled: bool) -> Option<usize> {
    let mut from = if spelled && bracketed(cut, at) { at - 1 } else { at };
    if spelled {
        let last = from.checked_sub(1)?;
        matches!(cut.get(last)?.shape, Shape::Word | Shape::Number | Shape::Mixed).then_some(())?;
        from = last;
        while from >= 2
            && is_dot(cut, from - 1)
            && cut.get(from - 2).is_some_and(|t| t.is_word() || t.has_digits())
        {
            from -= 2;
        }
        return Some(from);
    }
    while from > 0 && (from == at || cut.get(from)?.glued) && cut.get(at)?.glued {
        let before = cut.get(from - 1)?;
        let fits = before.is_word() || before.has_digits() || joins_local(cut.word(from - 1));
        if !fits {
            break;
        }
        from -= 1;
    }
    while from < at && joins_local(cut.word(from)) {
        from += 1;
    }
    (from < at).then_some(from)
}

fn is_dot(cut: &Cut, at: usize) -> bool {
    matches!(cut.word(at), "." | "dot" | "DOT" | "Dot")
}

/// Tokens of the domain behind the sign.
fn domain(cut: &Cut, at: usize, spelled: bool) -> Option<Range<usize>> {
    let start = if spelled && bracketed(cut, at) { at + 2 } else { at + 1 };
    let label = |at: usize| cut.get(at).is_some_and(|token| token.is_word() || token.has_digits());
    let glued = |at: usize| cut.get(at).is_some_and(|token| token.glued);
    if !label(start) || (!spelled && !glued(start)) {
        return None;
    }
    let (mut end, mut dots) = (start + 1, 0);
    loop {
        if glued(end) && cut.is_sign(end, '-') {
            let mut next = end + 1;
            while cut.is_sign(next, '-') {
                next += 1;
            }
            if !(label(next) && glued(next)) {
                break;
            }
            end = next + 1;
        } else if label(end + 1)
            && (is_word_dot(cut, end) || glued(end) && cut.is_sign(end, '.') && glued(end + 1))
        {
            dots += 1;
            end += 2;
        } else if matches!(cut.word(end), "(" | "[" | "{") && is_word_dot(cut, end + 1) && label(end + 3) {
            dots += 1;
            end += 4;
        } else {
            break;
        }
    }
    (dots > 0).then_some(start..end)
}

fn is_word_dot(cut: &Cut, at: usize) -> bool {
    matches!(cut.word(at), "dot" | "DOT" | "Dot")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn addresses_in_disguise() {
        for (text, value) in [
            ("write to jo.bloggs+x@mail.example, please", "jo.bloggs+x@mail.example"),
            ("jo\u{200b}hn@gmail.com", "jo\u{200b}hn@gmail.com"),
            ("jane dot doe at gmail dot com", "jane dot doe at gmail dot com"),
            ("jane (at) firm (dot) co.uk", "jane (at) firm (dot) co.uk"),
            ("jane [at] gmail.com", "jane [at] gmail.com"),
            ("jo&commat;mail&period;org", "jo&commat;mail&period;org"),
            ("user@xn--80ak6aa92e.com today", "user@xn--80ak6aa92e.com"),
            ("öl@büro.example", "öl@büro.example"),
        ] {
            assert_eq!(found(text), [("EMAIL", "block", value)], "{text}");
        }
    }

    #[test]
    fn a_word_at_a_site_asks() {
        assert_eq!(found("look for training at gov.uk"), [("EMAIL", "ask", "training at gov.uk")]);
        assert_eq!(found("write to katy at gov.uk")[0].1, "block");
    }

    #[test]
    fn other_ats_are_left_alone() {
        quiet(&["it came @ 5pm", "we met at home", "looked at it. com", "user@host", "met@ home.x"]);
    }
}
