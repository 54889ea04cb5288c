//! Finds what could identify a customer in a text.
//!
//! A text is taken out of its disguises (`normal`), cut into words and numbers once (`token`), and given to one detector
//! after another; each says what it looks for at its head. Overlaps are settled in `find`, and hits are led back to bytes
//! of the source. Detectors read the cut from left to right and look only a few tokens around, so the time grows with the
//! text and no text can make them slow. They know no file, no clock and no book: what a book has to say comes in a
//! [`Policy`]. docs/PRIVACY.md tells authors what is found and what is not.

mod account;
mod address;
mod birth;
mod card;
mod cue;
mod device;
mod email;
mod find;
mod handle;
mod iban;
mod kind;
mod lexicon;
mod moment;
mod national;
mod network;
mod normal;
mod number;
mod organization;
mod parts;
mod person;
mod phone;
mod policy;
mod postcode;
mod role;
mod roster;
mod sensitive;
mod shape;
mod token;
mod url;
mod vehicle;

pub use kind::{Hit, Kind, Level};
pub use policy::{Country, Policy};
pub use roster::{Roster, fold};

use std::io::{self, Read};
use std::ops::Range;

use find::{Find, Finds};
use lexicon::Lexicon;
use token::{Cut, Token};

/// Which rules were used: rises whenever they find more or less.
pub const RULES: u32 = 1;

/// Reads texts under one policy. Keeps a memory of words, so one scanner for many texts is faster than many.
#[derive(Debug)]
pub struct Scanner<'p> {
    policy: &'p Policy,
    lexicon: Lexicon,
    /// For the tokens of the next text.
    room: Vec<Token>,
}

type Detector = fn(&Cut, &Policy, &mut Finds);

/// Detectors of what stands for itself, whatever the text says around it.
const ALWAYS: [Detector; 5] = [email::find, url::find, network::find, roster::find, device::find];

/// Detectors that begin at a digit.
const AT_DIGITS: [Detector; 8] = [
    shape::find,
    card::find,
    iban::find,
    phone::find,
    postcode::find,
    birth::find,
    account::find,
    moment::find,
];

/// Detectors of words that only ever ask.
const ASKING: [Detector; 3] = [handle::find, role::find, sensitive::find];

/// Detectors of words. Addresses and names look at what was found before them.
const OF_WORDS: [Detector; 4] = [phone::find_spelled, organization::find, address::find, person::find];

/// Gets what is left of a text, the hits that are told now, and how much of the text is behind the reader then.
pub type Visit<'a> = dyn FnMut(&str, &[Hit], usize) -> io::Result<()> + 'a;

impl<'p> Scanner<'p> {
    /// A scanner for one policy.
    pub fn new(policy: &'p Policy) -> Self {
        Self { policy, lexicon: Lexicon::new(), room: Vec::new() }
    }

    /// All hits in the order of the text, without overlaps.
    pub fn scan(&mut self, text: &str) -> Vec<Hit> {
        self.read(text, false)
    }

    /// Only hits that block, for text that is not a customer's own; names are looked for after titles and on rosters only.
    pub fn blocks(&mut self, text: &str) -> Vec<Hit> {
        self.read(text, true)
    }

    /// Dates with a day and a year, line by line.
    pub fn full_dates(&mut self, text: &str) -> Vec<Range<usize>> {
        let (mut spans, mut begin) = (Vec::new(), 0);
        for line in text.split_inclusive('\n') {
            if line.bytes().any(|byte| byte.is_ascii_digit()) {
                let normal = normal::normalise(line);
                let cut = Cut::new(&normal.text, &mut self.lexicon);
                let dates = moment::dates(&cut).into_iter().filter(|date| date.has_day && date.has_year);
                let found = dates.map(|date| normal.source(cut.span(date.tokens)));
                spans.extend(found.map(|span| begin + span.start..begin + span.end));
            }
            begin += line.len();
        }
        spans
    }

