//! Opens PKCS#12 files (RFC 7292).
//!
//! What other programs write is read with patience: BER, missing and wrong identifiers, nested bags, bytes after the
//! end. The MAC covers the bytes as they stand, so nothing is encoded anew before it is verified.

use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::ber::{Reader, SEQUENCE};
use crate::encrypted_key::EncryptedKey;
use crate::found::{self, Found, FoundKey};
use crate::keystore::{Format, Keystore, Passwords};
use crate::mac_data::MacData;
use crate::password::Password;
use crate::pfx::{Pfx, Safe};
use crate::refusal;
use crate::safe_bag::{BagContent, SafeBag, read_safe_contents};
use crate::work::Work;
use crate::{KeystoreError, PrivateKey, Recognised, Secret};

/// Opens a file.
///
/// # Errors
/// `WrongPassword` and its kin, `Truncated`, `Damaged`, `Unsupported`, `TooLarge`, `TooMuchWork`, `Cancelled`.
pub(crate) fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    let pfx = Pfx::read(bytes)?;
    let safes = pfx.safes()?;
    let mut room = BAGS_MAX;
    let mut contents = look(&pfx, &safes, &mut room, work)?;

    let mut store = Password::new(passwords.store);
    let own = passwords.key.map(|own| Password::new(Some(own)));
    let tries: Vec<&Password> = std::iter::once(&store).chain(&own).collect();
    work.allow_spellings(&tries);
    if let Some(mac) = &pfx.mac {
        check_mac(mac, &pfx.content, &safes, &store, passwords, work)?;
        // Programs that need it write few rounds; a heavy file keeps its room for what it declares.
        if work.is_light() {
            store.add_proved_bmp();
        }
    }
    let tries: Vec<&Password> = std::iter::once(&store).chain(&own).collect();
    for (safe, bags) in safes.iter().zip(&mut contents.bags) {
        if let Safe::Encrypted { scheme, data } = safe {
            match scheme.decrypt(&store, data, work, looks_like_safe_contents)? {
                Some(plain) => {
                    *bags = read_safe_contents(&plain, &mut room)?;
                    declare_keys(bags, work)?;
                    contents.is_proved = true;
                }
                // With a right MAC the password is not what is wrong.
                None if pfx.mac.is_some() => {
                    return Err(KeystoreError::Damaged {
                        what: "encrypted safe",
                    });
                }
                None => return Err(refused(&safes, passwords, work)),
            }
        }
    }
    contents.is_proved |= pfx.mac.is_some();
    let mut store = gather(contents, &tries, passwords, now, work)?;
    // The text is needed to see its letters. A password that nothing asked for does not matter.
    let is_ascii = |password: &Secret<String>| password.expose().is_ascii();
    store.is_password_ascii = !work.is_used() || passwords.store.is_none_or(is_ascii);
    Ok(store)
}

