//! The MAC over a PKCS#12 file (RFC 7292 §4, RFC 9579).

use std::num::NonZeroU32;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use crate::ber::{BerError, INTEGER, OID, Octets, SEQUENCE, Tlv};
use crate::kdf::{self, Hash, KeyUse};
use crate::password::Password;
use crate::pbe::rounds;
use crate::pbes2::Pbkdf2;
use crate::work::Work;
use crate::{KeystoreError, oid};

/// MacData.
pub(crate) struct MacData<'a> {
    method: Method<'a>,
    expected: Octets<'a>,
}

enum Method<'a> {
    /// HMAC with a key from PKCS#12's own derivation.
    Pkcs12 {
        hash: Hash,
        salt: Octets<'a>,
        iterations: u64,
    },
    /// HMAC with a key from PBKDF2.
    Pbmac1 {
        kdf: Pbkdf2<'a>,
        hash: Hash,
        key_len: usize,
    },
}

/// The hash of the HMAC, and its key.
type MacKey = (Hash, Zeroizing<Vec<u8>>);

impl<'a> MacData<'a> {
    /// Reads it.
    ///
    /// # Errors
    /// `Unsupported` with the algorithm, `Damaged`.
    pub(crate) fn read(mac: &Tlv<'a>) -> Result<Self, KeystoreError> {
        let mut fields = mac.inside().map_err(damaged)?;
        let mut info = fields
            .expect(SEQUENCE)
            .and_then(|info| info.inside())
            .map_err(damaged)?;
        let mut algorithm = info
            .expect(SEQUENCE)
            .and_then(|algorithm| algorithm.inside())
            .map_err(damaged)?;
        let id = algorithm.expect(OID).map_err(damaged)?.content;
        let expected = info.octets().map_err(damaged)?;
        let method = if id == oid::PBMAC1 {
            pbmac1(&algorithm.expect(SEQUENCE).map_err(damaged)?)?
        } else {
            let hash = Hash::of_digest(id).ok_or_else(|| unsupported(id))?;
            let salt = fields.octets().map_err(damaged)?;
            let iterations = match fields.optional(INTEGER).map_err(damaged)? {
                Some(number) => number.number().map_err(damaged)?,
                None => 1,
            };
            Method::Pkcs12 {
                hash,
                salt,
                iterations,
            }
        };
        Ok(Self { method, expected })
    }

    /// The number of rounds the file names.
    pub(crate) fn iterations(&self) -> u64 {
        match &self.method {
            Method::Pkcs12 { iterations, .. } => *iterations,
            Method::Pbmac1 { kdf, .. } => kdf.iterations,
        }
    }

    /// Such as `HMAC-SHA-256`.
    pub(crate) fn name(&self) -> String {
        match &self.method {
            Method::Pkcs12 { hash, .. } => format!("HMAC-{}", hash.name()),
            Method::Pbmac1 { hash, .. } => format!("PBMAC1-HMAC-{}", hash.name()),
        }
    }

    /// Whether some spelling of the password made this MAC over `content`; that spelling is remembered.
    ///
    /// # Errors
    /// `TooMuchWork` when the budget is used up; `Cancelled`.
    pub(crate) fn verify(
        &self,
        password: &Password,
        content: &[u8],
        work: &mut Work<'_>,
    ) -> Result<bool, KeystoreError> {
        let iterations = rounds(self.iterations());
        let spellings = match self.method {
            Method::Pkcs12 { .. } => &password.bmp,
            Method::Pbmac1 { .. } => &password.bytes,
        };
        let found = spellings.find(|spelling| {
            Ok(self
                .is_made_with(spelling, iterations, content, work)?
                .then_some(()))
        });
        Ok(found?.is_some())
    }

    fn is_made_with(
        &self,
        spelling: &[u8],
        iterations: NonZeroU32,
        content: &[u8],
        work: &mut Work<'_>,
    ) -> Result<bool, KeystoreError> {
        let (hash, key) = self.key(spelling, iterations, work)?;
        let tag = hmac::sign(&hmac::Key::new(hash.hmac(), &key), content);
        Ok(verify_slices_are_equal(tag.as_ref(), &self.expected).is_ok())
    }

    fn key(
        &self,
        spelling: &[u8],
        iterations: NonZeroU32,
        work: &mut Work<'_>,
    ) -> Result<MacKey, KeystoreError> {
        match &self.method {
            Method::Pkcs12 { hash, salt, .. } => {
                work.spend(iterations, 1)?;
                let length = hash.output_len();
                kdf::pkcs12(*hash, KeyUse::Mac, spelling, salt, iterations, length, work)
                    .map(|key| (*hash, key))
            }
            Method::Pbmac1 { kdf, hash, key_len } => {
                let key = kdf.derive(spelling, iterations, *key_len, work)?;
                Ok((*hash, key))
            }
        }
    }
}

/// RFC 9579 §4: PBMAC1-params, with the key length stated.
fn pbmac1<'a>(parameters: &Tlv<'a>) -> Result<Method<'a>, KeystoreError> {
    let mut fields = parameters.inside().map_err(damaged)?;
    let kdf = Pbkdf2::read(&fields.expect(SEQUENCE).map_err(damaged)?)?;
    let scheme = fields
        .expect(SEQUENCE)
        .and_then(|scheme| scheme.inside()?.expect(OID))
        .map_err(damaged)?;
    let hash = Hash::of_hmac(scheme.content).ok_or_else(|| unsupported(scheme.content))?;
    let key_len = match kdf.key_length {
        Some(length @ 1..=KEY_BYTES_MAX) => length as usize,
        Some(_) => return Err(KeystoreError::Damaged { what: "MAC" }),
        None => hash.output_len(),
    };
    Ok(Method::Pbmac1 { kdf, hash, key_len })
}

fn damaged(_: BerError) -> KeystoreError {
    KeystoreError::Damaged { what: "MAC" }
}

fn unsupported(id: &[u8]) -> KeystoreError {
    KeystoreError::Unsupported {
        what: oid::name(id),
    }
}

/// Each block of PBKDF2 costs all rounds anew, so the length is limited to what a HMAC key can use.
const KEY_BYTES_MAX: u64 = 64;
