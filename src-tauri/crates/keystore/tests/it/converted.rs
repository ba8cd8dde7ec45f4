//! What is written in other forms than PKCS#12 is read again here, and by keytool and OpenSSL.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use keystore::{
    Certificate, Format, Identity, KeyType, KeystoreError, MAX_FILE_BYTES, Pkcs12Encryption,
    PrivateKey, Secret, Standing, expose_jwk, expose_jwks, expose_pem, jwk_thumbprint,
    read_public_keys, write_certificates_pem, write_jks, write_jwk, write_jwks, write_pem,
    write_pkcs12, write_public_key_pem,
};
use proptest::prelude::*;

use crate::hostile::{element, java, java_certificate, java_entry_of, small_certificate};
use crate::support::{NOW, hex, open_with, open_with_both, sha256_hex, vector};

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn identities() -> &'static [Identity] {
    static IDENTITIES: OnceLock<Vec<Identity>> = OnceLock::new();
    IDENTITIES.get_or_init(|| {
        let store = open_with(&vector("odd-three-without-ids.p12"), "passord").unwrap();
        store.into_identities().unwrap()
    })
}

fn of_vector(name: &str) -> Identity {
    let store = open_with(&vector(name), "passord").unwrap();
    store.into_identity(None).unwrap()
}

fn renamed(identity: &Identity, alias: &str) -> Identity {
    let key = PrivateKey::from_pkcs8(Secret::new(identity.key().pkcs8().expose().clone())).unwrap();
    Identity::new(alias, key, identity.chain().to_vec()).unwrap()
}

/// A file that is gone when the test ends.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("converted-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Runs a program that must succeed, and gives what it said.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}

#[test]
fn keytool_lists_a_jks_with_letters_in_alias_and_passwords() {
    let identity = renamed(&identities()[0], "ÆRLIG Nøkkel 😀");
    let (store, key) = (secret("blåbærgrøt"), secret("nøkkelen"));
    let written = write_jks(&[&identity], &store, Some(&key), NOW).unwrap();
    let opened = open_with_both(written.expose(), "blåbærgrøt", Some("nøkkelen")).unwrap();
    assert_eq!(opened.entries()[0].alias(), "ærlig nøkkel 😀");
    let locked = open_with(written.expose(), "blåbærgrøt").unwrap();
    assert_eq!(locked.entries()[0].standing(), Standing::KeyLocked);
    let file = Temporary::new("letters.jks", written.expose());
    let passwords = Temporary::new("letters.password", "blåbærgrøt".as_bytes());
    let said = run(
        "keytool",
        &[
            "-J-Dfile.encoding=UTF-8",
            "-J-Dsun.stdout.encoding=UTF-8",
            "-list",
            "-v",
            "-keystore",
            file.path(),
            "-storepass:file",
            passwords.path(),
        ],
    );
    assert!(said.contains("Keystore type: JKS"), "{said}");
    assert!(said.contains("Alias name: ærlig nøkkel 😀"), "{said}");
    assert!(said.contains("Creation date: Dec 1, 2026"), "{said}");
    assert!(said.contains("PrivateKeyEntry"), "{said}");
    assert!(said.contains("chain length: 3"), "{said}");
}

#[test]
fn keys_of_every_kind_go_through_jks() {
    for name in ["openssl-ec.p12", "openssl-ec521.p12", "openssl-ed25519.p12"] {
        let identity = of_vector(name);
        let written = write_jks(&[&identity], &secret("passord"), None, NOW).unwrap();
        let opened = open_with(written.expose(), "passord").unwrap();
        assert_eq!(opened.format(), Format::Jks);
        let entry = &opened.entries()[0];
        assert_eq!(entry.standing(), Standing::Whole, "{name}");
        assert_eq!(
            entry.key().unwrap().pkcs8().expose(),
            identity.key().pkcs8().expose()
        );
    }
}

