//! The practice APIs that need a consent: it must be the consumer's own.

use serde_json::json;
use simulator::{Consent, Delegation};
use time::Duration;

use crate::api::Reply;
use crate::grant::Grant;
use crate::practice::{NOW, Practice};
use crate::sample_apis::{INCOME, LOAN, OTHER, PERSON, bank, get};

/// PERSON's consent to an organisation.
fn consent_to(practice: &Practice, to: &str, valid_to: Duration) {
    let consent = Consent {
        id: "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001".to_owned(),
        from: format!("urn:altinn:person:identifier-no:{PERSON}"),
        to: to.parse().unwrap(),
        consented: NOW,
        valid_to: NOW + valid_to,
        rights: json!([{ "action": ["consent"], "resource": [] }]),
    };
    practice.change(|registry| registry.consents = vec![consent]);
}

fn with_consent<'k>(grant: Grant<'k>, scope: &str) -> Grant<'k> {
    grant.claim("scope", scope).claim(
        "authorization_details",
        json!([{
            "type": "urn:altinn:consent",
            "id": "0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f0001",
            "from": format!("urn:altinn:person:identifier-no:{PERSON}"),
        }]),
    )
}

#[tokio::test]
async fn inntekt_is_given_to_the_one_the_consent_was_given_to() {
    let practice = Practice::start().await;
    let scope = "skatteetaten:inntekt";
    let plain = bank(&practice, scope).await;
    let code = |reply: &Reply| reply.body["kode"].as_str().unwrap_or_default().to_owned();
    let without = get(&practice, INCOME, &plain).await;
    assert_eq!((without.status, code(&without).as_str()), (403, "IM-010"));

    consent_to(&practice, "313045285", Duration::days(10));
    let own = practice
        .token(with_consent(practice.bank_grant(), scope))
        .await;
    let given = get(&practice, INCOME, &own).await;
    assert_eq!(given.status, 200, "{}", given.text);
    let months = given.body["oppgaveInntektsmottaker"].as_array().unwrap();
    assert_eq!(months.len(), 3);
    let header = |token: &str, consent: &str| {
        let request = practice.http().get(practice.url(INCOME)).bearer_auth(token);
        practice.reply(request.header("AltinnSamtykke", consent))
    };
    assert_eq!(header(&plain, &own).await.status, 200);
    assert_eq!(header(&plain, "a.b.c").await.status, 403);
    assert_eq!(header(&plain, &plain).await.status, 403);

    // The supplier asks for itself with the bank's consent: the two do not match.
    let supplier = practice
        .token(practice.supplier_grant().claim("scope", scope))
        .await;
    let stolen = header(&supplier, &own).await;
    assert_eq!((stolen.status, code(&stolen).as_str()), (403, "IM-010"));
    // When the bank has delegated, it asks on the bank's behalf, and they do.
    practice.change(|registry| {
        registry.delegations.push(Delegation {
            consumer: "313045285".parse().unwrap(),
            supplier: "310886424".parse().unwrap(),
            scope: scope.to_owned(),
        });
    });
    let grant = practice.supplier_grant().claim("consumer_org", "313045285");
    let on_behalf = practice.token(with_consent(grant, scope)).await;
    assert_eq!(get(&practice, INCOME, &on_behalf).await.status, 200);

    let rows = [
        (INCOME.replace(PERSON, OTHER), 403, "IM-010"),
        (INCOME.replace("2026-03", "2025-12"), 400, "IM-007"),
        (INCOME.replace("fraOgMed", "fra"), 400, "IM-007"),
        (INCOME.replace(PERSON, "01019012345"), 400, "IM-006"),
        (INCOME.replace("/sbl/", "/alt/"), 403, "IM-005"),
        (INCOME.replace("oppgave", "annet"), 404, "DAS-002"),
    ];
    for (path, status, expected) in rows {
        let reply = get(&practice, &path, &own).await;
        assert_eq!(
            (reply.status, code(&reply).as_str()),
            (status, expected),
            "{path}"
        );
        assert!(reply.body["korrelasjonsid"].is_string());
    }
    let audience = with_consent(practice.bank_grant(), scope);
    let audience = audience.claim("resource", json!(["https://a.example/"]));
    let audience = practice.token(audience).await;
    let reply = get(&practice, INCOME, &audience).await;
    assert_eq!(
        (reply.status, code(&reply).as_str()),
        (401, "IM-004"),
        "aud is not allowed"
    );
    let other = practice
        .token(with_consent(practice.bank_grant(), "brreg:losore/tlg"))
        .await;
    let reply = get(&practice, INCOME, &other).await;
    assert_eq!((reply.status, code(&reply).as_str()), (403, "IM-005"));
}

