//! A bucket in memory that fails as it is told, a clock that only goes when somebody waits, and a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cxbook::publish::{CloudTarget, StoreAddress};
use cxbook::system::{Clock, Listed, Mark, Objects, Only, Put, Sent, StoreObjects};

pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What goes wrong at a request, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The publisher dies before it is sent.
    DiesBefore,
    /// It is carried out, and the publisher dies before it hears of it.
    DiesAfter,
    /// It is not carried out, and that is said.
    FailsBefore,
    /// It is carried out, and the answer is lost.
    FailsAfter,
    /// It is carried out, then what happens meanwhile, and the answer is lost.
    FailsLate,
    /// It is carried out, and the answer says that something else was there: what a repeated request hears.
    Mistaken,
}

/// Called when the bucket changed.
type Watch = Box<dyn Fn(&StoreObjects) + Send>;
/// Called once, before a request is carried out.
type Meanwhile = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    calls: usize,
    puts: BTreeSet<usize>,
    fault: Option<(usize, Fault)>,
    meanwhile: Option<(usize, Meanwhile)>,
    sent: BTreeMap<String, Sent>,
    watch: Option<Watch>,
    writes: Vec<String>,
}

pub(super) struct Bucket {
    inner: StoreObjects,
    state: Mutex<State>,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bucket")
    }
}

impl Default for Bucket {
    fn default() -> Self {
        Self { inner: StoreObjects::memory(), state: Mutex::default() }
    }
}

impl Bucket {
    /// Counts requests from here on; nothing goes wrong any more.
    pub(super) fn begin(&self) {
        let mut state = self.state.lock().unwrap();
        (state.calls, state.fault, state.meanwhile) = (0, None, None);
        state.puts.clear();
        state.writes.clear();
    }

    pub(super) fn fail_at(&self, call: usize, fault: Fault) {
        self.begin();
        self.state.lock().unwrap().fault = Some((call, fault));
    }

    /// The request before which something happens is carried out before that, and its answer is lost.
    pub(super) fn lose_answer(&self) {
        self.state.lock().unwrap().fault = Some((0, Fault::FailsLate));
    }

    /// The publisher dies at this request, of those that are being counted.
    pub(super) fn die_at(&self, call: usize) {
        self.state.lock().unwrap().fault = Some((call, Fault::DiesBefore));
    }

    /// Lets something happen just before a request is carried out.
    pub(super) fn meanwhile(&self, call: usize, act: impl FnOnce() + Send + 'static) {
        self.begin();
        self.state.lock().unwrap().meanwhile = Some((call, Box::new(act)));
    }

    pub(super) fn watch(&self, watch: impl Fn(&StoreObjects) + Send + 'static) {
        self.state.lock().unwrap().watch = Some(Box::new(watch));
    }

    pub(super) fn calls(&self) -> usize {
        self.state.lock().unwrap().calls
    }

    /// Which requests wrote an object.
    pub(super) fn puts(&self) -> BTreeSet<usize> {
        self.state.lock().unwrap().puts.clone()
    }

    /// Keys in the order in which they were written or removed.
    pub(super) fn writes(&self) -> Vec<String> {
        self.state.lock().unwrap().writes.clone()
    }

    pub(super) fn sent(&self) -> BTreeMap<String, Sent> {
        self.state.lock().unwrap().sent.clone()
    }

    /// All objects, past all faults.
    pub(super) fn all(&self) -> Files {
        all(&self.inner)
    }

    /// What readers can be sent.
    pub(super) fn site(&self) -> Files {
        self.all().into_iter().filter(|(key, _)| !key.starts_with("cx/_cx/")).collect()
    }

    /// Puts an object as somebody else would.
    pub(super) fn plant(&self, key: &str, bytes: &[u8]) {
        let sent = Sent { content_type: "text/plain".into(), cache: "no-cache" };
        match self.inner.get(key).unwrap() {
            Some((_, mark)) => self.inner.put(key, bytes, &sent, Only::IfStill(&mark)).unwrap(),
            None => self.inner.put(key, bytes, &sent, Only::IfAbsent).unwrap(),
        };
    }

    pub(super) fn take(&self, key: &str) {
        self.inner.remove(key).unwrap();
    }

    /// One request; `mistaken` is what a wrong answer says.
    fn request<T>(
        &self,
        is_put: bool,
        act: impl FnOnce() -> io::Result<T>,
        mistaken: Option<T>,
    ) -> io::Result<T> {
        let (call, fault, meanwhile) = {
            let mut state = self.state.lock().unwrap();
            let call = state.calls;
            state.calls += 1;
            if is_put {
                state.puts.insert(call);
            }
            let is_now = state.meanwhile.as_ref().is_some_and(|(at, _)| *at == call);
            (call, state.fault, is_now.then(|| state.meanwhile.take()).flatten())
        };
        if meanwhile.is_some() && matches!(fault, Some((_, Fault::FailsLate))) {
            let done = act();
            meanwhile.into_iter().for_each(|(_, then)| then());
            return done.and_then(|_| Err(io::Error::other("the network broke")));
        }
        if let Some((_, act)) = meanwhile {
            act();
        }
        let broken = || Err(io::Error::other("the network broke"));
        match fault {
            Some((at, Fault::DiesBefore | Fault::FailsBefore)) if call == at => broken(),
            Some((at, Fault::DiesAfter | Fault::FailsAfter)) if call == at => act().and_then(|_| broken()),
            Some((at, Fault::Mistaken)) if call == at => act().map(|done| mistaken.unwrap_or(done)),
            Some((at, Fault::DiesBefore | Fault::DiesAfter)) if call > at => broken(),
            _ => act(),
        }
    }

