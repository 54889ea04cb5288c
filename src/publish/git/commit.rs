//! A commit as a stream for `git fast-import`: what is kept is not sent.

use super::{LISTING, PLAIN, RECORD, SEAL};
use crate::editions::{Plan, Source};

/// Where the new commit is kept.
pub(super) const MADE: &str = "refs/heads/made";

/// The stream, or why the record could not be signed. `there` are the paths of `tree`, from which kept files come.
pub(super) fn stream<'a>(
    plan: &Plan,
    parent: Option<&str>,
    tree: Option<&str>,
    there: impl Iterator<Item = &'a str>,
) -> Result<Vec<u8>, String> {
    let mut stream = Vec::new();
    let mut line = |text: String| {
        stream.extend_from_slice(text.as_bytes());
        stream.push(b'\n');
    };
    let message =
        format!("{}\n\nGeneration {}, by {}\n", plan.record.action, plan.record.generation, plan.record.tool);
    line("feature done".to_owned());
    line(format!("commit {MADE}"));
    line(format!("committer cxbook <cxbook@localhost> {} +0000", seconds(&plan.record.at)));
    line(format!("data {}", message.len()));
    line(message);
    parent.iter().for_each(|parent| line(format!("from {parent}")));
    tree.iter().for_each(|tree| line(format!("M 040000 {tree} \"\"")));
    // Copies first: what they are made from may change below.
    for (path, source) in &plan.files {
        if let Source::From(other) = source {
            line(format!("C \"{other}\" \"{path}\""));
        }
    }
    for path in there.filter(|path| !plan.files.contains_key(*path)) {
        line(format!("D {}", quoted(path)));
    }
    let mut own = vec![
        (RECORD, plan.record.json().into_bytes()),
        (LISTING, plan.listing.text().into_bytes()),
        (PLAIN, Vec::new()),
    ];
    own.extend(plan.seal()?.map(|seal| (SEAL, seal.into_bytes())));
    let new = plan.files.iter().filter_map(|(path, source)| match source {
        Source::New(bytes) => Some((path.as_str(), bytes)),
        _ => None,
    });
    for (path, bytes) in new.chain(own.iter().map(|(path, bytes)| (*path, bytes))) {
        stream.extend_from_slice(
            format!("M 100644 inline {}\ndata {}\n", quoted(path), bytes.len()).as_bytes(),
        );
        stream.extend_from_slice(bytes);
        stream.push(b'\n');
    }
    stream.extend_from_slice(b"done\n");
    Ok(stream)
}

/// A path as git reads it in quotes. What somebody else put on the branch may hold any sign.
fn quoted(path: &str) -> String {
    let mut text = String::from("\"");
    for sign in path.chars() {
        match sign {
            '"' | '\\' => text.extend(['\\', sign]),
            '\n' => text.push_str("\\n"),
            sign => text.push(sign),
        }
    }
    text.push('"');
    text
}

/// Seconds since 1970 of `2026-10-05T12:00:00Z`; 0 for anything else.
fn seconds(at: &str) -> i64 {
    use crate::model::Date;
    let number =
        |range: std::ops::Range<usize>| at.get(range).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    let day = at.get(..10).and_then(Date::parse);
    let days = day.zip(Date::new(1970, 1, 1)).map_or(0, |(day, first)| i64::from(day.days_since(first)));
    days * 86_400 + number(11..13) * 3600 + number(14..16) * 60 + number(17..19)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_seconds() {
        assert_eq!(seconds("1970-01-02T00:00:01Z"), 86_401);
        assert_eq!(seconds(&crate::publish::stamp(1_792_022_461)), 1_792_022_461);
        assert_eq!(seconds(""), 0);
    }
}
