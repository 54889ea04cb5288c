//! Asking a web server for files, as a browser would.

use std::fmt::Debug;
use std::time::Duration;

use rayon::prelude::*;
use ureq::Agent;

/// Most bytes that are read of one file.
const MOST: u64 = 256 * 1024 * 1024;
/// How long a server may take for one file.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a server answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Its status, such as 200.
    pub status: u16,
    /// Headers by their names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body, as it was sent.
    pub bytes: Vec<u8>,
}

impl Fetched {
    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Called with the place of an address in the list, and what came of it.
pub type Look<'a> = dyn Fn(usize, Result<Fetched, String>) + Sync + 'a;

/// Fetches files.
pub trait Web: Debug {
    /// Fetches addresses, several at once; redirects are not followed.
    fn each(&self, addresses: &[String], look: &Look<'_>);
}

/// The network of the computer cxbook runs on.
#[derive(Debug, Clone)]
pub struct OsWeb(Agent);

impl OsWeb {
    /// Waits so long for each file.
    pub fn with_patience(patience: Duration) -> Self {
        use ureq::tls::{RootCerts, TlsConfig};
        // A company's own certificates are known to its computers and not to a list in a program.
        let trust = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("cxbook/", env!("CARGO_PKG_VERSION")))
            .tls_config(trust)
            .build();
        Self(Agent::new_with_config(config))
    }

    fn one(&self, address: &str) -> Result<Fetched, String> {
        let mut answer = self.0.get(address).call().map_err(|error| said(&error))?;
        let headers = answer.headers().iter().map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        let headers = headers.collect();
        let bytes =
            answer.body_mut().with_config().limit(MOST).read_to_vec().map_err(|error| said(&error))?;
        Ok(Fetched { status: answer.status().as_u16(), headers, bytes })
    }
}

impl Default for OsWeb {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

impl Web for OsWeb {
    fn each(&self, addresses: &[String], look: &Look<'_>) {
        addresses.par_iter().enumerate().for_each(|(at, address)| look(at, self.one(address)));
    }
}

fn said(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "the server did not answer in time".to_owned(),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        other => other.to_string(),
    }
}
