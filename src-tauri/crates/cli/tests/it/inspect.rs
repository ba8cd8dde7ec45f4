//! `inspect`.

use std::fs;

use serde_json::{Value, json};

use crate::cli::{Ran, material, run, run_with};

fn inspect(file: &str, client: usize, more: &[&str]) -> Ran {
    let path = material().path(file);
    let mut arguments = vec!["inspect", path.to_str().unwrap(), "--password-stdin"];
    arguments.extend(more);
    run_with(material().password(client), &arguments)
}

#[test]
fn the_fields_are_those_of_the_help() {
    let seen = inspect("granitt-sparebank-all.p12", 0, &["--json"]).json();
    let members: Vec<&String> = seen.as_object().unwrap().keys().collect();
    assert_eq!(members, ["certificates", "format", "identities"]);
    assert_eq!(seen["format"], "pkcs12");
    // Each of the three keys has its own, and they share two issuers.
    assert_eq!(seen["certificates"], 5);
    let identities = seen["identities"].as_array().unwrap();
    let facts = |name: &str| {
        identities
            .iter()
            .map(|one| one[name].clone())
            .collect::<Vec<_>>()
    };
    let mut purposes = facts("purpose");
    purposes.sort_by_key(Value::to_string);
    assert_eq!(purposes, ["authentication", "encryption", "signing"]);
    let authentication = identities
        .iter()
        .find(|one| one["purpose"] == "authentication");
    let mut authentication = authentication.unwrap().clone();
    let certificate = &material().set.clients()[0].certificate;
    for (name, length) in [("sha256", 64), ("spki_sha256", 64)] {
        let hex = authentication[name].take();
        let hex = hex.as_str().unwrap();
        assert_eq!(hex.len(), length, "{name}");
        assert!(
            hex.chars()
                .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)),
            "{hex}"
        );
        let expected = match name {
            "sha256" => certificate.sha256_hex(),
            _ => certificate.spki_sha256_hex(),
        };
        assert_eq!(hex, expected);
    }
    for name in ["not_before", "not_after"] {
        let moment = authentication[name].take();
        let moment = moment.as_str().unwrap();
        assert!(moment.len() == 20 && moment.ends_with('Z'), "{moment}");
    }
    let subject = authentication["subject"].clone();
    assert!(
        subject.as_str().unwrap().contains("GRANITT SPAREBANK"),
        "{subject}"
    );
    let chain = authentication["chain"].take();
    let chain = chain.as_array().unwrap();
    assert_eq!(chain.len(), 3);
    assert_eq!(chain[0], subject);
    assert!(
        chain[2]
            .as_str()
            .unwrap()
            .contains("Portner Øvelse Root CA")
    );
    assert_eq!(authentication["issuer"], chain[1]);
    assert_eq!(
        authentication,
        json!({
            "alias": "autentisering",
            "subject": subject,
            "organisation": "GRANITT SPAREBANK",
            "org_number": "313045285",
            "issuer": chain[1],
            "not_before": null,
            "not_after": null,
            "key_type": "RSA",
            "key_bits": 3072,
            "key_usage": ["digitalSignature"],
            "purpose": "authentication",
            "environment": "practice",
            "sha256": null,
            "spki_sha256": null,
            "chain": null,
            "warnings": [],
        })
    );
    let encryption = identities
        .iter()
        .find(|one| one["purpose"] == "encryption")
        .unwrap();
    assert_eq!(encryption["warnings"], json!(["wrong_purpose_encryption"]));
}

