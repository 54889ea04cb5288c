//! Comparing texts of cells.

/// Whether two texts are the same to a person: blanks at the ends and case do not matter.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a.eq_ignore_ascii_case(b) || (!(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase())
}
