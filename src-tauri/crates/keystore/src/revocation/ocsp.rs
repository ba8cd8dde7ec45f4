//! The Online Certificate Status Protocol (RFC 6960).

use aws_lc_rs::digest;
use time::OffsetDateTime;

use super::{
    RevocationAnswer, RevocationError, RevocationQuestion, RevocationReason, RevocationStatus,
    check_current, is_signed_by, is_soundly_issued_by, time,
};
use crate::ber::{
    BIT_STRING, BOOLEAN, CONTEXT, CONTEXT_CONSTRUCTED, ENUMERATED, INTEGER, OCTET_STRING, OID,
    Reader, SEQUENCE, Tlv, without_leading_zeros,
};
use crate::{Certificate, der, oid};

/// §4.1.1: one certificate, named with SHA-1 as every responder takes it, and a nonce (§4.4.1).
pub(super) fn request(question: &RevocationQuestion, nonce: &[u8]) -> Vec<u8> {
    let hashed = |bytes: &[u8]| {
        let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
        der::element(OCTET_STRING, &[hash.as_ref()])
    };
    let certificate_id = der::sequence(&[
        &der::algorithm_with_null(oid::SHA1),
        &hashed(question.issuer.subject().der()),
        &hashed(question.issuer.public_key().bits_of_key()),
        &der::unsigned(question.certificate.serial()),
    ]);
    let requests = der::sequence(&[&der::sequence(&[&certificate_id])]);
    let nonce = der::element(OCTET_STRING, &[nonce]);
    let extension = der::sequence(&[
        &der::element(OID, &[oid::OCSP_NONCE]),
        &der::element(OCTET_STRING, &[&nonce]),
    ]);
    let extensions = der::element(CONTEXT_CONSTRUCTED | 2, &[&der::sequence(&[&extension])]);
    der::sequence(&[&der::sequence(&[&requests, &extensions])]).to_vec()
}

/// §3.2: an answer counts when all of its steps hold.
pub(super) fn read(
    question: &RevocationQuestion,
    response: &[u8],
    nonce: &[u8],
    now: OffsetDateTime,
) -> Result<RevocationAnswer, RevocationError> {
    let mut fields = Reader::new(response).expect(SEQUENCE)?.inside()?;
    if fields.expect(ENUMERATED)?.content != [SUCCESSFUL] {
        return Err(RevocationError::NotAnswered);
    }
    let mut bytes = fields
        .expect(CONTEXT_CONSTRUCTED)?
        .inside()?
        .expect(SEQUENCE)?
        .inside()?;
    if bytes.expect(OID)?.content != oid::OCSP_BASIC {
        return Err(RevocationError::Unsupported);
    }
    let basic = bytes.octets()?;
    let basic = Basic::read(&basic)?;
    // Steps 2 to 4: the signature is right, and made by one who may speak for the issuer.
    if !basic.is_signed_for(&question.issuer, now)? {
        return Err(RevocationError::WrongSigner);
    }
    let data = ResponseData::read(&basic.signed)?;
    // A responder may leave the nonce out; one that sends any must send ours.
    if data.nonce.is_some_and(|sent| sent != nonce) {
        return Err(RevocationError::NonceDiffers);
    }
    // Step 1: one of the answers is about our certificate.
    let mut answers = data.answers.inside()?;
    while !answers.is_empty() {
        let answer = SingleResponse::read(&answers.expect(SEQUENCE)?)?;
        if answer.is_about(question) {
            if let Some(extensions) = &answer.extensions {
                read_extensions(extensions)?;
            }
            // Steps 5 and 6.
            check_current(answer.as_of, answer.next_update, now)?;
            return Ok(RevocationAnswer {
                status: answer.status,
                as_of: answer.as_of,
                next_update: answer.next_update,
            });
        }
    }
    Err(RevocationError::OtherCertificate)
}

/// A BasicOCSPResponse (§4.2.1).
struct Basic<'a> {
    signed: Tlv<'a>,
    algorithm: &'a [u8],
    signature: &'a [u8],
    certificates: Vec<&'a [u8]>,
}

