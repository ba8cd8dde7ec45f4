//! Password-based encryption as an AlgorithmIdentifier names it, whichever of the two kinds.

use std::num::NonZeroU32;

use zeroize::Zeroizing;

use crate::ber::{OID, SEQUENCE, Tlv};
use crate::cipher::Cipher;
use crate::password::Password;
use crate::pbes1::Pbes1;
use crate::pbes2::Pbes2;
use crate::work::Work;
use crate::{KeystoreError, oid};

/// An encryption scheme with its parameters.
pub(crate) enum Scheme<'a> {
    /// With PKCS#12's own derivation.
    Pbes1(Pbes1<'a>),
    /// With PBKDF2.
    Pbes2(Pbes2<'a>),
}

impl<'a> Scheme<'a> {
    /// Reads an AlgorithmIdentifier.
    ///
    /// # Errors
    /// `Unsupported` with the algorithm, `Damaged`.
    pub(crate) fn read(identifier: &Tlv<'a>) -> Result<Self, KeystoreError> {
        let damaged = |_| KeystoreError::Damaged {
            what: "encryption parameters",
        };
        let mut fields = identifier.inside().map_err(damaged)?;
        let id = fields.expect(OID).map_err(damaged)?.content;
        let cipher = Pbes1::cipher_of(id);
        if cipher.is_none() && id != oid::PBES2 {
            return Err(KeystoreError::Unsupported {
                what: oid::name(id),
            });
        }
        let parameters = fields
            .expect(SEQUENCE)
            .and_then(|parameters| parameters.inside())
            .map_err(damaged)?;
        match cipher {
            Some(cipher) => Pbes1::read(cipher, parameters)
                .map(Self::Pbes1)
                .map_err(damaged),
            None => Pbes2::read(parameters).map(Self::Pbes2),
        }
    }

    /// The number of rounds the file names.
    pub(crate) fn iterations(&self) -> u64 {
        match self {
            Self::Pbes1(scheme) => scheme.iterations,
            Self::Pbes2(scheme) => scheme.kdf.iterations,
        }
    }

    /// Whether it is weak today.
    pub(crate) fn is_legacy(&self) -> bool {
        self.cipher().is_legacy()
    }

    /// The cipher, and the hash of the derivation.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Pbes1(scheme) => format!("{} SHA-1", scheme.cipher.name()),
            Self::Pbes2(scheme) => format!(
                "{} PBKDF2-HMAC-{}",
                scheme.cipher.name(),
                scheme.kdf.hash.name()
            ),
        }
    }

    /// Decrypts with the first spelling of the password whose result is accepted; that spelling is remembered.
    ///
    /// # Errors
    /// `TooMuchWork` when the budget is used up; `Cancelled`.
    pub(crate) fn decrypt(
        &self,
        password: &Password,
        data: &[u8],
        work: &mut Work<'_>,
        accept: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeystoreError> {
        let iterations = rounds(self.iterations());
        let spellings = match self {
            Self::Pbes1(_) => &password.bmp,
            Self::Pbes2(_) => &password.bytes,
        };
        spellings.find(|spelling| {
            let plain = match self {
                Self::Pbes1(scheme) => scheme.decrypt(spelling, iterations, data, work)?,
                Self::Pbes2(scheme) => scheme.decrypt(spelling, iterations, data, work)?,
            };
            Ok(plain.filter(|plain| accept(plain)))
        })
    }

    fn cipher(&self) -> Cipher {
        match self {
            Self::Pbes1(scheme) => scheme.cipher,
            Self::Pbes2(scheme) => scheme.cipher,
        }
    }
}

/// The number of rounds once it was declared and found within the limits; zero counts as one.
pub(crate) fn rounds(declared: u64) -> NonZeroU32 {
    let rounds = u32::try_from(declared).unwrap_or(u32::MAX);
    NonZeroU32::new(rounds).unwrap_or(NonZeroU32::MIN)
}
