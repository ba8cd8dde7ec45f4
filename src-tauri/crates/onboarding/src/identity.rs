use keystore::Certificate;
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use ts_rs::TS;

use crate::{Check, OwnKeyCard};

/// Names an identity: a UUID, or the one that practice brings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdentityId(String);

impl IdentityId {
    /// From a fresh UUID.
    pub fn new(uuid: String) -> Self {
        Self(uuid)
    }

    /// The one of the practice client; it lies in no vault.
    pub fn practice() -> Self {
        Self(PRACTICE.to_owned())
    }

    /// Whether it is the one of the practice client.
    pub fn is_practice(&self) -> bool {
        self.0 == PRACTICE
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From the name of a file, or from the window. Anything but letters, digits and `-` is not
    /// ours: an id becomes part of a path.
    pub fn from_stored(text: &str) -> Option<Self> {
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (plain && !text.is_empty() && text.len() <= 64).then(|| Self(text.to_owned()))
    }
}

/// Where an identity is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// In a sealed file.
    Sealed,
    /// In memory, until the window closes.
    Session,
    /// It belongs to practice.
    Practice,
}

/// A key that can be used: with its certificate, or an own key without.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Identity {
    /// Names it.
    pub id: String,
    /// Where it is kept.
    pub keep: Keep,
    /// What its certificate says; none for an own key.
    pub certificate: Option<CertificateCard>,
    /// What is known of an own key; none for a key with certificate.
    pub own_key: Option<OwnKeyCard>,
    /// What we think of it.
    pub checks: Vec<Check>,
    /// How many profiles use it.
    pub used_by: u32,
}

/// What a certificate says, for the eye.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CertificateCard {
    /// Name of the organisation.
    pub organisation: Option<String>,
    /// Nine digits as found.
    pub org_number: Option<String>,
    /// Common name of the issuer.
    pub issuer: String,
    /// Whole distinguished name of the owner.
    pub subject: String,
    /// Whole distinguished name of the issuer.
    pub issuer_name: String,
    /// First moment of validity, RFC 3339 UTC; none where the validity cannot be read.
    pub not_before: Option<String>,
    /// Last moment of validity, RFC 3339 UTC; none where the validity cannot be read.
    pub not_after: Option<String>,
    /// Whole days left; negative when it has expired; none where the validity cannot be read.
    pub days_left: Option<i32>,
    /// RSA, EC, Ed25519 or other.
    pub key_type: String,
    /// Length of the key in bits.
    pub key_bits: u32,
    /// Names of RFC 5280.
    pub key_usage: Vec<String>,
    /// authentication, signing, encryption or unknown.
    pub purpose: Purpose,
    /// test, production, practice or unknown.
    pub environment: CertificateEnvironment,
    /// seid2, seid1, practice or other.
    pub profile: String,
    /// Common names, the owner first.
    pub chain: Vec<String>,
    /// Serial number in hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate in hexadecimal.
    pub sha256: String,
    /// Name of the key in its file.
    pub alias: String,
}

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// To say who one is: the one for Maskinporten.
    Authentication,
    /// To sign documents.
    Signing,
    /// To read what was encrypted.
    Encryption,
    /// The certificate does not say.
    Unknown,
}

/// Where a certificate is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CertificateEnvironment {
    /// Test.
    Test,
    /// Production.
    Production,
    /// Practice.
    Practice,
    /// We do not know the issuer.
    Unknown,
}

/// A file the user chose; the window knows it by a handle, never by its path.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeystoreFile {
    /// Names the file until it is closed.
    pub handle: String,
    /// Name without folder.
    pub name: String,
    /// Size in bytes.
    pub size_bytes: u32,
    /// pkcs12, jks, jceks, pem, der, jwk or jwks.
    pub format: String,
    /// A password is needed.
    pub locked: bool,
    /// The ciphers met on the outside, such as `AES-256-CBC PBKDF2-HMAC-SHA-256`.
    pub ciphers: Vec<String>,
    /// Its protection is weak today.
    pub legacy: bool,
    /// How many keys and certificates can be seen without the password.
    pub parts: u32,
    /// Rounds of key derivation that it demands; above a million, opening is waited for.
    pub rounds: u32,
}

