//! Writes PKCS#12 files (RFC 7292).

use std::collections::BTreeSet;

use p12_keystore::{
    Certificate as P12Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm,
    PrivateKey as P12Key, PrivateKeyChain,
};

use crate::{Certificate, Identity, KeystoreError, Secret};

/// How a written file is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pkcs12Encryption {
    /// AES-256-CBC with PBKDF2-HMAC-SHA-256, and a MAC with SHA-256: for all current programs.
    Modern,
    /// Triple DES with SHA-1: weak, for Java and Windows versions that know nothing else.
    Legacy,
}

/// Writes the identities into one file.
///
/// Aliases that differ in case alone get a number, for Java sees them as one. Certificates that several chains share
/// stand once in the file. The writer underneath does not wipe its
/// own copies of the keys.
///
/// # Errors
/// `NoPrivateKey` without identities, `PasswordNotWritable`, `AliasNotWritable`; `CertificateNotWritable` where one is
/// too irregular for the writer.
pub fn write_pkcs12(
    identities: &[&Identity],
    password: &Secret<String>,
    encryption: Pkcs12Encryption,
) -> Result<Secret<Vec<u8>>, KeystoreError> {
    if identities.is_empty() {
        return Err(KeystoreError::NoPrivateKey);
    }
    // The password goes to the writer, which derives the keys from it.
    let password = password.expose();
    if !is_in_bmp(password) {
        return Err(KeystoreError::PasswordNotWritable);
    }
    let mut store = KeyStore::new();
    let mut taken = BTreeSet::new();
    // The writer takes the entries in the order of their aliases, and writes the certificates of each. Readers find
    // an issuer wherever it stands, so each stands once.
    let mut written: BTreeSet<&[u8]> = identities
        .iter()
        .map(|identity| identity.leaf().der())
        .collect();
    for identity in identities {
        let alias = free_alias(identity.alias(), &mut taken)?;
        let issuers = identity.chain()[1..].iter();
        let issuers = issuers.filter(|issuer| written.insert(issuer.der()));
        let entry = chain(identity, issuers)?;
        store.add_entry(&alias, KeyStoreEntry::PrivateKeyChain(entry));
    }
    let writer = store.writer(password);
    let writer = match encryption {
        Pkcs12Encryption::Modern => writer
            .encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256)
            .mac_algorithm(MacAlgorithm::HmacSha256),
        Pkcs12Encryption::Legacy => writer
            .encryption_algorithm(EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc)
            .mac_algorithm(MacAlgorithm::HmacSha1),
    };
    let bytes = writer
        .encryption_iterations(ITERATIONS)
        .mac_iterations(ITERATIONS)
        .write();
    // All else was checked before, so it is a certificate; which one is not told.
    bytes
        .map(Secret::new)
        .map_err(|_| not_writable(identities[0].leaf()))
}

fn chain<'a>(
    identity: &'a Identity,
    issuers: impl Iterator<Item = &'a Certificate>,
) -> Result<PrivateKeyChain, KeystoreError> {
    // The key goes into the file, encrypted by the writer.
    let key =
        P12Key::from_der(identity.key().pkcs8().expose()).map_err(|_| KeystoreError::KeyDamaged)?;
    let certificates = std::iter::once(identity.leaf())
        .chain(issuers)
        .map(|certificate| {
            let written = P12Certificate::from_der(certificate.der());
            written.map_err(|_| not_writable(certificate))
        })
        .collect::<Result<Vec<_>, _>>()?;
    // Any value that is its own for each key; other programs take a hash of the public key too.
    let local_key_id = identity.leaf().sha256_hex().into_bytes();
    Ok(PrivateKeyChain::new(local_key_id, key, certificates))
}

fn not_writable(certificate: &Certificate) -> KeystoreError {
    KeystoreError::CertificateNotWritable {
        subject: certificate.subject().to_string(),
    }
}

fn free_alias(alias: &str, taken: &mut BTreeSet<String>) -> Result<String, KeystoreError> {
    if alias.is_empty() || !is_in_bmp(alias) {
        return Err(KeystoreError::AliasNotWritable {
            alias: alias.to_owned(),
        });
    }
    let mut free = alias.to_owned();
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{alias} {number}");
        number += 1;
    }
    Ok(free)
}

/// The strings of PKCS#12 are BMPStrings, which hold the Basic Multilingual Plane only.
fn is_in_bmp(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) <= 0xffff)
}

/// As Java writes; more would make every opening slower.
const ITERATIONS: u32 = 10_000;
