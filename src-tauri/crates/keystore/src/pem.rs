//! Files of PEM blocks (RFC 7468, RFC 1421).

use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::encrypted_key::EncryptedKey;
use crate::found::{self, Found, FoundKey};
use crate::keystore::{Format, Keystore, Passwords};
use crate::password::Password;
use crate::work::Work;
use crate::{KeystoreError, PrivateKey, Recognised, Secret, der_file, refusal};

mod block;
mod dek_info;

use block::Block;
use dek_info::DekInfo;

/// How a block begins.
pub(crate) const BEGIN: &str = "-----BEGIN ";

/// Whether the bytes are a PEM file with letters that are not UTF-8. OpenSSL writes the names of keys so, above each
/// block: the lower byte of every character.
pub(crate) fn is_in_latin1(bytes: &[u8]) -> bool {
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t' | 0x0c);
    let begin = BEGIN.as_bytes();
    bytes.iter().all(is_text) && bytes.windows(begin.len()).any(|window| window == begin)
}

/// What can be seen without a password.
///
/// # Errors
/// As [`open`], but for passwords.
pub(crate) fn look_outside(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    let mut seen = Recognised::open_to_all(Format::Pem);
    let parts = parts(bytes)?;
    let mut unread = Vec::new();
    for block in &parts {
        seen.visible_parts += 1;
        match (&block.dek_info, block.label.as_str()) {
            (Some(Ok(dek)), _) => seen.add_protection(dek.name(), true, 1),
            (Some(Err(error)), _) => unread.push(error.clone()),
            (None, ENCRYPTED_KEY) => match EncryptedKey::read(&block.bytes) {
                Ok(key) => seen.add_scheme(&key.scheme),
                Err(error) => unread.push(error),
            },
            (None, _) => {}
        }
    }
    let keys = parts.iter().filter(|block| block.is_key()).count();
    match unread.first() {
        Some(error) if unread.len() == keys => Err(error.clone()),
        // A key that is not read hides nothing beside it.
        _ => Ok(seen),
    }
}

/// Opens a file.
///
/// # Errors
/// `NotAKeystore` where no block is a key or a certificate; `Truncated` where a block does not end; `WrongPassword` and
/// its kin where no key opens; `Damaged`, `KeyDamaged`, `Unsupported`, `TooMuchWork`, `Cancelled`, `TooLarge`.
pub(crate) fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    let parts = parts(bytes)?;
    for block in parts
        .iter()
        .filter(|block| block.dek_info.is_none() && block.label == ENCRYPTED_KEY)
    {
        // One that cannot be read stands among the others as such.
        if let Ok(key) = EncryptedKey::read(&block.bytes) {
            work.declare(key.scheme.iterations())?;
        }
    }
    let both = [passwords.store, passwords.key].map(Password::new);
    let tries: Vec<&Password> = both.iter().collect();
    work.allow_spellings(&tries);
    let mut found = Found::default();
    for block in &parts {
        let (name, local_key_id) = (block.friendly_name.clone(), block.local_key_id.clone());
        match block.label.as_str() {
            "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => {
                der_file::add_certificate_list(&block.bytes, &mut found)?;
            }
            label if label.ends_with("CERTIFICATE") => {
                found.add_certificate(&block.bytes, name.map(Into::into), local_key_id)?;
            }
            _ => {
                found.is_legacy |= block.is_legacy();
                let key = found::opened(open_key(block, &tries, work))?;
                found.keys.push(FoundKey {
                    name,
                    local_key_id,
                    owns_certificates: false,
                    key,
                });
            }
        }
    }
    if found.is_shut() {
        return Err(refusal::name(passwords.store, work, |other, work| {
            let locked = parts.iter().find(|block| block.is_locked());
            let opened = locked.map(|block| open_key(block, &[other], work));
            Ok(opened.transpose()?.flatten().is_some())
        }));
    }
    found.into_keystore(Format::Pem, now)
}

/// The blocks that are keys or certificates.
fn parts(bytes: &[u8]) -> Result<Vec<Block>, KeystoreError> {
    let blocks = block::read_all(bytes)?;
    let first = blocks
        .first()
        .map(|block| block.label.clone())
        .unwrap_or_default();
    let parts: Vec<Block> = blocks
        .into_iter()
        .filter(Block::is_key_or_certificate)
        .collect();
    if !parts.is_empty() {
        return Ok(parts);
    }
    Err(match first.as_str() {
        "PUBLIC KEY" | "RSA PUBLIC KEY" => KeystoreError::NotAKeystore {
            found: "public_key",
        },
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            KeystoreError::NotAKeystore { found: "csr" }
        }
        "X509 CRL" => KeystoreError::NotAKeystore { found: "crl" },
        "OPENSSH PRIVATE KEY" | "PGP PRIVATE KEY BLOCK" | "DSA PRIVATE KEY" => {
            KeystoreError::Unsupported { what: first }
        }
        _ => KeystoreError::NotAKeystore { found: "pem" },
    })
}

fn open_key(
    block: &Block,
    tries: &[&Password],
    work: &mut Work<'_>,
) -> Result<Option<PrivateKey>, KeystoreError> {
    let Some(dek) = &block.dek_info else {
        return match block.label.as_str() {
            ENCRYPTED_KEY => EncryptedKey::read(&block.bytes)?.open(tries, work),
            label => plain_key(label, block.bytes.clone()).map(Some),
        };
    };
    let dek = dek.as_ref().map_err(Clone::clone)?;
    for password in tries {
        let plain = password
            .bytes
            .find(|spelling| Ok(dek.decrypt(spelling, &block.bytes)))?;
        if let Some(plain) = plain {
            return plain_key(&block.label, plain).map(Some);
        }
    }
    Ok(None)
}

fn plain_key(label: &str, bytes: Zeroizing<Vec<u8>>) -> Result<PrivateKey, KeystoreError> {
    let bytes = Secret::from(bytes);
    match label {
        "RSA PRIVATE KEY" => PrivateKey::from_pkcs1(&bytes),
        "EC PRIVATE KEY" => PrivateKey::from_sec1(&bytes),
        _ => PrivateKey::from_pkcs8(bytes),
    }
}

impl Block {
    fn is_key_or_certificate(&self) -> bool {
        let label = self.label.as_str();
        label.ends_with("CERTIFICATE")
            || ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"].contains(&label)
            || self.is_key()
    }

    fn is_key(&self) -> bool {
        [
            "PRIVATE KEY",
            ENCRYPTED_KEY,
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
        ]
        .contains(&self.label.as_str())
    }

    /// Whether it is under a password that can be tried.
    fn is_locked(&self) -> bool {
        match &self.dek_info {
            Some(dek) => dek.is_ok(),
            None => self.label == ENCRYPTED_KEY && EncryptedKey::read(&self.bytes).is_ok(),
        }
    }

    fn is_legacy(&self) -> bool {
        match self.label.as_str() {
            ENCRYPTED_KEY => {
                EncryptedKey::read(&self.bytes).is_ok_and(|key| key.scheme.is_legacy())
            }
            _ => self.dek_info.is_some(),
        }
    }
}

const ENCRYPTED_KEY: &str = "ENCRYPTED PRIVATE KEY";
