//! A metric's page: the trend, what it means, every published number.

use super::super::body::figures;
use super::super::figure::{self, Selection};
use super::super::frame::{Around, Spot, frame};
use super::super::grid::part;
use super::super::plan::Planned;
use super::super::views::{ChainView, FactView, MetricView, PartView};
use super::super::words::{Words, direction};
use super::super::{actions, card, compared, lists, table};
use super::{fact, heard, linked_fact};
use crate::diag::Finding;
use crate::links;
use crate::model::{Audience, CesVariant, Decimals, Definition, Kind, Locale, Page, Typical, capital};
use crate::privacy::PublicMetric;

/// What stands where the author did not say what a number leaves out, or what we do about it.
const NO_LIMITS: &str = "Not written down yet. No number tells everything: add limits: to its definition.";
const NO_TRIGGER: &str =
    "Not written down yet. A number nobody acts on is not needed: add trigger: to its definition.";

/// Charts of chains at most, so that a metric that many teams move stays a light page; one less beside charts of splits and one
/// less beside answers.
const CHAINS_DRAWN: usize = 2;

pub(super) fn view(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    metric: &PublicMetric,
) -> Result<MetricView, Finding> {
    let definition = &metric.metric.definition;
    let id = &metric.metric.id;
    let mut split_figures = Vec::new();
    for (index, split) in splits(metric).into_iter().enumerate() {
        let selection = Selection { split: Some(split), with_table: true, ..Selection::default() };
        split_figures.extend(figures(spot, metric, &selection, &format!("chart.split{index}"))?);
    }
    let answers = figure::answers(spot, metric, &Selection::default(), "chart.answers");
    let answers_html = answers.map(|figure| spot.theme.render("figure.html", &figure)).transpose()?;
    let others = usize::from(!split_figures.is_empty()) + usize::from(answers_html.is_some());
    let drawn = CHAINS_DRAWN.saturating_sub(others);
    let kicker = if metric.metric.team.is_some() { "Team metric" } else { "Customer metric" };
    let around = Around {
        kicker: Some(kicker.to_owned()),
        summary: definition.good.clone().map(|good| format!("Good looks like: {good}")),
        facts: keeper(spot, metric),
        ..Around::default()
    };
    Ok(MetricView {
        frame: frame(spot, planned, "metric", around),
        card: card::card(spot, metric, "page"),
        figure_html: figures(spot, metric, &Selection::default(), "chart.trend")?.into_iter().next(),
        answers_html,
        split_figures,
        statements: statements(spot.words(metric)),
        why: why(spot, metric),
        panels: heard::panels(spot, metric),
        definition: facts(spot.words(metric))
            .into_iter()
            .chain(compared::seasons(spot.words(metric), metric))
            .collect(),
        changes: changes(spot.locale(), definition),
        rows: rows(spot.locale(), metric),
        table: metric.total().map(|total| table::table(spot.words(metric), std::slice::from_ref(total))),
        csv: spot.href(&links::metric_csv(id)),
        chains: chains(spot, metric, drawn)?,
        related: lists::by_section(spot, &related(spot, metric)),
    })
}

/// Chains the metric is part of. Their small charts are left out: the trend stands above, and the page should stay light.
fn chains(spot: &Spot<'_>, metric: &PublicMetric, drawn: usize) -> Result<Vec<ChainView>, Finding> {
    let id = &metric.metric.id;
    let mut chains = lists::chains(spot, drawn, |edge| edge.metric == *id || edge.moves == *id)?;
    for card in chains.iter_mut().flat_map(|chain| [&mut chain.own, &mut chain.customer]) {
        card.sparkline_html.clear();
    }
    Ok(chains)
}

/// Pages about the metric; the actions that aim at it stand among the panels.
fn related<'a>(spot: &Spot<'a>, metric: &PublicMetric) -> Vec<&'a Page> {
    let id = &metric.metric.id;
    let aims = |page: &Page| actions::facts(page).is_some_and(|action| action.metric.as_ref() == Some(id));
    let pages = spot.site.relations.by_metric.get(id).into_iter().flatten().copied();
    pages.filter(|page| !aims(page)).collect()
}

fn keeper(spot: &Spot<'_>, metric: &PublicMetric) -> Vec<FactView> {
    let team =
        metric.metric.team.as_ref().and_then(|team| spot.team(team)).map(|team| linked_fact("Team", team));
    let stage = metric
        .metric
        .stage
        .as_ref()
        .and_then(|stage| spot.stage(stage))
        .map(|stage| linked_fact("Stage", stage));
    let definition = &metric.metric.definition;
    let owner = definition.owner.as_deref().map(|owner| fact("Owner", owner));
    let source = definition.source.as_deref().map(|source| fact("Source", source));
    let measured = fact("Measured", in_short(spot.words(metric), metric));
    owner.into_iter().chain(team).chain(stage).chain([measured]).chain(source).collect()
}

