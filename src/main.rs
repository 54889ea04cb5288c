//! The command line of cxbook; everything it does is in the library.

use std::process::ExitCode;

/// Rendering a site asks for memory many millions of times.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cxbook::cli::main()
}
