//! A start while an earlier window is closing.
//!
//! The system's bus still knows the earlier one, so this start hands over its file and ends, as a
//! second start does; but the earlier one is gone before it answers. Then the start is made again.

use std::{env, process::Command, thread, time::Duration};

use anyhow::Context;

/// Whether the start failed for that reason.
pub(crate) fn is_due(error: &tauri::Error) -> bool {
    matches!(error, tauri::Error::PluginInitialization(plugin, _) if plugin == SINGLE_INSTANCE)
}

/// Starts the program anew with the same arguments, after a pause; errors after some tries.
pub(crate) fn start_again(error: tauri::Error) -> anyhow::Result<()> {
    let tries = env::var(TRIES).ok().and_then(|tries| tries.parse().ok());
    let tries: u32 = tries.unwrap_or(0);
    if tries >= TRIES_MAX {
        return Err(error).context("an earlier window neither answers nor closes");
    }
    thread::sleep(PAUSE);
    let mut again = Command::new(env::current_exe()?);
    again
        .args(env::args_os().skip(1))
        .env(TRIES, (tries + 1).to_string());
    replaced_by(&mut again)
}

/// The same process goes on as the new start: whoever waits for it still does.
#[cfg(unix)]
fn replaced_by(again: &mut Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(again.exec()).context("the program could not be started again")
}

#[cfg(not(unix))]
fn replaced_by(again: &mut Command) -> anyhow::Result<()> {
    let status = again.status()?;
    std::process::exit(status.code().unwrap_or(1))
}

const SINGLE_INSTANCE: &str = "single-instance";
const TRIES: &str = "PORTNER_START_TRIES";
const TRIES_MAX: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_earlier_window_that_does_not_answer_is_a_reason() {
        let failed = |plugin: &str| {
            let reason = "failed to forward arguments to the running instance".to_owned();
            tauri::Error::PluginInitialization(plugin.to_owned(), reason)
        };
        assert!(is_due(&failed("single-instance")));
        assert!(!is_due(&failed("dialog")));
        assert!(!is_due(&tauri::Error::WindowNotFound));
    }
}
