//! What the user should know about a key and its certificate, though it stops nothing here.

use time::OffsetDateTime;

use crate::certificate::{Certificate, Purpose, SeidProfile};
use crate::issuer;
use crate::keystore::{Format, KeyEntry, Keystore, Standing};
use crate::org_number::OrgNumber;
use crate::public_key::KeyType;

/// A remark with a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warning {
    /// The key has a password of its own that was not given.
    KeyLocked,
    /// The numbers of the key do not fit together.
    KeyDamaged,
    /// The key, or what protects it, is of a kind that is not read.
    KeyUnsupported,
    /// No certificate in the file belongs to the key.
    NoCertificate,
    /// The file joins the key to another key's certificate.
    KeyAndCertificateDiffer,
    /// The certificate is no longer valid.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// When the certificate is valid cannot be read.
    ValidityUnknown,
    /// The certificate is valid for at most 120 days more.
    ExpiresSoon,
    /// The certificate is for signing; Maskinporten wants the one for authentication.
    WrongPurposeSigning,
    /// The certificate is for encryption; Maskinporten cannot use it.
    WrongPurposeEncryption,
    /// Maskinporten accepts RSA keys only.
    KeyTypeUnusable,
    /// The RSA key has fewer than 2048 bits.
    KeyShort,
    /// The certificate issued itself.
    SelfSigned,
    /// The file does not hold all issuers of the certificate.
    ChainIncomplete,
    /// The issuer is none that Maskinporten accepts.
    IssuerUnknown,
    /// The certificate follows a profile that is out of use.
    Seid1,
    /// The certificate is a seal for payment services.
    Psd2Seal,
    /// The certificate is a person's.
    PersonalCertificate,
    /// No organisation number stands in the certificate.
    OrgNumberMissing,
    /// The organisation number has a wrong check digit.
    OrgNumberCheckDigit,
    /// The file is protected by means that are weak today.
    LegacyEncryption,
    /// Java 17 cannot open the file, for its password is not ASCII.
    PasswordNotAsciiForJava,
    /// Another key of the file has the same name.
    DuplicateAlias,
    /// A certificate of the file could not be read at all.
    CertificateUnreadable,
    /// What stands in the file after a secret key could not be found.
    EntriesUnread,
}

impl Warning {
    /// Every one there is.
    pub const ALL: [Self; 26] = [
        Self::KeyLocked,
        Self::KeyDamaged,
        Self::KeyUnsupported,
        Self::NoCertificate,
        Self::KeyAndCertificateDiffer,
        Self::Expired,
        Self::NotYetValid,
        Self::ValidityUnknown,
        Self::ExpiresSoon,
        Self::WrongPurposeSigning,
        Self::WrongPurposeEncryption,
        Self::KeyTypeUnusable,
        Self::KeyShort,
        Self::SelfSigned,
        Self::ChainIncomplete,
        Self::IssuerUnknown,
        Self::Seid1,
        Self::Psd2Seal,
        Self::PersonalCertificate,
        Self::OrgNumberMissing,
        Self::OrgNumberCheckDigit,
        Self::LegacyEncryption,
        Self::PasswordNotAsciiForJava,
        Self::DuplicateAlias,
        Self::CertificateUnreadable,
        Self::EntriesUnread,
    ];

    /// The stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::KeyLocked => "key_locked",
            Self::KeyDamaged => "key_damaged",
            Self::KeyUnsupported => "key_unsupported",
            Self::NoCertificate => "no_certificate",
            Self::KeyAndCertificateDiffer => "key_and_certificate_differ",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::ValidityUnknown => "validity_unknown",
            Self::ExpiresSoon => "expires_soon",
            Self::WrongPurposeSigning => "wrong_purpose_signing",
            Self::WrongPurposeEncryption => "wrong_purpose_encryption",
            Self::KeyTypeUnusable => "key_type_unusable",
            Self::KeyShort => "key_short",
            Self::SelfSigned => "self_signed",
            Self::ChainIncomplete => "chain_incomplete",
            Self::IssuerUnknown => "issuer_unknown",
            Self::Seid1 => "seid1",
            Self::Psd2Seal => "psd2_seal",
            Self::PersonalCertificate => "personal_certificate",
            Self::OrgNumberMissing => "org_number_missing",
            Self::OrgNumberCheckDigit => "org_number_check_digit",
            Self::LegacyEncryption => "legacy_encryption",
            Self::PasswordNotAsciiForJava => "password_not_ascii_for_java",
            Self::DuplicateAlias => "duplicate_alias",
            Self::CertificateUnreadable => "certificate_unreadable",
            Self::EntriesUnread => "entries_unread",
        }
    }
}

