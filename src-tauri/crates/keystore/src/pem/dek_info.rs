//! The encryption of whole PEM blocks as OpenSSL did it before PKCS#8 (RFC 1421 with OpenSSL's EVP_BytesToKey). Weak: one
//! round of MD5. Encrypted PKCS#8 is the better one. Checked against OpenSSL 3.

use md5::{Digest, Md5};
use zeroize::Zeroizing;

use crate::KeystoreError;
use crate::ber::{Reader, SEQUENCE};
use crate::cipher::Cipher;

/// Cipher and initialisation vector; the first eight bytes of the vector are also the salt.
pub(crate) struct DekInfo {
    cipher: Cipher,
    iv: Vec<u8>,
}

impl DekInfo {
    /// Reads the value of the header, such as `AES-256-CBC,6A60…`.
    ///
    /// # Errors
    /// `Unsupported` with the cipher, `Damaged`.
    pub(super) fn read(value: &str) -> Result<Self, KeystoreError> {
        let (name, iv) = value
            .split_once(',')
            .ok_or(KeystoreError::Damaged { what: "PEM" })?;
        let cipher = match name.trim() {
            "AES-128-CBC" => Cipher::Aes128,
            "AES-192-CBC" => Cipher::Aes192,
            "AES-256-CBC" => Cipher::Aes256,
            "DES-EDE3-CBC" => Cipher::TripleDes,
            other => return Err(KeystoreError::unsupported(other)),
        };
        let iv = from_hex(iv.trim()).filter(|iv| iv.len() == cipher.block_len());
        Ok(Self {
            cipher,
            iv: iv.ok_or(KeystoreError::Damaged { what: "PEM" })?,
        })
    }

    /// Such as `AES-256-CBC MD5`.
    pub(super) fn name(&self) -> String {
        format!("{} MD5", self.cipher.name())
    }

    /// Decrypts with one form of the password: its bytes.
    pub(super) fn decrypt(&self, password: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut key = Zeroizing::new(Vec::with_capacity(48));
        while key.len() < self.cipher.key_len() {
            let mut hash = Md5::new();
            // The hash before, if there is one.
            hash.update(&key[key.len().saturating_sub(HASH_BYTES)..]);
            hash.update(password);
            hash.update(&self.iv[..8]);
            key.extend_from_slice(&hash.finalize());
        }
        let plain = self
            .cipher
            .decrypt(&key[..self.cipher.key_len()], &self.iv, data)?;
        let is_key = Reader::new(&plain)
            .expect(SEQUENCE)
            .is_ok_and(|key| key.raw.len() == plain.len());
        is_key.then_some(plain)
    }
}

const HASH_BYTES: usize = 16;

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
