//! Tokens: the colours, fonts and sizes that `theme.toml` declares, as the first rules of the style sheet.
//!
//! The built-in theme's file says which tokens there are; a theme of the book's own sets the ones it wants differently. Colours
//! that readers could not tell from what they stand on are a finding.

use std::collections::BTreeMap;

use crate::config;
use crate::diag::{Finding, Place, checks, did_you_mean};
use crate::tree::{Entry, Node, Reader, Strictness};

/// Colours in the light, colours that the dark sets over them, fonts and sizes.
const GROUPS: [&str; 3] = ["light", "dark", "sizes"];

/// A colour, what it stands on, and the least contrast it needs there: 4.5 for words, 3 for lines that mean something.
const USES: [(&str, &[&str], f64); 17] = [
    ("ink", &["bg", "soft"], 4.5),
    ("dim", &["bg", "soft"], 4.5),
    ("link", &["bg", "soft"], 4.5),
    ("alt", &["soft"], 4.5),
    ("better", &["bg", "soft"], 4.5),
    ("worse", &["bg", "soft"], 4.5),
    ("early", &["bg", "soft"], 4.5),
    ("edge", &["bg", "soft"], 3.0),
    ("mark", &["top"], 3.0),
    ("white", &["top"], 4.5),
    ("chart-text", &["bg"], 4.5),
    ("chart-target", &["bg"], 4.5),
    ("chart-signal", &["bg"], 3.0),
    ("chart-1", &["bg"], 4.5),
    ("chart-2", &["bg"], 4.5),
    ("chart-3", &["bg"], 4.5),
    ("chart-4", &["bg"], 4.5),
];

/// A token's value and where the book's own theme sets it.
type Tokens = Vec<(String, String, Option<Place>)>;

/// The rules that set all tokens: those of the built-in file, with what a theme's own file sets in their place.
pub(super) fn css(built_in: &str, own: Option<(&str, &str)>, findings: &mut Vec<Finding>) -> String {
    let declared = config::toml("theme.toml", built_in).collect_into(findings);
    let mut groups: [Tokens; 3] = GROUPS.map(|group| {
        let set = entries(&declared, group);
        set.map(|entry| (entry.key.clone(), entry.node.scalar().unwrap_or_default(), None)).collect()
    });
    if let Some((path, text)) = own {
        let node = config::toml(path, text).collect_into(findings);
        let mut reader = Reader::new(&node, "theme.toml");
        reader.text("about");
        for (group, known) in GROUPS.into_iter().zip(&mut groups) {
            for entry in reader.free_map(group) {
                findings.extend(set(group, known, entry));
            }
        }
        findings.extend(reader.finish(Strictness::Own));
        findings.extend(unreadable(&groups));
    }
    let [light, dark, sizes] = groups.map(|tokens| {
        let rules: Vec<String> = tokens.iter().map(|(name, value, _)| format!("--{name}:{value}")).collect();
        rules.join(";")
    });
    format!(
        ":root{{color-scheme:light dark;{light};{sizes}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
}

fn entries<'a>(node: &'a Node, group: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let mut reader = Reader::new(node, "theme.toml");
    GROUPS.into_iter().find(|known| *known == group).map_or(&[][..], |known| reader.free_map(known)).iter()
}

/// Sets a token of a group, or says why it cannot be set.
fn set(group: &str, known: &mut Tokens, entry: &Entry) -> Option<Finding> {
    let finding = |message: String, place: &Place, help: String| {
        Some(Finding::new(&checks::THEME_BROKEN, message).at(place.clone()).help(help))
    };
    let value = entry.node.scalar().unwrap_or_default();
    let Some(token) = known.iter_mut().find(|(name, ..)| *name == entry.key) else {
        let message = format!("there is no token \"{}\" in [{group}]", entry.key);
        let help = did_you_mean(&entry.key, known.iter().map(|(name, ..)| name.as_str()));
        return finding(message, &entry.key_place, help);
    };
    if group != "sizes" && colour(&value).is_none() {
        let message = format!("\"{value}\" is not a colour that can be used here");
        let help = "Write it as #rrggbb or #rgb, such as \"#0a5875\".";
        return finding(message, &entry.node.place, help.to_owned());
    }
    let plain = |sign: char| !sign.is_control() && !"{};<>\\@/:".contains(sign);
    if value.trim().is_empty() || !value.chars().all(plain) || value.contains("url(") {
        let message = format!("the value of \"{}\" cannot stand in a style sheet", entry.key);
        let help = "Write a size such as \"37rem\" or a list of fonts such as 'Georgia, serif'.";
        return finding(message, &entry.node.place, help.to_owned());
    }
    (token.1, token.2) = (value, Some(entry.node.place.clone()));
    None
}

