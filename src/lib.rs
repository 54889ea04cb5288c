//! cxbook turns a folder of playbooks, anonymized customer quotes and metric exports into a versioned internal microsite.
//!
//! The stages, in order; each has its own type and names only modules above it in this list:
//!
//! 1. [`source`], [`system`]: the files of a book as bytes; the only door to disk, clock and environment. [`memo`]: results that a later
//!    run takes over.
//! 2. [`diag`]: findings, the one way anything is said to an author. [`output`]: the finished site as a map.
//! 3. [`tree`], [`model`], [`config`]: what YAML and TOML say, the words of the field as types, book.toml.
//! 4. [`metrics`], [`markdown`]: exports to honest numbers; text to outline and HTML.
//! 5. [`load`]: sources to a draft, a draft to a [`model::Book`]; it never fails, broken parts become findings.
//! 6. [`pictures`]: containers written anew without notes. [`privacy`]: the gate. Below it nothing can reach a raw quote or a small group.
//! 7. [`check`]: what is worth mending in a book that can be built.
//! 8. [`charts`], [`search`], [`theme`], [`editions`], [`site`]: pictures, the search index, templates, what a published site is made of, pages.
//! 9. [`pipeline`]: all of the above on one screen. [`cache`]: sites that were made before. [`lsp`]: the same while an author types. [`folder`], [`watch`], [`serve`]: a
//!    book on disk, its changes, the live preview. [`publish`]: targets. [`cli`]: the command line.

pub mod source;
pub mod system;

pub mod memo;

pub mod diag;
pub mod output;

pub mod tree;

pub mod model;

pub mod config;

pub mod metrics;

pub mod markdown;

pub mod load;

pub mod pictures;

pub mod privacy;

pub mod starter;
pub mod tidy;

pub mod links;
pub mod live;

pub mod check;

pub mod charts;

pub mod search;

pub mod theme;

pub mod editions;

pub mod site;

pub mod pipeline;

pub mod cache;

pub mod lsp;

pub mod folder;

pub mod watch;

pub mod serve;

pub mod publish;

pub mod cli;
