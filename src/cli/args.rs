//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::args_publishing::{
    AliasArgs, EditionsArgs, PruneArgs, PublishArgs, PurgeArgs, RepairArgs, RollbackArgs, VerifyArgs,
};
use super::args_starting::{CompletionsArgs, FmtArgs, InitArgs, LspArgs, ManArgs, NewArgs, ServeArgs};

/// Turns a folder of playbooks, customer quotes and metric exports into an internal microsite.
#[derive(Debug, Parser)]
#[command(name = "cxbook", version, about, arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Args {
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: Color,
    /// Say nothing unless something is wrong
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a book: five questions, and a site you can build at once
    Init(InitArgs),
    /// Add a page from its template, or an entry to a list
    New(NewArgs),
    /// Mend what is harmless to mend: tabs, quotation marks, line ends
    Fmt(FmtArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the man page
    Man(ManArgs),
    /// Show the book in a browser, which follows each change you save
    Serve(ServeArgs),
    /// Check the book, then write the site
    Build(BuildArgs),
    /// Check the book and write nothing
    Check(CheckArgs),
    /// Print metrics exactly as the site publishes them
    Metrics(MetricsArgs),
    /// Strike a quote out of every build from now on
    Withdraw(WithdrawArgs),
    /// Show what an export seems to hold and write the definition of a metric from it
    Import(ImportArgs),
    /// Publish an edition, at once or not at all
    Publish(PublishArgs),
    /// List what a target holds
    Editions(EditionsArgs),
    /// Let an alias such as latest lead to an edition
    Alias(AliasArgs),
    /// Go back to what readers saw before
    Rollback(RollbackArgs),
    /// Take old editions, previews and generations away
    Prune(PruneArgs),
    /// Look whether a target holds what was published
    Verify(VerifyArgs),
    /// Take a quote, a page or other words out of every edition that is published
    Purge(PurgeArgs),
    /// Mend what a dead publisher or a damaged disk left
    Repair(RepairArgs),
    /// Look through any text for what could identify somebody
    Scan(ScanArgs),
    /// Say what a finding means and how to mend it
    Explain(ExplainArgs),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(SchemaArgs),
    /// Speak with an editor: findings while you type, completion, explanations
    Lsp(LspArgs),
    /// Propose general words in place of what could identify somebody
    Redact(RedactArgs),
}

/// Which book, and for which day.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct MomentArgs {
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// The date the book speaks for, like 2026-10-15 [default: as-of of book.toml, or today]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// Name of the edition, like 2026-q3 [default: none, a working copy]
    #[arg(long, value_name = "ID")]
    pub(super) edition: Option<String>,
}

impl MomentArgs {
    /// How the book's folder is called from the folder the program runs in, with slashes; empty when they are the same.
    pub(super) fn within(&self) -> String {
        let path = self.folder.display().to_string().replace('\\', "/");
        let path = path.trim_start_matches("./").trim_end_matches('/');
        if path == "." { String::new() } else { path.to_owned() }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) moment: MomentArgs,
    /// Folder to write to [default: build-dir of book.toml]
    #[arg(long, short, value_name = "OUT")]
    pub(super) dest_dir: Option<PathBuf>,
    /// Address of the site, for the feed and the sitemap
    #[arg(long, value_name = "U")]
    pub(super) site_url: Option<String>,
    /// Include pages that are marked as drafts
    #[arg(long)]
    pub(super) drafts: bool,
    /// Write what was decided about each quote, without its words, to a file outside the site
    #[arg(long, value_name = "FILE")]
    pub(super) audit: Option<PathBuf>,
    /// Folder that CI keeps from one run to the next: a site of the same book is taken from there
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// Say where the time went
    #[arg(long)]
    pub(super) timings: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// The kind, such as metric [default: lists all kinds]
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// What stands in brackets in a message, such as naked-score [default: lists all]
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct WithdrawArgs {
    /// The quote's id
    #[arg(value_name = "QUOTE")]
    pub(super) quote: String,
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Why: customer-asked, recognized, consent-ended or other
    #[arg(long, value_name = "KIND", value_parser = reasons())]
    pub(super) reason: Option<String>,
    /// Strike it although no file of the book holds it any more
    #[arg(long)]
    pub(super) gone: bool,
}

impl WithdrawArgs {
    /// The book as it stands today.
    pub(super) fn moment(&self) -> MomentArgs {
        MomentArgs { folder: self.folder.clone(), as_of: None, edition: None }
    }
}

pub(super) fn reasons() -> clap::builder::PossibleValuesParser {
    crate::model::Reason::WORDS.map(|(word, _)| word).into()
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) moment: MomentArgs,
    /// How to print findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: Format,
    /// Fail on warnings too
    #[arg(long, value_name = "LEVEL")]
    pub(super) deny: Option<Deny>,
}

