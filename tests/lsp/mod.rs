//! `cxbook lsp`, as an editor meets it: the built program, spoken with over pipes.

mod client;

use std::collections::BTreeSet;
use std::path::Path;

use client::Client;
use serde_json::{Value, json};

use super::cli::cxbook;

const PLAYBOOK: &str = "\
---
outcome: The customer knows when we come.
owner: Head of sales
next: Call one customer.
teams: [sales]
stages: [use]
metrics: [nps]
---
# Call ahead

Who waits wants to know.
";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A small book that has nothing to complain about but notes. In September 2026 too few answered.
fn book() -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path();
    write(folder, "book.toml", "[book]\ntitle = \"Small\"\n[cx]\nas-of = \"2026-10-15\"\n");
    write(folder, "content/index.md", "# Small\n\nHello.\n");
    write(
        folder,
        "content/teams/sales.md",
        "---\nowner: Head of sales\nnext: Call one.\npart: We keep what we promise.\n---\n# Sales people\n",
    );
    write(folder, "content/playbooks/call-ahead.md", PLAYBOOK);
    write(
        folder,
        "content/actions/text-first.md",
        "---\nowner: Head of sales\nnext: Look at it.\nteam: sales\nmetric: nps\nexpected: up\nstarted: 2026-03-01\n---\n# Text first\n",
    );
    write(
        folder,
        "content/journey.yaml",
        "# 😀\nstages:\n  - id: use\n    name: Use it\n    owner: Head of service\n    summary: The customer uses what we sold.\n  - {id: stay, name: Stay, owner: Head of service, purchase: after}\n",
    );
    write(
        folder,
        "content/glossary.yaml",
        "- term: NPS\n  long: Net Promoter Score\n  definition: Would customers recommend us?\n",
    );
    write(
        folder,
        "content/claims.yaml",
        "- id: told-in-time\n  says: 91 % were told in time\n  source: Survey of March\n  n: 412\n  from: 2026-03\n  population: Customers\n  question: Were you told in time?\n  limits: Nothing about others.\n  owner: Head of service\n",
    );
    write(
        folder,
        "content/metrics/nps.yaml",
        "name: Recommendation\nkind: nps\nowner: Head of service\nsource: Survey\nlimits: It says nothing of those who did not answer.\ntrigger: We call ten customers.\nquestion: Would you recommend us?\ndata:\n  file: exports/nps.csv\n  date: when\n  score: answer\n  split: {region: region}\n",
    );
    let mut answers = "when,answer,region\n".to_owned();
    for month in 1..=8 {
        for answer in 0..60 {
            answers += &format!("2026-{month:02}-05,{},north\n", if answer % 3 == 0 { 6 } else { 9 });
        }
    }
    answers += &"2026-09-05,0,north\n".repeat(3);
    write(folder, "content/exports/nps.csv", &answers);
    room
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

