//! How long the search index of a book takes and how much memory: `cargo bench --bench search -- FOLDER`. `run.mjs` calls it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops at the first slip, and reads the clock"
)]

use std::time::Instant;

use cxbook::model::Date;
use cxbook::pipeline::{Options, public_book};
use cxbook::site;
use cxbook::system::{OsSystem, System as _};
use cxbook::theme::Theme;

/// The most memory this process ever held, in megabytes, where the system says so.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

fn main() {
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else {
        println!("name the folder of a book");
        return;
    };
    let sources = OsSystem.read_book(std::path::Path::new(&folder), &["content", "themes"]).unwrap();
    let options = Options {
        edition: None,
        drafts: false,
        as_of: None,
        today: Date::new(2026, 11, 1).unwrap(),
        site_url: None,
        within: None,
    };
    let book = public_book(&sources, &options).value;
    let theme = Theme::load(&sources, &book.config().theme).value;
    let plan = site::plan(&book).value;
    let before = peak();
    let mut seconds: Vec<f64> = Vec::new();
    let mut size = 0;
    for _ in 0..3 {
        let began = Instant::now();
        let index = site::index(&plan, &theme, &site::Memo::new(false));
        seconds.push(began.elapsed().as_secs_f64());
        size = index.files.values().map(|bytes| bytes.len()).sum();
    }
    seconds.sort_by(f64::total_cmp);
    println!(
        "{:.2} s ({:.2} to {:.2} in three runs, one core); at most {:.0} MB with the book, {before:.0} MB without the index; {:.1} MB of files",
        seconds[1],
        seconds[0],
        seconds[2],
        peak(),
        size as f64 / 1e6
    );
}
