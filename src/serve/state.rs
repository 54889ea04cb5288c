//! What the server knows at the moment: the pages it can show, and what there is to say of the book.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::press::Press;
use crate::diag::{Finding, Level, worst};
use crate::source::Sources;

/// What there is to say of the book as it was last read.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// Grows with each news; 0 as long as there are none.
    pub version: u64,
    /// How often the book was read and found changed.
    pub build: u64,
    /// Whether its pages are shown; otherwise those of an earlier state are, if there are any.
    pub is_shown: bool,
    /// Whether everything is looked at: the findings are those of `cxbook check`.
    pub is_final: bool,
    /// Why the book could not be read at all; empty when it could.
    pub trouble: String,
    /// What was found, as it may be shown.
    pub findings: Vec<Finding>,
    /// The files the findings speak of.
    pub sources: Arc<Sources>,
}

impl News {
    /// Whether an error is among the findings, or the book could not be read.
    pub fn is_broken(&self) -> bool {
        !self.trouble.is_empty() || worst(&self.findings) == Some(Level::Error)
    }
}

/// Called with each news.
pub type Listener = dyn Fn(&News) + Send + Sync;

/// Shared by everything that runs.
pub(super) struct Shared {
    inner: Mutex<Inner>,
    version: watch::Sender<u64>,
    stopped: AtomicBool,
    listener: Box<Listener>,
}

#[derive(Default)]
struct Inner {
    /// The pages of the book as it is, or was when it last had pages.
    current: Option<Press>,
    /// The pages of the last state that was without an error from one end to the other.
    whole: Option<Press>,
    news: Arc<News>,
}

impl Shared {
    pub(super) fn new(listener: Box<Listener>) -> Self {
        let (version, _) = watch::channel(0);
        Self { inner: Mutex::default(), version, stopped: AtomicBool::new(false), listener }
    }

    /// A thread that died holding the lock left whole values behind: each change is one assignment.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends everything.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        let mut inner = self.inner();
        for press in [inner.current.take(), inner.whole.take()].into_iter().flatten() {
            press.leave();
        }
        drop(inner);
        self.version.send_modify(|version| *version += 1);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Tells when there are news.
    pub(super) fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    pub(super) fn news(&self) -> Arc<News> {
        Arc::clone(&self.inner().news)
    }

    /// The pages to show, and those to fall back on for a page that cannot be shown.
    pub(super) fn presses(&self) -> (Option<Press>, Option<Press>) {
        let inner = self.inner();
        (inner.current.clone(), inner.whole.clone())
    }

    /// The book cannot be shown as it is; what was shown before stays.
    pub(super) fn tell(&self, news: News) {
        self.publish(self.inner(), news);
    }

    /// A state of the book has pages.
    pub(super) fn show(&self, press: Press, news: News) {
        let mut inner = self.inner();
        if self.is_stopped() {
            return;
        }
        if let Some(older) = inner.current.replace(press) {
            let is_last_whole = inner.whole.as_ref().is_some_and(|whole| whole.id() == older.id());
            if !is_last_whole {
                older.leave();
            }
        }
        self.publish(inner, news);
    }

    /// All pages of a state were made and looked at. One that is no longer shown has nothing to say.
    pub(super) fn finish(&self, id: u64, news: News) {
        let mut inner = self.inner();
        let Some(current) = inner.current.clone().filter(|current| current.id() == id) else { return };
        if !news.is_broken() {
            let older = inner.whole.replace(current);
            if let Some(older) = older.filter(|older| older.id() != id) {
                older.leave();
            }
        }
        // Meanwhile the book may have been read again and found broken: what is older says nothing about that.
        if news.build >= inner.news.build {
            self.publish(inner, news);
        }
    }

    fn publish(&self, mut inner: MutexGuard<'_, Inner>, news: News) {
        let version = inner.news.version + 1;
        let news = Arc::new(News { version, ..news });
        inner.news = Arc::clone(&news);
        drop(inner);
        (self.listener)(&news);
        self.version.send_modify(|version| *version += 1);
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("news", &self.news().version).finish_non_exhaustive()
    }
}
