//! Roles: a name in braces directly before a code span, as in `` {metric}`nps` ``.

/// The name at the end of `before`, which is the source up to the code span, and `text`, its reading.
///
/// Both have to end in the braces: so a brace behind a backslash or one that came from an entity is none.
pub(super) fn name_before<'s>(before: &'s str, text: &str) -> Option<&'s str> {
    let inside = before.strip_suffix('}')?;
    let length = inside.bytes().rev().take_while(is_name_byte).count();
    let (outside, name) = inside.split_at(inside.len() - length);
    let open = outside.strip_suffix('{')?;
    let same = text
        .strip_suffix('}')
        .and_then(|rest| rest.strip_suffix(name))
        .is_some_and(|rest| rest.ends_with('{'));
    (is_name(name) && same && !open.ends_with('\\')).then_some(name)
}

/// Whether this can name a role or a directive.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(|byte| is_name_byte(&byte))
}

fn is_name_byte(byte: &u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_directly_before_the_code() {
        for (before, expected) in [
            ("our {metric}", Some("metric")),
            ("{a-1}", Some("a-1")),
            ("our {metric} ", None),
            ("{Metric}", None),
            ("{}", None),
            ("metric}", None),
            ("\\{metric}", None),
            ("{{metric}}", None),
            ("{{metric}", Some("metric")),
        ] {
            assert_eq!(name_before(before, before), expected, "{before}");
        }
    }
}
