use maskinporten::{GrantClaims, TokenClaims};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::IssuedToken;

/// Something that was asked for and that came in another form. Its words stand under the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Difference {
    /// `scope`, `consumer`, `resource`, `pid` or `authorization_details`.
    pub name: String,
    /// What was asked for; values joined with spaces. Of a person nothing is told.
    pub asked: String,
    /// What came; empty when nothing did.
    pub received: String,
}

/// What of a token differs from what was asked for. `own_org` is the organisation of the certificate; empty where it is
/// not known.
pub fn token_differences(issued: &IssuedToken, own_org: &str) -> Vec<Difference> {
    differences(&issued.claims, issued.token.claims(), own_org)
}

/// What differs between a grant and its token. `own_org` is the organisation of the certificate,
/// which a token is for when the grant names no other; empty where the key has none.
///
/// An `aud` that nobody asked for is no difference: older clients get `unspecified` (Digdir,
/// "Access token").
pub(crate) fn differences(
    asked: &GrantClaims,
    received: &TokenClaims,
    own_org: &str,
) -> Vec<Difference> {
    let consumer = received.organisation("consumer");
    let consumer = consumer.as_ref().and_then(|named| named.digits());
    let asked_consumer = asked.consumer_org.as_deref().unwrap_or(own_org);
    let rows = [
        (
            "scope",
            words(&asked.scope),
            words(received.text("scope").unwrap_or_default()),
        ),
        (
            "consumer",
            words(asked_consumer),
            words(consumer.unwrap_or_default()),
        ),
        (
            "resource",
            sorted(asked.resource.clone()),
            audience(received.as_map().get("aud")),
        ),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, asked, received)| !asked.is_empty() && asked != received)
        .map(|(name, asked, received)| Difference {
            name: name.to_owned(),
            asked: asked.join(" "),
            received: received.join(" "),
        });
    // The grant as it is sent has the same form as the token.
    let asked = serde_json::to_value(asked).expect("strings and numbers always become JSON");
    rows.chain(person(&asked, received))
        .chain(detail(&asked, received))
        .collect()
}

/// Another person than was asked for, or none. Whoever it is stays untold.
fn person(asked: &Value, received: &TokenClaims) -> Option<Difference> {
    let asked = asked.get("pid")?;
    (received.as_map().get("pid") != Some(asked)).then(|| Difference {
        name: "pid".to_owned(),
        asked: String::new(),
        received: String::new(),
    })
}

/// Another system user or consent than was asked for, or none. The token says more of it than the
/// grant; what the grant says must be there.
fn detail(asked: &Value, received: &TokenClaims) -> Option<Difference> {
    let asked = asked.get("authorization_details")?.get(0)?;
    let received = received.as_map().get("authorization_details");
    let received = received.and_then(|elements| elements.get(0));
    let is_same = |name: &&str| {
        let member = |element: &Value| element.get(*name).map(as_told);
        member(asked) == received.and_then(member)
    };
    (!ECHOED.iter().all(is_same)).then(|| Difference {
        name: "authorization_details".to_owned(),
        asked: named(asked),
        received: received.map(named).unwrap_or_default(),
    })
}

/// The type of an element and what it is about, without persons.
fn named(element: &Value) -> String {
    let told = ["type", "systemuser_org", "id"];
    let told = told.iter().filter_map(|name| element.get(*name));
    told.map(as_told).collect::<Vec<_>>().join(" ")
}

/// A text as it is, an organisation by its number.
fn as_told(value: &Value) -> String {
    let id = value.get("ID").and_then(Value::as_str);
    let digits = id.map(|id| id.rsplit(':').next().unwrap_or(id));
    let text = digits.or_else(|| value.as_str());
    text.unwrap_or_default().to_owned()
}

fn words(text: &str) -> Vec<String> {
    sorted(text.split_whitespace().map(str::to_owned).collect())
}

/// `aud` is one string or several (RFC 7519 §4.1.3).
fn audience(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match value {
        Some(Value::Array(values)) => sorted(values.iter().map(text).collect()),
        Some(value) => vec![text(value)],
        None => Vec::new(),
    }
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// The members of an element that the token repeats (Digdir, "Systembruker" and "Samtykke").
const ECHOED: [&str; 4] = ["type", "systemuser_org", "id", "from"];

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use maskinporten::{AccessToken, AuthorizationDetail, Grant};
    use serde_json::json;
    use time::OffsetDateTime;

    use super::*;

    fn found(change: impl FnOnce(&mut Grant), received: &Value) -> Vec<(String, String, String)> {
        let issuer = "https://test.maskinporten.no/".parse().expect("an issuer");
        let client = "client".parse().expect("a client");
        let mut grant = Grant::new(issuer, client, "a:b".parse().expect("a scope"));
        change(&mut grant);
        let claims = grant.claims(OffsetDateTime::UNIX_EPOCH, "1");
        let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(received.to_string()));
        let token = AccessToken::read(token).expect("a token");
        let found = differences(&claims, token.claims(), "").into_iter();
        found
            .map(|one| (one.name, one.asked, one.received))
            .collect()
    }

    #[test]
    fn a_person_who_is_missing_or_another_is_told_without_the_number() {
        let pid = |grant: &mut Grant| grant.pid = Some("11913049987".parse().expect("a person"));
        assert_eq!(found(pid, &json!({"scope":"a:b","pid":"11913049987"})), []);
        let told = [("pid".to_owned(), String::new(), String::new())];
        assert_eq!(found(pid, &json!({"scope":"a:b"})), told);
        assert_eq!(found(pid, &json!({"scope":"a:b","pid":"x"})), told);
        assert_eq!(found(|_| {}, &json!({"scope":"a:b","pid":"x"})), []);
    }

    #[test]
    fn another_system_user_than_was_asked_for_is_told() {
        let user = |grant: &mut Grant| {
            grant.authorization_detail = Some(AuthorizationDetail::SystemUser {
                systemuser_org: "310886424".parse().expect("a number"),
                external_ref: Some("kunde-1".parse().expect("a reference")),
            });
        };
        let token = |digits: &str| {
            let org =
                json!({ "authority": "iso6523-actorid-upis", "ID": format!("0192:{digits}") });
            json!({ "scope": "a:b", "authorization_details": [{
                "type": "urn:altinn:systemuser", "systemuser_id": ["1"], "system_id": "2",
                "systemuser_org": org }] })
        };
        assert_eq!(found(user, &token("310886424")), []);
        let told = |received: &str| {
            let asked = "urn:altinn:systemuser 310886424".to_owned();
            let name = "authorization_details".to_owned();
            [(name, asked, received.to_owned())]
        };
        let other = told("urn:altinn:systemuser 313045285");
        assert_eq!(found(user, &token("313045285")), other);
        assert_eq!(found(user, &json!({ "scope": "a:b" })), told(""));
    }
}
