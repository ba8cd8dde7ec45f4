//! JSON Web Keys and sets of them (RFC 7517, RFC 7518 §6, RFC 8037).

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use serde_json::Value;
use time::OffsetDateTime;
use zeroize::{Zeroize, Zeroizing};

use crate::ber::{BIT_STRING, CONTEXT_CONSTRUCTED, OCTET_STRING, OID};
use crate::envelope::base64_loose;
use crate::found::{Found, FoundKey};
use crate::keystore::{Format, Keystore};
use crate::{KeystoreError, PrivateKey, Secret, der, jwk_curve, oid};

/// Tells a key from a set; None for other JSON.
pub(crate) fn identify(text: &str) -> Option<Format> {
    Some(parse(text.as_bytes())?.format)
}

/// Whether a text is the beginning of one, and the rest is missing.
pub(crate) fn is_cut(text: &str) -> bool {
    let read = serde_json::from_str::<IgnoredAny>(text);
    (text.contains("\"kty\"") || text.contains("\"keys\""))
        && read.is_err_and(|error| error.is_eof())
}

/// How many keys there are.
pub(crate) fn count(bytes: &[u8]) -> usize {
    parse(bytes).map_or(0, |keys| keys.keys.len())
}

/// Opens a file. Public and symmetric keys are passed over; certificates in `x5c` are taken.
///
/// # Errors
/// `Damaged`, `KeyDamaged`, `Unsupported` for a curve or form that is not read.
pub(crate) fn open(bytes: &[u8], now: OffsetDateTime) -> Result<Keystore, KeystoreError> {
    let keys = parse(bytes).ok_or(KeystoreError::Damaged { what: "JWK" })?;
    let mut found = Found::default();
    for (at, key) in keys.keys.iter().enumerate() {
        let id = Some(at.to_be_bytes().to_vec());
        let name = key.text("kid").map(str::to_owned);
        let shared: Option<Rc<str>> = name.as_deref().map(Rc::from);
        for certificate in key.certificates() {
            found.add_certificate(&certificate, shared.clone(), id.clone())?;
        }
        let private = match key.private() {
            Ok(Some(private)) => Ok(private),
            Ok(None) => continue,
            Err(error @ KeystoreError::Unsupported { .. }) => Err(error),
            Err(_) => Err(KeystoreError::KeyDamaged),
        };
        found.keys.push(FoundKey {
            name,
            local_key_id: id,
            owns_certificates: true,
            key: private,
        });
    }
    found.into_keystore(keys.format, now)
}

struct Keys {
    format: Format,
    keys: Vec<Jwk>,
}

/// An object that is a key.
struct Jwk(Wiped);

/// JSON that may hold a plain key; wiped afterwards.
struct Wiped(Value);

fn parse(bytes: &[u8]) -> Option<Keys> {
    // Objects and lists take much more memory than their text.
    let count = |wanted: fn(&u8) -> bool| bytes.iter().filter(|byte| wanted(byte)).count();
    if count(|byte| *byte == b'{') > OBJECTS_MAX
        || count(|byte| matches!(byte, b'[' | b',')) > VALUES_MAX
    {
        return None;
    }
    let mut whole = Wiped(serde_json::from_slice(bytes).ok()?);
    if is_key(&whole.0) {
        let (format, keys) = (Format::Jwk, vec![Jwk(whole)]);
        return Some(Keys { format, keys });
    }
    let list = match &mut whole.0 {
        Value::Object(set) => set.get_mut("keys")?.as_array_mut()?,
        // Some guides show a set without its wrapping object.
        Value::Array(list) => list,
        _ => return None,
    };
    let mut list: Vec<Wiped> = std::mem::take(list).into_iter().map(Wiped).collect();
    let is_empty = list.is_empty();
    // §5: what is not understood is passed over, and hides no key beside it.
    list.retain(|key| is_key(&key.0));
    if list.is_empty() && !is_empty {
        return None;
    }
    Some(Keys {
        format: Format::Jwks,
        keys: list.into_iter().map(Jwk).collect(),
    })
}

