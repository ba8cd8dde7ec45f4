//! What Altinn knows: delegations, systems, system users, consents.

use keystore::OrgNumber;
use serde_json::Value;
use time::OffsetDateTime;

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

/// A system in Altinn's Systemregister.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// The id, `<orgnr>_<name>`.
    pub id: String,
    /// The supplier that owns it.
    pub vendor: OrgNumber,
    /// Its Maskinporten clients; a client belongs to one system only.
    pub client_ids: Vec<String>,
    /// The system as it was sent: names, rights, access packages, redirect addresses.
    pub description: Value,
    /// What has happened to it.
    pub history: Vec<super::Change>,
}

/// A supplier has asked a customer to approve a system user.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemUserRequest {
    /// The id, a UUID.
    pub id: String,
    /// The system it is for.
    pub system_id: String,
    /// The customer.
    pub party: OrgNumber,
    /// The reference of the supplier.
    pub external_ref: Option<String>,
    /// Whether it is for an agent system user (klientsystembruker).
    pub is_agent: bool,
    /// The request as it was sent: rights, access packages, redirect address.
    pub request: Value,
    /// How it stands.
    pub status: RequestStatus,
    /// When it was made.
    pub created: OffsetDateTime,
}

/// How a request to a customer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestStatus {
    /// Not answered.
    New,
    /// Approved.
    Accepted,
    /// Turned down.
    Rejected,
}

/// A system user (systembruker) in Altinn.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemUser {
    /// The id, a UUID.
    pub id: String,
    /// The system it belongs to. Only clients of that system can use it.
    pub system_id: String,
    /// The organisation that owns the system user.
    pub owner: OrgNumber,
    /// The reference given when it was made.
    pub external_ref: Option<String>,
    /// Whether the owner has approved it.
    pub is_approved: bool,
}

/// Somebody has been asked for a consent.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsentRequest {
    /// The id, a UUID made by the one that asks.
    pub id: String,
    /// Who is asked: `urn:altinn:person:identifier-no:…` or `urn:altinn:organization:…`.
    pub from: String,
    /// Who asks.
    pub to: OrgNumber,
    /// When the consent would end.
    pub valid_to: OffsetDateTime,
    /// `consentRights`.
    pub rights: Value,
    /// Where the one that is asked goes afterwards.
    pub redirect_url: Option<String>,
    /// How it stands.
    pub status: RequestStatus,
    /// When it was made.
    pub created: OffsetDateTime,
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

impl SystemUser {
    /// The reference it is asked for by: without one of its own, the owner's number.
    pub(crate) fn reference(&self) -> &str {
        let reference = self.external_ref.as_deref();
        reference.unwrap_or(self.owner.as_str())
    }
}

impl RequestStatus {
    /// The word of Altinn's API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Accepted => "Accepted",
            Self::Rejected => "Rejected",
        }
    }
}
