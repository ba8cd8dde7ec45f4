use keystore::Secret;
use maskinporten::{ClientId, Environment, Issuer, KeyId, OrgNumber, Resource, ScopeSet};

/// What a configuration file is filled with. A person's number never stands in one.
#[derive(Debug)]
pub struct ConfigValues {
    /// Where the tokens come from; named in a comment.
    pub environment: Environment,
    /// The server of the environment.
    pub issuer: Issuer,
    /// The client.
    pub client_id: ClientId,
    /// What the token is to give access to.
    pub scopes: ScopeSet,
    /// Wanted audience of the token.
    pub resource: Vec<Resource>,
    /// The organisation the supplier acts for.
    pub consumer_org: Option<OrgNumber>,
    /// The registered key, where the client has one.
    pub kid: Option<KeyId>,
    /// The key file.
    pub keystore: KeystoreFacts,
    /// The passwords of the key file; without them a placeholder is written.
    pub passwords: Option<ConfigPasswords>,
}

/// Where a tool finds its key. What is not known becomes a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeystoreFacts {
    /// The path of the file.
    pub file: Option<String>,
    /// Its form.
    pub kind: KeystoreKind,
    /// The name of the key in it.
    pub alias: Option<String>,
}

/// The form of a key file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeystoreKind {
    /// Java's own form of old, what jwt-grant-generator expects.
    #[default]
    Jks,
    /// `.p12` and `.pfx`.
    Pkcs12,
    /// A key in the clear, without certificate.
    Pem,
}

/// The passwords of a key file.
#[derive(Debug)]
pub struct ConfigPasswords {
    /// Of the file.
    pub store: Secret<String>,
    /// Of the key in it; none where it is the same.
    pub key: Option<Secret<String>>,
}

impl KeystoreKind {
    /// The name Java knows: `JKS` or `PKCS12`. PEM it does not.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jks => "JKS",
            Self::Pkcs12 => "PKCS12",
            Self::Pem => "PEM",
        }
    }
}

impl ConfigValues {
    /// Digdir, "Well-known": below the issuer.
    pub(crate) fn token_endpoint(&self) -> String {
        format!("{}token", self.issuer)
    }

    pub(crate) fn jwks_uri(&self) -> String {
        format!("{}jwk", self.issuer)
    }

    /// `# Maskinporten: test`, the same in every language.
    pub(crate) fn comment(&self) -> String {
        format!("# Maskinporten: {}\n", self.environment)
    }

    /// The path with the slashes every system and every format understands.
    pub(crate) fn keystore_file(&self) -> String {
        let file = self.keystore.file.as_deref().unwrap_or(FILE_PLACEHOLDER);
        file.replace('\\', "/")
    }

    /// The alias; in a JKS it is always in lower case.
    pub(crate) fn alias(&self) -> String {
        match (&self.keystore.alias, self.keystore.kind) {
            (None, _) => ALIAS_PLACEHOLDER.to_owned(),
            (Some(alias), KeystoreKind::Jks) => alias.to_lowercase(),
            (Some(alias), KeystoreKind::Pkcs12 | KeystoreKind::Pem) => alias.clone(),
        }
    }

    pub(crate) fn store_password(&self) -> &str {
        match &self.passwords {
            // Written because the user asked for it.
            Some(passwords) => passwords.store.expose(),
            None => PASSWORD_PLACEHOLDER,
        }
    }

    pub(crate) fn key_password(&self) -> &str {
        match self.passwords.as_ref().and_then(|p| p.key.as_ref()) {
            // Written because the user asked for it.
            Some(key) => key.expose(),
            None => self.store_password(),
        }
    }

    /// The one resource of tools that take one; they are asked for only after
    /// [`super::Tool::write`] has seen to it that there are not more.
    pub(crate) fn only_resource(&self) -> Option<&str> {
        self.resource.first().map(Resource::as_str)
    }
}

/// Whether a value is one of our placeholders.
pub(crate) fn is_placeholder(value: &str) -> bool {
    value.starts_with(PLACEHOLDER) || value == PASSWORD_IN_VAULT
}

/// Written in the place of a password that was made, and handed over in another way.
pub const PASSWORD_IN_VAULT: &str = "<hent fra hvelvet>";

const PLACEHOLDER: &str = "SETT-INN-";
const FILE_PLACEHOLDER: &str = "SETT-INN-STI-TIL-NOKKELFIL";
pub(crate) const KID_PLACEHOLDER: &str = "SETT-INN-NOKKEL-ID";
const ALIAS_PLACEHOLDER: &str = "SETT-INN-ALIAS";
const PASSWORD_PLACEHOLDER: &str = "SETT-INN-PASSORD";

/// For the tools that take the private key itself.
pub(crate) const JWK_PLACEHOLDER: &str = "SETT-INN-PRIVAT-JWK";

/// For the tools that take the key file as text.
pub(crate) const PKCS12_PLACEHOLDER: &str = "SETT-INN-P12-SOM-BASE64";
