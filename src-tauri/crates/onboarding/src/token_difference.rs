use serde::Serialize;
use ts_rs::TS;

use crate::IssuedToken;

/// Something that was asked for and that came in another form. Its words stand under the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Difference {
    /// `scope`, `consumer` or `resource`.
    pub name: String,
    /// What was asked for; values joined with spaces.
    pub asked: String,
    /// What came; empty when nothing did.
    pub received: String,
}

/// What differs between the grant and the token. `own_org` is the organisation of the certificate,
/// which a token is for when the grant names no other; empty where the key has none.
///
/// An `aud` that nobody asked for is no difference: older clients get `unspecified` (Digdir,
/// "Access token").
pub(crate) fn differences(issued: &IssuedToken, own_org: &str) -> Vec<Difference> {
    let claims = issued.token.claims();
    let consumer = claims.organisation("consumer");
    let consumer = consumer.as_ref().and_then(|named| named.digits());
    let asked_consumer = issued.claims.consumer_org.as_deref().unwrap_or(own_org);
    let rows = [
        (
            "scope",
            words(&issued.claims.scope),
            words(claims.text("scope").unwrap_or_default()),
        ),
        (
            "consumer",
            words(asked_consumer),
            words(consumer.unwrap_or_default()),
        ),
        (
            "resource",
            sorted(issued.claims.resource.clone()),
            audience(claims.as_map().get("aud")),
        ),
    ];
    rows.into_iter()
        .filter(|(_, asked, received)| !asked.is_empty() && asked != received)
        .map(|(name, asked, received)| Difference {
            name: name.to_owned(),
            asked: asked.join(" "),
            received: received.join(" "),
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    sorted(text.split_whitespace().map(str::to_owned).collect())
}

/// `aud` is one string or several (RFC 7519 §4.1.3).
fn audience(value: Option<&serde_json::Value>) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    match value {
        Some(serde_json::Value::Array(values)) => sorted(values.iter().map(text).collect()),
        Some(value) => vec![text(value)],
        None => Vec::new(),
    }
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}
