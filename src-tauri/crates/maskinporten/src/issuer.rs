use std::{fmt, str::FromStr};

use url::{Host, Url};

use crate::ProtocolError;

/// The name of an authorisation server, and the `aud` of every grant sent to it.
///
/// An https address, or http on loopback, kept exactly as written: Maskinporten compares it
/// character by character (Digdir, "JWT grant", `aud`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Issuer(String);

impl Issuer {
    /// The issuer as it stands in `aud`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the metadata document lies: appended to the issuer, also after a path
    /// (Digdir, "Well-known"; RFC 8414 §5 allows it for such deployments).
    pub fn metadata_url(&self) -> String {
        let slash = if self.0.ends_with('/') { "" } else { "/" };
        format!("{}{slash}{METADATA_PATH}", self.0)
    }

    /// The name or address of the server, without port.
    pub fn host(&self) -> String {
        let url = Url::parse(&self.0).ok();
        url.and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_loopback(&url))
    }

    pub(crate) fn fixed(issuer: &'static str) -> Self {
        Self(issuer.to_owned())
    }
}

impl FromStr for Issuer {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let refused = || ProtocolError::Issuer(text.to_owned());
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(refused());
        }
        let url = Url::parse(text).map_err(|_| refused())?;
        let plain = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if plain && is_secure(&url) {
            Ok(Self(text.to_owned()))
        } else {
            Err(refused())
        }
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Https anywhere, http on loopback only: a grant must not travel in the clear.
pub(crate) fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

const METADATA_PATH: &str = ".well-known/oauth-authorization-server";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_loopback_is_an_issuer() {
        for (text, expected) in [
            ("https://test.maskinporten.no/", true),
            ("https://example.org/idp", true),
            ("http://127.0.0.1:8080/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]:1/", true),
            ("http://localhost/", true),
            ("http://test.maskinporten.no/", false),
            ("http://localhost.example.org/", false),
            ("http://127.0.0.1.example.org/", false),
            ("ftp://127.0.0.1/", false),
            ("test.maskinporten.no", false),
            ("https://user:secret@example.org/", false),
            ("https://example.org/?a=b", false),
            ("https://example.org/#x", false),
            (" https://example.org/", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Issuer>().is_ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn metadata_is_appended_also_after_a_path() {
        let url = |text: &str| text.parse::<Issuer>().expect("an issuer").metadata_url();
        assert_eq!(
            url("https://test.maskinporten.no/"),
            "https://test.maskinporten.no/.well-known/oauth-authorization-server"
        );
        assert_eq!(
            url("https://example.org/idp"),
            "https://example.org/idp/.well-known/oauth-authorization-server"
        );
    }
}
