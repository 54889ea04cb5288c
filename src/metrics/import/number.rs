//! Numbers as exports write them; how is decided for a whole column, never for a cell.

use crate::model::NumberStyle;

/// What the cells of a column allow so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NumberEvidence {
    /// A cell that can only be read with a decimal point, and its line.
    point: Option<u64>,
    /// A cell that can only be read with a decimal comma, and its line.
    comma: Option<u64>,
    /// Cells that read differently either way: their texts, at most three.
    unclear: Vec<String>,
}

/// What a column turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<T> {
    /// Every cell can be read this way, or no cell tells.
    Clear(T),
    /// Two readings fit every cell; up to three of them.
    Ambiguous(Vec<String>),
    /// One line needs one reading, another line the other.
    Conflict(u64, u64),
}

impl NumberEvidence {
    /// Looks at a cell.
    pub(crate) fn look(&mut self, cell: &str, line: u64) {
        if !cell.bytes().any(|byte| matches!(byte, b',' | b'.')) {
            return;
        }
        match (parse(cell, NumberStyle::Point), parse(cell, NumberStyle::Comma)) {
            (Some(point), Some(comma)) if point.to_bits() == comma.to_bits() => {}
            (Some(_), Some(_)) if self.unclear.len() < 3 => self.unclear.push(cell.to_owned()),
            (Some(_), Some(_)) => {}
            (Some(_), None) => self.point = self.point.or(Some(line)),
            (None, Some(_)) => self.comma = self.comma.or(Some(line)),
            _ => {}
        }
    }

    /// Adds what was seen in a later part of the column.
    pub(crate) fn merge(&mut self, later: Self) {
        self.point = self.point.or(later.point);
        self.comma = self.comma.or(later.comma);
        self.unclear.extend(later.unclear);
        self.unclear.truncate(3);
    }

    /// What the column is.
    pub(crate) fn verdict(&self) -> Verdict<NumberStyle> {
        match (self.point, self.comma) {
            (Some(point), Some(comma)) => Verdict::Conflict(point, comma),
            (Some(_), None) => Verdict::Clear(NumberStyle::Point),
            (None, Some(_)) => Verdict::Clear(NumberStyle::Comma),
            (None, None) if self.unclear.is_empty() => Verdict::Clear(NumberStyle::Point),
            (None, None) => Verdict::Ambiguous(self.unclear.clone()),
        }
    }
}

/// A finite number written in a style: `8`, `-1.5`, `1,234.5`, `93 %`. Thousands marks must part groups of three.
pub(crate) fn parse(cell: &str, style: NumberStyle) -> Option<f64> {
    let text = cell.trim();
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    if let Some(plain) = whole(text) {
        return Some(plain);
    }
    let (mark, thousands) = match style {
        NumberStyle::Point => ('.', [',', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}']),
        NumberStyle::Comma => (',', ['.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}']),
    };
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = digits.split_once(['e', 'E']).map_or((digits, None), |(d, e)| (d, Some(e)));
    let (integer, fraction) = digits.split_once(mark).unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(fraction) || integer.is_empty() {
        return None;
    }
    let mut plain = grouped(integer, thousands)?;
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        plain.push('e');
        plain.push_str(exponent);
    }
    plain.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| sign * value)
}

/// The number in front of a label: 10 of `10 - Extremely likely`, 5 of `5 = very good`. Digits alone have no label.
pub(crate) fn labelled(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let end = cell.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, label) = cell.split_at(end);
    let apart = label.starts_with([' ', ':', '=', ')', '(', '-', '\u{2013}', '\u{2014}']);
    let words = label.chars().any(char::is_alphabetic);
    if (1..=3).contains(&number.len()) && apart && words { number.parse().ok() } else { None }
}

/// The whole number a text ends in: 75 of `Rating of 5: 75`.
pub(crate) fn last_number(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    let start = cell
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(0, |at| at + cell[at..].chars().next().map_or(1, char::len_utf8));
    cell[start..].parse().ok()
}

/// Digits alone, the common case, without a detour.
fn whole(text: &str) -> Option<f64> {
    let short = !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    short.then(|| text.bytes().fold(0.0, |number, byte| number * 10.0 + f64::from(byte - b'0')))
}

/// The digits of an integer whose thousands marks, all of one kind, part groups of three.
fn grouped(integer: &str, marks: [char; 6]) -> Option<String> {
    let Some(mark) = integer.chars().find(|character| marks.contains(character)) else {
        let plain = !integer.is_empty() && integer.bytes().all(|byte| byte.is_ascii_digit());
        return plain.then(|| integer.to_owned());
    };
    let mut groups = integer.split(mark);
    let first = groups.next()?;
    let fits = |group: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    (fits(first, 1..=3) && groups.all(|group| fits(group, 3..=3))).then(|| integer.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Verdict<NumberStyle> {
        let mut evidence = NumberEvidence::default();
        for (cell, line) in cells.iter().zip(2..) {
            evidence.look(cell, line);
        }
        evidence.verdict()
    }

    /// The cases of `import.number/decimal_styles` in the golden statistics.
    #[test]
    fn columns_decide() {
        let read = |cells: &[&str]| match column(cells) {
            Verdict::Clear(style) => cells.iter().map(|cell| parse(cell, style).unwrap()).collect::<Vec<_>>(),
            other => panic!("{cells:?}: {other:?}"),
        };
        assert_eq!(read(&["1,5", "2,25", "10"]), [1.5, 2.25, 10.0]);
        assert_eq!(column(&["1,234", "5,678"]), Verdict::Ambiguous(vec!["1,234".into(), "5,678".into()]));
        assert_eq!(read(&["1.234,5", "987,0"]), [1234.5, 987.0]);
        assert_eq!(read(&["1 234,5"]), [1234.5]);
        assert_eq!(read(&["12 %", "7,5 %"]), [12.0, 7.5]);
        assert_eq!(read(&["1'234.5"]), [1234.5]);
        assert_eq!(column(&["1,5", "2.25"]), Verdict::Conflict(3, 2));
        assert_eq!(read(&["1,234", "5.5"]), [1234.0, 5.5]);
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in [
            "",
            "N/A",
            "NaN",
            "inf",
            "-",
            "1,2,3",
            "10 - Extremely likely",
            "1e999",
            "0x10",
            "1.2.3",
            "12,34,5",
        ] {
            assert_eq!(parse(text, NumberStyle::Point), None, "{text}");
        }
        for (cell, number) in
            [("10 - Extremely likely", 10.0), ("5 = very good", 5.0), ("0: not at all", 0.0)]
        {
            assert_eq!(labelled(cell), Some(number), "{cell}");
        }
        for cell in ["10", "10 12", "4.5 good", "fine 5", "2026-01-01", "1,5 ok", ""] {
            assert_eq!(labelled(cell), None, "{cell}");
        }
        assert_eq!(last_number("Rating of 5: 75"), Some(75));
        assert_eq!(last_number("75"), Some(75));
        for cell in ["", "75 ratings", "Rating é", "99999999999999999999999"] {
            assert_eq!(last_number(cell), None, "{cell}");
        }
        assert_eq!(parse("1e3", NumberStyle::Point), Some(1000.0));
        assert_eq!(parse("1.5e3", NumberStyle::Point), Some(1500.0));
        assert_eq!(parse("-0,5", NumberStyle::Comma), Some(-0.5));
        assert_eq!(parse("\u{2212}7", NumberStyle::Point), Some(-7.0));
    }
}
