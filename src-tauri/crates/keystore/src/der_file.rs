//! Files of DER: PKCS#12 is told apart here; single certificates, keys and certificate lists are opened here.

use time::OffsetDateTime;

use crate::ber::{
    BIT_STRING, BerError, CONTEXT_CONSTRUCTED, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, Tlv,
};
use crate::encrypted_key::EncryptedKey;
use crate::found::{self, Found, FoundKey};
use crate::keystore::{Format, Keystore, Passwords};
use crate::password::Password;
use crate::work::Work;
use crate::{KeystoreError, PrivateKey, Recognised, Secret, oid, refusal};

/// What stands in a DER file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pkcs12,
    Certificate,
    /// A list of certificates as a SignedData without content (RFC 2315).
    CertificateList,
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
}

/// Tells PKCS#12 from other DER.
///
/// # Errors
/// `Truncated`; `NotAKeystore` with what it is.
pub(crate) fn identify(bytes: &[u8]) -> Result<Format, KeystoreError> {
    match kind(bytes)? {
        Kind::Pkcs12 => Ok(Format::Pkcs12),
        _ => Ok(Format::Der),
    }
}

/// What can be seen without a password.
///
/// # Errors
/// As [`identify`]; `Unsupported` for an encryption that is not read.
pub(crate) fn look_outside(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    let mut seen = Recognised {
        visible_parts: 1,
        ..Recognised::open_to_all(Format::Der)
    };
    if kind(bytes)? == Kind::EncryptedPkcs8 {
        let scheme = EncryptedKey::read(bytes)?.scheme;
        seen.add_scheme(&scheme);
    }
    Ok(seen)
}

/// Opens a file that holds one certificate, one key, or a list of certificates.
///
/// # Errors
/// `Truncated`, `Damaged`, `KeyDamaged`, `WrongPassword` and its kin, `Unsupported`, `TooMuchWork`, `Cancelled`.
pub(crate) fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    let mut found = Found::default();
    let copy = || Secret::new(bytes.to_vec());
    match kind(bytes)? {
        Kind::Certificate => {
            found.add_certificate(bytes, None, None)?;
            if found.certificates.is_empty() {
                return Err(KeystoreError::Damaged {
                    what: "certificate",
                });
            }
        }
        Kind::CertificateList => add_certificate_list(bytes, &mut found)?,
        Kind::Pkcs8 => add_key(&mut found, PrivateKey::from_pkcs8(copy())?),
        Kind::Pkcs1 => add_key(&mut found, PrivateKey::from_pkcs1(&copy())?),
        Kind::Sec1 => add_key(&mut found, PrivateKey::from_sec1(&copy())?),
        Kind::EncryptedPkcs8 => {
            let encrypted = EncryptedKey::read(bytes)?;
            found.is_legacy = encrypted.scheme.is_legacy();
            add_key(&mut found, open_encrypted(&encrypted, passwords, work)?);
        }
        Kind::Pkcs12 => return Err(KeystoreError::NotAKeystore { found: "unknown" }),
    }
    found.into_keystore(Format::Der, now)
}

/// Opens a key that nothing else lies beside.
fn open_encrypted(
    encrypted: &EncryptedKey<'_>,
    passwords: &Passwords<'_>,
    work: &mut Work<'_>,
) -> Result<PrivateKey, KeystoreError> {
    work.declare(encrypted.scheme.iterations())?;
    let both = [passwords.store, passwords.key].map(Password::new);
    let tries: Vec<&Password> = both.iter().collect();
    work.allow_spellings(&tries);
    match found::opened(encrypted.open(&tries, work))? {
        Err(KeystoreError::KeyLocked) => {
            Err(refusal::name(passwords.store, work, |other, work| {
                Ok(encrypted.open(&[other], work)?.is_some())
            }))
        }
        other => other,
    }
}

