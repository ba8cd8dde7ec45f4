use std::collections::{BTreeMap, BTreeSet};

use keystore::Certificate;
use maskinporten::{Environment, GrantHeader, TokenClaims};
use serde::{Deserialize, Serialize};

use crate::{EnvironmentName, Failure, FailureKind, IssuedToken, TokenOrder};

/// What self-service and earlier requests told of clients, to foresee the next answer with. Holds
/// no secret: no token, no key, no person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    clients: Vec<ClientFacts>,
}

/// What is known of one client in one environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFacts {
    /// Where it is.
    pub environment: EnvironmentName,
    /// Its id.
    pub client_id: String,
    /// The organisation that owns it, nine digits.
    pub owner: Option<String>,
    /// Organisations whose certificates were refused with MP-122.
    #[serde(default)]
    pub not_owners: BTreeSet<String>,
    /// Scopes a token was given for, and the first time, in seconds since 1970.
    #[serde(default)]
    pub scopes_granted: BTreeMap<String, i64>,
    /// Scopes refused with MP-200 and not granted since.
    #[serde(default)]
    pub scopes_refused: BTreeMap<String, i64>,
    /// Every scope on the client, when self-service told.
    #[serde(default)]
    pub registered_scopes: Option<BTreeSet<String>>,
    /// Every key on the client, when self-service told.
    #[serde(default)]
    pub registered_keys: Option<Vec<RegisteredKeyFacts>>,
    /// Keys that a token was given for, and the first time.
    #[serde(default)]
    pub keys_used: BTreeMap<String, i64>,
    /// It has registered keys: a token was given for one, or one was demanded.
    #[serde(default)]
    pub has_keys: bool,
    /// The first time a token was given for a certificate, and no key demanded since.
    #[serde(default)]
    pub certificate_used_at: Option<i64>,
    /// The last time Maskinporten did not know it (MP-100).
    #[serde(default)]
    pub unknown_at: Option<i64>,
}

/// A key on a client, as self-service tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredKeyFacts {
    /// Its id.
    pub kid: String,
    /// When it was posted, seconds since 1970.
    pub posted_at: Option<i64>,
    /// Its `exp`, seconds since 1970.
    pub expires_at: Option<i64>,
}

impl Learnt {
    /// What is known of a client; nothing of one on a server of the user's own.
    pub fn of(&self, environment: Environment, client_id: &str) -> Option<&ClientFacts> {
        let environment = EnvironmentName::of(environment)?;
        self.clients
            .iter()
            .find(|client| client.is(environment, client_id))
    }

    /// Another environment in which this client is known.
    pub fn elsewhere(&self, environment: Environment, client_id: &str) -> Option<EnvironmentName> {
        let here = EnvironmentName::of(environment)?;
        let other = self.clients.iter().find(|client| {
            client.client_id == client_id && client.environment != here && client.is_known()
        })?;
        Some(other.environment)
    }

    /// Keeps what self-service told of a client: its owner, scopes and keys.
    pub fn note_registered(
        &mut self,
        environment: EnvironmentName,
        client_id: &str,
        owner: Option<&str>,
        scopes: Option<BTreeSet<String>>,
        keys: Option<Vec<RegisteredKeyFacts>>,
    ) {
        let client = self.entry(environment, client_id);
        client.unknown_at = None;
        if let Some(owner) = owner {
            client.owner = Some(owner.to_owned());
        }
        client.registered_scopes = scopes.or(client.registered_scopes.take());
        client.registered_keys = keys.or(client.registered_keys.take());
    }

    /// Keeps what came of a request at `at`, seconds since 1970. What was known already is left as
    /// it is, so that asking every two minutes does not write every two minutes.
    pub fn note_outcome(
        &mut self,
        order: &TokenOrder<'_>,
        outcome: Result<&IssuedToken, &Failure>,
        at: i64,
    ) {
        let Some(environment) = EnvironmentName::of(order.environment) else {
            return;
        };
        let client_id = order.grant.client_id.as_str();
        match outcome {
            Ok(issued) => {
                let claims = issued.token.claims();
                self.note_issued(environment, client_id, &issued.header, claims, at);
            }
            Err(failure) if failure.kind() == FailureKind::Refused => {
                let scopes: Vec<String> = order
                    .grant
                    .scopes
                    .as_slice()
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                let org = order
                    .credential
                    .leaf()
                    .and_then(Certificate::org_number_digits);
                self.note_refused(environment, client_id, failure, &scopes, org, at);
            }
            Err(_) => {}
        }
    }

