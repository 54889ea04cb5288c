//! What the next edition is compared with: `published.json` and `published-quotes.json`, beside book.toml.

use super::super::audit;
use super::super::input::Input;
use crate::privacy::PublicBook;
use crate::site::{self, MetricReport};
use crate::system::System;

/// Writes both files for the edition that was just published.
pub(super) fn write(system: &dyn System, input: &Input, book: &PublicBook) -> Result<(), String> {
    let metrics: Vec<MetricReport> =
        book.metrics().values().map(|metric| site::report(book, metric, Vec::new())).collect();
    if !metrics.is_empty() {
        let mut text = serde_json::to_string_pretty(&metrics).map_err(|error| error.to_string())?;
        text.push('\n');
        let path = input.folder.join("published.json");
        let same = system.read_text(&path).ok().flatten().is_some_and(|before| before == text);
        if !same {
            let written = system.replace_file(&path, text.as_bytes());
            written.map_err(|error| {
                format!("the edition is published, but {} could not be written: {error}", path.display())
            })?;
        }
    }
    if book.quote_records().is_empty() {
        return Ok(());
    }
    let path = input.folder.join("published-quotes.json");
    let text = audit::text(system, book)?;
    let written = system.replace_file(&path, text.as_bytes());
    written.map_err(|error| {
        format!("the edition is published, but {} could not be written: {error}", path.display())
    })
}
