//! The signature (RFC 7518 §3.3), and the claims it protects.

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RsaParameters, UnparsedPublicKey,
};
use keystore::SignatureAlgorithm;

use super::assertion::Jws;
use super::claims::SignedClaims;
use super::credential::Proof;
use crate::check::Check;
use crate::refusal::Refusal;

/// Verifies the signature over the bytes that came, and hands out the claims. There is no other
/// way to them.
pub(super) fn verify(
    jws: Jws<'_>,
    algorithm: SignatureAlgorithm,
    proof: &Proof,
) -> Result<SignedClaims, Refusal> {
    UnparsedPublicKey::new(parameters(algorithm), &proof.spki_der)
        .verify(jws.signed.as_bytes(), &jws.signature)
        .map_err(|_| Refusal::unauthenticated(Check::Signature, 124, "Invalid JWT signature"))?;
    Ok(SignedClaims::new(jws.payload))
}

fn parameters(algorithm: SignatureAlgorithm) -> &'static RsaParameters {
    match algorithm {
        SignatureAlgorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        SignatureAlgorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        SignatureAlgorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
    }
}
