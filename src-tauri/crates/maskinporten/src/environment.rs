use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Issuer;

/// Where a token is asked for.
///
/// The addresses of test and production follow from the environment (Digdir, "Well-known");
/// those of practice come only from a running simulator, those of a custom server from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// The embedded Maskinporten on this machine.
    Practice,
    /// Digdir's test environment, `test.maskinporten.no`.
    Test,
    /// Digdir's production environment, `maskinporten.no`.
    Production,
    /// Another server of the same protocol, found through its metadata.
    Custom,
}

impl Environment {
    /// The word of the wire and the command line: `practice`, `test`, `production`, `custom`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Test => "test",
            Self::Production => "production",
            Self::Custom => "custom",
        }
    }

    /// The issuer that Digdir publishes for the environment; none where it is not fixed.
    pub fn issuer(self) -> Option<Issuer> {
        match self {
            Self::Test => Some(Issuer::fixed(TEST_ISSUER)),
            Self::Production => Some(Issuer::fixed(PRODUCTION_ISSUER)),
            Self::Practice | Self::Custom => None,
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

const TEST_ISSUER: &str = "https://test.maskinporten.no/";
const PRODUCTION_ISSUER: &str = "https://maskinporten.no/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_issuers_end_with_a_slash() {
        let issuer = |environment: Environment| environment.issuer().map(|i| i.to_string());
        assert_eq!(
            issuer(Environment::Test).as_deref(),
            Some("https://test.maskinporten.no/")
        );
        assert_eq!(
            issuer(Environment::Production).as_deref(),
            Some("https://maskinporten.no/")
        );
        assert_eq!(issuer(Environment::Practice), None);
        assert_eq!(issuer(Environment::Custom), None);
    }
}
