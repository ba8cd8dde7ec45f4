//! What arrived, as it is shown.

use serde_json::json;
use simulator::{Check, Outcome};

use crate::practice::{NOW, Practice};

/// A synthetic national identity number (month + 80).
const PID: &str = "01819090013";

#[tokio::test]
async fn every_request_is_noted_with_its_address_and_its_answer() {
    let practice = Practice::start().await;
    for path in [
        ".well-known/oauth-authorization-server",
        "jwk",
        "nowhere?secret=1",
    ] {
        practice.send(practice.http().get(practice.url(path))).await;
    }
    practice
        .send(practice.http().get(practice.url("token")))
        .await;
    practice.ask(&practice.bank_grant().sign()).await;
    let received = practice.simulator.received();
    let told: Vec<_> = received
        .iter()
        .map(|one| {
            (
                one.number,
                one.method.as_str(),
                one.path.as_str(),
                one.status,
            )
        })
        .collect();
    let expected = [
        (1, "GET", "/.well-known/oauth-authorization-server", 200),
        (2, "GET", "/jwk", 200),
        (3, "GET", "/nowhere", 404),
        (4, "GET", "/token", 405),
        (5, "POST", "/token", 200),
    ];
    assert_eq!(told, expected);
    assert!(received.iter().all(|one| one.at == NOW));
    assert_eq!(received[1].outcome, Outcome::Answered);
    assert!(received[1].passed.is_empty());
    let Outcome::Refused(refusal) = &received[3].outcome else {
        panic!("a wrong method is refused");
    };
    assert_eq!(refusal.check, Check::Form);
    practice.simulator.forget_received();
    assert!(practice.simulator.received().is_empty());
}

#[tokio::test]
async fn a_grant_is_shown_decoded_without_its_secrets() {
    let practice = Practice::start().await;
    let grant = practice
        .bank_grant()
        .claim("pid", PID)
        .claim("resource", json!(["https://example.com/"]));
    let assertion = grant.sign();
    let answer = practice.ask(&assertion).await;
    let shown = practice.simulator.received().pop().unwrap();
    let header = shown.header.clone().unwrap();
    let claims = shown.claims.clone().unwrap();
    assert_eq!(header["alg"], "RS256");
    assert!(header["x5c"][0].as_str().unwrap().len() < 200);
    assert_eq!(claims["aud"], practice.simulator.issuer());
    assert_eq!(claims["resource"], json!(["https://example.com/"]));
    assert_eq!(claims["pid"], "018190*****");

    let everything = format!("{shown:?} {}", shown.to_json());
    let token = answer.body["access_token"].as_str().unwrap();
    for secret in assertion.split('.').chain(token.split('.')).chain([PID]) {
        assert!(!everything.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_request_is_told_as_json_with_what_it_passed_and_failed() {
    let practice = Practice::start().await;
    let grant = practice.bank_grant().claim("aud", "https://example.com/");
    practice.ask(&grant.sign()).await;
    let shown = practice.simulator.received().pop().unwrap().to_json();
    let passed = [
        "form",
        "shape",
        "header",
        "algorithm",
        "client",
        "key_rule",
        "x5c",
        "certificate",
        "org_number",
        "signature",
    ];
    assert_eq!(shown["passed"], json!(passed));
    assert_eq!(
        shown["failed"],
        json!({
            "check": "audience",
            "code": "MP-110",
            "error": "invalid_grant",
            "text": "Invalid assertion. Client authentication failed. Invalid JWT claim aud",
        })
    );
    assert_eq!(shown["claims"]["aud"], "https://example.com/");
}

#[tokio::test]
async fn what_is_kept_has_an_end_whatever_arrives() {
    let practice = Practice::start().await;
    let huge = "x".repeat(20_000);
    let grant = practice
        .bank_grant()
        .header(&huge, huge.as_str())
        .claim("jti", huge.as_str())
        .claim(&huge, json!(vec!["y"; 2_000]));
    for _ in 0..300 {
        practice
            .ask(&grant.sign_texts(&grant.header.to_string(), "{}"))
            .await;
    }
    practice.ask(&grant.sign()).await;
    let received = practice.simulator.received();
    assert_eq!(received.len(), 200);
    assert_eq!(received.last().unwrap().number, 301);
    let bytes: usize = received
        .iter()
        .map(|one| one.to_json().to_string().len())
        .sum();
    assert!(bytes < 200 * 14_000, "{bytes}");
}
