//! The bags of a PKCS#12 safe (RFC 7292 §4.2).

use zeroize::Zeroizing;

use crate::ber::{BerError, CONTEXT_CONSTRUCTED, OID, Reader, SEQUENCE, SET, Tlv};
use crate::name::utf16_be;
use crate::{KeystoreError, oid};

/// A bag that matters here, taken out of its safe.
pub(crate) struct SafeBag {
    pub(crate) content: BagContent,
    pub(crate) friendly_name: Option<String>,
    pub(crate) local_key_id: Option<Vec<u8>>,
}

/// What is in a bag.
pub(crate) enum BagContent {
    /// A PrivateKeyInfo, plain.
    Key(Zeroizing<Vec<u8>>),
    /// An EncryptedPrivateKeyInfo.
    ShroudedKey(Vec<u8>),
    /// An X.509 certificate in DER.
    Certificate(Vec<u8>),
}

/// Reads SafeContents, nested ones too. Bags of other kinds (CRL, secret) are left out.
///
/// # Errors
/// `Damaged`; `TooLarge` when there are more bags than `room`, which is lowered by those found.
pub(crate) fn read_safe_contents(
    bytes: &[u8],
    room: &mut usize,
) -> Result<Vec<SafeBag>, KeystoreError> {
    let mut bags = Vec::new();
    let contents = Reader::new(bytes).expect(SEQUENCE).map_err(damaged)?;
    read_bags(&contents, &mut bags, room)?;
    Ok(bags)
}

fn read_bags(
    contents: &Tlv<'_>,
    bags: &mut Vec<SafeBag>,
    room: &mut usize,
) -> Result<(), KeystoreError> {
    let mut list = contents.inside().map_err(damaged)?;
    while !list.is_empty() {
        *room = room.checked_sub(1).ok_or(KeystoreError::TooLarge)?;
        let mut fields = list
            .expect(SEQUENCE)
            .and_then(|bag| bag.inside())
            .map_err(damaged)?;
        let kind = fields.expect(OID).map_err(damaged)?.content;
        let value = fields
            .expect(CONTEXT_CONSTRUCTED)
            .and_then(|value| value.inside()?.any())
            .map_err(damaged)?;
        let content = match kind {
            oid::KEY_BAG => BagContent::Key(Zeroizing::new(value.raw.to_vec())),
            oid::SHROUDED_KEY_BAG => BagContent::ShroudedKey(value.raw.to_vec()),
            oid::CERT_BAG => match certificate(&value).map_err(damaged)? {
                Some(certificate) => BagContent::Certificate(certificate),
                None => continue,
            },
            oid::SAFE_CONTENTS_BAG => {
                read_bags(&value, bags, room)?;
                continue;
            }
            _ => continue,
        };
        let (friendly_name, local_key_id) = attributes(&mut fields);
        bags.push(SafeBag {
            content,
            friendly_name,
            local_key_id,
        });
    }
    Ok(())
}

/// CertBag (RFC 7292 §4.2.3); None for the kind that is not X.509.
fn certificate(bag: &Tlv<'_>) -> Result<Option<Vec<u8>>, BerError> {
    let mut fields = bag.inside()?;
    if fields.expect(OID)?.content != oid::X509_CERTIFICATE {
        return Ok(None);
    }
    let certificate = fields.expect(CONTEXT_CONSTRUCTED)?.inside()?.octets()?;
    Ok(Some(certificate.to_vec()))
}

/// friendlyName and localKeyId (RFC 7292 §4.2); odd or empty attributes are passed over.
fn attributes(fields: &mut Reader<'_>) -> (Option<String>, Option<Vec<u8>>) {
    let mut found = (None, None);
    let Ok(Some(mut set)) = fields
        .optional(SET)
        .and_then(|set| set.map(|set| set.inside()).transpose())
    else {
        return found;
    };
    while let Ok(attribute) = set.expect(SEQUENCE) {
        match attribute_value(&attribute) {
            Ok((oid::FRIENDLY_NAME, value)) => {
                found.0 = Some(utf16_be(value.content))
                    .map(|name| name.trim_end_matches('\0').to_owned());
            }
            Ok((oid::LOCAL_KEY_ID, value)) => found.1 = value.octets().ok().map(|id| id.to_vec()),
            _ => {}
        }
    }
    (
        found.0.filter(|name| !name.is_empty()),
        found.1.filter(|id| !id.is_empty()),
    )
}

fn attribute_value<'a>(attribute: &Tlv<'a>) -> Result<(&'a [u8], Tlv<'a>), BerError> {
    let mut fields = attribute.inside()?;
    let id = fields.expect(OID)?.content;
    Ok((id, fields.expect(SET)?.inside()?.any()?))
}

fn damaged(error: BerError) -> KeystoreError {
    error.in_part("SafeContents")
}
