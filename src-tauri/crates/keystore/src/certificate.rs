//! X.509 certificates (RFC 5280), read with more patience than a verifier would have.

mod extensions;
mod signature;
mod validity;

use std::fmt;
use std::sync::{Arc, OnceLock};

use aws_lc_rs::digest;
use time::OffsetDateTime;

use crate::KeystoreError;
use crate::ber::{BIT_STRING, BerError, CONTEXT_CONSTRUCTED, INTEGER, SEQUENCE, Tlv, outermost};
use crate::issuer;
use crate::name::{self, Name};
use crate::public_key::{KeyType, PublicKey};

use extensions::Extensions;
pub use extensions::{KeyUsage, Purpose};
pub(crate) use signature::verify;
use validity::Validity;
pub(crate) use validity::moment;

/// A certificate: its DER, unchanged, and what it says.
///
/// What a strict parser would refuse (odd dates, unreadable extensions) is left out instead; nothing here is a
/// verdict on whether to trust the certificate.
///
/// Copies share their content.
#[derive(Clone)]
pub struct Certificate(Arc<Parts>);

struct Parts {
    der: Vec<u8>,
    tbs_range: std::ops::Range<usize>,
    signature_algorithm: Vec<u8>,
    signature: Vec<u8>,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    validity: Validity,
    public_key: PublicKey,
    extensions: Extensions,
    sha256_hex: String,
    /// Verified when first asked for, since every remark on a chain asks.
    is_self_signed: OnceLock<bool>,
}

/// The environment that a certificate is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateEnvironment {
    /// Test certificates of the accepted issuers.
    Test,
    /// Certificates for production.
    Production,
    /// Issued by this program's own practice issuer.
    Practice,
    /// Cannot be told.
    Unknown,
}

/// The Norwegian certificate profile that a certificate follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeidProfile {
    /// The old profile, out of use since 2025.
    Seid1,
    /// The present profile.
    Seid2,
    /// Made by this program for practice.
    Practice,
    /// Neither.
    Other,
}

impl Certificate {
    /// Reads one certificate; bytes after it are ignored.
    ///
    /// # Errors
    /// `Truncated` when the bytes end early, `Damaged` when they are no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, KeystoreError> {
        let outer = outermost(der, "certificate")?;
        parse(&outer).map_err(|error| error.in_part("certificate"))
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// Whom it is issued to.
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// Who issued it.
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// The organisation it is issued to (O of the subject).
    pub fn organisation(&self) -> Option<&str> {
        self.0.subject.organisation()
    }

    /// The nine digits of the organisation number as found, in the order of places of Digdir's validator:
    /// serialNumber, the end of O, organizationIdentifier. The check digit is not looked at.
    pub fn org_number_digits(&self) -> Option<&str> {
        let serial = self
            .0
            .subject
            .attribute(name::SERIAL_NUMBER)
            .filter(|serial| is_nine_digits(serial));
        let organisation = || self.0.subject.organisation().and_then(digits_after_hyphen);
        let identifier = || {
            let identifier = self.0.subject.attribute(name::ORGANISATION_IDENTIFIER)?;
            if is_nine_digits(identifier) {
                Some(identifier)
            } else {
                digits_after_hyphen(identifier)
            }
        };
        serial.or_else(organisation).or_else(identifier)
    }

    /// The moment from which it is valid, UTC.
    pub fn not_before(&self) -> OffsetDateTime {
        self.0.validity.from
    }

    /// The last moment at which it is valid, UTC.
    pub fn not_after(&self) -> OffsetDateTime {
        self.0.validity.to
    }

    /// Whether both times of its validity could be read. Where one could not, nothing is known of when it is valid,
    /// and that side stands open.
    pub fn is_validity_known(&self) -> bool {
        self.0.validity.is_known
    }

    /// Whether it is known to be valid at that moment.
    pub fn is_valid_at(&self, now: OffsetDateTime) -> bool {
        let Validity { from, to, is_known } = self.0.validity;
        is_known && from <= now && now <= to
    }

    /// What the key may be used for, in the order of RFC 5280 §4.2.1.3; empty where nothing is said.
    pub fn key_usage(&self) -> &[KeyUsage] {
        &self.0.extensions.key_usage
    }

