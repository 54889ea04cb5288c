//! `cxbook schema KIND`.

use super::args::SchemaArgs;
use super::{FINE, TROUBLE};
use crate::load::{formats, schema};

/// Prints the JSON Schema of a kind of file, or the kinds there are.
pub(super) fn run(args: &SchemaArgs) -> Result<u8, String> {
    let Some(kind) = &args.kind else {
        for format in formats() {
            println!("{:13} {:32} {}", format.kind, format.files, format.about);
        }
        return Ok(FINE);
    };
    match schema(kind) {
        Some(text) => {
            print!("{text}");
            Ok(FINE)
        }
        None => {
            let help = crate::diag::did_you_mean(
                kind,
                formats().into_iter().map(|format| format.kind).collect::<Vec<_>>(),
            );
            eprintln!("There is no kind of file \"{kind}\". {help}");
            Ok(TROUBLE)
        }
    }
}
