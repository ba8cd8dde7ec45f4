//! The config file: what a practice Maskinporten knows beside its own clients.
//!
//! JSON, read strictly: a field that is not known, stands in the wrong place or has the wrong form
//! is refused with its place in the file. The shape is documented in `portner-cli practice --help`.

mod entries;
mod key;
mod object;

use std::collections::BTreeSet;

use keystore::Certificate;
use serde::Deserialize;
use time::OffsetDateTime;

use crate::material::Likeness;
use crate::registry::{KnownOrganisation, Registry, ScopeEntry, System};
use crate::self_service::KEYS_MAX;
use entries::{ClientEntry, ConsentEntry, DelegationEntry, ScopeText, SystemUserEntry};
use object::{Object, objects};

/// What a config file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default, deserialize_with = "objects")]
    clients: Vec<ClientEntry>,
    #[serde(default, deserialize_with = "objects")]
    scopes: Vec<entries::ScopeEntry>,
    #[serde(default, deserialize_with = "objects")]
    delegations: Vec<DelegationEntry>,
    #[serde(default, deserialize_with = "objects")]
    system_users: Vec<SystemUserEntry>,
    #[serde(default, deserialize_with = "objects")]
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
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let config: Object<Self> =
            serde_path_to_error::deserialize(&mut json).map_err(|error| {
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
        config.0.check()?;
        Ok(config.0)
    }

    /// Adds what the file says to what is known. A client, scope, system user or consent of the
    /// same id or name takes the place of the one that was known.
    ///
    /// # Errors
    /// The first thing that names what is not there.
    pub(crate) fn add_to(
        &self,
        registry: &mut Registry,
        likeness: Likeness,
        now: OffsetDateTime,
    ) -> Result<(), ConfigError> {
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
        for (index, entry) in self.delegations.iter().enumerate() {
            let delegation = entry.delegation();
            if registry.scope(&delegation.scope).is_none() {
                let what = format!("no scope is called {}", delegation.scope);
                return Err(wrong(format!("delegations[{index}].scope"), what));
            }
            if !registry.delegations.contains(&delegation) {
                registry.delegations.push(delegation);
            }
        }
        for (index, user) in self.system_users.iter().enumerate() {
            put_into_system(registry, user)
                .map_err(|what| wrong(format!("system_users[{index}].client_id"), what))?;
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
        self.name_organisations(registry);
        Ok(())
    }

    /// Whoever the file lets act can be chosen on the pages of the portal and of Altinn.
    fn name_organisations(&self, registry: &mut Registry) {
        let owners = self.clients.iter().map(ClientEntry::owner);
        let delegations = self.delegations.iter();
        let parties = delegations.flat_map(|entry| [entry.consumer(), entry.supplier()]);
        let customers = self.system_users.iter().map(SystemUserEntry::owner);
        for number in owners.chain(parties).chain(customers) {
            let mut known = registry.organisations.iter();
            if known.all(|known| known.number != *number) {
                registry.organisations.push(KnownOrganisation {
                    number: number.clone(),
                    name: format!("VIRKSOMHET {number}"),
                    prefixes: Vec::new(),
                    service_owner: None,
                });
            }
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
        let ids = self.system_users.iter().map(|user| user.id.as_str());
        no_twins("system_users", "id", ids)?;
        let ids = self.consents.iter().map(|consent| consent.id.as_str());
        no_twins("consents", "id", ids)?;
        for (index, entry) in self.delegations.iter().enumerate() {
            if entry.consumer() == entry.supplier() {
                let place = format!("delegations[{index}].supplier");
                return Err(wrong(place, "is the consumer itself".to_owned()));
            }
            let twin = self.delegations[..index].iter();
            if twin
                .map(DelegationEntry::delegation)
                .any(|other| other == entry.delegation())
            {
                let what = "the same delegation stands twice".to_owned();
                return Err(wrong(format!("delegations[{index}]"), what));
            }
        }
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

/// Puts the client of a system user into its system; the owner of the client is the vendor. A
/// client belongs to one system only.
fn put_into_system(registry: &mut Registry, user: &SystemUserEntry) -> Result<(), String> {
    let client_id = &user.client_id;
    let Some(client) = registry.client(client_id) else {
        return Err(format!("no client is called {client_id}"));
    };
    let vendor = client.org_number.clone();
    let mut systems = registry.systems.iter();
    let other = systems.find(|other| other.client_ids.contains(client_id));
    match other {
        Some(other) if other.id == user.system_id => return Ok(()),
        Some(other) => return Err(format!("{client_id} belongs to the system {}", other.id)),
        None => {}
    }
    let mut systems = registry.systems.iter_mut();
    match systems.find(|system| system.id == user.system_id) {
        Some(system) => system.client_ids.push(client_id.clone()),
        None => registry.systems.push(System {
            id: user.system_id.clone(),
            vendor,
            client_ids: vec![client_id.clone()],
            description: serde_json::json!({ "id": user.system_id }),
            history: Vec::new(),
        }),
    }
    Ok(())
}

fn wrong(place: String, what: String) -> ConfigError {
    ConfigError { place, what }
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