fn labels(completed: &Value) -> Vec<&str> {
    completed["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn findings_come_while_typing_and_go_when_mended() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    let page = "content/playbooks/call-ahead.md";
    let typed = PLAYBOOK.replace("wants to", "😀é wants {metric}`npss` to");
    let version = editor.open(page, &typed);
    let found = editor.findings(page, Some(version));
    assert_eq!(codes(&found), ["metric-unknown"], "{found:?}");
    let finding = &found[0];
    assert_eq!((&finding["severity"], &finding["source"]), (&json!(1), &json!("cxbook")));
    let message = finding["message"].as_str().unwrap();
    assert_eq!(message, "there is no metric \"npss\". Did you mean \"nps\"?");
    // The emoji is two units of UTF-16, four bytes and one character.
    let start = "Who waits 😀é wants ".encode_utf16().count();
    let range = json!({
        "start": { "line": 10, "character": start },
        "end": { "line": 10, "character": start + "{metric}`npss`".len() },
    });
    assert_eq!(finding["range"], range);
    // One letter is taken out, behind the emoji.
    let at = (start + "{metric}`nps".len()) as u64;
    let version = editor.change(page, Some([10, at, 10, at + 1]), "");
    assert_eq!(editor.findings(page, Some(version)), Vec::<Value>::new());
    // A slip in one text is a finding in another, which is not open.
    let journey = "content/journey.yaml";
    let stages = std::fs::read_to_string(room.path().join(journey)).unwrap();
    let version = editor.open(journey, &stages.replace("id: use", "id: used"));
    editor.findings(journey, Some(version));
    let found = editor.findings("content/playbooks/call-ahead.md", None);
    assert_eq!(codes(&found), ["stage-unknown"], "{found:?}");
    // Closed without saving, the file on the disk counts again.
    editor.close(page);
    editor.close(journey);
    while !editor.findings(page, None).is_empty() {}
    editor.goodbye();
}

#[test]
fn findings_are_those_of_check() {
    let room = book();
    write(
        room.path(),
        "content/pages/a.md",
        "---\nteams: [nobody]\nmetrics: [npss]\n---\n# A\n\n[x](nowhere.md) ![](y.png)\n",
    );
    write(room.path(), "content/pages/b.md", "---\nteams: [\n---\n# B\n");
    write(room.path(), "content/map.yaml", "edges:\n\t- team: sales\n");
    write(room.path(), "content/journey.yaml", "stages:\n  - {id: use, name: A}\n  - {id: use, name: B}\n");
    write(
        room.path(),
        "book.toml",
        "[book]\ntitle = \"Small\"\nsprache = \"de\"\n[cx]\nas-of = \"2026-10-15\"\n",
    );
    let checked = cxbook(room.path(), &["check", "--format", "json"]);
    let checked: Vec<Value> = serde_json::from_slice(&checked.stdout).unwrap();
    assert!(checked.len() > 8, "{checked:?}");
    let mut editor = Client::greeted(room.path());
    let wanted: BTreeSet<String> = checked
        .iter()
        .map(|finding| {
            let (file, line) =
                (finding["file"].as_str().unwrap_or("book.toml"), finding["line"].as_i64().unwrap_or(1));
            format!(
                "{} {file}:{line} {}",
                finding["name"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            )
        })
        .collect();
    let files: BTreeSet<&str> =
        checked.iter().map(|finding| finding["file"].as_str().unwrap_or("book.toml")).collect();
    let mut told = BTreeSet::new();
    let mut related = Vec::new();
    for file in files {
        for finding in editor.findings(file, None) {
            let line = finding["range"]["start"]["line"].as_i64().unwrap() + 1;
            let message = finding["message"].as_str().unwrap();
            let of_check =
                wanted.iter().find(|wanted| message.starts_with(wanted.splitn(3, ' ').nth(2).unwrap()));
            let message = of_check.map_or(message, |wanted| wanted.splitn(3, ' ').nth(2).unwrap());
            told.insert(format!("{} {file}:{line} {message}", finding["code"].as_str().unwrap()));
            related.extend(finding["relatedInformation"].as_array().cloned().unwrap_or_default());
        }
    }
    assert_eq!(told, wanted);
    // The second stage of one name points at the first.
    assert_eq!(related.len(), 1, "{related:?}");
    assert_eq!(related[0]["location"]["uri"], json!(editor.uri("content/journey.yaml")));
    assert_eq!(related[0]["location"]["range"]["start"]["line"], 1);
    assert_eq!(related[0]["message"], "the first stands here");
    editor.goodbye();
}

#[test]
fn names_and_options_are_offered_where_they_belong() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    let page = "content/playbooks/call-ahead.md";
    editor.open(page, PLAYBOOK);
    let mut offered = |marked: &str| labels(&editor.at("completion", page, marked)).join(" ");
    for (marked, expected) in [
        ("---\nteams: [|]\n---\n# A\n", "sales"),
        ("---\nstages:\n  - u|\n---\n# A\n", "stay use"),
        ("---\nmetrics: |\n---\n# A\n", "nps"),
        ("# A\n\n😀 {me|", "metric term team stage"),
        ("# A\n\n😀 {metric}`|`", "nps"),
        ("# A\n\n{term}`N|`", "NPS"),
        ("# A\n\n{team}`|`", "sales"),
        ("# A\n\n{stage}`|`", "stay use"),
        ("# A\n\n```{chart} |\n```\n", "nps"),
        ("# A\n\n```{chart} nps\nkind: trend\n|\n```\n", "metric split since until actions height title"),
        ("# A\n\n```{chart} nps\nkind: |\n```\n", "trend panels before-after chain answers"),
        ("# A\n\n```{chart} nps\nsplit: |\n```\n", "region"),
        ("# A\n\n```{chart} nps\nactions: |\n```\n", "text-first all none"),
        ("# A\n\n```{claim} |\n```\n", "told-in-time"),
    ] {
        assert_eq!(offered(marked), expected, "{marked}");
    }
    assert!(
        offered("---\nowner: x\nou|\n---\n# A\n").starts_with("title summary reviewed draft"),
        "the owner is there"
    );
    assert!(offered("# A\n\n```{|").contains("chart check checklist claim"));
    let titles = offered("# A\n\nSee [[Sa|");
    for title in ["Sales people", "Text first", "Recommendation", "Journey", "Glossary"] {
        assert!(titles.contains(title), "{titles}");
    }
    assert!(offered("# A\n\n[x](../|)").contains("../teams/sales.md"));
    assert_eq!(offered("# A\n\nplain |\n"), "");
    // What is taken replaces the whole name and closes what is open.
    let taken = editor.at("completion", page, "# A\n\n😀 see [[Sales pe|");
    let edit =
        taken["items"].as_array().unwrap().iter().find(|item| item["label"] == "Sales people").unwrap();
    assert_eq!(edit["textEdit"]["newText"], "Sales people]]");
    let start = "😀 see [[".encode_utf16().count();
    assert_eq!(edit["textEdit"]["range"]["start"], json!({ "line": 2, "character": start }));
    assert_eq!(edit["textEdit"]["range"]["end"]["character"], json!(start + "Sales pe".len()));
    let map = "content/map.yaml";
    editor.open(map, "");
    let mut offered = |marked: &str| labels(&editor.at("completion", map, marked)).join(" ");
    assert_eq!(offered("edges:\n  - team: s|"), "sales");
    assert_eq!(offered("edges:\n  - team: sales\n    stage: |\n"), "stay use");
    assert_eq!(offered("edges:\n  - team: sales\n    e|\n"), "metric stage moves direction evidence note");
    editor.goodbye();
}

#[test]
fn names_are_explained_and_a_hidden_value_is_not_told() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    let page = "content/pages/a.md";
    editor.open(page, "# A\n");
    let mut said = |marked: &str| {
        let hover = editor.at("hover", page, marked);
        hover["contents"]["value"].as_str().unwrap_or_default().replace("\n\n", "; ").replace('\u{a0}', " ")
    };
    let metric = said("# A\n\n😀 {metric}`n|ps`");
    assert!(metric.starts_with("**Recommendation**; Asked: Would you recommend us?; "), "{metric}");
    assert!(metric.contains("; Sep 2026: hidden to protect small groups; "), "{metric}");
    assert!(metric.contains("; Aug 2026: 33 points, based on 60 answers, 95 % interval "), "{metric}");
    assert!(!metric.contains("100") && !metric.contains(" 3 "), "the three answers of September: {metric}");
    assert_eq!(metric, said("# A\n\n```{chart} n|ps\n```\n"));
    assert_eq!(metric, said("---\nmetrics: [np|s]\n---\n# A\n"));
    assert_eq!(
        said("# A\n\n{term}`net promoter sc|ore`"),
        "**NPS**; Short for Net Promoter Score; Would customers recommend us?"
    );
    assert_eq!(said("# A\n\n{team}`sa|les`"), "**Sales people**; We keep what we promise.");
    assert_eq!(
        said("# A\n\n{stage}`u|se`"),
        "**Use it**; The customer uses what we sold.; Owner: Head of service"
    );
    assert_eq!(said("# A\n\n[[Call ah|ead]]"), "**Call ahead**; The customer knows when we come.");
    assert!(said("# A\n\n[x](../metrics/np|s.yaml)").contains("Aug 2026"));
    assert!(said("# A\n\n```{claim} told-in|-time\n```\n").contains("n = 412, Survey of March"));
    assert_eq!(
        said("---\nreview|ed: 2026-01-01\n---\n# A\n"),
        "**reviewed**; The day somebody last read it through"
    );
    assert!(said("# A\n\n```{cha|rt} nps\n```\n").contains("Takes: metric, kind, split"));
    assert_eq!(said("# A\n\n```{chart} nps\nsi|nce: 2026-01\n```\n"), "**since**; From this month on");
    assert_eq!(said("# A\n\n{metric}`nob|ody`"), "");
    // The hidden month is hidden in every message, and so are its answers.
    assert!(!editor.transcript.contains("-100") && !editor.transcript.contains("\u{2212}100"));
    editor.goodbye();
}

