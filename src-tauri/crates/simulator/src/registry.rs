//! What the simulator knows: clients, scopes, delegations, system users, consents.
//!
//! The real ones stand in Digdir's self-service and in Altinn. Nothing here is checked against
//! anything: whoever fills it decides what may be practised. The self-service API, the portal and
//! Altinn check what comes to them before they change it.

mod altinn;
mod registration;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keystore::{OrgNumber, SignatureAlgorithm, read_public_keys};
use time::{Duration, OffsetDateTime};

pub use altinn::{
    Consent, ConsentRequest, Delegation, RequestStatus, System, SystemUser, SystemUserRequest,
};
pub use registration::{Change, IntegrationType, Registration, ScopeRegistration, Visibility};

/// Everything known to one simulator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    /// The organisations that can be chosen in the portal and in Altinn.
    pub organisations: Vec<KnownOrganisation>,
    /// The clients.
    pub clients: Vec<Client>,
    /// The scopes.
    pub scopes: Vec<ScopeEntry>,
    /// Who has let whom act for them.
    pub delegations: Vec<Delegation>,
    /// The systems of Altinn's Systemregister.
    pub systems: Vec<System>,
    /// What suppliers have asked their customers to approve.
    pub system_user_requests: Vec<SystemUserRequest>,
    /// The system users of Altinn.
    pub system_users: Vec<SystemUser>,
    /// The consents that have been asked for.
    pub consent_requests: Vec<ConsentRequest>,
    /// The consents of Altinn.
    pub consents: Vec<Consent>,
    /// The serial numbers of certificates that were revoked, as [`keystore::Certificate::serial_hex`]
    /// writes them. The real ones stand in the lists of the issuers.
    pub revoked: BTreeSet<String>,
}

/// An organisation by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// Its number.
    pub number: OrgNumber,
    /// Its name.
    pub name: String,
    /// The scope prefixes Digdir has given it; with one it can make scopes of its own.
    pub prefixes: Vec<String>,
    /// Its short name in Altinn, when it is a service owner there (tjenesteeier).
    pub service_owner: Option<String>,
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
    /// What it is for; only `maskinporten` gets tokens here.
    pub integration_type: IntegrationType,
    /// Whether it is in use; a deactivated client is not found.
    pub is_active: bool,
    /// What self-service knows beside that.
    pub registration: Registration,
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
    /// `x5c` of the key, when the owner sent one: standard Base64 of DER, leaf first.
    pub x5c: Vec<String>,
}

/// A scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeEntry {
    /// `prefix:subscope`.
    pub name: String,
    /// `allowed_integration_types`; empty means that any may use it.
    pub allowed_integration_types: Vec<IntegrationType>,
    /// The longest life of its tokens in seconds (`at_max_age`); 0 means no limit.
    pub token_age_s_max: u32,
    /// The issuer of the delegation source; without it the scope cannot be delegated.
    pub delegation_source: Option<String>,
    /// The organisations given access.
    pub access: Access,
    /// Whether it is in use; nobody gets tokens for a deactivated scope.
    pub is_active: bool,
    /// What self-service knows beside that.
    pub registration: ScopeRegistration,
}

/// Who has access to a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// `accessible_for_all`.
    Everyone,
    /// Those the API provider has let in.
    Only(Vec<OrgNumber>),
}

impl Registry {
    /// The client with this id, if it is in use.
    pub fn active_client(&self, client_id: &str) -> Option<&Client> {
        self.client(client_id).filter(|client| client.is_active)
    }

    /// The client with this id, in use or not.
    pub fn client(&self, client_id: &str) -> Option<&Client> {
        let mut clients = self.clients.iter();
        clients.find(|client| client.client_id == client_id)
    }

    /// Adds a client, and begins its history.
    pub fn add_client(&mut self, mut client: Client, now: OffsetDateTime) {
        client.registration.history.push(Change {
            at: now,
            what: "Klient opprettet".to_owned(),
        });
        self.clients.push(client);
    }