    /// Keeps what a token told: it was given at `at` for a grant with this header.
    pub(crate) fn note_issued(
        &mut self,
        environment: EnvironmentName,
        client_id: &str,
        header: &GrantHeader,
        claims: &TokenClaims,
        at: i64,
    ) {
        let client = self.entry(environment, client_id);
        client.unknown_at = None;
        let organisation = |name| claims.organisation(name);
        let owner = organisation("supplier").or_else(|| organisation("consumer"));
        if let Some(digits) = owner.as_ref().and_then(|owner| owner.digits()) {
            client.not_owners.remove(digits);
            client.owner = Some(digits.to_owned());
        }
        let scopes = claims.as_map().get("scope").and_then(|s| s.as_str());
        for scope in scopes.unwrap_or_default().split_whitespace() {
            client.scopes_refused.remove(scope);
            client.scopes_granted.entry(scope.to_owned()).or_insert(at);
        }
        // What self-service told is older than this answer, where they differ.
        if let Some(registered) = &mut client.registered_scopes {
            registered.extend(client.scopes_granted.keys().cloned());
        }
        match &header.kid {
            Some(kid) => {
                client.keys_used.entry(kid.clone()).or_insert(at);
                client.has_keys = true;
                client.certificate_used_at = None;
            }
            None => {
                client.registered_keys = None;
                client.keys_used.clear();
                client.has_keys = false;
                client.certificate_used_at.get_or_insert(at);
            }
        }
    }

    /// Keeps what a refusal told. `org` is the number in the certificate that was shown.
    pub(crate) fn note_refused(
        &mut self,
        environment: EnvironmentName,
        client_id: &str,
        failure: &Failure,
        scopes: &[String],
        org: Option<&str>,
        at: i64,
    ) {
        let code = failure.code.as_str();
        if !TELLING.contains(&code) {
            return;
        }
        let client = self.entry(environment, client_id);
        client.unknown_at = None;
        match code {
            "mp_100" => client.unknown_at = Some(at),
            "mp_122" => client.not_owners.extend(org.map(str::to_owned)),
            "kid_required" => {
                client.has_keys = true;
                client.certificate_used_at = None;
            }
            _ => {
                let words = failure.params.get("description").cloned();
                let named = words.unwrap_or_default();
                let named: BTreeSet<&str> = named.split_whitespace().collect();
                // Which of several it was, the answer says; a lone one needs no naming.
                let refused = scopes
                    .iter()
                    .filter(|scope| scopes.len() == 1 || named.contains(scope.as_str()));
                for scope in refused {
                    client.scopes_granted.remove(scope);
                    if let Some(registered) = &mut client.registered_scopes {
                        registered.remove(scope);
                    }
                    client.scopes_refused.insert(scope.clone(), at);
                }
            }
        }
    }

    fn entry(&mut self, environment: EnvironmentName, client_id: &str) -> &mut ClientFacts {
        let found = self
            .clients
            .iter()
            .position(|client| client.is(environment, client_id));
        let place = found.unwrap_or_else(|| {
            self.clients.push(ClientFacts::new(environment, client_id));
            self.clients.len() - 1
        });
        &mut self.clients[place]
    }
}

impl ClientFacts {
    fn new(environment: EnvironmentName, client_id: &str) -> Self {
        Self {
            environment,
            client_id: client_id.to_owned(),
            owner: None,
            not_owners: BTreeSet::new(),
            scopes_granted: BTreeMap::new(),
            scopes_refused: BTreeMap::new(),
            registered_scopes: None,
            registered_keys: None,
            keys_used: BTreeMap::new(),
            has_keys: false,
            certificate_used_at: None,
            unknown_at: None,
        }
    }

    /// Whether it exists: somebody answered for it, and not that it is unknown.
    pub fn is_known(&self) -> bool {
        let answered = self.owner.is_some()
            || self.registered_scopes.is_some()
            || !self.scopes_granted.is_empty()
            || !self.scopes_refused.is_empty()
            || !self.not_owners.is_empty()
            || self.has_keys;
        answered && self.unknown_at.is_none()
    }

    fn is(&self, environment: EnvironmentName, client_id: &str) -> bool {
        self.environment == environment && self.client_id == client_id
    }
}

/// Refusals that say something lasting of the client.
const TELLING: [&str; 4] = ["mp_100", "mp_122", "mp_200", "kid_required"];

#[cfg(test)]
mod tests;
