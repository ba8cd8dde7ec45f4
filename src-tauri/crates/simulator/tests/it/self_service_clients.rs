//! The self-service API: clients and their keys, and that they take effect.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Access, Visibility};
use time::Duration;

use crate::practice::{NOW_S, Practice, material};

const READ: &str = "idporten:dcr.read";
const MODIFY: &str = "idporten:dcr.modify";
const WRITE: &str = "idporten:dcr.write";
const SUPPLIER: &str = "idporten:dcr.supplier";
const SCOPES: &str = "idporten:scopes.write";
pub(crate) const BOTH: &str = "idporten:dcr.read idporten:dcr.write";

pub(crate) fn registration() -> Value {
    json!({
        "client_name": "Mitt system",
        "description": "Henter inntekt for lånesøknad",
        "integration_type": "maskinporten",
        "application_type": "web",
        "token_endpoint_auth_method": "private_key_jwt",
        "grant_types": ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "scopes": ["skatteetaten:inntekt"],
    })
}

pub(crate) fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut body = registration();
    body[name] = value.into();
    body
}

pub(crate) fn without(name: &str) -> Value {
    let mut body = registration();
    body.as_object_mut().unwrap().remove(name);
    body
}

pub(crate) async fn create(practice: &Practice, token: &str) -> String {
    let reply = practice
        .call(Method::POST, "api/v1/clients", token, registration())
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.body["client_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_client_is_made_read_changed_and_deactivated() {
    let practice = Practice::start().await;
    let token = practice.admin_token(BOTH).await;
    let id = create(&practice, &token).await;
    let path = format!("api/v1/clients/{id}");

    let read = practice.call(Method::GET, &path, &token, Value::Null).await;
    assert_eq!(read.status, 200);
    let mut client = read.body;
    for (name, value) in [
        ("client_id", json!(id)),
        ("client_orgno", json!("313045285")),
        ("client_name", json!("Mitt system")),
        ("integration_type", json!("maskinporten")),
        ("scopes", json!(["skatteetaten:inntekt"])),
        ("access_token_lifetime", json!(120)),
        ("active", json!(true)),
        ("created", json!("2026-11-20T12:00:00Z")),
    ] {
        assert_eq!(client[name], value, "{name}");
    }

    // The answer goes back as it came, but for the two moments.
    let members = client.as_object_mut().unwrap();
    members.remove("created");
    members.remove("last_updated");
    client["scopes"] = json!(["brreg:losore/tlg"]);
    practice.set_clock(Duration::minutes(1));
    let token = practice
        .token(
            practice
                .bank_grant()
                .claim("iss", "oidc_313045285_api")
                .claim("scope", BOTH)
                .claim("iat", NOW_S + 60)
                .claim("exp", NOW_S + 120),
        )
        .await;
    let changed = practice.call(Method::PUT, &path, &token, client).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.body["scopes"], json!(["brreg:losore/tlg"]));
    assert_eq!(changed.body["last_updated"], "2026-11-20T12:01:00Z");

    let list = practice
        .call(Method::GET, "api/v1/clients", &token, Value::Null)
        .await;
    let mut ids: Vec<&str> = list.body.as_array().unwrap().iter().map(id_of).collect();
    ids.sort_unstable();
    let mut expected = vec![id.as_str(), &material().set.clients()[0].client_id];
    expected.sort_unstable();
    assert_eq!(ids, expected, "only the bank's own, and not Digdir's");

    let gone = practice
        .call(Method::DELETE, &path, &token, Value::Null)
        .await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    let list = practice
        .call(Method::GET, "api/v1/clients", &token, Value::Null)
        .await;
    assert_eq!(list.body.as_array().unwrap().len(), 1);
    let all = practice
        .call(
            Method::GET,
            "api/v1/clients?inactive=TRUE",
            &token,
            Value::Null,
        )
        .await;
    assert_eq!(all.body.as_array().unwrap().len(), 2);
    let read = practice.call(Method::GET, &path, &token, Value::Null).await;
    read.failed_fields("read", 404);
    for (method, path, body) in [
        (Method::PUT, path.clone(), registration()),
        (Method::DELETE, path.clone(), Value::Null),
        (Method::POST, format!("{path}/jwks"), json!({ "keys": [] })),
    ] {
        let reply = practice.call(method.clone(), &path, &token, body).await;
        reply.failed_fields(method.as_str(), 409);
    }
}

