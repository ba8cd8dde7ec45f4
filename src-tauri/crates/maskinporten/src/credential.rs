use base64::{Engine, engine::general_purpose::STANDARD};
use keystore::{Certificate, Identity, KeystoreError, PublicKey, SignatureAlgorithm, Signer};

use crate::KeyId;

/// Whose key signs a grant, and how its header shows that (Digdir, "JWT grant", header).
///
/// A certificate is shown only with the key that was proved to be its own, and a bare key only by the id under which
/// it is registered; what is neither, or both, cannot be made.
#[derive(Debug, Clone, Copy)]
pub struct Credential<'a> {
    signer: &'a dyn Signer,
    shown: Shown<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Shown<'a> {
    /// `x5c`: leaf first, never empty.
    Certificates(&'a [Certificate]),
    /// `kid`.
    RegisteredKey(&'a KeyId),
}

impl<'a> Credential<'a> {
    /// `x5c` with the certificate alone, what Buypass and Commfides certificates need.
    pub fn certificate(identity: &'a Identity) -> Self {
        Self {
            signer: identity,
            shown: Shown::Certificates(&identity.chain()[..1]),
        }
    }

    /// `x5c` with the certificate and its chain, leaf first.
    pub fn certificate_chain(identity: &'a Identity) -> Self {
        Self {
            signer: identity,
            shown: Shown::Certificates(identity.chain()),
        }
    }

    /// `kid` of a key registered on the client; mandatory as soon as the client has one. A certificate that the key
    /// may have is not sent.
    pub fn registered_key(signer: &'a dyn Signer, kid: &'a KeyId) -> Self {
        Self {
            signer,
            shown: Shown::RegisteredKey(kid),
        }
    }

    /// The id of the registered key, if it is shown by one.
    pub fn kid(&self) -> Option<&'a KeyId> {
        match self.shown {
            Shown::RegisteredKey(kid) => Some(kid),
            Shown::Certificates(_) => None,
        }
    }

    /// How many certificates are sent; none with a registered key.
    pub fn certificates_sent(&self) -> usize {
        match self.shown {
            Shown::RegisteredKey(_) => 0,
            Shown::Certificates(chain) => chain.len(),
        }
    }

    /// The certificate that is sent, if it is shown by one.
    pub fn leaf(&self) -> Option<&'a Certificate> {
        match self.shown {
            Shown::RegisteredKey(_) => None,
            Shown::Certificates(chain) => chain.first(),
        }
    }

    /// The public half of the key.
    pub fn public_key(&self) -> Option<&'a PublicKey> {
        self.signer.public_key()
    }

    /// The certificates of the header in standard Base64 of DER (RFC 7515 §4.1.6).
    pub(crate) fn x5c(&self) -> Option<Vec<String>> {
        match self.shown {
            Shown::RegisteredKey(_) => None,
            Shown::Certificates(chain) => {
                Some(chain.iter().map(|c| STANDARD.encode(c.der())).collect())
            }
        }
    }

    pub(crate) fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeystoreError> {
        self.signer.sign(algorithm, message)
    }
}
