//! What the simulator knows: clients, scopes, delegations, system users, consents.
//!
//! The real ones stand in Digdir's self-service and in Altinn. Nothing here is checked against
//! anything: whoever fills it decides what may be practised.

use keystore::{OrgNumber, SignatureAlgorithm};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// Everything known to one simulator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    /// The clients.
    pub clients: Vec<Client>,
    /// The scopes.
    pub scopes: Vec<ScopeEntry>,
    /// Who has let whom act for them.
    pub delegations: Vec<Delegation>,
    /// The system users of Altinn.
    pub system_users: Vec<SystemUser>,
    /// The consents of Altinn.
    pub consents: Vec<Consent>,
}

/// A client, «integrasjon» (Digdir, klientregistrering).
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// The id, a UUID.
    pub client_id: String,
    /// The owner.
    pub org_number: OrgNumber,
    /// The scopes on it.
    pub scopes: Vec<String>,
    /// Its registered keys. With any, `x5c` is not accepted.
    pub keys: Vec<RegisteredKey>,
    /// How long its tokens live, in seconds; 0 means the default of 120.
    pub access_token_lifetime_s: u32,
    /// Whether its integration type is `maskinporten`.
    pub is_for_maskinporten: bool,
    /// Whether it is in use; a deactivated client is not found.
    pub is_active: bool,
}

/// A public key registered on a client.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisteredKey {
    /// The key id.
    pub kid: String,
    /// `alg` of the key.
    pub algorithm: SignatureAlgorithm,
    /// SubjectPublicKeyInfo, DER.
    pub spki_der: Vec<u8>,
    /// When it was posted.
    pub posted: OffsetDateTime,
    /// `exp` of the key, when the owner set one.
    pub expires: Option<OffsetDateTime>,
}

/// A scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeEntry {
    /// `prefix:subscope`.
    pub name: String,
    /// Whether `allowed_integration_types` has `maskinporten`.
    pub is_for_maskinporten: bool,
    /// The longest life of its tokens in seconds (`at_max_age`); 0 means no limit.
    pub token_age_s_max: u32,
    /// The issuer of the delegation source; without it the scope cannot be delegated.
    pub delegation_source: Option<String>,
    /// The organisations given access.
    pub access: Access,
}

/// Who has access to a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// `accessible_for_all`.
    Everyone,
    /// Those the API provider has let in.
    Only(Vec<OrgNumber>),
}

/// A consumer has let a supplier use a scope for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Delegation {
    /// Who delegates.
    pub consumer: OrgNumber,
    /// To whom.
    pub supplier: OrgNumber,
    /// Which scope.
    pub scope: String,
}

/// A system user (systembruker) in Altinn.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemUser {
    /// The id, a UUID.
    pub id: String,
    /// The system it belongs to.
    pub system_id: String,
    /// The one client of that system.
    pub client_id: String,
    /// The organisation that owns the system user.
    pub owner: OrgNumber,
    /// The reference given when it was made.
    pub external_ref: Option<String>,
    /// Whether the owner has approved it.
    pub is_approved: bool,
}

/// A consent (samtykke) in Altinn.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    /// The id, a UUID.
    pub id: String,
    /// Who consented: `urn:altinn:person:identifier-no:…` or `urn:altinn:organization:…`.
    pub from: String,
    /// To whom.
    pub to: OrgNumber,
    /// When it was given.
    pub consented: OffsetDateTime,
    /// When it ends.
    pub valid_to: OffsetDateTime,
    /// `consentRights` as the token repeats them.
    pub rights: Value,
}

impl Registry {
    /// The client with this id, if it is in use.
    pub fn active_client(&self, client_id: &str) -> Option<&Client> {
        let mut clients = self.clients.iter();
        clients.find(|client| client.is_active && client.client_id == client_id)
    }

    /// The scope of this name.
    pub fn scope(&self, name: &str) -> Option<&ScopeEntry> {
        self.scopes.iter().find(|scope| scope.name == name)
    }

    /// Whether the consumer has delegated the scope to the supplier, where that can be done.
    pub fn is_delegated(&self, consumer: &OrgNumber, supplier: &OrgNumber, scope: &str) -> bool {
        let can_be_delegated = self
            .scope(scope)
            .is_some_and(|entry| entry.delegation_source.is_some());
        can_be_delegated
            && self.delegations.iter().any(|delegation| {
                delegation.consumer == *consumer
                    && delegation.supplier == *supplier
                    && delegation.scope == scope
            })
    }
}

impl RegisteredKey {
    /// One year after it was posted, or at its own `exp` when that is sooner.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.posted + KEY_LIFE || self.expires.is_some_and(|expires| now >= expires)
    }
}

impl Access {
    /// Whether the organisation has access.
    pub fn includes(&self, number: &OrgNumber) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(numbers) => numbers.contains(number),
        }
    }
}

/// How long a registered key lives from the day it was posted.
pub const KEY_LIFE: Duration = Duration::days(365);
