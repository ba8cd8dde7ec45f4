//! The self-service API: the keys of a client, and that they take effect.

use keystore::PrivateKey;
use reqwest::Method;
use serde_json::{Value, json};
use time::Duration;

use crate::grant::Grant;
use crate::practice::{NOW, NOW_S, Practice, material};
use crate::self_service_clients::{BOTH, create};

#[tokio::test]
async fn a_registered_key_gets_tokens_for_a_year() {
    let practice = Practice::start().await;
    let token = practice.admin_token(BOTH).await;
    let id = create(&practice, &token).await;
    let path = format!("api/v1/clients/{id}/jwks");
    let material = material();
    let keys = Value::Array(vec![
        jwk(&material.bank.key, "bank-1"),
        jwk(&material.supplier.key, "bank-2"),
    ]);
    let posted = practice
        .call(Method::POST, &path, &token, json!({ "keys": keys }))
        .await;
    assert_eq!(posted.status, 201, "{}", posted.text);
    let year = NOW_S + 365 * 24 * 3600;
    let read = practice.call(Method::GET, &path, &token, Value::Null).await;
    assert_eq!(read.body["created"], "2026-11-20T12:00:00Z");
    for (index, sent) in keys.as_array().unwrap().iter().enumerate() {
        let mut expected = sent.clone();
        expected["exp"] = year.into();
        assert_eq!(read.body["keys"][index], expected);
    }
    let grant = |kid: &str| {
        let client = &material.set.clients()[1];
        Grant::kid(practice.simulator.issuer(), client, &material.bank)
            .claim("iss", id.as_str())
            .header("kid", kid)
            .claim("scope", "skatteetaten:inntekt")
    };
    let claims = practice.claims(&grant("bank-1")).await;
    assert_eq!(claims["client_amr"], "private_key_jwt");
    assert_eq!(claims["consumer"]["ID"], "0192:313045285");

    // The set is replaced, not added to; an end of one's own comes before the year does.
    let mut soon = jwk(&material.bank.key, "bank-3");
    soon["exp"] = (NOW_S + 3600).into();
    let put = practice
        .call(Method::PUT, &path, &token, json!({ "keys": [soon] }))
        .await;
    assert_eq!(put.status, 200, "{}", put.text);
    assert_eq!(put.body["keys"].as_array().unwrap().len(), 1);
    assert_eq!(put.body["keys"][0]["exp"], NOW_S + 3600);
    let refused = practice.ask(&grant("bank-1").sign()).await;
    refused.assert_refused("replaced", "invalid_grant", "-");
    let at = |kid: &str, after: Duration| {
        practice.set_clock(after);
        let iat = (NOW + after).unix_timestamp();
        grant(kid).claim("iat", iat).claim("exp", iat + 120)
    };
    let late = practice.ask(&at("bank-3", Duration::hours(1)).sign()).await;
    late.assert_refused("own end", "invalid_grant", "MP-121");
    practice.set_clock(Duration::ZERO);

    // Without keys the certificate counts again.
    let gone = practice
        .call(Method::DELETE, &path, &token, Value::Null)
        .await;
    assert_eq!(gone.status, 204);
    let x5c = practice.bank_grant().claim("iss", id.as_str());
    practice
        .claims(&x5c.claim("scope", "skatteetaten:inntekt"))
        .await;
}

#[tokio::test]
async fn a_set_of_keys_that_does_not_hold_is_refused_by_field() {
    let practice = Practice::start().await;
    let token = practice.admin_token(BOTH).await;
    let id = create(&practice, &token).await;
    let path = format!("api/v1/clients/{id}/jwks");
    let material = material();
    let good = jwk(&material.bank.key, "bank-1");
    let with = |name: &str, value: Value| {
        let mut key = good.clone();
        key[name] = value;
        json!({ "keys": [key] })
    };
    let without = |name: &str| {
        let mut key = good.clone();
        key.as_object_mut().unwrap().remove(name);
        json!({ "keys": [key] })
    };
    let several = |count: usize| {
        let key = |index| jwk(&material.bank.key, &format!("bank-{index}"));
        json!({ "keys": (0..count).map(key).collect::<Vec<_>>() })
    };
    let theirs = material.set.clients()[1].kid.as_deref().unwrap();
    let other_certificate = {
        use base64::Engine;
        let der = material.supplier.chain[0].der();
        base64::engine::general_purpose::STANDARD.encode(der)
    };
    let rows = [
        ("no keys", json!({}), "keys"),
        ("keys as object", json!({ "keys": {} }), "keys"),
        ("empty", json!({ "keys": [] }), "keys"),
        ("six", several(6), "keys"),
        (
            "more than keys",
            json!({ "keys": [good], "client_id": "a" }),
            "client_id",
        ),
        ("a text", json!({ "keys": ["a"] }), "keys[0].kty"),
        ("no use", without("use"), "keys[0].use"),
        ("use enc", with("use", "enc".into()), "keys[0].use"),
        ("no alg", without("alg"), "keys[0].alg"),
        ("PS256", with("alg", "PS256".into()), "keys[0].alg"),
        ("no kid", without("kid"), "keys[0].kid"),
        ("kid with a space", with("kid", "a b".into()), "keys[0].kid"),
        (
            "kid of another client",
            with("kid", theirs.into()),
            "keys[0].kid",
        ),
        (
            "the same kid twice",
            json!({ "keys": [good, good] }),
            "keys[1].kid",
        ),
        ("EC", with("kty", "EC".into()), "keys[0].kty"),
        ("no n", without("n"), "keys[0].n"),
        ("small key", with("n", "sXch".into()), "keys[0].n"),
        ("n with padding", with("n", "sXch==".into()), "keys[0].n"),
        ("even exponent", with("e", "AQAA".into()), "keys[0].e"),
        ("private exponent", with("d", "AQAB".into()), "keys[0].d"),
        ("private prime", with("p", "AQAB".into()), "keys[0].d"),
        ("symmetric", with("k", "AQAB".into()), "keys[0].d"),
        ("unknown member", with("nbf", 1.into()), "keys[0].kty"),
        ("exp now", with("exp", NOW_S.into()), "keys[0].exp"),
        ("exp as text", with("exp", "2027".into()), "keys[0].exp"),
        (
            "another key's x5c",
            with("x5c", json!([other_certificate])),
            "keys[0].x5c",
        ),
    ];
    for (row, body, field) in rows {
        let reply = practice.call(Method::POST, &path, &token, body).await;
        assert_eq!(reply.failed_fields(row, 400), [field], "{row}");
    }
    let none = practice.call(Method::GET, &path, &token, Value::Null).await;
    assert_eq!(none.body["keys"], json!([]), "nothing was kept of it");
    let five = practice.call(Method::POST, &path, &token, several(5)).await;
    assert_eq!(five.status, 201, "{}", five.text);
}

/// A public key as it is registered.
fn jwk(key: &PrivateKey, kid: &str) -> Value {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let (n, e) = key.public_jwk_parts().unwrap();
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
    })
}
