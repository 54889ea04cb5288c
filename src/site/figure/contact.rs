//! When a team talked with customers, month by month.

use crate::charts::{self, Layout, Recency, RecencyMonth};
use crate::model::{Cadence, Contact, Date, Period};
use crate::site::frame::Spot;
use crate::site::views::StripView;

/// Months shown: enough to see a habit.
const MONTHS: i32 = 12;

/// The strip of a team; none before any conversation. `since` says in words how long ago the last one was.
pub(in crate::site) fn contact(spot: &Spot<'_>, talks: &[&Contact], since: &str) -> Option<StripView> {
    let first: Date = spot.site.book.contacts().iter().map(|contact| contact.date).min()?;
    talks.first()?;
    let (as_of, locale) = (spot.site.book.as_of(), spot.locale());
    let months: Vec<RecencyMonth> = (0..MONTHS)
        .rev()
        .map(|back| {
            let period = Period::containing(as_of.plus_months(-back), Cadence::Month);
            let inside = |contact: &&&Contact| Period::containing(contact.date, Cadence::Month) == period;
            let count = u32::try_from(talks.iter().filter(inside).count()).unwrap_or(u32::MAX);
            let recorded = period.end() >= first;
            RecencyMonth {
                slot: super::slot(locale, period),
                conversations: recorded.then_some(count),
                tooltip: words(recorded, count),
            }
        })
        .collect();
    let listed: Vec<String> = months
        .iter()
        .filter(|month| month.conversations.is_some_and(|count| count > 0))
        .map(|month| format!("{}: {}", month.slot.label, month.tooltip))
        .collect();
    let empty = months.iter().filter(|month| month.conversations == Some(0)).count();
    let spec = Recency {
        id: "strip.contact".to_owned(),
        title: since.to_owned(),
        description: format!("{}. Months without a conversation: {empty}.", listed.join("; ")),
        months,
        one: "a conversation".to_owned(),
        none: "none in this month".to_owned(),
    };
    let drawn = |layout| spot.memo.chart(&("recency", layout, &spec), || charts::recency(&spec, layout));
    Some(StripView { wide_html: drawn(Layout::Wide), phone_html: drawn(Layout::Phone) })
}

fn words(recorded: bool, count: u32) -> String {
    match (recorded, count) {
        (false, _) => "before the records begin".to_owned(),
        (true, 0) => "no conversation".to_owned(),
        (true, 1) => "1 conversation".to_owned(),
        (true, count) => format!("{count} conversations"),
    }
}
