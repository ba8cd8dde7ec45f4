//! Encryption with keys from PKCS#12's own derivation (RFC 7292 appendix C). Weak: SHA-1, and DES or RC2.
//! PBES2 is the better one.

use std::num::NonZeroU32;

use zeroize::Zeroizing;

use crate::ber::{BerError, Octets, Reader};
use crate::cipher::Cipher;
use crate::kdf::{self, Hash, KeyUse};
use crate::work::Work;
use crate::{KeystoreError, oid};

/// One of the pbeWithSHAAnd… schemes with its parameters.
pub(crate) struct Pbes1<'a> {
    pub(crate) cipher: Cipher,
    salt: Octets<'a>,
    pub(crate) iterations: u64,
}

impl<'a> Pbes1<'a> {
    /// The cipher of a scheme, if it is one of those.
    pub(crate) fn cipher_of(id: &[u8]) -> Option<Cipher> {
        Some(match id {
            oid::PBE_SHA1_3DES => Cipher::TripleDes,
            oid::PBE_SHA1_2DES => Cipher::TwoKeyTripleDes,
            oid::PBE_SHA1_RC2_128 => Cipher::Rc2(128),
            oid::PBE_SHA1_RC2_40 => Cipher::Rc2(40),
            _ => return None,
        })
    }

    /// Reads pkcs-12PbeParams.
    pub(crate) fn read(cipher: Cipher, mut parameters: Reader<'a>) -> Result<Self, BerError> {
        let salt = parameters.octets()?;
        let iterations = parameters.any()?.number()?;
        Ok(Self {
            cipher,
            salt,
            iterations,
        })
    }

    /// Decrypts with one form of the password: a BMPString.
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
        let (key_len, iv_len) = (self.cipher.key_len(), self.cipher.block_len());
        let hash_len = Hash::Sha1.output_len();
        work.spend(
            iterations,
            key_len.div_ceil(hash_len) + iv_len.div_ceil(hash_len),
        )?;
        let mut derive = |key_use, length| {
            kdf::pkcs12(
                Hash::Sha1,
                key_use,
                password,
                &self.salt,
                iterations,
                length,
                work,
            )
        };
        let key = derive(KeyUse::Encryption, key_len)?;
        let iv = derive(KeyUse::Iv, iv_len)?;
        Ok(self.cipher.decrypt(&key, &iv, data))
    }
}