/// What kind of number it is, in a line: kind, scale, direction, cadence, and since when.
fn in_short(words: Words<'_>, metric: &PublicMetric) -> String {
    let definition = words.definition;
    let kind = counted(definition).split([':', ';']).next().unwrap_or_default();
    let kind = kind.split(" as ").next().unwrap_or_default();
    let scale =
        definition.scale.map(|(low, high)| format!("{} to {}", whole(words, low), whole(words, high)));
    let first = || {
        let point = metric.total()?.points.iter().find(|point| point.value.is_some())?;
        Some(words.period(point.period))
    };
    let since = definition.since.map(|since| words.locale.month(since)).or_else(first);
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    let every = format!("one point per {}{since}", definition.cadence.word());
    let direction = direction(definition.better).to_owned();
    [Some(kind.to_owned()), scale, Some(direction), Some(every)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// A number of a scale, which is nearly always whole.
fn whole(words: Words<'_>, number: f64) -> String {
    words.locale.number(number, Decimals::new(u8::from(number.fract() != 0.0)))
}

/// Names of the splits, in order, each once.
fn splits(metric: &PublicMetric) -> Vec<&str> {
    let mut names: Vec<&str> =
        metric.series.iter().filter_map(|series| Some(series.split.as_ref()?.0.as_str())).collect();
    names.dedup();
    names
}

fn statements(words: Words<'_>) -> Vec<FactView> {
    let definition = words.definition;
    let target = definition.target.map(|target| format!("Target {}", words.value(target)));
    let threshold: Vec<String> = target.into_iter().chain(words.good()).collect();
    let threshold = (!threshold.is_empty()).then(|| threshold.join("; "));
    let pairs = [
        ("Good looks like", definition.good.as_deref()),
        ("In numbers", threshold.as_deref()),
        ("For example", definition.good_example.as_deref()),
        ("What this does not tell you", Some(definition.limits.as_deref().unwrap_or(NO_LIMITS))),
        ("When it moves, we …", Some(definition.trigger.as_deref().unwrap_or(NO_TRIGGER))),
    ];
    pairs.into_iter().filter_map(|(label, text)| text.map(|text| fact(label, text))).collect()
}

/// Notes about rises and falls; a sustained move that nobody explained yet is a visible gap.
fn why(spot: &Spot<'_>, metric: &PublicMetric) -> Option<PartView> {
    let definition = &metric.metric.definition;
    let mut part = part("why", "Why it moved");
    part.facts = definition
        .whys
        .iter()
        .rev()
        .map(|why| fact(&capital(&spot.locale().month(why.month)), why.note.clone()))
        .collect();
    let series = metric.total()?;
    if metric.unexplained().is_some() {
        part.missing.push(format!("{}. No explanation recorded yet.", spot.words(metric).reading(series)));
    }
    (!part.facts.is_empty() || !part.missing.is_empty()).then_some(part)
}

fn facts(words: Words<'_>) -> Vec<FactView> {
    let definition = words.definition;
    let mut facts = vec![fact("How it is counted", counted(definition))];
    facts.extend(definition.question.as_deref().map(|question| fact("Question", question)));
    facts.extend(
        definition
            .scale
            .map(|(low, high)| fact("Scale", format!("{} to {}", whole(words, low), whole(words, high)))),
    );
    facts.push(fact("Direction", direction(definition.better)));
    facts.extend(definition.target.map(|target| fact("Target", words.value(target))));
    facts.extend(words.good().map(|good| fact("Good values", good.replacen("Good: ", "", 1))));
    facts.extend(definition.audience.map(|audience| fact("Who is asked", asked(audience))));
    facts
}

fn asked(audience: Audience) -> &'static str {
    match audience {
        Audience::Relationship => "customers in general, whatever they did lately (relationship survey)",
        Audience::Transactional => "customers after one contact or event (transactional survey)",
    }
}

fn counted(definition: &Definition) -> &'static str {
    match definition.kind {
        Kind::Nps => {
            "Net Promoter Score: share of 9 and 10 minus share of 0 to 6, in points; adjusted-Wald interval"
        }
        Kind::Csat => "Top-two-box: share of the two best answers; Wilson interval",
        Kind::Ces(CesVariant::Mean) => "Customer effort score as the mean of the answers; t interval",
        Kind::Ces(CesVariant::Share) => {
            "Customer effort score as the share of the three best answers; Wilson interval"
        }
        Kind::Ces(CesVariant::Net) => {
            "Customer effort score as the share of the two best minus the three worst answers"
        }
        Kind::Mean => "Mean",
        Kind::Share => "Share; Wilson interval where the base is known",
        Kind::Count => "Count",
        Kind::Rate => "Rate: a part of a whole; Wilson interval where it is per cent",
        Kind::Duration(Typical::Mean) => "Mean of the durations; t interval",
        Kind::Duration(Typical::Median) => {
            "Median: half of the cases took no longer; interval from the order of the durations"
        }
        Kind::Duration(Typical::Percentile(_)) => "Percentile of the durations; interval from their order",
    }
}

fn changes(locale: Locale, definition: &Definition) -> Vec<FactView> {
    definition
        .changes
        .iter()
        .map(|change| {
            fact(
                &format!("{}, {}", change.kind.words(), locale.month(change.date.in_month())),
                change.note.clone(),
            )
        })
        .collect()
}

/// What happened to the rows of the exports; the parts add up.
fn rows(locale: Locale, metric: &PublicMetric) -> Vec<FactView> {
    let rows = &metric.rows;
    let mut facts = match rows.told {
        Some((read, used)) => {
            vec![fact("Rows read", locale.count(read)), fact("Used", locale.count(used))]
        }
        None => vec![fact(
            "Rows read and used",
            "not told, since they would give a hidden number of answers away",
        )],
    };
    facts.extend(
        rows.skipped.iter().map(|(reason, n)| fact(&format!("Left out: {reason}"), locale.count(*n))),
    );
    facts
}
