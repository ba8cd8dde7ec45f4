//! One name for each way the network fails. Texts vary by system and language, so the kinds of the
//! causes decide, and the log gets the chain.

use std::{error::Error, io};

use super::{resolver::NoAddress, tls_witness::TlsWitness};
use crate::Failure;

/// The failure behind an error of reqwest. `proxy` is the host of the proxy that the request went to, where it did.
pub(super) fn name(error: &reqwest::Error, witness: &TlsWitness, proxy: Option<String>) -> Failure {
    tracing::warn!(cause = %chain(error), "the network failed");
    let host = error
        .url()
        .and_then(|url| url.host_str())
        .unwrap_or_default();
    let code = code(error);
    if let Some(proxy) = proxy.filter(|_| NOT_REACHED.contains(&code)) {
        return Failure::new("network_proxy_unreachable").with("host", proxy);
    }
    let refused = (code == "network_tls").then(|| witness.failure(host));
    refused
        .flatten()
        .unwrap_or_else(|| Failure::new(code).with("host", host))
}

/// Before anything was said to anyone.
const NOT_REACHED: [&str; 3] = ["network_dns", "network_refused", "network_unreachable"];

fn code(error: &reqwest::Error) -> &'static str {
    use io::ErrorKind as Kind;
    let causes = causes(error);
    let io = |kinds: &[Kind]| {
        let mut found = causes.iter().filter_map(|c| c.downcast_ref::<io::Error>());
        found.any(|io| kinds.contains(&io.kind()))
    };
    if error.is_timeout() || io(&[Kind::TimedOut]) {
        "network_timeout"
    } else if causes.iter().any(|cause| cause.is::<NoAddress>()) {
        "network_dns"
    } else if causes.iter().any(|cause| wants_login(*cause)) {
        "network_proxy_login"
    } else if io(&[Kind::ConnectionRefused]) {
        "network_refused"
    } else if io(&[Kind::ConnectionReset, Kind::BrokenPipe])
        || io(&[Kind::UnexpectedEof, Kind::ConnectionAborted])
    {
        "network_reset"
    } else if causes.iter().any(|cause| is_no_http(*cause)) {
        "network_no_http"
    } else if io(&[Kind::InvalidData]) || causes.iter().any(|cause| cause.is::<rustls::Error>()) {
        "network_tls"
    } else if error.is_connect() {
        "network_unreachable"
    } else if error.is_request() || error.is_body() {
        "network_reset"
    } else {
        "network_other"
    }
}

/// Whether a proxy answered 407 to CONNECT. The library keeps the type of this error to itself; the
/// name of the variant is all there is to know it by.
fn wants_login(cause: &(dyn Error + 'static)) -> bool {
    format!("{cause:?}") == "ProxyAuthRequired"
}

/// Whether something was answered, and that was not HTTP.
fn is_no_http(cause: &(dyn Error + 'static)) -> bool {
    let of_http = cause.downcast_ref::<hyper::Error>();
    of_http.is_some_and(|error| error.is_parse() || error.is_parse_too_large())
}

/// The causes, outermost first. What an `io::Error` wraps is a cause too: its own `source` skips it.
fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        found.push(cause);
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    found
}

/// The causes, outermost first, without the address: a query could hold more than a host.
fn chain(error: &reqwest::Error) -> String {
    let texts: Vec<String> = causes(error).iter().map(ToString::to_string).collect();
    texts.join(": ")
}
