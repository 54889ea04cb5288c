//! Learning paths, their list, and the page about what the browser keeps.

use super::super::frame::{Around, Needs, Spot, frame};
use super::super::plan::Planned;
use super::super::teaching;
use super::super::views::{DeviceView, LinkView, PathItemView, PathView, PathsView, StepView};
use super::fact;
use crate::diag::Finding;
use crate::links;
use crate::model::{LearningPath, Step, StepKind, capital, slug};

/// What is kept needs the script that keeps it.
const NEEDS: Needs = Needs { style: true, script: true };

pub(super) fn paths(spot: &Spot<'_>, planned: &Planned<'_>) -> PathsView {
    let summary =
        "A few pages and questions in order, for one kind of work, with what should change afterwards.";
    let around = Around { summary: Some(summary.to_owned()), needs: NEEDS, ..Around::default() };
    let item = |path: &LearningPath| PathItemView {
        link: spot.link(&path.title, &links::path(&path.id)),
        id: path.id.to_string(),
        audience: path.audience.clone(),
        summary: path.summary.clone(),
        length: length(path),
    };
    PathsView {
        frame: frame(spot, planned, "paths", around),
        paths: spot.site.book.paths().iter().map(item).collect(),
        device: device_link(spot),
    }
}

/// A path with its steps.
///
/// # Errors
/// The finding about the theme's template.
pub(super) fn path(spot: &Spot<'_>, planned: &Planned<'_>, path: &LearningPath) -> Result<PathView, Finding> {
    let around = Around {
        kicker: Some("Learning path".to_owned()),
        summary: path.summary.clone(),
        // Its own sheet has what questions need.
        needs: Needs { style: false, script: true },
        facts: path.owner.iter().map(|owner| fact("Owner", owner)).collect(),
        ..Around::default()
    };
    let steps = path.steps.iter().enumerate().map(|(index, one)| step(spot, one, index));
    Ok(PathView {
        frame: frame(spot, planned, "path", around),
        id: path.id.to_string(),
        audience: path.audience.clone(),
        change: path.change.clone(),
        evidence: path.evidence.clone(),
        length: length(path),
        steps: steps.collect::<Result<Vec<_>, _>>()?,
        device: device_link(spot),
    })
}

/// A step is named after what it holds and not after its place, so that progress outlives a new order.
fn step(spot: &Spot<'_>, step: &Step, index: usize) -> Result<StepView, Finding> {
    let time = minutes(step.minutes);
    let task = step.task.clone();
    Ok(match &step.kind {
        StepKind::Page(name) => {
            let found = spot.site.index.named(&name.value).ok();
            StepView {
                id: slug(name.value.rsplit_once('.').map_or(&name.value, |(stem, _)| stem)),
                kind: found.map_or("Page".to_owned(), |found| kind(&found.route)),
                page: found.map(|found| spot.link(&found.title, &found.route)),
                time,
                task,
                check_html: None,
            }
        }
        StepKind::Check(check) => StepView {
            id: slug(&check.question),
            page: None,
            kind: "Question".to_owned(),
            time,
            task,
            check_html: Some(teaching::check(spot, check, &format!("check.{index}"))?),
        },
    })
}

/// What a page is, by the folder of its route.
fn kind(route: &str) -> String {
    match route.split_once('/').map_or(route, |(folder, _)| folder) {
        "pages" => "Page".to_owned(),
        "stories" => "Story".to_owned(),
        file if file.ends_with(".html") => capital(file.trim_end_matches(".html")),
        folder => capital(folder.trim_end_matches('s')),
    }
}

fn length(path: &LearningPath) -> String {
    let steps = match path.steps.len() {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    };
    format!("{steps}, about {}", minutes(path.minutes()))
}

fn minutes(minutes: u32) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// The learning paths with a step on the page of this spot.
pub(super) fn paths_through(spot: &Spot<'_>) -> Vec<LinkView> {
    let here = |step: &Step| match &step.kind {
        StepKind::Page(name) => {
            spot.site.index.named(&name.value).is_ok_and(|found| found.route == spot.route)
        }
        StepKind::Check(_) => false,
    };
    let paths = spot.site.book.paths().iter().filter(|path| path.steps.iter().any(here));
    paths.map(|path| spot.link(&path.title, &links::path(&path.id))).collect()
}

fn device_link(spot: &Spot<'_>) -> LinkView {
    spot.link(teaching::DEVICE_TITLE, links::DEVICE)
}

pub(super) fn device(spot: &Spot<'_>, planned: &Planned<'_>) -> DeviceView {
    let summary = "Ticks, answers and finished steps stay in this browser. Nobody else sees them.";
    let around = Around {
        summary: Some(summary.to_owned()),
        needs: Needs { style: false, script: true },
        ..Around::default()
    };
    DeviceView { frame: frame(spot, planned, "device", around) }
}
