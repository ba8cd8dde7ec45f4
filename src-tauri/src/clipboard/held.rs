use std::time::Duration;

use keystore::Secret;
use onboarding::Failure;

/// Where texts are put to be pasted elsewhere.
pub(crate) trait Board {
    /// Puts a text there.
    fn write(&mut self, text: &str, worth: Worth) -> Result<(), Failure>;

    /// The text that is there; none where it is no text.
    fn read(&mut self) -> Result<Option<String>, Failure>;

    /// Takes away what is there.
    fn clear(&mut self) -> Result<(), Failure>;
}

/// Whether others may keep a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// They may.
    Open,
    /// It is to be gone when it is cleared.
    Secret,
}

/// A board, and the secret we put on it.
#[derive(Default)]
pub(crate) struct Held<B> {
    board: B,
    /// Until it is cleared, or something else is there.
    secret: Option<Secret<String>>,
    /// How many secrets were put there.
    count: u64,
}

/// Which copying a clearing belongs to, so that an old one does not clear a newer secret early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Copied(u64);

/// What came of a clearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(crate) enum Cleared {
    /// Our secret is not there.
    Done,
    /// It may be there still: the system did not let us look, or take it away.
    NotYet,
}

/// How long a secret stays: no longer than it is worth something.
pub(crate) fn kept(worth: Duration) -> Duration {
    KEPT.min(worth)
}

impl<B: Board> Held<B> {
    /// Puts an open text there.
    pub(crate) fn copy(&mut self, text: &str) -> Result<(), Failure> {
        self.board.write(text, Worth::Open)?;
        self.secret = None;
        Ok(())
    }

    /// Puts a secret there. Whoever calls it sees to [`Held::clear_copied`] after a while.
    pub(crate) fn copy_secret(&mut self, secret: Secret<String>) -> Result<Copied, Failure> {
        // The user asked for it to be copied.
        self.board.write(secret.expose(), Worth::Secret)?;
        self.secret = Some(secret);
        self.count += 1;
        Ok(Copied(self.count))
    }

    /// Clears the secret of that copying; a newer one has a clearing of its own.
    pub(crate) fn clear_copied(&mut self, copied: Copied) -> Cleared {
        match self.count == copied.0 {
            true => self.clear(),
            false => Cleared::Done,
        }
    }

    /// Empties the board, if it still holds the secret we put there.
    pub(crate) fn clear(&mut self) -> Cleared {
        let Some(secret) = &self.secret else {
            return Cleared::Done;
        };
        let Ok(there) = self.board.read() else {
            return Cleared::NotYet;
        };
        let there = there.map(Secret::new);
        // Compared with what is there; another program's text is left alone.
        let is_ours = there.is_some_and(|there| there.expose() == secret.expose());
        if is_ours && self.board.clear().is_err() {
            return Cleared::NotYet;
        }
        self.secret = None;
        Cleared::Done
    }
}

/// How long a secret stays on the clipboard at most.
pub(crate) const KEPT: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A board that can be out of reach.
    #[derive(Default)]
    struct Plank {
        there: Option<(String, Worth)>,
        is_taken: bool,
    }

    impl Plank {
        fn reach(&self) -> Result<(), Failure> {
            match self.is_taken {
                true => Err(Failure::new("clipboard_unavailable")),
                false => Ok(()),
            }
        }
    }

    impl Board for Plank {
        fn write(&mut self, text: &str, worth: Worth) -> Result<(), Failure> {
            self.reach()?;
            self.there = Some((text.to_owned(), worth));
            Ok(())
        }

        fn read(&mut self) -> Result<Option<String>, Failure> {
            self.reach()?;
            Ok(self.there.as_ref().map(|(text, _)| text.clone()))
        }

        fn clear(&mut self) -> Result<(), Failure> {
            self.reach()?;
            self.there = None;
            Ok(())
        }
    }

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    fn there(held: &Held<Plank>) -> Option<&str> {
        held.board.there.as_ref().map(|(text, _)| text.as_str())
    }

    #[test]
    fn a_secret_stays_a_minute_or_as_long_as_it_is_worth() {
        let seconds = Duration::from_secs;
        for (worth, expected) in [(0, 0), (59, 59), (60, 60), (120, 60)] {
            assert_eq!(kept(seconds(worth)), seconds(expected));
        }
    }

    #[test]
    fn a_secret_is_cleared_and_is_in_no_history() {
        let mut held = Held::<Plank>::default();
        let copied = held.copy_secret(secret("a")).unwrap();
        assert_eq!(held.board.there, Some(("a".to_owned(), Worth::Secret)));
        assert_eq!(held.clear_copied(copied), Cleared::Done);
        assert_eq!(there(&held), None);
    }

    #[test]
    fn the_text_of_another_is_left_alone() {
        let mut held = Held::<Plank>::default();
        let copied = held.copy_secret(secret("a")).unwrap();
        held.board.there = Some(("b".to_owned(), Worth::Open));
        assert_eq!(held.clear_copied(copied), Cleared::Done);
        assert_eq!(there(&held), Some("b"));

        let copied = held.copy_secret(secret("a")).unwrap();
        held.copy("a").unwrap();
        assert_eq!(held.clear_copied(copied), Cleared::Done);
        assert_eq!(there(&held), Some("a"), "copied again as an open text");
    }

    #[test]
    fn an_older_clearing_leaves_a_newer_secret() {
        let mut held = Held::<Plank>::default();
        let older = held.copy_secret(secret("a")).unwrap();
        let newer = held.copy_secret(secret("a")).unwrap();
        assert_eq!(held.clear_copied(older), Cleared::Done);
        assert_eq!(there(&held), Some("a"));
        assert_eq!(held.clear_copied(newer), Cleared::Done);
        assert_eq!(there(&held), None);
    }

    #[test]
    fn what_could_not_be_cleared_is_cleared_later() {
        let mut held = Held::<Plank>::default();
        let copied = held.copy_secret(secret("a")).unwrap();
        held.board.is_taken = true;
        assert_eq!(held.clear_copied(copied), Cleared::NotYet);
        held.board.is_taken = false;
        assert_eq!(held.clear_copied(copied), Cleared::Done);
        assert_eq!(there(&held), None);
    }
}
