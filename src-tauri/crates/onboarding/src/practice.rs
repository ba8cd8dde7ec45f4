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
#[derive(Debug, Clone, Serialize, TS)]
pub struct SavedPractice {
    /// Name of the file.
    pub name: String,
    /// Its password. Shown on purpose: the certificate is accepted by nothing but practice.
    pub password: String,
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
