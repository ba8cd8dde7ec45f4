//! Whether a certificate is revoked: the question to an OCSP responder (RFC 6960), and the answers of responders and
//! of revocation lists (RFC 5280 §5).
//!
//! Nothing is carried here. An answer counts only when everything about it fits: who signed it, which certificate it
//! is about, and when it was made. One that does not count says nothing, least of all that a certificate is revoked.

use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::ber::{BerError, OID, Reader, Tlv};
use crate::certificate::{moment, verify};
use crate::{Certificate, oid};

mod crl;
mod ocsp;

/// A certificate whose state is asked for, with the certificate that was proved to have issued it.
#[derive(Clone, Debug)]
pub struct RevocationQuestion {
    certificate: Certificate,
    issuer: Certificate,
}

/// What an issuer says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevocationAnswer {
    /// The state of the certificate.
    pub status: RevocationStatus,
    /// When the issuer knew this (thisUpdate), UTC.
    pub as_of: OffsetDateTime,
    /// When it will know more, UTC; none where that is at any time.
    pub next_update: Option<OffsetDateTime>,
}

/// The state of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// It is not revoked.
    Good,
    /// It is revoked.
    Revoked {
        /// Since when, UTC.
        at: OffsetDateTime,
        /// Why, where that is said.
        reason: Option<RevocationReason>,
    },
    /// The responder knows of no such certificate.
    Unknown,
}

/// Why a certificate was revoked (RFC 5280 §5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevocationReason {
    /// 0: not said.
    Unspecified,
    /// 1: someone else may have the key.
    KeyCompromise,
    /// 2: someone else may have the issuer's key.
    CaCompromise,
    /// 3: what the certificate says of its holder is no longer true.
    AffiliationChanged,
    /// 4: another certificate took its place.
    Superseded,
    /// 5: it is no longer needed.
    CessationOfOperation,
    /// 6: for the time being only.
    CertificateHold,
    /// 9: a right that the certificate tells of was taken back.
    PrivilegeWithdrawn,
    /// 10: someone else may have the key of the authority for attributes.
    AaCompromise,
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum RevocationError {
    /// The bytes are no such answer.
    #[error("the answer cannot be read")]
    Unreadable,
    /// The responder would not answer (RFC 6960 §4.2.1): busy, closed to us, or at odds with the question.
    #[error("the responder gives no answer")]
    NotAnswered,
    /// The answer is about other certificates.
    #[error("the answer is about another certificate")]
    OtherCertificate,
    /// It is signed by none that may speak for the issuer, or the signature is wrong.
    #[error("the answer is not signed by the issuer or its responder")]
    WrongSigner,
    /// It is too old, or from the future.
    #[error("the answer is not current")]
    NotCurrent,
    /// It answers another question than ours.
    #[error("the answer is to another question")]
    NonceDiffers,
    /// It is of a kind that is not read: in parts, indirect, or with critical extensions that are not known.
    #[error("the answer is of a kind that is not read")]
    Unsupported,
}

impl RevocationQuestion {
    /// The question, where `issuer` issued the certificate; none otherwise.
    pub fn new(certificate: &Certificate, issuer: &Certificate) -> Option<Self> {
        certificate.is_issued_by(issuer).then(|| Self {
            certificate: certificate.clone(),
            issuer: issuer.clone(),
        })
    }

    /// What is posted to a responder: an OCSPRequest in DER (RFC 6960 §4.1). `nonce` must be fresh every time; 1 to
    /// 32 bytes (RFC 8954 §2.1).
    pub fn ocsp_request(&self, nonce: &[u8]) -> Vec<u8> {
        ocsp::request(self, nonce)
    }

    /// Reads what a responder answered: an OCSPResponse in DER (RFC 6960 §4.2).
    ///
    /// # Errors
    /// Why the answer does not count.
    pub fn read_ocsp_response(
        &self,
        response: &[u8],
        nonce: &[u8],
        now: OffsetDateTime,
    ) -> Result<RevocationAnswer, RevocationError> {
        ocsp::read(self, response, nonce, now)
    }

    /// Looks the certificate up in a revocation list: a CertificateList in DER (RFC 5280 §5.1).
    ///
    /// # Errors
    /// Why the list does not count.
    pub fn read_crl(
        &self,
        crl: &[u8],
        now: OffsetDateTime,
    ) -> Result<RevocationAnswer, RevocationError> {
        crl::read(self, crl, now)
    }
}

impl RevocationReason {
    /// The name of RFC 5280.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }

    /// Of the content of a CRLReason; none for numbers that are not in use.
    fn of(content: &[u8]) -> Option<Self> {
        Some(match content {
            [0] => Self::Unspecified,
            [1] => Self::KeyCompromise,
            [2] => Self::CaCompromise,
            [3] => Self::AffiliationChanged,
            [4] => Self::Superseded,
            [5] => Self::CessationOfOperation,
            [6] => Self::CertificateHold,
            [9] => Self::PrivilegeWithdrawn,
            [10] => Self::AaCompromise,
            _ => return None,
        })
    }
}

impl RevocationError {
    /// The stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NotAnswered => "not_answered",
            Self::OtherCertificate => "other_certificate",
            Self::WrongSigner => "wrong_signer",
            Self::NotCurrent => "not_current",
            Self::NonceDiffers => "nonce_differs",
            Self::Unsupported => "unsupported",
        }
    }
}

impl From<BerError> for RevocationError {
    fn from(_: BerError) -> Self {
        Self::Unreadable
    }
}

/// Whether `signer` made the signature. SHA-1 does not count: here something is believed for it.
fn is_signed_by(signer: &Certificate, algorithm: &[u8], signed: &[u8], signature: &[u8]) -> bool {
    let id = Reader::new(algorithm).expect(OID);
    let is_weak = id.is_ok_and(|id| id.content == oid::SHA1_WITH_RSA);
    !is_weak && verify(algorithm, signer.public_key(), signed, signature)
}

/// Whether `issuer` issued the certificate, so that it may be believed in its name.
fn is_soundly_issued_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let (algorithm, signed, signature) = certificate.signed_parts();
    certificate.issuer().der() == issuer.subject().der()
        && is_signed_by(issuer, algorithm, signed, signature)
}

/// A time of an answer.
fn time(tlv: &Tlv<'_>) -> Result<OffsetDateTime, RevocationError> {
    moment(tlv).ok_or(RevocationError::Unreadable)
}

/// Whether an answer of that time counts now. One that does not say when the next is due counts for a day.
fn check_current(
    as_of: OffsetDateTime,
    next_update: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<(), RevocationError> {
    let until = next_update.unwrap_or_else(|| as_of.saturating_add(WITHOUT_NEXT_MAX));
    match as_of <= now.saturating_add(SKEW) && now <= until.saturating_add(SKEW) {
        true => Ok(()),
        false => Err(RevocationError::NotCurrent),
    }
}

/// How much our clock may be wrong, or theirs.
const SKEW: Duration = Duration::minutes(5);
const WITHOUT_NEXT_MAX: Duration = Duration::days(1);
