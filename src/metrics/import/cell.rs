//! What a cell says.

/// A finite number as an export writes it: `8`, `8.5`, ` 42 `, `93%`. No thousands marks, no decimal comma.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let text = cell.trim();
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Whether two texts are the same to a person: blanks at the ends and case do not matter.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_nothing_else() {
        assert_eq!(number(" 8 "), Some(8.0));
        assert_eq!(number("93.5%"), Some(93.5));
        assert_eq!(number("-1"), Some(-1.0));
        assert_eq!(number("1e3"), Some(1000.0));
        for text in ["", "N/A", "NaN", "inf", "-", "1,024", "10 - Extremely likely", "1e999", "0x10"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
