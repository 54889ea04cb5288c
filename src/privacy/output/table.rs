//! CSV: cells, without the quotes around them.

use super::sieve::{Sieve, Slot};

/// Columns of the tables cxbook writes that hold numbers it computed.
const NUMBERS: [&str; 4] = ["value", "n", "low", "high"];

/// First columns of these tables.
const OWN: &str = "period,split,group,value,n,low,high,state,signal";

/// Reads a table.
pub(super) fn read(text: &str, sieve: &mut Sieve<'_, '_>) {
    let head = text.lines().next().unwrap_or_default();
    let columns: Vec<&str> = if head == OWN { head.split(',').collect() } else { Vec::new() };
    let (mut at, mut column) = (0, 0);
    while at < text.len() {
        let (cell, end) = cell(text, at);
        let number = columns.get(column).is_some_and(|name| NUMBERS.contains(name));
        sieve.take(if number { Slot::Number } else { Slot::Cell }, &cell);
        column = if text.as_bytes().get(end) == Some(&b',') { column + 1 } else { 0 };
        at = end + 1;
    }
}

/// The cell that begins at a place, and where it ends.
fn cell(text: &str, at: usize) -> (std::borrow::Cow<'_, str>, usize) {
    let rest = &text[at..];
    let ends = |from: usize| {
        let end = rest[from..].find([',', '\n', '\r']).map_or(rest.len(), |end| from + end);
        (end, at + end)
    };
    if !rest.starts_with('"') {
        let (end, place) = ends(0);
        return (rest[..end].into(), place);
    }
    let mut from = 1;
    while let Some(quote) = rest[from..].find('"').map(|quote| from + quote) {
        if rest[quote + 1..].starts_with('"') {
            from = quote + 2;
        } else {
            let (end, place) = ends(quote + 1);
            return (
                format!("{}{}", rest[1..quote].replace("\"\"", "\""), &rest[quote + 1..end]).into(),
                place,
            );
        }
    }
    (rest[1..].into(), text.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in;
    use super::OWN;

    #[test]
    fn cells_are_whole_and_numbers_of_the_site_are_its_own() {
        for (rows, count) in [
            ("2026-01,who,jo@mail.example,,,,,suppressed,", 1),
            ("2026-01,who,\"Mrs\nBloggs, \"\"Mrs Bloggs\"\"\",,,,,suppressed,", 1),
            ("2026-01,,,12.4929123477315678,247,5.671300925492764,24.728699074507233,shown,", 0),
            ("2026-01,,4929123477315678,1,2,3,4,shown,", 1),
            ("2026-01,,,4929123477315678,2,3,4,shown,", 1),
            ("2026-01,,\"jo@mail.example", 1),
        ] {
            assert_eq!(found_in("a.csv", &format!("{OWN}\n{rows}\n")).len(), count, "{rows}");
        }
        assert_eq!(found_in("a.csv", "value\n12.4929123477315678\n").len(), 1, "only in our own tables");
    }
}
