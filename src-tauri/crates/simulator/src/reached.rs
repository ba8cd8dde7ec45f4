//! The addresses at which this very server is reached, and what comes from elsewhere.
//!
//! A foreign `Host` is a name that was pointed here (DNS rebinding); a foreign `Origin` is another
//! site's page. An address of digits cannot be pointed anywhere, so where the simulator listens on
//! every address of the machine, any of those is its own.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, Method, header};
use url::{Host, Url};

/// How a simulator is reached.
pub(crate) struct Reached {
    /// By the name it calls itself, if that is an address.
    issuer: Option<Url>,
    /// Where it listens.
    addr: SocketAddr,
}

impl Reached {
    /// One that calls itself `issuer` and listens at `addr`.
    pub(crate) fn new(issuer: &str, addr: SocketAddr) -> Self {
        Self {
            issuer: Url::parse(issuer).ok(),
            addr,
        }
    }

    /// Whether a request was sent to this server by its own name, and by no page.
    pub(crate) fn is_from_no_page(&self, headers: &HeaderMap) -> bool {
        !headers.contains_key(header::ORIGIN) && self.own_origin(headers).is_some()
    }

    /// Whether a request comes from a page of this very server. A form must say where it comes
    /// from.
    pub(crate) fn is_from_own_page(&self, headers: &HeaderMap, method: &Method) -> bool {
        let Some(own) = self.own_origin(headers) else {
            return false;
        };
        match headers.contains_key(header::ORIGIN) {
            true => one(headers, &header::ORIGIN) == Some(own.as_str()),
            false => method == Method::GET,
        }
    }

    /// The origin a request was sent to, if it is this server's.
    fn own_origin(&self, headers: &HeaderMap) -> Option<String> {
        let host = one(headers, &header::HOST)?;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        if !host.chars().all(is_allowed) {
            return None;
        }
        let sent_to = |scheme: &str| Url::parse(&format!("{scheme}://{host}/")).ok();
        let by_name = self.issuer.as_ref().and_then(|issuer| {
            sent_to(issuer.scheme()).filter(|url| url.origin() == issuer.origin())
        });
        let own = by_name.or_else(|| sent_to("http").filter(|url| self.is_here(url)))?;
        Some(own.origin().ascii_serialization())
    }

    fn is_here(&self, url: &Url) -> bool {
        let listens_on = |ip: IpAddr| {
            ip.is_loopback() || ip == self.addr.ip() || self.addr.ip().is_unspecified()
        };
        url.port_or_known_default() == Some(self.addr.port())
            && url.host().is_some_and(|host| match host {
                Host::Domain(name) => name == "localhost",
                Host::Ipv4(ip) => listens_on(ip.into()),
                Host::Ipv6(ip) => listens_on(ip.into()),
            })
    }
}

/// The one header of a name.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_page_is_own_by_any_name_of_the_server_and_no_other() {
        let loopback = ("http://127.0.0.1:4000/", "127.0.0.1:4000");
        let six = ("http://[::1]:4000/", "[::1]:4000");
        let everywhere = ("http://0.0.0.0:4000/", "0.0.0.0:4000");
        let named = ("https://practice.example/mp/", "0.0.0.0:4000");
        let mapped = ("http://localhost:8080/", "0.0.0.0:4000");
        let rows = [
            (loopback, "127.0.0.1:4000", "http://127.0.0.1:4000", true),
            (loopback, "localhost:4000", "http://localhost:4000", true),
            (loopback, "127.0.0.1:4001", "http://127.0.0.1:4001", false),
            (loopback, "127.0.0.1", "http://127.0.0.1", false),
            (loopback, "192.0.2.1:4000", "http://192.0.2.1:4000", false),
            (
                loopback,
                "evil.example:4000",
                "http://evil.example:4000",
                false,
            ),
            (loopback, "127.0.0.1:4000", "https://127.0.0.1:4000", false),
            (loopback, "127.0.0.1:4000", "http://localhost:4000", false),
            (loopback, "a@127.0.0.1:4000", "http://127.0.0.1:4000", false),
            (loopback, "127.0.0.1:4000/a", "http://127.0.0.1:4000", false),
            (six, "[::1]:4000", "http://[::1]:4000", true),
            (everywhere, "0.0.0.0:4000", "http://0.0.0.0:4000", true),
            (everywhere, "192.0.2.1:4000", "http://192.0.2.1:4000", true),
            (
                everywhere,
                "[2001:db8::1]:4000",
                "http://[2001:db8::1]:4000",
                true,
            ),
            (
                everywhere,
                "evil.example:4000",
                "http://evil.example:4000",
                false,
            ),
            (named, "practice.example", "https://practice.example", true),
            (
                named,
                "practice.example:443",
                "https://practice.example",
                true,
            ),
            (named, "practice.example", "http://practice.example", false),
            (
                named,
                "practice.example:80",
                "https://practice.example",
                false,
            ),
            (named, "evil.example", "https://evil.example", false),
            (named, "127.0.0.1:4000", "http://127.0.0.1:4000", true),
            (mapped, "localhost:8080", "http://localhost:8080", true),
            (mapped, "127.0.0.1:8080", "http://127.0.0.1:8080", false),
        ];
        for ((issuer, addr), host, origin, is_own) in rows {
            let reached = Reached::new(issuer, addr.parse().unwrap());
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            let row = format!("{issuer} {host} {origin}");
            let found = reached.is_from_own_page(&headers, &Method::POST);
            assert_eq!(found, is_own, "{row}");
            assert!(!reached.is_from_no_page(&headers), "{row}");
            headers.remove(header::ORIGIN);
            assert!(!reached.is_from_own_page(&headers, &Method::POST), "{row}");
            if is_own {
                assert!(reached.is_from_own_page(&headers, &Method::GET), "{row}");
                assert!(reached.is_from_no_page(&headers), "{row}");
            }
            headers.append(header::HOST, host.parse().unwrap());
            assert!(!reached.is_from_no_page(&headers), "{row}, twice");
        }
    }
}
