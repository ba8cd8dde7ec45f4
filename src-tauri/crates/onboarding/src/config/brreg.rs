//! refapp-integrasjon's `application.yml` (brreg/refapp-integrasjon, `src/main/resources`).

use super::values::ConfigValues;
use super::yaml::scalar;

/// The keystore's form has no default there, and is always written. The password of the key is
/// written as a dotted key, for `alias` is a value and can hold no other.
pub(crate) fn write(values: &ConfigValues) -> String {
    format!(
        "{}issuer: {}\n\
         audience: {}\n\
         token:\n  endpoint: {}\n\
         scope: {}\n\
         keystore:\n  type: {}\n  file: {}\n  password: {}\n  alias: {}\n  alias.password: {}\n",
        values.comment(),
        scalar(values.client_id.as_str()),
        scalar(values.issuer.as_str()),
        scalar(&values.token_endpoint()),
        scalar(&values.scopes.to_string()),
        values.keystore.kind.as_str(),
        scalar(&values.keystore_file()),
        scalar(values.store_password()),
        scalar(&values.alias()),
        scalar(values.key_password()),
    )
}
