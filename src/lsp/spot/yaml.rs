//! YAML, line by line: which key a place belongs to.

use std::ops::Range;

use super::{Kind, Spot, known, line_at, one_of, trimmed, value};
use crate::load::{Form, Format, Holds, Key};

/// A line with its marks taken apart.
struct Line<'a> {
    /// Bytes before the first hyphen of an entry; `None` without one.
    dash: Option<usize>,
    /// Bytes before the key or the words.
    lead: usize,
    /// The key, where there is one.
    key: Option<&'a str>,
    /// Bytes before what stands behind the colon, or before the words.
    value: usize,
    /// The line up to a remark.
    text: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let blanks = |at: usize| line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
        let mut lead = blanks(0);
        let mut dash = None;
        while line[lead..].starts_with("- ") || &line[lead..] == "-" {
            dash = dash.or(Some(lead));
            lead += 1;
            lead += blanks(lead);
        }
        let remark = if line[lead..].starts_with('#') { Some(lead) } else { line.find(" #") };
        let text = &line[..remark.unwrap_or(line.len()).max(lead)];
        let colon = text[lead..].match_indices(':').map(|(at, _)| lead + at);
        let ends_key = |at: &usize| matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b'\t'));
        let word = |at: &usize| !text[lead..*at].contains([' ', '[', '{', ',']) && *at > lead;
        let colon = colon.into_iter().find(ends_key).filter(word);
        let key = colon.map(|at| text[lead..at].trim_matches(['"', '\'']));
        Self { dash, lead, key, value: colon.map_or(lead, |at| at + 1), text }
    }

    fn is_empty(&self) -> bool {
        self.text[self.lead..].trim().is_empty() && self.dash.is_none()
    }

    /// Whether what it holds stands in the lines below it.
    fn opens(&self) -> bool {
        self.key.is_some() && self.text[self.value..].trim().is_empty()
    }
}

/// What belongs at a byte of the YAML that begins at `from`.
pub(super) fn at(text: &str, from: usize, offset: usize, format: &Format) -> Option<Spot> {
    let bytes = line_at(text, offset);
    let line = Line::of(text.get(bytes.clone())?);
    let column = offset - bytes.start;
    // Within the blanks or the hyphens in front, or within a remark.
    if column > line.text.len() || column < line.lead && !line.is_empty() {
        return None;
    }
    let above: Vec<Line<'_>> = text[from..bytes.start].lines().map(Line::of).collect();
    let own = if line.is_empty() { Line { lead: column, ..line } } else { line };
    let (path, in_entry) = enclosing(&above, &own);
    let zone = |start: usize| bytes.start + start..bytes.start + own.text.len().max(start);
    match own.key {
        Some(key) if column >= own.value => {
            let keys = keys(format, &path, in_entry)?;
            let holds = keys.iter().find(|known| known.name == key)?.holds;
            value(holds, text, zone(own.value), offset, None)
        }
        None if own.dash.is_some() && !in_mapping(format, &path) => {
            let (parent, path) = path.split_last()?;
            let keys = keys(format, path, false)?;
            let Holds::Names(noun) = keys.iter().find(|known| known.name == *parent)?.holds else {
                return None;
            };
            let kind = Kind::Name { noun, metric: None };
            Some(Spot { kind, word: trimmed(text, zone(own.lead), offset) })
        }
        _ => {
            if let Some(spot) = continued(text, &above, &own, format, zone(own.lead), offset) {
                return Some(spot);
            }
            let keys = keys(format, &path, in_entry)?;
            let end = own.key.map_or(own.text.len(), |_| own.value - 1).max(own.lead);
            let word = bytes.start + own.lead..bytes.start + end;
            let word = trimmed(text, word.clone(), offset.clamp(word.start, word.end));
            if text.get(word.clone())?.contains(' ') || offset > word.end {
                return None;
            }
            let used = siblings(text, from, &bytes, &own);
            Some(Spot { kind: Kind::Key(known(keys), used), word })
        }
    }
}

/// Names in brackets that go on from the line above.
fn continued(
    text: &str,
    above: &[Line<'_>],
    own: &Line<'_>,
    format: &Format,
    zone: Range<usize>,
    offset: usize,
) -> Option<Spot> {
    let begun = above.iter().rposition(|line| line.key.is_some())?;
    let brackets =
        |sign: char| above[begun..].iter().map(|line| line.text.matches(sign).count()).sum::<usize>();
    if brackets('[') <= brackets(']') || own.key.is_some() {
        return None;
    }
    let opener = &above[begun];
    let (path, in_entry) = enclosing(&above[..begun], opener);
    let keys = keys(format, &path, in_entry)?;
    let Holds::Names(noun) = keys.iter().find(|known| Some(known.name) == opener.key)?.holds else {
        return None;
    };
    Some(Spot { kind: Kind::Name { noun, metric: None }, word: one_of(text, zone, offset) })
}

/// Keys whose groups a line stands in, the outermost first, and whether it stands in an entry of a list.
fn enclosing<'a>(above: &[Line<'a>], own: &Line<'_>) -> (Vec<&'a str>, bool) {
    let mut path = Vec::new();
    // A list may begin in the column of its key.
    let (mut limit, mut entry) = own.dash.map_or((own.lead, false), |dash| (dash, true));
    let mut in_entry = entry;
    for line in above.iter().rev().filter(|line| !line.is_empty()) {
        let parent = line.lead < limit || entry && line.lead == limit && line.dash.is_none();
        if parent && line.opens() {
            path.extend(line.key);
            (limit, entry) = line.dash.map_or((line.lead, false), |dash| (dash, true));
            in_entry |= entry;
        } else if let Some(dash) = line.dash.filter(|_| !entry && line.lead == limit) {
            (limit, entry, in_entry) = (dash, true, true);
        }
    }
    path.reverse();
    (path, in_entry)
}

