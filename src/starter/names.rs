//! Names that somebody typed, and the ids they get: readable, unique, fit for a file on every system.

use std::collections::BTreeSet;

use crate::model::{is_valid_id, slug};
use crate::privacy::detect::{Kind as Found, scan};

/// Most characters of a name: longer ones are sentences.
const LONGEST_NAME: usize = 80;
/// About so many characters of a name become its id.
const LONGEST_ID: usize = 60;

/// A name and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As readers see it.
    pub name: String,
    /// As files call it.
    pub id: String,
}

/// Kinds of metrics the starter has a definition for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Net Promoter Score.
    Nps,
    /// Satisfaction, from 1 to 5.
    Csat,
    /// Effort, from 1 to 7.
    Ces,
    /// A share in per cent.
    Share,
}

impl Kind {
    /// All kinds with their words.
    pub const WORDS: [(&'static str, Self); 4] =
        [("nps", Self::Nps), ("csat", Self::Csat), ("ces", Self::Ces), ("share", Self::Share)];

    /// The word in definitions.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("csat", |(word, _)| word)
    }

    /// What a name most likely means; satisfaction where nothing in it tells.
    fn of_name(name: &str) -> Self {
        let name = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["nps", "promoter", "recommend", "weiterempf"]) {
            Self::Nps
        } else if has(&["ces", "effort", "ease", "easy", "aufwand"]) && !has(&["process", "success"]) {
            Self::Ces
        } else if has(&["share", "percent", "%", "rate of", "anteil", "resolution"]) {
            Self::Share
        } else {
            Self::Csat
        }
    }
}

/// A metric somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name and id.
    pub named: Named,
    /// What it is.
    pub kind: Kind,
}

/// Names as typed, with ids nobody else in the list has. Blank names and repeated ones are dropped.
///
/// # Errors
/// A sentence for the author, when a name cannot be used. `noun` is what one of them is: "team".
pub fn named(noun: &str, typed: &[String]) -> Result<Vec<Named>, String> {
    let (mut found, mut ids, mut seen) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for typed in typed {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || !seen.insert(name.to_lowercase()) {
            continue;
        }
        if name.chars().any(char::is_control) || name.chars().count() > LONGEST_NAME {
            let start: String = name.chars().filter(|one| !one.is_control()).take(30).collect();
            return Err(format!(
                "the name of a {noun} is at most {LONGEST_NAME} characters in one line; \"{start}...\" is not"
            ));
        }
        let Some(id) = unique(&name, noun, &ids) else {
            return Err(format!("\"{name}\" cannot be the name of a {noun}: it has no letter and no digit"));
        };
        ids.insert(id.clone());
        found.push(Named { name, id });
    }
    if found.is_empty() {
        return Err(format!("the book needs at least one {noun}"));
    }
    Ok(found)
}

/// Metrics as typed: a name, or a name and a kind like `Satisfaction after delivery=csat`.
///
/// # Errors
/// A sentence for the author, when a name or a kind cannot be used.
pub fn metrics(typed: &[String]) -> Result<Vec<Wanted>, String> {
    let (mut names, mut kinds) = (Vec::new(), Vec::new());
    for typed in typed {
        let (name, kind) = match typed.rsplit_once('=') {
            Some((name, word)) => {
                let word = word.trim().to_lowercase();
                let kind = Kind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
                let wrong = || {
                    format!(
                        "\"{typed}\": behind the = stands a kind: nps, csat, ces or share, not \"{word}\""
                    )
                };
                (name.to_owned(), kind.ok_or_else(wrong)?)
            }
            None => (typed.clone(), Kind::of_name(typed)),
        };
        names.push(name.clone());
        kinds.push((name.split_whitespace().collect::<Vec<_>>().join(" "), kind));
    }
    let named = named("metric", &names)?;
    let kind = |name: &str| kinds.iter().find(|(own, _)| own == name).map_or(Kind::Csat, |(_, kind)| *kind);
    Ok(named.into_iter().map(|named| Wanted { kind: kind(&named.name), named }).collect())
}

