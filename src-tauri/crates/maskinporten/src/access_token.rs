use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::Jwk};
use keystore::Secret;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Issuer, ProtocolError};

/// An access token: a JWT signed by Maskinporten (Digdir, "Access token").
///
/// Worth as much as a password while it lives: `Debug` hides it and it is wiped on drop.
#[derive(Debug)]
pub struct AccessToken {
    compact: Secret<String>,
    header: Map<String, Value>,
    claims: TokenClaims,
}

impl AccessToken {
    /// Reads the three parts without verifying anything.
    ///
    /// Errors with [`ProtocolError::TokenUnreadable`] when it is not a JWT.
    pub fn read(compact: String) -> Result<Self, ProtocolError> {
        let compact = Secret::new(compact);
        // Taken apart for reading; only the two open parts are kept outside the wrapping.
        let parts: Vec<&str> = compact.expose().split('.').collect();
        let [header, claims, _signature] = parts[..] else {
            return Err(ProtocolError::TokenUnreadable);
        };
        let header = decode_object(header)?;
        let claims = TokenClaims(decode_object(claims)?);
        Ok(Self {
            compact,
            header,
            claims,
        })
    }

    /// The token itself, for the one place that sends, prints or copies it.
    pub fn expose(&self) -> &str {
        self.compact.expose()
    }

    /// The decoded JOSE header.
    pub fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// The decoded claims. Trust them only after [`AccessToken::verify`].
    pub fn claims(&self) -> &TokenClaims {
        &self.claims
    }

    /// The key that signed the token, by the id in its header.
    pub fn key_id(&self) -> Option<&str> {
        self.header.get("kid").and_then(Value::as_str)
    }

    /// Whether a key set has the key that the header names; a header that names none could mean
    /// any of them. Errors when the key set cannot be read.
    pub fn key_is_in(&self, key_set: &[u8]) -> Result<bool, ProtocolError> {
        let Some(kid) = self.key_id() else {
            return Ok(true);
        };
        let keys = read_keys(key_set)?;
        Ok(keys
            .iter()
            .any(|key| key.common.key_id.as_deref() == Some(kid)))
    }

    /// Verifies the signature with the server's published keys, and that `iss` is `issuer`.
    ///
    /// `key_set` is the JSON of `jwks_uri`. Only RS256, RS384 and RS512 pass. The lifetime is not
    /// judged: our clock may be the wrong one.
    pub fn verify(&self, key_set: &[u8], issuer: &Issuer) -> Result<(), ProtocolError> {
        let keys = read_keys(key_set)?;
        let candidates = keys.iter().filter(|key| match self.key_id() {
            Some(kid) => key.common.key_id.as_deref() == Some(kid),
            None => true,
        });
        let mut verified = false;
        for key in candidates {
            let Ok(key) = DecodingKey::from_jwk(key) else {
                continue;
            };
            // Handed to the verifier, which needs the signed bytes.
            let token = self.compact.expose();
            if jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation()).is_ok() {
                verified = true;
                break;
            }
        }
        if !verified {
            return Err(ProtocolError::TokenSignature);
        }
        match self.claims.text("iss") {
            Some(named) if named == issuer.as_str() => Ok(()),
            named => Err(ProtocolError::TokenIssuer(
                named.unwrap_or_default().to_owned(),
            )),
        }
    }
}

/// The claims of an access token, as they came (Digdir, "Access token").
#[derive(Debug, Clone, PartialEq)]
pub struct TokenClaims(Map<String, Value>);

impl TokenClaims {
    /// All claims.
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// A claim that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A claim that is a whole number, such as `exp`: seconds since 1970, UTC.
    pub fn seconds(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    /// `consumer` or `supplier`.
    pub fn organisation(&self, name: &str) -> Option<Organisation> {
        let id = self.0.get(name)?.get("ID")?.as_str()?;
        Some(Organisation { id: id.to_owned() })
    }
}

/// An organisation as the token names it: two to four parts joined with colons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// As it came, for example `0192:991825827`.
    pub id: String,
}

impl Organisation {
    /// The nine digits, when the second part is an organisation number of Enhetsregisteret.
    pub fn digits(&self) -> Option<&str> {
        let mut parts = self.id.split(':');
        let register = parts.next()?;
        let digits = parts.next()?;
        let nine = digits.len() == 9 && digits.chars().all(|c| c.is_ascii_digit());
        (register == ENHETSREGISTERET && nine).then_some(digits)
    }
}

/// The keys of a set that can be read; others do not hide them (RFC 7517 §5).
fn read_keys(key_set: &[u8]) -> Result<Vec<Jwk>, ProtocolError> {
    let set: KeySet = serde_json::from_slice(key_set).map_err(|_| ProtocolError::KeySet)?;
    let read = set
        .keys
        .into_iter()
        .filter_map(|key| serde_json::from_value(key).ok());
    Ok(read.collect())
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

fn decode_object(part: &str) -> Result<Map<String, Value>, ProtocolError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| ProtocolError::TokenUnreadable)?;
    serde_json::from_slice(&bytes).map_err(|_| ProtocolError::TokenUnreadable)
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.algorithms = vec![Algorithm::RS256, Algorithm::RS384, Algorithm::RS512];
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    validation
}

/// ICD 0192 of ISO 6523.
const ENHETSREGISTERET: &str = "0192";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_shows_its_nine_digits() {
        for (id, expected) in [
            ("0192:991825827", Some("991825827")),
            ("0192:991825827:ER//987464291:1", Some("991825827")),
            ("0088:991825827", None),
            ("0192:99182582", None),
            ("991825827", None),
        ] {
            let organisation = Organisation { id: id.to_owned() };
            assert_eq!(organisation.digits(), expected, "{id}");
        }
    }

    #[test]
    fn what_is_not_three_parts_of_json_is_unreadable() {
        for text in ["", "a.b", "a.b.c", "e30.e30", "e30.W10.x"] {
            assert!(AccessToken::read(text.to_owned()).is_err(), "{text}");
        }
        assert!(AccessToken::read("e30.e30.x".to_owned()).is_ok());
    }
}
