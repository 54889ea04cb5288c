//! What is known about a word: is it ordinary English, a name, a cue?
//!
//! `lists/words.fst` holds some 250,000 words of English, of the US census and of US births;
//! `examples/privacy_lists.rs` makes it. Looking a word up costs about as much as reading twenty; so many
//! thousands are remembered.

use std::sync::LazyLock;

use super::cue::{self, Cues};

static WORDS: &[u8] = include_bytes!("lists/words.fst");

/// What is known about a word. The default, nothing, is what a name most often looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Known {
    bits: u8,
    /// What the word announces.
    pub(super) cues: Cues,
}

impl Known {
    /// How ordinary it is as an English word, from 0, none, to 3, everyday.
    pub(super) fn ordinary(self) -> u8 {
        self.bits & 3
    }

    /// Whether dictionaries list it with a capital: London, Friday, Adam.
    pub(super) fn is_proper(self) -> bool {
        self.bits & 4 != 0
    }

    /// How common it is as a first name, from 0, never, to 3.
    pub(super) fn first(self) -> u8 {
        self.bits >> 3 & 3
    }

    /// How common it is as a family name, from 0, never, to 3.
    pub(super) fn last(self) -> u8 {
        self.bits >> 5 & 3
    }

    /// Whether it is known as a name of either sort.
    pub(super) fn is_name(self) -> bool {
        self.bits >> 3 != 0
    }

    /// Whether no list knows it.
    pub(super) fn is_unknown(self) -> bool {
        self.bits == 0
    }
}

/// The list, with a memory: plain numbers, so that the room for it costs nothing until it is used.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words with the bits of what is known of them in the highest byte, which no word reaches.
    words: Vec<Short>,
    cues: Vec<u64>,
}

/// A word of up to 15 bytes as one number; 0 is no word.
type Short = u128;

const REMEMBERED: usize = 1 << 14;

/// Where the bits stand beside a word.
const BESIDE: u32 = 120;

/// The list itself. Should it be damaged, no word is known, and every one is suspect: the gate closes.
static MAP: LazyLock<Option<fst::Map<&'static [u8]>>> = LazyLock::new(|| fst::Map::new(WORDS).ok());

impl Lexicon {
    pub(super) fn new() -> Self {
        Self { words: vec![0; REMEMBERED], cues: vec![0; REMEMBERED] }
    }

