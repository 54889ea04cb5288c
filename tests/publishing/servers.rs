//! The settings of docs/PUBLISHING.md and docs/HOSTING.md, tried on the servers they are for. A server that is not installed is
//! skipped, and the test says so.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use cxbook::publish::{DirTarget, Target, served};
use cxbook::system::{Fetched, OsDisk, OsWeb, Web};

use super::super::fixture::{read, root as repository};
use super::program::{book, cxbook, fine, text};

/// A server that runs until the value goes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // By its number and gently: servers have children of their own.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// The settings in a page of the documentation, for a server.
fn snippet(page: &str, language: &str) -> String {
    let text = read(&repository().join("docs").join(page));
    let after =
        text.split(&format!("```{language}\n")).nth(1).unwrap_or_else(|| panic!("{page} has no {language}"));
    after.split("\n```").next().unwrap().to_owned()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts a program and waits until it listens; nothing where it is not installed.
fn start(room: &Path, port: u16, program: &str, arguments: &[&str]) -> Option<Running> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(room)
        .env("HOME", room)
        .env("XDG_DATA_HOME", room)
        .env("XDG_CONFIG_HOME", room);
    let log = std::fs::File::create(room.join("log")).unwrap();
    command.stdout(Stdio::null()).stderr(log);
    let Ok(child) = command.spawn() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    let mut running = Running(child);
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(running);
        }
        if running.0.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{program} does not take the settings: {}", read(&room.join("log")));
}

fn nginx(room: &Path, port: u16, settings: &str) -> Option<Running> {
    let name = room.display();
    let config = format!(
        "user root;\ndaemon off;\npid {name}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\ninclude /etc/nginx/mime.types;\n\
         default_type application/octet-stream;\nclient_body_temp_path {name}/t1;\nproxy_temp_path {name}/t2;\nfastcgi_temp_path {name}/t3;\n\
         uwsgi_temp_path {name}/t4;\nscgi_temp_path {name}/t5;\n{}\n}}\n",
        settings.replacen("server {", &format!("server {{\n  listen 127.0.0.1:{port};"), 1)
    );
    let file = room.join("nginx.conf");
    std::fs::write(&file, config).unwrap();
    start(room, port, "nginx", &["-p", room.to_str()?, "-c", file.to_str()?])
}

fn apache(room: &Path, port: u16, settings: &str) -> Option<Running> {
    let modules = Path::new("/usr/lib/apache2/modules");
    if !modules.exists() {
        eprintln!("skipped: apache2 is not installed");
        return None;
    }
    let load = ["mpm_event", "authz_core", "dir", "mime", "headers", "alias"];
    let load: String = load
        .iter()
        .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()))
        .collect();
    let name = room.display();
    let types =
        if Path::new("/etc/mime.types").exists() { "/etc/mime.types".into() } else { few_types(room) };
    let config = format!(
        "{load}ServerRoot {name}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {name}/pid\nErrorLog {name}/errors\n\
         TypesConfig {}\nDefaultRuntimeDir {name}\n<Directory />\nAllowOverride None\nRequire all granted\n</Directory>\n{settings}\n",
        types.display()
    );
    let file = room.join("apache.conf");
    std::fs::write(&file, config).unwrap();
    start(room, port, "apache2", &["-D", "FOREGROUND", "-f", file.to_str()?])
}

/// What every Apache knows, where the list of the system is not there.
fn few_types(room: &Path) -> PathBuf {
    let file = room.join("mime.types");
    let types = "text/html html\ntext/css css\ntext/javascript js\napplication/json json\napplication/xml xml\ntext/csv csv\ntext/plain txt\nimage/svg+xml svg\nimage/png png\n";
    std::fs::write(&file, types).unwrap();
    file
}

fn caddy(room: &Path, port: u16, settings: &str) -> Option<Running> {
    let file = room.join("Caddyfile");
    std::fs::write(&file, format!("{{\nadmin off\nauto_https off\n}}\n{settings}\n")).unwrap();
    start(room, port, "caddy", &["run", "--config", file.to_str()?, "--adapter", "caddyfile"])
}

fn fetch(address: &str) -> Fetched {
    let got = Mutex::new(None);
    OsWeb::default().each(&[address.to_owned()], &|_, answer| *got.lock().unwrap() = Some(answer));
    got.into_inner().unwrap().unwrap().unwrap()
}

/// A site of two editions with an alias.
fn published(room: &Path) -> PathBuf {
    book(room, "dir:out");
    fine(room, &["publish", "--edition", "2026-q1"]);
    fine(room, &["publish", "--edition", "2026-q2"]);
    room.join("out")
}

