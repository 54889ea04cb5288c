//! `cxbook explain NAME`.

use super::args::ExplainArgs;
use super::{FINE, TROUBLE};
use crate::diag::{CHECKS, Check, did_you_mean};

/// Prints the page of a check, or one line for each check there is.
pub(super) fn run(args: &ExplainArgs) -> u8 {
    let Some(name) = &args.name else {
        for check in CHECKS {
            let level = if check.fixed { "always" } else { "" };
            println!("{:24} {:8} {level:7} {}", check.name, check.level.word(), check.summary);
        }
        return FINE;
    };
    // As it is copied from a message: warning[naked-score].
    let bare = name.rsplit('[').next().unwrap_or(name).trim_end_matches([']', ':']).trim().to_lowercase();
    match Check::named(&bare) {
        Some(check) => {
            print!("{}", check.page);
            FINE
        }
        None => {
            let help = did_you_mean(&bare, CHECKS.iter().map(|check| check.name));
            eprintln!("There is no check \"{bare}\". {help} \"cxbook explain\" lists them all.");
            TROUBLE
        }
    }
}