/// All remarks on one entry of an opened file, the gravest first.
pub fn warnings(entry: &KeyEntry, store: &Keystore, now: OffsetDateTime) -> Vec<Warning> {
    let mut found = Vec::new();
    match entry.standing() {
        Standing::Whole => {}
        Standing::NoCertificate => found.push(Warning::NoCertificate),
        Standing::KeyAndCertificateDiffer => found.push(Warning::KeyAndCertificateDiffer),
        Standing::KeyLocked => found.push(Warning::KeyLocked),
        Standing::KeyDamaged => found.push(Warning::KeyDamaged),
        Standing::KeyUnsupported => found.push(Warning::KeyUnsupported),
    }
    match entry.chain() {
        [] if entry.key().is_some() => {
            found.extend(key_warnings(entry.key_type(), entry.key_bits()))
        }
        // Nothing is known of a key that stayed shut.
        [] => {}
        chain => found.extend(certificate_warnings(chain, now)),
    }
    if store.legacy_encryption {
        found.push(Warning::LegacyEncryption);
    }
    if store.format == Format::Pkcs12 && !store.is_password_ascii {
        found.push(Warning::PasswordNotAsciiForJava);
    }
    if entry.is_alias_shared {
        found.push(Warning::DuplicateAlias);
    }
    if store.unreadable_certificates > 0 {
        found.push(Warning::CertificateUnreadable);
    }
    if store.has_unread_entries {
        found.push(Warning::EntriesUnread);
    }
    found
}

/// The remarks on a certificate and its chain, leaf first, apart from where they were found.
pub fn certificate_warnings(chain: &[Certificate], now: OffsetDateTime) -> Vec<Warning> {
    let Some(leaf) = chain.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    found.extend(validity_warning(leaf, now));
    found.extend(match leaf.purpose() {
        Purpose::Signing => Some(Warning::WrongPurposeSigning),
        Purpose::Encryption => Some(Warning::WrongPurposeEncryption),
        Purpose::Authentication | Purpose::Unknown => None,
    });
    match leaf.public_key().allows_pkcs1() {
        true => found.extend(key_warnings(leaf.key_type(), leaf.key_bits())),
        false => found.push(Warning::KeyTypeUnusable),
    }
    found.extend(issuer_warnings(chain, leaf));
    found.extend(holder_warnings(leaf));
    found
}

fn validity_warning(leaf: &Certificate, now: OffsetDateTime) -> Option<Warning> {
    if !leaf.is_validity_known() {
        Some(Warning::ValidityUnknown)
    } else if now > leaf.not_after() {
        Some(Warning::Expired)
    } else if now < leaf.not_before() {
        Some(Warning::NotYetValid)
    } else if (leaf.not_after() - now).whole_days() <= EXPIRES_SOON_DAYS {
        Some(Warning::ExpiresSoon)
    } else {
        None
    }
}

fn key_warnings(key_type: KeyType, bits: u32) -> Option<Warning> {
    match key_type {
        KeyType::Rsa if bits > 0 && bits < RSA_BITS_MIN => Some(Warning::KeyShort),
        KeyType::Rsa => None,
        KeyType::Ec | KeyType::Ed25519 | KeyType::Other => Some(Warning::KeyTypeUnusable),
    }
}

fn issuer_warnings(chain: &[Certificate], leaf: &Certificate) -> Vec<Warning> {
    if leaf.is_self_signed() {
        return vec![Warning::SelfSigned];
    }
    let mut found = Vec::new();
    if !is_chain_complete(chain) {
        found.push(Warning::ChainIncomplete);
    }
    if !issuer::is_issuer_recognised(chain) {
        found.push(Warning::IssuerUnknown);
    }
    found
}

/// A chain, leaf first, is complete when it ends in a root, or in an issuer that a listed root is named to have issued.
pub fn is_chain_complete(chain: &[Certificate]) -> bool {
    match chain {
        [] => false,
        [.., last] if last.is_self_signed() => true,
        [_] => false,
        [.., last] => issuer::is_named_as_root(last.issuer()),
    }
}

fn holder_warnings(leaf: &Certificate) -> Vec<Warning> {
    let mut found = Vec::new();
    if leaf.seid() == SeidProfile::Seid1 {
        found.push(Warning::Seid1);
    }
    if leaf.is_psd2_seal() {
        found.push(Warning::Psd2Seal);
    }
    if leaf.is_personal() {
        found.push(Warning::PersonalCertificate);
    }
    match leaf.org_number_digits() {
        None => found.push(Warning::OrgNumberMissing),
        Some(digits) if digits.parse::<OrgNumber>().is_err() => {
            found.push(Warning::OrgNumberCheckDigit)
        }
        Some(_) => {}
    }
    found
}

/// Whole days, as they are shown.
const EXPIRES_SOON_DAYS: i64 = 120;
const RSA_BITS_MIN: u32 = 2048;