/// Java's own vectors have the NULL; other programs leave it out.
#[test]
fn the_key_protection_of_jks_is_read_without_its_null() {
    let identity = of_vector("openssl-3des.p12");
    let written = write_jks(&[&identity], &secret("passord"), None, NOW).unwrap();
    let file = written.expose();
    // Magic, version, count and tag; the length of the alias, the alias, the date; then the key after its length.
    let at = 4 * 4 + 2 + usize::from(file[17]) + 8;
    let length = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let key = &file[at + 4..at + 4 + length];
    // A long header each for the whole and for the data, and between them the algorithm with its NULL.
    let (algorithm, data) = key[4..].split_at(16);
    let bare = element(0x30, &[&algorithm[2..14]]);
    let bare = element(0x30, &[&bare, data]);
    let leaf = java_certificate(identity.leaf().der());
    for key in [key, &bare] {
        let file = java(1, &java_entry_of(b"a", key, &leaf, 1));
        let opened = open_with(&file, "passord").unwrap();
        assert_eq!(opened.entries()[0].standing(), Standing::Whole);
    }
}

#[test]
fn a_key_on_p384_is_read_and_written_in_every_form() {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&key);
    let pem = key.serialize_pem() + &certificate.unwrap().pem();
    let store = open_with(pem.as_bytes(), "").unwrap();
    let identity = store.into_identity(None).unwrap().with_alias("p384");
    let leaf = identity.leaf();
    assert_eq!((leaf.key_type(), leaf.key_bits()), (KeyType::Ec, 384));
    assert!(leaf.is_self_signed());
    let jwk = write_jwk(leaf.public_key(), "k").unwrap();
    let members: serde_json::Value = serde_json::from_str(&jwk).unwrap();
    assert_eq!(
        (&members["crv"], &members["alg"]),
        (&"P-384".into(), &"ES384".into())
    );
    let read = read_public_keys(jwk.as_bytes()).unwrap();
    assert!(read[0].is_same_key(leaf.public_key()));
    let password = secret("passord");
    for file in [
        write_jks(&[&identity], &password, None, NOW).unwrap(),
        write_pkcs12(&[&identity], &password, Pkcs12Encryption::Modern).unwrap(),
        write_pem(identity.key(), identity.chain(), &password).unwrap(),
        expose_jwk(identity.key(), "k").unwrap(),
    ] {
        let opened = open_with(file.expose(), "passord").unwrap();
        let key = opened.entries()[0].key().unwrap();
        assert_eq!(key.pkcs8().expose(), identity.key().pkcs8().expose());
    }
}

#[test]
fn a_certificate_that_the_writer_cannot_carry_is_named() {
    let identity = of_vector("openssl-3des.p12");
    let odd = Certificate::from_der(&small_certificate(&[])).unwrap();
    let chain = vec![identity.leaf().clone(), odd];
    let key = Secret::new(identity.key().pkcs8().expose().clone());
    let key = PrivateKey::from_pkcs8(key).unwrap();
    let identity = Identity::new("a", key, chain).unwrap();
    let written = write_pkcs12(&[&identity], &secret("passord"), Pkcs12Encryption::Modern);
    assert_eq!(written.unwrap_err().code(), "certificate_not_writable");
    // Another form carries any certificate as it is.
    assert!(write_jks(&[&identity], &secret("passord"), None, NOW).is_ok());
}

#[test]
fn a_jks_needs_keys_and_aliases() {
    let write = |identities: &[&Identity]| {
        let written = write_jks(identities, &secret("passord"), None, NOW);
        written.map(drop).unwrap_err()
    };
    assert_eq!(write(&[]), KeystoreError::NoPrivateKey);
    for alias in ["", &"å".repeat(32_768)] {
        let identity = renamed(&identities()[0], alias);
        assert_eq!(write(&[&identity]).code(), "alias_not_writable");
    }
}

