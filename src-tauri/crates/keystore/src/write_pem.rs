//! Writes PEM (RFC 7468): blocks with line feeds and nothing between them.

use aws_lc_rs::cipher::{AES_256, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::num::NonZeroU32;
use zeroize::Zeroizing;

use crate::ber::{OCTET_STRING, OID};
use crate::kdf::{self, Hash};
use crate::{Certificate, KeystoreError, PrivateKey, PublicKey, Secret, der, oid};

/// Writes the key under a password, and its certificates after it, in their order.
///
/// The key is an EncryptedPrivateKeyInfo (RFC 5958 §3) with PBES2: AES-256-CBC, PBKDF2 with HMAC-SHA-256.
///
/// # Errors
/// `NoRandomness`.
pub fn write_pem(
    key: &PrivateKey,
    certificates: &[Certificate],
    password: &Secret<String>,
) -> Result<Secret<Vec<u8>>, KeystoreError> {
    let encrypted = encrypted(key, password)?;
    Ok(key_and_certificates(
        "ENCRYPTED PRIVATE KEY",
        &encrypted,
        certificates,
    ))
}

/// Writes the key in plain PKCS#8, and its certificates after it, in their order. Whoever reads the file has the key.
pub fn expose_pem(key: &PrivateKey, certificates: &[Certificate]) -> Secret<Vec<u8>> {
    // The caller asked for the plain key.
    key_and_certificates("PRIVATE KEY", key.pkcs8().expose(), certificates)
}

/// Writes certificates alone, in their order.
pub fn write_certificates_pem(certificates: &[Certificate]) -> Vec<u8> {
    let mut out = Vec::new();
    push_certificates(&mut out, certificates);
    out
}

/// Writes a public key: its SubjectPublicKeyInfo (RFC 7468 §13).
pub fn write_public_key_pem(key: &PublicKey) -> Vec<u8> {
    let mut out = Vec::new();
    push_block(&mut out, "PUBLIC KEY", key.spki_der());
    out
}

/// RFC 8018 §6.2.1 and appendix A.
fn encrypted(
    key: &PrivateKey,
    password: &Secret<String>,
) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    let impossible = || KeystoreError::Unsupported {
        what: "AES-256-CBC".to_owned(),
    };
    let mut salt = [0; 16];
    let mut iv = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| KeystoreError::NoRandomness)?;
    getrandom::fill(&mut iv).map_err(|_| KeystoreError::NoRandomness)?;
    // The key that encrypts is derived from the text's bytes.
    let password = password.expose().as_bytes();
    let derived = kdf::pbkdf2(Hash::Sha256, password, &salt, ITERATIONS, 32);
    let cipher = UnboundCipherKey::new(&AES_256, &derived)
        .and_then(PaddedBlockEncryptingKey::cbc_pkcs7)
        .map_err(|_| impossible())?;
    // The key goes into the file, encrypted.
    let mut data = Zeroizing::new(Vec::with_capacity(key.pkcs8().expose().len() + 16));
    data.extend_from_slice(key.pkcs8().expose());
    let context = EncryptionContext::Iv128(FixedLength::from(iv));
    cipher
        .less_safe_encrypt(&mut *data, context)
        .map_err(|_| impossible())?;
    let derivation = der::sequence(&[
        &der::element(OID, &[oid::PBKDF2]),
        &der::sequence(&[
            &der::element(OCTET_STRING, &[&salt]),
            &der::unsigned(&ITERATIONS.get().to_be_bytes()),
            &der::algorithm_with_null(oid::HMAC_SHA256),
        ]),
    ]);
    let scheme = der::sequence(&[
        &der::element(OID, &[oid::AES_256_CBC]),
        &der::element(OCTET_STRING, &[&iv]),
    ]);
    Ok(der::sequence(&[
        &der::sequence(&[
            &der::element(OID, &[oid::PBES2]),
            &der::sequence(&[&derivation, &scheme]),
        ]),
        &der::element(OCTET_STRING, &[&data]),
    ]))
}

fn key_and_certificates(label: &str, key: &[u8], certificates: &[Certificate]) -> Secret<Vec<u8>> {
    // Room for all at once: a buffer that grows leaves copies of the key behind.
    let blocks = std::iter::once(key).chain(certificates.iter().map(Certificate::der));
    let room = blocks.map(block_bytes_max).sum();
    let mut out = Zeroizing::new(Vec::with_capacity(room));
    push_block(&mut out, label, key);
    push_certificates(&mut out, certificates);
    debug_assert!(out.len() <= room);
    Secret::from(out)
}

fn push_certificates(out: &mut Vec<u8>, certificates: &[Certificate]) {
    for certificate in certificates {
        push_block(out, "CERTIFICATE", certificate.der());
    }
}

fn push_block(out: &mut Vec<u8>, label: &str, der: &[u8]) {
    let base64 = Zeroizing::new(STANDARD.encode(der));
    out.extend_from_slice(format!("-----BEGIN {label}-----\n").as_bytes());
    for line in base64.as_bytes().chunks(LINE) {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out.extend_from_slice(format!("-----END {label}-----\n").as_bytes());
}

/// At least as much as [`push_block`] adds.
fn block_bytes_max(der: &[u8]) -> usize {
    let base64 = der.len().div_ceil(3) * 4;
    base64 + base64.div_ceil(LINE) + 100
}

/// RFC 7468 §2.
const LINE: usize = 64;
/// Some ten milliseconds a guess.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(100_000).expect("not zero");

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_plain_key_is_written_into_a_buffer_that_never_grew() {
        let key = PrivateKey::generate_rsa(2048).unwrap();
        let pem = expose_pem(&key, &[]);
        let room = block_bytes_max(key.pkcs8().expose());
        assert_eq!(pem.expose().capacity(), room);
        assert!(pem.expose().len() > room - 100);
    }
}
