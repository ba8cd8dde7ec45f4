//! What is refused, and by which name; and what a file tells without its password.

use keystore::{
    Certificate, Keystore, KeystoreError, PrivateKey, Secret, Standing, recognise, warnings,
};

use crate::hostile::{bag, element, pkcs12};
use crate::support::{NOW, open_with, vector};

#[test]
fn a_refused_password_is_named() {
    for file in [
        "openssl-chain.p12",
        "openssl-legacy.p12",
        "openssl-nomac.p12",
        "openssl-600k.p12",
        "openssl-letters.p12",
        "openssl-empty.p12",
        "odd-pbmac1-sha256.p12",
        "odd-null.p12",
        "bouncycastle.p12",
        "keytool.jks",
        "keytool.jceks",
        "pkcs1-aes256.pem",
        "pkcs8-3des.pem",
        "pkcs8-encrypted.der",
    ] {
        let result = open_with(&vector(file), "feil");
        let error = result.map(|_| ()).unwrap_err();
        assert!(error.is_wrong_password(), "{file}: {error}");
        if !["openssl-empty.p12", "odd-null.p12"].contains(&file) {
            assert_eq!(error, KeystoreError::WrongPassword, "{file}");
            check_refused(file, "", "wrong_password");
        }
    }
    for file in [
        "openssl-chain.p12",
        "openssl-nomac.p12",
        "keytool.jks",
        "pkcs8-3des.pem",
        "pkcs8-encrypted.der",
    ] {
        check_refused(file, "passord ", "password_has_blank");
        check_refused(file, "PASSORD", "password_caps_lock");
    }
    check_refused("openssl-empty.p12", "passord", "password_is_empty");
    check_refused(
        "openssl-letters-legacy.p12",
        "BLÅBÆRGRØT",
        "password_caps_lock",
    );
}

#[test]
fn a_file_cut_off_is_named_with_where_it_ends() {
    for file in [
        "openssl-chain.p12",
        "bouncycastle.p12",
        "pk12util.p12",
        "keytool.jks",
        "auth.cer",
        "pkcs8.pem",
        "private.jwk",
        "set.jwks",
    ] {
        let whole = vector(file);
        for at in [whole.len() - 30, whole.len() / 2, 100] {
            let error = open_with(&whole[..at], "passord").map(|_| ()).unwrap_err();
            assert_eq!(error, KeystoreError::Truncated { at }, "{file} at {at}");
        }
    }
}

#[test]
fn what_is_no_key_store_is_named() {
    let check = |bytes: &[u8], expected: &'static str| {
        let error = open_with(bytes, "passord").map(|_| ()).unwrap_err();
        assert_eq!(
            error,
            KeystoreError::NotAKeystore { found: expected },
            "{expected}"
        );
        assert_eq!(recognise(bytes).unwrap_err(), error);
    };
    check(b"", "empty");
    check(b" \r\n", "empty");
    check(b"<!DOCTYPE html><html><body>Logg inn</body></html>", "html");
    check(b"<?xml version=\"1.0\"?><a/>", "xml");
    check(b"Hei, her er passordet: 0123", "text");
    check(b"0123456789", "text");
    check(b"{\"issuer\": \"https://test.maskinporten.no/\"}", "json");
    check(b"{\"kty\": \"RSA\"}", "json");
    check(
        b"{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\"}]}",
        "json",
    );
    check(b"%PDF-1.7\n\xe2\xe3", "pdf");
    check(b"\x89PNG\r\n\x1a\n", "image");
    check(&[7; 64], "unknown");
    check(&vector("request.der"), "csr");
    check(&vector("public.der"), "public_key");
    check(
        b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "public_key",
    );
    check(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zip");
}

#[test]
fn what_is_not_supported_is_named() {
    let check = |file: &str, name: &str| match open_with(&vector(file), "passord").map(|_| ()) {
        Err(KeystoreError::Unsupported { what }) => {
            assert!(what.starts_with(name), "{file}: {what}")
        }
        other => panic!("{file}: {other:?}"),
    };
    check("openssl-rc4.p12", "RC4-128");
    check("openssl-camellia.p12", "Camellia-256");
    check("openssl-mac-sha3.p12", "SHA3-256");
}

#[test]
fn too_much_work_and_too_large_files_are_refused_at_once() {
    let start = std::time::Instant::now();
    check_refused("odd-rounds.p12", "passord", "too_much_work");
    check_refused("odd-rounds-sum.p12", "passord", "too_much_work");
    check_code(
        "5 MiB",
        open_with(&vec![0x30; 5 << 20], "passord"),
        "too_large",
    );
    assert!(start.elapsed().as_millis() < 500);
}

#[test]
fn a_changed_file_with_the_right_password_is_damaged() {
    let mut bytes = vector("openssl-chain.p12");
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    check_code("changed MAC", open_with(&bytes, "passord"), "damaged");
}

#[test]
fn a_password_with_garbled_letters_is_wrong_and_the_file_not_damaged() {
    // UTF-8 read as Latin-1.
    check_refused(
        "openssl-letters.p12",
        "bl\u{c3}\u{a5}b\u{c3}\u{a6}rgr\u{c3}\u{b8}t",
        "wrong_password",
    );
    let mut bytes = vector("openssl-letters.p12");
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    check_code("changed MAC", open_with(&bytes, "blåbærgrøt"), "damaged");
}

