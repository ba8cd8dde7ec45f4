//! The blocks of a PEM file, with what OpenSSL writes before and inside them.

use zeroize::Zeroizing;

use super::{BEGIN, DekInfo};
use crate::KeystoreError;
use crate::envelope::base64_loose;
use crate::password::bytes_as_characters;

/// One block.
pub(super) struct Block {
    /// What stands after BEGIN, such as `PRIVATE KEY`.
    pub(super) label: String,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) dek_info: Option<ReadDekInfo>,
    /// The attributes that `openssl pkcs12` writes before a block.
    pub(super) friendly_name: Option<String>,
    pub(super) local_key_id: Option<Vec<u8>>,
}

/// How a block is encrypted as a whole (RFC 1421 §4.6.1.3); one in a way that is not read hides no other.
pub(super) type ReadDekInfo = Result<DekInfo, KeystoreError>;

/// All blocks, in the file's order. Text between them is passed over.
///
/// # Errors
/// `Truncated` where a block does not end, `Damaged` where it is no base64, `TooLarge` for too many.
pub(super) fn read_all(bytes: &[u8]) -> Result<Vec<Block>, KeystoreError> {
    let damaged = KeystoreError::Damaged { what: "PEM" };
    let latin1;
    let mut rest = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => {
            latin1 = bytes_as_characters(bytes);
            &latin1
        }
    };
    let mut blocks = Vec::new();
    while let Some(at) = rest.find(BEGIN) {
        if blocks.len() == BLOCKS_MAX {
            return Err(KeystoreError::TooLarge);
        }
        let before = &rest[..at];
        let truncated = || KeystoreError::Truncated { at: bytes.len() };
        let (label, body) = rest[at + BEGIN.len()..]
            .split_once("-----")
            .ok_or_else(truncated)?;
        let end = body
            .find(&format!("-----END {label}-----"))
            .ok_or_else(truncated)?;
        let (dek_info, base64) = headers(&body[..end])?;
        blocks.push(Block {
            label: label.to_owned(),
            bytes: base64_loose(base64.as_bytes()).ok_or(damaged.clone())?,
            dek_info,
            friendly_name: attribute(before, "friendlyName:").map(str::to_owned),
            local_key_id: attribute(before, "localKeyID:").map(|id| id.as_bytes().to_vec()),
        });
        rest = &body[end..];
        rest = &rest["-----END ".len()..];
    }
    Ok(blocks)
}

/// RFC 1421 §4.6: lines with a colon, then an empty line.
fn headers(body: &str) -> Result<(Option<ReadDekInfo>, &str), KeystoreError> {
    if !body.contains(':') {
        return Ok((None, body));
    }
    let Some((at, blank)) = BLANK_LINES
        .iter()
        .find_map(|blank| body.find(blank).map(|at| (at, blank)))
    else {
        return Err(KeystoreError::Damaged { what: "PEM" });
    };
    let (headers, base64) = (&body[..at], &body[at + blank.len()..]);
    match headers
        .lines()
        .find_map(|line| line.trim().strip_prefix("DEK-Info:"))
    {
        Some(value) => Ok((Some(DekInfo::read(value.trim())), base64)),
        None => Ok((None, base64)),
    }
}

/// The value of the last line with that name.
fn attribute<'a>(before: &'a str, name: &str) -> Option<&'a str> {
    before
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix(name))
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

const BLANK_LINES: [&str; 2] = ["\r\n\r\n", "\n\n"];
const BLOCKS_MAX: usize = 2000;