fn id_of(client: &Value) -> &str {
    client["client_id"].as_str().unwrap()
}

#[tokio::test]
async fn a_registration_that_does_not_hold_is_refused_by_field() {
    let practice = Practice::start().await;
    practice.change(|registry| {
        let scope = |name: &str| registry.scopes.iter().position(|scope| scope.name == name);
        let closed = scope("brreg:losore/utlegg").unwrap();
        let gone = scope("brreg:reelle/media").unwrap();
        registry.scopes[closed].access = Access::Only(Vec::new());
        registry.scopes[closed].delegation_source = None;
        registry.scopes[gone].is_active = false;
    });
    let token = practice.admin_token(BOTH).await;
    let rows = [
        ("no name", without("client_name"), "client_name"),
        ("blank name", with("client_name", " "), "client_name"),
        ("no description", without("description"), "description"),
        ("no type", without("integration_type"), "integration_type"),
        (
            "unknown type",
            with("integration_type", "machine"),
            "integration_type",
        ),
        (
            "native",
            with("application_type", "native"),
            "application_type",
        ),
        (
            "secret",
            with("token_endpoint_auth_method", "client_secret_basic"),
            "token_endpoint_auth_method",
        ),
        (
            "short grant type",
            with("grant_types", json!(["jwt_bearer_token"])),
            "grant_types",
        ),
        (
            "grant type as text",
            with("grant_types", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            "grant_types",
        ),
        (
            "redirect",
            with("redirect_uris", json!(["https://a.example/"])),
            "redirect_uris",
        ),
        (
            "scopes as text",
            with("scopes", "skatteetaten:inntekt"),
            "scopes",
        ),
        (
            "scope twice",
            with("scopes", json!(["brreg:losore/tlg", "brreg:losore/tlg"])),
            "scopes",
        ),
        (
            "unknown scope",
            with("scopes", json!(["brreg:losore/tlg", "a:b"])),
            "scopes[1]",
        ),
        (
            "scope without access",
            with("scopes", json!(["brreg:losore/utlegg"])),
            "scopes[0]",
        ),
        (
            "deactivated scope",
            with("scopes", json!(["brreg:reelle/media"])),
            "scopes[0]",
        ),
        (
            "scope that Digdir gives",
            with("scopes", json!(["idporten:dcr.read"])),
            "scopes[0]",
        ),
        (
            "lifetime as text",
            with("access_token_lifetime", "120"),
            "access_token_lifetime",
        ),
        (
            "negative lifetime",
            with("access_token_lifetime", -1),
            "access_token_lifetime",
        ),
        ("own id", with("client_id", "a"), "client_id"),
        (
            "another's number",
            with("client_orgno", "310886424"),
            "client_orgno",
        ),
        (
            "number with a wrong digit",
            with("client_orgno", "313045286"),
            "client_orgno",
        ),
        (
            "created",
            with("created", "2026-11-20T12:00:00Z"),
            "created",
        ),
        (
            "obsolete client_type",
            with("client_type", "CONFIDENTIAL"),
            "client_type",
        ),
        (
            "obsolete token_reference",
            with("token_reference", "SELF_CONTAINED"),
            "token_reference",
        ),
    ];
    for (row, body, field) in rows {
        let reply = practice
            .call(Method::POST, "api/v1/clients", &token, body)
            .await;
        assert_eq!(reply.failed_fields(row, 400), [field], "{row}");
    }
    // Several faults come at once.
    let reply = practice
        .call(Method::POST, "api/v1/clients", &token, json!({}))
        .await;
    assert_eq!(
        reply.failed_fields("empty", 400),
        ["integration_type", "client_name", "description"]
    );
    for (row, request) in [
        (
            "no JSON",
            practice
                .http()
                .post(practice.url("api/v1/clients"))
                .header("content-type", "application/json")
                .body("{"),
        ),
        (
            "a member twice",
            practice
                .http()
                .post(practice.url("api/v1/clients"))
                .header("content-type", "application/json")
                .body(r#"{"a":1,"a":1}"#),
        ),
        (
            "a form",
            practice
                .http()
                .post(practice.url("api/v1/clients"))
                .form(&[("client_name", "a")]),
        ),
    ] {
        let reply = practice.reply(request.bearer_auth(&token)).await;
        assert_eq!(reply.failed_fields(row, 400), [""], "{row}");
    }
    let id = create(&practice, &token).await;
    let path = format!("api/v1/clients/{id}");
    let reply = practice
        .call(Method::PUT, &path, &token, with("integration_type", "krr"))
        .await;
    assert_eq!(reply.failed_fields("type", 400), ["integration_type"]);
    for what in ["onbehalfof", "secret"] {
        let reply = practice
            .call(Method::POST, &format!("{path}/{what}"), &token, json!({}))
            .await;
        reply.failed_fields(what, 400);
    }
    let patch = practice.call(Method::PATCH, &path, &token, json!({})).await;
    patch.failed_fields("PATCH", 405);
    let nowhere = practice
        .call(Method::GET, "api/v1/client", &token, Value::Null)
        .await;
    nowhere.failed_fields("unknown path", 404);
}

#[tokio::test]
async fn each_operation_needs_its_scope() {
    let practice = Practice::start().await;
    let owner = practice.admin_token(BOTH).await;
    let id = create(&practice, &owner).await;
    let client = format!("api/v1/clients/{id}");
    let jwks = format!("{client}/jwks");
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let rows: Vec<(&Method, &str, &[&str])> = vec![
        (&get, "api/v1/clients", &[READ, SUPPLIER]),
        (&get, &client, &[READ, SUPPLIER]),
        (&get, &jwks, &[READ, SUPPLIER]),
        (&post, "api/v1/clients", &[WRITE, SUPPLIER]),
        (&put, &client, &[WRITE, MODIFY, SUPPLIER]),
        (&post, &jwks, &[WRITE, MODIFY, SUPPLIER]),
        (&put, &jwks, &[WRITE, MODIFY, SUPPLIER]),
        (&delete, "api/v1/clients/nobody", &[WRITE, MODIFY, SUPPLIER]),
        (&delete, &jwks, &[WRITE, MODIFY, SUPPLIER]),
        (&get, "api/v1/scopes", &[SCOPES]),
        (&post, "api/v1/scopes", &[SCOPES]),
        (&put, "api/v1/scopes?scope=a:b", &[SCOPES]),
        (&delete, "api/v1/scopes?scope=a:b", &[SCOPES]),
        (&get, "api/v1/scopes/access?scope=a:b", &[SCOPES]),
        (&put, "api/v1/scopes/access/312121212?scope=a:b", &[SCOPES]),
        (
            &delete,
            "api/v1/scopes/access/312121212?scope=a:b",
            &[SCOPES],
        ),
        (
            &get,
            "api/v1/scopes/access/all",
            &[READ, MODIFY, WRITE, SUPPLIER, SCOPES],
        ),
    ];
    for scope in [READ, MODIFY, WRITE, SUPPLIER, SCOPES] {
        let token = practice.admin_token(scope).await;
        for (method, path, allowed) in &rows {
            let reply = practice
                .call((*method).clone(), path, &token, json!({}))
                .await;
            let row = format!("{scope} {method} {path}");
            match allowed.contains(&scope) {
                true => assert_ne!(reply.status, 401, "{row}"),
                false => {
                    reply.failed_fields(&row, 401);
                    let challenge = reply.headers["www-authenticate"].to_str().unwrap();
                    assert!(challenge.contains("insufficient_scope"), "{row}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_is_not_maskinportens_is_refused() {
    let practice = Practice::start().await;
    let elsewhere = Practice::start().await;
    let good = practice.admin_token(READ).await;
    let (head, _) = good.rsplit_once('.').unwrap();
    let bank = practice.token(practice.bank_grant()).await;
    let rows = [
        ("none", String::new(), 401),
        ("nonsense", "a.b.c".to_owned(), 401),
        ("cut", head.to_owned(), 401),
        ("no signature", format!("{head}."), 401),
        (
            "another environment's",
            elsewhere.admin_token(READ).await,
            401,
        ),
        ("an API's token", bank, 401),
    ];
    for (row, token, status) in rows {
        let reply = practice
            .call(Method::GET, "api/v1/clients", &token, Value::Null)
            .await;
        reply.failed_fields(row, status);
        assert!(reply.headers.contains_key("www-authenticate"), "{row}");
    }
    practice.set_clock(Duration::seconds(120));
    let reply = practice
        .call(Method::GET, "api/v1/clients", &good, Value::Null)
        .await;
    reply.failed_fields("expired", 401);
}

#[tokio::test]
async fn nobody_sees_or_changes_another_organisations_clients() {
    let practice = Practice::start().await;
    let bank = practice.admin_token(BOTH).await;
    let theirs = practice.supplier_admin_token(BOTH).await;
    let id = create(&practice, &bank).await;
    let path = format!("api/v1/clients/{id}");
    let jwks = format!("{path}/jwks");
    let digdirs = "api/v1/clients/oidc_310886424_api";
    for (method, path, body) in [
        (Method::GET, path.as_str(), Value::Null),
        (Method::PUT, &path, registration()),
        (Method::DELETE, &path, Value::Null),
        (Method::GET, &jwks, Value::Null),
        (Method::POST, &jwks, json!({ "keys": [] })),
        (Method::DELETE, &jwks, Value::Null),
        (Method::GET, digdirs, Value::Null),
        (Method::DELETE, digdirs, Value::Null),
    ] {
        let row = format!("{method} {path}");
        let reply = practice.call(method, path, &theirs, body).await;
        reply.failed_fields(&row, 404);
    }

    // A supplier makes clients for others, and manages those.
    let supplier = practice.supplier_admin_token(SUPPLIER).await;
    let body = with("client_orgno", "312121212");
    let made = practice
        .call(Method::POST, "api/v1/clients", &supplier, body)
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.body["client_orgno"], "312121212");
    assert_eq!(made.body["supplier_orgno"], "310886424");
    let path = format!("api/v1/clients/{}", id_of(&made.body));
    let seen = practice
        .call(Method::GET, &path, &supplier, Value::Null)
        .await;
    assert_eq!(seen.status, 200);
    let unseen = practice
        .call(Method::GET, &path, &theirs, Value::Null)
        .await;
    unseen.failed_fields("without dcr.supplier", 404);
}

#[tokio::test]
async fn the_self_service_scopes_are_not_in_the_open_catalogue() {
    let practice = Practice::start().await;
    let reply = practice
        .call(Method::GET, "api/v1/scopes/all", "", Value::Null)
        .await;
    assert_eq!(reply.status, 200);
    let scopes = reply.body.as_array().unwrap();
    assert!(
        scopes
            .iter()
            .all(|scope| scope["visibility"] == Visibility::Public.as_str())
    );
    assert!(scopes.iter().all(|scope| scope["prefix"] != "idporten"));
    assert_eq!(scopes.len(), material().set.clients()[0].scopes.len());
}
