//! Help while one types: VS Code's settings, snippets and JSON Schemas, and a form for pages in Front Matter CMS.
//!
//! All of it is made from the formats and the templates, so an editor offers what the readers know.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::book::{Answers, metric_ids};
use super::page::{PAGES, PageTemplate};
use crate::load::{Form, Format, Holds, Key, formats, schema};

/// Where the schemas lie.
const SCHEMAS: &str = ".vscode/cxbook";

pub(super) fn files(answers: &Answers) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for format in formats().into_iter().filter(|format| format.form != Form::Page) {
        if let Some(text) = schema(format.kind) {
            files.insert(format!("{SCHEMAS}/{}.json", format.kind), text);
        }
    }
    let mut add = |path: &str, value: &Value| files.insert(path.to_owned(), format!("{value:#}\n"));
    add(".vscode/settings.json", &settings());
    add(".vscode/extensions.json", &json!({ "recommendations": EXTENSIONS }));
    add(".vscode/cxbook.code-snippets", &snippets());
    add("frontmatter.json", &front_matter(answers));
    files
}

/// YAML and TOML with schemas, and forms for what stands at the top of pages.
const EXTENSIONS: [&str; 3] =
    ["redhat.vscode-yaml", "tamasfe.even-better-toml", "eliostruyf.vscode-front-matter"];

fn settings() -> Value {
    let in_yaml = formats().into_iter().filter(|format| format.form != Form::Page && format.kind != "book");
    let schemas: Map<String, Value> = in_yaml
        .map(|format| {
            // `journey.yaml` lies below the content folder; privacy.yaml beside it.
            let files = format.files.split([' ', ',']).next().unwrap_or_default();
            let files = if format.files.contains("beside book.toml") {
                files.to_owned()
            } else {
                format!("content/{files}")
            };
            (format!("./{SCHEMAS}/{}.json", format.kind), json!(files))
        })
        .collect();
    json!({
        "yaml.schemas": schemas,
        "yaml.validate": true,
        "evenBetterToml.schema.associations": { ".*/book\\.toml": format!("./{SCHEMAS}/book.json") },
        "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2, "editor.autoIndent": "advanced" },
        "[markdown]": { "editor.wordWrap": "on", "editor.quickSuggestions": { "other": true } },
        "files.encoding": "utf8",
        "files.trimTrailingWhitespace": true,
        "files.insertFinalNewline": true,
        "files.exclude": { "site": true },
    })
}

/// One snippet for each kind of page: type `cx-playbook` in an empty file.
fn snippets() -> Value {
    let of_page = |kind: &PageTemplate| {
        let scope = if kind.ending == "md" { "markdown" } else { "yaml" };
        let body: Vec<String> = snippet(kind.text()).lines().map(str::to_owned).collect();
        let value = json!({
            "prefix": format!("cx-{}", kind.word),
            "scope": scope,
            "description": format!("cxbook: {}", kind.about),
            "body": body,
        });
        (format!("cxbook {}", kind.word), value)
    };
    Value::Object(PAGES.iter().map(of_page).collect())
}

/// A template with a stop at each key that is to be filled in; what it says about the key stands there until then.
fn snippet(template: &str) -> String {
    let mut stop = 1;
    let mut snippet = String::new();
    for line in template.lines() {
        let filled = line
            .replace('$', "\\$")
            .replace("{{today}}", "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE")
            .replace("{{month}}", "$CURRENT_YEAR-$CURRENT_MONTH");
        if line.contains("{{title}}") {
            snippet += &filled.replace("{{title}}", "${1:Title}");
        } else if line.contains("{{page}}") {
            stop += 1;
            snippet += &filled.replace("{{page}}", &format!("${{{stop}:playbooks/my-page.md}}"));
        } else if let Some((key, hint)) = blank(line) {
            stop += 1;
            snippet += &format!("{key}: ${{{stop}}} # {}", hint.replace('$', "\\$").replace('}', "\\}"));
        } else {
            snippet += &filled;
        }
        snippet.push('\n');
    }
    snippet
}

/// The key and the remark of a line such as `owner:    # the role`.
fn blank(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let hint = rest.trim_start().strip_prefix("# ")?;
    key.chars().all(|one| one.is_ascii_lowercase() || one == '-').then_some((key, hint))
}

fn front_matter(answers: &Answers) -> Value {
    let pages: Vec<&Format> = formats().into_iter().filter(|format| format.form == Form::Page).collect();
    let folder = |format: &Format| {
        let template = PAGES.iter().find(|kind| kind.word == format.kind);
        let folder = template.map_or("pages", |template| template.folder);
        json!({
            "title": folder,
            "path": format!("[[workspace]]/content/{folder}"),
            "contentTypes": [format.kind],
            "filePrefix": "",
        })
    };
    let kind = |format: &Format| {
        json!({
            "name": format.kind,
            "pageBundle": false,
            "filePrefix": "",
            "fields": format.keys.iter().filter_map(|key| field(key, answers)).collect::<Vec<_>>(),
        })
    };
    json!({
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.content.publicFolder": "",
        "frontMatter.templates.prefix": "",
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.content.draftField": { "name": "draft", "type": "boolean" },
        "frontMatter.content.pageFolders": pages.iter().map(|format| folder(format)).collect::<Vec<_>>(),
        "frontMatter.taxonomy.contentTypes": pages.iter().map(|format| kind(format)).collect::<Vec<_>>(),
    })
}

/// A key as a field of a form; `None` for what a form cannot hold.
fn field(key: &Key, answers: &Answers) -> Option<Value> {
    let ids = |noun: &str| -> Vec<String> {
        let named = |named: &[super::Named]| named.iter().map(|one| one.id.clone()).collect();
        match noun {
            "team" => named(&answers.teams),
            "stage" => named(&answers.stages),
            "metric" => metric_ids(answers).into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    let mut field = match key.holds {
        Holds::Flag if key.name == "draft" => json!({ "type": "draft" }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Date => json!({ "type": "datetime", "dateFormat": "yyyy-MM-dd" }),
        Holds::Whole(..) | Holds::Number => json!({ "type": "number" }),
        Holds::OneOf(words) => json!({ "type": "choice", "choices": words }),
        Holds::Texts => json!({ "type": "list" }),
        Holds::Name(noun) | Holds::Names(noun) => {
            let several = matches!(key.holds, Holds::Names(_));
            match ids(noun) {
                ids if ids.is_empty() && several => json!({ "type": "list" }),
                ids if ids.is_empty() => json!({ "type": "string" }),
                ids => json!({ "type": "choice", "choices": ids, "multiple": several }),
            }
        }
        Holds::Text | Holds::Month | Holds::Several => json!({ "type": "string" }),
        Holds::Pair | Holds::Group(_) | Holds::Groups(_) | Holds::Free => return None,
    };
    field["name"] = json!(key.name);
    field["title"] = json!(key.name);
    field["description"] = json!(key.about);
    field["required"] = json!(key.required);
    Some(field)
}
