//! Who talks with customers, by level, without telling on anybody: few conversations of a level could be one person's.

use crate::model::{Contact, Date, Level};

/// Months that are counted.
const MONTHS: i32 = 12;

/// Conversations of one level in the last twelve months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelTalks {
    /// The level.
    pub level: Level,
    /// How many; `None` where they are too few to show.
    pub talks: Option<u64>,
    /// The day of the newest; `None` where there is none or it may not be told.
    pub last: Option<Date>,
}

/// Counts conversations by level, and takes the level out of each.
pub(super) fn count(contacts: &mut [Contact], as_of: Date, fewest: u64) -> Vec<LevelTalks> {
    let from = as_of.plus_months(1 - MONTHS);
    let mut levels: Vec<LevelTalks> = Level::WORDS
        .iter()
        .map(|(_, level)| {
            let own = contacts.iter().filter(|contact| contact.level == Some(*level));
            let own = own.filter(|contact| contact.is_conversation() && contact.date >= from);
            let (mut talks, mut last) = (0, None);
            for contact in own {
                talks += 1;
                last = last.max(Some(contact.date));
            }
            LevelTalks { level: *level, talks: Some(talks), last }
        })
        .collect();
    let told = contacts.iter().any(|contact| contact.level.is_some());
    contacts.iter_mut().for_each(|contact| contact.level = None);
    if !told {
        return Vec::new();
    }
    hide(&mut levels, fewest);
    levels
}

/// Hides small counts, and as many of the next larger as it takes until two are hidden that are not few together: the whole
/// may be known. Where no other is left, a zero is hidden too, though nobody stands behind it.
fn hide(levels: &mut [LevelTalks], fewest: u64) {
    let mut order: Vec<(bool, u64, usize)> = levels
        .iter()
        .enumerate()
        .map(|(at, level)| (level.talks == Some(0), level.talks.unwrap_or(0), at))
        .collect();
    order.sort_unstable();
    let is_small = |talks: u64| (1..fewest).contains(&talks);
    if !order.iter().any(|(_, talks, _)| is_small(*talks)) {
        return;
    }
    let (mut hidden, mut together) = (0, 0);
    for (_, talks, at) in order {
        if !is_small(talks) && hidden >= 2 && together >= fewest {
            break;
        }
        (levels[at].talks, levels[at].last) = (None, None);
        (hidden, together) = (hidden + 1, together + talks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::model::{Channel, TeamId};

    fn talks(level: Level, channel: Channel, count: usize) -> Vec<Contact> {
        let one = Contact {
            date: Date::new(2026, 9, 1).unwrap(),
            team: TeamId::new("billing"),
            channel,
            stage: None,
            metric: None,
            level: Some(level),
            learned: None,
            place: Place::file("contacts/a.csv"),
        };
        vec![one; count]
    }

    fn counted(groups: &[(Level, usize)]) -> Vec<Option<u64>> {
        let mut contacts: Vec<Contact> =
            groups.iter().flat_map(|(level, count)| talks(*level, Channel::Call, *count)).collect();
        contacts.extend(talks(Level::Executive, Channel::Survey, 30));
        let levels = count(&mut contacts, Date::new(2026, 10, 15).unwrap(), 5);
        assert!(contacts.iter().all(|contact| contact.level.is_none()), "the level stays behind");
        levels.iter().map(|level| level.talks).collect()
    }

    #[test]
    fn few_conversations_are_hidden_and_surveys_do_not_count() {
        use Level::{Executive, FrontLine, Manager};
        assert_eq!(counted(&[(FrontLine, 40), (Manager, 12)]), [Some(40), Some(12), Some(0)]);
        // 2 alone could be had from the whole, so the next smallest goes with it.
        assert_eq!(counted(&[(FrontLine, 40), (Manager, 12), (Executive, 2)]), [Some(40), None, None]);
        assert_eq!(counted(&[(FrontLine, 40), (Manager, 3), (Executive, 2)]), [Some(40), None, None]);
        assert_eq!(counted(&[(FrontLine, 5), (Manager, 5), (Executive, 5)]), [Some(5), Some(5), Some(5)]);
        // The whole less what is shown, and that hidden is more than none, would say 3, or 1 and 1.
        assert_eq!(counted(&[(Executive, 3)]), [None, None, None]);
        assert_eq!(counted(&[(FrontLine, 9), (Manager, 1), (Executive, 1)]), [None, None, None]);
    }
}
