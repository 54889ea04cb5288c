//! `cxbook new`: a page from its template, or an entry more in a list. Says what is still to be filled in.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use super::args::MomentArgs;
use super::args_starting::NewArgs;
use super::ask::Asker;
use super::input::Input;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::diag::{Finding, Level, did_you_mean, worst};
use crate::load::{self, Draft, parse_yaml};
use crate::pipeline;
use crate::source::Sources;
use crate::starter::{self, Ask, ENTRIES, Entry, PAGES, PageTemplate};
use crate::system::System;
use crate::tree::{Node, Value};

pub(super) fn run(system: &dyn System, args: &NewArgs, voice: &Voice) -> Result<u8, String> {
    let Some(word) = &args.kind else {
        print!("{}", kinds());
        return Ok(FINE);
    };
    let (page, entry) = (starter::page_kind(word), starter::entry_kind(word));
    if page.is_none() && entry.is_none() {
        return Err(unknown(word));
    }
    let moment = MomentArgs { folder: args.folder.clone(), as_of: None, edition: None };
    let mut input = Input::read(system, &moment)?;
    if input.sources.get("book.toml").is_none() {
        return Err(format!("there is no book.toml in {}; cxbook init begins a book", args.folder.display()));
    }
    input.options.drafts = true;
    let mut asker = Asker::at_terminal();
    let title = match (&args.title, &mut asker) {
        (Some(title), _) => title.clone(),
        (None, Some(asker)) => asker.ask("Its title, or its words?", "")?,
        (None, None) => return Err(format!("say what it is called: cxbook new {word} \"A title\"")),
    };
    let settings = settings(&args.set)?;
    let made = match (page, entry) {
        (Some(kind), _) => new_page(&input, kind, &title, &settings)?,
        (None, Some(kind)) => new_entry(&input, args, kind, &title, settings, asker)?,
        (None, None) => return Err(unknown(word)),
    };
    finish(system, &input, &made, voice)
}

/// The kinds there are, for reading.
fn kinds() -> String {
    let pages = PAGES.iter().map(|kind| (kind.word, kind.about));
    let entries = ENTRIES.iter().map(|kind| (kind.word, kind.about));
    let line = |(word, about): (&str, &str)| format!("  {word:13} {about}\n");
    format!(
        "Pages, each a file from a template that explains itself:\n{}\nEntries, added to a file that holds many:\n{}",
        pages.map(line).collect::<String>(),
        entries.map(line).collect::<String>()
    )
}

fn unknown(word: &str) -> String {
    match word {
        "metric" => "a metric begins with its numbers: cxbook import FILE.csv --name \"Its name\" reads an export and writes the \
                     definition. Numbers that you count by hand go into a CSV with the columns month, value and n"
            .to_owned(),
        "picture" | "withdrawn" => {
            "cxbook check gives the line for a new picture; cxbook withdraw strikes a quote out".to_owned()
        }
        _ => {
            let known = PAGES.iter().map(|kind| kind.word).chain(ENTRIES.iter().map(|kind| kind.word));
            format!("there is no kind \"{word}\". {} cxbook new lists them", did_you_mean(word, known))
        }
    }
}

fn settings(typed: &[String]) -> Result<Vec<(String, String)>, String> {
    let pair = |typed: &String| {
        let (key, value) = typed
            .split_once('=')
            .filter(|(key, value)| !key.trim().is_empty() && !value.trim().is_empty())?;
        Some((key.trim().to_owned(), value.trim().to_owned()))
    };
    typed
        .iter()
        .map(|typed| pair(typed).ok_or_else(|| format!("--set \"{typed}\" is not of the form KEY=VALUE")))
        .collect()
}

/// What is to be written.
struct Made {
    /// Below the book's folder.
    path: String,
    text: String,
    /// Whether the file is there already and gets one entry more.
    is_longer: bool,
    /// What the author should know besides.
    note: &'static str,
}

