//! Two simulators side by side, one like TEST and one like PRODUCTION: strangers to each other.

use std::sync::OnceLock;

use keystore::Certificate;
use serde_json::Value;
use simulator::{Likeness, Options, PracticeSet, SimulatorError};

use crate::grant::{Grant, x5c};
use crate::practice::{Keys, NOW, Practice, material, read_p12};

fn production() -> &'static PracticeSet {
    static SET: OnceLock<PracticeSet> = OnceLock::new();
    SET.get_or_init(|| PracticeSet::make_like(Likeness::Production, NOW).unwrap())
}

fn production_keys() -> Keys {
    read_p12(production(), "granitt-sparebank.p12", 0)
}

fn grant<'k>(at: &Practice, client_of: &PracticeSet, keys: &'k Keys) -> Grant<'k> {
    Grant::x5c(at.simulator.issuer(), &client_of.clients()[0], keys)
}

#[tokio::test]
async fn each_refuses_the_certificates_of_the_other() {
    let test = Practice::start().await;
    let prod = Practice::start_as(production(), Options::default()).await;
    let (test_keys, prod_keys) = (&material().bank, production_keys());
    let own_test = grant(&test, &material().set, test_keys);
    let own_prod = grant(&prod, production(), &prod_keys);
    assert_eq!(test.ask(&own_test.sign()).await.status, 200);
    assert_eq!(prod.ask(&own_prod.sign()).await.status, 200);

    // The client of one with the certificate of the other, with and without its chain.
    for (at, set, keys) in [
        (&test, &material().set, &prod_keys),
        (&prod, production(), test_keys),
    ] {
        for chain in [&keys.chain[..1], &keys.chain[..]] {
            let grant = grant(at, set, keys).header("x5c", x5c(chain));
            at.ask(&grant.sign())
                .await
                .assert_refused("stranger", "invalid_grant", "MP-120");
        }
    }
    // A client of one does not exist in the other.
    let elsewhere = grant(&prod, &material().set, &prod_keys);
    prod.ask(&elsewhere.sign()).await.assert_refused(
        "client of the other",
        "invalid_grant",
        "MP-100",
    );
}

#[tokio::test]
async fn the_tokens_of_one_mean_nothing_in_the_other() {
    let test = Practice::start().await;
    let prod = Practice::start_as(production(), Options::default()).await;
    let answer = test.ask(&test.bank_grant().sign()).await;
    let token = answer.body["access_token"].as_str().unwrap();
    let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let jwks = |practice: &Practice| practice.http().get(practice.url("jwk"));
    let known = async |practice: &Practice| {
        let keys: Value = practice.send(jwks(practice)).await.body;
        keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .any(|key| key["kid"] == kid)
    };
    assert!(known(&test).await);
    assert!(!known(&prod).await);
    assert_ne!(test.simulator.issuer(), prod.simulator.issuer());
}

#[test]
fn the_authorities_say_what_they_are_like() {
    let names = |set: &PracticeSet| -> Vec<String> {
        let name = |one: &Certificate| one.subject().common_name().unwrap().to_owned();
        set.authorities().iter().map(name).collect()
    };
    let like_test = ["Portner Øvelse CA 1", "Portner Øvelse Root CA"];
    assert_eq!(names(&material().set), like_test);
    let like_production = [
        "Portner Øvelse Produksjon CA 1",
        "Portner Øvelse Produksjon Root CA",
    ];
    assert_eq!(names(production()), like_production);
    let ours = |one: &Certificate| keystore::is_known_issuer(one.subject());
    assert!(production().authorities().iter().all(ours));
}

#[test]
fn one_folder_is_like_one_environment() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path();
    let made = PracticeSet::prepare_like(dir, Likeness::Production, NOW).unwrap();
    let again = PracticeSet::prepare_like(dir, Likeness::Production, NOW).unwrap();
    assert_eq!(again.set.likeness(), Likeness::Production);
    assert_eq!(again.set.ca_pem(), made.set.ca_pem());
    let other = PracticeSet::prepare(dir, NOW);
    assert!(matches!(other, Err(SimulatorError::OtherLikeness { path }) if path == dir));
}
