//! The pages of one state of the book: each is made when somebody asks for it, the rest behind their backs.
//!
//! A state lives on the stack of a thread of its own, which answers orders until nobody shows it any more. So a page is served
//! before the other thousands are made, and every value is borrowed from the one that went before, as in a build.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, OnceLock};
use std::thread;

use hyper::body::Bytes;
use tokio::sync::oneshot;

use super::state::{News, Shared};
use crate::diag::{Finding, Level, Outcome, worst};
use crate::output::Output;
use crate::pipeline::{self, Memo, Options};
use crate::privacy::PublicBook;
use crate::privacy::output::Look;
use crate::site::Renderer;
use crate::source::Sources;

/// As much stack as a program's first thread has: hostile nesting is met at the same depth as in a build.
const STACK: usize = 8 * 1024 * 1024;

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made {
    /// The file.
    File(Bytes),
    /// The site has no such file.
    Missing,
    /// It has one that may not be shown: the template is broken, or something private stands in it.
    Refused,
}

struct Order {
    path: String,
    reply: oneshot::Sender<Made>,
}

/// The way to the pages of one state.
#[derive(Clone)]
pub(super) struct Press {
    id: u64,
    orders: Sender<Option<Order>>,
    is_wanted: Arc<AtomicBool>,
    /// What a page of our own needs to look like one of the book.
    pub(super) look: Arc<BookLook>,
}

/// How the book looks and is called.
#[derive(Debug, Default)]
pub(super) struct BookLook {
    pub(super) title: String,
    /// Paths of the style sheets of every page.
    pub(super) styles: Vec<String>,
    /// Path of its icon.
    pub(super) icon: String,
}

impl Press {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// Orders a file.
    pub(super) async fn file(&self, path: &str) -> Made {
        let (reply, answer) = oneshot::channel();
        let order = Order { path: path.to_owned(), reply };
        if self.orders.send(Some(order)).is_err() {
            return Made::Refused;
        }
        answer.await.unwrap_or(Made::Refused)
    }

    /// Nobody shows it any more.
    pub(super) fn leave(&self) {
        self.is_wanted.store(false, Ordering::Relaxed);
        let _ = self.orders.send(None);
    }
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Press").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Which state of the book it is.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Reads a state of the book and shows it when it can be shown. Returns as soon as that is decided.
pub(super) fn start(
    shared: &Arc<Shared>,
    (sources, options): (Arc<Sources>, Options),
    memo: Arc<Memo>,
    build: u64,
) {
    memo.begin();
    let (decided, decision) = mpsc::sync_channel(1);
    let news = News { build, sources: Arc::clone(&sources), ..News::default() };
    let job = Job { shared: Arc::clone(shared), sources, options, memo, news: news.clone() };
    let spawned =
        thread::Builder::new().name("press".to_owned()).stack_size(STACK).spawn(move || job.run(&decided));
    // The other end is closed without a word when the thread dies of a fault of ours.
    if spawned.is_err() || decision.recv().is_err() {
        let trouble = "cxbook stumbled over the book as it is now. Undo the last change, and please report what it was."
            .to_owned();
        shared.tell(News { trouble, ..news });
    }
}

struct Job {
    shared: Arc<Shared>,
    sources: Arc<Sources>,
    options: Options,
    memo: Arc<Memo>,
    news: News,
}

impl Job {
    fn run(&self, decided: &SyncSender<()>) {
        let book = pipeline::public_book_with(&self.sources, &self.options, &self.memo);
        let theme = pipeline::theme_with(&book, &self.sources, &self.memo);
        let planned = pipeline::planned(&book, &theme, &self.sources, &self.options);
        let findings = planned.findings;
        let Some(site) = planned.value else {
            self.shared.tell(News { findings, is_final: true, ..self.news.clone() });
            let _ = decided.send(());
            return;
        };
        let renderer = Renderer::new(&site, &theme.value, &self.memo.site);
        let config = book.value.config();
        let look = BookLook {
            title: config.title.clone(),
            icon: theme.value.asset("icon.svg"),
            styles: theme.value.names(".css", "page", false).map(|name| theme.value.asset(name)).collect(),
        };
        let (orders, ordered) = mpsc::channel();
        let press = Press {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            orders,
            is_wanted: Arc::new(AtomicBool::new(true)),
            look: Arc::new(look),
        };
        let (id, is_wanted) = (press.id, Arc::clone(&press.is_wanted));
        let all = OnceLock::new();
        let news = News { findings: findings.clone(), is_shown: true, ..self.news.clone() };
        thread::scope(|scope| {
            self.shared.show(press, news);
            let _ = decided.send(());
            let background = || {
                if let Some(findings) = self
                    .make_all(&renderer, &book.value, &findings, &all, &|| is_wanted.load(Ordering::Relaxed))
                {
                    let news = News { findings, is_shown: true, is_final: true, ..self.news.clone() };
                    self.shared.finish(id, news);
                }
            };
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, background);
            self.answer(&ordered, &renderer, &book.value, &all);
        });
    }

    /// Answers orders until nobody shows these pages any more.
    fn answer(
        &self,
        ordered: &Receiver<Option<Order>>,
        renderer: &Renderer<'_>,
        book: &PublicBook,
        all: &OnceLock<Output>,
    ) {
        let paths = paths(renderer);
        let look = Look::new(&paths, book, &self.sources, &self.memo.privacy);
        for order in ordered {
            let Some(Order { path, reply }) = order else { return };
            let made = match all.get() {
                Some(all) => {
                    all.get(&path).map_or(Made::Missing, |bytes| Made::File(Bytes::copy_from_slice(bytes)))
                }
                None => match renderer.file(&path) {
                    None => Made::Missing,
                    Some(Err(_)) => Made::Refused,
                    // Nothing leaves that was not read a second time, not even to its author.
                    Some(Ok(bytes)) if look.at(&[(&path, &bytes)]).is_empty() => {
                        Made::File(Bytes::copy_from_slice(&bytes))
                    }
                    Some(Ok(_)) => Made::Refused,
                },
            };
            let _ = reply.send(made);
        }
    }

    /// Makes all files and looks at them as `build` does; `None` when nobody wants them any more.
    fn make_all(
        &self,
        renderer: &Renderer<'_>,
        book: &PublicBook,
        before: &[Finding],
        all: &OnceLock<Output>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Finding>> {
        let Outcome { value: output, findings } = behind(|| renderer.all(go_on))?;
        let seen = if go_on() {
            behind(|| Look::new(&output, book, &self.sources, &self.memo.privacy).at_all())
        } else {
            return None;
        };
        let found = before.iter().cloned().chain(findings).chain(seen).collect();
        let findings = pipeline::settle(book, &self.sources, found);
        if worst(&findings) < Some(Level::Error) {
            let _ = all.set(output);
        }
        Some(findings)
    }
}

/// Does work beside the threads that read the next change: somebody waits for those.
fn behind<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    let pool = POOL.get_or_init(|| {
        let threads = thread::available_parallelism().map_or(1, |all| all.get().div_ceil(2));
        rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().ok()
    });
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Which files the site has, with the bytes of assets.
fn paths(renderer: &Renderer<'_>) -> Output {
    let mut paths = Output::default();
    for (path, bytes) in renderer.paths() {
        // The look asks for the bytes of assets alone; pictures are large.
        let bytes = bytes.filter(|_| path.starts_with("assets/")).unwrap_or_default();
        let _ = paths.insert(path.to_owned(), bytes.to_vec());
    }
    paths
}