/// Adds the certificates of a SignedData.
///
/// # Errors
/// `Damaged`, `TooLarge`.
pub(crate) fn add_certificate_list(bytes: &[u8], found: &mut Found) -> Result<(), KeystoreError> {
    let damaged = |error: BerError| error.in_part("PKCS#7");
    let mut fields = signed_data(bytes).map_err(damaged)?;
    while let Ok(field) = fields.any() {
        if field.tag == CONTEXT_CONSTRUCTED {
            let mut certificates = field.inside().map_err(damaged)?;
            while let Ok(certificate) = certificates.any() {
                found.add_certificate(certificate.raw, None, None)?;
            }
        }
    }
    Ok(())
}

fn signed_data(bytes: &[u8]) -> Result<Reader<'_>, BerError> {
    let mut info = Reader::new(bytes).expect(SEQUENCE)?.inside()?;
    info.expect(OID)?;
    info.expect(CONTEXT_CONSTRUCTED)?
        .inside()?
        .expect(SEQUENCE)?
        .inside()
}

fn add_key(found: &mut Found, key: PrivateKey) {
    found.keys.push(FoundKey {
        name: None,
        local_key_id: None,
        owns_certificates: false,
        key: Ok(key),
    });
}

fn kind(bytes: &[u8]) -> Result<Kind, KeystoreError> {
    let unknown = KeystoreError::NotAKeystore { found: "unknown" };
    let outer = match Reader::new(bytes).expect(SEQUENCE) {
        Ok(outer) => outer,
        Err(BerError::Truncated) => return Err(KeystoreError::Truncated { at: bytes.len() }),
        Err(BerError::Invalid) => return Err(unknown),
    };
    let mut fields = Vec::new();
    let mut reader = outer.inside().map_err(|_| unknown.clone())?;
    while fields.len() < 3 && !reader.is_empty() {
        fields.push(
            reader
                .any()
                .map_err(|_| KeystoreError::Damaged { what: "DER" })?,
        );
    }
    let tags: Vec<u8> = fields.iter().map(|field| field.tag).collect();
    Ok(match tags.as_slice() {
        [INTEGER, SEQUENCE, OCTET_STRING, ..] => Kind::Pkcs8,
        [INTEGER, SEQUENCE, ..] => Kind::Pkcs12,
        [INTEGER, INTEGER, INTEGER, ..] => Kind::Pkcs1,
        [INTEGER, OCTET_STRING, ..] => Kind::Sec1,
        [SEQUENCE, OCTET_STRING, ..] => Kind::EncryptedPkcs8,
        [OID, CONTEXT_CONSTRUCTED, ..] if fields[0].content == oid::SIGNED_DATA => {
            Kind::CertificateList
        }
        [SEQUENCE, BIT_STRING, ..] => {
            return Err(KeystoreError::NotAKeystore {
                found: "public_key",
            });
        }
        [SEQUENCE, SEQUENCE, BIT_STRING] => return signed_kind(&fields[0]),
        _ => return Err(unknown),
    })
}

/// Tells certificates, requests and revocation lists apart: all are signed the same way.
fn signed_kind(signed: &Tlv<'_>) -> Result<Kind, KeystoreError> {
    let mut tags = Vec::new();
    let mut reader = signed.inside().map_err(|_| KeystoreError::Damaged {
        what: "certificate",
    })?;
    while let Ok(field) = reader.any() {
        tags.push(field.tag);
    }
    match tags.as_slice() {
        // Version, subject, public key.
        [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_CONSTRUCTED] | [INTEGER, SEQUENCE, SEQUENCE] => {
            Err(KeystoreError::NotAKeystore { found: "csr" })
        }
        // Version, algorithm, issuer, time; a certificate has its serial number before the algorithm.
        [INTEGER, SEQUENCE, SEQUENCE, 0x17 | 0x18, ..] | [SEQUENCE, ..] => {
            Err(KeystoreError::NotAKeystore { found: "crl" })
        }
        _ => Ok(Kind::Certificate),
    }
}