impl<'a> Basic<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, RevocationError> {
        let mut fields = Reader::new(bytes).expect(SEQUENCE)?.inside()?;
        let signed = fields.expect(SEQUENCE)?;
        let algorithm = fields.expect(SEQUENCE)?.content;
        let signature = fields.expect(BIT_STRING)?.bits()?;
        let mut certificates = Vec::new();
        if let Some(list) = fields.optional(CONTEXT_CONSTRUCTED)? {
            let mut list = list.inside()?.expect(SEQUENCE)?.inside()?;
            while !list.is_empty() && certificates.len() < CERTIFICATES_MAX {
                certificates.push(list.expect(SEQUENCE)?.raw);
            }
        }
        Ok(Self {
            signed,
            algorithm,
            signature,
            certificates,
        })
    }

    /// §4.2.2.2: the issuer signs itself, or one to whom it gave a certificate for that, valid now.
    fn is_signed_for(
        &self,
        issuer: &Certificate,
        now: OffsetDateTime,
    ) -> Result<bool, RevocationError> {
        let responder = ResponseData::read(&self.signed)?.responder;
        let is_signer = |signer: &Certificate| {
            responder.is(signer)
                && is_signed_by(signer, self.algorithm, self.signed.raw, self.signature)
        };
        if is_signer(issuer) {
            return Ok(true);
        }
        let delegated = self.certificates.iter().filter_map(|certificate| {
            Certificate::from_der(certificate).ok().filter(|signer| {
                signer.signs_ocsp()
                    && signer.is_valid_at(now)
                    && is_soundly_issued_by(signer, issuer)
            })
        });
        Ok(delegated.into_iter().any(|signer| is_signer(&signer)))
    }
}

/// A ResponseData (§4.2.1), as far as it is looked at.
struct ResponseData<'a> {
    responder: Responder<'a>,
    answers: Tlv<'a>,
    nonce: Option<&'a [u8]>,
}

impl<'a> ResponseData<'a> {
    fn read(data: &Tlv<'a>) -> Result<Self, RevocationError> {
        let mut fields = data.inside()?;
        fields.optional(CONTEXT_CONSTRUCTED)?;
        let responder = Responder::read(&fields.any()?)?;
        // producedAt: each answer tells its own time.
        fields.any()?;
        let answers = fields.expect(SEQUENCE)?;
        let nonce = match fields.optional(CONTEXT_CONSTRUCTED | 1)? {
            Some(extensions) => read_extensions(&extensions)?,
            None => None,
        };
        Ok(Self {
            responder,
            answers,
            nonce,
        })
    }
}

/// The nonce among the extensions of an answer; `Unsupported` where one that is not known is critical (§4.4).
fn read_extensions<'a>(field: &Tlv<'a>) -> Result<Option<&'a [u8]>, RevocationError> {
    let mut nonce = None;
    let mut list = field.inside()?.expect(SEQUENCE)?.inside()?;
    while !list.is_empty() {
        let mut extension = list.expect(SEQUENCE)?.inside()?;
        let id = extension.expect(OID)?.content;
        let critical = extension.optional(BOOLEAN)?;
        let value = extension.expect(OCTET_STRING)?.content;
        if id == oid::OCSP_NONCE {
            // Some responders leave out the OCTET STRING within.
            let inner = Reader::new(value).expect(OCTET_STRING);
            nonce = Some(inner.map_or(value, |inner| inner.content));
        } else if critical.is_some_and(|critical| critical.content != [0]) {
            return Err(RevocationError::Unsupported);
        }
    }
    Ok(nonce)
}

/// A ResponderID: a name, or the SHA-1 of a key.
enum Responder<'a> {
    Name(&'a [u8]),
    Key(&'a [u8]),
}

impl<'a> Responder<'a> {
    fn read(field: &Tlv<'a>) -> Result<Self, RevocationError> {
        let inner = field.inside()?.any()?;
        match field.tag {
            BY_NAME => Ok(Self::Name(inner.raw)),
            BY_KEY if inner.tag == OCTET_STRING => Ok(Self::Key(inner.content)),
            _ => Err(RevocationError::Unreadable),
        }
    }

    fn is(&self, signer: &Certificate) -> bool {
        match self {
            Self::Name(name) => *name == signer.subject().der(),
            Self::Key(hash) => {
                let key = signer.public_key().bits_of_key();
                let own = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, key);
                *hash == own.as_ref()
            }
        }
    }
}

/// A SingleResponse (§4.2.1).
struct SingleResponse<'a> {
    algorithm: &'a [u8],
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    serial: &'a [u8],
    status: RevocationStatus,
    as_of: OffsetDateTime,
    next_update: Option<OffsetDateTime>,
    extensions: Option<Tlv<'a>>,
}

impl<'a> SingleResponse<'a> {
    fn read(element: &Tlv<'a>) -> Result<Self, RevocationError> {
        let mut fields = element.inside()?;
        let mut id = fields.expect(SEQUENCE)?.inside()?;
        let algorithm = id.expect(SEQUENCE)?.inside()?.expect(OID)?.content;
        let name_hash = id.expect(OCTET_STRING)?.content;
        let key_hash = id.expect(OCTET_STRING)?.content;
        let serial = without_leading_zeros(id.expect(INTEGER)?.content);
        let status = status(&fields.any()?)?;
        let as_of = time(&fields.any()?)?;
        let next_update = match fields.optional(CONTEXT_CONSTRUCTED)? {
            Some(field) => Some(time(&field.inside()?.any()?)?),
            None => None,
        };
        Ok(Self {
            algorithm,
            name_hash,
            key_hash,
            serial,
            status,
            as_of,
            next_update,
            extensions: fields.optional(CONTEXT_CONSTRUCTED | 1)?,
        })
    }

