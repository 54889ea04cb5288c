//! Signed manifests: who holds the public key sees whether an edition is what CI built.

use std::path::Path;

use minisign::{KeyPair, SecretKey};

use super::program::{book, cxbook, fine, json, text};

/// Writes a pair of keys; gives back the public one's line and the secret one's.
fn keys(folder: &Path, name: &str) -> (String, String) {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let secret = pair.sk.to_box(None).unwrap().into_string();
    std::fs::write(folder.join(format!("{name}.key")), &secret).unwrap();
    std::fs::write(folder.join(format!("{name}.pub")), pair.pk.to_box().unwrap().into_string()).unwrap();
    (pair.pk.to_base64(), secret.lines().nth(1).unwrap().to_owned())
}

fn doubts(room: &Path, key: &str) -> Vec<String> {
    let done = cxbook(room, &["verify", "--key", key, "--format", "json"]);
    let report = json(&text(&done.stdout));
    let list: Vec<String> =
        report["unproven"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    assert_eq!(done.status.code(), Some(i32::from(!list.is_empty())), "{report}");
    list
}

fn change(path: &Path, how: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(path).unwrap();
    std::fs::remove_file(path).unwrap();
    std::fs::write(path, how(text)).unwrap();
}

#[test]
fn an_edition_is_proven_and_every_change_of_it_is_seen() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let (line, secret) = keys(room.path(), "own");
    let (other, _) = keys(room.path(), "other");
    for edition in ["2026-q1", "2026-q2"] {
        let done = cxbook(room.path(), &["publish", "--edition", edition, "--sign-key", "own.key"]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert!(!(text(&done.stderr) + &text(&done.stdout)).contains(&secret));
    }
    for key in [line.as_str(), "own.pub"] {
        assert_eq!(doubts(room.path(), key), Vec::<String>::new());
    }
    let strange = doubts(room.path(), &other);
    assert!(
        strange.len() == 3 && strange.iter().all(|one| one.contains("not signed with this key")),
        "{strange:?}"
    );
    let same = json(&fine(
        room.path(),
        &["publish", "--edition", "2026-q2", "--sign-key", "own.key", "--format", "json"],
    ));
    assert_eq!(same["state"], "same", "a signature differs each time and changes nothing");
    let site = room.path().join("out/current");
    let page = site.join("2026-q1/index.html");
    change(&page, |text| text.replace("Hello", "Hullo"));
    assert_eq!(doubts(room.path(), &line), ["2026-q1/index.html is not what the manifest of 2026-q1 says"]);
    change(&page, |text| text.replace("Hullo", "Hello"));
    // Somebody who changes the manifest too cannot sign it.
    let manifest = site.join("2026-q1/cxbook-manifest.json");
    change(&manifest, |text| text.replace("\"schema\": 1", "\"schema\":  1"));
    assert!(doubts(room.path(), &line)[0].contains("was changed after it was signed"));
    change(&manifest, |text| text.replace("\"schema\":  1", "\"schema\": 1"));
    assert_eq!(doubts(room.path(), &line), Vec::<String>::new());
    let signature = |edition: &str| site.join(edition).join("cxbook-manifest.json.minisig");
    // A true signature of another edition proves nothing.
    for name in ["cxbook-manifest.json", "cxbook-manifest.json.minisig"] {
        let taken = std::fs::read_to_string(site.join("2026-q2").join(name)).unwrap();
        change(&site.join("2026-q1").join(name), |_| taken.clone());
    }
    assert!(doubts(room.path(), &line).iter().any(|one| one.contains("holds the manifest of 2026-q2")));
    std::fs::remove_file(signature("2026-q1")).unwrap();
    assert!(doubts(room.path(), &line).iter().any(|one| one.contains("2026-q1 is not signed")));
}

/// Changes a file that readers see, and the list of files and the record with it, as somebody would who knows how they are made.
fn forge(release: &Path, path: &str, how: impl Fn(String) -> String) {
    change(&release.join("site").join(path), how);
    let digest = |path: &Path| cxbook::output::sha256(&std::fs::read(path).unwrap());
    let listing = release.join("files.sha256");
    let fresh = digest(&release.join("site").join(path));
    change(&listing, |text| {
        let lines = text.lines().map(|line| match line.split_once("  ") {
            Some((_, other)) if other == path => format!("{fresh}  {path}\n"),
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
    let fresh = digest(&listing);
    change(&release.join("record.json"), |text| {
        let (before, rest) = text.split_once("\"listing\": \"").unwrap();
        format!("{before}\"listing\": \"{fresh}{}", &rest[64..])
    });
}

#[test]
fn what_leads_to_editions_is_proven_too() {
    for (path, from, to) in [
        ("versions.json", "\"default\": \"2026-q2\"", "\"default\": \"2026-q1\""),
        ("latest/index.html", "../2026-q2/index.html", "https://elsewhere.example/"),
        ("index.html", "2026-q2/index.html", "2026-q1/index.html"),
        ("editions.js", "location.replace(", "location.assign("),
        ("404.html", "This page is not here", "Call 555"),
    ] {
        let room = tempfile::tempdir().unwrap();
        book(room.path(), "dir:out");
        let (line, _) = keys(room.path(), "own");
        for edition in ["2026-q1", "2026-q2"] {
            fine(room.path(), &["publish", "--edition", edition, "--sign-key", "own.key"]);
        }
        let release = std::fs::canonicalize(room.path().join("out/current/..")).unwrap();
        change(&release.join("site").join(path), |text| {
            assert!(text.contains(from), "{path}: {text}");
            text.replace(from, to)
        });
        assert_eq!(doubts(room.path(), &line), [format!("{path} is not what the record says")]);
        // Whoever knows how all of it hangs together gets past everything but the signature.
        forge(&release, path, |text| text);
        fine(room.path(), &["verify", "--deep"]);
        let told = doubts(room.path(), &line);
        assert!(told.len() == 1 && told[0].contains("was changed after it was signed"), "{path}: {told:?}");
    }
}

/// An alias that leads elsewhere, with everything around it made as cxbook makes it, but by nobody who has the key.
#[test]
fn a_change_without_the_key_is_not_proven_until_it_is_signed() {
    for to in ["dir:out", "bundle:site.tar", "git"] {
        let made = if to == "git" { super::git::room() } else { tempfile::tempdir().ok() };
        let Some(made) = made else { continue };
        let room = made.path().join("a");
        if to != "git" {
            book(&room, to);
        }
        let (line, _) = keys(&room, "own");
        for edition in ["2026-q1", "2026-q2"] {
            fine(&room, &["publish", "--edition", edition, "--sign-key", "own.key"]);
        }
        assert_eq!(doubts(&room, &line), Vec::<String>::new(), "{to}");
        let turned = ["alias", "latest", "2026-q1", "--move-alias"];
        fine(&room, &turned);
        let told = doubts(&room, &line);
        assert!(
            told.len() == 1 && told[0].contains("is not signed; make the last change again"),
            "{to}: {told:?}"
        );
        fine(&room, &[&turned[..], &["--sign-key", "own.key"]].concat());
        assert_eq!(doubts(&room, &line), Vec::<String>::new(), "{to}");
        let said = cxbook(&room, &["verify", "--deep", "--key", &line]);
        assert!(
            text(&said.stderr).contains("signed with that key, for generation"),
            "{}",
            text(&said.stderr)
        );
        if to == "dir:out" {
            fine(&room, &["rollback", "--sign-key", "own.key"]);
            fine(&room, &["prune", "--generations", "0", "--apply", "--sign-key", "own.key"]);
            assert_eq!(doubts(&room, &line), Vec::<String>::new());
        }
    }
}

#[test]
fn an_edition_without_a_signature_is_not_proven_and_bad_keys_are_said() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let (line, secret) = keys(room.path(), "own");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    assert!(doubts(room.path(), &line)[0].contains("is not signed"));
    std::fs::write(room.path().join("broken.key"), "untrusted comment: x\nnonsense\n").unwrap();
    for (key, words) in
        [("broken.key", "no secret key"), ("own.pub", "no secret key"), ("nowhere.key", "no such file")]
    {
        let done = cxbook(room.path(), &["publish", "--edition", "2026-q2", "--sign-key", key]);
        assert_eq!(done.status.code(), Some(2), "{key}");
        assert!(text(&done.stderr).contains(words), "{}", text(&done.stderr));
    }
    let done = cxbook(room.path(), &["verify", "--key", "own.key"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("ends with .pub") && !text(&done.stderr).contains(&secret));
    // A key in book.toml would be known to everybody who reads the book.
    let toml = room.path().join("book.toml");
    change(&toml, |text| text + "sign-key = \"own.key\"\n");
    let done = cxbook(room.path(), &["publish", "--edition", "2026-q2"]);
    assert!(text(&done.stderr).contains("sign-key"), "{}", text(&done.stderr));
}

/// The program minisign leaves the checksum of a key without a password empty.
#[test]
fn a_key_made_by_the_program_minisign_is_taken() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let mut bytes = pair.sk.to_bytes();
    let end = bytes.len() - 32;
    bytes[end..].fill(0);
    let write = |bytes: &[u8]| {
        let boxed = SecretKey::from_bytes(bytes).unwrap().to_box(None).unwrap();
        std::fs::write(room.path().join("own.key"), boxed.into_string()).unwrap();
    };
    write(&bytes);
    fine(room.path(), &["publish", "--edition", "2026-q1", "--sign-key", "own.key"]);
    assert_eq!(doubts(room.path(), &pair.pk.to_base64()), Vec::<String>::new());
    // A damaged one would sign what nobody can prove.
    bytes[70] ^= 1;
    write(&bytes);
    let done = cxbook(room.path(), &["publish", "--edition", "2026-q2", "--sign-key", "own.key"]);
    assert!(text(&done.stderr).contains("no secret key"), "{}", text(&done.stderr));
}

#[test]
fn what_is_taken_out_of_a_signed_edition_is_signed_again() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let (line, _) = keys(room.path(), "own");
    fine(room.path(), &["publish", "--edition", "2026-q1", "--sign-key", "own.key"]);
    let refused = cxbook(room.path(), &["purge", "--page", "playbooks/ring-first"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("signed again"), "{}", text(&refused.stderr));
    fine(room.path(), &["purge", ".", "--page", "playbooks/ring-first", "--sign-key", "own.key"]);
    assert_eq!(doubts(room.path(), &line), Vec::<String>::new());
}
