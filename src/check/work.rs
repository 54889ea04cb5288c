//! Checks of what a company does: loops that stay open, promises, reviews, circles and gaps of the map, a journey that stops
//! at buying.

use std::collections::BTreeMap;

use crate::diag::{Finding, Place, checks};
use crate::model::{ActionState, Book, Date, Edge, LONG, MetricId, PageKind, Purchase, StageId, day_count};

pub(super) fn check(book: &Book) -> Vec<Finding> {
    let mut findings = open_loops(book);
    findings.extend(reviews(book));
    findings.extend(late(book));
    findings.extend(twice(&book.map));
    findings.extend(circle(&book.map));
    findings.extend(off_map(book));
    findings.extend(stops(book));
    findings
}

/// Actions that are done, and nobody told those who asked; or nobody said when, so that it cannot be seen.
fn open_loops(book: &Book) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in &book.pages {
        let PageKind::Action(action) = &page.kind else { continue };
        let Some(state) = action.state.filter(|state| *state >= ActionState::Done) else { continue };
        let place = Place::line(&page.facts.source, 1);
        let Some(finished) = action.finished else {
            let message = match state {
                ActionState::Told => "customers were told of this, and no day says when it was done",
                _ => "this is done, and no day says since when",
            };
            let help = "Add finished: with the day it was done. Without it nobody sees how long customers wait to be told.";
            findings.push(Finding::new(&checks::ACTION_UNDATED, message).at(place).help(help));
            continue;
        };
        let days = book.as_of.days_since(finished);
        if state == ActionState::Done && days > LONG && action.told.is_none() {
            let message = format!("this is done for {}, and customers were not told", day_count(days));
            let help = "Tell those who asked, then write told: with the day and state: told.";
            findings.push(Finding::new(&checks::LOOP_OPEN, message).at(place).help(help));
        }
    }
    findings
}

/// Promises whose day has passed: actions and walks in the customer's shoes.
fn late(book: &Book) -> Vec<Finding> {
    let say = |due: Date, days: i32, place: Place| {
        let message = format!("this was promised for {} and is {} late", due.long(), day_count(days));
        let help =
            "Finish it and write the day, or agree on another day with whoever waits and write that as due:.";
        Finding::new(&checks::PROMISE_LATE, message).at(place).help(help)
    };
    let actions = book.pages.iter().filter_map(|page| match &page.kind {
        PageKind::Action(action) => {
            let days = action.overdue(book.as_of)?;
            Some(say(action.due?, days, Place::line(&page.facts.source, 1)))
        }
        _ => None,
    });
    let open = book.work.assignments.iter().filter(|one| one.done.is_none() && one.due < book.as_of);
    let open = open.map(|one| say(one.due, book.as_of.days_since(one.due), one.place.clone()));
    actions.chain(open).collect()
}

/// Pages that nobody has read through for too long.
fn reviews(book: &Book) -> Vec<Finding> {
    let late = book.pages.iter().filter_map(|page| {
        page.facts.review_overdue(book.as_of, book.config.review_after)?;
        Some((page, page.facts.reviewed?))
    });
    late.map(|(page, reviewed)| {
        let message = format!("nobody has read this page through since {}", reviewed.long());
        let help = "Read it, mend what is no longer so, and set reviewed: to that day. How long it may take is \
                    review-after under [cx], in months.";
        Finding::new(&checks::REVIEW_OVERDUE, message).at(Place::line(&page.facts.source, 1)).help(help)
    })
    .collect()
}

/// The same line of the map a second time.
fn twice(map: &[Edge]) -> Vec<Finding> {
    let mut seen: BTreeMap<(&str, &MetricId, &StageId, &MetricId), &Place> = BTreeMap::new();
    let mut findings = Vec::new();
    for edge in map {
        let key = (edge.team.as_str(), &edge.metric, &edge.stage, &edge.moves);
        if let Some(first) = seen.get(&key) {
            let message =
                format!("this line from {} to {} stands here a second time", edge.metric, edge.moves);
            let help = format!("The first is in line {}. Keep one.", first.line);
            let finding = Finding::new(&checks::DUPLICATE, message).at(edge.place.clone()).help(help);
            findings.push(finding.beside((*first).clone(), "the first stands here"));
        } else {
            seen.insert(key, &edge.place);
        }
    }
    findings
}

