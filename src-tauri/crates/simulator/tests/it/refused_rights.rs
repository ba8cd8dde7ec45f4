//! Grants that are refused for what the client or the organisation may not do.

use serde_json::{Value, json};
use simulator::{Access, Consent, Delegation, IntegrationType, ScopeEntry, SystemUser};
use time::Duration;

use crate::practice::{NOW, Practice, customer, material, system};

const SCOPE: &str = "brreg:reelle/offentlig";

#[tokio::test]
async fn a_scope_that_is_not_on_the_client_is_refused() {
    let practice = Practice::start().await;
    let rows = [
        ("brreg:ektepakt/tlg", "brreg:ektepakt/tlg"),
        ("brreg:reelle/offentli", "brreg:reelle/offentli"),
        ("BRREG:reelle/offentlig", "BRREG:reelle/offentlig"),
        ("brreg:reelle/offentlig a:b", "a:b"),
        ("idporten:dcr.write", "idporten:dcr.write"),
        ("nocolon", "nocolon"),
        ("a:b c:d", "a:b c:d"),
    ];
    for (scope, named) in rows {
        let answer = practice
            .ask(&practice.bank_grant().claim("scope", scope).sign())
            .await;
        answer.assert_refused(scope, "invalid_scope", "MP-200");
        let text = answer.body["error_description"].as_str().unwrap();
        let start = format!("Token request contains invalid scopes for client, {named} (");
        assert!(text.starts_with(&start), "{text}");
    }
}

#[tokio::test]
async fn a_scope_of_another_integration_type_is_refused() {
    let practice = Practice::start().await;
    practice.change(|registry| {
        registry.clients[0].scopes.push("openid:login".to_owned());
        let mut scope = ScopeEntry::new("openid:login", customer(), NOW);
        scope.allowed_integration_types = vec![IntegrationType::Idporten];
        registry.scopes.push(scope);
    });
    let answer = practice
        .ask(&practice.bank_grant().claim("scope", "openid:login").sign())
        .await;
    answer.assert_refused("scope's type", "invalid_scope", "MP-201");
    practice.change_client(0, |client| client.integration_type = IntegrationType::Krr);
    let answer = practice.ask(&practice.bank_grant().sign()).await;
    answer.assert_refused("client's type", "invalid_scope", "MP-201");
}

#[tokio::test]
async fn a_consumer_that_has_not_let_the_supplier_in_is_refused() {
    let practice = Practice::start().await;
    let supplier = material().set.clients()[1].org_number.clone();
    let grant = |consumer: &str| practice.supplier_grant().claim("consumer_org", consumer);

    let answer = practice.ask(&grant(supplier.as_str()).sign()).await;
    answer.assert_refused("own number", "invalid_grant", "-");
    let text = answer.body["error_description"].as_str().unwrap();
    assert!(
        text.contains("The combination consumer_org in claim and delegation scope"),
        "{text}"
    );

    let answer = practice.ask(&grant(customer().as_str()).sign()).await;
    answer.assert_refused("not delegated", "invalid_grant", "MP-251");
    let text = format!(
        "Consumer {} has not delegated access to the scope {SCOPE} to supplier {supplier} (",
        customer()
    );
    assert!(
        answer.body["error_description"]
            .as_str()
            .unwrap()
            .starts_with(&text)
    );

    // That comes first, whether the consumer has access to the scope or not.
    let set_access = |access: Access| {
        practice.change(|registry| {
            let mut scopes = registry.scopes.iter_mut();
            scopes.find(|scope| scope.name == SCOPE).unwrap().access = access;
        });
    };
    set_access(Access::Only(Vec::new()));
    let answer = practice.ask(&grant(customer().as_str()).sign()).await;
    answer.assert_refused("neither", "invalid_grant", "MP-251");
    set_access(Access::Everyone);

    // Another scope, or the other way round, is no delegation.
    let delegation = |consumer, supplier, scope: &str| Delegation {
        consumer,
        supplier,
        scope: scope.to_owned(),
    };
    practice.change(|registry| {
        registry.delegations = vec![
            delegation(customer(), supplier.clone(), "brreg:losore/tlg"),
            delegation(supplier.clone(), customer(), SCOPE),
        ];
    });
    let answer = practice.ask(&grant(customer().as_str()).sign()).await;
    answer.assert_refused("wrong delegation", "invalid_grant", "MP-251");

    // Delegated now, but the consumer has no access to give.
    practice.change(|registry| {
        registry
            .delegations
            .push(delegation(customer(), supplier.clone(), SCOPE));
    });
    set_access(Access::Only(vec![supplier.clone()]));
    let answer = practice.ask(&grant(customer().as_str()).sign()).await;
    answer.assert_refused("no access", "invalid_grant", "MP-250");
    let text = format!("Consumer has not been granted access to the scope {SCOPE} (");
    assert!(
        answer.body["error_description"]
            .as_str()
            .unwrap()
            .starts_with(&text)
    );

    // One of two scopes is not enough.
    let both = grant(customer().as_str()).claim("scope", "brreg:losore/tlg brreg:losore/utlegg");
    practice
        .ask(&both.sign())
        .await
        .assert_refused("one of two", "invalid_grant", "MP-251");

    // A scope without a delegation source cannot be delegated.
    practice.change(|registry| {
        for scope in &mut registry.scopes {
            scope.access = Access::Everyone;
            scope.delegation_source = None;
        }
    });
    let answer = practice.ask(&grant(customer().as_str()).sign()).await;
    answer.assert_refused("no source", "invalid_grant", "MP-251");
}