#[test]
fn openssl_reads_the_encrypted_key_of_a_pem() {
    let identity = &identities()[0];
    let written = write_pem(identity.key(), identity.chain(), &secret("blåbærgrøt")).unwrap();
    let text = String::from_utf8(written.expose().clone()).unwrap();
    assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII"));
    assert!(text.ends_with("-----END CERTIFICATE-----\n"));
    assert!(!text.contains('\r') && !text.contains("Bag Attributes") && !text.contains("\n\n"));
    assert!(text.lines().all(|line| line.len() <= 64));
    let file = Temporary::new("encrypted.pem", written.expose());
    let pass = "pass:blåbærgrøt";
    let shown = run("openssl", &["asn1parse", "-in", file.path()]);
    for word in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let checked = run(
        "openssl",
        &[
            "rsa",
            "-in",
            file.path(),
            "-passin",
            pass,
            "-check",
            "-noout",
        ],
    );
    assert!(checked.contains("RSA key ok"), "{checked}");
    let leaf = run(
        "openssl",
        &[
            "x509",
            "-in",
            file.path(),
            "-noout",
            "-fingerprint",
            "-sha256",
        ],
    );
    let leaf: String = leaf.to_lowercase().replace(':', "");
    assert!(leaf.contains(&identity.leaf().sha256_hex()), "{leaf}");
    let opened = open_with(written.expose(), "blåbærgrøt").unwrap();
    assert_eq!(opened.entries()[0].chain(), identity.chain());
    assert_eq!(opened.certificates(), identity.chain());
}

#[test]
fn a_plain_pem_and_a_public_one_are_what_openssl_writes() {
    let identity = &identities()[0];
    let plain = expose_pem(identity.key(), &[]);
    let file = Temporary::new("plain.pem", plain.expose());
    let text = run(
        "openssl",
        &["pkcs8", "-topk8", "-nocrypt", "-in", file.path()],
    );
    assert_eq!(text.as_bytes(), plain.expose());
    let public = write_public_key_pem(identity.leaf().public_key());
    let text = run("openssl", &["pkey", "-pubout", "-in", file.path()]);
    assert_eq!(text.as_bytes(), public);
    let certificates = write_certificates_pem(identity.chain());
    let opened = open_with(&certificates, "").unwrap();
    assert_eq!(opened.certificates(), identity.chain());
    assert!(opened.entries().is_empty());
}

#[test]
fn a_jwk_says_what_the_portal_wants() {
    let identity = &identities()[0];
    let public = identity.leaf().public_key();
    let text = write_jwk(public, "mitt-\"system\"").unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut members: Vec<&String> = jwk.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    for (member, value) in [
        ("kty", "RSA"),
        ("use", "sig"),
        ("alg", "RS256"),
        ("kid", "mitt-\"system\""),
        ("e", "AQAB"),
    ] {
        assert_eq!(jwk[member], value);
    }
    let pem = Temporary::new("modulus.pem", &write_public_key_pem(public));
    let modulus = run(
        "openssl",
        &["rsa", "-pubin", "-in", pem.path(), "-modulus", "-noout"],
    );
    let (n, _) = public.rsa_parts().unwrap();
    assert_eq!(modulus.trim().to_lowercase(), format!("modulus={}", hex(n)));
    let set: serde_json::Value =
        serde_json::from_str(&write_jwks(public, "mitt-\"system\"").unwrap()).unwrap();
    assert_eq!(set, serde_json::json!({ "keys": [jwk] }));
    // A key for RSASSA-PSS alone never signs as RS256.
    let pss = of_vector("openssl-pss.p12");
    let text = write_jwk(pss.leaf().public_key(), "pss").unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&jwk["kty"], &jwk["alg"]), (&"RSA".into(), &"PS256".into()));
}

