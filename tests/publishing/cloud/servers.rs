//! The program itself against real servers on this computer. They are looked for in `target/servers` (or where CXBOOK_SERVERS
//! says), where `.ci/run` installs them; a test whose server is missing says so.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use cxbook::system::{OsWeb, Web};

use super::super::super::fixture::root;
use super::super::program::{command, json, text};
use super::super::purge::telling_book;

/// What nobody is to read anywhere.
const SECRET: &str = "s3cr3tKEYofTHEbucket";
const USER: &str = "AKIAOFTHEBUCKET";

fn program(name: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("CXBOOK_SERVERS").map_or_else(|| root().join("target/servers"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!(
        "{} is not there, so nothing was tried with it; .ci/run says how to install it",
        path.display()
    );
    None
}

/// A server that ends with the test.
pub(super) struct Server {
    child: Child,
    room: tempfile::TempDir,
    /// What the program is told about it.
    variables: Vec<(&'static str, String)>,
    to: &'static str,
    /// Nobody else starts such a server meanwhile.
    _one: Option<MutexGuard<'static, ()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(super) fn home(&self, name: &str) -> PathBuf {
        self.room.path().join(name)
    }

    /// The port that it listens on.
    pub(super) fn port(&self) -> u16 {
        self.endpoint().rsplit(':').next().unwrap().parse().unwrap()
    }

    fn endpoint(&self) -> &str {
        &self.variables.iter().find(|(name, _)| *name == "AWS_ENDPOINT").unwrap().1
    }

    pub(super) fn command(&self, home: &str, arguments: &[&str]) -> Command {
        let mut command = command(&self.home(home), arguments);
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    fn run(&self, home: &str, arguments: &[&str]) -> Output {
        let done = self.command(home, arguments).output().unwrap();
        for output in [&done.stdout, &done.stderr] {
            let said = text(output);
            assert!(!said.contains(SECRET) && !said.contains(USER), "a secret is said: {said}");
        }
        done
    }

    fn fine(&self, home: &str, arguments: &[&str]) -> String {
        let done = self.run(home, arguments);
        assert_eq!(
            done.status.code(),
            Some(0),
            "{arguments:?}: {}{}",
            text(&done.stderr),
            text(&done.stdout)
        );
        text(&done.stdout)
    }

    fn editions(&self) -> Vec<String> {
        let told = json(&self.fine("a", &["editions", "--format", "json"]));
        let all = told["editions"]["versions"].as_array().unwrap();
        let mut names: Vec<String> =
            all.iter().map(|version| version["id"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }
}

/// So many ports that nobody listens on, each with the one 10,000 above it.
fn ports<const N: usize>() -> [u16; N] {
    let mut held = Vec::new();
    let mut found = Vec::new();
    while found.len() < N {
        let one = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = one.local_addr().unwrap().port();
        let lower = if port > 40_000 { port - 20_000 } else { port };
        let both = [lower, lower + 10_000].map(|port| TcpListener::bind(("127.0.0.1", port)));
        if both.iter().all(Result::is_ok)
            || (lower == port && TcpListener::bind(("127.0.0.1", port + 10_000)).is_ok())
        {
            found.push(lower);
            held.extend(both.into_iter().flatten());
        }
        held.push(one);
    }
    found.try_into().unwrap()
}

fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_there() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} does not answer");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn books(room: &Path, to: &str) {
    for home in ["a", "b"] {
        telling_book(&room.join(home), to);
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

/// A real server that speaks S3.
pub(super) fn seaweed() -> Option<Server> {
    // One at a time: it listens on ports of its own choice too.
    static ONE: Mutex<()> = Mutex::new(());
    let one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let weed = program("seaweed/bin/weed")?;
    let room = tempfile::tempdir().unwrap();
    let path = |name: &str| room.path().join(name).display().to_string();
    let identities = format!(
        "{{\"identities\":[{{\"name\":\"ci\",\"credentials\":[{{\"accessKey\":\"{USER}\",\"secretKey\":\"{SECRET}\"}}],\
         \"actions\":[\"Admin\",\"Read\",\"Write\",\"List\",\"Tagging\"]}},{{\"name\":\"anonymous\",\"actions\":[\"Read\"]}}]}}"
    );
    std::fs::write(path("s3.json"), identities).unwrap();
    std::fs::create_dir(path("data")).unwrap();
    let [master, volume, filer, s3] = ports::<4>();
    let mut start = Command::new(&weed);
    start.args(["server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false"]);
    start.args(["-master.volumeSizeLimitMB=64", "-volume.max=20", "-s3"]);
    start.args([format!("-dir={}", path("data")), format!("-s3.config={}", path("s3.json"))]);
    start.args([format!("-master.port={master}"), format!("-volume.port={volume}")]);
    start.args([format!("-filer.port={filer}"), format!("-s3.port={s3}")]);
    let child = quiet(start.current_dir(room.path())).spawn().unwrap();
    let to = "s3://cxbucket/books/cx";
    books(room.path(), to);
    let endpoint = format!("http://127.0.0.1:{s3}");
    let variables = vec![
        ("AWS_ACCESS_KEY_ID", USER.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
        ("AWS_ENDPOINT", endpoint),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
    ];
    let server = Server { child, room, variables, to, _one: Some(one) };
    wait_for("SeaweedFS", || TcpStream::connect(("127.0.0.1", s3)).is_ok());
    wait_for("the bucket in SeaweedFS", || {
        let mut shell = Command::new(&weed);
        shell.args(["shell", &format!("-master=127.0.0.1:{master}"), &format!("-filer=127.0.0.1:{filer}")]);
        let Ok(mut shell) = quiet(&mut shell).stdin(Stdio::piped()).spawn() else { return false };
        let typed = shell.stdin.take().unwrap().write_all(b"s3.bucket.create -name cxbucket\nexit\n");
        let ended = shell.wait();
        typed.is_ok() && ended.is_ok() && server.run("a", &["verify"]).status.code() == Some(1)
    });
    Some(server)
}

const CONTAINER: &str = r#"
const [crypto, http] = [require("crypto"), require("http")];
const [port, name] = process.argv.slice(-2);
const account = "devstoreaccount1";
const key = Buffer.from("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==", "base64");
const head = {"x-ms-date": new Date().toUTCString(), "x-ms-version": "2021-08-06"};
const text = "PUT" + "\n".repeat(12) + Object.entries(head).map(h => h.join(":") + "\n").join("")
  + `/${account}/${account}/${name}\nrestype:container`;
const sign = crypto.createHmac("sha256", key).update(text, "utf8").digest("base64");
const headers = {...head, "Content-Length": 0, Authorization: `SharedKey ${account}:${sign}`};
const path = `/${account}/${name}?restype=container`;
http.request({host: "127.0.0.1", port, path, method: "PUT", headers}, r => process.exit(r.statusCode === 201 ? 0 : 1))
  .on("error", () => process.exit(1)).end();
"#;

/// What speaks as Azure does.
fn azurite() -> Option<Server> {
    let azurite = program("node_modules/azurite/dist/src/blob/main.js")?;
    let room = tempfile::tempdir().unwrap();
    let [port] = ports::<1>();
    let mut start = Command::new("node");
    start.arg(azurite).args([
        "--silent",
        "--disableTelemetry",
        "--skipApiVersionCheck",
        "--blobHost",
        "127.0.0.1",
    ]);
    start.args(["--blobPort", &port.to_string()]).arg("--location").arg(room.path().join("data"));
    let child = quiet(start.current_dir(room.path())).spawn().unwrap();
    let to = "az://cxbucket/cx";
    books(room.path(), to);
    let variables = vec![
        ("AZURE_STORAGE_USE_EMULATOR", "true".to_owned()),
        ("AZURITE_BLOB_STORAGE_URL", format!("http://127.0.0.1:{port}")),
    ];
    let server = Server { child, room, variables, to, _one: None };
    wait_for("Azurite", || {
        let mut make = Command::new("node");
        make.args(["-e", CONTAINER, "--", &port.to_string(), "cxbucket"]);
        quiet(&mut make).status().is_ok_and(|status| status.success())
    });
    Some(server)
}

/// A server whose conditional writes do not hold when many write at once.
fn lying() -> Option<Server> {
    let program = program("bin/s3s-fs")?;
    let room = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(room.path().join("data/cxbucket")).unwrap();
    let [port] = ports::<1>();
    let mut start = Command::new(program);
    start.args(["--access-key", USER, "--secret-key", SECRET, "--host", "127.0.0.1"]);
    start.args(["--port", &port.to_string()]).arg(room.path().join("data"));
    let child = quiet(&mut start).spawn().unwrap();
    let to = "s3://cxbucket/cx";
    books(room.path(), to);
    let variables = vec![
        ("AWS_ACCESS_KEY_ID", USER.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
        ("AWS_ENDPOINT", format!("http://127.0.0.1:{port}")),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
    ];
    let server = Server { child, room, variables, to, _one: None };
    wait_for("s3s-fs", || TcpStream::connect(("127.0.0.1", port)).is_ok());
    Some(server)
}

/// Everything that can be done with a target.
fn whole_life(server: &Server) {
    let planned = server.fine("a", &["publish", "--edition", "2026-q1", "--plan", "--format", "json"]);
    assert_eq!(json(&planned)["state"], "planned");
    assert_eq!(json(&planned)["target"], server.to);
    assert_eq!(server.run("a", &["verify"]).status.code(), Some(1), "a plan writes nothing");
    server.fine("a", &["publish", "--edition", "2026-q1"]);
    server.fine("a", &["verify", "--deep", "--links"]);
    // Two at once, from two homes of the book.
    let racers = [("a", "2026-q2"), ("b", "2026-q3")].map(|(home, edition)| {
        let mut racer = server.command(home, &["publish", "--edition", edition]);
        racer.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    for racer in racers {
        let done = racer.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}{}", text(&done.stderr), text(&done.stdout));
    }
    assert_eq!(server.editions(), ["2026-q1", "2026-q2", "2026-q3"]);
    server.fine("a", &["publish", "--channel", "next"]);
    server.fine("a", &["alias", "stable", "2026-q1"]);
    server.fine("a", &["verify", "--deep", "--links"]);
    // Nothing is lost by going back, nor by going forward again.
    server.fine("a", &["rollback"]);
    server.fine("a", &["rollback"]);
    server.fine("a", &["verify", "--deep", "--links"]);
    server.fine("a", &["prune", "--keep-last", "2", "--generations", "1", "--apply"]);
    assert_eq!(server.editions(), ["2026-q1", "2026-q2", "2026-q3", "next"], "an alias keeps the oldest");
    server.fine("a", &["repair"]);
    server.fine("a", &["verify", "--deep", "--links"]);
    server.fine("a", &["withdraw", "first"]);
    server.fine("a", &["purge", "first"]);
    server.fine("a", &["verify", "--deep", "--links"]);
    let generations = json(&server.fine("a", &["editions", "--format", "json"]))["generations"].clone();
    assert_eq!(generations.as_array().unwrap().len(), 1, "who takes out keeps nothing that holds it");
    server.fine("a", &["publish", "--edition", "2026-q4"]);
    assert_eq!(server.editions().len(), 5);
}

/// A publisher that is killed in the middle: readers see every edition, and the next one, which waits for the lease of the dead
/// one to end, succeeds.
fn killed(server: &Server, endpoint: &str) {
    let head = [format!("{endpoint}/cxbucket/books/cx/_cx/head.json")];
    let is_held = || {
        let held = Mutex::new(false);
        OsWeb::default().each(&head, &|_, answer| {
            let answer = answer.map(|answer| text(&answer.bytes)).unwrap_or_default();
            *held.lock().unwrap() = answer.contains("\"holder\": \"");
        });
        held.into_inner().unwrap()
    };
    let before = server.editions();
    let mut victim = server.command("a", &["publish", "--edition", "2027"]);
    let mut victim = quiet(&mut victim).spawn().unwrap();
    wait_for("the publisher", || is_held() || victim.try_wait().unwrap().is_some());
    victim.kill().unwrap();
    victim.wait().unwrap();
    if !is_held() {
        eprintln!("the publisher was quicker than the one who was to kill it");
    }
    server.fine("b", &["publish", "--edition", "2028"]);
    let after = server.editions();
    assert!(before.iter().all(|edition| after.contains(edition)), "{before:?} {after:?}");
    assert!(after.contains(&"2028".to_owned()));
    server.fine("a", &["verify", "--deep", "--links"]);
}

#[test]
fn seaweed_is_published_to_and_serves_what_was_published() {
    let Some(server) = seaweed() else { return };
    whole_life(&server);
    let endpoint = server.endpoint();
    // The bucket as a website: kinds, caching and bytes.
    let told = server
        .fine("a", &["verify", "--http", &format!("{endpoint}/cxbucket/books/cx/"), "--format", "json"]);
    let served = &json(&told)["served"];
    assert!(served["files"].as_u64().unwrap() > 50, "{served}");
    assert!(!served["advice"].to_string().contains("Cache-Control"), "{served}");
    killed(&server, endpoint);
}

/// Five publishers at once, ten editions each, one after the other: all fifty are there.
#[test]
fn five_publishers_of_ten_editions_lose_none() {
    let Some(server) = seaweed() else { return };
    let homes = ["p0", "p1", "p2", "p3", "p4"];
    for home in homes {
        telling_book(&server.home(home), server.to);
    }
    std::thread::scope(|scope| {
        for home in homes {
            let server = &server;
            scope.spawn(move || {
                for number in 0..10 {
                    server.fine(home, &["publish", "--quiet", "--edition", &format!("{home}-{number}")]);
                }
            });
        }
    });
    assert_eq!(server.editions().len(), 50);
    server.fine("a", &["verify", "--deep", "--links"]);
}

#[test]
fn a_wrong_key_is_told_without_saying_it() {
    let Some(mut server) = seaweed() else { return };
    for (name, value) in &mut server.variables {
        if *name == "AWS_SECRET_ACCESS_KEY" {
            *value = format!("{SECRET}x");
        }
    }
    let done = server.run("a", &["publish", "--edition", "2026-q1"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("credentials"), "{}", text(&done.stderr));
    server.variables.retain(|(name, _)| *name != "AWS_ALLOW_HTTP");
    let done = server.run("a", &["publish", "--edition", "2026-q1"]);
    assert!(text(&done.stderr).contains("AWS_ALLOW_HTTP"), "{}", text(&done.stderr));
}

#[test]
fn azurite_is_published_to() {
    let Some(server) = azurite() else { return };
    whole_life(&server);
}

#[test]
fn a_server_that_lets_two_win_is_refused() {
    let Some(server) = lying() else { return };
    let done = server.run("a", &["publish", "--edition", "2026-q1"]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stdout));
    let said = text(&done.stderr);
    assert!(said.contains("cannot be published to") && said.contains("If-None-Match"), "{said}");
    let left: Vec<_> = std::fs::read_dir(server.home("data/cxbucket")).unwrap().collect();
    assert!(left.len() <= 1, "nothing of the site is there: {left:?}");
}
