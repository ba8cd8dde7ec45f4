use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Issuer, ProtocolError, issuer::is_secure};

/// What a server says of itself (RFC 8414 §2); members we do not use are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerMetadata {
    /// The issuer, with a trailing slash at Maskinporten.
    pub issuer: String,
    /// Where grants are posted.
    pub token_endpoint: String,
    /// Where the keys that sign the tokens are published.
    pub jwks_uri: String,
    /// `private_key_jwt` at Maskinporten.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// The JWT bearer grant at Maskinporten.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// RS256, RS384 and RS512 at Maskinporten.
    #[serde(default)]
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
    /// Types of rich authorisation requests (RFC 9396 §10).
    #[serde(default)]
    pub authorization_details_types_supported: Vec<String>,
}

impl ServerMetadata {
    /// Reads the document that `issuer` published.
    ///
    /// Errors when it is not such a document, when it names another issuer (RFC 8414 §3.3), or
    /// when an address in it is neither https nor http on loopback.
    pub fn read(issuer: &Issuer, body: &[u8]) -> Result<Self, ProtocolError> {
        let metadata: Self = serde_json::from_slice(body)
            .map_err(|error| ProtocolError::Metadata(error.to_string()))?;
        if metadata.issuer != issuer.as_str() {
            return Err(ProtocolError::IssuerDiffers {
                asked: issuer.to_string(),
                named: metadata.issuer,
            });
        }
        for address in [&metadata.token_endpoint, &metadata.jwks_uri] {
            let secure = Url::parse(address).is_ok_and(|url| is_secure(&url));
            if !secure {
                return Err(ProtocolError::Metadata(format!("{address} is not https")));
            }
        }
        Ok(metadata)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: Result<&str, &str>) {
        let issuer: Issuer = "https://test.maskinporten.no/".parse().expect("an issuer");
        let read = ServerMetadata::read(&issuer, document.as_bytes());
        assert_eq!(
            read.as_ref()
                .map(|m| m.token_endpoint.as_str())
                .map_err(ProtocolError::code),
            expected,
            "{document}"
        );
    }

    #[test]
    fn the_document_must_name_the_issuer_it_came_from() {
        let with = |issuer: &str, token: &str| {
            format!(
                r#"{{"issuer":"{issuer}","token_endpoint":"{token}",
                    "jwks_uri":"https://test.maskinporten.no/jwk","more":1}}"#
            )
        };
        let token = "https://test.maskinporten.no/token";
        check(&with("https://test.maskinporten.no/", token), Ok(token));
        check(
            &with("https://test.maskinporten.no", token),
            Err("issuer_differs"),
        );
        check(
            &with("https://maskinporten.no/", token),
            Err("issuer_differs"),
        );
        check(
            &with(
                "https://test.maskinporten.no/",
                "http://test.maskinporten.no/token",
            ),
            Err("metadata_unusable"),
        );
        check("<html>", Err("metadata_unusable"));
        check(
            r#"{"issuer":"https://test.maskinporten.no/"}"#,
            Err("metadata_unusable"),
        );
    }
}
