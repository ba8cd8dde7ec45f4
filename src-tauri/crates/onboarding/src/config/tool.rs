use std::fmt;

use maskinporten::Environment;
use serde::Deserialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::values::{ConfigValues, KeystoreKind};
use super::{altinn, brreg, danielskovli, fiks, jwt_grant_generator, nais, vtfk};
use crate::Failure;

/// A program whose configuration we write and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// Digdir's jwt-grant-generator: a `.properties` file.
    JwtGrantGenerator,
    /// Brønnøysundregistrene's refapp-integrasjon: `application.yml`.
    Brreg,
    /// KS' fiks-maskinporten: `application.yml`.
    Fiks,
    /// Altinn.ApiClients.Maskinporten: `appsettings.json`.
    Altinn,
    /// NAIS and navikt/maskinporten-client: environment variables.
    Nais,
    /// @vtfk/maskinporten-auth: environment variables.
    Vtfk,
    /// danielskovli's .NET client: `maskinporten-settings.json`.
    DanielskovliDotnet,
    /// danielskovli's Python client: environment variables.
    DanielskovliPython,
}

/// A configuration file, to be written.
pub struct WrittenConfig {
    /// The whole text; holds passwords when they were given.
    pub text: Zeroizing<String>,
    /// The values that were given and have no place in the tool's file, by their claim.
    pub left_out: Vec<&'static str>,
}

impl fmt::Debug for WrittenConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrittenConfig")
            .field("text", &"[secret]")
            .field("left_out", &self.left_out)
            .finish()
    }
}

impl Tool {
    /// All tools.
    pub const ALL: [Self; 8] = [
        Self::JwtGrantGenerator,
        Self::Brreg,
        Self::Fiks,
        Self::Altinn,
        Self::Nais,
        Self::Vtfk,
        Self::DanielskovliDotnet,
        Self::DanielskovliPython,
    ];

    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JwtGrantGenerator => "jwt-grant-generator",
            Self::Brreg => "brreg",
            Self::Fiks => "fiks",
            Self::Altinn => "altinn",
            Self::Nais => "nais",
            Self::Vtfk => "vtfk",
            Self::DanielskovliDotnet => "danielskovli-dotnet",
            Self::DanielskovliPython => "danielskovli-python",
        }
    }

    /// The tool with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == word)
    }

    /// The configuration file of the tool.
    ///
    /// Errors with `config_several_resources`: of these tools none takes more than one. And as
    /// [`Tool::check_environment`].
    pub fn write(self, values: &ConfigValues) -> Result<WrittenConfig, Failure> {
        self.check_environment(values.environment)?;
        let left_out = self.left_out(values);
        if values.resource.len() > 1 && self.takes_one_resource() {
            return Err(Failure::new("config_several_resources").with("tool", self.as_str()));
        }
        let text = match self {
            Self::JwtGrantGenerator => jwt_grant_generator::write(values),
            Self::Brreg => brreg::write(values),
            Self::Fiks => fiks::write(values),
            Self::Altinn => altinn::write(values),
            Self::Nais => nais::write(values),
            Self::Vtfk => vtfk::write(values),
            Self::DanielskovliDotnet => danielskovli::write_dotnet(values),
            Self::DanielskovliPython => danielskovli::write_python(values),
        };
        Ok(WrittenConfig {
            text: Zeroizing::new(text),
            left_out,
        })
    }

    /// Errors with `config_environment_unknown` where the tool cannot be told the address: Altinn's
    /// library knows those of test and production, and would send a key of practice to test.
    pub fn check_environment(self, environment: Environment) -> Result<(), Failure> {
        let is_known = matches!(environment, Environment::Test | Environment::Production);
        match self {
            Self::Altinn if !is_known => {
                let environment = environment.as_str();
                Err(Failure::new("config_environment_unknown").with("environment", environment))
            }
            _ => Ok(()),
        }
    }

    /// Errors with `config_keystore_unread` where the tool cannot read a key file of that kind, for a key that is
    /// registered under a name or one with a certificate.
    pub fn check_keystore(self, kind: KeystoreKind, is_registered: bool) -> Result<(), Failure> {
        let reads = match self {
            // A registered key stands in the configuration itself.
            Self::Altinn => is_registered || kind == KeystoreKind::Pkcs12,
            Self::DanielskovliPython if is_registered => kind != KeystoreKind::Pkcs12,
            Self::DanielskovliPython => kind == KeystoreKind::Jks,
            Self::JwtGrantGenerator | Self::Brreg => kind != KeystoreKind::Pem,
            // Given the key itself, or any of these.
            Self::Fiks | Self::Nais | Self::Vtfk | Self::DanielskovliDotnet => true,
        };
        match reads {
            true => Ok(()),
            false => Err(Failure::new("config_keystore_unread")
                .with("tool", self.as_str())
                .with("kind", kind.as_str())),
        }
    }

    /// Whether the file of the tool has a place for a resource, which is then the only one.
    pub(crate) fn takes_one_resource(self) -> bool {
        self.taken().contains(&"resource")
    }

    fn left_out(self, values: &ConfigValues) -> Vec<&'static str> {
        let given = [
            ("scope", true),
            ("resource", !values.resource.is_empty()),
            ("consumer_org", values.consumer_org.is_some()),
            ("kid", values.kid.is_some()),
        ];
        given
            .into_iter()
            .filter(|(name, is_given)| *is_given && !self.taken().contains(name))
            .map(|(name, _)| name)
            .collect()
    }

    /// What has a place in the file of the tool, by its claim.
    fn taken(self) -> &'static [&'static str] {
        match self {
            Self::JwtGrantGenerator | Self::Altinn => &["scope", "resource", "consumer_org", "kid"],
            Self::Fiks => &["consumer_org", "kid"],
            Self::DanielskovliPython => &["scope", "kid"],
            Self::Nais => &["scope", "kid"],
            Self::Brreg | Self::Vtfk => &["scope"],
            Self::DanielskovliDotnet => &["kid"],
        }
    }
}
