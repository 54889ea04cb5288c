//! An entry more at the end of a list, in a file that keeps its comments, its order and its line ends.

use crate::load::{Form, Format, parse_yaml};
use crate::tree::{Node, Value};

/// The text of a file with one more entry.
///
/// # Errors
/// A sentence that says why the entry has to be added by hand: the file cannot be read, or its list is written in one line.
pub fn append(
    file: &str,
    text: Option<&str>,
    format: &Format,
    fields: &[(&str, String)],
) -> Result<String, String> {
    let whole = text.unwrap_or_default();
    if file.ends_with(".csv") {
        return row(whole, fields);
    }
    let (mark, text) = match whole.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", whole),
    };
    let before = parse_yaml(text).ok_or("the file cannot be read as it is; cxbook check says where")?;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.lines().collect();
    let (at, indent, is_spaced, opening) = place(&before, &lines, format)?;
    let mut added: Vec<String> = Vec::new();
    added.extend(opening);
    if is_spaced {
        added.push(String::new());
    }
    let lead = " ".repeat(indent);
    for (number, (key, value)) in fields.iter().enumerate() {
        added.push(format!("{lead}{} {key}: {value}", if number == 0 { "-" } else { " " }));
    }
    let all = lines[..at].iter().map(|line| (*line).to_owned()).chain(added);
    let all: Vec<String> = all.chain(lines[at..].iter().map(|line| (*line).to_owned())).collect();
    let after = format!("{mark}{}{end}", all.join(end));
    let is_right =
        parse_yaml(after.trim_start_matches('\u{feff}')).is_some_and(|now| holds_more(&before, &now, format));
    if is_right {
        Ok(after)
    } else {
        Err("the list is written in a way that an entry cannot be added to safely".to_owned())
    }
}

/// Where the entry goes: before which line, how far in, whether entries are parted by an empty line, and a line that opens
/// the list.
type Spot = (usize, usize, bool, Option<String>);

fn place(root: &Node, lines: &[&str], format: &Format) -> Result<Spot, String> {
    let key = match format.form {
        Form::List(key) | Form::Voices(key) => Some(key),
        Form::Page | Form::Whole | Form::Plain => None,
    };
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    let opening = |key: &str| Ok((end, 2, false, Some(format!("{key}:"))));
    match (&root.value, key) {
        (Value::List(items), _) => last(items, lines),
        (Value::Null, Some(key)) => opening(key),
        (Value::Null, None) => Ok((end, 0, false, None)),
        (Value::Map(entries), Some(key)) => match entries.iter().find(|entry| entry.key == key) {
            None => opening(key),
            Some(entry) => match &entry.node.value {
                Value::List(items) if !items.is_empty() => last(items, lines),
                Value::Null => Ok((entry.key_place.line as usize, 2, false, None)),
                _ => Err(format!("\"{key}\" is no list that an entry can be added to")),
            },
        },
        _ => Err("the file holds something else than a list".to_owned()),
    }
}

fn last(items: &[Node], lines: &[&str]) -> Result<Spot, String> {
    let in_one_line = || "its list is written in one line".to_owned();
    let place = &items.last().ok_or_else(in_one_line)?.place;
    let mut line = (place.line as usize).saturating_sub(1).min(lines.len().saturating_sub(1));
    // The dash may stand alone, above its first key.
    while line > 0 && !is_dash(lines[line]) && !lines[line].trim().is_empty() {
        line -= 1;
    }
    let dash = lines.get(line).filter(|line| is_dash(line)).ok_or_else(in_one_line)?;
    let indent = dash.len() - dash.trim_start().len();
    let is_further_in = |line: &str| line.trim().is_empty() || line.len() - line.trim_start().len() > indent;
    let behind = lines[line + 1..].iter().take_while(|line| is_further_in(line)).count();
    let own = &lines[line..=line + behind];
    let used = own.iter().rposition(|line| !line.trim().is_empty()).unwrap_or(0);
    let is_spaced = items.len() > 1 && line > 0 && lines[line - 1].trim().is_empty();
    Ok((line + used + 1, indent, is_spaced, None))
}

fn is_dash(line: &str) -> bool {
    let line = line.trim_start();
    line == "-" || line.starts_with("- ")
}

