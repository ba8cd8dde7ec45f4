use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ExportFormat, config::Tool};

/// The form of the file that the organisation's own system is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileForm {
    /// PKCS#12 as it is written today.
    P12,
    /// PKCS#12 for old versions of Java and Windows.
    P12Legacy,
    /// PKCS#12 as base64 text.
    P12Base64,
    /// Java's key store of old.
    Jks,
    /// PEM with the key under a password.
    Pem,
    /// PEM with the key in the clear.
    PemExposed,
    /// The certificate and its issuers as PEM.
    Certificates,
    /// The certificate alone.
    Der,
    /// The public key as PEM.
    PublicPem,
    /// The public key as JWK.
    Jwk,
    /// The public key as a JWK set.
    Jwks,
    /// The private key as JWK, in the clear.
    JwkExposed,
    /// The private key as a JWK set, in the clear.
    JwksExposed,
}

/// Files that are wanted for the organisation's own system. The password travels beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileOrder {
    /// The form of the key file.
    pub form: FileForm,
    /// What the key is to be called in it, and what the files are named after.
    pub alias: String,
    /// The tool that is to have a configuration file too.
    pub tool: Option<Tool>,
}

/// What the page that makes files starts with.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct FileOffer {
    /// A name for the key.
    pub alias: String,
    /// A fresh password. Shown on purpose: it is the user's to hand on, and is kept nowhere.
    pub password: String,
}

impl fmt::Debug for FileOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileOffer")
            .field("alias", &self.alias)
            .field("password", &"[secret]")
            .finish()
    }
}

/// Files that were written, read back and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedFiles {
    /// One or two: the key file, and the configuration file.
    pub files: Vec<SavedFile>,
    /// The configuration file as it was written; holds no password.
    pub config: Option<String>,
    /// What the oppsett has that has no place in the tool's file, by its claim.
    pub left_out: Vec<String>,
}

/// One written file; the window knows it by a handle, never by its path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedFile {
    /// Names the file until the page is left.
    pub handle: String,
    /// Name without folder.
    pub name: String,
    /// What it holds.
    pub content: SavedContent,
    /// The name of the key in it, in forms that have one.
    pub alias: Option<String>,
    /// It has a password that can be copied.
    pub locked: bool,
}

/// What a written file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SavedContent {
    /// A private key: secret.
    Key,
    /// Certificates or a public key: not secret.
    Public,
    /// The configuration of a tool, without passwords.
    Config,
}

impl FileForm {
    /// Whether the private key is in the file.
    pub fn is_secret(self) -> bool {
        !matches!(
            self,
            Self::Certificates | Self::Der | Self::PublicPem | Self::Jwk | Self::Jwks
        )
    }

    /// Whether the key has a name in the file.
    pub(crate) fn has_alias(self) -> bool {
        matches!(
            self,
            Self::P12 | Self::P12Legacy | Self::P12Base64 | Self::Jks
        )
    }

    /// Whether the name of the key is its `kid` in the file.
    pub(crate) fn has_kid(self) -> bool {
        matches!(
            self,
            Self::Jwk | Self::Jwks | Self::JwkExposed | Self::JwksExposed
        )
    }

    /// What follows the name of the file. The private key is never mistaken for the public one.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::P12 | Self::P12Legacy => ".p12",
            Self::P12Base64 => ".p12.b64",
            Self::Jks => ".jks",
            Self::Pem | Self::PemExposed => ".pem",
            Self::Certificates => "-certificates.pem",
            Self::Der => ".cer",
            Self::PublicPem => "-public.pem",
            Self::Jwk => "-public.jwk",
            Self::Jwks => "-public.jwks",
            Self::JwkExposed => "-private.jwk",
            Self::JwksExposed => "-private.jwks",
        }
    }
}

impl From<FileForm> for ExportFormat {
    fn from(form: FileForm) -> Self {
        match form {
            FileForm::P12 => Self::Pkcs12,
            FileForm::P12Legacy => Self::Pkcs12Legacy,
            FileForm::P12Base64 => Self::Pkcs12Base64,
            FileForm::Jks => Self::Jks,
            FileForm::Pem => Self::Pem,
            FileForm::PemExposed => Self::ExposedPem,
            FileForm::Certificates => Self::Certificates,
            FileForm::Der => Self::Der,
            FileForm::PublicPem => Self::PublicKey,
            FileForm::Jwk => Self::Jwk,
            FileForm::Jwks => Self::Jwks,
            FileForm::JwkExposed => Self::ExposedJwk,
            FileForm::JwksExposed => Self::ExposedJwks,
        }
    }
}
