//! `cxbook explain NAME`.

use super::args::ExplainArgs;
use super::{FINE, TROUBLE};
use crate::diag::{CHECKS, Check, did_you_mean};

/// Prints the page of a check, or the checks there are.
pub(super) fn run(args: &ExplainArgs) -> Result<u8, String> {
    let Some(name) = &args.name else {
        for check in CHECKS {
            println!("{:22} {:8} {}", check.name, check.level.word(), check.summary);
        }
        return Ok(FINE);
    };
    match Check::named(name) {
        Some(check) => {
            print!("{}", check.page);
            Ok(FINE)
        }
        None => {
            let help = did_you_mean(name, CHECKS.iter().map(|check| check.name));
            eprintln!("There is no check \"{name}\". {help}");
            Ok(TROUBLE)
        }
    }
}
