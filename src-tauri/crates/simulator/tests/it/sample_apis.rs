//! The practice APIs take the tokens that the real ones take, and no other.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::Addresses;
use time::Duration;

use crate::api::Reply;
use crate::grant::Grant;
use crate::practice::Practice;

pub(crate) const PERSON: &str = "01819090013";
pub(crate) const OTHER: &str = "11913049987";
pub(crate) const INCOME: &str =
    "inntekt/v1/inntektsmottaker/sbl/01819090013/oppgave/inntekt?fraOgMed=2026-01&tilOgMed=2026-03";
pub(crate) const LOAN: &str = "saldo/v1/Accounts";

pub(crate) async fn get(practice: &Practice, path: &str, token: &str) -> Reply {
    practice.call(Method::GET, path, token, Value::Null).await
}

pub(crate) async fn bank(practice: &Practice, scope: &str) -> String {
    practice
        .token(practice.bank_grant().claim("scope", scope))
        .await
}

#[tokio::test]
async fn a_token_that_does_not_hold_opens_nothing() {
    let practice = Practice::start().await;
    let elsewhere = Practice::start().await;
    let rows = [
        (
            "api/oppslag/v1/virksomhet/312121212",
            "brreg:reelle/offentlig",
            401,
        ),
        (
            "registerinfo/api/v2/rettsstiftelse/regnr/AB52874",
            "brreg:losore/tlg",
            403,
        ),
        (
            "utlegg/enheter/312121212?sokers_orgnummer=313045285",
            "brreg:losore/utlegg",
            403,
        ),
        (INCOME, "skatteetaten:inntekt", 401),
        (
            "storage/api/v1/instances?org=granitt",
            "altinn:serviceowner/instances.read",
            401,
        ),
        (LOAN, "lanekassen:lan/v1/saldoopplysninger", 401),
    ];
    for (path, scope, refused) in rows {
        let good = bank(&practice, scope).await;
        let stranger = bank(&elsewhere, scope).await;
        let (head, _) = good.rsplit_once('.').unwrap();
        for token in ["", "a.b.c", head, &stranger] {
            let reply = get(&practice, path, token).await;
            assert_eq!(reply.status, refused, "{path} {token}: {}", reply.text);
        }
        let post = practice.call(Method::POST, path, &good, json!({})).await;
        assert_eq!(post.status, 405, "{path}");
        practice.set_clock(Duration::seconds(120));
        let late = get(&practice, path, &good).await;
        assert_eq!(late.status, refused, "{path}, expired");
        practice.set_clock(Duration::ZERO);
    }
}

#[tokio::test]
async fn reelle_rettighetshavere_show_what_the_scope_lets_one_see() {
    let practice = Practice::start().await;
    let path = "api/oppslag/v1/virksomhet/312121212";
    let open = get(&practice, "api/oppslag/v1/kodelister", "").await;
    assert_eq!(open.status, 200, "needs no token");
    let rows = [
        ("brreg:reelle/offentlig", true, true),
        ("brreg:reelle/rapporteringspliktig", true, true),
        ("brreg:reelle/rapporteringspliktig.begrenset", true, false),
        ("brreg:reelle/media", false, false),
        ("brreg:reelle/sivilsamfunnsorganisasjon", false, false),
        ("brreg:reelle/hoeyereutdanningsinstitusjon", false, false),
    ];
    for (scope, numbers, discrepancies) in rows {
        let token = bank(&practice, scope).await;
        let reply = get(&practice, path, &token).await;
        assert_eq!(reply.status, 200, "{scope}: {}", reply.text);
        let owner = &reply.body["reelleRettighetshavere"][0];
        assert_eq!(owner["navn"], "ROLIG MAUR", "{scope}");
        assert_eq!(owner["foedselsnummer"] == PERSON, numbers, "{scope}");
        assert_eq!(
            reply.body["uoverensstemmelser"].is_array(),
            discrepancies,
            "{scope}"
        );
    }
    let token = bank(&practice, "brreg:losore/tlg").await;
    assert_eq!(get(&practice, path, &token).await.status, 403);
    let grant = practice
        .bank_grant()
        .claim("resource", json!(["https://a.example/"]));
    let token = practice.token(grant).await;
    assert_eq!(
        get(&practice, path, &token).await.status,
        200,
        "aud is not looked at"
    );
    for (number, status) in [("312121213", 400), ("991825827", 404)] {
        let path = format!("api/oppslag/v1/virksomhet/{number}");
        assert_eq!(get(&practice, &path, &token).await.status, status);
    }
}

