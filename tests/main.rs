//! All integration tests in one program.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and run the program")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should fail"
)]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod architecture;
mod cache;
mod canary;
mod charts;
mod checks;
mod cli;
mod commonmark;
mod compile_fail;
mod day_one;
mod determinism;
mod editions;
mod explain;
mod exports;
mod false_alarms;
mod fixture;
mod import;
mod incremental;
mod lsp;
mod markdown;
mod mutations;
mod odd_books;
mod pace;
mod people;
mod pictures;
mod practices;
mod privacy;
mod publishing;
mod real_data;
mod real_exports;
mod sample;
mod schema;
mod search;
mod serving;
mod spec;
mod starter;
mod statistics;
mod terminal;
mod themes;
mod tidy;
