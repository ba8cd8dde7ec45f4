//! The exchange of a Maskinporten token for an Altinn token.

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Value, json};
use simulator::{Registry, Scenario, Scenarios};
use time::Duration;

use crate::api::Reply;
use crate::practice::{NOW_S, Practice};

const EXCHANGE: &str = "authentication/api/v1/exchange/maskinporten";
const OWNER: &str = "altinn:serviceowner/instances.read";

type Headers<'a> = Vec<(&'a str, &'a str)>;

async fn exchange(practice: &Practice, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = practice.http().get(practice.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    practice.reply(request).await
}

/// The claims of an Altinn token, signature verified with Altinn's published key.
async fn claims(practice: &Practice, token: &str) -> Value {
    let metadata = practice.url("authentication/api/v1/openid/.well-known/openid-configuration");
    let metadata = practice.reply(practice.http().get(metadata)).await.body;
    let jwks = metadata["jwks_uri"].as_str().unwrap();
    let jwks = practice.reply(practice.http().get(jwks)).await.body;
    let jwks: jsonwebtoken::jwk::JwkSet = serde_json::from_value(jwks).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    let jwk = jwks.find(&header.kid.unwrap()).unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(jwk).unwrap();
    let mut validation = jsonwebtoken::Validation::new(header.alg);
    validation.set_issuer(&[metadata["issuer"].as_str().unwrap()]);
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims
}

#[tokio::test]
async fn the_altinn_token_says_the_same_and_lives_for_half_an_hour() {
    let practice = Practice::start().await;
    let grant = practice.bank_grant().claim("scope", OWNER);
    let token = practice
        .token(grant.claim("resource", json!(["https://a.example/"])))
        .await;
    let bearer = format!("Bearer {token}");
    practice.set_clock(Duration::seconds(60));
    let reply = exchange(&practice, EXCHANGE, &[("authorization", &bearer)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.headers[CONTENT_TYPE], "text/plain; charset=utf-8");
    let mut claims = claims(&practice, &reply.text).await;
    let text = |name: &str| claims[name].as_str().unwrap_or_default().to_owned();
    assert_ne!(text("sid"), "");
    assert_ne!(text("jti"), "");
    for name in ["sid", "jti"] {
        claims.as_object_mut().unwrap().remove(name);
    }
    let client = &crate::practice::material().set.clients()[0];
    assert_eq!(
        claims,
        json!({
            "iss": practice.url("authentication/api/v1/openid/"),
            "client_id": client.client_id,
            "token_type": "Bearer",
            "scope": OWNER,
            "consumer": { "authority": "iso6523-actorid-upis", "ID": "0192:313045285" },
            "iat": NOW_S + 60, "nbf": NOW_S + 60, "exp": NOW_S + 60 + 1800,
            "urn:altinn:orgNumber": "313045285",
            "urn:altinn:authenticatemethod": "maskinporten",
            "urn:altinn:authlevel": 3,
            "urn:altinn:org": "granitt",
        })
    );
}

#[tokio::test]
async fn quotation_marks_come_when_json_is_asked_for_or_by_the_switch() {
    let practice = Practice::start().await;
    let token = practice.token(practice.bank_grant()).await;
    let bearer = format!("Bearer {token}");
    let authorization = ("authorization", bearer.as_str());
    let rows = [
        (None, false, false),
        (Some("*/*"), false, false),
        (Some("text/plain"), false, false),
        (Some("application/json"), false, true),
        (Some("application/json, text/plain"), false, true),
        (None, true, true),
    ];
    for (accept, switched, quoted) in rows {
        let scenarios = switched.then_some(Scenario::AltinnQuotes);
        practice
            .simulator
            .switch(Scenarios::new(scenarios).unwrap());
        let mut headers = vec![authorization];
        headers.extend(accept.map(|accept| (ACCEPT.as_str(), accept)));
        let reply = exchange(&practice, EXCHANGE, &headers).await;
        let is_quoted = reply.text.starts_with('"') && reply.text.ends_with('"');
        assert_eq!(is_quoted, quoted, "{accept:?} {switched}");
        claims(&practice, reply.text.trim_matches('"')).await;
    }
}

#[tokio::test]
async fn the_short_name_needs_the_scope_and_a_service_owner() {
    let practice = Practice::start().await;
    let org = async |scope: &str, query: &str, change: fn(&mut Registry)| {
        practice.change(change);
        let token = practice
            .token(practice.bank_grant().claim("scope", scope))
            .await;
        let bearer = format!("Bearer {token}");
        let path = format!("{EXCHANGE}{query}");
        let reply = exchange(&practice, &path, &[("authorization", &bearer)]).await;
        claims(&practice, &reply.text).await["urn:altinn:org"].clone()
    };
    assert_eq!(org(OWNER, "", |_| {}).await, "granitt");
    assert_eq!(org("brreg:losore/tlg", "", |_| {}).await, Value::Null);
    assert_eq!(org(OWNER, "?test=true", |_| {}).await, "granitt");
    let as_digdir = |registry: &mut Registry| {
        registry.organisations[0].service_owner = Some("digdir".to_owned());
    };
    assert_eq!(org(OWNER, "?test=true", as_digdir).await, "ttd");
    assert_eq!(
        org("brreg:losore/tlg", "?test=true", |_| {}).await,
        Value::Null
    );
    assert_eq!(org(OWNER, "?test=false", |_| {}).await, "digdir");
    let as_nobody = |registry: &mut Registry| registry.organisations[0].service_owner = None;
    assert_eq!(org(OWNER, "", as_nobody).await, Value::Null);
}

#[tokio::test]
async fn what_does_not_hold_is_not_exchanged() {
    let practice = Practice::start().await;
    let elsewhere = Practice::start().await;
    let good = practice.token(practice.bank_grant()).await;
    let stranger = elsewhere.token(elsewhere.bank_grant()).await;
    let bearer = format!("Bearer {good}");
    let exchanged = exchange(&practice, EXCHANGE, &[("authorization", &bearer)]).await;
    let bare: &[(&str, &str)] = &[];
    let with = |token: &str| format!("Bearer {token}");
    let cut = with(good.rsplit_once('.').unwrap().0);
    let stranger = with(&stranger);
    let twice = with(&exchanged.text);
    let user = ("x-altinn-enterpriseuser-authentication", "dXNlcjpwYXNz");
    let base = "authentication/api/v1/exchange/";
    let rows: Vec<(&str, &str, Headers<'_>, u16)> = vec![
        ("no token", "maskinporten", bare.to_vec(), 401),
        (
            "no scheme",
            "maskinporten",
            vec![("authorization", &good)],
            401,
        ),
        ("cut", "maskinporten", vec![("authorization", &cut)], 401),
        (
            "another environment's",
            "maskinporten",
            vec![("authorization", &stranger)],
            401,
        ),
        (
            "exchanged already",
            "maskinporten",
            vec![("authorization", &twice)],
            401,
        ),
        (
            "unknown provider",
            "feide",
            vec![("authorization", &bearer)],
            400,
        ),
        (
            "another provider",
            "id-porten",
            vec![("authorization", &bearer)],
            401,
        ),
        (
            "virksomhetsbruker",
            "maskinporten",
            vec![("authorization", &bearer), user],
            410,
        ),
        (
            "virksomhetsbruker without token",
            "maskinporten",
            vec![user],
            401,
        ),
    ];
    for (row, provider, headers, status) in rows {
        let reply = exchange(&practice, &format!("{base}{provider}"), &headers).await;
        assert_eq!(reply.status, status, "{row}: {}", reply.text);
        match status {
            410 => assert_eq!(
                reply.body["title"],
                "Virksomhetsbruker is no longer available"
            ),
            _ => assert_eq!(reply.text, "", "{row}"),
        }
    }
    // The token lived for 120 seconds; ten more are forgiven.
    for (after, status) in [(129, 200), (130, 401)] {
        practice.set_clock(Duration::seconds(after));
        let reply = exchange(&practice, EXCHANGE, &[("authorization", &bearer)]).await;
        assert_eq!(reply.status, status, "{after} s");
    }
}
