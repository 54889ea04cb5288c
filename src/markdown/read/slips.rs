//! Text that was meant as markup and is none, for a blank too many or too few.

use super::{problem, role::is_name};
use crate::markdown::model::{Passage, PassageKind, Problem, ProblemKind};

/// What was meant as a link, a heading or a directive in one passage of `source`.
pub(super) fn of(passage: &Passage, source: &str) -> Vec<Problem> {
    let text = passage.text.as_str();
    let mut problems: Vec<Problem> = Vec::new();
    let escaped =
        |at: usize| source.get(..passage.span(at..at + 1).start).is_some_and(|before| before.ends_with('\\'));
    for (at, _) in text.match_indices(']') {
        let rest = &text[at + 1..];
        let Some((target, blanks)) = round(rest) else { continue };
        let begin = text[..at].rfind('[');
        let Some(begin) = begin.filter(|begin| !escaped(*begin) && !escaped(at)) else { continue };
        let kind = match (blanks, target.trim().contains(' ')) {
            (true, false) if is_target(target) => ProblemKind::LinkApart,
            (false, true) if is_target(target) => ProblemKind::LinkWithBlank,
            _ => continue,
        };
        let end = at + 1 + rest.find(')').unwrap_or(0) + 1;
        problems.push(problem(kind, "", passage.span(begin..end)));
    }
    for (at, _) in text.match_indices(")[") {
        let target = text[at + 2..].split(']').next().unwrap_or("");
        if let Some(begin) = text[..at].rfind('(').filter(|_| is_target(target) && !escaped(at)) {
            let end = (at + 2 + target.len() + 1).min(text.len());
            problems.push(problem(ProblemKind::LinkReversed, "", passage.span(begin..end)));
        }
    }
    if passage.kind == PassageKind::Plain {
        problems.extend(beginning(passage, source));
    }
    problems
}

/// The target between round brackets at the start of a text, and whether blanks stand before it.
fn round(text: &str) -> Option<(&str, bool)> {
    let rest = text.trim_start_matches(' ');
    let (target, _) = rest.strip_prefix('(')?.split_once(')')?;
    Some((target, rest.len() < text.len()))
}

/// Whether words between brackets are an address, not a remark.
fn is_target(words: &str) -> bool {
    let words = words.trim();
    let file = words.split('#').next().unwrap_or(words);
    let page = [".md", ".html", ".yaml"].iter().any(|ending| file.ends_with(ending)) && !file.contains(", ");
    page || (!words.contains(' ') && ["https://", "http://"].iter().any(|scheme| words.starts_with(scheme)))
}

/// A heading without its blank, or a directive outside of a fence, at the start of a paragraph.
fn beginning(passage: &Passage, source: &str) -> Option<Problem> {
    let text = passage.text.as_str();
    let written = source.get(passage.span(0..1).start..)?;
    let signs = text.len() - text.trim_start_matches('#').len();
    let word = text[signs..].starts_with(char::is_alphanumeric);
    if (2..=6).contains(&signs) && word && written.starts_with("##") {
        return Some(problem(ProblemKind::HeadingMark, "", passage.span(0..text.len())));
    }
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let alone = rest.is_empty() || rest.starts_with(' ');
    let name = Some(name).filter(|name| alone && is_name(name) && written.starts_with('{'))?;
    Some(problem(ProblemKind::BareDirective, name, passage.span(0..text.len())))
}
