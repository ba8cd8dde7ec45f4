//! `client`: what self-service knows of a client.

use onboarding::{Failure, Registration};
use serde_json::json;
use time::OffsetDateTime;

use crate::arguments::{ClientArguments, ClientCommand, ClientShowArguments};
use crate::profile::session;
use crate::report::{Report, plain, print};
use crate::texts::text;
use crate::tries::tell_tries;

/// Does what is wanted with clients.
pub(crate) async fn run(wanted: &ClientArguments, report: Report) -> Result<(), Failure> {
    match &wanted.command {
        ClientCommand::Show(wanted) => show(wanted, report).await,
    }
}

/// Asks self-service, keeps what it tells to foresee with, and prints it.
async fn show(wanted: &ClientShowArguments, report: Report) -> Result<(), Failure> {
    let session = session(report)?;
    tell_tries(session.host(), report);
    let profile = session.named_profile(&wanted.profile)?;
    let admin = wanted.admin_client.as_deref();
    let told = session.read_registration(&profile.id, admin).await?;
    match report.json {
        true => print(&json!(told).to_string()),
        false => print(&in_words(&told, report)),
    }
}

/// One line a fact, the name and the value with a tabulator between.
fn in_words(told: &Registration, report: Report) -> String {
    let line = |key: &str, value: &str| {
        let name = text(report.language, &format!("client.{key}"));
        format!("{name}\t{}", plain(value))
    };
    let end = |seconds: i64| {
        let moment = OffsetDateTime::from_unix_timestamp(seconds).ok();
        moment.map_or_else(String::new, |moment| moment.date().to_string())
    };
    let mut lines = vec![line("id", &told.client_id)];
    lines.extend(told.owner.iter().map(|owner| line("owner", owner)));
    lines.extend(told.scopes.iter().map(|scope| line("scope", scope)));
    lines.extend(told.keys.iter().map(|key| {
        let until = key.expires_at.map(end).unwrap_or_default();
        format!("{}\t{until}", line("key", &key.kid))
    }));
    lines.join("\n")
}
