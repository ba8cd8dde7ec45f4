//! Java's own key stores, JKS and JCEKS. There is no standard; checked against keytool of JDK 17.
//!
//! All numbers are big-endian, strings are Java's modified UTF-8 after a length of two bytes. A weak format: SHA-1
//! without rounds protects the whole. PKCS#12 is the better one.

use std::rc::Rc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA1_OUTPUT_LEN};
use time::OffsetDateTime;

use crate::found::{self, Found, FoundKey};
use crate::java_key::JavaKey;
use crate::keystore::{Format, Keystore, Passwords};
use crate::password::Password;
use crate::work::Work;
use crate::{KeystoreError, Recognised, refusal};

/// What can be seen without a password: everything but the keys.
///
/// # Errors
/// As [`open`], but for passwords.
pub(crate) fn look_outside(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    let file = File::read(bytes)?;
    let mut seen = Recognised {
        visible_parts: file.entries.len(),
        ..Recognised::open_to_all(file.format)
    };
    seen.add_protection("SHA-1".to_owned(), true, 1);
    for entry in &file.entries {
        if let Some(Ok(key)) = entry.key.map(JavaKey::read) {
            seen.add_protection(key.name().to_owned(), true, key.iterations());
        }
    }
    Ok(seen)
}

/// Opens a file.
///
/// # Errors
/// `WrongPassword` and its kin, `Truncated`, `Damaged`, `Unsupported`, `TooLarge`, `TooMuchWork`, `Cancelled`.
pub(crate) fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    let file = File::read(bytes)?;
    let keys = file.entries.iter().filter_map(|entry| entry.key);
    // One that cannot be read stands among the others as such.
    for key in keys.filter_map(|key| JavaKey::read(key).ok()) {
        work.declare(key.iterations())?;
    }
    let store = Password::new(passwords.store);
    if !file.is_sealed_with(&store)? {
        return Err(refusal::name(passwords.store, work, |other, _| {
            file.is_sealed_with(other)
        }));
    }
    let own = passwords.key.map(|own| Password::new(Some(own)));
    let tries: Vec<&Password> = own.iter().chain([&store]).collect();
    work.allow_spellings(&tries);
    let mut found = Found {
        is_legacy: true,
        has_unread_entries: file.has_unread_entries,
        ..Found::default()
    };
    for (at, entry) in file.entries.iter().enumerate() {
        let id = Some(at.to_be_bytes().to_vec());
        let name: Rc<str> = entry.alias.as_str().into();
        for certificate in &entry.certificates {
            found.add_certificate(certificate, Some(name.clone()), id.clone())?;
        }
        if let Some(key) = entry.key {
            let key = JavaKey::read(key).and_then(|key| key.open(&tries, work));
            let key = found::opened(key)?;
            found.keys.push(FoundKey {
                name: Some(entry.alias.clone()),
                local_key_id: id,
                owns_certificates: true,
                key,
            });
        }
    }
    found.into_keystore(file.format, now)
}

/// A file as it stands.
struct File<'a> {
    format: Format,
    entries: Vec<Entry<'a>>,
    has_unread_entries: bool,
    sealed: &'a [u8],
    seal: &'a [u8],
}

struct Entry<'a> {
    alias: String,
    /// EncryptedPrivateKeyInfo; none for a trusted certificate.
    key: Option<&'a [u8]>,
    certificates: Vec<&'a [u8]>,
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, KeystoreError> {
        let mut fields = Fields {
            rest: bytes,
            length: bytes.len(),
        };
        let format = if fields.u32()? == MAGIC_JCEKS {
            Format::Jceks
        } else {
            Format::Jks
        };
        let version = fields.u32()?;
        if !(1..=2).contains(&version) {
            return Err(KeystoreError::Unsupported {
                what: format!("JKS version {version}"),
            });
        }
        let count = fields.u32()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            if entries.len() == ENTRIES_MAX {
                return Err(KeystoreError::TooLarge);
            }
            match fields.entry(version)? {
                Some(entry) => entries.push(entry),
                // Nothing tells where a secret key ends, so what follows cannot be found.
                None if entries.is_empty() => {
                    return Err(KeystoreError::Unsupported {
                        what: "secret key in JCEKS".to_owned(),
                    });
                }
                None => {
                    let at = bytes
                        .len()
                        .checked_sub(SHA1_OUTPUT_LEN)
                        .ok_or_else(|| fields.truncated())?;
                    let (sealed, seal) = bytes.split_at(at);
                    return Ok(Self {
                        format,
                        entries,
                        has_unread_entries: true,
                        sealed,
                        seal,
                    });
                }
            }
        }
        let sealed = &bytes[..bytes.len() - fields.rest.len()];
        Ok(Self {
            format,
            entries,
            has_unread_entries: false,
            sealed,
            seal: fields.take(SHA1_OUTPUT_LEN)?,
        })
    }

    /// Whether the digest at the end was made with that password; the spelling is remembered.
    fn is_sealed_with(&self, password: &Password) -> Result<bool, KeystoreError> {
        let found = password.bmp.find(|spelling| {
            let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
            hash.update(without_terminator(spelling));
            hash.update(WHITENER);
            hash.update(self.sealed);
            Ok(verify_slices_are_equal(hash.finish().as_ref(), self.seal)
                .is_ok()
                .then_some(()))
        })?;
        Ok(found.is_some())
    }
}

