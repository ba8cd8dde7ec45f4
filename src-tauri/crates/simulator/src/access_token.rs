//! Access tokens as Maskinporten makes them (Digdir, token): a JWT signed by the simulator's key.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::{KeystoreError, PrivateKey, SignatureAlgorithm, Signer};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::check::{Approved, Method};
use crate::iso6523::organisation;
use crate::registry::Registry;

/// The key that signs access tokens, parsed once, and the set that `/jwk` publishes.
pub(crate) struct TokenKey {
    key: PrivateKey,
    kid: String,
    jwks: Value,
}

impl TokenKey {
    /// A new key under a new id.
    pub(crate) fn make() -> Result<Self, KeystoreError> {
        let key = PrivateKey::generate_rsa(KEY_BITS)?;
        let kid = Uuid::new_v4().to_string();
        let (n, e) = key.public_jwk_parts().expect("the key was made as RSA");
        let jwks = json!({ "keys": [{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": kid,
            "n": URL_SAFE_NO_PAD.encode(n),
            "e": URL_SAFE_NO_PAD.encode(e),
        }] });
        Ok(Self { key, kid, jwks })
    }

    /// The public key set (RFC 7517 §5).
    pub(crate) fn jwks(&self) -> &Value {
        &self.jwks
    }

    /// The id of the key.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// Whether the signature over these bytes is this key's (RS256).
    pub(crate) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let spki = self.key.spki_der().unwrap_or_default();
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, spki)
            .verify(signed, signature)
            .is_ok()
    }

    /// Signs claims as a JWT.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeystoreError> {
        let header = json!({ "kid": self.kid, "alg": "RS256" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self
            .key
            .sign(SignatureAlgorithm::Rs256, signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// The answer to an approved grant (RFC 6749 §5.1).
pub(crate) fn answer(
    approved: &Approved<'_>,
    registry: &Registry,
    issuer: &str,
    now: OffsetDateTime,
    key: &TokenKey,
) -> Result<Value, KeystoreError> {
    let lifetime_s = lifetime_s(approved, registry);
    let claims = claims(approved, registry, issuer, now.unix_timestamp(), lifetime_s);
    Ok(json!({
        "access_token": key.sign(&claims)?,
        "token_type": "Bearer",
        "expires_in": lifetime_s,
        "scope": approved.scopes.join(" "),
    }))
}

fn claims(
    approved: &Approved<'_>,
    registry: &Registry,
    issuer: &str,
    now: i64,
    lifetime_s: u32,
) -> Value {
    let owner = &approved.client.org_number;
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("iss", issuer.into());
    put("client_id", approved.client.client_id.as_str().into());
    put("client_amr", client_amr(approved.method).into());
    put("token_type", "Bearer".into());
    put("scope", approved.scopes.join(" ").into());
    put("iat", now.into());
    put("exp", (now + i64::from(lifetime_s)).into());
    put("jti", unique_id().into());
    put(
        "consumer",
        organisation(approved.consumer.as_ref().unwrap_or(owner)),
    );
    if approved.consumer.is_some() {
        put("supplier", organisation(owner));
        let source = approved.scopes.iter().find_map(|scope| {
            registry
                .scope(scope)
                .and_then(|entry| entry.delegation_source.as_deref())
        });
        put("delegation_source", source.into());
    }
    match approved.resource.as_slice() {
        [] => {}
        [one] => {
            put("aud", one.as_str().into());
        }
        several => {
            put("aud", several.into());
        }
    }
    if let Some(pid) = &approved.pid {
        put("pid", pid.as_str().into());
    }
    if let Some(details) = &approved.details {
        put("authorization_details", json!([details.0]));
    }
    Value::Object(claims)
}

/// The client's lifetime, capped by each scope's; the lowest wins, 0 means not set.
fn lifetime_s(approved: &Approved<'_>, registry: &Registry) -> u32 {
    let of_client = match approved.client.access_token_lifetime_s {
        0 => DEFAULT_LIFETIME_S,
        seconds => seconds,
    };
    approved
        .scopes
        .iter()
        .filter_map(|scope| registry.scope(scope))
        .map(|scope| scope.token_age_s_max)
        .filter(|seconds| *seconds > 0)
        .fold(of_client, u32::min)
}

fn client_amr(method: Method) -> &'static str {
    match method {
        Method::Certificate => "virksomhetssertifikat",
        Method::RegisteredKey => "private_key_jwt",
    }
}

fn unique_id() -> String {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The life of a token when neither client nor scope says otherwise.
const DEFAULT_LIFETIME_S: u32 = 120;

/// The size of Maskinporten's own key is not published; this one is made at every start.
const KEY_BITS: u32 = 2048;
