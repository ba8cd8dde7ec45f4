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

    /// The environment whose server is meant by an issuer: told by the host alone, since the rest
    /// of the name is what people get wrong. None for a server that is not Digdir's.
    pub fn meant_by(issuer: &Issuer) -> Option<Self> {
        let host = issuer.host();
        let host = host.trim_end_matches('.');
        // Written so for production in a guide of DSOP.
        let host = host.strip_prefix("www.").unwrap_or(host);
        [Self::Test, Self::Production]
            .into_iter()
            .find(|environment| environment.issuer().is_some_and(|own| own.host() == host))
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

    #[test]
    fn a_published_issuer_is_known_by_its_host_however_it_is_written() {
        for (issuer, expected) in [
            ("https://test.maskinporten.no/", Some(Environment::Test)),
            ("https://test.maskinporten.no", Some(Environment::Test)),
            (
                "https://TEST.maskinporten.no/token",
                Some(Environment::Test),
            ),
            (
                "https://maskinporten.no:443/",
                Some(Environment::Production),
            ),
            ("https://maskinporten.no./", Some(Environment::Production)),
            (
                concat!("https://www", ".maskinporten.no/"),
                Some(Environment::Production),
            ),
            ("https://sky.maskinporten.no", None),
            ("https://maskinporten.no.example.org/", None),
            ("http://127.0.0.1:8080/", None),
        ] {
            let issuer: Issuer = issuer.parse().expect("an issuer");
            assert_eq!(Environment::meant_by(&issuer), expected, "{issuer}");
        }
    }
}
