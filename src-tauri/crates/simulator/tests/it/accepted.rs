//! Grants that must pass, and what their tokens say.

use keystore::SignatureAlgorithm;
use serde_json::{Value, json};
use simulator::{Consent, Delegation, SystemUser};
use time::Duration;

use crate::grant::{Grant, x5c};
use crate::practice::{NOW, NOW_S, Practice, customer, material, system};

/// A synthetic person: 80 is added to the month.
const PID: &str = "01819090013";

/// The same with 40 added to the day.
const D_NUMBER: &str = "41819090007";

#[tokio::test]
async fn every_documented_form_passes() {
    let practice = Practice::start().await;
    let bank = || practice.bank_grant();
    let supplier = || practice.supplier_grant();
    let chain = &material().bank.chain;
    let signing = &material().bank_signing;
    let at = |iat: i64, exp: i64| bank().claim("iat", NOW_S + iat).claim("exp", NOW_S + exp);
    let rows: Vec<(&str, Grant<'_>)> = vec![
        ("x5c, leaf alone", bank()),
        (
            "x5c, leaf and issuer",
            bank().header("x5c", x5c(&chain[..2])),
        ),
        ("x5c, whole chain", bank().header("x5c", x5c(chain))),
        (
            "x5c, signing certificate",
            bank()
                .header("x5c", x5c(&signing.chain[..1]))
                .key(&signing.key),
        ),
        ("typ JWT", bank().header("typ", "JWT")),
        ("RS384", bank().algorithm(SignatureAlgorithm::Rs384)),
        ("RS512", bank().algorithm(SignatureAlgorithm::Rs512)),
        ("registered key", supplier()),
        ("registered key, typ JWT", supplier().header("typ", "JWT")),
        ("iat 10 s behind", at(-10, 110)),
        ("iat 10 s ahead", at(10, 130)),
        ("120 s", at(0, 120)),
        ("one second", at(0, 1)),
        ("long ago begun, one second left", at(-10, 1)),
        (
            "two scopes",
            bank().claim("scope", "brreg:losore/tlg brreg:losore/utlegg"),
        ),
        ("jti of one letter", bank().claim("jti", "a")),
        ("jti that is no UUID", bank().claim("jti", "løpenummer 1")),
        (
            "resource",
            bank().claim("resource", json!(["https://bank.example/dsop/"])),
        ),
        (
            "resource, a URN",
            bank().claim("resource", json!(["urn:example:api"])),
        ),
        (
            "two resources",
            bank().claim(
                "resource",
                json!(["https://a.example/", "https://b.example/?c=d"]),
            ),
        ),
        ("pid", bank().claim("pid", PID)),
        ("pid, d-number", bank().claim("pid", D_NUMBER)),
    ];
    for (row, grant) in rows {
        let answer = practice.ask(&grant.sign()).await;
        assert_eq!(answer.status, 200, "{row}: {}", answer.body);
        assert_eq!(answer.headers["cache-control"], "no-store", "{row}");
        assert_eq!(answer.body["token_type"], "Bearer", "{row}");
        assert_eq!(answer.body["expires_in"], 120, "{row}");
        assert_eq!(answer.body["scope"], grant.claims["scope"], "{row}");
        assert_eq!(answer.body.as_object().unwrap().len(), 4, "{row}");
    }
}

#[tokio::test]
async fn the_token_says_who_and_what() {
    let practice = Practice::start().await;
    let client = &material().set.clients()[0];
    let mut claims = practice.claims(&practice.bank_grant()).await;
    let jti = claims["jti"].take();
    assert!(jti.as_str().unwrap().len() >= 32);
    assert_eq!(
        claims,
        json!({
            "iss": practice.simulator.issuer(),
            "client_id": client.client_id,
            "client_amr": "virksomhetssertifikat",
            "token_type": "Bearer",
            "scope": "brreg:reelle/offentlig",
            "iat": NOW_S,
            "exp": NOW_S + 120,
            "jti": null,
            "consumer": { "authority": "iso6523-actorid-upis", "ID": "0192:313045285" },
        })
    );
    let claims = practice.claims(&practice.supplier_grant()).await;
    assert_eq!(claims["client_amr"], "private_key_jwt");
    assert_eq!(claims["consumer"]["ID"], "0192:310886424");
    assert_ne!(claims["jti"], jti);
}

#[tokio::test]
async fn resource_and_pid_are_in_the_token() {
    let practice = Practice::start().await;
    let one = practice
        .bank_grant()
        .claim("resource", json!(["https://a.example/"]));
    let claims = practice.claims(&one.claim("pid", PID)).await;
    assert_eq!(claims["aud"], "https://a.example/");
    assert_eq!(claims["pid"], PID);
    let both = json!(["https://a.example/", "https://b.example/"]);
    let claims = practice
        .claims(&practice.bank_grant().claim("resource", both.clone()))
        .await;
    assert_eq!(claims["aud"], both);
}

