use std::fmt;

use serde::Serialize;
use ts_rs::TS;

use crate::{Failure, Host, Session, TokenOptions, adapters::ServedToken};

/// A local token endpoint that is on, as the window shows it.
#[derive(Clone, Serialize, TS)]
pub struct ServedEndpoint {
    /// Id of the profile whose token it gives.
    pub profile: String,
    /// Where a test tool fetches it. Shown on purpose: the user carries it there.
    pub url: String,
}

impl fmt::Debug for ServedEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServedEndpoint")
            .field("profile", &self.profile)
            .field("url", &"[secret]")
            .finish()
    }
}

impl<H: Host> Session<H> {
    /// The token of the moment for a test tool: the one that is held, else a new one.
    pub async fn serve_token(&self, profile: &str) -> Result<ServedToken, Failure> {
        // Tests start many at a time: the first of them fetches, the others use what came.
        let _turn = self.serving.lock().await;
        let token = self.token_for(profile, TokenOptions::default()).await?;
        let (access_token, expires) = self.reveal_token(&token.id)?;
        let left = expires - self.host.now().unix_timestamp();
        let scope = token.claims.into_iter().find(|row| row.name == "scope");
        Ok(ServedToken {
            access_token,
            expires_in: u64::try_from(left).unwrap_or(0),
            scope: scope.map(|row| row.value).unwrap_or_default(),
        })
    }
}
