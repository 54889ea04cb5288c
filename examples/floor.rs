//! What the machine can do at most: reads markdown, renders it and writes as many bytes as a page of a site has, in parallel.
//!
//!     cargo build --release --example floor
//!     target/release/examples/floor CONTENT OUT
//!
//! No links, no theme, no search, no second look at anything. `benches/build/run.py` times it beside the real thing.
#![allow(clippy::disallowed_methods, reason = "an example is no part of the program")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// As many bytes as the frame of a page has.
const FRAME: usize = 4500;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("name the folder to read and the folder to write".into());
    };
    let pages: Vec<PathBuf> = WalkDir::new(&from)
        .into_iter()
        .filter_map(|entry| entry.ok().map(walkdir::DirEntry::into_path))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    let routes: Vec<PathBuf> =
        pages.iter().map(|page| to.join(page.strip_prefix(&from).unwrap_or(page))).collect();
    let mut folders: Vec<&Path> = routes.iter().filter_map(|route| route.parent()).collect();
    folders.sort();
    folders.dedup();
    folders.into_iter().try_for_each(fs::create_dir_all)?;
    let frame = "x".repeat(FRAME);
    let write = |(page, route): (&PathBuf, &PathBuf)| {
        let text = fs::read_to_string(page)?;
        let body = text.splitn(3, "---\n").last().unwrap_or_default();
        let mut out = frame.clone();
        html::push_html(&mut out, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS));
        fs::write(route.with_extension("html"), out)
    };
    pages.par_iter().zip(&routes).try_for_each(write)?;
    Ok(())
}
