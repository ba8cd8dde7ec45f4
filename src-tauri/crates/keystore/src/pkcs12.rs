//! Opens PKCS#12 files (RFC 7292).
//!
//! What other programs write is read with patience: BER, missing and wrong identifiers, nested bags, bytes after the
//! end. The MAC covers the bytes as they stand, so nothing is encoded anew before it is verified.

use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::ber::{Reader, SEQUENCE};
use crate::encrypted_key::EncryptedKey;
use crate::keystore::{Format, Keystore, Passwords};
use crate::link::{self, FoundCertificate, FoundKey};
use crate::mac_data::MacData;
use crate::password::Password;
use crate::pfx::{Pfx, Safe};
use crate::refusal;
use crate::safe_bag::{BagContent, SafeBag, read_safe_contents};
use crate::work::Work;
use crate::{Certificate, KeystoreError, PrivateKey, Secret};

/// Opens a file.
///
/// # Errors
/// `WrongPassword` and its kin, `Truncated`, `Damaged`, `Unsupported`, `TooLarge`, `TooMuchWork`.
pub(crate) fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
) -> Result<Keystore, KeystoreError> {
    let pfx = Pfx::read(bytes)?;
    let safes = pfx.safes()?;
    let mut room = BAGS_MAX;
    let mut work = Work::default();
    let mut contents = look(&pfx, &safes, &mut room, &mut work)?;

    let store = Password::new(passwords.store);
    if let Some(mac) = &pfx.mac {
        check_mac(mac, &pfx.content, &safes, &store, passwords, &mut work)?;
    }
    for (safe, bags) in safes.iter().zip(&mut contents.bags) {
        if let Safe::Encrypted { scheme, data } = safe {
            match scheme.decrypt(&store, data, &mut work, looks_like_safe_contents)? {
                Some(plain) => {
                    *bags = read_safe_contents(&plain, &mut room)?;
                    declare_keys(bags, &mut work)?;
                    contents.is_proved = true;
                }
                // With a right MAC the password is not what is wrong.
                None if pfx.mac.is_some() => {
                    return Err(KeystoreError::Damaged {
                        what: "encrypted safe",
                    });
                }
                None => return Err(refused(&safes, passwords, &mut work)),
            }
        }
    }
    contents.is_proved |= pfx.mac.is_some();
    let mut store = gather(contents, &store, passwords, now, &mut work)?;
    store.is_password_ascii = passwords
        .store
        .is_none_or(|password| password.expose().is_ascii());
    Ok(store)
}

/// What a file shows without a password.
#[derive(Debug, Default)]
pub(crate) struct Outside {
    /// Whether a password is needed.
    pub(crate) is_locked: bool,
    /// Whether any cipher is weak today.
    pub(crate) is_legacy: bool,
    /// The ciphers and the MAC, each once.
    pub(crate) algorithms: Vec<String>,
    /// How many bags can be seen; those in encrypted safes cannot.
    pub(crate) visible_bags: usize,
}

/// Looks at a file without a password.
///
/// # Errors
/// As [`open`], but for passwords.
pub(crate) fn look_outside(bytes: &[u8]) -> Result<Outside, KeystoreError> {
    let pfx = Pfx::read(bytes)?;
    let mut outside = Outside::default();
    if let Some(mac) = &pfx.mac {
        outside.is_locked = true;
        outside.algorithms.push(mac.name());
    }
    let mut note = |scheme: &crate::pbe::Scheme<'_>| {
        outside.is_locked = true;
        outside.is_legacy |= scheme.is_legacy();
        if !outside.algorithms.contains(&scheme.name()) {
            outside.algorithms.push(scheme.name());
        }
    };
    let mut room = BAGS_MAX;
    for safe in pfx.safes()? {
        match safe {
            Safe::Encrypted { scheme, .. } => note(&scheme),
            Safe::Plain(plain) => {
                for bag in read_safe_contents(&plain, &mut room)? {
                    outside.visible_bags += 1;
                    if let BagContent::ShroudedKey(key) = &bag.content {
                        note(&EncryptedKey::read(key)?.scheme);
                    }
                }
            }
        }
    }
    Ok(outside)
}

/// The bags, safe by safe, and what is known of the whole.
struct Contents {
    bags: Vec<Vec<SafeBag>>,
    is_legacy: bool,
    /// Whether something was opened with the store's password, so that what stays shut has another.
    is_proved: bool,
}

