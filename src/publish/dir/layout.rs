//! Names in a target folder.

use std::path::Path;

use crate::editions::is_generation;

/// Everything of ours but the link.
pub(super) const OWN: &str = ".cx";
/// Says that the folder is ours.
pub(super) const FORMAT: &str = ".cx/format.json";
/// The same while it is being written.
pub(super) const FORMAT_NEW: &str = ".cx/format.new";
/// What it says.
pub(super) const FORMAT_TEXT: &str = "{\"cxbook\":\"dir\",\"schema\":1}\n";
/// One publisher at a time.
pub(super) const LOCK: &str = ".cx/lock";
/// One folder for each generation.
pub(super) const RELEASES: &str = ".cx/releases";
/// What the web server shows.
pub(super) const CURRENT: &str = "current";
/// The link that is renamed over it.
pub(super) const NEXT: &str = ".cx/next";
/// In a release: what readers see.
pub(super) const SITE: &str = "site";
/// End of the name of a release that is not whole.
pub(super) const PARTIAL: &str = ".partial";

/// Where `current` leads for a release, seen from the target's folder.
pub(super) fn way_to(name: &str) -> String {
    format!("{RELEASES}/{name}/{SITE}")
}

/// The release that a link leads to, if it is one of ours.
pub(super) fn name_in(link: &Path) -> Option<String> {
    let text = link.to_str()?;
    let name = text.strip_prefix(RELEASES)?.strip_prefix('/')?.strip_suffix(SITE)?.strip_suffix('/')?;
    is_generation(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_links_are_read() {
        assert_eq!(name_in(Path::new(&way_to("12-ab3"))).as_deref(), Some("12-ab3"));
        for other in
            ["/etc", ".cx/releases/../x/site", ".cx/releases/12-ab.partial/site", ".cx/releases/a-b/site", ""]
        {
            assert_eq!(name_in(Path::new(other)), None, "{other}");
        }
    }
}
