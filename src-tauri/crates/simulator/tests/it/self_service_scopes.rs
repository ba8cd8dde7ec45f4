//! The self-service API: scopes and who may use them, and that it takes effect.

use reqwest::Method;
use serde_json::{Value, json};

use crate::practice::{Practice, material};

const SCOPES: &str = "idporten:scopes.write";

fn scope() -> Value {
    json!({
        "prefix": "granitt", "subscope": "konto/saldo.read", "description": "Saldo",
        "visibility": "PUBLIC", "at_max_age": 30, "delegation_source": "https://tt02.altinn.no/",
        "allowed_integration_types": ["maskinporten"],
    })
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut body = scope();
    body[name] = value.into();
    body
}

const NAME: &str = "granitt:konto/saldo.read";
const ONE: &str = "api/v1/scopes?scope=granitt:konto/saldo.read";
const ACCESS: &str = "api/v1/scopes/access/310886424?scope=granitt:konto/saldo.read";

#[tokio::test]
async fn a_scope_is_made_given_out_taken_back_and_deactivated() {
    let practice = Practice::start().await;
    let owner = practice.admin_token(SCOPES).await;
    let made = practice
        .call(Method::POST, "api/v1/scopes", &owner, scope())
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.body["name"], NAME);
    assert_eq!(made.body["owner_orgno"], "313045285");
    assert_eq!(made.body["accessible_for_all"], false);
    let again = practice
        .call(Method::POST, "api/v1/scopes", &owner, scope())
        .await;
    again.failed_fields("twice", 409);

    // The supplier puts it on its client, but gets a token only when it has been given access.
    practice.change_client(1, |client| client.scopes.push(NAME.to_owned()));
    let grant = || practice.supplier_grant().claim("scope", NAME);
    let refused = practice.ask(&grant().sign()).await;
    refused.assert_refused("no access", "invalid_grant", "MP-250");
    let given = practice
        .call(Method::PUT, ACCESS, &owner, Value::Null)
        .await;
    assert_eq!(given.status, 200, "{}", given.text);
    assert_eq!(
        given.body,
        json!({
            "scope": NAME, "prefix": null, "state": "APPROVED",
            "consumer_orgno": "310886424", "owner_orgno": "313045285",
            "created": "2026-11-20T12:00:00Z", "last_updated": "2026-11-20T12:00:00Z",
        })
    );
    let token = practice.ask(&grant().sign()).await;
    assert_eq!(token.body["expires_in"], 30, "at_max_age caps the life");
    let path = "api/v1/scopes/access?scope=granitt:konto/saldo.read";
    let list = practice.call(Method::GET, path, &owner, Value::Null).await;
    assert_eq!(list.body, json!([given.body]));
    let supplier = practice.supplier_admin_token("idporten:dcr.read").await;
    let mine = practice
        .call(
            Method::GET,
            "api/v1/scopes/access/all",
            &supplier,
            Value::Null,
        )
        .await;
    let mut names = mine
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|access| &access["scope"]);
    assert!(names.any(|name| name == NAME), "{}", mine.text);

    let taken = practice
        .call(Method::DELETE, ACCESS, &owner, Value::Null)
        .await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    let refused = practice.ask(&grant().sign()).await;
    refused.assert_refused("taken back", "invalid_grant", "MP-250");
    let again = practice
        .call(Method::DELETE, ACCESS, &owner, Value::Null)
        .await;
    again.failed_fields("taken twice", 404);

    // Open to all, then out of use: nobody gets a token, and a POST does not wake it.
    let open = practice
        .call(Method::PUT, ONE, &owner, with("accessible_for_all", true))
        .await;
    assert_eq!(open.status, 200, "{}", open.text);
    // Whoever is given access meanwhile is told of, for it stays when the scope is closed again.
    let path = "api/v1/scopes/access?scope=granitt:konto/saldo.read";
    let given = practice
        .call(Method::PUT, ACCESS, &owner, Value::Null)
        .await;
    let list = practice.call(Method::GET, path, &owner, Value::Null).await;
    assert_eq!(list.body, json!([given.body]));
    assert_eq!(practice.ask(&grant().sign()).await.status, 200);
    let gone = practice
        .call(Method::DELETE, ONE, &owner, Value::Null)
        .await;
    assert_eq!(gone.status, 200, "{}", gone.text);
    let refused = practice.ask(&grant().sign()).await;
    refused.assert_refused("deactivated", "invalid_scope", "MP-200");
    for (method, path, body) in [
        (Method::POST, "api/v1/scopes", scope()),
        (Method::PUT, ONE, scope()),
        (Method::PUT, ONE, with("active", false)),
        (Method::PUT, ACCESS, Value::Null),
        (Method::DELETE, ONE, Value::Null),
    ] {
        let reply = practice.call(method.clone(), path, &owner, body).await;
        reply.failed_fields(method.as_str(), 409);
    }
    let active = practice
        .call(Method::GET, "api/v1/scopes", &owner, Value::Null)
        .await;
    assert_eq!(active.body, json!([]));
    let all = practice
        .call(
            Method::GET,
            "api/v1/scopes?inactive=true",
            &owner,
            Value::Null,
        )
        .await;
    assert_eq!(all.body[0]["active"], false);
    let woken = practice
        .call(Method::PUT, ONE, &owner, with("active", true))
        .await;
    assert_eq!((woken.status, &woken.body["active"]), (200, &json!(true)));
}

