//! Changes that take their time to reach the token endpoint.

use std::time::Duration;

use keystore::SignatureAlgorithm;
use serde_json::json;
use simulator::{Consent, Delegation, Options, RegisteredKey, SystemUser};
use time::Duration as Span;

use crate::practice::{Answer, NOW, NOW_S, Practice, customer, material, system};

async fn slow_to_learn() -> Practice {
    let options = Options {
        propagation: Duration::from_secs(120),
        ..Options::default()
    };
    Practice::start_as(&material().set, options).await
}

/// Asks at a moment with a key that was registered at [`NOW`].
async fn ask_at(practice: &Practice, second: i64) -> Answer {
    practice.set_clock(Span::seconds(second));
    let iat = NOW_S + second;
    let grant = practice.supplier_grant().header("kid", "new");
    practice
        .ask(&grant.claim("iat", iat).claim("exp", iat + 60).sign())
        .await
}

fn add_key(practice: &Practice) {
    practice.change_client(1, |client| {
        client.keys.push(RegisteredKey {
            kid: "new".to_owned(),
            algorithm: SignatureAlgorithm::Rs256,
            spki_der: material().supplier.chain[0].spki_der().to_vec(),
            posted: NOW,
            expires: None,
            x5c: Vec::new(),
        });
    });
}

#[tokio::test]
async fn a_new_key_is_unknown_until_it_has_arrived() {
    let practice = slow_to_learn().await;
    add_key(&practice);
    for second in [0, 119] {
        let early = ask_at(&practice, second).await;
        early.assert_refused("not yet", "invalid_grant", "-");
        let text = early.body["error_description"].as_str().unwrap();
        assert!(
            text.starts_with("Unknown key identifier (kid) for client"),
            "{text}"
        );
    }
    assert_eq!(ask_at(&practice, 120).await.status, 200);
    // Each change takes its own time, and the later does not overtake the earlier.
    practice.change_client(1, |client| client.is_active = false);
    assert_eq!(ask_at(&practice, 239).await.status, 200);
    ask_at(&practice, 240)
        .await
        .assert_refused("deactivated", "invalid_grant", "MP-100");
}

#[tokio::test]
async fn what_altinn_is_asked_for_counts_at_once() {
    let practice = slow_to_learn().await;
    practice.change(|registry| {
        let client = registry.clients[1].clone();
        registry.delegations.push(Delegation {
            consumer: customer(),
            supplier: client.org_number.clone(),
            scope: "brreg:reelle/offentlig".to_owned(),
        });
        registry.systems.push(system(&client));
        registry.system_users.push(SystemUser {
            id: "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001".to_owned(),
            system_id: "310886424_fagsystem".to_owned(),
            owner: customer(),
            external_ref: None,
            is_approved: true,
        });
        registry.consents.push(Consent {
            id: "c-1".to_owned(),
            from: "urn:altinn:organization:identifier-no:312121212".to_owned(),
            to: client.org_number.clone(),
            consented: NOW,
            valid_to: NOW + Span::DAY,
            rights: json!([]),
        });
    });
    let id = format!("0192:{}", customer());
    for (name, value) in [
        ("consumer_org", json!(customer().as_str())),
        (
            "authorization_details",
            json!([{
                "type": "urn:altinn:systemuser",
                "systemuser_org": { "authority": "iso6523-actorid-upis", "ID": id },
            }]),
        ),
        (
            "authorization_details",
            json!([{
                "type": "urn:altinn:consent", "id": "c-1",
                "from": "urn:altinn:organization:identifier-no:312121212",
            }]),
        ),
    ] {
        practice
            .claims(&practice.supplier_grant().claim(name, value))
            .await;
    }
}

#[tokio::test]
async fn by_default_a_change_counts_at_once() {
    let practice = Practice::start().await;
    add_key(&practice);
    assert_eq!(ask_at(&practice, 0).await.status, 200);
}

#[tokio::test]
async fn a_reset_does_not_wait() {
    let practice = slow_to_learn().await;
    practice.change(|registry| registry.clients.clear());
    practice.set_clock(Span::seconds(120));
    practice.simulator.reset();
    let iat = NOW_S + 120;
    let grant = practice
        .supplier_grant()
        .claim("iat", iat)
        .claim("exp", iat + 60);
    assert_eq!(practice.ask(&grant.sign()).await.status, 200);
}
