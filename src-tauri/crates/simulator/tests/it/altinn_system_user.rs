//! Systemregisteret and requests for system users.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{RequestStatus, SystemUser};

use crate::api::Reply;
use crate::practice::{Practice, customer, material};

const REGISTER: &str = "altinn:authentication/systemregister.write";
const WRITE: &str = "altinn:authentication/systemuser.request.write";
const READ: &str = "altinn:authentication/systemuser.request.read";
const VENDOR: &str = "authentication/api/v1/systemregister/vendor";
const REQUEST: &str = "authentication/api/v1/systemuser/request/vendor";

async fn token(practice: &Practice, scope: &str) -> String {
    practice
        .token(practice.supplier_grant().claim("scope", scope))
        .await
}

fn system() -> Value {
    json!({
        "id": "310886424_fagsystem",
        "vendor": { "authority": "iso6523-actorid-upis", "ID": "0192:310886424" },
        "name": { "nb": "Fagsystem", "nn": "Fagsystem", "en": "System" },
        "description": { "nb": "a", "nn": "a", "en": "a" },
        "rights": [{ "resource": [{ "id": "urn:altinn:resource", "value": "ske-innrapportering" }] }],
        "accessPackages": [{ "urn": "urn:altinn:accesspackage:skattegrunnlag" }],
        "clientId": [material().set.clients()[1].client_id],
        "allowedredirecturls": ["https://a.example/ferdig"],
        "isVisible": true,
    })
}

fn request() -> Value {
    json!({
        "systemId": "310886424_fagsystem",
        "partyOrgNo": "312121212",
        "externalRef": "ø-1",
        "rights": [{ "resource": [{ "id": "urn:altinn:resource", "value": "ske-innrapportering" }] }],
        "redirectUrl": "https://a.example/ferdig",
    })
}

fn changed(mut body: Value, name: &str, value: impl Into<Value>) -> Value {
    body[name] = value.into();
    body
}

fn code(reply: &Reply) -> String {
    assert_eq!(
        reply.headers["content-type"], "application/problem+json",
        "{}",
        reply.text
    );
    let first = &reply.body["validationErrors"][0]["code"];
    first
        .as_str()
        .or(reply.body["code"].as_str())
        .unwrap()
        .to_owned()
}

async fn registered(practice: &Practice) -> String {
    let register = token(practice, REGISTER).await;
    let made = practice
        .call(Method::POST, VENDOR, &register, system())
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    register
}

#[tokio::test]
async fn a_system_is_registered_read_changed_and_removed() {
    let practice = Practice::start().await;
    let register = registered(&practice).await;
    let one = format!("{VENDOR}/310886424_fagsystem");
    let read = practice
        .call(Method::GET, &one, &register, Value::Null)
        .await;
    assert_eq!(read.body, system());
    let list = practice
        .call(Method::GET, VENDOR, &register, Value::Null)
        .await;
    assert_eq!(list.body, json!([system()]));
    let put = practice
        .call(
            Method::PUT,
            &one,
            &register,
            changed(system(), "isVisible", false),
        )
        .await;
    assert_eq!((put.status, &put.body["isVisible"]), (200, &json!(false)));
    for (part, expected) in [
        ("rights", &system()["rights"]),
        ("accesspackages", &system()["accessPackages"]),
    ] {
        let path = format!("{one}/{part}");
        let reply = practice
            .call(Method::GET, &path, &register, Value::Null)
            .await;
        assert_eq!(reply.body, *expected);
    }
    let other_right = json!([{ "resource": [{ "id": "urn:altinn:resource", "value": "annet" }] }]);
    let other_package = json!([{ "urn": "urn:altinn:accesspackage:annet" }]);
    for (part, list, name) in [
        ("rights", &other_right, "rights"),
        ("accesspackages", &other_package, "accessPackages"),
    ] {
        let path = format!("{one}/{part}");
        let put = practice
            .call(Method::PUT, &path, &register, list.clone())
            .await;
        assert_eq!(put.status, 200, "{part}: {}", put.text);
        let read = practice
            .call(Method::GET, &one, &register, Value::Null)
            .await;
        assert_eq!(read.body[name], *list);
        let wrong = practice
            .call(Method::PUT, &path, &register, json!([{}]))
            .await;
        assert_eq!(wrong.status, 400, "{part}");
        let wrong = practice
            .call(Method::PUT, &path, &register, json!({}))
            .await;
        assert_eq!(wrong.status, 400, "{part}");
    }
    let log = format!("{one}/changelog");
    let log = practice
        .call(Method::GET, &log, &register, Value::Null)
        .await;
    assert_eq!(log.body.as_array().unwrap().len(), 4);
    let gone = practice
        .call(Method::DELETE, &one, &register, Value::Null)
        .await;
    assert_eq!(gone.status, 200);
    let read = practice
        .call(Method::GET, &one, &register, Value::Null)
        .await;
    assert_eq!((read.status, code(&read).as_str()), (404, "AUTH-00011"));
}