    fn read(&mut self, text: &str, blocks_only: bool) -> Vec<Hit> {
        let (mut hits, mut from, mut told) = (Vec::new(), 0, 0);
        while from < text.len() {
            let step = parts::step(&text[from..], told, |part| self.part(part, blocks_only));
            let moved = |hit: Hit| Hit { span: hit.span.start + from..hit.span.end + from, ..hit };
            hits.extend(step.hits.into_iter().map(moved));
            let Some(next) = step.next else { break };
            (from, told) = (from + next, step.told - next);
        }
        hits
    }

    /// All hits of a text of any length, which is read piece by piece. `visit` gets what is left of the text in memory, the
    /// hits that are told now, by their places in it, and how much of it is behind the reader then; a hit may reach further.
    ///
    /// # Errors
    /// What `input` says; [`io::ErrorKind::InvalidData`] when it is not UTF-8.
    pub fn scan_from(&mut self, input: &mut dyn Read, visit: &mut Visit<'_>) -> io::Result<()> {
        let mut window = parts::Window::new(input);
        let mut told = 0;
        while !window.fill()?.is_empty() {
            let text = window.text();
            let step = parts::step(text, told, |part| self.part(part, false));
            let behind = step.next.unwrap_or(text.len());
            visit(text, &step.hits, behind)?;
            told = step.told - behind;
            window.leave(behind);
        }
        Ok(())
    }

    fn part(&mut self, source: &str, blocks_only: bool) -> Vec<Hit> {
        let normal = normal::normalise(source);
        let cut = Cut::within(std::mem::take(&mut self.room), &normal.text, &mut self.lexicon);
        let mut finds = Finds { list: Vec::new(), blocks_only };
        let groups: [&[Detector]; 4] = [
            &ALWAYS,
            if cut.digits.is_empty() { &[] } else { &AT_DIGITS },
            if blocks_only { &[] } else { &ASKING },
            &OF_WORDS,
        ];
        for detector in groups.into_iter().flatten() {
            detector(&cut, self.policy, &mut finds);
        }
        let lead_back = |find: Find| {
            let span = normal.source(find.span);
            source.get(span.clone()).map(|value| Hit {
                mask: kind::mask(value),
                span,
                kind: find.kind,
                level: find.level,
            })
        };
        self.room = cut.tokens;
        let mut hits: Vec<Hit> = finds.resolve(&normal.text).into_iter().filter_map(lead_back).collect();
        // Two hits may share a character of the source, where one character stands for several.
        hits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
        hits
    }
}

/// A text without entities, percent-encoding, invisible characters and other disguises.
pub fn undisguised(text: &str) -> String {
    normal::normalise(text).text.into_owned()
}