/// Whether there is something of a key in it: a private part, certificates, or the whole public part (RFC 7518 §6).
fn is_key(value: &Value) -> bool {
    let has = |member: &str| value.get(member).is_some();
    let Some(kind) = value.get("kty") else {
        return false;
    };
    let public: &[&str] = match kind.as_str() {
        Some("RSA") => &["n", "e"],
        Some("EC") => &["crv", "x", "y"],
        Some("OKP") => &["crv", "x"],
        Some("oct") => &["k"],
        // What is not understood is for others to judge.
        _ => &[],
    };
    has("d") || has("x5c") || public.iter().all(|member| has(member))
}

impl Jwk {
    fn text(&self, member: &str) -> Option<&str> {
        self.0.0.get(member)?.as_str()
    }

    fn bytes(&self, member: &str) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        self.text(member)
            .and_then(|text| base64_loose(text.as_bytes()))
            .ok_or(KeystoreError::KeyDamaged)
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        let list = self
            .0
            .0
            .get("x5c")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter_map(|certificate| STANDARD.decode(certificate.as_str()?).ok())
            .collect()
    }

    fn private(&self) -> Result<Option<PrivateKey>, KeystoreError> {
        if self.0.0.get("d").is_none() {
            return Ok(None);
        }
        match self.text("kty") {
            Some("RSA") => self.rsa().map(Some),
            Some("EC") => self.ec().map(Some),
            Some("OKP") => self.okp().map(Some),
            _ => Ok(None),
        }
    }

    /// RFC 7518 §6.3 as an RSAPrivateKey (RFC 8017 §A.1.2).
    fn rsa(&self) -> Result<PrivateKey, KeystoreError> {
        if self.0.0.get("p").is_none() {
            return Err(KeystoreError::Unsupported {
                what: "RSA JWK without primes".to_owned(),
            });
        }
        let mut numbers = vec![der::unsigned(&[])];
        for member in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
            numbers.push(der::unsigned(&self.bytes(member)?));
        }
        let parts: Vec<&[u8]> = numbers.iter().map(|number| number.as_slice()).collect();
        PrivateKey::from_pkcs1(&Secret::from(der::sequence(&parts)))
    }

    /// RFC 7518 §6.2 as an ECPrivateKey (RFC 5915).
    fn ec(&self) -> Result<PrivateKey, KeystoreError> {
        let name = self.text("crv").unwrap_or("EC curve");
        let curve = jwk_curve::of_name(name).ok_or_else(|| KeystoreError::unsupported(name))?;
        let point = der::element(BIT_STRING, &[&[0, 4], &self.bytes("x")?, &self.bytes("y")?]);
        let sec1 = der::sequence(&[
            &der::unsigned(&[1]),
            &der::element(OCTET_STRING, &[&self.bytes("d")?]),
            &der::element(CONTEXT_CONSTRUCTED, &[&der::element(OID, &[curve.oid])]),
            &der::element(CONTEXT_CONSTRUCTED | 1, &[&point]),
        ]);
        PrivateKey::from_sec1(&Secret::from(sec1))
    }

    /// RFC 8037 §2.
    fn okp(&self) -> Result<PrivateKey, KeystoreError> {
        if self.text("crv") != Some("Ed25519") {
            let curve = self.text("crv").unwrap_or("OKP");
            return Err(KeystoreError::unsupported(curve));
        }
        let pkcs8 = der::sequence(&[
            &der::unsigned(&[]),
            &der::sequence(&[&der::element(OID, &[oid::ED25519])]),
            &der::element(
                OCTET_STRING,
                &[&der::element(OCTET_STRING, &[&self.bytes("d")?])],
            ),
        ]);
        PrivateKey::from_pkcs8(Secret::from(pkcs8))
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

const OBJECTS_MAX: usize = 2000;
const VALUES_MAX: usize = 50_000;