#[test]
fn a_reader_sees_the_certificate_in_plain_words() {
    for (language, words) in [
        (
            "nb",
            ["Virksomhet: FJELLSTØTT SYSTEMER AS", "Miljø: øvelse"],
        ),
        ("nn", ["Verksemd: FJELLSTØTT SYSTEMER AS", "Miljø: øving"]),
        (
            "en",
            [
                "Organisation: FJELLSTØTT SYSTEMER AS",
                "Environment: practice",
            ],
        ),
    ] {
        let seen = inspect("fjellstott-systemer.p12", 1, &["--lang", language]);
        assert_eq!(seen.exit, 0, "{seen:?}");
        for word in words {
            assert!(seen.out.contains(word), "{word}: {}", seen.out);
        }
        assert!(seen.out.contains("310886424"), "{}", seen.out);
    }
}

#[test]
fn certificates_alone_are_a_file_without_identities() {
    let ca = material().dir.join("ca.pem");
    let seen = run(&["inspect", "--json", ca.to_str().unwrap()]).json();
    assert_eq!(
        seen,
        json!({ "format": "pem", "identities": [], "certificates": 2 })
    );
    // A password that is not needed does no harm.
    let again = run_with(
        "x",
        &[
            "inspect",
            "--json",
            "--password-stdin",
            ca.to_str().unwrap(),
        ],
    );
    assert_eq!(again.json(), seen);
}

#[test]
fn the_password_comes_from_a_file_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("password");
    let keys = material().path("granitt-sparebank.p12");
    let inspect = || {
        run(&[
            "inspect",
            "--json",
            keys.to_str().unwrap(),
            "--password-file",
            file.to_str().unwrap(),
        ])
    };
    fs::write(&file, material().password(0)).unwrap();
    assert_eq!(inspect().json()["identities"].as_array().unwrap().len(), 1);
    fs::write(&file, format!("{}\n", material().password(0))).unwrap();
    assert_eq!(inspect().exit, 3);
    fs::write(&file, [0xff, 0xfe]).unwrap();
    inspect().failure(3, "password_not_text");
    fs::remove_file(&file).unwrap();
    inspect().failure(3, "password_file_unreadable");
}

#[test]
fn what_is_wrong_with_a_file_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let keys = fs::read(material().path("granitt-sparebank.p12")).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let whole = write("whole.p12", &keys);
    let short = write("short.p12", &keys[..keys.len() / 2]);
    let html = write("html.p12", b"<!DOCTYPE html><html><body>404</body></html>");
    let absent = dir.path().join("absent.p12").to_str().unwrap().to_owned();
    let folder = dir.path().to_str().unwrap().to_owned();
    let hard = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/vectors/keystore/odd-rounds.p12"
    )
    .to_owned();
    let rows = [
        (&whole, "wrong", "wrong_password"),
        (&hard, "passord", "too_much_work"),
        (&short, material().password(0), "truncated"),
        (&html, "", "not_a_keystore"),
        (&absent, "", "file_missing"),
        (&folder, "", "file_unreadable"),
    ];
    for (file, password, code) in rows {
        let told = run_with(password, &["inspect", "--json", "--password-stdin", file]);
        told.failure(3, code);
        let told = run_with(password, &["inspect", "--password-stdin", file]);
        assert_eq!(told.exit, 3);
        assert_eq!(told.err.lines().count(), 1, "{told:?}");
        assert!(told.err.starts_with("Feil: "), "{told:?}");
    }
}

#[test]
fn a_key_with_a_password_of_its_own_is_listed_until_it_is_given() {
    let vectors = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/vectors/keystore"
    );
    let keys = format!("{vectors}/keytool-own-key-password.jks");
    let inspect = |more: &[&str]| {
        let mut arguments = vec!["inspect", "--json", "--password-stdin", &keys];
        arguments.extend(more);
        let seen = run_with("passord", &arguments).json();
        assert_eq!(seen["format"], "jks");
        assert_eq!(seen["identities"].as_array().unwrap().len(), 1);
        seen["identities"][0].clone()
    };
    let warned = |identity: &Value| {
        let warnings = identity["warnings"].as_array().unwrap();
        warnings.iter().any(|warning| warning == "key_locked")
    };
    assert!(warned(&inspect(&[])));
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("password");
    fs::write(&file, "nokkelpassord").unwrap();
    let open = inspect(&["--key-password-file", file.to_str().unwrap()]);
    assert!(!warned(&open));
    assert_eq!(open["key_type"], "RSA");
}

