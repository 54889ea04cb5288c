//! `cxbook init`: a working book from five answers. Nothing is ever written over.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::args_starting::InitArgs;
use super::ask::Asker;
use super::input;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::config;
use crate::diag::{Finding, Level, worst};
use crate::metrics::{self, Wishes};
use crate::model::{Date, is_valid_id};
use crate::pipeline::{self, Options};
use crate::source::Sources;
use crate::starter::{self, Answers, OwnExport, Starter};
use crate::system::System;

/// What stands where nobody says otherwise.
const TEAMS: &str = "Sales, Service, Delivery";
const STAGES: &str = "Choose, Order, Start, Use, Get help, Stay";
const METRICS: &str = "NPS, Satisfaction after service=csat, Ease of getting help=ces";

/// At most so many files that stand in the way are named.
const MOST_NAMED: usize = 8;

pub(super) fn run(system: &dyn System, args: &InitArgs, voice: &Voice) -> Result<u8, String> {
    let today = input::today(system)?;
    let asker = if args.yes { None } else { Asker::at_terminal() };
    let typed = Typed::of(args, asker)?;
    let exports = match exports(system, &typed, voice)? {
        Ok(exports) => exports,
        Err(code) => return Ok(code),
    };
    let answers = answers(&typed, &exports, today)?;
    let starter = starter::book(&answers);
    refuse_to_overwrite(system, args, &starter, &exports)?;
    let sources = sources(&starter, &exports);
    let options = Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None };
    let findings = pipeline::build(&sources, &options).findings;
    if worst(&findings) == Some(Level::Error) {
        voice.findings_aside(&findings, &sources);
        voice.say(
            "Nothing was written: with these answers the book would have the errors above. Change the names, or the export, \
             and try again.",
        );
        return Ok(FINDINGS);
    }
    write(system, args, &starter, &exports)?;
    tell(args, &starter, &exports, &findings, voice);
    Ok(FINE)
}

/// What was typed, after the options or at the questions.
struct Typed {
    company: String,
    teams: Vec<String>,
    stages: Vec<String>,
    metrics: Vec<String>,
    exports: Vec<PathBuf>,
}

impl Typed {
    /// Takes the options, asks for the rest where somebody can answer, and else takes the defaults.
    fn of(args: &InitArgs, mut asker: Option<Asker<'_>>) -> Result<Self, String> {
        let mut several = |given: &[String], question: &str, otherwise: &str| {
            if !given.is_empty() {
                return Ok(given.to_vec());
            }
            let answer = asker.as_mut().map_or(Ok(String::new()), |asker| asker.ask(question, otherwise))?;
            let answer = if answer.is_empty() { otherwise } else { &answer };
            Ok::<_, String>(split(answer))
        };
        let company = match &args.company {
            Some(name) => vec![name.clone()],
            None => several(&[], "1 of 5. What is your company called?", "")?,
        };
        let teams =
            several(&args.teams, "2 of 5. Which teams do you want to reach? Names with commas.", TEAMS)?;
        let stages =
            several(&args.stages, "3 of 5. Which stages do your customers go through, in order?", STAGES)?;
        let metrics = several(
            &args.metrics,
            "4 of 5. What do you measure? Behind a name, =nps, =csat, =ces or =share says what it is.",
            METRICS,
        )?;
        let exports = if args.sample || !args.export.is_empty() {
            args.export.clone()
        } else {
            let question = "5 of 5. Begin with sample numbers, or with an export of your own? Give the path of the CSV for \
                            your own.";
            let answer = several(&[], question, "sample")?.join(",");
            if answer == "sample" { Vec::new() } else { vec![PathBuf::from(answer)] }
        };
        Ok(Self { company: company.join(","), teams, stages, metrics, exports })
    }
}

/// An export of the author's: where it is, what is in it, and the metric it becomes.
struct Export {
    path: PathBuf,
    content: Sources,
    own: OwnExport,
}

