//! Writes JSON Web Keys and sets of them (RFC 7517, RFC 7518 §6, RFC 8037), public and private.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::ber::{BerError, INTEGER, Octets, Reader, SEQUENCE};
use crate::jwk_curve::{self, JwkCurve};
use crate::{KeyType, KeystoreError, PrivateKey, PublicKey, Secret};

/// The JWK of a public key, with `use` sig, the algorithm that goes with the key (`RS256` for RSA, `PS256` for RSASSA-PSS), and that `kid`.
///
/// # Errors
/// `Unsupported` for kinds of keys and curves that RFC 7518 and RFC 8037 do not name.
pub fn write_jwk(key: &PublicKey, kid: &str) -> Result<String, KeystoreError> {
    let members = Members::public(key, kid)?;
    Ok(members.object("")?.to_string() + "\n")
}

/// A set with that one key.
///
/// # Errors
/// As [`write_jwk`].
pub fn write_jwks(key: &PublicKey, kid: &str) -> Result<String, KeystoreError> {
    let members = Members::public(key, kid)?;
    Ok(in_set(&members)?.to_string())
}

/// The JWK of a private key, not protected. Whoever reads it has the key.
///
/// # Errors
/// As [`write_jwk`].
pub fn expose_jwk(key: &PrivateKey, kid: &str) -> Result<Secret<Vec<u8>>, KeystoreError> {
    let object = Members::private(key, kid)?.object("")?;
    Ok(secret(&[&object, "\n"]))
}

/// A set with that one private key, not protected.
///
/// # Errors
/// As [`write_jwk`].
pub fn expose_jwks(key: &PrivateKey, kid: &str) -> Result<Secret<Vec<u8>>, KeystoreError> {
    let set = in_set(&Members::private(key, kid)?)?;
    Ok(secret(&[&set]))
}

/// The thumbprint of a public key with SHA-256 (RFC 7638), in base64url: a `kid` that no other key has.
///
/// # Errors
/// As [`write_jwk`].
pub fn jwk_thumbprint(key: &PublicKey) -> Result<String, KeystoreError> {
    // §3.2, §3.3: the required members alone, in the order of their names, without blanks.
    let mut members = numbers(key)?;
    members.sort_by_key(|(name, _)| *name);
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":\"{}\"", value.as_str()))
        .collect();
    let text = format!("{{{}}}", members.join(","));
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(hash))
}

/// A member and its value, which needs no escape.
type Member = (&'static str, Zeroizing<String>);

/// The members of one key.
struct Members<'a> {
    kid: &'a str,
    others: Vec<Member>,
}

impl<'a> Members<'a> {
    fn public(key: &PublicKey, kid: &'a str) -> Result<Self, KeystoreError> {
        let mut others = numbers(key)?;
        let plain = |text: &str| Zeroizing::new(text.to_owned());
        others.insert(1, ("use", plain("sig")));
        others.insert(2, ("alg", plain(algorithm(key)?)));
        Ok(Self { kid, others })
    }

    fn private(key: &PrivateKey, kid: &'a str) -> Result<Self, KeystoreError> {
        let public = key
            .public_key()
            .ok_or_else(|| unsupported(key.key_type()))?;
        let mut members = Self::public(public, kid)?;
        let secrets = secrets(key).map_err(|_| KeystoreError::KeyDamaged)?;
        members.others.extend(secrets);
        Ok(members)
    }

    /// The object, every line but the first after that indent.
    fn object(&self, indent: &str) -> Result<Zeroizing<String>, KeystoreError> {
        let kid = serde_json::to_string(self.kid).map_err(|_| unsupported(KeyType::Other))?;
        let length: usize = self.others.iter().map(|(_, value)| value.len() + 40).sum();
        let mut out = Zeroizing::new(String::with_capacity(length + kid.len() + 100));
        out.push_str("{\n");
        for (at, (name, value)) in self.others.iter().enumerate() {
            for part in [indent, "  \"", name, "\": \"", value, "\",\n"] {
                out.push_str(part);
            }
            // After `kty`, `use` and `alg`.
            if at == 2 {
                for part in [indent, "  \"kid\": ", &kid, ",\n"] {
                    out.push_str(part);
                }
            }
        }
        let without_comma = out.len() - ",\n".len();
        out.truncate(without_comma);
        for part in ["\n", indent, "}"] {
            out.push_str(part);
        }
        Ok(out)
    }
}

