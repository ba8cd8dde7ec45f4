//! What keytool and OpenSSL make of the written files.

use std::fs;

use keystore::{Format, Standing, read_public_keys};
use serde_json::json;

use super::{Folder, PASSWORD, authentication, spki, vector};

#[test]
fn keytool_uses_every_key_of_a_jks() {
    let folder = Folder::new();
    let told = folder.convert_bank("jks", "bank.jks", &[]).json();
    let members: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(members, ["entries", "format", "out"]);
    assert_eq!(told["format"], "jks");
    assert_eq!(told["out"], folder.path("bank.jks"));
    assert_eq!(told["entries"].as_array().unwrap().len(), 3);
    let store = ["-keystore", "bank.jks", "-storepass", PASSWORD];
    let listed = folder.keytool(&[&["-list", "-v"][..], &store].concat());
    assert!(listed.contains("Keystore type: JKS"), "{listed}");
    assert_eq!(listed.matches("PrivateKeyEntry").count(), 3, "{listed}");
    assert_eq!(listed.matches("chain length: 3").count(), 3, "{listed}");
    for (at, identity) in told["entries"].as_array().unwrap().iter().enumerate() {
        let alias = identity["alias"].as_str().unwrap();
        let request = [
            &["-certreq", "-file", "csr.pem", "-alias", alias][..],
            &store,
        ]
        .concat();
        folder.keytool(&request);
        // Made with the key, and so its proof: OpenSSL checks the signature.
        let key = [
            "req", "-in", "csr.pem", "-verify", "-pubkey", "-noout", "-out", "key.pem",
        ];
        let verified = folder.run("openssl", &key);
        assert!(verified.contains("verify OK"), "{verified}");
        let keys = read_public_keys(&fs::read(folder.path("key.pem")).unwrap()).unwrap();
        assert_eq!(keys[0].spki_sha256_hex(), spki(&told, at));
    }
}

#[test]
fn keytool_uses_the_keys_on_curves_of_a_jks() {
    let folder = Folder::new();
    for name in ["openssl-ec.p12", "openssl-ec521.p12", "openssl-ed25519.p12"] {
        let told = folder
            .convert(&vector(name), "passord", "jks", "curve.jks", &["--force"])
            .json();
        let alias = told["entries"][0]["alias"].as_str().unwrap();
        let store = ["-keystore", "curve.jks", "-storepass", PASSWORD];
        let request = ["-certreq", "-file", "csr.pem", "-alias", alias];
        folder.keytool(&[&request[..], &store].concat());
        let key = [
            "req", "-in", "csr.pem", "-verify", "-pubkey", "-noout", "-out", "key.pem",
        ];
        let verified = folder.run("openssl", &key);
        assert!(verified.contains("verify OK"), "{name}: {verified}");
        let keys = read_public_keys(&fs::read(folder.path("key.pem")).unwrap()).unwrap();
        assert_eq!(keys[0].spki_sha256_hex(), spki(&told, 0), "{name}");
    }
}

#[test]
fn keytool_imports_a_jks_into_pkcs12_and_that_goes_back() {
    let folder = Folder::new();
    folder.convert_bank("jks", "bank.jks", &[]).json();
    let said = folder.keytool(&[
        "-importkeystore",
        "-noprompt",
        "-srckeystore",
        "bank.jks",
        "-srcstorepass",
        PASSWORD,
        "-destkeystore",
        "java.p12",
        "-deststoretype",
        "PKCS12",
        "-deststorepass",
        PASSWORD,
    ]);
    assert!(
        said.contains("3 entries successfully imported, 0 entries failed"),
        "{said}"
    );
    let java = folder.path("java.p12");
    let told = folder
        .convert(&java, PASSWORD, "jks", "again.jks", &[])
        .json();
    assert_eq!(told["entries"].as_array().unwrap().len(), 3);
    let (first, again) = (
        folder.open("bank.jks", PASSWORD),
        folder.open("again.jks", PASSWORD),
    );
    for entry in first.entries() {
        let other = again.entry(entry.alias()).unwrap();
        assert_eq!(other.chain(), entry.chain());
        let bytes = |key: &keystore::PrivateKey| key.pkcs8().expose().clone();
        assert_eq!(other.key().map(bytes), entry.key().map(bytes));
    }
}

