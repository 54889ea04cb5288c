//! Days as exports write them; which field is the day is decided for a whole column, never for a cell.

use super::number::Verdict;
use crate::model::{Date, DateOrder};

/// What the cells of a column allow so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DateEvidence {
    day_first: Option<u64>,
    month_first: Option<u64>,
    unclear: Vec<String>,
}

impl DateEvidence {
    /// Looks at a cell.
    pub(crate) fn look(&mut self, cell: &str, line: u64) {
        let Some((first, second, _)) = fields(cell) else { return };
        match (first > 12, second > 12) {
            (true, _) => self.day_first = self.day_first.or(Some(line)),
            (false, true) => self.month_first = self.month_first.or(Some(line)),
            (false, false) if self.unclear.len() < 3 => {
                self.unclear.push(cell.split(['T', ' ']).next().unwrap_or(cell).to_owned());
            }
            (false, false) => {}
        }
    }

    /// Adds what was seen in a later part of the column.
    pub(crate) fn merge(&mut self, later: Self) {
        self.day_first = self.day_first.or(later.day_first);
        self.month_first = self.month_first.or(later.month_first);
        self.unclear.extend(later.unclear);
        self.unclear.truncate(3);
    }

    /// What the column is.
    pub(crate) fn verdict(&self) -> Verdict<DateOrder> {
        match (self.day_first, self.month_first) {
            (Some(day), Some(month)) => Verdict::Conflict(day, month),
            (Some(_), None) => Verdict::Clear(DateOrder::DayFirst),
            (None, Some(_)) => Verdict::Clear(DateOrder::MonthFirst),
            (None, None) if self.unclear.is_empty() => Verdict::Clear(DateOrder::DayFirst),
            (None, None) => Verdict::Ambiguous(self.unclear.clone()),
        }
    }
}

/// A day written with slashes, dots or hyphens and the year last, with or without a time behind it: `25/12/2021`,
/// `12/25/2021 08:15`, `25.12.2021`.
pub(crate) fn parse(cell: &str, order: DateOrder) -> Option<Date> {
    let (first, second, year) = fields(cell)?;
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    Date::new(year, month, day)
}

/// Whether a cell is a day whose first two fields could be day and month or month and day.
pub(crate) fn has_three_fields(cell: &str) -> bool {
    fields(cell).is_some()
}

/// The three fields of a day whose year comes last.
fn fields(cell: &str) -> Option<(u8, u8, i16)> {
    let day = cell.trim().split(['T', ' ']).next()?;
    let mark = day.chars().find(|character| matches!(character, '/' | '.' | '-'))?;
    let mut parts = day.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !short(first) || !short(second) {
        return None;
    }
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    Some((first.parse().ok()?, second.parse().ok()?, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of `import.date/order` in the golden statistics.
    #[test]
    fn columns_decide() {
        let column = |cells: &[&str]| {
            let mut evidence = DateEvidence::default();
            for (cell, line) in cells.iter().zip(2..) {
                evidence.look(cell, line);
            }
            evidence.verdict()
        };
        assert_eq!(column(&["03/04/2025", "25/04/2025"]), Verdict::Clear(DateOrder::DayFirst));
        assert_eq!(column(&["04/25/2025", "03/04/2025"]), Verdict::Clear(DateOrder::MonthFirst));
        assert!(
            matches!(column(&["03/04/2025", "05/06/2025"]), Verdict::Ambiguous(cells) if cells.len() == 2)
        );
        assert_eq!(column(&["13/01/2025", "01/13/2025"]), Verdict::Conflict(2, 3));
        assert_eq!(column(&["2025-04-03"]), Verdict::Clear(DateOrder::DayFirst));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(parse("31/02/2025", DateOrder::DayFirst), None);
        assert_eq!(parse("03/04/2025 08:15", DateOrder::MonthFirst).unwrap().to_string(), "2025-03-04");
        assert_eq!(parse("25.12.21", DateOrder::DayFirst).unwrap().to_string(), "2021-12-25");
        for text in ["", "2025-04-03", "1/2", "1/2/3/4", "a/b/2025", "1/2/20255"] {
            assert_eq!(parse(text, DateOrder::DayFirst), None, "{text}");
        }
    }
}
