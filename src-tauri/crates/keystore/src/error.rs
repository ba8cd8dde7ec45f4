//! What can go wrong with a key store, in the user's terms.

use thiserror::Error;

/// Why a file could not be opened, an identity not be made, or a file not be written.
///
/// A variant is something that can happen in the domain; [`KeystoreError::code`] names it for the window and
/// the command line, and [`KeystoreError::params`] carries what its text mentions.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeystoreError {
    /// No reading of the given password opens the file, or none was given and the file needs one.
    #[error("the password is wrong")]
    WrongPassword,
    /// The password would be right without the blanks at its start or end.
    #[error("the password is wrong, but would be right without the blanks around it")]
    PasswordHasBlank,
    /// The password would be right with upper and lower case exchanged.
    #[error("the password is wrong, but would be right with upper and lower case exchanged")]
    PasswordCapsLock,
    /// A password was given, but the file has the empty one.
    #[error("the password is wrong: the file has an empty one")]
    PasswordIsEmpty,
    /// The file ends too early.
    #[error("the file ends at byte {at}, before it is complete")]
    Truncated {
        /// How many bytes there are.
        at: usize,
    },
    /// The bytes are something else than a key store, key or certificate.
    #[error("this is not a key store but {found}")]
    NotAKeystore {
        /// What it looks like: `empty`, `html`, `text`, `zip`, `pdf`, `csr`, `public_key`, `unknown`, ….
        found: &'static str,
    },
    /// A zip file in which several files are key stores, so that none can be meant.
    #[error("the zip file holds several key stores")]
    SeveralKeyStores,
    /// The file, or the part that was asked for, holds no private key.
    #[error("the file holds no private key")]
    NoPrivateKey,
    /// The private key has no certificate in the file.
    #[error("the private key has no certificate in the file")]
    NoCertificate,
    /// The certificate is another key's.
    #[error("the private key and the certificate do not belong together")]
    KeyAndCertificateDiffer,
    /// The store opened, but this key has a password of its own, and it was not given.
    #[error("the key has a password of its own")]
    KeyLocked,
    /// The numbers of the private key do not fit together.
    #[error("the private key is damaged")]
    KeyDamaged,
    /// An algorithm or form that is not read or not possible.
    #[error("not supported: {what}")]
    Unsupported {
        /// Which: a name or a dotted object identifier.
        what: String,
    },
    /// The file is larger than [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES), or holds too many parts.
    #[error("the file is too large")]
    TooLarge,
    /// The file demands more rounds of key derivation than is sane. Nothing was derived.
    #[error("the file demands {iterations} rounds of key derivation")]
    TooMuchWork {
        /// The number that went over the limit.
        iterations: u64,
    },
    /// Whoever watched the opening broke it off.
    #[error("the opening was broken off")]
    Cancelled,
    /// No key goes by that name.
    #[error("no key is called {alias:?}")]
    AliasNotFound {
        /// The name asked for.
        alias: String,
    },
    /// The structure is broken in another way than by being cut off.
    #[error("the file is damaged: {what}")]
    Damaged {
        /// The part that could not be read.
        what: &'static str,
    },
    /// The system gives no randomness, so nothing secret can be made.
    #[error("the system gives no randomness")]
    NoRandomness,
    /// A password that the format written cannot carry (a character outside the Basic Multilingual Plane).
    #[error("this format cannot carry the password")]
    PasswordNotWritable,
    /// An alias that the format written cannot carry (empty, or a character outside the Basic Multilingual Plane).
    #[error("this format cannot carry the alias {alias:?}")]
    AliasNotWritable {
        /// The alias.
        alias: String,
    },
    /// A certificate that is too irregular for the format written, though it could be read.
    #[error("this format cannot carry the certificate of {subject}")]
    CertificateNotWritable {
        /// Whom the certificate is issued to.
        subject: String,
    },
}

impl KeystoreError {
    /// `Unsupported` with a text from the file, which may be as long as the file.
    pub(crate) fn unsupported(what: &str) -> Self {
        Self::Unsupported {
            what: what.chars().take(WHAT_CHARS_MAX).collect(),
        }
    }

    /// The stable name of what happened.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong_password",
            Self::PasswordHasBlank => "password_has_blank",
            Self::PasswordCapsLock => "password_caps_lock",
            Self::PasswordIsEmpty => "password_is_empty",
            Self::Truncated { .. } => "truncated",
            Self::NotAKeystore { .. } => "not_a_keystore",
            Self::SeveralKeyStores => "several_key_stores",
            Self::NoPrivateKey => "no_private_key",
            Self::NoCertificate => "no_certificate",
            Self::KeyAndCertificateDiffer => "key_and_certificate_differ",
            Self::KeyLocked => "key_locked",
            Self::KeyDamaged => "key_damaged",
            Self::Unsupported { .. } => "unsupported",
            Self::TooLarge => "too_large",
            Self::TooMuchWork { .. } => "too_much_work",
            Self::Cancelled => "cancelled",
            Self::AliasNotFound { .. } => "alias_not_found",
            Self::Damaged { .. } => "damaged",
            Self::NoRandomness => "no_randomness",
            Self::PasswordNotWritable => "password_not_writable",
            Self::AliasNotWritable { .. } => "alias_not_writable",
            Self::CertificateNotWritable { .. } => "certificate_not_writable",
        }
    }

    /// What the texts of this code mention, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Truncated { at } => vec![("at", at.to_string())],
            Self::NotAKeystore { found } => vec![("found", (*found).to_owned())],
            Self::Unsupported { what } => vec![("what", what.clone())],
            Self::TooLarge => vec![("limit_bytes", crate::MAX_FILE_BYTES.to_string())],
            Self::TooMuchWork { iterations } => vec![("iterations", iterations.to_string())],
            Self::AliasNotFound { alias } | Self::AliasNotWritable { alias } => {
                vec![("alias", alias.clone())]
            }
            Self::Damaged { what } => vec![("what", (*what).to_owned())],
            Self::CertificateNotWritable { subject } => vec![("subject", subject.clone())],
            _ => Vec::new(),
        }
    }

    /// Whether this is one of the ways in which a password can be wrong.
    pub fn is_wrong_password(&self) -> bool {
        matches!(
            self,
            Self::WrongPassword
                | Self::PasswordHasBlank
                | Self::PasswordCapsLock
                | Self::PasswordIsEmpty
        )
    }
}

/// Longer than the name of any algorithm.
const WHAT_CHARS_MAX: usize = 100;