/// All hits under the default policy.
pub fn scan(text: &str) -> Vec<Hit> {
    Scanner::new(&Policy::default()).scan(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type, level and text of every hit.
    pub(super) fn found(text: &str) -> Vec<(&'static str, &'static str, &str)> {
        scan(text).into_iter().map(|hit| (hit.kind.code(), hit.level.word(), &text[hit.span])).collect()
    }

    /// What must be taken out.
    fn sure(text: &str) -> Vec<&str> {
        let hits = scan(text).into_iter().filter(|hit| hit.level == Level::Block);
        hits.map(|hit| &text[hit.span]).collect()
    }

    /// Texts in which there is nothing to find.
    pub(super) fn quiet(texts: &[&str]) {
        for text in texts {
            assert_eq!(found(text), [], "{text}");
        }
    }

    /// Gives a few bytes at a time, and cuts characters in two.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1021);
            let (now, rest) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = rest;
            Ok(count)
        }
    }

    #[test]
    fn a_stream_is_read_like_the_whole_text() {
        let policy = Policy::default();
        let line = "Zoë told Mrs Bloggs, jo@mail.example, 4012 8888 8888 1881 – and nobody rang.\n";
        for text in [line.repeat(12_000), String::new(), line.to_owned(), "é".repeat(parts::PART)] {
            let (mut streamed, mut behind) = (Vec::new(), 0);
            let mut visit = |_: &str, hits: &[Hit], count: usize| {
                streamed.extend(hits.iter().map(|hit| (hit.span.start + behind, hit.span.end + behind)));
                behind += count;
                Ok(())
            };
            Scanner::new(&policy).scan_from(&mut Slow(text.as_bytes()), &mut visit).unwrap();
            assert_eq!(behind, text.len());
            let whole = Scanner::new(&policy).scan(&text);
            assert_eq!(streamed, whole.iter().map(|hit| (hit.span.start, hit.span.end)).collect::<Vec<_>>());
        }
        let broken = Scanner::new(&policy).scan_from(&mut Slow(b"fine \xff no"), &mut |_, _, _| Ok(()));
        assert_eq!(broken.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn long_texts_are_read_in_parts_without_loss() {
        use parts::PART;
        // Parts end at blanks, and each of these holds some: in a script without blanks they may be the only ones.
        let values = ["4012 8888 8888 1881", "+44 117 496 0123", "GB29 NWBK 6016 1331 9268 19"];
        let texts = [("waiting ", " ", " or so"), ("\u{5f85}", "\u{5f85}", "\u{5f85}")];
        for (value, (before, last, behind)) in values.iter().flat_map(|value| texts.map(|text| (value, text)))
        {
            for start in [PART - 30, PART - 12, PART - 1, PART + 3] {
                let text = before.repeat(start / before.len()) + &last.repeat(start % before.len());
                let text = format!("{text}{value}{}", behind.repeat(60_000));
                let sure = sure(&text);
                assert_eq!(sure.len(), 1, "{start} {before:?} {sure:?}");
                assert_eq!(sure[0], *value);
            }
        }
    }

    #[test]
    fn scripts_without_spaces_hide_nothing() {
        for value in [
            "4012 8888 8888 1881",
            "4012888888881881",
            "+44 117 496 0123",
            "jo@mail.example",
            "GB29 NWBK 6016 1331 9268 19",
        ] {
            for (before, behind) in [
                ("\u{304a}\u{96fb}", "\u{3067}\u{3059}"),
                ("\u{c804}\u{d654} ", "\u{b85c}"),
                ("\u{e42}\u{e17}", "\u{e04}"),
            ] {
                let text = format!("{before}{value}{behind}");
                let sure = sure(&text);
                // Letters of any script may be part of an address of e-mail.
                assert!(sure.len() == 1 && sure[0].ends_with(value), "{text} {sure:?}");
            }
        }
    }

    proptest::proptest! {
        /// What is passed over because no sign joins it to its neighbours holds nothing.
        #[test]
        fn addresses_need_joints(text in "(at |see |mac |([0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9]{1,3}([.][0-9]{1,3}){3}|([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}|[a-z]{2,4}[.]com|www[.][a-z]{2}[.]uk|x://[a-z]{3}|see: //[a-z]{2}|[a-z]{2}/[a-z]|jo@a[.]de|jo dot b at a dot com|[ .:/@()\n-]){0,9}") {
            let mut lexicon = Lexicon::new();
            let cut = Cut::new(&text, &mut lexicon);
            let mut everywhere = Cut::new(&text, &mut lexicon);
            everywhere.joints = (0..=everywhere.tokens.len() + 1).collect();
            let finds = |cut: &Cut<'_>| {
                let mut finds = Finds::default();
                ALWAYS.iter().for_each(|detector| detector(cut, &Policy::default(), &mut finds));
                finds.list
            };
            proptest::prop_assert_eq!(finds(&cut), finds(&everywhere));
        }
    }

    #[test]
    fn only_blocks_when_asked_for() {
        let policy = Policy::default();
        let mut scanner = Scanner::new(&policy);
        let hits = scanner.blocks("Katy wrote jo@mail.example");
        assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [Kind::Email]);
    }
}
