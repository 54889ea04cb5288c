//! `cxbook import`: shows what an export seems to hold and writes the definition of a metric from it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::args::ImportArgs;
use super::ask::Asker;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::config;
use crate::metrics::{self, Proposal, Understanding, Wishes};
use crate::model::{grouped, is_valid_id, slug};
use crate::system::System;

pub(super) fn run(system: &dyn System, args: &ImportArgs, voice: &Voice) -> Result<u8, String> {
    let failed = |error| format!("{} cannot be read: {error}", args.file.display());
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| format!("{} is not a file", args.file.display()))?;
    let sources = system.read_file(&args.file, &name).map_err(failed)?;
    let understanding = match metrics::understand(&name, &sources) {
        Ok(understanding) => understanding,
        Err(finding) => {
            voice.findings_aside(&[finding], &sources);
            return Ok(FINDINGS);
        }
    };
    voice.say(&shown(&name, &understanding));
    let place = Place::of(system, args, &name)?;
    let mut wishes = Wishes {
        kind: args.kind.map(|kind| kind.word().to_owned()),
        name: args.name.clone(),
        owner: args.owner.clone(),
        source: args.source.clone(),
        date: args.date.clone(),
        score: args.score.clone(),
        splits: args.split.clone(),
        dates: args.dates.map(|order| order.word().to_owned()),
        numbers: args.numbers.map(|style| style.word().to_owned()),
    };
    let mut asker = Asker::at_terminal().filter(|_| !args.dry_run);
    let mut proposal = understanding.propose(&place.below, &wishes);
    if let Some(asker) = &mut asker {
        for _ in 0..MOST_QUESTIONS {
            let Some(question) = proposal.questions.first() else { break };
            answer(question, asker, &mut wishes)?;
            proposal = understanding.propose(&place.below, &wishes);
        }
        if proposal.questions.is_empty() {
            who_and_whence(asker, &mut wishes)?;
            proposal = understanding.propose(&place.below, &wishes);
        }
    }
    for note in &proposal.notes {
        voice.say(note);
    }
    if !proposal.questions.is_empty() {
        for question in &proposal.questions {
            voice.trouble(question);
        }
        voice.say("Nothing was written.");
        return Ok(FINDINGS);
    }
    if args.dry_run {
        print!("{}", proposal.yaml);
        return Ok(FINE);
    }
    if let Some(asker) = &mut asker {
        let kept =
            asker.ask("Write the definition like that? Enter or yes writes it, no does not.", "yes")?;
        if !["", "y", "yes"].contains(&kept.to_lowercase().as_str()) {
            voice.say("Nothing was written. What was guessed wrong can be said with an option: cxbook import --help lists them.");
            return Ok(FINE);
        }
    }
    let written = write(system, args, voice, &place, &proposal)?;
    let open = [("owner:", &wishes.owner), ("source:", &wishes.source)];
    let open: Vec<&str> = open.iter().filter(|(_, said)| said.is_none()).map(|(key, _)| *key).collect();
    if !open.is_empty() {
        voice.say(&format!(
            "No site is built before {} {} filled in there: cxbook check leads to the line.",
            open.join(" and "),
            if open.len() == 1 { "is" } else { "are" }
        ));
    }
    Ok(written)
}

/// Asks what no export says; Enter leaves it open.
fn who_and_whence(asker: &mut Asker<'_>, wishes: &mut Wishes) -> Result<(), String> {
    let asked = [
        (&mut wishes.owner, "Which role answers for this number? Never a person. Enter leaves it open."),
        (
            &mut wishes.source,
            "Where do the numbers come from, in words that readers know? Enter leaves it open.",
        ),
    ];
    for (wish, question) in asked.into_iter().filter(|(wish, _)| wish.is_none()) {
        *wish = Some(asker.ask(question, "")?).filter(|answer| !answer.is_empty());
    }
    Ok(())
}

/// After so many questions somebody is better off with the options.
const MOST_QUESTIONS: usize = 12;

