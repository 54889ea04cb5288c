//! What somebody typed for a key, checked and written as YAML.

use super::fill::quoted;
use crate::diag::did_you_mean;
use crate::load::{Holds, Key};
use crate::model::{Date, Month, is_valid_id};

/// The value of a key as YAML on one line.
///
/// # Errors
/// A sentence for the author, when the key cannot hold what was typed.
pub fn value(key: &Key, typed: &[&str], today: Date) -> Result<String, String> {
    let name = key.name;
    let single = || match typed {
        [one] => Ok(one.trim()),
        _ => Err(format!("{name} is given {} times; it holds one value", typed.len())),
    };
    match key.holds {
        Holds::Text => Ok(text(single()?)),
        Holds::Texts if typed.len() > 1 => Ok(list(typed.iter().copied(), quoted)),
        Holds::Texts => Ok(text(single()?)),
        Holds::Date => match single()? {
            "today" => Ok(today.to_string()),
            day if Date::parse(day).is_some() => Ok(day.to_owned()),
            other => Err(format!("{name}: \"{other}\" is not a day; write it like {today}")),
        },
        Holds::Month => match single()? {
            "today" => Ok(today.in_month().to_string()),
            month if Month::parse(month).is_some() || Date::parse(month).is_some() => Ok(month.to_owned()),
            other => Err(format!("{name}: \"{other}\" is not a month; write it like {}", today.in_month())),
        },
        Holds::Flag => match single()? {
            "true" | "yes" => Ok("true".to_owned()),
            "false" | "no" => Ok("false".to_owned()),
            other => Err(format!("{name}: \"{other}\" is neither true nor false")),
        },
        Holds::Number => {
            let number = single()?;
            let is_one = number.parse::<f64>().is_ok_and(f64::is_finite);
            is_one
                .then(|| number.to_owned())
                .ok_or_else(|| format!("{name}: \"{number}\" is not a number like 12 or 4.5"))
        }
        Holds::Whole(low, high) => {
            let number = single()?;
            let fits = number.parse::<i64>().is_ok_and(|number| (low..=high).contains(&number));
            let wrong = || format!("{name}: \"{number}\" is not a whole number from {low} to {high}");
            fits.then(|| number.to_owned()).ok_or_else(wrong)
        }
        Holds::OneOf(words) => {
            let word = single()?;
            let help = || did_you_mean(word, words.iter().copied());
            let wrong = || format!("{name}: \"{word}\" is not one of {}. {}", words.join(", "), help());
            words.contains(&word).then(|| word.to_owned()).ok_or_else(wrong)
        }
        Holds::Name(_) => Ok(id(single()?)),
        Holds::Names(_) => {
            let names = typed.iter().flat_map(|typed| typed.split(',')).map(str::trim);
            Ok(list(names.filter(|name| !name.is_empty()), id))
        }
        Holds::Pair | Holds::Group(_) | Holds::Groups(_) | Holds::Free | Holds::Several => {
            Err(format!("{name} holds more than one value; write it into the file yourself"))
        }
    }
}

fn text(typed: &str) -> String {
    quoted(&typed.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn id(typed: &str) -> String {
    let is_plain = is_valid_id(typed) && typed.starts_with(char::is_alphabetic) && !is_word_of_yaml(typed);
    if is_plain { typed.to_owned() } else { quoted(typed) }
}

/// Words that YAML takes for something else than text.
fn is_word_of_yaml(text: &str) -> bool {
    matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n")
}

fn list<'a>(items: impl Iterator<Item = &'a str>, each: fn(&str) -> String) -> String {
    format!("[{}]", items.map(each).collect::<Vec<_>>().join(", "))
}

/// Which values a key takes, in words.
pub(super) fn hint(holds: Holds) -> String {
    match holds {
        Holds::Date => "a day such as 2026-03-14, or today".to_owned(),
        Holds::Month => "a month such as 2026-03, or today".to_owned(),
        Holds::Flag => "true or false".to_owned(),
        Holds::Number | Holds::Whole(..) => "a number".to_owned(),
        Holds::OneOf(words) => words.join(", "),
        Holds::Name(noun) => format!("the id of a {noun}"),
        Holds::Names(noun) => format!("ids of {noun}s, with commas"),
        _ => String::new(),
    }
}
