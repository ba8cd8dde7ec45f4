use maskinporten::{Credential, Environment, Grant, KeyId};

/// Everything a token depends on, environment first: two requests with the same key would be
/// answered with the same token but for its times and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenKey {
    environment: Environment,
    grant: Grant,
    /// SHA-256 of the certificate in hexadecimal, where one is sent.
    certificate: Option<String>,
    /// The name of the key, where that is sent instead.
    kid: Option<KeyId>,
    /// The public half of the key that signs (RFC 5280 §4.1.2.7, DER).
    public_key: Option<Vec<u8>>,
}

impl TokenKey {
    pub(crate) fn new(
        environment: Environment,
        grant: &Grant,
        credential: &Credential<'_>,
    ) -> Self {
        Self {
            environment,
            // How long the request may live says nothing of the token.
            grant: Grant {
                lifetime_s: 0,
                ..grant.clone()
            },
            certificate: credential.leaf().map(|leaf| leaf.sha256_hex()),
            kid: credential.kid().cloned(),
            public_key: credential.public_key().map(|key| key.spki_der().to_vec()),
        }
    }
}