#[test]
fn names_lead_to_where_they_were_written() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    let page = "content/pages/a.md";
    editor.open(page, "# A\n");
    let mut leads = |marked: &str| {
        let found = editor.at("definition", page, marked);
        let file = found["uri"].as_str().unwrap_or("nowhere").rsplit('/').next().unwrap().to_owned();
        format!("{file} {} {}", found["range"]["start"]["line"], found["range"]["start"]["character"])
    };
    assert_eq!(leads("# A\n\n😀 {metric}`n|ps`"), "nps.yaml 0 0");
    assert_eq!(leads("# A\n\n{term}`NP|S`"), "glossary.yaml 0 8");
    assert_eq!(leads("# A\n\n{stage}`st|ay`"), "journey.yaml 6 9");
    assert_eq!(leads("---\nteams: [sa|les]\n---\n# A\n"), "sales.md 0 0");
    assert_eq!(leads("# A\n\n```{chart} n|ps\n```\n"), "nps.yaml 0 0");
    assert_eq!(leads("# A\n\n[[sales peo|ple|them]]"), "sales.md 0 0");
    assert_eq!(leads("# A\n\n[x](../playbooks/call-ah|ead.md)"), "call-ahead.md 0 0");
    assert_eq!(leads("# A\n\n[[Jour|ney#stay]]"), "journey.yaml 6 9");
    assert_eq!(leads("# A\n\nplain wo|rds"), "nowhere null null");
    assert_eq!(leads("# A\n\n{team}`nob|ody`"), "nowhere null null");
    editor.goodbye();
}

