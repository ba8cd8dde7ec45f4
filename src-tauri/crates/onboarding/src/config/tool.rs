use serde::Deserialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::values::ConfigValues;
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
#[derive(Debug)]
pub struct WrittenConfig {
    /// The whole text; holds passwords when they were given.
    pub text: Zeroizing<String>,
    /// The values that were given and have no place in the tool's file, by their claim.
    pub left_out: Vec<&'static str>,
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
    /// Errors with `config_several_resources`: of these tools none takes more than one.
    pub fn write(self, values: &ConfigValues) -> Result<WrittenConfig, Failure> {
        let left_out = self.left_out(values);
        if values.resource.len() > 1 && !left_out.contains(&"resource") {
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

    fn left_out(self, values: &ConfigValues) -> Vec<&'static str> {
        let given = [
            ("scope", true),
            ("resource", !values.resource.is_empty()),
            ("consumer_org", values.consumer_org.is_some()),
            ("kid", values.kid.is_some()),
        ];
        let taken: &[&str] = match self {
            Self::JwtGrantGenerator => &["scope", "resource", "consumer_org", "kid"],
            Self::Altinn => &["scope", "resource", "consumer_org"],
            Self::Fiks => &["consumer_org", "kid"],
            Self::DanielskovliPython => &["scope", "kid"],
            Self::Nais => &["scope", "kid"],
            Self::Brreg | Self::Vtfk => &["scope"],
            Self::DanielskovliDotnet => &["kid"],
        };
        given
            .into_iter()
            .filter(|(name, is_given)| *is_given && !taken.contains(name))
            .map(|(name, _)| name)
            .collect()
    }
}