    /// Looks a word up, whatever its case.
    pub(super) fn known(&mut self, word: &str) -> Known {
        let Some(short) = shorten(word) else { return look_up(&word.to_lowercase()) };
        let mixed = (short ^ short >> 64) as u64;
        let slot = (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as usize % REMEMBERED;
        let remembered = self.words[slot];
        // The empty word is the only one that room never used looks like; nothing is known of it either.
        if remembered << (128 - BESIDE) == short << (128 - BESIDE) {
            return Known { bits: (remembered >> BESIDE) as u8, cues: Cues::from_bits(self.cues[slot]) };
        }
        let known = look_up(&word.to_ascii_lowercase());
        self.words[slot] = short | Short::from(known.bits) << BESIDE;
        self.cues[slot] = known.cues.bits();
        known
    }
}

/// A short word of plain letters and apostrophes, in lower case: all bytes at once, for every word of a book comes here.
fn shorten(word: &str) -> Option<Short> {
    const EVERY: Short = u128::MAX / 0xff;
    let bytes = word.as_bytes();
    let mut short = [0; 16];
    short.get_mut(..bytes.len()).filter(|room| room.len() < 16)?.copy_from_slice(bytes);
    let letters = u128::from_le_bytes(short);
    let is_plain = letters & (EVERY << 7) == 0;
    // The bit that tells small letters from capitals; apostrophes have it.
    let small = (EVERY << 5) & !(Short::MAX << (8 * bytes.len()));
    is_plain.then_some(letters | small)
}

/// Looks up a word in lower case.
fn look_up(lower: &str) -> Known {
    let bits = |word: &str| {
        let value = MAP.as_ref().and_then(|map| map.get(word)).unwrap_or(0);
        u8::try_from(value).unwrap_or(0)
    };
    let mut found = bits(lower);
    if found == 0 && !lower.is_ascii() {
        let plain = bits(&without_accents(lower));
        // "péter" is a name; that "peter" is a word too says nothing about it.
        found = if plain >> 3 == 0 { plain & 3 } else { plain & !7 };
    }
    Known { bits: found, cues: cue::of(lower) }
}

/// `josé` as `jose`.
pub(super) fn without_accents(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    word.nfd().filter(|character| !is_combining_mark(*character)).collect()
}

/// Whether an ordinary word is one slip of the pen away: a letter missing, too many, another, or two swapped. Walks the list
/// once, so it costs the same however many words are near.
pub(super) fn is_slip(lower: &str) -> bool {
    let Some(map) = MAP.as_ref() else { return false };
    let word = lower.as_bytes();
    if word.len() < 3 {
        return false;
    }
    let tree = map.as_fst();
    let mut node = tree.root();
    let mut value = fst::raw::Output::zero();
    for at in 0..=word.len() {
        for transition in node.transitions() {
            let child = transition.addr;
            let so_far = value.cat(transition.out);
            let changed = word.get(at + 1..).is_some_and(|rest| follow(child, so_far, rest));
            let added = follow(child, so_far, &word[at..]);
            if changed || added {
                return true;
            }
        }
        let left_out = word.get(at + 1..).is_some_and(|rest| follow(node.addr(), value, rest));
        let swapped = match word.get(at..) {
            Some([first, second, rest @ ..]) => step(node.addr(), value, *second)
                .and_then(|(addr, value)| step(addr, value, *first))
                .is_some_and(|(addr, value)| follow(addr, value, rest)),
            _ => false,
        };
        if left_out || swapped {
            return true;
        }
        let Some((next, sum)) = word.get(at).and_then(|byte| step(node.addr(), value, *byte)) else {
            return false;
        };
        node = tree.node(next);
        value = sum;
    }
    false
}

type Address = fst::raw::CompiledAddr;

fn step(from: Address, value: fst::raw::Output, byte: u8) -> Option<(Address, fst::raw::Output)> {
    let node = MAP.as_ref()?.as_fst().node(from);
    let transition = node.transition(node.find_input(byte)?);
    Some((transition.addr, value.cat(transition.out)))
}

/// Whether the rest of a word leads to an ordinary one.
fn follow(from: Address, value: fst::raw::Output, rest: &[u8]) -> bool {
    let end = rest.iter().try_fold((from, value), |(addr, value), byte| step(addr, value, *byte));
    end.is_some_and(|(addr, value)| {
        let node = MAP.as_ref().map(|map| map.as_fst().node(addr));
        node.is_some_and(|node| node.is_final() && value.cat(node.final_output()).value() & 3 >= 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_are_told_apart() {
        let mut lexicon = Lexicon::new();
        for _ in 0..2 {
            let waiting = lexicon.known("Waiting");
            assert!(waiting.ordinary() == 3 && !waiting.is_name());
            assert!(lexicon.known("SMITH").last() == 3);
            let josé = lexicon.known("José");
            assert!(josé.first() == 3 && josé.ordinary() == 0, "{josé:?}");
            let mark = lexicon.known("mark");
            assert!(mark.ordinary() == 3 && mark.first() == 3, "{mark:?}");
            assert!(lexicon.known("London").is_proper());
            assert!(lexicon.known("xqzzt").is_unknown());
        }
    }

    #[test]
    fn what_is_remembered_is_what_the_list_says() {
        let mut lexicon = Lexicon::new();
        // More words than there is room for, which differ at their end and in what they announce.
        let words = (10_000..30_000_u32)
            .map(|number| format!("abcdefg{}{}", letters(number), ["vej", "xyz"][number as usize % 2]));
        let names = ["card", "Mrs", "smith", "I'm", "zoë", "", "responsibilities"].map(str::to_owned);
        let words: Vec<String> = words.chain(names).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(lexicon.known(word), look_up(&word.to_lowercase()), "{word}");
            assert_eq!(lexicon.known(word), look_up(&word.to_lowercase()), "{word}");
        }
    }

    fn letters(number: u32) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    #[test]
    fn short_words_are_told_apart() {
        let alike = |one: &str, other: &str| shorten(one) == shorten(other);
        assert!(alike("I'm", "i'M") && alike("ABCDEFGHIJKLMNO", "abcdefghijklmno") && alike("", ""));
        for (one, other) in [("a", "aa"), ("ab", "ba"), ("", "a"), ("its", "it's")] {
            assert!(!alike(one, other), "{one} {other}");
        }
        assert_eq!([shorten("josé"), shorten("abcdefghijklmnop")], [None, None]);
    }

    #[test]
    fn slips_of_the_pen() {
        for slip in ["recieve", "definately", "apointment", "wating", "helpfull", "hospitall"] {
            assert!(is_slip(slip), "{slip}");
        }
        for word in ["katsha", "omonori", "przybylski", "", "q"] {
            assert!(!is_slip(word), "{word}");
        }
    }
}
