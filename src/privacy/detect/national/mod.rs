//! Numbers a state gives a person. One table of shapes, each with its own check; what passes a checksum, or stands beside its
//! cue, blocks; what has the shape only, or fails the check, asks.
//!
//! The United Kingdom and the United States are always looked for, other countries where the [`Policy`] switches them on.

mod check;

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::policy::{Country, Policy};
use super::shape::{Code, fits};
use super::token::Cut;

/// What a check can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A checksum or a rule that few other numbers pass.
    Sure,
    /// The shape and nothing more.
    Shape,
    /// The shape, and the checksum is wrong.
    Wrong,
    /// Cannot be one.
    No,
}

struct Number {
    country: Option<Country>,
    shape: &'static str,
    check: fn(&Code, &Cut) -> Verdict,
    cues: Cues,
    /// Whether it says nothing without its cue, because too much else has the shape.
    needs_cue: bool,
}

const fn number(shape: &'static str, check: fn(&Code, &Cut) -> Verdict, cues: Cues) -> Number {
    Number { country: None, shape, check, cues, needs_cue: false }
}

impl Number {
    const fn of(self, country: Country) -> Self {
        Self { country: Some(country), ..self }
    }

    const fn cued(self) -> Self {
        Self { needs_cue: true, ..self }
    }
}

/// All shapes, with where the rule stands.
static NUMBERS: [Number; 28] = [
    // Social Security Administration: area, group, serial; individual taxpayer numbers begin with 9.
    number("999999999", check::social_security, Cues::TAX),
    // HMRC manual NIM39110.
    number("AA999999A", check::national_insurance, Cues::INSURANCE),
    // NHS data dictionary: weights 10 to 2, modulo 11.
    number("9999999999", check::nhs, Cues::HEALTH),
    // Centers for Medicare: 1EG4-TE5-MK73.
    number("9AX9AX9AA99", check::medicare, Cues::HEALTH),
    // Centers for Medicare: national provider, Luhn with 80840 in front.
    number("9999999999", check::provider, Cues::HEALTH).cued(),
    // Drug Enforcement Administration: two letters and a check digit.
    number("AA9999999", check::drug_enforcement, Cues::IDENTITY),
    // DVLA: five letters of the name, date of birth, initials.
    number("AXXXX999999XXXAA", check::driving_licence, Cues::IDENTITY),
    number("999999999", |_, _| Verdict::Shape, Cues::IDENTITY).cued(),
    number("A99999999", |_, _| Verdict::Shape, Cues::IDENTITY),
    number("AA9999999", |_, _| Verdict::Shape, Cues::IDENTITY),
    number("A9999999", |_, _| Verdict::Shape, Cues::IDENTITY).cued(),
    number("AAA999999", |_, _| Verdict::Shape, Cues::IDENTITY).cued(),
    number("999999999", check::luhn, Cues::TAX).of(Country::Canada),
    number("999999999", check::australian_tax, Cues::TAX).of(Country::Australia),
    number("99999999999", check::brazilian, Cues::TAX).of(Country::Brazil),
    number("999999999A", check::finnish_without_sign, Cues::IDENTITY).of(Country::Finland),
    number("999999X999X", check::finnish, Cues::IDENTITY).of(Country::Finland),
    number("999999999999999", check::french, Cues::IDENTITY).of(Country::France),
    number("99999999999", check::german_tax, Cues::TAX).of(Country::Germany),
    number("999999999999", check::verhoeff, Cues::IDENTITY).of(Country::India),
    number("AAAAA9999A", |_, _| Verdict::Sure, Cues::TAX).of(Country::India),
    number("AAAAAA99A99A999A", check::italian, Cues::TAX).of(Country::Italy),
    number("999999999", check::dutch, Cues::IDENTITY).of(Country::Netherlands),
    number("99999999999", check::polish, Cues::IDENTITY).of(Country::Poland),
    number("99999999A", check::spanish, Cues::IDENTITY).of(Country::Spain),
    number("A9999999A", check::spanish, Cues::IDENTITY).of(Country::Spain),
    number("9999999999", check::swedish, Cues::IDENTITY).of(Country::Sweden),
    number("999999999999", check::swedish, Cues::IDENTITY).of(Country::Sweden),
];

