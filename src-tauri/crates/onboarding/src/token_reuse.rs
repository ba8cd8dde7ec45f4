use maskinporten::Environment;

use crate::{
    Failure, Host, Session, Token, TokenOptions,
    request_flow::{expiry, show},
    session::lock,
    token_key::TokenKey,
};

impl<H: Host> Session<H> {
    /// The token that was issued for exactly this and still has more than ten seconds left; none
    /// when there is none, or when the profile is not complete. Nothing is sent.
    pub async fn current_token(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Option<Token>, Failure> {
        let profile = self.profile(profile)?;
        // Opening a key can mean asking the keychain, which nobody wants for nothing.
        if lock(&self.tokens).is_empty() {
            return Ok(None);
        }
        let Ok(prepared) = self.prepare(&profile, &options).await else {
            return Ok(None);
        };
        let profile = self.addressed(profile).await;
        let environment = profile.environment.map(Environment::from);
        let environment = environment.unwrap_or(Environment::Custom);
        let key = TokenKey::new(environment, &prepared.grant, &prepared.credential());
        let oldest = self.host.now().unix_timestamp() + LEFT_S_MIN;
        let tokens = lock(&self.tokens);
        let held = tokens
            .iter()
            .filter(|(_, issued)| issued.key == key && expiry(issued) > oldest)
            .max_by_key(|(_, issued)| expiry(issued));
        Ok(held.map(|(id, issued)| show(id, issued, &prepared.organisation(), &profile)))
    }

    /// A token for a profile: the one that is held, else a new one.
    pub async fn token_for(&self, profile: &str, options: TokenOptions) -> Result<Token, Failure> {
        match self.current_token(profile, options.clone()).await? {
            Some(token) => Ok(token),
            None => self.fetch_token(profile, options).await,
        }
    }
}

/// A token that is about to expire would do so on its way to the API.
const LEFT_S_MIN: i64 = 10;
