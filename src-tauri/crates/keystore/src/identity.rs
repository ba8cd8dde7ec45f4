//! A key and its certificates, proved to belong together.

use crate::{Certificate, KeystoreError, PrivateKey, complete_chain};

/// A private key with its certificate chain, leaf first.
///
/// It cannot be made of a key and a certificate that do not belong together.
#[derive(Debug)]
pub struct Identity {
    alias: String,
    key: PrivateKey,
    chain: Vec<Certificate>,
}

impl Identity {
    /// Puts them together.
    ///
    /// # Errors
    /// `NoCertificate` for an empty chain, `KeyAndCertificateDiffer` where the first certificate is another key's.
    pub fn new(
        alias: impl Into<String>,
        key: PrivateKey,
        chain: Vec<Certificate>,
    ) -> Result<Self, KeystoreError> {
        let leaf = chain.first().ok_or(KeystoreError::NoCertificate)?;
        match key.public_key() {
            Some(public) if public.is_same_key(leaf.public_key()) => Ok(Self {
                alias: alias.into(),
                key,
                chain,
            }),
            _ => Err(KeystoreError::KeyAndCertificateDiffer),
        }
    }

    /// The same identity with its chain led on by the given certificates, as far as they fit.
    pub fn with_issuers(self, issuers: &[Certificate]) -> Self {
        let chain = complete_chain(&self.chain, issuers);
        Self { chain, ..self }
    }

    /// The same identity under another name.
    pub fn with_alias(self, alias: impl Into<String>) -> Self {
        Self {
            alias: alias.into(),
            ..self
        }
    }

    /// The name it has in its file.
    pub fn alias(&self) -> &str {
        &self.alias
    }

    /// The private key.
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// The key's own certificate.
    pub fn leaf(&self) -> &Certificate {
        &self.chain[0]
    }

    /// The certificates, leaf first, each issued by the next; never empty.
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }
}
