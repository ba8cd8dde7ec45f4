//! Altinn.ApiClients.Maskinporten's `appsettings.json` (Altinn/altinn-apiclient-maskinporten,
//! `README.md`, `MaskinportenSettings.cs`).

use maskinporten::Environment;
use serde_json::{Value, json};

use super::json;
use super::values::ConfigValues;

/// In the order of the library's own example, with the key file as the one source of the key
/// (`Pkcs12ClientDefinition`). JSON has no comments; the environment is a value of its own here.
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
    let rows = [
        ("Environment", Some(json!(environment))),
        ("ClientId", Some(json!(values.client_id.as_str()))),
        ("Scope", Some(json!(values.scopes.to_string()))),
        ("Resource", optional(values.only_resource())),
        ("ConsumerOrgNo", optional(consumer_org.as_deref())),
        ("CertificatePkcs12Path", Some(json!(values.keystore_file()))),
        (
            "CertificatePkcs12Password",
            Some(json!(values.store_password())),
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
