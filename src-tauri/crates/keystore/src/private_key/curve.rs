//! Private keys on curves: EC (RFC 5915) and Ed25519 (RFC 8410). They are shown and written, never used.

use aws_lc_rs::signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair};

use super::{PrivateKey, pkcs8, spki};
use crate::ber::{
    BIT_STRING, BerError, CONTEXT_CONSTRUCTED, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE,
};
use crate::public_key::{KeyType, PublicKey};
use crate::{KeystoreError, der, oid};

/// Reads an ECPrivateKey; `curve` is the one named outside it. None where the curve is unknown and the public key
/// is not told.
pub(super) fn ec(sec1: &[u8], curve: Option<&[u8]>) -> Result<Option<PrivateKey>, KeystoreError> {
    let parts = read_ec(sec1).map_err(|_| KeystoreError::KeyDamaged)?;
    let Some(curve) = curve.or(parts.curve) else {
        return Ok(None);
    };
    let identifier = der::sequence(&[
        &der::element(OID, &[oid::EC_PUBLIC_KEY]),
        &der::element(OID, &[curve]),
    ]);
    let Some((algorithm, size)) = signing_algorithm(curve) else {
        let Some(public) = parts.public else {
            return Ok(None);
        };
        let point = public.to_vec();
        return Ok(Some(key(
            KeyType::Ec,
            &identifier,
            sec1,
            spki(&identifier, &point)?,
        )));
    };
    // RFC 5915 §3: the private key is as long as the field; some programs drop leading zeros.
    let scalar = crate::ber::without_leading_zeros(&parts.private);
    let zeros = [0u8; 66];
    let padding = size
        .checked_sub(scalar.len())
        .ok_or(KeystoreError::KeyDamaged)?;
    let scalar = der::element(OCTET_STRING, &[&zeros[..padding], scalar]);
    let version = der::unsigned(&[1]);
    let bare = der::sequence(&[&version, &scalar]);
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8(&identifier, &bare).expose())
        .map_err(|_| KeystoreError::KeyDamaged)?;
    let point = pair.public_key().as_ref();
    if parts
        .public
        .is_some_and(|public| !is_same_point(public, point))
    {
        return Err(KeystoreError::KeyDamaged);
    }
    let public = der::element(
        CONTEXT_CONSTRUCTED | 1,
        &[&der::element(BIT_STRING, &[&[0], point])],
    );
    let canonical = der::sequence(&[&version, &scalar, &public]);
    Ok(Some(key(
        KeyType::Ec,
        &identifier,
        &canonical,
        spki(&identifier, point)?,
    )))
}

/// Reads a CurvePrivateKey: an OCTET STRING of 32 octets.
pub(super) fn ed25519(private: &[u8]) -> Result<Option<PrivateKey>, KeystoreError> {
    let seed = Reader::new(private)
        .octets()
        .map_err(|_| KeystoreError::KeyDamaged)?;
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| KeystoreError::KeyDamaged)?;
    let identifier = der::sequence(&[&der::element(OID, &[oid::ED25519])]);
    let canonical = der::element(OCTET_STRING, &[&seed]);
    Ok(Some(key(
        KeyType::Ed25519,
        &identifier,
        &canonical,
        spki(&identifier, pair.public_key().as_ref())?,
    )))
}

struct EcParts<'a> {
    private: crate::ber::Octets<'a>,
    curve: Option<&'a [u8]>,
    public: Option<&'a [u8]>,
}

fn read_ec(sec1: &[u8]) -> Result<EcParts<'_>, BerError> {
    let mut fields = Reader::new(sec1).expect(SEQUENCE)?.inside()?;
    fields.expect(INTEGER)?;
    let private = fields.octets()?;
    let curve = match fields.optional(CONTEXT_CONSTRUCTED)? {
        Some(parameters) => parameters
            .inside()?
            .optional(OID)?
            .map(|curve| curve.content),
        None => None,
    };
    let public = match fields.optional(CONTEXT_CONSTRUCTED | 1)? {
        Some(public) => Some(public.inside()?.any()?.bits()?),
        None => None,
    };
    Ok(EcParts {
        private,
        curve,
        public,
    })
}

fn key(key_type: KeyType, identifier: &[u8], inner: &[u8], public: PublicKey) -> PrivateKey {
    PrivateKey {
        pkcs8: pkcs8(identifier, inner),
        key_type,
        public: Some(public),
        signer: None,
    }
}

/// Compares an encoded point, compressed or not, with an uncompressed one.
fn is_same_point(told: &[u8], point: &[u8]) -> bool {
    match told.first() {
        Some(2 | 3) => told.len() > 1 && point.get(1..told.len()) == Some(&told[1..]),
        _ => told == point,
    }
}

fn signing_algorithm(curve: &[u8]) -> Option<(&'static EcdsaSigningAlgorithm, usize)> {
    Some(match curve {
        oid::P256 => (&signature::ECDSA_P256_SHA256_ASN1_SIGNING, 32),
        oid::P384 => (&signature::ECDSA_P384_SHA384_ASN1_SIGNING, 48),
        oid::P521 => (&signature::ECDSA_P521_SHA512_ASN1_SIGNING, 66),
        oid::P256K1 => (&signature::ECDSA_P256K1_SHA256_ASN1_SIGNING, 32),
        _ => return None,
    })
}
