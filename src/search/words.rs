//! What a word is. The search script does the same to what a reader types; the two must stay alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::is_dense;

/// Longest word that is kept, in characters.
const LONGEST: usize = 40;

/// Longest word with a digit that is kept. A longer one could be somebody's, and alone in a list nothing says that it is not.
const LONGEST_NUMBER: usize = 4;

/// The words of a text in lower case, as they are written.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, &mut |word| words.push(word.to_owned()));
    words
}

/// Hands over the words of a text in lower case one by one, as they are written.
pub fn each(text: &str, found: &mut dyn FnMut(&str)) {
    // Which sigma is meant depends on what follows, also behind a sign.
    if text.contains('Σ') {
        return each(&text.to_lowercase(), found);
    }
    let bytes = text.as_bytes();
    let mut word = String::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if is_separator(*byte) {
            at += 1;
            continue;
        }
        let plain = bytes[at..].iter().take_while(|byte| is_plain(**byte)).count();
        if bytes.get(at + plain).is_none_or(|end| is_separator(*end)) {
            alone(&text[at..at + plain], found);
            at += plain;
        } else {
            at += cut(&text[at..], &mut word);
            if word.chars().any(is_dense) {
                runs(&word, found);
            } else {
                alone(&word, found);
            }
            word.clear();
        }
    }
}

/// What a word may be made of without being changed.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// What ends a word, of signs of one byte. An apostrophe ends none and is no part of it.
fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'\''
}

/// Puts what a text begins with up to the end of a word into `word`, in lower case and without apostrophes; how many bytes that is.
fn cut(text: &str, word: &mut String) -> usize {
    for (at, sign) in text.char_indices() {
        match sign {
            '\'' | '’' | 'ʼ' => {}
            _ if sign.is_ascii_alphanumeric() => word.push(sign.to_ascii_lowercase()),
            _ if sign.is_ascii() => return at,
            _ if sign.is_alphanumeric() || is_combining_mark(sign) => word.extend(sign.to_lowercase()),
            _ => return at + sign.len_utf8(),
        }
    }
    text.len()
}

/// A word, if it may be kept.
fn alone(word: &str, found: &mut dyn FnMut(&str)) {
    if word.is_empty() || word.len() > LONGEST_NUMBER && word.contains(char::is_numeric) {
        return;
    }
    let end = if word.len() <= LONGEST { None } else { word.char_indices().nth(LONGEST) };
    found(end.map_or(word, |(end, _)| &word[..end]));
}

/// A word without accents, as it is looked up.
pub fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfkd().filter(|sign| !is_combining_mark(*sign)).nfc().collect::<String>().replace('ß', "ss")
}

/// Pairs of neighbours in such scripts; what stands between them in other letters stays a word.
fn runs(part: &str, found: &mut dyn FnMut(&str)) {
    let signs: Vec<char> = part.chars().collect();
    let text = |signs: &[char]| signs.iter().collect::<String>();
    for run in signs.chunk_by(|one, next| is_dense(*one) == is_dense(*next)) {
        match run {
            [first, ..] if !is_dense(*first) => alone(&text(run), found),
            [_] => found(&text(run)),
            _ => run.windows(2).for_each(|pair| found(&text(pair))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_scripts() {
        assert_eq!(words("Don’t call twice: 24/7!"), ["dont", "call", "twice", "24", "7"]);
        assert_eq!(words("お客様の声 NPS調査"), ["お客", "客様", "様の", "の声", "nps", "調査"]);
        assert_eq!(words("고객 만족"), ["고객", "만족"]);
        assert_eq!(words("訪 "), ["訪"]);
        assert_eq!(words("お客4929123477315678様"), ["お客", "様"]);
        assert_eq!(words("4929123477315678 12345 AB12CDE 2026 Q3"), ["2026", "q3"]);
        assert_eq!(words(&"x".repeat(500))[0].len(), 40);
        assert_eq!(words("\u{202e}<script>\u{2028}\"a\""), ["script", "a"]);
    }

    /// Lower case first, then cut: slower, and easier to see through.
    fn plainly(text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        let plain: String = lower.chars().filter(|sign| !matches!(sign, '\'' | '’' | 'ʼ')).collect();
        let parts = plain.split(|sign: char| !(sign.is_alphanumeric() || is_combining_mark(sign)));
        let mut words = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            if part.chars().any(is_dense) {
                runs(part, &mut |word| words.push(word.to_owned()));
            } else {
                alone(part, &mut |word| words.push(word.to_owned()));
            }
        }
        words
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_plain_way(text in "([a-c'’ʼ.\u{304}İΣß様お9ⅧA-C \u{a0}-]|\\PC){0,60}") {
            proptest::prop_assert_eq!(words(&text), plainly(&text));
        }
    }

    #[test]
    fn accents_do_not_matter() {
        assert_eq!(folded("größe"), "grosse");
        assert_eq!(folded("zufriedenheit"), "zufriedenheit");
        assert_eq!(folded("été"), folded("e\u{301}te\u{301}"));
        assert_eq!(folded("고객"), "고객");
    }
}
