//! Writes JKS, the key store of Java 8 and older. There is no standard; checked against keytool of JDK 17.
//!
//! The format is weak: SHA-1 without rounds protects it. PKCS#12 is the better one wherever the reader takes it.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA1_OUTPUT_LEN};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::ber::OCTET_STRING;
use crate::jks::{TAG_KEY, WHITENER};
use crate::{Identity, KeystoreError, Secret, der, oid};

/// Writes the identities into one file, each with its whole chain, leaf first.
///
/// Java compares aliases in lower case and keeps them so; those that become the same get a number. The keys are under
/// `key`, or under the password of the store where there is none: most programs know only one password. `made_at` is
/// the date that keytool shows.
///
/// # Errors
/// `NoPrivateKey` without identities; `AliasNotWritable` for an alias that is empty or longer than 65,535 bytes;
/// `NoRandomness`.
pub fn write_jks(
    identities: &[&Identity],
    store: &Secret<String>,
    key: Option<&Secret<String>>,
    made_at: OffsetDateTime,
) -> Result<Secret<Vec<u8>>, KeystoreError> {
    let passwords = Passwords {
        store: utf16(store),
        key: utf16(key.unwrap_or(store)),
    };
    write(identities, &passwords, made_at, || {
        let mut salt = [0; SHA1_OUTPUT_LEN];
        getrandom::fill(&mut salt).map_err(|_| KeystoreError::NoRandomness)?;
        Ok(salt)
    })
}

type Salt = [u8; SHA1_OUTPUT_LEN];

/// Passwords as Java takes them: UTF-16, without terminator.
struct Passwords {
    store: Zeroizing<Vec<u8>>,
    key: Zeroizing<Vec<u8>>,
}

fn write(
    identities: &[&Identity],
    passwords: &Passwords,
    made_at: OffsetDateTime,
    mut next_salt: impl FnMut() -> Result<Salt, KeystoreError>,
) -> Result<Secret<Vec<u8>>, KeystoreError> {
    if identities.is_empty() {
        return Err(KeystoreError::NoPrivateKey);
    }
    let mut file = File(Zeroizing::new(Vec::new()));
    file.u32(MAGIC);
    file.u32(VERSION);
    file.u32(identities.len() as u32);
    let mut taken = BTreeSet::new();
    for identity in identities {
        file.u32(TAG_KEY);
        file.alias(&free_alias(identity.alias(), &mut taken))?;
        let milliseconds = (made_at.unix_timestamp_nanos() / 1_000_000) as i64;
        file.0.extend(milliseconds.to_be_bytes());
        // The key goes into the file, under the password.
        let key = identity.key().pkcs8().expose();
        file.bytes(&protect(key, &passwords.key, &next_salt()?));
        file.u32(identity.chain().len() as u32);
        for certificate in identity.chain() {
            file.string(CERTIFICATE_TYPE);
            file.bytes(certificate.der());
        }
    }
    let seal = sha1(&[&passwords.store, WHITENER, &file.0]);
    file.0.extend(seal);
    Ok(Secret::from(file.0))
}

/// Sun's protection: the key under a keystream of SHA-1, and SHA-1 over password and key, in an
/// EncryptedPrivateKeyInfo.
fn protect(key: &[u8], password: &[u8], salt: &Salt) -> Zeroizing<Vec<u8>> {
    let mut covered = Zeroizing::new(key.to_vec());
    let mut stream = *salt;
    for block in covered.chunks_mut(SHA1_OUTPUT_LEN) {
        stream = sha1(&[password, &stream]);
        block
            .iter_mut()
            .zip(stream)
            .for_each(|(byte, stream)| *byte ^= stream);
    }
    let check = sha1(&[password, key]);
    der::sequence(&[
        &der::algorithm_with_null(oid::JKS_KEY_PROTECTOR),
        &der::element(OCTET_STRING, &[salt, &covered, &check]),
    ])
}

fn sha1(parts: &[&[u8]]) -> Salt {
    let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    parts.iter().for_each(|part| hash.update(part));
    let mut out = [0; SHA1_OUTPUT_LEN];
    out.copy_from_slice(hash.finish().as_ref());
    out
}

