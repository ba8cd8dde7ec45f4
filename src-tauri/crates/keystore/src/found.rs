//! What a reader took out of a file, before keys and certificates are joined.

use std::rc::Rc;

use time::OffsetDateTime;

use crate::keystore::{Format, Keystore};
use crate::{Certificate, KeystoreError, PrivateKey, link};

/// Keys and certificates of one file, in the file's order.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) keys: Vec<FoundKey>,
    pub(crate) certificates: Vec<FoundCertificate>,
    pub(crate) unreadable_certificates: usize,
    /// Whether entries were left out because they could not be found.
    pub(crate) has_unread_entries: bool,
    pub(crate) is_legacy: bool,
}

/// A private key as found.
pub(crate) struct FoundKey {
    pub(crate) name: Option<String>,
    /// What the file says to tell which certificate is meant.
    pub(crate) local_key_id: Option<Vec<u8>>,
    /// Whether the certificates lie in the key's own entry, so that they can be shown though the key stays shut.
    pub(crate) owns_certificates: bool,
    /// The key; `KeyLocked`, `KeyDamaged` or `Unsupported` otherwise.
    pub(crate) key: Result<PrivateKey, KeystoreError>,
}

/// A certificate as found.
pub(crate) struct FoundCertificate {
    /// Shared, since a file may hang thousands of certificates on one long name.
    pub(crate) name: Option<Rc<str>>,
    pub(crate) local_key_id: Option<Vec<u8>>,
    pub(crate) certificate: Certificate,
}

impl Found {
    /// Adds a certificate; one that cannot be read is counted, so that it does not hide the others.
    ///
    /// # Errors
    /// `TooLarge` when there are more than any honest file has.
    pub(crate) fn add_certificate(
        &mut self,
        der: &[u8],
        name: Option<Rc<str>>,
        local_key_id: Option<Vec<u8>>,
    ) -> Result<(), KeystoreError> {
        if self.certificates.len() + self.unreadable_certificates == CERTIFICATES_MAX {
            return Err(KeystoreError::TooLarge);
        }
        match Certificate::from_der(der) {
            Ok(certificate) => self.certificates.push(FoundCertificate {
                name,
                local_key_id,
                certificate,
            }),
            Err(_) => self.unreadable_certificates += 1,
        }
        Ok(())
    }

    /// Whether there are keys that are read, and all of them stayed shut.
    pub(crate) fn is_shut(&self) -> bool {
        let is_locked = |found: &FoundKey| matches!(found.key, Err(KeystoreError::KeyLocked));
        let mut keys = self.keys.iter();
        self.keys.iter().any(is_locked) && keys.all(|key| is_locked(key) || key.is_unsupported())
    }

    /// Joins keys and certificates.
    ///
    /// # Errors
    /// `Unsupported` where there are keys, and none is of a kind that is read.
    pub(crate) fn into_keystore(
        self,
        format: Format,
        now: OffsetDateTime,
    ) -> Result<Keystore, KeystoreError> {
        if let Some(FoundKey {
            key: Err(error), ..
        }) = self.keys.first()
            && self.keys.iter().all(FoundKey::is_unsupported)
        {
            return Err(error.clone());
        }
        Ok(Keystore {
            format,
            entries: link::link(self.keys, &self.certificates, now),
            certificates: self
                .certificates
                .into_iter()
                .map(|found| found.certificate)
                .collect(),
            unreadable_certificates: self.unreadable_certificates,
            has_unread_entries: self.has_unread_entries,
            legacy_encryption: self.is_legacy,
            is_password_ascii: true,
            opened_at: now,
        })
    }
}

impl FoundKey {
    fn is_unsupported(&self) -> bool {
        matches!(self.key, Err(KeystoreError::Unsupported { .. }))
    }
}

/// A key that was opened, or why not: what is broken is told apart from what stayed shut and from what is not read.
/// Only what ends the whole opening is an error.
pub(crate) fn opened(
    result: Result<Option<PrivateKey>, KeystoreError>,
) -> Result<Result<PrivateKey, KeystoreError>, KeystoreError> {
    match result {
        Ok(Some(key)) => Ok(Ok(key)),
        Ok(None) => Ok(Err(KeystoreError::KeyLocked)),
        Err(error @ (KeystoreError::TooMuchWork { .. } | KeystoreError::Cancelled)) => Err(error),
        Err(error @ KeystoreError::Unsupported { .. }) => Ok(Err(error)),
        Err(_) => Ok(Err(KeystoreError::KeyDamaged)),
    }
}

const CERTIFICATES_MAX: usize = 4000;
