//! What can be typed after the commands that begin a book and add to it.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  cxbook init our-book --company \"Nordwind\" --teams \"Sales, Support\" --metrics \"NPS, Ease=ces\"\n\n\
                        On a terminal it asks what no option says. Elsewhere, and with --yes, it takes the defaults."
)]
pub(super) struct InitArgs {
    /// Folder of the new book
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Name of the company
    #[arg(long, value_name = "NAME")]
    pub(super) company: Option<String>,
    /// Teams, with commas between them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) teams: Vec<String>,
    /// Stages of the customers' journey in order, with commas between them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) stages: Vec<String>,
    /// What you measure, with commas; =nps, =csat, =ces or =share behind a name says what it is
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) metrics: Vec<String>,
    /// Begin with sample numbers, quotes and conversations, marked as such
    #[arg(long, conflicts_with = "export")]
    pub(super) sample: bool,
    /// Begin with an export of your own instead; may be given several times
    #[arg(long, value_name = "FILE.csv")]
    pub(super) export: Vec<PathBuf>,
    /// Ask nothing
    #[arg(long, short)]
    pub(super) yes: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  cxbook serve --open                   the book in your browser, which follows each change you save\n  \
                        cxbook serve --drafts                 drafts too, marked as such\n  \
                        cxbook serve --host 0.0.0.0 --allow-host my-computer.example\n\n\
                        The site is written to no disk. What is wrong stands on the page, with what to do about it; the page of before stays."
)]
pub(super) struct ServeArgs {
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Port to listen on; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    pub(super) port: u16,
    /// Address to listen on; another than your own computer needs --allow-host
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// A further name by which browsers may call this server; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Let nobody add anything in the browser
    #[arg(long)]
    pub(super) read_only: bool,
    /// Look at the files every second, for network drives on which others write
    #[arg(long)]
    pub(super) poll: bool,
    /// Open the book in a browser
    #[arg(long)]
    pub(super) open: bool,
    /// Include pages that are marked as drafts
    #[arg(long)]
    pub(super) drafts: bool,
    /// The date the book speaks for, like 2026-10-15 [default: as-of of book.toml, or today]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  cxbook new playbook \"Call before we are late\"\n  \
                        cxbook new conversation \"The date was read as a promise\" --set team=sales --set channel=call\n\n\
                        Without a KIND it lists the kinds there are.")]
pub(super) struct NewArgs {
    /// What to add, such as playbook, quote or conversation
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Its title; of a quote or a conversation, its words
    #[arg(value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// Folder that holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// A key and its value, such as team=sales; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// The file that gets the entry, where there are several, below the content folder
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  cxbook fmt --check      for CI: exit code 1 and the list of files, nothing is written"
)]
pub(super) struct FmtArgs {
    /// Folder that holds book.toml, or files [default: .]
    #[arg(value_name = "DIR|FILE")]
    pub(super) paths: Vec<PathBuf>,
    /// Write nothing; fail when something would be mended
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; show what would be mended
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  cxbook completions bash > ~/.local/share/bash-completion/completions/cxbook"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  cxbook man > /usr/local/share/man/man1/cxbook.1")]
pub(super) struct ManArgs {
    /// A command [default: the program]
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "An editor starts it and speaks with it over standard input and output; docs/EDITORS.md says how to set up \
                  VS Code, Neovim, Helix and Zed."
)]
pub(super) struct LspArgs {
    /// Folder of the book [default: the folder that is open in the editor]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    /// Speak over standard input and output, as it always does; some editors ask for it
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}
