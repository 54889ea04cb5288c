//! Where a link leads, judged by its target the way a browser would.

use pulldown_cmark::LinkType;

use crate::markdown::model::LinkKind;

/// The kind of a link, and its target as others should see it.
pub(super) fn classify(link_type: LinkType, target: &str) -> (LinkKind, String) {
    match link_type {
        // In a table the bar of `[[Title\|text]]` needs a backslash, which the parser leaves in the title.
        LinkType::WikiLink { has_pothole } => {
            let title = if has_pothole { target.strip_suffix('\\').unwrap_or(target) } else { target };
            (LinkKind::Wiki, title.trim().to_owned())
        }
        LinkType::Email => (LinkKind::Mail, format!("mailto:{target}")),
        _ => (kind_of(target), target.to_owned()),
    }
}

/// The kind of an address.
pub(super) fn kind_of(target: &str) -> LinkKind {
    // Browsers drop tabs and line ends inside an address and control characters around it, so `java&Tab;script:`
    // would run. Nobody needs them; their presence alone is reason enough.
    if target.chars().any(char::is_control) {
        return LinkKind::Unsafe;
    }
    let target = target.trim();
    if let Some(scheme) = scheme(target) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => LinkKind::External,
            "mailto" | "tel" => LinkKind::Mail,
            _ => LinkKind::Unsafe,
        };
    }
    // Browsers read a backslash as a slash.
    let mut start = target.chars().map(|c| if c == '\\' { '/' } else { c });
    match (start.next(), start.next()) {
        (Some('#'), _) => LinkKind::Anchor,
        (Some('/'), Some('/')) => LinkKind::External,
        _ => LinkKind::Page,
    }
}

/// What stands before the first colon, when it can be a scheme.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let word = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    word.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_the_target() {
        for (target, expected) in [
            ("https://example.org", LinkKind::External),
            ("HTTP://example.org", LinkKind::External),
            ("//example.org/x", LinkKind::External),
            ("\\\\example.org", LinkKind::External),
            ("../actions/call-ahead.md#why", LinkKind::Page),
            ("/teams/a.md?x=a:b", LinkKind::Page),
            ("", LinkKind::Page),
            ("#why", LinkKind::Anchor),
            ("mailto:a@example.org", LinkKind::Mail),
            ("tel:+441234", LinkKind::Mail),
            ("javascript:alert(1)", LinkKind::Unsafe),
            (" JavaScript:alert(1)", LinkKind::Unsafe),
            ("java\tscript:alert(1)", LinkKind::Unsafe),
            ("\u{1}javascript:alert(1)", LinkKind::Unsafe),
            ("data:text/html,x", LinkKind::Unsafe),
            ("vbscript:x", LinkKind::Unsafe),
            ("file:///etc", LinkKind::Unsafe),
        ] {
            assert_eq!(kind_of(target), expected, "{target:?}");
        }
    }
}
