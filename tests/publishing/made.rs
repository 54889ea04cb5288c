//! Editions made by hand, and a target on a disk in memory.

use std::path::Path;

use cxbook::editions::{About, Change, Current, Fresh, Pages, Spot};
use cxbook::output::Output;
use cxbook::publish::{Planner, Trouble};

/// Folder of the target.
pub(super) fn root() -> &'static Path {
    Path::new("/srv/site")
}

/// An edition of a few pages: path and words.
pub(super) fn edition(name: &str, pages: &[(&str, &str)]) -> Fresh {
    let mut output = Output::default();
    let mut index = Pages { schema: 1, ..Pages::default() };
    for (path, words) in pages {
        let entry =
            cxbook::editions::PageEntry { path: (*path).to_owned(), title: (*words).to_owned(), was: vec![] };
        index.pages.insert(Pages::id_of(path).to_owned(), entry);
        let text = format!("<!doctype html><title>{words}</title><p>{name}");
        output.insert((*path).to_owned(), text.into_bytes()).unwrap();
    }
    output.insert("feed.xml".into(), format!("<feed>{name}</feed>").into_bytes()).unwrap();
    output.insert("assets/site.0a1b2c3d.css".into(), b"p{}".to_vec()).unwrap();
    output.insert("pages.json".into(), index.json().into_bytes()).unwrap();
    let about = About {
        book: "Book".into(),
        language: "en".into(),
        as_of: format!("2026-{name}"),
        tool: "cxbook 0".into(),
        ..About::default()
    };
    Fresh::new(Spot::parse(name).unwrap(), &output, about).unwrap()
}

/// The usual edition.
pub(super) fn usual(name: &str) -> Fresh {
    edition(name, &[("index.html", "Home"), ("teams/a.html", "Team A"), ("teams/b.html", "Team B")])
}

/// Publishing an edition as the latest.
pub(super) fn publish(fresh: Fresh) -> Change {
    let aliases = if fresh.spot.is_frozen() { vec!["latest".to_owned()] } else { Vec::new() };
    Change::Publish { fresh: Box::new(fresh), aliases, move_aliases: true, renamed: false }
}

/// A planner for a change; `id` names the generation.
pub(super) fn planner<'a>(change: &'a Change, id: &'a str) -> Box<Planner<'a>> {
    Box::new(move |current: &Current| {
        change.plan(current, "2026-10-15T00:00:00Z", id).map_err(Trouble::Refused)
    })
}
