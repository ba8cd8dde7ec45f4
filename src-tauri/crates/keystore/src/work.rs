//! A budget for key derivation: a file names its own number of rounds, and may name any.

use crate::KeystoreError;

/// What one file has asked for, and what was done for it.
#[derive(Debug, Default)]
pub(crate) struct Work {
    declared: u64,
    spent: u64,
}

impl Work {
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

    /// Pays for one derivation; every spelling of a password costs another.
    pub(crate) fn spend(&mut self, iterations: u32) -> Result<(), KeystoreError> {
        self.spent = self.spent.saturating_add(u64::from(iterations));
        if self.spent > SPENT_MAX {
            return Err(KeystoreError::TooMuchWork {
                iterations: self.spent,
            });
        }
        Ok(())
    }

    /// Whether any derivation was done.
    pub(crate) fn is_used(&self) -> bool {
        self.spent > 0
    }

    /// Whether there is room for trying other spellings only to name what is wrong.
    pub(crate) fn is_light(&self) -> bool {
        self.declared <= LIGHT
    }
}

const ITERATIONS_MAX: u64 = 10_000_000;
const ITERATIONS_MAX_IN_FILE: u64 = 30_000_000;
const SPENT_MAX: u64 = 2 * ITERATIONS_MAX_IN_FILE;
const LIGHT: u64 = 2_000_000;

#[cfg(test)]
mod tests {
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
}
