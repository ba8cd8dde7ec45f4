use std::collections::BTreeSet;

use keystore::Secret;
use maskinporten::{
    ClientId, Environment, RegisteredClient, RegisteredClientKey, SelfService, SelfServiceError,
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    EnvironmentName, Failure, Host, HttpRequest, Profile, ProfileChange, RegisteredKeyFacts,
    Session, TokenOptions, token_flow::carry,
};

/// What self-service knows of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Registration {
    /// Its id.
    pub client_id: String,
    /// The organisation that owns it, nine digits.
    pub owner: Option<String>,
    /// Every scope on it, sorted.
    pub scopes: Vec<String>,
    /// Its registered keys; none where it shows a certificate.
    pub keys: Vec<RegisteredKey>,
}

/// A key on a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RegisteredKey {
    /// Its id.
    pub kid: String,
    /// When it ends, seconds since 1970.
    pub expires_at: Option<i64>,
}

impl<H: Host> Session<H> {
    /// Reads what self-service knows of the client of a profile, and keeps it to foresee with.
    ///
    /// The token it needs is asked for with the profile's key, for the client `admin`; where none
    /// is named, for the one that practice has, else for the profile's own, which then needs the
    /// scope `idporten:dcr.read`.
    pub async fn read_registration(
        &self,
        profile: &str,
        admin: Option<&str>,
    ) -> Result<Registration, Failure> {
        let profile = self.profile(profile)?;
        let missing = |what: &str| Failure::new("setup_incomplete").with("what", what);
        let environment = profile.environment.ok_or_else(|| missing("environment"))?;
        let client_id = profile.client_id.as_deref();
        let client_id: ClientId = client_id.ok_or_else(|| missing("client_id"))?.parse()?;
        let issuer = self.issuer(environment).await?;
        let api = SelfService::of(Environment::from(environment), &issuer)
            .ok_or_else(|| Failure::new("internal"))?;
        let admin = match (admin, environment) {
            (Some(admin), _) => Some(admin.to_owned()),
            (None, EnvironmentName::Practice) => {
                let owner = self.host.practice().await?.org_number;
                // As Digdir names those it makes for exercises.
                Some(format!("oidc_{owner}_api"))
            }
            (None, _) => None,
        };
        let token = self.token_to_read(&profile, admin).await?;
        let client = self.read_with(api.client_url(&client_id), &token).await;
        let client = client.map_err(|failure| not_found(failure, &client_id, environment))?;
        let client = RegisteredClient::read(client.expose())?;
        let keys = self.read_with(api.keys_url(&client_id), &token).await?;
        let keys = RegisteredClientKey::read_all(keys.expose())?;
        let registration = registration(&client_id, client, keys);
        self.keep_registration(environment, &registration);
        Ok(registration)
    }

    /// A token that opens self-service for reading.
    async fn token_to_read(
        &self,
        profile: &Profile,
        admin: Option<String>,
    ) -> Result<Secret<String>, Failure> {
        let mut asking = profile.clone();
        if let Some(admin) = admin {
            let change = ProfileChange {
                client_id: Some(Some(admin)),
                // The name of a key is one client's own.
                kid: Some(None),
                ..ProfileChange::default()
            };
            asking = asking.changed(change)?;
        }
        asking.scopes = vec![SelfService::READ_SCOPE.to_owned()];
        asking.resource = Vec::new();
        asking.consumer_org = None;
        asking.system_user = None;
        let issued = self.issue(&asking, TokenOptions::default()).await?;
        // Goes on to the one API it is for.
        Ok(Secret::new(issued.token.expose().to_owned()))
    }

    async fn read_with(
        &self,
        url: String,
        token: &Secret<String>,
    ) -> Result<Secret<Vec<u8>>, Failure> {
        let answer = carry(&self.host, || {
            Ok(HttpRequest::GetWithToken {
                url: url.clone(),
                // Copied from one wrapping into another.
                token: Secret::new(token.expose().clone()),
            })
        })
        .await?;
        if answer.status == 200 {
            return Ok(answer.body);
        }
        // Public words about a refusal, only carried in the wrapping of all answers.
        let error = SelfServiceError::read(answer.status, answer.body.expose());
        let at = self.host.now().unix_timestamp();
        Err(Failure::refused_by_self_service(&error, at))
    }

    fn keep_registration(&self, environment: EnvironmentName, registration: &Registration) {
        let keys = registration.keys.iter().map(|key| RegisteredKeyFacts {
            kid: key.kid.clone(),
            // Self-service tells when a key ends, not when it was posted.
            posted_at: None,
            expires_at: key.expires_at,
        });
        let scopes: BTreeSet<String> = registration.scopes.iter().cloned().collect();
        self.note_registered(
            environment,
            &registration.client_id,
            registration.owner.as_deref(),
            Some(scopes),
            Some(keys.collect()),
        );
    }
}

/// A client that is not there is told as such: self-service itself gives no code for it.
fn not_found(failure: Failure, client_id: &ClientId, environment: EnvironmentName) -> Failure {
    let status = failure
        .detail
        .as_ref()
        .and_then(|detail| detail.http_status);
    match status {
        Some(404) => Failure {
            code: "selfservice_client_missing".to_owned(),
            ..failure
        }
        .with("client_id", client_id.as_str())
        .with("environment", environment.as_str()),
        _ => failure,
    }
}

fn registration(
    client_id: &ClientId,
    client: RegisteredClient,
    keys: Vec<RegisteredClientKey>,
) -> Registration {
    let mut scopes = client.scopes.unwrap_or_default();
    scopes.sort();
    let key = |key: RegisteredClientKey| RegisteredKey {
        kid: key.kid,
        expires_at: key.expires_at,
    };
    Registration {
        client_id: client_id.to_string(),
        owner: client.owner.map(|owner| owner.to_string()),
        scopes,
        keys: keys.into_iter().map(key).collect(),
    }
}
