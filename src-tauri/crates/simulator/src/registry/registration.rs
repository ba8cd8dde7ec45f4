//! What self-service knows of a client or a scope beside what tokens depend on.

use std::collections::BTreeMap;

use keystore::OrgNumber;
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// What a client is for (Digdir, `integration_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegrationType {
    /// Machine to machine.
    Maskinporten,
    /// Kontakt- og reservasjonsregisteret.
    Krr,
    /// Login of citizens.
    Idporten,
    /// API secured by a login.
    ApiKlient,
    /// Login of employees.
    Ansattporten,
    /// eFormidling.
    Eformidling,
    /// Login of citizens with SAML.
    IdportenSaml2,
}

/// Who sees a scope in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone.
    Public,
    /// Those who have access.
    Private,
    /// Digdir.
    Internal,
}

/// Something that was done to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: OffsetDateTime,
    /// What, in the portal's language.
    pub what: String,
}

/// The registration of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// `client_name`, «Visningsnavn».
    pub name: String,
    /// `description`, «Beskrivelse».
    pub description: String,
    /// The organisation that made the client for its owner, when another did.
    pub supplier: Option<OrgNumber>,
    /// Whether Digdir made it and looks after it: a selvbetjeningsklient.
    pub is_digdirs: bool,
    /// The fields that mean nothing to Maskinporten, as they were sent.
    pub others: Map<String, Value>,
    /// When it was made.
    pub created: OffsetDateTime,
    /// When it was last changed.
    pub last_updated: OffsetDateTime,
    /// When its keys were last changed; `None` before the first were posted.
    pub keys_updated: Option<OffsetDateTime>,
    /// What was done to it, oldest first.
    pub history: Vec<Change>,
}

/// The registration of a scope.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeRegistration {
    /// `description`.
    pub description: String,
    /// `long_description`.
    pub long_description: String,
    /// The name of the delegation resource in Altinn, when it has one.
    pub delegation_name: Option<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// The API provider.
    pub owner: OrgNumber,
    /// The fields that mean nothing to Maskinporten, as they were sent.
    pub others: Map<String, Value>,
    /// When it was made.
    pub created: OffsetDateTime,
    /// When it was last changed.
    pub last_updated: OffsetDateTime,
    /// When each organisation was given access.
    pub granted: BTreeMap<OrgNumber, OffsetDateTime>,
}

impl IntegrationType {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Maskinporten,
        Self::Krr,
        Self::Idporten,
        Self::ApiKlient,
        Self::Ansattporten,
        Self::Eformidling,
        Self::IdportenSaml2,
    ];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Maskinporten => "maskinporten",
            Self::Krr => "krr",
            Self::Idporten => "idporten",
            Self::ApiKlient => "api_klient",
            Self::Ansattporten => "ansattporten",
            Self::Eformidling => "eformidling",
            Self::IdportenSaml2 => "idporten_saml2",
        }
    }

    /// The type of a word of the API.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }
}

impl Visibility {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Private => "PRIVATE",
            Self::Internal => "INTERNAL",
        }
    }

    /// The visibility of a word of the API.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Public, Self::Private, Self::Internal]
            .into_iter()
            .find(|known| known.as_str() == word)
    }
}

impl Registration {
    /// A registration without words, made at `now`.
    pub fn new(now: OffsetDateTime) -> Self {
        Self {
            name: String::new(),
            description: String::new(),
            supplier: None,
            is_digdirs: false,
            others: Map::new(),
            created: now,
            last_updated: now,
            keys_updated: None,
            history: Vec::new(),
        }
    }
}

impl ScopeRegistration {
    /// A public scope without words, made at `now`.
    pub fn new(owner: OrgNumber, now: OffsetDateTime) -> Self {
        Self {
            description: String::new(),
            long_description: String::new(),
            delegation_name: None,
            visibility: Visibility::Public,
            owner,
            others: Map::new(),
            created: now,
            last_updated: now,
            granted: BTreeMap::new(),
        }
    }
}
