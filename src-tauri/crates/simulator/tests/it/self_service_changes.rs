//! The self-service API: changes that must wait, for terms to be signed or for their time.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Options, Scenario, Scenarios};
use time::Duration;

use crate::practice::{Practice, material};
use crate::self_service_clients::{BOTH, create, registration, with, without};

#[tokio::test]
async fn an_organisation_without_terms_is_turned_away() {
    let practice = Practice::start().await;
    let token = practice.admin_token(BOTH).await;
    let id = create(&practice, &token).await;
    let gone = create(&practice, &token).await;
    let client = format!("api/v1/clients/{id}");
    let deactivated = format!("api/v1/clients/{gone}");
    practice
        .call(Method::DELETE, &deactivated, &token, Value::Null)
        .await;
    let before = practice.simulator.registry().clone();
    let scenarios = Scenarios::new([Scenario::TermsNotSigned]).unwrap();
    practice.simulator.switch(scenarios);
    // Whoever has made a mistake hears of that first, and whoever only looks is let by.
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let unknown = "api/v1/clients/nobody";
    let rows = [
        (&post, "api/v1/clients", without("client_name"), 400),
        (&put, &client, with("scopes", json!(["a:b"])), 400),
        (&put, unknown, registration(), 404),
        (&delete, unknown, Value::Null, 404),
        (&delete, &deactivated, Value::Null, 409),
        (&get, "api/v1/clients", Value::Null, 200),
        (&get, &client, Value::Null, 200),
        (&put, &client, registration(), 428),
        (&delete, &client, Value::Null, 428),
    ];
    for (method, path, body, status) in rows {
        let reply = practice.call(method.clone(), path, &token, body).await;
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text);
    }
    let reply = practice
        .call(Method::POST, "api/v1/clients", &token, registration())
        .await;
    assert_eq!(reply.failed_fields("terms", 428), [""]);
    assert!(
        *practice.simulator.registry() == before,
        "nothing is changed"
    );
    let message = reply.body["errors"][0]["errorMessage"].as_str().unwrap();
    assert_eq!(
        message,
        "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene"
    );
}

#[tokio::test]
async fn a_change_can_take_a_while_to_reach_the_token_endpoint() {
    let options = Options {
        propagation: std::time::Duration::from_secs(5),
        ..Options::default()
    };
    let practice = Practice::start_as(&material().set, options).await;
    let token = practice.admin_token(BOTH).await;
    let id = create(&practice, &token).await;
    let grant = || {
        practice
            .bank_grant()
            .claim("iss", id.as_str())
            .claim("scope", "skatteetaten:inntekt")
    };
    let early = practice.ask(&grant().sign()).await;
    early.assert_refused("not known yet", "invalid_grant", "MP-100");
    practice.set_clock(Duration::seconds(5));
    practice.claims(&grant()).await;
    let path = format!("api/v1/clients/{id}");
    let gone = practice
        .call(Method::DELETE, &path, &token, Value::Null)
        .await;
    assert_eq!(gone.status, 204);
    practice.claims(&grant()).await;
    practice.set_clock(Duration::seconds(10));
    let late = practice.ask(&grant().sign()).await;
    late.assert_refused("deactivated", "invalid_grant", "MP-100");
}