#[test]
fn what_is_private_is_in_no_message() {
    let room = book();
    write(
        room.path(),
        "content/quotes/a.yaml",
        "- text: Call me on 0117 496 0123\n  source: Survey\n  date: 2026-03\n  consent: yes\n  anonymised: true\n- text: \"Mrs Quibbleworth\n",
    );
    write(room.path(), "content/teams/mrs-quibbleworth.md", "# Mrs Quibbleworth\n");
    let mut editor = Client::greeted(room.path());
    let page = "content/pages/a.md";
    let version = editor.open(page, "---\nteams: [mrs-quibbleworth-x]\n---\n# A\n\nWrite to jo.quibbleworth@mail.example or [[Mrs Quibbleworth|her]].\n");
    let found = editor.findings(page, Some(version));
    assert!(!found.is_empty() || editor.transcript.contains("private"), "{found:?}");
    editor.at("completion", page, "---\nteams: [|]\n---\n# A\n");
    editor.at("completion", page, "# A\n\n[[|");
    editor.at("hover", page, "# A\n\n[[Mrs Qui|bbleworth]]");
    editor.change(page, None, "# A\n");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": editor.uri(page) } }));
    editor.ask("shutdown", &Value::Null);
    editor.tell("exit", &Value::Null);
    editor.end();
    for secret in ["0123", "jo.quib", "Quibbleworth"] {
        assert!(!editor.transcript.contains(secret), "{secret}: {}", editor.transcript);
    }
}

