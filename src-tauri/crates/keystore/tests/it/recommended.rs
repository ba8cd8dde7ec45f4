//! Which key of a file is taken when nobody says.

use keystore::{Passwords, Purpose, open};
use rcgen::{CertificateParams, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, date_time_ymd};
use time::macros::datetime;

/// One key and its certificate in PEM: what it is for, and the years it is valid from and to.
fn entry(usage: KeyUsagePurpose, from: i32, to: i32) -> String {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let mut params = CertificateParams::default();
    params.key_usages = vec![usage];
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    let certificate = params.self_signed(&key).unwrap();
    format!("{}{}", key.serialize_pem(), certificate.pem())
}

#[test]
fn after_a_renewal_the_new_key_is_taken_and_not_the_old_one() {
    let entries = [
        entry(KeyUsagePurpose::DigitalSignature, 2020, 2023),
        entry(KeyUsagePurpose::ContentCommitment, 2024, 2040),
        entry(KeyUsagePurpose::DigitalSignature, 2024, 2027),
        entry(KeyUsagePurpose::DigitalSignature, 2026, 2029),
        entry(KeyUsagePurpose::DigitalSignature, 2030, 2033),
    ];
    let now = datetime!(2026-11-20 12:00 UTC);
    for (count, expected) in [(5, 3), (4, 3), (3, 2), (2, 0), (1, 0)] {
        let file = entries[..count].concat();
        let store = open(file.as_bytes(), &Passwords::default(), now).unwrap();
        let taken = store
            .recommended()
            .unwrap()
            .certificate()
            .unwrap()
            .sha256_hex();
        let all = store.entries().iter();
        let at = all
            .map(|e| e.certificate().unwrap().sha256_hex())
            .position(|hash| hash == taken);
        assert_eq!(at, Some(expected), "of {count}");
    }
}

#[test]
fn of_keys_with_the_same_name_the_one_to_recommend_is_meant() {
    let [signing, authentication] = [
        KeyUsagePurpose::ContentCommitment,
        KeyUsagePurpose::DigitalSignature,
    ]
    .map(|usage| entry(usage, 2024, 2040));
    let name = "Bag Attributes\n    friendlyName: Nøkkel\n";
    let named = |entry: &str| entry.replace("-----BEGIN", &format!("{name}-----BEGIN"));
    let now = datetime!(2026-11-20 12:00 UTC);
    for (file, at) in [
        ([&signing, &authentication], 1),
        ([&authentication, &signing], 0),
    ] {
        let file = file.map(|entry| named(entry)).concat();
        let opened = || open(file.as_bytes(), &Passwords::default(), now).unwrap();
        let store = opened();
        assert_eq!(store.entries().len(), 2);
        assert!(
            store
                .entries()
                .iter()
                .all(|entry| entry.alias() == "Nøkkel")
        );
        assert_eq!(store.recommended_at(), Some(at));
        let of = store.entry("Nøkkel").and_then(|entry| entry.certificate());
        assert_eq!(of.unwrap().purpose(), Purpose::Authentication);
        let taken = store.into_identity(Some("Nøkkel")).unwrap();
        assert_eq!(taken.leaf().purpose(), Purpose::Authentication);
        // The place tells them apart where the name does not.
        let taken = opened().into_identity_at(1 - at).unwrap();
        assert_eq!(taken.leaf().purpose(), Purpose::Signing);
        assert!(opened().entry("nøkkel").is_none(), "which one is not told");
        let none = opened().into_identity_at(2).unwrap_err();
        assert_eq!(none.code(), "no_private_key");
    }
}