    fn changed(&self, key: &str) {
        let mut state = self.state.lock().unwrap();
        state.writes.push(key.to_owned());
        if let Some(watch) = state.watch.as_ref().filter(|_| !key.contains("_cx/")) {
            watch(&self.inner);
        }
    }
}

/// As in S3, where the same bytes have the same ETag again.
fn of_content(bytes: &[u8]) -> Mark {
    Mark { e_tag: Some(format!("\"{}\"", cxbook::output::sha256(bytes))), version: None }
}

fn all(objects: &StoreObjects) -> Files {
    let listed = objects.list("").unwrap();
    listed.into_iter().map(|one| (one.key.clone(), objects.get(&one.key).unwrap().unwrap().0)).collect()
}

impl Objects for Bucket {
    fn get(&self, key: &str) -> io::Result<Option<(Vec<u8>, Mark)>> {
        let act = || Ok(self.inner.get(key)?.map(|(bytes, _)| (bytes.clone(), of_content(&bytes))));
        self.request(false, act, None)
    }

    fn put(&self, key: &str, bytes: &[u8], sent: &Sent, only: Only<'_>) -> io::Result<Put> {
        let act = || {
            let put = match (only, self.inner.get(key)?) {
                (Only::IfAbsent, _) => self.inner.put(key, bytes, sent, only)?,
                (Only::IfStill(mark), Some((now, own))) if of_content(&now) == *mark => {
                    self.inner.put(key, bytes, sent, Only::IfStill(&own))?
                }
                (Only::IfStill(_), _) => Put::Refused,
            };
            let put = if put == Put::Refused { put } else { Put::Done(of_content(bytes)) };
            if put != Put::Refused {
                self.state.lock().unwrap().sent.insert(key.to_owned(), sent.clone());
                self.changed(key);
            }
            Ok(put)
        };
        self.request(true, act, Some(Put::Refused))
    }

    fn remove(&self, key: &str) -> io::Result<()> {
        let act = || {
            self.inner.remove(key)?;
            self.changed(key);
            Ok(())
        };
        self.request(false, act, None)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Listed>> {
        let act = || {
            let mut listed = self.inner.list(folder)?;
            for one in &mut listed {
                one.mark = self.inner.get(&one.key)?.map(|(bytes, _)| of_content(&bytes)).unwrap_or_default();
            }
            Ok(listed)
        };
        self.request(false, act, None)
    }
}

/// Time that goes on when somebody waits, and at once.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<Duration>);

impl Clock for Waiting {
    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

/// A bucket and the time there.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    pub(super) bucket: Arc<Bucket>,
    pub(super) clock: Arc<Waiting>,
}

impl Room {
    /// A publisher with an id of its own, one request at a time.
    pub(super) fn publisher(&self, id: &str) -> CloudTarget {
        let address = StoreAddress::parse("s3://bucket/cx").unwrap();
        CloudTarget::new(self.bucket.clone(), self.clock.clone(), address, id).with_workers(1)
    }
}

/// What is wrong for somebody who comes to the site now and follows every link.
pub(super) fn torn(objects: &StoreObjects) -> Option<String> {
    let files = all(objects);
    let text = |path: &str| {
        files.get(&format!("cx/{path}")).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    if let Some(versions) = text("versions.json") {
        let versions: serde_json::Value = serde_json::from_str(&versions).unwrap();
        for version in versions["versions"].as_array().unwrap() {
            let pages = version["pages"].as_str().unwrap();
            let Some(listed) = text(pages) else { return Some(format!("versions.json names {pages}")) };
            let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
            for page in listed["pages"].as_object().unwrap().values() {
                let path = format!("{}{}", version["path"].as_str().unwrap(), page["path"].as_str().unwrap());
                if text(&path).is_none() {
                    return Some(format!("versions.json names {path}"));
                }
            }
        }
        for (alias, _) in versions["aliases"].as_object().unwrap() {
            if text(&format!("{alias}/index.html")).is_none() {
                return Some(format!("versions.json names {alias}"));
            }
        }
    }
    let mut todo: Vec<String> = ["index.html", "editions.html"].map(str::to_owned).into();
    let mut seen = BTreeSet::new();
    while let Some(path) = todo.pop() {
        let Some(page) = text(&path) else { continue };
        for link in page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)) {
            let link = link.split(['"', '#', '?']).next().unwrap();
            let to = resolved(&path, link);
            if text(&to).is_none() {
                return Some(format!("{path} leads to {to}, which is not there"));
            }
            if to.ends_with(".html") && seen.insert(to.clone()) {
                todo.push(to);
            }
        }
    }
    None
}

fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." | "" => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}
