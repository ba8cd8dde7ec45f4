//! The config file: what a practice Maskinporten knows beside its own clients.
//!
//! JSON, read strictly: a field that is not known, stands in the wrong place or has the wrong form
//! is refused with its place in the file. The shape is documented in `portner-cli practice --help`.

mod entries;
mod key;

use std::collections::BTreeSet;

use keystore::Certificate;
use serde::Deserialize;
use time::OffsetDateTime;

use crate::material::Likeness;
use crate::registry::{Registry, ScopeEntry, System};
use entries::{ConsentEntry, DelegationEntry, ScopeText, SystemUserEntry};

/// What a config file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default)]
    clients: Vec<entries::ClientEntry>,
    #[serde(default)]
    scopes: Vec<entries::ScopeEntry>,
    #[serde(default)]
    delegations: Vec<DelegationEntry>,
    #[serde(default)]
    system_users: Vec<SystemUserEntry>,
    #[serde(default)]
    consents: Vec<ConsentEntry>,
    #[serde(default)]
    certificate_authorities: Vec<key::AuthorityPem>,
    #[serde(default)]
    revoked: Vec<key::Serial>,
}

/// What is wrong in a config file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ConfigError {
    /// The place: `clients[0].keys[1]`, or line and column where it is no JSON at all.
    pub place: String,
    /// What is wrong there, in English.
    pub what: String,
}

impl Config {
    /// Reads a config file.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        // A list would pass for an object whose fields stand in order.
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            return Err(ConfigError {
                place: "line 1, column 1".to_owned(),
                what: "a config is a JSON object".to_owned(),
            });
        }
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let config: Self = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let inner = error.inner();
            let is_shape = inner.classify() == serde_json::error::Category::Data;
            let line = format!("line {}, column {}", inner.line(), inner.column());
            let path = error.path().to_string();
            let place = match is_shape && path != "." {
                true => format!("{path} ({line})"),
                false => line,
            };
            ConfigError {
                place,
                what: without_place(&inner.to_string()),
            }
        })?;
        json.end().map_err(|error| ConfigError {
            place: format!("line {}, column {}", error.line(), error.column()),
            what: without_place(&error.to_string()),
        })?;
        config.check()?;
        Ok(config)
    }

    /// Adds what the file says to what is known. A client, scope, system user or consent of the
    /// same id or name takes the place of the one that was known.
    pub(crate) fn add_to(&self, registry: &mut Registry, likeness: Likeness, now: OffsetDateTime) {
        for client in &self.clients {
            let known = |scope: &str| registry.scope(scope).is_some();
            let new = client.scopes.iter().filter(|scope| !known(&scope.0));
            let new: Vec<ScopeEntry> = new
                .map(|scope| open_scope(&scope.0, likeness, now))
                .collect();
            registry.scopes.extend(new);
            put(&mut registry.clients, client.registered(now), |one| {
                one.client_id.clone()
            });
        }
        for scope in &self.scopes {
            let entry = scope.entry(likeness, now);
            put(&mut registry.scopes, entry, |one| one.name.clone());
        }
        let delegations = self.delegations.iter().map(DelegationEntry::delegation);
        registry.delegations.extend(delegations);
        for user in &self.system_users {
            put_into_system(registry, user);
            put(&mut registry.system_users, user.system_user(), |one| {
                one.id.clone()
            });
        }
        let revoked = self.revoked.iter().map(|serial| serial.0.clone());
        registry.revoked.extend(revoked);
        for consent in &self.consents {
            put(&mut registry.consents, consent.consent(), |one| {
                one.id.clone()
            });
        }
    }

    /// The authorities the file adds to those of practice.
    pub(crate) fn authorities(&self) -> impl Iterator<Item = Certificate> + '_ {
        let bundles = self.certificate_authorities.iter();
        bundles.flat_map(|bundle| bundle.0.iter().cloned())
    }

    fn check(&self) -> Result<(), ConfigError> {
        let ids = self.clients.iter().map(|client| client.client_id.as_str());
        no_twins("clients", "client_id", ids)?;
        let names = self.scopes.iter().map(|scope| scope.name.0.as_str());
        no_twins("scopes", "name", names)?;
        for (index, client) in self.clients.iter().enumerate() {
            let place = format!("clients[{index}].keys");
            let keys = client.all_keys();
            no_twins(&place, "kid", keys.iter().map(|key| key.kid.as_str()))?;
            if keys.len() > KEYS_MAX {
                let what = format!("a client has at most {KEYS_MAX} keys");
                return Err(ConfigError { place, what });
            }
        }
        Ok(())
    }
}

/// A scope named on a client alone: everybody has access to it, and it can be delegated.
fn open_scope(name: &str, likeness: Likeness, now: OffsetDateTime) -> ScopeEntry {
    entries::ScopeEntry::open(ScopeText(name.to_owned())).entry(likeness, now)
}

/// Puts the client of a system user into its system; the owner of the client is the vendor.
fn put_into_system(registry: &mut Registry, user: &SystemUserEntry) {
    let known = registry.systems.iter_mut();
    let mut known = known.filter(|system| system.id == user.system_id);
    if let Some(system) = known.next() {
        system.client_ids.push(user.client_id.clone());
        return;
    }
    let Some(client) = registry.client(&user.client_id) else {
        return;
    };
    registry.systems.push(System {
        id: user.system_id.clone(),
        vendor: client.org_number.clone(),
        client_ids: vec![user.client_id.clone()],
        description: serde_json::json!({ "id": user.system_id }),
        history: Vec::new(),
    });
}

fn put<T>(list: &mut Vec<T>, new: T, id: impl Fn(&T) -> String) {
    let wanted = id(&new);
    match list.iter_mut().find(|one| id(one) == wanted) {
        Some(place) => *place = new,
        None => list.push(new),
    }
}

fn no_twins<'a>(
    list: &str,
    field: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Result<(), ConfigError> {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        if !seen.insert(id) {
            return Err(ConfigError {
                place: format!("{list}[{index}].{field}"),
                what: format!("{id} stands twice"),
            });
        }
    }
    Ok(())
}

/// The place is told in front, so it is not told again at the end.
fn without_place(text: &str) -> String {
    let end = text.find(" at line ").unwrap_or(text.len());
    text[..end].to_owned()
}

/// As on a client of the self-service.
const KEYS_MAX: usize = 5;
