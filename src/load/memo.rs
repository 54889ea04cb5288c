//! What reading a book keeps for the next time.

use std::sync::Arc;

use super::draft::RawPage;
use crate::diag::{Finding, Outcome};
use crate::memo::Kept;
use crate::metrics::Measured;
use crate::model::{MetricId, PageId, Section};
use crate::source::{Content, SourcePath};
use crate::tree::Node;

/// Pages and lists by their files, numbers by metric.
#[derive(Debug)]
pub struct Memo {
    /// What a page's file says.
    pub(super) pages: Kept<SourcePath, PageFile, Arc<Outcome<Option<RawPage>>>>,
    /// What a YAML file says.
    pub(super) lists: Kept<SourcePath, Content, Arc<Result<Node, Finding>>>,
    /// What the exports of a metric come to.
    pub(super) metrics: Kept<MetricId, Exports, Arc<Outcome<Measured>>>,
}

/// A file and the page that it is to become.
type PageFile = (Content, Section, PageId);

/// All that a metric's numbers are counted from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exports {
    /// The definition with all its parts and places.
    pub(super) definition: String,
    /// The files it names.
    pub(super) files: Vec<(SourcePath, Content)>,
    /// The tables of the book: a file that is missing is looked for among them.
    pub(super) tables: Arc<[SourcePath]>,
}

impl Memo {
    /// One that keeps what is read, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self { pages: Kept::new(keeps), lists: Kept::new(keeps), metrics: Kept::new(keeps) }
    }

    /// A new state of the book is read.
    pub fn begin(&self) {
        self.pages.begin();
        self.lists.begin();
        self.metrics.begin();
    }

    /// How many pages were read so far.
    pub fn pages_read(&self) -> u64 {
        self.pages.made()
    }

    /// How many YAML files were read so far.
    pub fn lists_read(&self) -> u64 {
        self.lists.made()
    }

    /// How many metrics were counted so far.
    pub fn metrics_counted(&self) -> u64 {
        self.metrics.made()
    }
}
