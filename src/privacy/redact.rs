//! Proposes a text in which general words stand for what could lead to a person. Everything else stays byte for byte.

use std::ops::Range;

use super::detect::{Hit, Kind, Level, Policy, Scanner};
use crate::diag::LineIndex;
use crate::load;
use crate::model::MONTHS;
use crate::tree::{Node, Value};

/// A part of a file that is looked at by itself.
#[derive(Debug, Clone, Default)]
struct Part {
    span: Range<usize>,
    /// Whether a customer may speak here: then suspect words and full dates count too.
    of_customer: bool,
    /// Whether the heading says that this is a date of birth.
    of_birth: bool,
}

/// Why nothing can be proposed.
pub type Refusal = String;

/// The text with its replacements; `path` says by its ending what kind of file it is.
///
/// # Errors
/// When it cannot be read as what its name says, or would not be readable after the change.
pub fn redact(path: &str, text: &str, policy: &Policy) -> Result<String, Refusal> {
    let mut scanner = Scanner::new(policy);
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "yaml" | "yml" => yaml(text, &mut scanner),
        "csv" => Ok(apply(text, &edits(text, &cells(text, &mut scanner), &mut scanner))),
        "md" => {
            let begin = load::body_start(path, text);
            let facts = yaml(&text[..begin], &mut scanner)?;
            let body = Part { span: begin..text.len(), of_customer: true, of_birth: false };
            Ok(facts + &apply(text, &edits(text, &[body], &mut scanner))[begin..])
        }
        _ => Ok(apply(
            text,
            &edits(text, &[Part { span: 0..text.len(), of_customer: true, of_birth: false }], &mut scanner),
        )),
    }
}

type Edit = (Range<usize>, String);