/// Reads the exports and proposes a metric from each; a code where something has to be asked first.
fn exports(system: &dyn System, typed: &Typed, voice: &Voice) -> Result<Result<Vec<Export>, u8>, String> {
    let mut exports: Vec<Export> = Vec::new();
    let names = starter::metrics(&typed.metrics)?;
    for (at, path) in typed.exports.iter().enumerate() {
        let failed = |error| format!("{} cannot be read: {error}", path.display());
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file = file.ok_or_else(|| format!("{} is not a file", path.display()))?;
        let content = system.read_file(path, &file).map_err(failed)?;
        let understanding = match metrics::understand(&file, &content) {
            Ok(understanding) => understanding,
            Err(finding) => {
                voice.findings_aside(&[finding], &content);
                return Ok(Err(FINDINGS));
            }
        };
        let name = names.get(at).map(|wanted| wanted.named.name.clone());
        let wishes = Wishes { name: name.filter(|_| typed.metrics != split(METRICS)), ..Wishes::default() };
        let proposal = understanding.propose(&format!("exports/{file}"), &wishes);
        if !proposal.questions.is_empty() {
            for question in &proposal.questions {
                voice.trouble(question);
            }
            voice.say(&format!(
                "Nothing was written: {file} leaves the questions above. Begin with cxbook init --sample, and then bring it in \
                 with cxbook import {file} and the options they name."
            ));
            return Ok(Err(FINDINGS));
        }
        if !is_valid_id(&proposal.id) || exports.iter().any(|other| other.own.id == proposal.id) {
            return Err(format!(
                "{file} needs a name of its own for its metric; give one name for each export with --metrics"
            ));
        }
        if exports.iter().any(|other| other.own.file == file) {
            return Err(format!("two exports are called {file}; give one of them another name first"));
        }
        let own = OwnExport { id: proposal.id, definition: proposal.yaml, file };
        exports.push(Export { path: path.clone(), content, own });
    }
    Ok(Ok(exports))
}

fn split(text: &str) -> Vec<String> {
    text.split(',').map(|one| one.trim().to_owned()).collect()
}

fn answers(typed: &Typed, exports: &[Export], today: Date) -> Result<Answers, String> {
    let company = typed.company.split_whitespace().collect::<Vec<_>>().join(" ");
    if company.chars().any(char::is_control) || company.chars().count() > 80 {
        return Err("the name of the company is at most 80 characters in one line".to_owned());
    }
    let metrics = starter::metrics(&typed.metrics)?;
    let metrics = if exports.is_empty() || typed.metrics != split(METRICS) { metrics } else { Vec::new() };
    if exports.is_empty() && metrics.iter().any(|wanted| wanted.named.id == "promises-kept") {
        return Err(
            "the sample has a metric called promises-kept of its own; give yours another name".to_owned()
        );
    }
    Ok(Answers {
        company,
        teams: starter::named("team", &typed.teams)?,
        stages: starter::named("stage", &typed.stages)?,
        metrics,
        exports: exports.iter().map(|export| export.own.clone()).collect(),
        today,
    })
}

fn export_path(export: &Export) -> String {
    format!("content/exports/{}", export.own.file)
}

fn refuse_to_overwrite(
    system: &dyn System,
    args: &InitArgs,
    starter: &Starter,
    exports: &[Export],
) -> Result<(), String> {
    // book.toml is written last: without it, what is there and says the same was left by a run that was stopped.
    let was_stopped = system.real_path(&args.folder.join(config::FILE)).is_none();
    let in_the_way = |path: &str, is_same: &dyn Fn(&Path) -> bool| {
        let path = args.folder.join(path);
        system.real_path(&path).is_some() && !(was_stopped && is_same(&path))
    };
    let texts = starter.files.iter();
    let mut there: Vec<String> = texts
        .filter(|(path, text)| in_the_way(path, &|path| is_text(system, path, text)))
        .map(|(path, _)| path.clone())
        .chain(exports.iter().filter_map(|export| {
            let path = export_path(export);
            in_the_way(&path, &|path| is_export(system, path, export)).then_some(path)
        }))
        .collect();
    // What the author wrote matters more than settings of an editor.
    there.sort_by_key(|path| (path != config::FILE, path.starts_with('.')));
    if there.is_empty() {
        return Ok(());
    }
    let mut named = there.iter().take(MOST_NAMED).map(|path| format!("  {path}\n")).collect::<String>();
    if there.len() > MOST_NAMED {
        named += &format!("  and {} more\n", there.len() - MOST_NAMED);
    }
    Err(format!(
        "nothing was written, since these files are there already in {}:\n{named}Choose an empty folder: cxbook init our-book",
        args.folder.display()
    ))
}

