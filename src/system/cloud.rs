//! Buckets of S3 and what speaks like it, of Google and of Azure. Everything that waits is in here; nothing outside knows of it.

use std::fmt::Debug;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3Builder, Checksum};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    RetryConfig, UpdateVersion,
};

use super::cloud_http::Connector;
use super::objects::{Listed, Mark, Objects, Only, Put, Sent};

/// No request is repeated when so much time has passed since the first.
const REPEATED_FOR: Duration = Duration::from_secs(10);
/// Most characters of what a server says that are passed on.
const SAID: usize = 300;
/// Characters that stores, their tools and gateways write in addresses each in their own way.
const CHANGED: [char; 15] = ['#', '%', '?', '*', '[', ']', '{', '}', '<', '>', '|', '^', '\\', '"', '`'];
/// Where a computer in a cloud is asked for credentials of its own.
const ASKED_FOR_CREDENTIALS: [&str; 3] =
    ["//169.254.169.254/", "//169.254.170.", "//metadata.google.internal/"];
/// Variables of the environment that may hold what nobody should read.
const SECRETS: [&str; 16] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_TOKEN",
    "AWS_WEB_IDENTITY_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_ACCESS_KEY",
    "AZURE_STORAGE_MASTER_KEY",
    "AZURE_STORAGE_CLIENT_SECRET",
    "AZURE_CLIENT_SECRET",
    "AZURE_STORAGE_SAS_KEY",
    "AZURE_STORAGE_SAS_TOKEN",
    "AZURE_STORAGE_TOKEN",
    "GOOGLE_SERVICE_ACCOUNT_KEY",
    "GOOGLE_SERVICE_ACCOUNT",
];

/// Which kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// Amazon S3 and what speaks like it.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

/// A bucket or container.
#[derive(Debug)]
pub struct StoreObjects {
    store: Arc<dyn ObjectStore>,
    /// What no message may say.
    secrets: Vec<String>,
}

impl StoreObjects {
    /// Opens a bucket. Who may do what there is taken from the environment, as the tools of each store take it.
    ///
    /// # Errors
    /// What is missing in the environment, without what is in it.
    pub fn open(
        kind: StoreKind,
        bucket: &str,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> io::Result<Self> {
        let secrets =
            SECRETS.iter().filter_map(|name| variable(name)).filter(|value| value.len() > 3).collect();
        let backoff = BackoffConfig { max_backoff: Duration::from_secs(2), ..BackoffConfig::default() };
        let retry = RetryConfig { backoff, max_retries: 3, retry_timeout: REPEATED_FOR };
        let opened: object_store::Result<Arc<dyn ObjectStore>> = match kind {
            StoreKind::S3 => AmazonS3Builder::from_env()
                .with_bucket_name(bucket)
                .with_checksum_algorithm(Checksum::SHA256)
                .with_disable_bulk_delete(true)
                .with_retry(retry)
                .with_http_connector(Connector)
                .build()
                .map(|store| Arc::new(store) as _),
            StoreKind::Google => GoogleCloudStorageBuilder::from_env()
                .with_bucket_name(bucket)
                .with_retry(retry)
                .with_http_connector(Connector)
                .build()
                .map(|store| Arc::new(store) as _),
            StoreKind::Azure => MicrosoftAzureBuilder::from_env()
                .with_container_name(bucket)
                .with_retry(retry)
                .with_http_connector(Connector)
                .build()
                .map(|store| Arc::new(store) as _),
        };
        match opened {
            Ok(store) => Ok(Self { store, secrets }),
            Err(error) => Err(said(&error, &secrets)),
        }
    }

    /// A bucket that exists only in memory, for tests.
    pub fn memory() -> Self {
        Self { store: Arc::new(InMemory::new()), secrets: Vec::new() }
    }

    /// Waits for one request. A runtime is made for each: it only keeps the time between tries.
    fn wait_for<T>(
        &self,
        request: impl Future<Output = object_store::Result<T>>,
    ) -> io::Result<Result<T, Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        Ok(runtime.block_on(request))
    }

    fn said(&self, error: &Error) -> io::Error {
        said(error, &self.secrets)
    }
}

/// A key as the store writes it; one that it would write otherwise is refused, so that addresses stay what they are.
fn path(key: &str) -> io::Result<Path> {
    let odd = || {
        let message = format!("\"{key}\" has a character that addresses of object storage change");
        io::Error::new(ErrorKind::InvalidInput, message)
    };
    let path = Path::parse(key).map_err(|_| odd())?;
    if !key.is_empty() && path.as_ref() == key && !key.contains(CHANGED) { Ok(path) } else { Err(odd()) }
}