    /// What the certificate is for, as Norwegian issuers mean it.
    pub fn purpose(&self) -> Purpose {
        Purpose::of(&self.0.extensions.key_usage)
    }

    /// The environment, by issuer name, policies and known fingerprints. Where there is a chain,
    /// [`chain_environment`](crate::chain_environment) knows more.
    pub fn environment(&self) -> CertificateEnvironment {
        issuer::environment(
            &self.0.sha256_hex,
            &self.0.issuer,
            &self.0.extensions.policies,
        )
    }

    /// The kind of key.
    pub fn key_type(&self) -> KeyType {
        self.0.public_key.key_type()
    }

    /// The size of the key: of the modulus, or of the curve's field; 0 where unknown.
    pub fn key_bits(&self) -> u32 {
        self.0.public_key.bits()
    }

    /// The serial number, lower-case hex without leading zeros.
    pub fn serial_hex(&self) -> String {
        let hex = hex(&self.0.serial);
        match hex.trim_start_matches('0') {
            "" => "0".to_owned(),
            digits => digits.to_owned(),
        }
    }

    /// SHA-256 of the DER, lower-case hex.
    pub fn sha256_hex(&self) -> String {
        self.0.sha256_hex.clone()
    }

    /// SHA-256 of the SubjectPublicKeyInfo, lower-case hex.
    pub fn spki_sha256_hex(&self) -> String {
        self.0.public_key.spki_sha256_hex()
    }

    /// The SubjectPublicKeyInfo in DER.
    pub fn spki_der(&self) -> &[u8] {
        self.0.public_key.spki_der()
    }

    /// The public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public_key
    }

    /// Whether that certificate issued this one: its name is our issuer's, and its key verifies our signature. SHA-1
    /// counts, so nothing may be believed for this alone.
    pub fn is_issued_by(&self, issuer: &Certificate) -> bool {
        self.0.issuer.der() == issuer.0.subject.der() && self.is_signed_with(&issuer.0.public_key)
    }

    /// Whether it issued itself.
    pub fn is_self_signed(&self) -> bool {
        let is_self_signed = || self.is_issued_by(self);
        *self.0.is_self_signed.get_or_init(is_self_signed)
    }

    /// Whether it says that it may issue certificates.
    pub fn is_ca(&self) -> bool {
        self.0.extensions.is_ca
    }

    /// Whether it says that its key may sign answers of an OCSP responder (RFC 6960 §4.2.2.2).
    pub(crate) fn signs_ocsp(&self) -> bool {
        self.0.extensions.signs_ocsp
    }

    /// The serial number without leading zeros.
    pub(crate) fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// The certificate policies, dotted.
    pub fn policies(&self) -> &[String] {
        &self.0.extensions.policies
    }

    /// Where its issuer's certificate can be had (caIssuers, RFC 5280 §4.2.2.1).
    pub fn ca_issuers_urls(&self) -> &[String] {
        &self.0.extensions.ca_issuers_urls
    }

    /// Where its status can be asked (OCSP, RFC 5280 §4.2.2.1).
    pub fn ocsp_urls(&self) -> &[String] {
        &self.0.extensions.ocsp_urls
    }

    /// Where the list of revoked certificates can be had (RFC 5280 §4.2.1.13).
    pub fn crl_urls(&self) -> &[String] {
        &self.0.extensions.crl_urls
    }

    /// Whether it is a seal for payment services (PSD2), which Maskinporten's users report as unusable.
    pub fn is_psd2_seal(&self) -> bool {
        let identifier = self.0.subject.attribute(name::ORGANISATION_IDENTIFIER);
        self.0.extensions.has_psd2_statement
            || identifier.is_some_and(|identifier| identifier.starts_with("PSD"))
    }

    /// Whether it is issued to a person and not to an organisation.
    pub fn is_personal(&self) -> bool {
        let subject = self.subject();
        let is_named = subject
            .attribute(name::SURNAME)
            .or(subject.attribute(name::GIVEN_NAME))
            .is_some();
        let is_numbered = subject
            .attribute(name::SERIAL_NUMBER)
            .is_some_and(|serial| PERSON_NUMBERS.iter().any(|kind| serial.starts_with(kind)));
        self.org_number_digits().is_none() && (is_named || is_numbered)
    }

    /// Whether it is issued for a website: for servers alone, or also for clients and to no organisation by number
    /// (RFC 5280 §4.2.1.12).
    pub fn is_of_website(&self) -> bool {
        let extensions = &self.0.extensions;
        let is_of_organisation = extensions.is_for_clients && self.org_number_digits().is_some();
        extensions.is_for_servers && !is_of_organisation
    }

    /// The profile it follows.
    pub fn seid(&self) -> SeidProfile {
        if self.environment() == CertificateEnvironment::Practice {
            return SeidProfile::Practice;
        }
        if !issuer::is_known_issuer(&self.0.issuer) || self.org_number_digits().is_none() {
            return SeidProfile::Other;
        }
        match self.0.subject.attribute(name::ORGANISATION_IDENTIFIER) {
            Some(_) => SeidProfile::Seid2,
            None => SeidProfile::Seid1,
        }
    }

    /// What its issuer signed: the algorithm (the content of an AlgorithmIdentifier), the bytes, the signature.
    pub(crate) fn signed_parts(&self) -> (&[u8], &[u8], &[u8]) {
        let signed = &self.0.der[self.0.tbs_range.clone()];
        (&self.0.signature_algorithm, signed, &self.0.signature)
    }

    fn is_signed_with(&self, key: &PublicKey) -> bool {
        let (algorithm, signed, signature) = self.signed_parts();
        verify(algorithm, key, signed, signature)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.0.subject, self.0.sha256_hex)
    }
}

