//! What signs: the one seam between a signature and where its key lies.

use std::fmt;

use crate::{Identity, KeystoreError, PrivateKey, PublicKey};

/// The signature algorithms of Maskinporten: RSASSA-PKCS1-v1_5 (RFC 7518 §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// With SHA-256.
    Rs256,
    /// With SHA-384.
    Rs384,
    /// With SHA-512.
    Rs512,
}

/// A key that signs, wherever it lies.
///
/// Every signature of the program is made through it. Today the key is in memory, alone ([`PrivateKey`]) or with its
/// certificate ([`Identity`]); a key on a hardware token shows its public half and signs, and never more than that.
pub trait Signer: fmt::Debug + Send + Sync {
    /// The public half, where it can be told: always so for keys that sign.
    fn public_key(&self) -> Option<&PublicKey>;

    /// Signs the message. The signature is as long as the modulus.
    ///
    /// # Errors
    /// `Unsupported` where the key cannot make such signatures.
    fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8])
    -> Result<Vec<u8>, KeystoreError>;
}

impl Signer for PrivateKey {
    fn public_key(&self) -> Option<&PublicKey> {
        self.public_key()
    }

    fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeystoreError> {
        self.sign_in_memory(algorithm, message)
    }
}

impl Signer for Identity {
    fn public_key(&self) -> Option<&PublicKey> {
        Some(self.leaf().public_key())
    }

    fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeystoreError> {
        self.key().sign_in_memory(algorithm, message)
    }
}

impl SignatureAlgorithm {
    /// The name of RFC 7518: `RS256`, `RS384` or `RS512`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
        }
    }
}
