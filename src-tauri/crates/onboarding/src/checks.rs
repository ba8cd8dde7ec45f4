use std::collections::BTreeMap;

use keystore::{
    Certificate, CertificateEnvironment, KeyEntry, KeyType, Keystore, PublicKey, Purpose,
    SeidProfile, Warning,
};
use maskinporten::{Environment, OrgNumber};
use serde::Serialize;
use time::OffsetDateTime;
use ts_rs::TS;

use crate::Failure;

/// One row of «Vi har sjekket»; its words stand under `checks.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Check {
    /// Stable, in `snake_case`.
    pub code: String,
    /// How grave it is.
    pub state: CheckState,
    /// Values for the placeholders, by name.
    pub params: BTreeMap<String, String>,
}

/// How grave a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CheckState {
    /// As it should be.
    Ok,
    /// Works, but look at it.
    Warning,
    /// Maskinporten would refuse it.
    Error,
    /// Good to know.
    Info,
}

/// What can be said of a certificate before it is used.
///
/// `environment` is none while none is chosen, and [`Environment::Custom`] where we cannot know
/// which issuers the server takes; `owner` is the organisation the profile is for, when known.
pub fn checks(
    chain: &[Certificate],
    environment: Option<Environment>,
    owner: Option<&OrgNumber>,
    now: OffsetDateTime,
) -> Vec<Check> {
    let Some(leaf) = chain.first() else {
        return vec![Check::new("no_certificate", CheckState::Error)];
    };
    let mut found = vec![validity(leaf, now)];
    found.extend(environment.and_then(|environment| fit(chain, leaf, environment)));
    found.push(purpose(leaf));
    found.push(key_check(leaf.public_key()));
    found.push(completeness(chain));
    found.extend(organisation(leaf, owner));
    found.extend(holder(leaf));
    found
}

/// What is to be said of the file a key lies in. Nothing of it hinders Maskinporten, but the next
/// reader of the file may stumble.
pub(crate) fn file_checks(entry: &KeyEntry, store: &Keystore, now: OffsetDateTime) -> Vec<Check> {
    let state = |warning: &Warning| match warning {
        Warning::LegacyEncryption => Some(CheckState::Info),
        Warning::PasswordNotAsciiForJava
        | Warning::DuplicateAlias
        | Warning::CertificateUnreadable
        | Warning::EntriesUnread => Some(CheckState::Warning),
        // Said of the key and its certificate already.
        _ => None,
    };
    let remarks = keystore::warnings(entry, store, now);
    let told = remarks.iter();
    told.filter_map(|warning| Some(Check::new(warning.code(), state(warning)?)))
        .collect()
}

/// The first check that stops a request before anything is sent.
pub fn blocking(checks: &[Check]) -> Option<Failure> {
    let check = checks
        .iter()
        .find(|check| check.state == CheckState::Error)?;
    let code = match check.code.starts_with("own_key_") {
        true => check.code.clone(),
        false => format!("certificate_{}", check.code),
    };
    Some(Failure {
        code,
        params: check.params.clone(),
        detail: None,
    })
}