/// Looks at a file without a password.
///
/// # Errors
/// As [`open`], but for passwords.
pub(crate) fn look_outside(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    let pfx = Pfx::read(bytes)?;
    let mut seen = Recognised::open_to_all(Format::Pkcs12);
    if let Some(mac) = &pfx.mac {
        seen.add_protection(mac.name(), false, mac.iterations());
    }
    let mut room = BAGS_MAX;
    // Whether anything beside a key that is not read can be there.
    let (mut unread, mut has_others) = (None, false);
    for safe in pfx.safes()? {
        match safe {
            Safe::Encrypted { scheme, .. } => {
                seen.add_scheme(&scheme);
                has_others = true;
            }
            Safe::Plain(plain) => {
                for bag in read_safe_contents(&plain, &mut room)? {
                    seen.visible_parts += 1;
                    let BagContent::ShroudedKey(key) = &bag.content else {
                        has_others |= matches!(bag.content, BagContent::Key(_));
                        continue;
                    };
                    match EncryptedKey::read(key) {
                        Ok(key) => {
                            seen.add_scheme(&key.scheme);
                            has_others = true;
                        }
                        Err(error) => unread = unread.or(Some(error)),
                    }
                }
            }
        }
    }
    match unread {
        Some(error) if !has_others => Err(error),
        _ => Ok(seen),
    }
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
    work: &mut Work<'_>,
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

fn declare_keys(bags: &[SafeBag], work: &mut Work<'_>) -> Result<(), KeystoreError> {
    for bag in bags {
        // One that cannot be read stands among the others as such.
        if let BagContent::ShroudedKey(key) = &bag.content
            && let Ok(key) = EncryptedKey::read(key)
        {
            work.declare(key.scheme.iterations())?;
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
    work: &mut Work<'_>,
) -> Result<(), KeystoreError> {
    if mac.verify(store, content, work)? {
        return Ok(());
    }
    // A password that opens the safes is right: then the file was changed after it was made. Not where only an odd
    // spelling does: the Latin-1 of letters that were garbled on their way is the UTF-8 of the right ones.
    if opens_a_safe(safes, store, work)? && store.bytes.is_right_standard() {
        return Err(KeystoreError::Damaged { what: "MAC" });
    }
    Err(refusal::name(passwords.store, work, |other, work| {
        mac.verify(other, content, work)
    }))
}

fn refused(safes: &[Safe<'_>], passwords: &Passwords<'_>, work: &mut Work<'_>) -> KeystoreError {
    refusal::name(passwords.store, work, |other, work| {
        opens_a_safe(safes, other, work)
    })
}

fn opens_a_safe(
    safes: &[Safe<'_>],
    password: &Password,
    work: &mut Work<'_>,
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
    tries: &[&Password],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
    work: &mut Work<'_>,
) -> Result<Keystore, KeystoreError> {
    let mut found = Found {
        is_legacy: contents.is_legacy,
        ..Found::default()
    };
    let mut shut = None;
    for SafeBag {
        content,
        friendly_name: name,
        local_key_id,
    } in contents.bags.into_iter().flatten()
    {
        let key = match content {
            BagContent::Key(plain) => plain_key(plain),
            BagContent::ShroudedKey(bytes) => {
                let key = EncryptedKey::read(&bytes).and_then(|encrypted| {
                    found.is_legacy |= encrypted.scheme.is_legacy();
                    encrypted.open(tries, work)
                });
                let key = found::opened(key)?;
                if matches!(key, Err(KeystoreError::KeyLocked)) {
                    shut = Some(bytes);
                }
                key
            }
            BagContent::Certificate(der) => {
                found.add_certificate(&der, name.map(Into::into), local_key_id)?;
                continue;
            }
        };
        found.keys.push(FoundKey {
            name,
            local_key_id,
            owns_certificates: false,
            key,
        });
    }
    // Without a MAC and an encrypted safe only the keys can tell whether the password is right.
    if let Some(shut) = shut.filter(|_| found.is_shut() && !contents.is_proved) {
        let shut = EncryptedKey::read(&shut)?;
        return Err(refusal::name(passwords.store, work, |other, work| {
            Ok(shut.open(&[other], work)?.is_some())
        }));
    }
    found.into_keystore(Format::Pkcs12, now)
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
const BAGS_MAX: usize = 2000;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use aws_lc_rs::hmac;
    use time::macros::datetime;

    use super::*;
    use crate::ber::{INTEGER, OCTET_STRING, OID};
    use crate::kdf::{self, Hash, KeyUse};
    use crate::{Pkcs12Encryption, der, oid, write_pkcs12};

    const NOW: OffsetDateTime = datetime!(2026-12-01 12:00 UTC);

    fn open_with(bytes: &[u8], typed: &str) -> Result<Keystore, KeystoreError> {
        let typed = Secret::new(typed.to_owned());
        let passwords = Passwords {
            store: Some(&typed),
            key: None,
        };
        open(bytes, &passwords, NOW, &mut Work::default())
    }

    /// A file as NSS up to 3.30 wrote it: both the MAC and PBKDF2 are fed the BMPString.
    fn of_old_nss(password: &str) -> Vec<u8> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../tests/vectors/keystore/openssl-chain.p12"
        );
        let store = open_with(&std::fs::read(path).unwrap(), "passord").unwrap();
        let identity = store.into_identity(None).unwrap();
        // The bytes of the BMPString of ASCII letters are UTF-8 too, so the writer can be given them as a text.
        let bmp: String = password
            .chars()
            .flat_map(|c| ['\0', c])
            .chain(['\0'; 2])
            .collect();
        let written = write_pkcs12(
            &[&identity],
            &Secret::new(bmp.clone()),
            Pkcs12Encryption::Modern,
        )
        .unwrap();
        let content = Pfx::read(written.expose()).unwrap().content.to_vec();
        with_mac(&content, bmp.as_bytes())
    }

    fn with_mac(content: &[u8], bmp: &[u8]) -> Vec<u8> {
        let (salt, hash, length) = (b"saltsalt", Hash::Sha256, 32);
        let once = std::num::NonZeroU32::MIN;
        let mut work = Work::default();
        let key = kdf::pkcs12(hash, KeyUse::Mac, bmp, salt, once, length, &mut work).unwrap();
        let tag = hmac::sign(&hmac::Key::new(hash.hmac(), &key), content);
        let digest = der::sequence(&[
            &der::algorithm_with_null(oid::SHA256),
            &der::element(OCTET_STRING, &[tag.as_ref()]),
        ]);
        let salt = der::element(OCTET_STRING, &[salt]);
        let mac = der::sequence(&[&digest, &salt, &der::element(INTEGER, &[&[1]])]);
        let data = der::element(0xa0, &[&der::element(OCTET_STRING, &[content])]);
        let safe = der::sequence(&[&der::element(OID, &[oid::DATA]), &data]);
        der::sequence(&[&der::unsigned(&[3]), &safe, &mac]).to_vec()
    }

    #[test]
    fn a_bmpstring_fed_to_pbkdf2_opens_what_old_nss_wrote() {
        let bytes = of_old_nss("passord");
        let store = open_with(&bytes, "passord").unwrap();
        assert!(store.entries()[0].key().is_some());
        let error = open_with(&bytes, "feil").map(|_| ()).unwrap_err();
        assert_eq!(error, KeystoreError::WrongPassword);
    }
}