/// Whether a name looks like a person's. A region such as "Virginia West" can look like one too.
pub fn looks_like_a_person(name: &str) -> bool {
    scan(name).iter().any(|hit| hit.kind == Found::Person)
}

/// An id for a name that none of `taken` is; `None` when the name has no letter and no digit.
pub(super) fn unique(name: &str, noun: &str, taken: &BTreeSet<String>) -> Option<String> {
    let mut id = slug(&plain(name));
    if id.chars().count() > LONGEST_ID {
        let cut: String = id.chars().take(LONGEST_ID).collect();
        id = cut.rsplit_once('-').map_or(cut.clone(), |(whole, _)| whole.to_owned());
    }
    if id.is_empty() {
        return None;
    }
    // A page called index holds the words above a list, and Windows keeps some names for itself.
    // YAML takes some words for something else than text.
    let is_other =
        matches!(&*id, "index" | "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n");
    if is_other || !is_valid_id(&id) {
        id = format!("{}-{noun}", id.trim_end_matches(['-', '.']));
    }
    let mut candidates = std::iter::once(id.clone()).chain((2_u32..).map(|number| format!("{id}-{number}")));
    candidates.find(|candidate| !taken.contains(candidate))
}

/// Letters of European languages without their marks: some systems write "ü" in two ways, and then a file is not found.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'ä' | 'æ' => plain.push_str("ae"),
            'ö' | 'ø' | 'œ' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'å' => plain.push_str("aa"),
            'á' | 'à' | 'â' | 'ã' | 'ą' => plain.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => plain.push('e'),
            'í' | 'ì' | 'î' | 'ï' => plain.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => plain.push('o'),
            'ú' | 'ù' | 'û' => plain.push('u'),
            'ç' | 'ć' => plain.push('c'),
            'ñ' | 'ń' => plain.push('n'),
            'ł' => plain.push('l'),
            'ś' => plain.push('s'),
            'ź' | 'ż' => plain.push('z'),
            '\'' | '’' => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(typed: &[&str]) -> Vec<String> {
        let typed: Vec<String> = typed.iter().map(|&name| name.to_owned()).collect();
        named("team", &typed).unwrap().into_iter().map(|named| named.id).collect()
    }

    #[test]
    fn names_become_ids_of_their_own() {
        assert_eq!(ids(&["Außendienst & Café", "Größe  XL"]), ["aussendienst-cafe", "groesse-xl"]);
        assert_eq!(ids(&["A & B", "A B", "a b", "A+B"]), ["a-b", "a-b-2", "a-b-3"]);
        assert_eq!(ids(&["index", "con", "物流"]), ["index-team", "con-team", "物流"]);
        assert_eq!(ids(&["", "  ", "Sales"]), ["sales"]);
        assert_eq!(
            ids(&[&"word ".repeat(16)]),
            ["word-word-word-word-word-word-word-word-word-word-word-word"]
        );
    }

    #[test]
    fn names_that_are_none_are_refused() {
        let long = "x".repeat(81);
        for (typed, words) in
            [("!!!", "no letter"), ("a\u{7}b", "in one line"), (&*long, "80"), ("", "at least")]
        {
            let refusal = named("team", &[typed.to_owned()]).unwrap_err();
            assert!(refusal.contains(words), "{typed:?}: {refusal}");
        }
    }

    #[test]
    fn kinds_are_guessed_or_told() {
        let kinds = |typed: &[&str]| -> Vec<&str> {
            let typed: Vec<String> = typed.iter().map(|&name| name.to_owned()).collect();
            metrics(&typed).unwrap().iter().map(|wanted| wanted.kind.word()).collect()
        };
        assert_eq!(
            kinds(&["NPS", "Ease of getting help", "Happy?", "Kept=share"]),
            ["nps", "ces", "csat", "share"]
        );
        assert!(metrics(&["Kept=sher".to_owned()]).unwrap_err().contains("nps, csat, ces or share"));
    }
}