/// Everything that docs/PUBLISHING.md promises of a server.
fn holds(server: &str, out: &Path, base: &str) {
    let current = DirTarget::new(&OsDisk, out).read().unwrap();
    let found = served(&current, base, &OsWeb::default()).unwrap();
    assert!(found.found.is_whole(), "{server}: {:?}", found.found);
    assert_eq!(found.advice, Vec::<String>::new(), "{server}");
    let style = current.files.iter().find(|(path, _)| path.ends_with(".css")).unwrap().0.to_owned();
    let cache =
        |path: &str| fetch(&format!("{base}{path}")).header("cache-control").unwrap_or_default().to_owned();
    assert!(cache(&style).contains("immutable"), "{server}: {}", cache(&style));
    for path in ["2026-q1/index.html", "latest/index.html", "versions.json", "editions.js", "index.html"] {
        assert_eq!(cache(path), "no-cache", "{server}: {path}");
    }
    let missing = fetch(&format!("{base}2026-q1/nowhere.html"));
    assert_eq!(missing.status, 404, "{server}");
    let page = String::from_utf8_lossy(&missing.bytes).into_owned();
    assert!(page.contains("This page is not here"), "{server}: {page}");
    assert!(
        missing.header("content-security-policy").is_some(),
        "{server}: a missing page needs the policy too"
    );
    for folder in ["", "2026-q1/", "latest/"] {
        assert_eq!(fetch(&format!("{base}{folder}")).status, 200, "{server}: {folder}");
    }
    for hidden in ["../.cx/format.json", ".cx/format.json", "%2e%2e/.cx/lock"] {
        assert_ne!(fetch(&format!("{base}{hidden}")).status, 200, "{server}: {hidden}");
    }
    // The next edition is there with the next request.
    fine(out.parent().unwrap(), &["publish", "--edition", "2026-q3"]);
    assert_eq!(fetch(&format!("{base}2026-q3/index.html")).status, 200, "{server}: a new edition");
}

#[cfg(unix)]
#[test]
fn the_settings_for_publishing_do_what_they_say() {
    let page = "PUBLISHING.md";
    for server in ["nginx", "apache", "caddy"] {
        let room = tempfile::tempdir().unwrap();
        let out = published(room.path());
        let port = free_port();
        let settings = snippet(page, server).replace("/srv/www/cx", out.to_str().unwrap());
        let settings = settings.replace("intranet.example", &format!("http://127.0.0.1:{port}"));
        let running = match server {
            "nginx" => nginx(room.path(), port, &settings),
            "apache" => apache(room.path(), port, &settings),
            _ => caddy(room.path(), port, &settings),
        };
        if running.is_some() {
            holds(server, &out, &format!("http://127.0.0.1:{port}/"));
        }
    }
}

#[cfg(unix)]
#[test]
fn the_settings_for_a_built_site_do_what_they_say() {
    for server in ["nginx", "apache", "caddy"] {
        let room = tempfile::tempdir().unwrap();
        book(room.path(), "dir:out");
        let toml = room.path().join("book.toml");
        std::fs::write(&toml, read(&toml) + "[output.html]\nsite-url = \"https://intranet.example/cx/\"\n")
            .unwrap();
        let site = room.path().join("site");
        let built = cxbook(room.path(), &["build", "-d", "site"]);
        assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
        let port = free_port();
        let settings = snippet("HOSTING.md", server).replace("/srv/cx", site.to_str().unwrap());
        let settings = settings.replace("intranet.example", &format!("http://127.0.0.1:{port}"));
        let running = match server {
            "nginx" => nginx(room.path(), port, &format!("server {{\n{settings}\n}}")),
            "apache" => apache(
                room.path(),
                port,
                &format!("Alias /cx {0}\n<Directory {0}>\n{settings}\n</Directory>", site.display()),
            ),
            _ => caddy(room.path(), port, &settings),
        };
        if running.is_none() {
            continue;
        }
        let base = format!("http://127.0.0.1:{port}/cx/");
        let page = fetch(&format!("{base}playbooks/ring-first.html"));
        assert_eq!(page.status, 200, "{server}");
        let header = |name: &str| page.header(name).unwrap_or_default();
        assert!(
            header("content-security-policy").contains("frame-ancestors"),
            "{server}: {:?}",
            page.headers
        );
        assert_eq!(
            (header("x-content-type-options"), header("cache-control")),
            ("nosniff", "no-cache"),
            "{server}"
        );
        let html = String::from_utf8_lossy(&page.bytes).into_owned();
        let style = html.split("href=\"../assets/").nth(1).unwrap().split('"').next().unwrap();
        let style = fetch(&format!("{base}assets/{style}"));
        assert_eq!(style.status, 200, "{server}");
        assert!(style.header("content-type").unwrap().starts_with("text/css"), "{server}");
        let cache: Vec<&String> = style
            .headers
            .iter()
            .filter(|(name, _)| name == "cache-control")
            .map(|(_, value)| value)
            .collect();
        assert!(cache.len() == 1 && cache[0].contains("immutable"), "{server}: {cache:?}");
        assert_eq!(style.header("x-content-type-options"), Some("nosniff"), "{server}");
        let missing = fetch(&format!("{base}nowhere/at/all.html"));
        assert_eq!(missing.status, 404, "{server}");
        assert!(
            String::from_utf8_lossy(&missing.bytes).contains("/cx/assets/"),
            "{server}: its own page for missing pages"
        );
        assert_eq!(fetch(&base).status, 200, "{server}");
    }
}