fn new_page(
    input: &Input,
    kind: &PageTemplate,
    title: &str,
    settings: &[(String, String)],
) -> Result<Made, String> {
    let content = input.content();
    let pages = |folder: &str| {
        let below = input.sources.below(folder).map(|(path, _)| path.to_string());
        below.filter(|path| path.ends_with(".md") && !path.ends_with("/index.md")).collect::<Vec<_>>()
    };
    let linked =
        pages(&format!("{content}/playbooks")).into_iter().chain(pages(&format!("{content}/pages"))).next();
    let linked = linked.unwrap_or_else(|| format!("{content}/index.md"));
    let linked = linked.strip_prefix(&format!("{content}/")).unwrap_or(&linked).to_owned();
    let (path, text) = starter::page(kind, title, settings, input.options.today, &linked)?;
    let path = format!("{content}/{path}");
    if input.sources.get(&path).is_some() {
        return Err(format!("{path} is there already and was left as it is; give another title"));
    }
    Ok(Made {
        path,
        text,
        is_longer: false,
        note: "Its remarks say what belongs where; they never reach the site.",
    })
}

fn new_entry(
    input: &Input,
    args: &NewArgs,
    kind: &Entry,
    title: &str,
    mut settings: Vec<(String, String)>,
    asker: Option<Asker<'_>>,
) -> Result<Made, String> {
    let format = kind.format().ok_or_else(|| unknown(kind.word))?;
    let path = format!("{}/{}", input.content(), file(input, args, kind)?);
    let old = input.sources.text(&path).map(str::to_owned);
    if old.is_none() && input.sources.get(&path).is_some() {
        return Err(format!("{path} cannot be read as text; cxbook check says why"));
    }
    let draft = load::load(&input.sources).value;
    let node = old.as_deref().filter(|_| !path.ends_with(".csv")).and_then(parse_yaml);
    let known = node.as_ref().map(defaults).unwrap_or_default();
    let missing = starter::asks(kind, &settings, &known);
    match asker {
        Some(mut asker) => {
            for ask in &missing {
                let answer = asker.ask(&format!("{}: {}{}", ask.key, ask.about, choices(ask, &draft)), "")?;
                settings.extend(Some((ask.key.to_owned(), answer)).filter(|(_, answer)| !answer.is_empty()));
            }
        }
        None if missing.is_empty() => {}
        None => return Err(still_missing(kind, &missing, &draft)),
    }
    let left = starter::asks(kind, &settings, &known);
    if !left.is_empty() {
        return Err(still_missing(kind, &left, &draft));
    }
    let taken = taken(node.as_ref(), &draft);
    let fields = starter::entry(kind, title, &settings, &taken, input.options.today)?;
    let text = starter::append(&path, old.as_deref(), format, &fields).map_err(|why| {
        let lines: Vec<String> = fields.iter().map(|(key, value)| format!("    {key}: {value}")).collect();
        format!(
            "{path}: {why}. Nothing was written. Add it by hand:\n{}",
            lines.join("\n").replacen("    ", "  - ", 1)
        )
    })?;
    Ok(Made { path, text, is_longer: old.is_some(), note: "" })
}

/// The file that gets the entry, below the content folder.
fn file(input: &Input, args: &NewArgs, kind: &Entry) -> Result<String, String> {
    let content = input.content();
    let Some((folder, _)) = kind.file.split_once('/') else { return Ok(kind.file.to_owned()) };
    if let Some(file) = &args.file {
        let file = file.replace('\\', "/");
        let file = file.strip_prefix(&format!("{content}/")).unwrap_or(&file).to_owned();
        let fits = file.starts_with(&format!("{folder}/")) && !file.contains("..");
        let is_list = [".yaml", ".yml", ".csv"].iter().any(|ending| file.ends_with(ending));
        let wrong = || format!("--file {file} does not lie in {folder}/, or is neither .yaml nor .csv");
        return (fits && is_list).then_some(file.clone()).ok_or_else(wrong);
    }
    let below = format!("{content}/{folder}");
    let files: Vec<&str> = input
        .sources
        .below(&below)
        .filter_map(|(path, _)| path.strip_prefix(content)?.strip_prefix('/'))
        .filter(|path| [".yaml", ".yml", ".csv"].iter().any(|ending| path.ends_with(ending)))
        .collect();
    match files[..] {
        [] => Ok(kind.file.to_owned()),
        [one] => Ok(one.to_owned()),
        _ => Err(format!("there are several files; say which with --file: {}", files.join(", "))),
    }
}

