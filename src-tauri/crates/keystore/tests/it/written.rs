//! Other programs read what is written here. Where a program is not installed its test says so and ends.

use std::process::Command;

use keystore::{Identity, KeystoreError, Pkcs12Encryption, PrivateKey, Secret, write_pkcs12};

use crate::support::{hex, open_with, sha256_hex, vector};

fn identities() -> Vec<Identity> {
    open_with(&vector("odd-three-without-ids.p12"), "passord")
        .unwrap()
        .into_identities()
        .unwrap()
}

fn write(password: &str, encryption: Pkcs12Encryption) -> Vec<u8> {
    let identities = identities();
    let all: Vec<&Identity> = identities.iter().collect();
    write_pkcs12(&all, &Secret::new(password.to_owned()), encryption)
        .unwrap()
        .expose()
        .clone()
}

/// Runs a program on a written file: whether it was content, and what it said. `cargo xtask test` installs them all.
fn run(file: &str, bytes: &[u8], program: &str, arguments: &[&str]) -> (bool, String) {
    let path = std::env::temp_dir().join(format!("keystore-{}-{file}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(|argument| {
            if *argument == "FILE" {
                path.to_str().unwrap()
            } else {
                argument
            }
        })
        .collect();
    let output = Command::new(program).args(arguments).output();
    std::fs::remove_file(&path).unwrap();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn openssl_reads_what_is_written() {
    for (encryption, legacy) in [
        (Pkcs12Encryption::Modern, None),
        (Pkcs12Encryption::Legacy, Some("-legacy")),
    ] {
        for password in ["passord", "blåbærgrøt", ""] {
            let pass = format!("pass:{password}");
            let mut arguments = vec!["pkcs12", "-in", "FILE", "-nodes", "-passin", &pass];
            arguments.extend(legacy);
            let (ok, said) = run(
                "openssl.p12",
                &write(password, encryption),
                "openssl",
                &arguments,
            );
            assert!(ok, "{said}");
            assert_eq!(said.matches("BEGIN PRIVATE KEY").count(), 3, "{said}");
            assert_eq!(said.matches("BEGIN CERTIFICATE").count(), 5, "{said}");
        }
    }
}

#[test]
fn keytool_reads_what_is_written() {
    for encryption in [Pkcs12Encryption::Modern, Pkcs12Encryption::Legacy] {
        let arguments = ["-list", "-v", "-keystore", "FILE", "-storepass", "passord"];
        let (ok, said) = run(
            "keytool.p12",
            &write("passord", encryption),
            "keytool",
            &arguments,
        );
        assert!(ok, "{said}");
        assert_eq!(said.matches("PrivateKeyEntry").count(), 3, "{said}");
        assert_eq!(said.matches("chain length: 3").count(), 3, "{said}");
    }
}

#[test]
fn openssl_verifies_a_signature_and_agrees_on_the_public_key() {
    let key = PrivateKey::generate_rsa(2048).unwrap();
    let pkcs8 = key.pkcs8().expose();
    let arguments = [
        "pkey",
        "-in",
        "FILE",
        "-inform",
        "der",
        "-check",
        "-noout",
        "-text_pub",
    ];
    let (ok, said) = run("pkcs8.der", pkcs8, "openssl", &arguments);
    assert!(ok && said.contains("Key is valid"), "{said}");
    let (n, _) = key.public_jwk_parts().unwrap();
    let told: String = said
        .split("Modulus:")
        .nth(1)
        .unwrap()
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    assert!(told.starts_with(&format!("00{}", hex(&n))), "{told}");
    let ours = key.public_key().unwrap().spki_sha256_hex();
    assert_eq!(ours, sha256_hex(key.spki_der().unwrap()));
}

#[test]
fn what_cannot_be_written_is_refused_with_the_reason() {
    let identities = identities();
    let write = |identity: &Identity, password: &str| {
        write_pkcs12(
            &[identity],
            &Secret::new(password.to_owned()),
            Pkcs12Encryption::Modern,
        )
        .map(|_| ())
        .unwrap_err()
    };
    assert_eq!(
        write(&identities[0], "nøkkel😀"),
        KeystoreError::PasswordNotWritable
    );
    let key =
        PrivateKey::from_pkcs8(Secret::new(identities[0].key().pkcs8().expose().clone())).unwrap();
    let smiling = Identity::new("😀", key, identities[0].chain().to_vec()).unwrap();
    assert_eq!(write(&smiling, "passord").code(), "alias_not_writable");
    let none = write_pkcs12(
        &[],
        &Secret::new("passord".to_owned()),
        Pkcs12Encryption::Modern,
    )
    .map(|_| ());
    assert_eq!(none, Err(KeystoreError::NoPrivateKey));
}

#[test]
fn names_that_are_one_to_java_are_told_apart() {
    let store = open_with(&vector("odd-three-wrong-ids.p12"), "passord").unwrap();
    let identities = store.into_identities().unwrap();
    let all: Vec<&Identity> = identities.iter().collect();
    let written = write_pkcs12(
        &all,
        &Secret::new("passord".to_owned()),
        Pkcs12Encryption::Modern,
    )
    .unwrap();
    let store = open_with(written.expose(), "passord").unwrap();
    let aliases: Vec<&str> = store.entries().iter().map(|entry| entry.alias()).collect();
    assert_eq!(aliases, ["nøkkel", "nøkkel 2", "nøkkel 3"]);
}

#[test]
fn a_key_and_another_keys_certificate_make_no_identity() {
    let mut identities = identities();
    let chain = identities.pop().unwrap().chain().to_vec();
    let key =
        PrivateKey::from_pkcs8(Secret::new(identities[0].key().pkcs8().expose().clone())).unwrap();
    let wrong = Identity::new("auth", key, chain).map(|_| ());
    assert_eq!(wrong, Err(KeystoreError::KeyAndCertificateDiffer));
}
