//! Revocation lists (RFC 5280 §5).

use time::OffsetDateTime;

use super::{
    RevocationAnswer, RevocationError, RevocationQuestion, RevocationReason, RevocationStatus,
    check_current, is_signed_by, time,
};
use crate::ber::{
    BIT_STRING, BOOLEAN, CONTEXT, CONTEXT_CONSTRUCTED, ENUMERATED, INTEGER, OCTET_STRING, OID,
    Reader, SEQUENCE, Tlv, without_leading_zeros,
};
use crate::certificate::KeyUsage;
use crate::{Certificate, oid};

/// §6.3.3, for a whole list of the certificate's own issuer; others are not read.
pub(super) fn read(
    question: &RevocationQuestion,
    crl: &[u8],
    now: OffsetDateTime,
) -> Result<RevocationAnswer, RevocationError> {
    let mut parts = Reader::new(crl).expect(SEQUENCE)?.inside()?;
    let signed = parts.expect(SEQUENCE)?;
    let algorithm = parts.expect(SEQUENCE)?.content;
    let signature = parts.expect(BIT_STRING)?.bits()?;

    let mut fields = signed.inside()?;
    fields.optional(INTEGER)?;
    fields.expect(SEQUENCE)?;
    let name = fields.any()?.raw;
    let as_of = time(&fields.any()?)?;
    let next_update = match fields.optional(UTC_TIME)? {
        Some(next) => Some(next),
        None => fields.optional(GENERALIZED_TIME)?,
    };
    let next_update = next_update.map(|next| time(&next)).transpose()?;
    let revoked = fields.optional(SEQUENCE)?;
    let extensions = fields.optional(CONTEXT_CONSTRUCTED)?;

    if name != question.certificate.issuer().der() {
        return Err(RevocationError::OtherCertificate);
    }
    if !may_sign(question) || !is_signed_by(&question.issuer, algorithm, signed.raw, signature) {
        return Err(RevocationError::WrongSigner);
    }
    if let Some(extensions) = extensions {
        check_whole(&extensions, &question.certificate)?;
    }
    check_current(as_of, next_update, now)?;
    let status = match revoked {
        Some(revoked) => status(&revoked, question.certificate.serial())?,
        None => RevocationStatus::Good,
    };
    Ok(RevocationAnswer {
        status,
        as_of,
        next_update,
    })
}

/// An issuer that says what its key is for must say cRLSign (§4.2.1.3).
fn may_sign(question: &RevocationQuestion) -> bool {
    let usage = question.issuer.key_usage();
    usage.is_empty() || usage.contains(&KeyUsage::CrlSign)
}

/// Refuses lists that tell only a part: changes to another list, other issuers' certificates, some of the reasons.
fn check_whole(field: &Tlv<'_>, certificate: &Certificate) -> Result<(), RevocationError> {
    let mut list = field.inside()?.expect(SEQUENCE)?.inside()?;
    while !list.is_empty() {
        let extension = Extension::read(&list.expect(SEQUENCE)?)?;
        match extension.id {
            oid::ISSUING_DISTRIBUTION_POINT => check_place(extension.value, certificate)?,
            oid::DELTA_CRL_INDICATOR => return Err(RevocationError::Unsupported),
            _ if extension.is_critical => return Err(RevocationError::Unsupported),
            _ => {}
        }
    }
    Ok(())
}

/// Of an IssuingDistributionPoint (§5.2.5) only the address [0] and «only users' certificates» [1] can leave a list
/// whole for us: an address of the certificate's own, and no certificate of an issuer.
fn check_place(value: &[u8], certificate: &Certificate) -> Result<(), RevocationError> {
    let mut parts = Reader::new(value).expect(SEQUENCE)?.inside()?;
    while !parts.is_empty() {
        let part = parts.any()?;
        let is_set = part.content != [0];
        match part.tag {
            // §6.3.3 (b)(2)(i): an issuer may keep several lists, and each certificate names its own.
            CONTEXT_CONSTRUCTED => {
                let mut urls = certificate.crl_urls().iter();
                let addresses = addresses(&part)?;
                if !urls.any(|url| addresses.contains(&url.as_bytes())) {
                    return Err(RevocationError::OtherCertificate);
                }
            }
            ONLY_USERS if !is_set || !certificate.is_ca() => {}
            ONLY_ISSUERS | INDIRECT | ONLY_ATTRIBUTES if !is_set => {}
            _ => return Err(RevocationError::Unsupported),
        }
    }
    Ok(())
}

/// The addresses of a DistributionPointName that is a fullName; a name relative to the issuer's is not read.
fn addresses<'a>(field: &Tlv<'a>) -> Result<Vec<&'a [u8]>, RevocationError> {
    let name = field.inside()?.any()?;
    if name.tag != CONTEXT_CONSTRUCTED {
        return Err(RevocationError::Unsupported);
    }
    let mut names = name.inside()?;
    let mut addresses = Vec::new();
    while !names.is_empty() {
        let name = names.any()?;
        if name.tag == URI {
            addresses.push(name.content);
        }
    }
    Ok(addresses)
}

/// Looks a serial number up, given without leading zeros.
fn status(revoked: &Tlv<'_>, serial: &[u8]) -> Result<RevocationStatus, RevocationError> {
    let mut entries = revoked.inside()?;
    let mut found = None;
    while !entries.is_empty() {
        let mut fields = entries.expect(SEQUENCE)?.inside()?;
        let is_ours = without_leading_zeros(fields.expect(INTEGER)?.content) == serial;
        let at = fields.any()?;
        let extensions = fields.optional(SEQUENCE)?;
        // Every entry is read: one that speaks of another issuer would change what those after it mean.
        let reason = match extensions {
            Some(extensions) => reason(&extensions)?,
            None => None,
        };
        if is_ours {
            found = Some(RevocationStatus::Revoked {
                at: time(&at)?,
                reason,
            });
        }
    }
    Ok(found.unwrap_or(RevocationStatus::Good))
}

/// The reason among the extensions of an entry (§5.3).
fn reason(extensions: &Tlv<'_>) -> Result<Option<RevocationReason>, RevocationError> {
    let mut found = None;
    let mut list = extensions.inside()?;
    while !list.is_empty() {
        let extension = Extension::read(&list.expect(SEQUENCE)?)?;
        match extension.id {
            oid::CRL_REASON => {
                let value = Reader::new(extension.value).expect(ENUMERATED)?;
                found = RevocationReason::of(value.content);
            }
            _ if extension.is_critical => return Err(RevocationError::Unsupported),
            _ => {}
        }
    }
    Ok(found)
}

struct Extension<'a> {
    id: &'a [u8],
    is_critical: bool,
    value: &'a [u8],
}

impl<'a> Extension<'a> {
    fn read(element: &Tlv<'a>) -> Result<Self, RevocationError> {
        let mut fields = element.inside()?;
        Ok(Self {
            id: fields.expect(OID)?.content,
            is_critical: fields
                .optional(BOOLEAN)?
                .is_some_and(|critical| critical.content != [0]),
            value: fields.expect(OCTET_STRING)?.content,
        })
    }
}

/// The fields of an IssuingDistributionPoint that are BOOLEAN; [3] some of the reasons is not.
const ONLY_USERS: u8 = CONTEXT | 1;
const ONLY_ISSUERS: u8 = CONTEXT | 2;
const INDIRECT: u8 = CONTEXT | 4;
const ONLY_ATTRIBUTES: u8 = CONTEXT | 5;
/// uniformResourceIdentifier of GeneralName.
const URI: u8 = CONTEXT | 6;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
