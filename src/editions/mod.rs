//! Editions: what a published site is made of, and how it changes. Nothing here touches a disk or a network.
//!
//! A published site is a folder of **editions**, which are frozen, of **channels** (`next`, `preview/NAME`), which are built
//! again and again, and of **aliases** (`latest`), which lead to an edition. A [`Record`] says which there are, a [`Listing`]
//! holds the digest of every file.
//!
//! A [`Change`] of the site, made from what is there ([`Current`]) and what was built ([`Fresh`]), ends as a [`Plan`]: every
//! file of the next site, and where its bytes come from. All kinds of targets carry out the same plan.

mod alias;
mod change;
mod facts;
mod fresh;
#[cfg(feature = "cloud")]
mod head;
mod listing;
mod manifest;
mod names;
mod news;
mod pages;
mod passage;
mod plan;
mod purge;
mod reach;
mod record;
mod root;
mod versions;
mod within;

pub use change::{Change, Refusal};
pub use facts::{Facts, MetricFacts};
pub use fresh::{About, Fresh};
#[cfg(feature = "cloud")]
pub use head::Head;
pub use listing::{Listing, is_safe_path};
pub use manifest::{Entry, MANIFEST, Manifest, SIGNATURE, TakenOut};
pub use names::{Spot, check_name};
pub use news::{News, NewsItem, Told, markdown, news};
pub use pages::{PageEntry, Pages};
pub use plan::{Plan, Sealer, Source};
pub use purge::{Purge, Wanted, is_read};
pub use reach::{DeadLink, dead_ends, dead_links};
pub use record::{Record, Tree, is_generation, number_of};
pub use root::files as root_files;
pub use versions::Versions;
pub use within::Within;

use std::collections::BTreeMap;

/// Name of the file in an edition that says which pages it has.
pub const PAGES: &str = "pages.json";
/// Name of the file in an edition that the next one is compared with.
pub const FACTS: &str = "edition.json";
/// Page of an edition that says what changed.
pub const CHANGES: &str = "changes.html";
/// The same as text, for a message.
pub const CHANGES_TEXT: &str = "changes.txt";
/// Page of the whole site that lists all editions.
pub const LIST: &str = "editions.html";
/// The one script of the whole site.
pub const SCRIPT: &str = "editions.js";
/// What the script and other programs know of editions.
pub const VERSIONS: &str = "versions.json";

/// What a target holds.
#[derive(Debug, Clone, Default)]
pub struct Current {
    /// Which editions there are, and how they came about.
    pub record: Record,
    /// Every file with its digest.
    pub files: Listing,
    /// The pages of each edition and channel, by folder.
    pub pages: BTreeMap<String, Pages>,
    /// The signature of the record, where it has one.
    pub seal: Option<Vec<u8>>,
}
