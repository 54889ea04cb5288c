//! Addresses of devices in a network: IPv4 (RFC 791), IPv6 (RFC 4291), MAC (IEEE 802), UUID (RFC 9562).

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Cut, Shape};

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    let mut done = 0;
    // A joint is the third token of an address, or the second of one that begins with two colons.
    let places = cut.joints.iter().flat_map(|joint| [joint.checked_sub(2), joint.checked_sub(1)]);
    for at in places.flatten() {
        if at < done || !may_begin(cut, at) {
            continue;
        }
        let end = hexadecimal_end(cut, at);
        let span = cut.span(at..end);
        let Some(text) = cut.text.get(span.clone()) else { continue };
        let trimmed = trim(text);
        let span = span.start..span.start + trimmed.len();
        if is_mac(trimmed) || is_uuid(trimmed) {
            finds.block(Kind::Account, span);
        } else if is_v6(trimmed) || (is_v4(trimmed) && !is_version(cut, at)) {
            finds.block(Kind::Ip, with_prefix(cut, span));
        } else if is_v4(trimmed) {
            finds.ask(Kind::Ip, span);
        } else {
            continue;
        }
        done = end;
    }
}

/// Whether a token can begin such an address: hexadecimal, with a sign behind it, or two colons.
fn may_begin(cut: &Cut, at: usize) -> bool {
    let Some(token) = cut.get(at) else { return false };
    let joins = |at: usize| ['.', ':', '-'].into_iter().any(|sign| cut.is_sign(at, sign));
    let sign = |at: usize| cut.get(at).is_some_and(|next| next.glued) && joins(at);
    match token.shape {
        Shape::Sign => {
            cut.is_sign(at, ':')
                && sign(at + 1)
                && cut.is_sign(at + 1, ':')
                && (at == 0 || !token.glued || !cut.is_sign(at - 1, ':'))
        }
        Shape::Break => false,
        _ => {
            token.len() <= 8
                && sign(at + 1)
                && is_hexadecimal(cut.word(at))
                && !(token.glued && at > 0 && cut.is_sign(at - 1, '.'))
        }
    }
}

fn is_hexadecimal(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hexadecimal_end(cut: &Cut, at: usize) -> usize {
    let mut end = at + 1;
    while let Some(token) = cut.get(end)
        && token.glued
        && end - at < 20
        && (matches!(cut.word(end), "." | ":" | "-") || is_hexadecimal(cut.word(end)))
    {
        end += 1;
    }
    end
}

/// Without the full stop or colon of the sentence; two colons may end an IPv6 address.
fn trim(text: &str) -> &str {
    let trimmed = text.trim_end_matches(['.', '-']);
    if trimmed.ends_with("::") { trimmed } else { trimmed.trim_end_matches(':') }
}

/// `/24`, or `%eth0`, behind an address belongs to it.
fn with_prefix(cut: &Cut, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let rest = cut.text.get(span.end..).unwrap_or_default();
    let digits = |text: &str| text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let zone = |text: &str| text.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
    let more = rest
        .strip_prefix('/')
        .map(digits)
        .or_else(|| rest.strip_prefix('%').map(zone))
        .filter(|more| *more > 0);
    span.start..span.end + more.map_or(0, |more| more + 1)
}

fn is_v4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Two colons alone are "unspecified"; they are too common in code and prose.
fn is_v6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok() && text.bytes().any(|byte| byte != b':')
}

/// "version 1.2.3.4" is no address.
fn is_version(cut: &Cut, at: usize) -> bool {
    (1..=2).any(|back| {
        at >= back && matches!(cut.word(at - back), "version" | "Version" | "v" | "release" | "firmware")
    }) && !cut.is_cued(&(at..at + 1), Cues::DEVICE)
}

fn is_mac(text: &str) -> bool {
    let parts = |sign: char, length: usize, count: usize| {
        text.split(sign).count() == count
            && text.split(sign).all(|part| part.len() == length && is_hexadecimal(part))
    };
    parts(':', 2, 6)
        || parts('-', 2, 6)
        || parts('.', 4, 3) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn addresses_of_devices() {
        for (text, code, value) in [
            ("from 203.0.113.9.", "IP", "203.0.113.9"),
            ("to 2001:db8::1 and", "IP", "2001:db8::1"),
            ("at ::ffff:192.168.1.0/96", "IP", "::ffff:192.168.1.0/96"),
            ("fe80::1%eth0 here", "IP", "fe80::1%eth0"),
            ("A099::09C0:876A:130B", "IP", "A099::09C0:876A:130B"),
            ("mac 00:1A:2b:3c:4d:5e ok", "ACCOUNT", "00:1A:2b:3c:4d:5e"),
            ("is aabb.ccdd.eeff", "ACCOUNT", "aabb.ccdd.eeff"),
            ("123e4567-e89b-12d3-a456-426614174000", "ACCOUNT", "123e4567-e89b-12d3-a456-426614174000"),
        ] {
            assert_eq!(found(text), [(code, "block", value)], "{text}");
        }
    }

    #[test]
    fn versions_and_times() {
        assert_eq!(found("since version 1.2.3.4 it"), [("IP", "ask", "1.2.3.4")]);
        quiet(&["at 12:34:56", "std::io", "1.2.3", "bad: add", "a - b"]);
    }
}
