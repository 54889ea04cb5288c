//! The door to the network: one thread, and a bound for everything a caller could make large or slow.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::answer::Desk;

/// Connections kept at a time. The oldest makes room, so that nobody can keep an author out; a browser comes back by itself.
const MOST_CONNECTIONS: usize = 128;

/// Forms that are made at a time. Each reads the book, and others wait for their turn.
const READERS: usize = 4;

/// How long a caller may take to say what is wanted, and a connection may wait for the next request.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of the head of a request, and how many headers.
const LARGEST_HEAD: usize = 32 * 1024;
const MOST_HEADERS: usize = 64;

/// Pause when no connection can be taken: all numbers of files are in use.
const PAUSE: Duration = Duration::from_millis(50);

/// What is sent: a whole file, or events as they come.
#[derive(Debug)]
pub(super) enum Sent {
    Whole(Option<Bytes>),
    Live(mpsc::Receiver<Bytes>),
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Live(events) => {
                events.poll_recv(context).map(|event| event.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Live(_) => SizeHint::default(),
        }
    }
}

/// Reads what a caller sends besides the head.
///
/// # Errors
/// When it is longer than `most` bytes, breaks off, or takes too long.
pub(super) async fn body(mut incoming: Incoming, most: usize) -> Result<Vec<u8>, ()> {
    let all = async {
        let mut bytes = Vec::new();
        while let Some(frame) =
            std::future::poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await
        {
            let data = frame.map_err(|_| ())?.into_data().unwrap_or_default();
            if bytes.len() + data.len() > most {
                return Err(());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes)
    };
    tokio::time::timeout(PATIENCE, all).await.map_err(|_| ())?
}

/// Answers until the server is stopped.
///
/// # Errors
/// When the network cannot be used.
pub(super) fn run(listener: TcpListener, desk: Desk) -> io::Result<()> {
    let runtime =
        Builder::new_current_thread().enable_io().enable_time().max_blocking_threads(READERS).build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let mut versions = desk.shared.versions();
        let desk = Arc::new(desk);
        let shared = Arc::clone(&desk.shared);
        tokio::spawn(accept(listener, desk));
        while !shared.is_stopped() && versions.changed().await.is_ok() {}
        Ok(())
    })
}

async fn accept(listener: tokio::net::TcpListener, desk: Arc<Desk>) {
    let open = Arc::new(Mutex::new(Open::default()));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => connect(stream, &desk, &open),
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Connections that are open, by age.
#[derive(Default)]
struct Open {
    next: u64,
    tasks: BTreeMap<u64, AbortHandle>,
}

fn connect(stream: tokio::net::TcpStream, desk: &Arc<Desk>, open: &Arc<Mutex<Open>>) {
    let _ = stream.set_nodelay(true);
    let desk = Arc::clone(desk);
    let answer = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { Ok::<_, Infallible>(desk.answer(request).await) }
    });
    let lock = |open: &Mutex<Open>, work: &mut dyn FnMut(&mut Open)| {
        work(&mut open.lock().unwrap_or_else(PoisonError::into_inner));
    };
    let mut number = 0;
    lock(open, &mut |open| {
        number = open.next;
        open.next += 1;
    });
    let own = Arc::clone(open);
    let task = tokio::spawn(async move {
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(LARGEST_HEAD)
            .max_headers(MOST_HEADERS);
        // Whatever goes wrong with one connection is the caller's.
        let _ = builder.serve_connection(TokioIo::new(stream), answer).await;
        lock(&own, &mut |open| _ = open.tasks.remove(&number));
    });
    lock(open, &mut |open| {
        open.tasks.insert(number, task.abort_handle());
        if open.tasks.len() > MOST_CONNECTIONS
            && let Some((_, oldest)) = open.tasks.pop_first()
        {
            oldest.abort();
        }
    });
}
