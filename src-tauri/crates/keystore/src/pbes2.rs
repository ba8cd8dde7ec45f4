//! Encryption with keys from PBKDF2 (RFC 8018 §6.2, appendix A).

use std::num::NonZeroU32;

use zeroize::Zeroizing;

use crate::ber::{INTEGER, OID, Octets, Reader, SEQUENCE, Tlv};
use crate::cipher::Cipher;
use crate::kdf::{self, Hash};
use crate::work::Work;
use crate::{KeystoreError, oid};

/// PBES2 with its parameters.
pub(crate) struct Pbes2<'a> {
    pub(crate) kdf: Pbkdf2<'a>,
    pub(crate) cipher: Cipher,
    iv: Octets<'a>,
}

/// PBKDF2 with its parameters.
pub(crate) struct Pbkdf2<'a> {
    pub(crate) hash: Hash,
    salt: Octets<'a>,
    pub(crate) iterations: u64,
    pub(crate) key_length: Option<u64>,
}

impl<'a> Pbes2<'a> {
    /// Reads PBES2-params.
    pub(crate) fn read(mut parameters: Reader<'a>) -> Result<Self, KeystoreError> {
        let kdf = Pbkdf2::read(&parameters.expect(SEQUENCE).map_err(damaged)?)?;
        let mut scheme = parameters
            .expect(SEQUENCE)
            .and_then(|scheme| scheme.inside())
            .map_err(damaged)?;
        let id = scheme.expect(OID).map_err(damaged)?.content;
        let cipher = match id {
            oid::AES_128_CBC => Cipher::Aes128,
            oid::AES_192_CBC => Cipher::Aes192,
            oid::AES_256_CBC => Cipher::Aes256,
            oid::DES_EDE3_CBC => Cipher::TripleDes,
            _ => return Err(unsupported(id)),
        };
        Ok(Self {
            kdf,
            cipher,
            iv: scheme.octets().map_err(damaged)?,
        })
    }

    /// Decrypts with one form of the password: its bytes.
    ///
    /// # Errors
    /// `TooMuchWork`, `Cancelled`.
    pub(crate) fn decrypt(
        &self,
        password: &[u8],
        iterations: NonZeroU32,
        data: &[u8],
        work: &mut Work<'_>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeystoreError> {
        let key_len = self.cipher.key_len();
        let key = self.kdf.derive(password, iterations, key_len, work)?;
        Ok(self.cipher.decrypt(&key, &self.iv, data))
    }
}

impl<'a> Pbkdf2<'a> {
    /// Reads an AlgorithmIdentifier that must be PBKDF2's.
    pub(crate) fn read(identifier: &Tlv<'a>) -> Result<Self, KeystoreError> {
        let mut fields = identifier.inside().map_err(damaged)?;
        let id = fields.expect(OID).map_err(damaged)?.content;
        if id != oid::PBKDF2 {
            return Err(unsupported(id));
        }
        let mut fields = fields
            .expect(SEQUENCE)
            .and_then(|parameters| parameters.inside())
            .map_err(damaged)?;
        let salt = fields.octets().map_err(damaged)?;
        let iterations = fields
            .any()
            .and_then(|number| number.number())
            .map_err(damaged)?;
        let key_length = fields
            .optional(INTEGER)
            .map_err(damaged)?
            .and_then(|length| length.number().ok());
        let hash = match fields.optional(SEQUENCE).map_err(damaged)? {
            Some(prf) => {
                let id = prf
                    .inside()
                    .and_then(|mut prf| prf.expect(OID))
                    .map_err(damaged)?
                    .content;
                Hash::of_hmac(id).ok_or_else(|| unsupported(id))?
            }
            // RFC 8018 §A.2: the default.
            None => Hash::Sha1,
        };
        Ok(Self {
            hash,
            salt,
            iterations,
            key_length,
        })
    }

    /// Derives that many bytes.
    ///
    /// # Errors
    /// `TooMuchWork`, `Cancelled`.
    pub(crate) fn derive(
        &self,
        password: &[u8],
        iterations: NonZeroU32,
        length: usize,
        work: &mut Work<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        work.spend(iterations, length.div_ceil(self.hash.output_len()))?;
        kdf::pbkdf2_watched(self.hash, password, &self.salt, iterations, length, work)
    }
}

fn damaged(_: crate::ber::BerError) -> KeystoreError {
    KeystoreError::Damaged {
        what: "encryption parameters",
    }
}

fn unsupported(id: &[u8]) -> KeystoreError {
    KeystoreError::Unsupported {
        what: oid::name(id),
    }
}
