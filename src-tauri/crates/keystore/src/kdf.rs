//! Key derivation from passwords: PKCS#12's own (RFC 7292 appendix B) and PBKDF2 (RFC 8018 §5.2).

use std::convert::Infallible;
use std::num::NonZeroU32;

use aws_lc_rs::{digest, hmac, pbkdf2};
use zeroize::Zeroizing;

use crate::work::Work;
use crate::{KeystoreError, oid};

/// The hash under a derivation or a MAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// What a derived key is for (RFC 7292 §B.3).
#[derive(Clone, Copy, Debug)]
pub(crate) enum KeyUse {
    Encryption = 1,
    Iv = 2,
    Mac = 3,
}

impl Hash {
    /// By the identifier of the hash.
    pub(crate) fn of_digest(id: &[u8]) -> Option<Self> {
        Some(match id {
            oid::SHA1 => Self::Sha1,
            oid::SHA224 => Self::Sha224,
            oid::SHA256 => Self::Sha256,
            oid::SHA384 => Self::Sha384,
            oid::SHA512 => Self::Sha512,
            _ => return None,
        })
    }

    /// By the identifier of HMAC with it.
    pub(crate) fn of_hmac(id: &[u8]) -> Option<Self> {
        Some(match id {
            oid::HMAC_SHA1 => Self::Sha1,
            oid::HMAC_SHA224 => Self::Sha224,
            oid::HMAC_SHA256 => Self::Sha256,
            oid::HMAC_SHA384 => Self::Sha384,
            oid::HMAC_SHA512 => Self::Sha512,
            _ => return None,
        })
    }

    /// Such as `SHA-256`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The length of its output in bytes.
    pub(crate) fn output_len(self) -> usize {
        self.digest().output_len()
    }

    /// HMAC with it.
    pub(crate) fn hmac(self) -> hmac::Algorithm {
        match self {
            Self::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha224 => hmac::HMAC_SHA224,
            Self::Sha256 => hmac::HMAC_SHA256,
            Self::Sha384 => hmac::HMAC_SHA384,
            Self::Sha512 => hmac::HMAC_SHA512,
        }
    }

    fn digest(self) -> &'static digest::Algorithm {
        match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha224 => &digest::SHA224,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        }
    }
}

/// RFC 7292 §B.2. The password is a BMPString with its terminator, or nothing at all for the null password.
///
/// # Errors
/// `Cancelled`.
pub(crate) fn pkcs12(
    hash: Hash,
    key_use: KeyUse,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
    length: usize,
    work: &mut Work<'_>,
) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    let hash = hash.digest();
    let v = hash.block_len();
    // Steps 1 to 4: D is the identifier, I is salt and password, each filled up to whole blocks.
    let mut di = Zeroizing::new(vec![key_use as u8; v]);
    fill(&mut di, salt, v);
    fill(&mut di, password, v);
    let mut out = Zeroizing::new(Vec::with_capacity(length + hash.output_len()));
    loop {
        // Step 6 A: hash D || I, and hash the result again.
        let mut a = digest::digest(hash, &di);
        let round = || a = digest::digest(hash, a.as_ref());
        in_slices(iterations.get() - 1, |rounds| work.went(rounds), round)?;
        out.extend_from_slice(a.as_ref());
        if out.len() >= length {
            out.truncate(length);
            return Ok(out);
        }
        // Steps 6 B and C: every block of I becomes itself plus B plus one.
        for block in di[v..].chunks_exact_mut(v) {
            add_with_one(block, a.as_ref());
        }
    }
}

/// RFC 8018 §5.2.
pub(crate) fn pbkdf2(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(vec![0; length]);
    let algorithm = match hash {
        Hash::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
        Hash::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        Hash::Sha384 => pbkdf2::PBKDF2_HMAC_SHA384,
        Hash::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
        Hash::Sha224 => {
            let on = |_| Ok::<(), Infallible>(());
            let Ok(()) = pbkdf2_by_hand(hash, password, salt, iterations.get(), &mut out, on);
            return out;
        }
    };
    pbkdf2::derive(algorithm, iterations, salt, password, &mut out);
    out
}

/// The same, able to be broken off where it takes long and someone watches.
///
/// # Errors
/// `Cancelled`.
pub(crate) fn pbkdf2_watched(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
    length: usize,
    work: &mut Work<'_>,
) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    let passes = length.div_ceil(hash.output_len()) as u64;
    if !work.is_watched() || passes * u64::from(iterations.get()) <= UNSLICED_MAX {
        return Ok(pbkdf2(hash, password, salt, iterations, length));
    }
    let mut out = Zeroizing::new(vec![0; length]);
    let pause = |rounds| work.went(rounds);
    pbkdf2_by_hand(hash, password, salt, iterations.get(), &mut out, pause)?;
    Ok(out)
}