/// What stands for a date of birth.
const BIRTH: &str = "[date of birth]";

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in edits {
        out.push_str(&text[at..span.start]);
        out.push_str(words);
        at = span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// All replacements in the order of the text.
fn edits(text: &str, parts: &[Part], scanner: &mut Scanner<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for part in parts {
        let piece = &text[part.span.clone()];
        if part.of_birth {
            edits.push((part.span.clone(), BIRTH.to_owned()));
            continue;
        }
        let hits = if part.of_customer { scanner.scan(piece) } else { scanner.blocks(piece) };
        let mut found: Vec<Edit> = hits
            .iter()
            .map(|hit| (hit.span.clone(), general(hit, &piece[..hit.span.start], &piece[hit.span.clone()])))
            .collect();
        if part.of_customer {
            let dates = scanner
                .full_dates(piece)
                .into_iter()
                .filter_map(|span| Some((span.clone(), month(&piece[span])?)));
            let free: Vec<Edit> = dates
                .filter(|(span, _)| {
                    !found.iter().any(|(other, _)| other.start < span.end && span.start < other.end)
                })
                .collect();
            found.extend(free);
        }
        found.sort_by_key(|(span, _)| span.start);
        let base = part.span.start;
        edits.extend(found.into_iter().map(|(span, words)| (base + span.start..base + span.end, words)));
    }
    edits
}

/// The general word for a hit.
fn general(hit: &Hit, before: &str, value: &str) -> String {
    let last = |count: usize| {
        let words: Vec<String> = before.split_whitespace().rev().take(count).map(str::to_lowercase).collect();
        words
    };
    let words = match hit.kind {
        Kind::Person
            if hit.level == Level::Ask
                && matches!(last(1).first().map(String::as_str), Some("in" | "near")) =>
        {
            "[town]"
        }
        Kind::Person => "[name]",
        Kind::Email => "[e-mail]",
        Kind::Account | Kind::Phone if of_order(&last(3)) => "[order number]",
        Kind::Phone => "[phone number]",
        Kind::Card => "[card number]",
        Kind::Iban => "[bank account]",
        Kind::NationalId => "[personal number]",
        Kind::Address => "[address]",
        Kind::Postcode => "[postcode]",
        Kind::Ip => "[internet address]",
        Kind::Url => "[link]",
        Kind::DateOfBirth => BIRTH,
        Kind::Organization => "[company]",
        Kind::Account => "[number]",
        Kind::Other => return month(value).unwrap_or_else(|| "[detail]".to_owned()),
    };
    words.to_owned()
}

/// Whether the words before a number, the last first, say that it is an order's. That may be another number already.
fn of_order(words: &[String]) -> bool {
    let goes_on = |word: &&String| {
        let is_short_form = ["no.", "nr."].contains(&word.as_str());
        !word.contains(|sign: char| sign.is_ascii_digit())
            && (is_short_form || !word.ends_with(['.', '!', '?', ';']))
    };
    words.iter().take_while(goes_on).any(|word| word.starts_with("order"))
}

/// "March 2024" for a full date; only the year where day and month cannot be told apart.
fn month(date: &str) -> Option<String> {
    let parts: Vec<&str> =
        date.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let year = parts.iter().find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let named = parts.iter().find_map(|part| {
        let part = part.to_lowercase();
        MONTHS.iter().find(|month| part.len() >= 3 && month.to_lowercase().starts_with(&part))
    });
    if let Some(named) = named {
        return Some(format!("{named} {year}"));
    }
    let numbers: Vec<usize> =
        parts.iter().filter(|part| *part != year).filter_map(|part| part.parse().ok()).collect();
    let [first, second] = numbers.as_slice() else { return None };
    let number = if parts.first() == Some(year) || *second > 12 {
        *first
    } else if *first > 12 || first == second {
        *second
    } else {
        return Some((*year).to_owned());
    };
    let month = MONTHS.get(number.checked_sub(1)?)?;
    Some(format!("{month} {year}"))
}

/// The cells of a table. A header `text` or `learned` says where a customer speaks; without one every cell may that is not
/// just a date: an export needs its dates. Those below a heading such as `birth` are no exception.
fn cells(text: &str, scanner: &mut Scanner<'_>) -> Vec<Part> {
    let header = text.lines().next().unwrap_or_default();
    let count = |sign: char| header.matches(sign).count();
    let sign = [',', ';', '\t'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(',');
    let names = || header.split(sign).map(|name| name.trim().trim_matches(['"', '\u{feff}']));
    let named: Vec<bool> = names().map(is_words).collect();
    let mut says_birth = |name: &str| {
        let hits = scanner.blocks(&format!("{name} 1968-03-14"));
        hits.iter().any(|hit| hit.kind == Kind::DateOfBirth)
    };
    let births: Vec<bool> = names().map(&mut says_birth).collect();
    let everywhere = !named.contains(&true);
    let (mut parts, mut begin, mut column, mut quoted) = (Vec::new(), 0, 0, false);
    let mut is_header = true;
    for (at, character) in text.char_indices().chain([(text.len(), '\n')]) {
        match character {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => {
                parts.push((begin..at, column));
                (begin, column) = (at + 1, 0);
            }
            character if character == sign && !quoted => {
                parts.push((begin..at, column));
                (begin, column) = (at + 1, column + 1);
            }
            _ => {}
        }
    }
    let of = |(span, column): (Range<usize>, usize)| {
        is_header = is_header && span.end <= header.len();
        let cell = text.get(span.clone()).unwrap_or_default();
        let is_date = is_date(cell);
        let of_birth = !is_header && is_date && births.get(column) == Some(&true);
        let of_customer = !is_header && (everywhere && !is_date || named.get(column) == Some(&true));
        let span = span.start..span.end.min(text.len());
        (!span.is_empty()).then_some(Part { span, of_customer, of_birth })
    };
    parts.into_iter().filter_map(of).collect()
}

/// Whether a cell is a date or a moment and nothing else.
fn is_date(cell: &str) -> bool {
    let cell = cell.trim().trim_matches('"');
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let only = |sign: char| sign.is_ascii_digit() || "-/.:TZ+ ".contains(sign);
    (6..=20).contains(&digits) && cell.chars().all(only) && month(cell.get(..10).unwrap_or(cell)).is_some()
}

/// Whether a customer speaks under this key.
fn is_words(key: &str) -> bool {
    matches!(key.to_lowercase().as_str(), "text" | "learned")
}

/// A value of a YAML file: where it begins, what it says.
struct Scalar {
    begin: usize,
    value: String,
    of_customer: bool,
}

fn yaml(text: &str, scanner: &mut Scanner<'_>) -> Result<String, Refusal> {
    let unreadable = "it cannot be read as YAML; cxbook check says where";
    let facts = text.strip_prefix("---").filter(|rest| rest.trim_end().ends_with("---"));
    let shift = if facts.is_some() { 3 } else { 0 };
    let inner = facts.map_or(text, |rest| rest.trim_end().trim_end_matches('-'));
    let parse = |inner: &str| load::parse_yaml(inner).ok_or_else(|| unreadable.to_owned());
    let before = parse(inner)?;
    let index = LineIndex::new("", inner);
    let mut scalars = Vec::new();
    collect(&before, false, &index, &mut scalars);
    scalars.sort_by_key(|scalar| scalar.begin);
    let ends = scalars.iter().skip(1).map(|next| next.begin).chain([inner.len()]);
    let first = scalars.first().map_or(inner.len(), |scalar| scalar.begin);
    let mut parts = vec![Part { span: 0..first, ..Part::default() }];
    parts.extend(scalars.iter().zip(ends).filter(|(scalar, end)| scalar.begin <= *end).map(
        |(scalar, end)| Part { span: scalar.begin..end, of_customer: scalar.of_customer, of_birth: false },
    ));
    let edits = edits(inner, &parts, scanner);
    for changed in [apply(inner, &edits), apply(inner, &in_quotes(inner, &scalars, &edits))] {
        if parse(&changed).is_ok_and(|after| same_shape(&before, &after)) {
            return Ok(format!("{}{changed}{}", &text[..shift], &text[shift + inner.len()..]));
        }
    }
    let lines: Vec<String> =
        edits.iter().map(|(span, _)| index.place(span.clone()).line.to_string()).collect();
    Err(format!(
        "it has to be changed by hand, for it would not be readable afterwards: look at line {}",
        lines.join(", ")
    ))
}

fn collect(node: &Node, of_customer: bool, index: &LineIndex<'_>, into: &mut Vec<Scalar>) {
    let mut add =
        |value: &str, begin: usize| into.push(Scalar { begin, value: value.to_owned(), of_customer });
    match &node.value {
        Value::Text(text) | Value::Number(_, text) => add(text, index.offset(&node.place)),
        Value::List(items) => items.iter().for_each(|item| collect(item, of_customer, index, into)),
        Value::Map(entries) => {
            for entry in entries {
                into.push(Scalar {
                    begin: index.offset(&entry.key_place),
                    value: entry.key.clone(),
                    of_customer: false,
                });
                collect(&entry.node, is_words(&entry.key), index, into);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The edits, and quotation marks around every plain value they touch: a general word begins with a bracket.
fn in_quotes(text: &str, scalars: &[Scalar], edits: &[Edit]) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    let mut rest = edits.iter().peekable();
    for scalar in scalars {
        while let Some(edit) = rest.next_if(|(span, _)| span.start < scalar.begin) {
            all.push(edit.clone());
        }
        let Some(end) = plain_end(text, scalar).filter(|end| *end > scalar.begin) else { continue };
        let inside: Vec<&Edit> = std::iter::from_fn(|| rest.next_if(|(span, _)| span.end <= end)).collect();
        if inside.is_empty() {
            continue;
        }
        let mut words = String::from("\"");
        let mut at = scalar.begin;
        for (span, general) in inside {
            words.push_str(&escaped(&text[at..span.start]));
            words.push_str(general);
            at = span.end;
        }
        words.push_str(&escaped(&text[at..end]));
        words.push('"');
        all.push((scalar.begin..end, words));
    }
    all.extend(rest.cloned());
    all
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Where a value without quotation marks ends; it may go on over several lines.
fn plain_end(text: &str, scalar: &Scalar) -> Option<usize> {
    let mut at = scalar.begin;
    for word in scalar.value.split_whitespace() {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        text.get(at..)?.starts_with(word).then_some(())?;
        at += word.len();
    }
    Some(at)
}

/// Whether two files say the same but for the words of their values.
fn same_shape(before: &Node, after: &Node) -> bool {
    match (&before.value, &after.value) {
        (Value::Map(before), Value::Map(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(old, new)| old.key == new.key && same_shape(&old.node, &new.node))
        }
        (Value::List(before), Value::List(after)) => {
            before.len() == after.len() && before.iter().zip(after).all(|(old, new)| same_shape(old, new))
        }
        (Value::Number(..), Value::Text(_)) | (Value::Number(..), Value::Number(..)) => true,
        (before, after) => std::mem::discriminant(before) == std::mem::discriminant(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> String {
        redact(path, text, &Policy::default()).unwrap()
    }

    #[test]
    fn general_words_stand_for_what_leads_to_a_person() {
        assert_eq!(
            of("a.txt", "Mr Ødegård wrote jo@mail.example on 14 March 2024.\r\nOrder 7731577, thanks\n"),
            "Mr [name] wrote [e-mail] on March 2024.\r\nOrder [order number], thanks\n"
        );
        assert_eq!(of("a.txt", "Katsha lives in Omonoria."), "[name] lives in [town].");
        assert_eq!(
            of("a.txt", "Mrs Hargreaves of 14 Acacia Avenue, order 8827-1132-X. Call 0117 496 0123.\n"),
            "Mrs [name] of [address], order [order number]. Call [phone number].\n"
        );
        assert_eq!(of("a.txt", "My order no. 0117 496 0123"), "My order no. [order number]");
        assert_eq!(month("03/04/2024").as_deref(), Some("2024"));
        assert_eq!(month("2024-03-14").as_deref(), Some("March 2024"));
        assert_eq!(month("14.03.2024").as_deref(), Some("March 2024"));
    }

    #[test]
    fn yaml_stays_yaml_and_keeps_everything_else() {
        let text = "# Kept\n- id: q-1\n  text: Katsha said \"no\": she\n    was right   # why\n  source: Survey of Katsha\n";
        let text = text.replace("\": she", "\", she");
        let done = of("q.yaml", &text);
        assert_eq!(
            done,
            "# Kept\n- id: q-1\n  text: \"[name] said \\\"no\\\", she\n    was right\"   # why\n  source: Survey of Katsha\n"
        );
        let flow = "- {id: q1, text: Ask Mrs Katsha now, source: S}\n";
        assert_eq!(of("q.yaml", flow), "- {id: q1, text: \"Ask Mrs [name] now\", source: S}\n");
        let middle = "- text: Ask Mrs Katsha now\n";
        assert_eq!(of("q.yaml", middle), "- text: Ask Mrs [name] now\n");
    }

    #[test]
    fn tables_and_pages_keep_their_form() {
        let table = "id,text,source\r\nq-1,\"Ring 0117 496 0123, please\",Katsha\r\n";
        assert_eq!(of("q.csv", table), "id,text,source\r\nq-1,\"Ring [phone number], please\",Katsha\r\n");
        let export = "id,date,asked,comment\n1,2026-01-04,04/05/2026 10:15,Rang on 4 March 2026 about order 4471-22983\n";
        assert_eq!(
            of("e.csv", export),
            "id,date,asked,comment\n1,2026-01-04,04/05/2026 10:15,Rang on March 2026 about order [order number]\n"
        );
        let births = "id,birth,comment\n1,14.03.1968,fine\n2,1971-12-01,fine\n";
        let done = "id,birth,comment\n1,[date of birth],fine\n2,[date of birth],fine\n";
        assert_eq!(of("e.csv", births), done);
        let page = "---\ntitle: A day\n---\n# Mrs Katsha\n\nwrote.\n";
        assert_eq!(of("p.md", page), "---\ntitle: A day\n---\n# Mrs [name]\n\nwrote.\n");
        assert!(redact("q.yaml", "a: [", &Policy::default()).is_err());
    }
}
