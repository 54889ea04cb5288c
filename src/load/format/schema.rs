//! A format as JSON Schema, for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::{Form, Format, Holds, Key, formats};

/// The JSON Schema of one kind of file, indented; `None` for a kind that does not exist.
pub fn schema(kind: &str) -> Option<String> {
    let format = formats().into_iter().find(|format| format.kind == kind)?;
    let mut text = format!("{:#}", document(format));
    text.push('\n');
    Some(text)
}

fn document(format: &Format) -> Value {
    let entry = group(format.keys);
    let mut document = match format.form {
        Form::Page | Form::Whole => entry,
        Form::Plain => json!({ "type": "array", "items": entry }),
        Form::List(key) => {
            list(&entry, &Map::from_iter([(key.to_owned(), json!({ "$ref": "#/$defs/entries" }))]))
        }
        Form::Voices(key) => {
            // What stands under defaults need not stand in each entry.
            let mut loose = entry.clone();
            loose.as_object_mut().map(|own| own.remove("required"));
            let beside = Map::from_iter([
                (key.to_owned(), json!({ "$ref": "#/$defs/entries" })),
                ("defaults".to_owned(), loose.clone()),
                ("from".to_owned(), json!({ "type": "string", "description": "A CSV of another tool" })),
                (
                    "columns".to_owned(),
                    json!({ "type": "object", "description": "Our name: its column there" }),
                ),
            ]);
            let mut document = list(&loose, &beside);
            document["anyOf"][0]["items"] = entry;
            document
        }
    };
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    document["title"] = json!(format!("cxbook {}", format.kind));
    document["description"] = json!(format!("{}. Files: {}", format.about, format.files));
    document
}

/// A plain list, or a list below a key.
fn list(entry: &Value, properties: &Map<String, Value>) -> Value {
    json!({
        "$defs": { "entry": entry, "entries": { "anyOf": [
            { "type": "array", "items": { "$ref": "#/$defs/entry" } },
            { "$ref": "#/$defs/entry" },
        ] } },
        "anyOf": [
            { "type": "array", "items": { "$ref": "#/$defs/entry" } },
            { "type": "object", "properties": properties, "additionalProperties": false },
        ],
    })
}

fn group(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut own = holds(key.holds);
    own["description"] = json!(key.about);
    own
}

/// Numbers and true or false are taken as texts too, since YAML reads 2026 and yes as such.
fn holds(holds: Holds) -> Value {
    let scalar = json!(["string", "number", "boolean"]);
    match holds {
        Holds::Text | Holds::Name(_) => json!({ "type": scalar }),
        Holds::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Holds::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$" }),
        Holds::Flag => json!({ "enum": [true, false, "yes", "no", "true", "false"] }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Holds::OneOf(words) => json!({ "enum": words }),
        Holds::Texts | Holds::Names(_) => {
            json!({ "anyOf": [{ "type": scalar }, { "type": "array", "items": { "type": scalar } }] })
        }
        Holds::Pair => {
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 })
        }
        Holds::Group(keys) => group(keys),
        Holds::Groups(keys) => {
            let own = group(keys);
            json!({ "anyOf": [own, { "type": "array", "items": own }] })
        }
        Holds::Free => json!({ "type": "object" }),
        Holds::Several => json!({ "anyOf": [{ "type": scalar }, { "type": "array" }, { "type": "object" }] }),
    }
}
