//! Reads files of public keys: PEM with a SubjectPublicKeyInfo, and public JSON Web Keys.
//!
//! They are no key stores, so [`open`](crate::open) refuses them; what was written is checked with this.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::ber::{BIT_STRING, OID};
use crate::envelope::base64_loose;
use crate::{KeystoreError, PublicKey, der, jwk_curve, oid, recognise};

/// The public keys of a file, in its order: one PEM block, a JWK or a set of them.
///
/// # Errors
/// `NotAKeystore` where it is none of these, `Damaged` where a key cannot be read, `TooLarge`.
pub fn read_public_keys(bytes: &[u8]) -> Result<Vec<PublicKey>, KeystoreError> {
    recognise::check_size(bytes)?;
    let none = KeystoreError::NotAKeystore { found: "unknown" };
    let text = std::str::from_utf8(bytes).map_err(|_| none.clone())?.trim();
    // Text may stand above the block (RFC 7468 §2).
    let pem = text
        .split_once("-----BEGIN PUBLIC KEY-----")
        .and_then(|(_, text)| text.strip_suffix("-----END PUBLIC KEY-----"));
    if let Some(base64) = pem {
        let spki = base64_loose(base64.as_bytes()).ok_or(DAMAGED)?;
        return Ok(vec![PublicKey::from_spki_der(&spki).map_err(|_| DAMAGED)?]);
    }
    let json: Value = serde_json::from_str(text).map_err(|_| none)?;
    match json.get("keys").and_then(Value::as_array) {
        Some(keys) => keys.iter().map(jwk).collect(),
        None => Ok(vec![jwk(&json)?]),
    }
}

fn jwk(json: &Value) -> Result<PublicKey, KeystoreError> {
    let text = |member: &str| json.get(member).and_then(Value::as_str);
    let number = |member: &str| {
        text(member)
            .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
            .ok_or(DAMAGED)
    };
    let identifier = |algorithm: &[u8], curve: &[u8]| {
        let algorithm = der::element(OID, &[algorithm]);
        match curve {
            [] => der::sequence(&[&algorithm]),
            curve => der::sequence(&[&algorithm, &der::element(OID, &[curve])]),
        }
    };
    let (identifier, key) = match text("kty") {
        Some("RSA") => {
            let (n, e) = (der::unsigned(&number("n")?), der::unsigned(&number("e")?));
            let key = der::sequence(&[&n, &e]).to_vec();
            (der::algorithm_with_null(oid::RSA_ENCRYPTION), key)
        }
        Some("EC") => {
            let curve = text("crv").and_then(jwk_curve::of_name).ok_or(DAMAGED)?;
            let point = [vec![4], number("x")?, number("y")?].concat();
            (identifier(oid::EC_PUBLIC_KEY, curve.oid), point)
        }
        Some("OKP") if text("crv") == Some("Ed25519") => {
            (identifier(oid::ED25519, &[]), number("x")?)
        }
        _ => return Err(DAMAGED),
    };
    let spki = der::sequence(&[&identifier, &der::element(BIT_STRING, &[&[0], &key])]);
    PublicKey::from_spki_der(&spki).map_err(|_| DAMAGED)
}

const DAMAGED: KeystoreError = KeystoreError::Damaged { what: "public key" };
