use serde::Deserialize;
use url::Url;

use crate::{ClientId, Environment, Issuer, OrgNumber, ProtocolError, issuer::is_secure};

/// The self-service API of an environment (Digdir, "Selvbetjenings-API"): where a client and its
/// keys are read. Writing is left to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfService {
    /// Ends with a slash.
    base: Url,
}

impl SelfService {
    /// What a token needs to read the organisation's own clients.
    pub const READ_SCOPE: &'static str = "idporten:dcr.read";

    /// The API that belongs to a server. In practice it lies beside the token endpoint; of another
    /// server than Digdir's none is known.
    pub fn of(environment: Environment, issuer: &Issuer) -> Option<Self> {
        let base = match environment {
            Environment::Test => TEST_BASE,
            Environment::Production => PRODUCTION_BASE,
            Environment::Practice => issuer.as_str(),
            Environment::Custom => return None,
        };
        let base = Url::parse(base).ok().filter(is_secure)?;
        let base = base.join("api/v1/").ok()?;
        Some(Self { base })
    }

    /// Where a client is read.
    pub fn client_url(&self, client_id: &ClientId) -> String {
        self.below(&["clients", client_id.as_str()])
    }

    /// Where the keys of a client are read.
    pub fn keys_url(&self, client_id: &ClientId) -> String {
        self.below(&["clients", client_id.as_str(), "jwks"])
    }

    /// An id may hold any visible character: each part is put in as one.
    fn below(&self, parts: &[&str]) -> String {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        url.into()
    }
}

/// A client as self-service tells of it; members that are not there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredClient {
    /// The organisation that owns it.
    pub owner: Option<OrgNumber>,
    /// Every scope on it.
    pub scopes: Option<Vec<String>>,
}

/// A public key on a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredClientKey {
    /// Its id.
    pub kid: String,
    /// When it ends, seconds since 1970.
    pub expires_at: Option<i64>,
}

impl RegisteredClient {
    /// Reads the answer to `GET /clients/{client_id}`.
    pub fn read(body: &[u8]) -> Result<Self, ProtocolError> {
        let fields: ClientFields = read(body)?;
        let owner = fields.client_orgno.and_then(|org| org.parse().ok());
        Ok(Self {
            owner,
            scopes: fields.scopes,
        })
    }
}

impl RegisteredClientKey {
    /// Reads the answer to `GET /clients/{client_id}/jwks`: the whole set.
    pub fn read_all(body: &[u8]) -> Result<Vec<Self>, ProtocolError> {
        let fields: KeysFields = read(body)?;
        let key = |fields: KeyFields| Self {
            kid: fields.kid,
            expires_at: fields.exp,
        };
        Ok(fields.keys.into_iter().map(key).collect())
    }
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ProtocolError> {
    serde_json::from_slice(body).map_err(|_| ProtocolError::UnexpectedAnswer { status: 200 })
}

#[derive(Deserialize)]
struct ClientFields {
    client_orgno: Option<String>,
    scopes: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct KeysFields {
    keys: Vec<KeyFields>,
}

#[derive(Deserialize)]
struct KeyFields {
    kid: String,
    exp: Option<i64>,
}

const TEST_BASE: &str = "https://api.test.samarbeid.digdir.no/";
const PRODUCTION_BASE: &str = "https://api.samarbeid.digdir.no/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_follow_from_the_environment() {
        let test = Environment::Test.issuer().expect("published");
        let practice: Issuer = "http://127.0.0.1:8080/".parse().expect("an issuer");
        let client: ClientId = "a/b?c".parse().expect("visible");
        let url = |environment, issuer| {
            let api = SelfService::of(environment, issuer)?;
            Some((api.client_url(&client), api.keys_url(&client)))
        };
        let base = "https://api.test.samarbeid.digdir.no/api/v1/clients/a%2Fb%3Fc";
        let expected = (base.to_owned(), format!("{base}/jwks"));
        assert_eq!(url(Environment::Test, &test), Some(expected));
        let base = "http://127.0.0.1:8080/api/v1/clients/a%2Fb%3Fc";
        let found = url(Environment::Practice, &practice).expect("one");
        assert_eq!(found.0, base);
        assert_eq!(url(Environment::Custom, &practice), None);
    }

    #[test]
    fn a_client_and_its_keys_are_read() {
        let body =
            br#"{"client_id":"x","client_orgno":"991825827","scopes":["a:b"],"active":true}"#;
        let client = RegisteredClient::read(body).expect("a client");
        assert_eq!(client.owner.expect("an owner").as_str(), "991825827");
        assert_eq!(client.scopes.expect("scopes"), ["a:b"]);
        let body = br#"{"keys":[{"kid":"k","kty":"RSA","exp":1795203823}],"created":"x"}"#;
        let keys = RegisteredClientKey::read_all(body).expect("keys");
        assert_eq!(
            (keys[0].kid.as_str(), keys[0].expires_at),
            ("k", Some(1_795_203_823))
        );
        for body in [&b"<html>"[..], b"[]", br#"{"keys":"x"}"#] {
            assert!(RegisteredClientKey::read_all(body).is_err());
        }
    }
}
