//! Opens a file of any form.

use std::ops::ControlFlow;

use time::OffsetDateTime;

use crate::keystore::{Format, Keystore, Passwords};
use crate::recognise::identify;
use crate::work::{Progress, Work};
use crate::{KeystoreError, der_file, envelope, jks, jwk, pem, pkcs12, recognise};

/// Opens a file of any readable form; its name does not matter. Of several certificates of one key the one valid at
/// `now`, and longest, is shown.
///
/// A file without any private key opens too, with no entries.
///
/// # Errors
/// Any of [`KeystoreError`] but those of writing and of picking an entry, and `Cancelled`.
pub fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
) -> Result<Keystore, KeystoreError> {
    open_with(bytes, passwords, now, &mut Work::default())
}

/// Opens a file as [`open`] does, and tells how far the key derivations have come.
///
/// `watcher` is called before every derivation, the first time before anything is derived, and every 50,000 rounds
/// within one; so it is called at least once for every file whose password costs rounds. PBKDF2 of up to 1,000,000
/// rounds (a second at most) is not interrupted, since the library does it faster in one piece; longer ones cost up
/// to half as much again as with [`open`].
///
/// # Errors
/// As [`open`]; `Cancelled` once the watcher breaks.
pub fn open_watched(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    watcher: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Keystore, KeystoreError> {
    open_with(bytes, passwords, now, &mut Work::watched(watcher))
}

fn open_with(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    recognise::check_size(bytes)?;
    let bytes = envelope::peel(bytes)?;
    match identify(&bytes)? {
        Format::Pkcs12 => pkcs12::open(&bytes, passwords, now, work),
        Format::Jks | Format::Jceks => jks::open(&bytes, passwords, now, work),
        Format::Pem => pem::open(&bytes, passwords, now, work),
        Format::Der => der_file::open(&bytes, passwords, now, work),
        Format::Jwk | Format::Jwks => jwk::open(&bytes, now),
    }
}