#[tokio::test]
async fn losore_answers_no_hit_like_any_other() {
    let practice = Practice::start().await;
    let token = bank(&practice, "brreg:losore/tlg").await;
    let base = "registerinfo/api/v2/rettsstiftelse";
    let rows = [
        ("regnr/AB52874?language=NOB", 200, 1),
        ("regnr/CU11242", 200, 1),
        ("regnr/ZZ99999", 200, 0),
        ("orgnr/312121212", 200, 1),
        ("orgnr/313045285", 200, 0),
        ("fnr/11913049987", 200, 1),
        ("fnr/01819090013", 200, 0),
        ("regnr/ab52874", 400, 0),
        ("regnr/AB52874?language=SAM", 400, 0),
        ("orgnr/312121213", 400, 0),
        ("fnr/01019012345", 400, 0),
        ("plate/AB52874", 404, 0),
    ];
    for (path, status, count) in rows {
        let reply = get(&practice, &format!("{base}/{path}"), &token).await;
        assert_eq!(reply.status, status, "{path}: {}", reply.text);
        if status == 200 {
            assert_eq!(reply.body["antallRettsstiftelser"], count, "{path}");
            assert_eq!(
                reply.body["rettsstiftelser"].as_array().unwrap().len(),
                count
            );
        } else {
            for member in ["korrelasjonsid", "tidspunkt", "feilmelding"] {
                assert!(reply.body[member].is_string(), "{path}: {member}");
            }
        }
    }
    let other = bank(&practice, "brreg:losore/utlegg").await;
    let reply = get(&practice, &format!("{base}/regnr/AB52874"), &other).await;
    assert_eq!(reply.status, 403);
    assert_eq!(
        reply.body["feilmelding"],
        "Feil under autentisering av abonnent"
    );
    let grant = practice.bank_grant().claim("scope", "brreg:losore/tlg");
    let restricted = practice.token(grant.claim("pid", PERSON)).await;
    for (pid, status) in [(PERSON, 200), (OTHER, 403)] {
        let reply = get(&practice, &format!("{base}/fnr/{pid}"), &restricted).await;
        assert_eq!(reply.status, status, "{pid}");
    }
}

#[tokio::test]
async fn losore_and_utlegg_take_no_token_that_was_made_for_another() {
    let practice = Practice::start().await;
    let addresses = practice.simulator.addresses();
    let rows = [
        (
            "registerinfo/api/v2/rettsstiftelse/regnr/AB52874",
            "brreg:losore/tlg",
            addresses.movables,
        ),
        (
            "utlegg/enheter/312121212?sokers_orgnummer=313045285",
            "brreg:losore/utlegg",
            addresses.seizures,
        ),
    ];
    for (path, scope, own) in rows {
        let other = "https://a.example/";
        let audiences = [
            (json!([other]), 403),
            (json!([own]), 200),
            (json!([format!("{own}/")]), 200),
            (json!([other, own]), 200),
        ];
        for (audience, status) in audiences {
            let grant = practice.bank_grant().claim("scope", scope);
            let token = practice
                .token(grant.claim("resource", audience.clone()))
                .await;
            let reply = get(&practice, path, &token).await;
            assert_eq!(reply.status, status, "{path} {audience}");
        }
    }
}