#[tokio::test]
async fn a_scope_that_does_not_hold_is_refused_by_field() {
    let practice = Practice::start().await;
    let owner = practice.admin_token(SCOPES).await;
    let rows = [
        ("another's prefix", with("prefix", "brreg"), "prefix"),
        ("no prefix", with("prefix", ""), "prefix"),
        ("no subscope", with("subscope", ""), "subscope"),
        ("capitals", with("subscope", "Konto"), "subscope"),
        ("slash at the end", with("subscope", "konto/"), "subscope"),
        ("two endings", with("subscope", "a.b.c"), "subscope"),
        ("no description", with("description", " "), "description"),
        ("visibility", with("visibility", "SECRET"), "visibility"),
        ("age", with("at_max_age", -1), "at_max_age"),
        (
            "source",
            with("delegation_source", "https://www.altinn.no/"),
            "delegation_source",
        ),
        (
            "type",
            with("allowed_integration_types", json!(["a"])),
            "allowed_integration_types",
        ),
        (
            "prose's name of the field",
            with("allowable_integration_types", json!([])),
            "allowable_integration_types",
        ),
        (
            "open as text",
            with("accessible_for_all", "true"),
            "accessible_for_all",
        ),
        ("number as prefix", with("prefix", 1), "prefix"),
        (
            "number as words",
            with("long_description", 1),
            "long_description",
        ),
        ("active as text", with("active", "false"), "active"),
        ("opaque tokens", with("token_type", "OPAQUE"), "token_type"),
        (
            "another lifetime",
            with("authorization_max_lifetime", 7200),
            "authorization_max_lifetime",
        ),
        (
            "a person's consent",
            with("requires_user_consent", true),
            "requires_user_consent",
        ),
        (
            "another owner",
            with("owner_orgno", "310886424"),
            "owner_orgno",
        ),
        ("name that differs", with("name", "granitt:annet"), "name"),
        ("created", with("created", "2026"), "created"),
    ];
    for (row, body, field) in rows {
        let reply = practice
            .call(Method::POST, "api/v1/scopes", &owner, body)
            .await;
        assert_eq!(reply.failed_fields(row, 400), [field], "{row}");
    }
    practice
        .call(Method::POST, "api/v1/scopes", &owner, scope())
        .await;
    let renamed = practice
        .call(Method::PUT, ONE, &owner, with("subscope", "annet"))
        .await;
    assert_eq!(renamed.failed_fields("renamed", 400), ["name"]);
    let wrong = "api/v1/scopes/access/310886425?scope=granitt:konto/saldo.read";
    let reply = practice.call(Method::PUT, wrong, &owner, Value::Null).await;
    assert_eq!(reply.failed_fields("number", 400), ["consumer_orgno"]);

    // What another organisation owns is not found.
    let other = practice.supplier_admin_token(SCOPES).await;
    for (method, path) in [
        (Method::GET, ONE),
        (Method::DELETE, ONE),
        (Method::PUT, ACCESS),
        (Method::DELETE, ACCESS),
    ] {
        let reply = practice
            .call(method.clone(), path, &other, Value::Null)
            .await;
        reply.failed_fields(method.as_str(), 404);
    }
}

#[tokio::test]
async fn the_catalogue_is_open_and_can_be_narrowed() {
    let practice = Practice::start().await;
    let owner = practice.admin_token(SCOPES).await;
    practice
        .call(Method::POST, "api/v1/scopes", &owner, scope())
        .await;
    practice
        .call(
            Method::POST,
            "api/v1/scopes",
            &owner,
            json!({ "prefix": "granitt", "subscope": "skjult", "description": "a", "visibility": "PRIVATE" }),
        )
        .await;
    let open = material().set.clients()[0].scopes.len();
    let rows = [
        ("", open + 1),
        ("?accessible_for_all=true", open),
        ("?accessible_for_all=false", 1),
        ("?integration_type=maskinporten", open + 1),
        ("?integration_type=idporten", 0),
        ("?integration_type=unknown", 0),
        (
            "?accessible_for_all=false&integration_type=maskinporten&inactive=false",
            1,
        ),
    ];
    for (query, count) in rows {
        let path = format!("api/v1/scopes/all{query}");
        let reply = practice.call(Method::GET, &path, "", Value::Null).await;
        assert_eq!(reply.body.as_array().unwrap().len(), count, "{query}");
    }
    practice
        .call(Method::DELETE, ONE, &owner, Value::Null)
        .await;
    for (query, count) in [("", open), ("?inactive=true", open + 1)] {
        let path = format!("api/v1/scopes/all{query}");
        let reply = practice.call(Method::GET, &path, "", Value::Null).await;
        assert_eq!(reply.body.as_array().unwrap().len(), count, "{query}");
    }
    let sources = practice
        .call(Method::GET, "api/v1/delegationsources", "", Value::Null)
        .await;
    assert_eq!(sources.body[0]["name"], "altinn");
    assert_eq!(sources.body[0]["issuer"], "https://tt02.altinn.no/");
}
