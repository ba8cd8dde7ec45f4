//! A budget for key derivation: a file names its own number of rounds, and may name any.

use std::num::NonZeroU32;
use std::ops::ControlFlow;

use crate::KeystoreError;
use crate::password::Password;

/// How far the key derivations of a file have come.
///
/// Both numbers are rounds as the file names them. What is demanded may grow: by another spelling of the password,
/// and by keys that were not seen before a safe was opened. It is never less than what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The rounds that are done.
    pub done: u64,
    /// The rounds known to be demanded, those done among them.
    pub demanded: u64,
}

/// What one file has asked for, and what was done for it.
pub(crate) struct Work<'a> {
    declared: u64,
    spent: u64,
    spent_max: u64,
    /// Spent before the derivation that is under way.
    spent_before: u64,
    /// How often the derivation under way goes through its rounds, and how many it has gone through in all.
    passes: u64,
    gone: u64,
    watcher: Option<&'a mut dyn FnMut(Progress) -> ControlFlow<()>>,
}

impl Default for Work<'_> {
    fn default() -> Self {
        Self {
            declared: 0,
            spent: 0,
            spent_max: SPENT_MAX,
            spent_before: 0,
            passes: 0,
            gone: 0,
            watcher: None,
        }
    }
}

impl<'a> Work<'a> {
    /// A budget whose use is watched.
    pub(crate) fn watched(watcher: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self {
            watcher: Some(watcher),
            ..Self::default()
        }
    }

    /// Whether someone watches.
    pub(crate) fn is_watched(&self) -> bool {
        self.watcher.is_some()
    }

    /// Takes note of a number of rounds found in the file. Called for all that is visible before anything is derived.
    pub(crate) fn declare(&mut self, iterations: u64) -> Result<(), KeystoreError> {
        self.declared = self.declared.saturating_add(iterations);
        if iterations > ITERATIONS_MAX {
            return Err(KeystoreError::TooMuchWork { iterations });
        }
        if self.declared > ITERATIONS_MAX_IN_FILE {
            return Err(KeystoreError::TooMuchWork {
                iterations: self.declared,
            });
        }
        Ok(())
    }

    /// Makes room for every spelling of the passwords that will be tried, so that what the file declares can be done
    /// with the last of them as with the first. A password has a handful at most.
    pub(crate) fn allow_spellings(&mut self, passwords: &[&Password]) {
        let spellings = passwords.iter().map(|password| password.spellings_max());
        let most = spellings.max().unwrap_or(1).max(1) as u64;
        self.spent_max = SPENT_MAX.saturating_mul(most);
    }

    /// Pays for one derivation, which goes through its rounds once for every block of its output; every spelling of
    /// a password costs another.
    pub(crate) fn spend(
        &mut self,
        iterations: NonZeroU32,
        passes: usize,
    ) -> Result<(), KeystoreError> {
        self.spent_before = self.spent;
        self.passes = passes as u64;
        self.gone = 0;
        self.spent = self.spent.saturating_add(u64::from(iterations.get()));
        if self.spent > self.spent_max {
            return Err(KeystoreError::TooMuchWork {
                iterations: self.spent,
            });
        }
        self.tell()
    }

    /// Takes note of rounds done of the derivation last paid for.
    pub(crate) fn went(&mut self, rounds: u32) -> Result<(), KeystoreError> {
        self.gone += u64::from(rounds);
        self.tell()
    }

    /// Whether any derivation was done.
    pub(crate) fn is_used(&self) -> bool {
        self.spent > 0
    }

    /// Whether there is room for trying other spellings only to name what is wrong.
    pub(crate) fn is_light(&self) -> bool {
        self.declared <= LIGHT
    }

    fn tell(&mut self) -> Result<(), KeystoreError> {
        let progress = Progress {
            done: self.spent_before + self.gone / self.passes.max(1),
            demanded: self.declared.max(self.spent),
        };
        match self.watcher.as_mut().map(|watcher| watcher(progress)) {
            Some(ControlFlow::Break(())) => Err(KeystoreError::Cancelled),
            Some(ControlFlow::Continue(())) | None => Ok(()),
        }
    }
}

const ITERATIONS_MAX: u64 = 10_000_000;
const ITERATIONS_MAX_IN_FILE: u64 = 30_000_000;
/// The password of the store and that of its keys may both be tried.
const SPENT_MAX: u64 = 2 * ITERATIONS_MAX_IN_FILE;
const LIGHT: u64 = 2_000_000;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn single_numbers_and_their_sum_are_limited() {
        let mut work = Work::default();
        assert_eq!(
            work.declare(10_000_001),
            Err(KeystoreError::TooMuchWork {
                iterations: 10_000_001
            })
        );
        let mut work = Work::default();
        for _ in 0..3 {
            assert_eq!(work.declare(10_000_000), Ok(()));
        }
        assert_eq!(
            work.declare(1),
            Err(KeystoreError::TooMuchWork {
                iterations: 30_000_001
            })
        );
    }

    #[test]
    fn a_permitted_file_can_be_tried_with_every_spelling_of_both_passwords() {
        let many = NonZeroU32::new(10_000_000).unwrap();
        let password = Password::of_text("bl\u{e5}b\u{e6}r\u{e9}");
        let mut work = Work::default();
        work.allow_spellings(&[&password, &password]);
        for _ in 0..3 {
            assert_eq!(work.declare(10_000_000), Ok(()));
        }
        for _ in 0..2 * 3 * password.spellings_max() {
            assert_eq!(work.spend(many, 1), Ok(()));
        }
        let more = work.spend(many, 1).unwrap_err();
        assert_eq!(more.code(), "too_much_work");
        // A password that has no other spelling gets no more.
        let mut work = Work::default();
        work.allow_spellings(&[&Password::of_text("passord")]);
        for _ in 0..6 {
            assert_eq!(work.spend(many, 1), Ok(()));
        }
        assert!(work.spend(NonZeroU32::MIN, 1).is_err());
    }
}
