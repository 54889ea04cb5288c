//! Signatures in minisign's format: who holds the public key can see that an edition is what CI built, and that what leads to it
//! is what CI made, whatever the host did.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Cursor;

use ct_codecs::{Base64, Decoder};
use minisign::{PublicKey, PublicKeyBox, SecretKeyBox, SignatureBox};

use super::SEAL;
use crate::editions::{Current, MANIFEST, Manifest, SIGNATURE};
use crate::output::sha256;

/// Signs manifests and records.
pub struct Signer(minisign::SecretKey);

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// Reads a secret key as `minisign -G` writes it; one without a password is made with `-W`.
    ///
    /// # Errors
    /// Why it cannot be used. Nothing of the key is said.
    pub fn new(text: &str, password: Option<String>) -> Result<Self, String> {
        let broken = || "it is no secret key of minisign".to_owned();
        let key = || SecretKeyBox::from_string(text).map_err(|_| broken());
        match key()?.into_unencrypted_secret_key() {
            Ok(open) => return Ok(Self(open)),
            Err(_) if let Some(open) = unchecked(text) => return Ok(Self(open)),
            // The crate has one kind of error for a locked key and for a broken one.
            Err(error) if !error.to_string().contains("might be encrypted") => return Err(broken()),
            Err(_) => {}
        }
        let password = password.ok_or("it has a password; put it into CXBOOK_SIGN_PASSWORD")?;
        let opened = key()?.into_secret_key(Some(password));
        opened.map(Self).map_err(|_| "the password in CXBOOK_SIGN_PASSWORD does not open it".to_owned())
    }

    /// The signature of a manifest or a record.
    ///
    /// # Errors
    /// When the computer has no chance numbers to give.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, String> {
        let comment = format!("sha256:{}", sha256(bytes));
        let words = Some("signature made by cxbook");
        let signature = minisign::sign(None, &self.0, Cursor::new(bytes), Some(&comment), words);
        signature.map(SignatureBox::into_string).map_err(|_| "the computer let nothing be signed".to_owned())
    }

    /// Whether this key signed what is there.
    pub fn has_sealed(&self, current: &Current) -> bool {
        let own = PublicKey::from_secret_key(&self.0).map(Prover);
        own.is_ok_and(|own| own.doubts_of_record(current).is_none())
    }
}

/// An open key as the program `minisign -G -W` writes it: where the crate wants a checksum, there are zeros. That it is whole is
/// seen from the public key in it instead.
fn unchecked(text: &str) -> Option<minisign::SecretKey> {
    let bytes = Base64::decode_to_vec(text.lines().nth(1)?.trim(), None).ok()?;
    let key = minisign::SecretKey::from_bytes(&bytes).ok()?;
    let is_open = bytes.get(2..4)? == [0, 0] && bytes.iter().rev().take(32).all(|byte| *byte == 0);
    let public = PublicKey::from_secret_key(&key).ok().filter(|_| is_open)?;
    let tried = minisign::sign(None, &key, Cursor::new("tried"), None, None).ok()?;
    minisign::verify(&public, &tried, Cursor::new("tried"), true, false, false).ok().map(|()| key)
}

/// Proves editions.
#[derive(Debug, Clone)]
pub struct Prover(PublicKey);