#[test]
fn a_change_during_a_look_is_not_lost() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    let page = "content/pages/a.md";
    editor.open(page, "# A\n");
    let mut version = 0;
    for number in 0..300 {
        version = editor.change(page, None, &format!("# A\n\n{{metric}}`x{number}`\n"));
    }
    let found = editor.findings(page, Some(version));
    assert!(
        found.iter().any(|finding| finding["message"].as_str().unwrap().contains("\"x299\"")),
        "{found:?}"
    );
    // Other looks came in between, but not one for each change.
    let looks = editor.transcript.matches("publishDiagnostics").count();
    assert!(looks < 100, "{looks}");
    editor.goodbye();
}

#[test]
fn files_of_the_disk_and_other_files_are_told_apart() {
    let room = book();
    let mut editor = Client::greeted(room.path());
    // Neither is a file of the book, whatever it says.
    editor.open("README.md", "[x](nowhere.md)\n");
    editor.open("content/.hidden/a.md", "[x](nowhere.md)\n");
    let uri = "untitled:Untitled-1";
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "[x](nowhere.md)" });
    editor.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    let position = json!({ "line": 0, "character": 1 });
    assert_eq!(
        editor.ask("textDocument/hover", &json!({ "textDocument": { "uri": uri }, "position": position })),
        Value::Null
    );
    // A new file that was never saved is.
    let version = editor.open("content/pages/new page.md", "# A\n");
    let found = editor.findings("content/pages/new page.md", Some(version));
    assert!(codes(&found).contains(&"next-missing"), "{found:?}");
    // book.toml counts as it is typed, too: with another folder of texts the page is none.
    let toml = std::fs::read_to_string(room.path().join("book.toml")).unwrap();
    let version = editor.open("book.toml", &toml.replace("[cx]", "src = \"nowhere\"\n[cx]"));
    assert!(codes(&editor.findings("book.toml", Some(version))).contains(&"book-empty"));
    assert!(!editor.transcript.contains("link-broken"));
    editor.goodbye();
}

#[test]
fn what_other_programs_change_is_seen_where_the_editor_can_tell() {
    let room = book();
    let mut editor = Client::silent(room.path(), &[]);
    let can = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    editor.ask("initialize", &json!({ "rootUri": editor.uri(""), "capabilities": can }));
    editor.tell("initialized", &json!({}));
    let page = "content/index.md";
    let version = editor.open(page, "# Small\n\n{metric}`nps`\n");
    assert!(!codes(&editor.findings(page, Some(version))).contains(&"metric-unknown"));
    let asked = "\"registerOptions\":{\"watchers\":[{\"globPattern\":\"**/*.{";
    let (_, endings) = editor.transcript.split_once(asked).expect(&editor.transcript);
    let endings: Vec<&str> = endings.split('}').next().unwrap().split(',').collect();
    for ending in ["md", "yaml", "yml", "csv", "toml", "txt", "html", "css", "png", "svg"] {
        assert!(endings.contains(&ending), "{ending}");
    }
    std::fs::remove_file(room.path().join("content/metrics/nps.yaml")).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [] }));
    assert!(codes(&editor.findings(page, Some(version))).contains(&"metric-unknown"));
    editor.goodbye();
    // An editor that cannot is not asked.
    let mut editor = Client::greeted(room.path());
    editor.ask("shutdown", &Value::Null);
    assert!(!editor.transcript.contains("registerCapability"));
}

