//! The text of a page, line by line: live blocks, live words, links.

use std::ops::Range;

use super::{Kind, Spot, known, line_at, trimmed, value};
use crate::live::block_form;

/// A fence that is open.
struct Fence<'a> {
    sign: char,
    length: usize,
    /// What stands behind its signs.
    info: &'a str,
    /// Where the lines below it begin.
    body: usize,
}

/// What belongs at a byte of the text that begins at `from`.
pub(super) fn at(text: &str, from: usize, offset: usize) -> Option<Spot> {
    let bytes = line_at(text, offset);
    // Behind a lone carriage return, which ends a line for editors and none of ours, stands nothing.
    if offset > bytes.end {
        return None;
    }
    let open = fence_around(text, from, bytes.start);
    let line = text.get(bytes.clone())?;
    match open {
        Some(fence) => option(text, &fence, bytes, offset),
        None if fence(line).is_some() => head(text, bytes, offset),
        None => inline(line, offset - bytes.start)
            .map(|Spot { kind, word }| Spot { kind, word: word.start + bytes.start..word.end + bytes.start }),
    }
}

/// Sign and length of the fence that a line is, and what stands behind it.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    let info = line[length..].trim();
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, length, info))
}

/// The fence that is open where a line begins.
fn fence_around(text: &str, from: usize, end: usize) -> Option<Fence<'_>> {
    let mut open: Option<Fence<'_>> = None;
    let mut at = from;
    for line in text.get(from..end)?.split_inclusive('\n') {
        at += line.len();
        match (&open, fence(line)) {
            (None, Some((sign, length, info))) => open = Some(Fence { sign, length, info, body: at }),
            (Some(fence), Some((sign, length, ""))) if sign == fence.sign && length >= fence.length => {
                open = None;
            }
            _ => {}
        }
    }
    open
}

/// The name in braces and where the argument behind it begins.
fn named(info: &str) -> Option<(&str, usize)> {
    let name = info.strip_prefix('{')?.split('}').next()?;
    Some((name, (name.len() + 2).min(info.len())))
}

/// On the line that opens a block: its name, or what stands behind it.
fn head(text: &str, bytes: Range<usize>, offset: usize) -> Option<Spot> {
    let brace = bytes.start + text[bytes.clone()].find('{')?;
    let (name, argument) = named(&text[brace..bytes.end])?;
    let name_zone = brace + 1..brace + 1 + name.len();
    if (name_zone.start..=name_zone.end).contains(&offset) {
        return (!name.contains(' ')).then_some(Spot { kind: Kind::Block, word: name_zone });
    }
    let zone = brace + argument..bytes.end;
    let holds = block_form(name)?.argument?;
    (zone.start <= offset).then(|| value(holds, text, zone, offset, None))?
}

/// On a line below it: an option.
fn option(text: &str, fence: &Fence<'_>, bytes: Range<usize>, offset: usize) -> Option<Spot> {
    let (name, argument) = named(fence.info)?;
    let form = block_form(name)?;
    let line = &text[bytes.clone()];
    let marks = [' ', '\t', '-', '*'];
    let lead = bytes.start + (line.len() - line.trim_start_matches(marks).len()).min(offset - bytes.start);
    let colon = text[lead..bytes.end].find(':').map(|at| lead + at);
    let options = || {
        let block = text[fence.body..].lines().take_while(|line| self::fence(line).is_none());
        block.filter_map(|line| line.trim_start_matches(marks).split_once(':'))
    };
    match colon {
        Some(colon) if offset > colon => {
            let key = form.options.iter().find(|key| key.name == &text[lead..colon])?;
            let metric = || options().find(|(key, _)| *key == "metric").map(|(_, value)| value.trim());
            let metric = Some(fence.info[argument..].trim()).filter(|id| !id.is_empty()).or_else(metric);
            value(key.holds, text, colon + 1..bytes.end, offset, metric.map(str::to_owned))
        }
        _ => {
            let word = trimmed(text, lead..colon.unwrap_or(bytes.end), offset);
            let is_word = |sign: char| sign.is_ascii_lowercase() || sign == '-';
            let used = options().map(|(key, _)| key.to_owned()).collect();
            text[word.clone()]
                .chars()
                .all(is_word)
                .then(|| Spot { kind: Kind::Key(known(form.options), used), word })
        }
    }
}

/// Within a line: a live word, a link by title, a link by file.
fn inline(line: &str, offset: usize) -> Option<Spot> {
    role(line, offset).or_else(|| title(line, offset)).or_else(|| file(line, offset))
}

