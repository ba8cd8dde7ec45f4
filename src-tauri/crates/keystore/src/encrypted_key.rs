//! EncryptedPrivateKeyInfo (RFC 5958 §3).

use crate::ber::{BerError, INTEGER, OCTET_STRING, Octets, Reader, SEQUENCE, outermost};
use crate::password::Password;
use crate::pbe::Scheme;
use crate::work::Work;
use crate::{KeystoreError, PrivateKey};

/// A private key under a password.
pub(crate) struct EncryptedKey<'a> {
    pub(crate) scheme: Scheme<'a>,
    data: Octets<'a>,
}

impl<'a> EncryptedKey<'a> {
    /// Reads one.
    ///
    /// # Errors
    /// `Truncated`, `Damaged`, `Unsupported` with the algorithm.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, KeystoreError> {
        let damaged = |error: BerError| error.in_part("encrypted private key");
        let mut fields = outermost(bytes, "encrypted private key")?
            .inside()
            .map_err(damaged)?;
        let scheme = Scheme::read(&fields.expect(SEQUENCE).map_err(damaged)?)?;
        Ok(Self {
            scheme,
            data: fields.octets().map_err(damaged)?,
        })
    }

    /// Opens it with the first of the passwords that fits; None where none does.
    ///
    /// # Errors
    /// `KeyDamaged` where it opened but the key is not sound; `TooMuchWork`, `Cancelled`.
    pub(crate) fn open(
        &self,
        passwords: &[&Password],
        work: &mut Work<'_>,
    ) -> Result<Option<PrivateKey>, KeystoreError> {
        for password in passwords {
            if let Some(plain) =
                self.scheme
                    .decrypt(password, &self.data, work, looks_like_pkcs8)?
            {
                return PrivateKey::from_pkcs8(plain.into()).map(Some);
            }
        }
        Ok(None)
    }
}

/// Whether the bytes are one PrivateKeyInfo to their end; one wrong password in 256 leaves a right padding.
fn looks_like_pkcs8(plain: &[u8]) -> bool {
    let mut outer = Reader::new(plain);
    let read = |reader: &mut Reader<'_>| -> Result<(), BerError> {
        let mut fields = reader.expect(SEQUENCE)?.inside()?;
        fields.expect(INTEGER)?;
        fields.expect(SEQUENCE)?;
        fields.expect(OCTET_STRING).map(drop)
    };
    read(&mut outer).is_ok() && outer.is_empty()
}
