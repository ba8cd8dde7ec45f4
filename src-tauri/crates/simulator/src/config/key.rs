//! Public keys in the config file: a JWK (RFC 7517 §4), or PEM with its key id beside it.

use keystore::{Certificate, KeyType, PublicKey, SignatureAlgorithm, read_public_keys};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::json;
use time::OffsetDateTime;

use crate::check::algorithm;
use crate::material::read_pem;
use crate::registry::RegisteredKey;

/// A public key.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Stated")]
pub(super) struct KeyEntry {
    pub(super) kid: String,
    algorithm: SignatureAlgorithm,
    spki_der: Vec<u8>,
    posted: Option<OffsetDateTime>,
    expires: Option<OffsetDateTime>,
}

/// Certificate authorities as PEM, one or a bundle.
#[derive(Debug)]
pub(super) struct AuthorityPem(pub(super) Vec<Certificate>);

/// The fields as they stand. Private members are not among them, and so are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    kid: String,
    kty: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
    exp: Option<i64>,
    pem: Option<String>,
    #[serde(default, with = "time::serde::rfc3339::option")]
    posted: Option<OffsetDateTime>,
}

impl KeyEntry {
    /// The key as registered on a client; one that tells no date was posted `now`.
    pub(super) fn registered(&self, now: OffsetDateTime) -> RegisteredKey {
        RegisteredKey {
            kid: self.kid.clone(),
            algorithm: self.algorithm,
            spki_der: self.spki_der.clone(),
            posted: self.posted.unwrap_or(now),
            expires: self.expires,
            x5c: Vec::new(),
        }
    }
}

impl TryFrom<Stated> for KeyEntry {
    type Error = String;

    fn try_from(stated: Stated) -> Result<Self, String> {
        if stated.kid.is_empty() {
            return Err("kid must not be empty".to_owned());
        }
        if stated.purpose.as_deref().is_some_and(|word| word != "sig") {
            return Err("use must be sig".to_owned());
        }
        let algorithm = algorithm(stated.alg.as_deref().unwrap_or("RS256"))
            .ok_or("alg must be RS256, RS384 or RS512")?;
        let expires = stated.exp.map(OffsetDateTime::from_unix_timestamp);
        let expires = expires
            .transpose()
            .map_err(|_| "exp is no moment in seconds since 1970".to_owned())?;
        let spki_der = public_key(&stated)?;
        Ok(Self {
            kid: stated.kid,
            algorithm,
            spki_der,
            posted: stated.posted,
            expires,
        })
    }
}

fn public_key(stated: &Stated) -> Result<Vec<u8>, String> {
    match (&stated.kty, &stated.n, &stated.e, &stated.pem) {
        (Some(kty), Some(n), Some(e), None) => {
            let jwk = json!({ "kty": kty, "n": n, "e": e }).to_string();
            rsa(read_public_keys(jwk.as_bytes()).ok())
        }
        // It does not belong here, and what else stands with it is not looked at.
        (None, None, None, Some(pem)) if pem.contains("PRIVATE KEY") => {
            Err("pem holds a private key; only the public half belongs here".to_owned())
        }
        (None, None, None, Some(pem)) if pem.contains("-----BEGIN CERTIFICATE-----") => {
            let certificates = read_pem(pem).ok_or("pem is no certificate")?;
            match certificates.as_slice() {
                [certificate] => rsa(Some(vec![certificate.public_key().clone()])),
                _ => Err("pem must hold one certificate".to_owned()),
            }
        }
        (None, None, None, Some(pem)) => rsa(read_public_keys(pem.as_bytes()).ok()),
        _ => Err("a key has either kty, n and e, or pem".to_owned()),
    }
}

/// The one RSA key of at least 2048 bits that was read.
fn rsa(keys: Option<Vec<PublicKey>>) -> Result<Vec<u8>, String> {
    match keys.as_deref() {
        Some([key]) if key.key_type() == KeyType::Rsa && key.bits() >= KEY_BITS_MIN => {
            Ok(key.spki_der().to_vec())
        }
        Some(_) => Err("the key must be RSA with at least 2048 bits".to_owned()),
        None => Err("the key cannot be read as a public key".to_owned()),
    }
}

impl<'de> Deserialize<'de> for AuthorityPem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pem = String::deserialize(deserializer)?;
        let authorities = read_pem(&pem).filter(|all| !all.is_empty());
        let authorities =
            authorities.ok_or_else(|| D::Error::custom("is no certificate in PEM"))?;
        match authorities.iter().all(Certificate::is_ca) {
            true => Ok(Self(authorities)),
            false => Err(D::Error::custom(
                "holds a certificate that may not issue others (CA:FALSE)",
            )),
        }
    }
}

/// The serial number of a revoked certificate, in hex as tools print it: with colons or without.
#[derive(Debug)]
pub(super) struct Serial(pub(super) String);

impl<'de> Deserialize<'de> for Serial {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hex = text.replace(':', "").to_ascii_lowercase();
        if hex.is_empty() || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(D::Error::custom("is no serial number in hex"));
        }
        match hex.trim_start_matches('0') {
            "" => Ok(Self("0".to_owned())),
            digits => Ok(Self(digits.to_owned())),
        }
    }
}

/// The smallest RSA key there is any use for; the signature check takes no smaller.
const KEY_BITS_MIN: u32 = 2048;
