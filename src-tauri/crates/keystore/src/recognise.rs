//! Tells what a file is by its content, and what can be seen of it without a password.

use crate::keystore::Format;
use crate::pbe::Scheme;
use crate::{KeystoreError, der_file, envelope, jks, jwk, pem, pkcs12};

/// The largest file that is read: 4 MiB.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// What a file shows without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Its form.
    pub format: Format,
    /// Whether a password is needed to read all of it.
    pub locked: bool,
    /// Whether its protection is weak today.
    pub legacy_encryption: bool,
    /// The ciphers and MACs met on the outside, each once, such as `AES-256-CBC PBKDF2-HMAC-SHA-256`.
    pub algorithms: Vec<String>,
    /// How many keys and certificates can be seen; what lies under encryption is not counted.
    pub visible_parts: usize,
    /// The sum of the rounds of key derivation that the file is seen to demand. A machine does some millions a
    /// second, so above a million the opening takes long enough to be waited for.
    pub iterations: u64,
}

/// Tells the form of a file by its content.
///
/// # Errors
/// `NotAKeystore` with what it is, `Truncated`, `TooLarge`, `Damaged`, `Unsupported`.
pub fn recognise(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    check_size(bytes)?;
    let bytes = envelope::peel(bytes)?;
    match identify(&bytes)? {
        Format::Pkcs12 => pkcs12::look_outside(&bytes),
        Format::Jks | Format::Jceks => jks::look_outside(&bytes),
        Format::Pem => pem::look_outside(&bytes),
        Format::Der => der_file::look_outside(&bytes),
        format @ (Format::Jwk | Format::Jwks) => Ok(Recognised {
            visible_parts: jwk::count(&bytes),
            ..Recognised::open_to_all(format)
        }),
    }
}

impl Recognised {
    /// A file without any protection.
    pub(crate) fn open_to_all(format: Format) -> Self {
        Self {
            format,
            locked: false,
            legacy_encryption: false,
            algorithms: Vec::new(),
            visible_parts: 0,
            iterations: 0,
        }
    }

    /// Takes note of an encryption.
    pub(crate) fn add_scheme(&mut self, scheme: &Scheme<'_>) {
        self.add_protection(scheme.name(), scheme.is_legacy(), scheme.iterations());
    }

    /// Takes note of a protection.
    pub(crate) fn add_protection(&mut self, algorithm: String, is_legacy: bool, iterations: u64) {
        self.locked = true;
        self.iterations = self.iterations.saturating_add(iterations);
        self.legacy_encryption |= is_legacy;
        if !self.algorithms.contains(&algorithm) {
            self.algorithms.push(algorithm);
        }
    }
}

/// Refuses what is larger than [`MAX_FILE_BYTES`].
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), KeystoreError> {
    if bytes.len() > MAX_FILE_BYTES {
        Err(KeystoreError::TooLarge)
    } else {
        Ok(())
    }
}

/// The form of a file without wrapping around it.
///
/// # Errors
/// `NotAKeystore`, and `Truncated` where the beginning is one of DER and the rest is missing.
pub(crate) fn identify(bytes: &[u8]) -> Result<Format, KeystoreError> {
    match bytes {
        [] => return Err(KeystoreError::NotAKeystore { found: "empty" }),
        [0xfe, 0xed, 0xfe, 0xed, ..] => return Ok(Format::Jks),
        [0xce, 0xce, 0xce, 0xce, ..] => return Ok(Format::Jceks),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_text(text)
    {
        return identify_text(text);
    }
    if pem::is_in_latin1(bytes) {
        return Ok(Format::Pem);
    }
    if bytes[0] == 0x30 {
        return der_file::identify(bytes);
    }
    let found = MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map_or("unknown", |(_, found)| found);
    Err(KeystoreError::NotAKeystore { found })
}

fn identify_text(text: &str) -> Result<Format, KeystoreError> {
    if text.contains(pem::BEGIN) {
        return Ok(Format::Pem);
    }
    let trimmed = text.trim_start();
    if trimmed.starts_with(['{', '[']) {
        return match jwk::identify(text) {
            Some(format) => Ok(format),
            None if jwk::is_cut(text) => Err(KeystoreError::Truncated { at: text.len() }),
            None => Err(KeystoreError::NotAKeystore { found: "json" }),
        };
    }
    let start: String = trimmed.chars().take(200).collect::<String>().to_lowercase();
    let found = if trimmed.is_empty() {
        "empty"
    } else if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.contains("<html")
    {
        "html"
    } else if start.starts_with('<') {
        "xml"
    } else if start.starts_with("%pdf") {
        "pdf"
    } else if start.starts_with("ssh-") || start.starts_with("ecdsa-sha2-") {
        "ssh_public_key"
    } else {
        "text"
    };
    Err(KeystoreError::NotAKeystore { found })
}

/// Whether there is nothing in it but what text has.
fn is_text(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// How well-known files begin.
const MAGIC: [(&[u8], &str); 10] = [
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\xd0\xcf\x11\xe0", "office_document"),
    (b"\0\0\0\x02", "bks"),
];