/// Keys that the `defaults` of a file say.
fn defaults(root: &Node) -> Vec<String> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let defaults = entries.iter().filter(|entry| entry.key == "defaults");
    defaults
        .flat_map(|entry| match &entry.node.value {
            Value::Map(keys) => keys.iter().map(|key| key.key.clone()).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// Ids that are in use in the file, and those of all quotes.
fn taken(root: Option<&Node>, draft: &Draft) -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = draft.quotes.iter().map(|quote| quote.id.clone()).collect();
    let mut lists = Vec::new();
    match root.map(|root| &root.value) {
        Some(Value::List(items)) => lists.push(items),
        Some(Value::Map(entries)) => {
            lists.extend(entries.iter().filter_map(|entry| match &entry.node.value {
                Value::List(items) => Some(items),
                _ => None,
            }));
        }
        _ => {}
    }
    for item in lists.into_iter().flatten() {
        let Value::Map(keys) = &item.value else { continue };
        taken.extend(keys.iter().filter(|key| key.key == "id").filter_map(|key| key.node.scalar()));
    }
    taken
}

/// Ids of the book that a key can name.
fn ids(draft: &Draft, noun: &str) -> Vec<String> {
    let of_pages = |folder: &str| {
        let prefix = format!("{}/{folder}/", draft.config.src);
        let below =
            draft.pages.iter().filter_map(|page| page.facts.source.strip_prefix(&*prefix).map(str::to_owned));
        below.filter(|path| path != "index.md").map(|path| path.trim_end_matches(".md").to_owned()).collect()
    };
    match noun {
        "team" => of_pages("teams"),
        "role" => of_pages("roles"),
        "stage" => draft.stages.iter().map(|stage| stage.id.to_string()).collect(),
        "metric" => draft.metrics.iter().map(|metric| metric.id.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// What a key takes, in brackets: names of the book, or a hint.
fn choices(ask: &Ask, draft: &Draft) -> String {
    let names = ids(draft, ask.names).join(", ");
    match (names.is_empty(), ask.hint.is_empty()) {
        (false, _) => format!(" ({names})"),
        (true, false) => format!(" ({})", ask.hint),
        (true, true) => String::new(),
    }
}

fn still_missing(kind: &Entry, missing: &[Ask], draft: &Draft) -> String {
    let mut text = format!("a {} also needs these; give each with --set KEY=VALUE:\n", kind.word);
    for ask in missing {
        text += &format!("  {:12} {}{}\n", ask.key, ask.about, choices(ask, draft));
    }
    text + "Nothing was written."
}

/// Looks at the book with what is new in it, and writes that when it brings no error.
fn finish(system: &dyn System, input: &Input, made: &Made, voice: &Voice) -> Result<u8, String> {
    let mut after = input.sources.clone();
    after.insert_text(&made.path, &made.text);
    let looked = |sources: &Sources| pipeline::public_book(sources, &input.options).findings;
    let before = looked(&input.sources);
    let fresh: Vec<Finding> =
        looked(&after).into_iter().filter(|finding| !before.contains(finding)).collect();
    if worst(&fresh) == Some(Level::Error) {
        voice.findings_aside(&fresh, &after);
        voice.say("Nothing was written.");
        return Ok(FINDINGS);
    }
    let path = input.folder.join(&made.path);
    write(system, &path, made)?;
    println!("{}", path.display());
    let open: Vec<&Finding> = fresh
        .iter()
        .filter(|finding| finding.level == Level::Warning)
        .filter(|finding| finding.place.as_ref().is_some_and(|place| *place.file == *made.path))
        .collect();
    voice.say(if made.is_longer { "Added it at the end of the list." } else { "Wrote it." });
    if !made.note.is_empty() {
        voice.say(made.note);
    }
    for finding in open {
        voice.say(&format!("Still open: {}. {}", finding.message, finding.help));
    }
    Ok(FINE)
}

fn write(system: &dyn System, path: &Path, made: &Made) -> Result<(), String> {
    let written = if made.is_longer {
        system.replace_file(path, made.text.as_bytes())
    } else {
        system.create_file(path, made.text.as_bytes())
    };
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{} is there already and was left as it is", path.display()),
        _ => format!("{} could not be written: {error}", path.display()),
    })
}
