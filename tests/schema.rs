//! The description of the formats against the readers, both ways, and against the sample book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cxbook::load::{Form, Format, Holds, Key, format_of, formats, schema};
use cxbook::tree::{Node, Value};
use serde_json::Value as Json;

use super::fixture::{book, read, root, sample as sample_book};

/// Findings about keys that a reader does not know.
const UNKNOWN: [&str; 2] = ["key-unknown", "page-key-unknown"];

/// Where a file of a kind lies.
fn path(format: &Format) -> String {
    match format.kind {
        "page" => "content/pages/x.md".to_owned(),
        "playbook" | "team" | "action" | "role" | "impact" => format!("content/{}s/x.md", format.kind),
        "story" => "content/stories/x.md".to_owned(),
        "quotes" | "contacts" | "observations" => format!("content/{}/x.yaml", format.kind),
        "metric" | "path" => format!("content/{}s/x.yaml", format.kind),
        "privacy" => "privacy.yaml".to_owned(),
        kind => format!("content/{kind}.yaml"),
    }
}

/// A value that a reader takes for what it asks, as YAML on one line.
fn sample(holds: Holds) -> String {
    match holds {
        Holds::Text | Holds::Name(_) | Holds::Texts | Holds::Names(_) | Holds::Several => "x".to_owned(),
        Holds::Date => "2026-03-14".to_owned(),
        Holds::Month => "2026-03".to_owned(),
        Holds::Flag => "true".to_owned(),
        Holds::Number => "1".to_owned(),
        Holds::Whole(low, _) => low.to_string(),
        Holds::OneOf(words) => format!("\"{}\"", words[0]),
        Holds::Pair => "[1, 5]".to_owned(),
        Holds::Free => "{a: b}".to_owned(),
        Holds::Group(keys) => format!("{{{}}}", inline(keys)),
        Holds::Groups(keys) => format!("[{{{}}}]", inline(keys)),
    }
}

fn inline(keys: &[Key]) -> String {
    let pairs: Vec<String> =
        keys.iter().map(|key| format!("\"{}\": {}", key.name, sample(key.holds))).collect();
    pairs.join(", ")
}

/// A file of a kind that holds all keys, each on a line of its own.
fn file(format: &Format, lines: &[(String, String)]) -> String {
    let body = |indent: &str| {
        lines.iter().map(|(name, value)| format!("{indent}\"{name}\": {value}\n")).collect::<String>()
    };
    match format.form {
        Form::Page => format!("---\n{}---\n\nWords.\n", body("")),
        Form::Whole => body(""),
        Form::Plain | Form::List(_) | Form::Voices(_) => format!("-\n{}", body("  ")),
    }
}

/// Names on lines that a reader reports as unknown.
fn unknown(format: &Format, lines: &[(String, String)]) -> BTreeSet<String> {
    let (path, text) = (path(format), file(format, lines));
    let loaded = cxbook::load::load(&book(&[(&path, &text)]));
    let at = loaded.findings.iter().filter(|finding| {
        UNKNOWN.contains(&finding.check.name) && *finding.place.as_ref().unwrap().file == *path
    });
    let numbered: Vec<&str> = text.lines().collect();
    at.map(|finding| {
        let line = numbered[finding.place.as_ref().unwrap().line as usize - 1];
        line.trim().split('"').nth(1).unwrap_or("").to_owned()
    })
    .collect()
}

fn lines(keys: &[Key]) -> Vec<(String, String)> {
    keys.iter().map(|key| (key.name.to_owned(), sample(key.holds))).collect()
}

/// The formats that lie in files of their own kind; book.toml has another syntax and its own specs.
fn in_yaml() -> Vec<&'static Format> {
    formats().into_iter().filter(|format| format.kind != "book").collect()
}

#[test]
fn each_key_of_a_format_is_known_to_its_reader() {
    for format in in_yaml() {
        let mut all = lines(format.keys);
        all.push(("no-such-key".to_owned(), "x".to_owned()));
        let mut unknown = unknown(format, &all);
        assert!(unknown.remove("no-such-key"), "{}: the file is not read", format.kind);
        // A line with a nested group is reported by its own key; which kinds of data know which keys depends on the metric.
        let own: Vec<&String> = unknown.iter().filter(|name| *name != "data").collect();
        assert!(own.is_empty(), "{}: the reader does not know {own:?}", format.kind);
    }
}

/// Every key a reader asks for stands in the program's text. So all words of the readers that a format does not list must be
/// unknown to the reader.
#[test]
fn each_key_a_reader_knows_is_in_its_format() {
    let words = words_of_readers();
    assert!(words.len() > 150, "only {} words", words.len());
    for format in in_yaml() {
        let own: BTreeSet<&str> = format.keys.iter().map(|key| key.name).collect();
        let beside: &[&str] = match format.form {
            Form::Voices(list) => &[list, "defaults", "from", "columns"],
            Form::List(list) => &[list],
            _ => &[],
        };
        let others: BTreeSet<String> = words
            .iter()
            .filter(|word| !own.contains(word.as_str()) && !beside.contains(&word.as_str()))
            .cloned()
            .collect();
        let mut all = lines(format.keys);
        all.extend(others.iter().map(|word| (word.clone(), "x".to_owned())));
        let reported = unknown(format, &all);
        let silent: Vec<&String> = others.difference(&reported).collect();
        assert!(silent.is_empty(), "{}: the reader knows {silent:?}, the format does not", format.kind);
    }
}

