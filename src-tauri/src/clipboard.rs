use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use keystore::Secret;
use onboarding::Failure;
use tauri::{AppHandle, Manager};

/// The system's clipboard. It is held open while the program runs: on X11 the owner of a text must
/// live for others to paste it.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Held>);

#[derive(Default)]
struct Held {
    system: Option<arboard::Clipboard>,
    /// The secret that we put there, until it is cleared.
    secret: Option<Secret<String>>,
    /// How many secrets were put there.
    count: u64,
}

/// Puts a secret on the clipboard until it has been there long enough, or is worth nothing any
/// more; answers how many seconds that is.
pub(crate) fn copy_for_a_while(
    app: &AppHandle,
    secret: Secret<String>,
    worth: Duration,
) -> Result<u64, Failure> {
    let copied = app.state::<Clipboard>().copy_secret(secret)?;
    let kept = KEPT.min(worth);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(kept).await;
        app.state::<Clipboard>().clear_copied(copied);
    });
    Ok(kept.as_secs())
}

/// Which copying a clearing belongs to, so that an old one does not clear a newer secret early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Copied(u64);

impl Clipboard {
    /// Puts an open text there.
    pub(crate) fn copy(&self, text: &str) -> Result<(), Failure> {
        let mut held = self.held();
        held.write(text)?;
        held.secret = None;
        Ok(())
    }

    /// Puts a secret there. Whoever calls it sees to [`Clipboard::clear_copied`] after a while.
    fn copy_secret(&self, secret: Secret<String>) -> Result<Copied, Failure> {
        let mut held = self.held();
        // The user asked for it to be copied.
        held.write(secret.expose())?;
        held.secret = Some(secret);
        held.count += 1;
        Ok(Copied(held.count))
    }

    /// Empties the clipboard, unless something was copied since.
    fn clear_copied(&self, copied: Copied) {
        if self.held().count == copied.0 {
            self.clear();
        }
    }

    /// Empties the clipboard, if it still holds the secret we put there.
    pub(crate) fn clear(&self) {
        let mut held = self.held();
        let Some(secret) = held.secret.take() else {
            return;
        };
        let Some(system) = held.system.as_mut() else {
            return;
        };
        // Compared with what is there; another program's text is left alone.
        if system.get_text().is_ok_and(|text| text == *secret.expose()) && system.clear().is_err() {
            tracing::warn!("the clipboard could not be cleared");
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn write(&mut self, text: &str) -> Result<(), Failure> {
        let unavailable = |_| Failure::new("clipboard_unavailable");
        let system = match &mut self.system {
            Some(system) => system,
            None => self
                .system
                .insert(arboard::Clipboard::new().map_err(unavailable)?),
        };
        system.set_text(text).map_err(unavailable)
    }
}

/// How long a secret stays on the clipboard at most.
pub(crate) const KEPT: Duration = Duration::from_secs(60);