/// Reads what can be read without a password, and adds up the rounds before any is done.
fn look(
    pfx: &Pfx<'_>,
    safes: &[Safe<'_>],
    room: &mut usize,
    work: &mut Work,
) -> Result<Contents, KeystoreError> {
    if let Some(mac) = &pfx.mac {
        work.declare(mac.iterations())?;
    }
    let mut contents = Contents {
        bags: Vec::with_capacity(safes.len()),
        is_legacy: false,
        is_proved: false,
    };
    for safe in safes {
        contents.bags.push(match safe {
            Safe::Plain(plain) => {
                let bags = read_safe_contents(plain, room)?;
                declare_keys(&bags, work)?;
                bags
            }
            Safe::Encrypted { scheme, .. } => {
                work.declare(scheme.iterations())?;
                contents.is_legacy |= scheme.is_legacy();
                Vec::new()
            }
        });
    }
    Ok(contents)
}

fn declare_keys(bags: &[SafeBag], work: &mut Work) -> Result<(), KeystoreError> {
    for bag in bags {
        if let BagContent::ShroudedKey(key) = &bag.content {
            work.declare(EncryptedKey::read(key)?.scheme.iterations())?;
        }
    }
    Ok(())
}

fn check_mac(
    mac: &MacData<'_>,
    content: &[u8],
    safes: &[Safe<'_>],
    store: &Password,
    passwords: &Passwords<'_>,
    work: &mut Work,
) -> Result<(), KeystoreError> {
    if mac.verify(store, content, work)? {
        return Ok(());
    }
    // A password that opens the safes is right: then the file was changed after it was made.
    if opens_a_safe(safes, store, work)? {
        return Err(KeystoreError::Damaged { what: "MAC" });
    }
    Err(refusal::name(passwords.store, work, |other, work| {
        mac.verify(other, content, work)
    }))
}

fn refused(safes: &[Safe<'_>], passwords: &Passwords<'_>, work: &mut Work) -> KeystoreError {
    refusal::name(passwords.store, work, |other, work| {
        opens_a_safe(safes, other, work)
    })
}

fn opens_a_safe(
    safes: &[Safe<'_>],
    password: &Password,
    work: &mut Work,
) -> Result<bool, KeystoreError> {
    for safe in safes {
        if let Safe::Encrypted { scheme, data } = safe {
            return Ok(scheme
                .decrypt(password, data, work, looks_like_safe_contents)?
                .is_some());
        }
    }
    Ok(false)
}

/// Opens the keys, and joins everything.
fn gather(
    contents: Contents,
    store: &Password,
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work,
) -> Result<Keystore, KeystoreError> {
    let own = passwords.key.map(|own| Password::new(Some(own)));
    let tries: Vec<&Password> = std::iter::once(store).chain(&own).collect();
    let mut is_legacy = contents.is_legacy;
    let mut keys = Vec::new();
    let mut certificates: Vec<FoundCertificate> = Vec::new();
    let mut unreadable_certificates = 0;
    for bag in contents.bags.into_iter().flatten() {
        let SafeBag {
            content,
            friendly_name: name,
            local_key_id,
        } = bag;
        match content {
            BagContent::Key(plain) => {
                let key = plain_key(plain);
                keys.push(FoundKey {
                    name,
                    local_key_id,
                    key,
                });
            }
            BagContent::ShroudedKey(bytes) => {
                let encrypted = EncryptedKey::read(&bytes)?;
                is_legacy |= encrypted.scheme.is_legacy();
                let key = shrouded_key(&encrypted, &tries, work)?;
                keys.push(FoundKey {
                    name,
                    local_key_id,
                    key,
                });
            }
            BagContent::Certificate(der) => match Certificate::from_der(&der) {
                Ok(certificate) => certificates.push(FoundCertificate {
                    name,
                    local_key_id,
                    certificate,
                }),
                Err(_) => unreadable_certificates += 1,
            },
        }
    }
    let is_shut = !keys.is_empty()
        && keys
            .iter()
            .all(|found| matches!(found.key, Err(KeystoreError::KeyLocked)));
    if is_shut && !contents.is_proved {
        return Err(KeystoreError::WrongPassword);
    }
    let entries = link::link(keys, &certificates, now);
    Ok(Keystore {
        format: Format::Pkcs12,
        entries,
        certificates: link::each_once(certificates.into_iter().map(|found| found.certificate)),
        unreadable_certificates,
        legacy_encryption: is_legacy,
        is_password_ascii: true,
    })
}

/// A key that opens but is broken stays in the list, so that the others are not hidden.
fn shrouded_key(
    encrypted: &EncryptedKey<'_>,
    tries: &[&Password],
    work: &mut Work,
) -> Result<Result<PrivateKey, KeystoreError>, KeystoreError> {
    match encrypted.open(tries, work) {
        Ok(Some(key)) => Ok(Ok(key)),
        Ok(None) => Ok(Err(KeystoreError::KeyLocked)),
        Err(error @ KeystoreError::TooMuchWork { .. }) => Err(error),
        Err(_) => Ok(Err(KeystoreError::KeyDamaged)),
    }
}

fn plain_key(plain: Zeroizing<Vec<u8>>) -> Result<PrivateKey, KeystoreError> {
    PrivateKey::from_pkcs8(Secret::from(plain)).map_err(|_| KeystoreError::KeyDamaged)
}

/// Whether the bytes are SafeContents; one wrong password in 256 leaves a right padding.
fn looks_like_safe_contents(plain: &[u8]) -> bool {
    let mut outer = Reader::new(plain);
    let Ok(contents) = outer.expect(SEQUENCE) else {
        return false;
    };
    let Ok(mut bags) = contents.inside() else {
        return false;
    };
    bags.is_empty() || bags.expect(SEQUENCE).is_ok()
}

/// A file of the allowed size has room for more bags than any honest one.
const BAGS_MAX: usize = 5000;
