//! jwt-grant-generator's properties file (felleslosninger/jwt-grant-generator, `README.md`).

use super::properties::write_line;
use super::values::ConfigValues;

/// In the order of the tool's own example. A key without a value is left out: an empty one would
/// be sent as `""`.
pub(crate) fn write(values: &ConfigValues) -> String {
    let consumer_org = values.consumer_org.as_ref().map(ToString::to_string);
    let optional = [
        ("resource", values.only_resource()),
        ("consumer_org", consumer_org.as_deref()),
        ("keystore.kid", values.kid.as_ref().map(|kid| kid.as_str())),
    ];
    let mut text = values.comment();
    text += &write_line("issuer", values.client_id.as_str());
    text += &write_line("audience", values.issuer.as_str());
    text += &write_line("token.endpoint", &values.token_endpoint());
    text += &write_line("scope", &values.scopes.to_string());
    for (key, value) in optional {
        text += &value
            .map(|value| write_line(key, value))
            .unwrap_or_default();
    }
    text += &write_line("keystore.type", values.keystore.kind.as_str());
    text += &write_line("keystore.file", &values.keystore_file());
    text += &write_line("keystore.password", values.store_password());
    text += &write_line("keystore.alias", &values.alias());
    text += &write_line("keystore.alias.password", values.key_password());
    text
}
