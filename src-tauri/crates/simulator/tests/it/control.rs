//! What tests may ask of the simulator over HTTP, and only when it was asked for.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Control, Options, Scenario, Scenarios};

use crate::practice::{Practice, material};

async fn open() -> Practice {
    let options = Options {
        control: Control::Open,
        scenarios: Scenarios::new([Scenario::ScopeNotGranted]).unwrap(),
        ..Options::default()
    };
    Practice::start_as(&material().set, options).await
}

async fn put(practice: &Practice, body: &str) -> (u16, Value) {
    let request = practice.http().put(practice.url("practice/scenarios"));
    let request = request.header("content-type", "application/json");
    let answer = practice.send(request.body(body.to_owned())).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn without_being_asked_for_it_is_not_there() {
    let practice = Practice::start().await;
    for path in ["reset", "scenarios", "received"] {
        let url = practice.url(&format!("practice/{path}"));
        for request in [practice.http().post(&url), practice.http().get(&url)] {
            assert_eq!(practice.send(request).await.status, 404, "{path}");
        }
    }
}

#[tokio::test]
async fn scenarios_are_switched_and_told() {
    let practice = open().await;
    let url = practice.url("practice/scenarios");
    let on = practice.send(practice.http().get(&url)).await.body;
    assert_eq!(on, json!(["scope-not-granted"]));
    assert_eq!(
        put(&practice, r#"["slow","503"]"#).await,
        (200, json!(["slow", "503"]))
    );
    for (body, why) in [
        (
            r#"["503","maintenance"]"#,
            "503 and maintenance cannot both decide the answer",
        ),
        (r#"["rain"]"#, "no scenario is called rain"),
        (r#"{"slow":true}"#, "the body must be a JSON array of names"),
    ] {
        assert_eq!(put(&practice, body).await, (400, json!({ "error": why })));
    }
    // What was refused has switched nothing.
    let on = practice.send(practice.http().get(&url)).await.body;
    assert_eq!(on, json!(["slow", "503"]));
    let form = practice.http().put(&url).body("[]");
    assert_eq!(practice.send(form).await.status, 400);
    let form = practice.http().put(&url).form(&[("a", "b")]);
    assert_eq!(practice.send(form).await.status, 400);
    let charset = practice.http().put(&url).body(r#"["slow"]"#);
    let charset = charset.header("content-type", "application/json; charset=utf-8");
    assert_eq!(practice.send(charset).await.body, json!(["slow"]));
    assert_eq!(put(&practice, "[]").await, (200, json!([])));
    assert_eq!(
        practice.ask(&practice.bank_grant().sign()).await.status,
        200
    );
}

#[tokio::test]
async fn no_page_in_a_browser_steers_it() {
    let practice = open().await;
    let addr = practice.simulator.addr();
    let own = format!("http://{addr}");
    let rows = [
        ("host", "evil.example"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        // Not even one of the practice pages.
        ("origin", own.as_str()),
    ];
    for (name, value) in rows {
        for (method, path) in [
            (Method::GET, "received"),
            (Method::GET, "scenarios"),
            (Method::PUT, "scenarios"),
            (Method::POST, "reset"),
        ] {
            let url = practice.url(&format!("practice/{path}"));
            let request = practice.http().request(method, url).header(name, value);
            assert_eq!(practice.send(request).await.status, 403, "{path} {value}");
        }
    }
    let local = practice
        .url("practice/reset")
        .replace("127.0.0.1", "localhost");
    let reply = practice.reply(practice.http().post(local)).await;
    assert_eq!(reply.status, 204);
}

#[tokio::test]
async fn a_reset_brings_back_the_start() {
    let practice = open().await;
    assert_eq!(put(&practice, "[]").await.0, 200);
    let grant = practice.bank_grant().sign();
    assert_eq!(practice.ask(&grant).await.status, 200);
    practice.change(|registry| registry.clients.clear());
    let gone = practice.ask(&practice.bank_grant().sign()).await;
    gone.assert_refused("no clients", "invalid_grant", "MP-100");
    let url = practice.url("practice/received");
    let received = practice.send(practice.http().get(&url)).await.body;
    let told: Vec<&Value> = received
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(told, [200, 400]);

    let reset = practice.http().post(practice.url("practice/reset"));
    assert_eq!(reset.send().await.unwrap().status(), 204);
    let received = practice.send(practice.http().get(&url)).await.body;
    assert_eq!(received, json!([]));
    assert_eq!(practice.simulator.remembered_grants(), 0);
    // The very grant that was used is new again, and meets the scenario of the start.
    let again = practice.ask(&grant).await;
    again.assert_refused("scenario of the start", "invalid_grant", "MP-250");
}
