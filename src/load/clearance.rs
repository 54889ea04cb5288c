//! A second person's yes to a quote, as it stands in a file of quotes.

use super::page;
use crate::diag::Finding;
use crate::model::Clearance;
use crate::tree::{Reader, Strictness};

/// The role that made a quote anonymous and the one that looked at it after. In YAML `cleared:` is a group of keys; a CSV has the columns
/// `cleared-by`, `cleared-on` and `motivated-intruder`.
pub(super) fn read(quote: &mut Reader<'_>) -> (Option<String>, Option<Clearance>) {
    let author = quote.text("author").map(|text| text.value);
    let flat = clearance(quote, ["cleared-by", "cleared-on"]);
    let Some(node) = quote.node("cleared") else { return (author, flat) };
    let mut reader = Reader::new(node, "the clearance").private();
    let cleared = clearance(&mut reader, ["by", "on"]);
    let findings: Vec<Finding> = reader.finish(Strictness::Own);
    findings.into_iter().for_each(|finding| quote.report(finding));
    (author, cleared)
}

/// All three, or nothing: half a yes is none.
fn clearance(reader: &mut Reader<'_>, [by, on]: [&'static str; 2]) -> Option<Clearance> {
    let by = reader.text(by).map(|text| text.value);
    let on = page::date(reader, on).map(|date| date.value);
    let could_be_found = reader.flag("motivated-intruder");
    Some(Clearance { by: by?, on: on?, could_be_found: could_be_found? })
}