    fn is_about(&self, question: &RevocationQuestion) -> bool {
        let algorithm = match self.algorithm {
            oid::SHA1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            oid::SHA256 => &digest::SHA256,
            _ => return false,
        };
        let is_hash_of = |hash: &[u8], bytes| digest::digest(algorithm, bytes).as_ref() == hash;
        self.serial == question.certificate.serial()
            && is_hash_of(self.name_hash, question.issuer.subject().der())
            && is_hash_of(self.key_hash, question.issuer.public_key().bits_of_key())
    }
}

/// A CertStatus.
fn status(field: &Tlv<'_>) -> Result<RevocationStatus, RevocationError> {
    match field.tag {
        GOOD => Ok(RevocationStatus::Good),
        REVOKED => {
            let mut fields = field.inside()?;
            let at = time(&fields.any()?)?;
            let reason = match fields.optional(CONTEXT_CONSTRUCTED)? {
                Some(reason) => RevocationReason::of(reason.inside()?.expect(ENUMERATED)?.content),
                None => None,
            };
            Ok(RevocationStatus::Revoked { at, reason })
        }
        UNKNOWN => Ok(RevocationStatus::Unknown),
        _ => Err(RevocationError::Unreadable),
    }
}

const SUCCESSFUL: u8 = 0;
const BY_NAME: u8 = CONTEXT_CONSTRUCTED | 1;
const BY_KEY: u8 = CONTEXT_CONSTRUCTED | 2;
const GOOD: u8 = CONTEXT;
const REVOKED: u8 = CONTEXT_CONSTRUCTED | 1;
const UNKNOWN: u8 = CONTEXT | 2;
/// A responder sends its own certificate, and at most those above it.
const CERTIFICATES_MAX: usize = 8;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rcgen::{CertificateParams, DnType, Issuer, KeyPair, SigningKey};
    use time::macros::datetime;

    use super::*;
    use crate::ber::NULL;

    /// openssl writes no such extensions; so the answer is made here, and signed by the issuer.
    #[test]
    fn an_answer_with_a_critical_extension_that_is_not_known_does_not_count() {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "ca");
        let ca = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        let leaf = CertificateParams::default();
        let leaf = leaf.signed_by(&KeyPair::generate().unwrap(), &issuer);
        let [ca, leaf] =
            [ca.der(), leaf.unwrap().der()].map(|der| Certificate::from_der(der).unwrap());
        let question = RevocationQuestion::new(&leaf, &ca).unwrap();
        let critical = der::element(BOOLEAN, &[&[0xff]]);
        for (critical, expected) in [
            (&[][..], Ok(RevocationStatus::Good)),
            (&critical, Err(RevocationError::Unsupported)),
        ] {
            let answer = answer(&question, critical, issuer.key());
            let read = read(
                &question,
                &answer,
                b"nonce",
                datetime!(2026-12-01 12:00 UTC),
            );
            assert_eq!(read.map(|answer| answer.status), expected);
        }
    }

    /// That the certificate is good, with one extension.
    fn answer(question: &RevocationQuestion, critical: &[u8], key: &KeyPair) -> Vec<u8> {
        let request = request(question, b"");
        // OCSPRequest, TBSRequest, requestList, Request, CertID.
        let mut reader = Reader::new(&request);
        let mut id = reader.any().unwrap();
        for _ in 0..4 {
            id = id.inside().unwrap().any().unwrap();
        }
        let now = der::element(0x18, &[b"20261201120000Z"]);
        let extension = der::sequence(&[
            &der::element(OID, &[&[0x2a, 3]]),
            critical,
            &der::element(OCTET_STRING, &[&der::element(NULL, &[])]),
        ]);
        let extensions = der::element(CONTEXT_CONSTRUCTED | 1, &[&der::sequence(&[&extension])]);
        let single = der::sequence(&[id.raw, &der::element(GOOD, &[]), &now, &extensions]);
        let responder = der::element(BY_NAME, &[question.issuer.subject().der()]);
        let data = der::sequence(&[&responder, &now, &der::sequence(&[&single])]);
        let algorithm = der::sequence(&[&der::element(OID, &[oid::ECDSA_SHA256])]);
        let signature = key.sign(&data).unwrap();
        let signature = der::element(BIT_STRING, &[&[0], &signature]);
        let basic = der::sequence(&[&data, &algorithm, &signature]);
        let bytes = der::sequence(&[
            &der::element(OID, &[oid::OCSP_BASIC]),
            &der::element(OCTET_STRING, &[&basic]),
        ]);
        der::sequence(&[
            &der::element(ENUMERATED, &[&[SUCCESSFUL]]),
            &der::element(CONTEXT_CONSTRUCTED, &[&bytes]),
        ])
        .to_vec()
    }
}