#[tokio::test]
async fn a_consent_that_ends_before_the_token_does_is_worth_nothing() {
    let practice = Practice::start().await;
    consent_to(&practice, "313045285", Duration::seconds(30));
    let grant = with_consent(practice.bank_grant(), "skatteetaten:inntekt");
    let token = practice.token(grant).await;
    assert_eq!(get(&practice, INCOME, &token).await.status, 200);
    practice.set_clock(Duration::seconds(30));
    assert_eq!(get(&practice, INCOME, &token).await.status, 403);
}

#[tokio::test]
async fn lanekassen_takes_the_token_without_the_word_bearer() {
    let practice = Practice::start().await;
    let scope = "lanekassen:lan/v1/saldoopplysninger";
    consent_to(&practice, "313045285", Duration::days(10));
    let consent = practice
        .token(with_consent(practice.bank_grant(), scope))
        .await;
    let token = bank(&practice, scope).await;
    let ask = |authorization: String, consent: String, pid: &str, left_out: &str| {
        let mut request = practice.http().get(practice.url(LOAN));
        let headers = [
            ("Authorization", authorization.as_str()),
            ("ApiKey", "ovelse"),
            ("Consent-ID", &consent),
            ("PSU_ID", pid),
            ("X-Request-Id", "1"),
        ];
        for (name, value) in headers {
            if name != left_out {
                request = request.header(name, value);
            }
        }
        practice.reply(request)
    };
    let good = ask(token.clone(), consent.clone(), PERSON, "").await;
    assert_eq!(good.status, 200, "{}", good.text);
    assert!(good.body["accounts"][0]["saldo"].is_u64());
    let supplier = practice
        .token(practice.supplier_grant().claim("scope", scope))
        .await;
    let other = bank(&practice, "brreg:losore/tlg").await;
    let made_for = async |claim: &str, value: serde_json::Value| {
        let grant = practice.bank_grant().claim("scope", scope);
        practice.token(grant.claim(claim, value)).await
    };
    let rows = [
        (
            "made for another person",
            made_for("pid", OTHER.into()).await,
            consent.clone(),
            PERSON,
            "",
            403,
        ),
        (
            "made for this person",
            made_for("pid", PERSON.into()).await,
            consent.clone(),
            PERSON,
            "",
            200,
        ),
        (
            "made for another API",
            made_for("resource", json!(["https://a.example/"])).await,
            consent.clone(),
            PERSON,
            "",
            403,
        ),
        (
            "made for this API",
            made_for("resource", json!([practice.url(LOAN)])).await,
            consent.clone(),
            PERSON,
            "",
            200,
        ),
        (
            "with Bearer",
            format!("Bearer {token}"),
            consent.clone(),
            PERSON,
            "",
            401,
        ),
        (
            "no token",
            String::new(),
            consent.clone(),
            PERSON,
            "Authorization",
            401,
        ),
        ("another scope", other, consent.clone(), PERSON, "", 403),
        (
            "another consumer",
            supplier,
            consent.clone(),
            PERSON,
            "",
            403,
        ),
        (
            "another person",
            token.clone(),
            consent.clone(),
            OTHER,
            "",
            403,
        ),
        (
            "a person who is not synthetic",
            token.clone(),
            consent.clone(),
            "01019012345",
            "",
            400,
        ),
        (
            "no consent in it",
            token.clone(),
            token.clone(),
            PERSON,
            "",
            403,
        ),
        (
            "no key",
            token.clone(),
            consent.clone(),
            PERSON,
            "ApiKey",
            400,
        ),
        (
            "no request id",
            token.clone(),
            consent.clone(),
            PERSON,
            "X-Request-Id",
            400,
        ),
        (
            "no person",
            token.clone(),
            consent.clone(),
            PERSON,
            "PSU_ID",
            400,
        ),
        (
            "no consent",
            token.clone(),
            consent.clone(),
            PERSON,
            "Consent-ID",
            400,
        ),
    ];
    for (row, authorization, consent, pid, left_out, status) in rows {
        let reply = ask(authorization, consent, pid, left_out).await;
        assert_eq!(reply.status, status, "{row}: {}", reply.text);
    }
}