/// Lines that lead back to where they began: a number cannot be its own cause.
fn circle(map: &[Edge]) -> Vec<Finding> {
    let mut next: BTreeMap<&MetricId, Vec<&MetricId>> = BTreeMap::new();
    for edge in map {
        next.entry(&edge.metric).or_default().push(&edge.moves);
    }
    let leads_back = |edge: &&Edge| {
        let (mut open, mut seen) = (vec![&edge.moves], Vec::new());
        while let Some(metric) = open.pop() {
            if *metric == edge.metric {
                return true;
            }
            if !seen.contains(&metric) {
                seen.push(metric);
                open.extend(next.get(metric).into_iter().flatten());
            }
        }
        false
    };
    let of_circle = map.iter().filter(leads_back);
    of_circle
        .map(|edge| {
            let message = format!("this line leads from {} back to itself", edge.metric);
            let help = "Take out the line of the circle that is known least.";
            Finding::new(&checks::MAP_CYCLE, message).at(edge.place.clone()).help(help)
        })
        .collect()
}

/// What is on no line, in a book that has a map.
fn off_map(book: &Book) -> Vec<Finding> {
    if book.map.is_empty() {
        return Vec::new();
    }
    let say = |message: String, help: &str, place: Place| {
        Finding::new(&checks::MAP_ORPHAN, message).at(place).help(help)
    };
    let off = book.off_map();
    let metric = |id: &MetricId, what: &str, help: &str| {
        let definition = &book.metrics.get(id)?.metric.definition;
        Some(say(format!("\"{}\" {what}", definition.name), help, definition.place.clone()))
    };
    let own = off.own.iter().filter_map(|id| {
        let help = "Add a line to map.yaml that says which customer metric it moves. If it moves none, why is it counted?";
        metric(id, "is a team's number that leads to no customer", help)
    });
    let customer = off.customer.iter().filter_map(|id| {
        let help = "Add a line to map.yaml from the team whose work moves it; evidence: assumed will do to begin with.";
        metric(id, "is a customer metric that no team moves", help)
    });
    let stages = off.stages.iter().map(|stage| {
        let help = "Add a line to map.yaml from a team that works here.";
        say(
            format!("no line of the map runs through the stage \"{}\"", stage.name),
            help,
            stage.place.clone(),
        )
    });
    let teams = off.teams.iter().map(|page| {
        let help = "Add a line to map.yaml from one of its numbers to the customer metric it moves.";
        let message = format!("the team \"{}\" is on no line of the map", page.facts.title);
        say(message, help, Place::line(&page.facts.source, 1))
    });
    own.chain(customer).chain(stages).chain(teams).collect()
}

/// A journey that ends when the customer has bought, or whose numbers and playbooks all lie before that.
fn stops(book: &Book) -> Option<Finding> {
    let stages = &book.journey.stages;
    let last = stages.iter().rev().find(|stage| stage.purchase == Some(Purchase::Before))?;
    let after: Vec<&StageId> = stages
        .iter()
        .filter(|stage| stage.purchase == Some(Purchase::After))
        .map(|stage| &stage.id)
        .collect();
    let (message, help) = if after.is_empty() {
        (
            "the journey ends when the customer has bought",
            "Add the stages that come after, with purchase: after.",
        )
    } else {
        let known = book.metrics.values().filter_map(|measured| measured.metric.stage.as_ref());
        let moved = book.map.iter().map(|edge| &edge.stage);
        let written = book.pages.iter().flat_map(|page| &page.stages);
        if known.chain(moved).chain(written).any(|stage| after.contains(&stage)) {
            return None;
        }
        (
            "everything in this book is about the time before the customer buys",
            "Begin with one metric or playbook of a stage after it.",
        )
    };
    Some(Finding::new(&checks::JOURNEY_STOPS, message).at(last.place.clone()).help(help))
}
