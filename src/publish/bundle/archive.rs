//! A whole site as one archive: `record.json`, `files.sha256`, perhaps a signature, and every file below `site/`, sorted, with nothing in it that
//! depends on who packed it where and when.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};

use crate::editions::is_safe_path;
use crate::output::sha256;
use crate::publish::{LISTING, RECORD, SEAL};

/// Start of the paths of what readers see.
const SITE: &str = "site/";

/// What an archive holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Archive {
    pub(super) record: Vec<u8>,
    pub(super) listing: Vec<u8>,
    /// The signature of the record, where it is signed.
    pub(super) seal: Option<Vec<u8>>,
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Archive {
    /// The archive as bytes.
    pub(super) fn pack(&self) -> io::Result<Vec<u8>> {
        let mut tar = tar::Builder::new(Vec::new());
        let own = [(RECORD.to_owned(), &self.record), (LISTING.to_owned(), &self.listing)];
        let seal = self.seal.iter().map(|seal| (SEAL.to_owned(), seal));
        let site = self.files.iter().map(|(path, bytes)| (format!("{SITE}{path}"), bytes));
        for (path, bytes) in own.into_iter().chain(seal).chain(site) {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(tar::EntryType::Regular);
            header.set_size(bytes.len() as u64);
            header.set_mode(0o444);
            header.set_uid(0);
            header.set_gid(0);
            header.set_mtime(moment(bytes));
            tar.append_data(&mut header, path, bytes.as_slice())?;
        }
        tar.into_inner()
    }

    /// Reads an archive; anything that is not as we write it is damage.
    pub(super) fn unpack(bytes: &[u8]) -> io::Result<Self> {
        let wrong = |what: &str| io::Error::new(ErrorKind::InvalidData, what.to_owned());
        let mut archive = Self::default();
        let mut before = String::new();
        for (number, entry) in tar::Archive::new(bytes).entries()?.enumerate() {
            let mut entry = entry?;
            if entry.header().entry_type() != tar::EntryType::Regular {
                return Err(wrong("it holds something that is no ordinary file"));
            }
            let path = String::from_utf8(entry.path_bytes().into_owned())
                .map_err(|_| wrong("a name is not text"))?;
            // The archive lies in memory, so no entry can be longer than what is there.
            let mut read = Vec::new();
            entry.read_to_end(&mut read)?;
            if read.len() as u64 != entry.header().size()? {
                return Err(wrong("it is cut off"));
            }
            match (number, path.as_str(), path.strip_prefix(SITE)) {
                (0, RECORD, _) => archive.record = read,
                (1, LISTING, _) => archive.listing = read,
                (2, SEAL, _) => archive.seal = Some(read),
                (2.., _, Some(inner)) if is_safe_path(inner) && path > before => {
                    archive.files.insert(inner.to_owned(), read);
                    before = path;
                }
                _ => return Err(wrong("it holds a file that cxbook does not write")),
            }
        }
        if archive.listing.is_empty() {
            return Err(wrong("it is cut off"));
        }
        Ok(archive)
    }
}

/// A moment that only depends on the bytes: web servers make the mark by which a browser sees that a file changed from its time
/// and its length.
fn moment(bytes: &[u8]) -> u64 {
    let digest = sha256(bytes);
    let number = digest.get(..7).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    946_684_800 + number
}
