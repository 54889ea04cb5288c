//! Web addresses. One with a scheme, `www.`, a path, a query or a user part blocks; a bare domain asks.
//!
//! A bare domain needs an ending from the list below and no capital behind the dot, for people forget the blank after a full
//! stop.

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::Cut;

/// Endings of domains that occur in running text: the first of IANA's list, and all of two letters.
const SUFFIXES: [&str; 46] = [
    "com",
    "org",
    "net",
    "edu",
    "gov",
    "mil",
    "int",
    "info",
    "biz",
    "name",
    "pro",
    "app",
    "dev",
    "xyz",
    "online",
    "shop",
    "site",
    "store",
    "tech",
    "blog",
    "cloud",
    "club",
    "email",
    "global",
    "group",
    "live",
    "media",
    "network",
    "news",
    "page",
    "social",
    "solutions",
    "space",
    "support",
    "team",
    "today",
    "top",
    "web",
    "website",
    "work",
    "world",
    "bank",
    "london",
    "nhs",
    "scot",
    "wales",
];

/// Countries' endings; the ones that are also words ("it.is", "in", "so", "at") need more around them.
const COUNTRIES: [&str; 44] = [
    "ai", "ar", "au", "be", "br", "ca", "ch", "cl", "cn", "co", "cz", "de", "dk", "ee", "es", "eu", "fi",
    "fr", "gr", "hk", "hr", "hu", "ie", "il", "in", "io", "it", "jp", "kr", "lt", "lu", "lv", "mx", "nl",
    "no", "nz", "pl", "pt", "ro", "ru", "se", "sg", "uk", "us",
];

/// Whether a word ends domains.
pub(super) fn is_suffix(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    SUFFIXES.contains(&lower.as_str())
        || (lower.len() == 2 && lower.bytes().all(|byte| byte.is_ascii_alphabetic()))
        || lower.starts_with("xn")
        || lower == "example"
}

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    let mut done = 0;
    for at in places(cut) {
        if at < done {
            continue;
        }
        if cut.is_sign(at, ':')
            && cut.is_sign(at + 1, '/')
            && cut.is_sign(at + 2, '/')
            && at > 0
            && glued(cut, at)
        {
            let end = address_end(cut, at + 3);
            if end > at + 3 && cut.get(at - 1).is_some_and(|token| token.is_word()) {
                finds.block(Kind::Url, cut.span(at - 1..end));
                done = end;
            }
        } else if cut.is_sign(at, '.')
            && glued(cut, at)
            && glued(cut, at + 1)
            && at > 0
            && !cut.is_sign(at - 1, '@')
        {
            done = bare(cut, at, finds).unwrap_or(done);
        }
    }
}

/// Where an address may have its colon or its dot: without a slash, at dots with something right behind them.
fn places(cut: &Cut) -> Vec<usize> {
    if memchr::memchr(b'/', cut.text.as_bytes()).is_some() {
        return (0..cut.tokens.len()).collect();
    }
    cut.joints.iter().filter_map(|joint| joint.checked_sub(1)).collect()
}

fn glued(cut: &Cut, at: usize) -> bool {
    cut.get(at).is_some_and(|token| token.glued)
}

/// Where the address that goes on at a token ends: at a blank, a quotation mark or a closing bracket, without the full
/// stop behind it.
fn address_end(cut: &Cut, from: usize) -> usize {
    let mut end = from;
    while glued(cut, end) && !matches!(cut.word(end), "\"" | "<" | ">" | ")" | "]" | "}" | "|" | "'" | "\\") {
        end += 1;
    }
    while end > from && matches!(cut.word(end - 1), "." | "," | ";" | ":" | "!" | "?" | "'") {
        end -= 1;
    }
    end
}

/// A domain without a scheme around a dot: all labels before it, all behind it.
fn bare(cut: &Cut, dot: usize, finds: &mut Finds) -> Option<usize> {
    let label = |at: usize| cut.get(at).is_some_and(|token| token.is_word() || token.has_digits());
    let mut start = dot.checked_sub(1).filter(|at| label(*at))?;
    while start >= 2
        && glued(cut, start)
        && cut.is_sign(start - 1, '-')
        && glued(cut, start - 1)
        && label(start - 2)
    {
        start -= 2;
    }
    let mut end = dot;
    let mut last = dot;
    while cut.is_sign(end, '.') && glued(cut, end) && label(end + 1) && glued(cut, end + 1) {
        last = end + 1;
        end += 2;
        while cut.is_sign(end, '-') && glued(cut, end) && label(end + 1) && glued(cut, end + 1) {
            last = end + 1;
            end += 2;
        }
    }
    if last == dot {
        return None;
    }
    let suffix = cut.word(last);
    let www = cut.word(start).eq_ignore_ascii_case("www");
    let lower = suffix.chars().all(|letter| letter.is_ascii_lowercase());
    let upper =
        cut.span(start..end).len() > 4 && cut.text[cut.span(start..end)].chars().all(|c| !c.is_lowercase());
    let small = suffix.to_ascii_lowercase();
    let (common, country) = (SUFFIXES.contains(&small.as_str()), COUNTRIES.contains(&small.as_str()));
    let dots = (start..end).filter(|at| cut.is_sign(*at, '.')).count();
    let path = cut.is_sign(end, '/') && glued(cut, end) && glued(cut, end + 1);
    // "later.It was", "e.g.", "a.m." are no domains; neither is "ok.so" without anything more.
    let long = cut.get(last - 2).is_some_and(|token| token.len() > 1);
    let sure = common
        || dots > 1
        || path
        || www
        || matches!(suffix, "uk" | "de" | "fr" | "eu" | "io" | "nl" | "es" | "ie");
    if !(www || ((lower || upper) && long && (common || country) && sure)) {
        return Some(end);
    }
    let end = if path { address_end(cut, end) } else { end };
    let span = cut.span(start..end);
    // A word that ends a sentence may meet a word that is an ending: "slow.today".
    let worded = dots == 1 && !path && !matches!(suffix, "com" | "org" | "net" | "uk" | "gov" | "edu");
    let known = cut.get(last).is_some_and(|token| token.known.ordinary() >= 2);
    if worded && known && cut.get(start).is_some_and(|token| token.known.ordinary() >= 1) {
        return Some(end);
    }
    if path || www {
        finds.block(Kind::Url, span);
    } else {
        finds.ask(Kind::Url, span);
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn addresses() {
        assert_eq!(found("see https://x.example/a?b=1."), [("URL", "block", "https://x.example/a?b=1")]);
        assert_eq!(found("on www.firm.test now"), [("URL", "block", "www.firm.test")]);
        assert_eq!(
            found("at google.co.il or microsoft.com"),
            [("URL", "ask", "google.co.il"), ("URL", "ask", "microsoft.com")]
        );
        assert_eq!(found("(shop.example.com/u/77315)"), [("URL", "block", "shop.example.com/u/77315")]);
    }

    #[test]
    fn forgotten_blanks_are_no_addresses() {
        quiet(&[
            "very helpful.The staff",
            "we have broadband.Com was fine",
            "it was ok.so we left",
            "came at 9a.m. today",
            "slow.today it works",
            "e.g. this",
            "3.5 stars",
        ]);
    }
}
