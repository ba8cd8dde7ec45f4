//! Takes off what people and mail programs wrap around a key store: base64, UTF-16, a byte-order mark, a zip file.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::{KeystoreError, pem, zip};

/// The file inside its wrapping, or the bytes themselves. It may hold a plain key, so a copy is wiped.
pub(crate) enum Peeled<'a> {
    /// Nothing was around it.
    Bare(&'a [u8]),
    /// What was inside.
    Inner(Zeroizing<Vec<u8>>),
}

impl std::ops::Deref for Peeled<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Bare(bytes) => bytes,
            Self::Inner(bytes) => bytes,
        }
    }
}

/// What is done with zip files.
#[derive(Clone, Copy)]
enum Zips {
    Opened,
    /// The bytes came out of one already. One that were opened within could hold another, and so without end.
    Left,
}

/// Takes off every layer of wrapping, at most a few.
///
/// # Errors
/// For a zip file that holds no key store, or several; `TooLarge`.
pub(crate) fn peel(bytes: &[u8]) -> Result<Peeled<'_>, KeystoreError> {
    peel_layers(bytes, Zips::Opened)
}

/// The same for a file out of a zip file: a zip file inside a zip file is not looked into, whatever is around it.
///
/// # Errors
/// None but those of the layers themselves.
pub(crate) fn peel_member(bytes: &[u8]) -> Result<Peeled<'_>, KeystoreError> {
    peel_layers(bytes, Zips::Left)
}

fn peel_layers(bytes: &[u8], zips: Zips) -> Result<Peeled<'_>, KeystoreError> {
    let mut peeled = Peeled::Bare(bytes);
    for _ in 0..LAYERS_MAX {
        match peel_once(&peeled, zips)? {
            Some(inner) => peeled = Peeled::Inner(inner),
            None => break,
        }
    }
    Ok(peeled)
}

/// Decodes base64 in either alphabet, with or without padding, blanks and line ends ignored.
pub(crate) fn base64_loose(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut compact = Zeroizing::new(Vec::with_capacity(text.len()));
    for byte in text {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'-' => compact.push(b'+'),
            b'_' => compact.push(b'/'),
            other => compact.push(*other),
        }
    }
    BASE64.decode(compact.as_slice()).ok().map(Zeroizing::new)
}

fn peel_once(bytes: &[u8], zips: Zips) -> Result<Option<Zeroizing<Vec<u8>>>, KeystoreError> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Ok(Some(Zeroizing::new(rest.to_vec()))),
        [0xff, 0xfe, rest @ ..] => Ok(Some(utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Ok(Some(utf16(rest, u16::from_be_bytes))),
        _ if is_zip(bytes) => match zips {
            Zips::Opened => zip::only_key_store(bytes).map(Some),
            Zips::Left => Ok(None),
        },
        _ => Ok(pem_of_pkcs12(bytes).or_else(|| base64_of_key_store(bytes))),
    }
}

/// What `certtool --to-p12` writes where it is not told to write DER: a PKCS#12 file as a PEM block.
fn pem_of_pkcs12(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let body = bytes.trim_ascii_start().strip_prefix(PKCS12_BEGIN)?;
    let end = body
        .windows(PKCS12_END.len())
        .position(|window| window == PKCS12_END)?;
    base64_loose(&body[..end])
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<Vec<u8>> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')));
    Zeroizing::new(text.as_bytes().to_vec())
}

/// The decoded bytes, if the whole text is base64 and what comes out begins as a key store does.
fn base64_of_key_store(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = quoted(bytes.trim_ascii());
    let text = match text
        .windows(8)
        .take(100)
        .position(|window| window == b";base64,")
    {
        Some(at) if text.starts_with(b"data:") => &text[at + 8..],
        _ => text,
    };
    let text = text.strip_prefix(b"base64:").unwrap_or(text);
    if text.len() < BASE64_MIN || !text.iter().all(|byte| is_base64(*byte)) {
        return None;
    }
    let decoded = base64_loose(text)?;
    let is_key_store = match decoded.as_slice() {
        [0x30, 0x80..=0x84, ..] | [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => {
            true
        }
        [0x30, length @ ..0x80, content @ ..] if usize::from(*length) == content.len() => true,
        other => {
            is_zip(other)
                || other.trim_ascii_start().starts_with(pem::BEGIN.as_bytes())
                || other.trim_ascii_start().starts_with(b"{")
        }
    };
    is_key_store.then_some(decoded)
}

fn quoted(text: &[u8]) -> &[u8] {
    match text {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner,
        _ => text,
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'+' | b'/' | b'-' | b'_' | b'=' | b'\r' | b'\n' | b' ' | b'\t'
        )
}

const LAYERS_MAX: usize = 4;
const PKCS12_BEGIN: &[u8] = b"-----BEGIN PKCS12-----";
const PKCS12_END: &[u8] = b"-----END PKCS12-----";
/// Shorter than any certificate or key; keeps words from being taken for base64.
const BASE64_MIN: usize = 60;
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
