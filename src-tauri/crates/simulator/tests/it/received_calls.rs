//! What is noted of the calls to the servers beside the token endpoint: how far each came.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Scenario, Scenarios};
use time::Duration;

use crate::practice::Practice;
use crate::sample_apis::{INCOME, LOAN, OTHER, PERSON, bank, get};

/// The checks of any token.
const TOKEN: [&str; 4] = ["token", "token_signature", "token_issuer", "token_time"];

/// Expects the latest request to have passed the checks of a token and these, and to have failed
/// this one, or none.
fn assert_noted(practice: &Practice, row: &str, passed: &[&str], failed: Option<&str>) {
    let noted = practice.simulator.received().pop().unwrap().to_json();
    let passed = [&TOKEN[..], passed].concat();
    assert_eq!(noted["passed"], json!(passed), "{row}");
    assert_eq!(noted["failed"]["check"], json!(failed), "{row}");
    if failed.is_some() {
        let text = noted["failed"]["text"].as_str().unwrap();
        assert!(!text.is_empty(), "{row}");
    }
    assert!(noted["claims"]["consumer"].is_object(), "{row}");
    assert!(noted["client_id"].is_string(), "{row}");
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_told_by_its_first_fault() {
    let practice = Practice::start().await;
    let elsewhere = Practice::start().await;
    let path = "api/v1/clients";
    let good = practice.admin_token("idporten:dcr.read").await;
    let stranger = elsewhere.admin_token("idporten:dcr.read").await;
    let (head, _) = good.rsplit_once('.').unwrap();
    let (_, other_signature) = stranger.rsplit_once('.').unwrap();
    let forged = format!("{head}.{other_signature}");
    let rows = [
        ("none", "", 0, "token"),
        ("nonsense", "a.b.c", 0, "token"),
        ("another signature", &forged, 1, "token_signature"),
        ("another environment's", &stranger, 2, "token_issuer"),
    ];
    let check = |row: &str, passed: usize, failed: &str| {
        let noted = practice.simulator.received().pop().unwrap().to_json();
        assert_eq!(noted["passed"], json!(TOKEN[..passed]), "{row}");
        assert_eq!(noted["failed"]["check"], failed, "{row}");
        assert_eq!(noted["failed"]["error"], "invalid_token", "{row}");
        assert_eq!(noted["status"], 401, "{row}");
        // No part of a token is kept as it came.
        let told = noted.to_string();
        assert!(!good.split('.').any(|part| told.contains(part)), "{row}");
    };
    for (row, token, passed, failed) in rows {
        let reply = get(&practice, path, token).await;
        assert_eq!(reply.status, 401, "{row}");
        check(row, passed, failed);
        let noted = practice.simulator.received().pop().unwrap();
        assert_eq!(reply.body["correlation_id"], noted.trace_id.as_str());
    }
    practice.set_clock(Duration::seconds(120));
    get(&practice, path, &good).await;
    check("ended", 3, "token_time");
}

#[tokio::test]
async fn the_self_service_tells_what_it_looked_at() {
    let practice = Practice::start().await;
    let token = practice.admin_token("idporten:dcr.write").await;
    let post = async |body: Value| {
        let path = "api/v1/clients";
        practice.call(Method::POST, path, &token, body).await.status
    };
    let good = json!({
        "client_name": "a", "description": "b", "integration_type": "maskinporten", "scopes": [],
    });
    get(&practice, "api/v1/clients", &token).await;
    assert_noted(&practice, "scope", &["token_consumer"], Some("token_scope"));
    let passed = ["token_consumer", "token_scope"];
    assert_eq!(post(json!({})).await, 400);
    assert_noted(&practice, "fields", &passed, Some("request"));
    let passed = ["token_consumer", "token_scope", "request"];
    assert_eq!(post(good.clone()).await, 201);
    assert_noted(&practice, "good", &passed, None);
    let scenarios = Scenarios::new([Scenario::TermsNotSigned]).unwrap();
    practice.simulator.switch(scenarios);
    assert_eq!(post(good).await, 428);
    assert_noted(&practice, "terms", &passed, Some("terms"));
    let last = practice.simulator.received().pop().unwrap();
    assert_eq!(last.scenario, Some(Scenario::TermsNotSigned));
    get(&practice, "api/v1/scopes/all", "").await;
    let last = practice.simulator.received().pop().unwrap();
    assert!(last.passed.is_empty(), "open to all");
}

#[tokio::test]
async fn the_exchange_tells_what_it_looked_at() {
    let practice = Practice::start().await;
    let token = practice.token(practice.bank_grant()).await;
    let base = "authentication/api/v1/exchange/";
    get(&practice, &format!("{base}maskinporten"), &token).await;
    assert_noted(&practice, "good", &["token_consumer", "request"], None);
    let user = practice
        .http()
        .get(practice.url(&format!("{base}maskinporten")))
        .bearer_auth(&token)
        .header("X-Altinn-EnterpriseUser-Authentication", "a");
    assert_eq!(practice.reply(user).await.status, 410);
    assert_noted(&practice, "410", &["token_consumer"], Some("request"));
    get(&practice, &format!("{base}id-porten"), &token).await;
    let last = practice.simulator.received().pop().unwrap().to_json();
    assert_eq!(last["failed"]["check"], "token_signature");
}

#[tokio::test]
async fn systemregisteret_and_consents_tell_what_they_looked_at() {
    let practice = Practice::start().await;
    let register = "authentication/api/v1/systemregister/vendor";
    let request = "authentication/api/v1/systemuser/request/vendor/a";
    let consents = "accessmanagement/api/v1/enterprise/consentrequests/a";
    let rows = [
        (register, "altinn:authentication/systemregister.write", None),
        (
            request,
            "altinn:authentication/systemuser.request.read",
            Some("request"),
        ),
        (consents, "altinn:consentrequests.write", Some("request")),
    ];
    for (path, scope, failed) in rows {
        let wrong = bank(&practice, "brreg:losore/tlg").await;
        get(&practice, path, &wrong).await;
        assert_noted(&practice, path, &[], Some("token_scope"));
        let plain = bank(&practice, scope).await;
        let exchange = "authentication/api/v1/exchange/maskinporten";
        let exchanged = get(&practice, exchange, &plain).await.text;
        let mut passed = vec!["token_scope", "token_consumer"];
        if failed.is_none() {
            passed.push("request");
        }
        for token in [&plain, &exchanged] {
            get(&practice, path, token).await;
            assert_noted(&practice, path, &passed, failed);
        }
    }
}

#[tokio::test]
async fn the_apis_tell_what_they_looked_at() {
    let practice = Practice::start().await;
    let owners = "api/oppslag/v1/virksomhet/312121212";
    let movables = "registerinfo/api/v2/rettsstiftelse";
    let seizures = "utlegg/personer";
    let me = "sokers_orgnummer=313045285";
    let with = async |scope: &str, claim: &str, value: Value| {
        let grant = practice.bank_grant().claim("scope", scope);
        practice.token(grant.claim(claim, value)).await
    };
    let elsewhere = json!(["https://a.example/"]);
    let tlg = "brreg:losore/tlg";
    let utlegg = "brreg:losore/utlegg";
    let inntekt = "skatteetaten:inntekt";
    let open = bank(&practice, tlg).await;
    let person = with(tlg, "pid", OTHER.into()).await;
    let narrow = with(tlg, "resource", elsewhere.clone()).await;
    let owner = bank(&practice, "brreg:reelle/media").await;
    let searcher = with(utlegg, "pid", OTHER.into()).await;
    let taxed = bank(&practice, inntekt).await;
    let taxed_narrow = with(inntekt, "resource", elsewhere).await;
    type Row<'a> = (String, &'a str, &'a [&'a str], Option<&'a str>);
    let rows: [Row<'_>; 11] = [
        (owners.to_owned(), &open, &[], Some("token_scope")),
        (owners.to_owned(), &owner, &["token_scope", "request"], None),
        (
            owners.replace("312121212", "1"),
            &owner,
            &["token_scope"],
            Some("request"),
        ),
        (
            format!("{movables}/regnr/AB52874"),
            &owner,
            &[],
            Some("token_scope"),
        ),
        (
            format!("{movables}/regnr/AB52874"),
            &narrow,
            &["token_scope"],
            Some("token_audience"),
        ),
        (
            format!("{movables}/fnr/{PERSON}"),
            &person,
            &["token_scope", "token_audience"],
            Some("token_person"),
        ),
        (
            format!("{movables}/fnr/{PERSON}"),
            &open,
            &["token_scope", "token_audience", "token_person", "request"],
            None,
        ),
        (
            format!("{seizures}/{PERSON}?{me}"),
            &searcher,
            &["token_scope", "token_audience"],
            Some("token_person"),
        ),
        (
            INCOME.to_owned(),
            &taxed_narrow,
            &[],
            Some("token_audience"),
        ),
        (
            INCOME.to_owned(),
            &open,
            &["token_audience"],
            Some("token_scope"),
        ),
        (
            INCOME.to_owned(),
            &taxed,
            &["token_audience", "token_scope", "token_person"],
            Some("consent"),
        ),
    ];
    for (path, token, passed, failed) in rows {
        let reply = get(&practice, &path, token).await;
        assert_eq!(reply.status == 200, failed.is_none(), "{path}");
        assert_noted(&practice, &path, passed, failed);
    }
    let loan = bank(&practice, "lanekassen:lan/v1/saldoopplysninger").await;
    let request = practice
        .http()
        .get(practice.url(LOAN))
        .header("authorization", loan)
        .header("apikey", "a")
        .header("x-request-id", "1")
        .header("psu_id", PERSON)
        .header("consent-id", "a.b.c");
    assert_eq!(practice.reply(request).await.status, 403);
    let passed = ["token_scope", "token_audience", "token_person"];
    assert_noted(&practice, LOAN, &passed, Some("consent"));
    let instances = "storage/api/v1/instances?org=granitt";
    get(&practice, instances, &open).await;
    let last = practice.simulator.received().pop().unwrap().to_json();
    assert_eq!(last["failed"]["check"], "token_signature");
    let exchange = "authentication/api/v1/exchange/maskinporten";
    let exchanged = get(&practice, exchange, &open).await.text;
    get(&practice, instances, &exchanged).await;
    assert_noted(&practice, instances, &[], Some("token_scope"));
}
