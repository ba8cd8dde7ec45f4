use std::{collections::HashMap, fmt};

use keystore::Secret;
use maskinporten::Issuer;
use serde::Serialize;
use ts_rs::TS;

/// What a running practice Maskinporten offers: where it is, and a client with its certificate.
#[derive(Debug)]
pub struct Practice {
    /// On loopback.
    pub issuer: Issuer,
    /// The practice client.
    pub client_id: String,
    /// The organisation that owns it.
    pub organisation: String,
    /// Nine digits.
    pub org_number: String,
    /// A `.p12` with the authentication key.
    pub keystore: Secret<Vec<u8>>,
    /// A `.p12` with all three keys, as an issuer delivers it.
    pub whole_keystore: Secret<Vec<u8>>,
    /// Opens both.
    pub password: Secret<String>,
    /// Where the sample APIs answer, by the id of the API.
    pub api_addresses: HashMap<String, String>,
}

/// The practice client, as the window shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PracticeClient {
    /// Its id.
    pub client_id: String,
    /// The organisation that owns it.
    pub organisation: String,
    /// Nine digits.
    pub org_number: String,
}

/// The practice certificate, saved as a file of its own.
#[derive(Clone, Serialize, TS)]
pub struct SavedPractice {
    /// Name of the file.
    pub name: String,
    /// Its password. Shown on purpose: the certificate is accepted by nothing but practice.
    pub password: String,
}

/// What the practice Maskinporten tells of itself.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PracticeView {
    /// What arrived, the latest first.
    pub requests: Vec<PracticeRequest>,
    /// What goes wrong on purpose: `clock-skew`, `503`.
    pub scenarios: Vec<String>,
}

/// One request that reached the practice Maskinporten.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PracticeRequest {
    /// Counts from 1.
    #[ts(type = "number")]
    pub number: u64,
    /// Seconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// `POST`.
    pub method: String,
    /// `/token`.
    pub path: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// Names of the checks that passed, in their order.
    pub passed: Vec<String>,
    /// The check that failed.
    pub failed: Option<FailedCheck>,
    /// The scenario that decided the answer after every check had passed.
    pub scenario: Option<String>,
    /// The scopes of the token, when one was given.
    pub scope: Option<String>,
    /// The header of the grant, pretty JSON, long values cut.
    pub header: Option<String>,
    /// The claims of the grant, pretty JSON, no whole national identity number.
    pub claims: Option<String>,
}

/// Where a request failed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FailedCheck {
    /// Its name: `audience`.
    pub check: String,
    /// `MP-110`, where the refusal has a code.
    pub code: Option<String>,
    /// The words of the answer.
    pub text: String,
}

impl fmt::Debug for SavedPractice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedPractice")
            .field("name", &self.name)
            .field("password", &"[secret]")
            .finish()
    }
}

impl Practice {
    /// The client, for showing.
    pub fn client(&self) -> PracticeClient {
        PracticeClient {
            client_id: self.client_id.clone(),
            organisation: self.organisation.clone(),
            org_number: self.org_number.clone(),
        }
    }
}
