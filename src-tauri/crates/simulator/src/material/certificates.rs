//! The practice certificate authority and what it issues, in the SEID 2.0 profile.

use keystore::{
    Certificate, Identity, OrgNumber, PRACTICE_ISSUER_NAME, PRACTICE_ISSUER_ORGANISATION,
    PrivateKey,
};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DistinguishedName,
    DnType, DnValue, IsCa, Issuer, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize,
    SubjectPublicKeyInfo,
};
use time::{Duration, OffsetDateTime};

use super::Likeness;
use crate::error::SimulatorError;

/// A certificate authority that lives as long as one practice set is being made. Its private keys
/// are kept by nobody.
pub(super) struct Authority {
    root: Certificate,
    issuing: Certificate,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// An invented organisation.
pub(super) struct Organisation {
    /// The name, as in Enhetsregisteret.
    pub(super) name: &'static str,
    /// The number.
    pub(super) number: OrgNumber,
    /// Whether the number stands in `serialNumber` too, as one of the real issuers does.
    pub(super) has_serial_number: bool,
}

/// The three keys of one delivery, each with its certificate.
pub(super) struct IdentitySet {
    /// `digitalSignature`: the one for Maskinporten.
    pub(super) authentication: Identity,
    /// `nonRepudiation`.
    pub(super) signing: Identity,
    /// `keyEncipherment`.
    pub(super) encryption: Identity,
}

impl Authority {
    /// Makes a root and an issuing authority, valid from `now`.
    pub(super) fn make(likeness: Likeness, now: OffsetDateTime) -> Result<Self, SimulatorError> {
        let (root_key, issuing_key) = std::thread::scope(|scope| {
            let root = scope.spawn(ca_key);
            let issuing = ca_key();
            (root.join().expect("making a key does not panic"), issuing)
        });
        let issuer_name = match likeness {
            Likeness::Test => PRACTICE_ISSUER_NAME.to_owned(),
            Likeness::Production => format!("{PRACTICE_ISSUER_NAME} Produksjon"),
        };
        let root_name = format!("{issuer_name} Root CA");
        let root = CertifiedIssuer::self_signed(ca(&root_name, 1, now), root_key?)?;
        let issuing = ca(&format!("{issuer_name} CA 1"), 0, now);
        let issuer = CertifiedIssuer::signed_by(issuing, issuing_key?, &root)?;
        Ok(Self {
            root: Certificate::from_der(root.der())?,
            issuing: Certificate::from_der(issuer.der())?,
            issuer,
        })
    }

    /// The issuing authority and the root, in that order.
    pub(super) fn certificates(&self) -> Vec<Certificate> {
        vec![self.issuing.clone(), self.root.clone()]
    }

    /// Issues the three certificates of a delivery to an organisation.
    pub(super) fn issue(
        &self,
        organisation: &Organisation,
        now: OffsetDateTime,
    ) -> Result<IdentitySet, SimulatorError> {
        let [authentication, signing, encryption] = std::thread::scope(|scope| {
            let keys = [(); 3].map(|()| scope.spawn(|| PrivateKey::generate_rsa(LEAF_KEY_BITS)));
            keys.map(|key| key.join().expect("making a key does not panic"))
        });
        let identity = |alias: &str, key: PrivateKey, usage| {
            let public = key
                .spki_der()
                .expect("a key made here knows its public half");
            let public = SubjectPublicKeyInfo::from_der(public)?;
            let issuer: &Issuer<'_, KeyPair> = &self.issuer;
            let certificate = leaf(organisation, usage, now).signed_by(&public, issuer)?;
            let mut chain = vec![Certificate::from_der(certificate.der())?];
            chain.extend(self.certificates());
            Ok::<_, SimulatorError>(Identity::new(alias, key, chain)?)
        };
        Ok(IdentitySet {
            authentication: identity(
                "autentisering",
                authentication?,
                KeyUsagePurpose::DigitalSignature,
            )?,
            signing: identity("signering", signing?, KeyUsagePurpose::ContentCommitment)?,
            encryption: identity("kryptering", encryption?, KeyUsagePurpose::KeyEncipherment)?,
        })
    }
}

fn ca_key() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072)
}

fn ca(name: &str, path_length: u8, now: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CountryName, printable("NO"));
    params
        .distinguished_name
        .push(DnType::OrganizationName, PRACTICE_ISSUER_ORGANISATION);
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = start(now);
    params.not_after = now + CA_LIFE;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(path_length));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    params
}

fn leaf(
    organisation: &Organisation,
    usage: KeyUsagePurpose,
    now: OffsetDateTime,
) -> CertificateParams {
    let number = organisation.number.as_str();
    let mut params = CertificateParams::default();
    let subject = &mut params.distinguished_name;
    *subject = DistinguishedName::new();
    subject.push(DnType::CountryName, printable("NO"));
    subject.push(DnType::OrganizationName, organisation.name);
    subject.push(
        DnType::CustomDnType(ORGANIZATION_IDENTIFIER.to_vec()),
        format!("NTRNO-{number}"),
    );
    if organisation.has_serial_number {
        subject.push(
            DnType::CustomDnType(SERIAL_NUMBER.to_vec()),
            printable(number),
        );
    }
    subject.push(DnType::CommonName, organisation.name);
    params.not_before = start(now);
    params.not_after = now + LEAF_LIFE;
    params.is_ca = IsCa::ExplicitNoCa;
    // rcgen marks KeyUsage critical, as Digdir demands.
    params.key_usages = vec![usage];
    params.use_authority_key_identifier_extension = true;
    params.custom_extensions = vec![CustomExtension::from_oid_content(
        &CERTIFICATE_POLICIES,
        PRACTICE_POLICY.to_vec(),
    )];
    params
}

/// A little before now, so that a reader whose clock is behind accepts the certificate.
fn start(now: OffsetDateTime) -> OffsetDateTime {
    now - Duration::minutes(5)
}

fn printable(text: &str) -> DnValue {
    DnValue::PrintableString(text.try_into().expect("digits and capitals are printable"))
}

/// organizationIdentifier (ETSI EN 319 412-1 §5.1.4).
const ORGANIZATION_IDENTIFIER: [u64; 4] = [2, 5, 4, 97];

/// serialNumber (RFC 5280 §4.1.2.4).
const SERIAL_NUMBER: [u64; 4] = [2, 5, 4, 5];

/// certificatePolicies (RFC 5280 §4.2.1.4).
const CERTIFICATE_POLICIES: [u64; 4] = [2, 5, 29, 32];

/// One policy, 2.999.1 in DER: from the arc that is set aside for examples.
const PRACTICE_POLICY: [u8; 9] = [0x30, 0x07, 0x30, 0x05, 0x06, 0x03, 0x88, 0x37, 0x01];

const LEAF_KEY_BITS: u32 = 3072;
const LEAF_LIFE: Duration = Duration::days(3 * 365 + 1);
const CA_LIFE: Duration = Duration::days(10 * 365);