/// Asks what could not be guessed. A question names the option that answers it.
fn answer(question: &str, asker: &mut Asker<'_>, wishes: &mut Wishes) -> Result<(), String> {
    let shown = question.split_inclusive('?').next().unwrap_or(question);
    let answer = asker.ask(shown, "")?;
    let answer = Some(answer).filter(|answer| !answer.is_empty());
    // Where no column holds an answer, the rows are what counts.
    if question.contains("--kind count") && answer.as_deref().is_none_or(|answer| answer == "count") {
        wishes.kind = Some("count".to_owned());
    } else if question.contains("--dates") {
        wishes.dates = answer.filter(|answer| ["day-first", "month-first"].contains(&answer.as_str()));
    } else if question.contains("--numbers") {
        wishes.numbers = answer.filter(|answer| ["1,234.5", "1.234,5"].contains(&answer.as_str()));
    } else if question.contains("--date") {
        wishes.date = answer;
    } else {
        wishes.score = answer;
    }
    Ok(())
}

/// Where the export is, or will be, in the book.
struct Place {
    /// The content folder.
    content: PathBuf,
    /// The path below it, with `/`.
    below: String,
    /// Whether it has to be copied there.
    outside: bool,
}

impl Place {
    fn of(system: &dyn System, args: &ImportArgs, name: &str) -> Result<Self, String> {
        let sources = system.read_book(&args.folder, &[]);
        let sources = sources
            .map_err(|error| format!("the folder {} cannot be read: {error}", args.folder.display()))?;
        let content = args.folder.join(config::load(&sources).value.src);
        let inside = system.real_path(&args.file).zip(system.real_path(&content));
        let inside = inside.and_then(|(file, content)| Some(slashed(file.strip_prefix(content).ok()?)));
        let outside = inside.is_none();
        Ok(Self { content, below: inside.unwrap_or_else(|| format!("exports/{name}")), outside })
    }
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn write(
    system: &dyn System,
    args: &ImportArgs,
    voice: &Voice,
    place: &Place,
    proposal: &Proposal,
) -> Result<u8, String> {
    let id = args.id.as_deref().map_or_else(|| proposal.id.clone(), slug);
    if !is_valid_id(&id) {
        return Err(
            "the metric needs an id of lower-case letters, digits and hyphens; give one with --id".to_owned()
        );
    }
    let definition = place.content.join("metrics").join(format!("{id}.yaml"));
    let taken = |path: &Path, error: std::io::Error, help: &str| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("{} exists already; nothing was written over. {help}", path.display())
        }
        _ => format!("{} cannot be written: {error}", path.display()),
    };
    system
        .create_file(&definition, proposal.yaml.as_bytes())
        .map_err(|error| taken(&definition, error, "Give another id with --id."))?;
    voice.say(&format!("Wrote {}.", definition.display()));
    if place.outside {
        let copy = place.content.join(&place.below);
        match system.copy_file(&args.file, &copy) {
            Ok(()) => {
                voice.say(&format!("Copied the export to {}. Exports are never published.", copy.display()));
            }
            Err(error) => voice.say(&taken(&copy, error, "The definition reads that file.")),
        }
    }
    voice.say(&format!("Fill in the lines without a value, then look at the numbers: cxbook metrics {id}"));
    Ok(FINE)
}

/// What was understood, for reading.
fn shown(name: &str, export: &Understanding) -> String {
    let more = if export.more { "more than " } else { "" };
    let mut text = format!(
        "{name}: {}, {} between columns, {}; {more}{} rows.\n",
        export.encoding,
        export.delimiter,
        export.dialect,
        grouped(export.rows)
    );
    let widest = export.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0).min(40);
    for column in &export.columns {
        let name: String = column.name.chars().take(40).collect();
        let gap = " ".repeat(widest - name.chars().count());
        let filled = if column.filled < export.rows {
            format!(", {} filled", grouped(column.filled))
        } else {
            String::new()
        };
        text += &format!("  {name}{gap}  {}{filled}\n", column.words());
    }
    if export.months.len() >= 3 {
        text += &format!("  Its columns are months: a wide table of {} months.\n", export.months.len());
    }
    text += "First rows, masked:\n";
    for row in &export.first_rows {
        text += &format!("  {}\n", row.join(" | "));
    }
    text.trim_end().to_owned()
}