/// Reports a code that one of the numbers can be.
pub(super) fn judge_all(cut: &Cut, policy: &Policy, code: &Code, finds: &mut Finds) {
    let long = if code.letters == 0 { 9..=15 } else { 8..=16 };
    if long.contains(&code.text.len()) {
        for number in NUMBERS.iter().filter(|number| fits(&code.text, number.shape)) {
            if number.country.is_none_or(|country| policy.countries.contains(&country)) {
                judge(cut, code, number, finds);
            }
        }
    }
}

fn judge(cut: &Cut, code: &Code, number: &Number, finds: &mut Finds) {
    let cued = cut.is_cued(&code.tokens, number.cues);
    let verdict = (number.check)(code, cut);
    let level = match verdict {
        Verdict::No => return,
        _ if !cued && number.needs_cue => return,
        Verdict::Sure => Level::Block,
        Verdict::Shape if cued => Level::Block,
        Verdict::Shape | Verdict::Wrong => Level::Ask,
    };
    finds.add(Kind::NationalId, level, cut.span(code.tokens.clone()));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};
    use super::super::{Scanner, scan};
    use super::*;

    #[test]
    fn british_and_american_numbers() {
        for (text, value) in [
            ("it is 078-05-1123 ok", "078-05-1123"),
            ("ssn 078051123", "078051123"),
            ("hh 01 02 03 d", "hh 01 02 03 d"),
            ("NI AB123456C", "AB123456C"),
            ("NHS 943 476 5919", "943 476 5919"),
            // The sum leaves nothing, so the check digit is 11, written 0.
            ("it is 419 494 9110 ok", "419 494 9110"),
            ("licence MORGA657054SM9IJ ok", "MORGA657054SM9IJ"),
            ("my passport A12803456", "A12803456"),
            ("medicare 1EG4-TE5-MK73", "1EG4-TE5-MK73"),
        ] {
            assert_eq!(found(text), [("NATIONAL_ID", "block", value)], "{text}");
        }
    }

    #[test]
    fn impossible_numbers_ask_or_pass() {
        assert!(scan("666-12-3456").iter().all(|hit| hit.level == Level::Ask));
        assert!(
            scan("NHS 943 476 5918")
                .iter()
                .all(|hit| hit.kind != Kind::NationalId || hit.level == Level::Ask)
        );
        quiet(&["12 of 34", "we are 5 and 6"]);
    }

    #[test]
    fn other_countries_where_asked_for() {
        let every = [
            (Country::Canada, "130 692 544"),
            (Country::Australia, "876 543 210"),
            (Country::Brazil, "529.982.247-25"),
            (Country::Finland, "131052-308T"),
            (Country::France, "2 69 05 49 588 157 80"),
            (Country::Germany, "65 929 970 489"),
            (Country::India, "2341 2341 2346"),
            (Country::Italy, "RSSMRA85T10A562S"),
            (Country::Netherlands, "111222333"),
            (Country::Poland, "44051401359"),
            (Country::Spain, "12345678Z"),
            (Country::Spain, "X1234567L"),
            (Country::Sweden, "871220-2384"),
        ];
        for (country, text) in every {
            let policy = Policy { countries: [country].into(), ..Policy::default() };
            let hits = Scanner::new(&policy).scan(text);
            let found: Vec<_> =
                hits.iter().map(|hit| (hit.kind, hit.level, &text[hit.span.clone()])).collect();
            assert_eq!(found, [(Kind::NationalId, Level::Block, text)], "{country:?}");
            let level = scan(text).iter().map(|hit| hit.level).max();
            assert!(
                level.is_some(),
                "{country:?}: a long number asks even where the country is not switched on"
            );
        }
    }
}
