use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use keystore::Progress;

/// A file that is being opened: how far that has come, and whether it is still wanted.
///
/// Shared between the thread that derives keys and the one that is asked.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    done: AtomicU64,
    demanded: AtomicU64,
    cancelled: AtomicBool,
}

impl Opening {
    /// Takes note of how far it has come; breaks when it is no longer wanted.
    pub(crate) fn went(&self, progress: Progress) -> ControlFlow<()> {
        self.done.store(progress.done, Ordering::Relaxed);
        self.demanded.store(progress.demanded, Ordering::Relaxed);
        match self.cancelled.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// It is no longer wanted.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// How much is done, 0 to 100. May fall when the file turns out to demand more.
    pub(crate) fn percent(&self) -> u8 {
        let done = self.done.load(Ordering::Relaxed);
        let demanded = self.demanded.load(Ordering::Relaxed).max(1);
        u8::try_from((done.saturating_mul(100) / demanded).min(100)).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_until_it_is_no_longer_wanted() {
        let opening = Opening::default();
        assert_eq!(opening.percent(), 0);
        let progress = Progress {
            done: 1,
            demanded: 3,
        };
        assert_eq!(opening.went(progress), ControlFlow::Continue(()));
        assert_eq!(opening.percent(), 33);
        opening.cancel();
        assert_eq!(opening.went(progress), ControlFlow::Break(()));
    }
}
