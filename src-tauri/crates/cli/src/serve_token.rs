//! `serve-token`: gives test tools on this machine the token of a profile.

use onboarding::adapters::{ServedToken, TokenEndpoint, TokenSource};
use onboarding::{EnvironmentName, Failure};
use serde_json::json;

use crate::arguments::ServeTokenArguments;
use crate::profile::{CliSession, session};
use crate::report::{Report, print};
use crate::stop_signal::stop_signal;
use crate::tries::tell_tries;

/// Runs until the system asks it to stop.
pub(crate) async fn run(wanted: &ServeTokenArguments, report: Report) -> Result<(), Failure> {
    // Listening for the signals comes first: once the line is printed, a signal must be heard.
    let stop = stop_signal();
    let session = session(report)?;
    tell_tries(session.host(), report);
    let profile = session.named_profile(&wanted.profile)?;
    let environment = profile.environment.map(EnvironmentName::as_str);
    let source = OneProfile {
        session,
        profile: profile.id,
    };
    let endpoint = TokenEndpoint::start(wanted.port, report.language, source).await?;
    let ready = json!({
        "url": endpoint.url(),
        "port": endpoint.port(),
        "profile": profile.name,
        "environment": environment,
    });
    print(&ready.to_string())?;
    stop.await;
    endpoint.stop().await;
    Ok(())
}

/// The tokens of one profile.
struct OneProfile {
    session: CliSession,
    profile: String,
}

impl TokenSource for OneProfile {
    async fn token(&self) -> Result<ServedToken, Failure> {
        self.session.serve_token(&self.profile).await
    }
}
