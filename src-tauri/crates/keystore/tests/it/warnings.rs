//! What a certificate says, and what is remarked on it.

use keystore::{
    Certificate, CertificateEnvironment, KeyEntry, Keystore, KeystoreError, OrgNumber, Purpose,
    SeidProfile, Standing, Warning, certificate_warnings, warnings,
};
use time::Duration;

use crate::hostile::{java, java_certificate, java_entry, small_certificate};
use crate::support::{NOW, open_with, vector};

fn open(file: &str) -> Keystore {
    open_with(&vector(file), "passord").unwrap()
}

fn codes(store: &Keystore, at: usize) -> Vec<&'static str> {
    warnings(&store.entries()[at], store, NOW)
        .into_iter()
        .map(Warning::code)
        .collect()
}

#[test]
fn an_authentication_certificate_of_the_practice_issuer_is_understood() {
    let store = open("openssl-chain.p12");
    let certificate = store.entries()[0].certificate().unwrap();
    assert_eq!(certificate.organisation(), Some("GRANITT SPAREBANK"));
    assert_eq!(certificate.org_number_digits(), Some("313045285"));
    assert!(
        certificate
            .org_number_digits()
            .unwrap()
            .parse::<OrgNumber>()
            .is_ok()
    );
    assert_eq!(certificate.purpose(), Purpose::Authentication);
    assert_eq!(certificate.environment(), CertificateEnvironment::Practice);
    assert_eq!(certificate.seid(), SeidProfile::Practice);
    assert_eq!(
        certificate.subject().to_string(),
        "CN=GRANITT SPAREBANK,organizationIdentifier=NTRNO-313045285,O=GRANITT SPAREBANK,C=NO"
    );
    assert_eq!(certificate.policies(), ["2.16.578.1.26.1.3.5"]);
    assert_eq!(codes(&store, 0), [""; 0]);
}

#[test]
fn what_speaks_against_a_key_is_remarked_with_its_code() {
    let three = open("odd-three-without-ids.p12");
    assert_eq!(codes(&three, 0), ["legacy_encryption"]);
    assert_eq!(
        codes(&three, 1),
        ["wrong_purpose_signing", "legacy_encryption"]
    );
    assert_eq!(
        codes(&three, 2),
        ["wrong_purpose_encryption", "legacy_encryption"]
    );
    assert_eq!(
        codes(&open("openssl-short.p12"), 0),
        ["key_short", "chain_incomplete"]
    );
    assert_eq!(
        codes(&open("openssl-ec.p12"), 0),
        ["key_type_unusable", "chain_incomplete"]
    );
    assert_eq!(
        codes(&open("openssl-ed25519.p12"), 0),
        ["key_type_unusable", "chain_incomplete"]
    );
    assert_eq!(
        codes(&open("openssl-pss.p12"), 0),
        ["key_type_unusable", "chain_incomplete"]
    );
    assert_eq!(
        codes(&open("odd-no-certificate.p12"), 0),
        ["no_certificate", "legacy_encryption"]
    );
    assert_eq!(
        codes(&open("odd-differ.p12"), 0),
        ["key_and_certificate_differ", "legacy_encryption"]
    );
    assert_eq!(
        codes(&open("odd-broken-key.p12"), 0),
        ["key_damaged", "legacy_encryption"]
    );
    assert_eq!(
        codes(&open("odd-two-passwords.p12"), 1),
        ["key_locked", "legacy_encryption"]
    );
    assert_eq!(
        codes(&open("keytool-own-key-password.jks"), 0),
        ["key_locked", "legacy_encryption"]
    );
    let twins = open("odd-three-wrong-ids.p12");
    assert_eq!(
        codes(&twins, 0),
        ["chain_incomplete", "legacy_encryption", "duplicate_alias"]
    );
    let letters = open_with(&vector("openssl-letters.p12"), "blåbærgrøt").unwrap();
    assert_eq!(
        codes(&letters, 0),
        ["chain_incomplete", "password_not_ascii_for_java"]
    );
}