/// How to print findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line and what to do
    Human,
    /// One line each
    Short,
    /// A JSON list
    Json,
    /// Commands that GitHub shows beside the changed lines
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// What else fails a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}

#[derive(Debug, Clone, clap::Args)]
pub(super) struct MetricsArgs {
    #[command(flatten)]
    pub(super) moment: MomentArgs,
    /// A metric's id [default: all of them]
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// How to print numbers
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: NumberFormat,
}

/// How to print numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NumberFormat {
    /// For reading
    Table,
    /// Schema 1
    Json,
    /// As the site offers for download
    Csv,
}

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The export, as it came out of the tool
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Id of the metric, which is its address [default: from the name]
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// Name of the metric for readers [default: from the file]
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// The role that answers for it, never a person
    #[arg(long, value_name = "ROLE")]
    pub(super) owner: Option<String>,
    /// Where the numbers come from, in words that readers know
    #[arg(long, value_name = "WORDS")]
    pub(super) source: Option<String>,
    /// What the metric is [default: guessed]
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<KindWord>,
    /// The column that says when
    #[arg(long, value_name = "COLUMN")]
    pub(super) date: Option<String>,
    /// The column with the answer or the value
    #[arg(long, value_name = "COLUMN")]
    pub(super) score: Option<String>,
    /// A column to split by; may be given several times
    #[arg(long, value_name = "COLUMN")]
    pub(super) split: Vec<String>,
    /// Which comes first in dates like 03/04/2026
    #[arg(long, value_name = "ORDER")]
    pub(super) dates: Option<DateWord>,
    /// How numbers like 1,234 are meant
    #[arg(long, value_name = "STYLE")]
    pub(super) numbers: Option<NumberWord>,
    /// Print the definition and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// Declares words that can be typed and stand in definitions as they are.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub(super) enum $name { $(#[value(name = $word)] $variant),* }

        impl $name {
            pub(super) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

words! {
    /// Kinds of metrics.
    KindWord {
        Nps = "nps", Csat = "csat", Ces = "ces", Mean = "mean", Share = "share", Count = "count", Rate = "rate",
        Duration = "duration",
    }
}
words! {
    /// Orders of day and month.
    DateWord { DayFirst = "day-first", MonthFirst = "month-first" }
}
words! {
    /// Ways to write numbers.
    NumberWord { Point = "1,234.5", Comma = "1.234,5" }
}

#[derive(Debug, clap::Args)]
pub(super) struct ScanArgs {
    /// Text files [default: standard input]
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to read and print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ScanFormat,
    /// Folder of the book whose privacy.yaml counts [default: none]
    #[arg(long, value_name = "DIR")]
    pub(super) book: Option<PathBuf>,
    /// Print the keyed hash of each find, for privacy.yaml; needs --book and a key
    #[arg(long, requires = "book")]
    pub(super) hash: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RedactArgs {
    /// A text, page, list or table
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Change the file; without it the change is shown as a diff
    #[arg(long)]
    pub(super) write: bool,
    /// Folder of the book whose privacy.yaml counts [default: none]
    #[arg(long, value_name = "DIR")]
    pub(super) book: Option<PathBuf>,
}

/// How to read and print what `scan` looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScanFormat {
    /// Any text; one line for each find, its value masked
    Human,
    /// Lines of {"id","text"} in, lines of {"id","spans"} out
    Jsonl,
}
