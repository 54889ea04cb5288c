//! What can be typed after the commands that publish.

use std::path::PathBuf;

use clap::ValueEnum;

/// Which target.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct WhereArgs {
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// A name from [publish] of book.toml, dir:PATH, git:ADDRESS#BRANCH, bundle:FILE or s3://BUCKET/FOLDER [default: the only one of book.toml]
    #[arg(long, value_name = "TARGET")]
    pub(super) to: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: TellFormat,
}

/// Who signs.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct SignArgs {
    /// Secret key of minisign to sign with what is published [default: the file that CXBOOK_SIGN_KEY names]
    #[arg(long, value_name = "FILE")]
    pub(super) sign_key: Option<PathBuf>,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TellFormat {
    /// For reading
    Human,
    /// Schema 1
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct PublishArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// Name of the edition, like 2026-q3; it never changes again
    #[arg(long, value_name = "ID", required_unless_present = "channel", conflicts_with = "channel")]
    pub(super) edition: Option<String>,
    /// Publish what may change instead: next, or preview/NAME
    #[arg(long, value_name = "CHANNEL")]
    pub(super) channel: Option<String>,
    /// Let an alias such as latest lead to the edition
    #[arg(long, value_name = "NAME", conflicts_with = "channel")]
    pub(super) alias: Vec<String>,
    /// Allow an alias that leads elsewhere to be moved
    #[arg(long)]
    pub(super) move_alias: bool,
    /// Show what would be done and do nothing
    #[arg(long)]
    pub(super) plan: bool,
    /// The date the book speaks for, like 2026-10-15 [default: as-of of book.toml, or today]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// Address of the whole site [default: site-url of book.toml]
    #[arg(long, value_name = "U")]
    pub(super) site_url: Option<String>,
    /// The target holds this book under an older title
    #[arg(long)]
    pub(super) renamed: bool,
    #[command(flatten)]
    pub(super) sign: SignArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct EditionsArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct AliasArgs {
    /// The alias, such as latest
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// The edition it leads to
    #[arg(value_name = "EDITION")]
    pub(super) edition: String,
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// Allow an alias that leads elsewhere to be moved
    #[arg(long)]
    pub(super) move_alias: bool,
    /// Show what would be done and do nothing
    #[arg(long)]
    pub(super) plan: bool,
    #[command(flatten)]
    pub(super) sign: SignArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct RollbackArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// Number of the generation to go back to [default: the one before]
    #[arg(long, value_name = "NUMBER")]
    pub(super) generation: Option<u64>,
    /// Show what would be done and do nothing
    #[arg(long)]
    pub(super) plan: bool,
    #[command(flatten)]
    pub(super) sign: SignArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct PruneArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// How many editions to keep [default: keep-last of book.toml, or all]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) keep_last: Option<u64>,
    /// An edition to keep besides
    #[arg(long, value_name = "ID")]
    pub(super) keep: Vec<String>,
    /// Remove previews that were published longer ago than so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(super) preview_days: u16,
    /// How many older generations to keep for rollback
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub(super) generations: usize,
    /// Do it; without this the command says what it would do
    #[arg(long)]
    pub(super) apply: bool,
    #[command(flatten)]
    pub(super) sign: SignArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// Read every byte
    #[arg(long)]
    pub(super) deep: bool,
    /// Follow the links of all pages, also from one edition to another
    #[arg(long)]
    pub(super) links: bool,
    /// Prove that editions, and what leads to them, are what was signed: a public key of minisign, or its file
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
    /// Fetch every file from the server that shows the site
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(super) http: Option<String>,
}

fn web_address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(text.to_owned()),
        _ => Err("write the address of the whole site, like https://intranet.example/cx/".to_owned()),
    }
}

#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["quote", "page", "words"])))]
pub(super) struct PurgeArgs {
    /// A quote's id
    #[arg(value_name = "QUOTE")]
    pub(super) quote: Option<String>,
    #[command(flatten)]
    pub(super) place: WhereArgs,
    /// A page, like teams/billing; a notice takes its place
    #[arg(long, value_name = "PAGE")]
    pub(super) page: Option<String>,
    /// A text file with the words to take out, passages parted by empty lines
    #[arg(long, value_name = "FILE")]
    pub(super) words: Option<PathBuf>,
    /// Why, for the record: customer-asked, recognized, consent-ended or other
    #[arg(long, value_name = "KIND", value_parser = super::args::reasons())]
    pub(super) reason: Option<String>,
    /// Show which files would change and do nothing
    #[arg(long)]
    pub(super) plan: bool,
    #[command(flatten)]
    pub(super) sign: SignArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct RepairArgs {
    #[command(flatten)]
    pub(super) place: WhereArgs,
}