impl Check {
    pub(crate) fn new(code: &str, state: CheckState) -> Self {
        Self {
            code: code.to_owned(),
            state,
            params: BTreeMap::new(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

fn validity(leaf: &Certificate, now: OffsetDateTime) -> Check {
    let days = (leaf.not_after() - now).whole_days();
    if !leaf.is_validity_known() {
        Check::new("validity_unknown", CheckState::Warning)
    } else if now > leaf.not_after() {
        Check::new("expired", CheckState::Error).with("date", date(leaf.not_after()))
    } else if now < leaf.not_before() {
        Check::new("not_yet_valid", CheckState::Error).with("date", date(leaf.not_before()))
    } else if days <= SOON_DAYS {
        Check::new("expires_soon", CheckState::Warning)
            .with("days", days.to_string())
            .with("date", date(leaf.not_after()))
    } else {
        Check::new("valid", CheckState::Ok).with("date", date(leaf.not_after()))
    }
}

/// Test certificates only in test, production certificates only in production (Maskinporten §0).
fn fit(chain: &[Certificate], leaf: &Certificate, environment: Environment) -> Option<Check> {
    use CertificateEnvironment as Kind;
    let wrong =
        |code: &str| Check::new(code, CheckState::Error).with("environment", environment.as_str());
    let check = match (keystore::chain_environment(chain), environment) {
        (_, Environment::Custom) => return None,
        (Kind::Test, Environment::Test)
        | (Kind::Production, Environment::Production)
        | (Kind::Practice, Environment::Practice)
            if keystore::is_issuer_recognised(chain) =>
        {
            Check::new("environment_fits", CheckState::Ok).with("environment", environment.as_str())
        }
        (Kind::Test, other) if other != Environment::Test => wrong("environment_test"),
        (Kind::Production, other) if other != Environment::Production => {
            wrong("environment_production")
        }
        (Kind::Practice, other) if other != Environment::Practice => wrong("environment_practice"),
        // What it says of itself fits, but anyone can say so.
        _ => Check::new("issuer_unknown", CheckState::Warning).with("issuer", issuer(leaf)),
    };
    Some(check)
}

fn purpose(leaf: &Certificate) -> Check {
    match leaf.purpose() {
        Purpose::Authentication => Check::new("purpose_authentication", CheckState::Ok),
        Purpose::Signing => Check::new("wrong_purpose_signing", CheckState::Warning),
        Purpose::Encryption => Check::new("wrong_purpose_encryption", CheckState::Error),
        Purpose::Unknown => Check::new("purpose_unknown", CheckState::Warning),
    }
}

/// Whether Maskinporten takes such a key, and whether it is long enough.
pub fn key_check(key: &PublicKey) -> Check {
    let bits = key.bits();
    let unusable =
        |kind: &str| Check::new("key_type_unusable", CheckState::Error).with("type", kind);
    let of_length = |code, state| Check::new(code, state).with("bits", bits.to_string());
    match key.key_type() {
        KeyType::Rsa if !key.allows_pkcs1() => unusable("RSA-PSS"),
        KeyType::Rsa if bits < KEY_BITS_MIN => of_length("key_short", CheckState::Error),
        KeyType::Rsa if bits > KEY_BITS_MAX => unusable(&format!("RSA {bits}")),
        KeyType::Rsa if bits < KEY_BITS_ENOUGH => {
            of_length("key_could_be_longer", CheckState::Warning)
        }
        KeyType::Rsa => of_length("key_strong", CheckState::Ok),
        other => unusable(other.as_str()),
    }
}

fn completeness(chain: &[Certificate]) -> Check {
    if let Some(root) = strange_root(chain) {
        let name = root.subject().common_name().unwrap_or_default();
        return Check::new("root_unknown", CheckState::Warning).with("issuer", name);
    }
    if chain.first().is_some_and(Certificate::is_self_signed) {
        Check::new("self_signed", CheckState::Warning)
    } else if keystore::is_chain_complete(chain) {
        Check::new("chain_complete", CheckState::Ok)
    } else {
        Check::new("chain_incomplete", CheckState::Info)
    }
}

/// The root of a chain that says to be of an accepted issuer, and is none of the roots these have.
fn strange_root(chain: &[Certificate]) -> Option<&Certificate> {
    let [leaf, .., root] = chain else {
        return None;
    };
    let is_accepted = keystore::is_known_issuer(leaf.issuer())
        && leaf.environment() != CertificateEnvironment::Practice;
    let is_strange = root.is_self_signed() && !keystore::is_known_root(root);
    (is_accepted && is_strange).then_some(root)
}

fn organisation(leaf: &Certificate, owner: Option<&OrgNumber>) -> Option<Check> {
    let Some(digits) = leaf.org_number_digits() else {
        return Some(Check::new("org_number_missing", CheckState::Warning));
    };
    let Ok(number) = digits.parse::<OrgNumber>() else {
        let check = Check::new("org_number_check_digit", CheckState::Warning);
        return Some(check.with("org", digits));
    };
    let owner = owner?;
    if number == *owner {
        Some(Check::new("same_organisation", CheckState::Ok))
    } else {
        let check = Check::new("other_organisation", CheckState::Error);
        Some(
            check
                .with("org", number.as_str())
                .with("org2", owner.as_str()),
        )
    }
}

/// Certificates of another kind than the enterprise certificate of today (Maskinporten §4).
fn holder(leaf: &Certificate) -> Vec<Check> {
    let seid1 = leaf.seid() == SeidProfile::Seid1;
    let found = [
        (
            leaf.is_personal() || leaf.is_of_website(),
            "personal_certificate",
            CheckState::Error,
        ),
        (leaf.is_psd2_seal(), "psd2_seal", CheckState::Error),
        (seid1, "seid1", CheckState::Warning),
    ];
    let found = found.into_iter().filter(|(is_so, ..)| *is_so);
    found
        .map(|(_, code, state)| Check::new(code, state))
        .collect()
}

fn issuer(leaf: &Certificate) -> String {
    leaf.issuer()
        .common_name()
        .map_or_else(|| leaf.issuer().to_string(), str::to_owned)
}

fn date(moment: OffsetDateTime) -> String {
    moment.date().to_string()
}

/// Long enough before expiry to order a new certificate.
const SOON_DAYS: i64 = 120;

/// What Buypass and Commfides deliver today; Maskinporten takes 2048 too.
const KEY_BITS_ENOUGH: u32 = 3072;

/// RFC 7518 §3.3. Shorter keys do not sign here, nor longer than the library takes.
const KEY_BITS_MIN: u32 = 2048;
const KEY_BITS_MAX: u32 = 8192;

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
    use time::macros::datetime;

    use super::*;

    /// A leaf and its issuer, which is a root of that name.
    fn chain(issuer: &str) -> Vec<Certificate> {
        let params = |name: &str| {
            let mut params = CertificateParams::default();
            params.distinguished_name.push(DnType::CommonName, name);
            params
        };
        let mut root = params(issuer);
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let made = KeyPair::generate().and_then(|root_key| {
            let own = root.self_signed(&root_key)?;
            let key = KeyPair::generate()?;
            let leaf = params("leaf").signed_by(&key, &Issuer::new(root, root_key))?;
            Ok([leaf, own])
        });
        let made = made.expect("certificates");
        let read = |der: &rcgen::Certificate| Certificate::from_der(der.der());
        made.iter().map(|one| read(one).expect("DER")).collect()
    }

    #[test]
    fn a_root_is_known_by_its_fingerprint_and_not_by_its_name() {
        for (issuer, code) in [
            ("Buypass Class 3 Root CA G2 ST", "root_unknown"),
            ("Commfides Root CA - G3 - TEST", "root_unknown"),
            ("En annen utsteder", "chain_complete"),
        ] {
            let now = datetime!(2026-11-20 12:00 UTC);
            let found = checks(&chain(issuer), None, None, now);
            assert!(found.iter().any(|check| check.code == code), "{found:?}");
            assert_eq!(completeness(&chain(issuer)[..1]).code, "chain_incomplete");
        }
    }

    #[test]
    fn a_certificate_of_another_organisation_blocks() {
        let mut params = CertificateParams::default();
        let organisation_identifier = DnType::CustomDnType(vec![2, 5, 4, 97]);
        params
            .distinguished_name
            .push(organisation_identifier, "NTRNO-313045285");
        let key = KeyPair::generate().expect("a key");
        let made = params.self_signed(&key).expect("a certificate");
        let leaf = Certificate::from_der(made.der()).expect("DER");
        let check = |owner: &str| {
            let owner = owner.parse().expect("a number");
            let check = organisation(&leaf, Some(&owner)).expect("a check");
            (check.code, check.state)
        };
        let same = ("same_organisation".to_owned(), CheckState::Ok);
        assert_eq!(check("313045285"), same);
        let other = ("other_organisation".to_owned(), CheckState::Error);
        assert_eq!(check("310886424"), other);
    }

    #[test]
    fn the_certificate_of_a_website_blocks() {
        use rcgen::ExtendedKeyUsagePurpose::{ClientAuth, ServerAuth};
        for (usages, org_number, is_refused) in [
            (&[ServerAuth][..], None, true),
            (&[ServerAuth], Some("NTRNO-313045285"), true),
            (&[ServerAuth, ClientAuth], None, true),
            (&[ServerAuth, ClientAuth], Some("NTRNO-313045285"), false),
            (&[ClientAuth], Some("NTRNO-313045285"), false),
            (&[], Some("NTRNO-313045285"), false),
            (&[], None, false),
        ] {
            let mut params = CertificateParams::default();
            params.extended_key_usages = usages.to_vec();
            if let Some(org_number) = org_number {
                let organisation_identifier = DnType::CustomDnType(vec![2, 5, 4, 97]);
                params
                    .distinguished_name
                    .push(organisation_identifier, org_number);
            }
            let key = KeyPair::generate().expect("a key");
            let made = params.self_signed(&key).expect("a certificate");
            let leaf = Certificate::from_der(made.der()).expect("DER");
            let failure = blocking(&holder(&leaf)).map(|failure| failure.code);
            let expected = is_refused.then(|| "certificate_personal_certificate".to_owned());
            assert_eq!(failure, expected, "{usages:?} {org_number:?}");
        }
    }

    #[test]
    fn a_seal_for_payment_services_stops_a_request() {
        let code = |identifier: &str| {
            let mut params = CertificateParams::default();
            let organisation_identifier = DnType::CustomDnType(vec![2, 5, 4, 97]);
            params
                .distinguished_name
                .push(organisation_identifier, identifier);
            let key = KeyPair::generate().expect("a key");
            let made = params.self_signed(&key).expect("a certificate");
            let leaf = Certificate::from_der(made.der()).expect("DER");
            let failure = blocking(&holder(&leaf));
            failure.map(|failure| failure.code)
        };
        let seal = code("PSDNO-FSA-991825827");
        assert_eq!(seal.as_deref(), Some("certificate_psd2_seal"));
        assert_eq!(code("NTRNO-991825827"), None);
    }
}