#[test]
fn the_time_decides_what_is_said_of_the_validity() {
    let store = open("openssl-chain.p12");
    let chain = store.entries()[0].chain();
    let end = chain[0].not_after();
    let at = |now| {
        certificate_warnings(chain, now)
            .into_iter()
            .map(Warning::code)
            .collect::<Vec<_>>()
    };
    assert_eq!(at(end - Duration::days(121)), [""; 0]);
    assert_eq!(at(end - Duration::days(120)), ["expires_soon"]);
    assert_eq!(at(end), ["expires_soon"]);
    assert_eq!(at(end + Duration::seconds(1)), ["expired"]);
    assert_eq!(
        at(chain[0].not_before() - Duration::seconds(1)),
        ["not_yet_valid"]
    );
}

#[test]
fn the_authentication_key_is_recommended_and_keys_are_found_by_name() {
    let store = open("odd-three-wrong-ids.p12");
    let of = |entry: &KeyEntry| entry.certificate().unwrap().purpose();
    assert_eq!(store.recommended().map(of), Some(Purpose::Authentication));
    let store = open("openssl-chain.p12");
    assert_eq!(
        store.entry("AUTH").map(KeyEntry::standing),
        Some(Standing::Whole)
    );
    let error = store.into_identity(Some("annet")).map(|_| ()).unwrap_err();
    assert_eq!(
        error,
        KeystoreError::AliasNotFound {
            alias: "annet".to_owned()
        }
    );
    let taken = |file: &str| {
        open(file)
            .into_identity(None)
            .map(|identity| identity.alias().to_owned())
    };
    assert_eq!(taken("openssl-chain.p12").as_deref(), Ok("auth"));
    assert_eq!(
        taken("openssl-certificates.p12"),
        Err(KeystoreError::NoPrivateKey)
    );
    assert_eq!(
        taken("odd-differ.p12"),
        Err(KeystoreError::KeyAndCertificateDiffer)
    );
    assert_eq!(
        taken("odd-no-certificate.p12"),
        Err(KeystoreError::NoCertificate)
    );
    assert_eq!(taken("odd-broken-key.p12"), Err(KeystoreError::KeyDamaged));
    assert_eq!(
        taken("keytool-own-key-password.jks"),
        Err(KeystoreError::KeyLocked)
    );
}

#[test]
fn what_is_left_out_of_a_file_is_remarked_on() {
    let broken = open("odd-broken-certificate.p12");
    assert!(broken.unreadable_certificates() > 0);
    assert!(codes(&broken, 0).contains(&"certificate_unreadable"));
    let whole = open("openssl-chain.p12");
    assert!(!codes(&whole, 0).contains(&"certificate_unreadable"));

    // Nothing tells where a secret key ends, so the second entry after it cannot be found.
    let leaf = java_certificate(&vector("auth.cer"));
    let key = java_entry(b"a", &leaf, 1);
    let secret = [&[0, 0, 0, 3, 0, 1, b'b'][..], &[0; 40]].concat();
    for (count, more, is_left_out) in [
        (3, [secret, key.clone()].concat(), true),
        (1, vec![], false),
    ] {
        let store = open_with(&java(count, &[key.clone(), more].concat()), "passord").unwrap();
        assert_eq!(store.entries().len(), 1);
        assert_eq!(store.has_unread_entries(), is_left_out);
        assert_eq!(codes(&store, 0).contains(&"entries_unread"), is_left_out);
    }
}

#[test]
fn a_certificate_whose_dates_cannot_be_read_is_not_called_valid() {
    let certificate = Certificate::from_der(&small_certificate(&[])).unwrap();
    assert!(!certificate.is_validity_known() && !certificate.is_valid_at(NOW));
    let remarks = certificate_warnings(&[certificate], NOW);
    assert_eq!(remarks[0].code(), "validity_unknown");
}
