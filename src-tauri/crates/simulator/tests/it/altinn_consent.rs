//! Requests for consents.

use reqwest::Method;
use serde_json::{Value, json};

use crate::practice::{Practice, customer};

const SCOPE: &str = "altinn:consentrequests.write";
const PATH: &str = "accessmanagement/api/v1/enterprise/consentrequests/";
const ID: &str = "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001";

/// A synthetic person: 80 is added to the month.
const PERSON: &str = "urn:altinn:person:identifier-no:01819090013";

fn request() -> Value {
    json!({
        "id": ID,
        "from": PERSON,
        "to": "urn:altinn:organization:identifier-no:313045285",
        "validTo": "2026-11-27T12:00:00Z",
        "consentRights": [{
            "action": ["consent"],
            "resource": [{ "type": "urn:altinn:resource", "value": "ske-samtykke-sbl-summert-skattegrunnlag" }],
            "metaData": { "inntektsaar": "2025" },
        }],
        "redirectUrl": "https://bank.example/ferdig",
    })
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut body = request();
    body[name] = value.into();
    body
}

#[tokio::test]
async fn a_request_leads_to_a_page() {
    let practice = Practice::start().await;
    let token = practice
        .token(practice.bank_grant().claim("scope", SCOPE))
        .await;
    let made = practice.call(Method::POST, PATH, &token, request()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let page = practice.url(&format!("accessmanagement/ui/consent/request?id={ID}"));
    assert_eq!(made.body["viewUri"], page);
    assert_eq!(made.body["status"], "New");
    let metadata = &made.body["consentRights"][0]["metadata"];
    assert_eq!(*metadata, json!({ "inntektsaar": "2025" }));
    let path = format!("{PATH}{ID}");
    let read = practice.call(Method::GET, &path, &token, Value::Null).await;
    assert_eq!(read.body, made.body);

    // Another organisation does not see it, and another scope is not enough.
    let theirs = practice
        .token(practice.supplier_grant().claim("scope", SCOPE))
        .await;
    let unseen = practice
        .call(Method::GET, &path, &theirs, Value::Null)
        .await;
    assert_eq!(unseen.status, 404);
    let other = practice.token(practice.bank_grant()).await;
    for (token, status) in [(other.as_str(), 403), ("", 401), ("a.b.c", 401)] {
        let reply = practice.call(Method::POST, PATH, token, request()).await;
        assert_eq!((reply.status, reply.text.as_str()), (status, ""));
    }
}

#[tokio::test]
async fn a_request_that_does_not_hold_is_refused() {
    let practice = Practice::start().await;
    let token = practice
        .token(practice.bank_grant().claim("scope", SCOPE))
        .await;
    let organisation = |number: &str| format!("urn:altinn:organization:identifier-no:{number}");
    let right = |action: Value, kind: &str| json!([{ "action": action, "resource": [{ "type": kind, "value": "a" }] }]);
    let resource = "urn:altinn:resource";
    let rows = [
        ("id", with("id", "1"), "id"),
        ("bare number", with("from", "01819090013"), "from"),
        (
            "wrong digit",
            with("from", "urn:altinn:person:identifier-no:01819090014"),
            "from",
        ),
        (
            "another's consent",
            with("to", organisation(customer().as_str())),
            "to",
        ),
        ("no end", with("validTo", ""), "validTo"),
        ("past", with("validTo", "2026-11-20T12:00:00Z"), "validTo"),
        (
            "no rights",
            with("consentRights", json!([])),
            "consentRights",
        ),
        (
            "action as text",
            with("consentRights", right("consent".into(), resource)),
            "consentRights",
        ),
        (
            "no action",
            with("consentRights", right(json!([]), resource)),
            "consentRights",
        ),
        (
            "another type",
            with("consentRights", right(json!(["consent"]), "urn:a")),
            "consentRights",
        ),
        (
            "redirect",
            with("redirectUrl", "http://bank.example/"),
            "redirectUrl",
        ),
        ("unknown member", with("coveredBy", "a"), ""),
    ];
    for (row, body, path) in rows {
        let reply = practice.call(Method::POST, PATH, &token, body).await;
        assert_eq!(reply.status, 400, "{row}: {}", reply.text);
        assert_eq!(
            reply.body["validationErrors"][0]["paths"],
            json!([path]),
            "{row}"
        );
    }
    let company = practice
        .call(
            Method::POST,
            PATH,
            &token,
            with("from", organisation(customer().as_str())),
        )
        .await;
    assert_eq!(company.status, 201);
    let twin = practice.call(Method::POST, PATH, &token, request()).await;
    assert_eq!(twin.status, 400);
}
