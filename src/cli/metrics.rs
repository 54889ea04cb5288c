//! `cxbook metrics`: the numbers exactly as the site publishes them.

use super::args::{MetricsArgs, NumberFormat};
use super::input::Input;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::diag::{Finding, Level, did_you_mean, worst};
use crate::model::Locale;
use crate::pipeline;
use crate::privacy::{PublicBook, PublicMetric};
use crate::site::{self, MetricReport};
use crate::system::System;

pub(super) fn run(system: &dyn System, args: &MetricsArgs, voice: &Voice) -> Result<u8, String> {
    let (args, moment) = sort_arguments(system, args);
    let input = Input::read(system, &moment)?;
    let book = pipeline::public_book(&input.sources, &input.options);
    let metrics = book.value.metrics();
    let chosen: Vec<&PublicMetric> = match &args.id {
        None => metrics.values().collect(),
        Some(id) => {
            let known = metrics.keys().map(|id| id.as_str()).collect::<Vec<_>>();
            let found = metrics.get(id.as_str());
            let help = || format!("there is no metric \"{id}\". {}", did_you_mean(id, known.iter().copied()));
            vec![found.ok_or_else(help)?]
        }
    };
    let about: Vec<Finding> =
        book.findings.iter().filter(|finding| concerns(finding, &chosen)).cloned().collect();
    match args.format {
        NumberFormat::Json => print_json(&book.value, &chosen, &about, args.id.is_some())?,
        NumberFormat::Csv => print!("{}", csv(&chosen, args.id.is_some())),
        NumberFormat::Table => {
            let locale = book.value.config().locale();
            chosen.iter().for_each(|metric| print!("{}", table(metric, locale)));
        }
    }
    let errors: Vec<Finding> =
        book.findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    voice.findings_aside(&errors, &input.sources);
    Ok(if worst(&errors).is_some() { FINDINGS } else { FINE })
}

/// `cxbook metrics nps` names a metric, `cxbook metrics my-book nps` a folder too: a single word that is no folder with a
/// book.toml is a metric.
fn sort_arguments(system: &dyn System, args: &MetricsArgs) -> (MetricsArgs, super::args::MomentArgs) {
    let mut args = args.clone();
    let is_book = matches!(system.read_text(&args.moment.folder.join(crate::config::FILE)), Ok(Some(_)));
    if args.id.is_none() && !is_book && args.moment.folder.components().count() == 1 {
        args.id = args.moment.folder.to_str().filter(|name| *name != ".").map(str::to_owned);
        if args.id.is_some() {
            args.moment.folder = ".".into();
        }
    }
    let moment = args.moment.clone();
    (args, moment)
}

fn concerns(finding: &Finding, metrics: &[&PublicMetric]) -> bool {
    let Some(place) = &finding.place else { return false };
    metrics.iter().any(|metric| metric.metric.definition.place.file == place.file)
}

fn print_json(
    book: &PublicBook,
    metrics: &[&PublicMetric],
    about: &[Finding],
    single: bool,
) -> Result<(), String> {
    let lines = |metric: &PublicMetric| {
        let own = about.iter().filter(|finding| concerns(finding, &[metric])).cloned().collect::<Vec<_>>();
        crate::diag::short(&own).lines().map(str::to_owned).collect()
    };
    let reports: Vec<MetricReport> =
        metrics.iter().map(|metric| site::report(book, metric, lines(metric))).collect();
    let text = match reports.as_slice() {
        [one] if single => serde_json::to_string_pretty(one),
        many => serde_json::to_string_pretty(many),
    };
    println!("{}", text.map_err(|error| error.to_string())?);
    Ok(())
}

/// One metric as the site offers it; several in one table, with the metric's id in front.
fn csv(metrics: &[&PublicMetric], single: bool) -> String {
    if let ([one], true) = (metrics, single) {
        return site::csv(one);
    }
    site::csv_of_all(metrics)
}

/// A table for reading: everybody's series, newest last, as the site shows it.
fn table(metric: &PublicMetric, locale: Locale) -> String {
    let definition = &metric.metric.definition;
    let mut text = format!("{} ({})\n", definition.name, metric.metric.id);
    let rows = &metric.rows;
    text.push_str(&match rows.told {
        Some((read, used)) => format!("rows read {}, used {}", locale.count(read), locale.count(used)),
        None => "rows read and used are not told, since a value is hidden".to_owned(),
    });
    for (reason, count) in &rows.skipped {
        text.push_str(&format!(", {reason} {}", locale.count(*count)));
    }
    text.push('\n');
    if let Some(total) = metric.total() {
        let rows = site::number_rows(definition, locale, total);
        let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len))
            .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{}{cell}", " ".repeat(width - cell.chars().count())))
                .collect();
            text.push_str(&format!("  {}\n", cells.join("  ").trim_end()));
        }
    }
    text.push('\n');
    text
}
