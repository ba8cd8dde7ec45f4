//! Grants for tests: right in every way until a row spoils one thing.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keystore::{Certificate, PrivateKey, SignatureAlgorithm, Signer};
use serde_json::{Value, json};
use simulator::PracticeClient;

use crate::practice::{Keys, NOW_S};

/// A grant before it is signed.
#[derive(Clone)]
pub(crate) struct Grant<'k> {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) key: &'k PrivateKey,
    pub(crate) algorithm: SignatureAlgorithm,
}

impl<'k> Grant<'k> {
    pub(crate) fn x5c(issuer: &str, client: &PracticeClient, keys: &'k Keys) -> Self {
        let header = json!({ "alg": "RS256", "x5c": x5c(&keys.chain[..1]) });
        Self::new(header, issuer, client, keys)
    }

    pub(crate) fn kid(issuer: &str, client: &PracticeClient, keys: &'k Keys) -> Self {
        let header = json!({ "alg": "RS256", "kid": client.kid });
        Self::new(header, issuer, client, keys)
    }

    fn new(header: Value, issuer: &str, client: &PracticeClient, keys: &'k Keys) -> Self {
        let claims = json!({
            "aud": issuer,
            "iss": client.client_id,
            "scope": "brreg:reelle/offentlig",
            "iat": NOW_S,
            "exp": NOW_S + 120,
            "jti": uuid::Uuid::new_v4().to_string(),
        });
        Self {
            header,
            claims,
            key: &keys.key,
            algorithm: SignatureAlgorithm::Rs256,
        }
    }

    pub(crate) fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    pub(crate) fn without_claim(mut self, name: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(name);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.header.as_object_mut().unwrap().remove(name);
        self
    }

    /// Signs, and says so in the header.
    pub(crate) fn algorithm(mut self, algorithm: SignatureAlgorithm) -> Self {
        self.algorithm = algorithm;
        self.header("alg", algorithm.as_str())
    }

    pub(crate) fn key(mut self, key: &'k PrivateKey) -> Self {
        self.key = key;
        self
    }

    pub(crate) fn sign(&self) -> String {
        self.sign_texts(&self.header.to_string(), &self.claims.to_string())
    }

    /// Signs these very texts in place of the header and the claims.
    pub(crate) fn sign_texts(&self, header: &str, claims: &str) -> String {
        self.sign_parts(&encode(header), &encode(claims))
    }

    /// Signs these very parts, encoded as they are.
    pub(crate) fn sign_parts(&self, header: &str, payload: &str) -> String {
        let signed = format!("{header}.{payload}");
        let signature = self.key.sign(self.algorithm, signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

pub(crate) fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

pub(crate) fn x5c(chain: &[Certificate]) -> Vec<String> {
    chain
        .iter()
        .map(|certificate| STANDARD.encode(certificate.der()))
        .collect()
}
