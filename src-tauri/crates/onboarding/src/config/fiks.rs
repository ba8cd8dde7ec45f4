//! KS fiks-maskinporten with Spring Boot (ks-no/fiks-maskinporten, `README.md`;
//! ks-no/fiks-virksomhetssertifikat, `README.md`).

use super::values::{ConfigValues, KID_PLACEHOLDER, KeystoreKind};
use super::yaml::scalar;

/// Scopes are given to each call there, so they stand in a comment.
pub(crate) fn write(values: &ConfigValues) -> String {
    let mut text = values.comment();
    text += &format!("# scope: {}\n", values.scopes);
    text += "maskinporten:\n";
    text += &format!("  audience: {}\n", scalar(values.issuer.as_str()));
    text += &format!("  tokenEndpoint: {}\n", scalar(&values.token_endpoint()));
    text += &format!("  issuer: {}\n", scalar(values.client_id.as_str()));
    text += "  numberOfSecondsLeftBeforeExpire: 10\n";
    if let Some(consumer) = &values.consumer_org {
        // Quoted: digits alone would be read as a number.
        text += &format!("  consumerOrg: {}\n", scalar(consumer.as_str()));
    }
    if values.keystore.kind == KeystoreKind::Pem {
        return text + &own_key(values);
    }
    if let Some(kid) = &values.kid {
        text += &format!("  asymmetricKey: {}\n", scalar(kid.as_str()));
    }
    let (alias, file) = (scalar(&values.alias()), scalar(&values.keystore_file()));
    text += "virksomhetsertifikat:\n  sertifikater:\n    - sertifikat-type: AUTH\n";
    text += &format!("      keystore-path: {file}\n");
    text += &format!(
        "      keystore-password: {}\n",
        scalar(values.store_password())
    );
    text += &format!("      certificate-alias: {alias}\n");
    text += &format!("      private-key-alias: {alias}\n");
    text += &format!(
        "      private-key-password: {}\n",
        scalar(values.key_password())
    );
    text
}

/// A key of one's own: by its name on the client, and without certificate.
fn own_key(values: &ConfigValues) -> String {
    let kid = values
        .kid
        .as_ref()
        .map_or(KID_PLACEHOLDER, |kid| kid.as_str());
    format!(
        "  asymmetricKey: {}\n  privateKey:\n    pemFilePath: {}\n",
        scalar(kid),
        scalar(&values.keystore_file())
    )
}
