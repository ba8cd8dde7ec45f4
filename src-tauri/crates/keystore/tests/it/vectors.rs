//! Files that other programs made of keys made for this; `make.sh` beside them has the command for each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keystore::{Format, Keystore, KeystoreError, Standing, recognise};

use crate::support::{open_with, open_with_both, vector};

/// One entry as it should be: alias, names of the certificates from the leaf up, standing.
type Expected = (&'static str, &'static [&'static str], Standing);

const CHAIN: &[&str] = &["auth", "ca", "root"];
const AUTH: &[&str] = &["auth"];
use Standing::{KeyAndCertificateDiffer, KeyDamaged, KeyLocked, NoCertificate, Whole};

fn check(file: &str, password: &str, format: &str, expected: &[Expected]) {
    check_store(file, open_with(&vector(file), password), format, expected);
}

fn check_store(
    file: &str,
    store: Result<Keystore, KeystoreError>,
    format: &str,
    expected: &[Expected],
) {
    let store = store.unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(store.format().as_str(), format, "{file}");
    let found: Vec<_> = store
        .entries()
        .iter()
        .map(|entry| {
            let chain: Vec<String> = entry
                .chain()
                .iter()
                .map(|one| name_of(&one.sha256_hex()))
                .collect();
            (entry.alias().to_owned(), chain, entry.standing())
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(alias, chain, standing)| {
            (
                (*alias).to_owned(),
                chain.iter().map(|name| (*name).to_owned()).collect(),
                *standing,
            )
        })
        .collect();
    assert_eq!(found, expected, "{file}");
    for entry in store.entries() {
        if let (Standing::Whole, Some(key)) = (entry.standing(), entry.key()) {
            let spki = crate::support::sha256_hex(key.spki_der().unwrap());
            let leaf = name_of(&entry.certificate().unwrap().sha256_hex());
            let line = fingerprints()
                .into_iter()
                .find(|line| line[0] == leaf)
                .unwrap();
            assert!(spki == line[2], "{file}: another public key");
        }
    }
}

/// Name, SHA-256 of the certificate, SHA-256 of the public key; told by OpenSSL.
fn fingerprints() -> Vec<[String; 3]> {
    let text = String::from_utf8(vector("fingerprints.txt")).unwrap();
    let line = |line: &str| {
        line.split(' ')
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap()
    };
    text.lines().map(line).collect()
}

fn name_of(sha256: &str) -> String {
    fingerprints()
        .into_iter()
        .find(|line| line[1] == sha256)
        .map_or_else(|| sha256.to_owned(), |line| line[0].clone())
}

#[test]
fn pkcs12_of_openssl_opens() {
    let auth: &[Expected] = &[("auth", AUTH, Whole)];
    for file in [
        "openssl-3des.p12",
        "openssl-rc2-128-2des.p12",
        "openssl-aes128-sha512.p12",
        "openssl-aes192-sha384.p12",
        "openssl-pbes2-3des-sha224.p12",
        "openssl-mac-sha1.p12",
        "openssl-nomac.p12",
        "openssl-plain.p12",
        "openssl-noiter.p12",
        "openssl-600k.p12",
    ] {
        check(file, "passord", "pkcs12", auth);
    }
    check(
        "openssl-chain.p12",
        "passord",
        "pkcs12",
        &[("auth", CHAIN, Whole)],
    );
    check(
        "openssl-shuffled.p12",
        "passord",
        "pkcs12",
        &[("auth", CHAIN, Whole)],
    );
    check(
        "openssl-legacy.p12",
        "passord",
        "pkcs12",
        &[("auth", CHAIN, Whole)],
    );
    check(
        "openssl-short.p12",
        "passord",
        "pkcs12",
        &[("short", &["short"], Whole)],
    );
    check(
        "openssl-ec.p12",
        "passord",
        "pkcs12",
        &[("ec", &["ec"], Whole)],
    );
    check(
        "openssl-ec521.p12",
        "passord",
        "pkcs12",
        &[("ec521", &["ec521"], Whole)],
    );
    check(
        "openssl-ed25519.p12",
        "passord",
        "pkcs12",
        &[("ed", &["ed"], Whole)],
    );
    check(
        "openssl-pss.p12",
        "passord",
        "pkcs12",
        &[("pss", &["pss"], Whole)],
    );
    check("openssl-certificates.p12", "passord", "pkcs12", &[]);
}

#[test]
fn every_way_of_spelling_a_password_opens() {
    let auth: &[Expected] = &[("auth", AUTH, Whole)];
    for file in ["openssl-empty.p12", "openssl-empty-legacy.p12"] {
        check(file, "", "pkcs12", auth);
    }
    for file in ["openssl-letters.p12", "openssl-letters-legacy.p12"] {
        check(file, "blåbærgrøt", "pkcs12", auth);
        check(file, "bla\u{30a}bærgrøt", "pkcs12", auth);
    }
    for file in ["openssl-emoji.p12", "openssl-emoji-legacy.p12"] {
        check(file, "nøkkel😀", "pkcs12", auth);
    }
    for file in [
        "odd-old-openssl.p12",
        "odd-decomposed.p12",
        "odd-latin1.p12",
    ] {
        check(file, "blåbærgrøt", "pkcs12", &[("1", AUTH, Whole)]);
    }
    check("odd-null.p12", "", "pkcs12", &[("1", AUTH, Whole)]);
    check("certtool-null.p12", "", "pkcs12", auth);
}

#[test]
fn pkcs12_of_other_programs_opens() {
    for file in [
        "keytool.p12",
        "keytool-legacy.p12",
        "keytool-open-certificates.p12",
        "bouncycastle.p12",
    ] {
        check(file, "passord", "pkcs12", &[("auth", CHAIN, Whole)]);
    }
    for file in ["pk12util.p12", "pk12util-legacy.p12"] {
        check(file, "passord", "pkcs12", &[("auth", CHAIN, Whole)]);
    }
    for file in ["certtool.p12", "certtool.pem"] {
        check(file, "passord", "pkcs12", &[("auth", AUTH, Whole)]);
    }
    check("keytool-trust.p12", "passord", "pkcs12", &[]);
    check("keytool-secret.p12", "passord", "pkcs12", &[]);
}

#[test]
fn odd_pkcs12_opens_and_says_what_is_odd() {
    for file in [
        "odd-pbmac1-sha1.p12",
        "odd-pbmac1-sha256.p12",
        "odd-pbmac1-sha512.p12",
    ] {
        check(file, "passord", "pkcs12", &[("1", AUTH, Whole)]);
    }
    let chain = |leaf| -> &[&str] {
        match leaf {
            "auth" => CHAIN,
            "sign" => &["sign", "ca", "root"],
            _ => &["enc", "ca", "root"],
        }
    };
    let three = [
        ("1", chain("auth"), Whole),
        ("2", chain("sign"), Whole),
        ("3", chain("enc"), Whole),
    ];
    check("odd-three-without-ids.p12", "passord", "pkcs12", &three);
    let three = [
        ("nøkkel", AUTH, Whole),
        ("nøkkel", &["sign"], Whole),
        ("nøkkel", &["enc"], Whole),
    ];
    check("odd-three-wrong-ids.p12", "passord", "pkcs12", &three);
    check(
        "odd-nested.p12",
        "passord",
        "pkcs12",
        &[("nøkkel😀", AUTH, Whole)],
    );
    check(
        "odd-differ.p12",
        "passord",
        "pkcs12",
        &[("auth", &[], KeyAndCertificateDiffer)],
    );
    check(
        "odd-no-certificate.p12",
        "passord",
        "pkcs12",
        &[("auth", &[], NoCertificate)],
    );
    check(
        "odd-broken-certificate.p12",
        "passord",
        "pkcs12",
        &[("auth", AUTH, Whole)],
    );
    check(
        "odd-broken-key.p12",
        "passord",
        "pkcs12",
        &[("auth", &[], KeyDamaged)],
    );
    check(
        "odd-two-passwords.p12",
        "passord",
        "pkcs12",
        &[("auth", AUTH, Whole), ("sign", &[], KeyLocked)],
    );
    let both = open_with_both(&vector("odd-two-passwords.p12"), "passord", Some("annet"));
    check_store(
        "both passwords",
        both,
        "pkcs12",
        &[("auth", AUTH, Whole), ("sign", &["sign"], Whole)],
    );
}

#[test]
fn java_key_stores_open() {
    check("keytool.jks", "passord", "jks", &[("blåbær", CHAIN, Whole)]);
    check(
        "keytool-own-key-password.jks",
        "passord",
        "jks",
        &[("auth", CHAIN, KeyLocked)],
    );
    let both = open_with_both(
        &vector("keytool-own-key-password.jks"),
        "passord",
        Some("nokkelpassord"),
    );
    check_store("both passwords", both, "jks", &[("auth", CHAIN, Whole)]);
    check(
        "keytool.jceks",
        "passord",
        "jceks",
        &[("auth", CHAIN, Whole)],
    );
    assert_eq!(
        open_with(&vector("keytool.jks"), "passord")
            .unwrap()
            .certificates()
            .len(),
        4
    );
}

#[test]
fn pem_der_and_jwk_open() {
    check("pkcs8.pem", "", "pem", &[("1", CHAIN, Whole)]);
    check("pkcs8.pem", "not needed", "pem", &[("1", CHAIN, Whole)]);
    check("pkcs1.pem", "", "pem", &[("1", AUTH, Whole)]);
    check("sec1.pem", "", "pem", &[("1", &["ec"], Whole)]);
    check("openssl-pkcs12.pem", "", "pem", &[("auth", CHAIN, Whole)]);
    check("pkcs1-aes256.pem", "passord", "pem", &[("1", AUTH, Whole)]);
    // OpenSSL writes the name of a key in Latin-1.
    let named = String::from_utf8(vector("openssl-pkcs12.pem")).unwrap();
    let named = named.replace("friendlyName: auth", "friendlyName: nøkkel");
    let named: Vec<u8> = named.chars().map(|c| c as u8).collect();
    assert_eq!(recognise(&named).unwrap().format, Format::Pem);
    let opened = open_with(&named, "").unwrap();
    assert_eq!(opened.entries()[0].alias(), "nøkkel");
    assert_eq!(opened.entries()[0].standing(), Whole);
    check("pkcs8-3des.pem", "passord", "pem", &[("1", AUTH, Whole)]);
    for prf in ["SHA1", "SHA224", "SHA384", "SHA512"] {
        check(
            &format!("pkcs8-hmacWith{prf}.pem"),
            "passord",
            "pem",
            &[("1", &[], NoCertificate)],
        );
    }
    check(
        "differ.pem",
        "",
        "pem",
        &[("1", &[], KeyAndCertificateDiffer)],
    );
    check("auth.cer", "", "der", &[]);
    check("chain.p7b", "", "der", &[]);
    check("pkcs8.der", "", "der", &[("1", &[], NoCertificate)]);
    check("rsa8192.der", "", "der", &[("1", &[], NoCertificate)]);
    check(
        "pkcs8-encrypted.der",
        "passord",
        "der",
        &[("1", &[], NoCertificate)],
    );
    check(
        "private.jwk",
        "",
        "jwk",
        &[("mitt-system-2026", &[], NoCertificate)],
    );
    check("public.jwk", "", "jwk", &[]);
    let set = [
        ("mitt-system-2026", &["auth", "ca"][..], Whole),
        ("ec", &[], NoCertificate),
        ("ed", &[], NoCertificate),
    ];
    check("set.jwks", "", "jwks", &set);
}

#[test]
fn wrapped_key_stores_open() {
    check("mailed.zip", "passord", "pkcs12", &[("auth", AUTH, Whole)]);
    check("base64.txt", "passord", "pkcs12", &[("auth", AUTH, Whole)]);
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(vector("pkcs8.pem"));
    check_store(
        "byte-order mark",
        open_with(&marked, ""),
        "pem",
        &[("1", CHAIN, Whole)],
    );
    let text = String::from_utf8(vector("pkcs8.pem")).unwrap();
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    check_store(
        "UTF-16",
        open_with(&wide, ""),
        "pem",
        &[("1", CHAIN, Whole)],
    );
    let windows = text.replace('\n', "\r\n");
    check_store(
        "line ends",
        open_with(windows.as_bytes(), ""),
        "pem",
        &[("1", CHAIN, Whole)],
    );
}

#[test]
fn a_short_key_in_base64_opens() {
    let store = open_with(&vector("openssl-ed25519.p12"), "passord").unwrap();
    let key = store.entries()[0].key().unwrap().pkcs8().expose();
    assert!(key.len() < 128);
    check_store(
        "base64 of Ed25519",
        open_with(STANDARD.encode(key).as_bytes(), ""),
        "der",
        &[("1", &[], NoCertificate)],
    );
}

#[test]
fn a_key_of_8192_bits_is_read_and_signs() {
    let store = open_with(&vector("rsa8192.der"), "").unwrap();
    let key = store.entries()[0].key().unwrap();
    assert_eq!((key.key_bits(), key.can_sign()), (8192, true));
    // As OpenSSL tells it: openssl pkey -inform der -in rsa8192.der -pubout -outform der | sha256sum.
    assert_eq!(
        crate::support::sha256_hex(key.spki_der().unwrap()),
        "67267267bc028bafcd06665ba70ecc807f8fd2f41cb354bd1de116524fd2c1bf"
    );
}

#[test]
fn identifiers_tell_a_wrong_certificate_from_a_missing_one() {
    let key = String::from_utf8(vector("pkcs8-hmacWithSHA384.pem")).unwrap();
    let other = String::from_utf8(vector("differ.pem")).unwrap();
    let other = &other[other.find("-----BEGIN CERTIFICATE").unwrap()..];
    let with = |of_key: &str, of_certificate: &str| {
        let text = format!("localKeyID: {of_key}\n{key}localKeyID: {of_certificate}\n{other}");
        open_with(text.as_bytes(), "passord").unwrap().entries()[0].standing()
    };
    assert_eq!(with("01 02", "01 02"), KeyAndCertificateDiffer);
    assert_eq!(with("01 02", "01 03"), NoCertificate);
    assert_eq!(with("", ""), KeyAndCertificateDiffer);
}

#[test]
fn keys_whose_numbers_do_not_fit_are_damaged_and_hide_no_other() {
    let text = String::from_utf8(vector("set.jwks")).unwrap();
    let standings = |text: &str| {
        let store = open_with(text.as_bytes(), "").unwrap();
        store
            .entries()
            .iter()
            .map(|entry| entry.standing())
            .collect::<Vec<_>>()
    };
    let changed = |member: &str| {
        let at = text.find(member).unwrap() + member.len();
        let other = if text[at..].starts_with('A') {
            "B"
        } else {
            "A"
        };
        format!("{}{other}{}", &text[..at], &text[at + 1..])
    };
    assert_eq!(
        standings(&changed("\"kid\": \"ec\", \"x\": \"")),
        [Whole, KeyDamaged, NoCertificate]
    );
    assert_eq!(
        standings(&changed("\"qi\": \"")),
        [KeyDamaged, NoCertificate, NoCertificate]
    );
}