/// What an opened file holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenedKeystore {
    /// The handle of the file.
    pub handle: String,
    /// The file.
    pub file: KeystoreFile,
    /// One for each private key.
    pub keys: Vec<KeyChoice>,
}

/// One private key of an opened file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeyChoice {
    /// Its place in the file, from 0, which names it: several keys may have the same name.
    pub index: u32,
    /// Its name in the file.
    pub alias: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The one to use.
    pub recommended: bool,
    /// It can be used at all.
    pub usable: bool,
    /// Why not: the code of a check.
    pub reason: Option<String>,
    /// What its certificate says; none when there is no certificate.
    pub certificate: Option<CertificateCard>,
    /// What we think of it.
    pub checks: Vec<Check>,
}

impl CertificateCard {
    /// Reads the card off a chain, leaf first; none for an empty chain.
    pub fn read(alias: &str, chain: &[Certificate], now: OffsetDateTime) -> Option<Self> {
        let leaf = chain.first()?;
        let is_known = leaf.is_validity_known();
        let written = |moment: OffsetDateTime| moment.format(&Rfc3339).ok().filter(|_| is_known);
        let days = (leaf.not_after() - now).whole_days();
        Some(Self {
            organisation: leaf.organisation().map(str::to_owned),
            org_number: leaf.org_number_digits().map(str::to_owned),
            issuer: short_name(leaf.issuer()),
            subject: leaf.subject().to_string(),
            issuer_name: leaf.issuer().to_string(),
            not_before: written(leaf.not_before()),
            not_after: written(leaf.not_after()),
            days_left: is_known.then(|| i32::try_from(days).unwrap_or(i32::MAX)),
            key_type: leaf.key_type().as_str().to_owned(),
            key_bits: leaf.key_bits(),
            key_usage: leaf
                .key_usage()
                .iter()
                .map(|usage| usage.name().to_owned())
                .collect(),
            purpose: leaf.purpose().into(),
            environment: keystore::chain_environment(chain).into(),
            profile: certificate_profile(leaf.seid()).to_owned(),
            chain: chain
                .iter()
                .map(|certificate| short_name(certificate.subject()))
                .collect(),
            serial: leaf.serial_hex(),
            sha256: leaf.sha256_hex(),
            alias: alias.to_owned(),
        })
    }
}

impl From<keystore::Purpose> for Purpose {
    fn from(purpose: keystore::Purpose) -> Self {
        match purpose {
            keystore::Purpose::Authentication => Self::Authentication,
            keystore::Purpose::Signing => Self::Signing,
            keystore::Purpose::Encryption => Self::Encryption,
            keystore::Purpose::Unknown => Self::Unknown,
        }
    }
}

impl From<keystore::CertificateEnvironment> for CertificateEnvironment {
    fn from(environment: keystore::CertificateEnvironment) -> Self {
        match environment {
            keystore::CertificateEnvironment::Test => Self::Test,
            keystore::CertificateEnvironment::Production => Self::Production,
            keystore::CertificateEnvironment::Practice => Self::Practice,
            keystore::CertificateEnvironment::Unknown => Self::Unknown,
        }
    }
}

fn certificate_profile(seid: keystore::SeidProfile) -> &'static str {
    match seid {
        keystore::SeidProfile::Seid1 => "seid1",
        keystore::SeidProfile::Seid2 => "seid2",
        keystore::SeidProfile::Practice => "practice",
        keystore::SeidProfile::Other => "other",
    }
}

/// The common name, or the whole name where there is none.
fn short_name(name: &keystore::Name) -> String {
    name.common_name()
        .map_or_else(|| name.to_string(), str::to_owned)
}

const PRACTICE: &str = "practice";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_never_leave_its_folder() {
        for text in [
            "",
            "../profiles",
            "a/b",
            "a\\b",
            "a.b",
            "æ",
            &"a".repeat(65),
        ] {
            assert!(IdentityId::from_stored(text).is_none(), "{text}");
        }
        assert!(IdentityId::from_stored("238259d7-f0ab-4bd5-b253-0f0159375096").is_some());
    }
}
