//! Altinn.ApiClients.Maskinporten's `appsettings.json` (Altinn/altinn-apiclient-maskinporten,
//! `README.md`, `MaskinportenSettings.cs`).

use maskinporten::Environment;
use serde_json::{Value, json};

use super::json;
use super::values::{ConfigValues, JWK_PLACEHOLDER};

/// In the order of the library's own example, with one source of the key: the key file (`Pkcs12ClientDefinition`), or
/// the key itself where it is registered under a name (`SettingsJwkClientDefinition`). JSON has no comments; the
/// environment is a value of its own here.
pub(crate) fn write(values: &ConfigValues) -> String {
    let (environment, exchange) = match values.environment {
        Environment::Production => ("prod", "prod"),
        _ => ("test", "tt02"),
    };
    let scopes = values.scopes.as_slice().iter();
    let exchanges = scopes
        .into_iter()
        .any(|s| s.as_str().starts_with("altinn:"));
    let consumer_org = values.consumer_org.as_ref().map(ToString::to_string);
    let optional = |value: Option<&str>| value.map(Value::from);
    let kid = values.kid.as_ref();
    let has_file = kid.is_none();
    let rows = [
        ("Environment", Some(json!(environment))),
        ("ClientId", Some(json!(values.client_id.as_str()))),
        ("Scope", Some(json!(values.scopes.to_string()))),
        ("Resource", optional(values.only_resource())),
        ("ConsumerOrgNo", optional(consumer_org.as_deref())),
        ("Kid", kid.map(|kid| json!(kid.as_str()))),
        ("EncodedJwk", kid.map(|_| json!(JWK_PLACEHOLDER))),
        (
            "CertificatePkcs12Path",
            has_file.then(|| json!(values.keystore_file())),
        ),
        (
            "CertificatePkcs12Password",
            has_file.then(|| json!(values.store_password())),
        ),
        // Spelt so in the library.
        ("ExhangeToAltinnToken", exchanges.then_some(json!(true))),
        (
            "TokenExchangeEnvironment",
            exchanges.then_some(json!(exchange)),
        ),
    ];
    let rows = rows.into_iter();
    json::write(
        "MaskinportenSettings",
        rows.filter_map(|(key, value)| Some((key, value?))),
    )
}