/// What a store complains of, without what is secret.
fn said(error: &Error, secrets: &[String]) -> io::Error {
    let whole = error.to_string();
    if ASKED_FOR_CREDENTIALS.iter().any(|address| whole.contains(address)) {
        let message = "this run has no credentials: they are not in the environment, and the computer it runs on has none";
        return io::Error::new(ErrorKind::PermissionDenied, message);
    }
    let (kind, words) = match error {
        Error::NotFound { .. } => (ErrorKind::NotFound, "there is no such bucket or object: "),
        Error::PermissionDenied { .. } => {
            (ErrorKind::PermissionDenied, "it is not allowed with these credentials: ")
        }
        Error::Unauthenticated { .. } => (ErrorKind::PermissionDenied, "the credentials are not accepted: "),
        Error::NotImplemented { .. } | Error::NotSupported { .. } => {
            (ErrorKind::Unsupported, "the store cannot do that: ")
        }
        _ => (ErrorKind::Other, ""),
    };
    let mut text = format!("{words}{whole}");
    for secret in secrets {
        text = text.replace(secret.as_str(), "***");
    }
    let text = unsigned(&text);
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SAID).collect();
    io::Error::new(kind, text)
}

/// Takes what follows a question mark out of addresses: it may be a signature.
fn unsigned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        match word.split_once("://").and_then(|(_, rest)| rest.find('?')) {
            Some(_) => out.push_str(&format!("{}?*** ", word.split('?').next().unwrap_or_default())),
            None => out.push_str(word),
        }
    }
    out
}

fn mark(e_tag: Option<String>, version: Option<String>) -> Mark {
    Mark { e_tag, version }
}

impl Objects for StoreObjects {
    fn get(&self, key: &str) -> io::Result<Option<(Vec<u8>, Mark)>> {
        let path = path(key)?;
        let read = async {
            let found = self.store.get(&path).await?;
            let mark = mark(found.meta.e_tag.clone(), found.meta.version.clone());
            Ok((found.bytes().await?.to_vec(), mark))
        };
        match self.wait_for(read)? {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.said(&error)),
        }
    }

    fn put(&self, key: &str, bytes: &[u8], sent: &Sent, only: Only<'_>) -> io::Result<Put> {
        let path = path(key)?;
        let mode = match only {
            Only::IfAbsent => PutMode::Create,
            Only::IfStill(Mark { e_tag, version }) => {
                PutMode::Update(UpdateVersion { e_tag: e_tag.clone(), version: version.clone() })
            }
        };
        let attributes = Attributes::from_iter([
            (Attribute::ContentType, sent.content_type.clone()),
            (Attribute::CacheControl, sent.cache.to_owned()),
        ]);
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        match self.wait_for(self.store.put_opts(&path, bytes.to_vec().into(), options))? {
            Ok(put) => Ok(Put::Done(mark(put.e_tag, put.version))),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(Put::Refused),
            // The object that was to be replaced is gone.
            Err(Error::NotFound { .. }) if matches!(only, Only::IfStill(_)) => Ok(Put::Refused),
            Err(error) => Err(self.said(&error)),
        }
    }

    fn remove(&self, key: &str) -> io::Result<()> {
        let path = path(key)?;
        match self.wait_for(self.store.delete(&path))? {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.said(&error)),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Listed>> {
        let below = if folder.is_empty() { None } else { Some(path(folder)?) };
        let found = self.wait_for(self.store.list(below.as_ref()).try_collect::<Vec<_>>())?;
        let mut all: Vec<Listed> = found
            .map_err(|error| self.said(&error))?
            .into_iter()
            .map(|meta| Listed {
                key: meta.location.to_string(),
                bytes: meta.size,
                mark: mark(meta.e_tag, meta.version),
            })
            .collect();
        all.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_no_secret() {
        let source = "no answer from https://h.example/c/k?sig=abc%2F and key AKIAXYZ\n was refused".into();
        let error = Error::PermissionDenied { path: "k".into(), source };
        let told = said(&error, &["AKIAXYZ".to_owned()]);
        assert_eq!(told.kind(), ErrorKind::PermissionDenied);
        let words = told.to_string();
        assert!(words.contains("https://h.example/c/k?***") && words.contains("not allowed"), "{words}");
        assert!(!words.contains("sig=") && !words.contains("AKIA"), "{words}");
        let source = "Error performing PUT http://169.254.169.254/latest/api/token: refused".into();
        let words = said(&Error::Generic { store: "S3", source }, &[]).to_string();
        assert!(words.contains("no credentials") && !words.contains("169."), "{words}");
    }

    #[test]
    fn keys_are_what_they_say() {
        let store = StoreObjects::memory();
        for odd in ["a#b", "a%20b", "a//b", "/a", "a/../b", "a?b", ""] {
            let sent = Sent { content_type: "text/plain".into(), cache: "no-cache" };
            assert_eq!(
                store.put(odd, b"", &sent, Only::IfAbsent).map_err(|error| error.kind()),
                Err(ErrorKind::InvalidInput),
                "{odd}"
            );
        }
    }
}