fn role(line: &str, offset: usize) -> Option<Spot> {
    for (brace, _) in line[..offset].rmatch_indices('{') {
        let name_len =
            line[brace + 1..].bytes().take_while(|sign| sign.is_ascii_lowercase() || *sign == b'-').count();
        let name = brace + 1..brace + 1 + name_len;
        if offset <= name.end {
            return Some(Spot { kind: Kind::Role, word: name });
        }
        let Some(rest) = line[name.end..].strip_prefix("}`") else { continue };
        let content = name.end + 2..name.end + 2 + rest.find('`').unwrap_or(rest.len());
        if (content.start..=content.end).contains(&offset) {
            let nouns = ["metric", "term", "team", "stage"];
            let noun = nouns.into_iter().find(|noun| *noun == &line[name.clone()])?;
            return Some(Spot {
                kind: Kind::Name { noun, metric: None },
                word: trimmed(line, content, offset),
            });
        }
    }
    None
}

fn title(line: &str, offset: usize) -> Option<Spot> {
    let start = line[..offset].rfind("[[")? + 2;
    // What follows belongs to the link up to its end, or to the next sentence where it has none.
    let closed = line[start..].find("]]").map(|end| start + end);
    let end = closed.filter(|end| !line[start..*end].contains("[["));
    if end.is_some_and(|end| end < offset) {
        return None;
    }
    let end = end.unwrap_or(offset);
    let end = line[start..end].find(['|', '#']).map_or(end, |at| start + at);
    (offset <= end).then(|| Spot { kind: Kind::Title, word: trimmed(line, start..end, offset) })
}

fn file(line: &str, offset: usize) -> Option<Spot> {
    let start = line[..offset].rfind("](")? + 2;
    let end = line[start..].find([')', ' ', '#']).map_or(line.len(), |at| start + at);
    (offset <= end).then_some(Spot { kind: Kind::File, word: start..end })
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    fn of(marked: &str) -> String {
        said("pages/a.md", marked)
    }

    #[test]
    fn live_words_and_links_are_known_within_a_sentence() {
        assert_eq!(of("😀 The {metric}`np|s` rose"), "metric nps");
        assert_eq!(of("{term}`|"), "term ");
        assert_eq!(of("{lang-de}`t|`"), "nothing");
        assert_eq!(of("{me|"), "Role me");
        assert_eq!(of("a {x} {te|am}`b`"), "Role team");
        assert_eq!(of("{team}`a` b|"), "nothing");
        assert_eq!(of("see [[Ca|ll ahead]] or"), "Title Call ahead");
        assert_eq!(of("see [[Ca|"), "Title Ca");
        assert_eq!(of("see [[Call|| then [[B]]"), "Title Call");
        assert_eq!(of("[[A]] b|"), "nothing");
        assert_eq!(of("[[A#b|]]"), "nothing");
        assert_eq!(of("[x](../te|ams/a.md#b)"), "File ../teams/a.md");
        assert_eq!(of("plain wo|rds"), "nothing");
    }

    #[test]
    fn live_blocks_know_what_they_take() {
        assert_eq!(of("```{ch|"), "Block ch");
        assert_eq!(of("a\n\n```{cha|rt} nps\n```\n"), "Block chart");
        assert_eq!(of("```{chart} n|ps\n```\n"), "metric nps");
        assert_eq!(of("```{quotes} x|\n```\n"), "nothing");
        assert_eq!(of("```{chart} nps\nki|\n```\n"), "key metric..title without  ki");
        assert_eq!(of("```{chart} nps\nsplit: a|\nkind: panels\n```\n"), "split of nps a");
        assert_eq!(of("```{chart}\nmetric: ces\nactions: a, b|\n```\n"), "begun action of ces b");
        assert_eq!(of("```{chart} nps\nkind: trend\n|\n```\n"), "key metric..title without kind ");
        assert_eq!(of("```{chain}\nevidence: m|\n```\n"), "measured/reported/assumed m");
        assert_eq!(of("```{five-whys}\nproblem: x\n- why\n  evidence: [[x|\n```\n"), "nothing");
        assert_eq!(of("```{why-chain} A\n- improvement: x\n  metric: n|\n```\n"), "metric n");
        assert_eq!(of("```yaml\nteams: [a|\n```\n"), "nothing");
        assert_eq!(of("```{chart} nps\n```\n[[A|"), "Title A");
        assert_eq!(of("~~~~{chart} nps\n```\nkind: t|\n~~~~"), "trend/panels/before-after/chain/answers t");
    }
}
