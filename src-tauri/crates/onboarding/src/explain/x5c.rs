//! The certificate in the header of a request.

use base64::{Engine, engine::general_purpose::STANDARD};
use keystore::{Certificate, CertificateEnvironment, Purpose};
use maskinporten::Environment;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::Finding;

/// The leaf, where `x5c` has the form it must have (RFC 7515 §4.1.6).
pub(super) fn leaf(header: &Map<String, Value>) -> Option<Certificate> {
    let first = header.get("x5c")?.as_array()?.first()?.as_str()?;
    Certificate::from_der(&STANDARD.decode(first).ok()?).ok()
}

/// What is wrong with the form of `x5c`; nothing when there is none.
pub(super) fn form(header: &Map<String, Value>) -> Option<Finding> {
    let id = match header.get("x5c")? {
        Value::Array(values) if values.is_empty() => "x5c_empty",
        Value::Array(values) => values.iter().find_map(certificate)?,
        Value::String(_) => "x5c_string",
        _ => "x5c_unreadable",
    };
    Some(Finding::wrong(id, Some(123)))
}

fn certificate(value: &Value) -> Option<&'static str> {
    let Some(text) = value.as_str() else {
        return Some("x5c_unreadable");
    };
    if text.contains("-----BEGIN") {
        Some("x5c_pem")
    } else if text.contains(char::is_whitespace) {
        Some("x5c_line_breaks")
    } else if text.contains(['-', '_']) {
        Some("x5c_base64url")
    } else {
        let der = STANDARD.decode(text).ok();
        let is_certificate = der.is_some_and(|der| Certificate::from_der(&der).is_ok());
        (!is_certificate).then_some("x5c_unreadable")
    }
}

/// What is wrong with the certificate itself, for the environment the request is meant for.
pub(super) fn content(
    leaf: &Certificate,
    environment: Option<Environment>,
    now: OffsetDateTime,
) -> Vec<Finding> {
    use CertificateEnvironment as Kind;
    let mut found = Vec::new();
    if now > leaf.not_after() {
        let until = leaf.not_after().date().to_string();
        found.push(Finding::wrong("certificate_expired", Some(120)).with("date", &until));
    }
    let made_for = match leaf.environment() {
        Kind::Test => Some(Environment::Test),
        Kind::Production => Some(Environment::Production),
        Kind::Practice | Kind::Unknown => None,
    };
    if let (Some(made_for), Some(environment)) = (made_for, environment)
        && made_for != environment
    {
        let finding = Finding::wrong("certificate_environment", Some(120));
        let finding = finding.with("other_environment", made_for.as_str());
        found.push(finding.with("environment", environment.as_str()));
    }
    if leaf.purpose() == Purpose::Encryption {
        found.push(Finding::wrong("certificate_encryption", Some(120)));
    }
    found
}
