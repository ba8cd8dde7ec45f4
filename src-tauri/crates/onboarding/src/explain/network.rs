//! What programs write when they do not reach a server.

use time::OffsetDateTime;

use super::{Finding, pasted::Pasted};
use crate::Failure;

/// One finding for each kind of trouble.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let mut found = Vec::new();
    for (words, code) in SAID {
        let Some(at) = pasted.lower.find(words) else {
            continue;
        };
        let mut failure = Failure::new(code);
        if let Some(host) = host(pasted) {
            failure = failure.with("host", host);
        }
        found.push(Finding::failure(failure).on_line(pasted.line_of(at)));
    }
    found
}

/// The server that the text is about, when it names one we know.
fn host(pasted: &Pasted) -> Option<&'static str> {
    HOSTS
        .into_iter()
        .find(|host| pasted.find_word(host).is_some())
}

/// In lower case: Java, .NET, Node, Python, Go, curl and Windows.
const SAID: [(&str, &str); 39] = [
    ("unknownhostexception", "network_dns"),
    ("could not resolve host", "network_dns"),
    ("enotfound", "network_dns"),
    ("eai_again", "network_dns"),
    ("name or service not known", "network_dns"),
    ("no such host", "network_dns"),
    ("nodename nor servname", "network_dns"),
    ("connection refused", "network_refused"),
    ("econnrefused", "network_refused"),
    ("actively refused", "network_refused"),
    (
        "connected party did not properly respond",
        "network_timeout",
    ),
    ("connect timed out", "network_timeout"),
    ("connection timed out", "network_timeout"),
    ("etimedout", "network_timeout"),
    ("operation timed out", "network_timeout"),
    ("read timed out", "network_timeout"),
    ("i/o timeout", "network_timeout"),
    ("connection reset", "network_reset"),
    ("econnreset", "network_reset"),
    ("forcibly closed by the remote host", "network_reset"),
    ("unexpected end of file from server", "network_reset"),
    ("pkix path building failed", "network_tls_inspected"),
    (
        "self-signed certificate in certificate chain",
        "network_tls_inspected",
    ),
    (
        "self signed certificate in certificate chain",
        "network_tls_inspected",
    ),
    ("self_signed_cert_in_chain", "network_tls_inspected"),
    (
        "unable to get local issuer certificate",
        "network_tls_inspected",
    ),
    (
        "certificate signed by unknown authority",
        "network_tls_inspected",
    ),
    ("unable_to_verify_leaf_signature", "network_tls_inspected"),
    (
        "unable to verify the first certificate",
        "network_tls_inspected",
    ),
    ("hostname mismatch", "network_tls_name"),
    ("no subject alternative", "network_tls_name"),
    ("err_tls_cert_altname_invalid", "network_tls_name"),
    ("certificate is valid for", "network_tls_name"),
    ("certificate has expired", "network_tls_expired"),
    ("cert_has_expired", "network_tls_expired"),
    // Which of the causes it was, these do not say.
    ("pkix path validation failed", "network_tls"),
    ("remote certificate is invalid", "network_tls"),
    ("could not establish trust relationship", "network_tls"),
    ("proxy authentication required", "network_proxy_login"),
];

const HOSTS: [&str; 6] = [
    "test.maskinporten.no",
    "maskinporten.no",
    "api.test.samarbeid.digdir.no",
    "api.samarbeid.digdir.no",
    "platform.tt02.altinn.no",
    "platform.altinn.no",
];
