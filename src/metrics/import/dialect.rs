//! What stands above the data: header rows of survey tools, recognised by what they hold and never by a file's name.

/// How an export begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// One row of names.
    Plain,
    /// Qualtrics: names, questions, import ids.
    Qualtrics,
    /// Qualtrics as it was: `V1 ...`, then names and questions.
    QualtricsLegacy,
    /// SurveyMonkey: questions, each once above the first of its options, then the options.
    SurveyMonkey,
}

impl Dialect {
    /// Records above the data.
    pub(crate) fn header_rows(self) -> usize {
        match self {
            Self::Plain => 1,
            Self::QualtricsLegacy | Self::SurveyMonkey => 2,
            Self::Qualtrics => 3,
        }
    }
}

/// The names of the columns; a column may go by several. The first is the one shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// How the export begins.
    pub(crate) dialect: Dialect,
    /// Names of each column, cleaned; empty where a column has none.
    pub(crate) columns: Vec<Vec<String>>,
    /// The time zone in which the tool wrote its times, where it says so.
    pub(crate) zone: Option<String>,
}

/// Reads the header from the first records of an export.
pub(super) fn header(records: &[Vec<String>]) -> Header {
    let dialect = recognise(records);
    let empty = Vec::new();
    let first = records.first().unwrap_or(&empty);
    let second = records.get(1).unwrap_or(&empty);
    let columns = match dialect {
        Dialect::Plain => first.iter().map(|name| names([name])).collect(),
        Dialect::Qualtrics => first.iter().map(|name| names([name])).collect(),
        Dialect::QualtricsLegacy => paired(first, second, |name, label| names([name, label])),
        Dialect::SurveyMonkey => survey_monkey(first, second),
    };
    let zone = records.get(2).filter(|_| dialect == Dialect::Qualtrics).and_then(|row| time_zone(row));
    Header { dialect, columns, zone }
}

/// `{"ImportId":"startDate","timeZone":"America/Denver"}` names the zone of all times.
fn time_zone(row: &[String]) -> Option<String> {
    let (_, after) = row.iter().find_map(|cell| cell.split_once("\"timeZone\":\""))?;
    after.split_once('"').map(|(zone, _)| zone.to_owned())
}

fn recognise(records: &[Vec<String>]) -> Dialect {
    let (Some(first), Some(second)) = (records.first(), records.get(1)) else { return Dialect::Plain };
    let import_ids = |row: &Vec<String>| {
        let filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        !filled.is_empty() && filled.iter().all(|cell| cell.starts_with("{\"ImportId\":"))
    };
    if records.get(2).is_some_and(import_ids) {
        return Dialect::Qualtrics;
    }
    let legacy =
        (1..=5).all(|number| first.get(number - 1).is_some_and(|name| *name == format!("V{number}")));
    if legacy && second.first().is_some_and(|name| name.eq_ignore_ascii_case("ResponseID")) {
        return Dialect::QualtricsLegacy;
    }
    let respondent = first.first().map(|name| name.replace(' ', "").to_ascii_lowercase());
    let under_empty =
        first.iter().zip(second).filter(|(name, option)| name.is_empty() && !option.is_empty()).count();
    let answers = second.first().is_some_and(String::is_empty);
    if respondent.as_deref() == Some("respondentid")
        && answers
        && (under_empty > 0 || second.iter().any(|c| c == "Response"))
    {
        return Dialect::SurveyMonkey;
    }
    Dialect::Plain
}

/// A question stands once; its options stand below, each above its own column.
fn survey_monkey(questions: &[String], options: &[String]) -> Vec<Vec<String>> {
    let mut question = String::new();
    paired(questions, options, |name, option| {
        if !name.is_empty() {
            question = clean(name);
        }
        let option = clean(option);
        match option.as_str() {
            "" | "Response" | "Open-Ended Response" => names([&question]),
            option => names([&format!("{question}: {option}"), option]),
        }
    })
}

fn paired(
    first: &[String],
    second: &[String],
    mut make: impl FnMut(&str, &str) -> Vec<String>,
) -> Vec<Vec<String>> {
    let at = |row: &[String], index: usize| row.get(index).cloned().unwrap_or_default();
    (0..first.len().max(second.len())).map(|index| make(&at(first, index), &at(second, index))).collect()
}

fn names<'a>(names: impl IntoIterator<Item = &'a (impl AsRef<str> + 'a + ?Sized)>) -> Vec<String> {
    names.into_iter().map(|name| clean(name.as_ref())).filter(|name| !name.is_empty()).collect()
}

/// A name without blanks at its ends, no-break spaces, byte-order mark, control characters and line breaks.
pub(super) fn clean(name: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|c| if c.is_whitespace() || c.is_control() || c == '\u{feff}' { ' ' } else { c })
        .collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn recognises_survey_tools_by_content() {
        let qualtrics = rows(&[
            &["StartDate", "Q1"],
            &["Anfangsdatum", "Frage"],
            &["{\"ImportId\":\"startDate\",\"timeZone\":\"America/Denver\"}", "{\"ImportId\":\"QID1\"}"],
        ]);
        assert_eq!(header(&qualtrics).dialect, Dialect::Qualtrics);
        assert_eq!(header(&qualtrics).zone.as_deref(), Some("America/Denver"));
        let legacy = rows(&[
            &["V1", "V2", "V3", "V4", "V5", "Q1"],
            &["ResponseID", "ResponseSet", "Name", "Ext", "EmailAddress", "How?"],
        ]);
        assert_eq!(header(&legacy).columns[0], ["V1", "ResponseID"]);
        let monkey = rows(&[&["RespondentID", "Rate these", "", "Age"], &["", "Speed", "Price", "Response"]]);
        let header = header(&monkey);
        assert_eq!(header.dialect, Dialect::SurveyMonkey);
        assert_eq!(header.columns[2], ["Rate these: Price", "Price"]);
        assert_eq!(header.columns[3], ["Age"]);
    }

    #[test]
    fn an_ordinary_table_has_one_header_row() {
        let plain = rows(&[&["id", "score"], &["1", "9"], &["2", "10"]]);
        assert_eq!(
            header(&plain),
            Header {
                dialect: Dialect::Plain,
                columns: vec![vec!["id".into()], vec!["score".into()]],
                zone: None
            }
        );
        assert_eq!(header(&[]).columns.len(), 0);
    }
}