/// Whether a file says what it said before, and one entry more.
fn holds_more(before: &Node, after: &Node, format: &Format) -> bool {
    let key = match format.form {
        Form::List(key) | Form::Voices(key) => key,
        Form::Page | Form::Whole | Form::Plain => "",
    };
    let list = |node: &Node| -> Vec<Node> {
        match &node.value {
            Value::List(items) => items.clone(),
            Value::Map(entries) => entries
                .iter()
                .filter(|entry| entry.key == key)
                .flat_map(|entry| match &entry.node.value {
                    Value::List(items) => items.clone(),
                    _ => Vec::new(),
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    let rest = |node: &Node| -> Vec<(String, Node)> {
        match &node.value {
            Value::Map(entries) => {
                let others = entries.iter().filter(|entry| entry.key != key);
                others.map(|entry| (entry.key.clone(), entry.node.clone())).collect()
            }
            _ => Vec::new(),
        }
    };
    let (old, new) = (list(before), list(after));
    let (old_rest, new_rest) = (rest(before), rest(after));
    new.len() == old.len() + 1
        && old.iter().zip(&new).all(|(old, new)| old.says_the_same(new))
        && old_rest.len() == new_rest.len()
        && old_rest.iter().zip(&new_rest).all(|(old, new)| old.0 == new.0 && old.1.says_the_same(&new.1))
}

/// A table with one more row.
fn row(text: &str, fields: &[(&str, String)]) -> Result<String, String> {
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if header.contains('"') || header.trim().is_empty() {
        return Err("the first line of the table cannot be read as names of columns".to_owned());
    }
    let delimiter =
        [',', ';', '\t'].into_iter().max_by_key(|mark| header.matches(*mark).count()).unwrap_or(',');
    let columns: Vec<&str> = header.split(delimiter).map(str::trim).collect();
    if let Some((key, _)) = fields.iter().find(|(key, _)| !columns.contains(key)) {
        return Err(format!("the table has no column \"{key}\""));
    }
    let cell = |column: &&str| {
        let value = fields.iter().find(|(key, _)| key == column).map_or("", |(_, value)| value.as_str());
        // A cell holds one name where a list would hold several.
        let value = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
        let plain = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
        if plain.contains([delimiter, '"', '\n']) {
            format!("\"{}\"", plain.replace('"', "\"\""))
        } else {
            plain
        }
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.ends_with('\n') { "" } else { end };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    Ok(format!("{text}{gap}{}{end}", cells.join(&delimiter.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::formats;

    fn added(kind: &str, text: &str) -> Result<String, String> {
        let format = formats().into_iter().find(|format| format.kind == kind).unwrap();
        let fields = [("term", "\"New\"".to_owned()), ("definition", "\"What it is\"".to_owned())];
        append("x.yaml", Some(text), format, &fields)
    }

    #[test]
    fn comments_order_and_style_stay() {
        let text = "# Words\r\nterms:   # ours\r\n    - term: A   # first\r\n      definition: >\r\n        long\r\n        text\r\n    # end\r\n";
        let after = added("glossary", text).unwrap();
        assert_eq!(
            after,
            "# Words\r\nterms:   # ours\r\n    - term: A   # first\r\n      definition: >\r\n        long\r\n        \
             text\r\n    - term: \"New\"\r\n      definition: \"What it is\"\r\n    # end\r\n"
        );
    }

    #[test]
    fn every_way_to_write_a_list_is_met_or_refused() {
        let new = "- term: \"New\"\n  definition: \"What it is\"\n";
        let inner = "  - term: \"New\"\n    definition: \"What it is\"\n";
        assert_eq!(added("glossary", "").unwrap(), format!("terms:\n{inner}"));
        assert_eq!(added("glossary", "# Words\n\n").unwrap(), format!("# Words\nterms:\n{inner}\n"));
        assert_eq!(added("glossary", "terms:\n").unwrap(), format!("terms:\n{inner}"));
        assert_eq!(
            added("glossary", "- term: A\n\n- term: B\n").unwrap(),
            format!("- term: A\n\n- term: B\n\n{new}")
        );
        assert_eq!(added("glossary", "-\n  term: A").unwrap(), format!("-\n  term: A\n{new}"));
        let below = "quotes:\n- id: a\ndefaults:\n  source: x\n";
        assert_eq!(
            added("quotes", below).unwrap(),
            format!("quotes:\n- id: a\n{new}defaults:\n  source: x\n")
        );
        for text in ["terms: []\n", "terms: [{term: A}]\n", "[{term: A}]\n", "terms: x\n", "a: [\n"] {
            assert!(added("glossary", text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_table_gets_a_row() {
        let format = formats().into_iter().find(|format| format.kind == "contacts").unwrap();
        let fields =
            [("date", "2026-01-02".to_owned()), ("learned", "\"He said \\\"no; never\\\"\"".to_owned())];
        let after = append("log.csv", Some("date;team;learned\n2026-01-01;a;b"), format, &fields).unwrap();
        assert_eq!(after, "date;team;learned\n2026-01-01;a;b\n2026-01-02;;\"He said \"\"no; never\"\"\"\n");
        assert!(append("log.csv", Some("date,team\n"), format, &fields).unwrap_err().contains("learned"));
    }
}
