//! The clients of danielskovli: `maskinporten-settings.json` for .NET, environment variables for
//! Python (danielskovli/maskinporten-authentication-dotnet, `samples/secrets`;
//! danielskovli/maskinporten-authentication-py, `readme.md`).

use serde_json::json;

use super::dotenv::write_line;
use super::json;
use super::values::{ConfigValues, JWK_PLACEHOLDER};

/// The key is a private JWK. Scopes are given to each call; JSON has no comments, and the authority
/// names the environment.
pub(crate) fn write_dotnet(values: &ConfigValues) -> String {
    let mut key = json!({ "kty": "RSA", "d": JWK_PLACEHOLDER });
    if let Some(kid) = &values.kid {
        key["kid"] = json!(kid.as_str());
    }
    let members = [
        ("authority", json!(values.issuer.as_str())),
        ("clientId", json!(values.client_id.as_str())),
        ("key", key),
    ];
    json::write("MaskinportenSettings", members.into_iter())
}

/// With a JKS: the alias exactly as it stands there, and one password for store and key. A client
/// with a registered key has other variables.
pub(crate) fn write_python(values: &ConfigValues) -> String {
    let client_id = values.client_id.as_str();
    let alias = values.alias();
    let scopes = values.scopes.to_string();
    let rows = match &values.kid {
        Some(kid) => vec![("JWKS_CLIENT_ID", client_id), ("JWKS_KID", kid.as_str())],
        None => vec![
            ("CERTIFICATE_CLIENT_ID", client_id),
            ("CERTIFICATE_KEY_ALIAS", &*alias),
            ("CERTIFICATE_STORE_PASSWORD", values.store_password()),
        ],
    };
    let mut text = values.comment();
    for (name, value) in rows.into_iter().chain([("SCOPES", &*scopes)]) {
        text += &write_line(name, value);
    }
    text
}
