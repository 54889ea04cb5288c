//! The live preview: the site of a book from memory, made anew with each change.
//!
//! [`Server`] reads the book ([`crate::folder`]) whenever it changes ([`crate::watch`]). `desk` has each state of it made, `press`
//! answers with the pages of one state, `state` knows which state is shown and what there is to say, `http` is the door to the
//! network, `gate` says who may come in, `answer` finds what was asked for, `live` tells pages of news,
//! `edit` adds an entry.

mod answer;
mod desk;
mod edit;
mod gate;
mod http;
mod live;
mod page;
mod press;
mod reading;
mod state;

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

pub use desk::SharedSystem;
pub use state::{Listener, News};

use crate::pipeline::{Counts, Memo, Options};
use crate::watch::Watch;
use edit::Editor;
use gate::Gate;
use state::Shared;

/// What a server is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder that holds book.toml.
    pub folder: PathBuf,
    /// Where to listen.
    pub address: IpAddr,
    /// At which port; 0 for any that is free.
    pub port: u16,
    /// Further names by which the server may be called.
    pub names: Vec<String>,
    /// What the pages are made with.
    pub options: Options,
    /// Whether nothing may be added in the browser. At another address than loopback nothing may, whatever is said here.
    pub read_only: bool,
    /// Whether the disk is looked at every second, also where the system would tell of changes.
    pub polls: bool,
    /// Whether the date of the run is that of the clock, also after midnight.
    pub follows_clock: bool,
}

/// A running server. It stops when the value goes away.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    is_polling: bool,
    shared: Arc<Shared>,
    memo: Arc<Memo>,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts serving; the book is read behind the caller's back.
    ///
    /// # Errors
    /// A sentence, when the folder is not there or the address cannot be used.
    pub fn start(system: SharedSystem, settings: Settings, listener: Box<Listener>) -> Result<Self, String> {
        let folder = &settings.folder;
        let folder = system
            .real_path(folder)
            .ok_or_else(|| format!("there is no folder {}", settings.folder.display()))?;
        let socket = bind(settings.address, settings.port)?;
        let failed = |error: std::io::Error| format!("the network cannot be used: {error}");
        let address = socket.local_addr().map_err(failed)?;
        socket.set_nonblocking(true).map_err(failed)?;
        let watch = Watch::new(&folder, settings.polls)
            .map_err(|error| format!("changes in {} cannot be seen: {error}", folder.display()))?;
        let is_polling = watch.is_polling();
        let shared = Arc::new(Shared::new(listener));
        let mut options = settings.options;
        options.site_url.get_or_insert_with(|| format!("http://localhost:{}/", address.port()));
        let gate = Gate::new(settings.address, address.port(), &settings.names);
        let editor = (gate.is_loopback() && !settings.read_only).then(|| {
            let (system, options) = (Arc::clone(&system), options.clone());
            Arc::new(Editor::new(system, folder.clone(), options, settings.follows_clock))
        });
        let memo = Arc::new(Memo::new(true));
        let desk = desk::Desk {
            system,
            folder,
            options,
            follows_clock: settings.follows_clock,
            shared: Arc::clone(&shared),
            watch,
            memo: Arc::clone(&memo),
        };
        let answers = answer::Desk { shared: Arc::clone(&shared), gate, editor };
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            thread::Builder::new().name(name.to_owned()).spawn(work).map_err(failed)
        };
        let threads = vec![
            spawn("desk", Box::new(move || desk.run()))?,
            spawn("serve", Box::new(move || _ = http::run(socket, answers)))?,
        ];
        Ok(Self { address, is_polling, shared, memo, threads })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether changes are looked for every second, because the system does not tell of them or it was asked for.
    pub fn is_polling(&self) -> bool {
        self.is_polling
    }

    /// What there is to say of the book at the moment.
    pub fn news(&self) -> Arc<News> {
        self.shared.news()
    }

    /// What was done for all states of the book so far, and not taken over from an earlier one.
    pub fn counts(&self) -> Counts {
        self.memo.counts()
    }

    /// Waits until the server ends, which it does when it is stopped or the network is gone.
    pub fn wait(mut self) {
        for thread in self.threads.drain(..).rev() {
            let _ = thread.join();
            self.shared.stop();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn bind(address: IpAddr, port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((address, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} is in use already, perhaps by another cxbook serve; choose another one, such as --port {}",
            port.saturating_add(1)
        ),
        ErrorKind::PermissionDenied => format!("port {port} may not be used; choose another one, such as --port 3000"),
        _ => format!("{address} port {port} cannot be used: {error}"),
    })
}
