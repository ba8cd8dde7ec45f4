//! Finds the one key store in a zip file (PKWARE APPNOTE 6.3), as certificates are mailed.

use std::io::Read;

use flate2::read::DeflateDecoder;
use zeroize::Zeroizing;

use crate::recognise::{MAX_FILE_BYTES, identify};
use crate::{Format, KeystoreError, envelope, pem};

/// The content of the only file in it that is a key store. Certificates that lie beside one are not
/// taken for another: issuers send them along. Beside a key alone they are taken with it, where all is PEM.
///
/// # Errors
/// `NotAKeystore` where none is; `SeveralKeyStores`; `Unsupported` for a zip file with a password and for unusual
/// compression, and `TooLarge`, where nothing else is in it; `Damaged`, `Truncated`.
pub(crate) fn only_key_store(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    let (mut keys, mut certificates) = (Vec::new(), Vec::new());
    let mut unread = None;
    let mut room = MAX_FILE_BYTES;
    for member in members(bytes)? {
        // What lies beside the key store may be anything. One that is larger than it says ends the search: many of these
        // would take long.
        if member.plain > room {
            unread = unread.or(Some(KeystoreError::TooLarge));
            continue;
        }
        let content = match member.content(bytes, room) {
            Ok(content) => content,
            Err(error @ KeystoreError::Unsupported { .. }) => {
                unread = unread.or(Some(error));
                continue;
            }
            Err(error) => return Err(error),
        };
        room -= content.len();
        match holds(&content) {
            Some(Holds::Keys) => keys.push(content),
            Some(Holds::Certificates) => certificates.push(content),
            None => {}
        }
    }
    let content = match (keys.len(), certificates.len()) {
        (0, 0) => return Err(unread.unwrap_or(KeystoreError::NotAKeystore { found: "zip" })),
        (0, 1) => certificates.remove(0),
        (1, _) => with_certificates(keys.remove(0), &certificates),
        _ => return Err(KeystoreError::SeveralKeyStores),
    };
    // A small file must not become the work of a large one; key stores that are larger hardly shrink.
    match content.len() > bytes.len().max(CONTENT_MAX_OF_SMALL) {
        true => Err(KeystoreError::TooLarge),
        false => Ok(content),
    }
}

/// A key in PEM that has no certificate with it, and those that lie beside it.
fn with_certificates(
    key: Zeroizing<Vec<u8>>,
    certificates: &[Zeroizing<Vec<u8>>],
) -> Zeroizing<Vec<u8>> {
    let is_pem = |content: &[u8]| has(content, pem::BEGIN.as_bytes());
    let is_alone = is_pem(&key) && !has(&key, b"-----BEGIN CERTIFICATE");
    if !is_alone || !certificates.iter().all(|content| is_pem(content)) {
        return key;
    }
    let parts = || std::iter::once(&key).chain(certificates);
    // In one piece from the start: a buffer that grows leaves copies of the key behind.
    let mut joined = Zeroizing::new(Vec::with_capacity(parts().map(|part| part.len() + 1).sum()));
    for part in parts() {
        joined.extend_from_slice(part);
        joined.push(b'\n');
    }
    joined
}

/// What a file may be opened for.
enum Holds {
    Certificates,
    Keys,
}

fn holds(content: &[u8]) -> Option<Holds> {
    let inner = envelope::peel_member(content).ok()?;
    let has_key = match identify(&inner).ok()? {
        Format::Pem => has(&inner, b"PRIVATE KEY-----"),
        Format::Der => is_key(&inner),
        _ => true,
    };
    Some(if has_key {
        Holds::Keys
    } else {
        Holds::Certificates
    })
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A private key begins with its version (RFC 5208 §5, RFC 8017 §A.1.2, RFC 5915 §3), a certificate and
/// a list of certificates with something else; an encrypted key with an algorithm, as a certificate
/// does with what is signed.
fn is_key(der: &[u8]) -> bool {
    let length_octets = match der.get(1) {
        Some(long) if long & 0x80 != 0 => usize::from(long & 0x7f),
        _ => 0,
    };
    der.get(2 + length_octets) == Some(&INTEGER)
}

/// One file of the central directory.
struct Member {
    flags: u16,
    method: u16,
    compressed: usize,
    /// The length that it says to have when it is inflated.
    plain: usize,
    header_at: usize,
}

/// §4.3.12: the central directory, found through the record at the end.
fn members(bytes: &[u8]) -> Result<Vec<Member>, KeystoreError> {
    let end = bytes
        .windows(4)
        .rposition(|window| window == END)
        .ok_or(KeystoreError::Truncated { at: bytes.len() })?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = u32_at(bytes, end + 16)?;
    if count > MEMBERS_MAX {
        return Err(KeystoreError::TooLarge);
    }
    let mut members = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4) != Some(&DIRECTORY) {
            return Err(DAMAGED);
        }
        members.push(Member {
            flags: u16_at(bytes, at + 8)?,
            method: u16_at(bytes, at + 10)?,
            compressed: u32_at(bytes, at + 20)?,
            plain: u32_at(bytes, at + 24)?,
            header_at: u32_at(bytes, at + 42)?,
        });
        let lengths = [28, 30, 32].map(|offset| u16_at(bytes, at + offset).map(usize::from));
        for length in lengths {
            at += length?;
        }
        at += 46;
    }
    Ok(members)
}

impl Member {
    fn content(&self, bytes: &[u8], room: usize) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        if self.flags & ENCRYPTED != 0 {
            return Err(KeystoreError::Unsupported {
                what: "zip file with a password".to_owned(),
            });
        }
        let name = usize::from(u16_at(bytes, self.header_at + 26)?);
        let extra = usize::from(u16_at(bytes, self.header_at + 28)?);
        let start = self.header_at + 30 + name + extra;
        let data = bytes.get(start..start + self.compressed).ok_or(DAMAGED)?;
        // It may be a plain key: a buffer that grows leaves copies behind. The byte more tells that the end is reached.
        let mut content = Zeroizing::new(Vec::with_capacity(self.plain.min(room) + 1));
        let limit = room as u64 + 1;
        match self.method {
            0 => data.take(limit).read_to_end(&mut content),
            8 => DeflateDecoder::new(data)
                .take(limit)
                .read_to_end(&mut content),
            other => {
                return Err(KeystoreError::Unsupported {
                    what: format!("zip method {other}"),
                });
            }
        }
        .map_err(|_| DAMAGED)?;
        if content.len() > room {
            Err(KeystoreError::TooLarge)
        } else {
            Ok(content)
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, KeystoreError> {
    match bytes.get(at..at + 2) {
        Some(&[low, high]) => Ok(u16::from_le_bytes([low, high])),
        _ => Err(DAMAGED),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Result<usize, KeystoreError> {
    let (low, high) = (u16_at(bytes, at)?, u16_at(bytes, at + 2)?);
    Ok(usize::from(high) << 16 | usize::from(low))
}

/// X.690 §8.3.
const INTEGER: u8 = 2;

const DAMAGED: KeystoreError = KeystoreError::Damaged { what: "zip file" };
const END: [u8; 4] = *b"PK\x05\x06";
const DIRECTORY: [u8; 4] = *b"PK\x01\x02";
const ENCRYPTED: u16 = 1;
const MEMBERS_MAX: usize = 200;
/// One megabyte: what a zip file smaller than that may hold.
const CONTENT_MAX_OF_SMALL: usize = 1024 * 1024;
