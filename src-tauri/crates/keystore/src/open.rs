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

/// Opens a file of which only the certificates are wanted: with no password but the empty one, and only where that
/// costs next to nothing. So it may be done with bytes from the network, and where others wait.
///
/// # Errors
/// As [`open`]; `WrongPassword` for a file that demands work, before any is done.
pub fn open_without_password(bytes: &[u8], now: OffsetDateTime) -> Result<Keystore, KeystoreError> {
    let mut watcher = |progress: Progress| match progress.demanded > LITTLE_WORK {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    match open_watched(bytes, &Passwords::default(), now, &mut watcher) {
        Err(KeystoreError::Cancelled) => Err(KeystoreError::WrongPassword),
        opened => opened,
    }
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

/// Some ten milliseconds: what old key stores of certificates under the empty password demand.
const LITTLE_WORK: u64 = 20_000;