fn in_set(members: &Members<'_>) -> Result<Zeroizing<String>, KeystoreError> {
    let object = members.object("    ")?;
    let mut out = Zeroizing::new(String::with_capacity(object.len() + 40));
    for part in ["{\n  \"keys\": [\n    ", &object, "\n  ]\n}\n"] {
        out.push_str(part);
    }
    Ok(out)
}

fn secret(parts: &[&str]) -> Secret<Vec<u8>> {
    Secret::new(parts.concat().into_bytes())
}

/// What makes up the public key: `kty` first, then the numbers.
fn numbers(key: &PublicKey) -> Result<Vec<Member>, KeystoreError> {
    let kty = |kty: &str| ("kty", Zeroizing::new(kty.to_owned()));
    let crv = |crv: &str| ("crv", Zeroizing::new(crv.to_owned()));
    match key.key_type() {
        KeyType::Rsa => {
            let (n, e) = key.rsa_parts().ok_or(KeystoreError::KeyDamaged)?;
            Ok(vec![kty("RSA"), ("e", encoded(e)), ("n", encoded(n))])
        }
        KeyType::Ec => {
            let JwkCurve { name, size, .. } = *curve(key)?;
            // An uncompressed point (SEC 1 §2.3.3).
            let (x, y) = match key.bits_of_key() {
                [4, point @ ..] if point.len() == 2 * size => point.split_at(size),
                _ => return Err(unsupported(KeyType::Ec)),
            };
            Ok(vec![
                kty("EC"),
                crv(name),
                ("x", encoded(x)),
                ("y", encoded(y)),
            ])
        }
        KeyType::Ed25519 => Ok(vec![
            kty("OKP"),
            crv("Ed25519"),
            ("x", encoded(key.bits_of_key())),
        ]),
        KeyType::Other => Err(unsupported(KeyType::Other)),
    }
}

/// What makes up the private key beyond the public.
fn secrets(key: &PrivateKey) -> Result<Vec<Member>, BerError> {
    // The numbers are asked for in the clear.
    let mut fields = Reader::new(key.pkcs8().expose())
        .expect(SEQUENCE)?
        .inside()?;
    fields.expect(INTEGER)?;
    fields.expect(SEQUENCE)?;
    let inner = fields.octets()?;
    match key.key_type() {
        KeyType::Rsa => {
            // RFC 8017 §A.1.2: version, n, e, and the numbers in the order of RFC 7518 §6.3.2.
            let mut numbers = Reader::new(&inner).expect(SEQUENCE)?.inside()?;
            for _ in 0..3 {
                numbers.expect(INTEGER)?;
            }
            ["d", "p", "q", "dp", "dq", "qi"]
                .into_iter()
                .map(|name| Ok((name, encoded(numbers.any()?.magnitude()?))))
                .collect()
        }
        KeyType::Ec => {
            let mut fields = Reader::new(&inner).expect(SEQUENCE)?.inside()?;
            fields.expect(INTEGER)?;
            Ok(vec![("d", encoded(&fields.octets()?))])
        }
        _ => {
            let seed: Octets<'_> = Reader::new(&inner).octets()?;
            Ok(vec![("d", encoded(&seed))])
        }
    }
}

fn curve(key: &PublicKey) -> Result<&'static JwkCurve, KeystoreError> {
    let curve = key.curve().and_then(jwk_curve::of_oid);
    curve.ok_or_else(|| unsupported(KeyType::Ec))
}

fn algorithm(key: &PublicKey) -> Result<&'static str, KeystoreError> {
    Ok(match key.key_type() {
        // RFC 7518 §3.5: a key that is for RSASSA-PSS alone never signs as RS256.
        KeyType::Rsa if !key.allows_pkcs1() => "PS256",
        KeyType::Rsa => "RS256",
        KeyType::Ec => curve(key)?.algorithm,
        _ => "EdDSA",
    })
}

fn encoded(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes))
}

fn unsupported(key_type: KeyType) -> KeystoreError {
    KeystoreError::Unsupported {
        what: format!("JWK of {}", key_type.as_str()),
    }
}
