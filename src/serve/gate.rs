//! Who may ask, and how: before anything else is looked at.
//!
//! A page of another site can make a browser ask this server, and can call itself by a name that leads to this computer. So
//! only known names of this server are answered to, and only pages of its own may ask on from within.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::HeaderValue;
use hyper::{Method, StatusCode, Uri};

/// Names by which the server may be called.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    port: u16,
    address: IpAddr,
    /// Further names, at any port: something may stand before the server that has another one.
    names: Vec<String>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) words: &'static str,
}

const NO_HOST: Refusal =
    Refusal { status: StatusCode::BAD_REQUEST, words: "This request does not say which host it is for." };
const FOREIGN_HOST: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    words: "cxbook serve does not answer to this name. Start it with --allow-host NAME if the name is yours.",
};
const FOREIGN_ORIGIN: Refusal =
    Refusal { status: StatusCode::FORBIDDEN, words: "Pages of other sites may not ask this server." };
const FOREIGN_METHOD: Refusal =
    Refusal { status: StatusCode::METHOD_NOT_ALLOWED, words: "This server answers to GET and HEAD." };

/// Ways by which everybody reaches their own computer.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Gate {
    /// The door of a server at an address, which may also be called by some names.
    pub(super) fn new(address: IpAddr, port: u16, names: &[String]) -> Self {
        let names = names.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        Self { port, address, names }
    }

    /// Whether only this computer reaches the server.
    pub(super) fn is_loopback(&self) -> bool {
        self.address.is_loopback()
    }

    /// Checks name, origin and method of a request; gives the name it called the server by.
    pub(super) fn check(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        may_write: bool,
    ) -> Result<String, Refusal> {
        let host = only(headers, HOST).map_err(|_| NO_HOST)?.ok_or(NO_HOST)?.to_ascii_lowercase();
        let elsewhere = |authority: &str| !self.answers_to(&authority.to_ascii_lowercase());
        if elsewhere(&host) || uri.authority().is_some_and(|authority| elsewhere(authority.as_str())) {
            return Err(FOREIGN_HOST);
        }
        let is_own = |origin: &str| {
            let origin = origin.to_ascii_lowercase();
            let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            name == Some(host.as_str())
        };
        let origin = only(headers, ORIGIN).map_err(|_| FOREIGN_ORIGIN)?;
        if origin.is_some_and(|origin| !is_own(origin)) {
            return Err(FOREIGN_ORIGIN);
        }
        let told = |name: &'static str| headers.get(name).map(HeaderValue::as_bytes);
        // A link that somebody follows from elsewhere; a frame of another site navigates too, but is no document of its own.
        let is_followed = told("sec-fetch-mode") == Some(b"navigate")
            && told("sec-fetch-dest") == Some(b"document")
            && *method == Method::GET
            && !uri.path().starts_with(super::answer::OURS);
        let is_from_here =
            matches!(told("sec-fetch-site"), None | Some(b"same-origin" | b"none")) || is_followed;
        if !is_from_here {
            return Err(FOREIGN_ORIGIN);
        }
        match *method {
            Method::GET | Method::HEAD => Ok(host),
            // What writes says where it comes from; browsers do so with every form.
            Method::POST if may_write && origin.is_some() => Ok(host),
            Method::POST if may_write => Err(FOREIGN_ORIGIN),
            _ => Err(FOREIGN_METHOD),
        }
    }

    /// Whether a name, with its port, is one of this computer alone.
    pub(super) fn is_local(&self, host: &str) -> bool {
        split(host).is_some_and(|(name, port)| LOOPBACK.contains(&name) && port == Some(self.port))
    }

    fn answers_to(&self, host: &str) -> bool {
        let Some((name, port)) = split(host) else { return false };
        let is_ours = port.unwrap_or(80) == self.port;
        let own = match self.address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        is_ours && (LOOPBACK.contains(&name) || !self.address.is_unspecified() && name == own)
            || self.names.iter().any(|known| known == name)
    }
}

/// The one header of a name; an error when there are several, or it is no text.
fn only(headers: &HeaderMap, name: hyper::header::HeaderName) -> Result<Option<&str>, ()> {
    let mut all = headers.get_all(name).iter();
    let first = all.next();
    match (first, all.next()) {
        (_, Some(_)) => Err(()),
        (None, None) => Ok(None),
        (Some(one), None) => one.to_str().map(Some).map_err(|_| ()),
    }
}

