//! The extensions that say what a certificate is for (RFC 5280 §4.2; RFC 3739 §3.2.6).

use crate::ber::{BOOLEAN, CONTEXT, CONTEXT_CONSTRUCTED, OID, Reader, SEQUENCE, Tlv};
use crate::oid;

/// One use of the key that a certificate allows (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyUsage {
    /// Bit 0.
    DigitalSignature,
    /// Bit 1, also called contentCommitment.
    NonRepudiation,
    /// Bit 2.
    KeyEncipherment,
    /// Bit 3.
    DataEncipherment,
    /// Bit 4.
    KeyAgreement,
    /// Bit 5.
    KeyCertSign,
    /// Bit 6.
    CrlSign,
    /// Bit 7.
    EncipherOnly,
    /// Bit 8.
    DecipherOnly,
}

/// What a certificate of a Norwegian set is for, told by its key usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// digitalSignature: the one for Maskinporten.
    Authentication,
    /// nonRepudiation without digitalSignature.
    Signing,
    /// keyEncipherment or keyAgreement only.
    Encryption,
    /// None of these is said.
    Unknown,
}

/// What the extensions say; what cannot be read counts as not said.
#[derive(Clone, Default)]
pub(super) struct Extensions {
    pub(super) key_usage: Vec<KeyUsage>,
    pub(super) policies: Vec<String>,
    pub(super) is_ca: bool,
    pub(super) signs_ocsp: bool,
    pub(super) is_for_servers: bool,
    pub(super) is_for_clients: bool,
    pub(super) has_psd2_statement: bool,
    pub(super) ca_issuers_urls: Vec<String>,
    pub(super) ocsp_urls: Vec<String>,
    pub(super) crl_urls: Vec<String>,
}

impl KeyUsage {
    /// The name of RFC 5280.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
            Self::EncipherOnly => "encipherOnly",
            Self::DecipherOnly => "decipherOnly",
        }
    }
}

impl Purpose {
    /// `authentication`, `signing`, `encryption` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Signing => "signing",
            Self::Encryption => "encryption",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn of(usage: &[KeyUsage]) -> Self {
        if usage.contains(&KeyUsage::DigitalSignature) {
            Self::Authentication
        } else if usage.contains(&KeyUsage::NonRepudiation) {
            Self::Signing
        } else if usage.contains(&KeyUsage::KeyEncipherment)
            || usage.contains(&KeyUsage::KeyAgreement)
        {
            Self::Encryption
        } else {
            Self::Unknown
        }
    }
}

impl Extensions {
    /// Reads them from what follows the public key in a TBSCertificate.
    pub(super) fn read(mut fields: Reader<'_>) -> Self {
        let mut found = Self::default();
        while let Ok(field) = fields.any() {
            if field.tag == CONTEXT_CONSTRUCTED | 3 {
                found.read_all(&field);
            }
        }
        found
    }

    fn read_all(&mut self, field: &Tlv<'_>) -> Option<()> {
        let mut list = field.inside().ok()?.expect(SEQUENCE).ok()?.inside().ok()?;
        while let Ok(extension) = list.expect(SEQUENCE) {
            self.read_one(&extension);
        }
        Some(())
    }

    fn read_one(&mut self, extension: &Tlv<'_>) -> Option<()> {
        let mut fields = extension.inside().ok()?;
        let id = fields.expect(OID).ok()?.content;
        fields.optional(BOOLEAN).ok()?;
        let value = fields.octets().ok()?;
        let value = Reader::new(&value).any().ok()?;
        match id {
            oid::KEY_USAGE => self.key_usage = key_usage(value.content),
            oid::BASIC_CONSTRAINTS => {
                self.is_ca = value
                    .inside()
                    .ok()?
                    .optional(BOOLEAN)
                    .ok()?
                    .is_some_and(|ca| ca.content != [0])
            }
            oid::CERTIFICATE_POLICIES => {
                self.policies = first_oids(&value).map(oid::dotted).collect()
            }
            oid::EXTENDED_KEY_USAGE => {
                let mut usages = value.inside().ok()?;
                while let Ok(usage) = usages.expect(OID) {
                    self.signs_ocsp |= usage.content == oid::OCSP_SIGNING;
                    self.is_for_servers |= usage.content == oid::SERVER_AUTH;
                    self.is_for_clients |= usage.content == oid::CLIENT_AUTH;
                }
            }
            oid::QC_STATEMENTS => {
                self.has_psd2_statement = first_oids(&value).any(|id| id == oid::QC_PSD2)
            }
            oid::AUTHORITY_INFO_ACCESS => self.read_access(&value),
            oid::CRL_DISTRIBUTION_POINTS => urls_within(&value, &mut self.crl_urls),
            _ => {}
        }
        Some(())
    }

    fn read_access(&mut self, value: &Tlv<'_>) {
        let Ok(mut list) = value.inside() else { return };
        while let Ok(access) = list.expect(SEQUENCE) {
            match access.inside().and_then(|mut fields| fields.expect(OID)) {
                Ok(method) if method.content == oid::CA_ISSUERS => {
                    urls_within(&access, &mut self.ca_issuers_urls)
                }
                Ok(method) if method.content == oid::OCSP => {
                    urls_within(&access, &mut self.ocsp_urls)
                }
                _ => {}
            }
        }
    }
}

/// Every address at any depth: in these extensions `[6]` is nothing else (GeneralName, RFC 5280 §4.2.1.6).
fn urls_within(element: &Tlv<'_>, urls: &mut Vec<String>) {
    let Ok(mut parts) = element.inside() else {
        return;
    };
    while let Ok(part) = parts.any() {
        match part.tag {
            URI => urls.extend(String::from_utf8(part.content.to_vec())),
            SEQUENCE | 0xa0..=0xbf => urls_within(&part, urls),
            _ => {}
        }
    }
}

/// The bits of a BIT STRING, first bit highest; the octet in front tells the unused ones.
fn key_usage(content: &[u8]) -> Vec<KeyUsage> {
    let bits = content.get(1..).unwrap_or_default();
    let is_set = |at: usize| {
        bits.get(at / 8)
            .is_some_and(|octet| octet & (0x80 >> (at % 8)) != 0)
    };
    USAGES
        .iter()
        .enumerate()
        .filter(|(at, _)| is_set(*at))
        .map(|(_, usage)| *usage)
        .collect()
}

/// The identifier at the start of each element of a SEQUENCE OF SEQUENCE.
fn first_oids<'a>(list: &Tlv<'a>) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let mut elements = list.inside().ok();
    std::iter::from_fn(move || elements.as_mut()?.any().ok())
        .filter_map(|element| element.inside().ok()?.expect(OID).ok().map(|id| id.content))
}

/// uniformResourceIdentifier of GeneralName.
const URI: u8 = CONTEXT | 6;
const USAGES: [KeyUsage; 9] = [
    KeyUsage::DigitalSignature,
    KeyUsage::NonRepudiation,
    KeyUsage::KeyEncipherment,
    KeyUsage::DataEncipherment,
    KeyUsage::KeyAgreement,
    KeyUsage::KeyCertSign,
    KeyUsage::CrlSign,
    KeyUsage::EncipherOnly,
    KeyUsage::DecipherOnly,
];
