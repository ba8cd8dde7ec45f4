use maskinporten::Environment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The environments a profile can belong to; a custom server exists for the command line only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentName {
    /// Øvelse.
    Practice,
    /// Test.
    Test,
    /// Produksjon.
    Production,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Practice => Self::Practice,
            EnvironmentName::Test => Self::Test,
            EnvironmentName::Production => Self::Production,
        }
    }
}

impl EnvironmentName {
    /// The environment under that name; none for a custom server, which no profile belongs to.
    pub fn of(environment: Environment) -> Option<Self> {
        match environment {
            Environment::Practice => Some(Self::Practice),
            Environment::Test => Some(Self::Test),
            Environment::Production => Some(Self::Production),
            Environment::Custom => None,
        }
    }

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        Environment::from(self).as_str()
    }
}
