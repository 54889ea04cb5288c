//! Finding words in a finished file however it writes them, and taking them out.
//!
//! A file is read as words with their places: entities and escapes are read as what they mean, and for a page tags are passed
//! over. What is looked for is a run of words, so that a text that is cut off, quoted in part or written with other signs is
//! found too.

/// Words in a row that are taken for the passage, where it has as many.
const TOGETHER: usize = 6;
/// A passage with fewer words stands in any text by chance; it is only looked for where it stands alone.
const FEWEST: usize = 3;
/// What stands where words were.
pub(super) const NOTICE: &str = "[taken out]";

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The text between tags, as a person reads a page.
    Text,
    /// Every sign, also inside tags and scripts.
    Raw,
}

/// A word in lower case, and the bytes it stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    from: usize,
    to: usize,
}

/// The words of a file.
pub(super) fn words(source: &str, reading: Reading) -> Vec<Word> {
    let (mut words, mut open): (Vec<Word>, Option<Word>) = (Vec::new(), None);
    let mut at = 0;
    while let Some(sign) = source[at..].chars().next() {
        let (meant, length) = match sign {
            '<' if reading == Reading::Text => (None, tag(&source[at..])),
            '&' => entity(&source[at..]),
            '\\' if reading == Reading::Raw => escape(&source[at..]),
            sign => (Some(sign), sign.len_utf8()),
        };
        match meant {
            Some('\'' | '’' | 'ʼ') => {}
            Some(sign) if sign.is_alphanumeric() => {
                let word = open.get_or_insert_with(|| Word { text: String::new(), from: at, to: at });
                word.text.extend(sign.to_lowercase());
                word.to = at + length;
            }
            _ => words.extend(open.take()),
        }
        at += length;
    }
    words.extend(open);
    words
}

/// The words of a plain text, as passages are looked for.
pub(super) fn plain(text: &str) -> Vec<String> {
    words(&text.replace('&', "&amp;"), Reading::Raw).into_iter().map(|word| word.text).collect()
}

fn tag(source: &str) -> usize {
    source.find('>').map_or(source.len(), |end| end + 1)
}

/// What an entity means; nothing for one that is no letter.
fn entity(source: &str) -> (Option<char>, usize) {
    let end = source.bytes().take(10).position(|byte| byte == b';');
    let Some(end) = end.filter(|end| source.is_char_boundary(*end)) else { return (None, 1) };
    let name = &source[1..end];
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let known = name == "apos" || name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match number.and_then(char::from_u32) {
        Some(sign) => (Some(sign), end + 1),
        None if name == "apos" => (Some('\''), end + 1),
        None if known && !name.is_empty() => (None, end + 1),
        None => (None, 1),
    }
}

/// What an escape of JSON or a script means; nothing for one that is no letter.
fn escape(source: &str) -> (Option<char>, usize) {
    if let Some(digits) = source.get(2..6).filter(|_| source.starts_with("\\u")) {
        return (u32::from_str_radix(digits, 16).ok().and_then(char::from_u32), 6);
    }
    let next = source[1..].chars().next().map_or(0, char::len_utf8);
    (source[1..].starts_with('\'').then_some('\''), 1 + next)
}

/// Where a passage stands: first and last word of each run, last included.
pub(super) fn find(words: &[Word], passage: &[String]) -> Vec<(usize, usize)> {
    let together = TOGETHER.min(passage.len());
    let mut found = Vec::new();
    if passage.len() < FEWEST {
        return found;
    }
    let mut at = 0;
    while at + together <= words.len() {
        let longest = (0..=passage.len() - together).map(|start| {
            passage[start..].iter().zip(&words[at..]).take_while(|(one, word)| **one == word.text).count()
        });
        match longest.max().filter(|length| *length >= together) {
            Some(length) => {
                found.push((at, at + length - 1));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The file without the passages, and how often it held one; nothing where it holds none.
pub(super) fn without(source: &str, passages: &[Vec<String>], reading: Reading) -> Option<String> {
    let words = words(source, reading);
    let mut runs: Vec<(usize, usize)> = passages.iter().flat_map(|passage| find(&words, passage)).collect();
    runs.sort_unstable();
    if runs.is_empty() {
        return None;
    }
    let (mut out, mut done) = (String::with_capacity(source.len()), 0);
    for (first, last) in runs {
        let (from, to) = (words[first].from.max(done), words[last].to);
        if from >= to {
            continue;
        }
        out.push_str(&source[done..from]);
        out.push_str(NOTICE);
        if reading == Reading::Text {
            out.extend(tags(&source[from..to]));
        }
        done = to;
    }
    out.push_str(&source[done..]);
    Some(out)
}

/// The tags in a piece of a page: without them those around it would not match.
fn tags(source: &str) -> Vec<&str> {
    let starts = source.match_indices('<').map(|(at, _)| at);
    starts.map(|at| &source[at..at + tag(&source[at..])]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "I don’t know who to ring & nobody rang me back for a week";

    #[test]
    fn a_passage_is_found_however_it_is_written() {
        let passages = [plain(SAID)];
        for (source, reading) in [
            (
                "<p>I don&#x27;t know who to ring &amp; <em>nobody</em> rang me back for a week.</p>",
                Reading::Text,
            ),
            ("x(\"I don't know who to ring \\u0026 nobody rang me back for a week\")", Reading::Raw),
            ("x(\"I don’t know who to ring & nobody rang …\")", Reading::Raw),
            ("<meta content=\"… to ring &#38; nobody rang me back for a week\">", Reading::Raw),
            ("<title>I DON&apos;T KNOW WHO TO RING &amp; NOBODY RANG ME BACK</title>", Reading::Text),
            ("who to ring\\nand: nobody rang me back for a week", Reading::Raw),
        ] {
            let left = without(source, &passages, reading).unwrap_or_else(|| panic!("{source}"));
            assert!(!left.to_lowercase().contains("nobody") && left.contains(NOTICE), "{left}");
            assert_eq!(without(&left, &passages, reading), None, "{left}");
        }
        assert_eq!(
            without(
                "<p>I don’t <em>know who to ring &amp; nobody</em>, really</p>",
                &passages,
                Reading::Text
            )
            .as_deref(),
            Some("<p>[taken out]<em></em>, really</p>")
        );
    }

    #[test]
    fn other_texts_are_left_alone() {
        let passages = [plain(SAID), plain("Good."), plain("Too late")];
        for other in
            ["<p>Nobody rang me back for</p>", "Good. Good.", "too late", "", "&", "\\", "&#;", "<", "\\u12"]
        {
            for reading in [Reading::Text, Reading::Raw] {
                assert_eq!(without(other, &passages, reading), None, "{other}");
            }
        }
        assert!(without("it came four weeks late", &[plain("four weeks late")], Reading::Raw).is_some());
    }
}
