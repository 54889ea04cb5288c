//! Text in a chart: how wide it is, how it is shortened, and how it is escaped.
//!
//! Widths come from a table, never from the fonts of the machine, so that the same book gives the same bytes
//! everywhere. The reader's font may differ a little; [`SLACK`] leaves room for that.

/// Advances of U+0020 to U+007E in thousandths of the font size, as in Arial and the sans fonts shaped after it.
#[rustfmt::skip]
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The widest of the usual system fonts, DejaVu Sans, needs this much more than the table.
const SLACK: f64 = 1.15;

/// How much wider strong text is than plain text.
const STRONG: f64 = 1.1;

/// The width of a text at this font size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(advance).sum();
    f64::from(thousandths) / 1000.0 * size * SLACK
}

/// The width of a text that opens with a strong part.
pub(super) fn width_with_strong(strong: &str, rest: &str, size: f64) -> f64 {
    let gap = if strong.is_empty() || rest.is_empty() { "" } else { " " };
    width(strong, size) * STRONG + width(gap, size) + width(rest, size)
}

fn advance(character: char) -> u32 {
    match character {
        ' '..='~' => u32::from(ADVANCES[character as usize - 32]),
        '\u{a0}' | '\u{2009}' | '\u{202f}' => 278,
        '\u{2212}' => 584,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1000,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' => 1000,
        '\u{ffe0}'..='\u{ffe6}' | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 1000,
        character if character.is_uppercase() => 720,
        _ => 620,
    }
}

/// The text, cut with an ellipsis if it is wider than allowed.
pub(super) fn shorten(text: &str, size: f64, allowed: f64) -> String {
    if width(text, size) <= allowed {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("\u{2026}", size);
    for character in text.chars() {
        used += width(character.encode_utf8(&mut [0; 4]), size);
        if used > allowed {
            break;
        }
        kept.push(character);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('\u{2026}');
    kept
}

/// The text on one or two lines, broken between words, the second shortened if it must be.
pub(super) fn wrap(text: &str, size: f64, allowed: f64) -> Vec<String> {
    if width(text, size) <= allowed {
        return vec![text.to_owned()];
    }
    let mut breaks = text.rmatch_indices(' ').map(|(at, _)| at);
    let last_fitting = breaks.find(|&at| width(&text[..at], size) <= allowed);
    match last_fitting {
        Some(at) => vec![text[..at].to_owned(), shorten(&text[at + 1..], size, allowed)],
        None => vec![shorten(text, size, allowed)],
    }
}

/// The text on as many lines as it needs, `most` at most, broken between words; the last is shortened if it must be.
pub(super) fn lines(text: &str, size: f64, allowed: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut line = word.to_owned();
        let last = lines.len() + 1 == most;
        while let Some(next) = words.peek() {
            let longer = format!("{line} {next}");
            if !last && width(&longer, size) > allowed {
                break;
            }
            line = longer;
            words.next();
        }
        lines.push(shorten(&line, size, allowed));
    }
    lines
}

/// Writes text for XML; characters that XML does not allow are dropped.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(character),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
}

/// The text as part of an id or a class: letters, digits, hyphens and full stops stay, any other character becomes its
/// number between underscores. Two texts never share a name.
pub(super) fn name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '.') {
            name.push(character);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(character)));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_follows_the_script() {
        assert!(width("iii", 10.0) < width("mmm", 10.0));
        assert_eq!(width("\u{5e74}", 10.0), 10.0 * SLACK);
        assert_eq!(width("e\u{301}", 10.0), width("e", 10.0));
        assert_eq!(width("", 10.0), 0.0);
    }

    #[test]
    fn shortened_text_fits() {
        let long = "Claims handled by the northern region";
        for allowed in [20.0, 50.0, 90.0, 200.0] {
            assert!(width(&shorten(long, 13.0, allowed), 13.0) <= allowed);
            for line in wrap(long, 13.0, allowed) {
                assert!(width(&line, 13.0) <= allowed, "{line} at {allowed}");
            }
        }
        assert_eq!(wrap("Claims north", 13.0, 60.0), ["Claims", "north"]);
    }

    #[test]
    fn lines_hold_every_word_while_there_is_room() {
        let name = "Satisfaction after the installation at home";
        assert_eq!(lines(name, 13.0, 120.0, 3).join(" "), name);
        let two = lines(name, 13.0, 120.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('\u{2026}'), "{two:?}");
        assert!(lines("", 13.0, 120.0, 3).is_empty());
        assert!(lines(&"m".repeat(80), 13.0, 120.0, 3).iter().all(|line| width(line, 13.0) <= 120.0));
    }

    #[test]
    fn names_of_different_texts_differ() {
        let texts = ["品質", "価格", "a_b", "a-b", "a.b", "a b", "a_5f_b", "ab", ""];
        let names: std::collections::BTreeSet<String> = texts.iter().map(|text| name(text)).collect();
        assert_eq!(names.len(), texts.len(), "{names:?}");
        assert_eq!(name("spark.page.nps"), "spark.page.nps");
    }

    #[test]
    fn escaping_leaves_only_what_xml_allows() {
        let mut out = String::new();
        escape_into(&mut out, "a<b>&\"\u{0}\u{8}\u{fffe}\u{ffff}\u{85}\u{1b}c\n");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c\n");
    }
}
