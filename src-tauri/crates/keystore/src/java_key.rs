//! The two ways in which Java's own key stores protect a private key. Neither has a standard; checked against keytool
//! of JDK 17. Both are weak, and read only.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{Context, Digest, SHA1_FOR_LEGACY_USE_ONLY, SHA1_OUTPUT_LEN};
use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

use crate::ber::{BerError, OID, Octets, Reader, SEQUENCE};
use crate::cipher::Cipher;
use crate::jks::without_terminator;
use crate::password::Password;
use crate::pbe::rounds;
use crate::work::Work;
use crate::{KeystoreError, PrivateKey, kdf, oid};

/// A protected private key: an EncryptedPrivateKeyInfo with one of Java's algorithms.
pub(crate) struct JavaKey<'a> {
    protection: Protection<'a>,
    data: Octets<'a>,
}

enum Protection<'a> {
    /// A keystream of SHA-1, and SHA-1 over password and key.
    Jks,
    /// Triple DES with a key from MD5.
    Jceks { salt: Octets<'a>, iterations: u64 },
}

impl<'a> JavaKey<'a> {
    /// Reads one. The parameters of the JKS algorithm may be NULL or missing.
    ///
    /// # Errors
    /// `Unsupported` with the algorithm, `Damaged`.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, KeystoreError> {
        let damaged = |error: BerError| error.in_part("protected key");
        let mut fields = Reader::new(bytes)
            .expect(SEQUENCE)
            .and_then(|info| info.inside())
            .map_err(damaged)?;
        let mut algorithm = fields
            .expect(SEQUENCE)
            .and_then(|algorithm| algorithm.inside())
            .map_err(damaged)?;
        let protection = match algorithm.expect(OID).map_err(damaged)?.content {
            oid::JKS_KEY_PROTECTOR => Protection::Jks,
            oid::JCEKS_KEY_PROTECTOR => {
                let mut parameters = algorithm
                    .expect(SEQUENCE)
                    .and_then(|fields| fields.inside())
                    .map_err(damaged)?;
                let salt = parameters.octets().map_err(damaged)?;
                let iterations = parameters
                    .any()
                    .and_then(|number| number.number())
                    .map_err(damaged)?;
                Protection::Jceks { salt, iterations }
            }
            other => {
                return Err(KeystoreError::Unsupported {
                    what: oid::name(other),
                });
            }
        };
        Ok(Self {
            protection,
            data: fields.octets().map_err(damaged)?,
        })
    }

    /// The number of rounds the file names.
    pub(crate) fn iterations(&self) -> u64 {
        match &self.protection {
            Protection::Jks => 1,
            Protection::Jceks { iterations, .. } => *iterations,
        }
    }

    /// The name of the protection.
    pub(crate) fn name(&self) -> &'static str {
        match self.protection {
            Protection::Jks => "JKS key protection SHA-1",
            Protection::Jceks { .. } => "3DES-CBC MD5",
        }
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
        let iterations = rounds(self.iterations());
        for password in passwords {
            let plain = match &self.protection {
                Protection::Jks => password
                    .bmp
                    .find(|spelling| Ok(unlock_jks(without_terminator(spelling), &self.data)))?,
                Protection::Jceks { salt, .. } => password.bytes.find(|spelling| {
                    // Each half of the salt goes through all rounds.
                    work.spend(iterations, 2)?;
                    unlock_jceks(spelling, salt, iterations.get(), &self.data, work)
                })?,
            };
            if let Some(plain) = plain {
                return PrivateKey::from_pkcs8(plain.into()).map(Some);
            }
        }
        Ok(None)
    }
}

/// Salt, the key under a keystream, and SHA-1 over password and key.
fn unlock_jks(password: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (salt, rest) = data.split_at_checked(SHA1_OUTPUT_LEN)?;
    let (covered, check) = rest.split_at_checked(rest.len().checked_sub(SHA1_OUTPUT_LEN)?)?;
    let mut plain = Zeroizing::new(covered.to_vec());
    let mut stream = sha1(password, salt);
    for block in plain.chunks_mut(SHA1_OUTPUT_LEN) {
        block
            .iter_mut()
            .zip(stream.as_ref())
            .for_each(|(byte, stream)| *byte ^= stream);
        stream = sha1(password, stream.as_ref());
    }
    verify_slices_are_equal(sha1(password, &plain).as_ref(), check).ok()?;
    Some(plain)
}

/// Triple DES; each half of the salt gives half of key and initialisation vector.
fn unlock_jceks(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    data: &[u8],
    work: &mut Work<'_>,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeystoreError> {
    let Ok(mut salt) = <[u8; 8]>::try_from(salt) else {
        return Ok(None);
    };
    if salt[..4] == salt[4..] {
        // Java means to turn the first half round, and misses one index; so it must stay.
        for at in 0..2 {
            let kept = salt[at];
            salt[at] = salt[3 - at];
            salt[2] = kept;
        }
    }
    let mut derived = Zeroizing::new(Vec::with_capacity(32));
    for half in salt.chunks(4) {
        let mut hash = Zeroizing::new(half.to_vec());
        let round = || {
            let next = Md5::new()
                .chain_update(hash.as_slice())
                .chain_update(password)
                .finalize();
            hash.clear();
            hash.extend_from_slice(&next);
        };
        kdf::in_slices(iterations, |rounds| work.went(rounds), round)?;
        derived.extend_from_slice(&hash);
    }
    let plain = Cipher::TripleDes.decrypt(&derived[..24], &derived[24..], data);
    Ok(plain.filter(|plain| {
        Reader::new(plain)
            .expect(SEQUENCE)
            .is_ok_and(|key| key.raw.len() == plain.len())
    }))
}

fn sha1(password: &[u8], bytes: &[u8]) -> Digest {
    let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    hash.update(password);
    hash.update(bytes);
    hash.finish()
}
