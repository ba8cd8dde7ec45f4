//! Verification of a certificate's signature with its issuer's key.

use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

use crate::ber::{OID, Reader};
use crate::oid;
use crate::public_key::PublicKey;

/// Whether `key` made `signature` over `signed`; `algorithm` is the content of an AlgorithmIdentifier.
///
/// Parameters are not looked at, so ECDSA written with NULL passes. SHA-1 counts, for this orders a chain and
/// trusts nothing.
pub(crate) fn verify(algorithm: &[u8], key: &PublicKey, signed: &[u8], signature: &[u8]) -> bool {
    let Ok(id) = Reader::new(algorithm).expect(OID) else {
        return false;
    };
    candidates(id.content, key.curve()).iter().any(|candidate| {
        UnparsedPublicKey::new(*candidate, key.bits_of_key())
            .verify(signed, signature)
            .is_ok()
    })
}

fn candidates(
    algorithm: &[u8],
    curve: Option<&[u8]>,
) -> &'static [&'static dyn VerificationAlgorithm] {
    match (algorithm, curve) {
        (oid::SHA256_WITH_RSA, None) => {
            &[&signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY]
        }
        (oid::SHA384_WITH_RSA, None) => &[&signature::RSA_PKCS1_2048_8192_SHA384],
        (oid::SHA512_WITH_RSA, None) => {
            &[&signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY]
        }
        (oid::SHA1_WITH_RSA, None) => &[&signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY],
        (oid::RSASSA_PSS, None) => &[
            &signature::RSA_PSS_2048_8192_SHA256,
            &signature::RSA_PSS_2048_8192_SHA384,
            &signature::RSA_PSS_2048_8192_SHA512,
        ],
        (oid::ECDSA_SHA256, Some(oid::P256)) => &[&signature::ECDSA_P256_SHA256_ASN1],
        (oid::ECDSA_SHA384, Some(oid::P256)) => &[&signature::ECDSA_P256_SHA384_ASN1],
        (oid::ECDSA_SHA512, Some(oid::P256)) => &[&signature::ECDSA_P256_SHA512_ASN1],
        (oid::ECDSA_SHA256, Some(oid::P384)) => &[&signature::ECDSA_P384_SHA256_ASN1],
        (oid::ECDSA_SHA384, Some(oid::P384)) => &[&signature::ECDSA_P384_SHA384_ASN1],
        (oid::ECDSA_SHA512, Some(oid::P384)) => &[&signature::ECDSA_P384_SHA512_ASN1],
        (oid::ECDSA_SHA256, Some(oid::P521)) => &[&signature::ECDSA_P521_SHA256_ASN1],
        (oid::ECDSA_SHA384, Some(oid::P521)) => &[&signature::ECDSA_P521_SHA384_ASN1],
        (oid::ECDSA_SHA512, Some(oid::P521)) => &[&signature::ECDSA_P521_SHA512_ASN1],
        (oid::ED25519, None) => &[&signature::ED25519],
        _ => &[],
    }
}