fn utf16(password: &Secret<String>) -> Zeroizing<Vec<u8>> {
    // The digests of the format are made over the text itself.
    let text = password.expose();
    let mut out = Zeroizing::new(Vec::with_capacity(2 * text.len()));
    out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    out
}

fn free_alias(alias: &str, taken: &mut BTreeSet<String>) -> String {
    let lower = alias.to_lowercase();
    let mut free = lower.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{lower} {number}");
        number += 1;
    }
    free
}

/// A file as far as it is written.
struct File(Zeroizing<Vec<u8>>);

impl File {
    fn u32(&mut self, number: u32) {
        self.0.extend(number.to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.0.extend_from_slice(bytes);
    }

    fn alias(&mut self, alias: &str) -> Result<(), KeystoreError> {
        let bytes = modified_utf8(alias);
        if bytes.is_empty() || bytes.len() > usize::from(u16::MAX) {
            return Err(KeystoreError::AliasNotWritable {
                alias: alias.to_owned(),
            });
        }
        self.string(&bytes);
        Ok(())
    }

    /// A string of at most 65,535 bytes.
    fn string(&mut self, bytes: &[u8]) {
        self.0.extend((bytes.len() as u16).to_be_bytes());
        self.0.extend_from_slice(bytes);
    }
}

/// Java's modified UTF-8: each half of a surrogate pair by itself, and zero in two bytes.
fn modified_utf8(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match unit {
            0x01..=0x7f => out.push(unit as u8),
            0 | 0x80..=0x7ff => out.extend([0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8]),
            _ => out.extend([
                0xe0 | (unit >> 12) as u8,
                0x80 | (unit >> 6 & 0x3f) as u8,
                0x80 | (unit & 0x3f) as u8,
            ]),
        }
    }
    out
}

const MAGIC: u32 = 0xfeed_feed;
const VERSION: u32 = 2;
const CERTIFICATE_TYPE: &[u8] = b"X.509";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{Passwords as Given, open};

    fn vector(name: &str) -> Vec<u8> {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../tests/vectors/keystore/"
        );
        std::fs::read(format!("{folder}{name}")).unwrap()
    }

    /// `keytool -importkeystore … -deststoretype JKS` of JDK 17 made the file; its salt and date are read off it.
    #[test]
    fn the_bytes_are_those_of_keytool() {
        let made = vector("keytool-own-key-password.jks");
        let [store, key] = ["passord", "nokkelpassord"].map(|text| Secret::new(text.to_owned()));
        let given = Given {
            store: Some(&store),
            key: Some(&key),
        };
        let store_of_keytool = open(&made, &given, OffsetDateTime::UNIX_EPOCH).unwrap();
        let identity = store_of_keytool.into_identity(None).unwrap();
        // Magic, version, count, tag; the length of the alias, the alias; then the date.
        let date_at = 4 * 4 + 2 + identity.alias().len();
        let date = i64::from_be_bytes(made[date_at..date_at + 8].try_into().unwrap());
        let made_at =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(date) * 1_000_000).unwrap();
        // The length; three times tag and long length, and the algorithm of 16 bytes; then the salt.
        let salt_at = date_at + 8 + 4 + 4 + 16 + 4;
        let salt: Salt = made[salt_at..salt_at + 20].try_into().unwrap();
        let passwords = Passwords {
            store: utf16(&store),
            key: utf16(&key),
        };
        let written = write(&[&identity], &passwords, made_at, || Ok(salt)).unwrap();
        assert_eq!(*written.expose(), made);
    }

    #[test]
    fn strings_are_written_in_modified_utf8() {
        assert_eq!(modified_utf8("blåbær€"), "blåbær€".as_bytes());
        assert_eq!(
            modified_utf8("😀\0"),
            [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0xc0, 0x80]
        );
    }

    #[test]
    fn aliases_are_lower_case_and_each_its_own() {
        let mut taken = BTreeSet::new();
        let aliases = ["ÆØÅ Nøkkel", "æøå nøkkel", "Æøå Nøkkel 2", "annen"];
        assert_eq!(
            aliases.map(|alias| free_alias(alias, &mut taken)),
            ["æøå nøkkel", "æøå nøkkel 2", "æøå nøkkel 2 2", "annen"]
        );
    }
}