#[tokio::test]
async fn a_system_that_does_not_hold_is_refused_with_its_number() {
    let practice = Practice::start().await;
    let register = registered(&practice).await;
    let other = |name: &str, value: Value| {
        let mut body = changed(system(), "id", "310886424_annet");
        body["clientId"] = json!([]);
        body[name] = value;
        body
    };
    let package = json!({ "urn": "urn:altinn:accesspackage:a" });
    let right = |id: &str, value: &str| json!({ "resource": [{ "id": id, "value": value }] });
    let resource = "urn:altinn:resource";
    let rows = [
        (
            "vendor",
            other(
                "vendor",
                json!({ "authority": "a", "ID": "0192:310886424" }),
            ),
            "00000",
        ),
        ("another's id", other("id", "313045285_a".into()), "00001"),
        ("id without name", other("id", "310886424_".into()), "00001"),
        (
            "id with a space",
            other("id", "310886424_a b".into()),
            "00013",
        ),
        (
            "id that exists",
            other("id", "310886424_fagsystem".into()),
            "00002",
        ),
        (
            "client of another system",
            other("clientId", system()["clientId"].clone()),
            "00004",
        ),
        (
            "client twice",
            other("clientId", json!(["a", "a"])),
            "00011",
        ),
        (
            "redirect without https",
            other("allowedredirecturls", json!(["http://a.example/"])),
            "00005",
        ),
        (
            "right twice",
            other(
                "rights",
                json!([right(resource, "a"), right(resource, "a")]),
            ),
            "00006",
        ),
        (
            "right of another kind",
            other("rights", json!([right("urn:altinn:app", "a")])),
            "00009",
        ),
        (
            "right without resource",
            other("rights", json!([{ "resource": [] }])),
            "00003",
        ),
        (
            "package twice",
            other("accessPackages", json!([package, package])),
            "00007",
        ),
        (
            "no package",
            other("accessPackages", json!([{ "urn": "a" }])),
            "00008",
        ),
    ];
    for (row, body, number) in rows {
        let reply = practice.call(Method::POST, VENDOR, &register, body).await;
        assert_eq!(reply.status, 400, "{row}: {}", reply.text);
        assert_eq!(code(&reply), format!("AUTH.VLD-{number}"), "{row}");
        assert_eq!(reply.body["code"], "STD-00000", "{row}");
    }
    let elsewhere = format!("{VENDOR}/310886424_fagsystem");
    let renamed = other("isVisible", true.into());
    let reply = practice
        .call(Method::PUT, &elsewhere, &register, renamed)
        .await;
    assert_eq!(code(&reply), "AUTH.VLD-00012");
    let theirs = json!({ "authority": "iso6523-actorid-upis", "ID": "0192:313045285" });
    let reply = practice
        .call(Method::POST, VENDOR, &register, other("vendor", theirs))
        .await;
    assert_eq!((reply.status, reply.text.as_str()), (403, ""));
}

#[tokio::test]
async fn each_call_needs_its_scope_in_either_token() {
    let practice = Practice::start().await;
    registered(&practice).await;
    let rows = [
        (Method::GET, VENDOR.to_owned(), REGISTER),
        (Method::POST, VENDOR.to_owned(), REGISTER),
        (Method::POST, REQUEST.to_owned(), WRITE),
        (Method::DELETE, format!("{REQUEST}/a"), WRITE),
        (Method::GET, format!("{REQUEST}/a"), READ),
        (
            Method::GET,
            format!("{REQUEST}/bysystem/310886424_fagsystem"),
            READ,
        ),
    ];
    for scope in [REGISTER, WRITE, READ] {
        let plain = token(&practice, scope).await;
        let exchange = practice.url("authentication/api/v1/exchange/maskinporten");
        let exchanged = practice.http().get(exchange).bearer_auth(&plain);
        let exchanged = practice.reply(exchanged).await.text;
        for (method, path, needed) in &rows {
            for token in [&plain, &exchanged] {
                let reply = practice.call(method.clone(), path, token, json!({})).await;
                let row = format!("{scope} {method} {path}: {}", reply.text);
                assert_eq!(reply.status == 403, scope != *needed, "{row}");
                assert_ne!(reply.status, 401, "{row}");
            }
        }
    }
    for (method, path, _) in rows {
        let reply = practice.call(method, &path, "a.b.c", json!({})).await;
        assert_eq!((reply.status, reply.text.as_str()), (401, ""), "{path}");
    }
}