/// The password in UTF-16 as Java takes it, without the two bytes that PKCS#12 puts at the end.
pub(crate) fn without_terminator(spelling: &[u8]) -> &[u8] {
    spelling.strip_suffix(&[0, 0]).unwrap_or(spelling)
}

/// Reads fields one after the other.
struct Fields<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Fields<'a> {
    fn entry(&mut self, version: u32) -> Result<Option<Entry<'a>>, KeystoreError> {
        let tag = self.u32()?;
        let alias = self.string()?;
        // The time of making, in milliseconds since 1970.
        self.take(8)?;
        match tag {
            TAG_KEY => {
                let key = self.bytes()?;
                let count = self.u32()?;
                let mut certificates = Vec::new();
                for _ in 0..count {
                    certificates.push(self.certificate(version)?);
                }
                Ok(Some(Entry {
                    alias,
                    key: Some(key),
                    certificates,
                }))
            }
            TAG_CERTIFICATE => Ok(Some(Entry {
                alias,
                key: None,
                certificates: vec![self.certificate(version)?],
            })),
            TAG_SECRET => Ok(None),
            _ => Err(KeystoreError::Damaged { what: "JKS entry" }),
        }
    }

    fn certificate(&mut self, version: u32) -> Result<&'a [u8], KeystoreError> {
        if version == 2 {
            self.string()?;
        }
        self.bytes()
    }

    fn string(&mut self) -> Result<String, KeystoreError> {
        let length = self.take(2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        Ok(modified_utf8(self.take(length)?))
    }

    fn bytes(&mut self) -> Result<&'a [u8], KeystoreError> {
        let length = usize::try_from(self.u32()?).unwrap_or(usize::MAX);
        self.take(length)
    }

    fn u32(&mut self) -> Result<u32, KeystoreError> {
        let bytes = self.take(4)?;
        Ok(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], KeystoreError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or_else(|| self.truncated())?;
        self.rest = rest;
        Ok(taken)
    }

    fn truncated(&self) -> KeystoreError {
        KeystoreError::Truncated { at: self.length }
    }
}

/// Java's modified UTF-8: each half of a surrogate pair by itself, and zero in two bytes.
fn modified_utf8(bytes: &[u8]) -> String {
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let low = |at: usize| u16::from(after.get(at).copied().unwrap_or_default() & 0x3f);
        let (unit, length) = match first {
            0xc0..=0xdf => (u16::from(first & 0x1f) << 6 | low(0), 1),
            0xe0..=0xef => (u16::from(first & 0x0f) << 12 | low(0) << 6 | low(1), 2),
            _ => (u16::from(*first), 0),
        };
        units.push(unit);
        rest = after.get(length..).unwrap_or_default();
    }
    String::from_utf16_lossy(&units)
}

const MAGIC_JCEKS: u32 = 0xcece_cece;
pub(crate) const TAG_KEY: u32 = 1;
const TAG_CERTIFICATE: u32 = 2;
const TAG_SECRET: u32 = 3;
/// What is hashed between the password and the file.
pub(crate) const WHITENER: &[u8] = b"Mighty Aphrodite";
const ENTRIES_MAX: usize = 2000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modified_utf8_is_read() {
        assert_eq!(modified_utf8("blåbær".as_bytes()), "blåbær");
        assert_eq!(
            modified_utf8(&[0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0xc0, 0x80]),
            "😀\0"
        );
        assert_eq!(modified_utf8(&[b'a', 0xe0]), "a\0");
    }
}
