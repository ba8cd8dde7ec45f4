//! The config file: what it adds, and what is refused with its place.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keystore::PrivateKey;
use serde_json::{Value, json};
use simulator::{Config, Options};
use time::Duration;

use crate::grant::Grant;
use crate::practice::{NOW_S, Practice, customer, material};

/// The public half of the supplier's key as a JWK.
pub(crate) fn jwk(kid: &str) -> Value {
    let (n, e) = material().supplier.key.public_jwk_parts().unwrap();
    json!({
        "kid": kid, "kty": "RSA", "use": "sig", "alg": "RS256",
        "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
    })
}

fn public_pem(key: &PrivateKey) -> String {
    let base64 = STANDARD.encode(key.spki_der().unwrap());
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

fn certificate_pem() -> String {
    let base64 = STANDARD.encode(material().supplier.chain[0].der());
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

pub(crate) fn client(keys: Value) -> Value {
    json!({ "clients": [{
        "client_id": "my-client",
        "org_number": "310886424",
        "scopes": ["my:scope"],
        "keys": keys,
    }] })
}

pub(crate) fn delegation(consumer: &str, supplier: &str, scope: &str) -> Value {
    json!({ "consumer": consumer, "supplier": supplier, "scope": scope })
}

pub(crate) fn system_user(id: &str, system_id: &str, client_id: &str) -> Value {
    json!({ "id": id, "system_id": system_id, "client_id": client_id, "owner": "312121212" })
}

pub(crate) async fn practice(config: &Value) -> Practice {
    let config = Config::parse(config.to_string().as_bytes()).unwrap();
    let options = Options {
        config,
        ..Options::default()
    };
    Practice::start_as(&material().set, options).await
}

pub(crate) fn grant(practice: &Practice) -> Grant<'static> {
    let grant = practice.supplier_grant().claim("iss", "my-client");
    grant.claim("scope", "my:scope").header("kid", "k")
}

#[tokio::test]
async fn a_key_is_read_in_every_form() {
    let pem = public_pem(&material().supplier.key);
    let in_a_set = json!({ "clients": [{
        "client_id": "my-client", "org_number": "310886424", "scopes": ["my:scope"],
        "jwks": { "keys": [jwk("k")] },
    }] });
    let rows = [
        ("JWK", client(json!([jwk("k")]))),
        ("JWKS", in_a_set),
        ("PEM", client(json!([{ "kid": "k", "pem": pem }]))),
        (
            "certificate",
            client(json!([{ "kid": "k", "pem": certificate_pem() }])),
        ),
        (
            "several",
            client(json!([jwk("other"), { "kid": "k", "pem": pem }])),
        ),
    ];
    for (row, config) in rows {
        let practice = practice(&config).await;
        let answer = practice.ask(&grant(&practice).sign()).await;
        assert_eq!(answer.status, 200, "{row}: {}", answer.body);
        // What practice has of its own is still there.
        let own = practice.ask(&practice.bank_grant().sign()).await;
        assert_eq!(own.status, 200, "{row}");
    }
}

#[tokio::test]
async fn everything_a_config_says_counts() {
    let customer = customer();
    let system_user = json!({
        "id": "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001", "system_id": "310886424_x",
        "client_id": "my-client", "owner": customer.as_str(),
    });
    let consent = json!({
        "id": "c-1", "from": "urn:altinn:organization:identifier-no:312121212", "to": "310886424",
        "consented": "2026-11-19T12:00:00Z", "valid_to": "2026-11-21T12:00:00Z", "rights": [],
    });
    let mut config = client(json!([jwk("k")]));
    config["clients"][0]["scopes"] = json!(["my:scope", "my:closed", "my:short", "my:login"]);
    config["clients"][0]["access_token_lifetime_s"] = 600.into();
    config["scopes"] = json!([
        { "name": "my:closed", "access": ["313045285"] },
        { "name": "my:short", "token_lifetime_s_max": 30 },
        { "name": "my:login", "integration_type": "idporten" },
    ]);
    let delegation =
        json!({ "consumer": customer.as_str(), "supplier": "310886424", "scope": "my:scope" });
    config["delegations"] = json!([delegation]);
    config["system_users"] = json!([system_user]);
    config["consents"] = json!([consent]);
    let practice = practice(&config).await;
    let ask = async |scope: &str| {
        practice
            .ask(&grant(&practice).claim("scope", scope).sign())
            .await
    };

    assert_eq!(ask("my:scope").await.body["expires_in"], 600);
    assert_eq!(ask("my:short").await.body["expires_in"], 30);
    ask("my:closed")
        .await
        .assert_refused("no access", "invalid_grant", "MP-250");
    ask("my:login")
        .await
        .assert_refused("type", "invalid_scope", "MP-201");
    ask("my:unknown")
        .await
        .assert_refused("unknown", "invalid_scope", "MP-200");

    let claims = practice
        .claims(&grant(&practice).claim("consumer_org", customer.as_str()))
        .await;
    assert_eq!(claims["consumer"]["ID"], "0192:312121212");
    assert_eq!(claims["delegation_source"], "https://tt02.altinn.no/");
    for details in [
        json!([{ "type": "urn:altinn:systemuser", "systemuser_org":
            { "authority": "iso6523-actorid-upis", "ID": "0192:312121212" } }]),
        json!([{ "type": "urn:altinn:consent", "id": "c-1",
            "from": "urn:altinn:organization:identifier-no:312121212" }]),
    ] {
        let grant = grant(&practice).claim("authorization_details", details);
        assert_eq!(practice.ask(&grant.sign()).await.status, 200);
    }
}

#[tokio::test]
async fn a_client_without_a_key_proves_itself_with_a_certificate_of_an_authority_named() {
    let others = simulator::PracticeSet::make(crate::practice::NOW).unwrap();
    let keys = crate::practice::read_p12(&others, "granitt-sparebank.p12", 0);
    let mut config = json!({ "clients": [
        { "client_id": "x5c-client", "org_number": "313045285", "scopes": ["my:scope"] },
    ] });
    let ask = async |config: &Value| {
        let practice = practice(config).await;
        let grant = Grant::x5c(practice.simulator.issuer(), &others.clients()[0], &keys);
        practice
            .ask(
                &grant
                    .claim("iss", "x5c-client")
                    .claim("scope", "my:scope")
                    .sign(),
            )
            .await
    };
    ask(&config)
        .await
        .assert_refused("stranger", "invalid_grant", "MP-120");
    let pem = others.ca_pem();
    let (issuing, root) = pem.split_once("-----END CERTIFICATE-----\n").unwrap();
    config["certificate_authorities"] =
        json!([format!("{issuing}-----END CERTIFICATE-----"), root]);
    assert_eq!(ask(&config).await.status, 200);
    // A bundle counts whole, whichever stands first.
    config["certificate_authorities"] =
        json!([format!("{root}{issuing}-----END CERTIFICATE-----\r\n")]);
    assert_eq!(ask(&config).await.status, 200);
}

#[tokio::test]
async fn the_year_of_a_key_begins_when_it_was_posted() {
    let mut key = jwk("k");
    key["posted"] = "2025-11-20T12:00:30Z".into();
    let practice = practice(&client(json!([key]))).await;
    assert_eq!(practice.ask(&grant(&practice).sign()).await.status, 200);
    practice.set_clock(Duration::seconds(30));
    let late = grant(&practice).claim("iat", NOW_S + 30);
    practice
        .ask(&late.sign())
        .await
        .assert_refused("a year", "invalid_grant", "MP-121");
}

#[tokio::test]
async fn a_reset_keeps_what_the_config_says() {
    let practice = practice(&client(json!([jwk("k")]))).await;
    practice.change(|registry| registry.clients.clear());
    practice.simulator.reset();
    assert_eq!(practice.ask(&grant(&practice).sign()).await.status, 200);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut config = client(json!([jwk("k")]));
        change(&mut config);
        config.to_string()
    };
    let private = |config: &mut Value| config["clients"][0]["keys"][0]["d"] = "AA".into();
    let rows: Vec<(String, &str, &str)> = vec![
        (String::new(), "line 1", "EOF"),
        ("{".to_owned(), "line 1", "EOF"),
        (" []".to_owned(), "line 1", "JSON object"),
        ("{} {}".to_owned(), "line 1", "trailing"),
        (
            with(&|c| c["client"] = json!([])),
            "client ",
            "unknown field `client`",
        ),
        (
            with(&|c| c["clients"][0]["name"] = "x".into()),
            "clients[0].name",
            "unknown field `name`",
        ),
        (
            with(&|c| c["clients"][0]["client_id"] = "".into()),
            "clients[0].client_id",
            "must not be empty",
        ),
        (
            with(&|c| c["clients"][0]["org_number"] = "310886425".into()),
            "clients[0].org_number",
            "",
        ),
        (
            with(&|c| c["clients"][0]["org_number"] = 310_886_424.into()),
            "clients[0].org_number",
            "invalid type",
        ),
        (
            with(&|c| c["clients"][0]["scopes"][0] = "my scope".into()),
            "clients[0].scopes[0]",
            "prefix:name",
        ),
        (
            with(&|c| c["clients"][0]["integration_type"] = "x".into()),
            "clients[0].integration_type",
            "none of maskinporten, krr, idporten",
        ),
        (
            with(&|c| c["clients"][0]["access_token_lifetime_s"] = (-1).into()),
            "clients[0].access_token_lifetime_s",
            "invalid value",
        ),
        (with(&private), "clients[0].keys[0]", "unknown field `d`"),
        (
            with(&|c| c["clients"][0]["keys"][0]["use"] = "enc".into()),
            "clients[0].keys[0]",
            "use must be sig",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0]["alg"] = "PS256".into()),
            "clients[0].keys[0]",
            "alg must be",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0]["n"] = "AQAB".into()),
            "clients[0].keys[0]",
            "at least 2048 bits",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0]["n"] = "?".into()),
            "clients[0].keys[0]",
            "cannot be read",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0]["kty"] = "EC".into()),
            "clients[0].keys[0]",
            "cannot be read",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0] = json!({ "kid": "k" })),
            "clients[0].keys[0]",
            "either kty, n and e, or pem",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0] = json!({ "kid": "k", "pem": "x" })),
            "clients[0].keys[0]",
            "cannot be read",
        ),
        (
            with(&|c| c["clients"][0]["keys"] = json!([jwk("k"), jwk("k")])),
            "clients[0].keys[1].kid",
            "k stands twice",
        ),
        (
            with(&|c| c["clients"][0]["jwks"] = json!({ "keys": [jwk("k")] })),
            "clients[0].keys[1].kid",
            "k stands twice",
        ),
        (
            with(&|c| c["clients"][0]["keys"] = (0..6).map(|n| jwk(&n.to_string())).collect()),
            "clients[0].keys",
            "at most 5",
        ),
        (
            with(&|c| {
                let twin = c["clients"][0].clone();
                c["clients"].as_array_mut().unwrap().push(twin);
            }),
            "clients[1].client_id",
            "my-client stands twice",
        ),
        (
            with(&|c| c["scopes"] = json!([{ "name": "a" }])),
            "scopes[0].name",
            "prefix:name",
        ),
        (
            with(&|c| c["scopes"] = json!([{ "name": "a:b" }, { "name": "a:b" }])),
            "scopes[1].name",
            "a:b stands twice",
        ),
        (
            with(&|c| c["clients"][0]["client_id"] = "a b".into()),
            "clients[0].client_id",
            "letters, digits",
        ),
        (
            with(&|c| c["clients"][0]["client_id"] = "a\u{1}".into()),
            "clients[0].client_id",
            "letters, digits",
        ),
        (
            with(&|c| c["clients"][0] = json!(["my-client", "310886424", []])),
            "clients[0]",
            "expected a JSON object",
        ),
        (
            with(&|c| c["clients"][0]["keys"][0] = json!(["k"])),
            "clients[0].keys[0]",
            "expected a JSON object",
        ),
        (
            with(&|c| c["clients"][0]["jwks"] = json!([[]])),
            "clients[0].jwks",
            "expected a JSON object",
        ),
        (
            with(&|c| c["scopes"] = json!([["a:b"]])),
            "scopes[0]",
            "expected a JSON object",
        ),
        (
            with(&|c| c["delegations"] = json!([delegation("310886424", "310886424", "my:scope")])),
            "delegations[0].supplier",
            "consumer itself",
        ),
        (
            with(&|c| {
                let one = delegation("312121212", "310886424", "my:scope");
                c["delegations"] = json!([one, one]);
            }),
            "delegations[1]",
            "stands twice",
        ),
        (
            with(&|c| {
                let mut one = system_user("u", "s", "my-client");
                one["external_ref"] = "a b".into();
                c["system_users"] = json!([one]);
            }),
            "system_users[0].external_ref",
            "letters, digits",
        ),
        (
            with(&|c| {
                let one = system_user("u", "s", "my-client");
                c["system_users"] = json!([one, one]);
            }),
            "system_users[1].id",
            "u stands twice",
        ),
        (
            with(&|c| {
                let one = json!({
                    "id": "c-1", "from": "a", "to": "310886424", "rights": [],
                    "consented": "2026-11-19T12:00:00Z", "valid_to": "2026-11-21T12:00:00Z",
                });
                c["consents"] = json!([one, one]);
            }),
            "consents[1].id",
            "c-1 stands twice",
        ),
        (
            with(&|c| c["delegations"] = json!([{ "consumer": "1" }])),
            "delegations[0].consumer",
            "",
        ),
        (
            with(&|c| c["consents"] = json!([{ "consented": "today" }])),
            "consents[0].consented",
            "",
        ),
        (
            with(&|c| c["certificate_authorities"] = json!(["x"])),
            "certificate_authorities[0]",
            "no certificate",
        ),
        (
            with(&|c| c["certificate_authorities"] = json!([certificate_pem()])),
            "certificate_authorities[0]",
            "may not issue",
        ),
        (
            with(&|c| {
                let key = public_pem(&material().supplier.key);
                let bundle = format!("{}{key}", material().set.ca_pem());
                c["certificate_authorities"] = json!([bundle]);
            }),
            "certificate_authorities[0]",
            "no certificate",
        ),
        (
            with(&|c| c["revoked"] = json!(["0x1"])),
            "revoked[0]",
            "serial number",
        ),
        (
            with(&|c| {
                let two = format!("{}{}", certificate_pem(), certificate_pem());
                c["clients"][0]["keys"][0] = json!({ "kid": "k", "pem": two });
            }),
            "clients[0].keys[0]",
            "one certificate",
        ),
        (
            with(&|c| {
                let pem = "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n";
                let both = format!("{}{pem}", certificate_pem());
                c["clients"][0]["keys"][0] = json!({ "kid": "k", "pem": both });
            }),
            "clients[0].keys[0]",
            "private key",
        ),
        (
            with(&|c| {
                let key = rcgen::KeyPair::generate().unwrap();
                let params = rcgen::CertificateParams::default();
                let pem = params.self_signed(&key).unwrap().pem();
                c["clients"][0]["keys"][0] = json!({ "kid": "k", "pem": pem });
            }),
            "clients[0].keys[0]",
            "at least 2048 bits",
        ),
    ];
    for (config, place, what) in rows {
        let error = Config::parse(config.as_bytes()).expect_err(&config);
        assert!(error.place.starts_with(place), "{place}: {error:?}");
        assert!(error.what.contains(what), "{what}: {error:?}");
        assert!(!error.what.contains(" at line "), "{error:?}");
    }
}