/// Name and port.
fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, rest) = host.split_at(end);
    let port = match rest.strip_prefix(':') {
        Some(port) if port.bytes().all(|digit| digit.is_ascii_digit()) => Some(port.parse().ok()?),
        None if rest.is_empty() => None,
        _ => return None,
    };
    (!name.is_empty()).then_some((name, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        Gate::new("127.0.0.1".parse().unwrap(), 3000, &["Book.example".to_owned()])
    }

    fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in list {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn get(list: &[(&'static str, &str)]) -> Option<StatusCode> {
        let uri = Uri::from_static("/");
        gate().check(&Method::GET, &uri, &headers(list), false).err().map(|refusal| refusal.status)
    }

    #[test]
    fn it_answers_to_its_own_names_only() {
        for host in [
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "LocalHost:3000",
            "book.example",
            "book.example:8443",
        ] {
            assert_eq!(get(&[("host", host)]), None, "{host}");
        }
        for host in [
            "evil.example:3000",
            "localhost",
            "localhost:3001",
            "localhost:3000.evil.example",
            "127.0.0.1:3000@evil",
            "localhost.:3000",
            "book.example.evil",
            "0.0.0.0:3000",
            "[::1",
            "",
            ":3000",
            "localhost:",
            "localhost:+3000",
            "localhost:3000:3000",
            "2130706433:3000",
        ] {
            assert_ne!(get(&[("host", host)]), None, "{host}");
        }
        assert_eq!(get(&[]), Some(StatusCode::BAD_REQUEST));
        let two = [("host", "localhost:3000"), ("host", "localhost:3000")];
        assert_eq!(get(&two), Some(StatusCode::BAD_REQUEST));
        let absolute = "http://evil.example/".parse().unwrap();
        let own = headers(&[("host", "localhost:3000")]);
        assert!(gate().check(&Method::GET, &absolute, &own, false).is_err());
    }

    #[test]
    fn pages_of_others_may_not_ask() {
        let with = |name, value| get(&[("host", "localhost:3000"), (name, value)]);
        assert_eq!(with("origin", "http://localhost:3000"), None);
        for origin in [
            "null",
            "http://evil.example",
            "http://127.0.0.1:3000",
            "http://localhost:3001",
            "localhost:3000",
            "",
        ] {
            assert_eq!(with("origin", origin), Some(StatusCode::FORBIDDEN), "{origin}");
        }
        assert_eq!(with("sec-fetch-site", "same-origin"), None);
        assert_eq!(with("sec-fetch-site", "cross-site"), Some(StatusCode::FORBIDDEN));
        assert_eq!(with("sec-fetch-site", "same-site"), Some(StatusCode::FORBIDDEN));
        let followed = |dest| {
            let from = ("sec-fetch-site", "cross-site");
            [("host", "localhost:3000"), from, ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", dest)]
        };
        assert_eq!(get(&followed("document")), None, "a link in a mail leads to the book");
        assert_eq!(get(&followed("iframe")), Some(StatusCode::FORBIDDEN), "and no frame of another site");
        let form = Uri::from_static("/__cxbook/add/quote");
        let asked = gate().check(&Method::GET, &form, &headers(&followed("document")), true);
        assert_eq!(asked.err().map(|refusal| refusal.status), Some(StatusCode::FORBIDDEN), "nor to a form");
    }

    #[test]
    fn only_looking_is_allowed_and_writing_says_where_it_comes_from() {
        let uri = Uri::from_static("/");
        let own = [("host", "localhost:3000")];
        let from_here = [("host", "localhost:3000"), ("origin", "http://localhost:3000")];
        let status = |method: &Method, list: &[(&'static str, &str)], may_write| {
            gate().check(method, &uri, &headers(list), may_write).err().map(|refusal| refusal.status.as_u16())
        };
        assert_eq!(status(&Method::HEAD, &own, false), None);
        for method in
            [Method::PUT, Method::DELETE, Method::OPTIONS, Method::CONNECT, Method::TRACE, Method::PATCH]
        {
            assert_eq!(status(&method, &from_here, true), Some(405), "{method}");
        }
        assert_eq!(status(&Method::POST, &from_here, false), Some(405));
        assert_eq!(status(&Method::POST, &own, true), Some(403));
        assert_eq!(status(&Method::POST, &from_here, true), None);
    }
}
