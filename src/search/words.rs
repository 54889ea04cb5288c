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
    let lower = text.to_lowercase();
    let plain: String = lower.chars().filter(|sign| !matches!(sign, '\'' | '’' | 'ʼ')).collect();
    let parts = plain.split(|sign: char| !(sign.is_alphanumeric() || is_combining_mark(sign)));
    let mut words = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if part.chars().any(is_dense) {
            runs(part, &mut words);
        } else {
            words.extend(alone(part));
        }
    }
    words
}

/// A word, if it may be kept.
fn alone(word: &str) -> Option<String> {
    let keeps = word.len() <= LONGEST_NUMBER || !word.contains(char::is_numeric);
    keeps.then(|| word.chars().take(LONGEST).collect())
}

/// A word without accents, as it is looked up.
pub fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfkd().filter(|sign| !is_combining_mark(*sign)).nfc().collect::<String>().replace('ß', "ss")
}

/// Pairs of neighbours in such scripts; what stands between them in other letters stays a word.
fn runs(part: &str, words: &mut Vec<String>) {
    let signs: Vec<char> = part.chars().collect();
    for run in signs.chunk_by(|one, next| is_dense(*one) == is_dense(*next)) {
        match run {
            [first, ..] if !is_dense(*first) => words.extend(alone(&run.iter().collect::<String>())),
            [alone] => words.push(alone.to_string()),
            _ => words.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, words};

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

    #[test]
    fn accents_do_not_matter() {
        assert_eq!(folded("größe"), "grosse");
        assert_eq!(folded("zufriedenheit"), "zufriedenheit");
        assert_eq!(folded("été"), folded("e\u{301}te\u{301}"));
        assert_eq!(folded("고객"), "고객");
    }
}