/// Findings about colours of the book's own theme that cannot be told from what they stand on.
fn unreadable([light, dark, _]: &[Tokens; 3]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut colours: BTreeMap<&str, (&str, Option<&Place>)> = BTreeMap::from([("white", ("#fff", None))]);
    for (group, tokens) in GROUPS.into_iter().zip([light, dark]) {
        let set = tokens.iter().map(|(name, value, place)| (name.as_str(), (value.as_str(), place.as_ref())));
        colours.extend(set);
        for (name, grounds, least) in USES {
            for ground in grounds {
                let (Some(over), Some(under)) = (colours.get(name), colours.get(ground)) else { continue };
                let (Some(one), Some(other)) = (colour(over.0), colour(under.0)) else { continue };
                let (found, place) = (contrast(one, other), over.1.or(under.1));
                if let (true, Some(place)) = (found < least, place) {
                    let message =
                        format!("in [{group}], {name} is hard to tell from {ground}: {found:.1} to 1");
                    let help =
                        format!("Make one of them darker or lighter until it is {least} to 1 or more.");
                    findings
                        .push(Finding::new(&checks::THEME_CONTRAST, message).at(place.clone()).help(help));
                }
            }
        }
    }
    findings
}

/// Red, green and blue from 0 to 1.
fn colour(text: &str) -> Option<[f64; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let wide: String = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => hex.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?].map(|part| f64::from(part) / 255.0))
}

/// The contrast of two colours as WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let light =
        |[red, green, blue]: [f64; 3]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = "[light]\nbg = \"#fff\"\nink = \"#000\"\n[dark]\nbg = \"#111\"\nink = \"#eee\"\n[sizes]\nsans = 'A, \"B C\"'\n";

    fn said(own: &str) -> (String, Vec<String>) {
        let mut findings = Vec::new();
        let css = css(BUILT_IN, Some(("themes/x/theme.toml", own)), &mut findings);
        (
            css,
            findings
                .into_iter()
                .map(|finding| format!("{} {}", finding.check.name, finding.message))
                .collect(),
        )
    }

    #[test]
    fn a_theme_sets_single_tokens() {
        let (css, findings) = said("about = \"Ours\"\n[light]\nink = \"#333\"\n");
        assert_eq!(findings, Vec::<String>::new());
        assert_eq!(
            css,
            ":root{color-scheme:light dark;--bg:#fff;--ink:#333;--sans:A, \"B C\"}\n\
             @media screen and (prefers-color-scheme:dark){:root{--bg:#111;--ink:#eee}}\n"
        );
    }

    #[test]
    fn slips_are_told_and_leave_the_built_in_value() {
        for (own, told) in [
            ("[light]\nimk = \"#333\"\n", "theme-broken there is no token \"imk\" in [light]"),
            (
                "[light]\nink = \"dark blue\"\n",
                "theme-broken \"dark blue\" is not a colour that can be used here",
            ),
            (
                "[sizes]\nsans = \"x} body{display:none\"\n",
                "theme-broken the value of \"sans\" cannot stand in a style sheet",
            ),
            (
                "[sizes]\nsans = \"url(a)\"\n",
                "theme-broken the value of \"sans\" cannot stand in a style sheet",
            ),
            ("[colors]\nink = \"#333\"\n", "key-unknown"),
        ] {
            let (css, findings) = said(own);
            assert!(findings.len() == 1 && findings[0].starts_with(told), "{own}: {findings:?}");
            assert!(css.contains("--ink:#000;--sans:A, \"B C\""), "{css}");
        }
        let (_, findings) = said("[light]\nink = \"#aaa\"\n");
        assert_eq!(findings, ["theme-contrast in [light], ink is hard to tell from bg: 2.3 to 1"]);
        let (_, findings) = said("[dark]\nbg = \"#ddd\"\n");
        assert_eq!(findings, ["theme-contrast in [dark], ink is hard to tell from bg: 1.2 to 1"]);
    }
}