    /// Changes a client, and notes in its history what was done. Nothing happens when there is no
    /// such client.
    pub fn change_client(
        &mut self,
        client_id: &str,
        now: OffsetDateTime,
        what: &str,
        change: impl FnOnce(&mut Client),
    ) {
        let mut clients = self.clients.iter_mut();
        let Some(client) = clients.find(|client| client.client_id == client_id) else {
            return;
        };
        change(client);
        client.registration.last_updated = now;
        client.registration.history.push(Change {
            at: now,
            what: what.to_owned(),
        });
    }

    /// The scope of this name, in use or not.
    pub fn scope(&self, name: &str) -> Option<&ScopeEntry> {
        self.scopes.iter().find(|scope| scope.name == name)
    }

    /// The scope of this name, if it is in use.
    pub fn active_scope(&self, name: &str) -> Option<&ScopeEntry> {
        self.scope(name).filter(|scope| scope.is_active)
    }

    /// The delegation sources of the scopes: that of the environment, in practice.
    pub fn delegation_sources(&self) -> BTreeSet<&str> {
        let scopes = self.scopes.iter();
        scopes
            .filter_map(|scope| scope.delegation_source.as_deref())
            .collect()
    }

    /// The name of an organisation, or its number when nobody has named it.
    pub fn organisation_name<'a>(&'a self, number: &'a OrgNumber) -> &'a str {
        self.organisations
            .iter()
            .find(|organisation| organisation.number == *number)
            .map_or(number.as_str(), |organisation| organisation.name.as_str())
    }

    /// The system of this id in Altinn's Systemregister.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.id == id)
    }

    /// Whether the system has the client.
    pub fn is_client_of_system(&self, client_id: &str, system_id: &str) -> bool {
        self.system(system_id)
            .is_some_and(|system| system.client_ids.iter().any(|id| id == client_id))
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

impl Client {
    /// A client for Maskinporten with nothing on it but its scopes.
    pub fn new(
        client_id: impl Into<String>,
        org_number: OrgNumber,
        scopes: Vec<String>,
        now: OffsetDateTime,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            org_number,
            scopes,
            keys: Vec::new(),
            access_token_lifetime_s: 0,
            integration_type: IntegrationType::Maskinporten,
            is_active: true,
            registration: Registration::new(now),
        }
    }
}

impl ScopeEntry {
    /// A scope for Maskinporten that anybody may use, and that cannot be delegated.
    pub fn new(name: impl Into<String>, owner: OrgNumber, now: OffsetDateTime) -> Self {
        Self {
            name: name.into(),
            allowed_integration_types: vec![IntegrationType::Maskinporten],
            token_age_s_max: 0,
            delegation_source: None,
            access: Access::Everyone,
            is_active: true,
            registration: ScopeRegistration::new(owner, now),
        }
    }

    /// Whether clients of this type may have the scope.
    pub fn allows(&self, integration_type: IntegrationType) -> bool {
        self.allowed_integration_types.is_empty()
            || self.allowed_integration_types.contains(&integration_type)
    }
}

impl RegisteredKey {
    /// When it ends: one year after it was posted, or at its own `exp` when that is sooner.
    pub fn ends(&self) -> OffsetDateTime {
        let year = self.posted.saturating_add(KEY_LIFE);
        self.expires.map_or(year, |expires| expires.min(year))
    }

    /// Modulus and exponent, big-endian without leading zeros.
    pub fn rsa_parts(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        // The reader of key files takes a SubjectPublicKeyInfo as PEM.
        let base64 = STANDARD.encode(&self.spki_der);
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----");
        let keys = read_public_keys(pem.as_bytes()).ok()?;
        let (n, e) = keys.first()?.rsa_parts()?;
        Some((n.to_vec(), e.to_vec()))
    }

    /// One year after it was posted, or at its own `exp` when that is sooner.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.ends()
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
