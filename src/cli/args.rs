//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// Check the book, then write the site
    Build(BuildArgs),
    /// Check the book and write nothing
    Check(CheckArgs),
    /// Print metrics exactly as the site publishes them
    Metrics(MetricsArgs),
    /// Look through any text for what could identify somebody
    Scan(ScanArgs),
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
pub(super) struct ScanArgs {
    /// Text files [default: standard input]
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to read and print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ScanFormat,
}

/// How to read and print what `scan` looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScanFormat {
    /// Any text; one line for each find, its value masked
    Human,
    /// Lines of {"id","text"} in, lines of {"id","spans"} out
    Jsonl,
}
