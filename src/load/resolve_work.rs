//! Looking up the names in lists of work and in hand-offs.

use std::collections::BTreeMap;

use super::draft::{Name, RawWork};
use super::resolve::{Lookup, duplicate};
use crate::diag::{Finding, Place, checks};
use crate::model::{Assignment, Behaviour, Blocker, Claim, Date, Goal, HandOff, Observation, Stage, Work};

/// Lists of work with their references resolved. Of two entries with one id the second is a finding and is left out.
pub(super) fn work(raw: RawWork, lookup: &mut Lookup<'_>, as_of: Date) -> Work {
    let RawWork { claims, blockers, assignments, observations, goals } = raw;
    let claims = once(claims, "claim", |one| (one.id.as_str(), &one.place), lookup);
    let blockers = once(blockers, "blocker", |one| (one.id.as_str(), &one.place), lookup);
    let assignments = once(assignments, "assignment", |one| (one.id.as_str(), &one.place), lookup);
    let goals = once(goals, "goal", |one| (one.id.as_str(), &one.place), lookup);
    let mut blockers: Vec<Blocker> =
        blockers.into_iter().filter_map(|one| blocker(one, lookup, as_of)).collect();
    blockers.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.id.cmp(&b.id)));
    let mut assignments: Vec<Assignment> =
        assignments.into_iter().filter_map(|one| assignment(one, lookup, as_of)).collect();
    assignments.sort_by(|a, b| a.due.cmp(&b.due).then_with(|| a.id.cmp(&b.id)));
    let mut observations: Vec<Observation> =
        observations.into_iter().filter_map(|one| observation(one, lookup, as_of)).collect();
    observations.sort_by(|a, b| b.month.cmp(&a.month).then_with(|| a.place.cmp(&b.place)));
    Work {
        claims: claims.into_iter().map(|one| claim(one, lookup)).collect(),
        blockers,
        assignments,
        observations,
        goals: goals.into_iter().map(|one| goal(one, lookup)).collect(),
    }
}

/// Stages with the teams of their hand-offs; a hand-off of a team that is not there is a finding and is left out.
pub(super) fn stages(raw: Vec<Stage<Name>>, lookup: &mut Lookup<'_>) -> Vec<Stage> {
    let mut stage = |raw: Stage<Name>| {
        let Stage { id, name, owner, summary, purchase, hand_offs, place } = raw;
        let hand_offs = hand_offs.into_iter().filter_map(|raw| {
            let HandOff { from, to, what, promise, owner, place } = raw;
            let (from, to) = (lookup.team(&from), lookup.team(&to));
            Some(HandOff { from: from?, to: to?, what, promise, owner, place })
        });
        Stage { id, name, owner, summary, purchase, hand_offs: hand_offs.collect(), place }
    };
    raw.into_iter().map(&mut stage).collect()
}

fn once<T>(
    items: Vec<T>,
    what: &str,
    named: impl Fn(&T) -> (&str, &Place),
    lookup: &mut Lookup<'_>,
) -> Vec<T> {
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut kept = Vec::new();
    for item in items {
        let (id, place) = named(&item);
        if let Some(first) = seen.get(id) {
            let message = format!("the {what} \"{id}\" stands here a second time");
            lookup.findings.push(duplicate(message, first, place));
        } else {
            seen.insert(id.to_owned(), place.clone());
            kept.push(item);
        }
    }
    kept
}

fn claim(raw: Claim<Name, Name>, lookup: &mut Lookup<'_>) -> Claim {
    Claim {
        stage: raw.stage.and_then(|name| lookup.stage(&name)),
        metric: raw.metric.and_then(|name| lookup.metric_id(&name)),
        id: raw.id,
        says: raw.says,
        source: raw.source,
        n: raw.n,
        from: raw.from,
        to: raw.to,
        population: raw.population,
        question: raw.question,
        limits: raw.limits,
        owner: raw.owner,
        theme: raw.theme,
        place: raw.place,
    }
}

fn blocker(raw: Blocker<Name, Name, Name, Name>, lookup: &mut Lookup<'_>, as_of: Date) -> Option<Blocker> {
    let team = lookup.team(&raw.team);
    let stage = raw.stage.and_then(|name| lookup.stage(&name));
    let metric = raw.metric.and_then(|name| lookup.metric_id(&name));
    let action = raw.action.and_then(|name| lookup.action(&name));
    let days = [Some(raw.since), raw.removed];
    if let Some(day) = days.into_iter().flatten().find(|day| *day > as_of) {
        lookup.findings.push(ahead("this blocker", day, as_of, &raw.place));
        return None;
    }
    Some(Blocker {
        team: team?,
        stage,
        metric,
        action,
        id: raw.id,
        what: raw.what,
        decides: raw.decides,
        waiting_on: raw.waiting_on,
        owner: raw.owner,
        since: raw.since,
        removed: raw.removed,
        ask: raw.ask,
        place: raw.place,
    })
}

fn assignment(
    raw: Assignment<Name, Name, Name, Name>,
    lookup: &mut Lookup<'_>,
    as_of: Date,
) -> Option<Assignment> {
    let role = lookup.role(&raw.role);
    let team = raw.team.and_then(|name| lookup.team(&name));
    let stage = raw.stage.and_then(|name| lookup.stage(&name));
    let stories = raw.stories.iter().filter_map(|name| lookup.story(name)).collect();
    if let Some(day) = raw.done.filter(|day| *day > as_of) {
        lookup.findings.push(ahead("this assignment is done, which", day, as_of, &raw.place));
        return None;
    }
    Some(Assignment {
        role: role?,
        team,
        stage,
        stories,
        id: raw.id,
        task: raw.task,
        purpose: raw.purpose,
        due: raw.due,
        done: raw.done,
        outcome: raw.outcome,
        place: raw.place,
    })
}

fn observation(
    raw: Observation<Name, Name, Name>,
    lookup: &mut Lookup<'_>,
    as_of: Date,
) -> Option<Observation> {
    let team = raw.team.and_then(|name| lookup.team(&name));
    let stage = raw.stage.and_then(|name| lookup.stage(&name));
    let metric = raw.metric.and_then(|name| lookup.metric_id(&name));
    if raw.month > as_of.in_month() {
        let message =
            format!("this observation is dated {}, after the date of the book ({as_of})", raw.month);
        lookup.findings.push(Finding::new(&checks::DATE_IN_FUTURE, message).at(raw.place).masked());
        return None;
    }
    let Observation { month, kind, theme, text, place, .. } = raw;
    Some(Observation { month, kind, theme, text, team, stage, metric, place })
}

fn goal(raw: Goal<Name, Name>, lookup: &mut Lookup<'_>) -> Goal {
    let behaviours = raw.behaviours.into_iter().filter_map(|raw| {
        let metric = raw.metric.and_then(|name| lookup.metric_id(&name));
        Some(Behaviour { team: lookup.team(&raw.team)?, does: raw.does, metric })
    });
    let behaviours = behaviours.collect();
    Goal {
        behaviours,
        metric: raw.metric.and_then(|name| lookup.metric_id(&name)),
        id: raw.id,
        goal: raw.goal,
        strategy: raw.strategy,
        owner: raw.owner,
        measure: raw.measure,
        by: raw.by,
        place: raw.place,
    }
}

fn ahead(what: &str, day: Date, as_of: Date, place: &Place) -> Finding {
    let message = format!("{what} is dated {day}, after the date of the book ({as_of})");
    Finding::new(&checks::DATE_IN_FUTURE, message).at(place.clone())
}
