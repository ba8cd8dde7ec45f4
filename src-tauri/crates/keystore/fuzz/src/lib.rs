//! What is done with foreign bytes under libFuzzer; `cargo test` does the same with the bytes kept in `corpus/`.
//!
//! `cargo +nightly fuzz run TARGET corpus/TARGET ../../../../tests/vectors/keystore` in this folder. Each function
//! bears the name of its target. None may panic, take long, or take much memory.

use std::ops::ControlFlow;

use aws_lc_rs::digest::{Context, Digest, SHA1_FOR_LEGACY_USE_ONLY};
use keystore::{
    Certificate, Passwords, Progress, RevocationQuestion, Secret, certificate_warnings,
    complete_chain, open_watched, read_public_keys, recognise, warnings,
};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;

/// Any bytes at all, with any password: recognised, opened, and everything asked of what was found.
pub fn any_file(bytes: &[u8]) {
    let _ = recognise(bytes);
    read(bytes, "passord");
}

/// PKCS#12, past the password: the file's own, and spellings of another.
pub fn pkcs12(bytes: &[u8]) {
    const START: &[u8] = &[0x30, 0x80, 2, 1, 3];
    if bytes.first() == Some(&0x30) {
        read(bytes, "passord");
        read(bytes, "blåbær😀");
    } else {
        read(&[START, bytes].concat(), "passord");
    }
}

/// JKS and JCEKS, sealed anew so that what lies behind the seal is reached.
pub fn java(bytes: &[u8]) {
    read(bytes, "passord");
    // A start is put before what has none.
    let start: &[u8] = match bytes.first() {
        Some(0xfe | 0xce) => &[],
        Some(byte) if byte % 2 == 0 => &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2],
        _ => &[0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2],
    };
    let body = match start {
        [] => bytes.get(..bytes.len().saturating_sub(SEAL_BYTES)),
        _ => bytes.get(1..),
    };
    let mut file = [start, body.unwrap_or_default()].concat();
    file.extend_from_slice(seal(&file).as_ref());
    read(&file, "passord");
}

/// PEM, and the block that a text without one would be in.
pub fn pem(bytes: &[u8]) {
    const BEGIN: &[u8] = b"-----BEGIN ";
    read(bytes, "passord");
    if !bytes.windows(BEGIN.len()).any(|window| window == BEGIN) {
        let label: &[u8] = match bytes.first().map_or(0, |byte| byte % 4) {
            0 => b"PRIVATE KEY",
            1 => b"RSA PRIVATE KEY",
            2 => b"ENCRYPTED PRIVATE KEY",
            _ => b"CERTIFICATE",
        };
        let line = |word: &[u8]| [b"-----", word, b" ", label, b"-----\n"].concat();
        let rest = bytes.get(1..).unwrap_or_default();
        read(
            &[&line(b"BEGIN"), rest, b"\n", &line(b"END")].concat(),
            "passord",
        );
    }
}

/// JSON Web Keys, private and public.
pub fn jwk(bytes: &[u8]) {
    read(bytes, "");
    let _ = read_public_keys(bytes);
}

/// One certificate, and all that is told of it.
pub fn certificate(bytes: &[u8]) {
    if let Ok(certificate) = Certificate::from_der(bytes) {
        look(&certificate);
        assert!(
            bytes.starts_with(certificate.der()),
            "a certificate is kept as it stands"
        );
    }
}

/// Answers about a certificate: of responders, and lists. What is signed by its issuer is not reached here, and is the
/// issuer's to get right.
pub fn revocation(bytes: &[u8]) {
    const LEAF: &[u8] = include_bytes!("../../../../../tests/vectors/keystore/auth.cer");
    const ISSUERS: &[u8] = include_bytes!("../../../../../tests/vectors/keystore/chain.p7b");
    let leaf = Certificate::from_der(LEAF).expect("the vector is a certificate");
    let issuers = keystore::open(ISSUERS, &Passwords::default(), NOW).expect("the vector opens");
    let question = RevocationQuestion::new(&leaf, &issuers.certificates()[0]);
    let question = question.expect("the first issued the leaf");
    let _ = question.read_crl(bytes, NOW);
    let _ = question.read_ocsp_response(bytes, b"nonce", NOW);
}

fn read(bytes: &[u8], password: &str) {
    let password = Secret::new(password.to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let Ok(store) = open_watched(bytes, &passwords, NOW, &mut little_work) else {
        return;
    };
    for entry in store.entries() {
        let _ = (warnings(entry, &store, NOW), format!("{entry:?}"));
        let _ = (entry.key_bits(), entry.public_key());
    }
    store
        .certificates()
        .iter()
        .take(LOOKED_AT_MAX)
        .for_each(look);
    let _ = store.recommended();
    let _ = store.into_identity(None);
}

fn look(certificate: &Certificate) {
    let chain = std::slice::from_ref(certificate);
    let _ = certificate_warnings(chain, NOW);
    let _ = complete_chain(chain, chain);
    let _ = format!(
        "{certificate:?} {} {}",
        certificate.subject(),
        certificate.issuer()
    );
    let _ = (certificate.purpose(), certificate.environment());
    for moment in [certificate.not_before(), certificate.not_after()] {
        moment
            .format(&Rfc3339)
            .expect("every time of a certificate can be written down");
    }
}

/// The digest at the end of a Java key store.
fn seal(body: &[u8]) -> Digest {
    let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    hash.update(b"\0p\0a\0s\0s\0o\0r\0dMighty Aphrodite");
    hash.update(body);
    hash.finish()
}

/// Rounds are not what is looked for.
fn little_work(progress: Progress) -> ControlFlow<()> {
    match progress.demanded > ROUNDS_MAX {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    }
}

const NOW: OffsetDateTime = datetime!(2026-12-01 12:00 UTC);
const ROUNDS_MAX: u64 = 20_000;
const LOOKED_AT_MAX: usize = 20;
const SEAL_BYTES: usize = 20;
