//! The stand-ins for Altinn's pages, used as a browser uses them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::practice::{Practice, customer, material};

#[tokio::test]
async fn a_delegation_made_by_clicking_lets_the_supplier_act() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let me = "/altinn/312121212";
    let clicked = [
        ("/altinn/".to_owned(), "/profil"),
        (format!("{me}/profil"), "/api"),
        (format!("{me}/api"), "/api/tilganger"),
        (format!("{me}/api/tilganger"), "/api/ny"),
    ];
    for (path, link) in clicked {
        let page = browser.open(&path).await;
        assert!(
            page.text.contains(&format!("href=\"{me}{link}\"")),
            "{path}: {}",
            page.text
        );
    }
    let grant = || {
        let grant = practice
            .supplier_grant()
            .claim("consumer_org", customer().as_str());
        grant.claim("scope", "brreg:reelle/rapporteringspliktig")
    };
    practice
        .ask(&grant().sign())
        .await
        .assert_refused("before", "invalid_grant", "MP-251");
    let add = format!("{me}/api/ny");
    let chosen = [
        ("scope", "brreg:reelle/rapporteringspliktig"),
        ("leverandor", "310 886 424"),
    ];
    let confirm = browser
        .send(&add, &[&chosen[..], &[("handling", "neste")]].concat())
        .await;
    assert_eq!(confirm.status, 200, "{}", confirm.text);
    for text in [
        "Bekreft",
        "Rapporteringspliktig virksomhet - På vegne av",
        "FJELLSTØTT SYSTEMER AS (310886424)",
    ] {
        assert!(confirm.text.contains(text), "{text}: {}", confirm.text);
    }
    practice
        .ask(&grant().sign())
        .await
        .assert_refused("not confirmed", "invalid_grant", "MP-251");
    browser
        .sent(&add, &[&chosen[..], &[("handling", "bekreft")]].concat())
        .await;
    let claims = practice.claims(&grant()).await;
    assert_eq!(claims["consumer"]["ID"], "0192:312121212");
    assert_eq!(claims["supplier"]["ID"], "0192:310886424");

    let wrong = [
        (vec![("leverandor", "310886424")], "#scope"),
        (
            vec![("scope", "idporten:dcr.read"), ("leverandor", "310886424")],
            "#scope",
        ),
        (
            vec![("scope", "brreg:losore/tlg"), ("leverandor", "310886425")],
            "#leverandor",
        ),
        (
            vec![("scope", "brreg:losore/tlg"), ("leverandor", "312121212")],
            "#leverandor",
        ),
    ];
    for (form, link) in wrong {
        let reply = browser.send(&add, &form).await;
        assert_eq!(reply.status, 422, "{form:?}");
        assert!(reply.text.contains(&format!("href=\"{link}\"")), "{form:?}");
    }
    let gone = [
        ("scope", "brreg:reelle/rapporteringspliktig"),
        ("leverandor", "310886424"),
    ];
    browser.sent(&format!("{me}/api/fjern"), &gone).await;
    practice
        .ask(&grant().sign())
        .await
        .assert_refused("taken back", "invalid_grant", "MP-251");
}

