//! Names of editions, channels and aliases: one folder each at the root of the whole site.

/// Names at the root that mean something else.
const TAKEN: [&str; 11] = [
    "assets", "next", "preview", "editions", "versions", "index", "404", "robots", "sitemap", "current",
    "site",
];

/// Where a built book is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Kept as it is, for ever.
    Edition(String),
    /// What comes next: built again and again.
    Next,
    /// A preview of somebody's work: built again and again.
    Preview(String),
}

impl Spot {
    /// Reads `2026-q3`, `next` or `preview/NAME`.
    ///
    /// # Errors
    /// Why the name cannot be used, as a sentence.
    pub fn parse(name: &str) -> Result<Self, String> {
        if name == "next" {
            return Ok(Self::Next);
        }
        if let Some(preview) = name.strip_prefix("preview/") {
            return check_name(preview).map(|()| Self::Preview(preview.to_owned()));
        }
        check_name(name).map(|()| Self::Edition(name.to_owned()))
    }

    /// Its folder in the whole site.
    pub fn folder(&self) -> String {
        match self {
            Self::Edition(id) => id.clone(),
            Self::Next => "next".to_owned(),
            Self::Preview(name) => format!("preview/{name}"),
        }
    }

    /// The way from its folder to the root of the whole site.
    pub fn root(&self) -> &'static str {
        match self {
            Self::Edition(_) | Self::Next => "../",
            Self::Preview(_) => "../../",
        }
    }

    /// Whether its bytes may never change.
    pub fn is_frozen(&self) -> bool {
        matches!(self, Self::Edition(_))
    }

    /// For readers: "Edition 2026-q3".
    pub fn title(&self) -> String {
        match self {
            Self::Edition(id) => format!("Edition {id}"),
            Self::Next => "Next edition".to_owned(),
            Self::Preview(name) => format!("Preview {name}"),
        }
    }
}

/// Whether an edition, a preview or an alias may have this name: it is a folder on every kind of disk and host.
///
/// # Errors
/// Why not, as a sentence.
pub fn check_name(name: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let allowed = name.bytes().all(|byte| plain(byte) || b"._-".contains(&byte));
    let whole = name.bytes().next().is_some_and(plain) && name.bytes().next_back().is_some_and(plain);
    if !allowed || !whole || name.len() > 64 || name.contains("..") {
        return Err(format!(
            "\"{name}\" cannot be the name of an edition; use up to 64 lower-case letters, digits, hyphens and dots, like \
             2026-q3"
        ));
    }
    let stem = name.split('.').next().unwrap_or(name);
    let device = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device = device.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if TAKEN.contains(&stem) || matches!(stem, "con" | "prn" | "aux" | "nul") || device {
        return Err(format!("\"{name}\" has a meaning of its own; choose another name, like 2026-q3"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folders_everywhere() {
        for good in ["2026-q3", "v1.2", "1", "latest", "a_b"] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            ".",
            "..",
            "a..b",
            ".cx",
            "-a",
            "a-",
            "a/b",
            "A",
            "a b",
            "é",
            "assets",
            "next",
            "preview",
            "con",
            "aux.1",
            "com1",
            "lpt9.x",
            "index.html",
            "versions.json",
            "404.html",
            &long,
            "a\n",
        ] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn channels_are_told_from_editions() {
        assert_eq!(Spot::parse("next"), Ok(Spot::Next));
        assert_eq!(Spot::parse("preview/fix-1"), Ok(Spot::Preview("fix-1".into())));
        assert_eq!(Spot::parse("2026-q3"), Ok(Spot::Edition("2026-q3".into())));
        for bad in ["preview/", "preview/a/b", "preview", "next/x", "preview/../a"] {
            assert!(Spot::parse(bad).is_err(), "{bad}");
        }
    }
}
