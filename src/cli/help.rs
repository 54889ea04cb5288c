//! The help as a person reads it: commands in groups, an example where it helps. Also as completions and as a man page.

use std::io::{self, Write};

use clap::{Command, CommandFactory};

use super::FINE;
use super::args::Args;
use super::args_starting::{CompletionsArgs, ManArgs};
use crate::diag::did_you_mean;

/// Commands in the order in which somebody needs them. One that stands in no group is listed at the end.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Begin and write", &["init", "new", "import", "fmt"]),
    ("Look and check", &["serve", "check", "explain", "build", "metrics"]),
    ("Protect customers", &["scan", "redact", "withdraw"]),
    ("Publish", &["publish", "editions", "alias", "rollback", "prune", "purge", "verify", "repair"]),
    ("For editors and shells", &["schema", "lsp", "completions", "man"]),
];

/// Examples of commands whose options alone do not tell how they are used.
const EXAMPLES: [(&str, &str); 8] = [
    (
        "build",
        "  cxbook build                          writes site/\n  cxbook build -d public --drafts       drafts too, to look at",
    ),
    (
        "check",
        "  cxbook check                          every finding with its line and what to do\n  \
               cxbook check --deny warnings --format short",
    ),
    (
        "import",
        "  cxbook import nps.csv --dry-run       shows what was understood and writes nothing\n  \
                cxbook import nps.csv --name NPS --date recorded --score answer",
    ),
    ("metrics", "  cxbook metrics . nps                  the numbers of one metric, as the site shows them"),
    (
        "scan",
        "  cxbook scan notes.txt                 says where something could identify somebody, never what",
    ),
    ("redact", "  cxbook redact notes.txt               the proposal as a diff; --write makes the change"),
    ("withdraw", "  cxbook withdraw q-014 --reason customer-asked"),
    (
        "publish",
        "  cxbook publish --edition 2026-q3 --plan           says what would be written\n  \
                 cxbook publish --edition 2026-q3 --to dir:/srv/www/cx --alias latest",
    ),
];

/// The program's commands and options, with groups and examples.
pub(super) fn command() -> Command {
    let mut command = Args::command();
    for (name, example) in EXAMPLES {
        if command.find_subcommand(name).is_some_and(|own| own.get_after_help().is_none()) {
            let lines = if example.contains('\n') { "Examples" } else { "Example" };
            command = command.mut_subcommand(name, |own| own.after_help(format!("{lines}:\n{example}")));
        }
    }
    let listed = groups(&command);
    command
        .help_template(format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{listed}Options:\n{{options}}\n"
        ))
        .after_help("")
}

fn groups(command: &Command) -> String {
    let about = |name: &str| {
        let own = command.get_subcommands().find(|own| own.get_name() == name)?;
        Some(format!("  {name:12} {}\n", own.get_about().map(ToString::to_string).unwrap_or_default()))
    };
    let named = |name: &&str| GROUPS.iter().any(|(_, names)| names.contains(name));
    let others: Vec<&str> =
        command.get_subcommands().map(Command::get_name).filter(|name| !named(name)).collect();
    let groups = GROUPS.iter().map(|(title, names)| (*title, names.to_vec())).chain([("More", others)]);
    let mut text = String::new();
    for (title, names) in groups {
        let lines: String = names.into_iter().filter_map(about).collect();
        if !lines.is_empty() {
            text += &format!("{title}:\n{lines}\n");
        }
    }
    text
}

/// Prints completions for a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<u8, String> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "cxbook", &mut script);
    print(&script)
}

/// Prints the man page of the program, or of one command.
pub(super) fn man(args: &ManArgs) -> Result<u8, String> {
    let mut whole = command();
    whole.build();
    let page = match &args.command {
        None => whole,
        Some(name) => {
            let names: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
            let help = did_you_mean(name, names);
            let own = whole
                .find_subcommand(name)
                .ok_or_else(|| format!("there is no command \"{name}\". {help}"))?;
            own.clone()
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).map_err(|error| error.to_string())?;
    print(&text)
}

/// Writes to standard output. A reader that has seen enough, such as `head`, is no trouble.
fn print(bytes: &[u8]) -> Result<u8, String> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(FINE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_a_group() {
        let listed = groups(&Args::command());
        assert!(!listed.contains("More:"), "{listed}");
        for own in Args::command().get_subcommands() {
            assert_eq!(listed.matches(&format!("\n  {} ", own.get_name())).count(), 1, "{}", own.get_name());
        }
    }

    #[test]
    fn the_commands_fit_together() {
        command().debug_assert();
    }
}