#[test]
fn without_terminal_and_option_there_is_nobody_to_ask() {
    let keys = material().path("granitt-sparebank.p12");
    let told = run(&["inspect", "--json", keys.to_str().unwrap()]);
    told.failure(2, "password_needed");
    // A reader is told what is seen without it.
    let told = run(&["inspect", keys.to_str().unwrap()]);
    assert_eq!((told.exit, told.err.lines().count()), (2, 1), "{told:?}");
    assert!(told.out.starts_with("Format: pkcs12\n"), "{told:?}");
}

#[test]
fn a_file_is_looked_at_without_its_password() {
    let legacy = vector("openssl-legacy.p12");
    let seen = run(&["inspect", "--without-password", "--json", &legacy]).json();
    assert_eq!(
        seen,
        json!({
            "format": "pkcs12", "locked": true, "legacy_encryption": true,
            "algorithms": ["HMAC-SHA-1", "RC2-40-CBC SHA-1", "3DES-CBC SHA-1"],
            "visible_parts": 1, "iterations": 6144,
        })
    );
    for (language, words) in [
        (
            "nb",
            [
                "Låst med passord, på en gammel og svak måte",
                "Regnerunder for å åpne: 6144",
            ],
        ),
        (
            "nn",
            [
                "Låst med passord, på ein gammal og svak måte",
                "Reknerundar for å opne: 6144",
            ],
        ),
        (
            "en",
            [
                "Locked with a password, in an old and weak way",
                "Rounds of work to open it: 6144",
            ],
        ),
    ] {
        let seen = run(&["inspect", "--without-password", "--lang", language, &legacy]);
        assert_eq!((seen.exit, seen.err.as_str()), (0, ""), "{seen:?}");
        for word in words.into_iter().chain(["3DES-CBC SHA-1"]) {
            assert!(seen.out.contains(word), "{word}: {}", seen.out);
        }
    }
    run(&["inspect", "--without-password", "--json", "none"]).failure(3, "file_missing");
}

#[test]
fn a_reader_is_told_in_words_what_is_remarked_and_what_else_is_there() {
    let three = vector("odd-three-without-ids.p12");
    for (language, words) in [
        (
            "nb",
            [
                "Filen er låst på en gammel måte (legacy_encryption)",
                "dager igjen)",
            ],
        ),
        (
            "nn",
            [
                "Fila er låst på ein gammal måte (legacy_encryption)",
                "dagar igjen)",
            ],
        ),
        ("en", ["(legacy_encryption)", "days left)"]),
    ] {
        let arguments = ["inspect", &three, "--password-stdin", "--lang", language];
        let seen = run_with("passord", &arguments);
        for word in words {
            assert!(seen.out.contains(word), "{word}: {}", seen.out);
        }
    }
    // Certificates in no key's chain, and one that cannot be read.
    let alone = run(&["inspect", &vector("chain.p7b")]);
    let others = alone.out.split_once("Sertifikater uten nøkkel i filen:\n");
    let (_, others) = others.unwrap();
    assert_eq!(others.lines().count(), 2, "{others}");
    assert!(
        others.lines().all(|line| line.contains("(gyldig til 20")),
        "{others}"
    );
    let broken = vector("odd-broken-certificate.p12");
    let arguments = ["inspect", &broken, "--password-stdin", "--json"];
    let seen = run_with("passord", &arguments).json();
    assert_eq!(seen["unreadable_certificates"], 1);
    let warnings = seen["identities"][0]["warnings"].as_array().unwrap();
    assert!(
        warnings.contains(&json!("certificate_unreadable")),
        "{warnings:?}"
    );
}

