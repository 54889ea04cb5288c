//! `cxbook new`: a page from its template, or an entry more in a list. Says what is still to be filled in.

use super::args::MomentArgs;
use super::args_starting::NewArgs;
use super::ask::Asker;
use super::input::Input;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::diag::{Finding, Level, did_you_mean, worst};
use crate::folder;
use crate::load::{self, Draft};
use crate::pipeline;
use crate::starter::{self, Ask, ENTRIES, Entry, List, Made, PAGES, PageTemplate};
use crate::system::System;

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

fn new_page(
    input: &Input,
    kind: &PageTemplate,
    title: &str,
    settings: &[(String, String)],
) -> Result<Made, String> {
    starter::new_page(&input.sources, input.content(), kind, title, settings, input.options.today)
}

fn new_entry(
    input: &Input,
    args: &NewArgs,
    kind: &'static Entry,
    title: &str,
    mut settings: Vec<(String, String)>,
    asker: Option<Asker<'_>>,
) -> Result<Made, String> {
    let draft = load::load(&input.sources).value;
    let list = List::find(&input.sources, input.content(), kind, args.file.as_deref(), &draft)?;
    let missing = list.asks(&settings);
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
    let left = list.asks(&settings);
    if !left.is_empty() {
        return Err(still_missing(kind, &left, &draft));
    }
    list.add(title, &settings, input.options.today)
}

/// What a key takes, in brackets: names of the book, or a hint.
fn choices(ask: &Ask, draft: &Draft) -> String {
    let names = starter::ids(draft, ask.names).join(", ");
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
    let fresh = pipeline::fresh(&input.sources, &after, &input.options);
    if worst(&fresh) == Some(Level::Error) {
        voice.findings_aside(&fresh, &after);
        voice.say("Nothing was written.");
        return Ok(FINDINGS);
    }
    let path = input.folder.join(&made.path);
    folder::save(system, &path, made.before.as_deref(), &made.text)
        .map_err(|error| format!("{} {error}", path.display()))?;
    println!("{}", path.display());
    let open: Vec<&Finding> = fresh
        .iter()
        .filter(|finding| finding.level == Level::Warning)
        .filter(|finding| finding.place.as_ref().is_some_and(|place| *place.file == *made.path))
        .collect();
    voice.say(if made.before.is_some() { "Added it at the end of the list." } else { "Wrote it." });
    if !made.note.is_empty() {
        voice.say(made.note);
    }
    for finding in open {
        voice.say(&format!("Still open: {}. {}", finding.message, finding.help));
    }
    Ok(FINE)
}