impl Prover {
    /// Reads a public key: the file that `minisign -G` writes, or its second line.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn new(text: &str) -> Result<Self, String> {
        let file = PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key);
        let key = file.or_else(|_| PublicKey::from_base64(text.trim()));
        key.map(Self).map_err(|_| "it is no public key of minisign".to_owned())
    }

    /// What is not as CI built it, as sentences. `files` are all files that readers see.
    pub fn doubts(&self, current: &Current, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let mut doubts: Vec<String> = self.doubts_of_record(current).into_iter().collect();
        doubts.extend(strays(current, files));
        for (folder, tree) in &current.record.trees {
            match self.manifest(folder, files) {
                Err(why) => doubts.push(why),
                Ok(manifest) => {
                    if sha256(manifest.json().as_bytes()) != tree.manifest {
                        doubts
                            .push(format!("the record of the target speaks of another manifest of {folder}"));
                    }
                    doubts.extend(differences(folder, &manifest, files));
                }
            }
        }
        doubts
    }

    /// Why it is not sure that CI made this generation as it is: what leads to the editions, and which there are.
    fn doubts_of_record(&self, current: &Current) -> Option<String> {
        let Some(seal) = &current.seal else {
            return Some(
                "what leads to the editions (versions.json, the script, the aliases) is not signed; make the last change \
                 again with --sign-key, or take it as not proven"
                    .to_owned(),
            );
        };
        let record = current.record.json();
        match self.is_true(seal, record.as_bytes()) {
            None => Some(format!("{SEAL} is damaged")),
            Some(true) => None,
            Some(false) => Some(
                "the record of the target, which says which editions and aliases there are, was not signed with this key, or \
                 was changed after it was signed"
                    .to_owned(),
            ),
        }
    }

    /// Whether a signature of bytes is true; `None` when it is none.
    fn is_true(&self, signature: &[u8], bytes: &[u8]) -> Option<bool> {
        let signature = SignatureBox::from_string(&String::from_utf8_lossy(signature)).ok()?;
        Some(minisign::verify(&self.0, &signature, Cursor::new(bytes), true, false, false).is_ok())
    }

    /// The manifest of an edition, if its signature is true.
    fn manifest(&self, folder: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Manifest, String> {
        let file = |name: &str| files.get(&format!("{folder}/{name}"));
        let bytes = file(MANIFEST).ok_or_else(|| format!("{folder}/{MANIFEST} is missing"))?;
        let signature = file(SIGNATURE).ok_or_else(|| {
            format!("{folder} is not signed; publish with --sign-key, or take it as not proven")
        })?;
        match self.is_true(signature, bytes) {
            None => return Err(format!("{folder}/{SIGNATURE} is damaged")),
            Some(false) => {
                return Err(format!(
                    "{folder}/{MANIFEST} was not signed with this key, or was changed after it was signed"
                ));
            }
            Some(true) => {}
        }
        let manifest = Manifest::parse(bytes).map_err(|why| format!("{folder}/{MANIFEST}: {why}"))?;
        if manifest.edition == folder {
            return Ok(manifest);
        }
        Err(format!("{folder} holds the manifest of {}", manifest.edition))
    }
}

/// Files outside of editions that are not as the record says: at the root, and in aliases.
fn strays(current: &Current, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let trees = &current.record.trees;
    let is_in_tree = |path: &str| {
        trees
            .keys()
            .any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    let is_shared = |path: &str| trees.values().any(|tree| tree.assets.iter().any(|asset| asset == path));
    let own = current.files.iter().filter(|(path, _)| !is_in_tree(path) && !is_shared(path));
    let changed = own.filter_map(|(path, digest)| match files.get(path) {
        None => Some(format!("{path} is missing; the record has it")),
        Some(bytes) if sha256(bytes) != digest => Some(format!("{path} is not what the record says")),
        Some(_) => None,
    });
    changed.collect()
}

/// Files that are not as a manifest says.
fn differences(folder: &str, manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let own = manifest.files.iter().map(|(path, entry)| (format!("{folder}/{path}"), entry));
    let shared = manifest.shared.iter().map(|(path, entry)| (path.clone(), entry));
    let known: BTreeMap<String, _> = own.chain(shared).collect();
    let changed = known.iter().filter_map(|(path, entry)| match files.get(path) {
        None => Some(format!("{path} is missing; the manifest of {folder} has it")),
        Some(bytes) if sha256(bytes) != entry.sha256 => {
            Some(format!("{path} is not what the manifest of {folder} says"))
        }
        Some(_) => None,
    });
    let start = format!("{folder}/");
    let more = files.keys().filter(|path| {
        let inner = path.strip_prefix(&start);
        inner.is_some_and(|inner| ![MANIFEST, SIGNATURE].contains(&inner)) && !known.contains_key(*path)
    });
    changed.chain(more.map(|path| format!("{path} is not in the manifest of {folder}"))).collect()
}