#[test]
fn a_jks_key_can_have_a_password_of_its_own() {
    let folder = Folder::new();
    let own = folder.write("own", b"nokkelpassord");
    let more = [
        "--alias",
        "autentisering",
        "--out-alias",
        "Mitt Navn",
        "--out-key-password-file",
        &own,
    ];
    let told = folder.convert_bank("jks", "own.jks", &more).json();
    let entry = json!([{ "alias": "mitt navn", "spki_sha256": authentication() }]);
    assert_eq!(told["entries"], entry);
    let locked = folder.open("own.jks", PASSWORD);
    assert_eq!(locked.entries()[0].standing(), Standing::KeyLocked);
    let arguments = ["-certreq", "-alias", "mitt navn", "-keystore", "own.jks"];
    let passwords = ["-storepass", PASSWORD, "-keypass", "nokkelpassord"];
    folder.keytool(&[&arguments[..], &passwords].concat());
    // And in again.
    let jks = folder.path("own.jks");
    let more = ["--key-password-file", &own];
    let told = folder
        .convert(&jks, PASSWORD, "p12", "again.p12", &more)
        .json();
    assert_eq!(told["entries"], entry);
    let refused = folder.convert(&jks, PASSWORD, "p12", "locked.p12", &[]);
    refused.failure(3, "key_locked");
}

#[test]
fn letters_and_emoji_survive_in_aliases() {
    let folder = Folder::new();
    let more = ["--alias", "autentisering", "--out-alias", "ÆRLIG Blåbær 😀"];
    let told = folder.convert_bank("jks", "letters.jks", &more).json();
    assert_eq!(told["entries"][0]["alias"], "ærlig blåbær 😀");
    let listed = folder.keytool(&[
        "-J-Dfile.encoding=UTF-8",
        "-list",
        "-keystore",
        "letters.jks",
        "-storepass",
        PASSWORD,
    ]);
    assert!(listed.contains("ærlig blåbær 😀"), "{listed}");
    // PKCS#12 cannot carry it as it is written here, and that is said.
    let jks = folder.path("letters.jks");
    let refused = folder.convert(&jks, PASSWORD, "p12", "letters.p12", &[]);
    refused.failure(3, "alias_not_writable");
    let more = ["--out-alias", "ærlig"];
    let told = folder
        .convert(&jks, PASSWORD, "p12", "letters.p12", &more)
        .json();
    assert_eq!(told["entries"][0]["alias"], "ærlig");
    let listed = folder.keytool(&["-list", "-keystore", "letters.p12", "-storepass", PASSWORD]);
    assert!(listed.contains("PrivateKeyEntry"), "{listed}");
}

#[test]
fn both_forms_of_pkcs12_are_read_by_keytool_and_openssl() {
    for (to, algorithm, openssl) in [
        ("p12", "AES-256-CBC", None),
        ("p12-legacy", "TripleDES", Some("-legacy")),
    ] {
        let folder = Folder::new();
        let told = folder.convert_bank(to, "bank.p12", &[]).json();
        assert_eq!(told["format"], to);
        assert_eq!(told["entries"].as_array().unwrap().len(), 3);
        let pass = format!("pass:{PASSWORD}");
        let mut arguments = vec![
            "pkcs12", "-in", "bank.p12", "-passin", &pass, "-nodes", "-info",
        ];
        arguments.extend(openssl);
        let said = folder.run("openssl", &arguments);
        assert!(said.contains(algorithm), "{said}");
        assert_eq!(said.matches("BEGIN PRIVATE KEY").count(), 3, "{said}");
        // Three certificates of the keys and two issuers, each once.
        assert_eq!(said.matches("BEGIN CERTIFICATE").count(), 5, "{said}");
        let store = ["-keystore", "bank.p12", "-storepass", PASSWORD];
        let listed = folder.keytool(&[&["-list", "-v"][..], &store].concat());
        assert_eq!(listed.matches("PrivateKeyEntry").count(), 3, "{listed}");
        assert_eq!(listed.matches("chain length: 3").count(), 3, "{listed}");
        folder.keytool(&[&["-certreq", "-alias", "autentisering"][..], &store].concat());
    }
}

#[test]
fn openssl_uses_the_pem() {
    let folder = Folder::new();
    let new = folder.write("letters", "blåbærgrøt".as_bytes());
    folder
        .convert_bank("pem", "bank.pem", &["--out-password-file", &new])
        .json();
    let pass = "pass:blåbærgrøt";
    let sign = [
        "dgst",
        "-sha256",
        "-sign",
        "bank.pem",
        "-passin",
        pass,
        "-out",
        "signature",
        "password",
    ];
    folder.run("openssl", &sign);
    folder.convert_bank("public", "public.pem", &[]).json();
    let verify = [
        "dgst",
        "-sha256",
        "-verify",
        "public.pem",
        "-signature",
        "signature",
        "password",
    ];
    let said = folder.run("openssl", &verify);
    assert!(said.contains("Verified OK"), "{said}");
    let text = fs::read_to_string(folder.path("bank.pem")).unwrap();
    assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    assert_eq!(text.matches("BEGIN CERTIFICATE").count(), 3);
    let store = folder.open("bank.pem", "blåbærgrøt");
    assert_eq!(store.format(), Format::Pem);
    folder.convert_bank("der", "leaf.cer", &[]).json();
    let leaf = fs::read(folder.path("leaf.cer")).unwrap();
    assert_eq!(leaf, store.entries()[0].certificate().unwrap().der());
}
