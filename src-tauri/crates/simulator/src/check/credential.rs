//! Which key the client says it signed with, and whether it may (Digdir, JWT grant; §4 of the
//! client registration).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keystore::{Certificate, SignatureAlgorithm};
use serde_json::Value;

use super::assertion::Header;
use super::{Ground, Method, certificate};
use crate::check::Check;
use crate::received::Trail;
use crate::refusal::Refusal;
use crate::registry::{Client, RegisteredKey};

/// The key a client says it signed with.
pub(super) enum Credential<'a> {
    /// A key registered on the client.
    Registered(&'a RegisteredKey),
    /// The certificates of `x5c`, leaf first, never empty.
    Certificates(Vec<Certificate>),
}

/// A credential that holds. The signature is yet to be verified with it.
pub(super) struct Proof {
    /// The public key, SubjectPublicKeyInfo in DER.
    pub(super) spki_der: Vec<u8>,
    /// What kind of credential it is.
    pub(super) method: Method,
}

/// Reads the credential out of the header by the rule of the client: `kid` when it has registered
/// keys, else `x5c`.
pub(super) fn stated<'a>(
    header: &Header,
    client: &'a Client,
    algorithm: SignatureAlgorithm,
    trail: &mut Trail,
) -> Result<Credential<'a>, Refusal> {
    if header.kid.is_some() && header.x5c.is_some() {
        return Err(rule("Invalid JWT. Both kid and x5c in JWT header"));
    }
    if !client.keys.is_empty() && header.kid.is_none() {
        return Err(rule(
            "Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided",
        ));
    }
    if let Some(kid) = &header.kid {
        let key = client
            .keys
            .iter()
            .find(|key| key.kid == *kid && key.algorithm == algorithm)
            .ok_or_else(|| rule("Unknown key identifier (kid) for client"))?;
        trail.passed(Check::KeyRule);
        return Ok(Credential::Registered(key));
    }
    trail.passed(Check::KeyRule);
    let certificates = header
        .x5c
        .as_ref()
        .and_then(x5c)
        .ok_or_else(|| Refusal::unauthenticated(Check::X5c, 123, "Invalid JWT header x5c"))?;
    trail.passed(Check::X5c);
    Ok(Credential::Certificates(certificates))
}

impl Credential<'_> {
    /// Checks that the credential holds today and belongs to the client.
    pub(super) fn prove(
        &self,
        client: &Client,
        ground: &Ground<'_>,
        trail: &mut Trail,
    ) -> Result<Proof, Refusal> {
        match self {
            Credential::Registered(key) => {
                if key.is_expired(ground.now) {
                    return Err(Refusal::unauthenticated(
                        Check::Certificate,
                        121,
                        "Expired key",
                    ));
                }
                match key.x5c.as_slice() {
                    [] => trail.passed(Check::Certificate),
                    // The certificate in the key locks the client to it, so it must hold today.
                    texts => {
                        let chain: Option<Vec<Certificate>> =
                            texts.iter().map(|text| x5c_certificate(text)).collect();
                        let chain = chain.ok_or_else(certificate::invalid)?;
                        speaks_for(client, &chain, ground, trail)?;
                    }
                }
                Ok(Proof {
                    spki_der: key.spki_der.clone(),
                    method: Method::RegisteredKey,
                })
            }
            Credential::Certificates(chain) => {
                speaks_for(client, chain, ground, trail)?;
                Ok(Proof {
                    spki_der: chain[0].spki_der().to_vec(),
                    method: Method::Certificate,
                })
            }
        }
    }
}

/// Checks that a chain holds today, and that its leaf is of the client's owner.
fn speaks_for(
    client: &Client,
    chain: &[Certificate],
    ground: &Ground<'_>,
    trail: &mut Trail,
) -> Result<(), Refusal> {
    certificate::check(chain, ground)?;
    trail.passed(Check::Certificate);
    if chain[0].org_number_digits() != Some(client.org_number.as_str()) {
        return Err(Refusal::coded(
            Check::OrgNumber,
            122,
            "Invalid JWT. Invalid organization number for client. Does not match certificate orgno",
        ));
    }
    trail.passed(Check::OrgNumber);
    Ok(())
}

fn rule(text: &str) -> Refusal {
    Refusal::uncoded(Check::KeyRule, "invalid_grant", text)
}

/// RFC 7515 §4.1.6: an array of strings, each one certificate in standard Base64. The decoder
/// refuses base64url, PEM lines and white space.
fn x5c(value: &Value) -> Option<Vec<Certificate>> {
    let array = value.as_array()?;
    if array.is_empty() || array.len() > X5C_CERTIFICATES_MAX {
        return None;
    }
    let certificate = |element: &Value| x5c_certificate(element.as_str()?);
    array.iter().map(certificate).collect()
}

/// One certificate of an `x5c`.
pub(crate) fn x5c_certificate(text: &str) -> Option<Certificate> {
    let der = STANDARD.decode(text).ok()?;
    // What follows the certificate would be trailing bytes that nobody signed.
    Certificate::from_der(&der)
        .ok()
        .filter(|certificate| certificate.der() == der)
}

/// More certificates than any real chain has.
const X5C_CERTIFICATES_MAX: usize = 6;
