//! The command line: reads arguments, calls the pipeline, speaks. The only place that prints or decides exit codes.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "speaking is this module's work")]

mod args;
mod args_publishing;
mod args_starting;
mod ask;
mod audit;
mod build;
mod explain;
mod fmt;
mod help;
mod import;
mod init;
mod input;
mod lsp;
mod metrics;
mod new;
mod progress;
mod publishing;
mod redact;
mod scan;
mod schema;
mod serve;
mod speak;
mod withdraw;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::diag::{Level, worst};
use crate::pipeline;
use crate::system::{OsSystem, System};
use args::{Args, CheckArgs, Command, Format};
use input::Input;
use speak::Voice;

/// All is well.
const FINE: u8 = 0;
/// The book has errors.
const FINDINGS: u8 = 1;
/// Wrong usage, or trouble with the disk.
const TROUBLE: u8 = 2;

/// Runs the program on the arguments of this process.
pub fn main() -> ExitCode {
    let typed = help::command().try_get_matches().and_then(|typed| Args::from_arg_matches(&typed));
    let args = match typed {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { TROUBLE } else { FINE });
        }
    };
    let system = OsSystem;
    let voice = Voice::new(&system, args.color, args.quiet);
    let code = match &args.command {
        Command::Init(args) => init::run(&system, args, &voice),
        Command::New(args) => new::run(&system, args, &voice),
        Command::Fmt(args) => fmt::run(&system, args, &voice),
        Command::Completions(args) => help::completions(args),
        Command::Man(args) => help::man(args),
        Command::Serve(args) => serve::run(system, args, &voice),
        Command::Build(build) => build::run(&system, build, &voice),
        Command::Check(check) => run_check(&system, check, &voice),
        Command::Metrics(metrics) => metrics::run(&system, metrics, &voice),
        Command::Withdraw(args) => withdraw::run(&system, args, &voice),
        Command::Import(import) => import::run(&system, import, &voice),
        Command::Explain(args) => Ok(explain::run(args)),
        Command::Schema(args) => schema::run(args),
        Command::Lsp(args) => Ok(lsp::run(args)),
        Command::Redact(redact) => redact::run(&system, redact, &voice),
        Command::Publish(args) => {
            publishing::ended(args.place.format, publishing::publish(&system, args, &voice))
        }
        Command::Editions(args) => {
            publishing::ended(args.place.format, publishing::editions(&system, args, &voice))
        }
        Command::Alias(args) => {
            publishing::ended(args.place.format, publishing::alias(&system, args, &voice))
        }
        Command::Rollback(args) => {
            publishing::ended(args.place.format, publishing::rollback(&system, args, &voice))
        }
        Command::Prune(args) => {
            publishing::ended(args.place.format, publishing::prune(&system, args, &voice))
        }
        Command::Verify(args) => {
            publishing::ended(args.place.format, publishing::verify(&system, args, &voice))
        }
        Command::Purge(args) => {
            publishing::ended(args.place.format, publishing::purge(&system, args, &voice))
        }
        Command::Repair(args) => {
            publishing::ended(args.place.format, publishing::repair(&system, args, &voice))
        }
        Command::Scan(scan) => scan::run(&system, scan, &voice),
    };
    ExitCode::from(code.unwrap_or_else(|trouble| {
        voice.trouble(&trouble);
        TROUBLE
    }))
}

fn run_check(system: &dyn System, args: &CheckArgs, voice: &Voice) -> Result<u8, String> {
    let input = Input::read(system, &args.moment)?;
    let built = pipeline::build(&input.sources, &input.options);
    match args.format {
        Format::Human => {
            voice.findings(&built.findings, &input.sources);
            voice.summary(&built.findings);
        }
        Format::Short => print!("{}", crate::diag::short(&built.findings)),
        Format::Json => print!("{}", crate::diag::json(&built.findings)),
        Format::Github => print!("{}", crate::diag::github(&built.findings, &args.moment.within())),
        Format::Sarif => print!("{}", crate::diag::sarif(&built.findings, &args.moment.within())),
    }
    let denied = if args.deny.is_some() { Level::Warning } else { Level::Error };
    Ok(if worst(&built.findings) >= Some(denied) { FINDINGS } else { FINE })
}
