//! Findings for people: the line, a mark under the spot, what to do.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level as Shade, Renderer, Snippet};

use super::{Finding, Level, Place};
use crate::source::Sources;

/// Lines longer than this are cut around the spot, so that a CSV row or a minified file does not fill the screen.
const MOST_COLUMNS: usize = 160;

/// Renders findings with excerpts from `sources`, a blank line between them. `color` adds terminal colours.
pub fn human(findings: &[Finding], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(MOST_COLUMNS + 20);
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(finding, sources, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(finding: &Finding, sources: &Sources, renderer: &Renderer) -> String {
    let shade = match finding.level {
        Level::Error => Shade::ERROR,
        Level::Warning => Shade::WARNING,
        Level::Note => Shade::NOTE,
    };
    let title = shade.primary_title(finding.message.as_str()).id(finding.check.name);
    let excerpt = excerpt(finding, sources);
    let origin = finding.place.as_ref().map(origin);
    let mut group = annotate_snippets::Group::with_title(title);
    if let (Some(excerpt), Some(place)) = (&excerpt, &finding.place) {
        group = group.element(
            Snippet::source(excerpt.line.as_str())
                .path(&*place.file)
                .line_start(place.line as usize)
                .annotation(AnnotationKind::Primary.span(excerpt.span.clone())),
        );
    } else if let Some(origin) = &origin {
        group = group.element(annotate_snippets::Origin::path(origin.as_str()));
    }
    if !finding.help.is_empty() {
        group = group.element(Shade::HELP.with_name("what to do").message(finding.help.as_str()));
    }
    renderer.render(&[group])
}

/// `file, line 14` where there is no excerpt to show.
fn origin(place: &Place) -> String {
    match (place.line, place.column) {
        (0, _) => place.file.to_string(),
        (line, 0) => format!("{}:{line}", place.file),
        (line, column) => format!("{}:{line}:{column}", place.file),
    }
}

/// A line of an author's file as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or a part of a long one.
    pub line: String,
    /// What is meant, in bytes of `line`.
    pub span: std::ops::Range<usize>,
}

/// The line a finding speaks of; `None` when it names no line, or the line may be private.
pub fn excerpt(finding: &Finding, sources: &Sources) -> Option<Excerpt> {
    let place = finding.place.as_ref()?;
    if finding.masked || place.line == 0 {
        return None;
    }
    let line = sources.text(&place.file)?.lines().nth(place.line as usize - 1)?;
    if line.trim().is_empty() {
        return None;
    }
    let column = (place.column as usize).saturating_sub(1);
    let (first, count) = match place.column {
        0 => (0, line.trim_end().chars().count()),
        _ => (column, place.length as usize),
    };
    let skip = if column > MOST_COLUMNS { column - MOST_COLUMNS / 2 } else { 0 };
    let shown: String = line.chars().skip(skip).take(MOST_COLUMNS).map(visible).collect();
    let byte = |at: usize| shown.char_indices().nth(at).map_or(shown.len(), |(byte, _)| byte);
    let start = byte(first.saturating_sub(skip));
    let end = byte(first.saturating_sub(skip) + count.max(1)).max(start);
    Some(Excerpt { span: start..end, line: shown.clone() })
}

fn visible(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}
