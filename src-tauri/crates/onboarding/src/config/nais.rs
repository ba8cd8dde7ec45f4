//! The environment variables of NAIS and navikt/maskinporten-client (nais/digdirator,
//! `pkg/secrets/consts.go`).

use super::dotenv::write_line;
use super::values::{ConfigValues, JWK_PLACEHOLDER};

/// The key is a private JWK there, whose `kid` is the one registered on the client.
pub(crate) fn write(values: &ConfigValues) -> String {
    let mut text = values.comment();
    if let Some(kid) = &values.kid {
        text += &format!("# kid: {kid}\n");
    }
    for (name, value) in [
        ("MASKINPORTEN_CLIENT_ID", values.client_id.to_string()),
        ("MASKINPORTEN_CLIENT_JWK", JWK_PLACEHOLDER.to_owned()),
        ("MASKINPORTEN_SCOPES", values.scopes.to_string()),
        ("MASKINPORTEN_WELL_KNOWN_URL", values.issuer.metadata_url()),
        ("MASKINPORTEN_ISSUER", values.issuer.to_string()),
        ("MASKINPORTEN_JWKS_URI", values.jwks_uri()),
        ("MASKINPORTEN_TOKEN_ENDPOINT", values.token_endpoint()),
    ] {
        text += &write_line(name, &value);
    }
    text
}
