//! Metadata, keys, and the life of the server.

use serde_json::json;
use simulator::{Options, Simulator, SimulatorError};

use crate::practice::{Practice, material};

#[tokio::test]
async fn metadata_lead_to_the_other_addresses() {
    let practice = Practice::start().await;
    let issuer = practice.simulator.issuer();
    assert!(
        issuer.starts_with("http://127.0.0.1:") && issuer.ends_with('/'),
        "{issuer}"
    );
    let metadata = practice.url(".well-known/oauth-authorization-server");
    let answer = practice.send(practice.http().get(metadata)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["date"], "Fri, 20 Nov 2026 12:00:00 GMT");
    assert_eq!(
        answer.body,
        json!({
            "issuer": issuer,
            "token_endpoint": format!("{issuer}token"),
            "jwks_uri": format!("{issuer}jwk"),
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "grant_types_supported": ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
            "authorization_details_types_supported": ["urn:altinn:systemuser", "urn:altinn:consent"],
        })
    );
}

#[tokio::test]
async fn the_published_key_is_public_only() {
    let practice = Practice::start().await;
    let answer = practice
        .send(practice.http().get(practice.url("jwk")))
        .await;
    let keys = answer.body["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 1);
    let members: Vec<&str> = keys[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = ["kty", "use", "alg", "kid", "n", "e"].to_vec();
    expected.sort_unstable();
    assert_eq!(members, expected);
}

#[tokio::test]
async fn every_answer_of_the_token_endpoint_is_dated_and_kept_by_nobody() {
    let practice = Practice::start().await;
    let good = practice.ask(&practice.bank_grant().sign()).await;
    let bad = practice.ask("x").await;
    for answer in [good, bad] {
        assert_eq!(answer.headers["date"], "Fri, 20 Nov 2026 12:00:00 GMT");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["pragma"], "no-cache");
        assert_eq!(answer.headers["content-type"], "application/json");
    }
    let wrong = practice
        .send(practice.http().get(practice.url("token")))
        .await;
    assert_eq!(wrong.headers["allow"], "POST");
}

#[tokio::test]
async fn other_addresses_are_not_found() {
    let practice = Practice::start().await;
    for path in [
        "",
        "jwks",
        "token/",
        "errors/MP-100",
        ".well-known/openid-configuration",
    ] {
        let answer = practice.send(practice.http().get(practice.url(path))).await;
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_stopped_simulator_lets_go_of_its_port() {
    let set = &material().set;
    let first = Simulator::start(set, Options::default()).await.unwrap();
    let port = first.addr().port();
    let options = || Options {
        port,
        ..Options::default()
    };
    let taken = Simulator::start(set, options()).await;
    assert!(matches!(taken, Err(SimulatorError::Listen { port: p, .. }) if p == port));
    let metadata = format!("{}.well-known/oauth-authorization-server", first.issuer());
    // A connection that is kept open does not hold it back.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(
        http.get(&metadata)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    first.stop().await;
    assert!(http.get(&metadata).send().await.unwrap_err().is_connect());
    let second = Simulator::start(set, options()).await.unwrap();
    assert_eq!(second.addr().port(), port);
}
