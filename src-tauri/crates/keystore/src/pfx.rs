//! The outer layers of a PKCS#12 file (RFC 7292 §4): PFX, AuthenticatedSafe and its safes.

use crate::ber::{
    BerError, CONTEXT, CONTEXT_CONSTRUCTED, INTEGER, OCTET_STRING, OID, Octets, Reader, SEQUENCE,
    Tlv, outermost,
};
use crate::mac_data::MacData;
use crate::pbe::Scheme;
use crate::{KeystoreError, oid};

/// A PFX: the content under the MAC, and the MAC.
pub(crate) struct Pfx<'a> {
    /// AuthenticatedSafe in BER, its pieces joined: exactly what the MAC covers.
    pub(crate) content: Octets<'a>,
    pub(crate) mac: Option<MacData<'a>>,
}

/// One safe of the AuthenticatedSafe: SafeContents in BER.
pub(crate) enum Safe<'a> {
    /// Open to everyone.
    Plain(Octets<'a>),
    /// Under the password.
    Encrypted {
        scheme: Scheme<'a>,
        data: Octets<'a>,
    },
}

impl<'a> Pfx<'a> {
    /// Reads a PFX; bytes after it are ignored.
    ///
    /// # Errors
    /// `Truncated`, `Damaged`, and `Unsupported` for files under a public key.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, KeystoreError> {
        let pfx = outermost(bytes, "PFX")?;
        let mut fields = pfx.inside().map_err(in_pfx)?;
        let version = fields
            .expect(INTEGER)
            .and_then(|version| version.number())
            .map_err(in_pfx)?;
        if version != 3 {
            return Err(KeystoreError::Unsupported {
                what: format!("PFX version {version}"),
            });
        }
        let (kind, content) = content_info(&fields.expect(SEQUENCE).map_err(in_pfx)?)?;
        if kind != oid::DATA {
            return Err(KeystoreError::Unsupported {
                what: oid::name(kind),
            });
        }
        let content = content.octets().map_err(in_pfx)?;
        let mac = match fields.optional(SEQUENCE).map_err(in_pfx)? {
            Some(mac) => Some(MacData::read(&mac)?),
            None => None,
        };
        Ok(Self { content, mac })
    }

    /// The safes, in the file's order.
    ///
    /// # Errors
    /// `Damaged`; `Unsupported` for a cipher that is not read; `TooLarge` for too many.
    pub(crate) fn safes(&self) -> Result<Vec<Safe<'_>>, KeystoreError> {
        let mut list = Reader::new(&self.content)
            .expect(SEQUENCE)
            .and_then(|list| list.inside())
            .map_err(in_safe)?;
        let mut safes = Vec::new();
        while !list.is_empty() {
            if safes.len() == SAFES_MAX {
                return Err(KeystoreError::TooLarge);
            }
            let (kind, content) = content_info(&list.expect(SEQUENCE).map_err(in_safe)?)?;
            safes.push(match kind {
                oid::DATA => Safe::Plain(content.octets().map_err(in_safe)?),
                oid::ENCRYPTED_DATA => encrypted_data(&content)?,
                other => {
                    return Err(KeystoreError::Unsupported {
                        what: oid::name(other),
                    });
                }
            });
        }
        Ok(safes)
    }
}

/// ContentInfo (RFC 2315 §7): a type, and the element inside `[0]`.
fn content_info<'a>(info: &Tlv<'a>) -> Result<(&'a [u8], Tlv<'a>), KeystoreError> {
    let mut fields = info.inside().map_err(in_pfx)?;
    let kind = fields.expect(OID).map_err(in_pfx)?.content;
    let content = fields
        .expect(CONTEXT_CONSTRUCTED)
        .and_then(|content| content.inside()?.any())
        .map_err(in_pfx)?;
    Ok((kind, content))
}

/// EncryptedData (RFC 2315 §13).
fn encrypted_data<'a>(data: &Tlv<'a>) -> Result<Safe<'a>, KeystoreError> {
    let mut fields = data.inside().map_err(in_safe)?;
    fields.expect(INTEGER).map_err(in_safe)?;
    let mut info = fields
        .expect(SEQUENCE)
        .and_then(|info| info.inside())
        .map_err(in_safe)?;
    info.expect(OID).map_err(in_safe)?;
    let scheme = Scheme::read(&info.expect(SEQUENCE).map_err(in_safe)?)?;
    let content = info.any().map_err(in_safe)?;
    if ![CONTEXT, CONTEXT_CONSTRUCTED, OCTET_STRING].contains(&content.tag) {
        return Err(KeystoreError::Damaged {
            what: "encrypted content",
        });
    }
    Ok(Safe::Encrypted {
        scheme,
        data: content.octets().map_err(in_safe)?,
    })
}

fn in_pfx(error: BerError) -> KeystoreError {
    error.in_part("PFX")
}

fn in_safe(error: BerError) -> KeystoreError {
    error.in_part("AuthenticatedSafe")
}

const SAFES_MAX: usize = 1000;
