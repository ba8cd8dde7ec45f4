use std::fmt;

use maskinporten::SignatureAlgorithm;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ClaimRow, ClockReading, Difference, Failure, UseText};

/// What a user may change for one request.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct TokenOptions {
    /// Other scopes than the profile's.
    pub scopes: Option<Vec<String>>,
    /// Another audience.
    pub resource: Option<Vec<String>>,
    /// The organisation the supplier acts for; empty for none, also where the profile has one.
    pub consumer_org: Option<String>,
    /// The person the calls are about.
    #[ts(optional, type = "string")]
    pub pid: Option<PersonText>,
    /// A system user or a consent, or neither, whatever the profile says.
    pub detail: Option<DetailOptions>,
    /// Signed with another algorithm than the profile says.
    pub algorithm: Option<AlgorithmName>,
    /// Send the issuers' certificates as well, or not, whatever the profile says.
    pub chain: Option<bool>,
    /// Seconds the grant lives, at most 120.
    pub lifetime_s: Option<u32>,
    /// Send it although we foresee that it will be refused.
    pub anyway: Option<bool>,
}

/// A system user or a consent, as typed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum DetailOptions {
    /// Neither, also where the profile has a system user.
    None,
    /// A system user in Altinn.
    SystemUser {
        /// The organisation that owns the system user.
        org: String,
        /// The reference it was created with, if it was.
        #[serde(default)]
        #[ts(optional)]
        external_ref: Option<String>,
    },
    /// A consent in Altinn.
    Consent {
        /// Its id.
        id: String,
        /// Who gave it: the digits of a person or an organisation.
        #[ts(type = "string")]
        from: PersonText,
    },
    /// The claim as somebody has written it.
    Written {
        /// The array, or its one element.
        #[ts(type = "string")]
        json: PersonText,
    },
}

/// A text that may name a person: it is sent, and neither stored nor logged. `Debug` hides it.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct PersonText(String);

impl PersonText {
    /// What was typed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonText([hidden])")
    }
}

/// The algorithms that Maskinporten announces, by their wire names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum AlgorithmName {
    /// With SHA-256.
    #[default]
    Rs256,
    /// With SHA-384.
    Rs384,
    /// With SHA-512.
    Rs512,
}

impl From<AlgorithmName> for SignatureAlgorithm {
    fn from(name: AlgorithmName) -> Self {
        match name {
            AlgorithmName::Rs256 => Self::Rs256,
            AlgorithmName::Rs384 => Self::Rs384,
            AlgorithmName::Rs512 => Self::Rs512,
        }
    }
}

/// A token as the window shows it; the token itself stays in the program.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Token {
    /// Names the token.
    pub id: String,
    /// The first characters, to recognise it by.
    pub masked: String,
    /// Seconds since 1970, our clock.
    pub issued_at: i64,
    /// Seconds since 1970, our clock.
    pub expires_at: i64,
    /// Seconds.
    pub lifetime_s: u32,
    /// Every claim, in the order a reader wants them.
    pub claims: Vec<ClaimRow>,
    /// What was sent for it.
    pub sent: Sent,
    /// What came in another form than it was asked for.
    pub differs: Vec<Difference>,
    /// The clock of this machine, when it is so wrong that the user should know.
    pub clock: Option<ClockReading>,
    /// The signature and the issuer were verified.
    pub verified: bool,
    /// The JOSE header, indented JSON.
    pub header: String,
    /// The claims, indented JSON.
    pub payload: String,
    /// How to use it elsewhere; the token itself is not in them.
    pub uses: Vec<UseText>,
}

/// What was sent, and how it was answered.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Sent {
    /// Where it was posted.
    pub token_endpoint: String,
    /// The decoded header, indented JSON.
    pub header: String,
    /// The decoded claims, indented JSON.
    pub claims: String,
    /// HTTP status.
    pub status: u16,
    /// From sending to the whole answer.
    pub elapsed_ms: u32,
}

/// What would be sent.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Preview {
    /// Where it would be posted.
    pub token_endpoint: String,
    /// The header, indented JSON.
    pub header: String,
    /// The claims, indented JSON.
    pub claims: String,
}

/// Whether a client works, asked by a real request for a token.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClientCheck {
    /// As it was read.
    pub client_id: String,
    /// A token came.
    pub works: bool,
    /// Why none came.
    pub failure: Option<Failure>,
}