#[tokio::test]
async fn a_delegated_token_names_consumer_and_supplier() {
    let practice = Practice::start().await;
    practice.change(|registry| {
        registry.delegations.push(Delegation {
            consumer: customer(),
            supplier: registry.clients[1].org_number.clone(),
            scope: "brreg:reelle/offentlig".to_owned(),
        });
    });
    let grant = practice
        .supplier_grant()
        .claim("consumer_org", customer().as_str());
    let claims = practice.claims(&grant).await;
    assert_eq!(claims["consumer"]["ID"], format!("0192:{}", customer()));
    assert_eq!(claims["supplier"]["ID"], "0192:310886424");
    assert_eq!(claims["delegation_source"], "https://tt02.altinn.no/");
}

#[tokio::test]
async fn the_lowest_lifetime_wins() {
    let practice = Practice::start().await;
    let lifetime = async |client: u32, first: u32, second: u32| {
        practice.change(|registry| {
            registry.clients[0].access_token_lifetime_s = client;
            registry.scopes[0].token_age_s_max = first;
            registry.scopes[1].token_age_s_max = second;
        });
        let both = practice.simulator.registry().scopes[..2].to_vec();
        let scope = format!("{} {}", both[0].name, both[1].name);
        let answer = practice
            .ask(&practice.bank_grant().claim("scope", scope).sign())
            .await;
        answer.body["expires_in"].as_u64().unwrap()
    };
    assert_eq!(lifetime(0, 0, 0).await, 120);
    assert_eq!(lifetime(7200, 0, 0).await, 7200);
    assert_eq!(lifetime(7200, 1000, 600).await, 600);
    assert_eq!(lifetime(600, 1000, 0).await, 600);
}

#[tokio::test]
async fn a_system_user_is_in_the_token() {
    let practice = Practice::start().await;
    let element = |external_ref: Option<&str>| {
        let mut element = json!({
            "type": "urn:altinn:systemuser",
            "systemuser_org": {
                "authority": "iso6523-actorid-upis",
                "ID": format!("0192:{}", customer()),
            },
        });
        if let Some(external_ref) = external_ref {
            element["externalRef"] = external_ref.into();
        }
        json!([element])
    };
    let owner = customer();
    let rows = [
        (None, None),
        (Some("Kunde_Ø-1"), Some("Kunde_Ø-1")),
        // Without a reference of its own, the owner's number is the reference.
        (None, Some(owner.as_str())),
    ];
    for (registered, asked) in rows {
        practice.change(|registry| {
            registry.systems = vec![system(&registry.clients[1])];
            registry.system_users = vec![SystemUser {
                id: "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001".to_owned(),
                system_id: "310886424_fagsystem".to_owned(),
                owner: customer(),
                external_ref: registered.map(str::to_owned),
                is_approved: true,
            }];
        });
        let grant = practice
            .supplier_grant()
            .claim("authorization_details", element(asked));
        let claims = practice.claims(&grant).await;
        let expected: Value = json!([{
            "type": "urn:altinn:systemuser",
            "systemuser_org": {
                "authority": "iso6523-actorid-upis",
                "ID": format!("0192:{}", customer()),
            },
            "systemuser_id": ["0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001"],
            "system_id": "310886424_fagsystem",
        }]);
        assert_eq!(claims["authorization_details"], expected);
    }
}

#[tokio::test]
async fn a_consent_is_in_the_token() {
    let practice = Practice::start().await;
    let from = format!("urn:altinn:person:identifier-no:{PID}");
    let rights = json!([{ "action": ["consent"], "resource": [{ "type": "urn:altinn:resource", "value": "inntekt" }] }]);
    practice.change(|registry| {
        registry.consents.push(Consent {
            id: "8a7b1c52-5a9e-4f0e-9d16-6ab4a7c70001".to_owned(),
            from: from.clone(),
            to: registry.clients[0].org_number.clone(),
            consented: NOW - Duration::DAY,
            valid_to: NOW + Duration::DAY,
            rights: rights.clone(),
        });
    });
    let details = json!([{
        "type": "urn:altinn:consent",
        "id": "8a7b1c52-5a9e-4f0e-9d16-6ab4a7c70001",
        "from": from,
    }]);
    let claims = practice
        .claims(
            &practice
                .bank_grant()
                .claim("authorization_details", details),
        )
        .await;
    assert_eq!(
        claims["authorization_details"],
        json!([{
            "type": "urn:altinn:consent",
            "id": "8a7b1c52-5a9e-4f0e-9d16-6ab4a7c70001",
            "from": from,
            "to": { "authority": "iso6523-actorid-upis", "ID": "0192:313045285" },
            "consented": "2026-11-19T12:00:00Z",
            "validTo": "2026-11-21T12:00:00Z",
            "consentRights": rights,
        }])
    );
}