/// Words in quotation marks that could be keys, from the sources of the readers.
fn words_of_readers() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for path in files_below(&root().join("src/load")) {
        for part in read(&path).split('"').skip(1).step_by(2) {
            let is_key = !part.is_empty() && part.len() < 24;
            if is_key && part.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !part.starts_with('-') {
                words.insert(part.to_owned());
            }
        }
    }
    words
}

/// The program's texts below a folder, without the description itself.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let below = folders.iter().filter(|folder| !folder.ends_with("format"));
    let below = below.flat_map(|folder| files_below(folder));
    below
        .chain(files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")))
        .collect()
}

#[test]
fn the_sample_book_fulfils_its_schemas() {
    let mut looked_at: BTreeMap<&str, usize> = BTreeMap::new();
    let sources = sample_book();
    for (path, _) in sources.iter() {
        let Some(format) = in_yaml().into_iter().find(|format| is_of(path, format)) else { continue };
        let text = sources.text(path).unwrap();
        let text = match format.form {
            Form::Page => text.split("---\n").nth(1).unwrap_or(""),
            _ => text,
        };
        let value = json(&cxbook::load::parse_yaml(text).unwrap());
        let document: Json = serde_json::from_str(&schema(format.kind).unwrap()).unwrap();
        let wrong = validate(&document, &document, &value);
        assert!(wrong.is_empty(), "{path}: {wrong:#?}");
        *looked_at.entry(format.kind).or_default() += 1;
    }
    assert!(looked_at.contains_key("path") && looked_at.len() >= 17, "only {looked_at:?}");
}

#[test]
fn a_schema_refuses_what_the_reader_refuses() {
    let cases = [
        ("claims", "- {id: a, says: b, source: c, from: 2026-01, population: d, question: e}", "n"),
        (
            "claims",
            "- {id: a, says: b, source: c, n: 0, from: 2026-01, population: d, question: e}",
            "minimum",
        ),
        ("blockers", "- {id: a, what: b, team: c, decides: d, since: March}", "pattern"),
        ("blockers", "- {id: a, what: b, team: c, decides: d, since: 2026-01-01, asks: x}", "asks"),
        ("impact", "{change: a, better-off: b, plan: c, check: d}", "worse-off"),
        ("observations", "- {date: 2026-01, type: idea, theme: a, text: b}", "enum"),
    ];
    for (kind, text, words) in cases {
        let document: Json = serde_json::from_str(&schema(kind).unwrap()).unwrap();
        let value = json(&cxbook::load::parse_yaml(text).unwrap());
        let wrong = validate(&document, &document, &value).join("\n");
        assert!(wrong.contains(words), "{kind}: {text}: {wrong}");
    }
    assert!(schema("nonsense").is_none());
}

fn is_of(path: &str, format: &Format) -> bool {
    format_of(path.strip_prefix("content/").unwrap_or(path)).is_some_and(|own| own.kind == format.kind)
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(_, text) if text.contains('-') && !text.starts_with('-') => Json::String(text.clone()),
        Value::Number(value, _) if value.fract() == 0.0 => Json::from(*value as i64),
        Value::Number(value, _) => Json::from(*value),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), json(&entry.node))).collect(),
    }
}

/// The part of JSON Schema that the program writes.
fn validate(document: &Json, schema: &Json, value: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        return validate(document, target, value);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let tries: Vec<Vec<String>> = any.iter().map(|one| validate(document, one, value)).collect();
        if !tries.iter().any(Vec::is_empty) {
            wrong.extend(tries.into_iter().flatten());
        }
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
        wrong.push(format!("{value} is not in the enum {words:?}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Json::String(one) => vec![one],
        Json::Array(several) => several.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let own = match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_i64() => "integer",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    let fits = types.contains(&own) || (own == "integer" && types.contains(&"number"));
    if !types.is_empty() && !fits {
        wrong.push(format!("{value} is no {types:?}"));
    }
    if let (Some(lowest), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < lowest
    {
        wrong.push(format!("{number} is below the minimum {lowest}"));
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str()) {
        let digits = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
        let longest = if pattern.contains(")?") { ["0000-00", "0000-00-00"] } else { ["0000-00-00"; 2] };
        if !longest.contains(&digits.as_str()) {
            wrong.push(format!("{text} does not fit the pattern {pattern}"));
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        wrong.extend(values.iter().flat_map(|one| validate(document, items, one)));
    }
    if let (Some(properties), Some(entries)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, one) in entries {
            match properties.get(name) {
                Some(property) => wrong.extend(validate(document, property, one)),
                None if schema["additionalProperties"] == false => wrong.push(format!("unknown key {name}")),
                None => {}
            }
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        wrong.extend(required.filter(|name| !entries.contains_key(*name)).map(|name| format!("no {name}")));
    }
    wrong
}
