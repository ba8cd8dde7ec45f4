//! @vtfk/maskinporten-auth's environment variables (vtfk/maskinportenAuth, `example.js`).

use super::dotenv::write_line;
use super::values::{ConfigValues, PKCS12_PLACEHOLDER};

/// With the whole key file as one base64 text.
pub(crate) fn write(values: &ConfigValues) -> String {
    let mut text = values.comment();
    let scopes = values.scopes.to_string();
    for (name, value) in [
        ("MASKINPORTEN_TOKEN_URL", &*values.token_endpoint()),
        ("MASKINPORTEN_AUDIENCE", values.issuer.as_str()),
        ("MASKINPORTEN_ISSUER", values.client_id.as_str()),
        ("MASKINPORTEN_SCOPE", &scopes),
        ("MASKINPORTEN_CERT_PFX", PKCS12_PLACEHOLDER),
        ("MASKINPORTEN_CERT_PASSPHRASE", values.store_password()),
    ] {
        text += &write_line(name, value);
    }
    text
}
