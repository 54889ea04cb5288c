//! Roles, where a person's name may have slipped in: a book speaks of roles only.

use std::collections::BTreeMap;

use super::detect::{Kind, Scanner};
use crate::diag::{Finding, Place, checks};
use crate::model::{Book, PageKind};

/// Looks at everything that should name a role.
pub(super) fn check(scanner: &mut Scanner<'_>, book: &Book) -> Vec<Finding> {
    let mut findings = Vec::new();
    // One role keeps many pages.
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for (role, place) in roles(book) {
        let (key, role) = role;
        let mut is_person = || scanner.scan(role).iter().any(|hit| hit.kind == Kind::Person);
        if *known.entry(role).or_insert_with(&mut is_person) {
            let help =
                "Write the role, such as Head of Field Operations. People change; a book names no person.";
            let finding = Finding::new(
                &checks::OWNER_IS_PERSON,
                format!("\"{key}\" looks like a person's name, not a role"),
            );
            findings.push(finding.at(place).help(help).masked());
        }
    }
    findings.dedup();
    findings
}

/// A key, the role it names, and where.
type Named<'a> = ((&'static str, &'a str), Place);

fn roles(book: &Book) -> Vec<Named<'_>> {
    let mut roles: Vec<Named<'_>> = Vec::new();
    for page in &book.pages {
        let place = Place::line(&page.facts.source, 1);
        let named = match &page.kind {
            PageKind::Story(story) => vec![("by", &story.by)],
            PageKind::Action(action) => vec![("decides", &action.decides)],
            PageKind::Impact(impact) => vec![("decides", &impact.decides)],
            _ => Vec::new(),
        };
        let all = named.into_iter().chain([("owner", &page.facts.owner)]);
        let all = all.filter_map(|(key, role)| Some((key, role.as_deref()?)));
        roles.extend(all.map(|named| (named, place.clone())));
    }
    for stage in &book.journey.stages {
        roles.extend(stage.owner.iter().map(|role| (("owner", role.as_str()), stage.place.clone())));
        for hand_off in &stage.hand_offs {
            roles
                .extend(hand_off.owner.iter().map(|role| (("owner", role.as_str()), hand_off.place.clone())));
        }
    }
    for measured in book.metrics.values() {
        let definition = &measured.metric.definition;
        roles
            .extend(definition.owner.iter().map(|role| (("owner", role.as_str()), definition.place.clone())));
    }
    for blocker in &book.work.blockers {
        let owner = blocker.owner.as_deref().map(|role| ("owner", role));
        let waiting_on = blocker.waiting_on.as_deref().map(|role| ("waiting-on", role));
        let named = [Some(("decides", blocker.decides.as_str())), owner, waiting_on];
        roles.extend(named.into_iter().flatten().map(|named| (named, blocker.place.clone())));
    }
    for goal in &book.work.goals {
        roles.extend(goal.owner.iter().map(|role| (("owner", role.as_str()), goal.place.clone())));
    }
    for path in &book.paths {
        roles.extend(path.owner.iter().map(|role| (("owner", role.as_str()), path.place.clone())));
    }
    for claim in &book.work.claims {
        roles.extend(claim.owner.iter().map(|role| (("owner", role.as_str()), claim.place.clone())));
    }
    roles
}
