//! How people answered, over time.

use super::{Selection, about, breaks, cut, key, slot};
use crate::charts::{self, Answer, Column, Distribution, Layout, Mark, Shape, Tone};
use crate::privacy::{PublicMetric, State};
use crate::site::frame::Spot;
use crate::site::views::FigureView;

/// The figure of a metric's answers; none where they are not counted or none may be seen.
pub(in crate::site) fn answers(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    selection: &Selection<'_>,
    id: &str,
) -> Option<FigureView> {
    let words = spot.words(metric);
    let groups = words.definition.answer_groups()?;
    let total = metric.total()?;
    let series = cut(total, selection);
    let skipped = total
        .points
        .iter()
        .position(|point| Some(point.period) == series.points.first().map(|p| p.period))?;
    let counts = metric.answers.get(skipped..)?;
    let columns: Vec<Column> = series
        .points
        .iter()
        .zip(counts)
        .map(|(point, counts)| match counts {
            Some(counts) => Column {
                mark: if point.state == State::Provisional { Mark::Provisional } else { Mark::Shown },
                counts: counts.clone(),
                tooltip: said(spot, &groups, counts),
            },
            None => Column {
                mark: if point.state == State::Missing { Mark::Missing } else { Mark::Suppressed },
                counts: Vec::new(),
                tooltip: words.point(point),
            },
        })
        .collect();
    let (last_at, last) = columns.iter().enumerate().rev().find(|(_, column)| !column.counts.is_empty())?;
    let (first_at, first) = columns.iter().enumerate().find(|(_, column)| !column.counts.is_empty())?;
    let period = |at: usize| words.period(series.points[at].period);
    let title = selection
        .title
        .map_or_else(|| format!("{}: how people answered", words.definition.name), str::to_owned);
    let hidden = columns.iter().filter(|column| column.mark == Mark::Suppressed).count();
    let mut description =
        format!("{}: {}. {}: {}.", period(first_at), first.tooltip, period(last_at), last.tooltip);
    if hidden > 0 {
        description += &format!(" {hidden} hidden to protect small groups.");
    }
    let spec = Distribution {
        id: id.to_owned(),
        title: title.clone(),
        description,
        slots: series.points.iter().map(|point| slot(spot.locale(), point.period)).collect(),
        answers: groups
            .iter()
            .map(|group| Answer { name: group.name.clone(), tone: tone(group.tone) })
            .collect(),
        columns,
        shape: Shape::Diverging,
        breaks: breaks(words, &series),
        words: key(),
        ..Distribution::default()
    };
    let format = |value: f64| words.bare(value.abs());
    let drawn = |layout| {
        let from = ("distribution", layout, &spec, words.signs());
        spot.memo.chart(&from, || charts::distribution(&spec, layout, &format))
    };
    Some(FigureView {
        id: id.to_owned(),
        title,
        subtitle: format!(
            "{}, share of each answer in %, {} to {}",
            words.definition.name,
            period(first_at),
            period(last_at)
        ),
        wide_html: drawn(Layout::Wide),
        phone_html: drawn(Layout::Phone),
        events: Vec::new(),
        breaks: spec.breaks.iter().map(|change| change.label.clone()).collect(),
        notes: vec![
            "Good answers stand above the line, bad ones below it, those between on both sides of it."
                .to_owned(),
        ],
        table: None,
        links: about(spot, metric),
    })
}

/// `0 to 6: 18 %, 7 and 8: 31 %, 9 and 10: 51 %, n = 312`; shares add up to 100.
fn said(spot: &Spot<'_>, groups: &[crate::model::AnswerGroup], counts: &[u64]) -> String {
    let n: u64 = counts.iter().sum();
    let shares = crate::metrics::statistics::whole_percents(counts);
    let parts = groups.iter().zip(shares).map(|(group, share)| format!("{}: {share}\u{a0}%", group.name));
    let parts: Vec<String> = parts.collect();
    format!("{}, n = {}", parts.join(", "), spot.locale().count(n))
}

fn tone(tone: i8) -> Tone {
    match tone {
        -1 => Tone::Low,
        1 => Tone::High,
        _ => Tone::Middle,
    }
}
