//! Opens a keystore file with whatever password there is.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use keystore::{Keystore, KeystoreError, Passwords, Recognised, Secret};
use onboarding::Failure;
use onboarding::adapters::read_keystore_file;
use time::OffsetDateTime;

use crate::arguments::Common;
use crate::password;
use crate::report::Report;

/// Opens `file`. A password that was given is not used where nothing is locked; one that was not
/// given is asked for only when the file does not open without.
pub(crate) fn open(
    file: &Path,
    common: &Common,
    report: Report,
    now: OffsetDateTime,
) -> Result<Keystore, Failure> {
    open_telling(file, common, report, now, |_| Ok(()))
}

/// The same, and where there is nobody to ask for a password, `tell` gets to say what is seen without one.
pub(crate) fn open_telling(
    file: &Path,
    common: &Common,
    report: Report,
    now: OffsetDateTime,
    tell: impl FnOnce(&Recognised) -> Result<(), Failure>,
) -> Result<Keystore, Failure> {
    let bytes = read_keystore_file(file)?;
    // Looked at for whether a password matters at all.
    let seen = keystore::recognise(bytes.expose());
    let locked = seen.as_ref().is_ok_and(|seen| seen.locked);
    // Where nothing is locked, a password that was given is not even read: it may never come.
    let store = given_if(locked, || password::given(common))?;
    let key = given_if(locked, || password::given_for_key(common))?;
    let open = |store: Option<&Secret<String>>| {
        let key = key.as_ref();
        // Read once, to be opened.
        open_with_sign(bytes.expose(), &Passwords { store, key }, report, now)
    };
    match open(store.as_ref()) {
        Err(KeystoreError::WrongPassword) if store.is_none() => {
            if !io::stdin().is_terminal() {
                seen.as_ref().map_or(Ok(()), tell)?;
            }
            let typed = password::prompt(file, report)?;
            Ok(open(Some(&typed))?)
        }
        opened => Ok(opened?),
    }
}

/// Opens, and where a person waits at a terminal for more than a second, says once that it goes on. Nobody else is
/// told: to watch makes long derivations slower.
fn open_with_sign(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    report: Report,
    now: OffsetDateTime,
) -> Result<Keystore, KeystoreError> {
    if report.json || !io::stderr().is_terminal() {
        return keystore::open(bytes, passwords, now);
    }
    let since = Instant::now();
    let mut sign = Sign::default();
    keystore::open_watched(bytes, passwords, now, &mut |_| {
        if sign.is_due(since.elapsed()) {
            report.remark("opening.takes_time");
        }
        ControlFlow::Continue(())
    })
}

/// Whether it was said that the opening goes on.
#[derive(Default)]
struct Sign {
    given: bool,
}

impl Sign {
    fn is_due(&mut self, waited: Duration) -> bool {
        let is_due = !self.given && waited >= PATIENCE;
        self.given |= is_due;
        is_due
    }
}

/// A password option is accepted and ignored where nothing is locked, also one that cannot be read.
fn given_if<T>(
    locked: bool,
    given: impl FnOnce() -> Result<Option<T>, Failure>,
) -> Result<Option<T>, Failure> {
    if locked { given() } else { Ok(None) }
}

const PATIENCE: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_given_once_and_not_before_a_second_has_gone() {
        let mut sign = Sign::default();
        let due = [0, 999, 1000, 1001, 60_000].map(|ms| sign.is_due(Duration::from_millis(ms)));
        assert_eq!(due, [false, false, true, false, false]);
    }
}