fn sources(starter: &Starter, exports: &[Export]) -> Sources {
    let shown = |path: &str| !path.starts_with('.') && (path == config::FILE || path.starts_with("content/"));
    let mut sources: Sources = starter
        .files
        .iter()
        .filter(|(path, _)| shown(path))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    for export in exports {
        for (_, content) in export.content.iter() {
            sources.insert(export_path(export), content.clone());
        }
    }
    sources
}

fn is_text(system: &dyn System, path: &Path, text: &str) -> bool {
    system.read_text(path).is_ok_and(|there| there.as_deref() == Some(text))
}

fn is_export(system: &dyn System, path: &Path, export: &Export) -> bool {
    let read = |path: &Path| {
        let mut bytes = Vec::new();
        system.open_file(path).and_then(|mut file| file.read_to_end(&mut bytes)).ok().map(|_| bytes)
    };
    read(path).is_some_and(|there| read(&export.path) == Some(there))
}

/// Writes everything, and book.toml last: who is stopped half way can run the same again.
fn write(system: &dyn System, args: &InitArgs, starter: &Starter, exports: &[Export]) -> Result<(), String> {
    let wrote = |path: &Path, written: io::Result<()>, is_same: &dyn Fn() -> bool| match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && is_same() => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(format!("{} came into being meanwhile and was left as it is", path.display()))
        }
        Err(error) => Err(format!("{} could not be written: {error}", path.display())),
        Ok(()) => Ok(()),
    };
    let text = |name: &str, text: &str| {
        let path = args.folder.join(name);
        wrote(&path, system.create_file(&path, text.as_bytes()), &|| is_text(system, &path, text))
    };
    let (last, first): (Vec<_>, Vec<_>) = starter.files.iter().partition(|(name, _)| *name == config::FILE);
    first.into_iter().try_for_each(|(name, content)| text(name, content))?;
    for export in exports {
        let path = args.folder.join(export_path(export));
        wrote(&path, system.copy_file(&export.path, &path), &|| is_export(system, &path, export))?;
    }
    last.into_iter().try_for_each(|(name, content)| text(name, content))
}

fn tell(args: &InitArgs, starter: &Starter, exports: &[Export], findings: &[Finding], voice: &Voice) {
    let folder = args.folder.display().to_string();
    let here = folder == ".";
    let count = starter.files.len() + exports.len();
    let kind = if exports.is_empty() {
        " Its numbers, quotes and conversations are samples and say so."
    } else {
        ""
    };
    voice.say(&format!("Wrote a book of {count} files to {folder}.{kind}"));
    for note in &starter.notes {
        voice.say(note);
    }
    let warnings = findings.iter().filter(|finding| finding.level == Level::Warning).count();
    if warnings > 0 {
        voice.say(&format!("cxbook check has {warnings} things to say about your export; read them first."));
    }
    let go = if here { String::new() } else { format!("cd {}\n  ", quoted(&folder)) };
    voice.say(&format!(
        "Next:\n  {go}cxbook serve --open               your book in the browser; it follows each change you save\n  \
         cxbook new playbook \"A title\"       a page that explains itself; cxbook new lists all kinds\n  \
         cxbook import YOUR-EXPORT.csv     your own numbers"
    ));
}

/// A folder as it is typed in a shell.
fn quoted(folder: &str) -> String {
    if folder.chars().all(|one| one.is_alphanumeric() || "-_./\\:".contains(one)) {
        folder.to_owned()
    } else {
        format!("\"{folder}\"")
    }
}