#[tokio::test]
async fn an_organisation_that_lost_its_access_is_refused() {
    let practice = Practice::start().await;
    practice.change(|registry| {
        for scope in &mut registry.scopes {
            scope.access = Access::Only(vec![customer()]);
        }
    });
    let answer = practice.ask(&practice.bank_grant().sign()).await;
    answer.assert_refused("own access", "invalid_grant", "MP-250");
}

#[tokio::test]
async fn a_system_user_that_does_not_stand_is_refused() {
    let practice = Practice::start().await;
    let user = |external_ref: Option<&str>| SystemUser {
        id: "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001".to_owned(),
        system_id: "310886424_fagsystem".to_owned(),
        owner: customer(),
        external_ref: external_ref.map(str::to_owned),
        is_approved: true,
    };
    let element = || {
        json!({
            "type": "urn:altinn:systemuser",
            "systemuser_org": {
                "authority": "iso6523-actorid-upis",
                "ID": format!("0192:{}", customer()),
            },
        })
    };
    let with = |name: &str, value: Value| {
        let mut element = element();
        element[name] = value;
        json!([element])
    };
    let org = |authority: &str, id: &str| {
        with(
            "systemuser_org",
            json!({ "authority": authority, "ID": id }),
        )
    };
    let upis = "iso6523-actorid-upis";
    let values = "invalid_altinn_customer_configuration";
    let rows = [
        (
            "unknown type",
            json!([{ "type": "urn:altinn:other" }]),
            "invalid_request",
            "MP-301",
        ),
        (
            "no type",
            json!([{ "systemuser_org": {} }]),
            "invalid_request",
            "MP-301",
        ),
        (
            "one of two unknown",
            json!([element(), { "type": "x" }]),
            "invalid_request",
            "MP-301",
        ),
        (
            "old name",
            with("systemuserorg", json!({})),
            "invalid_request",
            "MP-302",
        ),
        (
            "field beside",
            with("system_id", json!("a")),
            "invalid_request",
            "MP-302",
        ),
        (
            "field inside",
            with(
                "systemuser_org",
                json!({ "authority": upis, "ID": "0192:1", "name": "a" }),
            ),
            "invalid_request",
            "MP-302",
        ),
        (
            "reference with a space",
            with("externalRef", json!("a b")),
            "invalid_request",
            "MP-302",
        ),
        (
            "reference of 256",
            with("externalRef", json!("a".repeat(256))),
            "invalid_request",
            "MP-302",
        ),
        (
            "reference is a number",
            with("externalRef", json!(1)),
            "invalid_request",
            "MP-302",
        ),
        (
            "no organisation",
            json!([{ "type": "urn:altinn:systemuser" }]),
            values,
            "MP-303",
        ),
        (
            "another authority",
            org("etsi", &format!("0192:{}", customer())),
            values,
            "MP-303",
        ),
        (
            "number without prefix",
            org(upis, customer().as_str()),
            values,
            "MP-303",
        ),
        (
            "another organisation",
            org(upis, "0192:313045285"),
            values,
            "MP-303",
        ),
        (
            "another reference",
            with("externalRef", json!("ø-1")),
            values,
            "MP-303",
        ),
        (
            "two at once",
            json!([element(), element()]),
            values,
            "MP-303",
        ),
    ];
    practice.change(|registry| {
        let mut others = system(&registry.clients[0]);
        others.id = "310886424_annet".to_owned();
        registry.systems = vec![system(&registry.clients[1]), others];
        registry.system_users = vec![user(None)];
    });
    for (row, details, error, code) in rows {
        let grant = practice
            .supplier_grant()
            .claim("authorization_details", details);
        practice
            .ask(&grant.sign())
            .await
            .assert_refused(row, error, code);
    }
    let ask = async |row: &str, user: SystemUser| {
        practice.change(|registry| registry.system_users = vec![user]);
        let grant = practice
            .supplier_grant()
            .claim("authorization_details", json!([element()]));
        practice
            .ask(&grant.sign())
            .await
            .assert_refused(row, values, "MP-303");
    };
    ask("reference left out", user(Some("ø-1"))).await;
    ask(
        "not approved",
        SystemUser {
            is_approved: false,
            ..user(None)
        },
    )
    .await;
    ask(
        "another client's",
        SystemUser {
            system_id: "310886424_annet".to_owned(),
            ..user(None)
        },
    )
    .await;
}

