//! How the language of a book writes numbers, months and days.
//!
//! A [`Locale`] is a value that is passed to whoever writes for readers; there is no current one. It follows from the
//! book's `language`. Words of the interface are English in every language so far.

use super::number::{Decimals, MINUS, round};
use super::{Date, Month};

/// How a language writes numbers and dates.
#[derive(Debug, Clone, Copy)]
pub struct Locale(&'static Language);

#[derive(Debug)]
struct Language {
    tag: &'static str,
    decimal: char,
    /// Between groups of three digits.
    group: &'static str,
    /// Digits from which a number is grouped: `1000` but `10.000` where this is 5.
    grouped_from: usize,
    months: [&'static str; 12],
    /// Month names inside a date, where they differ.
    in_dates: Option<[&'static str; 12]>,
    short: [&'static str; 12],
    /// Behind the number of the day: `14.`
    after_day: &'static str,
    /// Between day, month and year: `14 de marzo de 2026`.
    between: &'static str,
}

const THIN: &str = "\u{202f}";
const SPACE: &str = "\u{a0}";

macro_rules! languages {
    ($($tag:literal $decimal:literal $group:expr, $from:literal, $after:literal, $between:literal,
       $months:literal, $short:literal $(, $in_dates:literal)?;)*) => {
        // Names as in the Unicode CLDR, stand-alone forms. The first one is the answer for every other language.
        static LANGUAGES: &[Language] = &[$(Language {
            tag: $tag,
            decimal: $decimal,
            group: $group,
            grouped_from: $from,
            months: twelve($months),
            in_dates: languages!(@dates $($in_dates)?),
            short: twelve($short),
            after_day: $after,
            between: $between,
        },)*];
    };
    (@dates) => { None };
    (@dates $names:literal) => { Some(twelve($names)) };
}

languages! {
    "en" '.' ",", 4, "", " ",
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    "de" ',' ".", 4, ".", " ",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez";
    "de-ch" '.' "\u{2019}", 4, ".", " ",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez";
    "fr" ',' THIN, 4, "", " ",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.";
    "es" ',' ".", 5, "", " de ",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic";
    "it" ',' ".", 4, "", " ",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic";
    "nl" ',' ".", 4, "", " ",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec";
    "pt" ',' ".", 4, "", " de ",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.";
    "sv" ',' SPACE, 4, "", " ",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.";
    "da" ',' ".", 4, ".", " ",
        "januar februar marts april maj juni juli august september oktober november december",
        "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.";
    "nb" ',' SPACE, 4, ".", " ",
        "januar februar mars april mai juni juli august september oktober november desember",
        "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.";
    "fi" ',' SPACE, 4, ".", " ",
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta";
    "pl" ',' SPACE, 5, "", " ",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia";
}

/// Twelve names with a blank between them.
const fn twelve(names: &'static str) -> [&'static str; 12] {
    let mut found = [""; 12];
    let mut rest = names;
    let mut index = 0;
    while index < 12 {
        let bytes = rest.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b' ' {
            end += 1;
        }
        let (name, after) = rest.split_at(end);
        found[index] = name;
        rest = if after.is_empty() { after } else { after.split_at(1).1 };
        index += 1;
    }
    found
}

impl Locale {
    /// What findings and every language without an entry use.
    pub const ENGLISH: Locale = Locale(&LANGUAGES[0]);

    /// The locale of a language tag such as `de`, `de-CH` or `pt_BR`: the longest tag that is known.
    pub fn of(tag: &str) -> Locale {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let primary = if matches!(primary, "no" | "nn") { "nb" } else { primary };
        let find = |wanted: &str| LANGUAGES.iter().find(|language| language.tag == wanted);
        find(&tag).or_else(|| find(primary)).map_or(Locale::ENGLISH, Locale)
    }

    /// A value for readers: `1,234.5`, `−3`. What is not a finite number reads as an en dash.
    pub fn number(self, value: f64, decimals: Decimals) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let rounded = round(value, decimals);
        let digits = format!("{:.*}", usize::from(decimals.digits()), rounded.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if rounded < 0.0 {
            text.push(MINUS);
        }
        text.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            text.push(self.0.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A change for readers, always with its sign: `+4`, `−0.3`, `0`.
    pub fn signed(self, value: f64, decimals: Decimals) -> String {
        let text = self.number(value, decimals);
        if value.is_finite() && round(value, decimals) > 0.0 { format!("+{text}") } else { text }
    }

    /// A count for readers: `12,345`.
    pub fn count(self, count: u64) -> String {
        self.grouped(&count.to_string())
    }

    /// A day for readers: `14 March 2026`.
    pub fn day(self, date: Date) -> String {
        let Language { after_day, between, .. } = self.0;
        // French alone counts the first day of a month.
        let after = if self.0.tag == "fr" && date.day() == 1 { "er" } else { after_day };
        let names = self.0.in_dates.as_ref().unwrap_or(&self.0.months);
        let gap = if between.trim().is_empty() { " " } else { between };
        format!("{}{after}{gap}{}{gap}{}", date.day(), name(names, date.month()), date.year())
    }

    /// A month for readers: `March 2026`.
    pub fn month(self, month: Month) -> String {
        format!("{}{}{}", name(&self.0.months, month.number()), self.0.between, month.year())
    }

    /// A month for readers where there is little room: `Mar 2026`.
    pub fn short_month(self, month: Month) -> String {
        format!("{} {}", name(&self.0.short, month.number()), month.year())
    }

    fn grouped(self, digits: &str) -> String {
        if digits.len() < self.0.grouped_from {
            return digits.to_owned();
        }
        let mut text = String::with_capacity(digits.len() + digits.len());
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.0.group);
            }
            text.push(digit);
        }
        text
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.0.tag == other.0.tag
    }
}

fn name(names: &[&'static str; 12], month: u8) -> &'static str {
    names[usize::from(month.clamp(1, 12) - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let (date, month) = (Date::new(2026, 3, 1).unwrap(), Month::new(2026, 3).unwrap());
        let cases = [
            ("en", "−12,345.6", "1,234", "1 March 2026", "March 2026", "Mar 2026"),
            ("de", "−12.345,6", "1.234", "1. März 2026", "März 2026", "Mär 2026"),
            ("de-CH", "−12’345.6", "1’234", "1. März 2026", "März 2026", "Mär 2026"),
            ("fr-BE", "−12\u{202f}345,6", "1\u{202f}234", "1er mars 2026", "mars 2026", "mars 2026"),
            ("es", "−12.345,6", "1234", "1 de marzo de 2026", "marzo de 2026", "mar 2026"),
            ("it", "−12.345,6", "1.234", "1 marzo 2026", "marzo 2026", "mar 2026"),
            ("nl", "−12.345,6", "1.234", "1 maart 2026", "maart 2026", "mrt 2026"),
            ("pt_BR", "−12.345,6", "1.234", "1 de março de 2026", "março de 2026", "mar. 2026"),
            ("sv", "−12\u{a0}345,6", "1\u{a0}234", "1 mars 2026", "mars 2026", "mars 2026"),
            ("da", "−12.345,6", "1.234", "1. marts 2026", "marts 2026", "mar. 2026"),
            ("nn", "−12\u{a0}345,6", "1\u{a0}234", "1. mars 2026", "mars 2026", "mars 2026"),
            ("fi", "−12\u{a0}345,6", "1\u{a0}234", "1. maaliskuuta 2026", "maaliskuu 2026", "maalis 2026"),
            ("pl", "−12\u{a0}345,6", "1234", "1 marca 2026", "marzec 2026", "mar 2026"),
            ("tlh", "−12,345.6", "1,234", "1 March 2026", "March 2026", "Mar 2026"),
        ];
        for (tag, number, count, day, long, short) in cases {
            let locale = Locale::of(tag);
            let written = (locale.number(-12_345.6, Decimals::new(1)), locale.count(1234), locale.day(date));
            assert_eq!(written, (number.into(), count.into(), day.into()), "{tag}");
            assert_eq!(
                (locale.month(month), locale.short_month(month)),
                (long.into(), short.into()),
                "{tag}"
            );
        }
    }

    #[test]
    fn each_month_has_a_name_of_its_own() {
        for language in LANGUAGES {
            for names in
                [Some(language.months), language.in_dates, Some(language.short)].into_iter().flatten()
            {
                let mut different = names.to_vec();
                different.sort_unstable();
                different.dedup();
                assert!(different.len() == 12 && !different.contains(&""), "{}: {names:?}", language.tag);
                assert!(names.iter().all(|name| !name.contains(' ')), "{}", language.tag);
            }
        }
    }
}
