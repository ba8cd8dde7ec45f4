//! Opens a file of any form.

use time::OffsetDateTime;

use crate::keystore::{Format, Keystore, Passwords};
use crate::recognise::identify;
use crate::{KeystoreError, der_file, envelope, jks, jwk, pem, pkcs12, recognise};

/// Opens a file of any readable form; its name does not matter. Of several certificates of one key the one valid at
/// `now`, and longest, is shown.
///
/// A file without any private key opens too, with no entries.
///
/// # Errors
/// Any of [`KeystoreError`] but those of writing and of picking an entry.
pub fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
) -> Result<Keystore, KeystoreError> {
    recognise::check_size(bytes)?;
    let bytes = envelope::peel(bytes)?;
    match identify(&bytes)? {
        Format::Pkcs12 => pkcs12::open(&bytes, passwords, now),
        Format::Jks | Format::Jceks => jks::open(&bytes, passwords, now),
        Format::Pem => pem::open(&bytes, passwords, now),
        Format::Der => der_file::open(&bytes, passwords, now),
        Format::Jwk | Format::Jwks => jwk::open(&bytes, now),
    }
}