#[tokio::test]
async fn a_consent_that_does_not_stand_is_refused() {
    let practice = Practice::start().await;
    let bank = material().set.clients()[0].org_number.clone();
    let from = "urn:altinn:person:identifier-no:01819090013";
    let id = "8a7b1c52-5a9e-4f0e-9d16-6ab4a7c70001";
    let consent = || Consent {
        id: id.to_owned(),
        from: from.to_owned(),
        to: bank.clone(),
        consented: NOW - Duration::DAY,
        valid_to: NOW + Duration::DAY,
        rights: json!([]),
    };
    let details =
        |id: &str, from: &str| json!([{ "type": "urn:altinn:consent", "id": id, "from": from }]);
    let values = "invalid_altinn_customer_configuration";
    let ask = async |row: &str, consent: Consent, details: Value, error: &str, code: &str| {
        practice.change(|registry| registry.consents = vec![consent]);
        let grant = practice
            .bank_grant()
            .claim("authorization_details", details);
        practice
            .ask(&grant.sign())
            .await
            .assert_refused(row, error, code);
    };
    let good = || details(id, from);
    ask(
        "unknown id",
        consent(),
        details("x", from),
        values,
        "MP-303",
    )
    .await;
    ask(
        "another person",
        consent(),
        details(id, "urn:altinn:x"),
        values,
        "MP-303",
    )
    .await;
    let ended = Consent {
        valid_to: NOW,
        ..consent()
    };
    ask("ended", ended, good(), values, "MP-303").await;
    let to_another = Consent {
        to: customer(),
        ..consent()
    };
    ask("given to another", to_another, good(), values, "MP-303").await;
    let without_from = json!([{ "type": "urn:altinn:consent", "id": id }]);
    ask("without from", consent(), without_from, values, "MP-303").await;
    let beside = json!([{ "type": "urn:altinn:consent", "id": id, "from": from, "to": "a" }]);
    ask(
        "field beside",
        consent(),
        beside,
        "invalid_request",
        "MP-302",
    )
    .await;
}