#[tokio::test]
async fn utlegg_wants_to_know_who_searches() {
    let practice = Practice::start().await;
    let token = bank(&practice, "brreg:losore/utlegg").await;
    let me = "sokers_orgnummer=313045285";
    let rows = [
        (format!("utlegg/enheter/312121212?{me}"), 200, 0),
        (format!("utlegg/personer/07827199324?{me}"), 200, 2),
        (format!("utlegg/personer/{OTHER}?{me}"), 200, 0),
        ("utlegg/enheter/312121212".to_owned(), 400, 0),
        (
            "utlegg/enheter/312121212?sokers_orgnummer=1".to_owned(),
            400,
            0,
        ),
        (format!("utlegg/enheter/312121213?{me}"), 400, 0),
        (format!("utlegg/personer/01019012345?{me}"), 400, 0),
        (format!("utlegg/annet?{me}"), 404, 0),
    ];
    for (path, status, count) in rows {
        let reply = get(&practice, &path, &token).await;
        assert_eq!(reply.status, status, "{path}: {}", reply.text);
        match status {
            200 => {
                assert_eq!(reply.body["antallUTT"], count, "{path}");
                let has_message = reply.body["meldinger"][0].is_string();
                assert_eq!(has_message, count == 0, "{path}");
            }
            400 => assert_eq!(reply.body["feilkode"], "UAE_002", "{path}"),
            _ => {}
        }
    }
    let other = bank(&practice, "brreg:losore/tlg").await;
    let path = format!("utlegg/enheter/312121212?{me}");
    assert_eq!(get(&practice, &path, &other).await.status, 403);
}

#[tokio::test]
async fn altinns_instances_take_the_exchanged_token_alone() {
    let practice = Practice::start().await;
    let exchanged = async |grant: Grant<'_>| {
        let token = practice.token(grant).await;
        let path = "authentication/api/v1/exchange/maskinporten";
        (get(&practice, path, &token).await.text, token)
    };
    let scope = "altinn:serviceowner/instances.read";
    let (altinn, plain) = exchanged(practice.bank_grant().claim("scope", scope)).await;
    let (narrow, _) = exchanged(practice.bank_grant()).await;
    let path = "storage/api/v1/instances";
    let rows = [
        ("good", format!("{path}?org=granitt"), &altinn, 200),
        (
            "by app",
            format!("{path}?appId=granitt/ovelse"),
            &altinn,
            200,
        ),
        ("not exchanged", format!("{path}?org=granitt"), &plain, 401),
        ("another scope", format!("{path}?org=granitt"), &narrow, 403),
        ("another owner", format!("{path}?org=skd"), &altinn, 403),
        ("neither org nor app", path.to_owned(), &altinn, 400),
        ("size", format!("{path}?org=granitt&size=0"), &altinn, 400),
        ("below", format!("{path}/1?org=granitt"), &altinn, 404),
    ];
    for (row, path, token, status) in rows {
        let reply = get(&practice, &path, token).await;
        assert_eq!(reply.status, status, "{row}: {}", reply.text);
    }
    let one = get(&practice, &format!("{path}?org=granitt&size=1"), &altinn).await;
    assert_eq!(one.body["count"], 1);
    assert_eq!(one.body["instances"].as_array().unwrap().len(), 1);
    practice.set_clock(Duration::minutes(30));
    let late = get(&practice, &format!("{path}?org=granitt"), &altinn).await;
    assert_eq!(late.status, 401);
}

#[tokio::test]
async fn the_addresses_lead_to_what_they_name() {
    let practice = Practice::start().await;
    let addresses = practice.simulator.addresses();
    assert_eq!(addresses, Addresses::of(practice.simulator.issuer()));
    let rows = [
        (format!("{}/api/v1/scopes/all", addresses.self_service), 200),
        (addresses.portal, 200),
        (addresses.altinn, 200),
        (
            format!(
                "{}/authentication/api/v1/exchange/feide",
                addresses.altinn_platform
            ),
            400,
        ),
        (format!("{}/v1/kodelister", addresses.owners), 200),
        (
            format!("{}/api/v2/rettsstiftelse/regnr/AB52874", addresses.movables),
            403,
        ),
        (
            format!("{}/utlegg/enheter/312121212", addresses.seizures),
            403,
        ),
        (
            format!(
                "{}/inntektsmottaker/sbl/1/oppgave/inntekt",
                addresses.income
            ),
            401,
        ),
        (addresses.student_loan, 401),
    ];
    for (url, status) in rows {
        let reply = practice.reply(practice.http().get(&url)).await;
        assert_eq!(reply.status, status, "{url}");
    }
}