#[tokio::test]
async fn an_approved_system_user_can_be_used_and_a_rejected_one_cannot() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let scopes = "altinn:authentication/systemregister.write altinn:authentication/systemuser.request.write altinn:authentication/systemuser.request.read";
    let token = practice
        .token(practice.supplier_grant().claim("scope", scopes))
        .await;
    let system = json!({
        "id": "310886424_fagsystem",
        "vendor": { "authority": "iso6523-actorid-upis", "ID": "0192:310886424" },
        "name": { "nb": "Fagsystem <b>", "nn": "a", "en": "a" },
        "rights": [{ "resource": [{ "id": "urn:altinn:resource", "value": "ske-innrapportering" }] }],
        "clientId": [material().set.clients()[1].client_id],
        "allowedredirecturls": ["https://a.example/ferdig"],
    });
    let vendor = "authentication/api/v1/systemregister/vendor";
    assert_eq!(
        practice
            .call(Method::POST, vendor, &token, system)
            .await
            .status,
        200
    );
    let request = |reference: &str| {
        json!({
            "systemId": "310886424_fagsystem", "partyOrgNo": "312121212", "externalRef": reference,
            "rights": [{ "resource": [{ "id": "urn:altinn:resource", "value": "ske-innrapportering" }] }],
            "redirectUrl": "https://a.example/ferdig",
        })
    };
    let grant =
        |reference: &str| {
            practice.supplier_grant().claim("authorization_details", json!([{
            "type": "urn:altinn:systemuser",
            "systemuser_org": { "authority": "iso6523-actorid-upis", "ID": "0192:312121212" },
            "externalRef": reference,
        }]))
        };
    for (reference, answer, status) in [("ja-1", "ja", "Accepted"), ("nei-1", "nei", "Rejected")] {
        let path = "authentication/api/v1/systemuser/request/vendor";
        let made = practice
            .call(Method::POST, path, &token, request(reference))
            .await;
        assert_eq!(made.status, 201, "{}", made.text);
        let url = made.body["confirmUrl"].as_str().unwrap();
        let page = url.strip_prefix(&browser.origin()).unwrap();
        let profile = browser.open("/altinn/312121212/profil").await;
        assert!(
            profile.text.contains(page),
            "the request is found from the profile"
        );
        let shown = browser.open(page).await;
        for text in [
            "Fagsystem &lt;b&gt;",
            "FJELLSTØTT SYSTEMER AS",
            "HAVGLØTT REGNSKAP AS",
            "ske-innrapportering",
        ] {
            assert!(shown.text.contains(text), "{text}: {}", shown.text);
        }
        practice.ask(&grant(reference).sign()).await.assert_refused(
            "before",
            "invalid_altinn_customer_configuration",
            "MP-303",
        );
        assert_eq!(browser.send(page, &[("svar", "kanskje")]).await.status, 404);
        browser.sent(page, &[("svar", answer)]).await;
        let answered = browser.open(page).await.text;
        assert!(answered.contains("<code>https://a.example/ferdig</code>"));
        assert!(!answered.contains("href=\"https://"), "{answered}");
        assert_eq!(
            browser.send(page, &[("svar", "ja")]).await.status,
            404,
            "answered once"
        );
        let read = format!("{path}/{}", made.body["id"].as_str().unwrap());
        let read = practice.call(Method::GET, &read, &token, Value::Null).await;
        assert_eq!(read.body["status"], status);
    }
    let claims = practice.claims(&grant("ja-1")).await;
    assert_eq!(
        claims["authorization_details"][0]["system_id"],
        "310886424_fagsystem"
    );
    practice.ask(&grant("nei-1").sign()).await.assert_refused(
        "rejected",
        "invalid_altinn_customer_configuration",
        "MP-303",
    );
}

#[tokio::test]
async fn a_consent_given_by_clicking_can_be_used() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let from = "urn:altinn:person:identifier-no:01819090013";
    let token = practice
        .token(
            practice
                .bank_grant()
                .claim("scope", "altinn:consentrequests.write"),
        )
        .await;
    let id = "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0002";
    let request = json!({
        "id": id, "from": from, "to": "urn:altinn:organization:identifier-no:313045285",
        "validTo": "2026-11-27T12:00:00Z",
        "consentRights": [{ "action": ["consent"], "resource": [{ "type": "urn:altinn:resource", "value": "ske-inntekt" }] }],
    });
    let made = practice
        .call(
            Method::POST,
            "accessmanagement/api/v1/enterprise/consentrequests",
            &token,
            request,
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let page = made.body["viewUri"]
        .as_str()
        .unwrap()
        .strip_prefix(&browser.origin())
        .unwrap();
    assert!(
        browser
            .open(page)
            .await
            .text
            .contains("GRANITT SPAREBANK (313045285)")
    );
    let grant = || {
        practice.bank_grant().claim(
            "authorization_details",
            json!([{ "type": "urn:altinn:consent", "id": id, "from": from }]),
        )
    };
    practice.ask(&grant().sign()).await.assert_refused(
        "before",
        "invalid_altinn_customer_configuration",
        "MP-303",
    );
    browser.sent(page, &[("svar", "ja")]).await;
    let details = practice.claims(&grant()).await["authorization_details"][0].clone();
    assert_eq!(details["to"]["ID"], "0192:313045285");
    assert_eq!(details["consented"], "2026-11-20T12:00:00Z");
}
