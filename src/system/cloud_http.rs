//! Requests to object storage through the one web client of the program, so that there is one TLS and one trust.

use std::error::Error;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::time::Duration;

use http_body_util::BodyExt;
use object_store::ClientOptions;
use object_store::client::{
    ClientConfigKey, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpService,
};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long one request may take. Leases of publishers are longer than this with all its repetitions.
pub(super) const PATIENCE: Duration = Duration::from_secs(45);
/// How long a server may take to be reached.
const CONNECT: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const MOST: u64 = 256 * 1024 * 1024;

/// Makes clients for stores.
#[derive(Debug, Default)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let is_plain = options.get_config_value(&ClientConfigKey::AllowHttp).as_deref() == Some("true");
        // A company's own certificates are known to its computers and not to a list in a program.
        let trust = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .https_only(!is_plain)
            .user_agent(concat!("cxbook/", env!("CARGO_PKG_VERSION")))
            .tls_config(trust)
            .build();
        Ok(HttpClient::new(Client(Agent::new_with_config(config))))
    }
}

/// Sends one request after the other; each thread that publishes has a runtime of its own, so it may wait here.
#[derive(Debug)]
struct Client(Agent);

type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for Client {
    fn call<'a, 'b>(&'a self, request: HttpRequest) -> Answer<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let answer = if body.is_empty() && parts.method != "PUT" && parts.method != "POST" {
                self.0.run(ureq::http::Request::from_parts(parts, ()))
            } else {
                self.0.run(ureq::http::Request::from_parts(parts, &body[..]))
            };
            let (parts, mut body) = answer.map_err(broken)?.into_parts();
            let bytes = body.with_config().limit(MOST).read_to_vec().map_err(broken)?;
            Ok(HttpResponse::from_parts(parts, bytes.into()))
        })
    }
}

/// What went wrong, so that requests are repeated where that helps. Addresses are left out: they may be signed.
fn broken(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
            ErrorKind::TimedOut => HttpErrorKind::Timeout,
            _ => HttpErrorKind::Interrupted,
        },
        _ => HttpErrorKind::Unknown,
    };
    let words: Box<dyn Error + Send + Sync> = match &error {
        ureq::Error::Timeout(_) => "the server did not answer in time".into(),
        ureq::Error::HostNotFound => "there is no such host".into(),
        ureq::Error::RequireHttpsOnly(_) => {
            "an address without TLS is only used where AWS_ALLOW_HTTP=true says so".into()
        }
        ureq::Error::BadUri(_) => "the address of the server cannot be used".into(),
        _ => Box::new(io::Error::other(error)),
    };
    HttpError::new_boxed(kind, words)
}