#[tokio::test]
async fn a_request_waits_for_the_customer() {
    let practice = Practice::start().await;
    registered(&practice).await;
    let (write, read) = (token(&practice, WRITE).await, token(&practice, READ).await);
    let made = practice
        .call(Method::POST, REQUEST, &write, request())
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.body["status"], "New");
    let id = made.body["id"].as_str().unwrap();
    let confirm = practice.url(&format!("accessmanagement/ui/systemuser/request?id={id}"));
    assert_eq!(made.body["confirmUrl"], confirm);
    for path in [
        format!("{REQUEST}/{id}"),
        format!("{REQUEST}/byexternalref/310886424_fagsystem/312121212/%C3%B8-1"),
    ] {
        let found = practice.call(Method::GET, &path, &read, Value::Null).await;
        assert_eq!(found.body, made.body, "{path}");
    }
    let path = format!("{REQUEST}/bysystem/310886424_fagsystem");
    let found = practice.call(Method::GET, &path, &read, Value::Null).await;
    assert_eq!(found.body["data"], json!([made.body]));
    let agent = practice
        .call(
            Method::GET,
            &format!("{REQUEST}/agent/{id}"),
            &read,
            Value::Null,
        )
        .await;
    assert_eq!((agent.status, code(&agent).as_str()), (400, "AUTH-00025"));

    for (status, number) in [
        (RequestStatus::New, "00007"),
        (RequestStatus::Accepted, "00006"),
        (RequestStatus::Rejected, "00009"),
    ] {
        practice.change(|registry| registry.system_user_requests[0].status = status);
        let twin = practice
            .call(Method::POST, REQUEST, &write, request())
            .await;
        assert_eq!(code(&twin), format!("AUTH-{number}"));
    }
    let path = format!("{REQUEST}/{id}");
    let gone = practice
        .call(Method::DELETE, &path, &write, Value::Null)
        .await;
    assert_eq!(gone.status, 202);
    let found = practice.call(Method::GET, &path, &read, Value::Null).await;
    assert_eq!((found.status, code(&found).as_str()), (404, "AUTH-00010"));
}

#[tokio::test]
async fn what_hangs_on_a_system_goes_with_it() {
    let practice = Practice::start().await;
    let register = registered(&practice).await;
    let write = token(&practice, WRITE).await;
    let user = |external_ref: Option<&str>| SystemUser {
        id: "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001".to_owned(),
        system_id: "310886424_fagsystem".to_owned(),
        owner: customer(),
        external_ref: external_ref.map(str::to_owned),
        is_approved: true,
    };
    let ask = async |reference: &str| {
        let body = changed(request(), "externalRef", reference);
        practice.call(Method::POST, REQUEST, &write, body).await
    };
    practice.change(|registry| registry.system_users = vec![user(Some("ø-1")), user(None)]);
    // There is a user already, though nobody asked for it.
    for reference in ["ø-1", "", "312121212"] {
        assert_eq!(code(&ask(reference).await), "AUTH-00004", "{reference}");
    }
    assert_eq!(ask("ø-2").await.status, 201);

    let one = format!("{VENDOR}/310886424_fagsystem");
    practice
        .call(Method::DELETE, &one, &register, Value::Null)
        .await;
    let registry = practice.simulator.registry().clone();
    assert!(registry.system_users.is_empty() && registry.system_user_requests.is_empty());
}

#[tokio::test]
async fn a_request_that_does_not_hold_is_refused_with_its_number() {
    let practice = Practice::start().await;
    let register = registered(&practice).await;
    let bare = changed(
        changed(system(), "id", "310886424_uten"),
        "clientId",
        json!([]),
    );
    let bare = changed(bare, "allowedredirecturls", json!([]));
    practice.call(Method::POST, VENDOR, &register, bare).await;
    let write = token(&practice, WRITE).await;
    let with = |name: &str, value: Value| changed(request(), name, value);
    let other = json!([{ "resource": [{ "id": "urn:altinn:resource", "value": "annet" }] }]);
    let packages = json!([{ "urn": "urn:altinn:accesspackage:annet" }]);
    let rows = [
        (
            "unknown system",
            REQUEST,
            with("systemId", "310886424_x".into()),
            404,
            "AUTH-00011",
        ),
        (
            "no party",
            REQUEST,
            with("partyOrgNo", "31212121".into()),
            400,
            "AUTH-00000",
        ),
        (
            "nothing asked for",
            REQUEST,
            with("rights", json!([])),
            400,
            "AUTH-00059",
        ),
        (
            "right of another",
            REQUEST,
            with("rights", other),
            400,
            "AUTH-00001",
        ),
        (
            "package of another",
            REQUEST,
            with("accessPackages", packages),
            400,
            "AUTH-00051",
        ),
        (
            "another redirect",
            REQUEST,
            with("redirectUrl", "https://b.example/".into()),
            400,
            "AUTH-00021",
        ),
        (
            "no redirects",
            REQUEST,
            with("systemId", "310886424_uten".into()),
            400,
            "AUTH-00026",
        ),
        (
            "agent with rights",
            "authentication/api/v1/systemuser/request/vendor/agent",
            request(),
            400,
            "AUTH-00059",
        ),
    ];
    for (row, path, body, status, number) in rows {
        let reply = practice.call(Method::POST, path, &write, body).await;
        assert_eq!(
            (reply.status, code(&reply).as_str()),
            (status, number),
            "{row}"
        );
    }
    let reply = practice
        .call(
            Method::POST,
            REQUEST,
            &write,
            with("externalRef", "a b".into()),
        )
        .await;
    assert_eq!(reply.status, 400);
}
