//! book.toml as plain values, defaults filled in.

use std::collections::BTreeMap;

use super::{Date, Locale, RuleSet};
use crate::diag::{Level, Located};

/// The settings of a book. Every field holds the value in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: Option<String>,
    /// Who writes it: roles or departments.
    pub authors: Vec<String>,
    /// Language tag of the pages.
    pub language: String,
    /// Folder of the content, without a slash at its end.
    pub src: String,
    /// Folder `build` writes to, relative to the book.
    pub build_dir: String,
    /// Name of the theme: `default`, or a folder in `themes/`.
    pub theme: Located<String>,
    /// Address of the site, for the feed, the sitemap and the page for missing pages; ends with a slash.
    pub site_url: Option<String>,
    /// Whether straight quotes and dashes are made typographic.
    pub smart_punctuation: bool,
    /// The company.
    pub company: Option<String>,
    /// The vision for the customer.
    pub vision: Option<String>,
    /// A line that stands on every page.
    pub notice: Option<String>,
    /// Address for "report a problem".
    pub contact: Option<String>,
    /// Metrics of the home page, in order; still names.
    pub headline: Vec<Located<String>>,
    /// Days after which the next conversation with a customer is due.
    pub talk_due: i32,
    /// Days after which the last conversation is stale.
    pub talk_stale: i32,
    /// Months after which a page should be read through again.
    pub review_after: i32,
    /// The date the book speaks for.
    pub as_of: Option<Date>,
    /// A score based on fewer answers is hidden.
    pub min_answers: u64,
    /// The same for one group of a split.
    pub min_answers_split: u64,
    /// What is said of a quote's customer must match at least so many people.
    pub min_people_quote: u64,
    /// Whether a quote needs a second person's yes in every build, not only in an edition.
    pub second_person: bool,
    /// For each kind of customer the broader one above it, both as [`super::slug`] spells them.
    pub hierarchies: BTreeMap<String, String>,
    /// How the broader kinds are written.
    pub hierarchy_names: BTreeMap<String, String>,
    /// Which rules tell a signal from noise.
    pub rules: RuleSet,
    /// Month in which the financial year begins, 1 to 12.
    pub financial_year_start: u8,
    /// Where editions are published, by name.
    pub publish: BTreeMap<String, PublishTo>,
    /// Levels that differ from a check's default; `None` turns a check off.
    pub check_levels: BTreeMap<String, Option<Level>>,
}

/// A place that editions are published to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishTo {
    /// `dir:PATH`, `git:ADDRESS#BRANCH`, `bundle:FILE`, `s3://BUCKET/FOLDER`, `gs://BUCKET/FOLDER` or `az://CONTAINER/FOLDER`.
    pub target: String,
    /// Aliases that lead to every new edition.
    pub aliases: Vec<String>,
    /// How many editions `prune` keeps.
    pub keep_last: Option<usize>,
    /// Most megabytes that an edition may have.
    pub max_edition_mb: Option<u64>,
    /// Whether a branch keeps no history.
    pub squash: bool,
}

impl Config {
    /// Fewest answers a published score may rest on, whatever book.toml says.
    pub const LOWEST_MIN_ANSWERS: u64 = 5;
    /// Fewest answers a published group of a split may rest on, whatever book.toml says.
    pub const LOWEST_MIN_ANSWERS_SPLIT: u64 = 10;
    /// Fewest people a quote's customer may be one of, unless book.toml says otherwise.
    pub const MIN_PEOPLE_QUOTE: u64 = 10;
    /// The same, whatever book.toml says.
    pub const LOWEST_MIN_PEOPLE_QUOTE: u64 = 3;

    /// A kind of customer as the hierarchy writes it.
    pub fn hierarchy_name(&self, slug: &str) -> String {
        self.hierarchy_names.get(slug).cloned().unwrap_or_else(|| slug.to_owned())
    }

    /// How the book's language writes numbers and dates.
    pub fn locale(&self) -> Locale {
        Locale::of(&self.language)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled book".to_owned(),
            description: None,
            authors: Vec::new(),
            language: "en".to_owned(),
            src: "content".to_owned(),
            build_dir: "site".to_owned(),
            theme: Located::new("default".to_owned(), crate::diag::Place::file("book.toml")),
            site_url: None,
            smart_punctuation: false,
            company: None,
            vision: None,
            notice: None,
            contact: None,
            headline: Vec::new(),
            talk_due: 30,
            talk_stale: 90,
            review_after: 12,
            as_of: None,
            min_answers: Self::LOWEST_MIN_ANSWERS,
            min_answers_split: Self::LOWEST_MIN_ANSWERS_SPLIT,
            min_people_quote: Self::MIN_PEOPLE_QUOTE,
            second_person: false,
            hierarchies: BTreeMap::new(),
            hierarchy_names: BTreeMap::new(),
            rules: RuleSet::default(),
            financial_year_start: 4,
            publish: BTreeMap::new(),
            check_levels: BTreeMap::new(),
        }
    }
}