#[test]
fn a_complete_file_that_is_broken_within_is_not_told_to_be_cut_off() {
    // The identifier of the algorithm claims more than there is.
    let key = element(
        0x30,
        &[&[2, 1, 0], &element(0x30, &[&[6, 9, 0x2a]]), &[4, 1, 7]],
    );
    check_code("key", open_with(&key, "passord"), "damaged");
    let certificate = element(0x30, &[&element(0x30, &[&[2, 9, 1]])]);
    let error = Certificate::from_der(&certificate).unwrap_err();
    assert_eq!(error.code(), "damaged");
    let cut = Certificate::from_der(&certificate[..certificate.len() - 1]);
    assert_eq!(cut.unwrap_err().code(), "truncated");
    let key = Secret::new(key);
    assert_eq!(PrivateKey::from_pkcs8(key).unwrap_err().code(), "damaged");
}

#[test]
fn a_key_that_is_not_read_hides_no_other() {
    // PBE with MD5 and DES, around nothing.
    let scheme = [
        &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 3][..],
        &element(0x30, &[&[4, 1, 7, 2, 1, 1]]),
    ];
    let old_key = element(0x30, &[&element(0x30, &scheme), &[4, 1, 7]]);
    let good_key = vector("pkcs8.der");
    let p12 = |bags: &[(u8, &[u8])]| {
        pkcs12(
            &bags
                .iter()
                .map(|(kind, key)| bag(*kind, key))
                .collect::<Vec<_>>(),
        )
    };
    let camellia = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                    DEK-Info: CAMELLIA-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let pem = [camellia.as_bytes(), &vector("pkcs8.pem")].concat();
    let x448 = r#"{"kty":"OKP","crv":"X448","d":"AA"}"#;
    let private = String::from_utf8(vector("private.jwk")).unwrap();
    let jwks = format!(r#"{{"keys":[{x448},{{"use":"sig"}},{{"kty":"ny"}},7,{private}]}}"#);
    for (what, both, alone) in [
        (
            "PBE-MD5-DES (1.2.840.113549.1.5.3)",
            p12(&[(2, &old_key), (1, &good_key)]),
            p12(&[(2, &old_key)]),
        ),
        ("CAMELLIA-256-CBC", pem, camellia.into()),
        ("X448", jwks.into(), x448.into()),
    ] {
        assert!(recognise(&both).is_ok(), "{what}");
        let store = open_with(&both, "passord").unwrap();
        let [unread, good] = store.entries() else {
            panic!("{what}: {:?}", store.entries());
        };
        assert_eq!(unread.standing(), Standing::KeyUnsupported);
        assert_eq!(unread.unsupported(), Some(what));
        assert_eq!(warnings(unread, &store, NOW)[0].code(), "key_unsupported");
        assert!(good.key().is_some(), "{what}");
        let alias = unread.alias().to_owned();
        let expected = KeystoreError::Unsupported {
            what: what.to_owned(),
        };
        assert_eq!(store.into_key(Some(&alias)).unwrap_err(), expected);
        assert_eq!(open_with(&alone, "passord").unwrap_err(), expected);
    }
}

#[test]
fn what_is_not_supported_is_named_in_few_words() {
    let long = "a".repeat(200_000);
    let jwk = |kty: &str| format!("{{\"kty\":\"{kty}\",\"crv\":\"{long}\",\"d\":\"AA\"}}");
    let pem = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ";
    let pem = format!("{pem}{long},00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    for file in [jwk("EC"), jwk("OKP"), pem] {
        match open_with(file.as_bytes(), "passord") {
            Err(KeystoreError::Unsupported { what }) => assert_eq!(what, long[..100]),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_file_can_be_looked_at_without_its_password() {
    let seen = recognise(&vector("openssl-legacy.p12")).unwrap();
    assert_eq!(
        (seen.format.as_str(), seen.locked, seen.legacy_encryption),
        ("pkcs12", true, true)
    );
    assert_eq!(
        seen.algorithms,
        ["HMAC-SHA-1", "RC2-40-CBC SHA-1", "3DES-CBC SHA-1"]
    );
    let seen = recognise(&vector("openssl-chain.p12")).unwrap();
    assert_eq!(
        (seen.locked, seen.legacy_encryption, seen.visible_parts),
        (true, false, 1)
    );
    assert_eq!(
        seen.algorithms,
        ["HMAC-SHA-256", "AES-256-CBC PBKDF2-HMAC-SHA-256"]
    );
    assert_eq!(seen.iterations, 3 * 2048);
    let seen = recognise(&vector("openssl-plain.p12")).unwrap();
    assert_eq!((seen.locked, seen.visible_parts), (false, 2));
    let seen = recognise(&vector("keytool.jks")).unwrap();
    assert_eq!(
        (seen.format.as_str(), seen.locked, seen.visible_parts),
        ("jks", true, 2)
    );
    assert!(!recognise(&vector("auth.cer")).unwrap().locked);
    assert!(recognise(&vector("pkcs8-encrypted.der")).unwrap().locked);
    assert!(recognise(&vector("pkcs1-aes256.pem")).unwrap().locked);
}

fn check_refused(file: &str, password: &str, code: &str) {
    check_code(file, open_with(&vector(file), password), code);
}

fn check_code(what: &str, result: Result<Keystore, KeystoreError>, code: &str) {
    match result {
        Ok(store) => panic!("{what}: opened with {} entries", store.entries().len()),
        Err(error) => assert_eq!(error.code(), code, "{what}: {error}"),
    }
}