impl CertificateEnvironment {
    /// `test`, `production`, `practice` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Production => "production",
            Self::Practice => "practice",
            Self::Unknown => "unknown",
        }
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 5280 §4.1.
fn parse(outer: &Tlv<'_>) -> Result<Certificate, BerError> {
    let mut parts = outer.inside()?;
    let tbs = parts.expect(SEQUENCE)?;
    let signature_algorithm = parts.expect(SEQUENCE)?;
    let signature = parts.expect(BIT_STRING)?.bits()?;

    let mut fields = tbs.inside()?;
    fields.optional(CONTEXT_CONSTRUCTED)?;
    let serial = fields.expect(INTEGER)?.content;
    fields.expect(SEQUENCE)?;
    let issuer = Name::from_tlv(&fields.any()?)?;
    let validity = validity::read(&fields.expect(SEQUENCE)?);
    let subject = Name::from_tlv(&fields.any()?)?;
    let public_key = PublicKey::from_spki(&fields.expect(SEQUENCE)?)?;
    let start = tbs.raw.as_ptr() as usize - outer.raw.as_ptr() as usize;
    Ok(Certificate(Arc::new(Parts {
        der: outer.raw.to_vec(),
        tbs_range: start..start + tbs.raw.len(),
        signature_algorithm: signature_algorithm.content.to_vec(),
        signature: signature.to_vec(),
        serial: crate::ber::without_leading_zeros(serial).to_vec(),
        issuer,
        subject,
        validity,
        public_key,
        extensions: Extensions::read(fields),
        sha256_hex: hex(digest::digest(&digest::SHA256, outer.raw).as_ref()),
        is_self_signed: OnceLock::new(),
    })))
}

fn is_nine_digits(text: &str) -> bool {
    text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The nine digits at the end of a text, where a hyphen stands before them and something before the hyphen.
fn digits_after_hyphen(text: &str) -> Option<&str> {
    let at = text.len().checked_sub(9)?;
    let digits = text.get(at..).filter(|digits| is_nine_digits(digits))?;
    let before =
        text[..at].trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    let name = before.strip_suffix('-')?;
    if name.is_empty() { None } else { Some(digits) }
}

/// How the serial numbers of persons begin: Buypass's own kind, and those of ETSI EN 319 412-1 §5.1.3.
const PERSON_NUMBERS: [&str; 6] = ["9578-", "UN:NO-9578-", "PNO", "PAS", "IDC", "TIN"];