/// Keys that stand in the same group; the line itself not counted.
fn siblings(text: &str, from: usize, own: &Range<usize>, line: &Line<'_>) -> Vec<String> {
    let same = |other: &Line<'_>| other.lead == line.lead;
    let deeper = |other: &Line<'_>| other.lead > line.lead || other.is_empty();
    let above = text[from..own.start].lines().map(Line::of).collect::<Vec<_>>();
    let mut used = Vec::new();
    if line.dash.is_none() {
        for other in above.iter().rev() {
            if same(other) {
                used.extend(other.key.map(str::to_owned));
            }
            if !same(other) && !deeper(other) || same(other) && other.dash.is_some() {
                break;
            }
        }
    }
    for other in text[own.end..].lines().skip(1).map(Line::of) {
        if same(&other) && other.dash.is_none() {
            used.extend(other.key.map(str::to_owned));
        } else if !deeper(&other) || other.dash.is_some_and(|dash| dash < line.lead) {
            break;
        }
    }
    used
}

/// The keys of the group at a path.
fn keys(format: &Format, path: &[&str], in_entry: bool) -> Option<&'static [Key]> {
    let (mut keys, path) = match (format.form, path) {
        (Form::List(list), [first, rest @ ..]) if *first == list => (format.keys, rest),
        (Form::Voices(list), [first, rest @ ..]) if *first == list || *first == "defaults" => {
            (format.keys, rest)
        }
        (Form::List(_) | Form::Voices(_) | Form::Plain, path) if in_entry => (format.keys, path),
        (Form::List(_) | Form::Voices(_) | Form::Plain, _) => return None,
        (Form::Page | Form::Whole, path) => (format.keys, path),
    };
    for step in path {
        keys = match keys.iter().find(|key| key.name == *step)?.holds {
            Holds::Group(inner) | Holds::Groups(inner) => inner,
            _ => return None,
        };
    }
    Some(keys)
}

/// Whether entries at a path are groups of keys, not names.
fn in_mapping(format: &Format, path: &[&str]) -> bool {
    keys(format, path, true).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    #[test]
    fn facts_of_a_page_are_known_by_their_key() {
        let of = |facts: &str| said("playbooks/a.md", &format!("---\n{facts}\n---\n# A\n"));
        assert_eq!(of("teams: [a, bi|ll, c]"), "team bill");
        assert_eq!(of("teams: [|]"), "team ");
        assert_eq!(of("teams: bi|ll # x"), "team bill");
        assert_eq!(of("teams: \"bi|ll\""), "team bill");
        assert_eq!(of("teams:\n  - a\n  - b|"), "team b");
        assert_eq!(of("teams:\n- a\n- |"), "team ");
        assert_eq!(of("teams: [a,\n  b|"), "team b");
        assert_eq!(of("stages: [x]\nmetrics: |"), "metric ");
        assert_eq!(of("draft: t|"), "true/false t");
        assert_eq!(of("title: te|ams"), "nothing");
        assert_eq!(of("title: a # te|ams"), "nothing");
        assert_eq!(of("owner: x\nou|\nnext: y"), "key title..stop without owner,next ou");
        assert_eq!(of("owner: x\n|"), "key title..stop without owner ");
        assert_eq!(of("own|er: x"), "key title..stop without  owner");
        assert_eq!(said("stories/a.md", "---\nstage: us|\n---\n"), "stage us");
        assert_eq!(said("playbooks/a.md", "---\nteams: [b|"), "team b");
    }

    #[test]
    fn entries_of_lists_are_known_by_their_place() {
        for head in ["edges:\n", "", "edges:\n  # remark\n\n"] {
            let set_in = if head.is_empty() { "" } else { "  " };
            let of = |entry: &str| {
                said("map.yaml", &format!("{head}{}", entry.replace('\n', &format!("\n{set_in}"))))
            };
            let first = format!("{set_in}- team: sa|les");
            assert_eq!(of(&first), "team sales", "{head}");
            assert_eq!(of(&format!("{set_in}- team: a\n  moves: n|")), "metric n", "{head}");
            assert_eq!(
                of(&format!("{set_in}- team: a\n  ev|\n  note: x\n- team: b")),
                "key team..note without team,note ev"
            );
            assert_eq!(of(&format!("{set_in}- team: a\n  evidence: m|")), "measured/reported/assumed m");
        }
        assert_eq!(said("map.yaml", "edges:\n- team: sa|les"), "team sales");
        assert_eq!(said("journey.yaml", "stages:\n  - id: a\n    hand-offs:\n      - from: sa|"), "team sa");
        assert_eq!(
            said("journey.yaml", "- id: a\n  hand-offs:\n  - from: x\n    wh|"),
            "key from..owner without from wh"
        );
        assert_eq!(said("metrics/a.yaml", "name: A\nteam: sa|"), "team sa");
        assert_eq!(
            said("metrics/a.yaml", "name: A\ndata:\n  file: x\n  sh|"),
            "key file..measured-in without file sh"
        );
        assert_eq!(
            said("metrics/a.yaml", "data:\n  - file: x\n    shape: w|"),
            "responses/aggregated/wide w"
        );
        assert_eq!(said("quotes/a.yaml", "defaults:\n  stage: u|"), "stage u");
        assert_eq!(said("quotes/a.yaml", "quotes:\n  - text: team: |"), "nothing");
        assert_eq!(said("assignments.yaml", "- id: a\n  stories: [x, y|]"), "story y");
        assert_eq!(said("map.yaml", "ed|"), "nothing");
    }
}