/// The example of RFC 7638 §3.1.
#[test]
fn the_thumbprint_is_that_of_the_standard() {
    let jwk = r#"{"kty": "RSA", "e": "AQAB", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"#;
    let keys = read_public_keys(jwk.as_bytes()).unwrap();
    assert_eq!(
        jwk_thumbprint(&keys[0]).unwrap(),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
}

#[test]
fn keys_of_every_kind_go_through_jwk_and_public_pem() {
    for name in [
        "openssl-chain.p12",
        "openssl-ec.p12",
        "openssl-ec521.p12",
        "openssl-ed25519.p12",
    ] {
        let identity = of_vector(name);
        let (key, public) = (identity.key(), identity.key().public_key().unwrap());
        for (format, written) in [
            (Format::Jwk, expose_jwk(key, "nøkkel").unwrap()),
            (Format::Jwks, expose_jwks(key, "nøkkel").unwrap()),
        ] {
            let opened = open_with(written.expose(), "").unwrap();
            assert_eq!(opened.format(), format, "{name}");
            let entry = &opened.entries()[0];
            assert_eq!(entry.alias(), "nøkkel");
            assert_eq!(
                entry.key().unwrap().pkcs8().expose(),
                key.pkcs8().expose(),
                "{name}"
            );
        }
        for written in [
            write_jwk(public, "k").unwrap().into_bytes(),
            write_jwks(public, "k").unwrap().into_bytes(),
            write_public_key_pem(public),
        ] {
            let text = String::from_utf8(written.clone()).unwrap();
            assert!(!text.contains("\"d\""), "{text}");
            let keys = read_public_keys(&written).unwrap();
            assert_eq!(keys.len(), 1);
            assert_eq!(sha256_hex(keys[0].spki_der()), public.spki_sha256_hex());
        }
    }
}

#[test]
fn what_is_no_public_key_is_refused() {
    for (text, code) in [
        ("", "not_a_keystore"),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "damaged",
        ),
        ("{}", "damaged"),
        (r#"{"kty":"RSA","n":"AQAB"}"#, "damaged"),
        (r#"{"kty":"EC","crv":"P-255"}"#, "damaged"),
        (&" ".repeat(MAX_FILE_BYTES + 1), "too_large"),
    ] {
        assert_eq!(
            read_public_keys(text.as_bytes()).unwrap_err().code(),
            code,
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_written_jks_is_read_again(alias in "\\PC{1,20}", store in "\\PC{0,20}", own in proptest::option::of("\\PC{0,20}"), count in 1usize..4) {
        let named: Vec<Identity> = identities()[..count].iter().map(|identity| renamed(identity, &alias)).collect();
        let own_secret = own.as_deref().map(secret);
        let written = write_jks(&named.iter().collect::<Vec<_>>(), &secret(&store), own_secret.as_ref(), NOW).unwrap();
        let opened = open_with_both(written.expose(), &store, own.as_deref()).unwrap();
        prop_assert_eq!(opened.entries().len(), count);
        let lower = alias.to_lowercase();
        for (at, (entry, identity)) in opened.entries().iter().zip(&named).enumerate() {
            let expected = if at == 0 { lower.clone() } else { format!("{lower} {}", at + 1) };
            prop_assert_eq!(entry.alias(), expected);
            prop_assert_eq!(entry.standing(), Standing::Whole);
            prop_assert_eq!(entry.chain(), identity.chain());
            prop_assert_eq!(entry.key().unwrap().pkcs8().expose(), identity.key().pkcs8().expose());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_written_pem_is_read_again(password in "\\PC{1,20}", which in 0usize..3) {
        let identity = &identities()[which];
        prop_assert_eq!(identity.key().key_type(), KeyType::Rsa);
        let written = write_pem(identity.key(), identity.chain(), &secret(&password)).unwrap();
        let opened = open_with(written.expose(), &password).unwrap();
        prop_assert_eq!(opened.entries().len(), 1);
        let entry = &opened.entries()[0];
        prop_assert_eq!(entry.chain(), identity.chain());
        prop_assert_eq!(entry.key().unwrap().pkcs8().expose(), identity.key().pkcs8().expose());
    }
}
