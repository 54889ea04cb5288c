//! The command line of cxbook; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    cxbook::cli::main()
}
