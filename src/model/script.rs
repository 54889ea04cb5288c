//! Scripts: what can be said of a character without knowing its word.

/// Scripts without spaces between words, or, for Korean, with endings that are words elsewhere: where one of them meets a
/// number or a letter of another script, a word ends.
pub fn is_dense(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}
