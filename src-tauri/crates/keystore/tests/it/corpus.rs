//! Files from elsewhere, which lie beside the checkout and are not part of it. Where they are missing the test says
//! so and ends.

use std::path::PathBuf;

use keystore::{
    Certificate, CertificateEnvironment, KeyEntry, Keystore, SeidProfile, Standing, Warning,
    certificate_warnings, complete_chain, is_known_root,
};
use serde_json::Value;
use time::format_description::well_known::Rfc3339;

use crate::support::{NOW, open_with_both, sha256_hex, workspace};

#[test]
fn every_file_of_the_corpus_holds_what_is_known_of_it() {
    let Some(folder) = folder() else {
        println!("skipped: no folder with files from elsewhere (PORTNER_CORPUS names another)");
        return;
    };
    let expectations = std::fs::read_to_string(folder.join("expectations.json")).unwrap();
    let expectations: Vec<Value> = serde_json::from_str(&expectations).unwrap();
    assert!(!expectations.is_empty());
    for expected in &expectations {
        let name = text(&expected["file"]).unwrap();
        println!("{name}");
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let key_password = expected["key_passwords"]
            .as_object()
            .and_then(|all| all.values().next())
            .and_then(text);
        let store = open_with_both(
            &bytes,
            text(&expected["password"]).unwrap_or_default(),
            key_password,
        )
        .unwrap();
        check_store(&store, &expected["expect"]);
    }
}

#[test]
fn the_issuers_of_a_test_certificate_are_found_and_known() {
    let Some(folder) = folder() else {
        println!("skipped: no folder with files from elsewhere (PORTNER_CORPUS names another)");
        return;
    };
    let read =
        |file: &str| Certificate::from_der(&std::fs::read(folder.join(file)).unwrap()).unwrap();
    let leaf = read("testvirksomhet-seid2-auth.cer");
    let issuer = read("buypass-test4-ca-g2-st-business.cer");
    let root = read("buypass-test4-root-ca-g2-st.cer");
    assert_eq!(
        complete_chain(std::slice::from_ref(&leaf), &[root.clone(), issuer.clone()]),
        [leaf.clone(), issuer, root.clone()]
    );
    assert!(
        is_known_root(&root)
            && is_known_root(&read("commfides-root-g3-test.cer"))
            && !is_known_root(&leaf)
    );
    assert_eq!(
        (leaf.environment(), leaf.seid()),
        (CertificateEnvironment::Test, SeidProfile::Seid2)
    );
    assert!(
        !leaf.crl_urls().is_empty()
            && !leaf.ocsp_urls().is_empty()
            && !leaf.ca_issuers_urls().is_empty()
    );
    let codes: Vec<_> = certificate_warnings(&[leaf], NOW)
        .into_iter()
        .map(Warning::code)
        .collect();
    assert_eq!(codes, ["expired", "chain_incomplete"]);
    let commfides = read("commfides-legal-person-g3-test.cer");
    assert_eq!(commfides.environment(), CertificateEnvironment::Test);
}

fn folder() -> Option<PathBuf> {
    let folder = match std::env::var_os("PORTNER_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => workspace().join("../shared/corpus"),
    };
    folder.join("expectations.json").is_file().then_some(folder)
}

fn check_store(store: &Keystore, expect: &Value) {
    let format = match text(&expect["detected"]).unwrap() {
        "der-cert" => "der",
        format => format,
    };
    assert_eq!(store.format().as_str(), format);
    assert_eq!(
        store.entries().len() as u64,
        expect["key_count"].as_u64().unwrap()
    );
    if let Some(count) = expect["cert_count"].as_u64() {
        assert_eq!(store.certificates().len() as u64, count);
    }
    let keys = expect["keys"]
        .as_array()
        .or_else(|| expect["entries"].as_array());
    for (entry, expected) in store.entries().iter().zip(keys.into_iter().flatten()) {
        check_entry(entry, expected);
    }
    for (certificate, expected) in store
        .certificates()
        .iter()
        .zip(expect["certs"].as_array().into_iter().flatten())
    {
        check_certificate(certificate, expected);
    }
    if expect["cert"].is_object() {
        check_certificate(&store.certificates()[0], &expect["cert"]);
    }
}

fn check_entry(entry: &KeyEntry, expected: &Value) {
    assert_eq!(entry.standing(), Standing::Whole);
    if let Some(alias) = text(&expected["friendlyName"]).or_else(|| text(&expected["alias"])) {
        assert_eq!(entry.alias(), alias);
    }
    let key = &expected["key"];
    assert_eq!(Some(entry.key_type().as_str()), text(&key["type"]));
    assert_eq!(Some(u64::from(entry.key_bits())), key["bits"].as_u64());
    assert_eq!(
        Some(sha256_hex(entry.key().unwrap().spki_der().unwrap()).as_str()),
        text(&key["spki_sha256"])
    );
    let pkcs8 = sha256_hex(entry.key().unwrap().pkcs8().expose());
    assert_eq!(Some(pkcs8.as_str()), text(&key["pkcs8_canonical_sha256"]));
    let chain: Vec<String> = entry.chain().iter().map(Certificate::sha256_hex).collect();
    if let Some(expected) = expected["chain_sha256"].as_array() {
        assert_eq!(chain, expected.iter().filter_map(text).collect::<Vec<_>>());
    }
    if let Some(expected) = expected["chain"].as_array() {
        assert_eq!(
            chain,
            expected
                .iter()
                .filter_map(|one| text(&one["sha256"]))
                .collect::<Vec<_>>()
        );
        entry
            .chain()
            .iter()
            .zip(expected)
            .for_each(|(certificate, expected)| check_certificate(certificate, expected));
    }
}

fn check_certificate(certificate: &Certificate, expected: &Value) {
    assert_eq!(
        Some(certificate.sha256_hex().as_str()),
        text(&expected["sha256"])
    );
    assert_eq!(
        Some(certificate.serial_hex().as_str()),
        text(&expected["serial_hex"])
    );
    assert_eq!(
        Some(certificate.spki_sha256_hex().as_str()),
        text(&expected["spki_sha256"])
    );
    assert_eq!(
        certificate.not_before().format(&Rfc3339).ok().as_deref(),
        text(&expected["not_before"])
    );
    assert_eq!(
        certificate.not_after().format(&Rfc3339).ok().as_deref(),
        text(&expected["not_after"])
    );
    assert_eq!(
        certificate
            .subject()
            .attributes()
            .map(|(_, value)| value)
            .collect::<Vec<_>>(),
        values(&expected["subject"])
    );
    assert_eq!(
        certificate
            .issuer()
            .attributes()
            .map(|(_, value)| value)
            .collect::<Vec<_>>(),
        values(&expected["issuer"])
    );
    let usage: Vec<&str> = certificate
        .key_usage()
        .iter()
        .map(|usage| usage.name())
        .collect();
    let list = |field: &Value| {
        field
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(text)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(usage, list(&expected["key_usage"]));
    assert_eq!(certificate.policies(), list(&expected["policies"]));
    if let Some(number) = text(&expected["orgnr"]) {
        assert_eq!(certificate.org_number_digits(), Some(number));
    }
    if let Some(ca) = expected["ca"].as_bool() {
        assert_eq!(certificate.is_ca(), ca);
    }
}

fn values(name: &Value) -> Vec<&str> {
    name.as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| text(&pair[1]))
        .collect()
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}