#[test]
fn dates_that_cannot_be_written_are_left_out() {
    let fuzz = concat!(env!("CARGO_MANIFEST_DIR"), "/../keystore/fuzz/corpus");
    let odd = format!("{fuzz}/certificate/year-before-zero");
    assert_eq!(run(&["inspect", &odd, "--json"]).json()["certificates"], 1);
    let told = run(&["inspect", &odd]);
    assert_eq!(told.exit, 0, "{told:?}");
    assert!(told.out.contains("(gyldig til ?)"), "{}", told.out);
}

#[test]
fn a_password_option_is_ignored_where_nothing_is_locked() {
    let file = authorities("open");
    let file = file.path();
    let file = file.to_str().unwrap();
    let seen = run(&["inspect", file, "--json", "--password-file", "no-such-file"]).json();
    assert_eq!(seen["certificates"], 2);
    run(&[
        "inspect",
        "no-such-file",
        "--password-file",
        "nor-this",
        "--json",
    ])
    .failure(3, "file_missing");
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_is_lost_is_not_done() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let file = authorities("full");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_portner-cli"))
        .arg("inspect")
        .arg(file.path())
        .stdout(full)
        .stderr(std::process::Stdio::null())
        .status();
    assert_eq!(status.unwrap().code(), Some(3));
}

/// The practice authorities' certificates as a file: nothing in it is locked.
fn authorities(name: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().prefix(name).tempfile().unwrap();
    fs::write(file.path(), material().set.ca_pem()).unwrap();
    file
}

/// A file of other programs' making.
fn vector(name: &str) -> String {
    format!(
        "{}/../../../tests/vectors/keystore/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

#[test]
fn a_chain_is_led_on_by_the_issuers_of_another_file() {
    let (leaf, issuers) = (vector("openssl-3des.p12"), vector("chain.p7b"));
    let chain = |more: &[&str]| {
        let mut arguments = vec!["inspect", &leaf, "--password-stdin", "--json"];
        arguments.extend(more);
        let seen = run_with("passord", &arguments).json();
        seen["identities"][0]["chain"].as_array().unwrap().len()
    };
    assert_eq!(chain(&[]), 1);
    assert_eq!(chain(&["--ca", &issuers]), 3);
    let stranger = authorities("granitt-sparebank");
    let stranger = stranger.path().to_str().unwrap();
    assert_eq!(chain(&["--ca", stranger]), 1, "another issuer's");
    assert_eq!(chain(&["--ca", stranger, "--ca", &issuers]), 3);
    let wrong = [
        "inspect",
        &leaf,
        "--ca",
        "/none",
        "--password-stdin",
        "--json",
    ];
    run_with("passord", &wrong).failure(3, "file_missing");
}

#[test]
fn revocation_is_asked_for_only_when_told_to_and_no_answer_is_no_verdict() {
    let without = inspect("granitt-sparebank.p12", 0, &["--json"]).json();
    assert!(without["identities"][0].get("revocation").is_none());
    // Practice certificates tell no place where their state could be asked.
    let seen = inspect("granitt-sparebank.p12", 0, &["--json", "--online"]).json();
    let mut told = seen["identities"][0]["revocation"].clone();
    let checked_at = told["checked_at"].take();
    assert_eq!(checked_at.as_str().unwrap().len(), 20);
    assert_eq!(
        told,
        json!({
            "state": "unreachable", "revoked_at": null, "reason": null, "source": null,
            "host": null, "as_of": null, "checked_at": null, "problem": "no_address",
        })
    );
    for (language, words) in [
        ("nb", "det sier ingenting om sertifikatet"),
        ("nn", "det seier ingenting om sertifikatet"),
        ("en", "that says nothing of the certificate"),
    ] {
        let told = inspect(
            "granitt-sparebank.p12",
            0,
            &["--online", "--lang", language],
        );
        assert!(told.out.contains(words), "{}", told.out);
    }
}
