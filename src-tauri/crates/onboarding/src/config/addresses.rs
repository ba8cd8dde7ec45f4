//! What the addresses in a configuration file tell.

use maskinporten::Environment;
use url::Url;

/// The environment whose issuer lies at the same host; of any other host nothing is known.
pub(crate) fn environment_of(address: &str) -> Environment {
    let host = |address: &str| Url::parse(address).ok()?.host_str().map(str::to_owned);
    let here = host(address);
    let known = [Environment::Test, Environment::Production];
    known
        .into_iter()
        .find(|environment| {
            let issuer = environment.issuer();
            here.is_some() && issuer.and_then(|issuer| host(issuer.as_str())) == here
        })
        .unwrap_or(Environment::Custom)
}

/// Whether an issuer is a host alone without the slash that its name ends with.
pub(crate) fn lacks_slash(issuer: &str) -> bool {
    Url::parse(issuer).is_ok_and(|url| url.path() == "/") && !issuer.ends_with('/')
}

/// Whether an address cannot be a token endpoint.
pub(crate) fn lacks_token(endpoint: &str) -> bool {
    !endpoint.ends_with("/token")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_environment_at_its_host() {
        for (address, environment) in [
            ("https://test.maskinporten.no/", Environment::Test),
            ("https://test.maskinporten.no/token", Environment::Test),
            ("https://maskinporten.no", Environment::Production),
            ("https://example.org/maskinporten.no/", Environment::Custom),
            ("maskinporten.no", Environment::Custom),
            ("", Environment::Custom),
        ] {
            assert_eq!(environment_of(address), environment, "{address}");
        }
    }
}
