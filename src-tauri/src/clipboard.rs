//! The system's clipboard, and secrets that are there for a while only.

mod held;
mod system;

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use keystore::Secret;
use onboarding::Failure;
use tauri::{AppHandle, Manager};

use held::{Cleared, Held, kept};
use system::SystemBoard;

/// What this program has on the system's clipboard.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Held<SystemBoard>>);

/// Puts a secret on the clipboard until it has been there long enough, or is worth nothing any
/// more; answers how many seconds that is.
pub(crate) fn copy_for_a_while(
    app: &AppHandle,
    secret: Secret<String>,
    worth: Duration,
) -> Result<u64, Failure> {
    let copied = app.state::<Clipboard>().held().copy_secret(secret)?;
    let kept = kept(worth);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(kept).await;
        for _ in 0..TRIES {
            let cleared = app.state::<Clipboard>().held().clear_copied(copied);
            match cleared {
                Cleared::Done => return,
                Cleared::NotYet => tokio::time::sleep(PAUSE).await,
            }
        }
        tracing::warn!("the clipboard could not be cleared");
    });
    Ok(kept.as_secs())
}

impl Clipboard {
    /// Puts an open text there.
    pub(crate) fn copy(&self, text: &str) -> Result<(), Failure> {
        self.held().copy(text)
    }

    /// Empties the clipboard, if it still holds the secret we put there.
    pub(crate) fn clear(&self) {
        // The program ends: there is no later to try again.
        let _ = self.held().clear();
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held<SystemBoard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) use held::KEPT;

/// Another program may have the clipboard open for a moment.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_secs(2);
