//! Names of things. Each kind of name has its own type, so that a team cannot be looked up among the metrics.

use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a name that was checked where it was read.
            pub fn new(name: &str) -> Self {
                Self(Arc::from(name))
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A team: the name of its file in `teams/`.
    TeamId;
    /// A stage of the journey: its `id` in `journey.yaml`.
    StageId;
    /// A metric: the name of its file in `metrics/`.
    MetricId;
    /// An action: the path of its file in `actions/`.
    ActionId;
    /// A story: the path of its file in `stories/`.
    StoryId;
    /// A role: the path of its file in `roles/`.
    RoleId;
    /// A figure with its small print: its `id` in `claims.yaml`.
    ClaimId;
    /// A blocker: its `id` in `blockers.yaml`.
    BlockerId;
    /// An assignment: its `id` in `assignments.yaml`.
    AssignmentId;
    /// A goal: its `id` in `strategy.yaml`.
    GoalId;
    /// A page: the path of its file below its kind's folder, without `.md`.
    PageId;
    /// A term of the glossary, as it is used in links.
    TermId;
    /// A learning path: the name of its file in `paths/`.
    PathId;
    /// A value of a split, such as a region, as the export writes it.
    SplitValue;
}

/// Whether a name can be an id and a part of a web address on every host: lower-case letters of any script, digits, `-`,
/// `_`, `.` inside, folders parted by `/`.
pub fn is_valid_id(name: &str) -> bool {
    let part_is_valid = |part: &str| {
        !part.is_empty()
            && part.len() <= 120
            && !part.starts_with(['.', '-'])
            && !part.ends_with('.')
            && part
                .chars()
                .all(|c| c == '-' || c == '_' || c == '.' || (c.is_alphanumeric() && !c.is_uppercase()))
            && !is_reserved(part)
    };
    name.len() <= 240 && name.split('/').all(part_is_valid)
}

/// Names that Windows gives to devices cannot be files in a shared folder.
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    matches!(stem, "con" | "prn" | "aux" | "nul")
        || stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"))
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|digit| ('1'..='9').contains(&digit)))
}

/// A readable id made from any text: lower case, words joined by hyphens. Empty when the text has no letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A word or a phrase with a capital first letter, for readers.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_on_every_host() {
        for good in ["nps", "field-installation", "agile/continuous-delivery", "größe", "q_1", "v1.2"] {
            assert!(is_valid_id(good), "{good}");
        }
        for bad in [
            "", "NPS", "a b", "../x", "a//b", "/a", "con", "aux.md", "com1", "-a", ".hidden", "a?b", "a\\b",
            "x.",
        ] {
            assert!(!is_valid_id(bad), "{bad}");
        }
    }

    #[test]
    fn slugs_are_ids_or_empty() {
        assert_eq!(slug("First-contact resolution (%)"), "first-contact-resolution");
        assert_eq!(slug("Über uns"), "über-uns");
        assert_eq!(slug("!!!"), "");
    }
}
