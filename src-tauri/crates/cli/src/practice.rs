//! `practice`: a Maskinporten for practice, in the foreground.

use std::path::{Path, PathBuf};

use onboarding::Failure;
use onboarding::adapters::Home;
use serde_json::json;

use crate::arguments::PracticeArguments;
use crate::practice_server::start;
use crate::report::{Report, print};

/// Runs until the system asks it to stop.
pub(crate) async fn run(wanted: &PracticeArguments, report: Report) -> Result<(), Failure> {
    let folder = folder(wanted.dir.as_deref())?;
    // Listening for the signals comes first: once the line is printed, a signal must be heard.
    let stop = stop_signal();
    let running = start(&folder, wanted.port, report).await?;
    running.describe(&folder)?;
    let ready = json!({
        "issuer": running.simulator.issuer(),
        "dir": folder.display().to_string(),
    });
    print(&ready.to_string())?;
    stop.await;
    running.simulator.stop().await;
    Ok(())
}

fn folder(stated: Option<&Path>) -> Result<PathBuf, Failure> {
    match stated {
        Some(dir) => Ok(std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned())),
        None => match Home::find() {
            Some(home) => Ok(home.practice()),
            None => Err(Failure::new("home_missing")),
        },
    }
}

/// Begins to listen for SIGINT and SIGTERM at once, and ends when one comes.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let [Ok(mut interrupt), Ok(mut terminate)] = signals else {
            // Without handlers the system ends the program by itself.
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Ends on Ctrl-C.
#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
