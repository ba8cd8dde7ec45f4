//! The config file: what it names must be there, and whom it names can be chosen.

use serde_json::{Value, json};
use simulator::{Config, Options, Simulator, SimulatorError};

use crate::config::{client, delegation, grant, jwk, practice, system_user};
use crate::practice::material;

#[tokio::test]
async fn what_names_nothing_is_named_with_its_place() {
    let bank = material().set.clients()[0].client_id.as_str();
    let with = |name: &str, entries: Value| {
        let mut config = client(json!([jwk("k")]));
        config[name] = entries;
        config
    };
    let known = [
        with("system_users", json!([system_user("u", "s", bank)])),
        with(
            "system_users",
            json!([
                system_user("u", "s", "my-client"),
                system_user("v", "s", "my-client")
            ]),
        ),
        with(
            "delegations",
            json!([delegation("312121212", "310886424", "brreg:losore/tlg")]),
        ),
    ];
    for config in known {
        practice(&config).await;
    }
    let rows = [
        (
            with("system_users", json!([system_user("u", "s", "nobody")])),
            "system_users[0].client_id",
            "no client is called nobody",
        ),
        (
            with(
                "system_users",
                json!([
                    system_user("u", "s", "my-client"),
                    system_user("v", "t", "my-client")
                ]),
            ),
            "system_users[1].client_id",
            "my-client belongs to the system s",
        ),
        (
            with(
                "delegations",
                json!([delegation("312121212", "310886424", "my:scop")]),
            ),
            "delegations[0].scope",
            "no scope is called my:scop",
        ),
    ];
    for (config, place, what) in rows {
        let options = Options {
            config: Config::parse(config.to_string().as_bytes()).unwrap(),
            ..Options::default()
        };
        let started = Simulator::start(&material().set, options).await;
        let Err(SimulatorError::Config(error)) = started else {
            panic!("{place}: it started");
        };
        assert_eq!((error.place.as_str(), error.what.as_str()), (place, what));
    }
}

#[tokio::test]
async fn whoever_the_file_lets_act_can_be_chosen() {
    let mut config = client(json!([jwk("k")]));
    config["clients"][0]["org_number"] = "314000005".into();
    config["delegations"] = json!([delegation("313045285", "310886424", "my:scope")]);
    let practice = practice(&config).await;
    let registry = practice.simulator.registry();
    let named: Vec<&str> = registry
        .organisations
        .iter()
        .map(|known| known.number.as_str())
        .collect();
    for number in ["314000005", "313045285", "310886424"] {
        let count = named.iter().filter(|known| **known == number).count();
        assert_eq!(count, 1, "{number}");
    }
    let own = &registry.organisations.last().unwrap().name;
    assert_eq!(own, "VIRKSOMHET 314000005");
}

#[tokio::test]
async fn every_integration_type_can_be_named_and_a_key_of_the_far_future_has_an_end() {
    let mut key = jwk("k");
    key["posted"] = "9999-06-01T00:00:00Z".into();
    let mut config = client(json!([key]));
    for kind in [
        "maskinporten",
        "krr",
        "idporten",
        "api_klient",
        "idporten_saml2",
    ] {
        config["clients"][0]["integration_type"] = kind.into();
        let practice = practice(&config).await;
        let answer = practice.ask(&grant(&practice).sign()).await;
        match kind {
            "maskinporten" => assert_eq!(answer.status, 200, "{}", answer.body),
            kind => answer.assert_refused(kind, "invalid_scope", "MP-201"),
        }
    }
}