/// Does something that many times, in slices with a pause after each that may end it.
///
/// # Errors
/// What the pause gives.
pub(crate) fn in_slices<E>(
    times: u32,
    mut pause: impl FnMut(u32) -> Result<(), E>,
    mut round: impl FnMut(),
) -> Result<(), E> {
    let mut left = times;
    while left > 0 {
        let slice = left.min(SLICE);
        for _ in 0..slice {
            round();
        }
        left -= slice;
        pause(slice)?;
    }
    Ok(())
}

/// PBKDF2 on HMAC: for a hash that the library has no PBKDF2 with, and to pause between slices.
fn pbkdf2_by_hand<E>(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    out: &mut [u8],
    mut pause: impl FnMut(u32) -> Result<(), E>,
) -> Result<(), E> {
    let key = hmac::Key::new(hash.hmac(), password);
    let mut buffer = Zeroizing::new([0u8; digest::MAX_OUTPUT_LEN]);
    for (at, block) in (1u32..).zip(out.chunks_mut(hash.output_len())) {
        let mut first = hmac::Context::with_key(&key);
        first.update(salt);
        first.update(&at.to_be_bytes());
        let mut u = first.sign();
        let sum = &mut buffer[..hash.output_len()];
        sum.copy_from_slice(u.as_ref());
        let round = || {
            u = hmac::sign(&key, u.as_ref());
            sum.iter_mut()
                .zip(u.as_ref())
                .for_each(|(sum, u)| *sum ^= u);
        };
        in_slices(iterations - 1, &mut pause, round)?;
        block.copy_from_slice(&sum[..block.len()]);
    }
    Ok(())
}

/// Appends `piece` over and over until the last block is full; nothing for an empty piece.
fn fill(out: &mut Vec<u8>, piece: &[u8], block: usize) {
    let length = piece.len().div_ceil(block) * block;
    out.reserve_exact(length);
    out.extend(piece.iter().cycle().take(length));
}

/// Big-endian sum of a block, the number made of `a` over and over, and one; what is carried out is dropped.
fn add_with_one(block: &mut [u8], a: &[u8]) {
    let mut carry = 1u16;
    for at in (0..block.len()).rev() {
        carry += u16::from(block[at]) + u16::from(a[at % a.len()]);
        block[at] = carry as u8;
        carry >>= 8;
    }
}

/// Some 20 ms.
const SLICE: u32 = 50_000;
/// The library derives up to half as fast again in one piece; up to here that is worth more than a way to break off.
const UNSLICED_MAX: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::ops::ControlFlow;

    use super::*;
    use crate::certificate::hex;

    #[test]
    fn pbkdf2_by_hand_agrees_with_the_library() {
        let rounds = NonZeroU32::new(7).unwrap();
        for hash in [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let mut own = vec![0; 70];
            let on = |_| Ok::<(), Infallible>(());
            let Ok(()) = pbkdf2_by_hand(hash, b"passord", b"salt", 7, &mut own, on);
            assert_eq!(own, *pbkdf2(hash, b"passord", b"salt", rounds, 70));
        }
    }

    #[test]
    fn long_derivations_go_in_slices_and_can_be_broken_off() {
        let rounds = NonZeroU32::new(1_000_001).unwrap();
        let derive = |calls_max| {
            let mut calls = 0;
            let mut watcher = |_| {
                calls += 1;
                match calls > calls_max {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            };
            let mut work = Work::watched(&mut watcher);
            let derived = pbkdf2_watched(Hash::Sha1, b"passord", b"salt", rounds, 20, &mut work);
            (derived, calls)
        };
        let (derived, calls) = derive(usize::MAX);
        assert_eq!(
            derived,
            Ok(pbkdf2(Hash::Sha1, b"passord", b"salt", rounds, 20))
        );
        assert_eq!(calls, 20);
        assert_eq!(derive(3), (Err(KeystoreError::Cancelled), 4));
    }

    /// Made with OpenSSL 3: `openssl kdf -keylen 24 -kdfopt digest:SHA1 -kdfopt hexpass:0073006d006500670000
    /// -kdfopt hexsalt:0a58cf64530d823f -kdfopt id:1 -kdfopt iter:1 PKCS12KDF`, and likewise the other.
    #[test]
    fn pkcs12_derivation_gives_known_answers() {
        let password = [0, b's', 0, b'm', 0, b'e', 0, b'g', 0, 0];
        let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
        let derive = |hash, key_use, rounds, length| {
            let mut work = Work::default();
            let rounds = NonZeroU32::new(rounds).unwrap();
            let derived = pkcs12(hash, key_use, &password, &salt, rounds, length, &mut work);
            hex(&derived.unwrap())
        };
        assert_eq!(
            derive(Hash::Sha1, KeyUse::Encryption, 1, 24),
            "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3"
        );
        assert_eq!(
            derive(Hash::Sha256, KeyUse::Mac, 1000, 70),
            "35ac16a454d608fb10c8d7c6338ca85818587aed0ff771fd265957e412c2c03c26ad8fa213a9fcf342d684dae98b66ee87e7ea6d3179303c84a70f3d5dcc8e679924fb48ee74"
        );
    }
}
