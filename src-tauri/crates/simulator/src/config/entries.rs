//! The entries of the config file.

use std::str::FromStr;

use keystore::OrgNumber;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use time::OffsetDateTime;

use super::key::KeyEntry;
use super::object::{object, objects};
use crate::check::is_external_ref;
use crate::material::Likeness;
use crate::registry::{
    self, Access, Client, Consent, Delegation, IntegrationType, RegisteredKey, SystemUser,
};

/// A client. With no key it proves who it is by its certificate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientEntry {
    #[serde(deserialize_with = "client_id")]
    pub(super) client_id: String,
    org_number: Number,
    pub(super) scopes: Vec<ScopeText>,
    #[serde(default, deserialize_with = "objects")]
    keys: Vec<KeyEntry>,
    #[serde(default, deserialize_with = "object")]
    jwks: KeySet,
    #[serde(default)]
    access_token_lifetime_s: u32,
    #[serde(default)]
    integration_type: Kind,
    #[serde(default = "yes")]
    active: bool,
}

/// A scope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeEntry {
    pub(super) name: ScopeText,
    /// The organisations with access; without the list, everybody.
    access: Option<Vec<Number>>,
    #[serde(default)]
    token_lifetime_s_max: u32,
    delegation_source: Option<String>,
    #[serde(default)]
    integration_type: Kind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DelegationEntry {
    consumer: Number,
    supplier: Number,
    scope: ScopeText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SystemUserEntry {
    #[serde(deserialize_with = "not_empty")]
    pub(super) id: String,
    #[serde(deserialize_with = "not_empty")]
    pub(super) system_id: String,
    #[serde(deserialize_with = "not_empty")]
    pub(super) client_id: String,
    owner: Number,
    #[serde(default, deserialize_with = "external_ref")]
    external_ref: Option<String>,
    #[serde(default = "yes")]
    approved: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentEntry {
    #[serde(deserialize_with = "not_empty")]
    pub(super) id: String,
    #[serde(deserialize_with = "not_empty")]
    from: String,
    to: Number,
    #[serde(with = "time::serde::rfc3339")]
    consented: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    valid_to: OffsetDateTime,
    rights: Value,
}

/// A key set (RFC 7517 §5).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeySet {
    #[serde(deserialize_with = "objects")]
    keys: Vec<KeyEntry>,
}

/// What a client or a scope is for: a word of the self-service API.
#[derive(Clone, Copy, Debug)]
struct Kind(IntegrationType);

/// An organisation number.
#[derive(Debug)]
struct Number(OrgNumber);

/// `prefix:subscope`.
#[derive(Debug)]
pub(super) struct ScopeText(pub(super) String);

impl ClientEntry {
    /// The organisation it belongs to.
    pub(super) fn owner(&self) -> &OrgNumber {
        &self.org_number.0
    }

    /// The keys, wherever they stand.
    pub(super) fn all_keys(&self) -> Vec<&KeyEntry> {
        self.keys.iter().chain(&self.jwks.keys).collect()
    }

    /// The client as the simulator knows it. A key that tells no date was posted `now`.
    pub(super) fn registered(&self, now: OffsetDateTime) -> Client {
        let keys = self.all_keys().into_iter();
        let keys: Vec<RegisteredKey> = keys.map(|key| key.registered(now)).collect();
        let scopes = self.scopes.iter().map(|scope| scope.0.clone()).collect();
        let owner = self.org_number.0.clone();
        let mut client = Client::new(&self.client_id, owner, scopes, now);
        client.registration.name.clone_from(&self.client_id);
        client.registration.keys_updated = (!keys.is_empty()).then_some(now);
        client.keys = keys;
        client.access_token_lifetime_s = self.access_token_lifetime_s;
        client.integration_type = self.integration_type.0;
        client.is_active = self.active;
        client
    }
}

impl ScopeEntry {
    /// A scope that everybody has access to and that can be delegated.
    pub(super) fn open(name: ScopeText) -> Self {
        Self {
            name,
            access: None,
            token_lifetime_s_max: 0,
            delegation_source: None,
            integration_type: Kind::default(),
        }
    }

    pub(super) fn entry(&self, likeness: Likeness, now: OffsetDateTime) -> registry::ScopeEntry {
        let source = self.delegation_source.as_deref();
        let mut entry = registry::ScopeEntry::new(&self.name.0, api_provider(), now);
        entry.allowed_integration_types = vec![self.integration_type.0];
        entry.token_age_s_max = self.token_lifetime_s_max;
        // An empty one says that the scope cannot be delegated.
        entry.delegation_source = match source.unwrap_or(likeness.delegation_source()) {
            "" => None,
            source => Some(source.to_owned()),
        };
        entry.access = match &self.access {
            None => Access::Everyone,
            Some(numbers) => Access::Only(numbers.iter().map(|n| n.0.clone()).collect()),
        };
        entry
    }
}

impl DelegationEntry {
    /// Who delegates.
    pub(super) fn consumer(&self) -> &OrgNumber {
        &self.consumer.0
    }

    /// To whom.
    pub(super) fn supplier(&self) -> &OrgNumber {
        &self.supplier.0
    }

    pub(super) fn delegation(&self) -> Delegation {
        Delegation {
            consumer: self.consumer.0.clone(),
            supplier: self.supplier.0.clone(),
            scope: self.scope.0.clone(),
        }
    }
}

impl SystemUserEntry {
    /// The customer.
    pub(super) fn owner(&self) -> &OrgNumber {
        &self.owner.0
    }

    pub(super) fn system_user(&self) -> SystemUser {
        SystemUser {
            id: self.id.clone(),
            system_id: self.system_id.clone(),
            owner: self.owner.0.clone(),
            external_ref: self.external_ref.clone(),
            is_approved: self.approved,
        }
    }
}

impl ConsentEntry {
    pub(super) fn consent(&self) -> Consent {
        Consent {
            id: self.id.clone(),
            from: self.from.clone(),
            to: self.to.0.clone(),
            consented: self.consented,
            valid_to: self.valid_to,
            rights: self.rights.clone(),
        }
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self(IntegrationType::Maskinporten)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known = || IntegrationType::ALL.map(IntegrationType::as_str).join(", ");
        IntegrationType::of(&word)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("is none of {}", known())))
    }
}

/// Whoever owns the scopes of the file: an organisation that does not exist.
fn api_provider() -> OrgNumber {
    "314000005"
        .parse()
        .expect("the number has a right check digit")
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let number = OrgNumber::from_str(&digits).map_err(D::Error::custom)?;
        Ok(Self(number))
    }
}

impl<'de> Deserialize<'de> for ScopeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_letter = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
        match text.split_once(':') {
            Some((prefix, rest))
                if !prefix.is_empty() && !rest.is_empty() && text.chars().all(is_letter) =>
            {
                Ok(Self(text))
            }
            _ => Err(D::Error::custom("a scope is prefix:name, without spaces")),
        }
    }
}

fn not_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match String::deserialize(deserializer)? {
        text if text.is_empty() => Err(D::Error::custom("must not be empty")),
        text => Ok(text),
    }
}

/// An id stands in addresses and in headers, so it is made of the letters that may stand there.
fn client_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = not_empty(deserializer)?;
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    match text.chars().all(is_allowed) {
        true => Ok(text),
        false => Err(D::Error::custom("is made of letters, digits and ._-")),
    }
}

fn external_ref<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        Some(text) if text.is_empty() || !is_external_ref(&text) => Err(D::Error::custom(
            "is made of letters, digits and _-, 255 at most",
        )),
        reference => Ok(reference),
    }
}

fn yes() -> bool {
    true
}