#[test]
fn the_protocol_is_kept() {
    let room = book();
    let code = |response: &Value| response["error"]["code"].as_i64();
    let mut editor = Client::silent(room.path(), &["."]);
    editor.tell("textDocument/didOpen", &json!({ "x": 1 }));
    let early = editor.response("textDocument/hover", &json!({}));
    assert_eq!(code(&early), Some(-32002), "{early}");
    // A newer editor may send whatever it likes beside what is read.
    editor.ask("initialize", &json!({ "capabilities": { "future": [1, null] }, "trace": "loud" }));
    let again = editor.response("initialize", &json!({ "capabilities": {} }));
    assert_eq!(code(&again), Some(-32600), "{again}");
    editor.tell("initialized", &json!({}));
    let unknown = editor.response("textDocument/rename", &json!({}));
    assert_eq!(code(&unknown), Some(-32601), "{unknown}");
    for params in [Value::Null, json!({}), json!([1]), json!({ "textDocument": { "uri": 7 }, "position": 1 })]
    {
        let wrong = editor.response("textDocument/completion", &params);
        assert_eq!(code(&wrong), Some(-32602), "{wrong}");
        editor.tell("textDocument/didChange", &json!({ "contentChanges": "x" }));
        editor.tell("$/unknown", &json!({}));
    }
    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    let late = editor.response("textDocument/hover", &json!({}));
    assert_eq!(code(&late), Some(-32600), "{late}");
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.end(), (Some(0), String::new()));

    let mut editor = Client::greeted(room.path());
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.end(), (Some(1), String::new()), "told to go without a shutdown");
    let mut editor = Client::greeted(room.path());
    assert_eq!(editor.end(), (Some(1), String::new()), "an editor that hangs up");
    let mut editor = Client::silent(room.path(), &[]);
    assert_eq!(editor.end(), (Some(1), String::new()));
}

#[test]
fn what_is_no_message_ends_it_with_a_word() {
    let room = book();
    let bad: [&[u8]; 7] = [
        b"hello\r\n\r\n",
        b"Content-Length: 5\r\n\r\n{\"a\":",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: x\r\n\r\n{}",
        b"Content-Length: 18446744073709551615\r\n\r\n{}",
        b"Content-Length: 2\r\n\r\n\xff\xfe",
        b"\r\n\r\n",
    ];
    for bytes in bad {
        for greeted in [false, true] {
            let mut editor =
                if greeted { Client::greeted(room.path()) } else { Client::silent(room.path(), &[]) };
            editor.raw(bytes);
            let (code, said) = editor.end();
            assert_eq!(code, Some(2), "{bytes:?}: {said}");
            assert!(
                said.contains("no message of the language server protocol") && said.lines().count() == 1,
                "{said}"
            );
        }
    }
    // An editor that dies within a message is one that hangs up.
    let mut editor = Client::greeted(room.path());
    editor.raw(b"Content-Length: 500\r\n\r\n{\"jsonrpc\"");
    assert_eq!(editor.end(), (Some(1), String::new()));
}

#[test]
fn a_book_that_is_not_there_is_told_and_awaited() {
    let room = tempfile::tempdir().unwrap();
    let mut editor = Client::greeted(room.path());
    let version = editor.open("content/pages/a.md", "# A\n\n{metric}`x`\n");
    let found = editor.findings("content/pages/a.md", Some(version));
    assert!(codes(&found).contains(&"metric-unknown"), "{found:?}");
    assert!(!editor.findings("book.toml", None).is_empty(), "the settings are missing");
    write(room.path(), "book.toml", "[book]\ntitle = \"Small\"\n");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": editor.uri("book.toml") } }));
    while codes(&editor.findings("book.toml", None)).contains(&"config-missing") {}
    // Opened one folder further in, it is the same book.
    write(room.path(), "content/index.md", "[x](nowhere.md)\n");
    let mut inside = Client::greeted(&room.path().join("content"));
    let found = inside.findings("index.md", None);
    assert_eq!(codes(&found), ["link-broken"]);
    inside.goodbye();
    editor.goodbye();
}
